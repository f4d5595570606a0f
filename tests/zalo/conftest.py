"""Here Zalo answers errors under their own HTTP status; in the other conversations under HTTP 200. Both were seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.people import Town, local, town


@pytest.fixture
async def spring(tmp_path: Path) -> AsyncIterator[Town]:
    """Monday 30 March 2026, 08:00: the 6-month round is due before 05/5."""
    async with town(tmp_path, local(2026, 3, 30), habit="/zalo-strict") as place:
        yield place
