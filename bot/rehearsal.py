"""What the sandbox asks of the bot: wait until all is said, move the clock through everything that falls due, name a cast."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.chat.messages import ChatRef, Outgoing, PlatformName
from bot.clock import MovableClock, StoppedClock
from bot.domain.outlook import Planned
from bot.domain.people import Role
from bot.sandbox.control import CastMember, Upcoming
from bot.sandbox.records import BOT, PLATFORMS
from bot.sandbox.room import Room
from bot.texts import outlook as texts
from bot.texts import startup
from storage import ahead
from storage.store import Store

HORIZON = timedelta(days=400)
CLOCK = "sandbox clock offset"  # in seconds


@dataclass(kw_only=True)
class Rehearsal:
    """The sandbox's view of a running bot. Implements bot.sandbox.control.Control."""

    app: App
    room: Room
    clock: MovableClock | StoppedClock
    invites: Sequence[CastMember] = ()
    glance: float = 0.002
    """Seconds between two looks at whether all is said."""

    def now(self) -> datetime:
        """The bot's clock."""
        return self.clock.now()

    def cast(self) -> list[CastMember]:
        """Whom the page proposes to play."""
        return list(self.invites)

    async def settle(self) -> None:
        """Wait until everything people did is handled and everything to be said now is said."""
        # The bot and the room share nothing that could be waited for.
        while not self.room.closed and not (self._heard() and await self.app.idle() and self._heard()):  # noqa: ASYNC110
            await asyncio.sleep(self.glance)

    def _heard(self) -> bool:
        mail = (self.room.mail[name] for name in self.app.platforms)
        return all(not box.waiting and box.listening for box in mail)

    async def upcoming(self) -> list[Upcoming]:
        """What will happen by itself, the next of each kind first."""
        now = self.clock.now()
        planned = await self.app.database.turn(lambda store: self._planned(store, now, now + HORIZON))
        shown: list[Upcoming] = []
        for item, names in planned:
            title, to = texts.title(item), texts.to(item, names)
            if sum(1 for other in shown if other.title == title) == 0 and len(shown) < 12:
                shown.append(Upcoming(at=item.at, title=title, to=to))
        return shown

    async def move_clock(self, to: datetime) -> None:
        """Let time pass up to `to`, doing what falls due on the way at its own moment. Raises ValueError for the past."""
        if to < self.clock.now():
            raise ValueError("the clock only goes forward")
        while True:
            now = self.clock.now()
            planned = await self.app.database.turn(lambda store, now=now: self._planned(store, now, to))  # type: ignore[misc]
            if not planned:
                break
            await self._at(planned[0][0].at)
        await self._at(to)

    async def _at(self, moment: datetime) -> None:
        if moment > self.clock.now():
            self.clock.move_to(moment)
            if isinstance(self.clock, MovableClock):
                offset = self.clock.offset.total_seconds()
                await self.app.database.turn(lambda store: store.meta.put(CLOCK, str(offset)))
        await self.app.tick()
        await self.settle()

    def _planned(self, store: Store, start: datetime, end: datetime) -> list[tuple[Planned, list[str]]]:
        """What would reach somebody between two moments, with the names of the units it reaches."""
        office = self.app.office
        speakers = store.people.speakers()
        names = {unit.id: unit.short for unit in store.units.all(on=office.day(start)) if unit.id in speakers}
        planned = ahead.planned(store, start, end, office, self.app.calendar())
        found = ((item, [names[id] for id in item.units if id in names]) for item in planned)
        return [(item, reached) for item, reached in found if reached or not item.units]


class Script:
    """A room filled with what was said before it opens. Implements bot.demo.play.Chats."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def enters(self, name: str, key: str) -> dict[PlatformName, str]:
        """Somebody new, who has written to the bot in both apps."""
        person = self._room.add_person(name, key=key)
        for platform in PLATFORMS:
            chat = self._room.memory.chat(platform, person.id)
            self._room.memory.record("chat", chat=replace(chat, started=True))
        return {platform: person.on(platform) for platform in PLATFORMS}

    def hears(self, chat: ChatRef, text: str) -> None:
        """A message of theirs; the bot has it already, so nothing waits to be fetched."""
        place = self._room.memory.chats[chat.platform, chat.chat_id]
        self._room.post(place, place.person, text=text)

    def shows(self, chat: ChatRef, message: Outgoing, edit_of: str | None) -> str:
        """A message of the bot's, in place of another one or new; read at once."""
        place = self._room.memory.chats[chat.platform, chat.chat_id]
        buttons = tuple(tuple({"text": one.label, "callback_data": one.key} for one in row) for row in message.choices)
        known = self._room.memory.history[chat.platform, chat.chat_id].get(edit_of or "")
        if known is not None:
            return self._room.change(known, text=message.text, buttons=buttons).id
        shown = self._room.post(place, BOT, text=message.text, buttons=buttons)
        self._room.read(place.person, chat.platform)
        return shown.id


def room(folder: Path, now: Callable[[], datetime]) -> Room:
    """The sandbox's room, with what it remembers in this folder."""
    return Room(now, journal=folder / "sandbox.jsonl", bot_name=startup.BOT_NAME, bot_username="nhacviec_santhu_bot")


def invite_cast(store: Store, link_base: str, now: datetime) -> list[CastMember]:
    """Invitations for the proposed people whose seat nobody has yet."""
    held = {(seat.unit_id, seat.role) for seat, _ in store.people.holders()}
    cast = []
    for key, name, what, code, role in startup.CAST:
        unit = store.units.by_code(code)
        if unit is None:
            continue
        if (unit.id, Role(role)) in held:
            invite = ""
        else:
            invite = store.invites.create(unit_id=unit.id, role=Role(role), by=None, now=now, lifetime=HORIZON)
        cast.append(CastMember(key=key, name=name, role=what, code=invite, link=f"{link_base}{invite}" if invite else ""))
    return cast
