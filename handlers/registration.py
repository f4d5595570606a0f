"""Becoming known: a code opens a short dialogue, its end asks for the seat, Phòng Nội vụ confirms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.chat.messages import Outgoing
from bot.domain import calling
from bot.domain.people import Person, Role
from bot.texts import address, general
from bot.texts import channels as channel_texts
from bot.texts import registration as texts
from bot.views import registration as views
from bot.views import seats as seat_views
from handlers import seating, strangers
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.invites import Invite, looks_like_code
from storage.store import Store

DIALOG = "register"

Step = Callable[[Request, Store, Invite, str], Sequence[Outgoing]]


def start(request: Request, store: Store) -> Sequence[Outgoing]:
    """/start, with or without a code; also a code typed alone."""
    code = "".join(request.args)
    if not code:
        return _greet(request, store)
    platform, user_id = request.chat.platform, request.origin.user_id
    tried = store.invites.wrong_today(platform, user_id, request.today)
    if strangers.may_try(request, store):
        if invite := store.invites.find(code, request.now):
            return _begin(request, store, invite)
        if (owner := store.invites.channel_owner(code, request.now)) is not None and (bound := _bind(request, store, owner)):
            return bound
        if request.actor.person is not None and store.invites.spent_by(code) == request.actor.person.id:
            return _greet(request, store)  # the same link opened once more
    strangers.guessed_wrong(request, store)
    # The same words for wrong, used and expired; from the tenth on silence, so that trying on costs us nothing.
    return [_not_valid(request)] if tried < 2 * strangers.WRONG_A_DAY else []


def said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The name or the telephone number, as the dialogue asked."""
    if looks_like_code(request.text):
        request.hang_up(store)
        return start(replace(request, args=(request.text,), dialog=None), store)
    return _in_dialog(request, store, _answered)


def again(request: Request, store: Store) -> Sequence[Outgoing]:
    """What is being asked, once more: anything but an answer was said in the middle of it."""
    return _in_dialog(request, store, _asked)


def skip(request: Request, store: Store) -> Sequence[Outgoing]:
    """No telephone number: allowed, Nội vụ sees that it is missing."""
    invite = _invite(request, store, "phone")
    return _checked(request, store, invite, phone="") if invite else [Outgoing(text=general.old_button())]


