"""What goes where in the draft report: which totals under which point of the plan, which difficulties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.documents.material import Material
from bot.domain.answers import Status
from bot.domain.difficulties import Difficulty
from bot.domain.plan import Point
from bot.domain.sheets import UnitSheet
from bot.domain.summary import Summary
from bot.domain.totals import Total
from bot.texts import draft_report as texts


def told(summary: Summary) -> list[Total]:
    """What has a sentence: everything asked of somebody; difficulties stand word for word in part III."""
    return [total for total in summary.totals if total.asked and not total.question.difficulty]


def guidance(summary: Summary) -> Iterator[Total]:
    """What the units did to set the plan going: the neighbours of the point that orders this very report (IV.1 of IV.1.3)."""
    template = next((each for each in summary.sheet.plan.rounds if each.code == summary.sheet.round.code), None)
    if template is None or "." not in template.point:
        return
    family = template.point.rpartition(".")[0] + "."
    for total in told(summary):
        if total.question.points and total.question.points[0].startswith(family):
            yield total


def by_point(summary: Summary, totals: Sequence[Total]) -> Iterator[tuple[Point | None, list[Total]]]:
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


def raised(material: Material) -> Iterator[tuple[str, str, str, Difficulty | None]]:
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
