"""The machine-readable Bot API that every request of ours is held against; it lies beside the project."""

from __future__ import annotations

import importlib.util
import sys
from functools import lru_cache
from typing import Any

from bot.sandbox.room import Room
from tests import beside

FOLDER = beside.FOLDER / "botapi"


@lru_cache
def schema() -> Any:
    """Bot API 10.0, what python-telegram-bot 22.8 supports."""
    spec = importlib.util.spec_from_file_location("botapi_validate_requests", FOLDER / "validate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.Schema(FOLDER / "api_10.0.json")


def check_requests(room: Room) -> int:
    """Every request the bot made on Telegram is clean; how many there were, 0 where there is nothing to hold them against."""
    if not beside.THERE:
        return 0
    calls = room.calls_on("telegram")
    for call in calls:
        problems = [p for p in schema().check_request(call["method"], call["params"], call["files"]) if p.level != "warn"]
        assert problems == [], (call["method"], problems)
    return len(calls)
