"""What Zalo allows a month, how much of it is used, and what is left unsaid when it runs short.

Zalo's basic plan: 50 people and 3,000 outgoing messages a month (README of zalo-bot-mcp and the documentation's picture of
2026-08; not verified against the service, nor when its month begins: the calendar month is assumed).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Literal

Unasked = Literal["excerpt", "digest", "reminder"]
"""What is said unasked, the dearest last. Answers to people always go."""

Held = Literal["excerpt", "digest"]
"""What is kept for all to see instead of being said late."""

WARNINGS = (80, 95)
"""At so many per cent the coordinators are told, once a month each."""


class Room(IntEnum):
    """How short it has become, by per cent used. What a step forbids stays forbidden by the later ones."""

    AMPLE = 0
    MERGED = 80  # all that is said to one person on one day is one message
    NO_EXCERPTS = 90
    NO_DIGESTS = 95
    NO_REMINDERS = 98  # the rest is kept for answers


_ENDS_AT: dict[Unasked, Room] = {"excerpt": Room.NO_EXCERPTS, "digest": Room.NO_DIGESTS, "reminder": Room.NO_REMINDERS}


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What the plan allows a month; 0 is no limit."""

    messages: int = 3000
    people: int = 50


@dataclass(frozen=True, kw_only=True)
class Quota:
    """One month on Zalo.

    Attributes:
        month: its first day.
        sent: messages Zalo took, or may have taken.
        waiting: messages queued for it.
        people: persons with a Zalo account bound.
        held: what was not said for want of room, how many of each. Reminders are never held: they wait and fall due again.
        only_zalo: once there is no room for reminders, the units nobody of whom can be reminded elsewhere, by short name.
    """

    allowance: Allowance
    month: date
    sent: int = 0
    waiting: int = 0
    people: int = 0
    held: Mapping[Held, int] = field(default_factory=dict)
    only_zalo: tuple[str, ...] = ()

    @property
    def messages_percent(self) -> int:
        """Of the month's messages; what is queued counts as used."""
        return _percent(self.sent + self.waiting, self.allowance.messages)

    @property
    def people_percent(self) -> int:
        """Of the accounts."""
        return _percent(self.people, self.allowance.people)

    @property
    def room(self) -> Room:
        """What may still be said unasked."""
        return max(room for room in Room if self.messages_percent >= room)

    def carries(self, what: Unasked) -> bool:
        """Whether there is room for one more of these."""
        return self.room < _ENDS_AT[what]


def warned(percent: int) -> int:
    """The highest warning this per cent calls for, or 0."""
    return max((level for level in WARNINGS if percent >= level), default=0)


def _percent(used: int, most: int) -> int:
    return used * 100 // most if most else 0
