"""The report counter: the real router and database, both platforms' real limits, people who press only what is shown.

What the town of tests/people.py does over the wire is done here turn by turn, so that a test may look between two turns,
press a button of last week, or open the database anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import event

from bot.channels import LIMITS
from bot.chat.messages import Attached, ChatRef, Choice, Chose, Incoming, Origin, PlatformName, RemoteFile, Said
from bot.chat.split import units
from bot.domain.calendar import OfficeHours, WorkCalendar
from bot.domain.office import Office
from bot.domain.people import Role
from bot.sandbox.records import Person
from handlers import router
from handlers.router import Surroundings
from storage import files, offices
from storage.database import PlainDatabase
from storage.days import shipped_days, work_calendar
from storage.files import StoredFile
from storage.outbox import Claimed
from storage.store import Store
from tests.conversations.begun import begun
from tests.conversations.wire import Habit, Wire

T = TypeVar("T")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def local(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment on the office's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=HANOI)


@lru_cache
def calendar(year: int) -> WorkCalendar:
    """The year's working days; the holidays library takes its time, so once is enough."""
    return work_calendar([year], shipped_days(), OfficeHours(), HANOI)


@dataclass
class Seen:
    """A message as it stands in a chat."""

    text: str
    buttons: tuple[Choice, ...]


class Counter:
    """The bot and everybody at its counter, on one platform each."""

    limits = LIMITS

    def __init__(self, folder: Path, at: datetime, plan: str = "", *, wire: Habit | None = None) -> None:
        """`wire`: people speak through the real adapters and the sandbox, in this habit of Zalo's; else to the router."""
        self.folder, self.now = folder, at
        self.wire = Wire(folder, lambda: self.now, wire) if wire else None
        self.people: list[Officer] = []
        self._keys = count(1)
        self._begin(plan)
        self.database = self._open()
        office = Office(name="UBND quận Gò Vấp", coordinator="Phòng Nội vụ quận Gò Vấp", contact="chị Hoa 028 3894 0000")
        self.around = Surroundings(office=office, calendar=calendar(at.year), limits=self.limits, bot_links={})

    def ask(self, work: Callable[[Store], T]) -> T:
        """Read or change the database."""
        return self.database.turn(work)

    def restart(self) -> None:
        """Nothing but the file on disk survives."""
        self.database.close()
        self.database = self._open()

    def officer(self, name: str, unit: str, platform: PlatformName, role: Role = Role.FOCAL, honorific: str = "anh") -> Officer:
        """Somebody with a confirmed seat."""
        person = self.wire.person(name, platform) if self.wire else None
        user_id = person.on(platform) if person else str(1000 + len(self.people))
        who = Officer(counter=self, name=name, platform=platform, user_id=user_id, person=person)

        def seated(store: Store) -> int:
            person = store.people.add(name=name, honorific=honorific, phone="", now=self.now)
            store.people.add_address(person.id, who.chat, who.user_id, self.now)
            unit_id = self.unit_id(store, unit)
            seat = store.people.ask_seat(person_id=person.id, unit_id=unit_id, role=role, now=self.now)
            store.people.confirm(seat.id, by=None, now=self.now)
            return person.id

        who.id = self.ask(seated)
        self.people.append(who)
        return who

    def unit_id(self, store: Store, code: str) -> int:
        unit = store.units.by_code(code)
        assert unit is not None
        return unit.id

    def round_id(self, code: str = "6T") -> int:
        return self.ask(lambda store: next(r.id for r in store.rounds.all() if r.code == code))

    def happens(self, incoming: Incoming, file: StoredFile | None = None) -> None:
        """One turn, then everything queued is delivered."""

        def turn(store: Store) -> None:
            if file is not None:
                store.files.add(file, person_id=None, now=self.now)
            router.handle(incoming, store, self._around(store), self.now, file)

        self.ask(turn)
        self.ask(self._deliver)
        self.now += timedelta(seconds=5)

    def _around(self, store: Store) -> Surroundings:
        """With the days and hours as they stand in this turn's database."""
        office = offices.standing(store, self.around.office)
        days = offices.calendar(store, office, office.day(self.now).year)
        return replace(self.around, office=office, configured=self.around.office, calendar=days)

    def origin(self, who: Officer) -> Origin:
        return Origin(key=str(next(self._keys)), chat=who.chat, user_id=who.user_id, at=self.now)

    def _begin(self, plan: str) -> None:
        (self.folder / "counter.db").write_bytes(begun(self.now, plan))

    def _open(self) -> PlainDatabase:
        database = PlainDatabase(f"sqlite:///{self.folder / 'counter.db'}", self.limits)

        @event.listens_for(database.engine, "connect")
        def _hurry(connection: Any, record: Any) -> None:
            connection.execute("PRAGMA synchronous=OFF")  # no power cut is played here, and a flush takes 20 ms

        return database

    def _deliver(self, store: Store) -> None:
        while claimed := store.outbox.claim(
            self.now, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset(LIMITS)
        ):
            chat, message = claimed.piece.chat, claimed.piece.message
            assert 0 < units(message.text) <= LIMITS[chat.platform].text
            labels = [choice.label for choice in message.offered]
            assert len(labels) == len(set(labels))
            who = next(one for one in self.people if one.chat == chat)
            message_id = self.carried(claimed)
            if claimed.piece.edit_of is None:
                who.heard.append((message_id, Seen(text=message.text, buttons=message.offered)))
            store.outbox.sent(claimed, message_id, self.now)

    def carried(self, claimed: Claimed) -> str:
        """The platform's id of a message that was delivered just now."""
        return self.wire.carry(claimed.piece) if self.wire else claimed.piece.edit_of or f"m{claimed.id}"


