"""`invite`: a single-use way in, for the first account of all and for every unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import desk, given, out
from bot.cli.family import Json
from bot.cli.grammar import Refusal
from bot.texts import cli as texts

if TYPE_CHECKING:
    from bot.domain.people import Role
    from bot.domain.units import Unit
    from storage.store import Store


def invite(
    unit: Annotated[str, typer.Option("--unit", metavar=texts.UNIT, help=texts.INVITE_UNIT)] = "",
    role: Annotated[str, typer.Option("--role", metavar=texts.ROLE, help=texts.INVITE_ROLE)] = "focal",
    json: Json = False,
) -> None:
    """Make an invite and say how it is used. The code is shown this once: only its hash is kept."""
    from storage.invites import LIFETIME

    wanted = _role(role)
    with desk.opened() as here:
        chosen, code, link_base = here.turn(lambda store: _invite(store, here, unit, wanted))
        until = here.now + LIFETIME
    link = f"{link_base}{code}" if link_base else ""
    if json:
        seat = {"unit": chosen.code, "unit_name": chosen.name, "role": wanted.value}
        out.data(seat | {"code": code, "link": link or None, "expires_at": until.isoformat()})
        return
    out.say(texts.invite_made(wanted, chosen.name, here.office.local(until), link, code))


def _role(text: str) -> Role:
    from bot.domain.people import Role

    typed = text.strip().casefold()
    if typed == texts.NOI_VU:
        return Role.COORDINATOR
    if typed not in (Role.FOCAL, Role.DEPUTY, Role.LEADER, Role.DISTRICT):
        raise Refusal(texts.not_a_role(text))
    return Role(typed)


def _invite(store: Store, here: desk.Desk, text: str, role: Role) -> tuple[Unit, str, str]:
    unit = _unit(store, here, text, role)
    code = store.invites.create(unit_id=unit.id, role=role, by=None, now=here.now)
    return unit, code, store.meta.get("link:telegram") or ""


def _unit(store: Store, here: desk.Desk, text: str, role: Role) -> Unit:
    """The unit named; who sees all units sits in the one that collects the reports, which needs no naming."""

    units = store.units.all(on=here.today)
    if not role.sees_all:
        if not text.strip():
            raise Refusal(texts.invite_needs_unit())
        return given.unit(text, units)
    collecting = {plan.coordinator for plan in store.plans.latest().values()}
    named = given.unit(text, units) if text.strip() else next((u for u in units if u.code in collecting), None)
    if named is None:
        raise Refusal(texts.no_plan())
    if named.code not in collecting:
        home = next(unit.name for unit in units if unit.code in collecting)
        raise Refusal(texts.coordinator_elsewhere(named.name, home))
    return named
