"""The screens before a coordinator types a unit's paper report."""

from __future__ import annotations

from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.reports import Report
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import behalf as texts
from bot.texts import general, reporting, wording
from bot.views.extending import STOP
from bot.views.reporting import Target


def number(at: Target, text: str) -> Outgoing:
    """Which document?"""
    skip = Choice(label=texts.NO_NUMBER, action=("behalf-number", *at))
    return Outgoing(text=text, choices=((skip, STOP),), marks="letters", hint=general.hint_letters())


def day(at: Target, text: str, today: date, yesterday: date) -> Outgoing:
    """Of which day?"""
    days = tuple(
        Choice(label=wording.capitalised(wording.relative_day(day, today)), action=("behalf-day", *at, day.isoformat()))
        for day in (today, yesterday)
    )
    skip = Choice(label=texts.NO_DAY, action=("behalf-day", *at, ""))
    return Outgoing(text=text, choices=(days, (skip, STOP)), marks="letters", hint=general.hint_letters())


def for_unit(person: Person, unit: Unit, round_: Round, report: Report, office: Office) -> Outgoing:
    """For the unit."""
    look = Choice(label=reporting.BACK_TO_REVIEW, action=("report-review", str(unit.id), str(round_.id)))
    return Outgoing(text=texts.for_unit(person, unit, round_, report, office), choices=((look,),), hint=general.hint_digits())
