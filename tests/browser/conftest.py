"""A real Chromium and a real sandbox on a loopback socket; the bot is whatever the test says over plain HTTP."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from bot.sandbox.mailbox import Mailbox
from bot.sandbox.room import Room
from bot.sandbox.server import CastMember, Upcoming, make_app, serve

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
VIETNAM = timezone(timedelta(hours=7))
TELEGRAM_TOKEN = "777000:browser-tests"
ZALO_TOKEN = "browser-tests"
WIDE: ViewportSize = {"width": 1440, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10.0  # seconds; two busy cores are slow, not broken


# Package scope, not session: while Playwright's synchronous API lives, no other event loop can run in this thread, so it
# must end before asynchronous tests elsewhere begin.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this folder. Missing on a developer's machine: skipped. Missing on CI: an error."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        chromium = chromium or playwright.chromium.executable_path
        if not Path(chromium).exists() and "CI" not in os.environ:
            pytest.skip("no Chromium on this machine: install it (apt install chromium) or set CHROMIUM=/path/to/it")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        expect.set_options(timeout=PATIENCE * 1000)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def page(browser: Browser, sandbox: Sandbox) -> Iterator[Page]:
    """The sandbox's page, the first-visit panel closed."""
    with visit(browser, sandbox.url) as page:
        page.get_by_role("button", name="Đóng phần làm quen").click()
        yield page


@contextmanager
def visit(browser: Browser, url: str, patience: float = PATIENCE) -> Iterator[Page]:
    """The page of a sandbox on a wide screen; `patience` is in seconds.

    Whatever the test does: no script fails, and nothing is asked of any other machine.
    """
    context = browser.new_context(viewport=WIDE, accept_downloads=True)
    try:
        context.set_default_timeout(patience * 1000)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        page = context.new_page()
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("request", lambda request: failures.extend(foreign(request.url, url)))
        page.goto(url)
        yield page
    finally:
        context.close()
    assert failures == []


def foreign(url: str, home: str) -> list[str]:
    """The address if it leads away from `home`."""
    return [] if url.startswith((f"{home}/", "data:", "blob:")) else [url]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A fresh sandbox with nobody in it yet but a proposed cast of three."""
    with Sandbox() as sandbox:
        yield sandbox


@dataclass
class MovableClock:
    """The program around the sandbox: a clock that moves when `released`, three happenings, three invitations."""

    at: datetime = datetime(2023, 4, 28, 9, 0, tzinfo=VIETNAM)
    released: threading.Event = field(default_factory=threading.Event)
    room: Room | None = None
    """Set: the test's bot is waited for, until it asks for more."""

    def __post_init__(self) -> None:
        self.released.set()

    def now(self) -> datetime:
        return self.at

    async def upcoming(self) -> list[Upcoming]:
        happenings = [
            Upcoming(at=datetime(2023, 5, 4, 8, 0, tzinfo=VIETNAM), title="Nhắc ngày cuối", to="UBND Phường 5"),
            Upcoming(at=datetime(2023, 5, 9, 8, 0, tzinfo=VIETNAM), title="Báo quá hạn", to="UBND Phường 5"),
        ]
        return [happening for happening in happenings if happening.at > self.at]

    async def move_clock(self, to: datetime) -> None:
        if to < self.at:
            raise ValueError("the past")
        assert await asyncio.to_thread(self.released.wait, PATIENCE), "the test forgot to release the clock"
        self.at = to

    async def settle(self) -> None:
        while self.room and not self.room.closed and not self._heard(self.room.mail["telegram"]):
            await asyncio.sleep(0.01)

    @staticmethod
    def _heard(box: Mailbox) -> bool:
        return bool(box.listening) and not box.waiting

    def cast(self) -> list[CastMember]:
        people = [
            ("hoa", "Trần Thị Hoa", "Phòng Nội vụ", "NV-7K2M4Q"),
            ("lan", "Nguyễn Thị Lan", "UBND Phường 5", "P5-3XW9AB"),
            ("minh", "Lê Văn Minh", "Phòng Quản lý Đô thị", "DT-8HJ2KL"),
        ]
        return [
            CastMember(key=key, name=name, role=role, code=code, link=f"https://t.me/nhacviec_bot?start={code}")
            for key, name, role, code in people
        ]


