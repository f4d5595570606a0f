"""Turns on PostgreSQL: those of several processes never decide on a stale reading, and a server that goes is not our defect."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bot.channels import LIMITS
from bot.chat.messages import ChatRef
from storage import audit
from storage.database import CannotStore, Database, PlainDatabase
from storage.store import Store
from tests.postgres import server
from tests.postgres.server import MIGRATED, Server
from tests.storage.conftest import NOW
from tests.storage.test_outbox import MINH, claim, say
from tests.storage.test_turns import (  # noqa: F401
    _count,
    test_a_cancelled_turn_has_ended_one_way_or_the_other_before_the_caller_goes_on,
    test_a_row_without_its_parent_is_refused,
    test_fifty_turns_at_once_count_to_fifty,
    test_what_a_turn_raises_undoes_all_of_it,
)


async def test_a_turn_that_lost_a_race_is_run_again(url: str, database: PlainDatabase) -> None:
    bot = Database(url, LIMITS)
    seen: list[int] = []

    def late(store: Store) -> int:
        count = int(store.meta.get("count") or 0)
        if not seen:
            database.turn(_count)  # another process counts after we have looked
        seen.append(count)
        store.meta.put("count", str(count + 1))
        return count + 1

    assert await bot.turn(late) == 2
    assert seen == [0, 1]
    await bot.close()


async def test_who_always_loses_is_told_so_and_nothing_is_kept(url: str, database: PlainDatabase) -> None:
    bot = Database(url, LIMITS)
    tries = 0

    def never(store: Store) -> None:
        nonlocal tries
        tries += 1
        store.meta.get("count")
        database.turn(_count)
        store.meta.put("count", "0")

    with pytest.raises(CannotStore, match="40001"):
        await bot.turn(never)
    assert await bot.turn(lambda store: store.meta.get("count")) == str(tries)
    await bot.close()


def test_the_command_line_goes_round_the_bot(url: str, database: PlainDatabase) -> None:
    """Both write the audit chain: each link's number is one more than the last one seen."""
    other, start, many = PlainDatabase(url, LIMITS), Barrier(2), 60

    def work(each: PlainDatabase) -> None:
        start.wait(10)
        for n in range(many):
            each.turn(lambda store, n=n: store.audit.note("tried", f"unit:{n}"))  # type: ignore[misc]

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, (database, other)))
    other.close()
    verdict = database.turn(lambda store: store.audit.check())
    assert verdict.sound and verdict.head.number == 2 * many


async def test_two_workers_never_claim_the_same_message(url: str, database: PlainDatabase) -> None:
    chats = [ChatRef(platform="telegram", chat_id=str(n)) for n in range(40)]
    database.turn(lambda store: [say(store, "một", chat) for chat in chats])
    workers = [Database(url, LIMITS) for _ in range(2)]
    claimed: list[int] = []

    async def work(worker: Database) -> None:
        while (found := await worker.turn(claim)) is not None:
            claimed.append(found.id)

    await asyncio.gather(*map(work, workers))
    assert len(claimed) == len(set(claimed)) == len(chats)
    for worker in workers:
        await worker.close()


async def test_two_pollers_keep_an_update_once(url: str, database: PlainDatabase) -> None:
    workers = [Database(url, LIMITS) for _ in range(2)]
    batches = [[(str(n), "1001", {"n": n})] for n in range(40)]

    async def work(worker: Database) -> int:
        return sum([await worker.turn(lambda store, b=batch: store.inbox.add("telegram", b, NOW)) for batch in batches])  # type: ignore[misc]

    assert sum(await asyncio.gather(*map(work, workers))) == len(batches)
    for worker in workers:
        await worker.close()


@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET subject = 'unit:1'", "TRUNCATE audit"])
def test_the_database_itself_refuses_to_change_or_take_out_a_row(database: PlainDatabase, statement: str) -> None:
    database.turn(lambda store: store.audit.note("tried", "unit:5"))
    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text(statement))
    assert database.turn(lambda store: store.audit.check()).head.number == 1


