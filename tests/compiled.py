"""What SQLAlchemy made of a statement serves all tests of a process: each opens a database of its own, whose engine would
begin with nothing and compile the same statements anew, a fifth of the time of a short test.

A compiled statement is kept for its dialect, and an engine has one of its own: two of one class, which all our engines
make with the same arguments, count as one here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

from storage import database

_KEPT: LRUCache[Any, Any] = LRUCache(2000)


def share() -> None:
    """For every database opened from now on."""
    SQLiteDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign,assignment]
    SQLiteDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign]
    database.create_engine = _sharing(database.create_engine)
    database.create_async_engine = _sharing(database.create_async_engine)


def _sharing(create: Callable[..., Any]) -> Callable[..., Any]:
    def created(*args: Any, **options: Any) -> Any:
        engine = create(*args, **options)
        getattr(engine, "sync_engine", engine)._compiled_cache = _KEPT
        return engine

    return created
