"""What the room remembers: every change is one named fact, written to the journal and applied the same way when replayed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from bot.sandbox.records import (
    BOT,
    PLATFORMS,
    Chat,
    Happening,
    Json,
    Message,
    Person,
    PlatformName,
    Query,
    StoredFile,
    pack,
    unpack,
)


class Memory:
    """Plain memory, with an optional journal that brings it back after a restart.

    Args:
        journal: an append-only file of JSON lines; files people send lie in a folder beside it. Its last line may be torn
            (the process was killed while writing): it is dropped.

    Raises:
        ValueError: a line in the middle of the journal is damaged.
    """

    def __init__(self, journal: Path | None = None) -> None:
        self.people: dict[str, Person] = {}
        self.chats: dict[tuple[PlatformName, str], Chat] = {}
        self.history: dict[tuple[PlatformName, str], dict[str, Message]] = {}
        self.files: dict[str, StoredFile] = {}
        self.queues: dict[PlatformName, dict[int, Happening]] = {name: {} for name in PLATFORMS}
        self.queries: dict[str, Query] = {}
        self.settings: Json = {}
        self.reactions: dict[tuple[str, str], str] = {}
        self.numbers = {"message": 0, "telegram": 700_000_000, "zalo": 0, "file": 0, "query": 0, "toast": 0}
        self._bytes: dict[str, bytes] = {}
        self._shelf: Path | None = None
        self._journal: BinaryIO | None = None
        if journal is not None:
            self._shelf = journal.with_name(journal.name + ".files")
            self._shelf.mkdir(parents=True, exist_ok=True)
            self._replay(journal)
            self._journal = journal.open("ab")

    def close(self) -> None:
        """Let go of the journal."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def chat(self, platform: PlatformName, person: str) -> Chat:
        """A person's private chat. Raises KeyError for an unknown person."""
        return self.chats[platform, self.people[person].on(platform)]

    def content(self, file: str) -> bytes:
        """The bytes of a stored file. Raises KeyError."""
        self.files[file]
        return self._bytes[file] if self._shelf is None else (self._shelf / file).read_bytes()

    def unread(self, chat: Chat) -> int:
        """How many of the bot's messages here nobody has looked at."""
        return sum(message.sender == BOT for message in self.history[chat.platform, chat.id].values()) - chat.seen

    def number(self, counter: str) -> int:
        """The next number of a counter; it counts only once a fact that carries it is recorded."""
        return self.numbers[counter] + 1

    def record(self, fact: str, **details: Any) -> None:
        """The only way anything changes: journal first, memory second."""
        if self._journal is not None:
            line = json.dumps({"fact": fact, **{name: pack(value) for name, value in details.items()}}, ensure_ascii=False)
            self._journal.write(line.encode() + b"\n")
            self._journal.flush()
        getattr(self, f"_on_{fact}")(**details)

    def keep(self, file: StoredFile, content: bytes) -> None:
        """Store a file; its bytes come to rest before the journal mentions it."""
        if self._shelf is None:
            self._bytes[file.id] = content
        else:
            (self._shelf / file.id).write_bytes(content)
        self.record("file", file=file)

    def _replay(self, journal: Path) -> None:
        if not journal.exists():
            return
        good = 0
        lines = journal.read_bytes().split(b"\n")
        for number, line in enumerate(lines[:-1], 1):
            try:
                details = json.loads(line)
                fact = details.pop("fact")
            except (ValueError, KeyError, AttributeError) as error:
                if number == len(lines) - 1:
                    break
                raise ValueError(f"{journal.name}, line {number}: damaged") from error
            getattr(self, f"_on_{fact}")(**{name: unpack(value) for name, value in details.items()})
            good += len(line) + 1
        with journal.open("r+b") as file:
            file.truncate(good)

    def _on_person(self, person: Person) -> None:
        self.people[person.id] = person
        for platform in PLATFORMS:
            self._on_chat(Chat(platform=platform, id=person.on(platform), person=person.id))

    def _on_chat(self, chat: Chat) -> None:
        self.chats[chat.platform, chat.id] = chat
        self.history.setdefault((chat.platform, chat.id), {})

    def _on_message(self, message: Message) -> None:
        self.history[message.platform, message.chat][message.id] = message

    def _on_posted(self, message: Message, number: int) -> None:
        self.numbers["toast" if message.kind == "toast" else "message"] = number
        self._on_message(message)

    def _on_deleted(self, platform: PlatformName, chat: str, message: str) -> None:
        said = [item.id for item in self.history[platform, chat].values() if item.sender == BOT]
        place = self.chats[platform, chat]
        if message in said[: place.seen]:
            self._on_chat(replace(place, seen=place.seen - 1))
        del self.history[platform, chat][message]

    def _on_file(self, file: StoredFile) -> None:
        self.numbers["file"] += 1
        self.files[file.id] = file

    def _on_queued(self, happening: Happening) -> None:
        self.numbers[happening.platform] = happening.id
        self.queues[happening.platform][happening.id] = happening

    def _on_confirmed(self, platform: PlatformName, ids: tuple[int, ...]) -> None:
        for id in ids:
            self.queues[platform].pop(id, None)

    def _on_query(self, query: Query) -> None:
        if query.id not in self.queries:
            self.numbers["query"] += 1
        self.queries[query.id] = query

    def _on_setting(self, name: str, value: Any) -> None:
        self.settings[name] = value

    def _on_reaction(self, chat: str, message: str, emoji: str) -> None:
        self.reactions[chat, message] = emoji
