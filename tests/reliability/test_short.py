"""Every part of `make reliability`, as small as it still means something, so that `make test` runs them all."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from bot.platforms import failures  # noqa: F401  # python-telegram-bot reads its settings when it is imported
from tests.reliability import fuzz, guesses, kill9, mutants, pause, sim, swarm, turns
from tests.reliability.figures import Figure


@pytest.fixture(autouse=True)
def in_the_tests_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every commit's flush costs nothing, if there is such a place."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def reached(figures: list[Figure]) -> None:
    assert figures
    missed = [
        f"{figure.part}: {figure.what}: {figure.reached}, required {figure.required}" for figure in figures if not figure.ok
    ]
    assert not missed


@pytest.mark.parametrize("seed", [*[seed for seed, long in swarm.kept() if not long][:5], 1, 5])
def test_a_small_town_keeps_every_promise_in_bad_weather(seed: int) -> None:
    result = sim.run(seed, swarm.TINY)
    assert result.violations == []
    assert result.arrivals > 40


def test_the_same_seed_is_the_same_history() -> None:
    size = swarm.Size(units=2, start=swarm.TINY.start, until=swarm.TINY.until, rounds=swarm.TINY.rounds[:1])
    assert sim.run(11, size).hash == sim.run(11, size).hash != sim.run(12, size).hash


def test_a_killed_process_loses_and_doubles_nothing() -> None:
    reached(kill9.run(False, lambda _: None, kills=3))


def test_a_paused_worker_is_not_believed() -> None:
    reached(pause.run(False, lambda _: None, pauses=2))


def test_a_cancelled_turn_is_known_and_every_commit_flushed() -> None:
    reached(turns.run())


def test_broken_updates_stop_nobody() -> None:
    reached(fuzz.run(False, lambda _: None, updates=250))


def test_guessing_codes_finds_nothing_and_is_noticed() -> None:
    reached(guesses.run(False, lambda _: None, guesses=200))


@pytest.mark.parametrize("bug", ["mark_first"])
def test_the_simulator_finds_a_planted_bug(bug: str) -> None:
    number = [one.__name__ for one in mutants.BUGS].index(bug)
    assert mutants.catch(number, swarm.TINY, 8)[0] > 0
