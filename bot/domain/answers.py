"""What an officer answered. Four different things are never mixed up: a figure (also 0), "does not arise",
"no figure yet", and not answered (no Answer at all). Source: the indicators rule "phân biệt 0 / chưa có số / …"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """What kind of answer it is."""

    GIVEN = "given"  # a value, 0 included
    NONE = "none"  # không phát sinh / không thuộc đơn vị: nothing to report here
    UNAVAILABLE = "unavailable"  # chưa có số: will come later


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """x of y, both whole and x ≤ y."""

    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Percent:
    """A bare percentage (0–100), kept apart from what can be summed."""

    value: Decimal


@dataclass(frozen=True, kw_only=True)
class FileValue:
    """A stored file: our own path under the data folder, its SHA-256, the sender's name (untrusted), size in bytes."""

    path: str
    sha256: str
    name: str
    size: int


# CHOICE and SENTENCE: str; COUNT and MONEY: int; DECIMAL: Decimal
Value = int | Decimal | Ratio | Percent | str | date | FileValue


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a typed text was understood as.

    Attributes:
        status: GIVEN with a value, or NONE/UNAVAILABLE without.
        value: None unless GIVEN.
        estimate: the officer said "khoảng", "~", "hơn", "gần", "ước".
        confirm: understood, but surprising enough to be confirmed before it counts (2,5 ha → 25.000 m²); a `Confirm`, or "".
    """

    status: Status
    value: Value | None = None
    estimate: bool = False
    confirm: str = ""


class Confirm(StrEnum):
    """Why an understood answer is shown once more before it counts: the values of `Reading.confirm`."""

    CONVERTED = "converted"  # 2,5 ha → 25.000 m²
    PICKED = "picked"  # one figure out of a longer message
    OTHER_UNIT = "other_unit"  # "12 người" where lượt were asked
    WRITING = "writing"  # digits or words written unusually (1 250, 10k, input method off)
    UNSURE = "unsure"  # "12?", "chắc 12", "dưới 200"
    SMALL_MONEY = "small_money"  # 50 đồng
    NOTHING = "nothing"  # "không" where x/y is asked: taken as 0/0
    WHICH_DAY = "which_day"  # "thứ 5", "ngày 10": a day worked out from today
    WEEKEND = "weekend"  # a Saturday or Sunday
    PAST_DATE = "past_date"  # already over


class Doubt(StrEnum):
    """Why a text is asked back instead of guessed. Each has its own Vietnamese sentence in the texts."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    COMMA_OR_DOT = "comma_or_dot"  # 1,250: thousand or decimal?
    NEGATIVE = "negative"
    SEVERAL_NUMBERS = "several_numbers"
    TOO_BIG = "too_big"
    WHICH_MONEY_UNIT = "which_money_unit"  # 50: đồng or triệu?
    NEEDS_DENOMINATOR = "needs_denominator"
    X_ABOVE_Y = "x_above_y"
    RANGE_OR_RATIO = "range_or_ratio"  # 12-14
    FRACTION_OR_PERCENT = "fraction_or_percent"  # 0,6
    OVER_100 = "over_100"
    NOT_A_CHOICE = "not_a_choice"
    NO_SUCH_DATE = "no_such_date"
    NOT_A_DATE = "not_a_date"
    AMBIGUOUS_WORD = "ambiguous_word"  # k, kg, x
    TOO_LONG = "too_long"
    WANTS_FILE = "wants_file"
    NO_FILE_HERE = "no_file_here"
    NO_SUCH_UNIT = "no_such_unit"
    WHICH_UNIT = "which_unit"


@dataclass(frozen=True, kw_only=True)
class Doubtful:
    """The text was not understood well enough to store. `suggestions` are readings to offer as choices, best first."""

    why: Doubt
    suggestions: tuple[Reading, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One stored answer of a unit to a question in a round; append-only, the newest one counts.

    Attributes:
        raw: what was typed, or the label that was tapped.
        explanation: the officer's reason when an odd figure was asked about.
        at: UTC.
        person_id: who gave it.
        on_behalf: typed by a coordinator from the unit's paper report.
    """

    id: int
    question: str
    raw: str
    status: Status
    value: Value | None
    estimate: bool
    at: datetime
    person_id: int | None
    explanation: str = ""
    on_behalf: bool = False
