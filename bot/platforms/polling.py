"""How a poll loop bears faults: wait longer each time, and tell a passing fault from a lasting one."""

from __future__ import annotations

import asyncio
import random


class Backoff:
    """Waits that double from `first` to `most` seconds, each shortened by up to half so that two bots do not march in step."""

    def __init__(self, first: float = 1.0, most: float = 30.0) -> None:
        self._first, self._most = first, most
        self._next = first

    def reset(self) -> None:
        """The platform answered: start again from the shortest wait."""
        self._next = self._first

    async def wait(self, most: float | None = None) -> None:
        """Wait, longer than the last time, but never longer than `most` seconds if given."""
        seconds = self._next if most is None else min(self._next, most)
        self._next = min(self._next * 2, self._most)
        await asyncio.sleep(seconds * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, not a secret


class Spell:
    """The same fault again and again: lasting once its first and latest occurrence lie `patience` seconds apart.

    A success in between does not end it (two readers of one bot take turns); `patience` seconds without the fault do.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._first = self._latest = float("-inf")

    def lasts(self) -> bool:
        """Note one more occurrence now, and say whether it has gone on for too long."""
        now = asyncio.get_running_loop().time()
        if now - self._latest > self._patience:
            self._first = now
        self._latest = now
        return now - self._first >= self._patience
