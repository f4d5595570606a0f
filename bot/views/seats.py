"""The screens of those who let people in: invites, requests, the list of units, one unit, the end of a seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bot.chat.messages import Choice, Outgoing
from bot.domain.people import Person, Role
from bot.domain.plan import Plan
from bot.domain.units import Unit
from bot.texts import address, general, keywords
from bot.texts import seats as texts

T = TypeVar("T")

PAGE = 8
"""Units on one page: what a telephone shows without scrolling."""

PAST_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One person in one role. `since`, `until`: local days; `channels`: platforms that can reach them."""

    seat_id: int
    unit: Unit
    role: Role
    person: Person
    since: date
    until: date | None = None
    channels: tuple[str, ...] = ()


# Invites


def invite(
    role: Role, unit: Unit, coordinator: str, plans: Sequence[Plan], code: str, link_base: str, until: datetime
) -> tuple[Outgoing, ...]:
    """A note for the sender, then the invitation to forward as it is. `until` is local."""
    return _invitation(texts.invite(role, unit.name, coordinator, plans), role, unit, code, link_base, until)


def successor_invite(unit: Unit, coordinator: str, code: str, link_base: str, until: datetime) -> tuple[Outgoing, ...]:
    """The same for the colleague who takes the focal seat over."""
    return _invitation(texts.successor_invite(unit.name, coordinator), Role.FOCAL, unit, code, link_base, until)


def choose_unit(units: Sequence[Unit], page: int) -> Outgoing:
    """Units without a focal person, a page of them."""
    shown, pages = paged(units, page)
    return Outgoing(
        text=texts.invite_whom(len(units)),
        choices=(*_unit_rows(shown, "invite-unit"), *_navigation("invite-page", page, pages)),
        marks="letters",
        hint=general.hint_letters() if units else "",
    )


def choose_role(unit: Unit, roles: Sequence[Role]) -> Outgoing:
    """Which role to invite for."""
    return Outgoing(text=texts.invite_as(unit.name), choices=_invite_rows(unit, roles), hint=general.hint_digits())


def unclear_unit(suggested: Sequence[Unit], action: str) -> Outgoing:
    """The unit typed was not certain; those it may have been are offered."""
    return Outgoing(
        text=texts.unit_unclear(),
        choices=_unit_rows(suggested, action),
        marks="letters",
        hint=general.hint_letters() if suggested else "",
    )


# Requests


def request(asked: Sitting, present: Sequence[Person]) -> Outgoing:
    """A seat waits to be confirmed. `present`: focal persons who would make way."""
    seat = str(asked.seat_id)
    return Outgoing(
        text=texts.request(asked.person, asked.role, asked.unit.name, asked.channels, present),
        choices=(
            (
                Choice(label=texts.CONFIRM, action=("seat-confirm", seat), words=keywords.CONFIRM_SEAT),
                Choice(label=texts.REFUSE, action=("seat-refuse", seat), words=keywords.REFUSE_SEAT),
            ),
        ),
        hint=general.hint_digits(),
    )


def surely_sees_all(asked: Sitting) -> Outgoing:
    """Second confirmation before somebody may see everything."""
    seat = str(asked.seat_id)
    return Outgoing(
        text=texts.surely_sees_all(asked.person, asked.role),
        choices=(
            (
                Choice(label=texts.CONFIRM_SURELY, action=("seat-confirm-surely", seat), words=keywords.CONFIRM_SURELY),
                Choice(label=texts.REFUSE, action=("seat-refuse", seat), words=keywords.REFUSE_SEAT),
            ),
        ),
        hint=general.hint_digits(),
    )


def waiting(asked: Sequence[Sitting], page: int) -> Outgoing:
    """Every open request, to choose from."""
    if not asked:
        return Outgoing(text=texts.nothing_waits())
    shown, pages = paged(asked, page)
    rows = tuple(
        (Choice(label=f"{one.unit.short}: {address.full(one.person)}", action=("seat-request", str(one.seat_id))),)
        for one in shown
    )
    return Outgoing(
        text=texts.waiting(len(asked)),
        choices=(*rows, *_navigation("seat-waiting", page, pages)),
        marks="letters",
        hint=general.hint_letters(),
    )


# Lists


def unit_list(units: Sequence[Unit], focal: dict[int, Sitting], waiting: int, page: int) -> Outgoing:
    """Every unit with who answers for it."""
    shown, pages = paged(units, page)
    seated = sum(unit.id in focal for unit in units)
    lines = [texts.unit_list(len(units), seated, waiting, min(page, pages - 1) + 1, pages)]
    for unit in shown:
        sitting = focal.get(unit.id)
        lines.append(texts.unit_line(unit.short, sitting.person if sitting else None, sitting.channels if sitting else ()))
    return Outgoing(
        text="\n".join(lines),
        choices=(*_unit_rows(shown, "seat-unit"), *_navigation("seat-list", page, pages)),
        marks="letters",
        hint=general.hint_letters(),
    )


