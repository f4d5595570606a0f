"""Erasing people: approved requests when the farewell has left, and who left so long ago that they are not kept any more.

Tombstone first, then the database, its files, old copies.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.requests import RequestState
from storage import clearing, erasing, jobs, oldcopies, sweeping, tombstones
from storage.database import Database
from storage.store import Store

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)
"""How long the farewell may take; who cannot be reached is erased all the same."""


class Erasing:
    """Runs inside the tick."""

    def __init__(
        self, database: Database, data: Path, now: Callable[[], datetime], keep: clearing.Retention | None = None
    ) -> None:
        self._database = database
        self._data = data
        self._now = now
        self._keep = keep or clearing.Retention()

    async def start(self) -> None:
        """After a restore: whoever was erased since the backup is erased again, before anything is said to anybody."""
        marks = await asyncio.to_thread(tombstones.read, self._data)
        if marks and (again := await self._database.turn(lambda store: tombstones.replay(store, marks, self._now()))):
            log.warning("erased again after a restore people=%s", again)
            await self._afterwards(marks)

    async def tick(self) -> None:
        """Carry out what is due. Raises CannotStore, OSError."""
        due = await self._database.turn(lambda store: [*_due(store, self._now()), *_gone(store, self._now(), self._keep)])
        for request_id, person_id, mark in due:
            await asyncio.to_thread(tombstones.note, self._data, mark, self._now())
            await self._database.turn(lambda store, r=request_id, p=person_id: _carry_out(store, r, p, self._now()))  # type: ignore[misc]
            log.info("erased person=%s request=%s", person_id, request_id)
        if due:
            await self._afterwards(await asyncio.to_thread(tombstones.read, self._data))

    async def _afterwards(self, marks: tuple[str, ...]) -> None:
        """What stood in freed pages, in files, in documents made meanwhile and in backups."""
        await self._database.turn(lambda store: sweeping.dropped(store, self._data))
        waiting = await self._database.turn(lambda store: store.jobs.folders(self._now()))
        await asyncio.to_thread(_remove_documents, self._data, waiting)
        await self._database.vacuum()
        changed = await asyncio.to_thread(oldcopies.erase, self._data, marks, self._now())
        log.info("erased from old copies copies=%s", changed)


def _due(store: Store, now: datetime) -> list[tuple[int | None, int, str]]:
    """(request, person, mark) of those approved whose farewell has ended, one way or another."""
    found: list[tuple[int | None, int, str]] = []
    for request in store.requests.all(RequestState.APPROVED):
        decided = store.requests.decided_at(request.id)
        if not erasing.awaits_words(store, request.person_id) or decided is None or now - decided > PATIENCE:
            found.append((request.id, request.person_id, erasing.mark(store, request.person_id)))
    return found


def _gone(store: Store, now: datetime, keep: clearing.Retention) -> list[tuple[int | None, int, str]]:
    """The same of those nobody asked about; a request of theirs ends with it."""
    return [(None, person_id, erasing.mark(store, person_id)) for person_id in clearing.gone(store, now, keep)]


def _carry_out(store: Store, request_id: int | None, person_id: int, now: datetime) -> None:
    store.audit.acting("program", now)
    if request_id is not None:
        store.requests.decide(request_id, RequestState.DONE, by=None, now=now)
    erasing.erase(store, person_id, now)


def _remove_documents(data: Path, waiting: set[str]) -> None:
    """Reports and lists name people; whoever still needs one can ask for it again."""
    for folder in (data / jobs.FOLDER).glob("*"):
        if folder.relative_to(data).as_posix() not in waiting:
            shutil.rmtree(folder, ignore_errors=True)
