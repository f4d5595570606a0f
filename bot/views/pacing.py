"""The screens of a round's reminder ladder."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.plan import RungSpec
from bot.domain.rounds import Round
from bot.texts import correcting, general, keywords
from bot.texts import pacing as texts
from bot.views.paging import rows

STOP = Choice(label=correcting.STOP, action=("ladder-drop",), words=correcting.STOP_WORDS)


def which(rounds: Sequence[Round]) -> Outgoing:
    """Which round?"""
    return _lettered(texts.which(), rows([Choice(label=texts.label(each), action=("ladder", str(each.id))) for each in rounds]))


def shown(text: str, round_: Round, *, amended: bool) -> Outgoing:
    """The ladder, and what can be done with it."""
    id = str(round_.id)
    ways = [
        Choice(label=texts.ADD, action=("ladder-add", id)),
        Choice(label=texts.REMOVE, action=("ladder-which", id)),
    ]
    ways += [Choice(label=texts.AS_PLANNED, action=("ladder-planned", id))] if amended else []
    return _lettered(text, rows([*ways, Choice(label=texts.HOURS, action=("/giolam",))], wide=2))


def which_rung(round_: Round, ladder: Sequence[RungSpec]) -> Outgoing:
    """Which rung is to go?"""
    choices = [
        Choice(label=texts.rung_label(rung), action=("ladder-remove", str(round_.id), rung.kind, str(rung.days)))
        for rung in ladder
    ]
    return _lettered(texts.which_rung(), (*rows(choices, wide=2), (STOP,)))


def ask(text: str, problem: str = "") -> Outgoing:
    """A question answered in words."""
    return _lettered(f"{problem}\n\n{text}" if problem else text, ((STOP,),))


def surely(text: str) -> Outgoing:
    """The second question before anything is written."""
    yes = Choice(label=texts.APPLY, action=("ladder-apply",), words=keywords.APPLY)
    no = Choice(label=texts.DROP, action=("ladder-drop",), words=keywords.DROP)
    return Outgoing(text=text, choices=((yes, no),), hint=general.hint_digits())


def done(text: str, round_: Round) -> Outgoing:
    """What was done, and the way back."""
    return _lettered(text, ((Choice(label=texts.LIST, action=("ladder", str(round_.id))),),))


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...]) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters())
