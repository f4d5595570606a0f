"""Difficulties on the unit's side: raising one, seeing what became of it, saying whether the answer is clear."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import phrases, references
from bot.domain.difficulties import Difficulty, Step
from bot.domain.plan import Plan, Point
from bot.domain.units import Unit
from bot.texts import difficulties as texts
from bot.texts import general
from bot.views import difficulties as views
from handlers import form as forms
from handlers import shelves
from handlers.raising import raise_difficulty
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell_coordinators
from storage.store import Store

LONG_FOR_A_REFERENCE = 40
"""Longer words where a point's reference is asked are more about the difficulty, and are kept as such."""


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/vuongmac: the desk for the coordinator, a new difficulty for everybody else."""
    if request.actor.is_coordinator:
        return [shelves.listed(request, store, "open", 0, edits=False)]
    return raise_own(request, store)


def raise_own(request: Request, store: Store) -> Sequence[Outgoing]:
    """A new difficulty of one of the person's own units."""
    units = shelves.own_units(request, store)
    if len(units) > 1:
        return [views.which_unit(units)]
    if not units:
        return [Outgoing(text=general.not_allowed(request.office.coordinator))]
    return [_ask(request, store, units[0], None)]


def start(request: Request, store: Store) -> Sequence[Outgoing]:
    """The button "Gặp khó khăn": (unit) or (unit, round)."""
    unit_id, *rest = request.args
    round_id = int(rest[0]) if rest else None
    return [_ask(request, store, store.units.get(int(unit_id)), round_id)]


def heard(request: Request, store: Store) -> Sequence[Outgoing]:
    """The difficulty in words: kept and passed on at once; which point it is about may be said afterwards."""
    assert request.dialog is not None
    unit_id = request.dialog.number("unit")
    if not request.actor.may_see(unit_id):
        return shelves.refused(request, store)
    if _old(request):
        return _forgotten(request, store)
    text = shelves.said(request)
    if not text:
        return [views.again(texts.only_words())]
    if len(text) > texts.LONGEST:
        return [views.again(texts.too_long())]
    if phrases.says_no_remark(phrases.unpolished(phrases.plain(text))):
        request.hang_up(store)
        return [_back_to_work(request, store, texts.nothing_raised())]
    round_id = request.dialog.data.get("round")
    difficulty = raise_difficulty(
        request, store, unit_id=unit_id, text=text, round_id=round_id if isinstance(round_id, int) else None
    )
    unit = store.units.get(unit_id)
    plan = shelves.plan_of(store, difficulty, unit)
    received = texts.raised(difficulty, unit, plan, texts.duty(plan) if plan else None, request.office)
    if plan is None:
        request.hang_up(store)
        return [_back_to_work(request, store, received)]
    request.talk(store, "difficulty-point", difficulty=difficulty.id, day=request.today.isoformat())
    return [views.which_point(f"{received}\n\n{texts.which_point(plan)}", difficulty, _near(plan, unit))]


def point_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """A typed reference; longer words are more about the difficulty itself."""
    assert request.dialog is not None
    difficulty = store.difficulties.get(request.dialog.number("difficulty"))
    if difficulty is None or not request.actor.may_see(difficulty.unit_id):
        return shelves.refused(request, store)
    if _old(request):
        return _forgotten(request, store)
    unit = store.units.get(difficulty.unit_id)
    plan = shelves.plan_of(store, difficulty, unit)
    text = shelves.said(request)
    if len(text) > LONG_FOR_A_REFERENCE:
        return _add_words(request, store, difficulty, unit, text)
    match references.find(plan.points, text) if plan else ():
        case (point,):
            return _concern(request, store, difficulty, point)
        case () as none:
            near = _near(plan, unit) if plan else none
            return [views.which_point(texts.no_such_point(text), difficulty, near)]
        case several:
            return [views.which_point(texts.which_of_points(text), difficulty, several)]


def point_chosen(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty, point)"""
    difficulty, plan, point = _of_unit(request, store), None, None
    if difficulty is not None:
        plan = shelves.plan_of(store, difficulty, store.units.get(difficulty.unit_id))
        point = next((point for point in plan.points if point.id == request.args[2]), None) if plan else None
    if difficulty is None or point is None:
        return [Outgoing(text=texts.gone())]
    return _concern(request, store, difficulty, point)


def no_point(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty): it is about no particular point."""
    difficulty = _of_unit(request, store)
    shelves.end(request, store, "difficulty-point")
    return [_back_to_work(request, store, texts.no_point(difficulty)) if difficulty else Outgoing(text=texts.gone())]


