"""What comes in and what goes out, in words no platform owns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.chat.labels import distinct

PlatformName = Literal["telegram", "zalo"]


@dataclass(frozen=True, kw_only=True)
class ChatRef:
    """Where a message comes from or goes to.

    Attributes:
        platform: the channel.
        chat_id: the platform's own id, as text (Telegram: a 64-bit number; Zalo: 20 hex digits).
    """

    platform: PlatformName
    chat_id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.chat_id}"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Facts every incoming event carries.

    Attributes:
        key: unique on its platform; the inbox's key (Telegram update_id, Zalo message_id).
        chat: the chat it happened in.
        user_id: the platform's id of the person who acted (never a @username).
        private: False in a group: personal data is never shown there.
        mentioned: in a group, whether the bot was addressed. Always True in a private chat.
        at: when the platform says it happened, UTC.
        display_name: what the platform calls the person; only ever a suggestion, never an identity.
    """

    key: str
    chat: ChatRef
    user_id: str
    private: bool = True
    mentioned: bool = True
    at: datetime
    display_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A person wrote text.

    Attributes:
        edited: it replaces an earlier message of theirs.
        forwarded: it was written elsewhere, perhaps by somebody else, and passed on here.
        reply_to: the platform's id of the message it was written below as an answer, or "".
    """

    origin: Origin
    text: str
    edited: bool = False
    forwarded: bool = False
    reply_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Chose:
    """A person pressed a button. `token` is the opaque key put on it by `Choice.key`."""

    origin: Origin
    token: str


@dataclass(frozen=True, kw_only=True)
class RemoteFile:
    """A file a person sent, still at the platform.

    Attributes:
        ref: what the adapter needs to fetch it (file_id or URL).
        unique: stable id for recognising the same file again, or "".
        name: the sender's file name, untrusted, or "".
        mime: the sender's type, untrusted, or "".
        size: bytes if the platform said so, else None.
    """

    ref: str
    unique: str = ""
    name: str = ""
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A person sent a file or picture. `file` is None when the platform told us of a file without a way to get it (Zalo)."""

    origin: Origin
    file: RemoteFile | None
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Reachability:
    """The person blocked (`reachable=False`) or unblocked the bot."""

    origin: Origin
    reachable: bool


@dataclass(frozen=True, kw_only=True)
class Other:
    """Anything else (sticker, voice, location …): answered politely, never an error. `kind` names it for the log."""

    origin: Origin
    kind: str


Incoming = Said | Chose | Attached | Reachability | Other


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing the reader may answer.

    Attributes:
        label: what is shown; short (buttons). Within a message no two are alike: `Outgoing` numbers those that would be.
        action: the route in the handlers' table and its arguments, e.g. ("answer", "12", "P5", "TCD_LUOT", "none").
            Never leaves the program: on the wire stands only `key`.
        key: opaque, single-purpose, at most 32 bytes; given by storage when the message is queued.
        words: other ways people type it ("xong", "rồi"), besides its number or letter and its label.
    """

    label: str
    action: tuple[str, ...]
    key: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OutFile:
    """A file to send.

    Attributes:
        path: where it lies, relative to the data folder.
        name: what the receiver sees.
        kind: "document" or "photo".
    """

    path: str
    name: str
    kind: Literal["document", "photo"] = "document"


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """One line of the commands menu: `command` without its slash, `[a-z0-9_]{1,32}`."""

    command: str
    description: str


@dataclass(frozen=True, kw_only=True)
class Menu:
    """The commands offered in one chat."""

    entries: tuple[MenuEntry, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message to say, before anybody decided on which platform.

    Attributes:
        text: plain text, no markup, NFC. Any length; split at paragraphs on the way out.
        choices: rows of choices, one row a button line. Without buttons they become a numbered or lettered list.
        marks: how choices are listed where there are no buttons: "digits" (`1) …`, answered "1"), or "letters" (`a) …`,
            answered "a") for a question whose answer may itself be a number or free text.
        hint: the sentence shown under a listed choice ("Trả lời bằng số hoặc chữ."); not shown where there are buttons.
        file: sent with the text as its caption when it fits, else before it.
        menu: the commands this chat offers from now on, shown with the message where the platform has such a menu.
        edits: where the platform can, this replaces the message whose button was pressed; elsewhere it is a new message.
    """

    text: str
    choices: tuple[tuple[Choice, ...], ...] = ()
    marks: Literal["digits", "letters"] = "digits"
    hint: str = ""
    file: OutFile | None = None
    menu: Menu | None = None
    edits: bool = False

    def __post_init__(self) -> None:
        """Two names may be shown alike; two choices may not: a typed label must mean one of them."""
        labels = distinct([choice.label for choice in self.offered])
        if labels != [choice.label for choice in self.offered]:
            given = iter(labels)
            choices = tuple(tuple(replace(choice, label=next(given)) for choice in row) for row in self.choices)
            object.__setattr__(self, "choices", choices)

    @property
    def offered(self) -> tuple[Choice, ...]:
        """All choices in reading order."""
        return tuple(choice for row in self.choices for choice in row)
