"""/nhac: reminding now who has not begun, who stopped half-way, or chosen units; shown before it goes, once a half day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.messages import Outgoing
from bot.domain import chasing
from bot.domain import summary as summaries
from bot.domain.chasing import Group, Skip
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.domain.summary import Summary
from bot.domain.units import Unit
from bot.texts import chasing as texts
from bot.texts import correcting as correcting_texts
from bot.views import chasing as views
from handlers import form as forms
from handlers import unit_names
from handlers.notifying import listener, reminder, tell_unit
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import sheets
from storage.store import Store

PICKING = "nudge"
"""Its data: round, and the ids of the units picked so far."""
SENDING = "nudge-send"
"""Its data: round, the ids of the units previewed, and whether they were named one by one."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whom a reminder would reach: `to` hears it, `skipped` does not, and why."""

    to: tuple[tuple[Unit, Person], ...]
    skipped: Mapping[Skip, tuple[Unit, ...]]


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/nhac: of the round people mean without naming one."""
    open_ = [round_ for round_ in store.rounds.all() if round_.closed_at is None]
    round_ = summaries.current(open_, request.today, request.calendar)
    return _whom(request, store, round_) if round_ else [Outgoing(text=texts.no_round())]


def of_round(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round)"""
    return _whom(request, store, store.rounds.get(int(request.args[0])))


def group(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, group): the preview."""
    round_ = store.rounds.get(int(request.args[0]))
    summary = _summary(request, store, round_)
    return _preview(request, store, round_, chasing.members(summary, Group(request.args[1])), named=False)


def one(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round): [Nhắc ngay] of one unit."""
    return _preview(request, store, store.rounds.get(int(request.args[1])), (int(request.args[0]),), named=True)


def pick(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, page): choose units."""
    round_ = store.rounds.get(int(request.args[0]))
    return _pick(request, store, round_, _picked(request, round_), int(request.args[1]))


def toggle(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, unit, page): one unit in or out."""
    round_, unit_id = store.rounds.get(int(request.args[0])), int(request.args[1])
    picked = _picked(request, round_)
    now = tuple(id for id in picked if id != unit_id) if unit_id in picked else (*picked, unit_id)
    return _pick(request, store, round_, now, int(request.args[2]))


