"""Any text, however hostile, leaves as text and reads back as the same text."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.documents import encoders
from tests.examples import examples

ANY_TEXT = st.text(alphabet=st.characters(), max_size=300)
FORMULA = '=HYPERLINK("http://xau.example","bấm")'


@settings(max_examples=examples(60), deadline=None)
@given(ANY_TEXT)
@example(FORMULA)
@example("+84 903")
@example("@SUM(A1)")
@example("#REF!")
@example("2023-05-04")
@example("_x0041_ là chữ A")
@example("\x00\x0b\ud800\ufffe")
@example("")
def test_any_text_in_a_cell_reads_back_and_is_never_a_formula(text: str) -> None:
    sheet = round_trip(text)
    cell = sheet.cell(1, 1)
    expected = encoders.xlsx_text(text)
    assert cell.data_type != "f"
    assert (cell.value or "").replace("x005F_", "") == expected.replace("x005F_", "")
    assert re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", expected) == expected


def test_a_formula_stays_a_text_even_when_the_cell_is_opened_and_entered_again() -> None:
    for text in (FORMULA, "-1+1", "＝1+1", "\t=1"):
        cell = round_trip(text).cell(1, 1)
        assert cell.data_type == "s"
        assert cell.quotePrefix, text
    assert not round_trip("Phường 5").cell(1, 1).quotePrefix


@given(st.integers(min_value=32_700, max_value=33_000), st.sampled_from(["a", "ế", "😀"]))
@settings(max_examples=examples(20), deadline=None)
def test_a_text_longer_than_a_cell_is_cut_with_a_mark_that_says_so(length: int, letter: str) -> None:
    text = letter * length
    shown = encoders.xlsx_text(text)
    units = len(shown.encode("utf-16-le")) // 2
    assert units <= encoders.CELL_LIMIT
    if len(text.encode("utf-16-le")) // 2 > encoders.CELL_LIMIT:
        assert f"{length:,}".replace(",", ".") in shown.removeprefix(letter)
    else:
        assert shown == text


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
def test_any_names_make_sheets_that_a_workbook_takes(names: list[str]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in names:
        title = encoders.sheet_title(name, book.sheetnames)
        assert 1 <= len(title.encode("utf-16-le")) // 2 <= encoders.TITLE_LIMIT
        assert title.casefold() not in {other.casefold() for other in book.sheetnames}
        assert book.create_sheet(title).title == title


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "#,##0"), (1250, "#,##0"), (Decimal("2.5"), "#,##0.0"), (Decimal("2.500"), "#,##0.0"), (Decimal("1E+3"), "#,##0")],
)
def test_a_number_is_shown_with_as_many_decimals_as_it_has(number: int | Decimal, shown: str) -> None:
    assert encoders.number_format(number) == shown


@settings(max_examples=examples(40), deadline=None)
@given(st.one_of(st.integers(-(10**18), 10**18), st.decimals(-(10**12), 10**12, places=4)))
def test_a_number_reads_back_to_the_last_digit(number: int | Decimal) -> None:
    book = openpyxl.Workbook()
    encoders.put_number(book.active.cell(1, 1), number)
    read = reopened(book).cell(1, 1).value
    if isinstance(read, str):  # more digits than a spreadsheet keeps
        assert Decimal(read.replace(".", "").replace(",", ".")) == number
    else:
        assert Decimal(str(read)) == number


@settings(max_examples=examples(40), deadline=None)
@given(ANY_TEXT)
@example("\x00\x1b\ud83d\ufffe\r\n\t")
def test_any_text_in_a_word_document_reads_back(text: str) -> None:
    document = docx.Document()
    document.add_paragraph().add_run(encoders.docx_text(text))
    buffer = io.BytesIO()
    document.save(buffer)
    assert docx.Document(buffer).paragraphs[0].text == encoders.docx_text(text)


@settings(max_examples=examples(300), deadline=None)
@given(ANY_TEXT)
@example(FORMULA)
@example("  =1")
@example("\u00a0@x")
@example("\r=1")
def test_no_field_of_a_csv_file_starts_like_a_formula(text: str) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([encoders.csv_text(text), "sau"])
    buffer.seek(0)
    field, after = next(csv.reader(buffer))
    assert after == "sau"
    assert not field.lstrip(" \n\u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert field.removeprefix("'") == encoders.csv_text(text).removeprefix("'")
    field.encode("utf-8")


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(ANY_TEXT, max_size=4))
@example(["../../etc/passwd"])
@example(["CON"])
@example(["Báo cáo “6 tháng” Phường Đông Hưng Thuận" * 5])
def test_file_names_are_plain_short_and_stay_in_their_folder(parts: list[str]) -> None:
    name = encoders.file_name(*parts, suffix=".xlsx")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*_?\.xlsx", name)
    assert len(name) <= encoders.NAME_LIMIT
    assert name.split(".")[0] not in {"con", "prn", "aux", "nul", "com1", "lpt1"}


def test_a_vietnamese_name_stays_readable_without_its_accents() -> None:
    assert encoders.file_name("Tổng hợp", "Đợt 1/2023", suffix=".pdf") == "tong-hop-dot-1-2023.pdf"


def round_trip(text: str) -> openpyxl.worksheet.worksheet.Worksheet:
    book = openpyxl.Workbook()
    encoders.put_text(book.active.cell(1, 1), text)
    return reopened(book)


def reopened(book: openpyxl.Workbook) -> openpyxl.worksheet.worksheet.Worksheet:
    buffer = io.BytesIO()
    book.save(buffer)
    return openpyxl.load_workbook(buffer).active
