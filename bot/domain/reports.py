"""A sent report of a unit in a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.answers import Answer


class Via(StrEnum):
    """How a report came."""

    CHAT = "chat"
    PAPER = "paper"  # the unit says it went through the document system; figures may be missing


@dataclass(frozen=True, kw_only=True)
class Report:
    """The newest sending of a unit's report.

    Attributes:
        revision: 1 for the first sending, counted up by each correction.
        first_at: when revision 1 was sent (UTC); lateness is measured by it.
        at: when this revision was sent (UTC).
        answers: what it says, by question code: exactly what had been answered when it was sent.
    """

    round_id: int
    unit_id: int
    revision: int
    via: Via
    first_at: datetime
    at: datetime
    person_id: int | None
    answers: dict[str, Answer]
    paper_number: str = ""
    paper_on: date | None = None
