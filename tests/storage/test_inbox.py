"""The inbox: no lane hides another, nothing kills us twice too often, nothing is unstorable."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from bot.channels import LIMITS
from bot.chat.messages import ChatRef
from bot.platforms.telegram import Telegram
from handlers.intake import Intake
from storage import migrate
from storage.database import Database, PlainDatabase
from storage.store import Store
from storage.tables import InboxRow
from tests.storage.conftest import NOW


def test_a_chat_that_waits_with_hundreds_of_messages_hides_no_other(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        store.inbox.add("telegram", [(str(n), "1001", {"n": n}) for n in range(1, 301)], NOW)
        store.inbox.add("telegram", [("301", "1002", {"n": 301})], NOW)
        first = store.inbox.waiting(NOW)
        assert first is not None
        assert store.inbox.attempt(first) is not None
        store.inbox.failed(first, "ValueError", NOW)
        other = store.inbox.waiting(NOW)
        assert other is not None
        received = store.inbox.attempt(other)
        assert received is not None
        assert received.lane == "telegram:1002"

    database.turn(turn)


def test_an_update_that_killed_the_process_three_times_is_called_deadly(database: PlainDatabase) -> None:
    def attempt(store: Store) -> bool:
        waiting = store.inbox.waiting(NOW)
        assert waiting is not None
        received = store.inbox.attempt(waiting)
        assert received is not None
        return received.deadly

    database.turn(lambda store: store.inbox.add("telegram", [("1", "1001", {})], NOW))
    assert [database.turn(attempt) for _ in range(4)] == [False, False, False, True]


def test_an_update_that_failed_in_good_order_is_not_deadly(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        store.inbox.add("telegram", [("1", "1001", {})], NOW)
        now = NOW
        for _ in range(6):
            waiting = store.inbox.waiting(now)
            assert waiting is not None
            received = store.inbox.attempt(waiting)
            assert received is not None
            assert not received.deadly
            store.inbox.failed(waiting, "KeyError", now)
            now += timedelta(minutes=10)

    database.turn(turn)


def test_half_a_surrogate_pair_is_kept_as_well_as_can_be(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        store.inbox.add("telegram", [("1", "1001", {"text": "ab\ud83dcd"})], NOW)
        waiting = store.inbox.waiting(NOW)
        assert waiting is not None
        received = store.inbox.attempt(waiting)
        assert received is not None
        assert received.raw["text"].startswith("ab")

    database.turn(turn)


def test_what_came_while_the_clock_was_ahead_is_handled_at_once(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        store.inbox.add("telegram", [("1", "1001", {})], NOW + timedelta(days=30))
        assert store.inbox.waiting(NOW) is not None

    database.turn(turn)


def test_people_we_know_are_handled_before_any_number_of_strangers(database: PlainDatabase) -> None:
    def turn(store: Store) -> list[str]:
        person = store.people.add(name="Trần Thị Lan", honorific="chị", phone="", now=NOW)
        store.people.add_address(person.id, ChatRef(platform="telegram", chat_id="7"), "7", NOW)
        store.inbox.add("telegram", [(f"s{n}", f"stranger {n}", {}) for n in range(20)], NOW)
        store.inbox.add("telegram", [("lan 1", "7", {}), ("lan 2", "7", {})], NOW)
        order = []
        while (id_ := store.inbox.waiting(NOW)) is not None:
            received = store.inbox.attempt(id_)
            assert received is not None
            order.append(received.key)
            store.inbox.done(id_)
        return order

    assert database.turn(turn) == ["lan 1", "lan 2", *(f"s{n}" for n in range(20))]


async def test_a_strangers_flood_leaves_few_rows_and_nobody_else_is_cut_short(url: str, tmp_path: Path) -> None:
    plain = PlainDatabase(url, LIMITS)
    migrate.upgrade(plain.engine)

    def known(store: Store) -> None:
        person = store.people.add(name="Trần Thị Lan", honorific="chị", phone="", now=NOW)
        store.people.add_address(person.id, ChatRef(platform="telegram", chat_id="7"), "7", NOW)

    plain.turn(known)
    database, clock = Database(url, LIMITS), [NOW]
    telegram = Telegram("700000001:token", files_root=tmp_path)
    intake = Intake(database, {"telegram": telegram}, lambda _: None, lambda: clock[0], tmp_path, lambda: None)  # type: ignore[arg-type,return-value]

    def said(number: int, by: int) -> tuple[str, dict[str, object]]:
        who = {"id": by, "is_bot": False, "first_name": "x"}
        message = {"message_id": number, "date": 1, "text": "hi", "chat": {"id": by, "type": "private"}, "from": who}
        return str(number), {"update_id": number, "message": message}

    async def kept() -> Counter[str]:
        return Counter(await database.turn(lambda store: list(store.session.scalars(select(InboxRow.lane)))))

    await intake.take("telegram", [said(n, 666) for n in range(500)])
    await intake.take("telegram", [said(1000 + n, 7 if n % 2 else 8) for n in range(100)])
    assert await kept() == {"666": 30, "7": 50, "8": 30}
    assert await database.turn(lambda store: store.inbox.last_key("telegram")) == "1099", "polling goes on behind it"
    await intake.take("telegram", [said(2000, 666)])
    assert (await kept())["666"] == 30
    clock[0] = NOW + timedelta(hours=1)
    await intake.take("telegram", [said(2001, 666)])
    assert (await kept())["666"] == 31, "in an hour they may try again"
    await database.close()
    plain.close()
