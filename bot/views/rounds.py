"""The screens of closing a round and opening it again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.office import Office
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.summary import Summary
from bot.texts import chasing, general, keywords
from bot.texts import rounds as texts
from bot.views.extending import STOP
from bot.views.paging import MOST, rows


def which(found: Sequence[tuple[Plan, Round]]) -> Outgoing:
    """Which round? The newest first."""
    several = len({plan.code for plan, _ in found}) > 1
    choices = [
        Choice(label=texts.label(plan, round_, several), action=("round", str(round_.id))) for plan, round_ in found[:MOST]
    ]
    return _lettered(texts.which(), rows(choices))


def preview(summary: Summary) -> Outgoing:
    """Who is missing."""
    id = str(summary.sheet.round.id)
    close = Choice(label=texts.CLOSE, action=("round-close", id))
    chase = Choice(label=chasing.CHASE, action=("nudge", id))
    ways = (close, chase) if len(summary.received) < len(summary.standings) else (close,)
    return _lettered(texts.preview(summary), (ways, (STOP,)))


def sure(summary: Summary) -> Outgoing:
    """Once more."""
    close = Choice(label=texts.SURE_CLOSE, action=("round-close-sure", str(summary.sheet.round.id)), words=keywords.CLOSE_ROUND)
    return _lettered(texts.sure(summary), ((close, STOP),))


def ask_open(round_: Round, office: Office) -> Outgoing:
    """Open it again?"""
    open_ = Choice(label=texts.SURE_OPEN, action=("round-open-sure", str(round_.id)), words=keywords.OPEN_ROUND)
    return _lettered(texts.ask_open(round_, office), ((open_, STOP),))


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...]) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters())
