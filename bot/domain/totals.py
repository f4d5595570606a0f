"""The totals of a round, each with the units behind it.

Sums are made only of what was sent; x and y of ratios are summed apart, percentages are never averaged, and units that
would count the same thing twice (wards and the district's own offices) stand in different columns and are never added.
Source: the indicators guide, "Quy tắc số liệu và tổng hợp".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.domain import progress
from bot.domain.answers import Answer, Percent, Ratio, Reading, Status
from bot.domain.oddity import oddity
from bot.domain.questions import Kind, Question
from bot.domain.sheets import Sheet
from bot.domain.units import Unit

NUMERIC = (Kind.COUNT, Kind.DECIMAL, Kind.MONEY)

Sum = int | Decimal | Ratio


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


def totals(sheet: Sheet) -> Iterator[Total]:
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


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One unit and one question. `asked`: False for a follow-up its sent answers did not lead to; `answer`: what it sent."""

    unit: Unit
    question: Question
    asked: bool
    answer: Answer | None
    earlier: Answer | None


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
