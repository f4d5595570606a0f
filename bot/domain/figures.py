"""One figure out of typed digits or words, with its unit: 1.250 · 2,5 ha · khoảng 200 lượt · mười hai."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.domain.answers import Confirm, Doubt
from bot.domain.phrases import ABOUT_AFTER, ABOUT_BEFORE, AFTER, BEFORE, TURNING, UNSURE, joined
from bot.domain.words import NUMBER_WORDS, fold, number_words, vocabulary


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number somebody wrote.

    Attributes:
        value: in the unit asked for.
        other: a second plausible value ("1,250": 1250 or 1.25).
        estimate, confirm: as in `Reading`.
    """

    value: Decimal
    other: Decimal | None = None
    estimate: bool = False
    confirm: str = ""


@dataclass(frozen=True, kw_only=True)
class Unclear:
    """No single figure: why, and the figures that were seen."""

    why: Doubt
    seen: tuple[Decimal, ...] = ()


def digits(written: str) -> Figure | None:
    """A number written in digits the Vietnamese way: dot for thousands, comma for decimals.

    As phones are used, one dot and one or two digits is a decimal (87.5); a comma and exactly three digits is both.
    None for what is no number in either custom (1.25.000).
    """
    plain = written.replace(".", "").replace(",", "")
    whole = re.split("[.,]", written)[0]
    if not plain.isdecimal() or len(plain) > 24:
        return None
    leading_zero = whole == "0" or (len(whole) > 1 and whole.startswith("0"))
    if written == plain:
        return Figure(value=Decimal(plain))
    if whole == "0" and re.fullmatch(r"0[.,]\d{1,6}", written):
        return Figure(value=Decimal(written.replace(",", ".")))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,6})?", written) and not leading_zero:
        return Figure(value=Decimal(written.replace(".", "").replace(",", ".")))
    if re.fullmatch(r"\d+[.,]\d{1,2}|\d{4,},\d{3,6}|\d+,\d{4,6}", written):
        return Figure(value=Decimal(written.replace(",", ".")))
    if re.fullmatch(r"\d{1,3},\d{3}", written) and not leading_zero:
        return Figure(value=Decimal(plain), other=Decimal(written.replace(",", ".")))
    if re.fullmatch(r"\d{1,3}(,\d{3}){2,}|\d{1,3}(,\d{3})+\.\d{1,2}", written) and not leading_zero:
        return Figure(value=Decimal(written.replace(",", "")), confirm=Confirm.WRITING)  # the English custom
    return None


def quantity(text: str, unit: str, label: str = "") -> Figure | Unclear:
    """The one figure a plain text states.

    Args:
        text: as from `phrases.plain`.
        unit: what it is measured in, as the plan writes it ("lượt", "m²"); may be "".
        label: the question's short name; its words may stand around the figure.
    """
    text = joined(text)
    if re.search(r"(?:^|\s)[.,]\d", text):  # ".5" is not 5
        return Unclear(why=Doubt.NOT_A_NUMBER)
    if re.match(r"-\s*\d|am \d", text):
        return Unclear(why=Doubt.NEGATIVE, seen=_seen(tokens(text), fold(unit)))
    if re.search(r"\d\s*-\s*\d", text):
        return Unclear(why=Doubt.RANGE_OR_RATIO, seen=_seen(tokens(text), fold(unit)))
    line, own = tokens(text), fold(unit)
    topic = frozenset(fold(f"{label} {unit}").split()) - TURNING - NUMBER_WORDS - _OTHERS
    at = [place for place, token in enumerate(line) if token[0].isdecimal()]
    match at:
        case []:
            return _in_words(line, own, BEFORE | topic)
        case [one]:
            return _single(line, one, own, topic)
    return _picked(line, at, own)


def tokens(text: str) -> list[str]:
    """Numbers, words and signs, in order. Digits in groups of three ("1 250 000") are one number."""
    text = re.sub(r"\b(k|c|d)?m 2\b", r"\1m2", text)
    text = re.sub(r"(?<![\d.,/])([1-9]\d{0,2})((?: \d{3})+)(?![\d.,/]|\s\d)", lambda m: m[1] + m[2].replace(" ", "_"), text)
    return _TOKEN.findall(text)


