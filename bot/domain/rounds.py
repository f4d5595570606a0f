"""A round: one report due from every unit, in one year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.plan import RungSpec


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round of a plan, armed for a year.

    Attributes:
        due: the date as the plan writes it.
        inclusive: see RoundTemplate.
        armed_on: local date it was armed; a round whose last valid day was already past then never reminds,
            and no rung from before that day ever fires.
        closed_at: when the coordinator closed it (UTC), or None.
        planned: the plan's last valid day, where this is one unit's round with an extension (bot/domain/extensions.py).
    """

    id: int
    plan_id: int
    code: str
    year: int
    title: str
    wording: str
    due: date
    inclusive: bool
    since: date
    until: date
    armed_on: date
    closed_at: datetime | None
    ladder: tuple[RungSpec, ...]
    planned: date | None = None

    @property
    def last_day(self) -> date:
        """The last valid day: "trước ngày 05/5" ends with 04/5 (the plan's own wording, read strictly)."""
        return self.due if self.inclusive else self.due - timedelta(days=1)

    @property
    def planned_last_day(self) -> date:
        """The plan's last valid day, whatever extension this unit has."""
        return self.planned or self.last_day
