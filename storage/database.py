"""The database: how it is opened, and the turn, one transaction that reads, decides, writes and queues."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel import Session, create_engine

from bot.chat.platform import Limits
from storage import postgresql
from storage.connection import connect
from storage.store import Store

T = TypeVar("T")
Work = Callable[[Store], T]

# SQLite 3.7.0–3.51.2 can corrupt a WAL database with two writing connections ("WAL-reset" defect, sqlite.org/wal.html);
# fixed in 3.51.3 and in the 3.50.7 and 3.44.6 backports.
_FIXED = ((3, 51, 3),)
_BACKPORTS = ((3, 50, 7), (3, 44, 6))

# Seconds between the tries of a turn that lost a race against another process. Who wins goes on, so one soon wins.
_AGAIN = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)

_FAULTS = tuple(f"SQLITE_{name}" for name in ("FULL", "READONLY", "IOERR", "BUSY", "LOCKED", "CANTOPEN", "CORRUPT", "NOTADB"))


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> tuple[str, str]:
    """(journal_mode, synchronous) that loses no acknowledged commit on this SQLite, also at a power cut."""
    sound = version >= _FIXED[0] or any(version[:2] == good[:2] and version >= good for good in _BACKPORTS)
    return ("WAL", "FULL") if sound else ("DELETE", "EXTRA")


class CannotStore(Exception):
    """The disk (or the database's server), not the program, is at fault. The message is SQLite's or PostgreSQL's name for it.

    Nothing of the turn was kept; only when the line to a server broke during the commit itself, all of it may have been. Every
    effect has a key of its own, so that doing it again is right in both cases.
    """


class Database:
    """The bot's database: one turn of this process at a time, and on a server none that another process's turn disturbed, so
    that nothing is ever decided on a stale reading."""

    def __init__(self, url: str, limits: Mapping[str, Limits]) -> None:
        parsed = _prepared(url)
        more: dict[str, Any] = postgresql.ENGINE
        if parsed.get_backend_name() == "sqlite":
            parsed = parsed.set(drivername="sqlite+aiosqlite")
            more = {"connect_args": {"async_creator_fn": connect}}
        self._engine: AsyncEngine = create_async_engine(parsed, pool_size=1, max_overflow=0, hide_parameters=True, **more)
        _listen(self._engine.sync_engine)
        self.file = file_of(url)
        self._limits = limits
        self._lock = asyncio.Lock()

    @property
    def engine(self) -> Engine:
        """The engine below, for tests that make the disk fail."""
        return self._engine.sync_engine

    async def turn(self, work: Work[T]) -> T:
        """Run `work` in one transaction and commit it. Whatever it raises rolls everything back and is raised again; what the
        disk is to blame for (full, read-only, locked, damaged) as CannotStore. On a server `work` may be run several times,
        until it did not collide with another process: it may change the store only.

        Being cancelled does not leave the outcome unknown: the commit is waited for first (measured: 26 of 49 commits
        cancelled half-way had happened anyway).
        """
        task = asyncio.ensure_future(self._turn(work))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            raise

    async def _turn(self, work: Work[T]) -> T:
        with _disk_to_blame():
            async with self._lock:
                for wait in _AGAIN:
                    try:
                        return await self._once(work)
                    except DBAPIError as error:
                        if not postgresql.collided(error):
                            raise
                    await asyncio.sleep(wait)
                return await self._once(work)

    async def _once(self, work: Work[T]) -> T:
        def whole(plain: Any) -> T:
            """Begin, commit and close are said here, too: each said from outside is a crossing of its own."""
            with plain, plain.begin():
                return work(Store(_sqlmodel(plain), self._limits))

        return await AsyncSession(self._engine, expire_on_commit=False).run_sync(whole)

    async def vacuum(self) -> None:
        """Have the database written anew, without anything that was deleted; SQLite's write-ahead log is emptied, too."""
        with _disk_to_blame():
            if self._engine.dialect.name != "sqlite":
                async with self._lock, self._engine.connect() as connection:
                    await connection.execution_options(isolation_level="AUTOCOMMIT")
                    await connection.exec_driver_sql("VACUUM FULL")
                return
            async with self._lock, self._engine.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                # Not through SQLAlchemy: it would say BEGIN first, and VACUUM cannot run in a transaction.
                for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    # Closed: the thread holds it until asked again, and while its rows are unread nothing can be committed.
                    await (await driver.execute(statement)).close()

    async def close(self) -> None:
        """Close the connections; without it the process would never end."""
        await self._engine.dispose()


class PlainDatabase:
    """The same database for the command line and for tools: synchronous, same rules."""

    def __init__(self, url: str, limits: Mapping[str, Limits]) -> None:
        parsed = _prepared(url)
        more = {} if parsed.get_backend_name() == "sqlite" else postgresql.ENGINE
        self.engine: Engine = create_engine(parsed, hide_parameters=True, **more)
        _listen(self.engine)
        self._limits = limits

    def turn(self, work: Work[T]) -> T:
        """Run `work` in one transaction and commit it; again, on a server, when it collided with another process."""
        for wait in _AGAIN:
            try:
                return self._once(work)
            except DBAPIError as error:
                if not postgresql.collided(error):
                    raise
            time.sleep(wait)
        return self._once(work)

    def _once(self, work: Work[T]) -> T:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return work(Store(session, self._limits, actor="cli"))

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()


def file_of(url: str) -> Path | None:
    """The SQLite file behind a URL; None for another database or one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


@contextlib.contextmanager
def _disk_to_blame() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if fault := _fault(error):
            raise CannotStore(fault) from error
        raise


def _fault(error: DBAPIError) -> str:
    """SQLite's name for a fault of the disk ("SQLITE_FULL"), PostgreSQL's code for one of the server, or ""."""
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    return name if name.startswith(_FAULTS) else postgresql.fault(error)


def _prepared(url: str) -> URL:
    """The URL with its driver, and with the folder of an SQLite file made.

    Raises sqlalchemy.exc.ArgumentError for what is no URL, NoSuchModuleError for a kind of database we do not work with.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() in postgresql.NAMES:
        return postgresql.prepared(parsed)
    if parsed.get_backend_name() != "sqlite":
        raise NoSuchModuleError(f"Can't load plugin: {parsed.get_backend_name()}")
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    return parsed


def _sqlmodel(session: Any) -> Session:
    """AsyncSession works on a plain SQLAlchemy session; SQLModel's differs only in `exec`, which the store does not use."""
    return session  # type: ignore[no-any-return]


def _listen(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        postgresql.listen(engine)
        return
    journal, synchronous = journal_mode()

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's own is deferred and loses updates
        cursor = connection.cursor()
        for pragma, value in (
            ("busy_timeout", "10000"),
            ("journal_mode", journal),
            ("synchronous", synchronous),
            ("foreign_keys", "ON"),
            ("secure_delete", "ON"),
        ):
            cursor.execute(f"PRAGMA {pragma}={value}")
        for pragma, wanted in (("synchronous", {"FULL": 2, "EXTRA": 3}[synchronous]), ("foreign_keys", 1)):
            cursor.execute(f"PRAGMA {pragma}")
            found = cursor.fetchone()[0]
            if found != wanted:
                raise RuntimeError(f"SQLite refused PRAGMA {pragma}={wanted}, it has {found}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
