"""The round at a glance: who has answered, and every total with the units behind it.

Sums are made only of what was sent; x and y of ratios are summed apart, percentages are never averaged, and units that
would count the same thing twice (wards and the district's own offices) stand in different columns and are never added.
Source: the indicators guide, "Quy tắc số liệu và tổng hợp".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.domain import checks, progress, verdicts
from bot.domain.absences import Absence
from bot.domain.answers import Answer, Percent, Ratio, Reading, Status
from bot.domain.calendar import WorkCalendar
from bot.domain.checks import Check
from bot.domain.extensions import Extension
from bot.domain.oddity import oddity
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.progress import Count
from bot.domain.questions import Kind, Question
from bot.domain.reports import Report, Via
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.domain.verdicts import Stage, Verdict

NUMERIC = (Kind.COUNT, Kind.DECIMAL, Kind.MONEY)
GROUPS = ("ward", "named", "other")
"""Unit groups in the order they are counted out."""

Sum = int | Decimal | Ratio


class State(StrEnum):
    """Where a unit stands; exactly one of these."""

    ON_TIME = "on_time"
    LATE = "late"
    PAPER = "paper"  # by document; figures may be missing
    FILLING = "filling"  # begun, not sent
    NOT_BEGUN = "not_begun"


RECEIVED = (State.ON_TIME, State.LATE, State.PAPER)


@dataclass(frozen=True, kw_only=True)
class UnitSheet:
    """One unit in one round.

    Attributes:
        report: its newest sending, or None.
        draft: its newest answers, sent or not.
        verdicts: what the coordinators said to what it sent, oldest first.
        extension: its own last valid day, if it has one.
        away: its focal person, when away, and until when.
        earlier: its answers of a round whose period this one includes.
        before: what it sent in the round before this one.
        remarks: what it said when its whole report was asked about.
    """

    unit: Unit
    report: Report | None
    draft: Mapping[str, Answer]
    verdicts: tuple[Verdict, ...] = ()
    extension: Extension | None = None
    away: tuple[Person, Absence] | None = None
    earlier: Mapping[str, Answer] = field(default_factory=dict)
    before: Mapping[str, Answer] = field(default_factory=dict)
    remarks: Mapping[Check, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything known about one round on one day: the units that must report, in the plan's order."""

    round: Round
    plan: Plan
    units: tuple[UnitSheet, ...]


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


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of one group of units have sent."""

    group: str
    received: int
    expected: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One unit's figure behind a total, to the question as that unit was asked it. `odd`: worth a look."""

    unit: Unit
    question: Question
    answer: Answer
    odd: bool


@dataclass(frozen=True, kw_only=True)
class Total:
    """One indicator over all units that are asked for it in the same column.

    Attributes:
        question: of the first unit asked (label, unit and kind are the same for one code).
        sets: the question sets that ask it.
        asked: units asked for it; of a follow-up only those whose answer led to it.
        figures: units that sent a value, in the plan's order.
        none: units where it does not arise; counted as having answered, adding nothing.
        unavailable: units that sent "no figure yet".
        value: sum of the numbers, or Ratio of the sums; None for what is not summed or when no unit has such a figure.
        estimated: the part of `value` that is made of estimates; None when none is.
        percent_only: figures that are a bare percentage: shown, never added.
        choices: of a CHOICE: option code → units that chose it, in the order of the options.
    """

    question: Question
    column: str
    sets: tuple[str, ...]
    asked: tuple[Unit, ...]
    figures: tuple[Figure, ...]
    none: tuple[Unit, ...]
    unavailable: tuple[Unit, ...]
    value: Sum | None
    estimated: Sum | None
    percent_only: tuple[Figure, ...]
    choices: Mapping[str, tuple[Unit, ...]]

    @property
    def answered(self) -> tuple[Unit, ...]:
        """Units that said something definite, "does not arise" included, in the order asked."""
        known = {figure.unit.id for figure in self.figures} | {unit.id for unit in self.none}
        return tuple(unit for unit in self.asked if unit.id in known)

    @property
    def summed(self) -> tuple[Figure, ...]:
        """The figures `value` is made of."""
        return tuple(figure for figure in self.figures if self.value is not None and figure not in self.percent_only)

    @property
    def estimates(self) -> tuple[Unit, ...]:
        """Units whose figure is an estimate."""
        return tuple(figure.unit for figure in self.figures if figure.answer.estimate)

    @property
    def odd(self) -> tuple[Figure, ...]:
        """Figures worth a look."""
        return tuple(figure for figure in self.figures if figure.odd)

    @property
    def highest(self) -> tuple[Figure, ...]:
        """The largest figure and all that equal it; () with fewer than two figures, or when all are equal."""
        return self._extreme(max)

    @property
    def lowest(self) -> tuple[Figure, ...]:
        """The smallest figure and all that equal it; () with fewer than two figures, or when all are equal."""
        return self._extreme(min)

    def _extreme(self, which: Callable[[Iterable[Decimal]], Decimal]) -> tuple[Figure, ...]:
        sizes = [(size, figure) for figure in self.figures if (size := measure(figure.answer)) is not None]
        if len({size for size, _ in sizes}) < 2:
            return ()
        edge = which(size for size, _ in sizes)
        return tuple(figure for size, figure in sizes if size == edge)


