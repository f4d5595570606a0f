"""The real program as `python -m bot run` starts it, in a folder of its own, and people on its page."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Locator, Page

REPOSITORY = Path(__file__).parents[2]
START = 60.0  # seconds; two busy cores are slow, not broken
REST = 0.7  # seconds without a change: the bot has said what it had to say
PATIENCE = 30.0


@contextmanager
def program(folder: Path) -> Iterator[str]:
    """The address of the page while the bot runs; ended by the signal Ctrl+C sends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "DATA_DIR": str(folder / "data"),
        "SANDBOX_PORT": str(port),
    }
    with (folder / "log.txt").open("w") as log:
        running = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=folder, env=env, stdout=log, stderr=log)
        try:
            yield _ready(f"http://127.0.0.1:{port}", running, folder)
        finally:
            running.terminate()
            assert running.wait(30) == 0, (folder / "log.txt").read_text()
    assert "Traceback" not in (folder / "log.txt").read_text()


def _ready(url: str, running: subprocess.Popen[bytes], folder: Path) -> str:
    until = time.monotonic() + START
    while time.monotonic() < until and running.poll() is None:
        try:
            # Invitations are there once the bot has connected to its own sandbox.
            if any(member["code"] for member in httpx.get(f"{url}/sandbox/state", trust_env=False).json()["cast"]):
                return url
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise AssertionError((folder / "log.txt").read_text())


class Phone:
    """One person's pane, turned to one channel: types, presses, reads."""

    def __init__(self, page: Page, name: str, channel: str) -> None:
        self.page = page
        self.name = name
        self.channel = channel
        self.pane: Locator = page.locator(".pane", has=page.locator(".head .name", has_text=name))

    def opens(self, code: str) -> None:
        """The invitation: a link on Telegram, a typed code on Zalo."""
        if self.channel == "telegram":
            self._then(lambda: self.pane.get_by_role("button", name="Mở liên kết trên Telegram").click())
            return
        self.pane.get_by_role("tab", name="Zalo").click()
        self.says(code)

    def says(self, text: str) -> str:
        """What the bot answers, as far as it is on the screen as the newest message."""

        def write() -> None:
            box = self.pane.get_by_role("textbox", name="Tin nhắn")
            box.fill(text)
            box.press("Enter")

        return self._then(write)

    def chooses(self, label: str) -> str:
        """A button, or the number (or letter) before the label in the newest list."""
        if self.channel == "telegram":
            key = self.pane.locator(".key:not(.pressed)", has_text=re.compile(rf"^{re.escape(label)}")).last
            return self._then(key.click)
        for text in reversed(self.pane.locator(".message.bot .text").all_inner_texts()):
            marks = re.findall(r"(?m)^([0-9]+|[a-z]{1,2})\) (.+)$", text)
            for mark, said in marks:
                if said.startswith(label):
                    return self.says(mark)
            assert not marks, f"{self.name} sees no choice {label!r} in:\n{text}"
        raise AssertionError(f"{self.name} sees no choices at all")

    @property
    def screen(self) -> str:
        """The whole conversation."""
        return self.pane.locator(".log").inner_text()

    @property
    def newest(self) -> str:
        """The bot's last message."""
        return self.pane.locator(".message.bot").last.inner_text()

    def _then(self, act) -> str:  # type: ignore[no-untyped-def]
        """Act, and wait until the bot has answered and is at rest."""
        before = self.screen
        act()
        until, since, shown = time.monotonic() + PATIENCE, time.monotonic(), before
        while time.monotonic() < until:
            now = self.screen
            answered = now != before and self.pane.locator(".message").last.get_attribute("class") == "message bot"
            if now != shown:
                shown, since = now, time.monotonic()
            elif answered and time.monotonic() - since > REST:
                return self.newest
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{self.name} heard nothing new after:\n{before[-600:]}\nnow:\n{self.screen[-600:]}")
