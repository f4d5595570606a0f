"""Made-up people at the real bot: what they say goes through the router, what it answers is delivered into their chats."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Protocol, TypeVar

from bot.chat.messages import ChatRef, Chose, Incoming, Origin, Outgoing, PlatformName, Said
from bot.chat.platform import Limits
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.people import Role
from handlers import router
from handlers.router import Surroundings
from storage.database import PlainDatabase, Work
from storage.store import Store

T = TypeVar("T")

_LISTED = re.compile(r"(?m)^([0-9]+|[a-z]{1,2})\) (.+)$")


class Chats(Protocol):
    """Where all this is seen: the sandbox's room."""

    def enters(self, name: str, key: str) -> dict[PlatformName, str]:
        """Somebody new; their user id on each platform, which is also their chat's."""
        ...

    def hears(self, chat: ChatRef, text: str) -> None:
        """The person wrote or pressed something."""
        ...

    def shows(self, chat: ChatRef, message: Outgoing, edit_of: str | None) -> str:
        """The bot said something; the platform's id of the message."""
        ...


@dataclass
class Hour:
    """What time it is, for everybody in the play."""

    now: datetime


@dataclass(eq=False, kw_only=True)
class Player:
    """Somebody made up. `heard`: (platform message id, message), as they now stand; `person_id`: once they registered."""

    name: str
    chat: ChatRef
    unit_id: int
    person_id: int = 0
    heard: dict[str, Outgoing] = field(default_factory=dict)


class Play:
    """The bot and its made-up people, on a clock that only goes forward."""

    def __init__(
        self,
        database: PlainDatabase,
        chats: Chats,
        office: Office,
        calendars: Mapping[int, WorkCalendar],
        limits: Mapping[str, Limits],
        hour: Hour,
    ) -> None:
        self._hour = hour
        self.messages = 0
        self.office = office
        self._database, self._chats, self._calendars, self._limits = database, chats, calendars, limits
        self._players: dict[ChatRef, Player] = {}
        self._keys = count(1)
        self._store: Store | None = None

    @property
    def now(self) -> datetime:
        """The moment it is, UTC."""
        return self._hour.now

    @property
    def calendar(self) -> WorkCalendar:
        """Working days of the year it is."""
        return self._calendars[self.office.day(self.now).year]

    def until(self, at: datetime) -> None:
        """Let it be this moment, unless it is later already."""
        self._hour.now = max(self.now, at.astimezone(UTC))

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self._hour.now += timedelta(seconds=seconds)

    def turn(self, act: Callable[[], T]) -> T:
        """Everything `act` does is one transaction: a whole sitting is written to disk at once."""
        return self._database.turn(partial(self._within, act))

    def ask(self, work: Work[T]) -> T:
        """Read or change the database."""
        return work(self._store) if self._store is not None else self._database.turn(work)

    def player(self, name: str, platform: PlatformName, unit_id: int, key: str = "") -> Player:
        """Somebody new with a chat of their own."""
        ids = self._chats.enters(name, key)
        player = Player(name=name, chat=ChatRef(platform=platform, chat_id=ids[platform]), unit_id=unit_id)
        self._players[player.chat] = player
        return player

    def invite(self, unit_id: int, role: Role) -> str:
        """An invite, as the command line makes one."""
        return self.ask(lambda store: store.invites.create(unit_id=unit_id, role=role, by=None, now=self.now))

    def says(self, who: Player, text: str) -> None:
        """Somebody types something."""
        self._chats.hears(who.chat, text)
        self._happens(Said(origin=self._origin(who), text=text))

    def chooses(self, who: Player, label: str) -> None:
        """Somebody presses the newest button that begins so; where there are none, types the mark in front of the label."""
        for message in reversed(who.heard.values()):
            for choice in message.offered:
                if choice.label.startswith(label):
                    self._chats.hears(who.chat, choice.label)
                    return self._happens(Chose(origin=self._origin(who), token=choice.key))
            for mark, listed in _LISTED.findall(message.text):
                if listed.startswith(label):
                    return self.says(who, mark)
        newest = next(reversed(who.heard.values())).text if who.heard else ""
        raise LookupError(f"{who.name} sees no choice {label!r} in: {newest}")

    def deliver(self) -> None:
        """Send everything that may be sent."""
        self.ask(self._deliver)

    def _within(self, act: Callable[[], T], store: Store) -> T:
        self._store = store
        try:
            with store.held():
                return act()
        finally:
            self._store = None

    def _happens(self, incoming: Incoming) -> None:
        around = Surroundings(office=self.office, calendar=self.calendar, limits=self._limits, bot_links={})
        self.ask(partial(self._handled, incoming, around))
        self.deliver()

    def _handled(self, incoming: Incoming, around: Surroundings, store: Store) -> None:
        router.handle(incoming, store, around, self.now)

    def _origin(self, who: Player) -> Origin:
        return Origin(key=f"demo-{next(self._keys)}", chat=who.chat, user_id=who.chat.chat_id, at=self.now)

    def _deliver(self, store: Store) -> None:
        while claimed := store.outbox.claim(
            self.now, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset(self._limits)
        ):
            who = self._players[claimed.piece.chat]
            replaced = claimed.piece.edit_of if claimed.piece.edit_of in who.heard else None
            shown = self._chats.shows(who.chat, claimed.piece.message, replaced)
            who.heard[shown] = claimed.piece.message
            store.outbox.sent(claimed, shown, self.now)
            self.messages += 1