_TOKEN = re.compile(r"\d+(?:[.,_]\d+)*|[kcd]?m2(?![a-z0-9])|>=|<=|[^\W\d]+(?:&[a-z]+)?|[^\s\w]")
_SCALES = {
    "chuc": 10,
    "tram": 100,
    "k": 1_000,
    "nghin": 1_000,
    "ngan": 1_000,
    "tr": 1_000_000,
    "trieu": 1_000_000,
    "ty": 10**9,
    "ti": 10**9,
}
# Units of one family, each worth so many of the smallest.
_FAMILIES: tuple[dict[str, Decimal], ...] = (
    {"m2": Decimal(1), "met vuong": Decimal(1), "m vuong": Decimal(1), "ha": Decimal(10_000), "hec ta": Decimal(10_000)}
    | {"hecta": Decimal(10_000), "km2": Decimal(1_000_000)},
    {"m": Decimal(1), "met": Decimal(1), "km": Decimal(1_000)},
    {"kg": Decimal(1), "yen": Decimal(10), "ta": Decimal(100), "tan": Decimal(1_000)},
)
# What officers count, so that "12 người" is noticed where lượt were asked. Longer names first.
_COUNTED = tuple(
    sorted(
        vocabulary(
            "luot|nguoi|don|vu|vu viec|doan|cuoc|y kien|buoi|lop|ho|hem|tuyen hem|tuyen|mo hinh|van ban|suat|truong hop|"
            "cong trinh|ho so|quy che|diem|khu pho|kp|to|lan|cai|dot|hoi nghi|phan anh|kien nghi|thung|can bo|cong dan|"
            "luot nguoi|dong|thang|quy|nam|ngay|gio|%"
        ),
        key=lambda name: (-len(name), name),
    )
)
_TIMES = frozenset({"thang", "quy", "nam", "ngay", "gio", "dong"})
_NUMBERED = vocabulary("cau|thang|quy|nam|phuong|p|q|quan|kp|pho|ngay|ky|muc")
_SIGNS = frozenset("/\\*^%$")
_OTHERS = frozenset(word for name in _COUNTED for word in name.split() if " " not in name)


def _single(line: list[str], at: int, own: str, topic: frozenset[str]) -> Figure | Unclear:
    figure = _number(line[at])
    if figure is None:
        return Unclear(why=Doubt.NOT_A_NUMBER)
    before, after = line[:at], line[at + 1 :]
    figure, after = _scaled(figure, after, own)
    unit, rest = _unit(after, own)
    if unit is None:
        unit, rest = _unit(_without(rest, AFTER), own)  # "12 (lượt)"
    if unit == "%" != own:
        return Unclear(why=Doubt.NOT_A_NUMBER)
    if unit is not None:
        figure = _in_own_unit(figure, unit, own)
    else:
        unit, before = _unit_before(before, own)
    loose = [word for word in before if word not in BEFORE | topic | ABOUT_BEFORE | UNSURE]
    behind = [word for word in rest if word not in AFTER | topic | ABOUT_AFTER | UNSURE | {"?"}]
    measured_strangely = bool(behind) and unit is None and rest[0] == behind[0]  # "1 sào": not 1 of ours
    offered = () if measured_strangely or _SIGNS & {*loose, *behind} or _names_a_thing(line, at) else _values(figure)
    loose += behind
    if any(word in TURNING or word in _SIGNS for word in loose):
        return Unclear(why=Doubt.NOT_A_NUMBER, seen=offered)
    if any(word in ABOUT_BEFORE for word in before) or any(word in ABOUT_AFTER for word in rest):
        figure = replace(figure, estimate=True)
    if any(word in UNSURE for word in before + rest):
        figure = replace(figure, estimate=True, confirm=figure.confirm or Confirm.UNSURE)
    if "?" in rest:
        figure = replace(figure, confirm=figure.confirm or Confirm.UNSURE)
    if loose:
        if unit != own or not own:
            return Unclear(why=Doubt.NOT_A_NUMBER, seen=offered)
        figure = replace(figure, confirm=figure.confirm or Confirm.PICKED)
    return figure


def _picked(line: list[str], at: list[int], own: str) -> Figure | Unclear:
    """Several numbers: the only one that carries the unit asked for, to be confirmed."""
    mine: list[Figure] = []
    for place in at:
        figure, unit = _measured(line, place, own)
        if figure is not None and own and unit is not None and _related(unit, own):
            about = any(word in ABOUT_BEFORE for word in line[max(0, place - 2) : place])
            mine.append(replace(figure, estimate=about, confirm=Confirm.PICKED))
    if len(mine) == 1 and mine[0].other is None and not any(word in TURNING or word == "-" for word in line):
        return mine[0]
    return Unclear(why=Doubt.SEVERAL_NUMBERS, seen=_seen(line, own))


