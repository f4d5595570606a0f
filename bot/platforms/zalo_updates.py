"""Zalo's updates: what each `{event_name, message}` says, by poll and by webhook alike."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.chat.messages import Attached, ChatRef, Incoming, Origin, Other, RemoteFile, Said
from bot.platforms.fields import Table, moment, table, whole, words, words_or

_SECRET_HEADER = "x-bot-api-secret-token"  # noqa: S105 - the header's name


def translate(raw: Table, names: tuple[str, ...], now: Callable[[], datetime]) -> Incoming | None:
    """One `{event_name, message}` as a fact; None when nobody can be answered. `names` are the bot's own, for groups.

    In a group the bot is only told what is addressed to it. Raises ValueError, KeyError or TypeError on a malformed update.
    """
    event = words_or(raw.get("event_name"))
    if raw.get("message") is None:  # "unsupported" about a protected person may come without one
        return None
    message = table(raw["message"])
    chat, sender = table(message["chat"]), table(message["from"])
    if sender.get("is_bot") is True:
        return None
    private = words_or(chat.get("chat_type"), "PRIVATE").upper() == "PRIVATE"
    text = words_or(message.get("text"))
    caption = words_or(message.get("caption"))
    origin = Origin(
        key=_key(raw),
        chat=ChatRef(platform="zalo", chat_id=words(chat["id"])),
        user_id=words(sender["id"]),
        private=private,
        at=now() if message.get("date") is None else moment(whole(message["date"]), per_second=1000),
        display_name=words_or(sender.get("display_name")),
    )
    match event:
        case "message.text.received":
            return Said(origin=origin, text=text if private else _without_name(text, names))
        case "message.image.received":
            photo = words_or(message.get("photo_url")) or words_or(message.get("photo"))
            file = RemoteFile(ref=photo, unique=origin.key, mime="image/jpeg") if photo else None
            return Attached(origin=origin, file=file, caption=caption)
        case "message.unsupported.received":  # most often a document, of which Zalo tells us nothing but that it came
            return Attached(origin=origin, file=None, caption=caption or text)
        case _:
            return Other(origin=origin, kind=event.removeprefix("message.").removesuffix(".received") or "unknown")


def from_webhook(headers: Mapping[str, str], body: bytes, secret: str) -> list[tuple[str, Table]] | None:
    """The updates in one webhook call, as (key, JSON), or None when the caller does not know our secret (answer 403).

    An empty list is a call with the right secret and a body that is no update: answer 200, or it would be repeated for ever.
    """
    given = next((value for name, value in headers.items() if name.lower() == _SECRET_HEADER), "")
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        return None
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return []
    if isinstance(parsed, dict) and "event_name" not in parsed and "message" not in parsed:
        parsed = parsed.get("result")
    return in_answer(parsed)


def in_answer(result: Any) -> list[tuple[str, Table]]:
    """One update according to every measurement; a list is taken as well."""
    found = result if isinstance(result, list) else [result]
    return [(_key(update), update) for update in found if isinstance(update, dict) and update]


def _key(raw: Table) -> str:
    """The inbox key: the message id; without one a digest, so that at least a verbatim repetition is recognised."""
    message = raw.get("message")
    message_id = message.get("message_id") if isinstance(message, dict) else None
    if isinstance(message_id, str) and 0 < len(message_id) <= 100 and message_id.isascii():
        return message_id
    return "sha256:" + hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()


def _without_name(text: str, names: tuple[str, ...]) -> str:
    """A group's message without the "@name" that addressed us."""
    for name in names:
        if text.casefold().startswith(f"@{name}".casefold()):
            return text[len(name) + 1 :].strip()
    return text
