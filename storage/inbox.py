"""The inbox: every update is committed here before the platform is told we have it, and handled exactly once.

States: new -> done | dead. A row is handled in the same transaction that marks it done; one that keeps failing is set
aside (dead) so that it stops nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from bot.chat.messages import PlatformName
from storage.tables import InboxRow, MetaRow

MOST_ATTEMPTS = 8


@dataclass(frozen=True, kw_only=True)
class Received:
    """One waiting update. `attempts` counts this one."""

    id: int
    platform: PlatformName
    key: str
    lane: str
    raw: dict[str, Any]
    attempts: int
    received_at: datetime


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
                    raw=json.dumps(raw, ensure_ascii=False),
                    not_before=now,
                    received_at=now,
                )
            )
            self._session.flush()
            new += 1
        if key:
            self._session.merge(MetaRow(key=f"last_update:{platform}", value=key))
            self._session.flush()
        return new

    def last_key(self, platform: PlatformName) -> str | None:
        """The key of the newest update kept, where polling goes on."""
        row = self._session.get(MetaRow, f"last_update:{platform}")
        return row.value if row else None

    def waiting(self, now: datetime, busy: Collection[str] = (), most: int = 200) -> int | None:
        """The oldest update to handle now: the first of its lane, in a lane nobody is busy with. None when there is none."""
        query = select(InboxRow).where(InboxRow.state == "new").order_by(col(InboxRow.id)).limit(most)
        blocked = set(busy)
        for row in self._session.scalars(query):
            lane = f"{row.platform}:{row.lane}"
            if row.not_before <= now and lane not in blocked:
                return row.id
            blocked.add(lane)
        return None

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
        )

    def done(self, inbox_id: int) -> None:
        """Handled. Part of the transaction with its effects."""
        row = self._session.get(InboxRow, inbox_id)
        assert row is not None
        row.state = "done"
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