@dataclass(frozen=True, kw_only=True)
class Block:
    """Indicators asked of the same units, to be shown together. `units`: whom the plan asks for them."""

    sets: tuple[str, ...]
    units: tuple[Unit, ...]
    totals: tuple[Total, ...]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A round at one moment. `at`: UTC; `on`: the office's day."""

    sheet: Sheet
    at: datetime
    on: date
    standings: tuple[Standing, ...]
    totals: tuple[Total, ...]

    def those(self, *states: State) -> tuple[Standing, ...]:
        """The units in these states, in the plan's order."""
        return tuple(standing for standing in self.standings if standing.state in states)

    @property
    def received(self) -> tuple[Standing, ...]:
        """Reports that came, in any way and at any time."""
        return self.those(*RECEIVED)

    @property
    def shares(self) -> tuple[Share, ...]:
        """Received of expected, by group of units."""
        groups = dict.fromkeys([*GROUPS, *(standing.unit.group for standing in self.standings)])
        shares = (
            Share(
                group=group,
                received=sum(standing.unit.group == group for standing in self.received),
                expected=sum(standing.unit.group == group for standing in self.standings),
            )
            for group in groups
        )
        return tuple(share for share in shares if share.expected)

    @property
    def in_time(self) -> int:
        """How many reports came by the last valid day."""
        return sum(standing.in_time for standing in self.received)

    @property
    def reporting_rate(self) -> Decimal | None:
        """Received of expected, in percent (DHIS2: reporting rate); None without expected units."""
        return _rate(len(self.received), len(self.standings))

    @property
    def on_time_rate(self) -> Decimal | None:
        """Received by the last valid day of expected, in percent (DHIS2: reporting rate on time)."""
        return _rate(self.in_time, len(self.standings))

    @property
    def in_own_time(self) -> int:
        """How many came by the last valid day their unit has, extensions counted."""
        return sum(standing.in_own_time for standing in self.received)

    @property
    def extended_on_time_rate(self) -> Decimal | None:
        """The same as `on_time_rate`, by each unit's own last valid day."""
        return _rate(self.in_own_time, len(self.standings))

    @property
    def extended(self) -> tuple[Standing, ...]:
        """The units with an extension."""
        return tuple(standing for standing in self.standings if standing.extension is not None)

    @property
    def questioned(self) -> tuple[Standing, ...]:
        """The units whose report as a whole is worth a look."""
        return tuple(standing for standing in self.standings if standing.checks)

    @property
    def odd(self) -> tuple[Figure, ...]:
        """Every figure worth a look."""
        return tuple(figure for total in self.totals for figure in total.odd)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The totals by whom they are asked of: first those of one kind of unit (wards before others), then those shared by
        several kinds, then each single unit's own."""
        by_sets: dict[tuple[str, ...], list[Total]] = {}
        for total in self.totals:
            by_sets.setdefault(total.sets, []).append(total)
        blocks = [
            Block(
                sets=sets,
                units=tuple(row.unit for row in self.sheet.units if row.unit.questions in sets),
                totals=tuple(totals),
            )
            for sets, totals in by_sets.items()
        ]
        order = {code: at for at, code in enumerate(dict.fromkeys(row.unit.questions for row in self.sheet.units))}
        return tuple(sorted(blocks, key=lambda b: (len(b.units) == 1, len(b.sets), order[b.sets[0]])))

    def total(self, code: str, column: str = "") -> Total | None:
        """The total of one indicator."""
        return next((t for t in self.totals if t.question.code == code and t.column == column), None)

    def standing(self, unit_id: int) -> Standing | None:
        """One unit's."""
        return next((standing for standing in self.standings if standing.unit.id == unit_id), None)


