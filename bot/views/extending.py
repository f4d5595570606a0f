"""The screens of granting one unit a later last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import correcting, general, keywords, reporting, wording
from bot.texts import extending as texts
from bot.views.paging import rows
from bot.views.reporting import Target

STOP = Choice(label=correcting.STOP, action=("correcting-stop",), words=correcting.STOP_WORDS)


def which_day(at: Target, text: str, days: Sequence[date]) -> Outgoing:
    """Days to tap; any other may be typed."""
    choices = [
        Choice(label=wording.capitalised(wording.dated(day)), action=("extend-day", *at, day.isoformat())) for day in days
    ]
    return Outgoing(text=text, choices=(*rows(choices), (STOP,)), marks="letters", hint=general.hint_letters())


def ask_reason(text: str) -> Outgoing:
    """The reason is typed."""
    return Outgoing(text=text, choices=((STOP,),), marks="letters", hint=general.hint_letters())


def preview(text: str, at: Target, day: date) -> Outgoing:
    """Before it is granted."""
    send = Choice(label=texts.SEND, action=("extend-send", *at), words=keywords.SEND_EXTENSION)
    again = Choice(label=texts.OTHER_REASON, action=("extend-day", *at, day.isoformat()))
    return Outgoing(text=text, choices=((send,), (again, STOP)), marks="letters", hint=general.hint_letters())


def granted(person: Person, unit: Unit, round_: Round, day: date, reason: str, office: Office, *, begun: bool) -> Outgoing:
    """For the unit."""
    at = (str(unit.id), str(round_.id))
    label = reporting.RESUME if begun else reporting.BEGIN
    choices = (
        Choice(label=label, action=("report-begin", *at)),
        Choice(label=reporting.DIFFICULTY, action=("difficulty", *at)),
    )
    text = texts.granted(person, unit, round_, day, reason, office)
    return Outgoing(text=text, choices=(choices,), hint=general.hint_digits())