def typed(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "phường 5, phường 6": units by name, added to those picked."""
    assert request.dialog is not None
    round_ = store.rounds.get(request.dialog.number("round"))
    said = [part for part in re.split(r"[,;\n]", request.text) if part.strip()]
    found = {part: unit_names.find(request, store, part) for part in said}
    known = [unit.id for unit in found.values() if isinstance(unit, Unit)]
    unclear = [part.strip() for part, unit in found.items() if not isinstance(unit, Unit)]
    picked = tuple(dict.fromkeys((*_picked(request, round_), *known)))
    if unclear or not picked:
        return _pick(request, store, round_, picked, 0, texts.unclear(unclear) if unclear else texts.pick_first())
    return _preview(request, store, round_, picked, named=True)


def on(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round): [Tiếp tục]"""
    round_ = store.rounds.get(int(request.args[0]))
    picked = _picked(request, round_)
    if not picked:
        return _pick(request, store, round_, (), 0, texts.pick_first())
    return _preview(request, store, round_, picked, named=True)


def send(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round): what was previewed, to whoever still owes something; a second press finds nothing to send."""
    dialog = request.dialog
    round_ = store.rounds.get(int(request.args[0]))
    if dialog is None or dialog.name != SENDING or dialog.number("round") != round_.id:
        return [Outgoing(text=correcting_texts.nothing_to_send())]
    request.hang_up(store)
    found = _sift(request, store, round_, _ids(dialog.text("units")), named=bool(dialog.data["named"]))
    for unit, person in found.to:
        form = forms.find(store, unit.id, round_.id)
        assert form is not None
        tell_unit(
            request,
            store,
            unit,
            form.round,
            chasing.rung(request.office.local(request.now)),
            lambda person, unit=unit: _message(request, store, round_, unit, person),  # type: ignore[misc]
            push=True,
            to=person,
        )
    if not found.to:
        return [Outgoing(text=texts.nobody(found.skipped))]
    store.audit.note("reminded by hand", f"round:{round_.id}", {"units": len(found.to)})
    open_ = request.calendar.is_office_time(request.now)
    leaves = None if open_ else request.office.local(request.calendar.next_office_time(request.now))
    return [views.queued(texts.queued([unit for unit, _ in found.to], found.skipped, leaves), round_)]


def _whom(request: Request, store: Store, round_: Round) -> Sequence[Outgoing]:
    summary = _summary(request, store, round_)
    if round_.closed_at is not None:
        return [Outgoing(text=texts.no_round())]
    if not chasing.owing(summary):
        return [Outgoing(text=texts.nobody_owes(round_))]
    request.talk(store, PICKING, round=round_.id, units="")
    many = {group: len(chasing.members(summary, group)) for group in Group}
    return [views.whom(summary.sheet.plan, round_, many)]


def _pick(
    request: Request, store: Store, round_: Round, picked: Sequence[int], page: int, problem: str = ""
) -> Sequence[Outgoing]:
    summary = _summary(request, store, round_)
    owing = chasing.owing(summary)
    units = [standing.unit for standing in summary.standings if standing.unit.id in owing]
    picked = [unit.id for unit in units if unit.id in picked]
    request.talk(store, PICKING, round=round_.id, units=",".join(map(str, picked)))
    text = texts.which_units([unit for unit in units if unit.id in picked])
    return [views.pick(round_, units, picked, f"{problem}\n\n{text}" if problem else text, page)]


def _preview(request: Request, store: Store, round_: Round, ids: Sequence[int], *, named: bool) -> Sequence[Outgoing]:
    if round_.closed_at is not None:
        return [Outgoing(text=texts.no_round())]
    found = _sift(request, store, round_, ids, named=named)
    if not found.to:
        request.hang_up(store)
        return [Outgoing(text=texts.nobody(found.skipped))]
    units = ",".join(str(unit.id) for unit, _ in found.to)
    request.talk(store, SENDING, round=round_.id, units=units, named=named)
    said = _message(request, store, round_, *found.to[0])
    return [views.preview(texts.preview(found.to, found.skipped, said.text), round_, len(found.to))]


def _sift(request: Request, store: Store, round_: Round, ids: Sequence[int], *, named: bool) -> Reach:
    """Who of these hears it. A unit named one by one hears it also when it had asked to be left alone until later."""
    rungs: dict[int, set[str]] = {}
    for reminded in store.reminders.of_round(round_.id):
        rungs.setdefault(reminded.unit_id, set()).add(reminded.rung)
    snoozed = store.reminders.snoozes(round_.id)
    away = store.people.away(request.today)
    summary = _summary(request, store, round_)
    owing = chasing.owing(summary)
    to: list[tuple[Unit, Person]] = []
    skipped: dict[Skip, list[Unit]] = {}
    for unit in (standing.unit for standing in summary.standings if standing.unit.id in ids):
        person = listener(request, store, unit.id)
        if unit.id not in owing:
            skipped.setdefault(Skip.SENT, []).append(unit)
        elif chasing.asked_now(rungs.get(unit.id, ()), request.office.local(request.now)):
            skipped.setdefault(Skip.ASKED, []).append(unit)
        elif unit.id in snoozed and not named:
            skipped.setdefault(Skip.PROMISED, []).append(unit)
        elif person is None:
            skipped.setdefault(Skip.ABSENT if unit.id in away else Skip.NOBODY, []).append(unit)
        else:
            to.append((unit, person))
    return Reach(to=tuple(to), skipped={why: tuple(units) for why, units in skipped.items()})


def _message(request: Request, store: Store, round_: Round, unit: Unit, person: Person) -> Outgoing:
    """What this person will read."""
    form = forms.find(store, unit.id, round_.id)
    assert form is not None
    if form.returned is not None:
        return views.awaited(person, unit, form.round, form.returned.reason, request.office)
    return reminder(request, form, person)


def _summary(request: Request, store: Store, round_: Round) -> Summary:
    return summaries.summarise(sheets.sheet(store, round_, request.today), now=request.now, office=request.office)


def _picked(request: Request, round_: Round) -> tuple[int, ...]:
    dialog = request.dialog
    if dialog is None or dialog.name != PICKING or dialog.number("round") != round_.id:
        return ()
    return _ids(dialog.text("units"))


def _ids(text: str) -> tuple[int, ...]:
    return tuple(int(id) for id in text.split(",") if id)


ACTIONS = {
    "nudge": Route(handler=of_round, needs=Needs.COORDINATOR),
    "nudge-group": Route(handler=group, needs=Needs.COORDINATOR),
    "nudge-one": Route(handler=one, needs=Needs.COORDINATOR),
    "nudge-pick": Route(handler=pick, needs=Needs.COORDINATOR),
    "nudge-toggle": Route(handler=toggle, needs=Needs.COORDINATOR),
    "nudge-on": Route(handler=on, needs=Needs.COORDINATOR),
    "nudge-send": Route(handler=send, needs=Needs.COORDINATOR, grave=True),
}

COMMANDS = {"nhac": Route(handler=begin, needs=Needs.COORDINATOR)}

DIALOGS = {PICKING: Route(handler=typed, needs=Needs.COORDINATOR)}
