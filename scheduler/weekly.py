"""The digest of a week to the district's leaders, on its first working day while a round is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain import outlook, summary
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.views import summary as views
from scheduler import keys
from scheduler.sparing import spared
from storage import quota, sheets
from storage.store import Store

# Missed for longer than this it is not sent late: a week that has begun is no news.
STALE = timedelta(hours=6)


def tick(store: Store, now: datetime, office: Office, calendar: WorkCalendar) -> int:
    """Queue this week's digest of each open round for every leader of the district, once; how many."""
    today = office.day(now)
    at = outlook.weekly_moment(now, calendar, office)
    if not calendar.is_working(today) or not outlook.opens_week(today, calendar) or not at <= now < at + STALE:
        return 0
    leaders = store.people.district()
    month = quota.read(store, now, office)
    queued = 0
    for round_ in store.rounds.all() if leaders else ():
        first, last = outlook.digest_days(round_, calendar, office)
        if round_.closed_at is not None or not first <= today <= last:
            continue
        picture = summary.summarise(sheets.sheet(store, round_, today), now=now, office=office)
        open_ = [difficulty for difficulty in store.difficulties.all() if difficulty.open]
        message = views.weekly(picture, open_, office, calendar)
        for person in leaders:
            chat = store.people.reach(person.id)
            if chat is None or not store.reminders.claim_digest(kind=f"weekly:{round_.id}", person_id=person.id, on=today):
                continue
            chat = spared(store, month, person.id, chat)
            key = keys.weekly(store.plans.get(round_.plan_id), round_, person, today)
            hold = quota.reason("digest") if chat.platform == "zalo" and not month.carries("digest") else ""
            store.outbox.add(chat, message, now=now, kind="notice", person_id=person.id, key=key, hold=hold)
            queued += 1
    return queued
