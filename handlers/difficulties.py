"""Difficulties: a unit raises one, the coordinator answers, the unit says whether it is clear."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import phrases, references
from bot.domain.difficulties import Difficulty, Step
from bot.domain.people import Person, Role
from bot.domain.plan import Plan, Point
from bot.domain.units import Unit
from bot.texts import difficulties as texts
from bot.texts import general
from bot.views import difficulties as views
from handlers import form as forms
from handlers.raising import raise_difficulty
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell, tell_coordinators
from storage.store import Store

LONG_FOR_A_REFERENCE = 40
"""Longer words where a point's reference is asked are more about the difficulty, and are kept as such."""


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/vuongmac: the desk for the coordinator, a new difficulty for everybody else."""
    if request.actor.is_coordinator:
        return [_desk(request, store, "open", 0, edits=False)]
    return raise_own(request, store)


# The unit's side


def raise_own(request: Request, store: Store) -> Sequence[Outgoing]:
    """A new difficulty of one of the person's own units."""
    units = _own_units(request, store)
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
        return _refused(request, store)
    if _old(request):
        return _forgotten(request, store)
    text = _said(request)
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
    plan = _plan(store, difficulty, unit)
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
        return _refused(request, store)
    if _old(request):
        return _forgotten(request, store)
    unit = store.units.get(difficulty.unit_id)
    plan = _plan(store, difficulty, unit)
    text = _said(request)
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
        plan = _plan(store, difficulty, store.units.get(difficulty.unit_id))
        point = next((point for point in plan.points if point.id == request.args[2]), None) if plan else None
    if difficulty is None or point is None:
        return [Outgoing(text=texts.gone())]
    return _concern(request, store, difficulty, point)


def no_point(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty): it is about no particular point."""
    difficulty = _of_unit(request, store)
    _end(request, store, "difficulty-point")
    return [_back_to_work(request, store, texts.no_point(difficulty)) if difficulty else Outgoing(text=texts.gone())]


def mine(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, page): what the unit raised, newest first."""
    _end(request, store, "difficulty")  # while a list is read, nothing that is typed is a difficulty
    unit = store.units.get(int(request.args[0]))
    found = store.difficulties.all(unit.id)[::-1]
    shelf = _shelf(request, store, texts.own_list(unit, len(found)), found)
    return [views.mine(shelf, unit, int(request.args[1]))]


