"""Who waits for news, and how they are woken: without busy waiting, and at once when the room closes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.sandbox.memory import Memory
from bot.sandbox.records import Happening, PlatformName

TELEGRAM_KEEPS = timedelta(hours=24)  # core.telegram.org/bots/api#getting-updates: "not kept longer than 24 hours"


class Superseded(Exception):
    """Another poll of the same bot began: the older one is told 409."""


class Bell:
    """Wakes everyone who waits. One event loop only: `ring` is not for other threads."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now; who comes later waits for the next ring."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    async def wait(self, seconds: float) -> bool:
        """Whether it rang within `seconds`."""
        try:
            async with asyncio.timeout(max(seconds, 0)):
                await self._rung.wait()
        except TimeoutError:
            return False
        return True


class Mailbox:
    """What the bot has not yet fetched on one platform."""

    def __init__(self, memory: Memory, platform: PlatformName, now: Callable[[], datetime]) -> None:
        self._memory = memory
        self._platform = platform
        self._now = now
        self._bell = Bell()
        self._polls = 0
        self._closed = False
        self.listening = 0
        """How many polls are waiting right now: with nothing waiting for them, the bot has stored all it was given."""
        self.last: list[Happening] = []
        """What the last poll was given, for a fault that delivers it again."""

    @property
    def waiting(self) -> list[Happening]:
        """Everything not yet confirmed, oldest first."""
        return list(self._memory.queues[self._platform].values())

    def arrived(self) -> None:
        """Something new lies in the queue."""
        self._bell.ring()

    def close(self) -> None:
        """End every poll now."""
        self._closed = True
        self._bell.ring()

    def confirm(self, upto: int) -> None:
        """Forget what Telegram's `offset` confirms: every update below it. A negative one keeps only the last -offset."""
        waiting = self._memory.queues[self._platform]
        done = tuple(id for id in waiting if id < upto) if upto >= 0 else tuple(waiting)[:upto]
        if done:
            self._memory.record("confirmed", platform=self._platform, ids=done)

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[Happening]:
        """Telegram's way: all that waits, kept until a later poll confirms it. Raises Superseded in an older poll."""
        self._polls += 1
        mine = self._polls
        self._bell.ring()
        self.confirm(offset)
        self._forget_old()
        end = asyncio.get_running_loop().time() + seconds
        while True:
            if mine != self._polls:
                raise Superseded
            # An offset may lie beyond what we have ever handed out (a client's database outlived ours).
            if found := [item for item in self.waiting if offset <= 0 or item.id >= offset][:limit]:
                self.last = found
                return found
            if self._closed or not await self._heard(end - asyncio.get_running_loop().time()):
                return []

    async def take(self, *, seconds: float) -> Happening | None:
        """Zalo's way: the oldest one, gone once it is handed out; None after exactly `seconds` of silence."""
        end = asyncio.get_running_loop().time() + seconds
        while not (waiting := self.waiting):
            if self._closed or not await self._heard(end - asyncio.get_running_loop().time()):
                return None
        self._memory.record("confirmed", platform=self._platform, ids=(waiting[0].id,))
        self.last = waiting[:1]
        return waiting[0]

    async def next(self) -> Happening | None:
        """The oldest one, left in place (a webhook's courier confirms it after delivery); None once the room is closed."""
        while not (waiting := self.waiting):
            if self._closed:
                return None
            await self._bell.wait(3600)
        return None if self._closed else waiting[0]

    async def _heard(self, seconds: float) -> bool:
        self.listening += 1
        try:
            return await self._bell.wait(seconds)
        finally:
            self.listening -= 1

    async def pause(self, seconds: float) -> None:
        """Let time pass, but no longer than the room is open."""
        end = asyncio.get_running_loop().time() + seconds
        while not self._closed and (left := end - asyncio.get_running_loop().time()) > 0:
            await self._bell.wait(left)

    def _forget_old(self) -> None:
        horizon = self._now() - TELEGRAM_KEEPS
        old = tuple(item.id for item in self.waiting if item.at < horizon)
        if old:
            self._memory.record("confirmed", platform=self._platform, ids=old)
