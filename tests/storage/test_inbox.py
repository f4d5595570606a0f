"""The inbox: no lane hides another, nothing kills us twice too often, nothing is unstorable."""

from __future__ import annotations

from datetime import timedelta

from storage.database import PlainDatabase
from storage.store import Store
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
