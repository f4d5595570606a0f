"""/toi: what is stored about me, and its corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Outgoing
from bot.domain import calling
from bot.texts import address, wording
from bot.texts import privacy as privacy_texts
from bot.texts import profile as texts
from bot.texts import registration as registration_texts
from bot.views import privacy as privacy_views
from bot.views import registration as views
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell
from storage import clearing
from storage.store import Store

DIALOG = "me"


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """Everything stored, to its owner."""
    seats = (*request.actor.seats, *request.actor.waiting)
    held = [(seat, store.units.get(seat.unit_id).name) for seat in seats]
    platforms = [one.chat.platform for one in store.people.addresses(request.person.id)]
    keep = clearing.promised(store)
    shown = views.about_me(request.person, platforms, held, [request.office.day(seat.since) for seat in seats])
    rights = privacy_views.choices(asked=store.requests.of(request.person.id) is not None)
    why = privacy_texts.why(keep.inbox, keep.outbox, keep.people)
    return [replace(shown, text=f"{shown.text}\n{why}", choices=(*shown.choices, *rights))]


def ask_name(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Sửa tên"."""
    request.talk(store, DIALOG, step="name")
    return [Outgoing(text=registration_texts.ask_new_name())]


def ask_phone(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Sửa số điện thoại"."""
    request.talk(store, DIALOG, step="phone")
    return [Outgoing(text=registration_texts.ask_new_phone())]


def said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The correction."""
    assert request.dialog is not None
    me = request.person
    if request.dialog.text("step") == "name":
        named = calling.person_name(request.text)
        if named is None or " " not in named.full:
            return [Outgoing(text=registration_texts.name_unclear())]
        return _change(request, store, named.full, address.honorific(named.honorific, me.honorific), me.phone)
    number = calling.phone(request.text)
    if number is None:
        return [Outgoing(text=registration_texts.phone_unclear())]
    return _change(request, store, me.name, me.honorific, number)


def _change(request: Request, store: Store, name: str, honorific: str, phone: str) -> Sequence[Outgoing]:
    """Correct, and let the coordinators know: they confirmed the person as they were before."""
    request.hang_up(store)
    before = request.person
    store.people.change(before.id, name=name, honorific=honorific, phone=phone)
    after = store.people.get(before.id)
    seats = (*request.actor.seats, *request.actor.waiting)
    if after != before and seats:
        held = wording.listed(address.seat(seat.role, store.units.get(seat.unit_id).name) for seat in seats)
        told = Outgoing(text=texts.details_changed_elsewhere(before, after, held))
        for coordinator in store.people.coordinators():
            if coordinator.id != after.id:
                tell(request, store, coordinator.id, told)
    return [Outgoing(text=texts.details_changed(after))]


COMMANDS = {"toi": Route(handler=show, needs=Needs.PERSON)}

ACTIONS = {
    "me-name": Route(handler=ask_name, needs=Needs.PERSON),
    "me-phone": Route(handler=ask_phone, needs=Needs.PERSON),
}

DIALOGS = {DIALOG: Route(handler=said, needs=Needs.PERSON)}
