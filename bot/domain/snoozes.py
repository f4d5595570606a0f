"""On which days a unit may be reminded again, or may say that it will send."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from bot.domain.calendar import WorkCalendar
from bot.domain.rounds import Round

OFFERED = 3
FARTHEST = timedelta(days=60)
"""A promise for later than this is a slip of the finger."""


class Refusal(StrEnum):
    """Why a day will not do."""

    PAST = "past"
    DAY_OFF = "day_off"
    AFTER_DEADLINE = "after_deadline"
    TOO_FAR = "too_far"


def later_days(round_: Round, today: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """Days to be reminded again on: the next working days up to the last valid one, every other one while there are enough."""
    pool: list[date] = []
    day = calendar.shift(today, 1)
    while day <= round_.last_day and len(pool) < 2 * OFFERED - 1:
        pool.append(day)
        day = calendar.shift(day, 1)
    return tuple(pool[::2]) if len(pool) == 2 * OFFERED - 1 else tuple(pool[:OFFERED])


def promise_days(today: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """Days a late report may be promised for: the next working days."""
    return tuple(calendar.shift(today, ahead) for ahead in range(1, OFFERED + 1))


def refuse_later(day: date, round_: Round, today: date, calendar: WorkCalendar) -> Refusal | None:
    """Why nobody can be reminded of the deadline on this day."""
    if day <= today:
        return Refusal.PAST
    if day > round_.last_day:
        return Refusal.AFTER_DEADLINE
    return None if calendar.is_working(day) else Refusal.DAY_OFF


def refuse_promise(day: date, today: date, calendar: WorkCalendar) -> Refusal | None:
    """Why a late report cannot be promised for this day; today will do."""
    if day < today:
        return Refusal.PAST
    if day > today + FARTHEST:
        return Refusal.TOO_FAR
    return None if calendar.is_working(day) else Refusal.DAY_OFF
