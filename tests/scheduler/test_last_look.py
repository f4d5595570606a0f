"""The last look before a reminder leaves: what is no longer true is taken back, what is still worth saying falls due again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.chat.messages import ChatRef, Outgoing
from bot.chat.platform import Delivered, NotSent, Uncertain, Unreachable
from bot.domain.people import Role
from scheduler import delivery, last_look
from storage.outbox import Candidate
from storage.store import Store
from storage.tables import RoundRow
from tests.reliability.place import LATER, MORNING, SOON, Place, opened

TEXT = Outgoing(text="Tin.")


@pytest.fixture
def place() -> Iterator[Place]:
    with opened() as found:
        yield found


def test_a_reminder_of_two_units_speaks_only_of_the_one_that_still_owes(place: Place) -> None:
    place.seat("Lan", 1, 2)
    assert place.tick() == 1
    place.reports(1)
    assert place.claim() is None
    assert place.tick(MORNING + SOON) == 1
    claimed = place.claim(MORNING + SOON)
    assert claimed is not None
    assert "Phường 2" in claimed.piece.message.text
    assert "Phường 1" not in claimed.piece.message.text


def test_a_message_whose_last_look_fails_is_set_aside_and_holds_up_nobody(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, minh = place.seat("Lan", 1), place.seat("Minh", 2)
    assert place.tick() == 2
    real = last_look.still_true

    def fails_for_lan(store: Store, candidate: Candidate, *days: date) -> bool:
        if store.people.get(candidate.person_id or 0).name == "Lan":
            raise RuntimeError("a defect of ours")
        return real(store, candidate, *days)

    monkeypatch.setattr(last_look, "still_true", fails_for_lan)
    claimed = place.claim()
    assert claimed is not None
    assert claimed.piece.chat == minh != lan
    assert place.store.outbox.troubles(MORNING - SOON) == {"dead": 1}


def test_a_seat_handed_over_before_the_reminder_left_is_reminded_anew(place: Place) -> None:
    former = place.seat("Lan", 1)
    assert place.tick() == 1
    successor = place.seat("Minh", 1, at=MORNING + SOON)
    assert place.claim(MORNING + SOON) is None
    assert place.tick(MORNING + 2 * SOON) == 1
    claimed = place.claim(MORNING + 2 * SOON)
    assert claimed is not None
    assert claimed.piece.chat == successor != former


def test_a_moved_date_takes_the_old_reminder_back_and_says_the_new_one(place: Place) -> None:
    place.seat("Lan", 1)
    assert place.tick() == 1
    row = place.store.session.get(RoundRow, place.round_id)
    assert row is not None
    row.due += timedelta(days=7)
    place.store.session.flush()
    assert place.claim(MORNING + SOON) is None
    assert place.tick(MORNING + 2 * SOON) == 1
    claimed = place.claim(MORNING + 2 * SOON)
    assert claimed is not None
    assert "12/5" in claimed.piece.message.text


def test_yesterdays_words_are_not_said_today(place: Place) -> None:
    place.seat("Lan", 1)
    assert place.tick() == 1
    first = place.claim()
    assert first is not None
    assert "còn 7 ngày" in first.piece.message.text
    delivery.settle(place.store, first, NotSent(reason="ConnectError"), MORNING)
    tomorrow = MORNING + timedelta(days=1)
    assert place.claim(tomorrow - timedelta(hours=1)) is None
    assert place.tick(tomorrow - timedelta(hours=1)) == 1
    again = place.claim(tomorrow - timedelta(hours=1))
    assert again is not None
    assert "còn 6 ngày" in again.piece.message.text


def test_a_message_in_doubt_over_night_is_held_for_a_human(place: Place) -> None:
    place.seat("Lan", 1)
    place.tick()
    first = place.claim()
    assert first is not None
    delivery.settle(place.store, first, Uncertain(reason="ReadTimeout"), MORNING)
    tomorrow = MORNING + timedelta(days=1)
    assert place.claim(tomorrow) is None
    assert place.store.outbox.counts() == {"held": 1}
    assert place.store.outbox.troubles(MORNING) == {"held": 1}


def test_who_cannot_be_reached_is_replaced_by_the_deputy_at_once(place: Place) -> None:
    place.seat("Lan", 1)
    deputy = place.seat("Minh", 1, role=Role.DEPUTY)
    place.tick()
    first = place.claim()
    assert first is not None
    delivery.settle(place.store, first, Unreachable(reason="blocked"), MORNING)
    assert place.tick(MORNING + SOON) == 1
    again = place.claim(MORNING + SOON)
    assert again is not None
    assert again.piece.chat == deputy


def test_nobody_hears_two_unasked_messages_within_half_an_hour(place: Place) -> None:
    chat = place.seat("Lan", 1)
    place.tick()
    first = place.claim()
    assert first is not None
    delivery.settle(place.store, first, Delivered(message_id="1"), MORNING)
    unit_id, person = place.unit(1), place.people["Lan"]
    place.store.outbox.add(chat, first.piece.message, now=MORNING, kind="push", person_id=person.id, unit_id=unit_id)
    place.store.outbox.add(chat, first.piece.message, now=MORNING, kind="reply", person_id=person.id)
    reply = place.claim(MORNING + SOON)
    assert reply is not None
    assert reply.kind == "reply", "an answer is not kept waiting"
    delivery.settle(place.store, reply, Delivered(message_id="2"), MORNING + SOON)
    assert place.claim(MORNING + timedelta(minutes=29)) is None
    late = place.claim(MORNING + timedelta(minutes=31))
    assert late is not None
    assert late.kind == "push"


def test_what_falls_due_while_a_reminder_still_waits_joins_the_next_one(place: Place) -> None:
    place.seat("Lan", 1)
    place.tick()
    assert place.tick(MORNING + timedelta(days=1)) == 0
    assert place.claim(LATER) is None
    assert place.tick(LATER) == 1
    claimed = place.claim(LATER)
    assert claimed is not None
    found = place.store.reminders.of_round(place.round_id)
    states = {one.rung: one.state.value for one in found if one.unit_id == place.unit(1)}
    assert states["before:7w"] == "covered"
    assert states["before:3w"] == "queued"


def test_a_line_down_for_hours_makes_nothing_dead(place: Place) -> None:
    chat = place.seat("Lan", 1)
    place.store.outbox.add(chat, TEXT, now=MORNING, kind="reply")
    now = MORNING
    for _ in range(60):
        claimed = place.claim(now)
        assert claimed is not None
        delivery.settle(place.store, claimed, NotSent(reason="ConnectError"), now)
        now += timedelta(minutes=11)
    assert place.store.outbox.counts() == {"pending": 1}
    claimed = place.claim(MORNING + timedelta(days=8))
    assert claimed is not None
    delivery.settle(place.store, claimed, NotSent(reason="ConnectError"), MORNING + timedelta(days=8))
    assert place.store.outbox.counts() == {"dead": 1}


def test_silence_asked_for_while_a_message_waited_its_turn_is_kept(place: Place) -> None:
    lan, minh = place.seat("Lan", 1), place.seat("Minh", 2)
    for chat in (lan, minh):
        place.store.outbox.add(chat, TEXT, now=MORNING, kind="reply")
    first, second = place.claim(), place.claim()
    assert first is not None
    assert second is not None
    delivery.settle(place.store, first, NotSent(reason="429", after=timedelta(seconds=30), everyone=True), MORNING)
    assert not place.store.outbox.may_leave(second, MORNING)
    assert place.store.outbox.counts() == {"pending": 2}
    assert place.claim(MORNING + timedelta(seconds=29)) is None
    assert place.claim(MORNING + timedelta(seconds=32)) is not None


def test_a_request_is_not_begun_when_its_lease_might_end_before_its_answer(place: Place) -> None:
    chat = place.seat("Lan", 1)
    place.store.outbox.add(chat, TEXT, now=MORNING, kind="reply")
    claimed = place.claim()
    assert claimed is not None
    assert not place.store.outbox.may_leave(claimed, claimed.lease_until - timedelta(seconds=100))
    again = place.claim(MORNING + timedelta(minutes=2))
    assert again is not None
    assert not again.repeat, "nothing had left"


def test_a_silenced_platform_with_hundreds_waiting_holds_up_nobody_else(place: Place) -> None:
    lan = place.seat("Lan", 1)
    for number in range(300):
        place.store.outbox.add(ChatRef(platform="zalo", chat_id=f"{number:020x}"), TEXT, now=MORNING, kind="push")
    place.store.outbox.pause("zalo", MORNING + timedelta(hours=9))
    place.store.outbox.add(lan, TEXT, now=MORNING, kind="push")
    claimed = place.claim()
    assert claimed is not None
    assert claimed.piece.chat == lan


def test_what_was_queued_while_the_clock_was_ahead_is_not_kept_until_then(place: Place) -> None:
    lan = place.seat("Lan", 1)
    place.store.outbox.add(lan, TEXT, now=MORNING + timedelta(days=30), kind="reply")
    place.store.outbox.pause("telegram", MORNING + timedelta(days=30))
    assert place.claim() is not None
