"""The wire below the counter: both real adapters on the sandbox's two dialects, JSON over ASGI, one request at a time.

Zalo's two habits (errors under HTTP 200, errors under their own status) are two addresses of the sandbox; which one a place
uses is its own choice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar

import httpx

from bot.chat.messages import ChatRef, Incoming, PlatformName, RemoteFile
from bot.chat.platform import Delivered, Piece, Platform
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo
from bot.sandbox.records import Person
from bot.sandbox.room import Room
from bot.sandbox.server import make_app

T = TypeVar("T")

TOKEN = "700000001:AAcanaryTelegramTokenThatMustNeverBeSeen"
ZALO_TOKEN = "1459232241454765289:canaryZaloTokenThatMustNeverBeSeen"

Habit = Literal["/zalo", "/zalo-strict"]


class Wire:
    """People's phones at one end, what the router takes and the outbox gives at the other. Closed by the folder's conftest."""

    open: ClassVar[list[Wire]] = []

    def __init__(self, folder: Path, now: Callable[[], datetime], habit: Habit, journal: Path | None = None) -> None:
        """`journal`: people, chats and messages that are there already."""
        self.room = Room(now, journal=journal)
        transport = httpx.ASGITransport(make_app(self.room, None, telegram_token=TOKEN, zalo_token=ZALO_TOKEN))
        self._runner = asyncio.Runner()
        self._adapters: dict[PlatformName, Platform] = {
            "telegram": Telegram(TOKEN, files_root=folder, api_url="http://sandbox", transport=transport, now=now),
            "zalo": Zalo(ZALO_TOKEN, api_url=f"http://sandbox{habit}", poll_spacing=0, transport=transport, now=now),
        }
        self._updates = {name: adapter.updates(None) for name, adapter in self._adapters.items()}
        self._started: set[PlatformName] = set()
        Wire.open.append(self)

    def person(self, name: str, platform: PlatformName) -> Person:
        """Somebody new, who pressed Start once."""
        self._start(platform)
        person = self.room.add_person(name)
        chat = self.room.memory.chat(platform, person.id)
        self.room.memory.record("chat", chat=replace(chat, started=True))
        return person

    def known(self, chat: ChatRef) -> Person:
        """Somebody of the journal."""
        self._start(chat.platform)
        return next(one for one in self.room.memory.people.values() if one.on(chat.platform) == chat.chat_id)

    def _start(self, platform: PlatformName) -> None:
        if platform not in self._started:
            self._started.add(platform)
            self._run(self._adapters[platform].start())

    def heard(self, platform: PlatformName) -> Incoming:
        """The one thing somebody just did, as the adapter reads it."""

        async def poll() -> list[tuple[str, dict[str, Any]]]:
            return await anext(self._updates[platform])

        ((_, raw),) = self._run(poll())
        incoming = self._adapters[platform].translate(raw)
        assert incoming is not None
        return incoming

    def carry(self, piece: Piece) -> str:
        """Say one piece; the platform's id of it. What is shown is what was to be said."""
        outcome = self._run(self._adapters[piece.chat.platform].deliver(piece))
        assert isinstance(outcome, Delivered), outcome
        shown = self.room.memory.history[piece.chat.platform, piece.chat.chat_id][outcome.message_id]
        assert shown.text == piece.message.text.strip()
        keys = [button["callback_data"] for row in shown.buttons for button in row]
        assert keys == [choice.key for choice in piece.message.offered]
        return outcome.message_id

    def fetch(self, platform: PlatformName, file: RemoteFile) -> bytes:
        """A file somebody sent."""
        return self._run(self._adapters[platform].fetch(file))

    def close(self) -> None:
        """Hang up."""
        for platform in self._started:
            self._run(self._adapters[platform].stop())
        self._runner.close()
        self.room.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)
