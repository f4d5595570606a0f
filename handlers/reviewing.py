"""The review of a report, sending it, and correcting it until the round is closed. Only [Gửi] sends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.chat.fold import fold
from bot.chat.messages import Outgoing
from bot.domain import commands, standings
from bot.domain.checks import Check
from bot.domain.commands import Verb
from bot.domain.reports import Via
from bot.texts import behalf as behalf_texts
from bot.texts import reporting as texts
from bot.views import sending
from handlers import behalf, checking, correcting, pausing
from handlers import form as forms
from handlers.form import Form
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.store import Store

# "6", "câu 6", "sửa câu 1b", "số 6".
_MARK = re.compile(r"(?:sua )?(?:lai )?(?:cau )?(?:so )?0*([1-9]\d?[b-z]?)[.)]?")


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """The review screen."""
    found = forms.admitted(request, store, *request.args[:2])
    return forms.review(request, store, found) if isinstance(found, Form) else found


def which(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Sửa câu số…]: which question is to be corrected?"""
    found = forms.admitted(request, store, *request.args[:2])
    return forms.edit_which(request, store, found) if isinstance(found, Form) else found


def resume(request: Request, store: Store) -> Sequence[Outgoing]:
    """Go on with what is missing."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    step = found.progress.next or next(iter(found.progress.missing), None)
    return forms.review(request, store, found) if step is None else forms.ask(request, store, found, step)


def correct(request: Request, store: Store) -> Sequence[Outgoing]:
    """/sua, "sửa câu 6": a question of the report in hand; without a number the review of what was answered."""
    mark = _mark(" ".join(request.args))
    found = forms.chosen(request, store, "report-review")
    if not isinstance(found, Form):
        return found
    if mark:
        return forms.edit(request, store, found, mark)
    return forms.review(request, store, found) if found.progress.begun else forms.go_on(request, store, found)


def send(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Gửi]: what is complete goes at once, what is not after one question."""
    found = forms.admitted(request, store, *request.args[:2])
    return _send(request, store, found, sure=False) if isinstance(found, Form) else found


def send_anyway(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Vẫn gửi]: what is missing was named and is sent as missing."""
    found = forms.admitted(request, store, *request.args[:2])
    return _send(request, store, found, sure=True) if isinstance(found, Form) else found


def checked(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Đúng, gửi luôn]: the report as a whole was looked at."""
    found = forms.admitted(request, store, *request.args[:2])
    return _checked(request, store, found, texts.CONFIRMED) if isinstance(found, Form) else found


def explained(request: Request, store: Store) -> Sequence[Outgoing]:
    """The reason for a surprising report in words. It is kept and [Gửi] asked for: "để em hỏi lại" must not send anything."""
    assert request.dialog is not None
    found = forms.admitted(request, store, request.dialog.text("unit"), request.dialog.text("round"))
    if not isinstance(found, Form):
        request.hang_up(store)
        return found
    command = commands.understand(request.text)
    if command is not None and command.verb is Verb.SUBMIT and not request.doubtful:
        return _checked(request, store, found, texts.CONFIRMED)
    if not request.text or command is not None:
        return forms.review(request, store, found)
    reason = request.text[: texts.LONGEST_REASON]
    checking.keep(request, store, found, Check(request.dialog.text("check")), reason)
    request.talk(store, forms.REVIEWING, unit=found.unit.id, round=found.round.id)
    return [sending.reason_kept(found.at, reason, missing=bool(found.progress.missing))]


