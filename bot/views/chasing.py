"""The screens of reminding now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.chasing import Group
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import chasing as texts
from bot.texts import correcting, general, keywords, paging, reporting
from bot.views.extending import STOP
from bot.views.paging import rows, turning, within

ON_A_PAGE = 6
"""Units to choose from on a page, besides the ways on."""


def whom(plan: Plan, round_: Round, many: Mapping[Group, int]) -> Outgoing:
    """Whom to remind?"""
    id = str(round_.id)
    groups = [
        Choice(label=texts.group_label(group, count), action=("nudge-group", id, group.value))
        for group, count in many.items()
        if count
    ]
    choose = Choice(label=texts.CHOOSE, action=("nudge-pick", id, "0"))
    return _lettered(texts.whom(plan, round_), (*rows(groups), (choose, STOP)))


def pick(round_: Round, units: Sequence[Unit], picked: Sequence[int], text: str, page: int) -> Outgoing:
    """Which units? Tapping one again leaves it out."""
    id = str(round_.id)
    many = max(1, -(-len(units) // ON_A_PAGE))
    page = within(page, many)
    choices = [
        Choice(
            label=texts.unit_label(unit, unit.id in picked),
            action=("nudge-toggle", id, str(unit.id), str(page)),
            words=(unit.short, *unit.aliases),
        )
        for unit in units[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    ]
    on = Choice(label=texts.ON, action=("nudge-on", id))
    return _lettered(
        text + paging.place(page, many),
        (*rows(choices, wide=2), *turning(("nudge-pick", id), page, many), (on, STOP)),
        edits=True,
    )


def preview(text: str, round_: Round, many: int) -> Outgoing:
    """Before it goes."""
    send = Choice(label=texts.send_label(many), action=("nudge-send", str(round_.id)), words=keywords.SEND)
    return _lettered(text, ((send, STOP),))


def queued(text: str, round_: Round) -> Outgoing:
    """It is on its way; what becomes of it stands in the ledger."""
    ledger = Choice(label=texts.LEDGER, action=("ledger", str(round_.id), "0"))
    return _lettered(text, ((ledger,),))


def awaited(person: Person, unit: Unit, round_: Round, reason: str, office: Office) -> Outgoing:
    """A returned report has not come back, for the unit."""
    at = (str(unit.id), str(round_.id))
    choices = (
        Choice(label=correcting.LOOK, action=("report-begin", *at)),
        Choice(label=reporting.DIFFICULTY, action=("difficulty", *at)),
    )
    text = texts.awaited(person, unit, round_, reason, office)
    return Outgoing(text=text, choices=(choices,), hint=general.hint_digits())


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...], *, edits: bool = False) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters(), edits=edits)
