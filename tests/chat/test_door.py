"""Whatever people send is clean once it is inside: property tests over any text there is."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import door
from bot.chat.messages import Attached, ChatRef, Origin, RemoteFile, Said
from tests.examples import examples

ANYTHING = st.text(st.characters(exclude_categories=()))  # lone surrogates, too
TURNERS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
NASTY = st.lists(
    st.one_of(
        ANYTHING, st.sampled_from([*TURNERS, "\x00", "\x1b[31m", "\r\n", "\u2028", "\ufeff", "\u200b", "../", "\\", "e\u0301"])
    )
).map("".join)


@settings(max_examples=examples(100))
@given(NASTY)
def test_text_is_composed_and_holds_nothing_that_hides_or_turns(said: str) -> None:
    clean = door.text(said)
    assert clean == unicodedata.normalize("NFC", clean)
    assert not set(clean) & set(TURNERS)
    assert all(letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs") for letter in clean)
    clean.encode("utf-8")


@settings(max_examples=examples(100))
@given(NASTY)
def test_cleaning_twice_changes_nothing(said: str) -> None:
    assert door.text(door.text(said)) == door.text(said)
    assert door.line(door.line(said)) == door.line(said)
    assert door.file_name(door.file_name(said)) == door.file_name(said)


@settings(max_examples=examples(100))
@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_no_letter_digit_or_sign_is_lost(said: str) -> None:
    assert door.text(said) == unicodedata.normalize("NFC", said)


@pytest.mark.parametrize("said", ["Nguyễn Thị Lan", "12/14 đơn, khoảng 8", "👨‍👩‍👧 👍🏽 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️", "dòng một\ndòng hai"])
def test_vietnamese_and_emoji_stay_as_they_are(said: str) -> None:
    assert door.text(said) == said


def test_a_tower_of_accents_is_cut_down() -> None:
    assert len(door.text("a" + "\u0301\u0302\u0303\u0304\u0305" * 50)) <= 6


@settings(max_examples=examples(100))
@given(NASTY)
def test_a_shown_file_name_is_one_line_without_a_path(said: str) -> None:
    name = door.file_name(said)
    assert len(name) <= door.LONGEST_NAME
    assert not set(name) & set('/\\<>:"|?*\n\r\t\x00')
    assert not name.startswith(".")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lan\\báo cáo.docx", "báo cáo.docx"),
        ("bao-cao-\u202excod.exe", "bao-cao-xcod.exe"),
        ("a" * 300 + ".pdf", "a" * 115 + "\u2026.pdf"),
        ("..", ""),
        (".env", "env"),
    ],
)
def test_file_names_show_what_they_are(sent: str, shown: str) -> None:
    assert door.file_name(sent) == shown


def test_every_text_of_an_incoming_fact_is_cleaned() -> None:
    chat = ChatRef(platform="telegram", chat_id="1")
    origin = Origin(key="1", chat=chat, user_id="1", at=datetime(2026, 4, 1, tzinfo=UTC), display_name="Lan\u202e\nHoa")
    said = door.cleaned(Said(origin=origin, text="12\x00\u200e/14"))
    assert isinstance(said, Said)
    assert (said.text, said.origin.display_name) == ("12/14", "Lan Hoa")
    sent = door.cleaned(Attached(origin=origin, file=RemoteFile(ref="r", name="../x\u202e.pdf"), caption="biên\x07 bản"))
    assert isinstance(sent, Attached) and sent.file is not None
    assert (sent.file.name, sent.caption, sent.file.ref) == ("x.pdf", "biên bản", "r")
