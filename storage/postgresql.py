"""PostgreSQL: how the bot's connections to a server are set up, and what the server's error codes mean.

The driver (psycopg, the extra `postgres`) is imported by SQLAlchemy, and only when DATABASE_URL names a server.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError

NAMES = ("postgresql", "postgres")

# Turns of several processes may overlap, and each must decide as if it were alone. A connection the server closed meanwhile
# is found out before a turn begins.
ENGINE: dict[str, Any] = {"isolation_level": "SERIALIZABLE", "pool_pre_ping": True}

# A dead line is given up within half a minute (libpq's own answer is: two hours); what the URL says wins.
_LINE = {"connect_timeout": "10", "keepalives_idle": "20", "tcp_user_timeout": "30000"}

# Zone: a moment near the end of time must not overflow in another. Commits: acknowledged when on disk, whatever the server's
# own setting (a replicated server's stricter one stays). Locks: waited for as long as on SQLite.
_SESSION = (
    "SELECT set_config('TimeZone', 'UTC', false), set_config('lock_timeout', '10s', false), "
    "set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), false)"
)

# Two turns got into each other's way; the one told so may simply be run again.
_COLLISIONS = ("40001", "40P01")

# By class: connection, resources, operator, system. Single: read-only, lock not to be had, damaged data or index.
_FAULTS = ("08", "53", "57", "58", "25006", "55P03", "XX001", "XX002", *_COLLISIONS)


def prepared(url: URL) -> URL:
    """The URL with our driver, the same for turns and for the command line, and with a limit to waiting for a dead line."""
    return url.set(drivername="postgresql+psycopg", query=_LINE | dict(url.query))


def listen(engine: Engine) -> None:
    """Set up every connection, store what no text there may hold, and keep what people wrote out of errors."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(_SESSION)
        cursor.close()
        connection.commit()

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _storable(connection: Any, cursor: Any, statement: str, given: Any, context: Any, many: bool) -> tuple[str, Any]:
        return statement, _without_nul(given)

    @event.listens_for(engine, "handle_error")
    def _wordless(context: ExceptionContext) -> None:
        """The server's DETAIL quotes whole rows, and errors are logged: only its first line stays."""
        said = getattr(getattr(context.original_exception, "diag", None), "message_primary", None)
        if said and isinstance(context.sqlalchemy_exception, DBAPIError):
            context.original_exception.args = (said,)
            kind = type(context.original_exception)
            context.sqlalchemy_exception.args = (f"({kind.__module__}.{kind.__name__}) {said}",)


def _without_nul(given: Any) -> Any:
    """Statements' values with U+FFFD for U+0000, which JSON and SQLite allow, and PostgreSQL in no text."""
    match given:
        case str() if "\0" in given:
            return given.replace("\0", "\ufffd")
        case dict():
            return {name: _without_nul(value) for name, value in given.items()}
        case list() | tuple():
            return [_without_nul(value) for value in given]
        case _:
            return given


def collided(error: DBAPIError) -> bool:
    """Whether the turn only lost a race, and nothing of it was kept."""
    return getattr(error.orig, "sqlstate", None) in _COLLISIONS


def fault(error: DBAPIError) -> str:
    """The server's code where it or the line to it is at fault, else ""."""
    code = getattr(error.orig, "sqlstate", "")
    if code is None:  # psycopg's errors without a code are those of a server that was not reached, or is gone
        return "no connection" if isinstance(error, OperationalError) else ""
    return f"SQLSTATE {code}" if code.startswith(_FAULTS) else ""