def unit_card(
    unit: Unit, holders: Sequence[Sitting], waiting: Sequence[Sitting], past: Sequence[Sitting], roles: Sequence[Role]
) -> Outgoing:
    """One unit: who sits there, who wants to, who did. `past`: newest first; `roles`: that may be invited."""
    lines = [unit.name]
    if not any(one.role is Role.FOCAL for one in holders):
        lines.append(texts.nobody_line())
    lines += [texts.holder_line(one.role, one.person, one.channels, one.since) for one in holders]
    lines += [texts.waiting_line(one.role, one.person, one.since) for one in waiting]
    lines += [texts.past_line(one.role, one.person, one.since, one.until or one.since) for one in past[:PAST_SHOWN]]
    if len(past) > PAST_SHOWN:
        lines.append(texts.earlier(len(past) - PAST_SHOWN))
    own = [Choice(label=texts.OPEN_REQUESTS, action=("seat-waiting", "0"))] if waiting else []
    own += [Choice(label=texts.END_SEAT, action=("seat-end", str(unit.id)))] if holders else []
    own += [Choice(label=texts.BACK_TO_LIST, action=("seat-list", "0"))]
    rows = (*_invite_rows(unit, roles), *((choice,) for choice in own))
    return Outgoing(text="\n".join(lines), choices=rows, hint=general.hint_digits())


# Ending and handing over


def end_whose(unit: Unit, holders: Sequence[Sitting]) -> Outgoing:
    """Several people sit there: who leaves?"""
    rows = tuple(
        (Choice(label=f"{address.full(one.person)} ({address.title(one.role)})", action=("seat-end-who", str(one.seat_id))),)
        for one in holders
    )
    return Outgoing(text=texts.end_whose(unit.name), choices=(*rows, _keep_row()), hint=general.hint_digits())


def end_surely(leaving: Sitting) -> Outgoing:
    """Second confirmation before a seat ends."""
    agree = Choice(label=texts.AGREE, action=("seat-end-yes", str(leaving.seat_id)), words=keywords.END_SEAT)
    return Outgoing(
        text=texts.end_surely(leaving.person, leaving.role, leaving.unit.name),
        choices=((agree, *_keep_row()),),
        hint=general.hint_digits(),
    )


def hand_over(person: Person, units: Sequence[Unit], coordinator: str) -> Outgoing:
    """/doi: make the invite for the successor, after asking."""
    if len(units) == 1:
        make = Choice(label=texts.MAKE_INVITE, action=("handover-invite", str(units[0].id)), words=keywords.HAND_OVER)
        text, rows = texts.hand_over(person, units[0].name, coordinator), ((make, *_keep_row()),)
        return Outgoing(text=text, choices=rows, hint=general.hint_digits())
    return Outgoing(
        text=texts.hand_over_which(),
        choices=(*_unit_rows(units, "handover-invite"), _keep_row()),
        marks="letters",
        hint=general.hint_letters(),
    )


# Parts


def paged(items: Sequence[T], page: int) -> tuple[Sequence[T], int]:
    """The items of a page (the last one when there are not so many) and how many pages there are."""
    pages = max(1, -(-len(items) // PAGE))
    at = min(max(page, 0), pages - 1) * PAGE
    return items[at : at + PAGE], pages


def _invitation(body: str, role: Role, unit: Unit, code: str, link_base: str, until: datetime) -> tuple[Outgoing, ...]:
    link = link_base + code if link_base else ""
    return (
        Outgoing(text=texts.invite_made(role, unit.name, until)),
        Outgoing(text=f"{body}\n{texts.ways_in(link, code)}"),
    )


def _invite_rows(unit: Unit, roles: Sequence[Role]) -> tuple[tuple[Choice, ...], ...]:
    return tuple((Choice(label=texts.invite_label(role), action=("invite-make", str(unit.id), role.value)),) for role in roles)


def _unit_rows(units: Sequence[Unit], action: str) -> tuple[tuple[Choice, ...], ...]:
    choices = [Choice(label=unit.short, action=(action, str(unit.id)), words=(unit.code, *unit.aliases)) for unit in units]
    return tuple(tuple(choices[at : at + 2]) for at in range(0, len(choices), 2))


def _navigation(action: str, page: int, pages: int) -> tuple[tuple[Choice, ...], ...]:
    page = min(max(page, 0), pages - 1)
    row = []
    if page > 0:
        row.append(Choice(label=texts.PREVIOUS_PAGE, action=(action, str(page - 1)), words=keywords.BACK))
    if page < pages - 1:
        row.append(Choice(label=texts.NEXT_PAGE, action=(action, str(page + 1)), words=keywords.ON))
    return (tuple(row),) if row else ()


def _keep_row() -> tuple[Choice, ...]:
    return (Choice(label=texts.KEEP, action=("seat-keep",), words=keywords.KEEP),)
