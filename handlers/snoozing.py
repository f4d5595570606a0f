"""Being reminded later, and saying when a late report will come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from bot.chat.messages import Outgoing
from bot.domain import commands, snoozes
from bot.domain.answers import Doubtful
from bot.domain.commands import Verb
from bot.domain.dates import read_date
from bot.domain.snoozes import Refusal
from bot.texts import doubts
from bot.texts import snoozing as texts
from bot.views import snoozing as view
from handlers import form as forms
from handlers.form import Form
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.store import Store

LATER = "later"
PROMISE = "promise"


def later(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Nhắc lại sau]: which day? Past the deadline it becomes a promise."""
    found = forms.admitted(request, store, *request.args[:2])
    return _which(request, store, found, LATER) if isinstance(found, Form) else found


def promise(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Dự kiến ngày…]: which day?"""
    found = forms.admitted(request, store, *request.args[:2])
    return _which(request, store, found, PROMISE) if isinstance(found, Form) else found


def set_later(request: Request, store: Store) -> Sequence[Outgoing]:
    """A day was tapped; it may be long ago that it was offered."""
    found = forms.admitted(request, store, *request.args[:2])
    return _take(request, store, found, LATER, date.fromisoformat(request.args[2])) if isinstance(found, Form) else found


def set_promise(request: Request, store: Store) -> Sequence[Outgoing]:
    """The same for a promise."""
    found = forms.admitted(request, store, *request.args[:2])
    return _take(request, store, found, PROMISE, date.fromisoformat(request.args[2])) if isinstance(found, Form) else found


def put_off(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "để sau" while nothing is being asked: about the report that is still to come."""
    unfinished = list(forms.unfinished(request, store))
    found = unfinished[0] if len(unfinished) == 1 else forms.chosen(request, store, LATER)
    return _which(request, store, found, LATER) if isinstance(found, Form) else found


def said(request: Request, store: Store) -> Sequence[Outgoing]:
    """A typed day."""
    dialog = request.dialog
    assert dialog is not None
    found = forms.admitted(request, store, dialog.text("unit"), dialog.text("round"))
    if not isinstance(found, Form):
        request.hang_up(store)
        return found
    command = commands.understand(request.text)
    if command is not None and command.verb in (Verb.BEGIN, Verb.RESUME, Verb.SUBMIT):
        return forms.go_on(request, store, found)
    reading = read_date(request.text, request.today)
    if isinstance(reading, Doubtful):
        return _which(request, store, found, dialog.name, doubts.sentence(reading.why))
    assert isinstance(reading.value, date)
    return _take(request, store, found, dialog.name, reading.value)


def _which(request: Request, store: Store, form: Form, kind: str, problem: str = "") -> Sequence[Outgoing]:
    """Offer days, and listen for a typed one."""
    if form.report is not None:
        request.hang_up(store)
        return [Outgoing(text=texts.sent_already(form.unit, form.round))]
    if kind == LATER and request.today > form.round.last_day:
        kind = PROMISE
    if kind == LATER:
        days = snoozes.later_days(form.round, request.today, request.calendar)
        if not days:
            return [Outgoing(text=texts.no_day_left(form.round))]
        text = texts.which_day(form.unit, form.round, days[0])
    else:
        days = snoozes.promise_days(request.today, request.calendar)
        text = texts.when_will_it_come(form.unit, form.round, request.office, days[0])
    request.talk(store, kind, unit=form.unit.id, round=form.round.id)
    begun = form.progress.begun
    return [view.days(form.at, f"{kind}-set", problem or text, days, request.today, begun=begun, typed=True)]


def _take(request: Request, store: Store, form: Form, kind: str, day: date) -> Sequence[Outgoing]:
    """Keep the day, or say why it will not do."""
    if form.report is not None:
        request.hang_up(store)
        return [Outgoing(text=texts.sent_already(form.unit, form.round))]
    if kind == LATER and request.today > form.round.last_day:
        kind = PROMISE
    refusal = (
        snoozes.refuse_later(day, form.round, request.today, request.calendar)
        if kind == LATER
        else snoozes.refuse_promise(day, request.today, request.calendar)
    )
    if refusal is not None:
        return _which(request, store, form, kind, _refused(request, form, day, refusal))
    store.reminders.snooze(
        round_id=form.round.id, unit_id=form.unit.id, person_id=request.person.id, kind=kind, until=day, now=request.now
    )
    request.hang_up(store)
    if kind == LATER:
        return [Outgoing(text=texts.will_remind(request.person, form.unit, form.round, day))]
    return [Outgoing(text=texts.promised(request.person, form.unit, form.round, day, request.office))]


def _refused(request: Request, form: Form, day: date, why: Refusal) -> str:
    match why:
        case Refusal.PAST:
            return texts.day_past(day)
        case Refusal.DAY_OFF:
            reason = request.calendar.reason(day) or ""
            return texts.day_off(day, reason, _near(request, form, day))
        case Refusal.AFTER_DEADLINE:
            return texts.after_deadline(day, form.round)
        case Refusal.TOO_FAR:
            return texts.too_far(day)
        case _:
            assert_never(why)


def _near(request: Request, form: Form, day: date) -> date:
    """A working day beside a day off that would do."""
    after = request.calendar.next_working(day)
    before = request.calendar.previous_working(day)
    return before if request.today < before and after > form.round.last_day >= before else after


ACTIONS = {
    "later": Route(handler=later, needs=Needs.ANSWERS),
    "later-set": Route(handler=set_later, needs=Needs.ANSWERS),
    "promise": Route(handler=promise, needs=Needs.ANSWERS),
    "promise-set": Route(handler=set_promise, needs=Needs.ANSWERS),
}

COMMANDS = {"desau": Route(handler=put_off, needs=Needs.SEAT)}

DIALOGS = {
    LATER: Route(handler=said, needs=Needs.SEAT),
    PROMISE: Route(handler=said, needs=Needs.SEAT),
}
