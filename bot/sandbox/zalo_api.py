"""The Zalo Bot Platform's dialect over the same room (bot.zaloplatforms.com, eleven methods)."""

from __future__ import annotations

import asyncio
import html
import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import markup, zalo_shapes
from bot.sandbox.asked import ApiError, Asked
from bot.sandbox.courier import Courier
from bot.sandbox.faults import FaultPlan
from bot.sandbox.outside import Outside
from bot.sandbox.records import Chat, Happening, Json, StoredFile, opaque
from bot.sandbox.room import Room
from bot.sandbox.wire import Endpoint
from bot.sandbox.zalo_shapes import milliseconds

TEXT_LIMIT = 2000  # the documents name no unit; UTF-16 units are the safe reading
TEST_PAUSE = 10.0  # seconds between two testWebhook; the real figure is not known
# What Zalo answers for somebody who blocked the bot is in no source; the code and the words are our guess.
BLOCKED = ApiError(403, "The user has blocked the bot")
UNKNOWN_CHAT = ApiError(400, "The chat_id is invalid")


class ZaloApi:
    """`/zalo/bot{token}/{method}` answers errors under HTTP 200, as bot-api.zaloplatforms.com does; `/zalo-strict/…` gives the
    real status, as the older host does. Pictures people send lie under `/zalo-files/`, open to whoever has the link.
    """

    def __init__(self, room: Room, faults: FaultPlan, outside: Outside, token: str) -> None:
        self._room = room
        self._token = token
        self._outside = outside
        self._base_url = ""
        self._tested = -TEST_PAUSE
        self._courier = Courier(
            "zalo",
            room.memory,
            room.mail["zalo"],
            outside,
            lambda happening: _ok(self._event(happening)),
            header="X-Bot-Api-Secret-Token",
            retries=False,
        )
        lenient = Endpoint("zalo", room, faults, self._handle, lambda error: JSONResponse(_body(error), 200))
        strict = Endpoint("zalo", room, faults, self._handle, lambda error: JSONResponse(_body(error), error.code))
        self.routes = [
            Route("/zalo/bot{token}/{method}", lenient),
            Route("/zalo-strict/bot{token}/{method}", strict),
            Route("/zalo-files/{file}", self._picture),
        ]

    async def _handle(self, asked: Asked) -> Json:
        if asked.token != self._token:
            raise ApiError(401, "Unauthorized")
        self._base_url = asked.base_url
        if self._webhook and not self._courier.running:  # set before a restart, known from the journal
            self._courier.start(self._webhook["url"], self._webhook["secret"])
        match asked.method:  # method names are case-sensitive
            case "getMe":
                return _ok(zalo_shapes.me(self._room, self._token))
            case "getUpdates":
                return _ok(await self._get_updates(asked))
            case "sendMessage":
                return _ok(self._send_message(asked))
            case "sendPhoto":
                return _ok(await self._send_photo(asked))
            case "sendSticker":
                return _ok(self._post(self._chat(asked), kind="text", text=f"[sticker {_required(asked, 'sticker')}]"))
            case "sendVoice":
                return _ok(self._send_voice(asked))
            case "sendChatAction":
                self._chat(asked)
                if asked.text("action") != "typing":
                    raise ApiError(400, "The action is invalid")
                return {"ok": True}
            case "setWebhook":
                return _ok(await self._set_webhook(asked))
            case "getWebhookInfo":
                if not self._webhook:
                    raise ApiError(404, "Not Found")
                return _ok({"url": self._webhook["url"], "updated_at": self._webhook["updated_at"]})
            case "deleteWebhook":
                return _ok(self._remember_webhook("", ""))
            case "testWebhook":
                return await self._test_webhook()
            case _:
                raise ApiError(404, "Not Found")

    async def _get_updates(self, asked: Asked) -> Json:
        if self._webhook:
            raise ApiError(400, "You cannot use this API while a webhook is set. Please remove the webhook first")
        mailbox = self._room.mail["zalo"]
        if asked.malformed is not None:
            return asked.malformed
        if asked.repeat and mailbox.last:
            return self._event(mailbox.last[0])
        happening = await mailbox.take(seconds=max(asked.integer("timeout", 30), 0))
        if happening is None:
            raise ApiError(408, "Request timeout")
        return self._event(happening)

    def _event(self, happening: Happening) -> Json:
        return zalo_shapes.event(self._room, happening, f"{self._base_url}/zalo-files")

    def _send_message(self, asked: Asked) -> Json:
        chat = self._chat(asked)
        return self._post(chat, text=_text(asked, _required(asked, "text"), "text"))

    async def _send_photo(self, asked: Asked) -> Json:
        chat = self._chat(asked)
        url = _required(asked, "photo")
        if not url.startswith(("http://", "https://")):
            raise ApiError(400, "The photo must start with http:// or https://")
        caption = _text(asked, asked.text("caption"), "caption")
        file = await self._fetch(url)
        return self._post(chat, kind="photo", text=caption, url="" if file else url, file=file.id if file else "")

    async def _fetch(self, url: str) -> StoredFile | None:
        """Zalo fetches a picture more than once and shows what came last: a link that works once gives a black picture."""
        content: bytes | None = b""
        for attempt in range(2):
            self._room.fetched[url] = self._room.fetched.get(url, 0) + 1
            try:
                content = await self._outside.fetch(url)
            except OSError:
                if attempt == 0:
                    raise ApiError(400, "The photo URL is invalid") from None
                content = b""
        return None if content is None else self._room.store("photo.jpg", content, "image/jpeg")

    def _send_voice(self, asked: Asked) -> Json:
        chat = self._chat(asked)
        url = _required(asked, "voice_url")
        if not re.match(r"https?://\S+\.aac(\?|$)", url):
            raise ApiError(400, "The voice_url is invalid")
        if chat.person:
            return self._post(chat, kind="voice", url=url)
        # To a group it answers ok and drops it.
        return {"message_id": opaque("dropped", self._room.memory.number("message")), "date": milliseconds(self._room.now())}

    async def _set_webhook(self, asked: Asked) -> Json:
        url, secret = _required(asked, "url"), _required(asked, "secret_token")
        if not _public(url):
            raise ApiError(400, "The url is invalid")
        if not 8 <= len(secret) <= 256:
            raise ApiError(400, "The secret_token must be between 8 and 256 characters")
        kept = self._remember_webhook(url, secret)
        # The address is kept even when the probe fails. What the probe looks like is not documented.
        return {**kept, "verification": await self._probe(url, secret)}

    async def _test_webhook(self) -> Json:
        if not self._webhook:
            raise ApiError(404, "Not Found")
        now = asyncio.get_running_loop().time()
        if now - self._tested < TEST_PAUSE:
            return {"ok": False, "description": "Too many requests", "errorCode": 426}  # spelled so by Zalo
        self._tested = now
        probe = await self._probe(self._webhook["url"], self._webhook["secret"])
        return _ok({**probe, "latency_ms": int((asyncio.get_running_loop().time() - now) * 1000)})

    async def _probe(self, url: str, secret: str) -> Json:
        taken = await self._courier.deliver(url, secret, {"ok": True, "result": {"event_name": "webhook.verification"}})
        status = re.search(r"\d{3}$", self._courier.last_error)
        code = 200 if taken else int(status[0]) if status else 0
        return {"ok": taken, "outcome": "success" if taken else "failed", "status_code": code, "hint": self._courier.last_error}

    def _remember_webhook(self, url: str, secret: str) -> Json:
        updated = milliseconds(self._room.now())
        self._room.memory.record("setting", name="zalo.webhook", value={"url": url, "secret": secret, "updated_at": updated})
        if url:
            self._courier.start(url, secret)
        else:
            self._courier.stop()
        return {"url": url, "updated_at": updated}

    @property
    def _webhook(self) -> Json:
        found: Json = self._room.memory.settings.get("zalo.webhook", {})
        return found if found.get("url") else {}

    def _chat(self, asked: Asked) -> Chat:
        chat = self._room.memory.chats.get(("zalo", _required(asked, "chat_id")))
        if chat is None or not chat.started:  # the bot can know only ids that have written to it
            raise UNKNOWN_CHAT
        if chat.blocked or chat.closed:
            raise BLOCKED
        return chat

    def _post(self, chat: Chat, **content: Any) -> Json:
        message = self._room.post(chat, **content)
        return {"message_id": message.id, "date": milliseconds(message.date)}

    async def _picture(self, request: Request) -> Response:
        """A picture or sticker a person sent on Zalo; documents are not to be had."""
        file = self._room.memory.files.get(request.path_params["file"])
        if file is None or not file.mime.startswith("image/"):
            return Response(status_code=404)
        return Response(self._room.memory.content(file.id), media_type=file.mime)


def _ok(result: Json) -> Json:
    return {"ok": True, "result": result}


def _body(error: ApiError) -> Json:
    """Zalo's envelope has no parameters: nobody says how long to wait."""
    return {"ok": False, "description": error.description, "error_code": error.code}


def _required(asked: Asked, name: str) -> str:
    if not asked.text(name):
        raise ApiError(400, f"The {name} must not be empty")
    return asked.text(name)


def _text(asked: Asked, text: str, name: str) -> str:
    mode = asked.text("parse_mode")
    if mode not in ("", "markdown", "html"):
        raise ApiError(400, "The parse_mode is invalid")
    if mode == "html":
        text = html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", "", text))
    if markup.units(text) > TEXT_LIMIT:
        raise ApiError(400, f"The {name} must be at most {TEXT_LIMIT} characters")
    return text


def _public(url: str) -> bool:
    """HTTPS, and neither this machine nor a private address."""
    link = urlsplit(url)
    if link.scheme != "https" or not link.hostname or link.hostname == "localhost":
        return False
    try:
        return ipaddress.ip_address(link.hostname).is_global
    except ValueError:
        return "." in link.hostname