def fix_name(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Sửa tên" under the check."""
    return _fix(request, store, "name", texts.ask_new_name())


def fix_phone(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Sửa số" under the check."""
    return _fix(request, store, "phone", texts.ask_new_phone())


def finish(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "Đúng": the person becomes known, the invite is spent, the seat is asked for."""
    invite = _invite(request, store, "check")
    if invite is None:
        return [_confirmed_before(request)]
    request.hang_up(store)
    person = _keep(request, store)
    unit = store.units.get(invite.unit_id)
    # Only an invite from the command line (created by nobody) can make the first coordinator: there is nobody to ask.
    first = invite.role is Role.COORDINATOR and invite.created_by is None and not store.people.coordinators()
    store.invites.use(invite.id, person_id=person.id, now=request.now)
    seat = store.people.ask_seat(person_id=person.id, unit_id=unit.id, role=invite.role, now=request.now)
    if not first:
        seating.announce(request, store, seat, person)
        text = texts.sent(person, invite.role, unit.name, request.office.coordinator)
        return [Outgoing(text=text, menu=seating.menu_of(store, person))]
    _, message = seating.confirm(request, store, seat, by=None)
    waiting = seating.sittings(request, store, store.people.waiting())
    return [message, seat_views.waiting(waiting, 0)] if waiting else [message]


def _in_dialog(
    request: Request, store: Store, step: Callable[[Request, Store, Invite, str], Sequence[Outgoing]]
) -> Sequence[Outgoing]:
    """A step of the dialogue, as long as its invite is good."""
    assert request.dialog is not None
    invite = _invite(request, store)
    if invite is None:
        request.hang_up(store)
        return [_not_valid(request)]
    return step(request, store, invite, request.dialog.text("step"))


def _answered(request: Request, store: Store, invite: Invite, step: str) -> Sequence[Outgoing]:
    match step:
        case "name":
            return _named(request, store, invite)
        case "phone":
            number = calling.phone(request.text)
            return [Outgoing(text=texts.phone_unclear())] if number is None else _checked(request, store, invite, phone=number)
        case _:  # at the check a number can only be the telephone's
            number = calling.phone(request.text)
            return _checked(request, store, invite) if number is None else _checked(request, store, invite, phone=number)


def _asked(request: Request, store: Store, invite: Invite, step: str) -> Sequence[Outgoing]:
    match step:
        case "name":
            return _ask_name(request, store, invite)
        case "phone":
            return [views.ask_phone(_told(request), invite.role)]
        case _:
            return _checked(request, store, invite)


def _greet(request: Request, store: Store) -> Sequence[Outgoing]:
    if request.actor.person is None:
        registering = request.dialog is not None and request.dialog.name == DIALOG
        return again(request, store) if registering else strangers.answer(request, store)
    held = [address.seat(seat.role, store.units.get(seat.unit_id).name) for seat in request.actor.seats]
    return [views.greeting(request.actor, held, request.office)]


def _begin(request: Request, store: Store, invite: Invite) -> Sequence[Outgoing]:
    unit, person = store.units.get(invite.unit_id), request.actor.person
    if person is None:
        request.talk(store, DIALOG, step="name", invite=invite.id)
        return _ask_name(request, store, invite)
    for seat in (*request.actor.seats, *request.actor.waiting):
        if (seat.unit_id, seat.role) == (unit.id, invite.role):
            if seat.confirmed:
                return [Outgoing(text=texts.already_held(person, seat.role, unit.name))]
            return [Outgoing(text=texts.already_asked(person, seat.role, unit.name, request.office.coordinator))]
    request.talk(
        store, DIALOG, step="check", invite=invite.id, called=person.name, honorific=person.honorific, phone=person.phone
    )
    return [views.check(person, invite.role, unit)]


def _named(request: Request, store: Store, invite: Invite) -> Sequence[Outgoing]:
    named = calling.person_name(request.text)
    if named is None or " " not in named.full:
        return [Outgoing(text=texts.name_unclear())]
    assert request.dialog is not None
    honorific = address.honorific(named.honorific, request.dialog.text("honorific"))
    if "phone" in request.dialog.data:  # corrected from the check
        return _checked(request, store, invite, called=named.full, honorific=honorific)
    request.talk(store, DIALOG, step="phone", invite=invite.id, called=named.full, honorific=honorific)
    return [views.ask_phone(Person(id=0, name=named.full, honorific=honorific), invite.role)]


def _ask_name(request: Request, store: Store, invite: Invite) -> Sequence[Outgoing]:
    return [Outgoing(text=texts.ask_name(invite.role, store.units.get(invite.unit_id).name, request.office.coordinator))]


def _told(request: Request) -> Person:
    """The person the open dialogue is about, as far as they told."""
    assert request.dialog is not None
    name, honorific, phone = (request.dialog.text(key) for key in ("called", "honorific", "phone"))
    return Person(id=0, name=name, honorific=honorific, phone=phone)


def _checked(request: Request, store: Store, invite: Invite, **changed: str) -> Sequence[Outgoing]:
    assert request.dialog is not None
    data = {key: request.dialog.text(key) for key in ("called", "honorific", "phone")} | changed
    request.talk(store, DIALOG, step="check", invite=invite.id, **data)
    person = Person(id=0, name=data["called"], honorific=data["honorific"], phone=data["phone"])
    return [views.check(person, invite.role, store.units.get(invite.unit_id))]


def _fix(request: Request, store: Store, step: str, question: str) -> Sequence[Outgoing]:
    if request.dialog is None or _invite(request, store, "check") is None:
        return [Outgoing(text=general.old_button())]
    request.talk(store, DIALOG, **(request.dialog.data | {"step": step}))
    return [Outgoing(text=question)]


def _invite(request: Request, store: Store, step: str | None = None) -> Invite | None:
    """The live invite of the open dialogue; with `step`, only if that is what is being asked."""
    dialog = request.dialog
    if dialog is None or dialog.name != DIALOG or step not in (None, dialog.text("step")):
        return None
    return store.invites.get(dialog.number("invite"), request.now)


def _keep(request: Request, store: Store) -> Person:
    """The person of the check, stored."""
    told, person = _told(request), request.actor.person
    if person is None:
        person = store.people.add(name=told.name, honorific=told.honorific, phone=told.phone, now=request.now)
        store.people.add_address(person.id, request.chat, request.origin.user_id, request.now)
        return person
    store.people.change(person.id, name=told.name, honorific=told.honorific, phone=told.phone)
    return store.people.get(person.id)


def _bind(request: Request, store: Store, owner: int) -> Sequence[Outgoing]:
    """Add this chat to the person whose channel code was typed; nothing when the code is not for here."""
    here, actor, person = request.chat.platform, request.actor.person, store.people.get(owner)
    before = store.people.addresses(owner)
    if actor is not None and actor.id == owner:
        other = "zalo" if here == "telegram" else "telegram"
        return [Outgoing(text=channel_texts.channel_code_here(other))]
    had = any(one.chat.platform == here for one in before)
    if had and len(before) == 1:  # made here, for the other platform: it cannot take away the channel it was made in
        return []
    if actor is not None:
        return [Outgoing(text=channel_texts.account_taken(actor))]
    store.invites.end_channel_code(owner)
    if had:
        _change_account(request, store, owner)
    else:
        store.people.add_address(owner, request.chat, request.origin.user_id, request.now)
    told = Outgoing(text=channel_texts.channel_bound_elsewhere(person, here, seating.contact(request), changed=had))
    for one in before:
        store.outbox.add(one.chat, told, now=request.now, person_id=owner)
    after = store.people.addresses(owner)
    message = views.channel_bound(person, here, [one.chat.platform for one in after], after[0].chat.platform, changed=had)
    return [replace(message, menu=seating.menu_of(store, person))]


def _change_account(request: Request, store: Store, owner: int) -> None:
    """This chat takes the place of the person's former one here: what waited for that comes here, nothing is asked there."""
    old = store.people.replace_address(owner, request.chat, request.origin.user_id)
    assert old is not None
    store.outbox.move(old, request.chat)
    store.dialogs.put(old, None, request.now)


def _confirmed_before(request: Request) -> Outgoing:
    """ "Đúng" once more, or "ok", "vâng" to what was said since."""
    if request.actor.waiting and not request.actor.seats:
        return Outgoing(text=general.still_waiting(request.office.coordinator))
    return Outgoing(text=general.courtesy() if request.actor.seats else general.old_button())


def _not_valid(request: Request) -> Outgoing:
    return Outgoing(text=texts.code_not_valid(request.office.coordinator, request.office.contact))


COMMANDS = {"start": Route(handler=start, needs=Needs.NOTHING)}

ACTIONS = {
    "register-skip": Route(handler=skip, needs=Needs.NOTHING),
    "register-yes": Route(handler=finish, needs=Needs.NOTHING, grave=True),
    "register-name": Route(handler=fix_name, needs=Needs.NOTHING),
    "register-phone": Route(handler=fix_phone, needs=Needs.NOTHING),
}

DIALOGS = {DIALOG: Route(handler=said, needs=Needs.NOTHING)}