def summarise(sheet: Sheet, now: datetime, office: Office) -> Summary:
    """The whole summary of a round."""
    return Summary(
        sheet=sheet,
        at=now,
        on=office.day(now),
        standings=tuple(_standing(row, sheet, office) for row in sheet.units),
        totals=tuple(_totals(sheet)),
    )


def current(rounds: Iterable[Round], today: date, calendar: WorkCalendar) -> Round | None:
    """The round people mean without naming one: of those that take answers the one due nearest, else simply the nearest."""
    known = list(rounds)
    taking = [round_ for round_ in known if progress.open_for_answers(round_, today, calendar)]
    return min(taking or known, key=lambda round_: (abs((round_.last_day - today).days), round_.id), default=None)


def late(at: datetime, round_: Round, office: Office) -> bool:
    """Whether a report sent then is late: after the end of the last valid day, on the office's clock."""
    return office.day(at) > round_.last_day


def measure(answer: Answer) -> Decimal | None:
    """A figure's size for ranking: a number itself, a ratio or percentage as a share; None for words."""
    match answer.value:
        case bool() | None:
            return None
        case int() | Decimal():
            return Decimal(answer.value)
        case Ratio():
            return Decimal(answer.value.x) / answer.value.y if answer.value.y else None
        case Percent():
            return answer.value.value / 100
        case _:
            return None


def _standing(row: UnitSheet, sheet: Sheet, office: Office) -> Standing:
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


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One unit and one question. `asked`: False for a follow-up its sent answers did not lead to; `answer`: what it sent."""

    unit: Unit
    question: Question
    asked: bool
    answer: Answer | None
    earlier: Answer | None


def _totals(sheet: Sheet) -> Iterator[Total]:
    """One total for each indicator and column, in the order the question sets ask them."""
    rows: dict[tuple[str, str], list[_Row]] = {}
    for row in sheet.units:
        questions = sheet.plan.question_set(row.unit.questions)
        # Laid out anew: an answer to a follow-up that is no longer asked is kept in the report, but says nothing any more.
        sent = progress.progress(questions, sheet.round.code, row.report.answers if row.report else {})
        for question in questions.questions:
            if question.rounds and sheet.round.code not in question.rounds:
                continue
            rows.setdefault((question.code, question.column), []).append(
                _Row(
                    unit=row.unit,
                    question=question,
                    asked=question.follows is None or sent.step(question.code) is not None,
                    answer=sent.answers.get(question.code),
                    earlier=row.earlier.get(question.code),
                )
            )
    for (_, column), asked in rows.items():
        yield _total(column, asked)


def _total(column: str, rows: Sequence[_Row]) -> Total:
    question = rows[0].question
    figures = tuple(
        Figure(unit=row.unit, question=row.question, answer=row.answer, odd=_is_odd(row.question, row.answer, row.earlier))
        for row in rows
        if row.answer is not None and row.answer.status is Status.GIVEN
    )
    choices = {
        option.code: tuple(figure.unit for figure in figures if figure.answer.value == option.code)
        for option in question.options
    }
    return Total(
        question=question,
        column=column,
        sets=tuple(dict.fromkeys(row.unit.questions for row in rows)),
        asked=tuple(row.unit for row in rows if row.asked),
        figures=figures,
        none=_those(rows, Status.NONE),
        unavailable=_those(rows, Status.UNAVAILABLE),
        value=_sum(question, figures),
        estimated=_sum(question, tuple(figure for figure in figures if figure.answer.estimate)),
        percent_only=tuple(figure for figure in figures if isinstance(figure.answer.value, Percent)),
        choices={code: units for code, units in choices.items() if units},
    )


def _those(rows: Iterable[_Row], status: Status) -> tuple[Unit, ...]:
    return tuple(row.unit for row in rows if row.answer is not None and row.answer.status is status)


def _is_odd(question: Question, answer: Answer, earlier: Answer | None) -> bool:
    return oddity(question, Reading(status=answer.status, value=answer.value, estimate=answer.estimate), earlier) is not None


def _sum(question: Question, figures: Sequence[Figure]) -> Sum | None:
    if not question.summed:
        return None
    values = [figure.answer.value for figure in figures]
    ratios = [value for value in values if isinstance(value, Ratio)]
    if question.kind is Kind.RATIO and ratios:
        return Ratio(x=sum(ratio.x for ratio in ratios), y=sum(ratio.y for ratio in ratios))
    numbers = [value for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    if question.kind in NUMERIC and numbers:
        return sum(numbers, start=Decimal() if question.kind is Kind.DECIMAL else 0)
    return None


def _rate(part: int, whole: int) -> Decimal | None:
    return Decimal(part * 100) / whole if whole else None
