"""One round, five tellings: the JSON summary, the chat, the workbook, the report's sentences and its annexes agree to the last
digit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents import docx, xlsx
from bot.documents.material import Material
from bot.domain.summary import Summary, summarise
from bot.domain.totals import Total
from bot.texts import documents as texts
from bot.views import totals as view
from bot.views.summary_json import as_json
from tests.documents import readers
from tests.sheets import NOW, OFFICE, longest_value, random_sheet

SEEDS = st.integers(min_value=0, max_value=10**9)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SEEDS, st.booleans())
def test_totals_agree_in_json_chat_workbook_and_report(seed: int, huge: bool) -> None:
    summary = summarise(random_sheet(seed, longest_value if huge else None), NOW, OFFICE)
    material = Material(summary=summary, office=OFFICE)
    known = {(each["code"], each["column"]): each for each in as_json(summary, [])["totals"]}
    in_chat(summary, known)
    in_workbook(summary, known, xlsx.workbook(material))
    in_report(summary, known, docx.report(material))


def in_chat(summary: Summary, known: dict[tuple[str, str], Any]) -> None:
    """The pages of figures a coordinator turns, and the screen each indicator opens to."""
    pages, seen = "", 0
    while (page := view.figures(summary, seen).text) not in pages:
        pages, seen = f"{pages}\n{page}", seen + 1
    for total in summary.totals:
        expected = known[total.question.code, total.column]
        if total.question.difficulty or expected["choices"] or expected["value"] is None:
            continue
        told = view.total(summary, total, 0).text.split("\n")[1].removesuffix(".")
        label = f"{total.question.label}: "
        assert told.startswith(label)
        assert readers.value(told.removeprefix(label)) == as_number(expected["value"]), told
        if expected["estimated"] is not None:
            _, _, estimated = told.partition("trong đó ước ")
            assert readers.value(estimated) == as_number(expected["estimated"]), told
        if len(total.asked) > 1:
            assert f"• {told}" in pages, told


def in_workbook(summary: Summary, known: dict[tuple[str, str], Any], content: bytes) -> None:
    sheet = readers.workbook(content)[texts.FIGURES_SHEET]
    columns = readers.headed(sheet)
    totals, estimated = readers.row_named(sheet, texts.TOTAL), readers.row_named(sheet, texts.TOTAL_ESTIMATED)
    answered, asked = readers.row_named(sheet, texts.TOTAL_ANSWERED), readers.row_named(sheet, texts.TOTAL_ASKED)
    seen = 0
    for total in summary.totals:
        if total.question.difficulty:
            continue
        expected = known[total.question.code, total.column]
        heads = heads_of(total)
        at = [columns[head] - 1 for head in heads]
        assert answered[at[0]] == len(expected["answered"])
        assert asked[at[0]] == len(expected["asked"])
        if expected["choices"]:
            labels = {option.code: option.label for option in total.question.options}
            told = "; ".join(f"{labels[code]}: {len(units)}" for code, units in expected["choices"].items())
            assert totals[at[0]] == told
            continue
        for row, value in ((totals, expected["value"]), (estimated, expected["estimated"])):
            shown = [None if row[place] is None else readers.number(row[place]) for place in at]
            assert shown == figures(value, len(heads)), (heads, value)
            seen += value is not None
    assert seen, "a round without a single total proves nothing"


def in_report(summary: Summary, known: dict[tuple[str, str], Any], content: bytes) -> None:
    report = readers.document(content)
    sources = {row[0]: row for row in readers.rows(report, "Số")}
    body = "\n".join(paragraph.text for paragraph in report.paragraphs)
    told = [total for total in summary.totals if total.asked and not total.question.difficulty]
    assert len(sources) == len(told)
    cited: set[str] = set()
    for total in told:
        expected = known[total.question.code, total.column]
        name = texts.indicator(total.question, total.column)
        mine = [row for row in sources.values() if row[1] == name and unit_names(total, row[3])]
        assert len(mine) == 1, name
        reference, _, amount, units, _ = mine[0]
        assert reference not in cited
        cited.add(reference)
        assert body.count(reference) == 1 or reference == "[1]", reference
        for figure in total.figures:
            assert f"{figure.unit.short}: " in units
        if expected["choices"]:
            continue
        assert readers.value(amount) == as_number(expected["value"])
        if expected["value"] is not None:
            before = body.split(reference)[0]
            sentence = re.findall(rf" là ({readers.RATIO.pattern}|{readers.FIGURE.pattern})", before)[-1][0]
            assert readers.value(sentence) == as_number(expected["value"]), name


def unit_names(total: Total, text: str) -> bool:
    return all(unit.short in text for unit in total.asked)


def heads_of(total: Total) -> list[str]:
    question = total.question
    if question.kind.value != "ratio":
        return [texts.measured(texts.indicator(question, total.column), question.unit)]
    return [texts.part(question, label, total.column) for label in (question.x_label, question.y_label)]


def figures(value: Any, many: int) -> list[Decimal | None]:
    match value:
        case None:
            return [None] * many
        case {"x": x, "y": y}:
            return [Decimal(x), Decimal(y)]
        case plain:
            return [Decimal(str(plain))]


def as_number(value: Any) -> object:
    return Decimal(str(value)) if isinstance(value, int | str) else value
