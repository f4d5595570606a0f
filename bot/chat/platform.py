"""What a platform must be able to do, and the closed set of what may become of a message."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from bot.chat.messages import ChatRef, Incoming, Menu, Outgoing, PlatformName, RemoteFile


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one platform can carry.

    Attributes:
        text: most UTF-16 units in one message.
        caption: most UTF-16 units under a file.
        buttons: whether choices become buttons.
        edits: whether an own message can be changed.
        documents: whether files can be sent at all.
        download: most bytes we may fetch of a file a person sent.
        links: whether a file that is no photo goes as a link in the text.
        mark: what every message begins with: that this is a demonstration.
    """

    text: int
    caption: int
    buttons: bool
    edits: bool
    documents: bool
    download: int
    links: bool = False
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The platform gave a message id: the only proof there is. `replaced` when an edit was enough."""

    message_id: str


@dataclass(frozen=True, kw_only=True)
class NotSent:
    """Certainly not delivered; try again. `after` is what the platform asked for (429), `everyone` when it halts all chats."""

    reason: str
    after: timedelta | None = None
    everyone: bool = False
    moved_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Uncertain:
    """May or may not have been delivered (time-out after sending, 5xx, broken connection)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Unreachable:
    """This person cannot be reached here now (blocked, never started, deactivated, unknown chat)."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The request itself is wrong: our defect. Repeating it changes nothing."""

    reason: str


Outcome = Delivered | NotSent | Uncertain | Unreachable | Refused


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One request's worth of an `Outgoing`: already split, choices already numbered where there are no buttons.

    Attributes:
        edit_of: the platform's id of the message to replace, or None to send anew.
        silent: send without a sound.
    """

    chat: ChatRef
    message: Outgoing
    edit_of: str | None = None
    silent: bool = False


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the bot is on this platform. `link_base` makes a deep link (`link_base + code`), or "" where there is none."""

    user_id: str
    name: str
    link_base: str = ""


class SecondPoller(Exception):
    """Another process is reading the same bot's updates (Telegram 409). Two readers lose messages for each other."""


class BadToken(Exception):
    """The platform does not know this token."""


class Platform(Protocol):
    """One channel. Adapters carry words, they do not choose them; no exception passes `deliver`.

    Attributes:
        heard_at: when the platform last answered a poll (UTC), None before the first.
    """

    name: PlatformName
    limits: Limits
    heard_at: datetime | None

    async def start(self) -> Identity:
        """Connect and learn who we are. Raises BadToken; OSError or httpx.HTTPError for the network, to be tried again."""
        ...

    async def stop(self) -> None:
        """Close connections."""
        ...

    def updates(self, after: str | None) -> AsyncIterator[list[tuple[str, dict[str, Any]]]]:
        """Raw updates, oldest first, as (key, JSON). The next item is asked for only after the consumer stored the last one:
        that is what confirms it to the platform. `after` is the highest key stored so far. Raises SecondPoller."""
        ...

    def translate(self, raw: dict[str, Any]) -> Incoming | None:
        """One raw update as a fact, or None for what does not concern us. Malformed: ValueError, KeyError or TypeError."""
        ...

    async def acknowledge(self, raw: dict[str, Any]) -> None:
        """Best effort, never raises: stop the button's spinner, show "typing"."""
        ...

    async def deliver(self, piece: Piece) -> Outcome:
        """Say one piece."""
        ...

    async def fetch(self, file: RemoteFile) -> bytes:
        """Download a file of at most `limits.download` bytes. ValueError: it is larger; OSError: it cannot be had."""
        ...

    async def show_menu(self, chat: ChatRef, menu: Menu) -> None:
        """Best effort, never raises: set the commands menu of a chat, where the platform has one."""
        ...


@runtime_checkable
class Hooked(Protocol):
    """A platform that may also call us (a webhook)."""

    def overhear(self, headers: Mapping[str, str], body: bytes) -> list[tuple[str, dict[str, Any]]] | None:
        """The updates in one call, as (key, JSON), or None when the caller does not know our secret. Answer only when they are
        stored: nobody promises to repeat it."""
        ...
