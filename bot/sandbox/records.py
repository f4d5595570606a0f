"""The things a room is made of: people, chats, messages, files, and what the bot has still to be told."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

PlatformName = Literal["telegram", "zalo"]
PLATFORMS: tuple[PlatformName, ...] = ("telegram", "zalo")
Kind = Literal["message", "edited", "tapped", "membership", "raw"]
Json = dict[str, Any]

BOT = "bot"
SYSTEM = "system"


def opaque(*parts: object, length: int = 20) -> str:
    """A stable id of hex digits, the way Zalo writes its own (20 of them)."""
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:length]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with both apps. `key` is the guide's name for a proposed person, or ""."""

    id: str
    name: str
    role: str = ""
    key: str = ""
    telegram_id: int
    zalo_id: str

    def on(self, platform: PlatformName) -> str:
        """Their user id there, which is also the id of their private chat."""
        return str(self.telegram_id) if platform == "telegram" else self.zalo_id


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file somebody sent. Its bytes lie beside the journal, or in memory; `width` and `height` only for pictures."""

    id: str
    name: str
    mime: str
    size: int
    at: datetime
    width: int = 0
    height: int = 0

    @property
    def is_image(self) -> bool:
        """Whether a page may show it as a picture (never SVG: it can carry scripts)."""
        return self.mime in ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message as it now stands; edits make a new value.

    Attributes:
        chat: id of its chat on `platform`.
        sender: "bot", "system" (a toast, seen by the page only) or a person's id.
        text: the text or the caption, after entity parsing.
        entities: Telegram's MessageEntity objects, offsets in UTF-16 units.
        buttons: rows of Telegram's InlineKeyboardButton objects.
        file: id of a stored file, or "".
        url: where the picture lies when it was sent by reference and not fetched (Zalo).
        pressed: data of the button last pressed on it, or "".
        reply_to: id of the message it answers, or "".
        album: Telegram's media_group_id, or "".
        forwarded: who wrote it first, or "".
    """

    id: str
    platform: PlatformName
    chat: str
    sender: str
    date: datetime
    kind: Literal["text", "document", "photo", "sticker", "voice", "toast"] = "text"
    text: str = ""
    entities: tuple[Json, ...] = ()
    buttons: tuple[tuple[Json, ...], ...] = ()
    file: str = ""
    url: str = ""
    edited: datetime | None = None
    pressed: str = ""
    reply_to: str = ""
    album: str = ""
    forwarded: str = ""


@dataclass(frozen=True, kw_only=True)
class Chat:
    """A private chat (`person` is set) or a group.

    Attributes:
        started: the person has written at least once; until then no bot may write to them.
        blocked: the person has blocked the bot.
        closed: why the bot may never write here again ("user is deactivated"), or "".
        moved_to: id of the supergroup this group became, or "".
        seen: how many of the bot's messages the person has read.
    """

    platform: PlatformName
    id: str
    person: str = ""
    title: str = ""
    members: tuple[str, ...] = ()
    started: bool = False
    blocked: bool = False
    closed: str = ""
    moved_to: str = ""
    seen: int = 0

    @property
    def supergroup(self) -> bool:
        """Telegram marks the kind of a group in its id."""
        return self.id.startswith("-100")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something the bot has to be told. `id` is Telegram's update_id; on Zalo only its order counts.

    Attributes:
        message: as it stood at that moment; for "tapped" the one with the button.
        person: who acted.
        facts: query_id and data ("tapped"); old and new status ("membership"); the update itself ("raw").
    """

    id: int
    platform: PlatformName
    kind: Kind
    at: datetime
    chat: str = ""
    person: str = ""
    message: Message | None = None
    facts: Json = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Query:
    """A pressed button that waits for the bot's answer."""

    id: str
    person: str
    chat: str
    at: datetime
    answered: bool = False


_CLASSES: dict[str, Any] = {cls.__name__: cls for cls in (Person, StoredFile, Message, Chat, Happening, Query)}


def pack(value: Any) -> Any:
    """Any record as JSON, for the journal."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {item.name: pack(getattr(value, item.name)) for item in dataclasses.fields(value)}
        return {"$": type(value).__name__, **fields}
    if isinstance(value, datetime):
        return {"$": "at", "iso": value.isoformat()}
    if isinstance(value, dict):
        return {key: pack(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [pack(item) for item in value]
    return value


def unpack(value: Any) -> Any:
    """What `pack` made, back again; every list comes back as a tuple."""
    if isinstance(value, list):
        return tuple(unpack(item) for item in value)
    if not isinstance(value, dict):
        return value
    match value.get("$"):
        case "at":
            return datetime.fromisoformat(value["iso"])
        case str() as name if name in _CLASSES:
            return _CLASSES[name](**{key: unpack(item) for key, item in value.items() if key != "$"})
        case _:
            return {key: unpack(item) for key, item in value.items()}
