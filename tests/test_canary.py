"""The check that runs around every test: quiet behind the walls, loud without them."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.domain.people import Role
from tests import canary
from tests.people import local, town

OWN_WALLS = True


async def _a_day_in_town(folder: Path) -> None:
    """Registering, a difficulty, an unreadable file, a refused message, a failing handler's log."""
    async with town(folder, local(2026, 3, 30)) as place:
        await place.settler("chị Nguyễn Thị Hoa", "NV", role=Role.COORDINATOR)
        lan = await place.settler("chị Trần Thị Lan", "P5")
        await lan.says("khó khăn")
        await lan.says(f"Thiếu kinh phí {canary.BODY}")
        await lan.says(f"TỐI MẬT {canary.BODY}")
        await lan.sends_file(f"{canary.BODY}.pdf", b"%PDF-1.7 nothing")
        await place.time_passes(local(2026, 3, 31, 9))


async def test_behind_the_walls_nothing_is_heard_of_a_whole_day(tmp_path: Path) -> None:
    with canary.listening() as heard:
        await _a_day_in_town(tmp_path)
    assert "delivered" in heard.stream.getvalue(), "the bot did log"
    assert heard.leaked() == []


async def test_without_them_the_same_day_is_all_over_the_log(tmp_path: Path) -> None:
    """So that the check around every test cannot pass by not listening."""
    with canary.listening(walls=False) as heard:
        await _a_day_in_town(tmp_path)
    assert canary.TOKEN in heard.leaked()
    assert canary.BODY in heard.leaked()


@pytest.mark.parametrize("word", canary.FORBIDDEN)
def test_every_forbidden_word_is_noticed(word: str) -> None:
    with canary.listening(walls=False) as heard:
        logging.getLogger("storage.outbox").debug("%s", word)
    assert word in heard.leaked()
