"""The heat map of a round for a phone: units against questions, each answer a sign in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.documents import picture
from bot.documents.drawing import (
    AMBER,
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    MARGIN,
    PALE,
    PAPER,
    RED,
    WIDTH,
    Canvas,
    fitted,
    name_fitted,
    width_of,
)
from bot.documents.picture import NORMAL, SMALL
from bot.domain import progress as steps
from bot.domain.answers import Answer, Status
from bot.domain.office import Office
from bot.domain.sheets import UnitSheet
from bot.domain.standings import Standing, State
from bot.domain.summary import Summary
from bot.texts import documents as texts
from bot.texts import wording

TALLEST = 2300
"""Pixels from top to bottom of one picture: a phone held upright."""
ROW = 46
NAME = 296
SIGN = 190


class Look(StrEnum):
    """What a cell of the heat map shows; each has its own sign, so that no colour is needed to read it."""

    GIVEN = "given"
    NONE = "none"
    UNAVAILABLE = "unavailable"
    LOOK = "look"
    ESTIMATE = "estimate"
    DRAFT = "draft"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True)
class _Style:
    sign: str
    fill: str
    ink: str = INK
    outline: str = BLUE


STYLES: Mapping[Look, _Style] = {
    Look.GIVEN: _Style(sign="✓", fill=BLUE, ink=PAPER),
    Look.ESTIMATE: _Style(sign="≈", fill="#4f81bd", ink=PAPER),
    Look.LOOK: _Style(sign="!", fill=AMBER, outline="#8a6100"),
    Look.NONE: _Style(sign="–", fill=LIGHT_BLUE),
    Look.UNAVAILABLE: _Style(sign="…", fill=PAPER),
    Look.DRAFT: _Style(sign="○", fill="#eef3f9", outline=PALE),
    Look.SILENT: _Style(sign="", fill=PAPER, outline=PALE),
}
_WORST = (Look.LOOK, Look.SILENT, Look.UNAVAILABLE, Look.DRAFT, Look.ESTIMATE, Look.GIVEN, Look.NONE)
"""A question and its follow-ups share one cell: what most deserves attention is shown."""


def draw(summary: Summary, office: Office) -> tuple[bytes, ...]:
    """Units against the numbers of their questions, as PNGs for a phone; many units take several pictures."""
    pages = list(_paged(list(_strips(summary, office)), picture.head_height(summary)))
    return tuple(_picture(summary, office, strips, at, len(pages)) for at, strips in enumerate(pages, start=1))


# The heat map, strip by strip


@dataclass(frozen=True, kw_only=True)
class _Strip:
    """One horizontal piece. `head`: the strips to repeat above it when it begins a new picture."""

    kind: str  # "group", "numbers", "unit", "key", "note"
    height: int
    text: str = ""
    columns: int = 0
    cells: tuple[Look, ...] = ()
    standing: Standing | None = None
    sign: str = ""
    head: tuple[_Strip, ...] = ()


def _strips(summary: Summary, office: Office) -> Iterator[_Strip]:
    plan, round_ = summary.sheet.plan, summary.sheet.round
    odd = {(figure.unit.id, figure.question.code) for figure in summary.odd}
    pairs = list(zip(summary.sheet.units, summary.standings, strict=True))
    if not pairs:
        yield _Strip(kind="key", height=60, text=texts.no_units())
    for group in dict.fromkeys(row.unit.group for row, _ in pairs):
        members = [(row, standing) for row, standing in pairs if row.unit.group == group]
        columns = max(standing.progress.total for _, standing in members)
        received = sum(standing.at is not None for _, standing in members)
        name = f"{texts.group(group)}: {received}/{len(members)}"
        numbers = _Strip(kind="numbers", height=36, columns=columns)
        yield _Strip(kind="group", height=66, text=name)
        yield numbers
        again = (_Strip(kind="group", height=66, text=texts.block_of(name, True)), numbers)
        for row, standing in members:
            yield _Strip(
                kind="unit",
                height=ROW,
                columns=columns,
                cells=tuple(_cells(row, summary, odd)),
                standing=standing,
                sign=_sign(standing, office),
                head=again,
            )
        sets = {row.unit.questions for row, _ in members}
        if len(sets) == 1:
            numbered = steps.progress(plan.question_set(sets.pop()), round_.code, {}).steps
            labels = [texts.key(step.number, step.question.label) for step in numbered if not step.letter]
            for at in range(0, len(labels), 2):
                yield _Strip(kind="key", height=36, text="\n".join(labels[at : at + 2]))
        else:
            yield _Strip(kind="note", height=36, text=texts.own_questions())


def _paged(strips: Sequence[_Strip], head: int) -> Iterator[list[_Strip]]:
    page: list[_Strip] = []
    room = TALLEST - head
    for at, strip in enumerate(strips):
        # A heading never stands alone at the foot.
        needed = strip.height if strip.kind != "group" else sum(each.height for each in strips[at : at + 4])
        if page and needed > room:
            yield page
            page, room = list(strip.head), TALLEST - head - sum(each.height for each in strip.head)
        page.append(strip)
        room -= strip.height
    if page:
        yield page


def _picture(summary: Summary, office: Office, strips: Sequence[_Strip], number: int, pages: int) -> bytes:
    head = picture.head_height(summary)
    canvas = Canvas(head + sum(strip.height for strip in strips) + MARGIN)
    y = picture.title(canvas, summary, office, texts.page(number, pages))
    _legend(canvas, y)
    y = head
    for strip in strips:
        _draw(canvas, strip, y)
        y += strip.height
    return canvas.png()


def _draw(canvas: Canvas, strip: _Strip, y: int) -> None:
    wide = (WIDTH - 2 * MARGIN - NAME - SIGN) / max(strip.columns, 1)
    wide = min(wide, 54)
    match strip.kind:
        case "group":
            canvas.text(
                MARGIN, y + 40, fitted(strip.text, 30, WIDTH - 2 * MARGIN, True), 30, bold=True, anchor="lm", color=BLUE
            )
        case "numbers":
            for at in range(strip.columns):
                canvas.text(MARGIN + NAME + (at + 0.5) * wide, y + 16, str(at + 1), min(SMALL, round(wide * 0.6)), anchor="mm")
        case "note":
            canvas.text(MARGIN, y + 18, fitted(strip.text, 22, WIDTH - 2 * MARGIN), 22, color=GREY, anchor="lm")
        case "key":
            half = (WIDTH - 2 * MARGIN) / 2
            for at, label in enumerate(strip.text.split("\n")):
                canvas.text(MARGIN + at * half, y + 18, fitted(label, 22, half - 16), 22, color=GREY, anchor="lm")
        case _:
            _unit(canvas, strip, y, wide)


def _unit(canvas: Canvas, strip: _Strip, y: int, wide: float) -> None:
    standing = strip.standing
    assert standing is not None
    middle = y + ROW / 2
    name, size = name_fitted(" ".join(standing.unit.short.split()), NORMAL, 20, NAME - 12)
    canvas.text(MARGIN, middle, name, size, anchor="lm")
    for at, look in enumerate(strip.cells):
        left = MARGIN + NAME + at * wide
        _cell(canvas, look, (left + 2, y + 3, left + wide - 3, y + ROW - 4))
    color = {State.LATE: "#8a4b00", State.FILLING: GREY, State.NOT_BEGUN: RED}.get(standing.state, INK)
    right = WIDTH - MARGIN
    canvas.text(right, middle, fitted(strip.sign, 22, SIGN - 10), 22, color=color, anchor="rm")


def _cell(canvas: Canvas, look: Look, box: tuple[float, float, float, float]) -> None:
    style = STYLES[look]
    canvas.box(box, fill=style.fill, outline=style.outline)
    if style.sign:
        size = max(12, min(SMALL + 2, round((box[2] - box[0]) * 0.7)))
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        canvas.text(*middle, style.sign, size, color=style.ink, bold=True, anchor="mm")


def _cells(row: UnitSheet, summary: Summary, odd: set[tuple[int, str]]) -> Iterator[Look]:
    """One look for each numbered question of a unit."""
    answers = row.report.answers if row.report else row.draft
    found = steps.progress(summary.sheet.plan.question_set(row.unit.questions), summary.sheet.round.code, answers)
    looks: dict[int, set[Look]] = {}
    for step in found.steps:
        answer = found.answers.get(step.question.code)
        if answer is None and step.question.optional:
            continue
        look = _look(answer, sent=row.report is not None, odd=(row.unit.id, step.question.code) in odd)
        looks.setdefault(step.number, set()).add(look)
    for number in range(1, found.total + 1):
        yield min(looks.get(number, {Look.SILENT}), key=_WORST.index)


def _look(answer: Answer | None, *, sent: bool, odd: bool) -> Look:
    if answer is None:
        return Look.SILENT
    if not sent:
        return Look.DRAFT
    match answer.status:
        case Status.NONE:
            return Look.NONE
        case Status.UNAVAILABLE:
            return Look.UNAVAILABLE
        case Status.GIVEN:
            if odd:
                return Look.LOOK
            return Look.ESTIMATE if answer.estimate else Look.GIVEN


def _sign(standing: Standing, office: Office) -> str:
    """Where a unit stands, at the end of its row."""
    sign = texts.STATE_SIGNS[standing.state]
    if standing.at is not None:
        return f"{sign} {wording.short_date(office.day(standing.at))}"
    if standing.state is State.FILLING:
        return f"{sign} {standing.progress.answered}/{standing.progress.total}"
    return sign


def _legend(canvas: Canvas, y: int) -> None:
    x = MARGIN
    for look in Look:
        name = texts.LEGEND[look.value]
        wide = 44 + 10 + round(width_of(name, SMALL)) + 26
        if x + wide > WIDTH - MARGIN + 26:
            x, y = MARGIN, y + 48
        _cell(canvas, look, (x, y, x + 42, y + 38))
        canvas.text(x + 54, y + 19, name, SMALL, anchor="lm")
        x += wide
