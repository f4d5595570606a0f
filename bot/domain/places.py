"""Which units and which round a question names, and what is left of it without them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import naming
from bot.domain.answers import Doubtful
from bot.domain.rounds import Round
from bot.domain.topics import letters
from bot.domain.units import Unit


@dataclass(frozen=True, kw_only=True)
class Named:
    """The units a text names, in its order. `unknown`: a ward is named that is none of them."""

    units: tuple[Unit, ...]
    rest: str
    unknown: bool = False


def find_units(said: str, units: Sequence[Unit]) -> Named:
    """Units by number ("p 05", "phuong 5") or by a whole name; one after "gui", "ve" says whom it goes to, not whose it is."""
    found: list[tuple[int, Unit]] = []
    rest = said
    for match in _WARD.finditer(said):
        unit = naming.find_unit(f"phuong {int(match[1])}", units)
        if isinstance(unit, Doubtful):
            return Named(units=(), rest=said, unknown=True)
        found.append((match.start(), unit))
        rest = rest.replace(match[0], " ", 1)
    for name, unit in _names(units):
        match_ = re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", rest)
        if match_ is not None and not _TOWARDS.search(rest[: match_.start()]):
            found.append((match_.start(), unit))
            rest = f"{rest[: match_.start()]} {rest[match_.end() :]}"
    ordered = [unit for _, unit in sorted(found, key=lambda each: each[0])]
    return Named(units=tuple({unit.id: unit for unit in ordered}.values()), rest=" ".join(rest.split()))


def find_round(said: str, rounds: Sequence[Round], current: Round, *, compares: bool) -> tuple[Round, str] | None:
    """(the round a text names, what is left of it); the current one when it names none; None for one that was never armed.

    `compares`: "năm trước", "kỳ trước" say what it is compared with, not which round.
    """
    code, year, rest = "", 0, said
    for known in rounds:
        pattern = _titled(letters(known.title))
        if (match := pattern.search(rest)) is not None:
            code, rest = known.code, f"{rest[: match.start()]} {rest[match.end() :]}"
            break
    if (match := _YEAR.search(rest)) is not None:
        year, rest = int(match[1]), f"{rest[: match.start()]} {rest[match.end() :]}"
    elif not compares and (match := _LAST_YEAR.search(rest)) is not None:
        year, rest = current.year - 1, f"{rest[: match.start()]} {rest[match.end() :]}"
    elif not compares and (match := _PREVIOUS.search(rest)) is not None:
        gone = [known for known in rounds if known.due < current.due]
        return (gone[-1], " ".join(f"{rest[: match.start()]} {rest[match.end() :]}".split())) if gone else None
    rest = " ".join(_THIS_YEAR.sub(" ", rest).split())
    if not code and not year:
        return current, rest
    wanted = [known for known in rounds if known.year == (year or current.year) and known.code == (code or current.code)]
    return (wanted[0], rest) if wanted else None


def _names(units: Sequence[Unit]) -> list[tuple[str, Unit]]:
    """Every name in letters, the longest first. A ward's are found by its number."""
    named = [
        (key, unit)
        for unit in units
        if unit.group != "ward" or not _WARD.search(letters(unit.short))
        for name in (unit.name, unit.short, unit.code, *unit.aliases)
        if len(key := letters(name)) > 1
    ]
    return sorted(named, key=lambda each: (-len(each[0]), each[0]))


def _titled(title: str) -> re.Pattern[str]:
    """How a round is called: "6 thang" also as "6t"; "bao cao nam", "ca nam", "ky nam"."""
    name = title.removeprefix("bao cao ")
    if months := re.fullmatch(r"(\d+) thang", name):
        return re.compile(rf"\b(?:bao cao |ky )?{months[1]} ?(?:thang dau nam|thang|th|t)\b")
    if name == "nam":
        return re.compile(r"\b(?:bao cao|ky|ca) nam\b(?! (?:nay|ngoai|truoc|qua|roi)\b)")
    return re.compile(rf"\b{re.escape(title)}\b|\b{re.escape(name)}\b")


_WARD = re.compile(r"\b(?:ubnd )?(?:phuong|phuog|phuon|fuong|phung|puong|phg|ph|p|f) ?0*(\d{1,3})\b")
_TOWARDS = re.compile(r"\b(?:gui|ve|cho|len|toi|den|bao cao) (?:phong |ubnd )?$")
_YEAR = re.compile(r"\b(?:nam )?(20\d\d)\b")
_LAST_YEAR = re.compile(r"\bnam (?:ngoai|truoc|roi|qua|vua roi)\b")
_PREVIOUS = re.compile(r"\b(?:ky|lan|dot|bao cao) (?:truoc|vua roi|lien truoc|vua qua)\b")
_THIS_YEAR = re.compile(r"\bnam nay\b|\b(?:ky|lan|dot) nay\b")
