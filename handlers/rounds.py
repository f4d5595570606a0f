"""/chot: closing a round, after showing who is missing and asking once more; and opening it again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import progress
from bot.domain import summary as summaries
from bot.domain.rounds import Round
from bot.domain.summary import Summary
from bot.texts import rounds as texts
from bot.views import rounds as views
from handlers.passing import pass_over
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import sheets
from storage.store import Store


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/chot: the one open round, or which."""
    found = [
        round_
        for round_ in store.rounds.all()
        if progress.open_for_answers(round_, request.today, request.calendar) or round_.closed_at is not None
    ]
    match found:
        case []:
            return [Outgoing(text=texts.nothing_to_close())]
        case [only]:
            return _show(request, store, only)
        case _:
            return [views.which([(store.plans.get(round_.plan_id), round_) for round_ in reversed(found)])]


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round)"""
    return _show(request, store, _round(request, store))


def close(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round): [Chốt kỳ này]: once more."""
    round_ = _round(request, store)
    if round_.closed_at is not None:
        return [Outgoing(text=texts.closed_already(round_, request.office))]
    return [views.sure(_summary(request, store, round_))]


def close_sure(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round): closed; reminders look at it at every tick, so they stop by themselves."""
    round_ = _round(request, store)
    if round_.closed_at is not None:
        return [Outgoing(text=texts.closed_already(round_, request.office))]
    store.rounds.close(round_.id, request.now)
    return [Outgoing(text=texts.closed(round_))]


def open_sure(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round): open again."""
    round_ = _round(request, store)
    if round_.closed_at is None:
        return [Outgoing(text=texts.open_already(round_))]
    store.rounds.close(round_.id, None)
    pass_over(request, store, round_)
    return [Outgoing(text=texts.opened(round_))]


def _show(request: Request, store: Store, round_: Round) -> Sequence[Outgoing]:
    if round_.closed_at is not None:
        return [views.ask_open(round_, request.office)]
    return [views.preview(_summary(request, store, round_))]


def _summary(request: Request, store: Store, round_: Round) -> Summary:
    return summaries.summarise(sheets.sheet(store, round_, request.today), now=request.now, office=request.office)


def _round(request: Request, store: Store) -> Round:
    return store.rounds.get(int(request.args[0]))


ACTIONS = {
    "round": Route(handler=show, needs=Needs.COORDINATOR),
    "round-close": Route(handler=close, needs=Needs.COORDINATOR),
    "round-close-sure": Route(handler=close_sure, needs=Needs.COORDINATOR, grave=True),
    "round-open-sure": Route(handler=open_sure, needs=Needs.COORDINATOR, grave=True),
}

COMMANDS = {"chot": Route(handler=begin, needs=Needs.COORDINATOR)}
