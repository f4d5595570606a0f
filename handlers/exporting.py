"""/xuat: the documents of a round. Asked for here, made outside the turn (scheduler/rendering.py), sent when ready."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import ChatRef, Outgoing
from bot.domain import summary
from bot.domain.rounds import Round
from bot.texts import exporting as texts
from bot.texts import general
from bot.views import exporting as views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.jobs import Kind
from storage.store import Store


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/xuat: of the round people mean without naming one."""
    round_ = summary.current(store.rounds.all(), request.today, request.calendar)
    return [_which(store, round_) if round_ else Outgoing(text=texts.no_rounds())]


def of_round(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round)"""
    return [_which(store, store.rounds.get(int(request.args[0])))]


def rounds(request: Request, store: Store) -> Sequence[Outgoing]:
    """(page): which round?"""
    found = [(store.plans.get(round_.plan_id), round_) for round_ in store.rounds.all()[::-1]]
    return [views.which_round(found, int(request.args[0]))]


def wanted(request: Request, store: Store) -> Sequence[Outgoing]:
    """(kind, round): what holds people's data is asked about twice."""
    kind, round_ = Kind(request.args[0]), store.rounds.get(int(request.args[1]))
    if kind not in views.OFFERED:
        return [Outgoing(text=general.old_button())]
    if _where(request, store) is None:
        return [Outgoing(text=texts.no_way(kind))]
    return [views.surely(kind, round_)] if kind in views.PERSONAL else surely(request, store)


def surely(request: Request, store: Store) -> Sequence[Outgoing]:
    """(kind, round): it is made from now on."""
    kind, round_ = Kind(request.args[0]), store.rounds.get(int(request.args[1]))
    chat = _where(request, store)
    if chat is None:
        return [Outgoing(text=texts.no_way(kind))]
    if not store.jobs.add(kind, round_id=round_.id, person_id=request.person.id, chat=chat, now=request.now):
        return [Outgoing(text=texts.under_way_already(kind))]
    return [Outgoing(text=texts.under_way(kind, "" if chat == request.chat else chat.platform))]


def no(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Không xuất"."""
    return [Outgoing(text=texts.not_exported())]


def _which(store: Store, round_: Round) -> Outgoing:
    return views.which(store.plans.get(round_.plan_id), round_, others=len(store.rounds.all()) > 1)


def _where(request: Request, store: Store) -> ChatRef | None:
    """The chat a file can go to: this one, else the person's Telegram. Zalo takes files only as links to our web server."""
    if request.chat.platform == "telegram" or request.links is not None:
        return request.chat
    others = (address for address in store.people.addresses(request.person.id) if address.chat.platform == "telegram")
    return next((address.chat for address in others if not address.unreachable), None)


COMMANDS = {"xuat": Route(handler=begin, needs=Needs.COORDINATOR)}

ACTIONS = {
    "export": Route(handler=wanted, needs=Needs.COORDINATOR),
    "export-of": Route(handler=of_round, needs=Needs.COORDINATOR),
    "export-rounds": Route(handler=rounds, needs=Needs.COORDINATOR),
    "export-surely": Route(handler=surely, needs=Needs.COORDINATOR, grave=True),
    "export-no": Route(handler=no, needs=Needs.COORDINATOR),
}