@dataclass(eq=False)
class Officer:
    """A person who presses what is shown (Telegram) or types its mark (Zalo)."""

    counter: Counter
    name: str
    platform: PlatformName
    user_id: str
    person: Person | None = None
    id: int = 0
    heard: list[tuple[str, Seen]] = field(default_factory=list)
    read: int = 0

    @property
    def chat(self) -> ChatRef:
        return ChatRef(platform=self.platform, chat_id=self.user_id)

    @property
    def unread(self) -> list[Seen]:
        return [seen for _, seen in self.heard[self.read :]]

    @property
    def screen(self) -> str:
        """What was said since this person last did something, choices included."""
        return "\n---\n".join("\n".join([one.text, *(f"[{b.label}]" for b in one.buttons)]) for one in self.unread)

    def says(self, text: str, ago: timedelta = timedelta()) -> str:
        """Type something; `ago`: so long before it is handled, and what came in between was not seen."""
        self.read = len(self.heard)
        if wire := self.counter.wire:
            assert self.person is not None
            wire.room.say(self.person, self.platform, text)
            said = wire.heard(self.platform)
        else:
            said = Said(origin=self.counter.origin(self), text=text)
        self.counter.happens(replace(said, origin=replace(said.origin, at=said.origin.at - ago)))
        return self.screen

    def chooses(self, label: str) -> str:
        """The choice with this label on the newest message that offers any."""
        if self.platform == "telegram":
            seen = next(seen for _, seen in reversed(self.heard) if seen.buttons)
            return self.presses(self.button(label, seen))
        for _, seen in reversed(self.heard):
            if found := re.findall(r"(?m)^([0-9]+|[a-z]{1,2})\) (.+)$", seen.text):
                marks = [mark for mark, text in found if text.startswith(label)]
                assert marks, f"no {label!r} in:\n{seen.text}"
                return self.says(marks[0])
        raise AssertionError(f"nothing to choose {label!r} from")

    def button(self, label: str, seen: Seen | None = None) -> Choice:
        """A button shown on the newest message that has it, or on this one."""
        shown = [seen] if seen is not None else [one for _, one in reversed(self.heard)]
        for one in shown:
            for button in one.buttons:
                if button.label.startswith(label):
                    return button
        raise AssertionError(f"no button {label!r} in:\n{self.screen}")

    def presses(self, button: Choice) -> str:
        """Press a button, however old it is."""
        self.read = len(self.heard)
        wire = self.counter.wire
        if wire and self.platform == "telegram" and self.heard:
            assert self.person is not None
            wire.room.forge_tap(self.person, button.key, self.heard[-1][0])
            self.counter.happens(wire.heard(self.platform))
        else:
            self.counter.happens(Chose(origin=self.counter.origin(self), token=button.key))
        return self.screen

    def sends_file(self, name: str, content: bytes) -> str:
        self.read = len(self.heard)
        wire = self.counter.wire
        if wire and self.platform == "telegram":
            assert self.person is not None
            wire.room.send_file(self.person, self.platform, name, content, "application/pdf")
            sent = wire.heard(self.platform)
            assert isinstance(sent, Attached) and sent.file is not None
            kept = files.keep(
                self.counter.folder, wire.fetch(self.platform, sent.file), name=sent.file.name, mime=sent.file.mime
            )
            self.counter.happens(sent, kept)
            return self.screen
        # Zalo passes no document on: it comes in by the upload page (tests/web).
        stored = files.keep(self.counter.folder, content, name=name, mime="application/pdf")
        self.counter.happens(Attached(origin=self.counter.origin(self), file=RemoteFile(ref=name, name=name)), stored)
        return self.screen

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert text in self.screen, f"{self.name} does not see {text!r} in:\n{self.screen}"

    def sees_nothing_of(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.screen, f"{self.name} sees {text!r} in:\n{self.screen}"
