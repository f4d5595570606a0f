"""What every picture of a round has: its size, its head, its name."""

from __future__ import annotations

from datetime import datetime

from bot.documents import encoders
from bot.documents.drawing import BLUE, GREY, MARGIN, RED, WIDTH, Canvas, fitted
from bot.domain.office import Office
from bot.domain.summary import Summary
from bot.texts import documents as texts

SMALL, NORMAL, BIG = 24, 27, 40
"""Letters, in pixels."""


def title(canvas: Canvas, summary: Summary, office: Office, more: str) -> int:
    """Round, plan, moment, counts and, where all is made up, that it is; where what follows may begin."""
    y = MARGIN
    room = WIDTH - 2 * MARGIN
    canvas.text(MARGIN, y, fitted(texts.picture_title(summary), BIG, room, True), BIG, bold=True, color=BLUE)
    second = " · ".join(part for part in (texts.picture_plan(summary), texts.picture_moment(summary, office)) if part)
    canvas.text(MARGIN, y + 58, fitted(second, SMALL, room), SMALL, color=GREY)
    third = " · ".join(part for part in (texts.picture_counts(summary), more) if part)
    canvas.text(MARGIN, y + 98, fitted(third, 30, room, True), 30, bold=True)
    y += 156
    if summary.sheet.plan.made_up:
        canvas.box((MARGIN, y - 4, WIDTH - MARGIN, y + 44), fill="#fdecea", outline=RED)
        canvas.text(WIDTH / 2, y + 20, fitted(texts.MADE_UP, SMALL, room - 20, True), SMALL, bold=True, color=RED, anchor="mm")
        y += 62
    return y


def head_height(summary: Summary) -> int:
    """How high the title is, with a legend of two lines below it."""
    return MARGIN + 156 + (62 if summary.sheet.plan.made_up else 0) + 2 * 48


def filenames(kind: str, material_summary: Summary, local: datetime, pages: int = 1) -> tuple[str, ...]:
    """What pictures are called; `kind` is texts.HEAT_MAP or texts.PROGRESS."""
    if pages == 1:
        return (encoders.named(kind, material_summary, local, ".png"),)
    return tuple(encoders.named(f"{kind} {number}", material_summary, local, ".png") for number in range(1, pages + 1))
