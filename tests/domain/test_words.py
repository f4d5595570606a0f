"""Folding, undoing the keystrokes of a sleeping input method, and numbers in words."""

from __future__ import annotations

import unicodedata

import pytest

from bot.domain.words import fold, number_words, untype


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Phường  Đông\tHưng\nThuận ", "phuong dong hung thuan"),
        ("hoà hòa thuỷ thủy", "hoa hoa thuy thuy"),
        ("Ðã", "da"),  # U+00D0, the lookalike of old fonts
        ("１２．５", "12.5"),
        ("35 m² 10㎡", "35 m2 10m2"),
        ("12\u00a0\u200blượt\ufeff", "12 luot"),
        ("12–14 — “có”…", '12-14 - "co"...'),
        ("1⁄2", "1/2"),
        ("٣", "3"),
        ("½", "½"),  # never 1/2 glued to a digit before it: "2½" is not 21/2
        ("", ""),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddax cos", "da co"),
        ("phuowngf 5", "phuong 5"),
        ("phuwowngf 5", "phuong 5"),
        ("chuwa", "chua"),
        ("khoong", "khong"),
        ("ddang lamf", "dang lam"),
        ("soos lieeuj", "so lieu"),
        ("phu7o7ng2 5", "phuong 5"),
        ("d9a4 co1", "da co"),
        ("kho6ng", "khong"),
        ("quaanj Gof Vaaps", "quan go vap"),
        ("trieeuj ddoongf", "trieu dong"),
    ],
)
def test_keystrokes_are_undone(typed: str, meant: str) -> None:
    assert untype(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "phuong 5 da gui bao cao",
        "email word excel zalo file docx pdf test tax box bus facebook windows server",
        "p5 kp5 m2 1tr2 2ty3 6t t5 q1 5k 500k 12l 12/14 0903123456",
        "phuong5 thu5 quy1 cau6 to3 thang4",
        "ubnd tnmt qldt vp tw hs",
        "chao anh em nhe oi",
        "https://example.com/a?b=c",
        "",
    ],
)
def test_ordinary_words_and_numbers_stay(text: str) -> None:
    assert untype(text) == text


def test_properly_typed_vietnamese_is_only_folded() -> None:
    text = "Đề nghị quận hỗ trợ kinh phí nâng cấp, mở rộng hẻm; người dân khu phố 5 chưa đồng thuận, vướng giấy tờ nhà đất"
    assert untype(text) == fold(text)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("khong", 0),
        ("muoi", 10),
        ("muoi hai", 12),
        ("muoi lam", 15),
        ("ba muoi", 30),
        ("hai muoi mot", 21),
        ("hai lam", 25),
        ("hai tu", 24),
        ("hai chuc", 20),
        ("mot tram linh nam", 105),
        ("mot tram le nam", 105),
        ("mot tram ruoi", 150),
        ("mot nghin hai tram nam muoi", 1250),
        ("hai ngan khong tram linh nam", 2005),
        ("hai nghin linh nam", 2005),
        ("ba nghin khong tram muoi", 3010),
        ("ba ti hai trieu mot nghin", 3_002_001_000),
    ],
)
def test_number_words_are_read(words: str, value: int) -> None:
    assert number_words(words) == value


@pytest.mark.parametrize(
    "words",
    ["", "mot tram hai", "hai nghin ba", "ba bon", "hai ba", "tram", "nghin", "muoi muoi", "mot muoi", "hai tram tram",
     "nam nay", "mot so", "lam", "tu", "linh nam", "hai trieu ty", "12", "mot hai ba bon " * 10],
)  # fmt: skip
def test_what_could_be_two_numbers_or_none_is_no_number(words: str) -> None:
    assert number_words(words) is None
