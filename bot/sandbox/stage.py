"""Where it all takes place: the bot's side of the room, what can be seen in it, and who watches."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.sandbox import pictures
from bot.sandbox.mailbox import Mailbox
from bot.sandbox.memory import Memory
from bot.sandbox.records import (
    BOT,
    PLATFORMS,
    SYSTEM,
    Chat,
    Happening,
    Json,
    Kind,
    Message,
    Person,
    PlatformName,
    Query,
    StoredFile,
    opaque,
)

CALLS_KEPT = 50_000
UPDATE_NAMES = {"message": "message", "edited": "edited_message", "tapped": "callback_query", "membership": "my_chat_member"}


class Stage:
    """The memory of a room, and everything that is done to it for the bot.

    Everything happens on one event loop; only the reading verbs may be used from elsewhere.

    Args:
        now: the room's clock, aware; every date on the wire comes from it.
        journal: see Memory; without one nothing outlives the object.
        bot_name: what both apps call the bot.
        bot_username: Telegram's @name of the bot, for links, commands and mentions.

    Attributes:
        calls: every request the bot made, as {platform, method, params, files, response, at}; the response is None when a
            fault kept it from the sandbox, and `fault` names any fault that was played.
        fetched: how often each picture URL was fetched (Zalo fetches more than once).
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        journal: Path | None = None,
        bot_name: str = "Bot Nhac Viec",
        bot_username: str = "nhacviec_bot",
    ) -> None:
        self.now = now
        self.bot_name = bot_name
        self.bot_username = bot_username
        self.memory = Memory(journal)
        self.mail = {name: Mailbox(self.memory, name, now) for name in PLATFORMS}
        self.calls: deque[Json] = deque(maxlen=CALLS_KEPT)
        self.fetched: dict[str, int] = {}
        self.closed = False
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self._changes = 0

    def close(self) -> None:
        """End every poll and every listener at once, and let go of the journal. Nothing may be done here afterwards."""
        self.closed = True
        for mailbox in self.mail.values():
            mailbox.close()
        for listener in self._listeners:
            listener.put_nowait(None)
        self.memory.close()

    # What can be seen.

    def person(self, who: Person | str) -> Person:
        """By record or id. Raises KeyError."""
        return self.memory.people[who if isinstance(who, str) else who.id]

    def messages(self, person: Person | str, platform: PlatformName, *, toasts: bool = False) -> list[Message]:
        """The private chat with the bot as it now stands, oldest first; `toasts` also shows answers to pressed buttons."""
        shown = self.memory.history[platform, self.person(person).on(platform)].values()
        return [message for message in shown if toasts or message.kind != "toast"]

    def heard(self, person: Person | str, platform: PlatformName) -> list[Message]:
        """Only what the bot said."""
        return [message for message in self.messages(person, platform) if message.sender == BOT]

    def toasts(self, person: Person | str) -> list[str]:
        """The short notes shown after pressing a button."""
        return [message.text for message in self.messages(person, "telegram", toasts=True) if message.kind == "toast"]

    def unanswered(self, person: Person | str) -> list[Query]:
        """Buttons that still spin."""
        who = self.person(person).id
        return [query for query in self.memory.queries.values() if query.person == who and not query.answered]

    def menu(self, person: Person | str) -> list[Json]:
        """The commands menu of the private chat on Telegram: the most specific scope set, with language before without."""
        commands = self.memory.settings.get("commands", {})
        for scope in (f"chat:{self.person(person).telegram_id}", "all_private_chats", "default"):
            for language in ("vi", ""):
                if found := commands.get(f"{scope}|{language}"):
                    return list(found)
        return []

    def calls_on(self, platform: PlatformName, method: str = "") -> list[Json]:
        """The recorded requests of one platform, of one method if named."""
        return [call for call in self.calls if call["platform"] == platform and method in ("", call["method"])]

    # What the two dialects do for the bot.

    def post(self, chat: Chat, sender: str = BOT, **content: Any) -> Message:
        """A new message. Ids: Telegram counts over all chats of the bot, Zalo gives 20 hex digits."""
        number = self.memory.number("message")
        id = str(number) if chat.platform == "telegram" else opaque("zalo message", number)
        message = Message(id=id, platform=chat.platform, chat=chat.id, sender=sender, date=self.now(), **content)
        self.memory.record("posted", message=message, number=number)
        self.changed("message", chat.person, chat.platform)
        return message

    def toast(self, query: Query, text: str) -> None:
        """The bot answered a pressed button; without text only the spinner ends."""
        self.memory.record("query", query=replace(query, answered=True))
        if text:
            number = self.memory.number("toast")
            chat = self.memory.chat("telegram", query.person)
            note = Message(
                id=f"toast-{number}", platform="telegram", chat=chat.id, sender=SYSTEM, date=self.now(), kind="toast", text=text
            )
            self.memory.record("posted", message=note, number=number)
            self.changed("message", query.person, "telegram")

    def change(self, message: Message, **content: Any) -> Message:
        """A message now stands differently."""
        changed = replace(message, **content)
        self.memory.record("message", message=changed)
        self.changed("message", self.memory.chats[message.platform, message.chat].person, message.platform)
        return changed

    def delete(self, message: Message) -> None:
        """A message is gone."""
        self.memory.record("deleted", platform=message.platform, chat=message.chat, message=message.id)
        self.changed("message", self.memory.chats[message.platform, message.chat].person, message.platform)

    def store(self, name: str, content: bytes, mime: str) -> StoredFile:
        """Keep a file. Its id depends on the bytes, so that a stranger cannot guess it."""
        seen = pictures.look(content)
        mime, width, height = seen or (mime, 0, 0)
        id = opaque("file", self.memory.number("file"), hashlib.sha256(content).hexdigest())
        file = StoredFile(id=id, name=name, mime=mime, size=len(content), at=self.now(), width=width, height=height)
        self.memory.keep(file, content)
        return file

    def queue(
        self,
        kind: Kind,
        platform: PlatformName,
        *,
        chat: str = "",
        person: str = "",
        message: Message | None = None,
        facts: Json | None = None,
    ) -> None:
        """Something new for the bot to fetch, unless Telegram's sticky allowed_updates keeps it out."""
        allowed = self.memory.settings.get("telegram.allowed", ()) if platform == "telegram" else ()
        if allowed and kind != "raw" and UPDATE_NAMES[kind] not in allowed:
            return
        happening = Happening(
            id=self.memory.number(platform),
            platform=platform,
            kind=kind,
            at=self.now(),
            chat=chat,
            person=person,
            message=message,
            facts=facts or {},
        )
        self.memory.record("queued", happening=happening)
        self.mail[platform].arrived()

    # Who watches.

    def listen(self) -> asyncio.Queue[Json | None]:
        """Every change from now on; None when the room closes."""
        listener: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(listener)
        return listener

    def stop_listening(self, listener: asyncio.Queue[Json | None]) -> None:
        """No more changes."""
        self._listeners.discard(listener)

    def changed(self, kind: str, person: str = "", platform: str = "") -> None:
        """Tell the listeners."""
        self._changes += 1
        for listener in self._listeners:
            listener.put_nowait({"seq": self._changes, "kind": kind, "person": person or None, "platform": platform or None})
