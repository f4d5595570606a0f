"""aiosqlite, but crossing to its thread only for what may wait: a lock somebody else holds, and syncing to the disk.

aiosqlite hands each call to a thread: a turn of two statements crosses some twenty times, which took most of its time. What
SQLite answers from memory in microseconds is asked here and now instead: reading, writing, the end of a transaction that
only read (there is nothing to sync), and BEGIN as long as nobody else holds the lock. BEGIN against a lock, COMMIT of
something written, ROLLBACK, VACUUM and all else still go through the thread, so the loop never waits for lock or disk. Only
one turn is ever under way (storage.database), so the two threads never use the connection at the same time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

_AT_ONCE = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
_BEGIN = "BEGIN IMMEDIATE"


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that answers at once what needs no waiting."""

    _only_read = False  # since BEGIN

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        raw = self._connection
        owner, name = getattr(fn, "__self__", None), getattr(fn, "__name__", "")
        if raw is None:
            return await self._across(fn, *args, **kwargs)
        if isinstance(owner, sqlite3.Cursor):
            if not name.startswith("execute"):
                return fn(*args, **kwargs)
            sql = args[0].lstrip() if isinstance(args[0], str) else ""
            if sql == _BEGIN:
                self._only_read = True
                return _begun(raw, fn, args) or await self._across(fn, *args, **kwargs)
            self._only_read = self._only_read and sql.startswith("SELECT")
            if sql.startswith(_AT_ONCE):
                return fn(*args, **kwargs)
        elif isinstance(owner, sqlite3.Connection):
            # A commit of nothing, or a rollback after the end of a transaction (the pool makes sure), touches no disk.
            nothing = not raw.in_transaction or (name == "commit" and self._only_read)
            if name == "cursor" or (nothing and name in ("commit", "rollback")):
                return fn(*args, **kwargs)
        return await self._across(fn, *args, **kwargs)

    async def _across(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]


def connect(database: str, **kwargs: Any) -> Connection:
    """A connection as SQLAlchemy's aiosqlite dialect expects it from `async_creator_fn`; opened when awaited."""
    connection = Connection(lambda: sqlite3.connect(database, **kwargs | {"check_same_thread": False}), iter_chunk_size=64)
    connection._thread.daemon = True  # as the dialect does: an engine nobody closed must not keep the process alive
    return connection


def _begun(raw: sqlite3.Connection, execute: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """BEGIN without waiting: what it returns, or None while somebody else holds the lock."""
    (patience,) = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute("PRAGMA busy_timeout=0")
    try:
        return execute(*args)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return None
    finally:
        raw.execute(f"PRAGMA busy_timeout={patience}")
