"""A turn is one transaction: whole, known, and never on a stale reading."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from unittest import mock

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.channels import LIMITS
from bot.chat.messages import ChatRef
from storage.connection import Connection
from storage.database import Database, PlainDatabase, journal_mode
from storage.store import Store
from tests.storage.conftest import NOW


def _count(store: Store) -> int:
    count = int(store.meta.get("count") or 0) + 1
    store.meta.put("count", str(count))
    return count


async def test_fifty_turns_at_once_count_to_fifty(url: str, database: PlainDatabase) -> None:
    bot = Database(url, LIMITS)
    results = await asyncio.gather(*(bot.turn(_count) for _ in range(50)))
    await bot.close()
    assert sorted(results) == list(range(1, 51))


async def test_while_another_process_holds_the_lock_the_loop_goes_on(url: str, database: PlainDatabase) -> None:
    """Only this loop lets the lock go: had the turn waited for it on the loop, it would give up as locked."""
    bot = Database(url, LIMITS)
    await bot.turn(_count)
    assert database.engine.url.database is not None
    other = sqlite3.connect(database.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(bot.turn(_count))
    for _ in range(100):
        await asyncio.sleep(0.001)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    assert await waiting == 2
    await bot.close()


async def test_a_turn_crosses_to_the_thread_only_to_sync_what_it_wrote(url: str, database: PlainDatabase) -> None:
    bot = Database(url, LIMITS)
    await bot.turn(_count)
    with mock.patch.object(Connection, "_across", autospec=True, side_effect=Connection._across) as across:
        assert await bot.turn(lambda store: store.meta.get("count")) == "1"
        assert across.call_count == 0
        await bot.turn(_count)
        assert [call.args[1].__name__ for call in across.call_args_list] == ["commit"]
    await bot.close()


async def test_after_a_vacuum_a_turn_can_read_and_write(url: str, database: PlainDatabase) -> None:
    bot = Database(url, LIMITS)
    await bot.vacuum()
    assert await bot.turn(lambda store: store.meta.get("count")) is None
    assert await bot.turn(_count) == 1
    await bot.close()


async def test_what_a_turn_raises_undoes_all_of_it(url: str, database: PlainDatabase) -> None:
    def fails(store: Store) -> None:
        store.meta.put("half", "done")
        raise LookupError("no")

    bot = Database(url, LIMITS)
    with pytest.raises(LookupError):
        await bot.turn(fails)
    assert await bot.turn(lambda store: store.meta.get("half")) is None
    await bot.close()


async def test_a_cancelled_turn_has_ended_one_way_or_the_other_before_the_caller_goes_on(
    url: str, database: PlainDatabase
) -> None:
    bot = Database(url, LIMITS)
    for n in range(40):
        task = asyncio.create_task(bot.turn(lambda store, n=n: store.meta.put(f"n{n}", "in")))  # type: ignore[misc]
        for _ in range(n):
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):  # on a slow machine it may have ended before
            await task
        # Nothing is under way any more: what is there now stays the truth.
        first = await bot.turn(lambda store, n=n: store.meta.get(f"n{n}"))  # type: ignore[misc]
        await asyncio.sleep(0.005)
        assert await bot.turn(lambda store, n=n: store.meta.get(f"n{n}")) == first  # type: ignore[misc]
    await bot.close()


def test_a_row_without_its_parent_is_refused(database: PlainDatabase) -> None:
    with pytest.raises(IntegrityError):
        database.turn(lambda store: store.people.add_address(99, ChatRef(platform="zalo", chat_id="a"), "a", NOW))


def test_commits_survive_a_power_cut_on_this_sqlite(database: PlainDatabase) -> None:
    with database.engine.connect() as connection:
        journal = connection.execute(text("PRAGMA journal_mode")).scalar()
        synchronous = connection.execute(text("PRAGMA synchronous")).scalar()
    wanted, level = journal_mode()
    assert (str(journal).upper(), synchronous) == (wanted, {"FULL": 2, "EXTRA": 3}[level])


@pytest.mark.parametrize(
    ("version", "sound"),
    [((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 53, 0), True)],
)
def test_wal_is_used_only_where_its_reset_defect_is_mended(version: tuple[int, int, int], sound: bool) -> None:
    assert (journal_mode(version)[0] == "WAL") == sound
    assert sqlite3.sqlite_version_info >= (3, 35)
