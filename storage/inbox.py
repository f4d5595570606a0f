"""The inbox: every update is committed here before the platform is told we have it, and handled exactly once.

States: new -> done | dead. A row is handled in the same transaction that marks it done; one that keeps failing is set
aside (dead) so that it stops nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Executable, bindparam, func, or_
from sqlmodel import Session, col, select

from bot.chat.messages import PlatformName
from storage.tables import AddressRow, InboxRow, MetaRow, UtcDateTime

MOST_ATTEMPTS = 8

# An update begun so often without any end known killed the process each time: it is not begun again.
MOST_DEATHS = 3


@dataclass(frozen=True, kw_only=True)
class Received:
    """One waiting update. `attempts` counts this one; `deadly`: handling it killed the process again and again."""

    id: int
    platform: PlatformName
    key: str
    lane: str
    raw: dict[str, Any]
    attempts: int
    received_at: datetime
    deadly: bool = False


class Inbox:
    """Waiting, handled and set-aside updates."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, platform: PlatformName, updates: Iterable[tuple[str, str, dict[str, Any]]], now: datetime) -> int:
        """Keep updates (key, lane, raw) not seen before; how many were new. A lane (a chat) is handled in order."""
        new = 0
        key = ""
        for key, lane, raw in updates:
            query = select(InboxRow.id).where(InboxRow.platform == platform, InboxRow.key == key)
            if self._session.scalars(query).first() is not None:
                continue
            self._session.add(
                InboxRow(
                    platform=platform,
                    key=key,
                    lane=lane,
                    # Half of a surrogate pair is legal in JSON and in no database.
                    raw=json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace").decode(),
                    not_before=now,
                    received_at=now,
                )
            )
            self._session.flush()
            new += 1
        if key:
            self.go_on_after(platform, key)
        return new

    def go_on_after(self, platform: PlatformName, key: str) -> None:
        """Polling goes on behind this update, whether it was kept or not."""
        self._session.merge(MetaRow(key=f"last_update:{platform}", value=key))
        self._session.flush()

    def knows(self, platform: PlatformName, key: str) -> bool:
        """Whether an update with this key was ever kept."""
        query = select(InboxRow.id).where(InboxRow.platform == platform, InboxRow.key == key)
        return self._session.scalars(query).first() is not None

    def last_key(self, platform: PlatformName) -> str | None:
        """The key of the newest update kept, where polling goes on."""
        row = self._session.get(MetaRow, f"last_update:{platform}")
        return row.value if row else None

    def waiting(self, now: datetime, busy: Collection[str] = ()) -> int | None:
        """The update to handle now: the first of its lane, in a lane nobody is busy with; people we know come before all
        strangers, else the oldest first. None when there is none.

        Asked of the database whole, so that one lane that waits, however long its queue, hides no other.
        """
        rows = self._session.execute(_waiting(), {"now": now})
        return next((id_ for id_, platform, lane in rows if f"{platform}:{lane}" not in busy), None)

    def attempt(self, inbox_id: int) -> Received | None:
        """Count an attempt before handling, so that an update which kills the process is recognised. None when it is done."""
        row = self._session.get(InboxRow, inbox_id)
        if row is None or row.state != "new":
            return None
        row.attempts += 1
        self._session.flush()
        platform: PlatformName = "zalo" if row.platform == "zalo" else "telegram"
        return Received(
            id=inbox_id,
            platform=platform,
            key=row.key,
            lane=f"{row.platform}:{row.lane}",
            raw=json.loads(row.raw),
            attempts=row.attempts,
            received_at=row.received_at,
            deadly=row.attempts > MOST_DEATHS and not row.error,
        )

    def set_aside(self, since: datetime) -> int:
        """How many updates received since then nobody could handle."""
        query = select(func.count(col(InboxRow.id))).where(InboxRow.state == "dead", InboxRow.received_at > since)
        return int(self._session.execute(query).scalar_one())

    def done(self, inbox_id: int) -> None:
        """Handled. Part of the transaction with its effects."""
        row = self._session.get(InboxRow, inbox_id)
        assert row is not None
        row.state = "done"
        self._session.flush()

    def wipe(self, platform: PlatformName, key: str) -> None:
        """Forget what an update said; that it came, and what became of it, stays."""
        row = self._session.scalars(select(InboxRow).where(InboxRow.platform == platform, InboxRow.key == key)).first()
        if row is not None:
            row.raw = "{}"
            self._session.flush()

    def postpone(self, inbox_id: int, now: datetime, wait: timedelta) -> None:
        """Try again later without counting the attempt: the disk failed, not the update."""
        row = self._session.get(InboxRow, inbox_id)
        assert row is not None
        row.attempts = max(row.attempts - 1, 0)
        row.not_before = now + wait
        self._session.flush()

    def failed(self, inbox_id: int, error: str, now: datetime, *, hopeless: bool = False) -> bool:
        """Try again later (2, 4, 8 … s), or set it aside after MOST_ATTEMPTS; whether it was set aside."""
        row = self._session.get(InboxRow, inbox_id)
        assert row is not None
        row.error = error[:200]
        if hopeless or row.attempts >= MOST_ATTEMPTS:
            row.state = "dead"
        row.not_before = now + timedelta(seconds=2**row.attempts)
        self._session.flush()
        return row.state == "dead"


@lru_cache
def _waiting() -> Executable:
    """Asked with every turn and every look at whether all is said, so built once."""
    now = bindparam("now", type_=UtcDateTime)
    heads = select(func.min(col(InboxRow.id))).where(InboxRow.state == "new").group_by(InboxRow.platform, InboxRow.lane)
    return (
        select(InboxRow.id, InboxRow.platform, InboxRow.lane)
        .where(col(InboxRow.id).in_(heads))
        # Received "later than now": the clock was ahead and has been put right.
        .where(or_(col(InboxRow.not_before) <= now, col(InboxRow.received_at) > now))
        .outerjoin(
            AddressRow,
            (col(AddressRow.platform) == col(InboxRow.platform)) & (col(AddressRow.chat_id) == col(InboxRow.lane)),
        )
        .order_by(col(AddressRow.id).is_(None), col(InboxRow.id))
    )
