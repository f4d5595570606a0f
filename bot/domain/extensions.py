"""One unit's own last valid day, granted by the coordinators. The plan's date stays what lateness is also measured by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import WorkCalendar
from bot.domain.rounds import Round

FARTHEST = timedelta(days=92)
"""An extension by more than a quarter is a slip of the finger."""
OFFERED = (3, 5, 10)
"""Working days offered by a tap."""


@dataclass(frozen=True, kw_only=True)
class Extension:
    """`until`: the unit's new last valid day. `at`: when it was granted (UTC)."""

    unit_id: int
    until: date
    reason: str
    person_id: int
    at: datetime


class Refusal(StrEnum):
    """Why a day will not do."""

    PAST = "past"  # today or earlier
    NOT_LATER = "not_later"  # than what the unit has now
    DAY_OFF = "day_off"
    TOO_FAR = "too_far"


def applied(round_: Round, extension: Extension | None, granted_on: date | None = None) -> Round:
    """The round as this unit has it. `granted_on`: the local day it was granted; no rung falls on it or before, since the unit
    was told of the new day then."""
    if extension is None:
        return round_
    armed = round_.armed_on if granted_on is None else max(round_.armed_on, granted_on + timedelta(days=1))
    return replace(round_, due=extension.until, inclusive=True, planned=round_.planned or round_.last_day, armed_on=armed)


def days_offered(now_until: date, today: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """Days to offer, counted from the day the unit has now or, when that is over, from today."""
    start = max(now_until, today)
    return tuple(calendar.shift(start, many) for many in OFFERED)


def refuse(day: date, now_until: date, planned: date, today: date, calendar: WorkCalendar) -> Refusal | None:
    """Why a day cannot be the new last one."""
    if day <= today:
        return Refusal.PAST
    if day <= now_until:
        return Refusal.NOT_LATER
    if day > max(planned, today) + FARTHEST:
        return Refusal.TOO_FAR
    return None if calendar.is_working(day) else Refusal.DAY_OFF
