"""/donvi: units are added, renamed, closed and merged with dates and successors; every change is previewed and asked twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.chat.messages import Outgoing
from bot.domain import naming
from bot.domain.answers import Doubtful
from bot.domain.dates import read_date
from bot.domain.units import Unit
from bot.texts import administration as texts
from bot.views import administration as views
from handlers import unit_changes
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.store import Store

PICK, NAME, CHOICE, SINCE = "unit-pick", "unit-name", "unit-choice", "unit-since"
MERGED, HEIRS, LAST, SURE = "unit-merged", "unit-heirs", "unit-last", "unit-sure"
"""Dialogues. SURE holds the whole change: `op` is add, rename, close or reopen."""


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/donvi, or /donvi and a unit."""
    return said(replace(request, text=" ".join(request.args)), store) if request.args else _list(request, store, 0)


def page(request: Request, store: Store) -> Sequence[Outgoing]:
    """(page)"""
    return _list(request, store, int(request.args[0]))


def said(request: Request, store: Store) -> Sequence[Outgoing]:
    """A unit typed instead of chosen."""
    found = naming.find_unit(request.text, store.units.all())
    return [Outgoing(text=texts.unclear(request.text))] if isinstance(found, Doubtful) else [_card(request, store, found)]


def card(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit)"""
    return [_card(request, store, store.units.get(int(request.args[0])))]


# Adding and renaming


def add(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Thêm đơn vị]"""
    request.talk(store, NAME, unit=None)
    return [views.ask(texts.ask_new_name(None))]


def rename(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit): [Đổi tên]"""
    unit = store.units.get(int(request.args[0]))
    request.talk(store, NAME, unit=unit.id)
    return [views.ask(texts.ask_new_name(unit))]


def named(request: Request, store: Store) -> Sequence[Outgoing]:
    """The name of a new unit, or a new name."""
    assert request.dialog is not None
    name, own = " ".join(request.text.split()), request.dialog.data["unit"]
    if not 3 <= len(name) <= texts.LONGEST or not name[0].isalpha():
        return [Outgoing(text=texts.bad_name())]
    if (other := unit_changes.called(store, request.today, name, own)) is not None:
        return [Outgoing(text=texts.name_taken(other))]
    if own is None:
        request.talk(store, CHOICE, called=name)
        return [views.groups(name)]
    request.talk(store, SURE, op="rename", unit=own, called=name)
    return [views.surely(texts.preview_rename(store.units.get(int(own)), name, unit_changes.short(name)))]


def grouped(request: Request, store: Store) -> Sequence[Outgoing]:
    """(group)"""
    if request.dialog is None or request.dialog.name != CHOICE:
        return [Outgoing(text=texts.nothing_open())]
    request.talk(store, CHOICE, **request.dialog.data | {"group": request.args[0]})
    return [views.question_sets(request.dialog.text("called"), unit_changes.sets(store))]


def questioned(request: Request, store: Store) -> Sequence[Outgoing]:
    """(question set)"""
    if request.dialog is None or request.dialog.name != CHOICE or not request.dialog.text("group"):
        return [Outgoing(text=texts.nothing_open())]
    request.talk(store, SINCE, **request.dialog.data | {"questions": request.args[0]})
    return [views.ask_from(request.dialog.text("called"))]


def from_today(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Từ hôm nay]"""
    if request.dialog is None or request.dialog.name != SINCE:
        return [Outgoing(text=texts.nothing_open())]
    return _begins(request, store, request.today)


def from_day(request: Request, store: Store) -> Sequence[Outgoing]:
    """A typed first day."""
    assert request.dialog is not None
    day = _day(request)
    return _begins(request, store, day) if day else [views.ask_from(request.dialog.text("called"), texts.bad_day())]


def _begins(request: Request, store: Store, since: date) -> Sequence[Outgoing]:
    assert request.dialog is not None
    text = request.dialog.text
    name = text("called")
    gaining = [round_ for round_ in store.rounds.all() if since <= round_.last_day < request.today]
    if gaining:
        return [views.ask_from(name, texts.round_would_gain(gaining[-1]))]
    code = unit_changes.new_code(name, {unit.code.casefold() for unit in store.units.all()})
    unit = Unit(id=0, code=code, name=name, short=unit_changes.short(name), group=text("group"), questions=text("questions"),
                source="office", from_=since)  # fmt: skip
    request.talk(store, SURE, **request.dialog.data | {"op": "add", "code": code, "since": since.isoformat()})
    effect = unit_changes.effect(request, store, [*store.units.all(), unit])
    sets = unit_changes.sets(store)
    return [views.surely(texts.preview_add(name, unit.short, code, unit.group, sets[unit.questions], since, effect))]


# Closing and merging


def close(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit): [Đóng đơn vị]"""
    return _closing(request, store, [store.units.get(int(request.args[0]))])


def merge(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Sáp nhập]"""
    request.talk(store, MERGED)
    return [views.ask(texts.ask_merged())]


def merged(request: Request, store: Store) -> Sequence[Outgoing]:
    """The units that are no more, typed."""
    found = _several(request, store)
    return [Outgoing(text=texts.unclear(found))] if isinstance(found, str) else _closing(request, store, found)


def heirs_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """Who takes over, typed."""
    assert request.dialog is not None
    closed, found = unit_changes.units(store, request.dialog.text("units")), _several(request, store)
    if isinstance(found, str):
        return [views.ask_heirs(closed, texts.unclear(found))]
    if wrong := [unit for unit in found if unit in closed or (unit.until and unit.until < request.today)]:
        return [views.ask_heirs(closed, texts.heir_is_closed(wrong[0]))]
    return _last_day(request, store, closed, found)


