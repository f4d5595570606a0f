"""A table of units, CSV or XLSX, as rows of text under known columns; every fault of its form is named."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.cli.grammar import Refusal
from bot.domain.words import fold
from bot.texts import cli as texts

MOST_MEGABYTES = 2
MOST_ROWS = 2000
TITLES = 6  # the headings stand in one of so many first lines that are not empty
MOST_UNPACKED = 50 * 1024 * 1024  # an XLSX is a zip file, and zip files can be bombs

_HEADINGS = {
    "code": ("ma", "ma don vi", "code"),
    "name": ("ten", "ten don vi", "don vi", "name"),
    "short": ("ten goi ngan", "ten ngan", "ten goi", "short"),
    "group": ("nhom", "group"),
    "questions": ("bo cau hoi", "questions"),
    "source": ("nguon", "source"),
    "aliases": ("ten khac", "aliases"),
    "from": ("tu ngay", "from"),
    "until": ("den ngay", "until"),
}
_FIELD_OF = {heading: field for field, headings in _HEADINGS.items() for heading in headings}


@dataclass(frozen=True, kw_only=True, order=True)
class CellFault:
    """One thing to correct. `row` as the file counts, 0 for the whole file; `column` a field's key, or ""."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return texts.cell_fault(self.row, texts.field(self.column) if self.column else "", self.message)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row under its headings. Fields of absent columns are absent, empty cells are ""."""

    number: int
    cells: dict[str, str]


def read(file: Path) -> tuple[list[Row], list[CellFault]]:
    """The rows with something in them, and what is wrong with the table's form. Raises Refusal for what is no table at all."""
    try:
        if file.stat().st_size > MOST_MEGABYTES * 1024 * 1024:
            raise Refusal(texts.table_too_big(MOST_MEGABYTES, MOST_ROWS))
        content = file.read_bytes()
    except OSError:
        raise Refusal(texts.file_unreadable(str(file))) from None
    match file.suffix.lower():
        case ".csv":
            lines = list(_of_csv(content))
        case ".xlsx":
            lines = list(_of_xlsx(content))
        case _:
            raise Refusal(texts.WRONG_KIND_OF_FILE)
    return _under_headings([(number, cells) for number, cells in lines if any(cells)])


def _of_csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(texts.NOT_UTF8) from None
    heading = "\n".join(text.splitlines()[:TITLES])
    # Excel writes the separator of the country it is set to: ";" in Việt Nam, "," elsewhere.
    separator = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        before = 0
        for cells in reader:
            yield before + 1, [_tidy(cell) for cell in cells]
            before = reader.line_num  # a quoted cell may hold line breaks
            _check_rows(before)
    except csv.Error:
        raise Refusal(texts.NOT_A_TABLE) from None


def _of_xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    import warnings

    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise Refusal(texts.table_too_big(MOST_MEGABYTES, MOST_ROWS))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations it does not keep; we read values only
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
                _check_rows(number)
                yield number, [_written(cell) for cell in cells]
    except Refusal:
        raise
    except Exception:  # openpyxl raises whatever its parsers raise
        raise Refusal(texts.NOT_A_TABLE) from None


def _under_headings(lines: Sequence[tuple[int, list[str]]]) -> tuple[list[Row], list[CellFault]]:
    if len(lines) < 2:
        raise Refusal(texts.EMPTY_TABLE)
    at = next((at for at, (_, cells) in enumerate(lines[:TITLES]) if "code" in _fields(cells)), 0)  # below the table's title
    (number, headings), *rest = lines[at:]
    fields = _fields(headings)
    faults = [
        CellFault(row=number, column="", message=texts.unknown_column(heading))
        for heading, field in zip(headings, fields, strict=True)
        if heading and not field
    ]
    faults += [
        CellFault(row=number, column="", message=texts.column_twice(texts.field(field)))
        for field in dict.fromkeys(fields)
        if field and fields.count(field) > 1
    ]
    if "code" not in fields:
        faults.append(CellFault(row=number, column="", message=texts.missing_column("code")))
    faults += [
        CellFault(row=row, column="", message=texts.too_many_cells()) for row, cells in rest if any(cells[len(fields) :])
    ]
    return [Row(number=row, cells=_named(fields, cells)) for row, cells in rest], faults


def _fields(headings: Iterable[str]) -> list[str]:
    """What each column holds; "" for a heading we do not know."""
    return [_FIELD_OF.get(fold(heading), "") for heading in headings]


def _named(fields: Sequence[str], cells: Iterable[str]) -> dict[str, str]:
    """A short row's missing cells are empty cells."""
    padded = [*cells, *[""] * len(fields)]
    return {field: cell for field, cell in zip(fields, padded, strict=False) if field}


def _check_rows(number: int) -> None:
    if number > MOST_ROWS:
        raise Refusal(texts.table_too_big(MOST_MEGABYTES, MOST_ROWS))


def _written(value: Any) -> str:
    """A cell as it would be typed: whole numbers without ".0", dates as dates."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return _tidy(str(value))


def _tidy(cell: str) -> str:
    import unicodedata

    return " ".join(unicodedata.normalize("NFC", cell).split())
