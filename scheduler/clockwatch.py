"""May the clock be believed? A clock set ahead by a month would fire a month of reminders at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.clock import awake

log = logging.getLogger(__name__)

# Somebody set the clock, or the machine woke up with a wrong one. Daylight saving does not move UTC.
JUMP = timedelta(hours=6)

# What two right clocks may differ by, the age of an HTTP date included.
AGREES = timedelta(minutes=2)

# A clock nobody can confirm (no platform answers) is believed after running on steadily for this long, in real seconds.
STEADY = 600.0


class ClockWatch:
    """Compares the clock that can be set with one that cannot, tick by tick, and with the platforms' own when it jumped.

    While `hold` is true nothing unasked is said; answers to people are not held.
    """

    def __init__(self, real: Callable[[], float] = awake) -> None:
        self._real = real
        self._last: tuple[datetime, float] | None = None
        self._jumped: float | None = None

    @property
    def hold(self) -> bool:
        """Whether the clock jumped and nothing has confirmed it yet."""
        return self._jumped is not None

    def look(self, now: datetime, theirs: Iterable[tuple[datetime, float] | None]) -> None:
        """One tick. `theirs`: the date each platform last put on an answer and when it came, in our `real` seconds, or None."""
        real = self._real()
        ahead = [now - their[0] - timedelta(seconds=real - their[1]) for their in theirs if their is not None]
        moved = timedelta() if self._last is None else now - self._last[0] - timedelta(seconds=real - self._last[1])
        wrong = max((moved, *ahead), key=abs)
        if self._jumped is None and abs(wrong) > JUMP:
            log.error("the clock is in doubt: unasked messages are held hours=%.1f", wrong / timedelta(hours=1))
            self._jumped = real
        elif abs(moved) > JUMP:
            self._jumped = real
        self._last = (now, real)
        if self._jumped is not None and self._confirmed(ahead, real - self._jumped):
            log.warning("the clock is believed again")
            self._jumped = None

    def _confirmed(self, ahead: list[timedelta], seconds: float) -> bool:
        if ahead:
            return all(abs(one) <= AGREES for one in ahead)
        return seconds >= STEADY
