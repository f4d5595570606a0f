"""The screens of declaring an absence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.domain.absences import Absence
from bot.domain.people import Person
from bot.texts import absence as texts
from bot.texts import figures, general, keywords, wording
from bot.texts.address import full
from bot.views.paging import MOST, rows

STOP = Choice(label=texts.STOP, action=("absence-stop",), words=keywords.STOP)


def typed(text: str) -> Outgoing:
    """Something is to be typed."""
    return _lettered(text, ((STOP,),))


def day(text: str, days: Sequence[date], today: date) -> Outgoing:
    """Days to tap; any other may be typed."""
    choices = [
        Choice(label=wording.capitalised(wording.relative_day(day, today)), action=("absence-day", day.isoformat()))
        for day in days
    ]
    return _lettered(text, (*rows(choices, wide=2), (STOP,)))


def stand_in(text: str, people: Sequence[Person]) -> Outgoing:
    """Who is reminded meanwhile?"""
    choices = [
        Choice(label=figures.cut(full(person), texts.LABEL_ROOM), action=("absence-stand-in", str(person.id)))
        for person in people[:MOST]
    ]
    nobody = Choice(label=texts.NO_STAND_IN, action=("absence-stand-in", ""))
    return _lettered(text, (*rows(choices), (nobody, STOP)))


def confirm(text: str) -> Outgoing:
    """Once more."""
    sure = Choice(label=texts.CONFIRM, action=("absence-confirm",), words=keywords.AWAY)
    return _lettered(text, ((sure, STOP),))


def known(text: str, absence: Absence) -> Outgoing:
    """What stands there already."""
    back = Choice(label=texts.BACK, action=("absence-end", str(absence.id)))
    change = Choice(label=texts.CHANGE, action=("absence-change", str(absence.person_id)))
    return _lettered(text, ((back, change), (STOP,)))


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...]) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters())
