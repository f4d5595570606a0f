"""Which unit somebody means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from bot.domain.answers import Doubt, Doubtful, Reading, Status
from bot.domain.words import fold, number_words, untype


class Named(Protocol):
    """A unit as far as its names go: `Unit`, or `PlannedUnit` whose `aliases` are used too."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def short(self) -> str: ...  # noqa: D102


U = TypeVar("U", bound=Named)


def find_unit(text: str, units: Sequence[U]) -> U | Doubtful:
    """The one unit meant: "p.05", "F5", "phuowngf 5", "tn&mt", "do thi". Suggestions of a Doubtful are unit codes.

    Doubtful NO_SUCH_UNIT for a ward number that is not on the list, WHICH_UNIT for everything else that is not certain
    ("kp5" is a neighbourhood, "phong" is many).
    """
    if len(text) > 200:
        return Doubtful(why=Doubt.WHICH_UNIT)
    first = _find(fold(text), units)
    if isinstance(first, Doubtful) and untype(text) != fold(text):
        second = _find(untype(text), units)
        return second if not isinstance(second, Doubtful) or second.suggestions else first
    return first


_PLACE = re.compile(r"\b(?:uy ban nhan dan|ubnd|uy ban|tp ?hcm|tphcm|tp ho chi minh|thanh pho ho chi minh)\b")
_DISTRICT = re.compile(r"\b(?:quan |q )?(?:go vap|gv)\b|\b(?:thuoc|cua) quan$")
_POLITE = re.compile(r"^(?:(?:da|vang|em|toi|minh|ben|o|don vi|la)\b[ ,:]*)+|(?:[ ,]*\b(?:a|ah|nhe|nha|em))+$")
_WARD = re.compile(r"(phuong|p|f|ph|phg|phuog|phuon|fuong|phung|phuongg?) ?0*(\d{1,3})")
_WARD_WORD = re.compile(r"([a-z]{4,8}) ?0*(\d{1,3})")
_KIND_WORDS = ("phong", "phuong", "xa", "p", "ph", "f", "ban", "tt", "dac khu")


def _find(text: str, units: Sequence[U]) -> U | Doubtful:
    said = _key(_POLITE.sub("", text.strip(" .!,?")))
    if not said or said.isdecimal():  # a bare "5" may be a choice's number
        return Doubtful(why=Doubt.WHICH_UNIT, suggestions=_codes(_near(said, units)))
    number = _ward_number(said)
    if number is not None:
        wards = [unit for unit in units if number in {_ward_number(_key(fold(name))) for name in _names(unit)}]
        return wards[0] if len(wards) == 1 else Doubtful(why=Doubt.NO_SUCH_UNIT if not wards else Doubt.WHICH_UNIT)
    if said in _GENERAL:
        held = [unit for unit in units if f" {said} " in f" {fold(unit.name)} "]
        return Doubtful(why=Doubt.WHICH_UNIT, suggestions=_codes(held[:6]))
    for named in (_exact(said, units), _partly(said, units)):
        if len(named) == 1:
            return named[0]
        if named:
            return Doubtful(why=Doubt.WHICH_UNIT, suggestions=_codes(named[:6]))
    return Doubtful(why=Doubt.WHICH_UNIT, suggestions=_codes(_near(said, units)))


def _key(folded: str) -> str:
    """The words that tell units apart."""
    text = re.sub(r"[^a-z0-9]+", " ", _PLACE.sub(" ", re.sub(r"\bvp(?:ubnd)?\b", "van phong", folded))).strip()
    text = " ".join(word for word in _DISTRICT.sub(" ", text).split() if word != "va")
    return re.sub(r"(?<=\w) (?:quan|q)$", "", text)


def _ward_number(said: str) -> int | None:
    """5 for "p5", "p 05", "phuong 5", "puong 5", "phuong nam"; None for "kp5" and "p tnmt"."""
    found = _WARD.fullmatch(said)
    if found is not None:
        return int(found[2])
    misspelt = _WARD_WORD.fullmatch(said)
    if misspelt is not None and one_slip(misspelt[1], "phuong"):
        return int(misspelt[2])
    in_words = re.fullmatch(r"(?:phuong|p|f) ([a-z ]+)", said)
    return number_words(in_words[1]) if in_words is not None else None


def _names(unit: Named) -> tuple[str, ...]:
    aliases: tuple[str, ...] = tuple(getattr(unit, "aliases", ()))
    return (unit.code, unit.short, unit.name, *aliases)


def _exact(said: str, units: Sequence[U]) -> list[U]:
    glued = said.replace(" ", "")
    bare = _bare(said)
    by_name = [unit for unit in units if said in _keys(unit) or glued in {key.replace(" ", "") for key in _keys(unit)}]
    if by_name:
        return by_name
    found = [unit for unit in units if bare and bare in {_bare(key) for key in _keys(unit)}]
    if found:
        return found
    short = bare.replace(" ", "")
    if len(short) < 3 and bare == said:
        return []  # "tp", "nv" mean too many things without "phòng" in front
    return [unit for unit in units if short in {form for key in _keys(unit) for form in _initials(_bare(key))}]


def _keys(unit: Named) -> set[str]:
    return {key for name in _names(unit) if (key := _key(fold(name)))}


def _bare(key: str) -> str:
    words = key.split()
    return " ".join(words[1:]) if len(words) > 1 and words[0] in _KIND_WORDS else key


def _initials(key: str) -> set[str]:
    words = key.split()
    if len(words) < 2:
        return set()
    return {"".join(word[0] for word in words)}


def _partly(said: str, units: Sequence[U]) -> list[U]:
    """Units whose name holds these words in a row ("do thi"). A single short or general word names nobody."""
    for part in dict.fromkeys((said, _bare(said))):
        if len(part) < 4 or part in _GENERAL:
            continue
        found = [unit for unit in units if any(f" {part} " in f" {key} " for key in _keys(unit))]
        if found:
            return found
    return []


_GENERAL = frozenset({"quan", "phong", "phuong", "xa", "ban", "cong", "nhan dan"})


def _near(said: str, units: Sequence[U]) -> list[U]:
    """What may have been meant, to be offered, never taken."""
    if not said:
        return []
    digits = re.search(r"(?<!\d)0*(\d{1,3})(?!\d)", said)
    if digits is not None:
        number = int(digits[1])
        return [unit for unit in units if number in {_ward_number(_key(fold(name))) for name in _names(unit)}][:3]
    parts = {said, _bare(said)}
    close = [
        unit for unit in units if any(len(key) > 4 and one_slip(part, _bare(key)) for part in parts for key in _keys(unit))
    ]
    inside = [unit for unit in units if any(len(_bare(key)) > 4 and f" {_bare(key)} " in f" {said} " for key in _keys(unit))]
    return list({unit.code: unit for unit in close + inside}.values())[:6]


def _codes(units: Sequence[Named]) -> tuple[Reading, ...]:
    return tuple(Reading(status=Status.GIVEN, value=unit.code) for unit in units)


def one_slip(typed: str, meant: str) -> bool:
    """Equal but for one letter missing, added or changed, or two neighbours swapped."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return typed == meant
    same = 0
    while same < min(len(typed), len(meant)) and typed[same] == meant[same]:
        same += 1
    a, b = typed[same:], meant[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
