"""The bot's own web server, behind a reverse proxy: Zalo's webhook, signed links to files, the page that takes one.

Nothing here needs or keeps a session: the webhook proves itself by a secret, everything else by its signed address.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import mimetypes
import socket
from collections.abc import AsyncGenerator, Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import health
from bot.app import App
from bot.chat import door
from bot.chat.platform import Hooked
from bot.domain.filetypes import LARGEST, Unfit
from bot.domain.links import Expired, Forged, Purpose
from bot.texts import files as texts
from bot.texts import guarding
from bot.views import upload_page
from handlers import uploads
from handlers.uploads import Pass, Verdict
from storage import entitled, files, screening

log = logging.getLogger(__name__)

WEBHOOK = "/zalo/webhook"
MOST_UPDATE = 1024 * 1024
AROUND_A_FILE = 64 * 1024  # what a browser's form adds
FEW_AT_ONCE = 64
PATIENCE = 5  # seconds requests under way get when the server ends

_PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_PAGE = {
    **_PRIVATE,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
}
_FILE = {**_PRIVATE, "Content-Security-Policy": "sandbox; default-src 'none'"}


def routes(app: App) -> list[Route]:
    """Everything the server answers to; whatever is added later is added here."""
    web = _Web(app)
    return [
        Route(WEBHOOK, web.heard, methods=["POST"]),
        Route("/f/{token}", web.file),
        Route("/u/{token}", web.upload_form),
        Route("/u/{token}", web.upload, methods=["POST"]),
        *health.routes(app),
    ]


def application(app: App) -> Starlette:
    """The server as an application."""
    return Starlette(routes=routes(app))


async def serve(application: Starlette, host: str, port: int, on_ready: Callable[[int], None]) -> None:
    """Serve until cancelled. Raises OSError when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        server = _Server(
            uvicorn.Config(
                application,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,  # the paths hold what opens them
                server_header=False,
                limit_concurrency=FEW_AT_ONCE,
                timeout_graceful_shutdown=PATIENCE,
            ),
            on_ready,
        )
        try:
            await server.serve(sockets=[listener])
        except asyncio.CancelledError:
            await server.shutdown(sockets=[listener])
            raise


