"""Signed links: only ours open, only for what they were made, only until their time is over."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.links import DOCUMENT, PHOTO, Expired, Forged, Links

NOW = datetime(2026, 4, 20, 1, 30, tzinfo=UTC)
LINKS = Links(base="https://nhacviec.example.gov.vn/bot", key=bytes(range(32)))
FACTS = ("files/ab/abcd", "Biểu đồ tháng 4.png", "photo")


def token(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_link_opens_what_it_was_made_for_until_its_time_is_over() -> None:
    link = LINKS.make("f", NOW + PHOTO, *FACTS)
    assert link.startswith("https://nhacviec.example.gov.vn/bot/f/")
    assert LINKS.open("f", token(link), NOW) == FACTS
    assert LINKS.open("f", token(link), NOW + PHOTO) == FACTS
    with pytest.raises(Expired):
        LINKS.open("f", token(link), NOW + PHOTO + timedelta(seconds=1))


def test_zalo_may_come_back_for_a_photo_for_five_minutes_at_least_and_a_document_waits_for_an_officer() -> None:
    assert timedelta(minutes=5) <= PHOTO <= timedelta(minutes=15)
    assert timedelta(hours=8) <= DOCUMENT


def test_a_link_for_one_purpose_or_of_another_installation_opens_nothing() -> None:
    made = token(LINKS.make("f", NOW + PHOTO, *FACTS))
    with pytest.raises(Forged):
        LINKS.open("u", made, NOW)
    with pytest.raises(Forged):
        Links(base=LINKS.base, key=bytes(32)).open("f", made, NOW)


def test_a_longer_life_cannot_be_written_into_a_link() -> None:
    said, _, signature = token(LINKS.make("f", NOW, *FACTS)).rpartition(".")
    plain = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).decode()
    later = plain.replace(str(int(NOW.timestamp())), str(int(NOW.timestamp()) + 10**6))
    assert later != plain
    forged = base64.urlsafe_b64encode(later.encode()).decode().rstrip("=")
    with pytest.raises(Forged):
        LINKS.open("f", f"{forged}.{signature}", NOW)


@given(st.text(max_size=200))
def test_nothing_that_anybody_types_opens_or_breaks(said: str) -> None:
    with pytest.raises(Forged):
        LINKS.open("f", said, NOW)


@given(st.integers(0, 400), st.characters(codec="ascii"))
def test_one_changed_letter_is_enough(at: int, letter: str) -> None:
    made = token(LINKS.make("f", NOW + PHOTO, *FACTS))
    at %= len(made)
    if made[at] == letter:
        return
    with pytest.raises(Forged):
        LINKS.open("f", made[:at] + letter + made[at + 1 :], NOW)
