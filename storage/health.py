"""Is the database in order? Only reads; for `doctor`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, text
from sqlmodel import col, select

from storage import migrate
from storage.database import PlainDatabase, journal_mode
from storage.store import Store
from storage.tables import InboxRow

Schema = Literal["empty", "older", "current", "newer"]


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Which SQLite there is, and how it keeps what was committed. `wal`: this version may be trusted with it."""

    version: str
    journal: str
    synchronous: str

    @property
    def wal(self) -> bool:
        """Whether the write-ahead log is used."""
        return self.journal == "WAL"


def engine(url: str = "") -> Engine | None:
    """The SQLite of this process; None where the database is on a server."""
    if url and not url.startswith("sqlite"):
        return None
    journal, synchronous = journal_mode()
    return Engine(version=sqlite3.sqlite_version, journal=journal, synchronous=synchronous)


def schema(database: PlainDatabase) -> Schema:
    """How the database's schema compares with this program's."""
    scripts = ScriptDirectory.from_config(migrate.config())
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        return "empty"
    if current == scripts.get_current_head():
        return "current"
    return "older" if current in {script.revision for script in scripts.walk_revisions()} else "newer"


def server(store: Store) -> str:
    """The server's name and version ("PostgreSQL 15.18"), which looks after its data itself; "" for SQLite."""
    if store.session.get_bind().dialect.name == "sqlite":
        return ""
    return f"PostgreSQL {store.session.execute(text('SHOW server_version')).scalar_one()}"


def faults(store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(damaged pages, broken references) as SQLite names them, at most ten each."""
    damaged = [str(row[0]) for row in store.session.execute(text("PRAGMA integrity_check(10)"))]
    broken = [f"{row[0]} → {row[2]}" for row in store.session.execute(text("PRAGMA foreign_key_check"))]
    return tuple(found for found in damaged if found != "ok"), tuple(dict.fromkeys(broken))[:10]


def inbox(store: Store) -> dict[str, int]:
    """How many updates are in each state."""
    query = select(InboxRow.state, func.count(col(InboxRow.id))).group_by(InboxRow.state)
    return {row[0]: row[1] for row in store.session.execute(query)}
