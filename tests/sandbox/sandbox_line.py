"""The line between a client and the sandbox: in-process (with time-outs and broken lines like a real one) or a real socket."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.sandbox.faults import LineCut
from bot.sandbox.room import Room
from bot.sandbox.server import serve

TELEGRAM_TOKEN = "110201543:sandbox-secret"
ZALO_TOKEN = "12345689:zalo-secret"


class Line(httpx.ASGITransport):
    """ASGITransport knows neither read time-outs nor broken connections; both are what faults are about."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            async with asyncio.timeout(request.extensions.get("timeout", {}).get("read")):
                return await super().handle_async_request(request)
        except TimeoutError as error:
            raise httpx.ReadTimeout("no answer", request=request) from error
        except LineCut as cut:
            kind = httpx.ConnectError if cut.refused else httpx.RemoteProtocolError
            raise kind(str(cut), request=request) from cut


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@contextlib.asynccontextmanager
async def on_a_socket(app: Starlette, port: int = 0) -> AsyncIterator[str]:
    """The address of the app while it serves."""
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve(app, "127.0.0.1", port, on_ready=ready.set_result))
    await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield f"http://127.0.0.1:{ready.result()}"
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


class Caller:
    """One dialect, called by hand."""

    def __init__(self, http: httpx.AsyncClient, prefix: str) -> None:
        self.http = http
        self.prefix = prefix

    async def __call__(self, method: str, **params: Any) -> Any:
        """The result. Fails the test when it is refused."""
        answer = await self.answer(method, **params)
        assert answer["ok"], answer
        return answer.get("result")

    async def answer(self, method: str, **params: Any) -> Any:
        """The whole envelope."""
        return (await self.response(method, **params)).json()

    async def response(self, method: str, **params: Any) -> httpx.Response:
        return await self.http.post(f"{self.prefix}/{method}", json=params)

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """HTTP status and description of a refusal."""
        response = await self.response(method, **params)
        body = response.json()
        assert body["ok"] is False
        return response.status_code, body["description"]


def check_answers(room: Room, schema: Any) -> None:
    """No answer to the bot breaks the schema of Bot API 10.0 (deliberately malformed updates aside)."""
    for call in room.calls_on("telegram"):
        if call["response"] and call["response"]["ok"] and call.get("fault") != "Malformed":
            assert schema.check_result(call["method"], call["response"]["result"]) == [], call


async def until(true: Callable[[], object], seconds: float = 5) -> None:
    """Wait for something another task brings about."""
    async with asyncio.timeout(seconds):
        while not true():  # what is waited for offers no event
            await asyncio.sleep(0.02)