def mine(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, page): what the unit raised, newest first."""
    shelves.end(request, store, "difficulty")  # while a list is read, nothing that is typed is a difficulty
    unit = store.units.get(int(request.args[0]))
    found = store.difficulties.all(unit.id)[::-1]
    shelf = shelves.shelf(request, store, texts.own_list(unit, len(found)), found)
    return [views.mine(shelf, unit, int(request.args[1]))]


def own(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty[, page]): one of the unit's own, read only."""
    difficulty = _of_unit(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    return [views.story(shelves.story(request, store, difficulty), shelves.page_of(request, 2), desk=False)]


def understood(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty): "Đã rõ"."""
    difficulty = _of_unit(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    if difficulty.state not in (Step.UNDERSTOOD, Step.CLOSED, Step.MERGED):
        shelves.note(request, store, difficulty, Step.UNDERSTOOD)
    return [Outgoing(text=texts.thanks_understood(request.person, difficulty))]


def more(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty): "Cần trao đổi thêm" is passed on at once, words may follow."""
    difficulty = _of_unit(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    if difficulty.state is not Step.MORE:
        shelves.note(request, store, difficulty, Step.MORE)
        unit = store.units.get(difficulty.unit_id)
        tell_coordinators(request, store, views.wants_more(difficulty, unit, request.person, ""))
    request.talk(store, "difficulty-more", difficulty=difficulty.id, day=request.today.isoformat())
    return [views.more_noted(request.person, difficulty, request.office)]


def more_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """What they want to add."""
    assert request.dialog is not None
    difficulty = store.difficulties.get(request.dialog.number("difficulty"))
    if difficulty is None or not request.actor.may_see(difficulty.unit_id):
        return shelves.refused(request, store)
    if _old(request):
        return _forgotten(request, store)
    return _add_words(request, store, difficulty, store.units.get(difficulty.unit_id), shelves.said(request))


def no_words(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty): nothing to add."""
    difficulty = _of_unit(request, store)
    shelves.end(request, store, "difficulty-more")
    return [Outgoing(text=texts.nothing_more(difficulty) if difficulty else texts.gone())]


def stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """They changed their mind before saying anything."""
    shelves.end(request, store, "difficulty")
    return [_back_to_work(request, store, texts.stopped())]


def _ask(request: Request, store: Store, unit: Unit, round_id: int | None) -> Outgoing:
    request.talk(store, "difficulty", unit=unit.id, round=round_id, day=request.today.isoformat())
    return views.ask(request.person, unit, len(store.difficulties.all(unit.id)), request.office)


def _add_words(request: Request, store: Store, difficulty: Difficulty, unit: Unit, text: str) -> Sequence[Outgoing]:
    if not text or len(text) > texts.LONGEST:
        return [views.more_noted(request.person, difficulty, request.office) if not text else Outgoing(text=texts.too_long())]
    request.hang_up(store)
    shelves.note(request, store, difficulty, Step.MORE, text)
    tell_coordinators(request, store, views.wants_more(difficulty, unit, request.person, text))
    return [_back_to_work(request, store, texts.added(difficulty, request.office))]


def _concern(request: Request, store: Store, difficulty: Difficulty, point: Point) -> Sequence[Outgoing]:
    store.difficulties.concern(difficulty.id, point.id)
    shelves.end(request, store, "difficulty-point")
    plan = shelves.plan_of(store, difficulty, store.units.get(difficulty.unit_id))
    assert plan is not None
    return [_back_to_work(request, store, texts.about_point(difficulty, plan, point))]


def _back_to_work(request: Request, store: Store, text: str) -> Outgoing:
    """The end of raising a difficulty, often in the middle of a report: offer to go on with it."""
    begun = [form for form in forms.unfinished(request, store) if form.progress.begun]
    return views.noted(text, [(form.unit, form.round) for form in begun])


def _near(plan: Plan, unit: Unit) -> tuple[Point, ...]:
    """The points offered first: those that name the unit, then those its questions report on."""
    naming = [point for point in plan.points if unit.code in point.units]
    asked = [ref for question in plan.question_set(unit.questions).questions for ref in question.points]
    reported = [point for ref in asked for point in plan.points if ref in (point.id, point.ref)]
    duty = texts.duty(plan)
    found = {point.id: point for point in [*naming, *reported] if point != duty}
    return tuple(found.values())


def _of_unit(request: Request, store: Store) -> Difficulty | None:
    """The difficulty of (unit, difficulty, …), only if it is that unit's: the right was checked for the unit alone."""
    unit_id, id, *_ = request.args
    difficulty = store.difficulties.get(int(id))
    return difficulty if difficulty is not None and difficulty.unit_id == int(unit_id) else None


def _old(request: Request) -> bool:
    """Whether the question was asked on another day: what is typed now ("cảm ơn") is hardly its answer."""
    return request.dialog is not None and request.dialog.text("day") != request.today.isoformat()


def _forgotten(request: Request, store: Store) -> Sequence[Outgoing]:
    request.hang_up(store)
    return [Outgoing(text=texts.asked_on_another_day())]


ACTIONS: dict[str, Route] = {
    "difficulty": Route(handler=start, needs=Needs.SEES),
    "difficulty-raise": Route(handler=raise_own, needs=Needs.SEAT),
    "difficulty-point": Route(handler=point_chosen, needs=Needs.SEES),
    "difficulty-no-point": Route(handler=no_point, needs=Needs.SEES),
    "difficulty-mine": Route(handler=mine, needs=Needs.SEES),
    "difficulty-own": Route(handler=own, needs=Needs.SEES),
    "difficulty-understood": Route(handler=understood, needs=Needs.SEES, grave=True),
    "difficulty-more": Route(handler=more, needs=Needs.SEES, grave=True),
    "difficulty-no-words": Route(handler=no_words, needs=Needs.SEES),
    "difficulty-stop": Route(handler=stop, needs=Needs.PERSON),
}

COMMANDS: dict[str, Route] = {"vuongmac": Route(handler=begin, needs=Needs.SEAT)}

DIALOGS: dict[str, Route] = {
    "difficulty": Route(handler=heard, needs=Needs.SEAT),
    "difficulty-point": Route(handler=point_said, needs=Needs.SEAT),
    "difficulty-more": Route(handler=more_said, needs=Needs.SEAT),
}
