"""Days to choose from, for being reminded later and for promising a late report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.texts import general
from bot.texts import reporting as reporting_texts
from bot.texts import snoozing as texts
from bot.views.reporting import Target


def days(at: Target, action: str, text: str, offered: Sequence[date], today: date, *, begun: bool, typed: bool) -> Outgoing:
    """`text` with a row for each day, the last argument of `action`. `typed`: a date may be typed, so the list is lettered."""
    choices = [(Choice(label=texts.day_label(day, today), action=(action, *at, day.isoformat())),) for day in offered]
    resume = reporting_texts.RESUME if begun else reporting_texts.BEGIN
    return Outgoing(
        text=text,
        choices=(*choices, (Choice(label=resume, action=("report-begin", *at)),)),
        marks="letters" if typed else "digits",
        hint=texts.hint() if typed else general.hint_digits(),
    )
