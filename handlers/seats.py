"""Who sits where, for Phòng Nội vụ: the units and their people, requests to confirm, seats to end."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain.people import Role, Seat
from bot.domain.units import Unit
from bot.texts import general, registration
from bot.texts import seats as texts
from bot.views import seats as views
from handlers import seating, unit_names
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell
from storage.store import Store

DIALOG = "seat-unit"


# Units and their people


def people(request: Request, store: Store) -> Sequence[Outgoing]:
    """/nguoi, or /nguoi and a unit."""
    if not request.args:
        return _list(request, store, 0)
    return said(request, store, " ".join(request.args))


def list_page(request: Request, store: Store) -> Sequence[Outgoing]:
    """Another page of the list (args: page)."""
    return _list(request, store, _number(request))


def said(request: Request, store: Store, text: str | None = None) -> Sequence[Outgoing]:
    """A unit typed instead of chosen."""
    found = unit_names.find(request, store, request.text if text is None else text)
    if isinstance(found, Unit):
        return _card(request, store, found)
    request.talk(store, DIALOG)
    return [views.unclear_unit(found, "seat-unit")]


def card(request: Request, store: Store) -> Sequence[Outgoing]:
    """One unit (args: unit id)."""
    return _card(request, store, store.units.get(_number(request)))


# Requests


def waiting(request: Request, store: Store) -> Sequence[Outgoing]:
    """/duyet: the only open request, or the list of them (args: page)."""
    asked = store.people.waiting()
    if len(asked) == 1:
        return [seating.requested(request, store, *asked[0])]
    return [views.waiting(seating.sittings(request, store, asked), _number(request))]


def show_request(request: Request, store: Store) -> Sequence[Outgoing]:
    """One request (args: seat id)."""
    seat = _open(request, store)
    if seat is None:
        return [Outgoing(text=texts.decided_already())]
    return [seating.requested(request, store, seat, store.people.get(seat.person_id))]


def confirm(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Xác nhận" (args: seat id). Who would see everything is asked about twice."""
    seat = _open(request, store)
    if seat is not None and seat.role.sees_all:
        return [views.surely_sees_all(seating.sitting(request, store, seat, store.people.get(seat.person_id)))]
    return confirm_surely(request, store)


def confirm_surely(request: Request, store: Store) -> Sequence[Outgoing]:
    """The seat is theirs from this moment."""
    seat = _open(request, store)
    if seat is None:
        return [Outgoing(text=texts.decided_already())]
    former, message = seating.confirm(request, store, seat, by=request.person.id)
    person, unit = store.people.get(seat.person_id), store.units.get(seat.unit_id)
    done = texts.confirmed(person, seat.role, unit.name, former)
    if not tell(request, store, person.id, message):
        done = f"{done} {texts.untold(person)}"
    return [Outgoing(text=done)]


