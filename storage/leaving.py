"""What ends with a seat besides the seat itself, in the same turn: dialogues, codes, and what was still on its way."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, select

from storage.store import Store
from storage.tables import MessageRow


def leave(store: Store, person_id: int, now: datetime) -> None:
    """A seat of this person has just ended. Nothing half-begun can be finished without the right to it; who has no seat left
    is not told any more what they asked or were to know as an officer (reminders look for themselves before they leave)."""
    for address in store.people.addresses(person_id):
        store.dialogs.put(address.chat, None, now)
    store.invites.end_channel_code(person_id)
    if any(person.id == person_id for _, person in store.people.holders()):
        return
    waiting = select(col(MessageRow.first_id)).where(col(MessageRow.person_id) == person_id, col(MessageRow.state) == "pending")
    for first_id in store.session.scalars(waiting.where(col(MessageRow.kind) != "push").distinct()).all():
        if first_id is not None:
            store.outbox.withdraw(first_id, "the seat ended", now)
