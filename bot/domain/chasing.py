"""Asking for a report now, because a coordinator wants it: whom, and never twice in one half day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from bot.domain.standings import State
from bot.domain.summary import Summary
from bot.domain.verdicts import Stage

NOON = 12


class Group(StrEnum):
    """Whom one asks at once."""

    NOT_BEGUN = "not_begun"
    HALF_WAY = "half_way"
    RETURNED = "returned"


class Skip(StrEnum):
    """Why a unit is not asked."""

    SENT = "sent"
    ASKED = "asked"  # in this half day already
    PROMISED = "promised"  # it named a day, or asked to be reminded later
    NOBODY = "nobody"
    ABSENT = "absent"


def members(summary: Summary, group: Group) -> tuple[int, ...]:
    """Ids of the units of a group, in the plan's order."""
    match group:
        case Group.NOT_BEGUN:
            found = summary.those(State.NOT_BEGUN)
        case Group.HALF_WAY:
            found = summary.those(State.FILLING)
        case Group.RETURNED:
            found = tuple(standing for standing in summary.standings if standing.stage is Stage.RETURNED)
    return tuple(standing.unit.id for standing in found)


def owing(summary: Summary) -> tuple[int, ...]:
    """Ids of the units something is still expected of."""
    return tuple(
        s.unit.id for s in summary.standings if s.state in (State.NOT_BEGUN, State.FILLING) or s.stage is Stage.RETURNED
    )


def rung(local: datetime) -> str:
    """The name of being asked in this half day; local time. Together with round and unit it is unique, so it goes out once."""
    return f"now:{local.date().isoformat()}:{'am' if local.hour < NOON else 'pm'}"


def asks(rung: str) -> bool:
    """Whether a thing in the ledger asks for a report (and is idle once it came), rather than telling of one."""
    return rung.partition(":")[0] in ("now", "escalate")


def asked_now(rungs: Collection[str], local: datetime) -> bool:
    """Whether a unit with these rungs was asked in this half day already."""
    return rung(local) in rungs
