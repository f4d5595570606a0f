"""Invites: Phòng Nội vụ invites a unit, the focal person invites a successor. Whoever comes is confirmed afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain.people import Role
from bot.domain.units import Unit
from bot.domain.words import fold
from bot.texts import general
from bot.texts import seats as texts
from bot.views import seats as views
from handlers import seating, unit_names
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.invites import LIFETIME
from storage.store import Store

DIALOG = "invite-unit"

# What may stand after the unit in "/moi Phường 5 dự phòng", folded.
_ROLES = {
    "dau moi": Role.FOCAL,
    "dau moi du phong": Role.DEPUTY,
    "du phong": Role.DEPUTY,
    "lanh dao": Role.LEADER,
    "lanh dao quan": Role.DISTRICT,
    "can bo tong hop": Role.COORDINATOR,
    "tong hop": Role.COORDINATOR,
}


def invite(request: Request, store: Store) -> Sequence[Outgoing]:
    """/moi, /moi unit, /moi unit role."""
    if not request.args:
        return _choose(request, store, 0)
    return _typed(request, store, " ".join(request.args))


def page(request: Request, store: Store) -> Sequence[Outgoing]:
    """Another page of the units to invite (args: page)."""
    return _choose(request, store, int(request.args[0]))


def said(request: Request, store: Store) -> Sequence[Outgoing]:
    """A unit typed instead of chosen."""
    return _typed(request, store, request.text)


def unit_chosen(request: Request, store: Store) -> Sequence[Outgoing]:
    """A unit was chosen (args: unit id)."""
    return _for_unit(request, store, store.units.get(int(request.args[0])), None)


def make(request: Request, store: Store) -> Sequence[Outgoing]:
    """An invite for a unit and role (args: unit id, role)."""
    return _for_unit(request, store, store.units.get(int(request.args[0])), Role(request.args[1]))


def hand_over(request: Request, store: Store) -> Sequence[Outgoing]:
    """/doi: the focal person wants somebody else to take over."""
    units = [store.units.get(seat.unit_id) for seat in request.actor.seats if seat.role is Role.FOCAL]
    if not units:
        return [Outgoing(text=texts.no_hand_over(request.office.coordinator))]
    return [views.hand_over(request.person, units, request.office.coordinator)]


def make_successor(request: Request, store: Store) -> Sequence[Outgoing]:
    """The invite to hand on (args: unit id), if they still hold the seat."""
    unit = store.units.get(int(request.args[0]))
    if not any(seat.unit_id == unit.id and seat.role is Role.FOCAL for seat in request.actor.seats):
        return [Outgoing(text=general.old_button())]
    code = store.invites.create(unit_id=unit.id, role=Role.FOCAL, by=request.person.id, now=request.now)
    until = request.office.local(request.now + LIFETIME)
    return views.successor_invite(unit, request.office.coordinator, code, _link_base(request), until)


def _choose(request: Request, store: Store, at: int) -> Sequence[Outgoing]:
    seated = {seat.unit_id for seat, _ in store.people.holders() if seat.role is Role.FOCAL}
    request.talk(store, DIALOG)
    return [views.choose_unit([unit for unit in store.units.all(on=request.today) if unit.id not in seated], at)]


def _typed(request: Request, store: Store, text: str) -> Sequence[Outgoing]:
    name, role = _split_role(text)
    if _ROLES.get(fold(text)) is Role.DISTRICT:  # kept at the unit that collects the reports, which needs no naming
        role, name = Role.DISTRICT, next((plan.coordinator for plan in store.plans.latest().values()), name)
    found = unit_names.find(request, store, name)
    if isinstance(found, Unit):
        return _for_unit(request, store, found, role)
    request.talk(store, DIALOG)
    return [views.unclear_unit(found, "invite-unit")]


def _for_unit(request: Request, store: Store, unit: Unit, role: Role | None) -> Sequence[Outgoing]:
    """The invite; without a role for the focal seat when that alone can be meant, else the roles are offered."""
    if request.dialog is not None and request.dialog.name == DIALOG:
        request.hang_up(store)
    roles = seating.roles_of(store, unit)
    if role is None and not any(seat.role is Role.FOCAL for seat, _ in store.people.holders([unit.id])) and len(roles) == 3:
        role = Role.FOCAL
    if role not in roles:
        return [views.choose_role(unit, roles)]
    code = store.invites.create(unit_id=unit.id, role=role, by=request.person.id, now=request.now)
    until = request.office.local(request.now + LIFETIME)
    plans = list(store.plans.latest().values())
    return views.invite(role, unit, request.office.coordinator, plans, code, _link_base(request), until)


def _split_role(text: str) -> tuple[str, Role | None]:
    words = text.split()
    for many in range(min(4, len(words) - 1), 0, -1):
        if role := _ROLES.get(fold(" ".join(words[-many:]))):
            return " ".join(words[:-many]), role
    return text, None


def _link_base(request: Request) -> str:
    return request.bot_links.get("telegram", "")


COMMANDS = {
    "moi": Route(handler=invite, needs=Needs.COORDINATOR),
    "doi": Route(handler=hand_over, needs=Needs.SEAT),
}

ACTIONS = {
    "invite-page": Route(handler=page, needs=Needs.COORDINATOR),
    "invite-unit": Route(handler=unit_chosen, needs=Needs.COORDINATOR),
    "invite-make": Route(handler=make, needs=Needs.COORDINATOR),
    "handover-invite": Route(handler=make_successor, needs=Needs.SEAT, grave=True),
}

DIALOGS = {DIALOG: Route(handler=said, needs=Needs.COORDINATOR)}
