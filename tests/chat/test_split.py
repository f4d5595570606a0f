"""The splitter's law: nothing but white space at the cuts is lost, nothing is torn, nothing is too long."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.split import split, units
from tests.examples import examples

VIETNAMESE = "Đề nghị đơn vị báo cáo kết quả triển khai. Số liệu tính đến ngày 15! "
letters = st.sampled_from([*"aăđệ.!?…  \n\n\t1 ", "😀", "👨\u200d👩\u200d👧", "e\u0323\u0302", "👍🏽", "\u00a0", "☎\ufe0f"])
texts = st.one_of(
    st.text(), st.lists(letters).map("".join), st.lists(st.sampled_from(VIETNAMESE.split(" ")), max_size=80).map(" ".join)
)


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(text=texts, limit=st.integers(2, 60))
@settings(max_examples=examples(600))
def test_the_pieces_are_the_text_up_to_white_space_at_the_cuts(text: str, limit: int) -> None:
    pieces = split(text, limit)

    assert without_space("".join(pieces)) == without_space(text)
    rest = text
    for piece in pieces:
        assert piece == piece.strip() != ""
        assert len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= limit
        before, found, rest = rest.partition(piece)
        assert found
        assert before.strip() == ""
    assert rest.strip() == ""


@given(word=st.lists(st.sampled_from(["e\u0323\u0302", "👨‍👩‍👧", "👍🏽", "a", "😀"]), min_size=1, max_size=40))
@settings(max_examples=examples(100))
def test_no_visible_character_is_torn_apart(word: list[str]) -> None:
    for piece in split("".join(word), 12):
        assert not unicodedata.combining(piece[0])
        assert piece[0] not in "\u200d\U0001f3fd"
        assert not piece.endswith("\u200d")
        piece.encode("utf-8")


def test_units_are_counted_as_telegram_counts_them() -> None:
    assert units("ệ") == 1
    assert units("😀") == 2
    assert split("😀" * 2048, 4096) == ("😀" * 2048,)
    assert [units(piece) for piece in split("😀" * 2049, 4096)] == [4096, 2]


def test_a_paragraph_is_preferred_to_a_line_to_a_sentence_to_a_word() -> None:
    paragraph, line, sentence = "x" * 12 + "\n\n", "y" * 2 + "\n", "z. "
    assert split(paragraph + line + sentence + "w w w w w w w", 20)[0] == "x" * 12
    assert split("x" * 12 + "\n" + "y. zz zz zz zz zz", 20)[0] == "x" * 12
    assert split("x" * 10 + ". " + "yy yy yy yy", 20)[0] == "x" * 10 + "."
    assert split("x" * 10 + " " + "yy yy yy yy", 20)[0] == "x" * 10 + " yy yy yy"
    assert split("x" * 30, 20) == ("x" * 20, "x" * 10)


def test_a_figure_with_no_break_spaces_stays_in_one_piece() -> None:
    assert split("tong cong 1\u00a0250\u00a0000", 14) == ("tong cong", "1\u00a0250\u00a0000")


@pytest.mark.parametrize("text", ["", " ", "\n\n \t"])
def test_white_space_alone_makes_no_message(text: str) -> None:
    assert split(text, 10) == ()


def test_a_limit_that_holds_nothing_is_refused() -> None:
    with pytest.raises(ValueError):
        split("a", 1)


def test_a_flood_of_accents_on_one_letter_still_ends() -> None:
    assert all(units(piece) <= 50 for piece in split("a" + "\u0301" * 500, 50))
