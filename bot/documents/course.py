"""The course of a round for a phone: how its reports came in, day by day, against an earlier round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.documents import picture
from bot.documents.drawing import BLUE, GREY, INK, MARGIN, PALE, PAPER, RED, WIDTH, Canvas, fitted, width_of
from bot.documents.picture import NORMAL, SMALL
from bot.domain.office import Office
from bot.domain.summary import Summary
from bot.texts import documents as texts


def draw(summary: Summary, previous: Summary | None, office: Office) -> bytes:
    """Reports received day by day in parts of all that are due, as a PNG; `previous`: an earlier round to hold against it."""
    canvas = Canvas(1140, fine=2)
    y = picture.title(canvas, summary, office, texts.progress_head())
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
