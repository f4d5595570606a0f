"""What was asked for in a chat and takes tenths of a second: read in one turn, made in a thread, sent in another turn.

Nothing is lost by dying half-way: a job waits until the turn that queues its answer, so it is simply made again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot.chat.messages import Outgoing
from bot.domain.office import Office
from bot.texts import exporting as texts
from bot.waking import Wake
from scheduler import exports, owndata
from scheduler.work import Around, Prepare, Work
from storage import entitled, jobs, offices
from storage.database import Database
from storage.jobs import Job, Kind
from storage.store import Store

log = logging.getLogger(__name__)

KEPT = timedelta(hours=24)
"""How long a rendered file lies on our disk; a link to it lasts no longer."""

MOST_ATTEMPTS = 3
"""A job that ended the process this often is given up."""

KINDS: Mapping[str, Prepare] = {**exports.KINDS, Kind.OWN_DATA: owndata.prepare}


class Rendering:
    """Does the jobs, one after the other. `wake` is set when there may be one."""

    def __init__(self, database: Database, data: Path, office: Office, now: Callable[[], datetime]) -> None:
        self._database = database
        self._data = data
        self._office = office
        self._now = now
        self.wake = Wake()
        self.said: Callable[[], None] = lambda: None

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self.wake.clear()
            try:
                while await self._one():
                    self.said()
            except Exception as error:  # the database cannot be had for a moment: the job still waits
                log.exception("rendering failed error=%s", type(error).__name__)
            await self.wake.sleep()

    @property
    def asleep(self) -> bool:
        """Whether nothing is being made."""
        return self.wake.asleep

    def done(self, store: Store) -> bool:
        """Whether nothing waits to be made."""
        return store.jobs.idle()

    async def tidy(self) -> None:
        """Delete what was rendered more than a day ago, and what no job knows of."""
        since = self._now() - KEPT
        needed = await self._database.turn(lambda store: store.jobs.folders(since))
        await asyncio.to_thread(_tidy, self._data / jobs.FOLDER, {Path(path).name for path in needed})

    async def _one(self) -> bool:
        begun = await self._database.turn(self._begin)
        if begun is None:
            return False
        job, work = begun
        if work is None:
            await self._database.turn(lambda store: self._end(store, job, None))
            return True
        try:
            finish = await asyncio.to_thread(work, self._data)
        except Exception as error:
            log.exception("job failed kind=%s job=%s error=%s", job.kind, job.id, type(error).__name__)
            await self._database.turn(lambda store: self._end(store, job, None))
            return True
        await self._database.turn(lambda store: self._end(store, job, finish(store)))
        return True

    def _begin(self, store: Store) -> tuple[Job, Work | None] | None:
        """The next job and what there is to do; None for one that must not or cannot be done (any more)."""
        job = store.jobs.begin()
        if job is None:
            return None
        prepare = KINDS.get(job.kind)
        if prepare is None or not entitled.may_have(store, job.kind, job.person_id) or job.attempts > MOST_ATTEMPTS:
            return job, None
        around = Around(now=self._now(), office=offices.standing(store, self._office))
        store.audit.acting(job.person_id, around.now)
        try:
            return job, prepare(store, job, around)
        except (KeyError, ValueError, LookupError) as error:
            log.warning("job cannot be prepared kind=%s job=%s error=%s", job.kind, job.id, type(error).__name__)
            return job, None

    def _end(self, store: Store, job: Job, messages: list[Outgoing] | None) -> None:
        """The answer and the end of the job in one transaction. None: it failed, which is told to who still coordinates."""
        now = self._now()
        store.audit.acting(job.person_id, now)
        if messages is None and any(person.id == job.person_id for person in store.people.coordinators()):
            store.outbox.add(job.chat, Outgoing(text=texts.failed(job.kind)), now=now, kind="notice", person_id=job.person_id)
        for message in messages or ():
            store.outbox.add(job.chat, message, now=now, kind="notice", person_id=job.person_id)
        store.jobs.end(job.id, done=messages is not None, now=now)


def _tidy(folder: Path, needed: set[str]) -> None:
    with contextlib.suppress(FileNotFoundError):
        for found in folder.iterdir():
            if found.name not in needed:
                shutil.rmtree(found, ignore_errors=True)
