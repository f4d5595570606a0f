"""The whole sandbox as one application: both dialects, the page and its API, on this machine only."""

from __future__ import annotations

import asyncio
import contextlib
import mimetypes
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.control import CastMember, Control, Upcoming
from bot.sandbox.faults import FaultPlan
from bot.sandbox.outside import LOOPBACK, Loopback, Outside
from bot.sandbox.page_api import PageApi
from bot.sandbox.room import Room
from bot.sandbox.telegram_api import TelegramApi
from bot.sandbox.wire import SOCKET
from bot.sandbox.zalo_api import ZaloApi

__all__ = ["CastMember", "Control", "Upcoming", "make_app", "serve"]

PATIENCE = 2  # seconds open requests get when the server ends
FRESH = {"Cache-Control": "no-cache"}  # after an update no page may mix old and new modules
DIALECTS = ("/bot", "/file/bot", "/zalo")


def make_app(
    room: Room,
    control: Control | None,
    *,
    telegram_token: str,
    zalo_token: str,
    page_dir: Path | None = None,
    faults: FaultPlan | None = None,
    outside: Outside | None = None,
) -> Starlette:
    """The application.

    Args:
        control: what moves the clock and tells what comes next; None where nobody does.
        telegram_token: "<number>:<secret>"; the number becomes the bot's id. Raises ValueError for another form.
        page_dir: holds index.html and what it needs; None serves no page.
        faults: what may go wrong; nothing by default.
        outside: how webhooks and pictures are reached; this machine only by default.
    """
    faults = faults or FaultPlan()
    outside = outside or Loopback()
    routes: list[BaseRoute] = [
        *TelegramApi(room, faults, outside, telegram_token).routes,
        *ZaloApi(room, faults, outside, zalo_token).routes,
        *PageApi(room, control).routes,
    ]
    if page_dir is not None:
        index = page_dir / "index.html"
        mimetypes.add_type("text/javascript", ".js")  # Windows' own table may say text/plain, which browsers refuse
        routes += [Route("/", lambda request: FileResponse(index, headers=FRESH)), Mount("/", _Page(directory=page_dir))]
    app = Starlette(routes=routes, middleware=[Middleware(OwnPageOnly)])
    app.state.room = room
    return app


async def serve(app: Starlette, host: str, port: int, *, on_ready: Callable[[int], None] | None = None) -> None:
    """Serve until cancelled; then every poll and stream ends at once and the room is closed.

    Args:
        host: 127.0.0.1, ::1 or localhost. Raises ValueError for any other: the sandbox has no passwords.
        port: 0 lets the system choose. Raises OSError when it is taken.
        on_ready: told the port once connections are accepted.
    """
    if host not in LOOPBACK:
        raise ValueError("the sandbox listens on this machine only")
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    config = uvicorn.Config(
        app,
        http=_Line,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,  # the paths hold tokens
        timeout_graceful_shutdown=PATIENCE,
        timeout_keep_alive=60,
    )
    server = _Server(config, on_ready)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(running)
    finally:
        app.state.room.close()
        server.should_exit = True
        await running
        listener.close()


class OwnPageOnly:
    """Keeps other web pages out: a foreign name for this machine (DNS rebinding) and requests another page makes (CSRF).

    The dialects are programs' business: in-process they may be called under any name, on a socket under a loopback one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse with 403."""
        if scope["type"] == "http" and not self._trusted(scope):
            await JSONResponse({"error": "not from this page"}, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    @staticmethod
    def _trusted(scope: Scope) -> bool:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get(b"host", "")
        dialect = scope["path"].startswith(DIALECTS)
        try:
            here = urlsplit(f"//{host}").hostname in LOOPBACK
        except ValueError:
            here = False
        if not here and (not dialect or SOCKET in scope.get("extensions", {})):
            return False
        origin = headers.get(b"origin")
        if origin is not None and origin != f"{scope['scheme']}://{host}":
            return False
        # A link elsewhere may open the page; nothing else of another site's may come in, least of all a GET that sends.
        own = headers.get(b"sec-fetch-site", "none") in ("none", "same-origin")
        return own or (scope["method"] == "GET" and not dialect)


class _Page(StaticFiles):
    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(FRESH)
        return response


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_ready: Callable[[int], None] | None) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._on_ready is not None and sockets:
            self._on_ready(sockets[0].getsockname()[1])

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the program around us."""
        yield


class _Line(H11Protocol):
    """Tells the application how to hang up, for faults on the line."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        inner = self.app

        async def with_hanging_up(scope: Scope, receive: Receive, send: Send) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), SOCKET: transport.abort}
            await inner(scope, receive, send)

        self.app = with_hanging_up
