"""Telling a unit something about its report because a coordinator wants it told, and noting that in the proof ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.chat.messages import Outgoing
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.views import reminders as reminder_views
from handlers.form import Form
from handlers.request import Request
from storage.reminders import ReminderState
from storage.store import Store


def listener(request: Request, store: Store, unit_id: int) -> Person | None:
    """Who would be told: the focal person, or who stands in today; None when nobody there can be reached."""
    speaker = store.people.speakers(request.today).get(unit_id)
    return speaker[0] if speaker else None


def tell_unit(
    request: Request,
    store: Store,
    unit: Unit,
    round_: Round,
    rung: str,
    message: Callable[[Person], Outgoing],
    *,
    push: bool = False,
    to: Person | None = None,
) -> Person | None:
    """Queue a message for a unit and note it; who is told, or None (also noted).

    Args:
        round_: the unit's own, with its extension.
        rung: its name in the ledger, unique for this unit, round and last valid day.
        push: only in office hours, and dropped when the report comes first or the person leaves the seat.
        to: somebody else of the unit than who usually listens.
    """
    person = to or listener(request, store, unit.id)
    chat = store.people.reach(person.id) if person is not None else None
    message_id: int | None = None
    state = ReminderState.ABSENT if unit.id in store.people.away(request.today) else ReminderState.NOBODY
    if person is not None and chat is not None:
        state = ReminderState.QUEUED
        message_id = store.outbox.add(
            chat,
            message(person),
            now=request.now,
            kind="push" if push else "notice",
            person_id=person.id,
            round_id=round_.id if push else None,
            unit_id=unit.id if push else None,
        )
    store.reminders.note(
        round_id=round_.id,
        unit_id=unit.id,
        due_on=round_.last_day,
        rung=rung,
        state=state,
        now=request.now,
        person_id=person.id if person is not None else None,
        message_id=message_id,
        by_id=request.person.id,
    )
    return person if state is ReminderState.QUEUED else None


def leaves_on(request: Request) -> date:
    """The office's day on which a push queued now goes out: what it counts in days is counted from then."""
    return request.office.day(request.calendar.next_office_time(request.now))


def reminder(request: Request, form: Form, person: Person) -> Outgoing:
    """A reminder of a report as the ladder would word it on the day it goes out."""
    item = reminder_views.Reminder(
        unit=form.unit,
        round=form.round,
        plan=form.plan,
        rung=None,
        points=(),
        questions=form.questions,
        progress=form.progress,
        today=leaves_on(request),
        calendar=request.calendar,
    )
    return reminder_views.message(person, [item], request.office)
