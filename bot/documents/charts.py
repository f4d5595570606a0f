"""Pictures of a round for a phone: units against questions, and how reports came in against an earlier round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.documents import encoders
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
SMALL, NORMAL, BIG = 24, 27, 40


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


def heat_map(summary: Summary, office: Office, *, made_up: bool = False) -> tuple[bytes, ...]:
    """Units against the numbers of their questions, as PNGs for a phone; many units take several pictures."""
    pages = list(_paged(list(_strips(summary, office)), _head_height(made_up)))
    return tuple(_picture(summary, office, strips, at, len(pages), made_up) for at, strips in enumerate(pages, start=1))


def progress(summary: Summary, previous: Summary | None, office: Office, *, made_up: bool = False) -> bytes:
    """Reports received day by day in parts of all that are due, as a PNG; `previous`: an earlier round to hold against it."""
    canvas = Canvas(1140, fine=2)
    y = _title(canvas, summary, office, texts.progress_head(), made_up)
    days = [*_arrivals(summary, office), *(_arrivals(previous, office) if previous else [])]
    today = (summary.on - summary.sheet.round.last_day).days
    first, last = min([*days, today, -7]) - 1, max([*days, 1])
    frame = _Frame(left=110, right=WIDTH - 50, top=y + 186, bottom=1030, first=first, last=last)
    _axes(canvas, frame)
    _due(canvas, frame, summary)
    lines: list[tuple[Summary, str, float, str]] = [(summary, BLUE, 0, texts.progress_this(summary))]
    if previous is not None:
        lines.append((previous, GREY, 16, texts.progress_previous(previous)))
    for at, (one, color, dash, name) in enumerate(lines):
        canvas.line([(MARGIN, y + 20 + 44 * at), (MARGIN + 74, y + 20 + 44 * at)], color, 6, dash)
        canvas.text(MARGIN + 92, y + 20 + 44 * at, fitted(name, NORMAL, 880), NORMAL, bold=at == 0, anchor="lm")
        canvas.line(frame.steps(_arrivals(one, office), len(one.standings), today if at == 0 else last), color, 6, dash)
    if previous is not None and first < today < last:
        then = sum(day <= today for day in _arrivals(previous, office))
        said = texts.progress_then(then, len(previous.standings), today)
        canvas.text(MARGIN, y + 108, fitted(said, SMALL, WIDTH - 2 * MARGIN), SMALL, color=GREY, anchor="lm")
    x, height = frame.place(today, Decimal(len(summary.received)) / max(len(summary.standings), 1))
    canvas.dot(x, height, 11, BLUE, PAPER)
    return canvas.png()


def filenames(kind: str, material_summary: Summary, local: datetime, pages: int = 1) -> tuple[str, ...]:
    """What pictures are called; `kind` is texts.HEAT_MAP or texts.PROGRESS."""
    if pages == 1:
        return (encoders.named(kind, material_summary, local, ".png"),)
    return tuple(encoders.named(f"{kind} {number}", material_summary, local, ".png") for number in range(1, pages + 1))


# The heat map, strip by strip


@dataclass(frozen=True, kw_only=True)
class _Strip:
    """One horizontal piece. `head`: the strips to repeat above it when it begins a new picture."""

    kind: str  # "group", "numbers", "unit", "key"
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


def _picture(summary: Summary, office: Office, strips: Sequence[_Strip], number: int, pages: int, made_up: bool) -> bytes:
    head = _head_height(made_up)
    canvas = Canvas(head + sum(strip.height for strip in strips) + MARGIN)
    y = _title(canvas, summary, office, texts.page(number, pages), made_up)
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


# What both pictures have


def _title(canvas: Canvas, summary: Summary, office: Office, more: str, made_up: bool) -> int:
    y = MARGIN
    room = WIDTH - 2 * MARGIN
    canvas.text(MARGIN, y, fitted(texts.picture_title(summary), BIG, room, True), BIG, bold=True, color=BLUE)
    second = " · ".join(part for part in (texts.picture_plan(summary), texts.picture_moment(summary, office)) if part)
    canvas.text(MARGIN, y + 58, fitted(second, SMALL, room), SMALL, color=GREY)
    third = " · ".join(part for part in (texts.picture_counts(summary), more) if part)
    canvas.text(MARGIN, y + 98, fitted(third, 30, room, True), 30, bold=True)
    y += 156
    if made_up:
        canvas.box((MARGIN, y - 4, WIDTH - MARGIN, y + 44), fill="#fdecea", outline=RED)
        canvas.text(WIDTH / 2, y + 20, fitted(texts.MADE_UP, SMALL, room - 20, True), SMALL, bold=True, color=RED, anchor="mm")
        y += 62
    return y


def _head_height(made_up: bool) -> int:
    return MARGIN + 156 + (62 if made_up else 0) + 2 * 48


# The course of a round


def _arrivals(summary: Summary, office: Office) -> list[int]:
    """Days from the last valid day on which the reports came, first sendings, in order."""
    last_day = summary.sheet.round.last_day
    return sorted((office.day(standing.at) - last_day).days for standing in summary.received if standing.at)


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """Where days and shares lie on the canvas."""

    left: int
    right: int
    top: int
    bottom: int
    first: int
    last: int

    def place(self, day: int, share: Decimal) -> tuple[float, float]:
        """A day's end and a share (0 to 1) in pixels."""
        across = (day - self.first) / (self.last - self.first)
        return self.left + across * (self.right - self.left), self.bottom - float(share) * (self.bottom - self.top)

    def steps(self, arrivals: Sequence[int], expected: int, until: int) -> list[tuple[float, float]]:
        """The line of reports added up, day by day."""
        whole = Decimal(max(expected, 1))
        points = [self.place(self.first, Decimal(0))]
        for day in range(self.first + 1, max(until, self.first + 1) + 1):
            points.append(self.place(day, sum(each <= day for each in arrivals) / whole))
        return points


def _axes(canvas: Canvas, frame: _Frame) -> None:
    for percent in (0, 25, 50, 75, 100):
        _, y = frame.place(0, Decimal(percent) / 100)
        canvas.line([(frame.left, y), (frame.right, y)], PALE if percent else INK, 2)
        canvas.text(frame.left - 12, y, f"{percent}%", SMALL, color=GREY, anchor="rm")
    step = next(step for step in (1, 2, 5, 7, 14, 28, 60, 120, 400) if (frame.last - frame.first) / step <= 9)
    for day in range(-((-frame.first) // step) * step, frame.last + 1, step):
        x, _ = frame.place(day, Decimal(0))
        canvas.line([(x, frame.bottom), (x, frame.bottom + 8)], INK, 2)
        canvas.text(x, frame.bottom + 26, texts.day_tick(day), SMALL, color=GREY, anchor="mm")
    canvas.text((frame.left + frame.right) / 2, frame.bottom + 64, texts.axis_days(), SMALL, color=GREY, anchor="mm")


def _due(canvas: Canvas, frame: _Frame, summary: Summary) -> None:
    """The end of the last valid day."""
    x, top = frame.place(0, Decimal(1))
    canvas.line([(x, top - 24), (x, frame.bottom)], RED, 3, 10)
    name = texts.due_mark(summary.sheet.round.last_day)
    room = x - width_of(name, SMALL) > MARGIN
    canvas.text(x - 10 if room else x + 10, top - 24, name, SMALL, color=RED, anchor="rm" if room else "lm")