def test_what_somebody_with_more_rights_changed_is_found(database: PlainDatabase) -> None:
    for n in range(3):
        database.turn(lambda store, n=n: store.audit.note("tried", f"unit:{n}"))  # type: ignore[misc]
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE audit SET subject = 'unit:9' WHERE number = 2"))
    verdict = database.turn(lambda store: store.audit.check())
    assert (verdict.broken, verdict.fault) == (2, "changed")
    with database.engine.begin() as connection:
        audit.guard(connection)  # as at the next migration
    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit"))


def test_an_error_quotes_nobody(database: PlainDatabase, caplog: pytest.LogCaptureFixture) -> None:
    """By itself the server says: Key (key)=(…) already exists."""
    words = " ".join(["Lan", "says", "so"])  # not as they stand in this source: a traceback quotes that, too
    database.turn(lambda store: say(store, "một", key=words))
    with pytest.raises(IntegrityError) as raised:
        database.turn(lambda store: say(store, "một", MINH, key=words))
    logging.getLogger("storage").error("failed", exc_info=raised.value)
    assert words not in caplog.text and words not in str(raised.value.orig)
    assert "duplicate key" in caplog.text


def test_a_nul_is_stored_as_well_as_can_be(database: PlainDatabase) -> None:
    """JSON may hold one, and anybody can press a button nobody made."""

    def turn(store: Store) -> None:
        chat = ChatRef(platform="zalo", chat_id="a\0")
        assert store.inbox.add("zalo", [("k\0", "a\0", {"text": "x\0"})], NOW) == 1
        assert store.inbox.add("zalo", [("k\0", "a\0", {"text": "x\0"})], NOW) == 0
        assert store.offers.pressed(chat, "\0") is None
        say(store, "một\0", chat)
        assert claim(store) is not None

    database.turn(turn)


@pytest.fixture
def own() -> Iterator[Server]:
    """A server of the test's own, to be stopped."""
    found = server.programs()
    assert found is not None
    with server.running(found) as running:
        yield running


async def test_a_server_that_goes_and_comes_back(postgres: Server, own: Server) -> None:
    bot = Database(own.url(MIGRATED), LIMITS)
    plain = PlainDatabase(own.url(MIGRATED), LIMITS)

    def dies(store: Store) -> None:
        _count(store)
        own.stop()
        store.meta.get("count")

    assert await bot.turn(_count) == 1
    with pytest.raises(CannotStore):
        await bot.turn(dies)
    with pytest.raises(CannotStore, match="no connection"):
        await bot.turn(_count)
    with pytest.raises(OperationalError):
        plain.turn(_count)
    own.start()
    assert await bot.turn(_count) == 2, "what was not committed is not there"
    assert plain.turn(_count) == 3
    own.stop()
    own.start()
    assert await bot.turn(_count) == 4, "a connection lost between two turns costs none"
    await bot.close()
    plain.close()


async def test_a_full_or_read_only_server_is_to_blame_itself(url: str, database: PlainDatabase) -> None:
    bot = Database(url, LIMITS)
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    with pytest.raises(CannotStore, match="25006"):
        await bot.turn(_count)
    await bot.close()


async def test_every_session_is_set_up_as_it_must_be(url: str, database: PlainDatabase, postgres: Server) -> None:
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        connection.execute(text(f"ALTER DATABASE {name} SET timezone = 'Asia/Ho_Chi_Minh'"))
    bot, plain = Database(url, LIMITS), PlainDatabase(url, LIMITS)
    wanted = {"transaction_isolation": "serializable", "synchronous_commit": "on", "TimeZone": "UTC", "lock_timeout": "10s"}

    def shown(store: Store) -> dict[str, str]:
        return {name: store.session.execute(text(f"SHOW {name}")).scalar_one() for name in wanted}

    assert await bot.turn(shown) == plain.turn(shown) == wanted
    await bot.close()
    plain.close()


async def test_the_database_can_be_written_anew(url: str, database: PlainDatabase) -> None:
    bot = Database(url, LIMITS)
    await bot.turn(_count)
    await bot.vacuum()
    assert await bot.turn(_count) == 2
    with contextlib.suppress(CannotStore):
        await bot.close()
