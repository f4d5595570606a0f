"""A sheet of a workbook, written row after row in one look: typed cells, filters, what stays in sight, how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any, cast

from bot.documents import encoders
from bot.domain.answers import Percent
from bot.texts import documents as texts

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell

HEAD_ROW = 6
"""Where the names of the columns stand; above it: what this is, where it comes from, how to read it."""
FONT = "Times New Roman"
LINE = 15.0
"""Points from one line of text to the next."""
HIGHEST = 409.0
"""The highest row a spreadsheet shows, in points."""


@dataclass(frozen=True, kw_only=True)
class Estimated:
    """A number that is an estimate."""

    number: int | Decimal


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Words in place of a figure: "chưa có số"."""

    text: str


@dataclass(frozen=True, kw_only=True)
class NotAsked:
    """The unit is not asked for this."""


@dataclass(frozen=True, kw_only=True)
class Odd:
    """A value worth a look."""

    value: str | int | Decimal | Percent | Estimated | date | None


Value = str | int | Decimal | Percent | Estimated | Mark | Odd | NotAsked | date | datetime | None
"""What may stand in a cell. A datetime is already on the office's clock."""

GREY, BLUE, PALE_BLUE, YELLOW, RED = "E7E6E6", "1F4E79", "D9E2F3", "FFE699", "C00000"


@dataclass(frozen=True, kw_only=True)
class _Look:
    """How a cell looks."""

    bold: bool = False
    italic: bool = False
    size: int = 11
    color: str = "000000"
    background: str = ""
    align: str = ""
    framed: bool = True


class Worksheet:
    """One sheet. `lines` stand above its columns, the first as a title; the fourth is a warning."""

    def __init__(self, book: Workbook, title: str, *lines: str) -> None:
        self._looks: dict[_Look, Any] = {}
        self.widths: list[float] = []
        self.sheet = book.create_sheet(encoders.sheet_title(title, [sheet.title for sheet in book.worksheets]))
        self.last = HEAD_ROW
        for at, line in enumerate(filter(None, lines), start=1):
            cell = self._cell(at, 1)
            look = _Look(bold=at in (1, 4), size=14 if at == 1 else 11, color=RED if at == 4 else "000000", framed=False)
            self._dress(cell, look)
            encoders.put_text(cell, line)

    def head(self, names: Sequence[str], widths: Sequence[float], *, tall: bool = False) -> None:
        """The names of the columns."""
        from openpyxl.utils import get_column_letter

        self.widths = list(widths)
        for at, (name, width) in enumerate(zip(names, widths, strict=True), start=1):
            cell = self._cell(HEAD_ROW, at)
            self._dress(cell, _Look(bold=True, color="FFFFFF", background=BLUE, align="center"))
            encoders.put_text(cell, name)
            self.sheet.column_dimensions[get_column_letter(at)].width = width
        self.sheet.row_dimensions[HEAD_ROW].height = 110 if tall else 36

    def above(self, start: int, width: int, text: str) -> None:
        """A name over several columns' names. Not merged: a merged cell is in the way of sorting and moving columns."""
        for at in range(start, start + width):
            cell = self._cell(HEAD_ROW - 1, at)
            self._dress(cell, _Look(bold=True, background=PALE_BLUE, framed=False))
            if at == start:
                encoders.put_text(cell, text)

    def row(self, *values: Value, bold: bool = False) -> None:
        """One more row."""
        self.last += 1
        cells = [self._cell(self.last, at) for at in range(1, len(values) + 1)]
        for cell, value in zip(cells, values, strict=True):
            self._put(cell, value, _Look(bold=bold))
        shown = zip(self.widths, values, strict=False)
        lines = max((_lines(value, width) for width, value in shown if isinstance(value, str | Mark)), default=1)
        if lines > 1:
            self.sheet.row_dimensions[self.last].height = min(lines * LINE, HIGHEST)

    def finish(self, *, fixed_columns: int, body_ends: int | None = None, pages_wide: int = 1) -> None:
        """Filters, what stays in sight, how it is printed."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet, end = self.sheet, max(body_ends or self.last, HEAD_ROW)
        last_column = get_column_letter(len(self.widths))
        sheet.auto_filter.ref = f"A{HEAD_ROW}:{last_column}{end}"
        sheet.freeze_panes = f"{get_column_letter(fixed_columns + 1)}{HEAD_ROW + 1}"
        sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_title_rows = f"{HEAD_ROW - 1}:{HEAD_ROW}"
        sheet.print_title_cols = f"A:{get_column_letter(fixed_columns)}"
        sheet.print_area = f"A1:{last_column}{self.last}"
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.footer = 0.5, 0.7, 0.3
        sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=texts.PRINTED_PAGE))
        sheet.sheet_view.zoomScale = 90

    def _cell(self, row: int, column: int) -> Cell:
        # No cell is ever merged here, which is the only case in which openpyxl gives something else.
        return cast("Cell", self.sheet.cell(row, column))

    def _put(self, cell: Cell, value: Value, look: _Look) -> None:
        match value:
            case NotAsked():
                return self._dress(cell, replace(look, background=GREY))
            case Odd(value=inner):
                return self._put(cell, inner, replace(look, background=YELLOW, bold=True))
            case Mark():
                look = replace(look, italic=True, color="595959", align="left")
            case str():
                look = replace(look, align="left")
        self._dress(cell, look)
        match value:
            case Mark(text=str(text)) | (str() as text):
                if text:
                    encoders.put_text(cell, text)
            case Percent(value=share):
                cell.value = share / 100
                cell.number_format = "0.##%" if share % 1 else "0%"
            case Estimated(number=number):
                encoders.put_number(cell, number, estimate=True)
            case int() | Decimal():
                encoders.put_number(cell, value)
            case datetime():
                cell.value = value.replace(tzinfo=None, microsecond=0)
                cell.number_format = "dd/mm/yyyy hh:mm"
            case date():
                cell.value = value
                cell.number_format = "dd/mm/yyyy"

    def _dress(self, cell: Cell, look: _Look) -> None:
        """Give a cell its look. openpyxl compares whole styles for every cell it dresses, so each is made once and copied."""
        if look in self._looks:
            cell._style = copy(self._looks[look])  # type: ignore[attr-defined]
            return
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell.font = Font(name=FONT, size=look.size, bold=look.bold, italic=look.italic, color=look.color)
        if look.background:
            cell.fill = PatternFill("solid", fgColor=look.background)
        if look.framed:
            side = Side(style="thin", color="A6A6A6")
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            across: dict[str, Any] = {"horizontal": look.align} if look.align else {}
            middle = "center" if look.align == "center" else "top"
            cell.alignment = Alignment(wrap_text=True, vertical=middle, indent=int(look.align == "left"), **across)
        self._looks[look] = copy(cell._style)  # type: ignore[attr-defined]


def _lines(value: str | Mark, width: float) -> int:
    """How many lines a text takes in a column; LibreOffice does not work out the height of a row by itself."""
    text = value.text if isinstance(value, Mark) else value
    return sum(max(1, ceil(len(line) / max(1.1 * (width - 1), 1))) for line in text.split("\n"))
