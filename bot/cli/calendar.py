"""`calendar`: a dry run of a year: every message the bot would send by itself, to whom, when, and why on that day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import desk, given, out
from bot.cli.family import Json
from bot.domain.outlook import Foreseen, Occasion, as_if_armed, misplaced, wakings, whole_year
from bot.texts import cli as texts
from bot.texts import outlook as said

if TYPE_CHECKING:
    from bot.domain.calendar import SpecialDay, WorkCalendar
    from bot.domain.office import Office
    from bot.domain.plan import Plan
    from bot.domain.rounds import Round
    from bot.domain.units import Unit
    from storage.store import Store


def calendar(
    year: Annotated[str, typer.Option("--year", metavar=texts.YEAR, help=texts.YEAR_HELP)],
    unit: Annotated[str, typer.Option("--unit", metavar=texts.UNIT, help=texts.CALENDAR_UNIT)] = "",
    code: Annotated[str, typer.Option("--plan", metavar=texts.CODE, help=texts.PLAN_CODE)] = "",
    full: Annotated[bool, typer.Option("--full", help=texts.CALENDAR_FULL)] = False,
    json: Json = False,
) -> None:
    """Every message of a year. Reads only."""
    wanted = given.year(year)
    with desk.opened() as here:
        known = here.turn(lambda store: _foresee(store, here, wanted, unit, code))
    if json:
        out.data(_as_json(known))
    else:
        out.say("\n".join(_lines(known, full=full or known.one is not None)))


@dataclass(frozen=True, kw_only=True)
class Year:
    """A year foreseen. `one`: the only unit asked for; `seated`: ids of units somebody can be reached at."""

    plan: Plan
    year: int
    rounds: Sequence[Round]
    armed_on: date | None
    messages: Sequence[Foreseen]
    units: Mapping[int, Unit]
    one: Unit | None
    seated: frozenset[int]
    special: Sequence[SpecialDay]
    calendar: WorkCalendar
    office: Office

    @property
    def on_days_off(self) -> int:
        """How many messages would fall on a day off. Counted, so that a mistake would be seen."""
        return self._misplaced("day_off")

    @property
    def outside_hours(self) -> int:
        """How many would fall outside office hours."""
        return self._misplaced("outside_hours")

    def _misplaced(self, why: str) -> int:
        return sum(copies(each) for each in self.messages if misplaced(each.item, self.calendar, self.office) == why)


def copies(each: Foreseen) -> int:
    """How many messages it is: one a unit, the digest one."""
    return len(each.item.units) or 1


def _foresee(store: Store, here: desk.Desk, year: int, unit: str, code: str) -> Year:
    _, plan = given.plan(code, store.plans.latest())
    armed = tuple(each for each in store.rounds.all() if each.year == year and store.plans.get(each.plan_id).code == plan.code)
    plan = store.plans.get(armed[0].plan_id) if armed else plan
    one = given.unit(unit, store.units.all()) if unit else None
    units = (one,) if one else store.units.all()
    special = store.special_days.all()
    days = here.calendar([year], special)
    foreseen = whole_year(plan, year, armed, units, days, here.office)
    if one:
        foreseen = tuple(each for each in foreseen if each.item.units)
    snoozed = [
        Foreseen(item=item, said=True)
        for each in armed
        for item in wakings(each, store.reminders.snoozes(each.id).values(), days, here.office)
        if not one or one.id in item.units
    ]
    return Year(
        plan=plan,
        year=year,
        rounds=armed or as_if_armed(plan, year, date(year, 1, 1)),
        armed_on=min((each.armed_on for each in armed), default=None),
        messages=sorted([*foreseen, *snoozed], key=lambda each: each.item.at),
        units={each.id: each for each in units},
        one=one,
        seated=frozenset(store.people.speakers()),
        special=special,
        calendar=days,
        office=here.office,
    )


# For people


def _lines(known: Year, *, full: bool) -> Iterator[str]:
    yield texts.calendar_head(known.plan, known.year, known.armed_on, known.one.name if known.one else "")
    yield from (texts.calendar_round(each) for each in known.rounds)
    if known.armed_on and not all(each.said for each in known.messages):
        yield texts.armed_late(known.armed_on)
    for (year, month), messages in groupby(known.messages, key=lambda each: _month(each, known)):
        yield ""
        yield texts.calendar_month(year, month)
        yield from _of_month(list(messages), known, full=full)
    yield ""
    counts: Counter[Occasion] = Counter()
    for each in known.messages:
        counts[each.item.occasion] += copies(each)
    unsaid = sum(copies(each) for each in known.messages if not each.said)
    hours = known.calendar.office_hours
    yield texts.calendar_totals(dict(counts), unsaid, known.on_days_off, known.outside_hours, hours.opens, hours.closes)
    lacking = len(known.units.keys() - known.seated)
    if lacking:
        yield texts.unseated(lacking, len(known.units))
    yield ""
    yield texts.days_used(known.calendar, known.year, known.special)


def _of_month(messages: Iterable[Foreseen], known: Year, *, full: bool) -> Iterator[str]:
    """One line a message; the many excerpts of one morning share a line."""
    for (_, occasion), same in groupby(messages, key=lambda each: (each.item.at, each.item.occasion)):
        together = list(same)
        if occasion is Occasion.EXCERPT and not full:
            yield _line(together[0], known, texts.excerpts_together(len(together)), _all_units(together))
        elif occasion is Occasion.EXCERPT:
            yield from (_line(each, known, texts.excerpt(each), each.item.units) for each in together)
        else:
            yield from (_line(each, known, said.title(each.item), each.item.units) for each in together)


def _line(each: Foreseen, known: Year, title: str, units: Sequence[int]) -> str:
    local = known.office.local(each.item.at)
    moved = _moved(each, known)
    wrong = misplaced(each.item, known.calendar, known.office)
    notes = [
        texts.moved_from(*moved) if moved else "",
        "" if each.said else texts.not_said(),
        texts.misplaced(wrong) if wrong else "",
    ]
    return texts.calendar_line(local.date(), local.time(), title, said.to(each.item, _names(units, known)), notes)


def _moved(each: Foreseen, known: Year) -> tuple[date, str] | None:
    """(the day it was meant for, why it is not said then), or None for what stays on its day."""
    item = each.item
    day = known.office.day(item.at)
    if item.rung is not None and item.rung.moved_because is not None:
        return item.rung.nominal, item.rung.moved_because
    monday = day - timedelta(days=day.weekday())
    if item.occasion is Occasion.EXCERPT and day != monday:
        return monday, known.calendar.reason(monday) or ""
    return None


def _month(each: Foreseen, known: Year) -> tuple[int, int]:
    day = known.office.day(each.item.at)
    return day.year, day.month


def _all_units(together: Iterable[Foreseen]) -> list[int]:
    return [unit for each in together for unit in each.item.units]


def _names(units: Sequence[int], known: Year) -> list[str]:
    return [known.units[id].short for id in units]


# For programs


def _as_json(known: Year) -> dict[str, Any]:
    return {
        "plan": known.plan.code,
        "year": known.year,
        "armed_on": known.armed_on,
        "rounds": [
            {"code": each.code, "title": each.title, "due": each.due, "last_day": each.last_day, "armed": bool(known.armed_on)}
            for each in known.rounds
        ],
        "messages": [_message(each, known) for each in known.messages],
        "totals": {
            "messages": sum(map(copies, known.messages)),
            "not_said": sum(copies(each) for each in known.messages if not each.said),
            "on_days_off": known.on_days_off,
            "outside_hours": known.outside_hours,
        },
        "days_off": [
            {"day": day, "name": name, "by_office": any(each.on == day for each in known.special)}
            for day, name in sorted(known.calendar.off_days.items())
            if day.year == known.year
        ],
        "worked_weekends": [
            {"day": day, "note": next((each.note for each in known.special if each.on == day), "")}
            for day in sorted(known.calendar.worked_weekends)
            if day.year == known.year
        ],
    }


def _message(each: Foreseen, known: Year) -> dict[str, Any]:
    item = each.item
    local = known.office.local(item.at)
    moved = _moved(each, known)
    return {
        "at": item.at.isoformat(),
        "day": local.date(),
        "weekday": local.isoweekday(),
        "time": f"{local:%H:%M}",
        "occasion": item.occasion,
        "title": said.title(item),
        "round": item.round.code if item.round else None,
        "rung": item.rung.key if item.rung else None,
        "covers": item.rung.covers if item.rung else (),
        "point": item.point.id if item.point else None,
        "units": [known.units[id].code for id in item.units],
        "to": said.to(item, _names(item.units, known)),
        "said": each.said,
        "nominal_day": moved[0] if moved else None,
        "moved_because": moved[1] if moved else None,
        "misplaced": misplaced(item, known.calendar, known.office),
    }