def refuse(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Từ chối" (args: seat id)."""
    seat = _open(request, store)
    if seat is None:
        return [Outgoing(text=texts.decided_already())]
    store.people.end(seat.id, reason="refused", now=request.now)
    person, unit, office = store.people.get(seat.person_id), store.units.get(seat.unit_id), request.office
    told = Outgoing(text=registration.refused(office.coordinator, seat.role, unit.name, office.contact))
    done = texts.refused(person, seat.role, unit.name)
    if not tell(request, store, person.id, told):
        done = f"{done} {texts.untold(person)}"
    return [Outgoing(text=done)]


# Ending a seat


def end(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Thôi giữ vai trò" (args: unit id): whose?"""
    unit = store.units.get(_number(request))
    holders = seating.sittings(request, store, store.people.holders([unit.id]))
    match holders:
        case []:
            return [Outgoing(text=general.old_button())]
        case [only]:
            return [views.end_surely(only)]
        case _:
            return [views.end_whose(unit, holders)]


def end_who(request: Request, store: Store) -> Sequence[Outgoing]:
    """Whose seat was chosen (args: seat id); asked once more."""
    seat = _held(request, store)
    if seat is None:
        return [Outgoing(text=general.old_button())]
    return [views.end_surely(seating.sitting(request, store, seat, store.people.get(seat.person_id)))]


def end_yes(request: Request, store: Store) -> Sequence[Outgoing]:
    """Ended (args: seat id)."""
    seat = _held(request, store)
    if seat is None:
        return [Outgoing(text=general.old_button())]
    if seat.role is Role.COORDINATOR and len(store.people.coordinators()) == 1:
        return [Outgoing(text=texts.last_coordinator())]
    person, unit = store.people.get(seat.person_id), store.units.get(seat.unit_id)
    done = texts.ended(person, seat.role, unit.name)
    if not seating.end(request, store, seat, reason="ended by the coordinator"):
        done = f"{done} {texts.untold(person)}"
    return [Outgoing(text=done)]


def keep(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Giữ nguyên"."""
    return [Outgoing(text=texts.kept())]


def _list(request: Request, store: Store, page: int) -> Sequence[Outgoing]:
    units = store.units.all(on=request.today)
    held = store.people.holders()
    focal = {seat.unit_id: seating.sitting(request, store, seat, person) for seat, person in held if seat.role is Role.FOCAL}
    request.talk(store, DIALOG)
    return [views.unit_list(units, focal, len(store.people.waiting()), page)]


def _card(request: Request, store: Store, unit: Unit) -> Sequence[Outgoing]:
    if request.dialog is not None and request.dialog.name == DIALOG:
        request.hang_up(store)
    holders = seating.sittings(request, store, store.people.holders([unit.id]))
    asked = seating.sittings(request, store, (pair for pair in store.people.waiting() if pair[0].unit_id == unit.id))
    past = [
        seating.sitting(request, store, one.seat, one.person, until=one.ended_at)
        for one in reversed(store.people.history(unit.id))
        if one.ended_at is not None and one.confirmed_at is not None
    ]
    return [views.unit_card(unit, holders, asked, past, seating.roles_of(store, unit))]


def _open(request: Request, store: Store) -> Seat | None:
    """The request named by args[0], if nobody decided it meanwhile."""
    seat = store.people.seat(_number(request))
    return seat if seat is not None and not seat.confirmed else None


def _held(request: Request, store: Store) -> Seat | None:
    seat = store.people.seat(_number(request))
    return seat if seat is not None and seat.confirmed else None


def _number(request: Request) -> int:
    return int(request.args[0]) if request.args and request.args[0].isdecimal() else 0


COMMANDS = {
    "nguoi": Route(handler=people, needs=Needs.COORDINATOR),
    "duyet": Route(handler=waiting, needs=Needs.COORDINATOR),
}

ACTIONS = {
    "seat-list": Route(handler=list_page, needs=Needs.COORDINATOR),
    "seat-unit": Route(handler=card, needs=Needs.COORDINATOR),
    "seat-waiting": Route(handler=waiting, needs=Needs.COORDINATOR),
    "seat-request": Route(handler=show_request, needs=Needs.COORDINATOR),
    "seat-confirm": Route(handler=confirm, needs=Needs.COORDINATOR, grave=True),
    "seat-confirm-surely": Route(handler=confirm_surely, needs=Needs.COORDINATOR, grave=True),
    "seat-refuse": Route(handler=refuse, needs=Needs.COORDINATOR, grave=True),
    "seat-end": Route(handler=end, needs=Needs.COORDINATOR),
    "seat-end-who": Route(handler=end_who, needs=Needs.COORDINATOR),
    "seat-end-yes": Route(handler=end_yes, needs=Needs.COORDINATOR, grave=True),
    "seat-keep": Route(handler=keep, needs=Needs.PERSON),
}

DIALOGS = {DIALOG: Route(handler=said, needs=Needs.COORDINATOR)}
