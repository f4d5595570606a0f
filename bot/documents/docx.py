"""The draft report of a round as a Word document: only what was sent, every figure with its source, nothing signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from bot.documents import encoders
from bot.documents.decree import Page, write
from bot.documents.material import Material
from bot.documents.matrix import Crossing, Key, Said, crossings, key
from bot.domain.answers import Status
from bot.domain.difficulties import Difficulty
from bot.domain.plan import Point
from bot.domain.questions import Kind
from bot.domain.sheets import UnitSheet
from bot.domain.standings import State
from bot.domain.summary import Summary
from bot.domain.totals import Block, Total
from bot.domain.units import Unit
from bot.texts import documents, figures, wording
from bot.texts import draft_report as texts

WORDS = (Kind.SENTENCE, Kind.FILE)
LEFT_COLUMN, RIGHT_COLUMN = 60.0, 100.0
"""The two halves of the head, mm; together what lies between the margins."""
ACROSS = 247.0
"""Between the margins of a page on its side, mm."""
MOST_COLUMNS = 11
"""Indicators side by side in one table of the annex."""


def report(material: Material) -> bytes:
    """The draft report (.docx) of a round."""
    summary = material.summary
    plan, round_ = summary.sheet.plan, summary.sheet.round
    page = Page(
        f"{texts.DRAFT} – {texts.MADE_UP_MARK}" if material.made_up else texts.DRAFT,
        texts.about(plan, round_),
        material.office.coordinator,
    )
    sources = _Sources()
    _head(page, material)
    page.paragraph(texts.opening(summary, material.office))
    page.paragraph(texts.how_to_read(), italic=True, size=12)
    _part_one(page, material, sources)
    _part_two(page, material, sources)
    _part_three(page, material)
    _part_four(page, summary)
    _part_five(page, material)
    _signature(page, summary)
    _annex_one(page, summary)
    _annex_two(page, material, sources)
    buffer = BytesIO()
    page.document.save(buffer)
    return buffer.getvalue()


def filename(material: Material) -> str:
    """What the draft is called."""
    return encoders.named(documents.REPORT, material.summary, material.office.local(material.summary.at), ".docx")


class _Sources:
    """The totals cited so far; [1] is the table of units."""

    def __init__(self) -> None:
        self.totals: list[Total] = []

    def cite(self, total: Total) -> int:
        """The number of a total in brackets, the same whenever it is cited again."""
        if total not in self.totals:
            self.totals.append(total)
        return self.totals.index(total) + 2


# The parts


def _head(page: Page, material: Material) -> None:
    summary = material.summary
    plan = summary.sheet.plan
    left, right = page.columns(LEFT_COLUMN, RIGHT_COLUMN)
    write(left, texts.above(material.office), size=12)
    write(left, texts.issuer(plan).upper(), size=13, bold=True)
    page.rule(left, 1, 24, LEFT_COLUMN - 4)
    write(left, texts.number(plan), size=13)
    write(right, texts.COUNTRY, size=12, bold=True)
    write(right, texts.MOTTO, size=13.5, bold=True)
    page.rule(right, 1, 56, RIGHT_COLUMN - 4)
    write(right, texts.place_and_date(plan, summary.on), size=13.5, italic=True)
    page.paragraph("", indent=False, after=0)
    page.paragraph(texts.REPORT, bold=True, align="center", indent=False, after=0)
    page.paragraph(texts.about(plan, summary.sheet.round), bold=True, align="center", indent=False, after=0)
    page.rule(page.document, 2, 50, LEFT_COLUMN + RIGHT_COLUMN)
    page.paragraph("", indent=False, after=0)
    if material.made_up:
        page.paragraph(documents.MADE_UP, bold=True, align="center", indent=False)


def _part_one(page: Page, material: Material, sources: _Sources) -> None:
    summary = material.summary
    page.heading(texts.PART_ONE, 1)
    page.heading(texts.RECEIVED, 2)
    page.paragraph(texts.received(summary, 1, material.office))
    if papers := summary.those(State.PAPER):
        reports = {row.unit.id: row.report for row in summary.sheet.units}
        numbers = [sent.paper_number if (sent := reports[each.unit.id]) else "" for each in papers]
        page.paragraph(texts.by_document(papers, numbers))
    if summary.standings:
        page.paragraph(texts.not_yet(summary))
    page.heading(texts.GUIDANCE, 2)
    found = list(_guidance(summary))
    for sentence in texts.findings(found, sources.cite):
        page.paragraph(sentence)
    if not found:
        page.paragraph(texts.NO_FIGURES)
    page.paragraph(texts.fill_in(texts.MORE_GUIDANCE), italic=True)


def _part_two(page: Page, material: Material, sources: _Sources) -> None:
    summary = material.summary
    page.heading(texts.PART_TWO, 1)
    guidance = list(_guidance(summary))
    rest = [total for total in _told(summary) if total not in guidance]
    if any(total.column for total in rest):
        page.paragraph(texts.counted_apart(), italic=True)
    for at, (point, totals) in enumerate(_by_point(summary, rest), start=1):
        page.heading(texts.point_head(at, point), 2)
        for sentence in texts.findings(totals, sources.cite):
            page.paragraph(sentence)
    if not rest:
        page.paragraph(texts.NO_FIGURES)


def _part_three(page: Page, material: Material) -> None:
    summary = material.summary
    page.heading(texts.PART_THREE, 1)
    raised = list(_raised(material))
    if not raised:
        without = {unit.id for total in summary.totals if total.question.difficulty for unit in total.none}
        page.paragraph(texts.no_difficulties(len(without)))
    else:
        page.paragraph(texts.difficulties_head(len({unit for unit, _, _, _ in raised}), len(raised)))
    points: list[Point | None] = [*summary.sheet.plan.points, None]
    for point in points:
        here = [each for each in raised if each[1] == (point.id if point else "")]
        if here:
            page.paragraph(texts.difficulty_point(point), bold=True, keep=True)
        for unit, _, text, difficulty in here:
            page.paragraph(texts.difficulty(unit, text, difficulty))
    page.paragraph(texts.fill_in(texts.MORE_CAUSES), italic=True)


def _part_four(page: Page, summary: Summary) -> None:
    page.heading(texts.PART_FOUR, 1)
    later = {unit.id for total in summary.totals for unit in total.unavailable}
    units = [row.unit for row in summary.sheet.units if row.unit.id in later]
    unfinished = (texts.unfinished(total) for total in summary.totals if total.choices)
    for sentence in (texts.still_missing(summary), texts.still_unavailable(units), *unfinished):
        if sentence:
            page.paragraph(f"- {sentence}")
    page.paragraph(texts.fill_in(texts.MORE_TASKS), italic=True)


def _part_five(page: Page, material: Material) -> None:
    page.heading(texts.PART_FIVE, 1)
    if next(_raised(material), None):
        page.paragraph(texts.proposals_stand_above())
    page.paragraph(texts.fill_in(texts.MORE_PROPOSALS), italic=True)


def _signature(page: Page, summary: Summary) -> None:
    page.paragraph("", indent=False, after=0)
    left, right = page.columns(LEFT_COLUMN + 20, RIGHT_COLUMN - 20)
    write(left, texts.RECIPIENTS, size=12, bold=True, italic=True, align="left")
    for line in texts.recipients(summary.sheet.plan):
        write(left, line, size=11, align="left")
    write(right, texts.signature(summary.sheet.plan), size=14, bold=True)


# The annexes


def _annex_one(page: Page, summary: Summary) -> None:
    page.landscape()
    _annex_head(page, summary, texts.ANNEX_ONE, texts.ANNEX_ONE_TITLE)
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


def _annex_two(page: Page, material: Material, sources: _Sources) -> None:
    summary = material.summary
    page.new_page()
    _annex_head(page, summary, texts.ANNEX_TWO, texts.ANNEX_TWO_TITLE)
    page.paragraph(texts.sources_note(summary), size=11, italic=True, indent=False)
    page.paragraph(texts.states_title(), bold=True, size=13, indent=False, keep=True)
    page.table((12, 63, 36, 48, 48, 40), texts.STATES_HEAD, list(_states(material)), centred=(0,))
    page.paragraph("", indent=False, after=0, size=8)
    page.table((12, 42, 36, 115, 42), texts.SOURCES_HEAD, [_source(total, sources, material) for total in sources.totals])


def _annex_head(page: Page, summary: Summary, name: str, title: str) -> None:
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


def _source(total: Total, sources: _Sources, material: Material) -> tuple[str, ...]:
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


# What goes where


def _told(summary: Summary) -> list[Total]:
    """What has a sentence: everything asked of somebody; difficulties stand word for word in part III."""
    return [total for total in summary.totals if total.asked and not total.question.difficulty]


def _guidance(summary: Summary) -> Iterator[Total]:
    """What the units did to set the plan going: the neighbours of the point that orders this very report (IV.1 of IV.1.3)."""
    template = next((each for each in summary.sheet.plan.rounds if each.code == summary.sheet.round.code), None)
    if template is None or "." not in template.point:
        return
    family = template.point.rpartition(".")[0] + "."
    for total in _told(summary):
        if total.question.points and total.question.points[0].startswith(family):
            yield total


def _by_point(summary: Summary, totals: Sequence[Total]) -> Iterator[tuple[Point | None, list[Total]]]:
    """The totals under the first point of the plan each reports on, in the plan's order."""
    points: list[Point | None] = [*summary.sheet.plan.points, None]
    known = {point.id for point in summary.sheet.plan.points}
    for point in points:
        wanted = point.id if point else ""
        here = [total for total in totals if _first_point(total, known) == wanted]
        if here:
            yield point, here


def _first_point(total: Total, known: set[str]) -> str:
    return next((id for id in total.question.points if id in known), "")


def _raised(material: Material) -> Iterator[tuple[str, str, str, Difficulty | None]]:
    """Unit, point, words and record of every difficulty; also of an answer no record was made of, so that none is lost."""
    summary = material.summary
    names = {row.unit.id: row.unit.name for row in summary.sheet.units}
    points = {point.id for point in summary.sheet.plan.points}
    recorded = {(difficulty.unit_id, difficulty.text) for difficulty in material.difficulties}
    for difficulty in material.difficulties:
        point = difficulty.point if difficulty.point in points else ""
        yield names.get(difficulty.unit_id, texts.gone_unit()), point, difficulty.text, difficulty
    for row in summary.sheet.units:
        for text in _answered(row, summary):
            if (row.unit.id, text) not in recorded:
                yield row.unit.name, "", text, None


def _answered(row: UnitSheet, summary: Summary) -> Iterator[str]:
    for question in summary.sheet.plan.question_set(row.unit.questions).questions:
        answer = row.report.answers.get(question.code) if row.report and question.difficulty else None
        if answer is not None and answer.status is Status.GIVEN and isinstance(answer.value, str):
            yield answer.value


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
