"""A difficulty given to a colleague, forwarded to another department for its opinion, or merged into one that says the same.
Each is shown first, and the unit is told at each step."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import naming
from bot.domain.difficulties import Difficulty, Step, read_code
from bot.domain.people import Person, Role
from bot.domain.units import Unit
from bot.texts import difficulties as desk_texts
from bot.texts import routing as texts
from bot.views import routing as views
from handlers import shelves
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell
from storage.store import Store

DEPARTMENT, NOTE, OTHER, SURE = "difficulty-department", "difficulty-note", "difficulty-other", "difficulty-route"
"""Dialogues. Their data: difficulty and `seen`, how many events it had; then target (see `Event`), note and step."""


def assign(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): [Giao]"""
    difficulty = _open(request, store)
    return [views.whom(difficulty, store.people.coordinators())] if difficulty else _over(request, store)


def assign_to(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty, person)"""
    difficulty = _open(request, store)
    to = next((one for one in store.people.coordinators() if one.id == int(request.args[1])), None)
    if difficulty is None or to is None:
        return _over(request, store)
    unit = store.units.get(difficulty.unit_id)
    return _surely(
        request, store, difficulty, Step.ASSIGNED, to.id, texts.preview_assign(difficulty, unit, to), texts.SURE_ASSIGN
    )


def forward(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): [Hỏi đơn vị khác]"""
    return _departments(request, store, 0)


def departments(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty, page)"""
    return _departments(request, store, int(request.args[1]))


def department_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """A department by its name."""
    difficulty = _of_dialog(request, store)
    if difficulty is None:
        return _over(request, store)
    known = _others(request, store, difficulty)
    found = naming.find_unit(request.text, known)
    if isinstance(found, Unit):
        return _ask_note(request, store, difficulty, found)
    return [views.departments(difficulty, _offices(known), 0, texts.no_such_department(request.text))]


def forward_to(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty, unit)"""
    difficulty = _open(request, store)
    if difficulty is None:
        return _over(request, store)
    return _ask_note(request, store, difficulty, store.units.get(int(request.args[1])))


def note_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """What to add for the department."""
    difficulty = _of_dialog(request, store)
    if difficulty is None or request.dialog is None:
        return _over(request, store)
    to, note = store.units.get(request.dialog.number("target")), shelves.said(request)
    if not 0 < len(note) <= texts.LONGEST_NOTE:
        return [views.ask_note(difficulty, to, texts.long_note() if note else desk_texts.only_words())]
    return _preview_forward(request, store, difficulty, to, note)


def no_note(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): [Không ghi thêm]"""
    difficulty, dialog = _open(request, store), request.dialog
    if difficulty is None or dialog is None or dialog.name != NOTE or dialog.number("difficulty") != difficulty.id:
        return _over(request, store)
    return _preview_forward(request, store, difficulty, store.units.get(dialog.number("target")), "")


def merge(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): [Gộp]"""
    return _merge_list(request, store, 0)


def others(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty, page)"""
    return _merge_list(request, store, int(request.args[1]))


def other_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """Another one by its code."""
    difficulty = _of_dialog(request, store)
    if difficulty is None:
        return _over(request, store)
    code = read_code(request.text)
    into = store.difficulties.get(code) if code is not None else None
    if into is None or not into.open or into.id == difficulty.id:
        return [views.others(difficulty, _mergeable(store, difficulty), 0, texts.no_such_other(request.text))]
    return _preview_merge(request, store, difficulty, into)


def merge_into(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty, other)"""
    difficulty, into = _open(request, store), store.difficulties.get(int(request.args[1]))
    if difficulty is None or into is None or not into.open or into.id == difficulty.id:
        return _over(request, store)
    return _preview_merge(request, store, difficulty, into)


def route(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): what was previewed is done and told, unless something happened since; a second press finds nothing."""
    dialog, difficulty = request.dialog, store.difficulties.get(int(request.args[0]))
    if dialog is None or dialog.name != SURE or difficulty is None or dialog.number("difficulty") != difficulty.id:
        return [Outgoing(text=texts.no_one_open())]
    request.hang_up(store)
    if dialog.number("seen") != len(difficulty.events) or not difficulty.open:
        return [Outgoing(text=desk_texts.answered_meanwhile(difficulty)), shelves.told(request, store, difficulty)]
    step, target, note = Step(dialog.text("step")), dialog.number("target"), dialog.text("note")
    shelves.note(request, store, difficulty, step, note, target)
    match step:
        case Step.ASSIGNED:
            return _assigned(request, store, difficulty, store.people.get(target))
        case Step.FORWARDED:
            return _forwarded(request, store, difficulty, store.units.get(target), note)
        case _:
            into = store.difficulties.get(target)
            assert into is not None
            shelves.tell_unit(request, store, difficulty, lambda one: texts.merged_for_unit(one, difficulty, request.office))
            return [Outgoing(text=texts.merged(difficulty, into))]


def stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): [Thôi]"""
    if request.dialog is not None and request.dialog.name in (DEPARTMENT, NOTE, OTHER, SURE):
        request.hang_up(store)
    return [Outgoing(text=texts.stopped())]


def choose(request: Request, store: Store) -> Sequence[Outgoing]:
    """Words where a choice is expected."""
    return [Outgoing(text=desk_texts.choose_first())]


# What is done once it is confirmed


def _assigned(request: Request, store: Store, difficulty: Difficulty, to: Person) -> Sequence[Outgoing]:
    if to.id != request.person.id:
        words = texts.for_assignee(to, difficulty, store.units.get(difficulty.unit_id), request.person)
        tell(request, store, to.id, views.for_coordinator(words, difficulty))
    shelves.tell_unit(request, store, difficulty, lambda one: texts.assigned_for_unit(one, difficulty, to, request.office))
    return [Outgoing(text=texts.assigned(difficulty, to))]


