"""A unit's report in a round as it stands at this turn, and showing its next question or its review.

Shared by everything that answers, sends or asks about a report. Nothing is kept in memory: the dialogue row says which
question is open, the answers say the rest, so a killed process goes on at the same question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat.messages import Choice, Outgoing
from bot.domain import extensions, verdicts
from bot.domain import progress as progressing
from bot.domain.outlook import opens_on
from bot.domain.plan import Plan
from bot.domain.progress import Progress, Step, open_for_answers
from bot.domain.questions import QuestionSet
from bot.domain.reports import Report, Via
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.domain.verdicts import Verdict
from bot.texts import general
from bot.texts import reporting as texts
from bot.views import reporting as view
from handlers.request import Request
from storage.store import Store

ANSWERING = "report"
"""The dialogue of an open question. Its data: unit, round, question, and `odd` while a surprising figure is asked about."""

REVIEWING = "report-review"
"""The dialogue of the review screen. Its data: unit, round."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """One unit's report in one round. `report` is what was sent, `progress` what stands now.

    `round` is the unit's own: with its extension, if it has one. `returned` is what the coordinators asked to look at again.
    """

    unit: Unit
    round: Round
    plan: Plan
    questions: QuestionSet
    progress: Progress
    report: Report | None
    returned: Verdict | None = None

    @property
    def at(self) -> view.Target:
        """As the arguments of an action."""
        return view.target(self.unit.id, self.round.id)

    @property
    def sent(self) -> Progress | None:
        """What was sent from here; None while nothing was, also when the report is said to have gone on paper."""
        if self.report is None or self.report.via is not Via.CHAT:
            return None
        return progressing.progress(self.questions, self.round.code, self.report.answers)

    @property
    def unsent(self) -> tuple[Step, ...]:
        """What was changed since it was sent."""
        sent = self.sent
        return () if sent is None else progressing.changed(self.progress, sent)

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """What may be changed: after a return for some questions only those."""
        return verdicts.opened(self.progress, self.returned)


def find(store: Store, unit_id: int, round_id: int) -> Form | None:
    """The form; None when there is no such unit or round, or the unit has no questions in it."""
    try:
        unit, round_ = store.units.get(unit_id), store.rounds.get(round_id)
        plan = store.plans.get(round_.plan_id)
        questions = plan.question_set(unit.questions)
    except KeyError:
        return None
    answers = store.answers.latest(round_id, unit_id)
    report = store.answers.report(round_id, unit_id)
    return Form(
        unit=unit,
        round=extensions.applied(round_, store.extensions.of_unit(round_id, unit_id)),
        plan=plan,
        questions=questions,
        progress=progressing.progress(questions, round_.code, answers),
        report=report,
        returned=verdicts.outstanding(report, store.verdicts.of_unit(round_id, unit_id)),
    )


def admitted(request: Request, store: Store, unit_id: str, round_id: str) -> Form | list[Outgoing]:
    """The form this actor may fill in now, or why not. Asked at every turn: seats end and rounds close at any moment."""
    form = find(store, int(unit_id), int(round_id)) if unit_id.isdecimal() and round_id.isdecimal() else None
    if form is None or not may_fill_in(request, store, form):
        return [Outgoing(text=general.not_allowed(request.office.coordinator))]
    if form.round.closed_at is not None:
        return [Outgoing(text=texts.closed(form.unit, form.round, request.office))]
    if not open_for_answers(form.round, request.today, request.calendar):
        return [Outgoing(text=texts.not_open_yet(form.round, opens_on(form.round, request.calendar)))]
    return form


def in_hand(request: Request, store: Store) -> Form | list[Outgoing] | None:
    """The form this chat is busy with, why it may not go on with it, or None when it is busy with none."""
    dialog = request.dialog
    if dialog is None or dialog.name not in (ANSWERING, REVIEWING):
        return None
    found = admitted(request, store, dialog.text("unit"), dialog.text("round"))
    if not isinstance(found, Form):
        request.hang_up(store)
    return found


def open_forms(request: Request, store: Store) -> tuple[Form, ...]:
    """Every report this person may fill in now: those not sent yet first, the next due first."""
    found = [
        form
        for round_ in store.rounds.all()
        if open_for_answers(round_, request.today, request.calendar)
        for unit_id in request.actor.answers_for
        if (form := find(store, unit_id, round_.id)) is not None and exists(form, request) and may_fill_in(request, store, form)
    ]
    return tuple(sorted(found, key=lambda form: (form.sent is not None, form.round.due)))


def may_fill_in(request: Request, store: Store, form: Form) -> bool:
    """Whether this actor answers for the unit; a coordinator only in the round whose paper report they are typing."""
    if not request.actor.may_answer_for(form.unit.id):
        return False
    typing = request.actor.on_behalf_of(form.unit.id)
    return not typing or store.behalves.find(form.round.id, form.unit.id, request.person.id) is not None


def exists(form: Form, request: Request) -> bool:
    """Whether the unit exists today."""
    unit = form.unit
    return (unit.from_ is None or unit.from_ <= request.today) and (unit.until is None or request.today <= unit.until)


def chosen(request: Request, store: Store, action: str) -> Form | list[Outgoing]:
    """The report a word without a number means: the one in hand, the only open one, or a choice that leads to `action`."""
    if (form := in_hand(request, store)) is not None:
        return form
    if not request.actor.answers_for:
        return [Outgoing(text=texts.nothing_to_answer(request.office.coordinator))]
    forms = open_forms(request, store)
    if len(forms) == 1:
        return forms[0]
    if not forms:
        return nothing_open(request, store)
    return [view.which_report(action, ((f.unit, f.round, f.progress, f.sent is not None) for f in forms))]


def nothing_open(request: Request, store: Store) -> list[Outgoing]:
    """No report can be filled in now: when the next one can, and whom to call about the last one."""
    opening = ((opens_on(round_, request.calendar), round_) for round_ in store.rounds.all() if _ahead(round_, request))
    coming = min(opening, key=lambda pair: pair[0], default=None)
    text = texts.none_open(coming)
    closed = [round_ for round_ in store.rounds.all() if round_.closed_at is not None and round_.due.year == request.today.year]
    return [Outgoing(text=f"{text} {texts.closed_since(closed[-1], request.office)}" if closed else text)]


def ask(
    request: Request,
    store: Store,
    form: Form,
    step: Step,
    above: str = "",
    *,
    suggestions: Sequence[Choice] = (),
    likely: Sequence[Choice] = (),
    example: bool = True,
    follows: bool = False,
) -> list[Outgoing]:
    """Open a question, below what was just recorded or why nothing was; the rest as in `views.reporting.question`.

    `follows`: it comes by itself after an answer, so what was typed before it arrived was meant for that one.
    """
    if step not in form.open_steps:
        return review(request, store, form, "\n\n".join(part for part in (above, texts.not_reopened(step)) if part))
    request.talk(store, ANSWERING, unit=form.unit.id, round=form.round.id, question=step.question.code, follows=follows)
    shown = view.question(
        form.at,
        step,
        form.progress,
        form.round,
        above=above,
        suggestions=suggestions,
        likely=likely,
        example=example,
    )
    return [shown]


def review(request: Request, store: Store, form: Form, above: str = "") -> list[Outgoing]:
    """Show everything answered so far."""
    request.talk(store, REVIEWING, unit=form.unit.id, round=form.round.id)
    shown = view.review(
        form.at,
        form.unit,
        form.round,
        form.progress,
        form.sent,
        form.unsent,
        above,
        returned=form.returned is not None,
    )
    return [shown]


def go_on(
    request: Request, store: Store, form: Form, above: str = "", *, answered: Step | None = None, passed: str = ""
) -> list[Outgoing]:
    """The first question that wants an answer, after `answered` its follow-ups before all; the review when none does.

    Of a returned report then the questions to look at again, those behind `answered` or `passed` (the one left as it is).
    """
    step = form.progress.next if answered is None else form.progress.following(answered.question.code)
    if step is None:
        after = answered.question.code if answered is not None else passed
        step = verdicts.wanted(form.progress, form.returned, after)
    return review(request, store, form, above) if step is None else ask(request, store, form, step, above, follows=True)


def edit(request: Request, store: Store, form: Form, mark: str) -> list[Outgoing]:
    """Open the question people mean by its number; "" asks which."""
    if not mark:
        return edit_which(request, store, form)
    step = form.progress.marked(mark)
    if step is None:
        return review(request, store, form, texts.no_such_question(mark, form.progress))
    return ask(request, store, form, step)


def edit_which(request: Request, store: Store, form: Form) -> list[Outgoing]:
    """Ask which question to correct."""
    request.talk(store, REVIEWING, unit=form.unit.id, round=form.round.id)
    return [view.edit_which(form.at, form.open_steps)]


def unfinished(request: Request, store: Store) -> Iterator[Form]:
    """The open reports nothing was sent for."""
    return (form for form in open_forms(request, store) if form.report is None)


def _ahead(round_: Round, request: Request) -> bool:
    return round_.closed_at is None and opens_on(round_, request.calendar) > request.today
