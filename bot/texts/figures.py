"""How an answer is written for people: "12 lượt", "12/14 đơn", "ước 200 lượt", "chưa có số", "không phát sinh"."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.domain.answers import Answer, FileValue, Percent, Ratio, Reading, Status, Value
from bot.domain.questions import Kind, Question
from bot.texts import wording

ESTIMATE = "ước"
NO_FIGURE_YET = "chưa có số"
NOTHING_YET = "chưa có"
DOES_NOT_ARISE = "không phát sinh"
UNANSWERED = "chưa trả lời"
SKIPPED = "bỏ qua"
SHORT = 60
"""Characters of a free text where space is scarce."""

_FIGURES = (Kind.COUNT, Kind.DECIMAL, Kind.RATIO, Kind.PERCENT, Kind.MONEY)


def written(question: Question, given: Answer | Reading, most: int = 0) -> str:
    """An answer in words. `most`: cut a free text to so many characters (0: keep it whole)."""
    match given.status:
        case Status.NONE:
            return none(question)
        case Status.UNAVAILABLE:
            return unavailable(question)
        case Status.GIVEN:
            assert given.value is not None
            text = value(question, given.value, most)
            return f"{ESTIMATE} {text}" if given.estimate else text


def value(question: Question, known: Value, most: int = 0) -> str:
    """A value with its unit."""
    match known:
        case Ratio(x=x, y=y):
            return _measured(f"{wording.count(x)}/{wording.count(y)}", question.unit)
        case Percent(value=share):
            return f"{wording.decimal(share)}%"
        case int() if question.kind is Kind.MONEY:
            return wording.money(known)
        case int() | Decimal():
            return _measured(wording.decimal(known), question.unit)
        case date():
            return wording.dated_full(known)
        case FileValue(name=name):
            return f"tệp {cut(name, most or SHORT)}" if name else "tệp đã nhận"
        case str() if question.kind is Kind.CHOICE:
            return next((option.label for option in question.options if option.code == known), known)
        case str():
            return f"“{cut(known, most)}”"


def none(question: Question) -> str:
    """That it does not arise here, in the question's own words where it has some."""
    label = question.none_label or DOES_NOT_ARISE
    return f"{label[:1].lower()}{label[1:]}"


def unavailable(question: Question) -> str:
    """That it will come later."""
    return NO_FIGURE_YET if question.kind in _FIGURES else NOTHING_YET


def cut(text: str, most: int) -> str:
    """The text on one line, at most so many characters (0: all of them)."""
    line = " ".join(text.split())
    return line if not most or len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _measured(figure: str, unit: str) -> str:
    return f"{figure} {unit}".strip()