class Sandbox:
    """The real server in a thread of its own; entered, it has a `url`, and a bot without a program on either platform."""

    def __init__(self) -> None:
        self.clock = MovableClock()
        self.url = ""
        self._started = threading.Event()
        self._failure: BaseException | None = None
        # A daemon: whatever goes wrong here, the test run ends.
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    def __enter__(self) -> Sandbox:
        self._thread.start()
        assert self._started.wait(PATIENCE), "the sandbox did not start"
        if self._failure is not None:
            raise self._failure
        self._http = httpx.Client(timeout=PATIENCE * 2, trust_env=False)
        self.telegram = Bot(self._http, f"{self.url}/bot{TELEGRAM_TOKEN}")
        self.zalo = ZaloBot(self._http, f"{self.url}/zalo/bot{ZALO_TOKEN}")
        return self

    def __exit__(self, *exc: object) -> None:
        self.clock.released.set()
        self._http.close()
        self.stop()

    def stop(self) -> None:
        """End the server, as Ctrl+C does."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._serving.cancel)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the sandbox did not end"

    def state(self) -> dict[str, Any]:
        """What the page is told."""
        found: dict[str, Any] = self._http.get(f"{self.url}/sandbox/state").json()
        return found

    def add(self, name: str, role: str = "") -> dict[str, Any]:
        """A person, as /sandbox/state shows them."""
        id = self._http.post(f"{self.url}/sandbox/people", json={"name": name, "role": role}).json()["id"]
        return next(person for person in self.state()["people"] if person["id"] == id)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.room = room = Room(self.clock.now, bot_name="Nhắc Việc", bot_username="nhacviec_bot")
        app = make_app(room, self.clock, telegram_token=TELEGRAM_TOKEN, zalo_token=ZALO_TOKEN, page_dir=PAGE)
        self._serving = asyncio.ensure_future(serve(app, "127.0.0.1", 0, on_ready=self._ready))
        try:
            await self._serving
        except asyncio.CancelledError:
            pass
        except BaseException as error:
            self._failure = error
        finally:
            self._started.set()

    def _ready(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._started.set()


class Bot:
    """A bot without a program: the test reads updates and answers by hand."""

    def __init__(self, http: httpx.Client, base: str) -> None:
        self._http = http
        self._base = base
        self._after = 0
        self._waiting: list[dict[str, Any]] = []

    def call(self, method: str, files: dict[str, Any] | None = None, **params: Any) -> Any:
        """One request; the result, or {"error_code": …} as the platform put it."""
        url = f"{self._base}/{method}"
        answer = (self._http.post(url, data=params, files=files) if files else self._http.post(url, json=params)).json()
        return answer.get("result", answer)

    def next(self) -> dict[str, Any]:
        """The next update, waiting for it as a real bot does."""
        if not self._waiting:
            self._waiting = self.call("getUpdates", offset=self._after, timeout=int(PATIENCE))
        assert self._waiting, "nothing reached the bot"
        update = self._waiting.pop(0)
        self._after = update["update_id"] + 1
        return update

    def hears(self) -> dict[str, Any]:
        """The next message somebody wrote."""
        found: dict[str, Any] = self.next()["message"]
        return found

    def say(self, chat_id: int | str, text: str, buttons: list[list[tuple[str, str]]] | None = None, **more: Any) -> Any:
        """A message, with rows of (label, data)."""
        rows = [[{"text": label, "callback_data": data} for label, data in row] for row in buttons or []]
        keyboard = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        return self.call("sendMessage", chat_id=chat_id, text=text, **keyboard, **more)


class ZaloBot(Bot):
    """Zalo hands out one update at a time and no number to confirm it with."""

    def next(self) -> dict[str, Any]:
        update: dict[str, Any] = self.call("getUpdates", timeout=str(int(PATIENCE)))
        assert "message" in update, "nothing reached the bot"
        return update
