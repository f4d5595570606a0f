"""Who sends when: one round of made-up units, some in time, some late, on paper, half-way or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from bot.demo.sitting import Manner
from bot.domain.calendar import WorkCalendar
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import demo as texts


class Does(StrEnum):
    """What a unit does in a round."""

    SENDS = "sends"
    SENDS_LATE = "sends_late"
    PAPER = "paper"
    STOPS = "stops"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Act:
    """One unit's part. `corrects`: when it changes what it sent, or None."""

    at: datetime
    unit: Unit
    does: Does
    manner: Manner
    corrects: datetime | None = None


LIVELY = (
    (Does.SENDS, 15),
    (Does.SENDS_LATE, 3),
    (Does.PAPER, 2),
    (Does.STOPS, 4),
    (Does.NOTHING, 4),
)
"""The round that is going on."""

FINISHED = ((Does.SENDS, 24), (Does.SENDS_LATE, 2), (Does.PAPER, 2))
"""A round of the past."""


def acts(
    round_: Round,
    units: Sequence[Unit],
    parts: Sequence[tuple[Does, int]],
    scale: float,
    random: Random,
    calendar: WorkCalendar,
    *,
    until: date,
) -> list[Act]:
    """Everybody's part, by time. `until`: the last day on which something may happen."""
    order = random.sample(list(units), len(units))
    roles = [does for does, many in parts for _ in range(many)]
    roles += [Does.SENDS] * (len(order) - len(roles))
    # What was difficult last year was settled last year.
    troubled = iter(random.sample(texts.DIFFICULTIES, len(texts.DIFFICULTIES)) if parts is LIVELY else ())
    found = []
    for number, (unit, does) in enumerate(zip(order, roles, strict=False)):
        if does is Does.NOTHING:
            continue
        at = _moment(round_, does, random, calendar, until)
        manner = Manner(
            answers=random.randint(2, 4) if does is Does.STOPS else None,
            difficulty=next(troubled, "") if does is Does.SENDS and number % 4 == 1 else "",
            odd=does is Does.SENDS and number % 6 == 2,
            pauses=number % 5 == 0,
            scale=scale * random.uniform(0.9, 1.15),
        )
        corrects = at + timedelta(days=1, minutes=random.randrange(90)) if does is Does.SENDS and number % 5 == 3 else None
        if corrects is not None and corrects.date() > min(until, round_.last_day):
            corrects = None
        found.append(Act(at=at, unit=unit, does=does, manner=manner, corrects=corrects))
    return sorted(found, key=lambda act: act.at)


def _moment(round_: Round, does: Does, random: Random, calendar: WorkCalendar, until: date) -> datetime:
    """A moment in office hours: after the announcement and by the last day, or after it."""
    if does is Does.SENDS_LATE:
        days = _working(round_.last_day + timedelta(days=1), until, calendar)
    else:
        days = _working(calendar.shift(round_.last_day, -18), min(round_.last_day, until), calendar)
    day = days[0] if len(days) == 1 else random.choice(days)
    # Nobody sends on the morning on which the demonstration opens later than it opens.
    hour = random.choice((8, 9, 10, 13, 14, 15)) if day < until else 7
    return calendar.moment(day, time(hour, random.randrange(31, 59) if hour == 7 else random.randrange(60)))


def _working(first: date, last: date, calendar: WorkCalendar) -> list[date]:
    days = [first + timedelta(days=number) for number in range(max(1, (last - first).days + 1))]
    return [day for day in days if calendar.is_working(day)] or [calendar.next_working(first)]


Happens = tuple[datetime, Callable[[], None]]
"""Something that is due at a moment."""
