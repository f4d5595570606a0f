"""Any text into any outlet: one encoder for each place a text typed by somebody can end up in a file.

Nothing typed by a person may become a formula, break a file or cut an export short (OWASP ASVS 1.2.10, CWE-1236).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.chat.fold import fold
from bot.domain.plan import Plan
from bot.domain.summary import Summary
from bot.texts import documents as texts

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
CELL_LIMIT = 32_767
"""UTF-16 units in one cell (Excel specifications and limits)."""
TITLE_LIMIT = 31
"""UTF-16 units in a sheet's name."""
DIGITS = 15
"""Significant digits a spreadsheet keeps of a number."""
NAME_LIMIT = 80

# What XML 1.0 cannot hold (production 2, Char), lone halves of surrogate pairs among them.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
# A spreadsheet reads "_x0041_" in a text as "A" (ECMA-376, ST_Xstring); its underscore is written as "_x005F_".
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def legal(text: str) -> str:
    """The text with what no XML file can hold replaced by U+FFFD, and one kind of line end."""
    return _ILLEGAL.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def docx_text(text: str) -> str:
    """Text for a run of a Word document."""
    return legal(text)


def xlsx_text(text: str) -> str:
    """Text as a cell will show it: at most CELL_LIMIT long, with a mark where something was left out."""
    text = legal(text)
    if _length(text) <= CELL_LIMIT:
        return text
    mark = texts.cut_off(len(text))
    kept = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - _length(mark))].decode("utf-16-le", errors="ignore")
    return kept + mark


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays a text: it is never evaluated, not even when somebody opens the cell and presses Enter."""
    shown = xlsx_text(text)
    cell.value = _ESCAPE.sub("_x005F_", shown)
    cell.data_type = "s"
    cell.quotePrefix = shown.startswith((*_FORMULA, "'"))


def put_number(cell: Cell, number: int | Decimal, *, estimate: bool = False) -> None:
    """Write a number as a number, an estimate labelled by its format; one with more digits than a spreadsheet keeps as text."""
    if len(Decimal(number).normalize().as_tuple().digits) > DIGITS:
        put_text(cell, texts.long_number(number, estimate))
        return
    cell.value = number
    cell.number_format = number_format(number, estimate=estimate)


def number_format(number: int | Decimal, *, estimate: bool = False) -> str:
    """Thousands apart, as many decimals as the number has. The spreadsheet shows it in its own country's way."""
    exponent = Decimal(number).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    shown = "#,##0" + ("." + "0" * places if places else "")
    return f'"{texts.ESTIMATE} "{shown}' if estimate else shown


def sheet_title(text: str, taken: Collection[str] = ()) -> str:
    """A name a spreadsheet accepts for a sheet: no []:*?/\\, no apostrophe at the ends, 31 long, unlike the others'."""
    name = _NOT_IN_TITLES.sub(" ", legal(text)).strip(" '\n\t") or texts.SHEET
    if name.casefold() == "history":  # Excel keeps this one for itself
        name = f"{name}_"
    others = {title.casefold() for title in taken}
    for number in range(1, len(others) + 2):
        suffix = "" if number == 1 else f" ({number})"
        kept = name.encode("utf-16-le")[: 2 * (TITLE_LIMIT - len(suffix))].decode("utf-16-le", errors="ignore")
        title = f"{kept.rstrip(chr(39) + ' ')}{suffix}"
        if title.casefold() not in others:
            break
    return title


def csv_text(text: str) -> str:
    """Text for a field of a CSV file: what a spreadsheet would take for a formula gets an apostrophe in front.

    A CSV file has no types, so unlike in a workbook the text itself has to change.
    """
    shown = _ILLEGAL.sub(REPLACEMENT, text)
    return f"'{shown}" if shown.lstrip(" \n\u00a0").startswith(_FORMULA) else shown


def file_name(*parts: str, suffix: str) -> str:
    """A file's name out of our own words: lower-case ASCII letters, figures and single hyphens, at most NAME_LIMIT long."""
    stem = "-".join(re.findall(r"[a-z0-9]+", fold(" ".join(parts))))
    stem = stem[: NAME_LIMIT - len(suffix)].strip("-") or texts.FILE
    return f"{stem}_{suffix}" if stem in _RESERVED else f"{stem}{suffix}"


def named(kind: str, summary: Summary, local: datetime, suffix: str) -> str:
    """Like "tong-hop-847-2023-6t-2023-20230505-1700.xlsx": what, of which round, as of when."""
    plan, round_ = summary.sheet.plan, summary.sheet.round
    return of_plan(plan, kind, round_.code, str(round_.year), f"{local:%Y%m%d-%H%M}", suffix=suffix)


def of_plan(plan: Plan, kind: str, *more: str, suffix: str) -> str:
    """What a file about a plan is called; a made-up one says so in its name."""
    return file_name(texts.MADE_UP_FILE if plan.made_up else "", kind, plan.code, *more, suffix=suffix)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
