"""One mapping of a plan file, asked for its fields by name.

What is wrong is noted and a placeholder handed back, so that reading goes on and all faults of a file are told at once;
a plan built with placeholders is never given to anybody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from bot.domain import words
from bot.plans import tree
from bot.plans.faults import Enough, Fault
from bot.texts import plan_errors as say

SIGNED = re.compile(r"[+-][0-9]+(?:[.,][0-9]+)?")  # a number, which no spreadsheet takes for anything else
FORMULA_MARKS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A table cell that begins so is run, not shown, by spreadsheets; the last four are full-width twins."""

MOST_FAULTS = 200
LONGEST_KEY = 40
COMMON_YEAR = 2023
TRUE, FALSE = {"true", "yes", "co"}, {"false", "no", "khong"}


class Entry:
    """A mapping at a known place. Misspelt fields are noted once and then read as what they were meant to be."""

    def __init__(self, node: tree.Node, path: str, faults: list[Fault], fields: Collection[str]) -> None:
        self.node_line = node.line
        self.path = path
        self.faults = faults
        self.broken = not isinstance(node, tree.Mapping)
        self._fields: dict[str, tuple[int, tree.Node]] = {}
        if isinstance(node, tree.Mapping):
            self._take(node, fields)
        else:
            self._note(node.line, self.path, say.BLANK if _is_blank(node) else say.NOT_A_GROUP)

    def has(self, name: str) -> bool:
        """Whether the field is there with something in it."""
        return name in self._fields and not _is_blank(self._fields[name][1])

    def line(self, name: str, index: int | None = None) -> int:
        """Where a field's value (or the item of its list) begins; where the entry begins when it has no such field."""
        if name not in self._fields:
            return self.node_line
        key_line, node = self._fields[name]
        if index is not None and isinstance(node, tree.Sequence):
            return node.items[index].line
        return key_line if isinstance(node, tree.Mapping | tree.Sequence) or _is_blank(node) else node.line

    def note(self, name: str, message: str, index: int | None = None) -> None:
        """This field (or the item of its list, counted from 0 here and from 1 in what is told) is wrong."""
        place = self.at(name) if index is None else f"{self.at(name)}[{index + 1}]"
        self._note(self.line(name, index), place, message)

    def note_whole(self, message: str) -> None:
        """The entry itself is wrong."""
        self._note(self.node_line, self.path, message)

    def at(self, name: str) -> str:
        """The place of a field, "units[3].questions"."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str, most: int, default: str | None = None) -> str:
        """A sentence: NFC, runs of white space as one space. Required when there is no default."""
        node = self._value(name, required=default is None)
        if node is None:
            return default or ""
        return self._clean(node, name, most)

    def texts(self, name: str, most: int, *, required: bool = False, most_items: int = 40) -> tuple[str, ...]:
        """A list of sentences; items that are wrong stay in it as ""."""
        nodes = self._items(name, required, most_items)
        return tuple(self._clean(node, name, most, index) for index, node in enumerate(nodes))

    def code(self, name: str, most: int, marks: str = "", default: str | None = None) -> str:
        """A key of ASCII letters, digits and the given marks."""
        text = self.text(name, 200, default)
        if text and not is_code(text, most, marks):
            self.note(name, say.bad_code(text, most, marks))
            return ""
        return text

    def word(self, name: str, allowed: Sequence[str]) -> str:
        """One of a few words; required."""
        text = self.text(name, 200)
        if text and text not in allowed:
            self.note(name, say.not_one_of(text, allowed))
            return ""
        return text

    def flag(self, name: str, default: bool) -> bool:
        """true or false (also có, không)."""
        text = self.text(name, 200, "")
        folded = fold(text)
        if text and folded not in TRUE | FALSE:
            self.note(name, say.not_a_flag(text))
        return folded in TRUE if text else default

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within the bounds. Required when there is no default."""
        text = self.text(name, 200, None if default is None else "")
        if text:
            return self._whole(text, name, low, high)
        return low if default is None else default

    def wholes(self, name: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers; wrong items are left out."""
        texts = self.texts(name, 200)
        numbers = (self._whole(text, name, low, high, index) for index, text in enumerate(texts) if text)
        return tuple(number for number in numbers if number)

    def number(self, name: str) -> Decimal | None:
        """A number that is not negative, with at most two decimals: 2.000 could be two or two thousand and is refused."""
        text = self.text(name, 200, "")
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,12}([.,][0-9]{1,2})?", text):
            self.note(name, say.not_a_number(text))
            return None
        return Decimal(text.replace(",", "."))

    def written_date(self, name: str) -> date:
        """A date as 2023-03-10 or 10/3/2023; required."""
        text = self.text(name, 200)
        iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
        written = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
        if iso or written:
            year, month, day = map(int, iso.groups() if iso else reversed(written.groups() if written else ()))
            if (found := _real(year, month, day)) and 1990 <= year <= 2100:
                return found
            self.note(name, say.no_such_date(f"{day}/{month}/{year}"))
        elif text:
            self.note(name, say.not_a_date(text))
        return date(COMMON_YEAR, 1, 1)

    def day_of_year(self, name: str) -> tuple[int, int]:
        """A day and month that every year has, as 05/11; required."""
        text = self.text(name, 200)
        if found := re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", text):
            day, month = int(found[1]), int(found[2])
            if _real(COMMON_YEAR, month, day):
                return day, month
            self.note(name, say.no_such_day(text))
        elif text:
            self.note(name, say.not_a_day(text))
        return 0, 0

    def entry(self, name: str, fields: Collection[str], *, required: bool = False) -> Entry | None:
        """A mapping inside this one, or None when it is not there."""
        node = self._value(name, required=required)
        return None if node is None else Entry(node, self.at(name), self.faults, fields)

    def entries(self, name: str, fields: Collection[str], *, required: bool = True, most: int = 500) -> Iterator[Entry]:
        """The mappings of a list, those that are mappings."""
        for index, node in enumerate(self._items(name, required, most)):
            entry = Entry(node, f"{self.at(name)}[{index + 1}]", self.faults, fields)
            if not entry.broken:
                yield entry

    def is_readable_list(self, name: str) -> bool:
        """Whether the field is a list of mappings and nothing else: only then is it known what is not in it."""
        node = self._fields[name][1] if name in self._fields else None
        return isinstance(node, tree.Sequence) and all(isinstance(item, tree.Mapping) for item in node.items)

    def _take(self, node: tree.Mapping, fields: Collection[str]) -> None:
        for line in node.odd_keys:
            self._note(line, self.path, say.KEY_NOT_TEXT)
        unknown: list[tuple[tree.Scalar, tree.Node]] = []
        for key, value in node.entries:
            name = key.text
            if key.hidden:
                self._note(key.hidden[0], self.path, say.hidden_character(key.hidden[1]))
            elif name in self._fields:
                self._note(key.line, self.at(name), say.twice(name, self._fields[name][0]))
            elif name in fields:
                self._fields[name] = (key.line, value)
            else:
                unknown.append((key, value))
        for key, value in unknown:
            meant = nearest(key.text, fields)
            self._note(key.line, self.at(one_line(key.text)[:LONGEST_KEY]), say.unknown(one_line(key.text), meant))
            if meant:
                self._fields.setdefault(meant, (key.line, value))

    def _value(self, name: str, *, required: bool) -> tree.Node | None:
        if name not in self._fields:
            if required and not self.broken:
                self._note(self.node_line, self.at(name), say.missing(name))
            return None
        node = self._fields[name][1]
        if _is_blank(node):
            if required:
                self.note(name, say.BLANK)
            return None
        return node

    def _items(self, name: str, required: bool, most: int) -> tuple[tree.Node, ...]:
        node = self._value(name, required=required)
        if node is None:
            return ()
        if not isinstance(node, tree.Sequence):
            self.note(name, say.NOT_A_LIST)
            return ()
        if required and not node.items:
            self.note(name, say.EMPTY_LIST)
        if len(node.items) > most:
            self.note(name, say.too_many(most))
        return node.items[:most]

    def _clean(self, node: tree.Node, name: str, most: int, index: int | None = None) -> str:
        """The text of a scalar, or "" with a fault."""
        if not isinstance(node, tree.Scalar):
            self.note(name, say.NOT_TEXT, index)
            return ""
        if node.hidden:
            line, code_point = node.hidden
            place = self.at(name) if index is None else f"{self.at(name)}[{index + 1}]"
            self._note(line, place, say.hidden_character(code_point))
            return ""
        text = one_line(node.text)
        if not text:
            self.note(name, say.BLANK, index)
        elif text.startswith(FORMULA_MARKS) and not SIGNED.fullmatch(text):
            self.note(name, say.formula(text[0]), index)
        elif len(text) > most:
            self.note(name, say.too_long(len(text), most), index)
        else:
            return text
        return ""

    def _whole(self, text: str, name: str, low: int, high: int, index: int | None = None) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text):
            self.note(name, say.not_whole(text), index)
        elif not low <= int(text) <= high:
            self.note(name, say.outside(low, high), index)
        else:
            return int(text)
        return 0

    def _note(self, line: int, field: str, message: str) -> None:
        self.faults.append(Fault(line=line, field=field, message=message))
        if len(self.faults) >= MOST_FAULTS:
            raise Enough


def one_line(text: str) -> str:
    """NFC, with runs of white space (a Word text is full of U+00A0) as one space and none around."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """How a hurried person types it: no accents, no case, no punctuation."""
    return " ".join(re.sub(r"[^a-z0-9 ]", "", words.fold(text)).split())


def is_code(text: str, most: int, marks: str) -> bool:
    """Whether it is made of ASCII letters, digits and the given marks and begins with a letter or digit."""
    return bool(re.fullmatch(rf"[A-Za-z0-9][A-Za-z0-9{re.escape(marks)}]*", text)) and len(text) <= most


def nearest(text: str, known: Iterable[str]) -> str:
    """What was probably meant, or ""."""
    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(text[:60].casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else ""


def _is_blank(node: tree.Node) -> bool:
    return isinstance(node, tree.Scalar) and node.blank


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
