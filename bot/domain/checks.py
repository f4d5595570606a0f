"""What is asked about a whole report before it is sent: once, never blocking, and shown to the coordinators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.domain.answers import Answer, Percent, Ratio, Status
from bot.domain.office import Office
from bot.domain.progress import Progress, Step, same
from bot.domain.questions import Kind

FIGURES = (Kind.COUNT, Kind.DECIMAL, Kind.RATIO, Kind.PERCENT, Kind.MONEY)
FEW = 3
"""Fewer equal figures above zero than this happen by themselves."""


class Check(StrEnum):
    """What is worth asking about a whole report."""

    COPIED = "copied"  # every figure is that of the round before
    EMPTY = "empty"  # complete, and not one figure above zero in it
    MIXED = "mixed"  # some figures were given before their period was over, others after: not all are as of the same day


def of_report(progress: Progress, before: Mapping[str, Answer], early: Sequence[Step] = ()) -> tuple[Check, ...]:
    """What to ask about a report as it stands.

    Args:
        before: what the unit sent in the round before, by question code.
        early: figures given too early, see `early`.
    """
    figures = [step.question for step in progress.steps if step.question.kind in FIGURES]
    known = {question.code: progress.answers[question.code] for question in figures if question.code in progress.answers}
    if not known or progress.missing:
        return ()
    mixed = (Check.MIXED,) if early else ()
    if len(figures) >= FEW and not any(_counts(answer) for answer in known.values()):
        return (Check.EMPTY, *mixed)
    common = [code for code in known if code in before]
    alike = all(same(known[code], before[code]) for code in common)
    if alike and len(common) == len(known) and sum(_counts(known[code]) for code in common) >= FEW:
        return (Check.COPIED, *mixed)
    return mixed


def early(progress: Progress, until: date, office: Office) -> tuple[Step, ...]:
    """The figures given before the period they cover was over (`until`: its last day), where others were given after."""
    given = [
        (step, office.day(progress.answers[step.question.code].at))
        for step in progress.steps
        if step.question.kind in FIGURES
        and step.question.code in progress.answers
        and progress.answers[step.question.code].status is Status.GIVEN
    ]
    found = tuple(step for step, day in given if day < until)
    return found if len(found) < len(given) else ()


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
