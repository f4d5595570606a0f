"""The usual fixtures on PostgreSQL. Without a server's programs on this machine: skipped. On CI: an error."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.channels import LIMITS
from bot.chat.messages import PlatformName
from storage.database import PlainDatabase
from tests.people import Town, local, town
from tests.postgres import server
from tests.postgres.server import EMPTY, MIGRATED, Server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for all tests of this process."""
    found = server.programs()
    if found is None:
        if "CI" in os.environ:
            pytest.fail("no PostgreSQL on this machine: apt-get install postgresql")
        pytest.skip("no PostgreSQL on this machine: install it (apt install postgresql)")
    with server.running(found) as running:
        yield running


@pytest.fixture
def url(request: pytest.FixtureRequest, postgres: Server) -> Iterator[str]:
    """A database of the test's own, migrated already where the test asks for one."""
    with postgres.database(MIGRATED if "database" in request.fixturenames else EMPTY) as url:
        yield url


@pytest.fixture
def database(url: str) -> Iterator[PlainDatabase]:
    database = PlainDatabase(url, LIMITS)
    yield database
    database.close()


@pytest.fixture
async def spring(tmp_path: Path, postgres: Server) -> AsyncIterator[Town]:
    """As in tests/conftest.py."""
    with postgres.database(MIGRATED) as url:
        async with town(tmp_path, local(2026, 3, 30), url=url) as place:
            yield place


@pytest.fixture
def platform() -> PlatformName:
    """One is enough: what differs between them never reaches the database."""
    return "telegram"
