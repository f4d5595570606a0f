"""What a table of units changes: pure; either a list of changes or a list of every fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.cli.given import parsed_day
from bot.cli.unit_tables import CellFault, Row
from bot.domain.plan import PlannedUnit
from bot.domain.units import Unit
from bot.domain.words import fold
from bot.texts import cli as texts

GROUPS = {"ward": "ward", "phuong": "ward", "named": "named", "neu ten": "named", "other": "other", "khac": "other"}
SOURCES = {"plan": "plan", "ke hoach": "plan", "office": "office", "co quan": "office"}
RESERVED = {"ward", "named", "other", "all"}  # mean groups in plan files
LONGEST = {"name": 120, "short": 60, "aliases": 60}
NEEDED = ("name", "group", "questions")

# code, name, short, group, questions, source, aliases, from, until
Fields = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One unit added or changed. `fields`: field → (before, after), only what differs; before is None for a new unit."""

    unit: PlannedUnit
    from_: date | None
    until: date | None
    new: bool
    fields: Mapping[str, tuple[object, object]]


@dataclass(kw_only=True)
class Changes:
    """Reads rows one by one against the units there are."""

    units: Mapping[str, Unit]  # by folded code
    sets: Collection[str]
    faults: list[CellFault] = field(default_factory=list)
    found: list[Change] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    _rows: dict[str, int] = field(default_factory=dict)

    def read(self, rows: Sequence[Row]) -> None:
        """All rows, then what people type: no two units may be called by the same name."""
        for row in rows:
            self._read(row)
        self._check_names()

    def _read(self, row: Row) -> None:
        key = self._key(row)
        if key is None:
            return
        known = self.units.get(key)
        before: Fields = _fields(known) if known else {}
        after = dict(before)
        for name, cell in row.cells.items():
            if name != "code" and (cell or not known):
                self._take(after, name, cell, row.number)
        after["code"] = known.code if known else row.cells["code"]
        if known is None:
            for name in NEEDED:
                if not after.get(name) and not any(f.row == row.number and f.column == name for f in self.faults):
                    self._fault(row.number, name, texts.needed_for_new(name))
            after["short"] = after.get("short") or after.get("name", "")
            after["source"] = after.get("source") or "office"
        since, until = after.get("from"), after.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self._fault(row.number, "until", texts.ENDS_BEFORE_IT_BEGINS)
        differing = {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
        if differing or known is None:
            self.found.append(_change(after, new=known is None, fields=differing))
        else:
            self.same.append(str(after["code"]))

    def _key(self, row: Row) -> str | None:
        """The folded code, or None for one that cannot be worked with."""
        code = row.cells.get("code", "")
        key = code.casefold()
        fault = ""
        if not code:
            fault = texts.NO_CODE
        elif not re.fullmatch(r"[A-Za-z0-9]{1,12}", code) and key not in self.units:
            fault = texts.BAD_CODE
        elif key in RESERVED:
            fault = texts.RESERVED_CODE
        elif key in self._rows:
            fault = texts.code_twice(self._rows[key])
        if fault:
            self._fault(row.number, "code", fault)
            return None
        self._rows[key] = row.number
        return key

    def _take(self, into: Fields, name: str, cell: str, row: int) -> None:
        if cell == texts.CLEARING:
            if name in ("aliases", "from", "until"):
                into[name] = () if name == "aliases" else None
            else:
                self._fault(row, name, texts.NOT_CLEARABLE)
            return
        if cell[:1] in ("=", "+", "-", "@"):
            self._fault(row, name, texts.SHEET_FORMULA)
            return
        reader: dict[str, Callable[[str], object]] = {
            "group": lambda said: self._word(said, GROUPS, texts.group),
            "source": lambda said: self._word(said, SOURCES, lambda word: texts.field_value("source", word)),
            "questions": self._questions,
            "aliases": lambda said: tuple(self._text(part, "aliases") for part in map(str.strip, said.split("|")) if part),
            "from": _day,
            "until": _day,
        }
        try:
            into[name] = reader[name](cell) if name in reader else self._text(cell, name)
        except ValueError as wrong:
            self._fault(row, name, str(wrong))

    def _text(self, said: str, name: str) -> str:
        if len(said) > LONGEST[name]:
            raise ValueError(texts.too_long(LONGEST[name]))
        return said

    def _word(self, said: str, words: Mapping[str, str], named: Callable[[str], str]) -> str:
        if not said:
            return ""
        if (found := words.get(fold(said))) is None:
            raise ValueError(texts.unknown_word(said, list(dict.fromkeys(map(named, words.values())))))
        return found

    def _questions(self, said: str) -> str:
        found = next((code for code in self.sets if code.casefold() == said.casefold()), None)
        if said and found is None:
            raise ValueError(texts.unknown_questions(said, sorted(self.sets)))
        return found or ""

    def _check_names(self) -> None:
        """The same rule as for plan files: "p5" must always be one ward."""
        changed = {change.unit.code.casefold(): change.unit for change in self.found}
        owners: dict[str, str] = {}
        for key, unit in [(key, unit) for key, unit in self.units.items() if key not in changed] + list(changed.items()):
            for name, text in _called(unit):
                owner = owners.setdefault(fold(text), unit.code)
                if owner != unit.code and key in self._rows:
                    self._fault(self._rows[key], name, texts.name_taken(text, owner))

    def _fault(self, row: int, column: str, message: str) -> None:
        fault = CellFault(row=row, column=column, message=message)
        if fault not in self.faults:
            self.faults.append(fault)


def _fields(unit: Unit) -> Fields:
    return {
        "code": unit.code,
        "name": unit.name,
        "short": unit.short,
        "group": unit.group,
        "questions": unit.questions,
        "source": unit.source,
        "aliases": unit.aliases,
        "from": unit.from_,
        "until": unit.until,
    }


def _change(after: Fields, *, new: bool, fields: Mapping[str, tuple[object, object]]) -> Change:
    texts_of = {name: str(after.get(name) or "") for name in ("code", "name", "short", "group", "questions", "source")}
    aliases, since, until = after.get("aliases"), after.get("from"), after.get("until")
    return Change(
        unit=PlannedUnit(**texts_of, aliases=aliases if isinstance(aliases, tuple) else ()),
        from_=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
        new=new,
        fields=fields,
    )


def _called(unit: Unit | PlannedUnit) -> list[tuple[str, str]]:
    named = [("code", unit.code), ("name", unit.name), ("short", unit.short)]
    return [(name, text) for name, text in (*named, *(("aliases", alias) for alias in unit.aliases)) if text]


def _day(said: str) -> date | None:
    found = parsed_day(said)
    if said and found is None:
        raise ValueError(texts.bad_day_in_table(said))
    return found
