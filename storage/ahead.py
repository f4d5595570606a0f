"""What will be said by itself between two moments, as things stand: for /lich and for the sandbox's clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain import extensions, outlook
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.outlook import Planned
from bot.domain.rounds import Round
from bot.domain.units import Unit
from storage.store import Store


def planned(
    store: Store,
    start: datetime,
    end: datetime,
    office: Office,
    calendar: WorkCalendar,
    units: Collection[int] | None = None,
    *,
    changed: Callable[[Round], Round] = lambda round_: round_,
) -> tuple[Planned, ...]:
    """Everything after `start` up to and including `end`, in order, to units that have not sent yet and to those who collect.

    `units`: only what concerns these (and so nothing of the coordinators' own); None for everything. Whether somebody can be
    reached there is the caller's to say (`People.speakers`). `changed`: a round as it would be, for what is only considered.
    """
    known = [unit for unit in store.units.all(on=office.day(start)) if units is None or unit.id in units]
    found: list[Planned] = []
    desk = units is None and bool(store.people.coordinators())
    district = units is None and bool(store.people.district())
    for round_ in map(changed, store.rounds.all()):
        if round_.closed_at is None:
            found += _of_units(store, round_, known, calendar, office)
            if desk:
                found += outlook.digests(round_, calendar, office)
            if district:
                found += outlook.weeklies(round_, calendar, office)
    if desk and any(each.open for each in store.difficulties.all()):
        found += outlook.desk_weeklies(start, end, calendar, office)
    for plan, year, since in store.rounds.years():
        found += outlook.mondays(plan, year, since, known, calendar, office)
    return outlook.between(found, start, end)


def _of_units(store: Store, round_: Round, units: Iterable[Unit], calendar: WorkCalendar, office: Office) -> Iterator[Planned]:
    """The ladder of each unit that has not sent, on its own date where it has an extension; silent while it snoozes."""
    sent = store.answers.sent_units(round_.id)
    waiting = [unit for unit in units if unit.id not in sent]
    extended = store.extensions.of_round(round_.id)
    snoozes = {unit: snooze for unit, snooze in store.reminders.snoozes(round_.id).items() if unit in {u.id for u in waiting}}
    groups = [(round_, [unit for unit in waiting if unit.id not in extended])]
    for unit in waiting:
        if (extension := extended.get(unit.id)) is not None:
            groups.append((extensions.applied(round_, extension, office.day(extension.at)), [unit]))
    for own, group in groups:
        for item in outlook.reminders(own, group, calendar, office):
            day = office.day(item.at)
            heard = tuple(id for id in item.units if id not in snoozes or snoozes[id].until <= day)
            if heard:
                yield replace(item, units=heard)
    yield from outlook.wakings(round_, snoozes.values(), calendar, office)