class _Web:
    """What happens on each route."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def heard(self, request: Request) -> Response:
        """Zalo tells something. 200 is only said when it is committed: nobody promises to tell it again."""
        zalo = self._app.platforms.get("zalo")
        try:
            body = b"".join([part async for part in _limited(request, MOST_UPDATE)])
        except _TooLarge:
            return PlainTextResponse("too large", 413)
        batch = zalo.overhear(request.headers, body) if isinstance(zalo, Hooked) else None
        if batch is None:
            log.warning("webhook refused: wrong secret")
            return PlainTextResponse("forbidden", 403)
        try:
            await self._app.intake.take("zalo", batch)
        except Exception as error:
            log.exception("webhook not stored error=%s", type(error).__name__)
            return PlainTextResponse("not stored", 503)
        return PlainTextResponse("ok")

    async def file(self, request: Request) -> Response:
        """A file by its signed link, as often as wanted until it expires."""
        try:
            path, name, kind = self._open("f", request)
        except Expired:
            return HTMLResponse(upload_page.note(texts.OVER), 410, _PAGE)
        except Forged:
            return PlainTextResponse("not found", 404, _PRIVATE)
        found = _inside(self._app.data, path)
        if found is None or not await self._app.database.turn(lambda store: entitled.may_open(store, path)):
            return PlainTextResponse("not found", 404, _PRIVATE)
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        shown = "inline" if kind == "photo" else "attachment"
        return FileResponse(found, media_type=mime, filename=name, content_disposition_type=shown, headers=_FILE)

    async def upload_form(self, request: Request) -> Response:
        """The page. Looking at it costs nothing: an app may fetch it for a preview."""
        given = self._pass(request)
        if isinstance(given, Response):
            return given
        verdict = await self._app.database.turn(lambda store: uploads.judge(store, given))
        return _told(verdict) or _form(200)

    async def upload(self, request: Request) -> Response:
        """The file itself."""
        given = self._pass(request)
        if isinstance(given, Response):
            return given
        if told := _told(await self._app.database.turn(lambda store: uploads.judge(store, given))):
            return told
        try:
            name, content = await _file_of(request)
        except _TooLarge:
            return self._unfit(Unfit.TOO_LARGE)
        if not name:
            return _form(400, texts.NO_FILE)
        fit = await screening.screen(content, name)
        if isinstance(fit, Unfit):
            return self._unfit(fit)
        try:
            stored = await asyncio.to_thread(
                files.keep, self._app.data, content, name=door.file_name(name), mime=fit.mime, marks=fit.marks
            )
            verdict = await self._app.intake.accept(given, stored)
        except Exception as error:
            log.exception("upload not stored error=%s", type(error).__name__)
            return _form(503, texts.OUR_FAULT)
        return _told(verdict) or HTMLResponse(upload_page.note(texts.THANKS), headers=_PAGE)

    def _unfit(self, why: Unfit) -> Response:
        contact = self._app.office.contact or self._app.office.coordinator
        return _form(413 if why is Unfit.TOO_LARGE else 400, guarding.unfit(why, contact))

    def _pass(self, request: Request) -> Pass | Response:
        """What the link allows, or why it does not."""
        try:
            return uploads.read(self._open("u", request))
        except Expired:
            return HTMLResponse(upload_page.note(texts.OVER), 410, _PAGE)
        except Forged:
            return HTMLResponse(upload_page.note(texts.UNKNOWN), 404, _PAGE)

    def _open(self, purpose: Purpose, request: Request) -> tuple[str, ...]:
        if self._app.links is None:
            raise Forged
        return self._app.links.open(purpose, request.path_params["token"], self._app.clock.now())


class _TooLarge(Exception):
    """More bytes than anybody should send here."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            self._on_ready(sockets[0].getsockname()[1])

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the program around us."""
        yield


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body as it comes. Raises _TooLarge at once when it says so itself, else as soon as it is."""
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        raise _TooLarge
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise _TooLarge
        yield part


async def _file_of(request: Request) -> tuple[str, bytes]:
    """Name and content of the form's file; empty for a form without one. Raises _TooLarge."""
    body = _limited(request, LARGEST + AROUND_A_FILE)
    try:
        async with contextlib.aclosing(body):
            form: Any = await MultiPartParser(request.headers, body, max_files=1, max_fields=4).parse()
    except (MultiPartException, KeyError):
        return "", b""
    file = form.get("file")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            return "", b""
        content = await file.read()
    finally:
        await form.close()
    if len(content) > LARGEST:
        raise _TooLarge
    return file.filename, content


def _inside(root: Path, path: str) -> Path | None:
    """The file, if it lies in a folder below the data folder: what lies in that folder itself (database, journals, lock) never
    leaves, whatever somebody once signed."""
    root = root.resolve()
    found = (root / path).resolve()
    return found if found.is_relative_to(root) and found.parent != root and found.is_file() else None


def _told(verdict: Verdict) -> Response | None:
    """Why not; None when it may go on."""
    match verdict:
        case Verdict.OPEN:
            return None
        case Verdict.USED:
            return HTMLResponse(upload_page.note(texts.USED), 410, _PAGE)
        case Verdict.MOVED_ON:
            return HTMLResponse(upload_page.note(texts.MOVED_ON), 410, _PAGE)


def _form(status: int, problem: str = "") -> Response:
    return HTMLResponse(upload_page.form(problem), status, _PAGE)


def webhook_secret(key: bytes) -> str:
    """A secret for Zalo where none is set: the same after every start, and no use for making links."""
    return hashlib.sha256(b"zalo webhook/" + key).hexdigest()
