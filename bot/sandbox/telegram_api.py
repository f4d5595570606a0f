"""Telegram's Bot API 10.0 over a room: routing, updates, webhooks, settings and files."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import telegram_checks
from bot.sandbox.asked import ApiError, Asked
from bot.sandbox.courier import Courier
from bot.sandbox.faults import CONFLICT, FaultPlan
from bot.sandbox.mailbox import Superseded
from bot.sandbox.outside import Outside
from bot.sandbox.records import Json
from bot.sandbox.room import Room
from bot.sandbox.telegram_messages import Messages
from bot.sandbox.telegram_shapes import FOLDER, PREFIX, Shapes
from bot.sandbox.wire import Endpoint

DOWNLOAD_LIMIT = 20 * 1024 * 1024
LINK_LIVES = timedelta(hours=1)
PROFILE = {"name": "name", "description": "description", "shortdescription": "short_description"}


class TelegramApi:
    """`/bot{token}/{method}` and `/file/bot{token}/{path}`.

    Args:
        token: the one the bot must use, "<bot id>:<secret>".
    """

    def __init__(self, room: Room, faults: FaultPlan, outside: Outside, token: str) -> None:
        self._room = room
        self._token = token
        self._shapes = Shapes(room, int(token.partition(":")[0]))
        self._messages = Messages(room, self._shapes)
        self._links: dict[str, tuple[str, datetime]] = {}
        self._courier = Courier(
            "telegram",
            room.memory,
            room.mail["telegram"],
            outside,
            self._shapes.update,
            header="X-Telegram-Bot-Api-Secret-Token",
            retries=True,
        )
        endpoint = Endpoint("telegram", room, faults, self._handle, lambda error: JSONResponse(error.body, error.code))
        self.routes = [
            Route("/bot{token}/{method}", endpoint),
            Route("/file/bot{token}/{path:path}", self._download),
        ]

    async def _handle(self, asked: Asked) -> Json:
        if ":" not in asked.token:
            raise ApiError(404, "Not Found")
        if asked.token != self._token:
            raise ApiError(401, "Unauthorized")
        if self._webhook and not self._courier.running:  # set before a restart, known from the journal
            self._courier.start(self._webhook["url"], self._webhook["secret"])
        name = asked.method.lower()
        method = getattr(self._messages, name, None) or getattr(self, f"_do_{name}", None)
        if name.startswith("_") or method is None:
            return {"ok": True, "result": self._profile(name, asked)}
        return {"ok": True, "result": await method(asked)}

    async def _do_getme(self, asked: Asked) -> Json:
        return self._shapes.me()

    async def _do_logout(self, asked: Asked) -> bool:
        return True

    async def _do_close(self, asked: Asked) -> bool:
        return True

    async def _do_getupdates(self, asked: Asked) -> list[Json]:
        if self._webhook:
            described = (
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
            raise ApiError(409, described)
        self._remember_allowed(asked)
        mailbox = self._room.mail["telegram"]
        again = mailbox.last if asked.repeat else []
        if asked.malformed is not None:
            self._room.inject("telegram", asked.malformed)
        try:
            found = await mailbox.poll(
                offset=asked.integer("offset"),
                limit=min(max(asked.integer("limit", 100), 1), 100),
                seconds=0 if again else min(max(asked.integer("timeout"), 0), 50),
            )
        except Superseded:
            raise ApiError(CONFLICT.code, CONFLICT.description) from None
        repeated = [item for item in again if item not in found]
        return [self._shapes.update(item) for item in [*repeated, *found]]

    async def _do_setwebhook(self, asked: Asked) -> bool:
        url, secret = asked.text("url"), asked.text("secret_token")
        if url and not url.startswith("https://"):
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not (len(secret) <= 256 and secret.replace("_", "a").replace("-", "a").isalnum() and secret.isascii()):
            raise ApiError(400, "Bad Request: secret token contains unallowed characters")
        self._remember_allowed(asked)
        self._set_webhook(url, secret, asked)
        return True

    async def _do_deletewebhook(self, asked: Asked) -> bool:
        self._set_webhook("", "", asked)
        return True

    async def _do_getwebhookinfo(self, asked: Asked) -> Json:
        url = self._webhook.get("url", "")
        waiting = len(self._room.mail["telegram"].waiting)
        info: Json = {"url": url, "has_custom_certificate": False, "pending_update_count": waiting}
        if allowed := self._room.memory.settings.get("telegram.allowed"):
            info["allowed_updates"] = list(allowed)
        if url and self._courier.last_error:
            info |= {"last_error_date": int(self._room.now().timestamp()), "last_error_message": self._courier.last_error}
        return info

    async def _do_setmycommands(self, asked: Asked) -> bool:
        self._set_commands(asked, telegram_checks.commands(asked))
        return True

    async def _do_deletemycommands(self, asked: Asked) -> bool:
        self._set_commands(asked, ())
        return True

    async def _do_getmycommands(self, asked: Asked) -> list[Json]:
        key = f"{telegram_checks.scope(self._room, asked)}|{asked.text('language_code')}"
        return list(self._room.memory.settings.get("commands", {}).get(key, ()))

    async def _do_setchatmenubutton(self, asked: Asked) -> bool:
        return True

    async def _do_getchatmenubutton(self, asked: Asked) -> Json:
        return {"type": "commands"}

    async def _do_getchat(self, asked: Asked) -> Json:
        chat = telegram_checks.chat(self._room, asked, writing=False)
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        full: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
        return {**self._shapes.chat(chat), **full}

    async def _do_getchatmember(self, asked: Asked) -> Json:
        chat = telegram_checks.chat(self._room, asked, writing=False)
        if asked.integer("user_id") == self._shapes.bot_id:
            return self._shapes.member(self._shapes.bot(), "kicked" if chat.blocked or chat.closed else "member")
        for person in self._room.memory.people.values():
            if person.telegram_id == asked.integer("user_id"):
                inside = person.id == chat.person or person.id in chat.members
                return self._shapes.member(self._shapes.user(person), "member" if inside else "left")
        raise ApiError(400, "Bad Request: invalid user_id specified")

    async def _do_getfile(self, asked: Asked) -> Json:
        given = asked.text("file_id")
        for kind, prefix in PREFIX.items():
            file = self._room.memory.files.get(given.removeprefix(prefix)) if given.startswith(prefix) else None
            if file is not None:
                if file.size > DOWNLOAD_LIMIT:
                    raise ApiError(400, "Bad Request: file is too big")
                suffix = file.name.rpartition(".")[2] if "." in file.name else "bin"
                path = f"{FOLDER[kind]}/file_{list(self._room.memory.files).index(file.id)}.{suffix}"
                self._links[path] = (file.id, self._room.now())
                return {**self._shapes.document(file, kind), "file_path": path}
        raise ApiError(400, "Bad Request: invalid file_id")

    async def _download(self, request: Request) -> Response:
        """A file somebody asked for with getFile within the last hour."""
        file, at = self._links.get(request.path_params["path"], ("", self._room.now()))
        if request.path_params["token"] != self._token:
            return JSONResponse(ApiError(401, "Unauthorized").body, 401)
        if not file or self._room.now() - at > LINK_LIVES:
            return JSONResponse(ApiError(404, "Not Found").body, 404)
        return Response(self._room.memory.content(file), media_type="application/octet-stream")

    def _profile(self, name: str, asked: Asked) -> Any:
        """setMyName, getMyDescription and their kind, each per language. Raises ApiError 404 for what is no method at all."""
        verb, what = name[:5], PROFILE.get(name[5:], "")
        if not what or verb not in ("setmy", "getmy"):
            raise ApiError(404, "Not Found")
        kept: Json = self._room.memory.settings.get(f"telegram.{what}", {})
        if verb == "getmy":
            default = self._room.bot_name if what == "name" else ""
            return {what: kept.get(asked.text("language_code")) or kept.get("") or default}
        value = {**kept, asked.text("language_code"): asked.text(what)}
        self._room.memory.record("setting", name=f"telegram.{what}", value=value)
        return True

    @property
    def _webhook(self) -> Json:
        found: Json = self._room.memory.settings.get("telegram.webhook", {})
        return found if found.get("url") else {}

    def _set_webhook(self, url: str, secret: str, asked: Asked) -> None:
        if asked.boolean("drop_pending_updates"):
            self._room.mail["telegram"].confirm(2**62)
        self._room.memory.record("setting", name="telegram.webhook", value={"url": url, "secret": secret})
        self._courier.start(url, secret) if url else self._courier.stop()

    def _remember_allowed(self, asked: Asked) -> None:
        """Sticky: left out it stays as it was; an empty list means the default. Not applied to what already waits."""
        given = asked.words("allowed_updates")
        if given is not None and tuple(given) != tuple(self._room.memory.settings.get("telegram.allowed", ())):
            self._room.memory.record("setting", name="telegram.allowed", value=tuple(given))

    def _set_commands(self, asked: Asked, commands: tuple[Json, ...]) -> None:
        key = f"{telegram_checks.scope(self._room, asked)}|{asked.text('language_code')}"
        kept = {**self._room.memory.settings.get("commands", {}), key: commands}
        self._room.memory.record("setting", name="commands", value=kept)
        self._room.changed("state", platform="telegram")
