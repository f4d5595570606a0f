"""Everything a round's summary is made of: each unit with what it sent, what stands there, and what was said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.absences import Absence
from bot.domain.answers import Answer
from bot.domain.checks import Check
from bot.domain.extensions import Extension
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.reports import Report
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.domain.verdicts import Verdict


@dataclass(frozen=True, kw_only=True)
class UnitSheet:
    """One unit in one round.

    Attributes:
        report: its newest sending, or None.
        draft: its newest answers, sent or not.
        verdicts: what the coordinators said to what it sent, oldest first.
        extension: its own last valid day, if it has one.
        away: its focal person, when away, and until when.
        earlier: its answers of a round whose period this one includes.
        before: what it sent in the round before this one.
        remarks: what it said when its whole report was asked about.
    """

    unit: Unit
    report: Report | None
    draft: Mapping[str, Answer]
    verdicts: tuple[Verdict, ...] = ()
    extension: Extension | None = None
    away: tuple[Person, Absence] | None = None
    earlier: Mapping[str, Answer] = field(default_factory=dict)
    before: Mapping[str, Answer] = field(default_factory=dict)
    remarks: Mapping[Check, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything known about one round on one day: the units that must report, in the plan's order."""

    round: Round
    plan: Plan
    units: tuple[UnitSheet, ...]
