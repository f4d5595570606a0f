"""When Zalo's messages of the month run short: who is told elsewhere, and that the coordinators hear of it in time."""

from __future__ import annotations

from datetime import datetime

from bot.chat.messages import ChatRef, Outgoing
from bot.domain import quota as counting
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.quota import Quota, Room
from bot.texts import quota as texts
from storage import quota
from storage.store import Store


def spared(store: Store, month: Quota, person_id: int, chat: ChatRef) -> ChatRef:
    """Where to say something unasked: while room is short not on Zalo, if the person has another channel that works."""
    if chat.platform != "zalo" or month.room is Room.AMPLE:
        return chat
    others = (one.chat for one in store.people.addresses(person_id) if one.chat.platform != "zalo" and not one.unreachable)
    return next(others, chat)


def tick(store: Store, now: datetime, office: Office, calendar: WorkCalendar) -> int:
    """Warn every coordinator once a month at 80 % and once at 95 %, of messages and of people; how many were told."""
    if not calendar.is_office_time(now):
        return 0
    month = quota.read(store, now, office)
    told = 0
    for what, percent, words in (
        ("messages", month.messages_percent, texts.messages_warning(month)),
        ("people", month.people_percent, texts.people_warning(month)),
    ):
        if not (level := counting.warned(percent)):
            continue
        for person in store.people.coordinators():
            chat = store.people.reach(person.id)
            claim = f"quota:{what}:{level}"
            if chat is None or not store.reminders.claim_digest(kind=claim, person_id=person.id, on=month.month):
                continue
            place = spared(store, month, person.id, chat)
            store.outbox.add(place, Outgoing(text=words), now=now, kind="notice", person_id=person.id)
            told += 1
    return told
