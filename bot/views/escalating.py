"""The screens of escalating an overdue report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.people import Role
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import escalating as texts
from bot.texts import general, keywords, paging, reporting, summary
from bot.views.extending import STOP
from bot.views.paging import rows, turning, within

ON_A_PAGE = 7


def listed(head: str, lines: Sequence[tuple[str, Unit, Role | None]], round_: Round, page: int, *, edits: bool) -> Outgoing:
    """Every unit that is so late, with the step that would be next."""
    many = max(1, -(-len(lines) // ON_A_PAGE))
    page = within(page, many)
    here = lines[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    choices = [
        Choice(
            label=texts.step_label(unit, step),
            action=("escalate-show", str(unit.id), str(round_.id), step.value),
            words=(unit.short,),
        )
        for _, unit, step in here
        if step is not None
    ]
    text = "\n".join([head + paging.place(page, many), "", *(line for line, _, _ in here)])
    return Outgoing(
        text=text,
        choices=(*rows(choices, wide=2), *turning(("escalate", str(round_.id)), page, many)),
        marks="letters",
        hint=general.hint_letters(),
        edits=edits,
    )


def preview(text: str, unit: Unit, round_: Round, step: Role) -> Outgoing:
    """Before it goes."""
    at = (str(unit.id), str(round_.id))
    send = Choice(label=texts.APPROVE, action=("escalate-send", *at, step.value), words=keywords.ESCALATE)
    return Outgoing(text=text, choices=((send, STOP),), marks="letters", hint=general.hint_letters())


def for_person(text: str, unit: Unit, round_: Round, step: Role) -> Outgoing:
    """For the deputy, who may answer, or the leader, who may look."""
    at = (str(unit.id), str(round_.id))
    if step is Role.DEPUTY:
        first = Choice(label=reporting.BEGIN, action=("report-begin", *at))
    else:
        first = Choice(label=summary.ANSWERS, action=("summary-unit", *at, "0"))
    difficulty = Choice(label=reporting.DIFFICULTY, action=("difficulty", *at))
    return Outgoing(text=text, choices=((first, difficulty),), hint=general.hint_digits())
