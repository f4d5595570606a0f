"""One round, a few units and people with one seat or more: where reminders are queued and claimed by hand."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session, SQLModel

from bot.channels import LIMITS
from bot.chat.messages import ChatRef, PlatformName
from bot.domain import ladder
from bot.domain.people import Person, Role
from scheduler import delivery, reminders
from storage.database import PlainDatabase
from storage.outbox import Claimed
from storage.store import Store
from tests.reliability import town
from tests.reliability.town import Size

SIZE = Size(units=3, start=date(2026, 3, 27), until=date(2026, 5, 15), rounds=(("A", 5, 5),), excerpts=False)
RUNGS = {
    rung.key: rung.moment
    for rung in ladder.rungs(date(2026, 5, 5), SIZE.start, ladder.DEFAULT_LADDER, town.calendar(), town.OFFICE.remind_at)
}
MORNING, LATER = RUNGS["before:7w"], RUNGS["before:3w"]
SOON = timedelta(seconds=30)
BOTH: frozenset[PlatformName] = frozenset(("telegram", "zalo"))


@dataclass
class Place:
    """A store, and people with one seat or more."""

    store: Store
    numbers: int = 0
    people: dict[str, Person] = field(default_factory=dict)

    def seat(self, name: str, *units: int, role: Role = Role.FOCAL, at: datetime = MORNING - timedelta(days=1)) -> ChatRef:
        self.numbers += 1
        chat = ChatRef(platform="telegram", chat_id=str(1000 + self.numbers))
        person = self.store.people.add(name=name, honorific="anh", phone="", now=at)
        self.people[name] = person
        self.store.people.add_address(person.id, chat, chat.chat_id, at)
        for number in units:
            unit = self.store.units.by_code(f"P{number}")
            assert unit is not None
            seat = self.store.people.ask_seat(person_id=person.id, unit_id=unit.id, role=role, now=at)
            self.store.people.confirm(seat.id, by=None, now=at)
        return chat

    def unit(self, number: int) -> int:
        unit = self.store.units.by_code(f"P{number}")
        assert unit is not None
        return unit.id

    @property
    def round_id(self) -> int:
        return self.store.rounds.all()[0].id

    def tick(self, now: datetime = MORNING) -> int:
        return reminders.tick(self.store, now, town.OFFICE, town.calendar())

    def claim(self, now: datetime = MORNING, busy: frozenset[ChatRef] = frozenset()) -> Claimed | None:
        return delivery.claim(self.store, now, town.calendar(), pushes=True, busy=busy, platforms=BOTH)

    def reports(self, number: int, now: datetime = MORNING) -> None:
        self.store.answers.send_on_paper(
            round_id=self.round_id, unit_id=self.unit(number), person_id=None, number="1", on=None, now=now
        )


@contextlib.contextmanager
def opened() -> Iterator[Place]:
    """The round is armed; nobody sits anywhere yet."""
    database = PlainDatabase("sqlite://", LIMITS)
    SQLModel.metadata.create_all(database.engine)
    with Session(database.engine, expire_on_commit=False) as session, session.begin():
        store = Store(session, LIMITS)
        plan_id, plan = store.plans.add(town.plan(SIZE), MORNING)
        store.units.sync(plan.units)
        store.rounds.arm(plan_id, plan, town.YEAR, SIZE.start)
        yield Place(store)
    database.close()
