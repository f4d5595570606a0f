"""What the sandbox's page may ask and do: the room as JSON, people's verbs, and the clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox import shown
from bot.sandbox.control import Control
from bot.sandbox.records import BOT, PLATFORMS, SYSTEM, Json, Message, Person, PlatformName
from bot.sandbox.room import Impossible, Room

KEEPALIVE = 15.0  # seconds; a proxy or a browser closes a stream that is silent for long
FILE_LIMIT = 50 * 1024 * 1024
SETTLING = 20.0  # seconds; a bot that is still busy then is not waited for any longer


class PageApi:
    """Routes under /sandbox/. Errors: {"error": text} under 400 or 404, and with `kind` under 409 (see Impossible)."""

    def __init__(self, room: Room, control: Control | None) -> None:
        self._room = room
        self._control = control
        self.routes = [
            Route("/sandbox/state", self._answer(self._state)),
            Route("/sandbox/upcoming", self._answer(self._upcoming)),
            Route("/sandbox/chat", self._answer(self._chat)),
            Route("/sandbox/events", self._events),
            Route("/sandbox/settled", self._answer(self._settled)),
            Route("/sandbox/files/{file}", self._file),
            Route("/sandbox/people", self._answer(self._add), methods=["POST"]),
            Route("/sandbox/say", self._answer(self._say), methods=["POST"]),
            Route("/sandbox/tap", self._answer(self._tap), methods=["POST"]),
            Route("/sandbox/open", self._answer(self._open), methods=["POST"]),
            Route("/sandbox/file", self._answer(self._send), methods=["POST"]),
            Route("/sandbox/block", self._answer(self._block), methods=["POST"]),
            Route("/sandbox/read", self._answer(self._read), methods=["POST"]),
            Route("/sandbox/clock", self._answer(self._clock), methods=["POST"]),
        ]

    def _answer(self, act: Any) -> Any:
        async def endpoint(request: Request) -> Response:
            try:
                return JSONResponse(await act(request))
            except Impossible as error:
                return JSONResponse({"error": str(error), "kind": error.kind}, 409)
            except KeyError as error:
                return JSONResponse({"error": f"missing or unknown: {error}"}, 404)
            except (ValueError, TypeError, AttributeError) as error:
                return JSONResponse({"error": str(error) or "not understood"}, 400)

        return endpoint

    async def _state(self, request: Request) -> Json:
        cast = self._control.cast() if self._control else []
        people = list(self._room.memory.people.values())
        return {
            "now": self._now().isoformat(),
            "bot": {"username": self._room.bot_username, "name": self._room.bot_name},
            "people": [self._person(person) for person in people],
            "cast": [
                {
                    "key": member.key,
                    "name": member.name,
                    "role": member.role,
                    "code": member.code,
                    "link": member.link,
                    "person_id": next(
                        (one.id for one in people if one.key == member.key or (not one.key and one.name == member.name)), None
                    ),
                }
                for member in cast
            ],
        }

    async def _upcoming(self, request: Request) -> Json:
        """Apart from the state, which is asked for at every message: planning a year ahead is much work."""
        upcoming = await self._control.upcoming() if self._control else []
        return {"upcoming": [{"at": item.at.isoformat(), "title": item.title, "to": item.to} for item in upcoming]}

    def _person(self, person: Person) -> Json:
        places: Json = {}
        for platform in PLATFORMS:
            chat = self._room.memory.chat(platform, person.id)
            user_id = person.telegram_id if platform == "telegram" else person.zalo_id
            places[platform] = {"user_id": user_id, "blocked": chat.blocked, "unread": self._room.memory.unread(chat)}
        places["telegram"]["menu"] = self._room.menu(person)
        return {"id": person.id, "name": person.name, "role": person.role, "avatar": _avatar(person.name), **places}

    async def _chat(self, request: Request) -> Json:
        platform = _platform(request.query_params)
        messages = self._room.messages(request.query_params["person"], platform, toasts=True)
        return {"messages": [self._message(message) for message in messages]}

    def _message(self, message: Message) -> Json:
        file: Json | None = None
        if stored := self._room.memory.files.get(message.file):
            about = {"id": stored.id, "name": stored.name, "size": stored.size, "mime": stored.mime}
            file = {**about, "is_image": stored.is_image, "url": f"/sandbox/files/{stored.id}"}
        elif message.url:
            name = message.url.rpartition("/")[2]
            file = {"id": "", "name": name, "size": 0, "mime": "", "is_image": message.kind == "photo", "url": message.url}
        return {
            "id": int(message.id) if message.id.isdigit() and message.platform == "telegram" else message.id,
            "from": message.sender if message.sender in (BOT, SYSTEM) else "person",
            "text": message.text,
            "html": shown.to_html(message.text, message.entities),
            "buttons": [
                [{"text": one["text"], "data": one.get("callback_data"), "url": one.get("url")} for one in row]
                for row in message.buttons
            ],
            "file": file,
            "date": message.date.isoformat(),
            "edited": message.edited is not None,
            "pressed": message.pressed or None,
        }

    async def _events(self, request: Request) -> Response:
        """Server-Sent Events: one line per change; the page then asks again for what it shows."""
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[str]:
        listener = self._room.listen()
        try:
            yield ": open\n\n"
            while not self._room.closed:
                try:
                    change = await asyncio.wait_for(listener.get(), KEEPALIVE)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if change is None:
                    return
                yield f"data: {json.dumps(change)}\n\n"
        finally:
            self._room.stop_listening(listener)

    async def _settled(self, request: Request) -> Json:
        """Answered once the bot has said all it has to say to everything done before."""
        if self._control is None:
            return {"settled": True}
        try:
            await asyncio.wait_for(self._control.settle(), SETTLING)
        except TimeoutError:
            return {"settled": False}
        return {"settled": True}

    async def _file(self, request: Request) -> Response:
        """A file as it was sent; anything but a plain picture is only offered for download."""
        file = self._room.memory.files.get(request.path_params["file"])
        if file is None:
            return JSONResponse({"error": "no such file"}, 404)
        response = Response(
            self._room.memory.content(file.id),
            media_type=file.mime if file.is_image else "application/octet-stream",
            headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"},
        )
        if not file.is_image:
            response.headers["Content-Disposition"] = "attachment"
        return response

    async def _add(self, request: Request) -> Json:
        body = await request.json()
        return {
            "id": self._room.add_person(
                _words(body, "name"), role=str(body.get("role") or ""), key=str(body.get("key") or "")
            ).id
        }

    async def _say(self, request: Request) -> Json:
        body = await request.json()
        return {"id": self._room.say(body["person"], _platform(body), _words(body, "text")).id}

    async def _tap(self, request: Request) -> Json:
        body = await request.json()
        return {"id": self._room.tap(body["person"], body["message_id"], _words(body, "data")).id}

    async def _open(self, request: Request) -> Json:
        body = await request.json()
        return {"id": self._room.open_link(body["person"], _platform(body), _words(body, "link")).id}

    async def _send(self, request: Request) -> Json:
        async with request.form(max_part_size=FILE_LIMIT) as form:
            upload, person = form["file"], str(form["person"])
            platform = _platform(form)
            if not isinstance(upload, UploadFile):
                raise ValueError("file must be a file")
            if (upload.size or 0) > FILE_LIMIT:
                raise Impossible("too_large", "the sandbox takes files of at most 50 MB")
            name, content, mime = (
                upload.filename or "file",
                await upload.read(),
                upload.content_type or "application/octet-stream",
            )
        # Both apps send a picture as a picture; anything they cannot show goes as a document.
        if mime.startswith("image/"):
            try:
                return {"id": self._room.send_photo(person, platform, content).id}
            except Impossible:
                pass
        return {"id": self._room.send_file(person, platform, name, content, mime).id}

    async def _block(self, request: Request) -> Json:
        body = await request.json()
        change = self._room.block if body["blocked"] is True else self._room.unblock
        change(body["person"], _platform(body))
        return {}

    async def _read(self, request: Request) -> Json:
        body = await request.json()
        self._room.read(body["person"], _platform(body))
        return {}

    async def _clock(self, request: Request) -> Json:
        if self._control is None:
            raise Impossible("no_clock", "this room's clock cannot be moved")
        to = datetime.fromisoformat(_words(await request.json(), "to"))
        if to.tzinfo is None:
            raise ValueError("to needs a time zone")
        await self._control.move_clock(to)
        await self._control.settle()
        self._room.changed("clock")
        return {"now": self._now().isoformat()}

    def _now(self) -> datetime:
        return (self._control.now() if self._control else self._room.now()).astimezone(UTC)


def _platform(given: Any) -> PlatformName:
    for platform in PLATFORMS:
        if given["platform"] == platform:
            return platform
    raise ValueError("platform is telegram or zalo")


def _words(body: Json, name: str) -> str:
    if not isinstance(body[name], str):
        raise ValueError(f"{name} must be text")
    return str(body[name])


def _avatar(name: str) -> str:
    """The first letter of the given name, which Vietnamese writes last."""
    return name.split()[-1][0].upper()
