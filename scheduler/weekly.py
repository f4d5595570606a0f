"""What is said once a week, on its first working day: to the district's leaders how a round stands while it is open, to the
coordinators which difficulties wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.chat.messages import Outgoing
from bot.domain import outlook, summary
from bot.domain.calendar import WorkCalendar
from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.quota import Quota
from bot.texts import difficulties
from bot.views import summary as views
from bot.views.difficulties import Shelf, waiting
from scheduler import keys
from scheduler.sparing import spared
from storage import quota, sheets
from storage.store import Store

# Missed for longer than this it is not sent late: a week that has begun is no news.
STALE = timedelta(hours=6)


def tick(store: Store, now: datetime, office: Office, calendar: WorkCalendar) -> int:
    """Queue this week's digest of each open round for every leader of the district, and the open difficulties for every
    coordinator, once; how many."""
    today = office.day(now)
    at = outlook.weekly_moment(now, calendar, office)
    if not calendar.is_working(today) or not outlook.opens_week(today, calendar) or not at <= now < at + STALE:
        return 0
    leaders = store.people.district()
    month = quota.read(store, now, office)
    open_ = [difficulty for difficulty in store.difficulties.all() if difficulty.open]
    queued = _desk(store, now, office, month, open_) if open_ else 0
    for round_ in store.rounds.all() if leaders else ():
        first, last = outlook.digest_days(round_, calendar, office)
        if round_.closed_at is not None or not first <= today <= last:
            continue
        picture = summary.summarise(sheets.sheet(store, round_, today), now=now, office=office)
        message = views.weekly(picture, open_, office, calendar)
        for person in leaders:
            key = keys.weekly(store.plans.get(round_.plan_id), round_, person, today)
            queued += _say(store, now, today, month, person, message, f"weekly:{round_.id}", key)
    return queued


def _desk(store: Store, now: datetime, office: Office, month: Quota, open_: Sequence[Difficulty]) -> int:
    today = office.day(now)
    units = {unit.id: unit for unit in store.units.all()}
    assigned = {id: store.people.get(id) for id in {each.assignee for each in open_} if id is not None}
    heading = difficulties.open_list(len(open_))
    shelf = Shelf(heading=heading, difficulties=open_, units=units, assigned=assigned, today=today, office=office)
    message = waiting(shelf)
    return sum(
        _say(store, now, today, month, person, message, "desk", keys.desk(person, today))
        for person in store.people.coordinators()
    )


def _say(
    store: Store, now: datetime, today: date, month: Quota, person: Person, message: Outgoing, claim: str, key: str
) -> bool:
    """Queue it for a person who can be told and was not this week."""
    chat = store.people.reach(person.id)
    if chat is None or not store.reminders.claim_digest(kind=claim, person_id=person.id, on=today):
        return False
    chat = spared(store, month, person.id, chat)
    hold = quota.reason("digest") if chat.platform == "zalo" and not month.carries("digest") else ""
    store.outbox.add(chat, message, now=now, kind="notice", person_id=person.id, key=key, hold=hold)
    return True
