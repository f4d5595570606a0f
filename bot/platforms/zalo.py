"""Zalo's Bot API over plain httpx: eleven methods, one update a poll, `ok` in the body decides and never the HTTP status.

Facts and their sources: docs of bot.zaloplatforms.com and measurements by others, collected in the design notes on Zalo.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import httpx

from bot.chat.messages import ChatRef, Incoming, Menu, OutFile, PlatformName, RemoteFile
from bot.chat.platform import BadToken, Delivered, Identity, Limits, Outcome, Piece, Refused, SecondPoller, Uncertain
from bot.platforms import failures
from bot.platforms.failures import SPARE
from bot.platforms.fields import Table, table, words, words_or
from bot.platforms.polling import Backoff, Spell
from bot.platforms.zalo_line import Line, code, is_ok
from bot.platforms.zalo_updates import from_webhook, in_answer, translate
from bot.platforms.zalo_webhook import Webhook, look_after

log = logging.getLogger(__name__)

OFFICIAL = "https://bot-api.zaloplatforms.com"

_MB = 1024 * 1024
_QUIET = 408  # an empty poll

# Zalo fetches the URL of a photo itself, more than once, before it answers.
_PHOTO_PATIENCE = 150


class Zalo:
    """One bot on Zalo; implements `Platform` and `Hooked`. No buttons, no edits, no menu; files only as public links.

    Attributes:
        heard_at: when Zalo last answered a poll (with a webhook: called us, or said that it would), UTC; None before the first.
    """

    name: PlatformName = "zalo"
    # 2000 is the documented most for both; a caption also leaves room for the link of a file that is no photo.
    limits = Limits(text=2000 - SPARE, caption=1600 - SPARE, buttons=False, edits=False, documents=False, download=20 * _MB)
    linking = replace(limits, documents=True, links=True)

    def __init__(
        self,
        token: str,
        *,
        api_url: str = OFFICIAL,
        poll_timeout: int = 30,
        poll_spacing: float = 1.0,
        conflict_patience: float = 60.0,
        public_link: Callable[[OutFile], str | None] | None = None,
        webhook: Webhook | None = None,
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
            webhook: let Zalo call us instead of asking it; the web server at that address must be up before `updates`.
            transport: stands in for the network in tests.
            backoff: makes the waits of a failing poll.
            now: the clock.
        """
        if not token:
            raise BadToken("no Zalo token")
        self.heard_at: datetime | None = None
        self.limits = Zalo.linking if public_link else Zalo.limits
        self._poll_timeout = poll_timeout
        self._poll_spacing = poll_spacing
        self._patience = conflict_patience
        self._public_link = public_link
        self._webhook = webhook
        self._backoff = backoff
        self._now = now
        self._names: tuple[str, ...] = ()
        self._line = Line(f"{api_url.rstrip('/')}/bot{token}/", transport)

    async def start(self) -> Identity:
        """Learn who we are. Raises BadToken, or OSError/httpx.HTTPError for a fault of the network."""
        status, answer = await self._line.call("getMe", {})
        if answer is None:
            raise OSError(f"Zalo did not say who we are ({status})")
        if answer.get("ok") is not True:
            if code(answer) in (401, 404):
                raise BadToken("Zalo does not know this token")
            raise OSError(f"Zalo did not say who we are ({code(answer)})")
        try:
            me = table(answer.get("result"))
            names = [words_or(me.get(field)) for field in ("display_name", "account_name")]
            self._names = tuple(name for name in names if name)
            return Identity(user_id=words(me["id"]), name=self._names[0] if self._names else "", link_base="")
        except (KeyError, TypeError) as exc:
            raise OSError(f"Zalo did not say who we are ({type(exc).__name__})") from None

    async def stop(self) -> None:
        """Close connections; this object is then done with."""
        await self._line.client.aclose()

    async def updates(self, after: str | None) -> AsyncIterator[list[tuple[str, Table]]]:
        """See `Platform.updates`; `after` means nothing here: Zalo has neither numbers nor a confirmation.

        What a poll returned is lost when we die before storing it, and the same may also come twice: the inbox tells by the
        key. With a webhook nothing is ever polled and nothing comes from here (see `overhear`); without one, a webhook left
        over is removed first. Raises SecondPoller while somebody else's webhook is set, and BadToken when the token stops
        being known.
        """
        if self._webhook is not None:
            refused = Spell(self._patience)
            await look_after(self._line, self._webhook, backoff=self._backoff(), refusals=refused, answered=self._heard)
        backoff, conflicts, refusals = self._backoff(), Spell(self._patience), Spell(self._patience)
        clock = asyncio.get_running_loop().time
        alone = False
        while True:
            began = clock()
            fault = ""
            updates: list[tuple[str, Table]] = []
            try:
                alone = alone or is_ok((await self._line.call("deleteWebhook", {}))[1])
                status, answer = await self._line.call(
                    "getUpdates", {"timeout": str(self._poll_timeout)}, patience=self._poll_timeout + 10
                )
                if answer is not None and answer.get("ok") is True:
                    updates = in_answer(answer.get("result"))
                elif answer is None or code(answer) != _QUIET:
                    fault = str(code(answer) if answer is not None else status)
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
            self._heard()
            if updates:
                yield updates
            await asyncio.sleep(max(0.0, self._poll_spacing - (clock() - began)))

    def overhear(self, headers: Mapping[str, str], body: bytes) -> list[tuple[str, Table]] | None:
        """See `Hooked.overhear`; without a webhook nobody may call."""
        heard = from_webhook(headers, body, self._webhook.secret) if self._webhook else None
        if heard is not None:
            self._heard()
        return heard

    def translate(self, raw: Table) -> Incoming | None:
        """See `Platform.translate`."""
        return translate(raw, self._names, self._now)

    async def acknowledge(self, raw: Table) -> None:
        """Show "typing" in the chat."""
        try:
            chat_id = words(table(table(raw["message"])["chat"])["id"])
            await self._line.call("sendChatAction", {"chat_id": chat_id, "action": "typing"}, patience=5)
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
            async with self._line.client.stream("GET", file.ref, follow_redirects=True, timeout=60) as response:
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

    def _heard(self) -> None:
        self.heard_at = self._now()

    async def _deliver(self, piece: Piece) -> Outcome:
        message, chat_id = piece.message, piece.chat.chat_id
        link = self._public_link(message.file) if message.file and self._public_link else None
        if message.file and link is None and not message.text:
            return Refused(reason="file: no public link")
        if link is None or message.file is None:
            return _sent(*await self._line.call("sendMessage", {"chat_id": chat_id, "text": message.text}))
        if message.file.kind == "photo":
            photo = {"chat_id": chat_id, "photo": link, **({"caption": message.text} if message.text else {})}
            shown = _sent(*await self._line.call("sendPhoto", photo, patience=_PHOTO_PATIENCE))
            if not isinstance(shown, Refused):
                return shown  # else Zalo could not fetch it (our proxy, its list of hosts): the words must not be lost with it
        text = f"{message.text}\n{link}".strip()
        return _sent(*await self._line.call("sendMessage", {"chat_id": chat_id, "text": text}))


def _sent(status: int, answer: Table | None) -> Outcome:
    if answer is None:
        return failures.of_zalo_status(status)
    if answer.get("ok") is not True:
        return failures.of_zalo(code(answer) or status, words_or(answer.get("description")))
    result = answer.get("result")
    message_id = result.get("message_id") if isinstance(result, dict) else None
    if not isinstance(message_id, str) or not message_id:
        return Uncertain(reason="ok, but no message id")
    return Delivered(message_id=message_id)
