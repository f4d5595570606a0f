"""The canary: neither a token nor what somebody wrote is ever in the log, at any level, in any shape."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import logs
from bot.chat.messages import ChatRef, Outgoing, RemoteFile
from bot.chat.platform import Piece
from bot.platforms.polling import Backoff
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo

OWN_WALLS = True  # see tests/conftest.py

TOKEN = "123456789:AAEcanaryCanaryCanaryCanaryCanary00"
ZALO_TOKEN = "12345689:abc-canary-xyz"
CANARY = "canary-body-chuyen-rieng"
SECRET = "webhook-canary-0123456789"


@pytest.fixture
def quiet_afterwards() -> Iterator[None]:
    """Give back everything `install` changes in the process."""
    factory, hooks, root = logging.getLogRecordFactory(), (sys.excepthook, threading.excepthook), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    before = set(logs._secrets)
    named = (*logs.OURS, *logs._CHATTY, *logs._NEVER)
    levels = {name: logging.getLogger(name).level for name in named}
    yield
    logging.setLogRecordFactory(factory)
    sys.excepthook, threading.excepthook = hooks
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)
    logs._secrets.clear()
    logs._secrets.update(before)


@pytest.fixture(params=[False, True], ids=["key=value", "json"])
def written(request: pytest.FixtureRequest, quiet_afterwards: None) -> io.StringIO:
    stream = io.StringIO()
    logs.install("DEBUG", secrets=(SECRET,), json_lines=request.param, stream=stream)
    return stream


def clean(text: str) -> bool:
    return not any(canary in text for canary in (TOKEN, TOKEN.split(":")[1], ZALO_TOKEN, "abc-canary-xyz", CANARY, SECRET))


async def far_side(request: Request) -> Response:
    """Answers every method badly in its own way, always repeating what it was told."""
    body = (await request.body()).decode("utf-8", "replace")
    match request.url.path.rpartition("/")[2]:
        case "sendMessage" if "400" in body:
            return JSONResponse({"ok": False, "error_code": 400, "description": "Bad Request: message is too long"}, 400)
        case "sendMessage" if "502" in body:
            return Response(f"<html>{body}</html>", 502)
        case "sendMessage":
            return Response("{nonsense " + body, 200)
        case "getUpdates":
            return Response('{"ok":true,"result":[{"message":{"text":"' + CANARY + '"', 200)
    return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)


async def exercise() -> None:
    """Every door of both adapters, each failing."""
    wire = httpx.ASGITransport(Starlette(routes=[Route("/{path:path}", far_side, methods=["GET", "POST"])]))
    telegram = Telegram(TOKEN, files_root=Path(), api_url="http://x", transport=wire, backoff=lambda: Backoff(0.01, 0.02))
    zalo = Zalo(ZALO_TOKEN, api_url="http://x", transport=wire, backoff=lambda: Backoff(0.01, 0.02))
    for adapter in (telegram, zalo):
        try:
            await adapter.start()
        except Exception:
            logging.getLogger("bot").exception("start failed")
        for text in (CANARY, f"{CANARY} 400", f"{CANARY} 502"):
            await adapter.deliver(Piece(chat=ChatRef(platform=adapter.name, chat_id="1001"), message=Outgoing(text=text)))
        await adapter.acknowledge({"callback_query": {"id": "1"}, "message": {"chat": {"id": "1"}}})
        try:
            await adapter.fetch(RemoteFile(ref="http://x/file" if adapter is zalo else "f"))
        except OSError:
            logging.getLogger("bot").exception("fetch failed")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await anext(adapter.updates(None))
    await telegram.stop()
    await zalo.stop()


async def test_nothing_of_a_whole_conversation_stands_in_the_log(written: io.StringIO) -> None:
    await exercise()
    assert "not delivered" in written.getvalue()
    assert "poll failed" in written.getvalue()
    assert "Traceback" in written.getvalue()
    assert clean(written.getvalue())


async def test_without_these_walls_the_canary_sings(caplog: pytest.LogCaptureFixture) -> None:
    """So that the test above cannot pass by accident."""
    with caplog.at_level(logging.DEBUG):
        await exercise()
    assert TOKEN in caplog.text
    assert CANARY in caplog.text


def test_a_token_in_a_url_an_argument_a_field_or_a_traceback_is_struck(written: io.StringIO) -> None:
    log = logging.getLogger("bot.test")
    url = f"https://bot-api.zaloplatforms.com/bot{ZALO_TOKEN}/getMe"
    log.info("asked %s", url)
    log.info(f"asked {url} with {TOKEN}")
    log.info("asked", extra={"url": url, "header": SECRET, "token": TOKEN})
    log.info("asked %r", {"url": httpx.URL(f"https://api.telegram.org/bot{TOKEN}/getMe")})
    log.info("asked %d", TOKEN)
    try:
        try:
            raise httpx.ConnectError(f"cannot reach {url}")
        except httpx.ConnectError as exc:
            raise RuntimeError(f"[SQL: INSERT]\n[parameters: ('{CANARY}', 1)]") from exc
    except RuntimeError:
        log.exception("failed at %s", url, stack_info=True)
    text = written.getvalue()
    assert clean(text)
    assert text.count(logs.STRUCK) >= 8
    assert "ConnectError" in text


def test_a_handler_added_later_gets_clean_records_too(written: io.StringIO) -> None:
    later = io.StringIO()
    handler = logging.StreamHandler(later)
    logging.getLogger("uvicorn.error").addHandler(handler)
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/x")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("at %s", SECRET)
    finally:
        logging.getLogger("uvicorn.error").removeHandler(handler)
    assert "ValueError" in later.getvalue()
    assert clean(later.getvalue())


def test_libraries_may_warn_and_no_more(written: io.StringIO) -> None:
    for name in ("httpx", "httpcore.http11", "telegram.Bot", "aiosqlite", "sqlalchemy.engine", "uvicorn.access", "anything"):
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).debug("chatter")
    logging.getLogger("telegram.request.BaseRequest").error("Can not load invalid JSON data: %s", "whole body")
    assert written.getvalue() == ""
    logging.getLogger("httpx").warning("heard")
    logging.getLogger("storage.outbox").debug("heard")
    assert written.getvalue().count("heard") == 2


def test_a_secret_learnt_later_is_struck_from_then_on(written: io.StringIO) -> None:
    logs.protect("upload-link-4711")
    logging.getLogger("bot").info("link upload-link-4711")
    assert "upload-link-4711" not in written.getvalue()


def test_ids_and_counts_stay_readable(written: io.StringIO) -> None:
    logging.getLogger("bot.app").info("delivered", extra={"chat": "telegram:-1001234567890123", "row": 12, "took": 0.25})
    line = written.getvalue().strip()
    if line.startswith("{"):
        fields: dict[str, Any] = json.loads(line)
        assert (fields["event"], fields["chat"], fields["level"]) == ("delivered", "telegram:-1001234567890123", "INFO")
    else:
        assert line.endswith("INFO bot.app delivered chat=telegram:-1001234567890123 row=12 took=0.25")


def test_no_value_can_forge_a_line(written: io.StringIO) -> None:
    logging.getLogger("bot").info("name\nERROR bot forged", extra={"name_": 'x" level=ERROR\nERROR bot forged'})
    assert len(written.getvalue().strip().split("\n")) == 1


def test_installing_twice_writes_once(written: io.StringIO) -> None:
    again = io.StringIO()
    logs.install("INFO", stream=again)
    logging.getLogger("bot").info("once")
    assert "once" not in written.getvalue()
    assert again.getvalue().count("once") == 1


def test_it_comes_before_httpx_and_cleans_the_last_traceback_of_a_process() -> None:
    script = f"""
import sys
from bot import logs
assert "httpx" not in sys.modules and "telegram" not in sys.modules
logs.install("DEBUG")
import httpx, logging
httpx.Client(transport=httpx.MockTransport(lambda r: httpx.Response(404))).get("https://x/bot{TOKEN}/getMe").raise_for_status()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "HTTPStatusError" in done.stderr
    assert "uncaught" in done.stderr
    assert clean(done.stderr + done.stdout)
