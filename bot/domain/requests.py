"""What a person asks about their own data, and by when they must have an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.calendar import WorkCalendar

ANSWER_WITHIN = 2
"""Working days to answer in, once asked. Source: Nghị định 356/2025/NĐ-CP, which details Luật Bảo vệ dữ liệu cá nhân
91/2025/QH15 (and gives 20 days to have everything deleted)."""


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    APPROVED = "approved"  # the farewell is on its way; then everything goes
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class ErasureRequest:
    """A wish to have everything about oneself erased. Moments are UTC."""

    id: int
    person_id: int
    state: RequestState
    at: datetime
    due_at: datetime

    def overdue(self, now: datetime) -> bool:
        """Whether its answer is late."""
        return self.state is RequestState.OPEN and now > self.due_at


def due(now: datetime, calendar: WorkCalendar, closes: time) -> datetime:
    """The last moment for an answer: the close of the second working day after the one it came on."""
    return calendar.moment(calendar.shift(calendar.today(now), ANSWER_WITHIN), closes)
