"""What time it is: the only place that asks the machine. The sandbox's clock can be moved, the real one cannot."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


def awake() -> float:
    """Seconds on a clock nobody sets, which also counts while the machine sleeps (where there is such a clock)."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Clock:
    """Now, as aware UTC."""

    def now(self) -> datetime:
        """The moment."""
        return datetime.now(UTC)


class MovableClock(Clock):
    """A clock that can be put forward; it goes on ticking from there. Never put back: what was said stays said."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """The moment, moved."""
        return datetime.now(UTC) + self.offset

    def move_to(self, moment: datetime) -> None:
        """Go on from this moment. Raises ValueError for one that is past."""
        if moment < self.now():
            raise ValueError("the clock only goes forward")
        self.offset = moment - datetime.now(UTC)


class StoppedClock(Clock):
    """For tests: stands until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it stands at."""
        return self._moment

    def move_to(self, moment: datetime) -> None:
        """Stand somewhere later. Raises ValueError for an earlier moment."""
        if moment < self._moment:
            raise ValueError("the clock only goes forward")
        self._moment = moment.astimezone(UTC)
