"""Granting one unit a later last day: the day, the reason, a preview, and the unit is told; its reminders follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.chat.messages import Outgoing
from bot.domain import extensions
from bot.domain.answers import Doubtful
from bot.domain.dates import read_date
from bot.domain.people import Person
from bot.texts import correcting as correcting_texts
from bot.texts import doubts, general
from bot.texts import extending as texts
from bot.texts.address import full
from bot.views import correcting as correcting_views
from bot.views import extending as views
from handlers import form as forms
from handlers.form import Form
from handlers.notifying import listener, tell_unit
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.store import Store

DAY = "extend-day"
REASON = "extend-reason"
"""Its data: unit, round, until, and the reason once it was typed."""


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round): [Gia hạn]"""
    found = _form(request, store, *request.args[:2])
    return _which(request, store, found) if isinstance(found, Form) else found


def day_chosen(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, day)"""
    found = _form(request, store, *request.args[:2])
    return _take(request, store, found, date.fromisoformat(request.args[2])) if isinstance(found, Form) else found


def day_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """A typed day; shown both ways before anything is granted, so nothing else is asked about it."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    reading = read_date(request.text, request.today)
    if isinstance(reading, Doubtful):
        return _which(request, store, found, doubts.sentence(reading.why))
    assert isinstance(reading.value, date)
    return _take(request, store, found, reading.value)


def reason_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The reason in words; further words replace it."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    assert request.dialog is not None
    text = " ".join(request.text.split())
    if not text or len(text) > texts.LONGEST:
        return [views.ask_reason(texts.too_long() if text else texts.no_words())]
    until = date.fromisoformat(request.dialog.text("until"))
    request.talk(store, REASON, **(request.dialog.data | {"reason": text}))
    person = listener(request, store, found.unit.id)
    said = texts.granted(person or request.person, found.unit, found.round, until, text, request.office)
    return [views.preview(texts.preview(found.unit, found.round, until, full(person) if person else "", said), found.at, until)]


def send(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round): what was previewed; a second press finds nothing to send."""
    dialog = request.dialog
    if (
        dialog is None
        or dialog.name != REASON
        or not dialog.text("reason")
        or (dialog.text("unit"), dialog.text("round"))
        != (
            request.args[0],
            request.args[1],
        )
    ):
        return [Outgoing(text=correcting_texts.nothing_to_send())]
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    until, reason = date.fromisoformat(dialog.text("until")), dialog.text("reason")
    if why := _refusal(request, found, until):
        return _which(request, store, found, why)
    request.hang_up(store)
    granted = store.extensions.grant(
        round_id=found.round.id,
        unit_id=found.unit.id,
        until=until,
        reason=reason,
        person_id=request.person.id,
        now=request.now,
    )
    own = extensions.applied(found.round, granted)

    def message(person: Person) -> Outgoing:
        return views.granted(person, found.unit, own, until, reason, request.office, begun=found.progress.begun)

    told = tell_unit(request, store, found.unit, own, "extend", message)
    text = texts.done(found.unit, found.round, until, full(told) if told else "")
    return [correcting_views.done(text, found.unit, found.round)]


def _which(request: Request, store: Store, form: Form, problem: str = "") -> Sequence[Outgoing]:
    request.talk(store, DAY, unit=form.unit.id, round=form.round.id)
    days = extensions.days_offered(form.round.last_day, request.today, request.calendar)
    text = texts.which_day(form.unit, form.round)
    return [views.which_day(form.at, f"{problem}\n\n{text}" if problem else text, days)]


def _take(request: Request, store: Store, form: Form, day: date) -> Sequence[Outgoing]:
    if why := _refusal(request, form, day):
        return _which(request, store, form, why)
    request.talk(store, REASON, unit=form.unit.id, round=form.round.id, until=day.isoformat())
    return [views.ask_reason(texts.why(form.unit, day))]


def _refusal(request: Request, form: Form, day: date) -> str:
    round_ = form.round
    why = extensions.refuse(day, round_.last_day, round_.planned_last_day, request.today, request.calendar)
    return texts.refused(day, why, round_, request.calendar.reason(day) or "") if why is not None else ""


def _in_dialog(request: Request, store: Store) -> Form | list[Outgoing]:
    assert request.dialog is not None
    found = _form(request, store, request.dialog.text("unit"), request.dialog.text("round"))
    if not isinstance(found, Form):
        request.hang_up(store)
    return found


def _form(request: Request, store: Store, unit_id: str, round_id: str) -> Form | list[Outgoing]:
    """The unit's report, if a later day would make sense, or why not."""
    form = forms.find(store, int(unit_id), int(round_id))
    if form is None:
        return [Outgoing(text=general.old_button())]
    if form.round.closed_at is not None:
        return [correcting_views.done(correcting_texts.round_closed(form.round), form.unit, form.round)]
    if form.report is not None:
        return [correcting_views.done(texts.sent_already(form.unit, form.round), form.unit, form.round)]
    return form


ACTIONS = {
    "extend": Route(handler=begin, needs=Needs.COORDINATOR),
    "extend-day": Route(handler=day_chosen, needs=Needs.COORDINATOR),
    "extend-send": Route(handler=send, needs=Needs.COORDINATOR, grave=True),
}

DIALOGS = {
    DAY: Route(handler=day_said, needs=Needs.COORDINATOR),
    REASON: Route(handler=reason_said, needs=Needs.COORDINATOR),
}
