"""A turn and the disk: a cancelled caller knows whether it was committed; what is committed is flushed."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest import mock

from sqlmodel import SQLModel

from bot.channels import LIMITS
from storage import connection
from storage.database import Database, PlainDatabase
from tests.reliability.figures import Figure, least, most

CANCELLED = 60

# Seconds: a commit on a slow disk, and how much later each turn is cancelled than the one before.
COMMIT, STEP = 0.02, 0.0005


class _SlowDisk(sqlite3.Connection):
    """A connection whose commits take their time, so that a turn can be cancelled in the middle of one."""

    committing = False

    def commit(self) -> None:
        type(self).committing = True
        time.sleep(COMMIT)
        super().commit()
        type(self).committing = False


def run(long: bool = False, say: Callable[[str], None] = print) -> list[Figure]:
    """Cancel turns at every moment of their way; then ask the database how it flushes."""
    return asyncio.run(_run())


async def _run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'nhacviec.db'}"
        plain = PlainDatabase(url, LIMITS)
        SQLModel.metadata.create_all(plain.engine)
        with plain.engine.connect() as opened:
            journal = str(opened.exec_driver_sql("PRAGMA journal_mode").scalar_one()).upper()
            level = int(opened.exec_driver_sql("PRAGMA synchronous").scalar_one())
        plain.close()
        changed = cut_short = halfway = 0
        with mock.patch.object(connection.sqlite3, "connect", partial(sqlite3.connect, factory=_SlowDisk)):
            database = Database(url, LIMITS)
            for number in range(CANCELLED):
                task = asyncio.create_task(database.turn(lambda store, n=number: store.meta.put(f"n{n}", "in")))  # type: ignore[misc]
                await asyncio.sleep(number * STEP)
                halfway += _SlowDisk.committing
                task.cancel()
                await asyncio.wait([task])
                first = _there(url, number)
                await asyncio.sleep(2 * COMMIT)
                changed += _there(url, number) != first
                cut_short += not _there(url, number)
            await database.close()
    safe = (journal, level) in (("WAL", 2), ("DELETE", 3))
    return [
        least("turns", f"of {CANCELLED} cancelled turns, in the middle of their commit", halfway, 10),
        most("turns", "of them begun and not carried through", cut_short, 0),
        most("turns", "of them committed behind their caller's back", changed, 0),
        Figure(part="turns", what="journal, synchronous", reached=f"{journal} {level}", required="WAL 2 or DELETE 3", ok=safe),
    ]


def _there(url: str, number: int) -> bool:
    with sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0.05) as connection:
        try:
            return connection.execute("SELECT 1 FROM meta WHERE key = ?", (f"n{number}",)).fetchone() is not None
        except sqlite3.OperationalError:  # being written this very moment
            return False
