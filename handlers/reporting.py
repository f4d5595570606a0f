"""Answering a report, question by question: every answer is kept the moment it is given."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain.answers import Reading, Status
from bot.domain.progress import Step, same
from bot.domain.questions import Question
from bot.texts import reporting as texts
from bot.views import reporting as view
from handlers import answering, hearing, pausing, reviewing, standing
from handlers import form as forms
from handlers.form import Form
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import values
from storage.store import Store


def begin_any(request: Request, store: Store) -> Sequence[Outgoing]:
    """/baocao, "bắt đầu", "làm tiếp"."""
    found = forms.chosen(request, store, "report-begin")
    return _begin(request, store, found) if isinstance(found, Form) else found


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Bắt đầu] or [Làm tiếp] of a certain report."""
    found = forms.admitted(request, store, *request.args[:2])
    return _begin(request, store, found) if isinstance(found, Form) else found


def tapped(request: Request, store: Store) -> Sequence[Outgoing]:
    """An answer was tapped. What stands there already is not written twice, and an old button changes nothing unasked."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    step = found.progress.step(request.args[2])
    meant = _meant(step.question, request.args[3:]) if step is not None else None
    if step is None or meant is None:
        return _where_they_were(request, store, found, texts.not_asked_any_more())
    reading, raw = meant
    known = found.progress.answers.get(step.question.code)
    if known is not None and same(known, reading):
        return _where_they_were(request, store, found, passing=step)
    if known is not None and not _is_asked(request, found, step):
        return [view.change(found.at, step, known, reading, ("answer", *request.args))]
    return answering.keep(request, store, found, step, reading, raw)


def change(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Đổi]: the old button was meant."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    step = found.progress.step(request.args[2])
    meant = _meant(step.question, request.args[3:]) if step is not None else None
    if step is None or meant is None:
        return _where_they_were(request, store, found, texts.not_asked_any_more())
    known = found.progress.answers.get(step.question.code)
    if known is not None and same(known, meant[0]):
        return _where_they_were(request, store, found, passing=step)
    return answering.keep(request, store, found, step, *meant)


def keep(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Giữ]: the old button was a slip."""
    found = forms.admitted(request, store, *request.args[:2])
    return _where_they_were(request, store, found) if isinstance(found, Form) else found


def as_is(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Giữ nguyên]: a question asked again stays as it is."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    return forms.go_on(request, store, found, passed=request.args[2])


def again(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Sửa]: ask a certain question (again)."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    step = found.progress.step(request.args[2])
    if step is None:
        return _where_they_were(request, store, found, texts.not_asked_any_more())
    return forms.ask(request, store, found, step)


def skip(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Bỏ qua] of an optional question: nothing is kept, it stays unanswered."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    step = found.progress.step(request.args[2])
    if step is None or not _is_asked(request, found, step):
        return _where_they_were(request, store, found)
    return answering.skip(request, store, found, step)


def back(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Lùi]: from the question the button stands under."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    step = found.progress.step(request.args[2])
    return answering.back(request, store, found, step) if step is not None else _where_they_were(request, store, found)


def later(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Để sau]."""
    found = forms.admitted(request, store, *request.args[:2])
    return pausing.pause(request, store, found) if isinstance(found, Form) else found


def sure(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Đúng, giữ số này]: an odd figure was looked at."""
    found = forms.admitted(request, store, *request.args[:2])
    if not isinstance(found, Form):
        return found
    step = found.progress.step(request.args[2])
    known = found.progress.answers.get(request.args[2])
    if step is None or known is None or known.explanation or not _is_asked(request, found, step):
        return _where_they_were(request, store, found, passing=step)
    return answering.explain(request, store, found, step, known, texts.CONFIRMED)


def _begin(request: Request, store: Store, form: Form) -> Sequence[Outgoing]:
    if form.returned is not None:
        return forms.go_on(request, store, form, texts.look_again(form.round, form.unit, form.returned, form.open_steps))
    if form.sent is not None:
        return forms.review(request, store, form)
    if form.progress.begun:
        above = texts.welcome_back(request.person, form.unit, form.round, form.progress) if form.progress.next else ""
    else:
        above = texts.opening(form.unit, form.round, form.plan, form.questions, form.progress)
    return forms.go_on(request, store, form, above)


def _where_they_were(
    request: Request, store: Store, form: Form, above: str = "", passing: Step | None = None
) -> Sequence[Outgoing]:
    """What this chat is being asked now, once more. `passing`: a question that needs no asking, it was just answered again."""
    dialog = request.dialog
    if dialog is None or (dialog.text("unit"), dialog.text("round")) != form.at:
        return forms.go_on(request, store, form, above)
    if dialog.name == forms.REVIEWING:
        return forms.review(request, store, form, above)
    step = form.progress.step(dialog.text("question")) if dialog.name == forms.ANSWERING else None
    if step is None:
        return forms.go_on(request, store, form, above)
    known = form.progress.answers.get(step.question.code)
    if dialog.data.get("odd") and known is not None:
        return answering.ask_if_right(request, store, form, step, known) or forms.go_on(request, store, form, above)
    if passing is not None and step.question.code == passing.question.code:
        return forms.go_on(request, store, form, above, passed=step.question.code)
    return forms.ask(request, store, form, step, above)


def _is_asked(request: Request, form: Form, step: Step) -> bool:
    """Whether this very question is open in this chat."""
    dialog = request.dialog
    return (
        dialog is not None
        and dialog.name == forms.ANSWERING
        and (dialog.text("unit"), dialog.text("round")) == form.at
        and dialog.text("question") == step.question.code
    )


def _meant(question: Question, args: Sequence[str]) -> tuple[Reading, str] | None:
    """What a tapped answer says, and its words; None for an option the question does not have."""
    match args:
        case ("option", code):
            label = next((option.label for option in question.options if option.code == code), None)
            return None if label is None else (Reading(status=Status.GIVEN, value=code), label)
        case ("status", Status.NONE.value):
            return Reading(status=Status.NONE), texts.does_not_arise(question)
        case ("status", Status.UNAVAILABLE.value):
            return Reading(status=Status.UNAVAILABLE), texts.not_yet(question)
        case ("reading", packed, raw):
            status, value, estimate = json.loads(packed)
            return Reading(status=Status(status), value=values.parse(value), estimate=estimate), raw
        case _:
            return None


ACTIONS = {
    "report-begin": Route(handler=begin, needs=Needs.ANSWERS),
    "answer": Route(handler=tapped, needs=Needs.ANSWERS),
    "answer-change": Route(handler=change, needs=Needs.ANSWERS),
    "answer-keep": Route(handler=keep, needs=Needs.ANSWERS),
    "answer-as-is": Route(handler=as_is, needs=Needs.ANSWERS),
    "answer-again": Route(handler=again, needs=Needs.ANSWERS),
    "answer-skip": Route(handler=skip, needs=Needs.ANSWERS),
    "answer-back": Route(handler=back, needs=Needs.ANSWERS),
    "answer-later": Route(handler=later, needs=Needs.ANSWERS),
    "answer-sure": Route(handler=sure, needs=Needs.ANSWERS),
} | reviewing.ACTIONS

COMMANDS = {"baocao": Route(handler=begin_any, needs=Needs.SEAT)} | reviewing.COMMANDS | standing.COMMANDS

DIALOGS = {forms.ANSWERING: Route(handler=hearing.said, needs=Needs.SEAT)} | reviewing.DIALOGS
