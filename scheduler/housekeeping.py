"""What a tick does besides reminding: erasing, sweeping, clearing, alarms. One part that fails does not stop the others."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.requests import RequestState
from bot.texts import privacy as texts
from scheduler import alarms
from scheduler.erasing import Erasing
from storage import clearing, sweeping
from storage.clearing import Retention
from storage.database import Database
from storage.pulse import Pulse
from storage.store import Store

log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(hours=1)
LOOK_EVERY = timedelta(minutes=1)
NEARLY_FULL = 0.1
"""Free share of the disk below which people are told."""


class Housekeeping:
    """Started before anything is sent, then part of every tick."""

    def __init__(
        self,
        database: Database,
        data: Path,
        office: Office,
        now: Callable[[], datetime],
        calendar: Callable[[], WorkCalendar],
        keep: Retention | None = None,
        free: Callable[[Path], float] | None = None,
    ) -> None:
        self._database = database
        self._data = data
        self._office = office
        self._now = now
        self._calendar = calendar
        self._keep = keep or Retention()
        self._free = free or free_share
        self._erasing = Erasing(database, data, now, self._keep)
        self._swept: datetime | None = None
        self._looked: datetime | None = None

    async def start(self) -> None:
        """Whoever was erased stays erased. Raises CannotStore, OSError."""
        await self._erasing.start()
        await self._database.turn(lambda store: clearing.promise(store, self._keep))

    async def tick(self, pulse: Pulse | None = None) -> None:
        """Everything that is due; `pulse` is what alarms are about."""
        for part in (self._erasing.tick, self._sweep, self._clear, lambda: self._alarm(pulse)):
            await _alone(part)

    async def second_poller(self, platform: str) -> None:
        """Tell it while we still can."""
        now = self._now()
        await self._database.turn(lambda store: alarms.second_poller(store, platform, now, self._office))

    async def _sweep(self) -> None:
        await self._database.turn(lambda store: sweeping.dropped(store, self._data))
        now = self._now()
        if self._swept is None or not timedelta() <= now - self._swept < SWEEP_EVERY:
            self._swept = now
            if strays := await self._database.turn(lambda store: sweeping.strays(store, self._data)):
                log.warning("files no row names were deleted files=%s", strays)

    async def _clear(self) -> None:
        def turn(store: Store) -> clearing.Cleared | None:
            now = self._now()
            return clearing.clear(store, now, self._office, self._keep) if clearing.due(store, now, self._office) else None

        if cleared := await self._database.turn(turn):
            log.info(
                "cleared updates=%s messages=%s guesses=%s dialogs=%s",
                cleared.inbox,
                cleared.outbox,
                cleared.guesses,
                cleared.dialogs,
            )

    async def _alarm(self, pulse: Pulse | None) -> None:
        if self._looked is not None and timedelta() <= self._now() - self._looked < LOOK_EVERY:
            return
        self._looked = self._now()
        free = await asyncio.to_thread(self._free, self._data)

        def turn(store: Store) -> None:
            now = self._now()
            for problem in pulse.problems if pulse is not None else ():
                alarms.sound(store, problem, now)
            alarms.focal_persons(store, now, self._office)
            if free < NEARLY_FULL:
                alarms.disk(store, free, now, self._office)
            for request in store.requests.all(RequestState.OPEN):
                if request.overdue(now):
                    text = texts.digest_line(1, 1, self._office.local(request.due_at))
                    alarms.tell(store, f"request:{request.id}", text, now)

        await self._database.turn(turn)


def free_share(folder: Path) -> float:
    """How much of the disk the data lies on is free, 0 to 1."""
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total if usage.total else 1.0


async def _alone(part: Callable[[], Awaitable[None]]) -> None:
    try:
        await part()
    except Exception as error:
        log.exception("housekeeping failed error=%s", type(error).__name__)
