"""[So sánh]: a round beside the same one a year before, or the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import comparison
from bot.domain import summary as summaries
from bot.domain.rounds import Round
from bot.domain.summary import Summary
from bot.texts import comparing as texts
from bot.texts import general
from bot.views import comparing as views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import periods, sheets
from storage.store import Store


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, other round or "", page)"""
    round_id, other_id, page = request.args
    round_ = store.rounds.get(int(round_id))
    partners = periods.comparable(store, round_)
    if not partners:
        return [Outgoing(text=texts.NOTHING_BEFORE)]
    other = next((each for each in partners if str(each.id) == other_id), None if other_id else partners[0])
    if other is None:
        return [Outgoing(text=general.old_button())]
    compared = comparison.compare(summary(request, store, round_), summary(request, store, other))
    return [views.compared(compared, [each for each in partners if each.id != other.id], int(page))]


def summary(request: Request, store: Store, round_: Round) -> Summary:
    """A round as it stands today."""
    return summaries.summarise(sheets.sheet(store, round_, request.today), now=request.now, office=request.office)


ACTIONS: dict[str, Route] = {"compare": Route(handler=show, needs=Needs.SEES_ALL)}

COMMANDS: dict[str, Route] = {}

DIALOGS: dict[str, Route] = {}
