"""Which figures are surprising enough to ask about once; they are stored all the same, nobody is blocked."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from bot.domain import reading
from bot.domain.answers import Answer, Ratio, Reading, Status
from bot.domain.questions import Question
from bot.domain.rounds import Round


class Oddity(StrEnum):
    """What is surprising."""

    OUT_OF_RANGE = "out_of_range"
    X_ABOVE_Y = "x_above_y"  # more done than there was to do
    BELOW_EARLIER = "below_earlier"  # a longer period of the same year shows less than a shorter one


def oddity(question: Question, figure: Reading, earlier: Answer | None = None) -> Oddity | None:
    """What is odd about a figure, or None.

    `earlier` is the same unit's answer for a shorter period that began on the same day: a yearly figure covers the whole
    year (source: the indicators' rule 1, "báo cáo năm là lũy kế cả năm").
    """
    if isinstance(figure.value, Ratio) and figure.value.x > figure.value.y:
        return Oddity.X_ABOVE_Y
    if reading.odd(question, figure):
        return Oddity.OUT_OF_RANGE
    if earlier is not None and earlier.status is Status.GIVEN and question.summed and _less(figure.value, earlier.value):
        return Oddity.BELOW_EARLIER
    return None


def contains(longer: Round, shorter: Round) -> bool:
    """Whether a round's figures include another one's: same first day, later last day."""
    return longer.since == shorter.since and longer.until > shorter.until


def _less(value: object, earlier: object) -> bool:
    match value, earlier:
        case Ratio() as now, Ratio() as then:
            return now.x < then.x or now.y < then.y
        case (int() | Decimal()) as now, (int() | Decimal()) as then:
            return now < then
        case _:
            return False
