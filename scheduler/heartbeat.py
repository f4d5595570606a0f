"""The only place that knows APScheduler: it wakes us, nothing more. What is due is asked of the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger


def start(beats: dict[str, tuple[float, Callable[[], Awaitable[None]]]]) -> AsyncIOScheduler:
    """Call each function every so many seconds. A late beat still runs (the default drops what is 1 s late), several
    missed ones run once, none overlaps itself."""
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1})
    for name, (seconds, beat) in beats.items():
        scheduler.add_job(beat, IntervalTrigger(seconds=seconds, timezone=UTC), id=name)
    scheduler.start()
    return scheduler
