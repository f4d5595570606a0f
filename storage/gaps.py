"""When we were not listening: what people sent then may be lost, and they deserve to be asked.

Telegram keeps updates for at most 24 hours (Bot API, "Getting updates"); what Zalo keeps is not written anywhere, so the same
is assumed. A database restored from a backup has a gap of its own, however short.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.messages import ChatRef, PlatformName
from bot.domain import outlook
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.units import Unit
from storage.store import Store

LONGEST = timedelta(hours=20)

_PLATFORMS: tuple[PlatformName, ...] = ("telegram", "zalo")
_OPEN = "gap"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A person to ask, where, and for which of their units something may be missing."""

    person: Person
    chat: ChatRef
    units: tuple[Unit, ...]


def heard(store: Store, platform: PlatformName, now: datetime) -> None:
    """The platform was being listened to at this moment."""
    store.meta.put(f"heard:{platform}", now.isoformat())


def last_heard(store: Store, platform: PlatformName) -> datetime | None:
    """When it was last known to be, or None."""
    found = store.meta.get(f"heard:{platform}")
    return datetime.fromisoformat(found) if found else None


def last_sign(store: Store) -> datetime | None:
    """The newest moment this database remembers to have listened, on any platform."""
    return max((at for platform in _PLATFORMS if (at := last_heard(store, platform))), default=None)


def open_gap(store: Store, since: datetime) -> None:
    """Remember that people must be asked for what they sent since then; an earlier beginning stays."""
    known = gap(store)
    store.meta.put(_OPEN, min(since, known or since).isoformat())


def gap(store: Store) -> datetime | None:
    """The beginning of a gap nobody was asked about yet."""
    found = store.meta.get(_OPEN)
    return datetime.fromisoformat(found) if found else None


def close_gap(store: Store) -> None:
    """The people were asked."""
    store.meta.put(_OPEN, "")


def concerned(store: Store, until: datetime, office: Office, calendar: WorkCalendar) -> tuple[Asked, ...]:
    """Everybody with a seat in a unit whose report of an open round has not come, and who can be reached."""
    today = office.day(until)
    waiting: set[int] = set()
    units = {unit.id: unit for unit in store.units.all(on=today)}
    for round_ in store.rounds.all():
        if round_.closed_at is None and round_.last_day >= round_.armed_on and outlook.opens_on(round_, calendar) <= today:
            plan = store.plans.get(round_.plan_id)
            sent = store.answers.sent_units(round_.id)
            waiting |= {unit.id for unit in units.values() if plan.asks(unit.questions) and unit.id not in sent}
    theirs: dict[int, list[Unit]] = {}
    people: dict[int, Person] = {}
    for seat, person in store.people.holders(waiting):
        people[person.id] = person
        mine = theirs.setdefault(person.id, [])
        if units[seat.unit_id] not in mine:
            mine.append(units[seat.unit_id])
    reached = {id_: chat for id_ in theirs if (chat := store.people.reach(id_))}
    return tuple(Asked(person=people[id_], chat=chat, units=tuple(theirs[id_])) for id_, chat in reached.items())
