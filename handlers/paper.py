"""The report went through the document system: its number and date are noted, reminders stop, figures stay welcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.messages import Outgoing
from bot.domain.answers import Doubtful
from bot.domain.dates import read_date
from bot.domain.reports import Via
from bot.texts import doubts
from bot.texts import paper as texts
from bot.texts import reporting as reporting_texts
from bot.views import paper as view
from handlers import form as forms
from handlers.form import Form
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.store import Store

NUMBER = "paper-number"
DAY = "paper-day"


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Đã gửi qua văn bản]: which document?"""
    found = forms.admitted(request, store, *request.args[:2])
    return _ask_number(request, store, found) if isinstance(found, Form) else found


def begin_any(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "đã gửi", /dagui."""
    unfinished = list(forms.unfinished(request, store))
    found = forms.in_hand(request, store) or (unfinished[0] if len(unfinished) == 1 else forms.chosen(request, store, "paper"))
    return _ask_number(request, store, found) if isinstance(found, Form) else found


def skip_number(request: Request, store: Store) -> Sequence[Outgoing]:
    """They do not know the number."""
    found = forms.admitted(request, store, *request.args[:2])
    return _ask_day(request, store, found, "") if isinstance(found, Form) else found


def set_day(request: Request, store: Store) -> Sequence[Outgoing]:
    """A day was tapped, or skipped (""); the number comes along in the button, so that nothing depends on the dialogue."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    number, day = request.args[2], request.args[3]
    return _note(request, store, found, number, date.fromisoformat(day) if day else None)


def never_mind(request: Request, store: Store) -> Sequence[Outgoing]:
    """It was tapped by mistake."""
    request.hang_up(store)
    return [Outgoing(text=texts.never_mind())]


def said_number(request: Request, store: Store) -> Sequence[Outgoing]:
    """The number was typed."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    number = " ".join(request.text.split())
    if not number or len(number) > texts.LONGEST_NUMBER or not any(letter.isdigit() for letter in number):
        return _ask_number(request, store, found, texts.number_too_long())
    return _ask_day(request, store, found, number)


def said_day(request: Request, store: Store) -> Sequence[Outgoing]:
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
        return _ask_day(request, store, found, number, texts.day_ahead(reading.value))
    return _note(request, store, found, number, reading.value)


def _ask_number(request: Request, store: Store, form: Form, problem: str = "") -> Sequence[Outgoing]:
    if received := _received(request, form):
        request.hang_up(store)
        return received
    request.talk(store, NUMBER, unit=form.unit.id, round=form.round.id)
    return [view.number(form.at, problem or texts.number(form.unit, form.round))]


def _ask_day(request: Request, store: Store, form: Form, number: str, problem: str = "") -> Sequence[Outgoing]:
    request.talk(store, DAY, unit=form.unit.id, round=form.round.id, number=number)
    return [view.day(form.at, number, problem or texts.day(), request.today, request.today - timedelta(days=1))]


def _note(request: Request, store: Store, form: Form, number: str, on: date | None) -> Sequence[Outgoing]:
    """Keep it. What was answered here so far goes with it; the rest may follow."""
    request.hang_up(store)
    if received := _received(request, form):
        return received
    known = form.report
    if known is None or (number, on) != (known.paper_number, known.paper_on):
        known = store.answers.send_on_paper(
            round_id=form.round.id,
            unit_id=form.unit.id,
            person_id=request.person.id,
            number=number,
            on=on,
            now=request.now,
        )
    store.reminders.end_snoozes(form.round.id, form.unit.id, request.now)
    text = texts.noted(request.person, form.unit, form.round, known, form.progress, request.office)
    return [view.noted(form.at, text, fill_in=bool(form.progress.missing))]


def _received(request: Request, form: Form) -> list[Outgoing]:
    """A report that came through the chat needs no paper any more."""
    if form.report is None or form.report.via is not Via.CHAT:
        return []
    return [Outgoing(text=reporting_texts.already_received(form.unit, form.round, form.report, request.office))]


def _in_dialog(request: Request, store: Store) -> Form | list[Outgoing]:
    dialog = request.dialog
    assert dialog is not None
    found = forms.admitted(request, store, dialog.text("unit"), dialog.text("round"))
    if not isinstance(found, Form):
        request.hang_up(store)
    return found


ACTIONS = {
    "paper": Route(handler=begin, needs=Needs.ANSWERS),
    "paper-skip": Route(handler=skip_number, needs=Needs.ANSWERS),
    "paper-day": Route(handler=set_day, needs=Needs.ANSWERS),
    "paper-not": Route(handler=never_mind, needs=Needs.ANSWERS),
}

COMMANDS = {"dagui": Route(handler=begin_any, needs=Needs.SEAT)}

DIALOGS = {
    NUMBER: Route(handler=said_number, needs=Needs.SEAT),
    DAY: Route(handler=said_day, needs=Needs.SEAT),
}
