"""Erasing people from the copies of the database we keep: backups, and what a restore set aside."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from datetime import datetime
from pathlib import Path

from storage import backup, health, tombstones
from storage.database import PlainDatabase

log = logging.getLogger(__name__)


def erase(data: Path, marks: tuple[str, ...], now: datetime) -> int:
    """Erase everybody with a tombstone from every copy of today's schema; how many copies were changed.

    A copy that cannot be changed stays as it is: the tombstones catch up with it when it is restored.
    """
    changed = 0
    for file in (*(path for _, path in backup.taken(data / backup.FOLDER)), *sorted((data / backup.REPLACED).glob("*/*.db"))):
        try:
            _fold(file)
            changed += backup.amend(file, file.parent, lambda draft: _erase(draft, marks, now))
        except (OSError, sqlite3.Error, backup.Unsound) as error:
            log.warning("an old copy could not be changed error=%s", type(error).__name__)
    return changed


def _fold(file: Path) -> None:
    """What a restore set aside may have its journal beside it, which belongs into it and holds people, too."""
    if any(file.with_name(f"{file.name}{end}").exists() for end in ("-wal", "-journal")):
        with contextlib.closing(sqlite3.connect(file, timeout=10)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _erase(draft: Path, marks: tuple[str, ...], now: datetime) -> bool:
    database = PlainDatabase(f"sqlite:///{draft}", {})
    try:
        if health.schema(database) != "current":
            return False
        if not database.turn(lambda store: tombstones.replay(store, marks, now)):
            return False
        connection = database.engine.raw_connection()
        try:
            connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]
        finally:
            connection.close()
        return True
    finally:
        database.close()
