"""At start bring the database up to the send journal; then note when we listen, back up every hour, note the audit's head.

A gap in listening is noticed here, and whoever may have written in it is asked, once.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.chat.messages import Outgoing, PlatformName
from bot.chat.platform import Platform
from bot.clock import awake
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.texts import keeping as texts
from scheduler import keys
from storage import audit, backup, gaps
from storage.backup import Keep
from storage.database import Database
from storage.journal import Journal, replay
from storage.store import Store

log = logging.getLogger(__name__)

BACKUP_EVERY = timedelta(hours=1)
NOTE_EVERY = timedelta(minutes=1)

# A poll may take half a minute and its repeat as long; who has not been heard for longer is not being listened to. Seconds.
DEAF = 100.0


class Keeping:
    """What must be kept, and told when it was not."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        data: Path,
        platforms: Mapping[PlatformName, Platform],
        office: Office,
        now: Callable[[], datetime],
        calendar: Callable[[], WorkCalendar],
        keep: Keep | None = None,
        real: Callable[[], float] = awake,
    ) -> None:
        self._database = database
        self._journal = journal
        self._data = data
        self._platforms = platforms
        self._office = office
        self._now = now
        self._calendar = calendar
        self._keep = keep
        self._real = real
        # When each platform was heard last: what it told, and our own seconds.
        self._heard: dict[PlatformName, tuple[datetime | None, float]] = {}
        self._noted: dict[PlatformName, datetime] = {}
        self._headed: date | None = None
        self._backup: asyncio.Task[None] | None = None
        self._not_before: datetime | None = None

    @property
    def backups(self) -> Path:
        """Where backups are kept."""
        return self._data / backup.FOLDER

    async def start(self) -> None:
        """Before anything is sent: learn from the journal what went out. Raises OSError when it cannot be read."""
        await asyncio.to_thread(self._journal.compact, self._now())
        past = await asyncio.to_thread(self._journal.read)
        if past.torn:
            log.warning("send journal has unreadable lines=%s", past.torn)
        learnt = await self._database.turn(lambda store: replay(store, past))
        if learnt.settled:
            log.warning("send journal: sent after all messages=%s", learnt.settled)
        if learnt.restored:
            log.error(
                "the database was restored from a backup: deliveries it did not know of=%s incomplete messages=%s",
                learnt.remembered,
                len(learnt.incomplete),
            )

    async def listening(self) -> None:
        """The platforms are connected: if that took too long since the last time, ask for what may be lost."""
        now, real = self._now(), self._real()
        self._heard = {name: (platform.heard_at, real) for name, platform in self._platforms.items()}

        def turn(store: Store) -> int:
            for name in self._platforms:
                last = gaps.last_heard(store, name)
                if last is not None and now - last > gaps.LONGEST:
                    gaps.open_gap(store, last)
            return self._ask(store, now)

        await self._asked(turn)

    async def tick(self) -> None:
        """Everything that is due. Raises CannotStore."""
        now = self._now()
        await self._note_listening(now)
        if self._headed != self._office.day(now):
            head = await self._database.turn(lambda store: store.audit.head())
            await asyncio.to_thread(audit.note_head, self._data, head, now)
            self._headed = self._office.day(now)
        if self._backup is None and self._due(now):
            self._backup = asyncio.create_task(self._back_up(now))

    async def stop(self) -> None:
        """Let a backup under way end: a thread cannot be cancelled."""
        if self._backup is not None:
            await asyncio.wait([self._backup])

    async def _note_listening(self, now: datetime) -> None:
        real = self._real()
        deaf: list[PlatformName] = []
        listened: list[PlatformName] = []
        for name, platform in self._platforms.items():
            heard_at, since = self._heard.get(name, (None, real))
            if platform.heard_at != heard_at:
                if real - since > gaps.LONGEST.total_seconds():
                    deaf.append(name)
                since = real
                self._heard[name] = (platform.heard_at, real)
            if real - since <= DEAF and abs(now - self._noted.get(name, datetime.min.replace(tzinfo=now.tzinfo))) >= NOTE_EVERY:
                listened.append(name)

        def turn(store: Store) -> int:
            for name in deaf:
                gaps.open_gap(store, gaps.last_heard(store, name) or now)
            asked = self._ask(store, now) if deaf else 0
            for name in listened:
                gaps.heard(store, name, now)
            return asked

        if deaf or listened:
            await self._asked(turn)
            self._noted.update(dict.fromkeys(listened, now))

    async def _asked(self, turn: Callable[[Store], int]) -> None:
        if asked := await self._database.turn(turn):
            log.error("what people sent may be lost: asked people=%s", asked)

    def _ask(self, store: Store, now: datetime) -> int:
        """Ask everybody concerned by an open gap to look and send again, in office hours; how many."""
        since = gaps.gap(store)
        if since is None:
            return 0
        people = gaps.concerned(store, now, self._office, self._calendar())
        for asked in people:
            text = texts.resend(asked.person, asked.units, self._office.local(since), self._office.local(now))
            key = keys.resend(asked.person, since, now)
            store.outbox.add(asked.chat, Outgoing(text=text), now=now, kind="push", person_id=asked.person.id, key=key)
        gaps.close_gap(store)
        return len(people)

    def _due(self, now: datetime) -> bool:
        """Whether an hour has passed since the newest backup (or one lies in the future: the clock was put back)."""
        if self._database.file is None or (self._not_before is not None and now < self._not_before):
            return False
        last = backup.newest(self.backups)
        return last is None or not timedelta() <= now - last < BACKUP_EVERY

    async def _back_up(self, now: datetime) -> None:
        """In a thread, on a connection of its own; the bot goes on meanwhile."""
        assert self._database.file is not None
        began = self._real()
        try:
            done = await asyncio.to_thread(
                backup.backup, self._database.file, self.backups, now, data=self._data, keep=self._keep
            )
            log.info("backup rows=%s files=%s seconds=%.2f", sum(done.rows.values()), done.files, self._real() - began)
            if done.faulty:
                log.error("files missing or damaged files=%s", len(done.faulty))
        except (OSError, sqlite3.Error, backup.Unsound) as error:
            self._not_before = now + timedelta(minutes=10)
            log.error("backup failed error=%s", type(error).__name__)
        finally:
            self._backup = None
