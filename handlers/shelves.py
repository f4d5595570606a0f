"""Difficulties as their readers find them, whichever side of the desk they sit on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.chat.messages import Outgoing
from bot.domain.difficulties import Difficulty, Event, Step, code_of
from bot.domain.people import Person, Role
from bot.domain.plan import Plan
from bot.domain.units import Unit
from bot.texts import difficulties as texts
from bot.texts import general
from bot.views import difficulties as views
from handlers.request import Request
from handlers.telling import tell
from storage.store import Store


def listed(request: Request, store: Store, which: str, page: int, *, edits: bool) -> Outgoing:
    """The coordinator's list: `which` is "open" or "all"."""
    found = store.difficulties.all()
    if which == "open":
        found = tuple(difficulty for difficulty in found if difficulty.open)
        shown = shelf(request, store, texts.open_list(len(found)), found)
    else:
        shown = shelf(request, store, texts.whole_list(len(found)), found[::-1])
    return views.desk(shown, which, page, raises=bool(own_units(request, store)), edits=edits)


def shelf(request: Request, store: Store, heading: str, found: Sequence[Difficulty]) -> views.Shelf:
    """Some difficulties with what their reader must know of each."""
    units = {unit.id: unit for unit in store.units.all()}
    people = {id: store.people.get(id) for id in {each.assignee for each in found} if id is not None}
    return views.Shelf(
        heading=heading, difficulties=found, units=units, assigned=people, today=request.today, office=request.office
    )


def story(request: Request, store: Store, difficulty: Difficulty) -> views.Story:
    """One difficulty with everything needed to tell it."""
    unit = store.units.get(difficulty.unit_id)
    plan = plan_of(store, difficulty, unit)
    people = {difficulty.person_id, *(event.person_id for event in difficulty.events if event.person_id is not None)}
    return views.Story(
        difficulty=difficulty,
        unit=unit,
        people={id: store.people.get(id) for id in people},
        targets=tuple(_target(store, event) for event in difficulty.events),
        plan=plan,
        point=next((point for point in plan.points if point.id == difficulty.point), None) if plan else None,
        office=request.office,
    )


def _target(store: Store, event: Event) -> str:
    """Whom or what a step names, in words."""
    match event.step, event.target:
        case Step.ASSIGNED, int(person):
            return texts.assigned_to(store.people.get(person))
        case ((Step.FORWARDED | Step.ADVISED), int(unit)):
            return store.units.get(unit).name
        case Step.MERGED, int(other):
            return code_of(other)
        case _:
            return ""


def concerned(store: Store, difficulty: Difficulty) -> list[Person]:
    """Who is told about it: the unit's focal person now (a deputy where there is none), and who raised it, if still there."""
    seats = store.people.holders([difficulty.unit_id])
    focal = [person for seat, person in seats if seat.role is Role.FOCAL]
    deputies = [person for seat, person in seats if seat.role is Role.DEPUTY]
    raisers = [person for _, person in seats if person.id == difficulty.person_id]
    return list({person.id: person for person in [*raisers, *(focal or deputies)]}.values())


def tell_unit(request: Request, store: Store, difficulty: Difficulty, words: Callable[[Person], str]) -> None:
    """Tell the unit what is being done about it; whoever reads may say that there is more."""
    for person in concerned(store, difficulty):
        tell(request, store, person.id, views.for_unit(words(person), difficulty))


def told(request: Request, store: Store, difficulty: Difficulty) -> Outgoing:
    """Where a difficulty stands now, its newest events last, as a message of its own."""
    newest = views.story(story(request, store, difficulty), 10**6, desk=True)
    return replace(newest, edits=False)


def own_units(request: Request, store: Store) -> list[Unit]:
    """Units the person sits for; a seat that is about all of them is not a unit's."""
    seats = [seat for seat in request.actor.seats if not seat.role.sees_all]
    return [store.units.get(unit_id) for unit_id in dict.fromkeys(seat.unit_id for seat in seats)]


def plan_of(store: Store, difficulty: Difficulty, unit: Unit) -> Plan | None:
    """The plan it is about: its round's, else the newest that names the unit."""
    if difficulty.round_id is not None:
        return store.plans.get(store.rounds.get(difficulty.round_id).plan_id)
    plans = [plan for plan in store.plans.latest().values() if any(known.code == unit.code for known in plan.units)]
    return plans[-1] if plans else None


def page_of(request: Request, at: int) -> int:
    """A page that may be left out of an action's arguments."""
    return int(request.args[at]) if len(request.args) > at else 0


def note(request: Request, store: Store, difficulty: Difficulty, step: Step, text: str = "", target: int | None = None) -> None:
    """One more step, by who acts now."""
    store.difficulties.note(difficulty.id, step=step, text=text, person_id=request.person.id, now=request.now, target=target)


def said(request: Request) -> str:
    """What was typed, as it is kept."""
    return unicodedata.normalize("NFC", request.text).strip()


def end(request: Request, store: Store, name: str) -> None:
    """End this dialogue, not another one that was opened since."""
    if request.dialog is not None and request.dialog.name == name:
        request.hang_up(store)


def refused(request: Request, store: Store) -> Sequence[Outgoing]:
    """The right to go on is gone."""
    request.hang_up(store)
    return [Outgoing(text=general.not_allowed(request.office.coordinator))]
