"""The sheet of figures: units as rows, indicators as columns, totals below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.documents.material import Material
from bot.documents.matrix import Crossing, Said, crossings, key
from bot.documents.worksheet import Estimated, Mark, NotAsked, Odd, Value, Worksheet
from bot.domain.answers import Answer, FileValue, Percent, Ratio
from bot.domain.questions import Kind, Question
from bot.domain.totals import Sum, Total
from bot.texts import documents as texts
from bot.texts import figures


def fill(sheet: Worksheet, material: Material) -> None:
    """Write it."""
    summary = material.summary
    columns = [column for block in summary.blocks for total in block.totals for column in _columns(total)]
    sheet.head(
        [texts.NUMBER, texts.UNIT, *(column.head for column in columns)],
        [5, 30, *(36 if column.text else 13 for column in columns)],
        tall=True,
    )
    start = 3
    for block in summary.blocks:
        width = sum(1 for total in block.totals for _ in _columns(total))
        sheet.above(start, width, texts.block(block, summary.sheet.plan))
        start += width
    table = crossings(summary)
    for number, row in enumerate(summary.sheet.units, start=1):
        sheet.row(number, row.unit.name, *(_shown(column, table[key(row.unit, column.total)]) for column in columns))
    body_ends = sheet.last
    sheet.row(None, texts.TOTAL, *(column.total_of(column.total.value) for column in columns), bold=True)
    sheet.row(None, texts.TOTAL_ESTIMATED, *(column.estimated_of(column.total.estimated) for column in columns))
    sheet.row(None, texts.TOTAL_ANSWERED, *(len(column.total.answered) if column.first else None for column in columns))
    sheet.row(None, texts.TOTAL_ASKED, *(len(column.total.asked) if column.first else None for column in columns))
    sheet.finish(fixed_columns=2, body_ends=body_ends, pages_wide=max(1, round(sum(sheet.widths) / 200)))


def value(question: Question, answer: Answer) -> Value:
    """What a cell holds of an answer; a ratio has two cells of its own."""
    match answer.value:
        case None | Ratio():
            return None
        case int() | Decimal() as number:
            return Estimated(number=number) if answer.estimate else number
        case FileValue(name=name):
            return name
        case str() if question.kind is Kind.CHOICE:
            return figures.value(question, answer.value)
        case other:
            return other


# An indicator's columns


@dataclass(frozen=True, kw_only=True)
class _Column:
    """One column of the figures.

    Attributes:
        first: the indicator's first; counts of units stand there.
        show: what a unit's row has here. total_of: what the row of totals has.
        text: holds sentences.
    """

    head: str
    total: Total
    show: Callable[[Crossing], Value]
    total_of: Callable[[Sum | None], Value]
    first: bool = True
    text: bool = False

    def estimated_of(self, value: Sum | None) -> Value:
        """The estimated part of the total."""
        shown = self.total_of(value) if value is not None else None
        return Estimated(number=shown) if isinstance(shown, int | Decimal) else None


def _columns(total: Total) -> Iterator[_Column]:
    """An indicator's columns: x and y of a ratio apart, bare percentages by themselves. Difficulties have their own sheet."""
    question, column = total.question, total.column
    if question.difficulty:
        return
    if question.kind is not Kind.RATIO:
        name = texts.measured(texts.indicator(question, column), question.unit)
        yield _Column(
            head=name,
            total=total,
            show=_plain(question),
            total_of=lambda value: _choices(total) if total.choices else _number(value),
            text=question.kind is Kind.SENTENCE,
        )
        return
    x, y = texts.x_label(question), texts.y_label(question)
    yield _Column(
        head=texts.part(question, x, column), total=total, show=_part(question, lambda r: r.x), total_of=_of_sum(lambda r: r.x)
    )
    yield _Column(
        head=texts.part(question, y, column),
        total=total,
        show=_part(question, lambda r: r.y),
        total_of=_of_sum(lambda r: r.y),
        first=False,
    )
    if question.percent_ok:
        yield _Column(
            head=texts.share_column(question, column), total=total, show=_bare_share, total_of=lambda value: None, first=False
        )


def _shown(column: _Column, crossing: Crossing) -> Value:
    """What stands where a unit meets a column."""
    if crossing.said is Said.NOT_ASKED:
        return NotAsked()
    value = column.show(crossing)
    odd = crossing.figure is not None and crossing.figure.odd
    return Odd(value=value) if odd and not isinstance(value, Mark | Odd | NotAsked) else value


def _plain(question: Question) -> Callable[[Crossing], Value]:
    return lambda crossing: value(question, crossing.figure.answer) if crossing.figure else _mark(question, crossing)


def _part(question: Question, which: Callable[[Ratio], int]) -> Callable[[Crossing], Value]:
    def show(crossing: Crossing) -> Value:
        if crossing.figure is None:
            return _mark(question, crossing)
        match crossing.figure.answer.value:
            case Ratio() as ratio:
                return Estimated(number=which(ratio)) if crossing.figure.answer.estimate else which(ratio)
            case _:
                return Mark(text=texts.PERCENT_ONLY)

    return show


def _bare_share(crossing: Crossing) -> Value:
    value = crossing.figure.answer.value if crossing.figure else None
    return value if isinstance(value, Percent) else None


def _of_sum(which: Callable[[Ratio], int]) -> Callable[[Sum | None], Value]:
    return lambda value: which(value) if isinstance(value, Ratio) else None


def _number(value: Sum | None) -> Value:
    return None if isinstance(value, Ratio) else value


def _choices(total: Total) -> Value:
    labels = {option.code: option.label for option in total.question.options}
    return "; ".join(f"{labels[code]}: {len(units)}" for code, units in total.choices.items())


def _mark(question: Question, crossing: Crossing) -> Value:
    match crossing.said:
        case Said.NONE:
            return Mark(text=figures.none(question))
        case Said.UNAVAILABLE:
            return Mark(text=figures.unavailable(question))
        case Said.SILENT:
            return Mark(text=figures.UNANSWERED)
        case Said.NOT_SENT:
            return Mark(text=texts.NOT_SENT)
        case _:
            return None
