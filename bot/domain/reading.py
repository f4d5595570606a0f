"""A typed text read as the answer to a question: understood, understood but to be confirmed, or asked back. Never guessed.

The rules and the 153 cases they must satisfy come from the domain study (typing cases, indicators §5): a wrong figure in a
report to the district is worse than one more question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain import money, phrases
from bot.domain.answers import Confirm, Doubt, Doubtful, Percent, Ratio, Reading, Status
from bot.domain.dates import read_date
from bot.domain.figures import quantity
from bot.domain.options import read_choice
from bot.domain.questions import Kind, Question
from bot.domain.settling import given, measured, settled, whole
from bot.domain.shares import read_percent, read_ratio
from bot.domain.words import NUMBER_WORDS, fold, untype

SENTENCE_LIMIT = 1000  # characters
FIGURE_LIMIT = 300  # characters of a message that should hold one figure


def read(question: Question, text: str, *, today: date) -> Reading | Doubtful:
    """What `text` means as the answer to `question`. Never raises. `today` is the local date the text was written on."""
    if not any(unicodedata.category(letter)[0] in "LN" for letter in text):
        return Doubtful(why=Doubt.EMPTY)
    if question.kind is Kind.SENTENCE:
        return _sentence(question, text)
    if len(text) > FIGURE_LIMIT:
        return Doubtful(why=Doubt.WANTS_FILE if question.kind is Kind.FILE else Doubt.TOO_LONG)
    first = _read_plain(question, phrases.plain(text), text, today)
    if isinstance(first, Reading) or untype(text) == fold(text):
        return first
    return _second_try(question, text, today, first)


def odd(question: Question, reading: Reading) -> bool:
    """Whether a figure lies outside the question's sensible range: asked once more, never blocked.

    For x/y the range is that of y, or of x in percent of y where the question also takes a percentage.
    """
    match reading.value:
        case bool() | str() | None:
            return False
        case int() | Decimal() as figure:
            size = Decimal(figure)
        case Percent(value=figure):
            size = figure
        case Ratio(x=x, y=y) if question.percent_ok:
            if y == 0:
                return False
            size = Decimal(100) * x / y
        case Ratio(y=y):
            size = Decimal(y)
        case _:
            return False
    return (question.low is not None and size < question.low) or (question.high is not None and size > question.high)


# -- one reader a kind --------------------------------------------------------------------------------------------------


def _read_plain(question: Question, text: str, raw: str, today: date) -> Reading | Doubtful:
    match question.kind:
        case Kind.CHOICE:
            return read_choice(question, text)
        case Kind.DATE:
            return _special(question, text) or read_date(raw, today)
        case Kind.FILE:
            return _file(text)
        case kind:
            return _special(question, text) or _six_or_later(_FIGURES[kind](question, text), text, raw)


def _special(question: Question, text: str) -> Reading | Doubtful | None:
    """The answers that hold no figure: not yet, not ours, nothing, and the words that could mean either."""
    for said in (text, phrases.unpolished(text)):
        if phrases.says_unavailable(said):
            return Reading(status=Status.UNAVAILABLE)
        if phrases.says_none(said) or (question.none_label and said == fold(question.none_label) and not _is_zero(said)):
            return Reading(status=Status.NONE)
    said, zero = phrases.unpolished(text), _zero(question)
    if not said:
        return Doubtful(why=Doubt.NOT_A_DATE if question.kind is Kind.DATE else Doubt.NOT_A_NUMBER)
    if zero is None:
        return None
    if phrases.says_nothing(said, fold(question.unit), fold(question.label)):
        vague = said.split()[-1] in ("khong", "co") and question.kind in (Kind.RATIO, Kind.PERCENT)
        return replace(zero, confirm=Confirm.NOTHING) if vague else zero
    if said in ("k", "kg", "o", "x", "n"):
        return Doubtful(why=Doubt.AMBIGUOUS_WORD, suggestions=(zero,) if said != "x" else ())
    unavailable = Reading(status=Status.UNAVAILABLE)
    if re.fullmatch(r"dang (tong hop|thong ke|cap nhat|ra soat|lam|xu ly|cho).*|chua xong|chua", said):
        return Doubtful(why=Doubt.AMBIGUOUS_WORD, suggestions=(unavailable, zero) if said == "chua" else (unavailable,))
    if re.fullmatch(r"chua [a-z ]+", said):
        return Doubtful(why=Doubt.AMBIGUOUS_WORD, suggestions=(zero, unavailable))
    if re.fullmatch(r"khong [a-z ]+", said):
        return Doubtful(why=Doubt.AMBIGUOUS_WORD, suggestions=(zero, Reading(status=Status.NONE)))
    return None


def _count(question: Question, text: str) -> Reading | Doubtful:
    return settled(quantity(text, question.unit, question.label), whole)


def _decimal(question: Question, text: str) -> Reading | Doubtful:
    return settled(quantity(text, question.unit, question.label), measured)


def _money(question: Question, text: str) -> Reading | Doubtful:
    return money.read_money(text, question.label)


def _sentence(question: Question, text: str) -> Reading | Doubtful:
    kept = unicodedata.normalize("NFC", text).strip()
    if len(kept) > SENTENCE_LIMIT:
        return Doubtful(why=Doubt.TOO_LONG)
    for said in (phrases.plain(kept), phrases.plain(untype(kept))):
        bare = phrases.unpolished(said)
        if question.none_label and (phrases.says_no_remark(bare) or said == fold(question.none_label)):
            return Reading(status=Status.NONE)
        if question.none_label and bare in ("k", "kg", "0"):
            return Doubtful(why=Doubt.AMBIGUOUS_WORD, suggestions=(Reading(status=Status.NONE),))
        if phrases.says_none(bare) and not question.difficulty:
            return Reading(status=Status.NONE)
        if phrases.says_unavailable(bare):
            return Reading(status=Status.UNAVAILABLE)
    return given(kept)


def _file(text: str) -> Reading | Doubtful:
    said = phrases.unpolished(text)
    if phrases.says_none(said) or phrases.says_nothing(said, "van ban", "tep", "file", "ke hoach", "bao cao"):
        return Reading(status=Status.NONE)
    if phrases.says_unavailable(said) or re.fullmatch(r"chua(?: co| xong)?(?: file| tep| van ban)?|gui sau|nop sau", said):
        return Reading(status=Status.UNAVAILABLE)
    return Doubtful(why=Doubt.WANTS_FILE)


# -- figures ------------------------------------------------------------------------------------------------------------

_FIGURES: dict[Kind, Callable[[Question, str], Reading | Doubtful]] = {
    Kind.COUNT: _count,
    Kind.DECIMAL: _decimal,
    Kind.MONEY: _money,
    Kind.PERCENT: read_percent,
    Kind.RATIO: read_ratio,
}


def _zero(question: Question) -> Reading | None:
    match question.kind:
        case Kind.COUNT | Kind.MONEY:
            return given(0)
        case Kind.DECIMAL:
            return given(Decimal(0))
        case Kind.PERCENT:
            return given(Percent(value=Decimal(0)))
        case Kind.RATIO:
            return given(Ratio(x=0, y=0))
        case _:
            return None


def _is_zero(said: str) -> bool:
    return said in ("khong", "khong co", "0")


def _six_or_later(found: Reading | Doubtful, text: str, raw: str) -> Reading | Doubtful:
    """Without accents "sau" is six or "later": only the accented word counts as six."""
    unaccented = "s\u00e1u" not in unicodedata.normalize("NFC", raw).lower()
    if isinstance(found, Reading) and unaccented and re.match(r"sau\b", phrases.unpolished(text)):
        return Doubtful(why=Doubt.AMBIGUOUS_WORD, suggestions=(found,))
    return found


def _second_try(question: Question, text: str, today: date, first: Doubtful) -> Reading | Doubtful:
    """The text with the input method's keystrokes undone. A figure won from changed digits or number words is confirmed."""
    untyped = untype(text)
    second = _read_plain(question, phrases.plain(untyped), untyped, today)
    if isinstance(second, Doubtful):
        return second if first.why in (Doubt.NOT_A_NUMBER, Doubt.NOT_A_CHOICE, Doubt.NOT_A_DATE) else first
    changed = [(old, new) for old, new in zip(fold(text).split(), untyped.split(), strict=True) if old != new]
    figured = any(re.search(r"\d", old) or new in NUMBER_WORDS - {"le"} for old, new in changed)
    if figured and second.status is Status.GIVEN and question.kind is not Kind.CHOICE and not _is_zero(phrases.plain(untyped)):
        return replace(second, confirm=second.confirm or Confirm.WRITING)
    return second
