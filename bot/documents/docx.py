"""The draft report of a round as a Word document: only what was sent, every figure with its source, nothing signed."""

from __future__ import annotations

from io import BytesIO

from bot.documents import annexes, encoders, outline
from bot.documents.annexes import Sources
from bot.documents.decree import Page, write
from bot.documents.material import Material
from bot.domain.plan import Point
from bot.domain.standings import State
from bot.domain.summary import Summary
from bot.texts import documents
from bot.texts import draft_report as texts

LEFT_COLUMN, RIGHT_COLUMN = 60.0, 100.0
"""The two halves of the head, mm; together what lies between the margins."""


def report(material: Material) -> bytes:
    """The draft report (.docx) of a round."""
    summary = material.summary
    plan, round_ = summary.sheet.plan, summary.sheet.round
    page = Page(
        f"{texts.DRAFT} – {texts.MADE_UP_MARK}" if material.made_up else texts.DRAFT,
        texts.about(plan, round_),
        material.office.coordinator,
    )
    sources = Sources()
    _head(page, material)
    page.paragraph(texts.opening(summary, material.office))
    page.paragraph(texts.how_to_read(), italic=True, size=12)
    _part_one(page, material, sources)
    _part_two(page, material, sources)
    _part_three(page, material)
    _part_four(page, summary)
    _part_five(page, material)
    _signature(page, summary)
    annexes.figures_by_unit(page, summary)
    annexes.sources_of_figures(page, material, sources)
    buffer = BytesIO()
    page.document.save(buffer)
    return buffer.getvalue()


def filename(material: Material) -> str:
    """What the draft is called."""
    return encoders.named(documents.REPORT, material.summary, material.office.local(material.summary.at), ".docx")


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


def _part_one(page: Page, material: Material, sources: Sources) -> None:
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
    found = list(outline.guidance(summary))
    for sentence in texts.findings(found, sources.cite):
        page.paragraph(sentence)
    if not found:
        page.paragraph(texts.NO_FIGURES)
    page.paragraph(texts.fill_in(texts.MORE_GUIDANCE), italic=True)


def _part_two(page: Page, material: Material, sources: Sources) -> None:
    summary = material.summary
    page.heading(texts.PART_TWO, 1)
    guidance = list(outline.guidance(summary))
    rest = [total for total in outline.told(summary) if total not in guidance]
    if any(total.column for total in rest):
        page.paragraph(texts.counted_apart(), italic=True)
    for at, (point, totals) in enumerate(outline.by_point(summary, rest), start=1):
        page.heading(texts.point_head(at, point), 2)
        for sentence in texts.findings(totals, sources.cite):
            page.paragraph(sentence)
    if not rest:
        page.paragraph(texts.NO_FIGURES)


def _part_three(page: Page, material: Material) -> None:
    summary = material.summary
    page.heading(texts.PART_THREE, 1)
    raised = list(outline.raised(material))
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
    if next(outline.raised(material), None):
        page.paragraph(texts.proposals_stand_above())
    page.paragraph(texts.fill_in(texts.MORE_PROPOSALS), italic=True)


def _signature(page: Page, summary: Summary) -> None:
    page.paragraph("", indent=False, after=0)
    left, right = page.columns(LEFT_COLUMN + 20, RIGHT_COLUMN - 20)
    write(left, texts.RECIPIENTS, size=12, bold=True, italic=True, align="left")
    for line in texts.recipients(summary.sheet.plan):
        write(left, line, size=11, align="left")
    write(right, texts.signature(summary.sheet.plan), size=14, bold=True)
