"""The real program as `python -m bot run` starts it, in a folder of its own, and people on its page."""

from __future__ import annotations

import os
import re
import signal
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
PATIENCE = 60.0  # seconds; two busy cores are slow, not broken

# Even a killed test run leaves no bot behind (on Linux: prctl(PR_SET_PDEATHSIG, SIGKILL)).
STARTER = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 9)
os.execv(sys.executable, [sys.executable, "-m", "bot", "run"])
"""

# Resolves when the pane no longer says that the bot is answering: then all of the answer is on the screen.
AT_REST = """(pane, patience) => new Promise((rest, fail) => {
    const note = pane.querySelector(".answering");
    const look = () => note.hidden && rest();
    new MutationObserver(look).observe(note, { attributes: true });
    setTimeout(() => fail(new Error("the bot is still answering")), patience);
    look();
})"""


@contextmanager
def program(folder: Path) -> Iterator[str]:
    """The address of the page while the bot runs; ended by the signal Ctrl+C sends, and never left behind."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(REPOSITORY),
        "DATA_DIR": str(folder / "data"),
        "SANDBOX_PORT": str(port),
    }
    said = folder / "log.txt"
    with said.open("w") as log:
        running = subprocess.Popen(
            [sys.executable, "-c", STARTER],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield _ready(f"http://127.0.0.1:{port}", running, said)
            running.send_signal(signal.SIGINT)
            assert running.wait(PATIENCE) == 0, said.read_text()
        finally:
            running.kill()
            running.wait()
    assert "Traceback" not in said.read_text()


def _ready(url: str, running: subprocess.Popen[bytes], said: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        if url in said.read_text():
            return url
        time.sleep(0.1)
    raise AssertionError(said.read_text() or "the bot did not start")


def codes(url: str) -> dict[str, str]:
    """The invitation codes of the cast, by name."""
    cast = httpx.get(f"{url}/sandbox/state", trust_env=False).json()["cast"]
    return {member["name"]: member["code"] for member in cast}


class Phone:
    """One person's pane, turned to one channel: types, presses, reads."""

    def __init__(self, page: Page, name: str, channel: str) -> None:
        self.name = name
        self.channel = channel
        self.pane: Locator = page.locator(".pane", has=page.get_by_text(name, exact=True))

    def opens_invitation(self) -> str:
        """A link on Telegram, a typed code on Zalo, as the empty place offers it."""
        offer = "Mở liên kết trên Telegram" if self.channel == "telegram" else "Gõ mã mời trên Zalo"
        self.pane.get_by_role("button", name=offer).click()
        self.pane.locator(".message.bot").first.wait_for()
        return self._answer()

    def says(self, text: str) -> str:
        """The bot's last message once it has answered."""
        box = self.pane.get_by_role("textbox", name="Tin nhắn")
        box.fill(text)
        box.press("Enter")
        return self._answer()

    def chooses(self, label: str) -> str:
        """Press the newest button that begins so, or type the number (or letter) before it in the newest list."""
        if self.channel == "telegram":
            self.pane.locator(".key:not(.pressed)", has_text=re.compile(rf"^{re.escape(label)}")).last.click()
            return self._answer()
        mark = next((mark for mark, said in self._choices() if said.startswith(label)), None)
        assert mark is not None, f"{self.name} sees no choice {label!r} in:\n{self.newest}"
        return self.says(mark)

    def _choices(self) -> list[tuple[str, str]]:
        for text in reversed(self.pane.locator(".message.bot .text").all_inner_texts()):
            if found := re.findall(r"(?m)^([0-9]+|[a-z]{1,2})\) (.+)$", text):
                return found
        return []

    @property
    def screen(self) -> str:
        """The whole conversation."""
        return self.pane.locator(".log").inner_text()

    @property
    def newest(self) -> str:
        """The bot's last message."""
        return self.pane.locator(".message.bot").last.inner_text()

    def _answer(self) -> str:
        self.pane.evaluate(AT_REST, PATIENCE * 1000)
        return self.newest