def no_heir(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Không có]"""
    if request.dialog is None or request.dialog.name != HEIRS:
        return [Outgoing(text=texts.nothing_open())]
    return _last_day(request, store, unit_changes.units(store, request.dialog.text("units")), [])


def last_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The last day, typed; then the preview."""
    assert request.dialog is not None
    closed, heirs = (
        unit_changes.units(store, request.dialog.text("units")),
        unit_changes.units(store, request.dialog.text("heirs")),
    )
    until = _day(request)
    if problem := _refusal(request, store, closed, heirs, until):
        return [Outgoing(text=problem)]
    assert until is not None
    request.talk(store, SURE, **request.dialog.data | {"op": "close", "until": until.isoformat()})
    after = [replace(unit, until=until) if unit in closed else unit for unit in store.units.all()]
    return [views.surely(texts.preview_close(closed, heirs, until, unit_changes.effect(request, store, after)))]


def reopen(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit): [Mở lại]"""
    unit = store.units.get(int(request.args[0]))
    if unit.until is None:
        return [_card(request, store, unit)]
    gained = [r for r in store.rounds.all() if unit.until < r.last_day < request.today]
    if gained:
        return [Outgoing(text=texts.round_would_gain(gained[-1]))]
    request.talk(store, SURE, op="reopen", unit=unit.id)
    after = [replace(each, until=None) if each == unit else each for each in store.units.all()]
    return [views.surely(texts.preview_reopen(unit, unit_changes.effect(request, store, after)))]


def _closing(request: Request, store: Store, closed: Sequence[Unit]) -> Sequence[Outgoing]:
    collecting = {plan.coordinator for plan in store.plans.latest().values()}
    if wrong := [unit for unit in closed if unit.code in collecting]:
        return [Outgoing(text=texts.collects(wrong[0]))]
    request.talk(store, HEIRS, units=unit_changes.ids(closed))
    return [views.ask_heirs(closed)]


def _last_day(request: Request, store: Store, closed: Sequence[Unit], heirs: Sequence[Unit]) -> Sequence[Outgoing]:
    request.talk(store, LAST, units=unit_changes.ids(closed), heirs=unit_changes.ids(heirs))
    return [views.ask(texts.ask_last_day(closed))]


def _refusal(request: Request, store: Store, closed: Sequence[Unit], heirs: Sequence[Unit], until: date | None) -> str:
    if until is None:
        return texts.bad_day()
    for unit in closed:
        if unit.from_ and until < unit.from_:
            return texts.before_it_began(unit)
    for unit in heirs:
        if unit.until and unit.until <= until:
            return texts.heir_is_closed(unit)
    over = [round_ for round_ in store.rounds.all() if until < round_.last_day < request.today]
    return texts.round_was_over(over[-1]) if over else ""


# Writing


def apply(request: Request, store: Store) -> Sequence[Outgoing]:
    """What was previewed; a second press finds nothing."""
    if request.dialog is None or request.dialog.name != SURE:
        return [Outgoing(text=texts.nothing_open())]
    unit_changes.write(store, request.dialog)
    request.hang_up(store)
    return [Outgoing(text=texts.done())]


def drop(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Không ghi"."""
    request.hang_up(store)
    return [Outgoing(text=texts.not_done())]


def choose(request: Request, store: Store) -> Sequence[Outgoing]:
    """Words where a choice is expected."""
    return [Outgoing(text=texts.choose_first())]


def _list(request: Request, store: Store, at: int) -> Sequence[Outgoing]:
    request.talk(store, PICK)
    return [views.listing(store.units.all(), request.today, at)]


def _card(request: Request, store: Store, unit: Unit) -> Outgoing:
    heirs = [heir for code in unit.successors if (heir := store.units.by_code(code)) is not None]
    return views.card(unit, heirs, unit_changes.sets(store).get(unit.questions, unit.questions))


def _several(request: Request, store: Store) -> list[Unit] | str:
    """The units in a typed list, or the part that is not clear."""
    there = [unit for unit in store.units.all() if not unit.until or unit.until >= request.today]
    found: dict[int, Unit] = {}
    for part in filter(None, map(str.strip, re.split(r"[,;\n]", request.text))):
        unit = naming.find_unit(part, there)
        if isinstance(unit, Doubtful):
            return part
        found[unit.id] = unit
    return list(found.values()) or request.text


def _day(request: Request) -> date | None:
    found = read_date(request.text, request.today)
    return found.value if not isinstance(found, Doubtful) and isinstance(found.value, date) else None


_ROUTES = {
    "unit-list": page, "unit-card": card, "unit-add": add, "unit-rename": rename, "unit-group": grouped,
    "unit-questions": questioned, "unit-today": from_today, "unit-close": close, "unit-merge": merge,
    "unit-no-heir": no_heir, "unit-reopen": reopen, "unit-apply": apply, "unit-drop": drop,
}  # fmt: skip
_DIALOGUES = {
    PICK: said, NAME: named, CHOICE: choose, SINCE: from_day, MERGED: merged, HEIRS: heirs_said, LAST: last_said, SURE: choose,
}  # fmt: skip

COMMANDS = {"donvi": Route(handler=begin, needs=Needs.COORDINATOR)}
ACTIONS = {name: Route(handler=handler, needs=Needs.COORDINATOR, grave=handler is apply) for name, handler in _ROUTES.items()}
DIALOGS = {name: Route(handler=handler, needs=Needs.COORDINATOR) for name, handler in _DIALOGUES.items()}
