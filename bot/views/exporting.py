"""Documents asked for in chat, as messages with their choices."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.texts import exporting as texts
from bot.texts import general, keywords, paging
from bot.texts.summary import round_label
from bot.views.paging import MOST, rows, turning, within
from storage.jobs import Kind

OFFERED = (Kind.WORKBOOK, Kind.REPORT, Kind.CALENDAR, Kind.PICTURES, Kind.INVITES)
PERSONAL = (Kind.WORKBOOK, Kind.INVITES)
"""They hold people's data: asked about twice."""


def which(plan: Plan, round_: Round, *, others: bool) -> Outgoing:
    """What is wanted of a round?"""
    offered = [Choice(label=texts.LABELS[kind], action=("export", kind, str(round_.id))) for kind in OFFERED]
    other = ((Choice(label=texts.OTHER_ROUND, action=("export-rounds", "0")),),) if others else ()
    return Outgoing(text=texts.which(plan, round_), choices=(*rows(offered, wide=2), *other), hint=general.hint_digits())


def which_round(found: Sequence[tuple[Plan, Round]], page: int) -> Outgoing:
    """Of which round? The newest first."""
    many = max(1, -(-len(found) // MOST))
    page = within(page, many)
    several = len({plan.code for plan, _ in found}) > 1
    shown = [
        Choice(label=round_label(plan, round_, several), action=("export-of", str(round_.id)))
        for plan, round_ in found[page * MOST : (page + 1) * MOST]
    ]
    choices = (*rows(shown), *turning(("export-rounds",), page, many))
    return Outgoing(
        text=texts.which_round() + paging.place(page, many), choices=choices, hint=general.hint_digits(), edits=True
    )


def surely(kind: Kind, round_: Round) -> Outgoing:
    """The second question before people's data leaves."""
    yes = Choice(label=texts.SURELY, action=("export-surely", kind, str(round_.id)), words=keywords.EXPORT)
    no = Choice(label=texts.NO, action=("export-no",), words=keywords.DROP)
    return Outgoing(text=texts.surely(kind, round_), choices=((yes, no),), hint=general.hint_digits())
