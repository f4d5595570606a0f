"""A tick: which rungs and excerpts fell due; each is claimed and queued in one transaction, exactly once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.chat.messages import ChatRef
from bot.domain import excerpts, extensions, ladder, progress
from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import Rung
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.quota import Quota, Room
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.views import reminders as views
from scheduler import keys
from scheduler.sparing import spared
from storage import quota
from storage.reminders import WOKEN, ReminderState, Snooze
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something to say: its key, and the claim it stands for."""

    key: str
    item: views.Item
    reminder_id: int | None = None
    excerpt_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Tick:
    """One tick: what it knows, and what it found to say to whom. Everything for one person is one message.

    `away`: ids of the units whose focal person is away today.

    Nothing is claimed for a unit whose speaker is still `awaiting` an unasked message, or for whom Zalo has no room now (see
    bot.domain.quota): it joins the next one.
    """

    store: Store
    now: datetime
    office: Office
    calendar: WorkCalendar
    units: tuple[Unit, ...]
    speakers: dict[int, tuple[Person, ChatRef]]
    awaiting: frozenset[int]
    away: frozenset[int]
    quota: Quota
    found: dict[int, list[Found]] = field(default_factory=lambda: defaultdict(list))

    @property
    def today(self) -> date:
        """The office's day."""
        return self.office.day(self.now)

    def waits(self, unit: Unit) -> bool:
        """Whether the unit's speaker has yet to hear the last unasked message, or cannot be told yet."""
        speaker = self.speakers.get(unit.id)
        return speaker is not None and (speaker[0].id in self.awaiting or self.short_of_room(speaker[1]))

    def short_of_room(self, chat: ChatRef) -> bool:
        """Whether a reminder must wait for room on Zalo: for the hour of the excerpts, to be one message with them, or for the
        next month."""
        if chat.platform != "zalo" or self.quota.room is Room.AMPLE:
            return False
        return not self.quota.carries("reminder") or self.now < self.calendar.moment(self.today, self.office.excerpt_at)


def tick(store: Store, now: datetime, office: Office, calendar: WorkCalendar) -> int:
    """Queue what fell due since the last tick; to how many people. Outside office hours nothing is claimed, so it keeps."""
    if not calendar.is_office_time(now):
        return 0
    month = quota.read(store, now, office)
    speakers = store.people.speakers(office.day(now))
    here = Tick(
        store=store,
        now=now,
        office=office,
        calendar=calendar,
        units=store.units.all(on=office.day(now)),
        speakers={unit: (person, spared(store, month, person.id, chat)) for unit, (person, chat) in speakers.items()},
        awaiting=store.outbox.awaiting(),
        away=frozenset(store.people.away(office.day(now))),
        quota=month,
    )
    for round_ in store.rounds.all():
        if round_.closed_at is None:
            _climb(here, round_)
    for plan, year, since in store.rounds.years():
        if year == here.today.year:
            _excerpts(here, plan, year, since)
    _queue(here)
    return len(here.found)


def _climb(here: Tick, round_: Round) -> None:
    """Say the rung that fell due to every unit that has not sent."""
    general = _rungs(here, round_)
    if not general or general[0].moment > here.now:
        return
    claimed: dict[tuple[int, date], set[str]] = defaultdict(set)
    for reminded in here.store.reminders.of_round(round_.id):
        claimed[reminded.unit_id, reminded.due_on].add(reminded.rung)
    sent = here.store.answers.sent_units(round_.id)
    snoozes = here.store.reminders.snoozes(round_.id)
    granted = here.store.extensions.of_round(round_.id)
    plan = here.store.plans.get(round_.plan_id)
    for unit in here.units:
        if unit.id in sent or not plan.asks(unit.questions) or here.waits(unit):
            continue
        extension = granted.get(unit.id)
        own = extensions.applied(round_, extension, here.office.day(extension.at)) if extension is not None else round_
        rungs = _rungs(here, own) if extension is not None else general
        fire, covered = ladder.due_now(rungs, here.now, claimed[unit.id, own.last_day])
        snooze = snoozes.get(unit.id)
        for key in covered:
            _note(here, own, unit, key, ReminderState.COVERED)
        if snooze is not None and snooze.until > here.today:
            if fire is not None:
                _note(here, own, unit, fire.key, ReminderState.SNOOZED)
        elif fire is not None or (snooze is not None and _awake(here, snooze)):
            _remind(here, own, unit, fire, snooze)


def _rungs(here: Tick, round_: Round) -> tuple[Rung, ...]:
    return ladder.rungs(round_.last_day, round_.armed_on, round_.ladder, here.calendar, here.office.remind_at)


