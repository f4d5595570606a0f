"""What a report costs the people who fill it in, from the moments their answers were kept.

Only gaps between two answers of one sitting count as work: a gap longer than PAUSE is a pause and is left out, and said so.
What came before the first answer (reading it, looking the figure up) leaves no trace, so every time here is a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from bot.domain import progress
from bot.domain.answers import Answer
from bot.domain.progress import Step as Asked
from bot.domain.questions import Question
from bot.domain.reports import Report, Via
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.units import Unit

PAUSE = timedelta(minutes=10)
"""A longer gap is no work on the report."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """One unit's work on one report, from its first answer to its confirmation.

    Attributes:
        answers: how many were kept until then, corrections included.
        worked: the gaps up to PAUSE added up.
        pauses, paused: the longer ones: how many, and together how long.
        sent: whether it was confirmed here; if not, the work counts up to the last answer.
        left_at: where it was left, of a draft that was not sent; None when nothing is missing.
    """

    unit: Unit
    answers: int
    worked: timedelta
    pauses: int
    paused: timedelta
    sent: bool
    left_at: Asked | None

    @property
    def whole(self) -> timedelta:
        """From the first answer to the last moment counted."""
        return self.worked + self.paused


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One question over all units that are asked it in the same column.

    Attributes:
        gaps: how long each unit took from the answer before to its first answer here, pauses left out; ascending.
        asked_back: units whose figure was surprising and was explained or confirmed.
        again: units that answered it more than once before sending.
        left: units whose draft stops here.
    """

    question: Question
    column: str
    gaps: tuple[timedelta, ...]
    asked_back: tuple[Unit, ...]
    again: tuple[Unit, ...]
    left: tuple[Unit, ...]

    @property
    def typical(self) -> timedelta | None:
        """The median gap; None when nobody's could be measured."""
        return timedelta(seconds=median(gap.total_seconds() for gap in self.gaps)) if self.gaps else None


@dataclass(frozen=True, kw_only=True)
class Burden:
    """A round's. `efforts`: units that answered anything here, in the plan's order."""

    efforts: tuple[Effort, ...]
    costs: tuple[Cost, ...]

    @property
    def sent(self) -> tuple[Effort, ...]:
        """Those that went all the way."""
        return tuple(effort for effort in self.efforts if effort.sent)

    @property
    def typical(self) -> timedelta | None:
        """The median of the work of those that went all the way."""
        worked = [effort.worked.total_seconds() for effort in self.sent]
        return timedelta(seconds=median(worked)) if worked else None


def burden(sheet: Sheet, given: Mapping[int, Sequence[Answer]]) -> Burden:
    """What a round cost. `given`: by unit id every answer ever kept, oldest first.

    What a coordinator typed from paper is nobody's work on a report, and what was corrected after the first sending is no part
    of filling it in: both are left out.
    """
    filled = [(row, known) for row in sheet.units if (known := _own(row.report, given.get(row.unit.id, ())))]
    efforts = tuple(_effort(sheet, row, known) for row, known in filled)
    return Burden(efforts=efforts, costs=tuple(_costs(sheet, filled, efforts)))


def worked(moments: Sequence[datetime]) -> tuple[timedelta, int, timedelta]:
    """(work, how many pauses, their length) of moments in order."""
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    pauses = [gap for gap in gaps if gap > PAUSE]
    return sum((gap for gap in gaps if gap <= PAUSE), timedelta()), len(pauses), sum(pauses, timedelta())


def _own(report: Report | None, given: Sequence[Answer]) -> list[Answer]:
    """The unit's own answers, up to its first sending here, in the order of time."""
    until = report.first_at if report is not None and report.via is Via.CHAT else None
    kept = (answer for answer in given if not answer.on_behalf and (until is None or answer.at <= until))
    return sorted(kept, key=lambda answer: (answer.at, answer.id))


def _effort(sheet: Sheet, row: UnitSheet, given: Sequence[Answer]) -> Effort:
    sent = row.report is not None and row.report.via is Via.CHAT
    moments = [answer.at for answer in given]
    if sent and row.report is not None:
        moments.append(row.report.first_at)
    work, pauses, paused = worked(moments)
    laid_out = progress.progress(sheet.plan.question_set(row.unit.questions), sheet.round.code, row.draft)
    return Effort(
        unit=row.unit,
        answers=len(given),
        worked=work,
        pauses=pauses,
        paused=paused,
        sent=sent,
        left_at=laid_out.next if row.report is None else None,
    )


def _costs(sheet: Sheet, filled: Iterable[tuple[UnitSheet, Sequence[Answer]]], efforts: Sequence[Effort]) -> Iterator[Cost]:
    """One cost for each indicator and column, in the order the question sets ask them."""
    asked: dict[tuple[str, str], Question] = {}
    answers = {row.unit.id: known for row, known in filled}
    for row in sheet.units:
        for question in sheet.plan.question_set(row.unit.questions).questions:
            if not question.rounds or sheet.round.code in question.rounds:
                asked.setdefault((question.code, question.column), question)
    columns = {row.unit.id: _columns(sheet, row) for row in sheet.units}
    for (code, column), question in asked.items():
        units = [effort.unit for effort in efforts if columns[effort.unit.id].get(code) == column]
        own = {unit.id: [answer for answer in answers[unit.id] if answer.question == code] for unit in units}
        yield Cost(
            question=question,
            column=column,
            gaps=tuple(sorted(gap for unit in units if (gap := _gap(answers[unit.id], code)) is not None)),
            asked_back=tuple(unit for unit in units if any(answer.explanation for answer in own[unit.id])),
            again=tuple(unit for unit in units if len({_said(answer) for answer in own[unit.id]}) > 1),
            left=tuple(e.unit for e in efforts if e.unit in units and e.left_at and e.left_at.question.code == code),
        )


def _columns(sheet: Sheet, row: UnitSheet) -> dict[str, str]:
    return {question.code: question.column for question in sheet.plan.question_set(row.unit.questions).questions}


def _gap(given: Sequence[Answer], code: str) -> timedelta | None:
    """From the answer before to the first one here; None for the very first of all and across a pause."""
    at = next((place for place, answer in enumerate(given) if answer.question == code), 0)
    gap = given[at].at - given[at - 1].at if at else None
    return gap if gap is not None and gap <= PAUSE else None


def _said(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.value, answer.estimate
