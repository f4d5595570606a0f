"""Where each unit stands in a round: sent in time, late or by document, still filling in, or not begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain import checks, progress, verdicts
from bot.domain.absences import Absence
from bot.domain.checks import Check
from bot.domain.extensions import Extension
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.progress import Count
from bot.domain.reports import Via
from bot.domain.rounds import Round
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.units import Unit
from bot.domain.verdicts import Stage, Verdict


class State(StrEnum):
    """Where a unit stands; exactly one of these."""

    ON_TIME = "on_time"
    LATE = "late"
    PAPER = "paper"  # by document; figures may be missing
    FILLING = "filling"  # begun, not sent
    NOT_BEGUN = "not_begun"


RECEIVED = (State.ON_TIME, State.LATE, State.PAPER)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one unit stands.

    Attributes:
        progress: of its newest answers, sent or not.
        at: when it first sent (UTC), or None.
        in_time: whether it came by the plan's last valid day, whichever way.
        in_own_time: the same by its own last valid day, where it has an extension; what `state` goes by.
        stage: of what it sent; None while nothing was.
        verdict: the newest thing said to what it sent.
        extension, away, remarks: as in UnitSheet.
        checks: what is worth a look about the report as a whole.
    """

    unit: Unit
    state: State
    progress: Count
    at: datetime | None = None
    in_time: bool = False
    in_own_time: bool = False
    stage: Stage | None = None
    verdict: Verdict | None = None
    extension: Extension | None = None
    away: tuple[Person, Absence] | None = None
    checks: tuple[Check, ...] = ()
    remarks: Mapping[Check, str] = field(default_factory=dict)


def standing(row: UnitSheet, sheet: Sheet, office: Office) -> Standing:
    """One unit's, from its row of the sheet."""
    questions = sheet.plan.question_set(row.unit.questions)
    count = progress.count(questions, sheet.round.code, row.draft)
    report = row.report
    if report is None:
        state = State.FILLING if row.draft else State.NOT_BEGUN
        return Standing(unit=row.unit, state=state, progress=count, extension=row.extension, away=row.away)
    sent = progress.progress(questions, sheet.round.code, report.answers)
    # What counts is the document's own date where the unit gave it; it told us later.
    paper = report.via is Via.PAPER
    came = report.paper_on if paper and report.paper_on else office.day(report.first_at)
    in_time = came <= sheet.round.last_day
    in_own_time = in_time or (row.extension is not None and came <= row.extension.until)
    return Standing(
        unit=row.unit,
        state=State.PAPER if paper else State.ON_TIME if in_own_time else State.LATE,
        progress=count,
        at=report.first_at,
        in_time=in_time,
        in_own_time=in_own_time,
        stage=verdicts.stage(report, row.verdicts),
        verdict=row.verdicts[-1] if row.verdicts else None,
        extension=row.extension,
        away=row.away,
        checks=checks.of_report(sent, row.before, checks.early(sent, sheet.round.until, office)),
        remarks=row.remarks,
    )


def late(at: datetime, round_: Round, office: Office) -> bool:
    """Whether a report sent then is late: after the end of the last valid day, on the office's clock."""
    return office.day(at) > round_.last_day
