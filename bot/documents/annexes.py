"""The annexes of the draft report: every figure by unit, and where each figure of the report comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.documents.decree import Page
from bot.documents.material import Material
from bot.documents.matrix import Crossing, Key, Said, crossings, key
from bot.domain.questions import Kind
from bot.domain.summary import Summary
from bot.domain.totals import Block, Total
from bot.domain.units import Unit
from bot.texts import documents, figures, wording
from bot.texts import draft_report as texts

WORDS = (Kind.SENTENCE, Kind.FILE)
ACROSS = 247.0
"""Between the margins of a page on its side, mm."""
MOST_COLUMNS = 11
"""Indicators side by side in one table of the annex."""


class Sources:
    """The totals cited so far; [1] is the table of units."""

    def __init__(self) -> None:
        self.totals: list[Total] = []

    def cite(self, total: Total) -> int:
        """The number of a total in brackets, the same whenever it is cited again."""
        if total not in self.totals:
            self.totals.append(total)
        return self.totals.index(total) + 2


def figures_by_unit(page: Page, summary: Summary) -> None:
    """Annex 1, on paper lying on its side."""
    page.annex()
    _head(page, summary, texts.ANNEX_ONE, texts.ANNEX_ONE_TITLE)
    page.paragraph(texts.annex_note(), size=11, italic=True, indent=False)
    table = crossings(summary)
    alone = []
    for block in summary.blocks:
        totals = [total for total in block.totals if total.question.kind not in WORDS]
        if len(block.units) == 1:
            alone += [(block.units[0], total) for total in totals]
            continue
        for start in range(0, len(totals), MOST_COLUMNS):
            _units_table(page, summary, block, totals[start : start + MOST_COLUMNS], table)
    if alone:
        page.paragraph(texts.SINGLE_UNITS, bold=True, size=13, indent=False, keep=True)
        rows = [
            (
                unit.name if at == 0 or alone[at - 1][0] != unit else "",
                total.question.label,
                _cell(table[key(unit, total)], total),
            )
            for at, (unit, total) in enumerate(alone)
            if table[key(unit, total)].said is not Said.NOT_ASKED
        ]
        page.table((77, 110, 60), texts.SINGLE_HEAD, rows)
    sentences = [
        (figure.unit.name, total.question.label, figures.written(figure.question, figure.answer))
        for total in summary.totals
        if total.question.kind in WORDS and not total.question.difficulty
        for figure in total.figures
    ]
    if sentences:
        page.paragraph("", indent=False, after=0, size=8)
        page.paragraph(texts.SENTENCES, bold=True, size=13, indent=False, keep=True)
        page.table((67, 60, 120), texts.SENTENCES_HEAD, sentences)


def _units_table(page: Page, summary: Summary, block: Block, totals: Sequence[Total], table: Mapping[Key, Crossing]) -> None:
    head = documents.block(block, summary.sheet.plan)
    page.paragraph(head, bold=True, size=13, indent=False, keep=True)
    width = (ACROSS - 12 - 42) / len(totals)
    rows = [
        (str(at), unit.name, *(_cell(table[key(unit, total)], total) for total in totals))
        for at, unit in enumerate(block.units, start=1)
    ]
    rows.append(("", texts.TOTAL, *(texts.amount(total) for total in totals)))
    page.table(
        (12, 42, *(width for _ in totals)),
        (texts.NUMBER_HEAD, texts.UNIT_HEAD, *(texts.column_head(total) for total in totals)),
        rows,
        centred=(0, *range(2, 2 + len(totals))),
        bold_last=True,
    )
    page.paragraph("", indent=False, after=0, size=8)


def sources_of_figures(page: Page, material: Material, sources: Sources) -> None:
    """Annex 2: who sent when, and the units behind every total that was cited."""
    summary = material.summary
    page.annex()
    _head(page, summary, texts.ANNEX_TWO, texts.ANNEX_TWO_TITLE)
    page.paragraph(texts.sources_note(summary), size=11, italic=True, indent=False)
    page.paragraph(texts.states_title(), bold=True, size=13, indent=False, keep=True)
    page.table((12, 63, 36, 48, 48, 40), texts.STATES_HEAD, list(_states(material)), centred=(0,))
    page.paragraph("", indent=False, after=0, size=8)
    page.table((12, 42, 36, 115, 42), texts.SOURCES_HEAD, [_source(total, sources, material) for total in sources.totals])


def _head(page: Page, summary: Summary, name: str, title: str) -> None:
    page.paragraph(name, bold=True, align="center", indent=False, after=0)
    page.paragraph(title, bold=True, align="center", indent=False, after=0)
    page.paragraph(texts.attached(summary.sheet.plan, summary.on), italic=True, align="center", indent=False)


def _states(material: Material) -> Iterator[tuple[str, ...]]:
    rows = zip(material.summary.sheet.units, material.summary.standings, strict=True)
    for at, (row, standing) in enumerate(rows, start=1):
        report = row.report
        yield (
            str(at),
            row.unit.name,
            documents.STATES[standing.state],
            wording.said_at(material.office.local(report.first_at)) if report else "",
            wording.said_at(material.office.local(report.at)) if report and report.revision > 1 else "",
            texts.paper(report.paper_number, report.paper_on) if report else "",
        )


def _source(total: Total, sources: Sources, material: Material) -> tuple[str, ...]:
    reports = {row.unit.id: row.report for row in material.summary.sheet.units}

    def when(unit: Unit) -> str:
        sent = reports[unit.id]
        return texts.sent_at(material.office.local(sent.at)) if sent else ""

    known = {unit.id for unit in (*total.answered, *total.unavailable)}
    lines = [texts.source_of(figure, when(figure.unit)) for figure in total.figures]
    lines += texts.source_rest(total, [unit for unit in total.asked if unit.id not in known])
    return (
        f"[{sources.cite(total)}]",
        documents.indicator(total.question, total.column),
        texts.amount(total),
        "; ".join(lines),
        texts.source_notes(total),
    )


def _cell(crossing: Crossing, total: Total) -> str:
    question = total.question
    match crossing.said:
        case Said.GIVEN:
            assert crossing.figure is not None
            text = figures.written(question, crossing.figure.answer)
            return text.removesuffix(f" {question.unit}") if question.unit and len(total.asked) > 1 else text
        case Said.NONE:
            return figures.none(question)
        case Said.UNAVAILABLE:
            return figures.unavailable(question)
        case Said.SILENT:
            return figures.UNANSWERED
        case Said.NOT_SENT:
            return documents.NOT_SENT
        case Said.NOT_ASKED:
            return ""
