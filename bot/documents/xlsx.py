"""The round as a workbook: who sent, figures by unit, every answer, difficulties. Numbers are numbers, nothing is a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from bot.documents import encoders
from bot.documents.material import Material
from bot.documents.matrix import Crossing, Said, crossings, key
from bot.documents.worksheet import Estimated, Mark, NotAsked, Odd, Value, Worksheet
from bot.domain import progress
from bot.domain.answers import Answer, FileValue, Percent, Ratio, Status
from bot.domain.difficulties import Difficulty, Step
from bot.domain.questions import Kind, Question
from bot.domain.sheets import UnitSheet
from bot.domain.totals import Sum, Total
from bot.texts import documents as texts
from bot.texts import figures

if TYPE_CHECKING:
    from openpyxl import Workbook


def workbook(material: Material) -> bytes:
    """The workbook (.xlsx) of a round."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = encoders.xlsx_text(texts.workbook_head(material.summary))
    book.properties.creator = encoders.xlsx_text(material.office.coordinator)
    book.properties.created = book.properties.modified = material.summary.at.replace(tzinfo=None)
    _states(_sheet(book, texts.STATES_SHEET, material, texts.states_note(material.summary)), material)
    _figures(_sheet(book, texts.FIGURES_SHEET, material, texts.figures_note()), material)
    _long(_sheet(book, texts.LONG_SHEET, material, texts.long_note()), material)
    _difficulties(_sheet(book, texts.DIFFICULTIES_SHEET, material, texts.difficulties_note()), material)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def filename(material: Material) -> str:
    """What the workbook is called."""
    return encoders.named(texts.WORKBOOK, material.summary, material.office.local(material.summary.at), ".xlsx")


def _sheet(book: Workbook, title: str, material: Material, note: str) -> Worksheet:
    warning = texts.MADE_UP if material.made_up else ""
    return Worksheet(
        book, title, texts.workbook_head(material.summary), texts.source(material.summary, material.office), note, warning
    )


# The four sheets


def _states(sheet: Worksheet, material: Material) -> None:
    sheet.head(texts.STATES_HEAD, (5, 34, 10, 18, 18, 16, 9, 24, 7, 16, 16, 12, 9, 9))
    office = material.office
    for number, (row, standing) in enumerate(
        zip(material.summary.sheet.units, material.summary.standings, strict=True), start=1
    ):
        report = row.report
        sheet.row(
            number,
            row.unit.name,
            row.unit.code,
            texts.group(row.unit.group),
            texts.STATES[standing.state],
            office.local(standing.at) if standing.at else None,
            texts.yes(standing.in_time) if report else None,
            material.person(report.person_id) if report else None,
            report.revision if report else None,
            office.local(report.at) if report else None,
            (report.paper_number or None) if report else None,
            report.paper_on if report else None,
            standing.progress.answered,
            standing.progress.total,
        )
    sheet.finish(fixed_columns=2)


def _figures(sheet: Worksheet, material: Material) -> None:
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


def _long(sheet: Worksheet, material: Material) -> None:
    sheet.head(texts.LONG_HEAD, (6, 7, 10, 26, 16, 13, 32, 10, 15, 16, 10, 10, 12, 8, 9, 26, 26, 12, 16, 22, 7, 18))
    summary = material.summary
    odd = {(figure.unit.id, figure.question.code) for figure in summary.odd}
    for row in summary.sheet.units:
        for question, answer, version in _answers(row, material):
            counted = version == texts.COUNTED
            value = answer.value
            sheet.row(
                summary.sheet.round.code,
                summary.sheet.round.year,
                row.unit.code,
                row.unit.name,
                texts.group(row.unit.group),
                question.code,
                question.label,
                texts.column(question.column) or None,
                texts.GIVEN if answer.status is Status.GIVEN else _status(question, answer.status),
                None if isinstance(value, Ratio) else _value(question, answer),
                value.x if isinstance(value, Ratio) else None,
                value.y if isinstance(value, Ratio) else None,
                question.unit or None,
                texts.yes(answer.estimate) if answer.status is Status.GIVEN else None,
                texts.yes((row.unit.id, question.code) in odd) if counted else None,
                answer.raw or None,
                answer.explanation or None,
                summary.sheet.round.until,
                material.office.local(answer.at),
                material.person(answer.person_id) or None,
                row.report.revision if row.report and counted else None,
                version,
            )
    sheet.finish(fixed_columns=4)


def _difficulties(sheet: Worksheet, material: Material) -> None:
    sheet.head(texts.DIFFICULTIES_HEAD, (10, 26, 11, 28, 50, 18, 12, 16, 22, 10, 50, 16))
    points = {point.id: point for point in material.summary.sheet.plan.points}
    units = {row.unit.id: row.unit for row in material.summary.sheet.units}
    for difficulty in material.difficulties:
        unit, point, reply = units.get(difficulty.unit_id), points.get(difficulty.point), _reply(difficulty)
        sheet.row(
            difficulty.code,
            unit.name if unit else None,
            point.ref if point else None,
            point.label if point else None,
            difficulty.text,
            texts.STEPS[difficulty.state],
            texts.yes(difficulty.open),
            material.office.local(difficulty.at),
            material.person(difficulty.person_id) or None,
            texts.yes(difficulty.round_id == material.summary.sheet.round.id),
            reply[0] if reply else None,
            material.office.local(reply[1]) if reply else None,
        )
    body_ends = sheet.last
    if not material.difficulties:
        sheet.row(None, texts.NO_DIFFICULTIES)
    sheet.finish(fixed_columns=2, body_ends=body_ends)


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
    return lambda crossing: _value(question, crossing.figure.answer) if crossing.figure else _mark(question, crossing)


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


# Answers


def _answers(row: UnitSheet, material: Material) -> Iterator[tuple[Question, Answer, str]]:
    """A unit's answers in the order asked: those that count, then what was changed or has not been sent."""
    plan, round_ = material.summary.sheet.plan, material.summary.sheet.round
    questions = plan.question_set(row.unit.questions)
    sent = progress.progress(questions, round_.code, row.report.answers if row.report else {}).answers
    drafts = progress.progress(questions, round_.code, row.draft).answers
    for question in questions.questions:
        counted, draft = sent.get(question.code), drafts.get(question.code)
        if counted is not None:
            yield question, counted, texts.COUNTED
        for earlier in material.revisions.get((row.unit.id, question.code), ()):
            if earlier not in (counted, draft):
                yield question, earlier, texts.EARLIER
        if draft is not None and (counted is None or not progress.same(counted, draft)):
            yield question, draft, texts.NOT_COUNTED


def _status(question: Question, status: Status) -> str:
    return figures.none(question) if status is Status.NONE else figures.unavailable(question)


def _value(question: Question, answer: Answer) -> Value:
    match answer.value:
        case None | Ratio():
            return None
        case int() | Decimal() as number:
            return Estimated(number=number) if answer.estimate else number
        case FileValue(name=name):
            return name
        case str() if question.kind is Kind.CHOICE:
            return figures.value(question, answer.value)
        case value:
            return value


def _reply(difficulty: Difficulty) -> tuple[str, datetime] | None:
    """The newest answer."""
    replies = [(event.text, event.at) for event in difficulty.events if event.step is Step.ANSWERED]
    return replies[-1] if replies else None
