"""What waits for a human: updates set aside, messages held or dead; and letting them go on. Ids and states, nobody's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import col, select

from storage.outbox import REPEAT_WITHIN
from storage.store import Store
from storage.tables import InboxRow, MessageRow

_WIPED = "{}"

Answer = Literal["done", "unknown", "not waiting", "wiped", "old"]
"""What became of a wish: no such row, one that waits for nobody, one whose words are gone, a reminder whose day is over."""


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """An update nobody could handle. `error`: the class of the last exception."""

    id: int
    platform: str
    received_at: datetime
    attempts: int
    error: str


@dataclass(frozen=True, kw_only=True)
class Stuck:
    """A message that may have arrived (held) or never can (dead)."""

    id: int
    state: str
    kind: str
    platform: str
    person_id: int | None
    ended_at: datetime | None
    reason: str


def set_aside(store: Store) -> tuple[SetAside, ...]:
    """Oldest first."""
    rows = store.session.scalars(select(InboxRow).where(InboxRow.state == "dead").order_by(col(InboxRow.id)))
    return tuple(
        SetAside(id=row.id or 0, platform=row.platform, received_at=row.received_at, attempts=row.attempts, error=row.error)
        for row in rows
    )


def stuck(store: Store) -> tuple[Stuck, ...]:
    """Oldest first; without those held on purpose, for want of room, which were never tried."""
    query = select(MessageRow).where(col(MessageRow.state).in_(("held", "dead")), col(MessageRow.attempts) > 0)
    return tuple(
        Stuck(
            id=row.id or 0,
            state=row.state,
            kind=row.kind,
            platform=row.platform,
            person_id=row.person_id,
            ended_at=row.ended_at,
            reason=row.reason,
        )
        for row in store.session.scalars(query.order_by(col(MessageRow.id)))
    )


def handle_again(store: Store, inbox_id: int, now: datetime) -> Answer:
    """An update set aside is handled as if it had just come, with all its attempts before it."""
    row = store.session.get(InboxRow, inbox_id)
    if row is None:
        return "unknown"
    if row.state != "dead":
        return "not waiting"
    if row.raw == _WIPED:
        return "wiped"
    row.state, row.attempts, row.error, row.not_before = "new", 0, "", now
    store.session.flush()
    store.audit.note("update handled again", f"inbox:{inbox_id}")
    return "done"


def send_again(store: Store, message_id: int, now: datetime) -> Answer:
    """A held message is said once more, marked as a repeat; a dead one is tried anew. Both only if still true (last look)."""
    row = store.session.get(MessageRow, message_id)
    if row is None:
        return "unknown"
    if row.state not in ("held", "dead") or not row.attempts:
        return "not waiting"
    if row.original == row.body == '{"text": ""}':
        return "wiped"
    if row.kind == "push" and now - row.queued_at > REPEAT_WITHIN:
        return "old"
    row.state = "uncertain" if row.state == "held" else "pending"
    row.ended_at, row.not_before, row.reason = None, now, ""
    store.session.flush()
    store.audit.note("message sent again", f"message:{message_id}")
    return "done"
