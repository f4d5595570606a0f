"""Asking once about a report as a whole, just before it is sent; the answer is kept for the coordinators."""

from __future__ import annotations

from bot.chat.messages import Outgoing
from bot.domain import checks
from bot.domain.checks import Check
from bot.texts import reporting as texts
from bot.views import reporting as view
from handlers.form import Form
from handlers.request import Request
from storage import periods
from storage.store import Store

CHECKING = "report-check"
"""Its data: unit, round, check."""


def ask(request: Request, store: Store, form: Form) -> list[Outgoing]:
    """The question, or nothing when there is none, or exactly these answers were asked about before."""
    before = periods.before(store, form.round).get(form.unit.id, {})
    for check in checks.of_report(form.progress, before):
        if not store.verdicts.remarked(form.round.id, form.unit.id, check, fingerprint(form)):
            request.talk(store, CHECKING, unit=form.unit.id, round=form.round.id, check=check.value)
            return [view.odd_report(form.at, texts.odd_report(check, periods.previous(store, form.round)))]
    return []


def keep(request: Request, store: Store, form: Form, check: Check, explanation: str) -> None:
    """What the unit said to it."""
    store.verdicts.remark(
        round_id=form.round.id,
        unit_id=form.unit.id,
        check=check,
        about=fingerprint(form),
        explanation=explanation,
        person_id=request.person.id,
        now=request.now,
    )


def fingerprint(form: Form) -> str:
    """Names the answers as they stand: the newest of them."""
    return str(max((answer.id for answer in form.progress.answers.values()), default=0))