def _in_words(line: list[str], own: str, around: Collection[str]) -> Figure | Unclear:
    """ "muoi hai luot" """
    estimate, about = False, ABOUT_BEFORE - {"tam"}  # "tam" before words is the figure eight
    while line and (line[0] in around or line[0] in about) and number_words(" ".join(line)) is None:
        estimate = estimate or line[0] in about
        line = line[1:]
    for length in range(len(line), 0, -1):
        value = number_words(" ".join(line[:length]))
        if not value:
            continue
        unit, rest = _unit(line[length:], own)
        if any(word not in AFTER for word in rest):
            break
        figure = _in_own_unit(Figure(value=Decimal(value), estimate=estimate), unit or own, own)
        if length > 1 and line[0] == "tam":  # "tám mươi" or "tầm mười"
            figure = replace(figure, confirm=figure.confirm or Confirm.WRITING)
        return figure
    return Unclear(why=Doubt.NOT_A_NUMBER)


def _number(token: str) -> Figure | None:
    if "_" not in token:
        return digits(token)
    joined_up = token.replace("_", "")
    return Figure(value=Decimal(joined_up), confirm=Confirm.WRITING) if joined_up.isdecimal() else None


def _scaled(figure: Figure, after: list[str], own: str) -> tuple[Figure, list[str]]:
    """ "12 nghin": ×1000. "k" and "tr" are confirmed, as they have other meanings beside a count."""
    if not after or after[0] not in _SCALES or after[0] == own:
        return figure, after
    word, worth = after[0], _SCALES[after[0]]
    confirm = figure.confirm or (Confirm.WRITING if word in ("k", "tr", "ti") else "")
    other = None if figure.other is None else figure.other * worth
    return replace(figure, value=figure.value * worth, other=other, confirm=confirm), after[1:]


def _measured(line: list[str], at: int, own: str) -> tuple[Figure | None, str | None]:
    """The figure at a place in the unit asked for, and the unit it was written with."""
    figure = _number(line[at])
    if figure is None:
        return None, None
    figure, after = _scaled(figure, line[at + 1 :], own)
    unit, _ = _unit(after, own)
    return (figure if unit is None else _in_own_unit(figure, unit, own)), unit


def _related(unit: str, own: str) -> bool:
    return unit == own or any(unit in family and own in family for family in _FAMILIES)


def _unit(after: list[str], own: str) -> tuple[str | None, list[str]]:
    """The unit at the start of `after` (the own one by preference, also by its initials) and what is left."""
    known = (own, *(name for family in _FAMILIES for name in family), *_COUNTED) if own else _COUNTED
    for name in known:
        words = name.split()
        if words and after[: len(words)] == words:
            same_family = any(own in family and name in family and family[own] == family[name] for family in _FAMILIES)
            return own if same_family else name, after[len(words) :]
    initials = {own[:1], "".join(word[0] for word in own.split())} - {"", "k", "t", "m", "a"}
    if after and after[0] in initials:
        return own, after[1:]
    return None, after


def _unit_before(before: list[str], own: str) -> tuple[str | None, list[str]]:
    """ "số lượt: 12" """
    words = own.split()
    if words and before[-len(words) - 1 : -1] == words and before[-1] in (":", "=", "la"):
        return own, before[: -len(words) - 1]
    return None, before


def _in_own_unit(figure: Figure, unit: str, own: str) -> Figure:
    if unit == own or (not own and unit not in _TIMES):
        return figure
    for family in _FAMILIES:
        if own in family and unit in family:
            worth = family[unit] / family[own]
            other = None if figure.other is None else figure.other * worth
            return replace(figure, value=figure.value * worth, other=other, confirm=Confirm.CONVERTED)
    return replace(figure, confirm=Confirm.OTHER_UNIT)


def _without(rest: list[str], around: Collection[str]) -> list[str]:
    while rest and rest[0] in around:
        rest = rest[1:]
    return rest


def _values(figure: Figure) -> tuple[Decimal, ...]:
    return (figure.value,) if figure.other is None else (figure.value, figure.other)


def _seen(line: list[str], own: str) -> tuple[Decimal, ...]:
    """The figures that may have been meant: not those that count something else or number a thing."""
    found: list[Figure] = []
    for place, token in enumerate(line):
        if not token[0].isdecimal() or _names_a_thing(line, place):
            continue
        figure, unit = _measured(line, place, own)
        if figure is not None and (unit is None or _related(unit, own)):
            found.append(figure)
    return tuple(dict.fromkeys(value for figure in found for value in _values(figure)))


def _names_a_thing(line: list[str], at: int) -> bool:
    """ "câu 2", "tháng 4", "P5": a number, not a figure."""
    return at > 0 and line[at - 1] in _NUMBERED
