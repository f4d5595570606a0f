"""Zalo's Bot API over plain httpx: eleven methods, one update a poll, `ok` in the body decides and never the HTTP status.

Facts and their sources: docs of bot.zaloplatforms.com and measurements by others, collected in the design notes on Zalo.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from bot.chat.messages import (
    Attached,
    ChatRef,
    Incoming,
    Menu,
    Origin,
    Other,
    OutFile,
    PlatformName,
    RemoteFile,
    Said,
)
from bot.chat.platform import BadToken, Delivered, Identity, Limits, Outcome, Piece, Refused, SecondPoller, Uncertain
from bot.platforms import failures
from bot.platforms.failures import SPARE
from bot.platforms.fields import Table, moment, table, whole, words, words_or
from bot.platforms.polling import Backoff, Spell

log = logging.getLogger(__name__)

OFFICIAL = "https://bot-api.zaloplatforms.com"

_MB = 1024 * 1024
_QUIET = 408  # an empty poll
_SECRET_HEADER = "x-bot-api-secret-token"  # noqa: S105 - the header's name

# Zalo fetches the URL of a photo itself, more than once, before it answers.
_PHOTO_PATIENCE = 150


class Zalo:
    """One bot on Zalo; implements `Platform`. No buttons, no edits, no menu; files only as public links.

    Attributes:
        heard_at: when Zalo last answered a poll, UTC; None before the first.
    """

    name: PlatformName = "zalo"
    # 2000 is the documented most for both; a caption also leaves room for the link of a file that is no photo.
    limits = Limits(text=2000 - SPARE, caption=1600 - SPARE, buttons=False, edits=False, documents=False, download=20 * _MB)

    def __init__(
        self,
        token: str,
        *,
        api_url: str = OFFICIAL,
        poll_timeout: int = 30,
        poll_spacing: float = 1.0,
        conflict_patience: float = 60.0,
        public_link: Callable[[OutFile], str | None] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        backoff: Callable[[], Backoff] = Backoff,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Nothing is sent yet.

        Args:
            token: from Zalo Bot Creator; raises BadToken when it is empty.
            api_url: without a path; the sandbox's address, or Zalo's.
            poll_timeout: seconds Zalo may hold a poll open.
            poll_spacing: least seconds from one poll to the next; its gateway refuses faster ones, and replays were seen.
            conflict_patience: seconds a webhook standing in the way or a refused token must last before we give up.
            public_link: a https address Zalo can fetch the file from for some minutes, or None where there is none.
            transport: stands in for the network in tests.
            backoff: makes the waits of a failing poll.
            now: the clock.
        """
        if not token:
            raise BadToken("no Zalo token")
        self.heard_at: datetime | None = None
        self.limits = replace(Zalo.limits, documents=public_link is not None)
        self._bot_url = f"{api_url.rstrip('/')}/bot{token}/"
        self._poll_timeout = poll_timeout
        self._poll_spacing = poll_spacing
        self._patience = conflict_patience
        self._public_link = public_link
        self._backoff = backoff
        self._now = now
        self._names: tuple[str, ...] = ()
        self._client = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(20, connect=10, pool=5),
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=32, keepalive_expiry=75),
        )

    async def start(self) -> Identity:
        """Learn who we are. Raises BadToken, or OSError/httpx.HTTPError for a fault of the network."""
        status, answer = await self._call("getMe", {})
        if answer is None:
            raise OSError(f"Zalo did not say who we are ({status})")
        if answer.get("ok") is not True:
            if _code(answer) in (401, 404):
                raise BadToken("Zalo does not know this token")
            raise OSError(f"Zalo did not say who we are ({_code(answer)})")
        try:
            me = table(answer.get("result"))
            names = [words_or(me.get(field)) for field in ("display_name", "account_name")]
            self._names = tuple(name for name in names if name)
            return Identity(user_id=words(me["id"]), name=self._names[0] if self._names else "", link_base="")
        except (KeyError, TypeError) as exc:
            raise OSError(f"Zalo did not say who we are ({type(exc).__name__})") from None

    async def stop(self) -> None:
        """Close connections; this object is then done with."""
        await self._client.aclose()

    async def updates(self, after: str | None) -> AsyncIterator[list[tuple[str, Table]]]:
        """See `Platform.updates`; `after` means nothing here: Zalo has neither numbers nor a confirmation.

        What a poll returned is lost when we die before storing it, and the same may also come twice: the inbox tells by the
        key. Raises SecondPoller while a webhook is set, and BadToken when the token stops being known.
        """
        backoff, conflicts, refusals = self._backoff(), Spell(self._patience), Spell(self._patience)
        clock = asyncio.get_running_loop().time
        while True:
            began = clock()
            fault = ""
            updates: list[tuple[str, Table]] = []
            try:
                status, answer = await self._call(
                    "getUpdates", {"timeout": str(self._poll_timeout)}, patience=self._poll_timeout + 10
                )
                if answer is not None and answer.get("ok") is True:
                    updates = _updates(answer.get("result"))
                elif answer is None or _code(answer) != _QUIET:
                    fault = str(_code(answer) if answer is not None else status)
            except Exception as exc:
                answer, fault = None, type(exc).__name__
            if fault:
                log.warning("poll failed", extra={"platform": self.name, "fault": fault})
                if fault == "400" and answer and "webhook" in words_or(answer.get("description")) and conflicts.lasts():
                    raise SecondPoller("a webhook is set for this bot")
                if fault in ("401", "404") and refusals.lasts():
                    raise BadToken("Zalo does not know this token any more")
                await backoff.wait()
                continue
            backoff.reset()
            self.heard_at = self._now()
            if updates:
                yield updates
            await asyncio.sleep(max(0.0, self._poll_spacing - (clock() - began)))

    def translate(self, raw: Table) -> Incoming | None:
        """See `Platform.translate`."""
        return translate(raw, self._names, self._now)

    async def acknowledge(self, raw: Table) -> None:
        """Show "typing" in the chat."""
        try:
            chat_id = words(table(table(raw["message"])["chat"])["id"])
            await self._call("sendChatAction", {"chat_id": chat_id, "action": "typing"}, patience=5)
        except Exception as exc:
            log.info("typing not shown", extra={"platform": self.name, "error": type(exc).__name__})

    async def deliver(self, piece: Piece) -> Outcome:
        """Say one piece; every failure is an `Outcome` (see failures.py), no exception passes but cancellation."""
        try:
            outcome = await self._deliver(piece)
        except Exception as exc:
            outcome = failures.of_transport(exc)
        if not isinstance(outcome, Delivered):
            log.warning("not delivered", extra={"chat": str(piece.chat), "outcome": outcome})
        return outcome

    async def fetch(self, file: RemoteFile) -> bytes:
        """See `Platform.fetch`. The reference is the picture's address at Zalo; size is counted while it arrives."""
        if file.size is not None and file.size > self.limits.download:
            raise ValueError(f"the file has {file.size} bytes")
        content = bytearray()
        try:
            async with self._client.stream("GET", file.ref, follow_redirects=True, timeout=60) as response:
                if response.status_code != 200:
                    raise OSError(f"the file cannot be had ({response.status_code})")
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > self.limits.download:
                        raise ValueError(f"the file has more than {self.limits.download} bytes")
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            raise OSError(f"the file cannot be had ({type(exc).__name__})") from None
        return bytes(content)

    async def show_menu(self, chat: ChatRef, menu: Menu) -> None:
        """Zalo has no menu."""

    async def _deliver(self, piece: Piece) -> Outcome:
        message, chat_id = piece.message, piece.chat.chat_id
        link = self._public_link(message.file) if message.file and self._public_link else None
        if message.file and link is None and not message.text:
            return Refused(reason="file: no public link")
        if link is None or message.file is None:
            return _sent(*await self._call("sendMessage", {"chat_id": chat_id, "text": message.text}))
        if message.file.kind == "photo":
            photo = {"chat_id": chat_id, "photo": link, **({"caption": message.text} if message.text else {})}
            return _sent(*await self._call("sendPhoto", photo, patience=_PHOTO_PATIENCE))
        text = f"{message.text}\n{link}".strip()
        return _sent(*await self._call("sendMessage", {"chat_id": chat_id, "text": text}))

    async def _call(self, method: str, arguments: Table, *, patience: float = 20) -> tuple[int, Table | None]:
        """POST one method: the HTTP status, and the answer if it was a JSON object. Raises httpx.HTTPError."""
        timeout = httpx.Timeout(patience, connect=10, pool=5)
        response = await self._client.post(self._bot_url + method, json=arguments, timeout=timeout)
        try:
            answer = response.json()
        except ValueError:
            answer = None
        return response.status_code, answer if isinstance(answer, dict) else None


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
    return _updates(parsed)


def _updates(result: Any) -> list[tuple[str, Table]]:
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


def _sent(status: int, answer: Table | None) -> Outcome:
    if answer is None:
        return failures.of_zalo_status(status)
    if answer.get("ok") is not True:
        return failures.of_zalo(_code(answer) or status, words_or(answer.get("description")))
    result = answer.get("result")
    message_id = result.get("message_id") if isinstance(result, dict) else None
    if not isinstance(message_id, str) or not message_id:
        return Uncertain(reason="ok, but no message id")
    return Delivered(message_id=message_id)


def _code(answer: Table) -> int:
    """`error_code` (`errorCode` in one method), 0 when there is none."""
    code = answer.get("error_code", answer.get("errorCode"))
    return code if isinstance(code, int) else 0
