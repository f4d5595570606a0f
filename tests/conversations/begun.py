"""The database as a conversation finds it, with a plan loaded and armed and nobody there yet: made once, then copied.

Making tables and reading the plan takes as long as many a conversation.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlmodel import SQLModel

from bot import plans
from bot.channels import LIMITS
from storage.database import PlainDatabase
from storage.days import shipped_days
from storage.store import Store


def begin(database: PlainDatabase, at: datetime, plan: str = "", *, days: bool = True) -> None:
    """In an empty database. `plan`: its source, else the seed plan's; `days`: with the table of special days."""

    def load(store: Store) -> None:
        plan_id, read = store.plans.add(plan or plans.SEED.read_text(encoding="utf-8"), at)
        store.units.sync(read.units)
        store.rounds.arm(plan_id, read, at.year, at.date())
        for day in shipped_days() if days else ():
            store.special_days.put(day)

    SQLModel.metadata.create_all(database.engine)
    database.turn(load)


@cache
def begun(at: datetime, plan: str = "", *, days: bool = True) -> bytes:
    """The file `begin` makes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "begun.db"
        database = PlainDatabase(f"sqlite:///{file}", LIMITS)
        begin(database, at, plan, days=days)
        database.close()
        return file.read_bytes()