def _forwarded(request: Request, store: Store, difficulty: Difficulty, to: Unit, note: str) -> Sequence[Outgoing]:
    unit, heard = store.units.get(difficulty.unit_id), []
    for person in _receivers(store, to):
        words = texts.for_department(person, difficulty, unit, note, request.office)
        if tell(request, store, person.id, views.for_department(words, to, difficulty)):
            heard.append(desk_texts.receiver(person))
    shelves.tell_unit(request, store, difficulty, lambda one: texts.forwarded_for_unit(one, difficulty, to, request.office))
    return [Outgoing(text=texts.forwarded(difficulty, to, heard))]


# Previews


def _departments(request: Request, store: Store, page: int) -> Sequence[Outgoing]:
    difficulty = _open(request, store)
    if difficulty is None:
        return _over(request, store)
    request.talk(store, DEPARTMENT, difficulty=difficulty.id, seen=len(difficulty.events))
    return [views.departments(difficulty, _offices(_others(request, store, difficulty)), page)]


def _ask_note(request: Request, store: Store, difficulty: Difficulty, to: Unit) -> Sequence[Outgoing]:
    request.talk(store, NOTE, difficulty=difficulty.id, seen=len(difficulty.events), target=to.id)
    return [views.ask_note(difficulty, to)]


def _preview_forward(request: Request, store: Store, difficulty: Difficulty, to: Unit, note: str) -> Sequence[Outgoing]:
    heard = [desk_texts.receiver(person) for person in _receivers(store, to)]
    text = texts.preview_forward(difficulty, store.units.get(difficulty.unit_id), to, heard, note)
    return _surely(request, store, difficulty, Step.FORWARDED, to.id, text, texts.SURE_FORWARD, note)


def _merge_list(request: Request, store: Store, page: int) -> Sequence[Outgoing]:
    difficulty = _open(request, store)
    if difficulty is None:
        return _over(request, store)
    request.talk(store, OTHER, difficulty=difficulty.id, seen=len(difficulty.events))
    return [views.others(difficulty, _mergeable(store, difficulty), page)]


def _preview_merge(request: Request, store: Store, difficulty: Difficulty, into: Difficulty) -> Sequence[Outgoing]:
    unit, other = store.units.get(difficulty.unit_id), store.units.get(into.unit_id)
    text = texts.preview_merge(difficulty, unit, into, other)
    return _surely(request, store, difficulty, Step.MERGED, into.id, text, texts.SURE_MERGE)


def _surely(
    request: Request, store: Store, difficulty: Difficulty, step: Step, target: int, text: str, label: str, note: str = ""
) -> Sequence[Outgoing]:
    request.talk(
        store,
        SURE,
        difficulty=difficulty.id,
        seen=len(difficulty.events),
        step=step.value,
        target=target,
        note=note,
    )
    return [views.surely(text, difficulty, label)]


def _mergeable(store: Store, difficulty: Difficulty) -> list[tuple[Difficulty, Unit]]:
    """The other open ones, those of the same plan point first."""
    found = [other for other in store.difficulties.all() if other.open and other.id != difficulty.id]
    found.sort(key=lambda other: (not difficulty.point or other.point != difficulty.point, other.id))
    return [(other, store.units.get(other.unit_id)) for other in found]


def _others(request: Request, store: Store, difficulty: Difficulty) -> list[Unit]:
    """Every unit but the one that raised it and the coordinators' own."""
    own = {seat.unit_id for seat in request.actor.seats if seat.role is Role.COORDINATOR}
    return [unit for unit in store.units.all(on=request.today) if unit.id not in own | {difficulty.unit_id}]


def _offices(units: Sequence[Unit]) -> list[Unit]:
    """Departments, which is who one asks; a ward can be typed."""
    return [unit for unit in units if unit.group != "ward"]


def _receivers(store: Store, to: Unit) -> list[Person]:
    """The department's focal person (a deputy where there is none)."""
    seats = store.people.holders([to.id])
    focal = [person for seat, person in seats if seat.role is Role.FOCAL]
    return focal or [person for seat, person in seats if seat.role is Role.DEPUTY]


def _open(request: Request, store: Store) -> Difficulty | None:
    difficulty = store.difficulties.get(int(request.args[0]))
    return difficulty if difficulty is not None and difficulty.open else None


def _of_dialog(request: Request, store: Store) -> Difficulty | None:
    assert request.dialog is not None
    difficulty = store.difficulties.get(request.dialog.number("difficulty"))
    return difficulty if difficulty is not None and difficulty.open else None


def _over(request: Request, store: Store) -> Sequence[Outgoing]:
    """It is not waiting any more."""
    request.hang_up(store)
    return [Outgoing(text=texts.no_one_open())]


_DESK = {
    "difficulty-assign": assign, "difficulty-assign-to": assign_to, "difficulty-forward": forward,
    "difficulty-departments": departments, "difficulty-forward-to": forward_to, "difficulty-no-note": no_note,
    "difficulty-merge": merge, "difficulty-others": others, "difficulty-merge-into": merge_into, "difficulty-route": route,
    "difficulty-route-stop": stop,
}  # fmt: skip

ACTIONS = {name: Route(handler=handler, needs=Needs.COORDINATOR, grave=handler is route) for name, handler in _DESK.items()}

DIALOGS = {
    DEPARTMENT: Route(handler=department_said, needs=Needs.COORDINATOR),
    NOTE: Route(handler=note_said, needs=Needs.COORDINATOR),
    OTHER: Route(handler=other_said, needs=Needs.COORDINATOR),
    SURE: Route(handler=choose, needs=Needs.COORDINATOR),
}
