"""Who is away, from when to when, and who stands in. Absence is never silence: it is said as what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=185)
"""Whoever is away for longer hands the seat over (maternity leave is six months: Bộ luật Lao động 2019, Điều 139)."""


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Days a person is away, both counted. `by_id`: who declared it."""

    id: int
    person_id: int
    from_: date
    until: date
    stand_in_id: int | None
    by_id: int

    def covers(self, day: date) -> bool:
        """Whether the person is away that day."""
        return self.from_ <= day <= self.until


class Refusal(StrEnum):
    """Why these days will not do."""

    OVER = "over"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"


def refuse(from_: date, until: date, today: date) -> Refusal | None:
    """Why nobody can be away on these days."""
    if until < from_:
        return Refusal.BACKWARDS
    if until < today:
        return Refusal.OVER
    return Refusal.TOO_LONG if until - from_ > LONGEST else None
