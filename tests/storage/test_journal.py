"""The send journal: what stands in it was sent, whatever the database believes."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.messages import ChatRef, Outgoing
from storage import durable, gaps
from storage.database import PlainDatabase
from storage.journal import KEPT, NAME, Entry, Journal, Replayed, replay
from storage.store import Store
from tests.storage.conftest import NOW

LAN = ChatRef(platform="telegram", chat_id="1001")
MINUTE = timedelta(minutes=1)


def entry(key: str, at=NOW, id_: str = "7", on: str = "telegram") -> Entry:
    return Entry(key=key, on=on, id=id_, at=at)


def learn(database: PlainDatabase, journal: Journal) -> Replayed:
    return database.turn(lambda store: replay(store, journal.read()))


def add(database: PlainDatabase, key: str | None = None, text: str = "nhắc") -> int:
    return database.turn(lambda store: store.outbox.add(LAN, Outgoing(text=text), now=NOW, kind="push", key=key))


def states(database: PlainDatabase) -> dict[str, int]:
    return database.turn(lambda store: store.outbox.counts())


def heard(database: PlainDatabase) -> None:
    database.turn(lambda store: gaps.heard(store, "telegram", NOW))


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    entries = [entry("rung/a b/c"), entry("xyz #1/2", on="zalo", id_="a1"), entry("k >zalo", at=NOW + MINUTE)]
    for one in entries:
        journal.append(one)
    journal.note_restore("nhacviec-20260420T013000Z.db", NOW)
    past = Journal(tmp_path).read()
    assert past.entries == tuple(entries)
    assert (past.restores, past.torn) == (1, 0)


def test_every_torn_end_costs_at_most_the_line_it_tears(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for number in range(3):
        journal.append(entry(f"k{number}"))
    content = (tmp_path / NAME).read_bytes()
    for end in range(len(content)):
        (tmp_path / NAME).write_bytes(content[:end])
        again = Journal(tmp_path)
        whole = content[:end].count(b"\n")
        assert [one.key for one in again.read().entries] == [f"k{number}" for number in range(whole)]
        again.append(entry("after"))
        keys = [one.key for one in again.read().entries]
        # An end torn between the line and its line break is closed by the next append: then it is whole after all.
        assert keys in ([f"k{n}" for n in range(whole)] + ["after"], [f"k{n}" for n in range(whole + 1)] + ["after"])


def test_many_threads_write_each_line_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    threads = [threading.Thread(target=lambda n=n: [journal.append(entry(f"{n}-{m}")) for m in range(25)]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys = [one.key for one in journal.read().entries]
    assert len(keys) == 200 and set(keys) == {f"{n}-{m}" for n in range(8) for m in range(25)}


def test_a_line_the_disk_refused_goes_with_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path)
    with monkeypatch.context() as patched:

        def full(file: Path, content: bytes) -> None:
            raise OSError(28, "No space left on device")

        patched.setattr(durable, "append", full)
        with pytest.raises(OSError, match="space"):
            journal.append(entry("first"))
    journal.append(entry("second"))
    assert [one.key for one in journal.read().entries] == ["first", "second"]


def test_old_lines_are_dropped_but_restores_are_counted_for_ever(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(entry("old", at=NOW - KEPT - MINUTE))
    journal.note_restore("b.db", NOW - KEPT - MINUTE)
    journal.append(entry("young"))
    assert journal.compact(NOW) == 1
    past = journal.read()
    assert [one.key for one in past.entries] == ["young"] and past.restores == 1
    assert journal.compact(NOW) == 0


def test_a_database_that_knows_it_all_learns_nothing(database: PlainDatabase, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    add(database, "rung/1")
    heard(database)
    database.turn(lambda store: store.outbox.prove("rung/1", "7", NOW))
    journal.append(entry("rung/1"))
    assert learn(database, journal) == Replayed(settled=0, remembered=0, restored=False, incomplete=())


def test_a_row_still_waiting_that_was_sent_is_settled(database: PlainDatabase, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    add(database, "rung/1")
    add(database)
    heard(database)
    journal.append(entry("rung/1"))
    learnt = learn(database, journal)
    assert (learnt.settled, learnt.restored) == (1, False)
    assert states(database) == {"sent": 1, "pending": 1}


def test_a_claim_of_a_killed_process_is_no_doubt_when_the_journal_has_it(database: PlainDatabase, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    add(database, "rung/1")

    def claim(store: Store) -> None:
        claimed = store.outbox.claim(
            NOW, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset({"telegram"})
        )
        assert claimed is not None and claimed.key == "rung/1"

    database.turn(claim)
    journal.append(entry("rung/1"))
    assert learn(database, journal).settled == 1
    assert database.turn(lambda store: store.outbox.rescue(NOW, MINUTE, all_=True)) == 0
    assert states(database) == {"sent": 1}


def test_what_a_lost_database_said_is_not_said_again(database: PlainDatabase, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    heard(database)
    journal.append(entry("rung/1 rung/2", at=NOW + MINUTE, id_="41"))
    learnt = learn(database, journal)
    assert (learnt.settled, learnt.remembered, learnt.restored) == (0, 1, True)
    add(database, "rung/2")
    add(database, "rung/3")
    add(database, "rung/1 rung/3/other")  # half of it is news
    assert states(database) == {"sent": 1, "pending": 2}
    assert database.turn(gaps.gap) == NOW


def test_learning_twice_is_learning_once(database: PlainDatabase, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    heard(database)
    journal.note_restore("b.db", NOW)
    journal.append(entry("rung/1 rung/2", at=NOW + MINUTE))
    journal.append(entry("random #2/2", at=NOW + MINUTE))
    assert learn(database, journal) == Replayed(settled=0, remembered=2, restored=True, incomplete=("random",))
    assert learn(database, journal) == Replayed(settled=0, remembered=0, restored=False, incomplete=())


def test_a_restore_after_which_nothing_had_been_sent_is_noticed_too(database: PlainDatabase, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    heard(database)
    journal.note_restore("b.db", NOW)
    assert learn(database, journal).restored
    assert not learn(database, journal).restored
    journal.note_restore("b.db", NOW)
    assert learn(database, journal).restored


def test_rows_that_were_cleared_away_long_ago_are_no_sign_of_a_restore(database: PlainDatabase, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    heard(database)
    journal.append(entry("gone", at=NOW - timedelta(days=100)))
    assert learn(database, journal) == Replayed(settled=0, remembered=0, restored=False, incomplete=())


def test_a_message_of_which_only_a_piece_went_out_is_named(database: PlainDatabase, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    heard(database)
    journal.append(entry("rung/1 #1/3", at=NOW + MINUTE))
    journal.append(entry("rung/2 #1/2", at=NOW + MINUTE))
    journal.append(entry("rung/2 #2/2", at=NOW + MINUTE))
    assert learn(database, journal).incomplete == ("rung/1",)


def test_every_piece_of_a_long_message_has_its_own_key_and_all_are_settled_when_said(database: PlainDatabase) -> None:
    text = "\n\n".join(f"đoạn {n} " + "chữ " * 120 for n in range(12))
    add(database, "rung/1", text)
    keys = list(database.turn(lambda store: store.outbox.keys()))
    assert len(keys) > 1 and keys[0] == f"rung/1 #1/{len(keys)}"
    database.turn(lambda store: store.outbox.remember("rung/2", "telegram", "9", NOW))
    add(database, "rung/2", text)
    assert states(database) == {"pending": len(keys), "sent": len(keys)}
