"""What will be said unasked, when, to which unit and why then: the one plan of reminders, excerpts and digests.

The scheduler asks it what is due, the dry run prints a year of it, the sandbox jumps to the next entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain import excerpts, ladder
from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import Rung
from bot.domain.office import Office
from bot.domain.plan import Plan, Point
from bot.domain.rounds import Round
from bot.domain.units import Unit


class Occasion(StrEnum):
    """Why something is said."""

    REMINDER = "reminder"
    EXCERPT = "excerpt"
    DIGEST = "digest"
    WAKING = "waking"  # the end of a snooze
    WEEKLY = "weekly"  # the leaders' digest of a week
    DESK = "desk"  # the coordinators' list of difficulties that wait, once a week


TO_THE_OFFICE = (Occasion.DIGEST, Occasion.WEEKLY, Occasion.DESK)
"""What is said to the coordinators or the district's leaders: it names no unit."""
WEEKLY_AT = time(8, 0)
"""When what is said once a week is said, on its first working day; never before the office opens."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One thing to be said to some units at one moment.

    Attributes:
        at: UTC.
        units: ids of the units it is for; empty for the coordinator and the leaders.
        rung: of a REMINDER: which one, with the reason it was moved.
    """

    at: datetime
    occasion: Occasion
    round: Round | None = None
    rung: Rung | None = None
    point: Point | None = None
    units: tuple[int, ...] = ()


def reminders(round_: Round, units: Sequence[Unit], calendar: WorkCalendar, office: Office) -> tuple[Planned, ...]:
    """The ladder of a round, for all its units."""
    steps = ladder.rungs(round_.last_day, round_.armed_on, round_.ladder, calendar, office.remind_at)
    ids = tuple(unit.id for unit in units)
    return tuple(Planned(at=rung.moment, occasion=Occasion.REMINDER, round=round_, rung=rung, units=ids) for rung in steps)


def mondays(
    plan: Plan, year: int, since: date, units: Sequence[Unit], calendar: WorkCalendar, office: Office
) -> tuple[Planned, ...]:
    """The excerpts of a year: units that get the same point at the same time are one entry."""
    together: dict[tuple[date, str], list[int]] = {}
    points = {point.id: point for point in plan.points}
    days = excerpts.days_since(year, calendar, since)
    for unit in units:
        for excerpt in excerpts.on_days(unit, year, plan.points, days):
            together.setdefault((excerpt.on, excerpt.point.id), []).append(unit.id)
    return tuple(
        Planned(at=calendar.moment(day, office.excerpt_at), occasion=Occasion.EXCERPT, point=points[point], units=tuple(ids))
        for (day, point), ids in sorted(together.items())
    )


def digests(round_: Round, calendar: WorkCalendar, office: Office) -> tuple[Planned, ...]:
    """The daily digests of a round: on working days from its announcement to a week after its due date."""
    first, last = digest_days(round_, calendar, office)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(
        Planned(at=calendar.moment(day, office.digest_at), occasion=Occasion.DIGEST, round=round_)
        for day in days
        if calendar.is_working(day)
    )


def weeklies(round_: Round, calendar: WorkCalendar, office: Office) -> tuple[Planned, ...]:
    """The leaders' digests of a round: on the first working day of each week in which it is open."""
    return tuple(
        Planned(at=weekly_moment(planned.at, calendar, office), occasion=Occasion.WEEKLY, round=round_)
        for planned in digests(round_, calendar, office)
        if opens_week(office.day(planned.at), calendar)
    )


def desk_weeklies(start: datetime, end: datetime, calendar: WorkCalendar, office: Office) -> tuple[Planned, ...]:
    """The coordinators' lists of difficulties that wait, as long as any does."""
    first = office.day(start)
    days = (first + timedelta(days=n) for n in range((office.day(end) - first).days + 1))
    return tuple(
        Planned(at=weekly_moment(calendar.moment(day, time(12)), calendar, office), occasion=Occasion.DESK)
        for day in days
        if calendar.is_working(day) and opens_week(day, calendar)
    )


def opens_week(day: date, calendar: WorkCalendar) -> bool:
    """Whether it is the first working day of its week."""
    monday = day - timedelta(days=day.weekday())
    return calendar.next_working(monday) == day


def weekly_moment(moment: datetime, calendar: WorkCalendar, office: Office) -> datetime:
    """The hour of that day at which what comes once a week is said."""
    return calendar.moment(office.day(moment), max(WEEKLY_AT, office.opens))


class Wish(Protocol):
    """A unit's wish to be reminded again on a day."""

    @property
    def unit_id(self) -> int: ...  # noqa: D102
    @property
    def until(self) -> date: ...  # noqa: D102


def wakings(round_: Round, wishes: Iterable[Wish], calendar: WorkCalendar, office: Office) -> tuple[Planned, ...]:
    """When snoozed units are reminded again."""
    return tuple(
        Planned(
            at=calendar.moment(calendar.next_working(wish.until), office.remind_at),
            occasion=Occasion.WAKING,
            round=round_,
            units=(wish.unit_id,),
        )
        for wish in wishes
    )


