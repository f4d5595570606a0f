"""/leothang: overdue reports, and telling the deputy or the unit's leader, each only when a coordinator approves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.messages import Outgoing
from bot.domain import escalation
from bot.domain import summary as summaries
from bot.domain.absences import Absence
from bot.domain.people import Person, Role
from bot.domain.rounds import Round
from bot.domain.standings import RECEIVED
from bot.domain.units import Unit
from bot.texts import chasing as chasing_texts
from bot.texts import escalating as texts
from bot.texts import wording
from bot.views import escalating as views
from handlers import form as forms
from handlers.form import Form
from handlers.notifying import leaves_on, reminder, tell_unit
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import sheets
from storage.reminders import ReminderState
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """A unit whose report is late enough.

    Attributes:
        told: whom it was told to since its last valid day, and when.
        step, to: who would be told next; None when nobody is, today or at all.
        away: its focal person, when away with nobody standing in.
    """

    unit: Unit
    form: Form
    late: int
    told: dict[Role, date]
    step: Role | None
    to: Person | None
    away: tuple[Person, Absence] | None


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/leothang: of the round people mean without naming one."""
    open_ = [round_ for round_ in store.rounds.all() if round_.closed_at is None]
    round_ = summaries.current(open_, request.today, request.calendar)
    if round_ is None:
        return [Outgoing(text=chasing_texts.no_round())]
    return [_listed(request, store, round_, 0, edits=False)]


def turn(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, page)"""
    return [_listed(request, store, store.rounds.get(int(request.args[0])), int(request.args[1]), edits=True)]


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, role): what would be said, to whom."""
    found, step = _proposed(request, store)
    if found is None or step is None or found.to is None:
        return [Outgoing(text=texts.moved_on(store.units.get(int(request.args[0]))))]
    said = _message(request, found, step, found.to)
    return [views.preview(texts.preview(found.unit, step, found.to, said.text), found.unit, found.form.round, step)]


def send(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, role): approved; a second press finds that the step was taken."""
    found, step = _proposed(request, store)
    if found is None or step is None or found.to is None:
        return [Outgoing(text=texts.moved_on(store.units.get(int(request.args[0]))))]
    tell_unit(
        request,
        store,
        found.unit,
        found.form.round,
        f"escalate:{step.value}",
        lambda person: _message(request, found, step, person),
        push=True,
        to=found.to,
    )
    store.audit.note("escalated", f"unit:{found.unit.id}", {"round": found.form.round.id, "role": step.value})
    open_ = request.calendar.is_office_time(request.now)
    leaves = "" if open_ else wording.said_at(request.office.local(request.calendar.next_office_time(request.now)))
    return [Outgoing(text=texts.sent(found.unit, step, found.to, leaves))]


def overdue(request: Request, store: Store, round_: Round) -> tuple[Overdue, ...]:
    """Every unit that is late enough, in the plan's order."""
    if round_.closed_at is not None:
        return ()
    summary = summaries.summarise(sheets.sheet(store, round_, request.today), now=request.now, office=request.office)
    return tuple(
        found
        for standing in summary.standings
        if standing.state not in RECEIVED and (found := _overdue(request, store, round_, standing.unit)) is not None
    )


def _overdue(request: Request, store: Store, round_: Round, unit: Unit) -> Overdue | None:
    form = forms.find(store, unit.id, round_.id)
    assert form is not None
    late = escalation.late_by(form.round.last_day, request.today, request.calendar)
    if late < escalation.LATE_ENOUGH:
        return None
    away = store.absences.on(request.today)
    people = {
        seat.role: person
        for seat, person in reversed(store.people.holders([unit.id]))
        if person.id not in away and store.people.reach(person.id) is not None
    }
    told = _told(request, store, form)
    step = escalation.next_step(told, people, request.today)
    absent = store.people.away(request.today).get(unit.id)
    alone = absent is not None and not {Role.FOCAL, Role.DEPUTY} & set(people)
    return Overdue(
        unit=unit,
        form=form,
        late=late,
        told=told,
        step=None if alone else step,
        to=people[step] if step is not None and not alone else None,
        away=absent if alone else None,
    )


def _told(request: Request, store: Store, form: Form) -> dict[Role, date]:
    """Whom this was told to. Any reminder since the last valid day was the officer's, or of who stood in."""
    told: dict[Role, date] = {}
    for reminded in store.reminders.of_round(form.round.id):
        day = request.office.day(reminded.at)
        if reminded.unit_id != form.unit.id or reminded.state is not ReminderState.QUEUED or day <= form.round.last_day:
            continue
        kind, _, what = reminded.rung.partition(":")
        if kind == "escalate":
            told[Role(what)] = day
        elif kind in ("after", "now", "woken"):
            told[Role.FOCAL] = day
    return {role: told[role] for role in escalation.ORDER if role in told}


def _listed(request: Request, store: Store, round_: Round, page: int, *, edits: bool) -> Outgoing:
    plan = store.plans.get(round_.plan_id)
    found = overdue(request, store, round_)
    if not found:
        return Outgoing(text=texts.none_late(plan, round_, escalation.LATE_ENOUGH))
    lines = [
        (
            texts.line(one.unit, one.late, one.told, one.step, one.to, request.today)
            if one.away is None
            else texts.away(one.unit, *one.away),
            one.unit,
            one.step,
        )
        for one in sorted(found, key=_urgency)
    ]
    head = texts.head(plan, round_, escalation.LATE_ENOUGH, len(found))
    return views.listed(head, lines, round_, page, edits=edits)


def _urgency(one: Overdue) -> int:
    """What a coordinator can decide stands first, then who wants a stand-in, who was told, and where nobody can be."""
    if one.step is not None:
        return 0
    if one.away is not None:
        return 1
    return 2 if one.told else 3


def _proposed(request: Request, store: Store) -> tuple[Overdue | None, Role | None]:
    """The step of (unit, round, role), if it is still the next one."""
    unit_id, round_id, role = request.args
    round_ = store.rounds.get(int(round_id))
    found = next((one for one in overdue(request, store, round_) if one.unit.id == int(unit_id)), None)
    return (found, found.step) if found is not None and found.step == role else (None, None)


def _message(request: Request, found: Overdue, step: Role, person: Person) -> Outgoing:
    """What this person will read."""
    form = found.form
    if step is Role.FOCAL:
        return reminder(request, form, person)
    words = texts.to_deputy if step is Role.DEPUTY else texts.to_leader
    text = words(
        person,
        found.unit,
        form.plan,
        form.round,
        escalation.until_when(leaves_on(request), request.calendar),
        escalation.answer_by(leaves_on(request), request.calendar),
        escalation.ANSWER_BY,
        request.office,
    )
    return views.for_person(text, found.unit, form.round, step)


ACTIONS = {
    "escalate": Route(handler=turn, needs=Needs.COORDINATOR),
    "escalate-show": Route(handler=show, needs=Needs.COORDINATOR),
    "escalate-send": Route(handler=send, needs=Needs.COORDINATOR, grave=True),
}

COMMANDS = {"leothang": Route(handler=begin, needs=Needs.COORDINATOR)}
