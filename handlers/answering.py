"""Keeping an answer: at once, with a difficulty passed on and a surprising figure asked about; then the next question."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import oddity
from bot.domain.answers import Answer, Reading
from bot.domain.oddity import Oddity
from bot.domain.progress import Step
from bot.domain.questions import Question
from bot.texts import reporting as texts
from bot.views import reporting as view
from handlers import form as forms
from handlers import raising
from handlers.form import Form
from handlers.request import Request
from storage.store import Store


def keep(request: Request, store: Store, form: Form, step: Step, reading: Reading, raw: str) -> Sequence[Outgoing]:
    """Keep an answer; a difficulty goes to the coordinators at once; a surprising figure is asked about once."""
    question = step.question
    if step not in form.open_steps:
        return forms.review(request, store, form, texts.not_reopened(step))
    answer = store.answers.add(
        round_id=form.round.id,
        unit_id=form.unit.id,
        question=question.code,
        raw=raw,
        reading=reading,
        person_id=request.person.id,
        now=request.now,
        on_behalf=request.actor.on_behalf_of(form.unit.id),
    )
    recap = texts.recap(step, reading)
    if question.difficulty and isinstance(reading.value, str):
        raised = raising.raise_from_answer(
            request, store, unit_id=form.unit.id, round_id=form.round.id, question=question.code, text=reading.value
        )
        if raised is not None:
            recap = f"{recap}\n\n{raising.acknowledgement(request, store, raised)}"
    now = _again(store, form)
    return ask_if_right(request, store, now, step, answer) or forms.go_on(request, store, now, recap, answered=step)


def explain(request: Request, store: Store, form: Form, step: Step, known: Answer, reason: str) -> Sequence[Outgoing]:
    """The same figure with its reason, as a newer answer."""
    answer = store.answers.add(
        round_id=form.round.id,
        unit_id=form.unit.id,
        question=step.question.code,
        raw=known.raw,
        reading=Reading(status=known.status, value=known.value, estimate=known.estimate),
        person_id=request.person.id,
        now=request.now,
        explanation=reason,
        on_behalf=request.actor.on_behalf_of(form.unit.id),
    )
    return forms.go_on(request, store, _again(store, form), texts.explained(step, answer), answered=step)


def ask_if_right(request: Request, store: Store, form: Form, step: Step, answer: Answer) -> list[Outgoing]:
    """Ask about an odd figure, below what was recorded; empty when there is nothing odd, or it was explained."""
    earlier, title = _earlier(store, form, step.question)
    reading = Reading(status=answer.status, value=answer.value, estimate=answer.estimate)
    why: Oddity | None = None if answer.explanation else oddity.oddity(step.question, reading, earlier)
    if why is None:
        return []
    request.talk(store, forms.ANSWERING, unit=form.unit.id, round=form.round.id, question=step.question.code, odd=True)
    return [view.odd(form.at, step, texts.odd(step, answer, why, earlier, title))]


def _earlier(store: Store, form: Form, question: Question) -> tuple[Answer | None, str]:
    """The unit's answer for a shorter period that this round includes, and that round's title."""
    for other in reversed(store.rounds.all()):
        if oddity.contains(form.round, other) and store.plans.get(other.plan_id).code == form.plan.code:
            report = store.answers.report(other.id, form.unit.id)
            answers = report.answers if report is not None else store.answers.latest(other.id, form.unit.id)
            if question.code in answers:
                return answers[question.code], other.title
    return None, ""


def skip(request: Request, store: Store, form: Form, step: Step) -> Sequence[Outgoing]:
    """Pass over an optional question, or one answered before: nothing is kept."""
    if not step.question.optional and step.question.code not in form.progress.answers:
        return forms.ask(request, store, form, step, texts.not_optional(step))
    following = form.progress.after(step.question.code)
    if following is None:
        return forms.review(request, store, form, texts.skipped(step))
    return forms.ask(request, store, form, following, texts.skipped(step))


def back(request: Request, store: Store, form: Form, step: Step) -> Sequence[Outgoing]:
    """The question before this one."""
    before = form.progress.before(step.question.code)
    if before is None:
        return forms.ask(request, store, form, step, texts.first_question())
    return forms.ask(request, store, form, before)


def _again(store: Store, form: Form) -> Form:
    """The form after what was just written."""
    found = forms.find(store, form.unit.id, form.round.id)
    assert found is not None
    return found
