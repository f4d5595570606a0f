"""What happens around a seat, whoever decides it: it is asked for, confirmed or ended, and all concerned are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.chat.messages import Menu, Outgoing
from bot.domain.people import Person, Role, Seat
from bot.domain.units import Unit
from bot.texts import registration as texts
from bot.views import registration as views
from bot.views import seats as seat_views
from bot.views.seats import Sitting
from handlers.request import Request
from handlers.telling import tell, tell_coordinators
from storage import leaving
from storage.store import Store


def announce(request: Request, store: Store, seat: Seat, person: Person) -> int:
    """Ask every coordinator to confirm a seat; how many could be told."""
    return tell_coordinators(request, store, requested(request, store, seat, person))


def requested(request: Request, store: Store, seat: Seat, person: Person) -> Outgoing:
    """The question whether to confirm a seat."""
    present = [holder for held, holder in store.people.holders([seat.unit_id]) if held.role is Role.FOCAL]
    return seat_views.request(sitting(request, store, seat, person), present if seat.role is Role.FOCAL else ())


def confirm(request: Request, store: Store, seat: Seat, *, by: int | None) -> tuple[tuple[Person, ...], Outgoing]:
    """Confirm a seat. The former holders, told already, and what to say to the new one."""
    person, unit = store.people.get(seat.person_id), store.units.get(seat.unit_id)
    former = store.people.confirm(seat.id, by=by, now=request.now)
    for one in former:
        leaving.leave(store, one.id, request.now)
        text = texts.handed_over(one, person, unit.name, request.today, contact(request))
        tell(request, store, one.id, Outgoing(text=text, menu=menu_of(store, one)))
    message = views.confirmed(person, seat.role, unit, request.office, store.rounds.all(), request.today)
    return former, replace(message, menu=menu_of(store, person))


def end(request: Request, store: Store, seat: Seat, *, reason: str) -> bool:
    """End a seat that is held, in one transaction with everything its holder was doing; whether they could be told."""
    person, unit = store.people.get(seat.person_id), store.units.get(seat.unit_id)
    store.people.end(seat.id, reason=reason, now=request.now)
    leaving.leave(store, person.id, request.now)
    text = texts.seat_ended(person, seat.role, unit.name, request.today, contact(request))
    return tell(request, store, person.id, Outgoing(text=text, menu=menu_of(store, person)))


def menu_of(store: Store, person: Person) -> Menu | None:
    """The commands menu of a person as they are at this moment; it goes with whatever message tells them of a change."""
    for address in store.people.addresses(person.id):
        return views.menu_for(store.people.actor(address.chat.platform, address.user_id))
    return None


def sitting(request: Request, store: Store, seat: Seat, person: Person, until: datetime | None = None) -> Sitting:
    """A seat and its person as the screens show them."""
    return Sitting(
        seat_id=seat.id,
        unit=store.units.get(seat.unit_id),
        role=seat.role,
        person=person,
        since=request.office.day(seat.since),
        until=request.office.day(until) if until else None,
        channels=tuple(each.chat.platform for each in store.people.addresses(person.id) if not each.unreachable),
    )


def sittings(request: Request, store: Store, pairs: Iterable[tuple[Seat, Person]]) -> list[Sitting]:
    """The same for several."""
    return [sitting(request, store, seat, person) for seat, person in pairs]


def roles_of(store: Store, unit: Unit) -> tuple[Role, ...]:
    """The roles people may be invited to there; who sees all units sits only in the one that collects them."""
    roles = (Role.FOCAL, Role.DEPUTY, Role.LEADER)
    collects = any(plan.coordinator == unit.code for plan in store.plans.latest().values())
    return (*roles, Role.COORDINATOR, Role.DISTRICT) if collects else roles


def contact(request: Request) -> str:
    """Whom to phone when something is wrong."""
    return request.office.contact or request.office.coordinator
