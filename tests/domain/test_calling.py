"""Names and telephone numbers as people write them."""

from __future__ import annotations

import pytest

from bot.domain.calling import PersonName, person_name, phone

# The families most common in the country and in the south, and others that read like a word of a sentence.
FAMILIES = """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Trịnh Đoàn Trương Lâm
    Phùng Vương Hà Tạ Tô Lương Thái Châu Cao Quách Triệu La Đào Kiều Chu Tống Giang Thạch Sơn Danh Kim Tăng
    Mạc Lưu Khổng Từ Âu Ông Bạch Văn Thân Vi Nông Hứa Diệp Đồng Chung Cù Ninh Bế Hầu Lò Vàng Hảng Sùng
""".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("text", "full", "given", "honorific"),
    [
        ("Nguyễn Thị Lan", "Nguyễn Thị Lan", "Lan", ""),
        ("dạ em là nguyễn thị lan ạ", "Nguyễn Thị Lan", "Lan", ""),
        ("Họ và tên: LÊ THỊ HỒNG GẤM", "Lê Thị Hồng Gấm", "Gấm", ""),
        ("chị Lan", "Lan", "Lan", "chị"),
        ("chi Lan", "Lan", "Lan", "chị"),
        ("a Minh", "Minh", "Minh", "anh"),
        ("đ/c Hoa", "Hoa", "Hoa", "đồng chí"),
        ("đồng chí Nguyễn Hoa", "Nguyễn Hoa", "Hoa", "đồng chí"),
        ("Chu Lân", "Chu Lân", "Lân", ""),
        ("chú Lân", "Lân", "Lân", "chú"),
        ("Ông Văn Tân", "Ông Văn Tân", "Tân", ""),
        ("La Văn Cầu", "La Văn Cầu", "Cầu", ""),
        ("A Phủ", "A Phủ", "Phủ", ""),
        ("H'Hen Niê", "H'Hen Niê", "Niê", ""),
        ("Nguyễn Văn A", "Nguyễn Văn A", "A", ""),
        ("Nguyễn Thị Lan - PCT UBND", "Nguyễn Thị Lan", "Lan", ""),
        ("Nguyễn Văn An, công chức VP-TK", "Nguyễn Văn An", "An", ""),
        ("Nguyễn Văn An 0903 123 456", "Nguyễn Văn An", "An", ""),
        ("  Đào  Thị My Thư.", "Đào Thị My Thư", "Thư", ""),
        ("Huy", "Huy", "Huy", ""),
        # Without their accents these are words of sentences: đang, những, không, này, vâng.
        ("Đặng Ngọc Tú", "Đặng Ngọc Tú", "Tú", ""),
        ("dang ngoc tu", "Dang Ngoc Tu", "Tu", ""),
        ("Trần Hải Đăng", "Trần Hải Đăng", "Đăng", ""),
        ("chị Nguyễn Thị Nhung", "Nguyễn Thị Nhung", "Nhung", "chị"),
        ("nguyen thi nhung", "Nguyen Thi Nhung", "Nhung", ""),
        ("Khổng Thị Sao Mai", "Khổng Thị Sao Mai", "Mai", ""),
        ("Vàng Thị Mai", "Vàng Thị Mai", "Mai", ""),
        ("Vàng A Páo", "Vàng A Páo", "Páo", ""),
        ("vâng Lan", "Lan", "Lan", ""),
        ("là Lan", "Lan", "Lan", ""),
        ("Nay H'Bia", "Nay H'Bia", "H'Bia", ""),
    ],
)
def test_a_name_is_cleaned(text: str, full: str, given: str, honorific: str) -> None:
    assert person_name(text) == PersonName(full=full, given=given, honorific=honorific)


@pytest.mark.parametrize(
    "text",
    ["", "12", "👍", "ok", "bắt đầu", "phường 5", "UBND Phường Năm", "em không có thời gian",
     "em khong co thoi gian", "đang họp", "những ai", "gì vậy", "x", "để sau", "a1 b2", "?" * 9,
     "một hai ba bốn năm sáu bảy tám chín", "Nguyễn <b>Lan</b>", "https://zalo.me", "z" * 500],
)  # fmt: skip
def test_what_cannot_be_a_name_is_none(text: str) -> None:
    assert person_name(text) is None


@pytest.mark.parametrize("family", FAMILIES)
def test_no_family_is_turned_away(family: str) -> None:
    name = f"{family} Thị Lan"
    assert person_name(name) == PersonName(full=name, given="Lan")
    assert person_name(name.upper()) == PersonName(full=name, given="Lan")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0903123456", "0903123456"),
        ("0903 123 456", "0903123456"),
        ("0903.123.456", "0903123456"),
        ("+84 903 123 456", "0903123456"),
        ("(+84) 903-123-456", "0903123456"),
        ("84903123456", "0903123456"),
        ("0084903123456", "0903123456"),
        ("+840903123456", "0903123456"),
        ("sđt em là 0903123456 ạ", "0903123456"),
        ("０９０３１２３４５６", "0903123456"),
        ("(028) 3894 1234", "02838941234"),
        ("+84 28 3894 1234", "02838941234"),
    ],
)
def test_a_telephone_number_is_normalised(text: str, number: str) -> None:
    assert phone(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "12", "903123456", "0123456789", "01234567890", "09031234567", "0903123456 0903123457", "0903123456a", "1900 1234",
     "+1 202 555 0100", "0903+123456", "9" * 200],
)  # fmt: skip
def test_what_is_no_vietnamese_number_is_none(text: str) -> None:
    assert phone(text) is None
