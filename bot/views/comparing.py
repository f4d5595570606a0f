"""Two rounds side by side as messages."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.comparison import Comparison
from bot.domain.rounds import Round
from bot.texts import comparing as texts
from bot.texts import general, paging
from bot.texts.summary import OVERVIEW
from bot.views.paging import pages, rows, turning, within


def compared(shown: Comparison, others: Sequence[Round], page: int) -> Outgoing:
    """Every indicator that was asked both times. `others`: what else the round may be compared with."""
    now, before = shown.now.sheet.round, shown.before.sheet.round
    lines = [texts.line(change) for change in shown.changes] or [texts.nothing_common()]
    written = pages([texts.head(shown), "", *lines])
    page = within(page, len(written))
    turn = turning(("compare", str(now.id), str(before.id)), page, len(written))
    switch = [Choice(label=texts.round_label(other), action=("compare", str(now.id), str(other.id), "0")) for other in others]
    back = Choice(label=OVERVIEW, action=("summary", str(now.id)))
    return Outgoing(
        text=written[page] + paging.place(page, len(written)),
        choices=(*turn, *rows(switch), (back,)),
        marks="letters",
        hint=general.hint_letters(),
        edits=True,
    )
