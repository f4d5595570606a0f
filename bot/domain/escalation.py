"""Who is told next about a report that is overdue: the officer, then the deputy, then the unit's leader.

Nothing here is said by itself: each step is proposed, and goes only when a coordinator approves it.
Source: the tone guide, sample 12 ("sau 3 ngày làm việc, gửi lãnh đạo phường, sau khi cán bộ Nội vụ bấm duyệt").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time, timedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import working_days_left
from bot.domain.people import Role

LATE_ENOUGH = 3
"""Working days after the unit's own last valid day."""
ORDER = (Role.FOCAL, Role.DEPUTY, Role.LEADER)
ANSWER_BY = time(11, 0)
"""The hour asked for on the next working day, as in sample 12."""


def late_by(last_day: date, today: date, calendar: WorkCalendar) -> int:
    """Working days a report is late, today included; 0 up to the last valid day."""
    return max(0, -working_days_left(last_day, today, calendar))


def next_step(told: Mapping[Role, date], there: Collection[Role], today: date) -> Role | None:
    """Whom to tell next.

    Args:
        told: whom this was escalated to, on which day. The officer counts as told by any reminder after the deadline.
        there: roles with somebody who can be reached and is not away.

    Nobody is told twice, nobody before those below them, and a unit hears of it from us at most once a day.
    """
    if today in told.values():
        return None
    highest = max((ORDER.index(role) for role in told if role in ORDER), default=-1)
    return next((role for role in ORDER[highest + 1 :] if role in there), None)


def answer_by(today: date, calendar: WorkCalendar) -> date:
    """The next working day."""
    return calendar.shift(today, 1)


def until_when(today: date, calendar: WorkCalendar) -> date:
    """The last working day that is over: up to its end nothing was received."""
    return calendar.previous_working(today - timedelta(days=1))
