"""Returning a report with a reason, accepting it; the unit is told, and what it sends again is shown with what changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.chat.fold import fold
from bot.chat.messages import Outgoing
from bot.domain import verdicts
from bot.domain.progress import Step
from bot.domain.reports import Report
from bot.domain.verdicts import Judgement, Stage
from bot.texts import correcting as texts
from bot.texts import general
from bot.texts.address import full
from bot.views import correcting as views
from handlers import form as forms
from handlers.form import Form
from handlers.notifying import listener, tell_unit
from handlers.request import Request
from handlers.routes import Needs, Route
from handlers.telling import tell_coordinators
from storage.store import Store

PICKING = "return"
"""Its data: unit, round, revision, and the codes picked so far."""
REASON = "return-reason"
"""The same, and the reason once it was typed."""

_MARKS = re.compile(r"(?:cau\s*)?((?:\d{1,2}[b-z]?)(?:\s*(?:,|;|va|\s)\s*(?:cau\s*)?\d{1,2}[b-z]?)*)\.?", re.IGNORECASE)


# Returning


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round): [Trả lại]: which questions?"""
    found = _form(request, store)
    return _pick(request, store, found, (), 0) if isinstance(found, Form) else found


def toggle(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, code, page): one question in or out."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    code, page = request.args[2], int(request.args[3])
    picked = _picked(request)
    now = tuple(one for one in picked if one != code) if code in picked else (*picked, code)
    return _pick(request, store, found, now, page)


def turn(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, page)"""
    found = _in_dialog(request, store)
    return _pick(request, store, found, _picked(request), int(request.args[2])) if isinstance(found, Form) else found


def typed(request: Request, store: Store) -> Sequence[Outgoing]:
    """ "2, 5": the numbers of the questions."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    said = _MARKS.fullmatch(fold(request.text))
    marks = re.findall(r"\d{1,2}[b-z]?", said[1]) if said else []
    unknown = [mark for mark in marks if found.progress.marked(mark) is None]
    if not marks or unknown:
        problem = texts.no_such(unknown, found.progress) if unknown else ""
        return _pick(request, store, found, _picked(request), 0, problem)
    return _ask_reason(request, store, found, verdicts.codes_of(marks, found.progress), everything=False)


def everything(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Cả báo cáo]"""
    found = _in_dialog(request, store)
    return _ask_reason(request, store, found, (), everything=True) if isinstance(found, Form) else found


def on(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Tiếp tục], and [Viết lại lý do]."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    picked = _picked(request)
    whole = bool(request.dialog and request.dialog.data.get("everything"))
    if not picked and not whole:
        return _pick(request, store, found, (), 0, texts.pick_first())
    return _ask_reason(request, store, found, picked, everything=whole)


def reason(request: Request, store: Store) -> Sequence[Outgoing]:
    """The reason in words; shown as the unit will read it. Further words replace it."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    assert request.dialog is not None
    text = " ".join(request.text.split())
    if not text:
        return [views.ask_reason(texts.no_words())]
    if len(text) > texts.LONGEST:
        return [views.ask_reason(texts.too_long())]
    request.talk(store, REASON, **(request.dialog.data | {"reason": text}))
    person = listener(request, store, found.unit.id)
    shown = views.returned(person or request.person, found.unit, found.round, _steps(request, found), text, request.office)
    to = full(person) if person else ""
    return [views.preview(texts.preview(found.unit, found.round, to, shown.text), found.at)]


def send(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Gửi trả lại]: what was previewed; a second press finds nothing to send."""
    found = _in_dialog(request, store)
    if not isinstance(found, Form):
        return found
    assert request.dialog is not None and found.report is not None
    said = request.dialog.text("reason")
    if not said:
        return [Outgoing(text=texts.nothing_to_send())]
    request.hang_up(store)
    picked, steps = _picked(request), _steps(request, found)
    many = len(store.verdicts.of_unit(found.round.id, found.unit.id))
    store.verdicts.judge(
        round_id=found.round.id,
        unit_id=found.unit.id,
        revision=found.report.revision,
        kind=Judgement.RETURNED,
        questions=picked,
        reason=said,
        person_id=request.person.id,
        now=request.now,
    )
    told = tell_unit(
        request,
        store,
        found.unit,
        found.round,
        f"return:{many + 1}",
        lambda person: views.returned(person, found.unit, found.round, steps, said, request.office),
    )
    return [views.done(texts.done(found.unit, found.round, full(told) if told else ""), found.unit, found.round)]


def stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Thôi]"""
    if request.dialog is not None and request.dialog.name in (PICKING, REASON):
        request.hang_up(store)
    return [Outgoing(text=texts.stopped())]


# Accepting


