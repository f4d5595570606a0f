"""/vangmat: declaring an absence and who stands in, for oneself or (coordinators) for a unit's focal person; coming back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import wraps

from bot.chat.messages import Outgoing
from bot.domain import absences
from bot.domain.answers import Doubtful
from bot.domain.dates import read_date
from bot.domain.people import Person, Role
from bot.domain.spans import read_span
from bot.domain.units import Unit
from bot.texts import absence as texts
from bot.texts import doubts, general
from bot.views import absence as views
from handlers import unit_names
from handlers.request import Handler, Request
from handlers.routes import Needs, Route
from handlers.telling import tell, tell_coordinators
from storage.store import Store

UNIT = "absence-unit"
FROM = "absence-from"
UNTIL = "absence-until"
SURE = "absence-sure"
"""Their data: person, and as far as known from, until, stand_in (0: nobody)."""

OFFERED = 4


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/vangmat, or /vangmat Phường 5."""
    if request.actor.is_coordinator:
        if request.args:
            return _named(request, store, " ".join(request.args))
        request.talk(store, UNIT)
        return [views.typed(texts.which_unit())]
    if not request.actor.answers_for:
        return [Outgoing(text=general.not_allowed(request.office.coordinator))]
    return _start(request, store, request.person)


def of_unit(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit): [Vắng mặt] below a unit's answers."""
    return _for_unit(request, store, store.units.get(int(request.args[0])))


def unit_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """A unit by its name."""
    return _named(request, store, request.text)


def change(request: Request, store: Store) -> Sequence[Outgoing]:
    """(person): [Đổi ngày]"""
    person = store.people.get(int(request.args[0]))
    return _ask_from(request, store, person) if _may(request, person.id) else _refused(request, store)


def end(request: Request, store: Store) -> Sequence[Outgoing]:
    """(absence): [Đã có mặt lại]"""
    absence = store.absences.get(int(request.args[0]))
    if absence is None:
        return [Outgoing(text=texts.gone())]
    if not _may(request, absence.person_id):
        return _refused(request, store)
    store.absences.end(absence.id, now=request.now, by_id=request.person.id)
    return [Outgoing(text=texts.ended(store.people.get(absence.person_id)))]


def day_chosen(request: Request, store: Store) -> Sequence[Outgoing]:
    """(day): the first or the last one, whichever is being asked."""
    dialog = request.dialog
    if dialog is None or dialog.name not in (FROM, UNTIL):
        return [Outgoing(text=general.old_button())]
    day = date.fromisoformat(request.args[0])
    return _from(request, store, day) if dialog.name == FROM else _until(request, store, day)


def from_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The first day, or both at once: "04/5 đến 08/5"."""
    span = read_span(request.text, request.today)
    if isinstance(span, Doubtful):
        return _ask_from(request, store, _person(request, store), doubts.sentence(span.why))
    first, last = span
    return _from(request, store, first, last if last != first else None)


def until_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The last day."""
    assert request.dialog is not None
    reading = read_date(request.text, request.today)
    if isinstance(reading, Doubtful):
        first = date.fromisoformat(request.dialog.text("from"))
        return _ask_until(request, store, first, doubts.sentence(reading.why))
    assert isinstance(reading.value, date)
    return _until(request, store, reading.value)


def stand_in_chosen(request: Request, store: Store) -> Sequence[Outgoing]:
    """(person or "")"""
    dialog = request.dialog
    if dialog is None or dialog.name != SURE:
        return [Outgoing(text=general.old_button())]
    chosen = int(request.args[0]) if request.args[0] else 0
    request.talk(store, SURE, **(dialog.data | {"stand_in": chosen}))
    person, from_, until = _declared(request, store)
    return [views.confirm(texts.confirm(person, from_, until, store.people.get(chosen) if chosen else None))]


def confirm(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Ghi nhận]: kept, and everybody it concerns is told."""
    dialog = request.dialog
    if dialog is None or dialog.name != SURE:
        return [Outgoing(text=general.old_button())]
    person, from_, until = _declared(request, store)
    chosen = dialog.data.get("stand_in")
    stand_in = store.people.get(chosen) if isinstance(chosen, int) and chosen else None
    request.hang_up(store)
    store.absences.declare(
        person_id=person.id,
        from_=from_,
        until=until,
        stand_in_id=stand_in.id if stand_in else None,
        by_id=request.person.id,
        now=request.now,
    )
    units = _units(store, person)
    if stand_in is not None and stand_in.id != request.person.id:
        words = texts.for_stand_in(stand_in, person, units, from_, until, request.office)
        tell(request, store, stand_in.id, Outgoing(text=words))
    if person.id == request.person.id:
        tell_coordinators(request, store, Outgoing(text=texts.for_coordinators(person, units, from_, until, stand_in)))
    else:
        tell(request, store, person.id, Outgoing(text=texts.for_away(person, from_, until, request.office)))
    return [Outgoing(text=texts.noted(person, from_, until, stand_in))]


def stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Thôi]"""
    if request.dialog is not None and request.dialog.name in (UNIT, FROM, UNTIL, SURE):
        request.hang_up(store)
    return [Outgoing(text=texts.stopped())]


def _named(request: Request, store: Store, said: str) -> Sequence[Outgoing]:
    found = unit_names.find(request, store, said)
    if isinstance(found, Unit):
        return _for_unit(request, store, found)
    request.talk(store, UNIT)
    return [views.typed(f"{texts.unclear(said)} {texts.which_unit()}")]


