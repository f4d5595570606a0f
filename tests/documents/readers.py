"""Reads finished documents back the way a stranger would: figures out of Vietnamese words, tables out of files."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import docx
import openpyxl
from docx.document import Document
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.worksheet import HEAD_ROW

FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
RATIO = re.compile(rf"({FIGURE.pattern})/({FIGURE.pattern})")


def workbook(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def document(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def parts(content: bytes, name: str) -> list[str]:
    """The XML of the parts of an Office file whose path begins so."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return [archive.read(path).decode() for path in archive.namelist() if path.startswith(name)]


def headed(sheet: Worksheet) -> dict[str, int]:
    """Column numbers by their names."""
    return {str(cell.value): cell.column for cell in sheet[HEAD_ROW] if cell.value}


def row_named(sheet: Worksheet, name: str) -> tuple[Any, ...]:
    """The row whose second cell is this."""
    rows = [row for row in sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True) if row[1] == name]
    assert len(rows) == 1, f"{name!r}: {len(rows)} rows"
    return rows[0]


def number(text: object) -> Decimal:
    """A cell's number, or "1.250,5" as Vietnamese writes it."""
    if isinstance(text, int | float):
        return Decimal(str(text))
    return Decimal(str(text).removeprefix("ước ").replace(".", "").replace(",", "."))


def value(text: str) -> object:
    """A total out of words, in the form of the JSON summary: "985 lượt", "169/205 đơn (82,4%)"; None without figures."""
    if found := RATIO.match(text):
        return {"x": int(number(found[1])), "y": int(number(found[2]))}
    if found := FIGURE.match(text):
        return number(found[0])
    return None


def rows(document: Document, first: str) -> list[list[str]]:
    """The rows of every table whose first heading is this. Straight from the XML: python-docx's cells are quadratic."""
    from docx.oxml.ns import qn

    found: list[list[str]] = []
    for table in document.element.body.iter(qn("w:tbl")):
        lines = [
            [
                "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))
                for cell in row.iter(qn("w:tc"))
            ]
            for row in table.iter(qn("w:tr"))
        ]
        if lines and lines[0][0] == first:
            found += lines[1:]
    return found


def _text(cell: Any) -> str:
    from docx.oxml.ns import qn

    return "\n".join("".join(word.text or "" for word in line.iter(qn("w:t"))) for line in cell.iter(qn("w:p")))