def accept(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round): at once; after a return the unit waits for it, so it is asked first and then told."""
    found = _form(request, store)
    if not isinstance(found, Form):
        return found
    assert found.report is not None
    said = store.verdicts.of_unit(found.round.id, found.unit.id)
    if verdicts.stage(found.report, said) is Stage.ACCEPTED:
        return [views.done(texts.accepted_already(found.unit), found.unit, found.round)]
    person = listener(request, store, found.unit.id) if said else None
    if person is not None:
        return [views.ask_accept(texts.ask_accept(found.unit, found.round, full(person)), found.at, found.report.revision)]
    _accept(request, store, found)
    return [views.done(texts.accepted(found.unit, found.round, ""), found.unit, found.round)]


def accept_sure(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, revision)"""
    found = _form(request, store)
    if not isinstance(found, Form):
        return found
    assert found.report is not None
    if found.report.revision != int(request.args[2]):
        return [views.done(texts.moved_on(found.unit), found.unit, found.round)]
    said = store.verdicts.of_unit(found.round.id, found.unit.id)
    if verdicts.stage(found.report, said) is Stage.ACCEPTED:
        return [views.done(texts.accepted_already(found.unit), found.unit, found.round)]
    _accept(request, store, found)
    told = tell_unit(
        request,
        store,
        found.unit,
        found.round,
        f"accept:{len(said) + 1}",
        lambda person: Outgoing(text=texts.accepted_for_unit(person, found.unit, found.round, request.office)),
    )
    return [views.done(texts.accepted(found.unit, found.round, full(told) if told else ""), found.unit, found.round)]


def tell_resent(request: Request, store: Store, before: Form, report: Report) -> None:
    """The unit sent again what had been judged: the coordinators see what changed."""
    if not store.verdicts.of_unit(before.round.id, before.unit.id):
        return
    sent = before.sent or before.progress
    shown = views.resent(request.person, before.unit, before.round, report, sent, before.progress, before.unsent)
    tell_coordinators(request, store, shown)


def _accept(request: Request, store: Store, form: Form) -> None:
    assert form.report is not None
    store.verdicts.judge(
        round_id=form.round.id,
        unit_id=form.unit.id,
        revision=form.report.revision,
        kind=Judgement.ACCEPTED,
        person_id=request.person.id,
        now=request.now,
    )


def _pick(
    request: Request, store: Store, form: Form, picked: tuple[str, ...], page: int, problem: str = ""
) -> Sequence[Outgoing]:
    assert form.report is not None
    at = {"unit": form.unit.id, "round": form.round.id, "revision": form.report.revision}
    request.talk(store, PICKING, **at, picked=",".join(picked))
    steps = [step for step in form.progress.steps if step.question.code in picked]
    text = texts.which(form.unit, form.round, steps)
    return [views.pick(form.at, f"{problem}\n\n{text}" if problem else text, form.sent or form.progress, picked, page)]


def _ask_reason(request: Request, store: Store, form: Form, picked: tuple[str, ...], *, everything: bool) -> Sequence[Outgoing]:
    assert form.report is not None
    at = {"unit": form.unit.id, "round": form.round.id, "revision": form.report.revision}
    request.talk(store, REASON, **at, picked=",".join(picked), everything=everything)
    steps = [step for step in form.progress.steps if step.question.code in picked]
    return [views.ask_reason(texts.why(form.unit, steps, everything))]


def _form(request: Request, store: Store) -> Form | list[Outgoing]:
    """The report of (unit, round, …) as far as it can be judged, or why not."""
    unit_id, round_id = request.args[:2]
    form = forms.find(store, int(unit_id), int(round_id))
    if form is None:
        return [Outgoing(text=general.old_button())]
    if form.round.closed_at is not None:
        return [views.done(texts.round_closed(form.round), form.unit, form.round)]
    if form.report is None or not form.report.answers:
        return [views.done(texts.not_sent(form.unit), form.unit, form.round)]
    return form


def _in_dialog(request: Request, store: Store) -> Form | list[Outgoing]:
    """The report the open dialogue is about, unless a newer revision came."""
    dialog = request.dialog
    if dialog is None or dialog.name not in (PICKING, REASON):
        return [Outgoing(text=texts.nothing_to_send())]
    form = forms.find(store, dialog.number("unit"), dialog.number("round"))
    assert form is not None and form.report is not None
    if request.args and (request.args[0], request.args[1]) != form.at:  # a button of another report
        return [Outgoing(text=general.old_button())]
    if form.round.closed_at is not None:
        request.hang_up(store)
        return [Outgoing(text=texts.round_closed(form.round))]
    if form.report.revision != dialog.number("revision"):
        request.hang_up(store)
        return [views.done(texts.moved_on(form.unit), form.unit, form.round)]
    return form


def _picked(request: Request) -> tuple[str, ...]:
    assert request.dialog is not None
    return tuple(code for code in request.dialog.text("picked").split(",") if code)


def _steps(request: Request, form: Form) -> list[Step]:
    picked = _picked(request)
    return [step for step in form.progress.steps if step.question.code in picked]


ACTIONS = {
    "return": Route(handler=begin, needs=Needs.COORDINATOR),
    "return-pick": Route(handler=toggle, needs=Needs.COORDINATOR),
    "return-page": Route(handler=turn, needs=Needs.COORDINATOR),
    "return-all": Route(handler=everything, needs=Needs.COORDINATOR),
    "return-on": Route(handler=on, needs=Needs.COORDINATOR),
    "return-send": Route(handler=send, needs=Needs.COORDINATOR, grave=True),
    "accept": Route(handler=accept, needs=Needs.COORDINATOR),
    "accept-sure": Route(handler=accept_sure, needs=Needs.COORDINATOR, grave=True),
    "correcting-stop": Route(handler=stop, needs=Needs.PERSON),
}

COMMANDS: dict[str, Route] = {}

DIALOGS = {
    PICKING: Route(handler=typed, needs=Needs.COORDINATOR),
    REASON: Route(handler=reason, needs=Needs.COORDINATOR),
}
