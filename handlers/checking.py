"""Asking once about a report as a whole, just before it is sent; the answer is kept for the coordinators."""

from __future__ import annotations

from bot.chat.messages import Outgoing
from bot.domain import checks
from bot.domain.checks import Check
from bot.texts import reporting as texts
from bot.views import sending
from handlers.form import Form
from handlers.request import Request
from storage import periods
from storage.store import Store

CHECKING = "report-check"
"""Its data: unit, round, check."""


def ask(request: Request, store: Store, form: Form) -> list[Outgoing]:
    """The question, or nothing when there is none, or exactly these answers were asked about before."""
    before = periods.before(store, form.round).get(form.unit.id, {})
    early = checks.early(form.progress, form.round.until, request.office)
    for check in checks.of_report(form.progress, before, early):
        if not store.verdicts.remarked(form.round.id, form.unit.id, check, _about(request, form, check)):
            request.talk(store, CHECKING, unit=form.unit.id, round=form.round.id, check=check.value)
            text = texts.odd_report(check, periods.previous(store, form.round), early, form.round)
            return [sending.odd_report(form.at, text)]
    return []


def keep(request: Request, store: Store, form: Form, check: Check, explanation: str) -> None:
    """What the unit said to it."""
    store.verdicts.remark(
        round_id=form.round.id,
        unit_id=form.unit.id,
        check=check,
        about=_about(request, form, check),
        explanation=explanation,
        person_id=request.person.id,
        now=request.now,
    )


def _about(request: Request, form: Form, check: Check) -> str:
    """Names the answers it is about: the newest of them. Early figures are not asked about again because another changed."""
    answers = form.progress.answers
    if check is Check.MIXED:
        early = checks.early(form.progress, form.round.until, request.office)
        return str(max((answers[step.question.code].id for step in early), default=0))
    return str(max((answer.id for answer in answers.values()), default=0))
