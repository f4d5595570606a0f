"""The outbox: each message ends in exactly one state, at most two copies, nothing out of order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.messages import ChatRef, Choice, Outgoing
from bot.chat.platform import Delivered, NotSent, Outcome, Refused, Uncertain, Unreachable
from scheduler.delivery import REPEAT_AFTER, settle
from storage.database import PlainDatabase
from storage.outbox import Claimed
from storage.store import Store
from tests.storage.conftest import NOW

LAN = ChatRef(platform="telegram", chat_id="1001")
MINH = ChatRef(platform="zalo", chat_id="6ede9afa66b88fe6d6a9")
SOON = timedelta(seconds=1)


def claim(store: Store, now=NOW, *, pushes: bool = True, busy: frozenset[ChatRef] = frozenset()) -> Claimed | None:
    return store.outbox.claim(
        now, pushes=pushes, busy=busy, still_true=lambda _: True, platforms=frozenset({"telegram", "zalo"})
    )


def say(store: Store, text: str, chat: ChatRef = LAN, **more: object) -> int:
    return store.outbox.add(chat, Outgoing(text=text), now=NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Delivered(message_id="7"), "sent"),
        (NotSent(reason="429", after=timedelta(seconds=3)), "pending"),
        (NotSent(reason="connect"), "pending"),
        (Uncertain(reason="read timeout"), "uncertain"),
        (Unreachable(reason="blocked"), "unreachable"),
        (Refused(reason="too long"), "dead"),
    ],
)
def test_each_outcome_has_its_state(database: PlainDatabase, outcome: Outcome, state: str) -> None:
    def turn(store: Store) -> dict[str, int]:
        say(store, "một")
        claimed = claim(store)
        assert claimed is not None
        settle(store, claimed, outcome, NOW)
        return store.outbox.counts()

    assert database.turn(turn) == {state: 1}


def test_an_uncertain_message_is_repeated_once_and_then_held(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        say(store, "một")
        first = claim(store)
        assert first is not None
        assert not first.repeat
        settle(store, first, Uncertain(reason="timeout"), NOW)
        assert claim(store, NOW + SOON) is None
        again = claim(store, NOW + REPEAT_AFTER + SOON)
        assert again is not None
        assert again.repeat
        settle(store, again, NotSent(reason="connect"), NOW + REPEAT_AFTER)
        third = claim(store, NOW + REPEAT_AFTER + timedelta(minutes=5))
        assert third is not None
        assert third.repeat, "a repeat that was certainly not sent is still the one repeat"
        settle(store, third, Uncertain(reason="timeout"), NOW + timedelta(minutes=9))
        assert claim(store, NOW + timedelta(days=1)) is None
        assert store.outbox.counts() == {"held": 1}

    database.turn(turn)


def test_a_result_that_comes_after_the_lease_was_lost_is_refused(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        say(store, "một")
        slow = claim(store)
        assert slow is not None
        late = slow.lease_until + SOON
        assert store.outbox.rescue(late, REPEAT_AFTER) == 1
        assert not store.outbox.holds(slow)
        assert not store.outbox.sent(slow, "7", late)
        assert store.outbox.counts() == {"uncertain": 1}

    database.turn(turn)


def test_a_chat_hears_its_messages_in_order_and_one_at_a_time(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        first = say(store, "một")
        say(store, "hai")
        other = say(store, "ba", MINH)
        one, three = claim(store), claim(store)
        assert one is not None
        assert three is not None
        assert (one.id, three.id) == (first, other)
        assert claim(store) is None
        settle(store, one, NotSent(reason="connect"), NOW)
        assert claim(store) is None, "the second waits for the first"

    database.turn(turn)


def test_outside_office_hours_answers_go_and_reminders_wait(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        say(store, "nhắc", kind="push")
        reply = say(store, "trả lời")
        claimed = claim(store, pushes=False)
        assert claimed is not None
        assert claimed.id == reply
        assert claim(store, pushes=False, busy=frozenset({LAN})) is None

    database.turn(turn)


def test_a_platform_that_asked_for_silence_gets_it(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        say(store, "một")
        say(store, "hai", MINH)
        first = claim(store)
        assert first is not None
        settle(store, first, NotSent(reason="429", after=timedelta(seconds=30), everyone=True), NOW)
        zalo = claim(store)
        assert zalo is not None
        assert zalo.piece.chat == MINH
        say(store, "ba", ChatRef(platform="telegram", chat_id="1002"))
        assert claim(store, NOW + timedelta(seconds=30)) is None
        assert claim(store, NOW + timedelta(seconds=32)) is not None

    database.turn(turn)


def test_what_is_no_longer_true_is_cancelled_not_sent(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        say(store, "nhắc", kind="push")
        none = store.outbox.claim(
            NOW, pushes=True, busy=frozenset(), still_true=lambda _: False, platforms=frozenset({"telegram"})
        )
        assert none is None
        assert store.outbox.counts() == {"cancelled": 1}

    database.turn(turn)


def test_a_key_opens_only_in_its_own_chat(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        store.outbox.add(LAN, Outgoing(text="?", choices=((Choice(label="Có", action=("do", "5")),),)), now=NOW)
        claimed = claim(store)
        assert claimed is not None
        (choice,) = claimed.piece.message.offered
        assert len(choice.key.encode()) <= 32
        pressed = store.offers.pressed(LAN, choice.key)
        assert pressed is not None
        assert pressed.action == ("do", "5")
        assert store.offers.pressed(ChatRef(platform="telegram", chat_id="1002"), choice.key) is None
        assert store.offers.pressed(LAN, "forged") is None

    database.turn(turn)


def test_a_long_message_becomes_rows_in_order_and_its_choices_hang_on_the_last(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        text = "\n\n".join(f"đoạn {n} " + "chữ " * 120 for n in range(12))
        message = Outgoing(text=text, choices=((Choice(label="Có", action=("do",)),),))
        first = store.outbox.add(LAN, message, now=NOW)
        assert store.outbox.last_of(first) > first
        offer = store.offers.last(LAN)
        assert offer is not None
        assert offer.message_id == store.outbox.last_of(first)
        assert offer.message == message

    database.turn(turn)


def test_an_unreachable_person_is_told_on_the_other_channel_once(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        lan = store.people.add(name="Lan", honorific="chị", phone="", now=NOW)
        store.people.add_address(lan.id, LAN, "1001", NOW)
        store.people.add_address(lan.id, MINH, "6ede", NOW)
        message = Outgoing(text="nhắc", choices=((Choice(label="Bắt đầu", action=("begin",)),),))
        store.outbox.add(LAN, message, now=NOW, kind="push", person_id=lan.id)
        claimed = claim(store)
        assert claimed is not None
        settle(store, claimed, Unreachable(reason="blocked"), NOW)
        other = claim(store)
        assert other is not None
        assert other.piece.chat == MINH
        assert "1) Bắt đầu" in other.piece.message.text
        settle(store, other, Unreachable(reason="blocked"), NOW)
        assert claim(store) is None
        assert store.outbox.counts() == {"unreachable": 2}

    database.turn(turn)
