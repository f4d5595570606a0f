"""The canary in the log: every test runs under the bot's own logging at DEBUG, and none may let a secret or a body through."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
import threading
from collections.abc import Iterator

from bot import logs
from tests.people import TOKEN, ZALO_TOKEN

BODY = "chim-hoang-yen-trong-mo-than"
"""Typed by people in tests/test_canary.py; may stand in chats and in the database, never in a log."""

# Tokens of the town, and what everybody there registers with.
FORBIDDEN = (TOKEN, TOKEN.partition(":")[2], ZALO_TOKEN, ZALO_TOKEN.partition(":")[2], BODY, "0903 123 456", "0903123456")


class Heard:
    """Everything that was logged."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def leaked(self) -> list[str]:
        """The forbidden words that were logged, and nothing around them."""
        text = self.stream.getvalue()
        return [word for word in FORBIDDEN if word in text]


@contextlib.contextmanager
def listening(*, walls: bool = True) -> Iterator[Heard]:
    """Log as the bot does at LOG_LEVEL=DEBUG, and listen. Without walls: as Python does by itself, at DEBUG."""
    root, heard = logging.getLogger(), Heard()
    before = (logging.getLogRecordFactory(), sys.excepthook, threading.excepthook, root.handlers[:], root.level)
    levels = {name: logging.getLogger(name).level for name in (*logs.OURS, *logs._CHATTY, *logs._NEVER)}
    secrets = set(logs._secrets)
    if walls:
        logs.install("DEBUG", stream=heard.stream)
    else:
        logging.setLogRecordFactory(logging.LogRecord)
        root.addHandler(logging.StreamHandler(heard.stream))
        root.setLevel(logging.DEBUG)
        for name in levels:
            logging.getLogger(name).setLevel(logging.NOTSET)
    try:
        yield heard
    finally:
        logging.setLogRecordFactory(before[0])
        sys.excepthook, threading.excepthook = before[1], before[2]
        root.handlers[:] = before[3]
        root.setLevel(before[4])
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        logs._secrets.clear()
        logs._secrets.update(secrets)
