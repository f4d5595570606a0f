"""The daily digest to the coordinators at the end of each working day while a round is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import outlook, summary
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.texts import quota as quota_texts
from bot.texts import trouble
from bot.views import summary as views
from scheduler import keys
from scheduler.sparing import spared
from storage import quota, sheets
from storage.store import Store

# A digest missed for longer than this is not sent late: the next one says it all.
STALE = timedelta(hours=3)


def tick(store: Store, now: datetime, office: Office, calendar: WorkCalendar) -> int:
    """Queue today's digest of each open round for every coordinator, once; how many."""
    today = office.day(now)
    at = calendar.moment(today, office.digest_at)
    if not calendar.is_working(today) or not at <= now < at + STALE:
        return 0
    queued = 0
    month = quota.read(store, now, office)
    yesterday = calendar.moment(calendar.previous_working(today - timedelta(days=1)), office.digest_at)
    care = trouble.line(store.outbox.troubles(yesterday), store.inbox.set_aside(yesterday))
    for round_ in store.rounds.all():
        first, last = outlook.digest_days(round_, calendar, office)
        if round_.closed_at is not None or not first <= today <= last:
            continue
        picture = summary.summarise(sheets.sheet(store, round_, today), now=now, office=office)
        difficulties = store.difficulties.all()
        new = [difficulty for difficulty in difficulties if difficulty.at > yesterday]
        open_ = [difficulty for difficulty in difficulties if difficulty.open]
        message = views.digest(picture, new, open_, office, calendar)
        if month.people:
            message = replace(message, text=f"{message.text}\n{quota_texts.line(month)}")
        if care:
            message = replace(message, text=f"{message.text}\n\n{care}")
        for person in store.people.coordinators():
            chat = store.people.reach(person.id)
            if chat is not None:
                chat = spared(store, month, person.id, chat)
            if chat is None or not store.reminders.claim_digest(kind=f"daily:{round_.id}", person_id=person.id, on=today):
                continue
            plan = store.plans.get(round_.plan_id)
            key = keys.digest(plan, round_, person, today)
            hold = quota.reason("digest") if chat.platform == "zalo" and not month.carries("digest") else ""
            store.outbox.add(chat, message, now=now, kind="notice", person_id=person.id, key=key, hold=hold)
            queued += 1
    return queued
