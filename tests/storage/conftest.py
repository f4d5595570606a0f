from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels import LIMITS
from storage import migrate
from storage.database import PlainDatabase

NOW = datetime(2026, 4, 20, 1, 30, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'nhacviec.db'}"


@pytest.fixture
def database(url: str) -> Iterator[PlainDatabase]:
    database = PlainDatabase(url, LIMITS)
    migrate.upgrade(database.engine)
    yield database
    database.close()
