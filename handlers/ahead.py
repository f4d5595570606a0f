"""/lich: what will be said by itself in the next days, to whom and why then; to a unit's people only what is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.messages import Outgoing
from bot.domain.units import Unit
from bot.views import ahead as views
from handlers import unit_names
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import ahead
from storage.store import Store


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/lich, or /lich and a unit for who sees them all."""
    if not request.actor.sees_all:
        return [_own(request, store, 0, edits=False)]
    if not request.args:
        return [_coming(request, store, None, 0, edits=False)]
    found = unit_names.find(request, store, " ".join(request.args))
    if isinstance(found, Unit):
        return [_coming(request, store, found, 0, edits=False)]
    return [views.which(found or store.units.all(on=request.today), 0, unclear=True, edits=False)]


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit or "", page)"""
    unit_id, page = request.args
    unit = store.units.get(int(unit_id)) if unit_id else None
    return [_coming(request, store, unit, int(page), edits=True)]


def units(request: Request, store: Store) -> Sequence[Outgoing]:
    """(page): whose?"""
    return [views.which(store.units.all(on=request.today), int(request.args[0]), unclear=False, edits=True)]


def own(request: Request, store: Store) -> Sequence[Outgoing]:
    """(page): the reader's own units."""
    return [_own(request, store, int(request.args[0]), edits=True)]


def _coming(request: Request, store: Store, unit: Unit | None, page: int, *, edits: bool) -> Outgoing:
    return views.coming(_ahead(request, store, (unit,) if unit else None), page, edits=edits)


def _own(request: Request, store: Store, page: int, *, edits: bool) -> Outgoing:
    ids = dict.fromkeys(seat.unit_id for seat in request.actor.seats)
    return views.own(_ahead(request, store, [store.units.get(id) for id in ids]), page, edits=edits)


def _ahead(request: Request, store: Store, units: Sequence[Unit] | None) -> views.Ahead:
    """`units`: only what concerns these; None for everything."""
    known = store.units.all(on=request.today) if units is None else units
    ids = None if units is None else {unit.id for unit in units}
    until = request.now + timedelta(days=views.DAYS)
    return views.Ahead(
        items=ahead.planned(store, request.now, until, request.office, request.calendar, ids),
        units={unit.id: unit for unit in known},
        reached=store.people.speakers().keys(),
        one=units[0] if units else None,
        now=request.now,
        office=request.office,
    )


ACTIONS: dict[str, Route] = {
    "ahead": Route(handler=show, needs=Needs.SEES_ALL),
    "ahead-units": Route(handler=units, needs=Needs.SEES_ALL),
    "ahead-own": Route(handler=own, needs=Needs.SEAT),
}

COMMANDS: dict[str, Route] = {"lich": Route(handler=begin, needs=Needs.SEAT)}

DIALOGS: dict[str, Route] = {}
