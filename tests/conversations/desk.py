"""A stand-in for tests/people.py without the wire: real router, real SQLite, both platforms' real limits; same verbs."""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from bot.chat.messages import ChatRef, Choice, Chose, Origin, PlatformName, Said
from bot.domain.office import Office
from bot.domain.people import Role
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo
from handlers import router
from handlers.router import Surroundings
from storage.database import PlainDatabase, Work
from tests.conversations.begun import begun
from tests.conversations.counter import calendar
from tests.conversations.counter import local as local

LIMITS = {"telegram": Telegram.limits, "zalo": Zalo.limits}
LINK = "https://t.me/NhacViecBot?start="


@dataclass
class Seen:
    """A message as it stands in a chat."""

    text: str
    buttons: tuple[Choice, ...]


class Desk:
    """The bot and everybody who talks to it."""

    def __init__(self, folder: Path, at: datetime) -> None:
        self.now = at
        (folder / "test.db").write_bytes(begun(at, days=False))
        self.database = PlainDatabase(f"sqlite:///{folder / 'test.db'}", LIMITS)
        self.office = Office(name="UBND quận Gò Vấp", coordinator="Phòng Nội vụ quận Gò Vấp", contact="chị Hoa 028 3894 0000")
        self.around = Surroundings(
            office=self.office,
            calendar=calendar(at.year),
            limits=LIMITS,
            bot_links={"telegram": LINK},
        )
        self.people: dict[str, Actor] = {}
        self._keys = count(1)

    async def ask(self, work: Work):
        return self.database.turn(work)

    async def invite(self, unit: str, role: Role = Role.FOCAL) -> str:
        return self.database.turn(
            lambda store: store.invites.create(unit_id=store.units.by_code(unit).id, role=role, by=None, now=self.now)
        )

    def actor(self, name: str, platform: PlatformName = "telegram") -> Actor:
        key = f"{name}/{platform}"
        if key not in self.people:
            self.people[key] = Actor(desk=self, name=name, platform=platform, user_id=str(1000 + len(self.people)))
        return self.people[key]

    async def settler(self, name: str, unit: str, platform: PlatformName = "telegram", role: Role = Role.FOCAL) -> Actor:
        who = self.actor(name, platform)
        await who.opens(await self.invite(unit, role))
        await who.says(name)
        await who.says("0903 123 456")
        await who.chooses("Đúng")
        coordinator = next((a for a in self.people.values() if a.coordinates and a is not who), None)
        if role is Role.COORDINATOR:
            who.coordinates = True
        if coordinator is not None:
            await coordinator.chooses("Xác nhận")
            if role.sees_all:
                await coordinator.chooses("Xác nhận cán bộ")
            coordinator.forget()
        who.forget()
        return who

    async def time_passes(self, to: datetime | timedelta) -> None:
        self.now = self.now + to if isinstance(to, timedelta) else to

    def nobody_else_heard_anything(self, *but: Actor) -> None:
        for actor in self.people.values():
            if actor not in but:
                assert not actor.unread, f"{actor.name} also heard: {actor.unread[0].text[:100]}"

    def origin(self, actor: Actor) -> Origin:
        key = str(next(self._keys))
        chat = ChatRef(platform=actor.platform, chat_id=actor.user_id)
        return Origin(key=key, chat=chat, user_id=actor.user_id, at=self.now)

    def happens(self, incoming) -> None:
        """One turn, then everything queued is delivered."""
        self.database.turn(lambda store: router.handle(incoming, store, self.around, self.now))
        self.database.turn(self._deliver)

    def _deliver(self, store) -> None:
        while claimed := store.outbox.claim(
            self.now, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset(LIMITS)
        ):
            message_id = claimed.piece.edit_of or f"m{claimed.id}"
            chat = claimed.piece.chat
            who = next(a for a in self.people.values() if (a.platform, a.user_id) == (chat.platform, chat.chat_id))
            if claimed.piece.message.menu is not None:
                who.menu = tuple(entry.command for entry in claimed.piece.message.menu.entries)
            who.shown[message_id] = Seen(text=claimed.piece.message.text, buttons=claimed.piece.message.offered)
            if claimed.piece.edit_of is None:
                who.order.append(message_id)
            store.outbox.sent(claimed, message_id, self.now)
        self.now += timedelta(seconds=5)


@dataclass(eq=False)
class Actor:
    """A person who presses what is shown (Telegram) or types its mark (Zalo)."""

    desk: Desk
    name: str
    platform: PlatformName
    user_id: str
    coordinates: bool = False
    shown: dict[str, Seen] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    read: int = 0
    menu: tuple[str, ...] = ()

    @property
    def heard(self) -> list[Seen]:
        return [self.shown[one] for one in self.order]

    @property
    def unread(self) -> list[Seen]:
        return self.heard[self.read :]

    @property
    def screen(self) -> str:
        return "\n---\n".join("\n".join([one.text, *(f"[{button.label}]" for button in one.buttons)]) for one in self.unread)

    def forget(self) -> None:
        self.read = len(self.order)

    async def says(self, text: str) -> str:
        self.forget()
        self.desk.happens(Said(origin=self.desk.origin(self), text=text))
        return self.screen

    async def opens(self, code: str) -> str:
        return await self.says(f"/start {code}" if self.platform == "telegram" else code)

    async def chooses(self, label: str) -> str:
        if self.platform == "telegram":
            for seen in reversed(self.heard):
                for button in seen.buttons:
                    if button.label.startswith(label):
                        self.forget()
                        self.desk.happens(Chose(origin=self.desk.origin(self), token=button.key))
                        return self.screen
            raise AssertionError(f"{self.name} sees no button {label!r} in:\n{self.heard[-1].text}")
        for seen in reversed(self.heard):
            found = re.findall(r"(?m)^([0-9]+|[a-z]{1,2})\) (.+)$", seen.text)
            for mark, text in found:
                if text.startswith(label):
                    return await self.says(mark)
            if found:
                break
        raise AssertionError(f"{self.name} sees no choice {label!r} in:\n{self.heard[-1].text}")

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert text in self.screen, f"{self.name} does not see {text!r} in:\n{self.screen}"

    def sees_nothing_of(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.screen, f"{self.name} sees {text!r} in:\n{self.screen}"


@contextlib.asynccontextmanager
async def town(folder: Path, at: datetime) -> AsyncIterator[Desk]:
    """The same door as tests/people.py has."""
    desk = Desk(folder, at)
    try:
        yield desk
    finally:
        desk.database.close()
