"""Nothing acknowledged is lost at a power cut, in the modes the program chooses; and in a weaker mode this test says so.

`make reliability` cuts more often (tests/reliability/power_cut.py).
"""

from __future__ import annotations

import pytest

from storage.database import journal_mode
from tests.reliability import power_cut

CUTS = range(40)


def test_the_programs_own_mode_loses_nothing_it_acknowledged() -> None:
    figures = power_cut.run(CUTS)
    assert (figures.lost, figures.torn, figures.corrupt) == (0, 0, 0), figures.text
    assert figures.acked > len(CUTS) * 10


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 53, 0)])
def test_whichever_sqlite_there_is_its_mode_loses_nothing(version: tuple[int, int, int]) -> None:
    figures = power_cut.run(CUTS, journal_mode(version))
    assert (figures.lost, figures.torn, figures.corrupt) == (0, 0, 0), figures.text


@pytest.mark.parametrize("mode", [("WAL", "NORMAL"), ("DELETE", "FULL")])
def test_a_weaker_mode_loses_acknowledged_turns_and_is_caught(mode: tuple[str, str]) -> None:
    figures = power_cut.run(CUTS, mode)
    assert figures.lost > 0, figures.text
    assert (figures.torn, figures.corrupt) == (0, 0), figures.text


def test_without_syncing_the_database_is_damaged_and_that_is_caught() -> None:
    figures = power_cut.run(CUTS, ("DELETE", "OFF"))
    assert figures.corrupt + figures.torn > 0, figures.text


def test_the_same_seeds_give_the_same_figures() -> None:
    assert power_cut.run(range(5)) == power_cut.run(range(5))
