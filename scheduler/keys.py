"""What the program says by itself, named so that a database restored from a backup still knows what it said since.

Codes, never our ids: an id given out again after a restore may mean something else.
"""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import quote

from bot.domain.ladder import Rung
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from storage.reminders import Snooze


def reminder(plan: Plan, round_: Round, unit: Unit, rung: Rung | None, snooze: Snooze | None) -> str:
    """One rung for one unit; without a rung the end of a snooze (its id tells two wishes for the same day apart)."""
    if rung is not None:
        return _key("rung", plan.code, round_.year, round_.code, unit.code, round_.last_day, rung.key)
    assert snooze is not None
    return _key("woken", plan.code, round_.year, round_.code, unit.code, snooze.until, snooze.id)


def excerpt(plan: Plan, unit: Unit, on: date) -> str:
    """A unit's excerpt of one day."""
    return _key("excerpt", plan.code, unit.code, on)


def digest(plan: Plan, round_: Round, person: Person, on: date) -> str:
    """A coordinator's digest of one day."""
    return _key("digest", plan.code, round_.year, round_.code, on, person.id)


def weekly(plan: Plan, round_: Round, person: Person, on: date) -> str:
    """A leader's digest of one week."""
    return _key("weekly", plan.code, round_.year, round_.code, on, person.id)


def desk(person: Person, on: date) -> str:
    """A coordinator's list of the difficulties that wait, of one week."""
    return _key("desk", on, person.id)


def resend(person: Person, since: datetime, until: datetime) -> str:
    """The question what a person sent in a gap."""
    return _key("resend", since.isoformat(), until.isoformat(), person.id)


def _key(*parts: object) -> str:
    """Neither a space nor a slash of a plan's own codes may look like one of ours."""
    return "/".join(quote(str(part), safe=":") for part in parts)
