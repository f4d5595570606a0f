"""aiosqlite, but crossing to its thread only for what may wait: taking the lock and syncing to the disk.

aiosqlite hands each call to a thread: a turn of two statements crosses some twenty times, which took most of its time. What
SQLite answers from memory in microseconds is asked here and now instead; BEGIN (another process may hold the lock), COMMIT
(the sync), ROLLBACK, VACUUM and all else still go through the thread, so the loop never waits for lock or disk. Only one
turn is ever under way (storage.database), so the two threads never use the connection at the same time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

_AT_ONCE = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that answers at once what needs no waiting."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._connection is not None and _at_once(fn, args):
            return fn(*args, **kwargs)
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]


def connect(database: str, **kwargs: Any) -> Connection:
    """A connection as SQLAlchemy's aiosqlite dialect expects it from `async_creator_fn`; opened when awaited."""
    connection = Connection(lambda: sqlite3.connect(database, **kwargs | {"check_same_thread": False}), iter_chunk_size=64)
    connection._thread.daemon = True  # as the dialect does: an engine nobody closed must not keep the process alive
    return connection


def _at_once(fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
    owner, name = getattr(fn, "__self__", None), getattr(fn, "__name__", "")
    if isinstance(owner, sqlite3.Cursor):
        return not name.startswith("execute") or (isinstance(args[0], str) and args[0].lstrip().startswith(_AT_ONCE))
    return isinstance(owner, sqlite3.Connection) and name == "cursor"
