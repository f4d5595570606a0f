"""What the messages to come would be with another table of days, other hours or another ladder: shown before it is decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain import shifts
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.rounds import Round
from bot.domain.shifts import Shift
from storage import ahead
from storage.store import Store

BEFORE = timedelta(days=45)
"""What a change moves into the past is said at once; so one looks back as far as a rung is ever moved."""
AHEAD = timedelta(days=366)


def moved(
    store: Store,
    now: datetime,
    *,
    before: tuple[Office, WorkCalendar],
    after: tuple[Office, WorkCalendar],
    changed: Callable[[Round], Round] = lambda round_: round_,
) -> tuple[Shift, ...]:
    """The messages of the coming year that move. `changed`: a round as it would be."""
    start, end = now - BEFORE, now + AHEAD
    old = ahead.planned(store, start, end, *before)
    new = ahead.planned(store, start, end, *after, changed=changed)
    return shifts.shifts(old, new, now, after[0])
