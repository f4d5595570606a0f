"""Fixtures every test may use."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.chat.messages import PlatformName
from tests import canary, compiled, demonstration, memory
from tests.people import Town, local, town


def pytest_configure() -> None:
    """Databases of tests live in memory where there is room, and share their compiled statements."""
    compiled.share()
    settings.register_profile("untimed", settings(), deadline=None)  # no test may depend on how busy the machine is
    settings.load_profile("untimed")
    if folder := memory.folder():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not go through it again and again."""
    gc.collect()
    gc.freeze()


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


@pytest.fixture(scope="session")
def demo_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of `nhacviec demo`, one for all test processes. Not to be changed: tests.demonstration copies it."""
    own = tmp_path_factory.getbasetemp()
    return demonstration.built(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(autouse=True)
def no_canary_sings(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test, whatever it is about, may have a token or somebody's words logged at any level (see tests/canary.py).

    Tests of the logging itself build and break their own walls: their module says `OWN_WALLS = True`.
    """
    if getattr(request.module, "OWN_WALLS", False):
        yield
        return
    with canary.listening() as heard:
        yield
    assert not heard.leaked(), "a secret or somebody's words were logged"
