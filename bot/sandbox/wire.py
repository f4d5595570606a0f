"""Answers one request of the bot: spoils it as planned, records it, hands it to its dialect."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.asked import ApiError, Asked, read
from bot.sandbox.faults import Answer, FaultPlan, Gateway, Hang, LineCut, Refuse, Reset, TooMany, give_up
from bot.sandbox.records import Json, PlatformName
from bot.sandbox.stage import Stage

SOCKET = "nhacviec.socket"
"""ASGI extension of real connections: hangs up. Without it (in-process) a cut line is an exception for the test's transport."""
T = TypeVar("T")


Handle = Callable[[Asked], Coroutine[Any, Any, Any]]
Envelope = Callable[[ApiError], Response]


class Endpoint:
    """An ASGI application for `…/bot{token}/{method}`.

    Args:
        stage: where calls are recorded.
        faults: what may go wrong.
        handle: gives the body of a success, or raises ApiError.
        refuse: how this dialect answers an ApiError.
    """

    def __init__(self, platform: PlatformName, stage: Stage, faults: FaultPlan, handle: Handle, refuse: Envelope) -> None:
        self._platform = platform
        self._stage = stage
        self._faults = faults
        self._handle = handle
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        try:
            asked = await read(request)
        except ApiError as error:
            await self._refuse(error)(scope, receive, send)
            return
        except ClientDisconnect:
            return
        try:
            response = await self._respond(asked, gone)
        except LineCut:
            if SOCKET not in scope.get("extensions", {}):
                raise
            scope["extensions"][SOCKET]()
            await gone()
            return
        if response is not None:
            await response(scope, receive, send)

    async def _respond(self, asked: Asked, gone: Callable[[], Awaitable[None]]) -> Response | None:
        fault = self._faults.take(self._platform, asked.method, asked.text("chat_id"))
        call: Json = {
            "platform": self._platform,
            "method": asked.method,
            "params": {name: value for name, value in asked.params.items() if value is not None},
            "files": sorted(asked.files),
            "response": None,
            "at": self._stage.now().isoformat(),
        }
        self._stage.calls.append(call)
        if fault is not None:
            call["fault"] = type(fault).__name__
        match fault:
            case TooMany(retry_after=seconds):
                return self._refused(call, ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds}))
            case Answer(code=code, description=description, parameters=parameters):
                return self._refused(call, ApiError(code, description, dict(parameters) if parameters else None))
            case Refuse():
                raise LineCut(delivered=False, refused=True)
            case Reset(delivered=False):
                raise LineCut(delivered=False)
            case Gateway(status=status, delivered=False):
                return HTMLResponse(gateway_page(status), status)
            case Hang(delivered=False, seconds=seconds):
                if await give_up(gone, seconds):
                    return None
            case _:
                pass
        asked.malformed = dict(raw) if (raw := getattr(fault, "raw", None)) is not None else None
        asked.repeat = type(fault).__name__ == "Repeat"
        try:
            body = (
                await _unless_gone(self._handle(asked), gone)
                if asked.method.lower() == "getupdates"
                else await self._handle(asked)
            )
        except ApiError as error:
            response = self._refused(call, error)
        else:
            if body is None:
                call["fault"] = "client gone"
                return None
            call["response"] = body
            response = JSONResponse(body)
        match fault:
            case Reset():
                raise LineCut(delivered=True)
            case Gateway(status=status):
                return HTMLResponse(gateway_page(status), status)
            case Hang(delivered=True, seconds=seconds) if await give_up(gone, seconds):
                return None
        return response

    def _refused(self, call: Json, error: ApiError) -> Response:
        call["response"] = error.body
        return self._refuse(error)


def gateway_page(status: int) -> str:
    """What nginx says when the server behind it is away."""
    return f"<html>\r\n<head><title>{status}</title></head>\r\n<body><h1>{status}</h1><hr>nginx</body>\r\n</html>\r\n"


async def _unless_gone(work: Coroutine[Any, Any, T], gone: Callable[[], Awaitable[None]]) -> T | None:
    """The result, or None when the client left first: an abandoned poll must not swallow what comes later."""
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(gone())
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, watch):
            if not each.done():
                each.cancel()
        await asyncio.gather(task, watch, return_exceptions=True)
