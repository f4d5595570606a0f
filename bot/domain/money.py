"""Amounts of đồng as they are typed: 1tr2, 2 tỷ 300 triệu, 500k, 1.250.000đ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.answers import Confirm, Doubt, Doubtful, Reading, Status
from bot.domain.figures import Figure, digits, tokens
from bot.domain.phrases import ABOUT_AFTER, ABOUT_BEFORE, AFTER, BEFORE, TURNING, UNSURE, joined
from bot.domain.words import NUMBER_WORDS, fold, number_words

LIMIT = Decimal(10) ** 14  # 100.000 tỷ: above any district's budget
SMALLEST_SURE = Decimal(100_000)  # below it a bare number of đồng is looked at twice
SMALLEST = Decimal(10_000)  # below it a bare number is more likely triệu


def read_money(text: str, label: str = "") -> Reading | Doubtful:
    """A plain text (see `phrases.plain`) as a whole number of đồng. `label`: words that may stand around the amount."""
    text = joined(_glued(text))
    line = tokens(text)
    if re.search(r"(?:^|\s)[.,]\d", text):  # ".5" is not 5
        return Doubtful(why=Doubt.NOT_A_NUMBER)
    if re.match(r"-\s*\d|am \d", text):
        return Doubtful(why=Doubt.NEGATIVE)
    if re.search(r"\d[a-z ]*-\s*\d", text):
        return Doubtful(why=Doubt.RANGE_OR_RATIO)
    topic = frozenset(fold(label).split()) - TURNING - NUMBER_WORDS - set(_SCALES) - _DONG
    start = 0
    while start < len(line) and line[start] in BEFORE | topic | ABOUT_BEFORE | UNSURE:
        start += 1
    amount = _amount(line, start) or _amount_in_words(line[start:])
    if amount is None:
        return _picked(line)
    rest = line[start + amount.length :]
    if any(word not in AFTER | topic | ABOUT_AFTER | {"?"} for word in rest):
        return _picked(line)
    unsure = any(word in UNSURE for word in line[:start]) or "?" in rest
    estimate = any(word in ABOUT_BEFORE | UNSURE for word in line[:start]) or any(word in ABOUT_AFTER for word in rest)
    return _settled(amount, estimate=estimate, confirm=Confirm.UNSURE if unsure else "")


_SCALES = {
    "k": 10**3,
    "nghin": 10**3,
    "ngan": 10**3,
    "tr": 10**6,
    "trieu": 10**6,
    "ty": 10**9,
    "ti": 10**9,
}
_VAGUE_SCALES = frozenset({"t", "m", "n", "b", "cu"})
_DONG = frozenset({"dong", "d", "vnd"})


@dataclass(frozen=True, kw_only=True)
class _Amount:
    """An amount at some place of a message; `length` in tokens. `scaled`: triệu, tỷ … were said; `dong`: đồng was."""

    value: Decimal
    length: int
    scaled: bool = False
    dong: bool = False
    meant: tuple[Decimal, ...] = ()
    why: Doubt | None = None
    confirm: str = ""


def _glued(text: str) -> str:
    """ "trd", "tyd", "kd": the scale and đồng written together."""
    return re.sub(r"(?<=[\d ])(tr|ty|k)(?:d|vnd)\b", r"\1 dong", text)


def _amount(line: list[str], at: int) -> _Amount | None:
    """The amount whose first digit stands at `at`."""
    first, total, smallest, confirm = at, Decimal(0), Decimal(LIMIT), ""
    figure: Figure | None = None
    while at < len(line) and line[at][0].isdecimal():
        written = line[at]
        figure = Figure(value=Decimal(written.replace("_", "")), confirm=Confirm.WRITING) if "_" in written else digits(written)
        if figure is None:
            return _Amount(value=Decimal(0), length=at + 1 - first, why=Doubt.NOT_A_NUMBER)
        scale = line[at + 1] if at + 1 < len(line) else ""
        if scale in _VAGUE_SCALES:
            meant = (figure.value * 10**9, figure.value * 10**6) if scale in ("t", "b") else (figure.value * 10**6,)
            return _Amount(value=total, length=at + 2 - first, meant=meant, why=Doubt.WHICH_MONEY_UNIT)
        if scale not in _SCALES:
            break
        worth = Decimal(_SCALES[scale])
        if figure.other is not None:
            meant = (figure.value * worth, figure.other * worth)
            return _Amount(value=total, length=at + 2 - first, meant=meant, why=Doubt.COMMA_OR_DOT)
        if worth >= smallest:
            return _Amount(value=total, length=at + 2 - first, why=Doubt.SEVERAL_NUMBERS)
        if re.fullmatch(r"\d{1,3}\.\d{3}", written) and worth >= 10**6:
            confirm = Confirm.WRITING  # "1.250 tỷ" may be meant as 1,25 tỷ
        total, smallest, confirm, at, figure = total + figure.value * worth, worth, confirm or figure.confirm, at + 2, None
    if smallest == LIMIT:
        return None if figure is None else _bare(line, first, at, figure)
    if figure is not None:
        return _with_tail(line, first, at, total, smallest, confirm)
    if at < len(line) and line[at] == "ruoi":
        total, at = total + smallest / 2, at + 1
    dong = at < len(line) and line[at] in _DONG
    return _Amount(value=total, length=at + dong - first, scaled=True, dong=dong, confirm=confirm)


def _bare(line: list[str], first: int, at: int, figure: Figure) -> _Amount:
    dong = at + 1 < len(line) and line[at + 1] in _DONG
    length = at + 1 + dong - first
    if figure.other is not None:
        return _Amount(value=figure.value, length=length, dong=dong, why=Doubt.COMMA_OR_DOT, meant=(figure.value,))
    return _Amount(value=figure.value, length=length, dong=dong, confirm=figure.confirm)


def _with_tail(line: list[str], first: int, at: int, total: Decimal, smallest: Decimal, confirm: str) -> _Amount | None:
    """ "1tr2", "2 tỷ 300": digits after the scale are its decimals. Two digits may be either (2 tỷ 30): asked back."""
    tail, dong = line[at], at + 1 < len(line) and line[at + 1] in _DONG
    length = at + 1 + dong - first
    if not tail.isdecimal() or len(tail) > 3 or total % smallest or (at + 1 < len(line) and line[at + 1] not in _AFTER_TAIL):
        return None
    value = total + smallest * int(tail) / 10 ** len(tail)
    if len(tail) == 2:
        meant = (value, total + smallest * int(tail) / 1000)
        return _Amount(value=value, length=length, scaled=True, why=Doubt.WHICH_MONEY_UNIT, meant=meant)
    return _Amount(value=value, length=length, scaled=True, dong=dong, confirm=confirm)


_AFTER_TAIL = _DONG | AFTER | ABOUT_AFTER | {"?"}


def _amount_in_words(words: list[str]) -> _Amount | None:
    """ "hai tram trieu dong" """
    for length in range(len(words), 0, -1):
        value = number_words(" ".join(words[:length]))
        if value:
            dong = length < len(words) and words[length] in _DONG
            return _Amount(value=Decimal(value), length=length + dong, scaled=value >= 1000, dong=dong)
    return None


def _picked(line: list[str]) -> Reading | Doubtful:
    """The only amount with a scale or đồng in a longer message, to be confirmed."""
    found: list[_Amount] = []
    others: list[Decimal] = []
    at, broken = 0, False
    while at < len(line):
        amount = _amount(line, at) if line[at][0].isdecimal() else None
        if amount is None:
            broken = broken or line[at][0].isdecimal()
            at += 1
            continue
        if amount.scaled or amount.dong:
            found.append(amount)
        elif amount.why is None:
            others.append(amount.value)
        at += amount.length
        broken = broken or (at < len(line) and line[at] in NUMBER_WORDS)  # "2 tỷ mốt"
    turned = any(word in TURNING or word in "/\\*" for word in line)
    if len(found) == 1 and found[0].why is None and not turned and not broken:
        return _settled(found[0], estimate=any(word in ABOUT_BEFORE for word in line), confirm=Confirm.PICKED)
    many = len(found) + len(others) > 1
    return Doubtful(
        why=Doubt.SEVERAL_NUMBERS if many else Doubt.NOT_A_NUMBER,
        suggestions=() if broken else _offers(amount.value for amount in found if amount.why is None),
    )


def _settled(amount: _Amount, *, estimate: bool, confirm: str) -> Reading | Doubtful:
    if amount.why is not None:
        return Doubtful(why=amount.why, suggestions=_offers(amount.meant))
    value, said = amount.value, amount.scaled or amount.dong
    if value > LIMIT:
        return Doubtful(why=Doubt.TOO_BIG)
    if value and not said and value < SMALLEST:
        whole = (value * 10**6, value * 10**3, value) if value >= 100 else (value * 10**6, value * 10**9, value)
        return Doubtful(why=Doubt.WHICH_MONEY_UNIT, suggestions=_offers(whole if value >= 10 else (whole[1], whole[0], value)))
    if value % 1:
        return Doubtful(why=Doubt.NOT_WHOLE)
    small = Confirm.SMALL_MONEY if 0 < value < (SMALLEST if said else SMALLEST_SURE) else ""
    return Reading(status=Status.GIVEN, value=int(value), estimate=estimate, confirm=confirm or amount.confirm or small)


def _offers(values: Iterable[Decimal]) -> tuple[Reading, ...]:
    return tuple(Reading(status=Status.GIVEN, value=int(value)) for value in values if not value % 1 and value <= LIMIT)
