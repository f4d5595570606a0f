"""When to try a message again that was certainly not sent."""

from __future__ import annotations

from datetime import timedelta

LONGEST = timedelta(minutes=10)


def delay(attempts: int, asked: timedelta | None) -> timedelta:
    """How long to wait after the given attempt (1 = the first): what the platform asked for plus a second (calling earlier
    prolongs a Telegram 429), else 1, 2, 4 … s up to ten minutes."""
    if asked is not None:
        return asked + timedelta(seconds=1)
    return min(timedelta(seconds=2 ** min(attempts - 1, 10)), LONGEST)