def _awake(here: Tick, snooze: Snooze) -> bool:
    """Whether the hour of a snooze's day has come."""
    return here.now >= here.calendar.moment(snooze.until, here.office.remind_at)


def _remind(here: Tick, round_: Round, unit: Unit, rung: Rung | None, snooze: Snooze | None) -> None:
    """One unit's reminder; without a rung it is the end of a snooze."""
    speaker = here.speakers.get(unit.id)
    silent = ReminderState.ABSENT if unit.id in here.away else ReminderState.NOBODY
    state = ReminderState.QUEUED if speaker else silent
    claim = rung.key if rung is not None else f"{WOKEN}{snooze.id if snooze else 0}"
    reminder_id = _note(here, round_, unit, claim, state, speaker[0].id if speaker else None)
    here.store.reminders.end_snoozes(round_.id, unit.id, here.now)
    if speaker is None:
        return
    plan = here.store.plans.get(round_.plan_id)
    questions = plan.question_set(unit.questions)
    answers = here.store.answers.latest(round_.id, unit.id)
    item = views.Reminder(
        unit=unit,
        round=round_,
        plan=plan,
        rung=rung,
        points=excerpts.announced(unit, plan.points, round_.year) if rung and rung.kind == "announce" else (),
        questions=questions,
        progress=progress.progress(questions, round_.code, answers),
        today=here.today,
        calendar=here.calendar,
        promised=rung is None and here.today > round_.last_day,
    )
    key = keys.reminder(plan, round_, unit, rung, snooze)
    here.found[speaker[0].id].append(Found(key=key, item=item, reminder_id=reminder_id))


def _note(here: Tick, round_: Round, unit: Unit, rung: str, state: ReminderState, person_id: int | None = None) -> int:
    return here.store.reminders.note(
        round_id=round_.id,
        unit_id=unit.id,
        due_on=round_.last_day,
        rung=rung,
        state=state,
        now=here.now,
        person_id=person_id,
    )


def _excerpts(here: Tick, plan: Plan, year: int, since: date) -> None:
    """Today's excerpt to every unit; one missed for a whole day is not sent late."""
    if here.now < here.calendar.moment(here.today, here.office.excerpt_at):
        return
    days = excerpts.days_since(year, here.calendar, since)
    if here.today not in days:
        return
    claimed = here.store.reminders.excerpts_on(plan.code, here.today)
    for unit in here.units:
        speaker = here.speakers.get(unit.id)
        if unit.id in claimed or (speaker is not None and speaker[0].id in here.awaiting):
            continue
        todays = [e for e in excerpts.on_days(unit, year, plan.points, days) if e.on == here.today]
        for excerpt in todays:
            person_id = speaker[0].id if speaker else None
            excerpt_id = here.store.reminders.claim_excerpt(
                plan_code=plan.code, unit_id=unit.id, on=here.today, point=excerpt.point.id, person_id=person_id
            )
            if person_id is not None:
                item = views.MondayExcerpt(unit=unit, plan=plan, point=excerpt.point, excerpt_id=excerpt_id)
                found = Found(key=keys.excerpt(plan, unit, here.today), item=item, excerpt_id=excerpt_id)
                here.found[person_id].append(found)


def _queue(here: Tick) -> None:
    people = {person.id: (person, chat) for person, chat in here.speakers.values()}
    for person_id, found in here.found.items():
        person, chat = people[person_id]
        # What went out before the database was restored is written down as sent, each by itself: the rest is still news.
        already = [one for one in found if here.store.outbox.said(one.key)]
        news = [one for one in found if one not in already]
        for together in (*([one] for one in already), news):
            if together:
                _say(here, person, chat, together)


def _say(here: Tick, person: Person, chat: ChatRef, found: Sequence[Found]) -> None:
    items = [one.item for one in found]
    message_id = here.store.outbox.add(
        chat,
        views.message(person, items, here.office),
        now=here.now,
        kind="push",
        person_id=person.id,
        key=" ".join(one.key for one in found),
        hold=_hold(here, chat, found),
    )
    here.store.reminders.say_in(
        message_id,
        reminders=[one.reminder_id for one in found if one.reminder_id is not None],
        excerpts=[one.excerpt_id for one in found if one.excerpt_id is not None],
    )


def _hold(here: Tick, chat: ChatRef, found: Sequence[Found]) -> str:
    """Why it is not sent now. An excerpt that goes along with a reminder costs nothing."""
    only_excerpts = all(one.reminder_id is None for one in found)
    return quota.reason("excerpt") if chat.platform == "zalo" and only_excerpts and not here.quota.carries("excerpt") else ""
