"""What is not kept for ever: raw updates, the words of messages, wrong codes, dialogues nobody went on with, people who left.

Rows and their keys stay (a restored journal must still know them); only what somebody said goes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import case, delete, func, literal, select, update
from sqlmodel import col

from bot.domain.office import Office
from storage.store import Store
from storage.tables import ButtonRow, DialogRow, GuessRow, InboxRow, MessageRow, PersonRow, SeatRow, UtcDateTime

_CLEARED = "cleared"
_KEEP = "retention"
_EMPTY = json.dumps({"text": ""})
_FOREVER = literal(datetime(9999, 1, 1, tzinfo=UTC), UtcDateTime)


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How many days each kind is kept. `people`: after their last seat; 0 keeps them until they ask to be erased."""

    inbox: int = 400
    outbox: int = 400
    guesses: int = 30
    dialogs: int = 30
    people: int = 730


@dataclass(frozen=True, kw_only=True)
class Cleared:
    """How many of each were cleared."""

    inbox: int
    outbox: int
    guesses: int
    dialogs: int


def promise(store: Store, keep: Retention) -> None:
    """Note how long things are kept, where /toi reads it."""
    store.meta.put(_KEEP, json.dumps(asdict(keep)))


def promised(store: Store) -> Retention:
    """What was noted; the usual times where nothing was."""
    found = store.meta.get(_KEEP)
    return Retention(**json.loads(found)) if found else Retention()


def gone(store: Store, now: datetime, keep: Retention) -> tuple[int, ...]:
    """Who has had no seat, nor asked for one, for longer than people are kept: they are to be erased (scheduler.erasing)."""
    if not keep.people:
        return ()
    never_seated = col(SeatRow.id).is_(None)
    since = func.max(
        case((never_seated, col(PersonRow.created_at)), else_=func.coalesce(col(SeatRow.ended_at), _FOREVER)),
        type_=UtcDateTime,
    )
    query = select(col(PersonRow.id)).outerjoin(SeatRow, col(SeatRow.person_id) == col(PersonRow.id))
    query = query.where(col(PersonRow.erased_at).is_(None)).group_by(col(PersonRow.id))
    return tuple(store.session.scalars(query.having(since < now - timedelta(days=keep.people)).order_by(col(PersonRow.id))))


def due(store: Store, now: datetime, office: Office) -> bool:
    """Whether today's clearing is still to come: in the first hours of the office's day, or whenever we wake up after."""
    return office.local(now).hour >= 2 and store.meta.get(_CLEARED) != office.day(now).isoformat()


def clear(store: Store, now: datetime, office: Office, keep: Retention) -> Cleared:
    """Clear what is over its time, and note that it was done today."""
    session = store.session
    old = (col(InboxRow.state) != "new") & (col(InboxRow.received_at) < now - timedelta(days=keep.inbox))
    inbox = session.execute(update(InboxRow).where(old, col(InboxRow.raw) != "{}").values(raw="{}", error=""))

    over = col(MessageRow.ended_at) < now - timedelta(days=keep.outbox)
    said = select(col(MessageRow.id)).where(over, col(MessageRow.body) != _EMPTY)
    session.execute(delete(ButtonRow).where(col(ButtonRow.message_id).in_(said)))
    outbox = session.execute(
        update(MessageRow).where(over, col(MessageRow.body) != _EMPTY).values(body=_EMPTY, original=_EMPTY)
    )

    day = office.day(now) - timedelta(days=keep.guesses)
    guesses = session.execute(delete(GuessRow).where(col(GuessRow.on_day) < day))
    stale = col(DialogRow.updated_at) < now - timedelta(days=keep.dialogs)
    dialogs = session.execute(delete(DialogRow).where(stale))
    store.meta.put(_CLEARED, office.day(now).isoformat())
    return Cleared(inbox=_many(inbox), outbox=_many(outbox), guesses=_many(guesses), dialogs=_many(dialogs))


def _many(result: object) -> int:
    count = getattr(result, "rowcount", 0)
    return int(count) if count else 0
