"""A department that was asked about another unit's difficulty says what it thinks; the coordinators hear it at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain.difficulties import Step
from bot.texts import difficulties as desk_texts
from bot.texts import routing as texts
from bot.views import routing as views
from handlers import shelves
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell_coordinators
from storage.store import Store

ADVICE = "difficulty-advice"
"""The dialogue. Its data: difficulty, unit (the department that was asked)."""


def advise(request: Request, store: Store) -> Sequence[Outgoing]:
    """(department, difficulty): [Ghi ý kiến]"""
    unit_id, difficulty = int(request.args[0]), store.difficulties.get(int(request.args[1]))
    if difficulty is None or unit_id not in difficulty.asked or not difficulty.open:
        return [Outgoing(text=texts.gone(difficulty) if difficulty else desk_texts.gone())]
    request.talk(store, ADVICE, difficulty=difficulty.id, unit=unit_id)
    return [views.ask_advice(difficulty)]


def advice_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The department's opinion, passed on at once."""
    assert request.dialog is not None
    unit_id = request.dialog.number("unit")
    difficulty = store.difficulties.get(request.dialog.number("difficulty"))
    if difficulty is None or unit_id not in difficulty.asked or not request.actor.may_see(unit_id):
        return shelves.refused(request, store)
    text = shelves.said(request)
    if not 0 < len(text) <= desk_texts.LONGEST:
        return [views.ask_advice(difficulty, desk_texts.too_long() if text else desk_texts.only_words())]
    request.hang_up(store)
    if not difficulty.open:
        return [Outgoing(text=texts.gone(difficulty))]
    of = store.units.get(unit_id)
    shelves.note(request, store, difficulty, Step.ADVISED, text, unit_id)
    told = texts.advice(difficulty, store.units.get(difficulty.unit_id), of, request.person, text)
    tell_coordinators(request, store, views.for_coordinator(told, difficulty))
    shelves.tell_unit(request, store, difficulty, lambda one: texts.advised_for_unit(one, difficulty, of, request.office))
    return [Outgoing(text=texts.advised(difficulty, request.office))]


def advice_stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Thôi]"""
    shelves.end(request, store, ADVICE)
    return [Outgoing(text=texts.stopped())]


ACTIONS = {
    "difficulty-advise": Route(handler=advise, needs=Needs.SEES),
    "difficulty-advice-stop": Route(handler=advice_stop, needs=Needs.PERSON),
}

DIALOGS = {ADVICE: Route(handler=advice_said, needs=Needs.SEAT)}
