"""Which point of the plan a unit is sent on which working Monday."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from bot.domain.calendar import WorkCalendar
from bot.domain.plan import Point
from bot.domain.units import Unit

QUOTED = 200
"""Characters of an excerpt inside a longer message."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """One point for one unit, on one day."""

    on: date
    point: Point


def excerpts(unit: Unit, year: int, points: Iterable[Point], calendar: WorkCalendar, since: date) -> tuple[Excerpt, ...]:
    """What a unit is sent in a year, oldest first: one point of its own a week, over and over in the same order.

    `since` is the day the plan was armed: the unit's first point goes out on the first sending day from then on.
    A pure function: asked again after a restart it says the same.
    """
    return on_days(unit, year, points, days_since(year, calendar, since))


def on_days(unit: Unit, year: int, points: Iterable[Point], days: Sequence[date]) -> tuple[Excerpt, ...]:
    """The same when the sending days are known already: they are the same for every unit."""
    own = own_points(unit, points, year)
    return tuple(Excerpt(on=day, point=own[week % len(own)]) for week, day in enumerate(days)) if own else ()


def own_points(unit: Unit, points: Iterable[Point], year: int) -> tuple[Point, ...]:
    """The points to send to a unit: first those naming it, in the plan's order, then the general ones of its group.

    The general ones start elsewhere for each unit and year, so that not every unit asks about the same paragraph on the
    same Monday, nor does a unit begin every year with the same one.
    """
    sendable = [point for point in points if point.send]
    naming = [point for point in sendable if unit.code in point.units]
    general = [point for point in sendable if not point.units and unit.group in point.groups]
    return (*naming, *_turned(general, crc32(f"{unit.code}:{year}".encode())))


def announced(unit: Unit, points: Iterable[Point], year: int) -> tuple[Point, ...]:
    """What a round's announcement quotes: the first of the unit's points that leaves the message short enough for a phone."""
    return next(((point,) for point in own_points(unit, points, year) if len(point.excerpt) <= QUOTED), ())


def days_since(year: int, calendar: WorkCalendar, since: date) -> tuple[date, ...]:
    """The sending days of a year from the day the plan was armed."""
    return tuple(day for day in sending_days(year, calendar) if day >= since)


def sending_days(year: int, calendar: WorkCalendar) -> Iterator[date]:
    """The Mondays of a year; for a Monday off the first working day of its week; nothing in a week without one."""
    first = date(year, 1, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    while monday.year == year:
        day = calendar.next_working(monday)
        if day < monday + WEEK:
            yield day
        monday += WEEK


def _turned(points: Sequence[Point], by: int) -> list[Point]:
    start = by % len(points) if points else 0
    return [*points[start:], *points[:start]]
