"""Texts to many units, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import BroadcastReceiptRow, BroadcastRow

CANCELLABLE = timedelta(seconds=60)
"""How long a broadcast waits so that it can be taken back (reliability.md A28)."""
MOST_A_DAY = 3
"""More than this in one day is noise, or a mistake (A28: a cap per day). Cancelled ones do not count."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One unit's copy. `message_id` None: nobody there could be told."""

    unit_id: int
    person_id: int | None
    message_id: int | None
    read_at: datetime | None
    reply: str


@dataclass(frozen=True, kw_only=True)
class Broadcast:
    """One text. Until `not_before` nothing of it leaves."""

    id: int
    person_id: int
    audience: str
    text: str
    at: datetime
    not_before: datetime
    cancelled_at: datetime | None
    receipts: tuple[Receipt, ...]


class Broadcasts:
    """Append-only, but for cancelling, reading and replying."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def add(self, *, person_id: int, audience: str, text: str, now: datetime, not_before: datetime) -> Broadcast:
        """A new one, without receipts."""
        row = BroadcastRow(person_id=person_id, audience=audience, text=text, at=now, not_before=not_before)
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        self._audit.note("broadcast", f"broadcast:{row.id}", {"audience": audience}, actor=person_id)
        return self._broadcast(row)

    def deliver(self, broadcast_id: int, unit_id: int, *, person_id: int | None, message_id: int | None) -> None:
        """Note who of a unit is told, in which message."""
        self._session.add(
            BroadcastReceiptRow(broadcast_id=broadcast_id, unit_id=unit_id, person_id=person_id, message_id=message_id)
        )
        self._session.flush()

    def cancel(self, broadcast_id: int, *, person_id: int, now: datetime) -> bool:
        """Take it back; False when it is too late, or was done."""
        row = self._session.get(BroadcastRow, broadcast_id)
        if row is None or row.cancelled_at is not None or now >= row.not_before:
            return False
        row.cancelled_at = now
        self._session.flush()
        self._audit.note("broadcast cancelled", f"broadcast:{broadcast_id}", actor=person_id)
        return True

    def get(self, broadcast_id: int) -> Broadcast | None:
        """By id."""
        row = self._session.get(BroadcastRow, broadcast_id)
        return self._broadcast(row) if row else None

    def all(self) -> tuple[Broadcast, ...]:
        """Every one, oldest first."""
        return tuple(self._broadcast(row) for row in self._session.scalars(select(BroadcastRow).order_by(col(BroadcastRow.id))))

    def since(self, start: datetime) -> int:
        """How many were asked for since then and not cancelled."""
        query = select(BroadcastRow.id).where(col(BroadcastRow.at) >= start, col(BroadcastRow.cancelled_at).is_(None))
        return len(list(self._session.scalars(query)))

    def read(self, broadcast_id: int, unit_id: int, now: datetime) -> bool:
        """Note that it was read; the first time counts. Whether there is such a copy."""
        row = self._session.get(BroadcastReceiptRow, (broadcast_id, unit_id))
        if row is None:
            return False
        row.read_at = row.read_at or now
        self._session.flush()
        return True

    def reply(self, broadcast_id: int, unit_id: int, text: str, now: datetime) -> bool:
        """Keep what a unit answered, below what it answered before; who answers has read it."""
        if not self.read(broadcast_id, unit_id, now):
            return False
        row = self._session.get(BroadcastReceiptRow, (broadcast_id, unit_id))
        assert row is not None
        row.reply = "\n".join(part for part in (row.reply, text) if part)
        self._session.flush()
        return True

    def _broadcast(self, row: BroadcastRow) -> Broadcast:
        assert row.id is not None
        return Broadcast(
            id=row.id,
            person_id=row.person_id,
            audience=row.audience,
            text=row.text,
            at=row.at,
            not_before=row.not_before,
            cancelled_at=row.cancelled_at,
            receipts=self._receipts(row.id),
        )

    def _receipts(self, broadcast_id: int) -> tuple[Receipt, ...]:
        query = select(BroadcastReceiptRow).where(BroadcastReceiptRow.broadcast_id == broadcast_id)
        rows: Sequence[BroadcastReceiptRow] = list(self._session.scalars(query))
        return tuple(
            Receipt(
                unit_id=row.unit_id, person_id=row.person_id, message_id=row.message_id, read_at=row.read_at, reply=row.reply
            )
            for row in rows
        )
