"""Where a unit's own reports stand, on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.messages import Choice, Outgoing
from bot.texts import correcting, general
from bot.texts import reporting as texts
from bot.views.reporting import Target


@dataclass(frozen=True, kw_only=True)
class Row:
    """One report. `name` says which one where there are several; `answers`: whether the reader may go on with it."""

    at: Target
    text: str
    name: str
    answers: bool
    begun: bool
    sent: bool
    returned: bool = False


def standings(reports: Sequence[Row]) -> Outgoing:
    """All of them, and a button for each."""
    several = len(reports) > 1
    return Outgoing(
        text="\n\n".join(row.text for row in reports),
        choices=tuple((_choice(row, several),) for row in reports if row.answers),
        hint=general.hint_digits(),
    )


def _choice(row: Row, several: bool) -> Choice:
    if row.returned:
        label, action = correcting.LOOK, "report-begin"
    elif row.sent:
        label, action = texts.SHOW_SENT, "report-review"
    else:
        label, action = texts.RESUME if row.begun else texts.BEGIN, "report-begin"
    return Choice(label=texts.whose(label, row.name if several else ""), action=(action, *row.at))