def own(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty[, page]): one of the unit's own, read only."""
    difficulty = _of_unit(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    return [views.story(_story(request, store, difficulty), _page(request, 2), desk=False)]


def understood(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty): "Đã rõ"."""
    difficulty = _of_unit(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    if difficulty.state not in (Step.UNDERSTOOD, Step.CLOSED):
        _note(request, store, difficulty, Step.UNDERSTOOD)
    return [Outgoing(text=texts.thanks_understood(request.person, difficulty))]


def more(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty): "Cần trao đổi thêm" is passed on at once, words may follow."""
    difficulty = _of_unit(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    if difficulty.state is not Step.MORE:
        _note(request, store, difficulty, Step.MORE)
        unit = store.units.get(difficulty.unit_id)
        tell_coordinators(request, store, views.wants_more(difficulty, unit, request.person, ""))
    request.talk(store, "difficulty-more", difficulty=difficulty.id, day=request.today.isoformat())
    return [views.more_noted(request.person, difficulty, request.office)]


def more_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """What they want to add."""
    assert request.dialog is not None
    difficulty = store.difficulties.get(request.dialog.number("difficulty"))
    if difficulty is None or not request.actor.may_see(difficulty.unit_id):
        return _refused(request, store)
    if _old(request):
        return _forgotten(request, store)
    return _add_words(request, store, difficulty, store.units.get(difficulty.unit_id), _said(request))


def no_words(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, difficulty): nothing to add."""
    difficulty = _of_unit(request, store)
    _end(request, store, "difficulty-more")
    return [Outgoing(text=texts.nothing_more(difficulty) if difficulty else texts.gone())]


def stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """They changed their mind before saying anything."""
    _end(request, store, "difficulty")
    return [_back_to_work(request, store, texts.stopped())]


# The coordinator's desk


def desk(request: Request, store: Store) -> Sequence[Outgoing]:
    """("open" or "all", page)"""
    which, page = request.args
    return [_desk(request, store, which, int(page), edits=True)]


def open_desk(request: Request, store: Store) -> Sequence[Outgoing]:
    """The list, from a message that stays as it is."""
    return [_desk(request, store, "open", 0, edits=False)]


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty[, page]): one with its history."""
    difficulty = _named(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    return [views.story(_story(request, store, difficulty), _page(request, 1), desk=True)]


def answer(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): "Trả lời" or "Sửa"."""
    difficulty = _named(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    request.talk(store, "difficulty-answer", difficulty=difficulty.id, seen=len(difficulty.events))
    return [views.ask_answer(difficulty, store.units.get(difficulty.unit_id))]


def answer_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The answer in words, shown once more before it goes; further words replace it."""
    assert request.dialog is not None
    difficulty = store.difficulties.get(request.dialog.number("difficulty"))
    if difficulty is None or not request.actor.is_coordinator:
        return _refused(request, store)
    text = _said(request)
    if not text:
        return [views.answer_again(texts.only_words())]
    if len(text) > texts.LONGEST:
        return [views.answer_again(texts.too_long())]
    request.talk(store, "difficulty-answer", difficulty=difficulty.id, seen=request.dialog.number("seen"), text=text)
    return [_preview(store, difficulty, text)]


def send(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): "Gửi". The text is the one last previewed; a second press finds nothing to send."""
    difficulty, dialog = _named(request, store), request.dialog
    pending = dialog is not None and dialog.name == "difficulty-answer" and dialog.data.get("difficulty")
    if difficulty is None or dialog is None or pending != difficulty.id or not dialog.text("text"):
        return [Outgoing(text=texts.nothing_to_send())]
    text = dialog.text("text")
    if dialog.number("seen") != len(difficulty.events):  # a colleague or the unit did something since
        request.talk(store, dialog.name, difficulty=difficulty.id, seen=len(difficulty.events), text=text)
        newest = views.story(_story(request, store, difficulty), 10**6, desk=True).text  # the last page
        return [Outgoing(text=f"{texts.answered_meanwhile(difficulty)}\n\n{newest}"), _preview(store, difficulty, text)]
    request.hang_up(store)
    _note(request, store, difficulty, Step.ANSWERED, text)
    told: list[str] = []
    untold: list[str] = []
    for person in _concerned(store, difficulty):
        message = views.answered(person, difficulty, request.person, text, request.office)
        (told if tell(request, store, person.id, message) else untold).append(texts.receiver(person))
    return [Outgoing(text=texts.answer_sent(difficulty, told, untold))]


def ask_close(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): "Đóng"."""
    difficulty = _named(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    return [views.ask_close(difficulty, store.units.get(difficulty.unit_id))]


def close(request: Request, store: Store) -> Sequence[Outgoing]:
    """(difficulty): closed, and the unit is told."""
    difficulty = _named(request, store)
    if difficulty is None:
        return [Outgoing(text=texts.gone())]
    if difficulty.state is Step.CLOSED:
        return [Outgoing(text=texts.closed_already(difficulty))]
    _note(request, store, difficulty, Step.CLOSED)
    for person in _concerned(store, difficulty):
        tell(request, store, person.id, views.closed(person, difficulty, request.office))
    return [Outgoing(text=texts.closed(difficulty))]


def desk_stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """They stopped answering."""
    _end(request, store, "difficulty-answer")
    return [Outgoing(text=texts.desk_stopped())]


def _ask(request: Request, store: Store, unit: Unit, round_id: int | None) -> Outgoing:
    request.talk(store, "difficulty", unit=unit.id, round=round_id, day=request.today.isoformat())
    return views.ask(request.person, unit, len(store.difficulties.all(unit.id)), request.office)


def _add_words(request: Request, store: Store, difficulty: Difficulty, unit: Unit, text: str) -> Sequence[Outgoing]:
    if not text or len(text) > texts.LONGEST:
        return [views.more_noted(request.person, difficulty, request.office) if not text else Outgoing(text=texts.too_long())]
    request.hang_up(store)
    _note(request, store, difficulty, Step.MORE, text)
    tell_coordinators(request, store, views.wants_more(difficulty, unit, request.person, text))
    return [_back_to_work(request, store, texts.added(difficulty, request.office))]


def _concern(request: Request, store: Store, difficulty: Difficulty, point: Point) -> Sequence[Outgoing]:
    store.difficulties.concern(difficulty.id, point.id)
    _end(request, store, "difficulty-point")
    plan = _plan(store, difficulty, store.units.get(difficulty.unit_id))
    assert plan is not None
    return [_back_to_work(request, store, texts.about_point(difficulty, plan, point))]


def _back_to_work(request: Request, store: Store, text: str) -> Outgoing:
    """The end of raising a difficulty, often in the middle of a report: offer to go on with it."""
    begun = [form for form in forms.unfinished(request, store) if form.progress.begun]
    return views.noted(text, [(form.unit, form.round) for form in begun])


def _desk(request: Request, store: Store, which: str, page: int, *, edits: bool) -> Outgoing:
    found = store.difficulties.all()
    if which == "open":
        found = tuple(difficulty for difficulty in found if difficulty.open)
        shelf = _shelf(request, store, texts.open_list(len(found)), found)
    else:
        shelf = _shelf(request, store, texts.whole_list(len(found)), found[::-1])
    return views.desk(shelf, which, page, raises=bool(_own_units(request, store)), edits=edits)


def _shelf(request: Request, store: Store, heading: str, found: Sequence[Difficulty]) -> views.Shelf:
    units = {unit.id: unit for unit in store.units.all()}
    return views.Shelf(heading=heading, difficulties=found, units=units, today=request.today, office=request.office)


def _story(request: Request, store: Store, difficulty: Difficulty) -> views.Story:
    unit = store.units.get(difficulty.unit_id)
    plan = _plan(store, difficulty, unit)
    people = {difficulty.person_id, *(event.person_id for event in difficulty.events if event.person_id is not None)}
    return views.Story(
        difficulty=difficulty,
        unit=unit,
        people={id: store.people.get(id) for id in people},
        plan=plan,
        point=next((point for point in plan.points if point.id == difficulty.point), None) if plan else None,
        office=request.office,
    )


def _preview(store: Store, difficulty: Difficulty, text: str) -> Outgoing:
    receivers = [texts.receiver(person) for person in _concerned(store, difficulty)]
    return views.preview(texts.preview(difficulty, store.units.get(difficulty.unit_id), receivers, text), difficulty)


def _concerned(store: Store, difficulty: Difficulty) -> list[Person]:
    """Who is told about it: the unit's focal person now (a deputy where there is none), and who raised it, if still there."""
    seats = store.people.holders([difficulty.unit_id])
    focal = [person for seat, person in seats if seat.role is Role.FOCAL]
    deputies = [person for seat, person in seats if seat.role is Role.DEPUTY]
    raisers = [person for _, person in seats if person.id == difficulty.person_id]
    return list({person.id: person for person in [*raisers, *(focal or deputies)]}.values())


def _own_units(request: Request, store: Store) -> list[Unit]:
    """Units the person sits for; a seat that is about all of them is not a unit's."""
    seats = [seat for seat in request.actor.seats if not seat.role.sees_all]
    return [store.units.get(unit_id) for unit_id in dict.fromkeys(seat.unit_id for seat in seats)]


def _plan(store: Store, difficulty: Difficulty, unit: Unit) -> Plan | None:
    """The plan it is about: its round's, else the newest that names the unit."""
    if difficulty.round_id is not None:
        return store.plans.get(store.rounds.get(difficulty.round_id).plan_id)
    plans = [plan for plan in store.plans.latest().values() if any(known.code == unit.code for known in plan.units)]
    return plans[-1] if plans else None


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


def _named(request: Request, store: Store) -> Difficulty | None:
    return store.difficulties.get(int(request.args[0]))


def _page(request: Request, at: int) -> int:
    return int(request.args[at]) if len(request.args) > at else 0


def _note(request: Request, store: Store, difficulty: Difficulty, step: Step, text: str = "") -> None:
    store.difficulties.note(difficulty.id, step=step, text=text, person_id=request.person.id, now=request.now)


def _old(request: Request) -> bool:
    """Whether the question was asked on another day: what is typed now ("cảm ơn") is hardly its answer."""
    return request.dialog is not None and request.dialog.text("day") != request.today.isoformat()


def _forgotten(request: Request, store: Store) -> Sequence[Outgoing]:
    request.hang_up(store)
    return [Outgoing(text=texts.asked_on_another_day())]


def _said(request: Request) -> str:
    return unicodedata.normalize("NFC", request.text).strip()


def _end(request: Request, store: Store, name: str) -> None:
    """End this dialogue, not another one that was opened since."""
    if request.dialog is not None and request.dialog.name == name:
        request.hang_up(store)


def _refused(request: Request, store: Store) -> Sequence[Outgoing]:
    request.hang_up(store)
    return [Outgoing(text=general.not_allowed(request.office.coordinator))]


ACTIONS: dict[str, Route] = {
    "difficulty": Route(handler=start, needs=Needs.SEES),
    "difficulty-raise": Route(handler=raise_own, needs=Needs.SEAT),
    "difficulty-point": Route(handler=point_chosen, needs=Needs.SEES),
    "difficulty-no-point": Route(handler=no_point, needs=Needs.SEES),
    "difficulty-mine": Route(handler=mine, needs=Needs.SEES),
    "difficulty-own": Route(handler=own, needs=Needs.SEES),
    "difficulty-understood": Route(handler=understood, needs=Needs.SEES),
    "difficulty-more": Route(handler=more, needs=Needs.SEES),
    "difficulty-no-words": Route(handler=no_words, needs=Needs.SEES),
    "difficulty-stop": Route(handler=stop, needs=Needs.PERSON),
    "difficulty-desk": Route(handler=open_desk, needs=Needs.COORDINATOR),
    "difficulty-list": Route(handler=desk, needs=Needs.COORDINATOR),
    "difficulty-show": Route(handler=show, needs=Needs.COORDINATOR),
    "difficulty-answer": Route(handler=answer, needs=Needs.COORDINATOR),
    "difficulty-send": Route(handler=send, needs=Needs.COORDINATOR),
    "difficulty-close": Route(handler=ask_close, needs=Needs.COORDINATOR),
    "difficulty-close-sure": Route(handler=close, needs=Needs.COORDINATOR),
    "difficulty-desk-stop": Route(handler=desk_stop, needs=Needs.COORDINATOR),
}

COMMANDS: dict[str, Route] = {"vuongmac": Route(handler=begin, needs=Needs.SEAT)}

DIALOGS: dict[str, Route] = {
    "difficulty": Route(handler=heard, needs=Needs.SEAT),
    "difficulty-point": Route(handler=point_said, needs=Needs.SEAT),
    "difficulty-more": Route(handler=more_said, needs=Needs.SEAT),
    "difficulty-answer": Route(handler=answer_said, needs=Needs.COORDINATOR),
}
