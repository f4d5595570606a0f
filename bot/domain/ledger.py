"""The proof ledger: for each unit everything that was said to it unasked, or will be, and what became of each message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Person
from bot.domain.units import Unit


class Occasion(StrEnum):
    """Why something is said."""

    LADDER = "ladder"
    WOKEN = "woken"  # the end of a snooze
    NOW = "now"  # a coordinator asked for it
    ESCALATION = "escalate"
    RETURN = "return"
    ACCEPT = "accept"
    EXTENSION = "extend"
    BEHALF = "behalf"  # figures were typed for the unit
    EXCERPT = "excerpt"
    BROADCAST = "broadcast"


class Fate(StrEnum):
    """What became of it; exactly one of these."""

    COMING = "coming"  # planned, not due yet
    WAITING = "waiting"  # in the outbox
    SENT = "sent"  # the platform gave a message id
    DOUBTFUL = "doubtful"  # may have arrived twice or not at all; not said a third time
    HELD = "held"  # not sent for want of room on Zalo
    UNREACHABLE = "unreachable"
    FAILED = "failed"  # our defect
    TAKEN_BACK = "taken_back"  # no longer true before it left
    COVERED = "covered"  # a later reminder took its place
    SNOOZED = "snoozed"  # the officer had asked to be left alone until later
    ABSENT = "absent"
    NOBODY = "nobody"


class Why(StrEnum):
    """Why a message did not arrive, as far as the platform says."""

    BLOCKED = "blocked"
    GONE = "gone"  # the account is deactivated or unknown
    NOT_STARTED = "not_started"
    QUOTA = "quota"
    OVERTAKEN = "overtaken"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Message:
    """What became of a message. `person_id`: whom it was for; `why` only where it did not arrive."""

    fate: Fate
    platform: str
    person_id: int | None
    queued_at: datetime
    sent_at: datetime | None = None
    why: Why | None = None

    @property
    def arrived(self) -> bool:
        """Whether the platform proved it."""
        return self.fate is Fate.SENT


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing said, or to be said, to one unit.

    Attributes:
        at: when it fell due, was asked for, or will fall due (UTC).
        detail: the rung's key, the role told, the point's id, or the broadcast's words.
        by: who asked for it; None for the program itself.
        read_at: when somebody there tapped "Đã đọc", where that can be tapped.
        answered_at: when the unit first answered something after it, before the next message.
    """

    unit: Unit
    at: datetime
    occasion: Occasion
    detail: str
    fate: Fate
    person: Person | None = None
    platform: str = ""
    by: Person | None = None
    sent_at: datetime | None = None
    read_at: datetime | None = None
    answered_at: datetime | None = None
    why: Why | None = None


@dataclass(frozen=True, kw_only=True)
class Tally:
    """One unit's messages counted."""

    unit: Unit
    sent: int
    coming: int
    missed: int


MISSED = (Fate.DOUBTFUL, Fate.HELD, Fate.UNREACHABLE, Fate.FAILED, Fate.NOBODY)


def tally(unit: Unit, entries: Sequence[Entry]) -> Tally:
    """How many arrived, are still to come, or could not be said. Absence is none of these."""
    return Tally(
        unit=unit,
        sent=sum(entry.fate is Fate.SENT for entry in entries),
        coming=sum(entry.fate in (Fate.COMING, Fate.WAITING) for entry in entries),
        missed=sum(entry.fate in MISSED for entry in entries),
    )


def with_answers(entries: Sequence[Entry], answered: Sequence[datetime]) -> tuple[Entry, ...]:
    """The entries in order, each with the first answer the unit gave after it and before the next message."""
    ordered = sorted(entries, key=lambda entry: entry.at)
    said = sorted(entry.sent_at for entry in ordered if entry.sent_at is not None)
    found: list[Entry] = []
    for entry in ordered:
        if entry.sent_at is None:
            found.append(entry)
            continue
        after = entry.sent_at
        following = next((at for at in said if at > after), None)
        first = next((at for at in sorted(answered) if at >= after and (following is None or at < following)), None)
        found.append(replace(entry, answered_at=first))
    return tuple(found)


def why(reason: str) -> Why:
    """What a platform's sentence means. Unknown ones are not guessed at."""
    said = reason.casefold()
    if "quota" in said:
        return Why.QUOTA
    if "blocked" in said:
        return Why.BLOCKED
    if "deactivated" in said or "user not found" in said:
        return Why.GONE
    if "chat not found" in said or "initiate" in said:
        return Why.NOT_STARTED
    return Why.OVERTAKEN if "no longer true" in said else Why.OTHER
