"""What the coordinators said to a sent report, and where that leaves it: sent → returned → resent → accepted.

Nothing of this is stored as a state: it follows from the newest verdict and the newest revision, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.progress import Progress, Step
from bot.domain.reports import Report


class Judgement(StrEnum):
    """What was said."""

    RETURNED = "returned"
    ACCEPTED = "accepted"


class Stage(StrEnum):
    """Where a sent report stands; exactly one of these."""

    SENT = "sent"  # nobody said anything to this revision
    RETURNED = "returned"  # the unit was asked to look at it again
    RESENT = "resent"  # a newer revision came after one that was judged
    ACCEPTED = "accepted"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One judgement of one revision.

    Attributes:
        questions: codes of the questions opened again; empty means all of them. Only of a return.
        reason: in the coordinator's words, for the unit. Only of a return.
        at: UTC.
    """

    revision: int
    kind: Judgement
    questions: tuple[str, ...] = ()
    reason: str = ""
    person_id: int
    at: datetime


def stage(report: Report | None, verdicts: Sequence[Verdict]) -> Stage | None:
    """Where a report stands; None while nothing was sent. `verdicts`: oldest first."""
    if report is None:
        return None
    if not verdicts:
        return Stage.SENT
    last = verdicts[-1]
    if last.revision < report.revision:
        return Stage.RESENT
    return Stage.RETURNED if last.kind is Judgement.RETURNED else Stage.ACCEPTED


def outstanding(report: Report | None, verdicts: Sequence[Verdict]) -> Verdict | None:
    """The return the unit has still to answer."""
    return verdicts[-1] if stage(report, verdicts) is Stage.RETURNED else None


def opened(progress: Progress, returned: Verdict | None) -> tuple[Step, ...]:
    """The steps that may be changed: those chosen, what hangs on them, and what was never answered; without a return all."""
    if returned is None or not returned.questions:
        return progress.steps
    codes = set(returned.questions)
    found: list[Step] = []
    for step in progress.steps:
        follows = step.question.follows
        if step.question.code in codes or (follows is not None and follows.question in codes):
            codes.add(step.question.code)
            found.append(step)
        elif step.question.code not in progress.answers:
            found.append(step)
    return tuple(found)


def wanted(progress: Progress, returned: Verdict | None, after: str = "") -> Step | None:
    """The next chosen question that was not answered again since it was returned, behind the question `after`."""
    if returned is None:
        return None
    codes = [step.question.code for step in progress.steps]
    start = codes.index(after) + 1 if after in codes else 0
    chosen = returned.questions or tuple(codes)
    for step in progress.steps[start:]:
        answer = progress.answers.get(step.question.code)
        if step.question.code in chosen and (answer is None or answer.at <= returned.at):
            return step
    return None


def codes_of(marks: Collection[str], progress: Progress) -> tuple[str, ...]:
    """The codes of the steps people mean by "2" or "6b", in the order asked."""
    return tuple(step.question.code for step in progress.steps if step.mark in marks)
