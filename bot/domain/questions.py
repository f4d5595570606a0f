"""A question as data: what is asked, which kind of answer it takes, what is odd enough to ask back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LONGEST_QUESTION = 600
"""Characters of a question's sentence: with its choices it stays one message on every channel."""
PLACEHOLDERS = ("{since}", "{until}")
"""What stands in a question for the days its figures cover."""


def unknown_placeholder(text: str) -> str:
    """The first thing in braces that is no placeholder, and so would be sent as it stands; "" when there is none."""
    return next((found for found in re.findall(r"\{[^{}]*\}?|\}", text) if found not in PLACEHOLDERS), "")


class Kind(StrEnum):
    """The kinds of answer a question may take."""

    CHOICE = "choice"
    COUNT = "count"  # a whole number
    DECIMAL = "decimal"  # a decimal number with a unit (m²)
    RATIO = "ratio"  # x/y
    PERCENT = "percent"
    MONEY = "money"  # VND
    SENTENCE = "sentence"
    DATE = "date"
    FILE = "file"


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice of a CHOICE question. `code` is stored ("done"); `label` is shown; `words` are other ways to type it."""

    code: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Ask only when the answer to `question` is one of `codes`, or (codes empty) is a number above zero; or behind any answer
    to it (`always`: two figures in one question)."""

    question: str
    codes: tuple[str, ...] = ()
    always: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a question set.

    Attributes:
        code: stable indicator code (TCD_LUOT); answers hang on it for ever.
        kind: how the answer is read.
        label: short name for tables and summaries.
        text: the sentence asked; may hold `{since}` and `{until}` (the reporting period as Vietnamese dates).
        unit: measured in ("lượt", "m²", "đồng"), or "".
        x_label, y_label: names of the two parts of a RATIO.
        options: of a CHOICE.
        points: references of the plan points it reports on ("II.8").
        low, high: sensible range for one unit and period; outside it the officer is asked once, never blocked.
        follows: asked only after an answer to another question; such a question has no number of its own.
        optional: may be skipped with one tap.
        rounds: codes of the rounds that ask it; empty = all.
        summed: whether units' figures may be added; `column` keeps apart what would be counted twice (wards / district).
        column: totals are made per column.
        percent_ok: a RATIO that accepts a bare percentage, kept apart from the sums.
        difficulty: an answer other than "none" is a difficulty and goes to the coordinator at once.
        none_label: the tap that says "does not arise" here ("Không", "Không phát sinh").
        hint: a short example shown under the question, or "".
    """

    code: str
    kind: Kind
    label: str
    text: str
    unit: str = ""
    x_label: str = ""
    y_label: str = ""
    options: tuple[Option, ...] = ()
    points: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    follows: FollowUp | None = None
    optional: bool = False
    rounds: tuple[str, ...] = ()
    summed: bool = True
    column: str = ""
    percent_ok: bool = False
    difficulty: bool = False
    none_label: str = ""
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionSet:
    """The questions one group of units answers, in order. `minutes` is the honest estimate told at the start."""

    code: str
    title: str
    questions: tuple[Question, ...]
    minutes: int = 3
