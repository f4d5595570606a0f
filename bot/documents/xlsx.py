"""The round as a workbook: who sent, figures by unit, every answer, difficulties. Numbers are numbers, nothing is a formula."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from bot.documents import encoders, figures_sheet
from bot.documents.material import Material
from bot.documents.worksheet import Worksheet
from bot.domain import progress
from bot.domain.answers import Answer, Ratio, Status
from bot.domain.difficulties import Difficulty, Step
from bot.domain.questions import Question
from bot.domain.sheets import UnitSheet
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
    figures_sheet.fill(_sheet(book, texts.FIGURES_SHEET, material, texts.figures_note()), material)
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
                None if isinstance(value, Ratio) else figures_sheet.value(question, answer),
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


def _reply(difficulty: Difficulty) -> tuple[str, datetime] | None:
    """The newest answer."""
    replies = [(event.text, event.at) for event in difficulty.events if event.step is Step.ANSWERED]
    return replies[-1] if replies else None
