"""/summary, /tonghop: the coordinator's picture of a round, and the way down to every answer behind a total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Outgoing
from bot.domain import progress
from bot.domain import summary as summaries
from bot.domain.answers import Answer
from bot.domain.people import Person, Role
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.domain.sheets import UnitSheet
from bot.domain.summary import Summary
from bot.texts import general
from bot.texts import summary as texts
from bot.views import correcting
from bot.views import summary as views
from bot.views import totals as total_views
from bot.views import unit_answers as unit_views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import periods, sheets
from storage.store import Store


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/summary, /tonghop: all units for the coordinator; a unit's leaders see their own unit; officers have /tiendo."""
    round_ = summaries.current(store.rounds.all(), request.today, request.calendar)
    if round_ is None:
        return [Outgoing(text=texts.no_rounds())]
    if request.actor.sees_all:
        return [_glance(request, store, round_, edits=False)]
    led = dict.fromkeys(seat.unit_id for seat in request.actor.seats if seat.role is Role.LEADER)
    shown = [_answers(request, store, unit_id, round_) for unit_id in led]
    told = [unit_views.unit(found, request.office, 0, coordinator=False, edits=False) for found in shown if found]
    return told or [Outgoing(text=texts.for_coordinator(request.office.coordinator))]


def glance(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round), in place of the message it was asked from."""
    return [_glance(request, store, store.rounds.get(int(request.args[0])), edits=True)]


def now(request: Request, store: Store) -> Sequence[Outgoing]:
    """The round people mean without naming one, in place of the message it was asked from."""
    round_ = summaries.current(store.rounds.all(), request.today, request.calendar)
    return [_glance(request, store, round_, edits=True) if round_ else Outgoing(text=texts.no_rounds())]


def opened(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round), from the digest, which stays as it is."""
    return [_glance(request, store, store.rounds.get(int(request.args[0])), edits=False)]


def rounds(request: Request, store: Store) -> Sequence[Outgoing]:
    """(page): which round?"""
    found = [(store.plans.get(round_.plan_id), round_) for round_ in store.rounds.all()[::-1]]
    return [views.rounds(found, int(request.args[0]))]


def figures(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, page): totals."""
    return [total_views.figures(_summary(request, store, request.args[0]), int(request.args[1]))]


def total(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, indicator, column, page): one total, unit by unit."""
    id, code, column, page = request.args
    summary = _summary(request, store, id)
    found = summary.total(code, column)
    return [total_views.total(summary, found, int(page)) if found else Outgoing(text=general.old_button())]


def units(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, page): every unit's state."""
    return [unit_views.units(_summary(request, store, request.args[0]), request.office, int(request.args[1]))]


def unit(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, page): all answers of a unit."""
    unit_id, round_id, page = map(int, request.args)
    shown = _answers(request, store, unit_id, store.rounds.get(round_id))
    if shown is None:
        return [Outgoing(text=general.old_button())]
    acts = correcting.acts(shown.standing, shown.round) if request.actor.is_coordinator else ()
    return [unit_views.unit(shown, request.office, page, coordinator=request.actor.sees_all, edits=True, acts=acts)]


def history(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, round, page): what was corrected, by whom and when."""
    unit_id, round_id, page = map(int, request.args)
    shown = _answers(request, store, unit_id, store.rounds.get(round_id))
    if shown is None:
        return [Outgoing(text=general.old_button())]
    revisions: dict[Question, list[tuple[Answer, Person | None]]] = {}
    for step in shown.progress.steps:
        if step.question.code in shown.changed:
            given = store.answers.revisions(round_id, unit_id, step.question.code)
            revisions[step.question] = [(answer, _person(store, answer.person_id)) for answer in given]
    return [unit_views.history(shown, revisions, request.office, page)]


def _glance(request: Request, store: Store, round_: Round, *, edits: bool) -> Outgoing:
    summary = summaries.summarise(sheets.sheet(store, round_, request.today), now=request.now, office=request.office)
    open_ = [difficulty for difficulty in store.difficulties.all() if difficulty.open]
    others = len(store.rounds.all()) > 1
    return views.glance(
        summary,
        open_,
        request.office,
        request.calendar,
        others=others,
        edits=edits,
        compares=bool(periods.comparable(store, round_)),
        desk=request.actor.is_coordinator,
    )


def _summary(request: Request, store: Store, round_id: str) -> Summary:
    sheet = sheets.sheet(store, store.rounds.get(int(round_id)), request.today)
    return summaries.summarise(sheet, now=request.now, office=request.office)


def _answers(request: Request, store: Store, unit_id: int, round_: Round) -> unit_views.UnitAnswers | None:
    """One unit's answers: what was sent; its own people also see what is not sent yet. None when it is not in the round."""
    summary = _summary(request, store, str(round_.id))
    standing = summary.standing(unit_id)
    if standing is None:
        return None
    row = next(row for row in summary.sheet.units if row.unit.id == unit_id)
    questions = summary.sheet.plan.question_set(row.unit.questions)
    own = any(seat.unit_id == unit_id and not seat.role.sees_all for seat in request.actor.seats)
    newest = progress.progress(questions, round_.code, row.draft)
    drafts = row.report is None and own and newest.begun
    sent = progress.progress(questions, round_.code, row.report.answers if row.report else {})
    times = store.answers.times(round_.id, unit_id)
    shown = newest if drafts else sent
    return unit_views.UnitAnswers(
        standing=standing,
        round=round_,
        progress=shown,
        report=row.report,
        by=_sender(request, store, row) if row.report else None,
        changed=frozenset(code for code, many in times.items() if many > 1 and code in shown.answers),
        unsent=len(progress.changed(newest, sent)) if row.report else 0,
        drafts=drafts,
    )


def _sender(request: Request, store: Store, row: UnitSheet) -> Person | None:
    """Who sent it; the number to call is for the coordinators and the unit's own people."""
    person = _person(store, row.report.person_id) if row.report else None
    return person if person is None or request.actor.may_see(row.unit.id) else replace(person, phone="")


def _person(store: Store, person_id: int | None) -> Person | None:
    return store.people.get(person_id) if person_id is not None else None


ACTIONS: dict[str, Route] = {
    "summary": Route(handler=glance, needs=Needs.SEES_ALL),
    "summary-now": Route(handler=now, needs=Needs.SEES_ALL),
    "summary-open": Route(handler=opened, needs=Needs.SEES_ALL),
    "summary-rounds": Route(handler=rounds, needs=Needs.SEES_ALL),
    "summary-figures": Route(handler=figures, needs=Needs.SEES_ALL),
    "summary-total": Route(handler=total, needs=Needs.SEES_ALL),
    "summary-units": Route(handler=units, needs=Needs.SEES_ALL),
    "summary-unit": Route(handler=unit, needs=Needs.READS),
    "summary-history": Route(handler=history, needs=Needs.READS),
}

COMMANDS: dict[str, Route] = {
    "summary": Route(handler=begin, needs=Needs.SEAT),
    "tonghop": Route(handler=begin, needs=Needs.SEAT),
}

DIALOGS: dict[str, Route] = {}