def opens_on(round_: Round, calendar: WorkCalendar) -> date:
    """From when a round can be answered: the day of its announcement; without one, 45 days before its last valid day.
    An extension does not put it off."""
    last = round_.planned_last_day
    announced = [spec for spec in round_.ladder if spec.kind == "announce"]
    if not announced:
        return last - timedelta(days=45)
    spec = announced[0]
    day = calendar.shift(last, -spec.days) if spec.working else last - timedelta(days=spec.days)
    return calendar.previous_working(day)


def digest_days(round_: Round, calendar: WorkCalendar, office: Office) -> tuple[date, date]:
    """First and last day of a round's daily digest; an empty range (last before first) for a round armed too late."""
    if round_.last_day < round_.armed_on:
        return round_.last_day, round_.last_day - timedelta(days=1)
    first = max(opens_on(round_, calendar), round_.armed_on)
    last = calendar.shift(round_.last_day, 5)
    if round_.closed_at is not None:
        last = min(last, office.day(round_.closed_at) - timedelta(days=1))
    return first, last


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """One thing of a dry run. `said`: False for what lies before the day its year was armed, and so is never sent."""

    item: Planned
    said: bool


def whole_year(
    plan: Plan, year: int, armed: Sequence[Round], units: Sequence[Unit], calendar: WorkCalendar, office: Office
) -> tuple[Foreseen, ...]:
    """Everything a plan's year asks for, in order, to the units that exist on each day, as if nobody had answered yet.

    Args:
        armed: the plan's rounds of that year; none: the year is shown as if armed on its first day. When it was armed later,
            what would have come before is shown too, marked as not said.
        units: who is reminded and sent excerpts.
    """
    first = date(year, 1, 1)
    since = min((round_.armed_on for round_ in armed), default=first)
    real = _all_of(plan, year, since, armed or as_if_armed(plan, year, first), units, calendar, office)
    foreseen = [Foreseen(item=item, said=True) for item in real]
    if since > first:
        known = {_identity(item) for item in real}
        begins = calendar.moment(since, time.min)
        full = _all_of(plan, year, first, as_if_armed(plan, year, first), units, calendar, office)
        missed = (item for item in full if _identity(item) not in known)
        foreseen += [
            Foreseen(item=item, said=False) for item in missed if item.occasion is not Occasion.EXCERPT or item.at < begins
        ]
    existing = (replace(each, item=_to_existing(each.item, units, office)) for each in foreseen)
    kept = (each for each in existing if each.item.units or each.item.occasion in TO_THE_OFFICE)
    return tuple(sorted(kept, key=lambda each: (each.item.at, each.item.occasion)))


def as_if_armed(plan: Plan, year: int, on: date) -> tuple[Round, ...]:
    """The plan's rounds of a year that nobody armed; their ids mean nothing."""
    return tuple(
        Round(
            id=0,
            plan_id=0,
            code=template.code,
            year=year,
            title=template.title,
            wording=template.wording,
            due=date(year, template.month, template.day),
            inclusive=template.inclusive,
            since=date(year, template.since[1], template.since[0]),
            until=date(year, template.until[1], template.until[0]),
            armed_on=on,
            closed_at=None,
            ladder=plan.ladder,
        )
        for template in plan.rounds
    )


class Misplaced(StrEnum):
    """Why something must not be said at its moment."""

    DAY_OFF = "day_off"
    OUTSIDE_HOURS = "outside_hours"


def misplaced(item: Planned, calendar: WorkCalendar, office: Office) -> Misplaced | None:
    """Whether somebody would be disturbed: units only within office hours, the coordinator's digest up to closing time."""
    local = office.local(item.at)
    if not calendar.is_working(local.date()):
        return Misplaced.DAY_OFF
    closing = item.occasion is Occasion.DIGEST and local.time() == calendar.office_hours.closes
    return None if closing or local.time() in calendar.office_hours else Misplaced.OUTSIDE_HOURS


def between(planned: Iterable[Planned], start: datetime, end: datetime) -> tuple[Planned, ...]:
    """What falls after `start` up to and including `end`, in order."""
    return tuple(sorted((item for item in planned if start < item.at <= end), key=lambda item: (item.at, item.occasion)))


def _all_of(
    plan: Plan,
    year: int,
    since: date,
    rounds: Sequence[Round],
    units: Sequence[Unit],
    calendar: WorkCalendar,
    office: Office,
) -> list[Planned]:
    planned = list(mondays(plan, year, since, units, calendar, office))
    for round_ in rounds:
        planned += reminders(round_, units, calendar, office)
        planned += digests(round_, calendar, office)
        planned += weeklies(round_, calendar, office)
    return planned


def _identity(item: Planned) -> tuple[object, ...]:
    """What makes it the same thing in two plannings of one year."""
    code = item.round.code if item.round is not None else ""
    return item.occasion, code, item.rung.key if item.rung is not None else item.at


def _to_existing(item: Planned, units: Sequence[Unit], office: Office) -> Planned:
    on = office.day(item.at)
    there = {unit.id for unit in units if (not unit.from_ or unit.from_ <= on) and (not unit.until or on <= unit.until)}
    return replace(item, units=tuple(id for id in item.units if id in there))
