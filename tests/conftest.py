"""Fixtures every test may use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from tests.people import Town, local, town


@pytest.fixture(params=["telegram", "zalo"])
def platform(request: pytest.FixtureRequest) -> PlatformName:
    """Every conversation is played with buttons (Telegram) and as numbered text (Zalo)."""
    name: PlatformName = request.param
    return name


@pytest.fixture
async def spring(tmp_path: Path) -> AsyncIterator[Town]:
    """Monday 30 March 2026, 08:00: the 6-month round is due before 05/5."""
    async with town(tmp_path, local(2026, 3, 30)) as place:
        yield place
