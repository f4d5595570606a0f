"""/ganhnang: what the report costs the units, for those who decide what to ask."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import burden
from bot.domain import summary as summaries
from bot.domain.rounds import Round
from bot.texts import summary as summary_texts
from bot.views import burden as views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import sheets
from storage.store import Store


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/ganhnang: of the round people mean without naming one."""
    round_ = summaries.current(store.rounds.all(), request.today, request.calendar)
    if round_ is None:
        return [Outgoing(text=summary_texts.no_rounds())]
    return [_shown(request, store, round_, "questions", 0, edits=False)]


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, "units" or "questions", page)"""
    round_id, which, page = request.args
    return [_shown(request, store, store.rounds.get(int(round_id)), which, int(page), edits=True)]


def _shown(request: Request, store: Store, round_: Round, which: str, page: int, *, edits: bool) -> Outgoing:
    sheet = sheets.sheet(store, round_, request.today)
    known = burden.burden(sheet, store.answers.given(round_.id))
    return views.shown(sheet.plan, round_, known, which, page, edits=edits)


ACTIONS: dict[str, Route] = {"burden": Route(handler=show, needs=Needs.COORDINATOR)}

COMMANDS: dict[str, Route] = {"ganhnang": Route(handler=begin, needs=Needs.COORDINATOR)}

DIALOGS: dict[str, Route] = {}
