"""A turn and the disk: a cancelled caller knows whether it was committed; what is committed is flushed."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlmodel import SQLModel

from bot.channels import LIMITS
from storage.database import Database, PlainDatabase
from tests.reliability.figures import Figure, most

CANCELLED = 60


def run(long: bool = False, say: Callable[[str], None] = print) -> list[Figure]:
    """Cancel a turn at every step of its commit; then ask the database how it flushes."""
    return asyncio.run(_run())


async def _run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'nhacviec.db'}"
        plain = PlainDatabase(url, LIMITS)
        SQLModel.metadata.create_all(plain.engine)
        with plain.engine.connect() as connection:
            journal = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()).upper()
            level = int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
        plain.close()
        database = Database(url, LIMITS)
        changed = 0
        for number in range(CANCELLED):
            task = asyncio.create_task(database.turn(lambda store, n=number: store.meta.put(f"n{n}", "in")))  # type: ignore[misc]
            for _ in range(number):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            first = _there(url, number)
            await asyncio.sleep(0.01)
            changed += _there(url, number) != first
        await database.close()
    safe = (journal, level) in (("WAL", 2), ("DELETE", 3))
    return [
        most("turns", f"of {CANCELLED} cancelled turns, committed behind their caller's back", changed, 0),
        Figure(part="turns", what="journal, synchronous", reached=f"{journal} {level}", required="WAL 2 or DELETE 3", ok=safe),
    ]


def _there(url: str, number: int) -> bool:
    import sqlite3

    with sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0.05) as connection:
        try:
            return connection.execute("SELECT 1 FROM meta WHERE key = ?", (f"n{number}",)).fetchone() is not None
        except sqlite3.OperationalError:  # being written this very moment
            return False
