"""Telegram, with python-telegram-bot's Bot as the wire: no Application, no Updater, raw JSON in and out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from telegram import InputFile

from bot.chat.messages import ChatRef, Incoming, Menu, Outgoing, PlatformName, RemoteFile
from bot.chat.platform import (
    BadToken,
    Delivered,
    Identity,
    Limits,
    Outcome,
    Piece,
    Refused,
    SecondPoller,
)
from bot.clock import awake
from bot.platforms import failures
from bot.platforms.failures import SPARE, PollFault
from bot.platforms.fields import Table, table, whole, words, words_or
from bot.platforms.polling import Backoff, Spell
from bot.platforms.telegram_line import RawBot, keyboard, pool
from bot.platforms.telegram_updates import WANTED, Self, translate

log = logging.getLogger(__name__)

OFFICIAL = "https://api.telegram.org"

_MB = 1024 * 1024
_UPLOAD = {"document": 50 * _MB, "photo": 10 * _MB}

# What a refused edit says when a new message can take the old one's place.
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message",
)
_NOT_MODIFIED = "message is not modified"


class Telegram:
    """One bot on Telegram; implements `Platform`.

    Attributes:
        heard_at: when Telegram last answered a poll, UTC; None before the first. Telegram forgets updates after 24 hours.
        their_clock: the date on Telegram's newest answer, and when that came (bot.clock.awake); None before the first.
    """

    name: PlatformName = "telegram"
    limits = Limits(text=4096 - SPARE, caption=1024 - SPARE, buttons=True, edits=True, documents=True, download=20 * _MB)

    def __init__(
        self,
        token: str,
        *,
        files_root: Path,
        api_url: str = OFFICIAL,
        poll_timeout: int = 30,
        conflict_patience: float = 60.0,
        transport: httpx.AsyncBaseTransport | None = None,
        backoff: Callable[[], Backoff] = Backoff,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Nothing is sent yet.

        Args:
            token: from @BotFather; raises BadToken when it is empty.
            files_root: the folder `OutFile.path` is relative to.
            api_url: without a path; the sandbox's address, or Telegram's.
            poll_timeout: seconds Telegram may hold a poll open.
            conflict_patience: seconds a second reader (409) or a refused token must last before we give up.
            transport: stands in for the network in tests.
            backoff: makes the waits of a failing poll.
            now: the clock.
        """
        if not token:
            raise BadToken("no Telegram token")
        self.heard_at: datetime | None = None
        self.their_clock: tuple[datetime, float] | None = None
        self._files_root = files_root.resolve()
        self._poll_timeout = poll_timeout
        self._patience = conflict_patience
        self._backoff = backoff
        self._now = now
        self._us = Self()
        self._file_url = f"{api_url.rstrip('/')}/file/bot{token}/"

        # A poll torn down in mid-flight may hold its connection for good: one alone would leave us deaf (hence 4).
        self._polling = pool(4, transport, self._dated)
        self._calling = pool(64, transport, self._dated)
        self._bot = RawBot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=self._calling,
            get_updates_request=self._polling,
        )

    async def start(self) -> Identity:
        """Connect and learn who we are. Raises BadToken, or OSError/httpx.HTTPError for a fault of the network."""
        await asyncio.gather(self._polling.initialize(), self._calling.initialize())
        try:
            me = table(await self._call("getMe"))
            self._us = Self(id=whole(me["id"]), username=words(me["username"]))
        except Exception as exc:
            if failures.of_poll(exc)[0] is PollFault.BAD_TOKEN:
                raise BadToken("Telegram does not know this token") from None
            if isinstance(exc.__cause__, httpx.HTTPError):
                raise exc.__cause__ from None
            raise OSError(f"Telegram did not say who we are ({type(exc).__name__})") from None
        return Identity(
            user_id=str(self._us.id),
            name=words_or(me.get("first_name"), self._us.username),
            link_base=f"https://t.me/{self._us.username}?start=",
        )

    async def stop(self) -> None:
        """Close connections."""
        await asyncio.gather(self._polling.shutdown(), self._calling.shutdown())

    async def updates(self, after: str | None) -> AsyncIterator[list[tuple[str, Table]]]:
        """See `Platform.updates`. Raises SecondPoller, and BadToken when the token stops being known.

        A poll with `offset` confirms, and so destroys, everything below it. Telegram may restart its numbering lower after a
        week without updates (Bot API, Update.update_id): so the offset is dropped once an empty answer showed that nothing is
        left to confirm, and after a silence of days the caller should start with `after=None` (what was not confirmed comes
        again, and the inbox knows it).
        """
        offset = int(after) + 1 if after else None
        backoff, conflicts, refusals = self._backoff(), Spell(self._patience), Spell(self._patience)
        while True:
            try:
                batch = await self._poll(offset)
            except Exception as exc:
                fault, pause = failures.of_poll(exc)
                log.warning("poll failed", extra={"platform": self.name, "fault": fault.name, "error": type(exc).__name__})
                if fault is PollFault.OTHER_READER and conflicts.lasts():
                    raise SecondPoller("another process reads this bot's updates, or a webhook is set") from None
                if fault is PollFault.BAD_TOKEN and refusals.lasts():
                    raise BadToken("Telegram does not know this token any more") from None
                if pause:
                    await asyncio.sleep(pause.total_seconds())
                # Two readers take turns: a long wait here would make their fight look like two unrelated conflicts.
                await backoff.wait(most=5 if fault is PollFault.OTHER_READER else None)
                continue
            backoff.reset()
            self.heard_at = self._now()
            if not batch:
                offset = None
                continue
            yield [(str(update["update_id"]), update) for update in batch]
            offset = batch[-1]["update_id"] + 1

    def translate(self, raw: Table) -> Incoming | None:
        """See `Platform.translate`."""
        return translate(raw, self._us, self._now)

    async def acknowledge(self, raw: Table) -> None:
        """Stop the spinner of a tapped button; Telegram forgets the query within seconds, hence at once and best effort."""
        query = raw.get("callback_query")
        if not isinstance(query, dict):
            return
        try:
            await self._call("answerCallbackQuery", callback_query_id=query["id"])
        except Exception as exc:  # too old, or the line is down: the tap itself is already stored
            log.info("tap not acknowledged", extra={"platform": self.name, "error": type(exc).__name__})

    async def deliver(self, piece: Piece) -> Outcome:
        """Say one piece; every failure is an `Outcome` (see failures.py), no exception passes but cancellation."""
        try:
            return await self._deliver(piece)
        except Exception as exc:
            outcome = failures.of_telegram(exc)
            log.warning("not delivered", extra={"chat": str(piece.chat), "outcome": outcome})
            return outcome

    async def fetch(self, file: RemoteFile) -> bytes:
        """See `Platform.fetch`. Telegram serves at most 20 MB, and its link holds for an hour, so it is asked for each time."""
        self._must_fit(file.size)
        try:
            found = table(await self._call("getFile", file_id=file.ref))
            size = found.get("file_size")
            self._must_fit(size if isinstance(size, int) else None)
            # The URL holds the token: it never leaves this line.
            content = bytes(await self._calling.retrieve(self._file_url + quote(words(found["file_path"])), read_timeout=60))
        except ValueError:
            raise
        except Exception as exc:
            if "file is too big" in str(exc).lower():
                raise ValueError("the file is larger than a bot may download") from None
            raise OSError(f"the file cannot be had ({type(exc).__name__})") from None
        self._must_fit(len(content))
        return content

    async def show_menu(self, chat: ChatRef, menu: Menu) -> None:
        """Set the commands of one chat; an empty menu takes the chat's own away, so that the default shows again."""
        scope = {"type": "chat", "chat_id": int(chat.chat_id)}
        commands = [{"command": entry.command, "description": entry.description} for entry in menu.entries]
        try:
            if commands:
                await self._call("setMyCommands", scope=scope, commands=commands)
            else:
                await self._call("deleteMyCommands", scope=scope)
        except Exception as exc:
            log.info("menu not shown", extra={"chat": str(chat), "error": type(exc).__name__})

    async def _poll(self, offset: int | None) -> list[Table]:
        """One long poll. An update without a number cannot be stored or confirmed, so it is left to Telegram to forget."""
        answer = await self._bot.do_api_request(
            "getUpdates",
            api_kwargs={"offset": offset, "timeout": self._poll_timeout, "allowed_updates": list(WANTED)},
            read_timeout=self._poll_timeout + 10,
        )
        batch = [update for update in answer if isinstance(update, dict) and type(update.get("update_id")) is int]
        if answer and not batch:
            raise ValueError("updates without numbers")  # not an empty answer: the back-off must apply
        return sorted(batch, key=lambda update: int(update["update_id"]))

    async def _deliver(self, piece: Piece) -> Outcome:
        message = piece.message
        common: Table = {
            "chat_id": piece.chat.chat_id,
            "reply_markup": keyboard(message.choices),
        }
        if piece.edit_of is not None and message.file is None:
            edited = await self._edit(piece.edit_of, message, common)
            if edited is not None:
                return edited
        common["disable_notification"] = piece.silent or None
        if message.file is None:
            sent = await self._call("sendMessage", text=message.text, link_preview_options={"is_disabled": True}, **common)
            return Delivered(message_id=str(whole(table(sent)["message_id"])))

        kind = message.file.kind
        try:
            content = await asyncio.to_thread(self._read, message.file.path)
        except (OSError, ValueError) as exc:
            return Refused(reason=f"file: {type(exc).__name__}")
        if len(content) > _UPLOAD[kind]:
            return Refused(reason=f"file: {len(content)} bytes")
        upload = InputFile(content, filename=message.file.name)
        method = "sendPhoto" if kind == "photo" else "sendDocument"
        sent = await self._call(method, **{kind: upload}, caption=message.text or None, read_timeout=60, **common)
        return Delivered(message_id=str(whole(table(sent)["message_id"])))

    async def _edit(self, message_id: str, message: Outgoing, common: Table) -> Outcome | None:
        """Replace an own message; None when it cannot be replaced any more and must be sent anew."""
        try:
            await self._call(
                "editMessageText",
                message_id=message_id,
                text=message.text,
                link_preview_options={"is_disabled": True},
                **common,
            )
        except Exception as exc:
            outcome, said = failures.of_telegram(exc), str(exc).lower()
            if isinstance(outcome, Refused) and _NOT_MODIFIED in said:  # a double tap: it already says this
                return Delivered(message_id=message_id)
            if isinstance(outcome, Refused) and any(phrase in said for phrase in _NOT_EDITABLE):
                return None
            raise
        return Delivered(message_id=message_id)

    async def _dated(self, response: httpx.Response) -> None:
        with contextlib.suppress(ValueError, TypeError):
            self.their_clock = (parsedate_to_datetime(response.headers.get("date", "")).astimezone(UTC), awake())

    async def _call(self, method: str, *, read_timeout: float = 20, **arguments: Any) -> Any:
        """One method of the Bot API, its `result` as plain JSON; arguments that are None are left out."""
        return await self._bot.do_api_request(method, api_kwargs=arguments, read_timeout=read_timeout)

    def _read(self, path: str) -> bytes:
        whole_path = (self._files_root / path).resolve()
        if not whole_path.is_relative_to(self._files_root):
            raise ValueError("outside the data folder")
        return whole_path.read_bytes()

    def _must_fit(self, size: int | None) -> None:
        if size is not None and size > self.limits.download:
            raise ValueError(f"the file has {size} bytes, a bot may download {self.limits.download}")
