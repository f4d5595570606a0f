"""What is asked about a whole report before it is sent: once, never blocking, and shown to the coordinators."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from bot.domain.answers import Answer, Percent, Ratio, Status
from bot.domain.progress import Progress, same
from bot.domain.questions import Kind

FIGURES = (Kind.COUNT, Kind.DECIMAL, Kind.RATIO, Kind.PERCENT, Kind.MONEY)
FEW = 3
"""Fewer equal figures above zero than this happen by themselves."""


class Check(StrEnum):
    """What is worth asking about a whole report."""

    COPIED = "copied"  # every figure is that of the round before
    EMPTY = "empty"  # complete, and not one figure above zero in it


def of_report(progress: Progress, before: Mapping[str, Answer]) -> tuple[Check, ...]:
    """What to ask about a report as it stands. `before`: what the unit sent in the round before, by question code."""
    figures = [step.question for step in progress.steps if step.question.kind in FIGURES]
    known = {question.code: progress.answers[question.code] for question in figures if question.code in progress.answers}
    if not known or progress.missing:
        return ()
    if len(figures) >= FEW and not any(_counts(answer) for answer in known.values()):
        return (Check.EMPTY,)
    common = [code for code in known if code in before]
    alike = all(same(known[code], before[code]) for code in common)
    if alike and len(common) == len(known) and sum(_counts(known[code]) for code in common) >= FEW:
        return (Check.COPIED,)
    return ()


def _counts(answer: Answer) -> bool:
    """Whether it is a figure above zero."""
    if answer.status is not Status.GIVEN:
        return False
    match answer.value:
        case Ratio(x=x, y=y):
            return x > 0 or y > 0
        case Percent(value=value):
            return value > 0
        case int() | Decimal():
            return answer.value > 0
        case _:
            return False
