"""/dondoc: the proof ledger, unit by unit: what was said, what is to come, what did not arrive and why."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import ledger
from bot.domain import summary as summaries
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import summary as summary_texts
from bot.views import ledger as views
from handlers import unit_names
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import ledgers, sheets
from storage.store import Store


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/dondoc, or /dondoc Phường 5."""
    round_ = summaries.current(store.rounds.all(), request.today, request.calendar)
    if round_ is None:
        return [Outgoing(text=summary_texts.no_rounds())]
    found = unit_names.find(request, store, " ".join(request.args)) if request.args else ()
    if isinstance(found, Unit):
        return [_unit(request, store, found, round_, None, edits=False)]
    return [_units(request, store, round_, 0, edits=False)]


def units(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, page)"""
    return [_units(request, store, store.rounds.get(int(request.args[0])), int(request.args[1]), edits=True)]


def unit(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, page)"""
    unit_id, round_id, page = map(int, request.args)
    return [_unit(request, store, store.units.get(unit_id), store.rounds.get(round_id), page, edits=True)]


def _units(request: Request, store: Store, round_: Round, page: int, *, edits: bool) -> Outgoing:
    known = [row.unit for row in sheets.sheet(store, round_, request.today).units]
    found = ledgers.entries(store, round_, known, request.now, request.office, request.calendar)
    tallies = [ledger.tally(unit, found[unit.id]) for unit in known]
    return views.units(store.plans.get(round_.plan_id), round_, tallies, page, edits=edits)


def _unit(request: Request, store: Store, unit: Unit, round_: Round, page: int | None, *, edits: bool) -> Outgoing:
    store.audit.note("ledger read", f"unit:{unit.id}", {"round": round_.id})
    found = ledgers.entries(store, round_, [unit], request.now, request.office, request.calendar)
    return views.unit(unit, round_, found[unit.id], request.office, page, edits=edits)


ACTIONS = {
    "ledger": Route(handler=units, needs=Needs.COORDINATOR),
    "ledger-unit": Route(handler=unit, needs=Needs.COORDINATOR),
}

COMMANDS = {"dondoc": Route(handler=begin, needs=Needs.COORDINATOR)}
