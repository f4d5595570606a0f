"""The failure table, row by row, with the real exceptions of httpx and python-telegram-bot against a real server."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from faulty_server import FaultyServer, Reply, answer, close, garbage, half, hang, reset, telegram_error
from telegram import error
from telegram.request import HTTPXRequest

from bot.chat.messages import ChatRef, OutFile, Outgoing
from bot.chat.platform import Delivered, NotSent, Outcome, Piece, Refused, Uncertain, Unreachable
from bot.platforms import failures
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo

TOKEN = "123456789:AAEcanaryCanaryCanaryCanaryCanary00"
BODY = "noi dung rieng tu"
HTML = "<html><body>502 Bad Gateway nginx</body></html>"

TO_TELEGRAM = Piece(chat=ChatRef(platform="telegram", chat_id="1001"), message=Outgoing(text=BODY))
TO_ZALO = Piece(chat=ChatRef(platform="zalo", chat_id="6ede9afa66b88fe6d6a9"), message=Outgoing(text=BODY))


@pytest.fixture
async def server() -> AsyncIterator[FaultyServer]:
    async with FaultyServer() as running:
        yield running


async def say(adapter: Telegram | Zalo, piece: Piece) -> Outcome:
    try:
        return await adapter.deliver(piece)
    finally:
        await adapter.stop()


def impatient(monkeypatch: pytest.MonkeyPatch, adapter: Telegram | Zalo) -> None:
    """Read time-out 0.3 s instead of 20 s; the request itself stays the real one."""
    holder, name = (adapter, "_call") if isinstance(adapter, Telegram) else (adapter._line, "call")
    real = getattr(holder, name)

    async def hurried(*args: object, **kwargs: object) -> object:
        kwargs["read_timeout" if isinstance(adapter, Telegram) else "patience"] = 0.3
        return await real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(holder, name, hurried)


def closed_port() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


BROKEN_LINES: list[tuple[str, Reply, str]] = [
    ("hang", hang, "ReadTimeout"),
    ("reset", reset, "ReadError"),
    ("close", close, "RemoteProtocolError"),
    ("half", half, "RemoteProtocolError"),
    ("garbage", garbage, "RemoteProtocolError"),
]


@pytest.mark.parametrize(("name", "reply", "reason"), BROKEN_LINES, ids=[row[0] for row in BROKEN_LINES])
@pytest.mark.parametrize("platform", ["telegram", "zalo"])
async def test_a_line_that_breaks_after_delivery_is_uncertain(
    server: FaultyServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, name: str, reply: Reply, reason: str
) -> None:
    server.script = [reply]
    adapter = (
        Telegram(TOKEN, api_url=server.url, files_root=tmp_path) if platform == "telegram" else Zalo(TOKEN, api_url=server.url)
    )
    impatient(monkeypatch, adapter)

    assert await say(adapter, TO_TELEGRAM if platform == "telegram" else TO_ZALO) == Uncertain(reason=reason)
    assert server.methods() == ["sendMessage"]  # delivered, and not tried again behind our back


async def test_a_closed_port_is_certainly_not_sent(tmp_path: Path) -> None:
    port = closed_port()
    assert await say(Telegram(TOKEN, api_url=port, files_root=tmp_path), TO_TELEGRAM) == NotSent(reason="ConnectError")
    assert await say(Zalo(TOKEN, api_url=port), TO_ZALO) == NotSent(reason="ConnectError")


async def test_a_full_pool_is_certainly_not_sent(server: FaultyServer, tmp_path: Path) -> None:
    """`PoolTimeout` reaches us as the same `TimedOut` as an answer that never came; only the cause tells."""
    server.script = [hang]
    request = HTTPXRequest(connection_pool_size=1, pool_timeout=0.1)
    await request.initialize()
    first = asyncio.create_task(request.post(f"{server.url}/bot{TOKEN}/sendMessage"))
    await asyncio.sleep(0.3)
    assert len(server.seen) == 1
    with pytest.raises(error.TimedOut) as caught:
        await request.post(f"{server.url}/bot{TOKEN}/sendMessage")
    assert failures.of_telegram(caught.value) == NotSent(reason="PoolTimeout")
    assert len(server.seen) == 1
    first.cancel()
    await request.shutdown()


TELEGRAM_ROWS: list[tuple[Reply, Outcome]] = [
    (answer(200, {"ok": True, "result": {"message_id": 77}}), Delivered(message_id="77")),
    (
        telegram_error(429, "Too Many Requests: retry after 3", retry_after=3),
        NotSent(reason="429", after=timedelta(seconds=3), everyone=True),
    ),
    (
        telegram_error(429, "Too Many Requests: retry after 32400", retry_after=32400),
        NotSent(reason="429", after=timedelta(hours=9), everyone=True),
    ),
    (telegram_error(429, "Too Many Requests: retry after 7"), NotSent(reason="429", after=timedelta(seconds=7), everyone=True)),
    (answer(429, "<html>slow down</html>", "text/html"), NotSent(reason="429", after=timedelta(seconds=60), everyone=True)),
    (
        telegram_error(403, "Forbidden: bot was blocked by the user"),
        Unreachable(reason="Forbidden: Forbidden: bot was blocked by the user"),
    ),
    (
        telegram_error(403, "Forbidden: user is deactivated"),
        Unreachable(reason="Forbidden: Forbidden: user is deactivated"),
    ),
    (telegram_error(400, "Bad Request: chat not found"), Unreachable(reason="BadRequest: Chat not found")),
    (telegram_error(400, "Bad Request: PEER_ID_INVALID"), Unreachable(reason="BadRequest: Peer_id_invalid")),
    (
        telegram_error(400, "Bad Request: not enough rights to send text messages to the chat"),
        Unreachable(reason="BadRequest: Not enough rights to send text messages to the chat"),
    ),
    (
        telegram_error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001234567890123),
        NotSent(reason="the group moved", moved_to="-1001234567890123"),
    ),
    (telegram_error(400, "Bad Request: message is too long"), Refused(reason="BadRequest: Message is too long")),
    (telegram_error(400, "Bad Request: BUTTON_DATA_INVALID"), Refused(reason="BadRequest: Button_data_invalid")),
    (telegram_error(401, "Unauthorized"), Refused(reason="401/404: token or method unknown")),
    (telegram_error(404, "Not Found"), Refused(reason="401/404: token or method unknown")),
    (answer(413, "<html>413</html>", "text/html"), Refused(reason="413: too large")),
    (telegram_error(500, "Internal Server Error"), Uncertain(reason="NetworkError: Internal Server Error")),
    (answer(502, HTML, "text/html"), Uncertain(reason="NetworkError: Bad Gateway (502)")),
    (answer(504, HTML, "text/html"), Uncertain(reason="NetworkError: Gateway Timeout (504)")),
    (answer(200, "{nonsense"), Uncertain(reason="TelegramError: Invalid server response")),
    (answer(200, "[]"), Uncertain(reason="TypeError")),
    (answer(200, {"ok": False, "description": "?"}), Uncertain(reason="KeyError")),
    (answer(200, {"ok": True, "result": True}), Uncertain(reason="TypeError")),
    (answer(302, "", Location="http://127.0.0.1:1/"), Uncertain(reason="NetworkError: Found (302)")),
]


@pytest.mark.parametrize(
    ("reply", "outcome"), TELEGRAM_ROWS, ids=[f"{at}-{type(row[1]).__name__}" for at, row in enumerate(TELEGRAM_ROWS)]
)
@pytest.mark.parametrize("in_seconds", [False, True])
async def test_what_telegram_says_is_understood(
    server: FaultyServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: Reply, outcome: Outcome, in_seconds: bool
) -> None:
    if in_seconds:  # today's int instead of tomorrow's timedelta
        monkeypatch.setenv("PTB_TIMEDELTA", "false")
        monkeypatch.setattr("telegram._utils.datetime.warn", lambda *args, **kwargs: None)
    server.script = [reply]
    said = await say(Telegram(TOKEN, api_url=server.url, files_root=tmp_path), TO_TELEGRAM)
    assert said == outcome
    assert server.methods() == ["sendMessage"]
    assert TOKEN not in repr(said)
    assert "html" not in repr(said)


ZALO_ROWS: list[tuple[Reply, Outcome]] = [
    (
        answer(200, {"ok": True, "result": {"message_id": "82599fa32f56d00e8941", "date": 1}}),
        Delivered(message_id="82599fa32f56d00e8941"),
    ),
    (answer(200, {"ok": True}), Uncertain(reason="ok, but no message id")),
    *[
        (answer(status or code, {"ok": False, "error_code": code, "description": said}), outcome)
        for status in (200, 0)
        for code, said, outcome in [
            (401, "Unauthorized", Refused(reason="401: Unauthorized")),
            (404, "Not Found", Refused(reason="404: Not Found")),
            (408, "Request timeout", Uncertain(reason="408: Request timeout")),
            (403, "Internal server error", Uncertain(reason="403: Internal server error")),
            (403, "Forbidden", Unreachable(reason="403: Forbidden")),
            (429, "Quota exceeded", NotSent(reason="429: Quota exceeded", after=timedelta(seconds=60), everyone=True)),
            (400, "The chat_id must not be empty", Refused(reason="400: The chat_id must not be empty")),
            (400, "The chat_id is invalid", Unreachable(reason="400: The chat_id is invalid")),
            (400, "The text must not be longer than 2000", Refused(reason="400: The text must not be longer than 2000")),
            (500, "oops", Uncertain(reason="500: oops")),
        ]
    ],
    (
        answer(429, "<html>429 Too Many Requests</html>", "text/html"),
        NotSent(reason="429: no JSON", after=timedelta(seconds=60), everyone=True),
    ),
    (answer(502, HTML, "text/html"), Uncertain(reason="502: no JSON")),
    (answer(200, "{nonsense"), Uncertain(reason="200: no JSON")),
    (answer(200, "[1]"), Uncertain(reason="200: no JSON")),
    (answer(200, {"ok": "true", "result": {"message_id": "x"}}), Uncertain(reason="200: ")),
    (answer(200, {"ok": False, "error_code": 400, "description": 5}), Uncertain(reason="TypeError")),
]


@pytest.mark.parametrize(
    ("reply", "outcome"), ZALO_ROWS, ids=[f"{at}-{type(row[1]).__name__}" for at, row in enumerate(ZALO_ROWS)]
)
async def test_what_zalo_says_is_understood(server: FaultyServer, reply: Reply, outcome: Outcome) -> None:
    server.script = [reply]
    assert await say(Zalo(TOKEN, api_url=server.url), TO_ZALO) == outcome
    assert server.methods() == ["sendMessage"]


HTTPX_ROWS = [
    *[(kind, NotSent) for kind in (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)],
    *[(kind, NotSent) for kind in (httpx.UnsupportedProtocol, httpx.LocalProtocolError)],
    *[(kind, Uncertain) for kind in (httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.WriteError)],
    *[(kind, Uncertain) for kind in (httpx.CloseError, httpx.RemoteProtocolError, httpx.DecodingError, httpx.TooManyRedirects)],
]


def test_every_httpx_error_has_a_row() -> None:
    def leaves(kind: type[BaseException]) -> set[type[BaseException]]:
        below = kind.__subclasses__()
        return set().union(*map(leaves, below)) if below else {kind}

    assert leaves(httpx.TransportError) <= {kind for kind, _ in HTTPX_ROWS}


@pytest.mark.parametrize(("kind", "outcome"), HTTPX_ROWS)
def test_the_cause_decides_whether_anything_left_the_house(kind: type[Exception], outcome: type[Outcome]) -> None:
    exc = kind(f"url https://api.telegram.org/bot{TOKEN}/sendMessage")
    assert failures.of_transport(exc) == outcome(reason=kind.__name__)  # type: ignore[call-arg]
    for wrapped in (error.TimedOut(), error.NetworkError(f"httpx.X: {exc}")):
        wrapped.__cause__ = exc
        assert failures.of_telegram(wrapped) == outcome(reason=kind.__name__)  # type: ignore[call-arg]


def test_every_error_of_ptb_ends_in_an_outcome() -> None:
    for kind in (error.TelegramError, error.NetworkError, error.BadRequest, error.Conflict, error.Forbidden):
        assert isinstance(failures.of_telegram(kind("x")), Outcome)
    assert isinstance(failures.of_telegram(error.BadRequest("x")), Refused)  # although it is a NetworkError
    assert isinstance(failures.of_telegram(error.PassportDecryptionError("x")), Uncertain)
    assert failures.of_telegram(RuntimeError(BODY)) == Uncertain(reason="RuntimeError")


async def test_a_file_that_is_gone_outside_or_too_big_is_refused_before_anything_is_sent(
    tmp_path: Path, server: FaultyServer
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "secret").write_bytes(b"x")
    with (tmp_path / "data" / "big").open("wb") as big:
        big.truncate(50 * 1024 * 1024 + 1)
    bot = Telegram(TOKEN, api_url=server.url, files_root=tmp_path / "data")
    for path in ("none", "../secret", "/etc/passwd", "big"):
        piece = Piece(chat=TO_TELEGRAM.chat, message=Outgoing(text="", file=OutFile(path=path, name="a.bin")))
        assert isinstance(await bot.deliver(piece), Refused)
    assert server.seen == []
    await bot.stop()
