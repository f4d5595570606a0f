"""One raw Telegram update as a fact: total over the kinds we ask for, strict about the fields it reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.chat.messages import Attached, ChatRef, Chose, Incoming, Origin, Other, Reachability, RemoteFile, Said
from bot.platforms.fields import Table, moment, table, whole, words, words_or

# What getUpdates is asked for, always explicitly: an omitted list means "as last time", whoever set it then.
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")

# Files a person may mean as an answer. Voice and video notes are speech, stickers are mood: those are `Other`.
_FILES = ("document", "video", "audio")
_OTHERS = ("voice", "video_note", "sticker", "location", "venue", "contact", "poll", "dice", "story", "game", "checklist")

_MOVED = "migrate_to_chat_id"


@dataclass(frozen=True, kw_only=True)
class Self:
    """Who we are on Telegram, to know when a group speaks to us: numeric id and username without its @, or 0 and ""."""

    id: int = 0
    username: str = ""


def translate(raw: Table, us: Self, now: Callable[[], datetime]) -> Incoming | None:
    """The update as a fact, or None when it is none of ours (channels, other bots, anonymous admins, service messages).

    A tap carries no time of its own, so it happened `now()`. Raises ValueError, KeyError or TypeError on a malformed update.
    """
    key = str(whole(raw["update_id"]))
    if "message" in raw:
        return _message(key, table(raw["message"]), us, edited=False)
    if "edited_message" in raw:
        return _message(key, table(raw["edited_message"]), us, edited=True)
    if "callback_query" in raw:
        return _tap(key, table(raw["callback_query"]), now())
    if "my_chat_member" in raw:
        return _membership(key, table(raw["my_chat_member"]))
    return None


def _message(key: str, message: Table, us: Self, *, edited: bool) -> Incoming | None:
    chat, sender = table(message["chat"]), message.get("from")
    # sender_chat: written in the name of a group or channel (an anonymous admin): there is nobody to attribute it to.
    if chat["type"] not in ("private", "group", "supergroup") or sender is None or "sender_chat" in message:
        return None
    person = table(sender)
    if person.get("is_bot"):
        return None

    body, marks = ("text", "entities") if "text" in message else ("caption", "caption_entities")
    text, named = _without_mention(words_or(message.get(body)), message.get(marks), us)
    private = chat["type"] == "private"
    origin = Origin(
        key=key,
        chat=_chat(chat),
        user_id=str(whole(person["id"])),
        private=private,
        mentioned=private or named or _replies_to(message.get("reply_to_message"), us),
        at=moment(whole(message["edit_date"] if edited and "edit_date" in message else message["date"])),
        display_name=_name(person),
    )

    if "text" in message:
        return Said(
            origin=origin,
            text=text,
            edited=edited,
            forwarded="forward_origin" in message,
            reply_to=_id_of(message.get("reply_to_message")),
        )
    for kind in _FILES:
        if kind in message:
            return Attached(origin=origin, file=_file(table(message[kind])), caption=text)
    if "photo" in message:
        return Attached(origin=origin, file=_photo(message["photo"]), caption=text)
    if edited:  # a live location moves every few seconds: no answer to each step
        return None
    if "contact" in message and (number := _own_number(table(message["contact"]), whole(person["id"]))):
        return Said(origin=origin, text=number)
    for kind in (_MOVED, *_OTHERS):
        if kind in message:
            return Other(origin=origin, kind=kind)
    return None


def _tap(key: str, query: Table, now: datetime) -> Incoming | None:
    person = table(query["from"])
    if "message" not in query or "data" not in query:  # a button of an inline message or of a game
        return None
    chat = table(table(query["message"])["chat"])  # an inaccessible (old, deleted) message still names its chat
    origin = Origin(
        key=key,
        chat=_chat(chat),
        user_id=str(whole(person["id"])),
        private=chat["type"] == "private",
        at=now,
        display_name=_name(person),
    )
    return Chose(origin=origin, token=words(query["data"]))


def _membership(key: str, change: Table) -> Incoming | None:
    chat, person = table(change["chat"]), table(change["from"])
    if chat["type"] not in ("private", "group", "supergroup"):
        return None
    origin = Origin(
        key=key,
        chat=_chat(chat),
        user_id=str(whole(person["id"])),
        private=chat["type"] == "private",
        at=moment(whole(change["date"])),
        display_name=_name(person),
    )
    status = words(table(change["new_chat_member"])["status"])
    return Reachability(origin=origin, reachable=status not in ("kicked", "left"))


def _chat(chat: Table) -> ChatRef:
    return ChatRef(platform="telegram", chat_id=str(whole(chat["id"])))


def _name(person: Table) -> str:
    return " ".join(part for part in (words(person["first_name"]), words_or(person.get("last_name"))) if part)


def _file(file: Table) -> RemoteFile:
    size = file.get("file_size")
    return RemoteFile(
        ref=words(file["file_id"]),
        unique=words_or(file.get("file_unique_id")),
        name=words_or(file.get("file_name")),
        mime=words_or(file.get("mime_type")),
        size=None if size is None else whole(size),
    )


def _photo(sizes: object) -> RemoteFile:
    """The largest of the sizes a photo comes in; always a JPEG, always within the download limit."""
    if not isinstance(sizes, list) or not sizes:
        raise TypeError("a photo without sizes")
    largest = max(map(table, sizes), key=lambda size: whole(size["width"]) * whole(size["height"]))
    return _file({**largest, "mime_type": "image/jpeg"})


def _own_number(contact: Table, user_id: int) -> str:
    """The phone number of a shared contact if it is the sender's own (Telegram vouches for `user_id`), else ""."""
    return words(contact["phone_number"]) if contact.get("user_id") == user_id else ""


def _replies_to(message: object, us: Self) -> bool:
    if not us.id or not isinstance(message, dict):
        return False
    author = message.get("from")
    return isinstance(author, dict) and author.get("id") == us.id


def _id_of(message: object) -> str:
    number = message.get("message_id") if isinstance(message, dict) else None
    return str(number) if type(number) is int else ""


def _without_mention(text: str, entities: object, us: Self) -> tuple[str, bool]:
    """`text` without the words that address us, and whether there were any. Entities count in UTF-16 units.

    "@nhacviec_bot", our name as a text mention, and a command ("/start@nhacviec_bot", or bare: then Telegram thought it ours).
    """
    if not isinstance(entities, list):
        return text, False
    wide, named = text.encode("utf-16-le"), False
    for entity in sorted(map(table, entities), key=lambda entity: whole(entity["offset"]), reverse=True):
        start = 2 * whole(entity["offset"])
        end = start + 2 * whole(entity["length"])
        if not 0 <= start <= end <= len(wide):
            continue
        part = wide[start:end].decode("utf-16-le", "replace")
        match entity["type"]:
            case "mention" if us.username and part.casefold() == f"@{us.username}".casefold():
                kept = ""
            case "text_mention" if us.id and table(entity["user"]).get("id") == us.id:
                kept = ""
            case "bot_command" if start == 0 and part.partition("@")[2].casefold() in ("", us.username.casefold()):
                kept = part.partition("@")[0]
            case _:
                continue
        named = True
        wide = wide[:start] + kept.encode("utf-16-le") + wide[end:]
    return (re.sub(r"[ \t]{2,}", " ", wide.decode("utf-16-le", "replace")).strip(), True) if named else (text, False)
