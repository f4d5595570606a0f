"""What a worker sleeps on when it finds nothing to do."""

from __future__ import annotations

import asyncio
import contextlib


class Wake(asyncio.Event):
    """An event that also tells whether its one worker sleeps: nothing under way in memory, so only the database need be asked.

    The worker clears it, looks for work, and sleeps when there is none; a `set` in between is not missed.
    """

    _sleeping = False

    async def sleep(self, most: float | None = None) -> None:
        """Sleep until set, or for `most` seconds."""
        self._sleeping = True
        try:
            # Not wait_for: Python 3.11's loses a cancellation that comes together with the waking, and the bot never ends.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(most):
                    await self.wait()
        finally:
            self._sleeping = False

    @property
    def asleep(self) -> bool:
        """Whether the worker found nothing to do and was not woken since."""
        return self._sleeping and not self.is_set()