def _for_unit(request: Request, store: Store, unit: Unit) -> Sequence[Outgoing]:
    focal = [person for seat, person in store.people.holders([unit.id]) if seat.role is Role.FOCAL]
    if not focal:
        request.hang_up(store)
        return [Outgoing(text=texts.nobody(unit))]
    return _start(request, store, focal[0])


def _start(request: Request, store: Store, person: Person) -> Sequence[Outgoing]:
    """What stands there already, else from when?"""
    coming = store.absences.coming(person.id, request.today)
    if not coming:
        return _ask_from(request, store, person)
    request.hang_up(store)
    stand_in = store.people.get(coming[0].stand_in_id) if coming[0].stand_in_id else None
    return [views.known(texts.known(person, coming[0], stand_in), coming[0])]


def _ask_from(request: Request, store: Store, person: Person, problem: str = "") -> Sequence[Outgoing]:
    request.talk(store, FROM, person=person.id)
    days = [request.today, *_working(request, request.today, 2)]
    text = texts.from_when(person, ", ".join(unit.short for unit in _units(store, person)))
    return [views.day(f"{problem}\n\n{text}" if problem else text, days, request.today)]


def _ask_until(request: Request, store: Store, from_: date, problem: str = "") -> Sequence[Outgoing]:
    person = _person(request, store)
    request.talk(store, UNTIL, person=person.id, **{"from": from_.isoformat()})
    days = [from_, *_working(request, from_, OFFERED)]
    text = texts.until_when(from_)
    return [views.day(f"{problem}\n\n{text}" if problem else text, days, request.today)]


def _working(request: Request, after: date, many: int) -> list[date]:
    return [request.calendar.shift(after, ahead) for ahead in range(1, many + 1)]


def _from(request: Request, store: Store, from_: date, until: date | None = None) -> Sequence[Outgoing]:
    if until is None:
        if from_ < request.today - timedelta(days=absences.LONGEST.days):
            return _ask_from(request, store, _person(request, store), texts.refused(absences.Refusal.OVER))
        return _ask_until(request, store, from_)
    if why := absences.refuse(from_, until, request.today):
        return _ask_from(request, store, _person(request, store), texts.refused(why))
    return _who(request, store, from_, until)


def _until(request: Request, store: Store, until: date) -> Sequence[Outgoing]:
    assert request.dialog is not None
    from_ = date.fromisoformat(request.dialog.text("from"))
    if why := absences.refuse(from_, until, request.today):
        return _ask_until(request, store, from_, texts.refused(why))
    return _who(request, store, from_, until)


def _who(request: Request, store: Store, from_: date, until: date) -> Sequence[Outgoing]:
    """Who stands in? One of the unit's other people who may answer for it."""
    person = _person(request, store)
    days = {"from": from_.isoformat(), "until": until.isoformat()}
    request.talk(store, SURE, person=person.id, stand_in=0, **days)
    own = {unit.id for unit in _units(store, person)}
    others = {other.id: other for seat, other in store.people.holders(own) if seat.role.answers and other.id != person.id}
    if not others:
        return [views.confirm(texts.nobody_to_stand_in(person, from_, until))]
    return [views.stand_in(texts.who_stands_in(person, from_, until), list(others.values()))]


def _declared(request: Request, store: Store) -> tuple[Person, date, date]:
    assert request.dialog is not None
    data = request.dialog
    return _person(request, store), date.fromisoformat(data.text("from")), date.fromisoformat(data.text("until"))


def _person(request: Request, store: Store) -> Person:
    assert request.dialog is not None
    return store.people.get(request.dialog.number("person"))


def _units(store: Store, person: Person) -> list[Unit]:
    """The units this person answers for."""
    ids = [seat.unit_id for seat, holder in store.people.holders() if holder.id == person.id and seat.role.answers]
    return [store.units.get(id) for id in dict.fromkeys(ids)]


def _may(request: Request, person_id: int) -> bool:
    return request.actor.is_coordinator or request.person.id == person_id


def _still(handler: Handler) -> Handler:
    """Only while they may act for the person the dialogue is about: what gave them the right may have ended since it began."""

    @wraps(handler)
    def checked(request: Request, store: Store) -> Sequence[Outgoing]:
        dialog = request.dialog
        if dialog is not None and dialog.name in (FROM, UNTIL, SURE) and not _may(request, dialog.number("person")):
            return _refused(request, store)
        return handler(request, store)

    return checked


def _refused(request: Request, store: Store) -> Sequence[Outgoing]:
    request.hang_up(store)
    return [Outgoing(text=general.not_allowed(request.office.coordinator))]


ACTIONS = {
    "absence-of": Route(handler=of_unit, needs=Needs.COORDINATOR),
    "absence-change": Route(handler=change, needs=Needs.SEAT),
    "absence-end": Route(handler=end, needs=Needs.SEAT),
    "absence-day": Route(handler=_still(day_chosen), needs=Needs.SEAT),
    "absence-stand-in": Route(handler=_still(stand_in_chosen), needs=Needs.SEAT),
    "absence-confirm": Route(handler=_still(confirm), needs=Needs.SEAT, grave=True),
    "absence-stop": Route(handler=stop, needs=Needs.PERSON),
}

COMMANDS = {"vangmat": Route(handler=begin, needs=Needs.SEAT)}

DIALOGS = {
    UNIT: Route(handler=unit_said, needs=Needs.COORDINATOR),
    FROM: Route(handler=_still(from_said), needs=Needs.SEAT),
    UNTIL: Route(handler=_still(until_said), needs=Needs.SEAT),
}