def said(request: Request, store: Store) -> Sequence[Outgoing]:
    """Words at the review screen: a question's number, "gửi", "để sau"."""
    found = forms.in_hand(request, store)
    assert found is not None
    if not isinstance(found, Form):
        return found
    if mark := _mark(request.text):
        return forms.edit(request, store, found, mark)
    command = commands.understand(request.text)
    match command.verb if command else None:
        case Verb.SUBMIT if not request.doubtful:
            return _send(request, store, found, sure=False)
        case Verb.LATER:
            return pausing.pause(request, store, found)
        case Verb.EDIT:
            return forms.edit(request, store, found, "")
        case Verb.BEGIN | Verb.RESUME:
            return forms.go_on(request, store, found)
        case Verb.BACK:
            return forms.ask(request, store, found, found.progress.steps[-1])
        case Verb.SUMMARY:
            return forms.review(request, store, found)
        case _:
            return forms.review(request, store, found, texts.pick_a_number())


def _send(request: Request, store: Store, form: Form, *, sure: bool) -> Sequence[Outgoing]:
    """Draw the line under the answers so far. Pressing twice sends once: the second finds nothing changed."""
    if request.actor.on_behalf_of(form.unit.id) and form.report is not None and form.report.via is Via.CHAT:
        request.hang_up(store)
        return [Outgoing(text=behalf_texts.sent_in_chat(form.unit))]
    if form.sent is not None and not form.unsent and form.returned is not None and not sure:
        request.talk(store, forms.REVIEWING, unit=form.unit.id, round=form.round.id)
        return [sending.send_unchanged(form.at)]
    if form.sent is not None and not form.unsent and form.returned is None:
        assert form.report is not None
        request.hang_up(store)
        return [Outgoing(text=texts.already_received(form.unit, form.round, form.report, request.office))]
    if not form.progress.begun:
        return forms.go_on(request, store, form)
    if form.progress.missing and not sure:
        request.talk(store, forms.REVIEWING, unit=form.unit.id, round=form.round.id)
        return [sending.send_incomplete(form.at, form.progress)]
    if asked := checking.ask(request, store, form):
        return asked
    if request.actor.on_behalf_of(form.unit.id):
        return behalf.send(request, store, form)
    report = store.answers.send(round_id=form.round.id, unit_id=form.unit.id, person_id=request.person.id, now=request.now)
    store.reminders.end_snoozes(form.round.id, form.unit.id, request.now)
    request.hang_up(store)
    correcting.tell_resent(request, store, form, report)
    if form.sent is not None:
        text = texts.received_again(
            request.person, form.unit, form.round, report, form.sent, form.progress, form.unsent, request.office
        )
    else:
        text = texts.received(
            request.person,
            form.unit,
            form.round,
            form.progress,
            report,
            request.office,
            late=standings.late(report.first_at, form.round, request.office),
            on_paper=form.report is not None and form.report.via is Via.PAPER,
        )
    return [Outgoing(text=text)]


def _checked(request: Request, store: Store, form: Form, explanation: str) -> Sequence[Outgoing]:
    """Keep what was said to the question that was open, and send; what was missing had been named before."""
    dialog = request.dialog
    if dialog is None or dialog.name != checking.CHECKING or (dialog.text("unit"), dialog.text("round")) != form.at:
        return _send(request, store, form, sure=False)
    checking.keep(request, store, form, Check(dialog.text("check")), explanation)
    return _send(request, store, form, sure=True)


def _mark(text: str) -> str:
    found = _MARK.fullmatch(fold(text))
    return found[1] if found else ""


ACTIONS = {
    "report-review": Route(handler=show, needs=Needs.ANSWERS),
    "report-edit": Route(handler=which, needs=Needs.ANSWERS),
    "report-resume": Route(handler=resume, needs=Needs.ANSWERS),
    "report-send": Route(handler=send, needs=Needs.ANSWERS, grave=True),
    "report-send-anyway": Route(handler=send_anyway, needs=Needs.ANSWERS, grave=True),
    "report-check-sure": Route(handler=checked, needs=Needs.ANSWERS, grave=True),
}

COMMANDS = {"sua": Route(handler=correct, needs=Needs.SEAT)}

DIALOGS = {
    forms.REVIEWING: Route(handler=said, needs=Needs.SEAT),
    checking.CHECKING: Route(handler=explained, needs=Needs.SEAT),
}
