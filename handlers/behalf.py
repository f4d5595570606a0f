"""Recording a unit's paper report: its number and date, then its figures through the unit's own questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.messages import Outgoing
from bot.domain.answers import Doubtful
from bot.domain.dates import read_date
from bot.domain.reports import Via
from bot.texts import behalf as texts
from bot.texts import correcting as correcting_texts
from bot.texts import doubts, general
from bot.texts.address import full
from bot.views import behalf as views
from bot.views import correcting as correcting_views
from handlers import form as forms
from handlers.form import Form
from handlers.notifying import tell_unit
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.store import Store

NUMBER = "behalf-number"
DAY = "behalf-day"


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round): [Nhập thay]. A document the unit told us of is not asked for again."""
    found = _form(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    if found.report is not None and found.report.paper_number:
        return _type(request, store, found, found.report.paper_number, found.report.paper_on)
    request.talk(store, NUMBER, unit=found.unit.id, round=found.round.id)
    return [views.number(found.at, texts.number(found.unit, found.round))]


def no_number(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round): [Chưa rõ số]"""
    found = _form(request, store, *request.args[:2])
    return _ask_day(request, store, found, "") if isinstance(found, Form) else found


def number_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The number was typed."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    number = " ".join(request.text.split())
    if not number or len(number) > texts.LONGEST_NUMBER or not any(letter.isdigit() for letter in number):
        return [views.number(found.at, texts.not_a_number())]
    return _ask_day(request, store, found, number)


def day_chosen(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, day or "")"""
    dialog = request.dialog
    found = _form(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    if dialog is None or dialog.name != DAY or (dialog.text("unit"), dialog.text("round")) != found.at:
        return [Outgoing(text=general.old_button())]
    day = request.args[2]
    return _type(request, store, found, dialog.text("number"), date.fromisoformat(day) if day else None)


def day_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The day was typed."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    assert request.dialog is not None
    number = request.dialog.text("number")
    reading = read_date(request.text, request.today)
    if isinstance(reading, Doubtful):
        return _ask_day(request, store, found, number, doubts.sentence(reading.why))
    assert isinstance(reading.value, date)
    if reading.value > request.today:
        return _ask_day(request, store, found, number, texts.day_ahead())
    return _type(request, store, found, number, reading.value)


def send(request: Request, store: Store, form: Form) -> Sequence[Outgoing]:
    """What was typed is the unit's report, come by document; the unit is told and may correct it."""
    typing = store.behalves.find(form.round.id, form.unit.id, request.person.id)
    assert typing is not None
    store.behalves.end(typing.id, request.now)
    request.hang_up(store)
    report = store.answers.send_on_paper(
        round_id=form.round.id,
        unit_id=form.unit.id,
        person_id=request.person.id,
        number=typing.number,
        on=typing.on,
        now=request.now,
    )
    store.reminders.end_snoozes(form.round.id, form.unit.id, request.now)
    told = tell_unit(
        request,
        store,
        form.unit,
        form.round,
        f"behalf:{report.revision}",
        lambda person: views.for_unit(person, form.unit, form.round, report, request.office),
    )
    text = texts.recorded(form.unit, form.round, report, form.progress, full(told) if told else "")
    return [correcting_views.done(text, form.unit, form.round)]


def _ask_day(request: Request, store: Store, form: Form, number: str, problem: str = "") -> Sequence[Outgoing]:
    request.talk(store, DAY, unit=form.unit.id, round=form.round.id, number=number)
    return [views.day(form.at, problem or texts.day(), request.today, request.today - timedelta(days=1))]


def _type(request: Request, store: Store, form: Form, number: str, on: date | None) -> Sequence[Outgoing]:
    store.behalves.begin(
        round_id=form.round.id, unit_id=form.unit.id, person_id=request.person.id, number=number, on=on, now=request.now
    )
    return forms.go_on(request, store, form, texts.begin(form.unit, form.round, number))


def _in_dialog(request: Request, store: Store) -> Form | list[Outgoing]:
    assert request.dialog is not None
    found = _form(request, store, request.dialog.text("unit"), request.dialog.text("round"))
    if not isinstance(found, Form):
        request.hang_up(store)
    return found


def _form(request: Request, store: Store, unit_id: str, round_id: str) -> Form | list[Outgoing]:
    """The unit's report, unless it came through the chat already."""
    form = forms.find(store, int(unit_id), int(round_id))
    if form is None:
        return [Outgoing(text=general.old_button())]
    if form.round.closed_at is not None:
        return [correcting_views.done(correcting_texts.round_closed(form.round), form.unit, form.round)]
    if form.report is not None and form.report.via is Via.CHAT:
        return [correcting_views.done(texts.sent_in_chat(form.unit), form.unit, form.round)]
    return form


ACTIONS = {
    "behalf": Route(handler=begin, needs=Needs.COORDINATOR),
    "behalf-number": Route(handler=no_number, needs=Needs.COORDINATOR),
    "behalf-day": Route(handler=day_chosen, needs=Needs.COORDINATOR),
}

DIALOGS = {
    NUMBER: Route(handler=number_said, needs=Needs.COORDINATOR),
    DAY: Route(handler=day_said, needs=Needs.COORDINATOR),
}
