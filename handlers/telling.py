"""Saying something to somebody else: queued for the channel they prefer, in the same transaction."""

from __future__ import annotations

from bot.chat.messages import Outgoing
from handlers.request import Request
from storage.store import Store


def tell(request: Request, store: Store, person_id: int, message: Outgoing) -> bool:
    """Queue a message for a person as an answer to what just happened (so also outside office hours: somebody is waiting
    for it); whether they have a channel that works."""
    chat = store.people.reach(person_id)
    if chat is None:
        return False
    store.outbox.add(chat, message, now=request.now, kind="notice", person_id=person_id)
    return True


def tell_coordinators(request: Request, store: Store, message: Outgoing) -> int:
    """The same for every coordinator; how many could be told."""
    return sum(tell(request, store, person.id, message) for person in store.people.coordinators())
