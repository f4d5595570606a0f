"""The screens of the office's own days off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.domain.calendar import SpecialDay
from bot.texts import correcting, general, keywords, paging
from bot.texts import days_off as texts
from bot.views.paging import MOST, pages, rows, turning, within

ROOM = 1300
STOP = Choice(label=correcting.STOP, action=("days-drop",), words=correcting.STOP_WORDS)


def listed(days: Sequence[SpecialDay], common: Sequence[tuple[date, str]], page: int, *, edits: bool) -> Outgoing:
    """The table from today on, and what can be done with it."""
    lines = [texts.line(day) for day in days] or [texts.none()]
    written = pages([*texts.head(common), *lines], ROOM)
    page = within(page, len(written))
    add = (
        Choice(label=texts.ADD_OFF, action=("days-add", "off")),
        Choice(label=texts.ADD_WORK, action=("days-add", "work")),
    )
    remove = (Choice(label=texts.REMOVE, action=("days-which", "0")),) if days else ()
    choices = (*turning(("days",), page, len(written)), add, *((remove,) if remove else ()))
    return _lettered(written[page] + paging.place(page, len(written)), choices, edits=edits)


def which(days: Sequence[SpecialDay], page: int) -> Outgoing:
    """Which entry is to go?"""
    many = max(1, -(-len(days) // MOST))
    page = within(page, many)
    here = [
        Choice(label=texts.label(day), action=("days-remove", day.on.isoformat()))
        for day in days[page * MOST : (page + 1) * MOST]
    ]
    choices = (*rows(here), *turning(("days-which",), page, many), (STOP,))
    return _lettered(texts.which() + paging.place(page, many), choices, edits=True)


def ask(text: str, problem: str = "") -> Outgoing:
    """A question answered in words; the answer may begin with a figure."""
    return _lettered(f"{problem}\n\n{text}" if problem else text, ((STOP,),))


def surely(text: str) -> Outgoing:
    """The second question before anything is written."""
    yes = Choice(label=texts.APPLY, action=("days-apply",), words=keywords.APPLY)
    no = Choice(label=texts.DROP, action=("days-drop",), words=keywords.DROP)
    return Outgoing(text=text, choices=((yes, no),), hint=general.hint_digits())


def done(text: str) -> Outgoing:
    """What was done, and the way back."""
    return _lettered(text, ((Choice(label=texts.LIST, action=("days", "0")),),))


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...], *, edits: bool = False) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters(), edits=edits)
