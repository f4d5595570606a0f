"""What is over its time is cleared in the night; keys, answers and what is young stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.chat.messages import ChatRef, Choice, Outgoing
from bot.domain.office import Office
from bot.domain.people import Role
from storage import clearing
from storage.clearing import Retention
from storage.dialogs import Dialog
from storage.store import Store
from storage.tables import ButtonRow, InboxRow, MessageRow
from tests.conversations.counter import Counter, local

CHAT = ChatRef(platform="telegram", chat_id="7")
KEEP = Retention(inbox=100, outbox=200, guesses=30, dialogs=10)
OFFICE = Office(name="UBND", coordinator="Nội vụ")


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path, local(2026, 4, 16, 9))


def happened(store: Store, at: datetime, name: str) -> None:
    """An update, an answer to it, a wrong code, a dialogue."""
    store.inbox.add("telegram", [(name, name, {"said": f"words {name}"})], at)
    store.inbox.done(next(row.id for row in store.session.scalars(select(InboxRow)) if row.key == name) or 0)
    chat = ChatRef(platform="telegram", chat_id=name)
    store.outbox.add(
        chat, Outgoing(text=f"words {name}", choices=((Choice(label="a", action=("x",)),),)), now=at, key=f"key/{name}"
    )
    claimed = store.outbox.claim(
        at, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset({"telegram"})
    )
    assert claimed is not None
    store.outbox.sent(claimed, f"m{name}", at)
    store.invites.note_wrong("telegram", name, at.date())
    store.dialogs.put(chat, Dialog(name="report"), at)


def test_only_what_is_over_its_time_goes(counter: Counter) -> None:
    now = counter.now
    ages = {"fresh": 1, "dialog": 15, "guess": 50, "inbox": 150, "outbox": 250}
    for name, days in sorted(ages.items(), key=lambda pair: -pair[1]):
        counter.ask(lambda store, n=name, d=days: happened(store, now - timedelta(days=d), n))
    done = counter.ask(lambda store: clearing.clear(store, now, OFFICE, KEEP))
    assert (done.inbox, done.outbox, done.guesses, done.dialogs) == (2, 1, 3, 4)

    raw = counter.ask(lambda store: {row.key: row.raw for row in store.session.scalars(select(InboxRow))})
    assert {key for key, said in raw.items() if said == "{}"} == {"inbox", "outbox"}
    bodies = counter.ask(lambda store: {row.key: row.body for row in store.session.scalars(select(MessageRow))})
    assert {key for key, body in bodies.items() if "words" not in body} == {"key/outbox"}, "the keys are all there"
    assert counter.ask(lambda store: len(list(store.session.scalars(select(ButtonRow))))) == 4
    assert counter.ask(lambda store: store.offers.last(ChatRef(platform="telegram", chat_id="outbox"))) is None
    assert counter.ask(lambda store: store.dialogs.get(ChatRef(platform="telegram", chat_id="fresh"))) is not None


def test_what_was_not_handled_yet_is_never_cleared(counter: Counter) -> None:
    old = counter.now - timedelta(days=1000)
    counter.ask(lambda store: store.inbox.add("telegram", [("late", "7", {"said": "words"})], old))
    counter.ask(lambda store: store.outbox.add(CHAT, Outgoing(text="words"), now=old))
    counter.ask(lambda store: clearing.clear(store, counter.now, OFFICE, KEEP))
    assert counter.ask(lambda store: [row.raw for row in store.session.scalars(select(InboxRow))]) == ['{"said": "words"}']
    assert counter.ask(lambda store: ["words" in row.body for row in store.session.scalars(select(MessageRow))]) == [True]


def test_it_is_done_once_a_night_and_made_up_for(counter: Counter) -> None:
    def due(at: datetime) -> bool:
        return counter.ask(lambda store: clearing.due(store, at, OFFICE))

    assert not due(local(2026, 4, 17, 1))
    assert due(local(2026, 4, 17, 2))
    counter.ask(lambda store: clearing.clear(store, local(2026, 4, 17, 2), OFFICE, KEEP))
    assert not due(local(2026, 4, 17, 23))
    assert due(local(2026, 4, 19, 15)), "the machine slept over two nights"


def test_toi_reads_the_times_that_were_set(counter: Counter) -> None:
    counter.ask(lambda store: clearing.promise(store, KEEP))
    who = counter.officer("Trần Văn Minh", "P5", "telegram")
    assert "tin nhận 100 ngày, tin gửi 200 ngày" in who.says("/toi")


def test_who_left_long_ago_and_who_never_got_a_seat_are_over_their_time(counter: Counter) -> None:
    now, keep = counter.now, Retention(people=400)

    def person(store: Store, name: str, *, seated: int | None, ended: int | None) -> int:
        made = store.people.add(name=name, honorific="", phone="", now=now - timedelta(days=900))
        if seated is not None:
            unit = counter.unit_id(store, "P5")
            seat = store.people.ask_seat(person_id=made.id, unit_id=unit, role=Role.DEPUTY, now=now - timedelta(days=seated))
            if ended is not None:
                store.people.end(seat.id, reason="left", now=now - timedelta(days=ended))
        return made.id

    ids = {
        name: counter.ask(lambda store, n=name, s=seated, e=ended: person(store, n, seated=s, ended=e))
        for name, seated, ended in (("stays", 800, None), ("left", 800, 401), ("lately", 800, 399), ("never", None, None))
    }
    assert counter.ask(lambda store: clearing.gone(store, now, keep)) == (ids["left"], ids["never"])
    assert counter.ask(lambda store: clearing.gone(store, now, Retention(people=0))) == ()
    counter.ask(lambda store: store.people.ask_seat(person_id=ids["left"], unit_id=1, role=Role.DEPUTY, now=now))
    assert counter.ask(lambda store: clearing.gone(store, now, keep)) == (ids["never"],), "back again, if confirmed or not"
