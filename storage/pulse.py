"""Is the work being done? Asked of the database: how late what is due is, not whether a process lives (R18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import col

from bot.chat.messages import PlatformName
from bot.domain.calendar import WorkCalendar
from storage import backup, gaps
from storage.store import Store
from storage.tables import InboxRow, MessageRow

LATE = timedelta(minutes=10)
DEAF = timedelta(minutes=3)
"""A poll lasts half a minute and is noted once a minute."""
TICKLESS = timedelta(minutes=3)
BACKUP_LATE = timedelta(hours=26)


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Figures of this moment; ages are None where there is nothing to be old.

    Attributes:
        due_late: how long the longest-waiting message that may be sent now has been allowed to go.
        inbox_late: how long the oldest update that may be handled now has waited.
        messages, updates: how many are in each state.
        polled: age of the last sign of each platform.
        backed_up: age of the newest backup; None when there is none.
        ticked: age of the last tick; None when this process does not tick.
        running: how long this process has been at it; nothing is late before it could be in time.
    """

    due_late: timedelta | None
    inbox_late: timedelta | None
    messages: dict[str, int]
    updates: dict[str, int]
    polled: dict[str, timedelta | None]
    backed_up: timedelta | None
    ticked: timedelta | None
    running: timedelta

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong, as words for alarms; empty when all is well."""
        found = []
        if self.due_late is not None and self.due_late > LATE:
            found.append("messages-late")
        if self.inbox_late is not None and self.inbox_late > LATE:
            found.append("updates-late")
        found += [f"deaf-{name}" for name, age in self.polled.items() if _least(age, self.running) > DEAF]
        if _least(self.backed_up, self.running) > BACKUP_LATE:
            found.append("backup-old")
        if _least(self.ticked, self.running) > TICKLESS:
            found.append("tick-late")
        return tuple(found)


def feel(
    store: Store,
    now: datetime,
    calendar: WorkCalendar,
    data: Path,
    platforms: tuple[PlatformName, ...],
    *,
    ticked_at: datetime | None,
    started_at: datetime,
    sqlite: bool = True,
) -> Pulse:
    """The pulse now. Without SQLite backups are somebody else's work and count as fresh."""
    newest = backup.newest(data / backup.FOLDER) if sqlite else now
    return Pulse(
        due_late=_due_late(store, now, calendar, platforms),
        inbox_late=_inbox_late(store, now),
        messages=store.outbox.counts(),
        updates=_updates(store),
        polled={name: _age(now, gaps.last_heard(store, name)) for name in platforms},
        backed_up=_age(now, newest),
        ticked=_age(now, ticked_at),
        running=max(now - started_at, timedelta()),
    )


def _due_late(store: Store, now: datetime, calendar: WorkCalendar, platforms: tuple[PlatformName, ...]) -> timedelta | None:
    """Only what nothing holds back counts: no pause of the platform, no closed office, no other message shortly before."""
    open_ = calendar.is_office_time(now)
    opened = calendar.moment(calendar.today(now), calendar.office_hours.opens)
    waits = []
    for message_id in store.outbox.sendable(now, pushes=open_, platforms=frozenset(platforms)):
        row = store.session.get(MessageRow, message_id)
        if row is not None:
            since = max(row.not_before, row.queued_at)
            if row.kind == "push":
                since = max(since, opened, store.outbox.heard_until(row.person_id, now))
            waits.append(now - since)
    return max(waits, default=None)


def _inbox_late(store: Store, now: datetime) -> timedelta | None:
    query = select(func.min(col(InboxRow.not_before))).where(col(InboxRow.state) == "new", col(InboxRow.not_before) <= now)
    oldest = store.session.execute(query).scalar_one()
    return now - oldest if oldest is not None else None


def _updates(store: Store) -> dict[str, int]:
    query = select(col(InboxRow.state), func.count(col(InboxRow.id))).group_by(col(InboxRow.state))
    return {row[0]: row[1] for row in store.session.execute(query)}


def _least(age: timedelta | None, running: timedelta) -> timedelta:
    return running if age is None else min(age, running)


def _age(now: datetime, at: datetime | None) -> timedelta | None:
    return max(now - at, timedelta()) if at is not None else None
