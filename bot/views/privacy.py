"""The screens about a person's own data, and Nội vụ's list of what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.messages import Choice, Outgoing
from bot.domain.people import Person
from bot.texts import general
from bot.texts import privacy as texts
from bot.views import paging


def choices(*, asked: bool) -> tuple[tuple[Choice, ...], ...]:
    """What can be done with one's own data, below what is stored."""
    last = (
        Choice(label=texts.WITHDRAW, action=("me-erase-withdraw",))
        if asked
        else Choice(label=texts.ERASE, action=("me-erase",))
    )
    return ((Choice(label=texts.EXPORT, action=("me-export",)),), (last,))


def erase_surely(person: Person, seats: str, coordinator: str) -> Outgoing:
    """Asked once before the request goes to Nội vụ."""
    return Outgoing(
        text=texts.erase_surely(person, seats, coordinator),
        choices=(
            (Choice(label=texts.ERASE_SURELY, action=("me-erase-yes",)),),
            (Choice(label=texts.KEEP, action=("me-erase-no",)),),
        ),
        hint=general.hint_digits(),
    )


def request(id: int, person: Person, seats: str, due: datetime) -> Outgoing:
    """One request, to be decided; `due` is local."""
    return Outgoing(
        text=texts.asked(person, seats, due),
        choices=(
            (
                Choice(label=texts.APPROVE, action=("erasure-approve", str(id))),
                Choice(label=texts.REFUSE, action=("erasure-refuse", str(id))),
            ),
        ),
        hint=general.hint_digits(),
    )


def approve_surely(id: int, person: Person, seats: str) -> Outgoing:
    """The second question."""
    return Outgoing(
        text=texts.approve_surely(person, seats),
        choices=(
            (Choice(label=texts.APPROVE_SURELY, action=("erasure-approve-surely", str(id))),),
            (Choice(label=texts.REFUSE, action=("erasure-refuse", str(id))),),
        ),
        hint=general.hint_digits(),
    )


def waiting(rows: Sequence[tuple[int, Person, datetime, bool]]) -> Outgoing:
    """The list: request, whose, due (local), whether late."""
    shown = rows[: paging.MOST]
    return Outgoing(
        text="\n".join(
            [
                texts.open_list(len(rows)),
                *(texts.row(person, due, late=late) for _, person, due, late in rows[: 3 * paging.MOST]),
            ]
        ),
        choices=paging.rows([Choice(label=person.name, action=("erasure", str(id))) for id, person, _, _ in shown]),
        hint=general.hint_digits(),
    )
