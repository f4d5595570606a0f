"""Units as messages: every unit with its state, and the way down to one unit's answers and their corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.messages import Choice, Outgoing
from bot.domain.answers import Answer, Reading
from bot.domain.oddity import oddity
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.progress import Progress, Step
from bot.domain.questions import Question
from bot.domain.reports import Report
from bot.domain.rounds import Round
from bot.domain.standings import Standing
from bot.domain.summary import Summary
from bot.texts import paging
from bot.texts import summary as texts
from bot.views.paging import MOST, pages, rows, turning, within
from bot.views.summary import screen, to_glance


def units(summary: Summary, office: Office, page: int) -> Outgoing:
    """Every unit with its state, and the way to its answers."""
    many = max(1, -(-len(summary.standings) // MOST))
    page = within(page, many)
    here = summary.standings[page * MOST : (page + 1) * MOST]
    round_ = summary.sheet.round
    text = "\n".join(
        [texts.units_head(summary) + paging.place(page, many), "", *(texts.unit_line(standing, office) for standing in here)]
    )
    choices = [
        Choice(
            label=texts.unit_label(standing.unit),
            action=("summary-unit", str(standing.unit.id), str(round_.id), "0"),
            words=standing.unit.aliases,
        )
        for standing in here
    ]
    turn = turning(("summary-units", str(round_.id)), page, many)
    return screen(text, (*rows(choices, wide=2), *turn, (to_glance(round_),)), edits=True)


@dataclass(frozen=True, kw_only=True)
class UnitAnswers:
    """One unit's answers in a round, as they are shown.

    Attributes:
        progress: what was sent; for the unit itself, while nothing was sent, what stands there now.
        report: None while nothing was sent.
        by: who sent it.
        changed: codes of the questions that were answered more than once.
        unsent: how many answers were changed and not sent again.
        drafts: whether `progress` holds unsent answers.
    """

    standing: Standing
    round: Round
    progress: Progress
    report: Report | None
    by: Person | None
    changed: frozenset[str]
    unsent: int
    drafts: bool


def unit(
    shown: UnitAnswers, office: Office, page: int, *, coordinator: bool, edits: bool, acts: Sequence[Choice] = ()
) -> Outgoing:
    """All answers of one unit. The unit's own people see the same without the ways to other units.

    `acts`: what the reader can do with the report, besides looking.
    """
    lines = [*texts.unit_head(shown.standing, shown.report, shown.by, shown.round, office, drafts=shown.drafts), ""]
    if shown.progress.begun:
        lines += [_answer(step, shown) for step in shown.progress.steps]
    else:
        lines.append(texts.nothing_answered())
    if shown.unsent:
        lines += ["", texts.changed_since(shown.unsent)]
    written = pages(lines)
    page = within(page, len(written))
    at = (str(shown.standing.unit.id), str(shown.round.id))
    last = []
    if shown.changed:
        last.append(Choice(label=texts.HISTORY, action=("summary-history", *at, "0")))
    if coordinator:
        last.append(Choice(label=texts.BY_UNIT, action=("summary-units", str(shown.round.id), "0")))
        last.append(to_glance(shown.round))
    turn = turning(("summary-unit", *at), page, len(written))
    ways = (*turn, *rows(acts, wide=3), *((tuple(last),) if last else ()))
    return screen(written[page] + paging.place(page, len(written)), ways, edits=edits)


def history(
    shown: UnitAnswers, revisions: Mapping[Question, Sequence[tuple[Answer, Person | None]]], office: Office, page: int
) -> Outgoing:
    """What was corrected: every answer, who gave it and when."""
    unit_, round_ = shown.standing.unit, shown.round
    told = [texts.history_line(question, answers, office) for question, answers in revisions.items()]
    written = pages([texts.history_head(unit_, round_), "", *(told or [texts.no_history()])])
    page = within(page, len(written))
    at = (str(unit_.id), str(round_.id))
    back = Choice(label=texts.ANSWERS, action=("summary-unit", *at, "0"))
    turn = turning(("summary-history", *at), page, len(written))
    return screen(written[page] + paging.place(page, len(written)), (*turn, (back,)), edits=True)


def _answer(step: Step, shown: UnitAnswers) -> str:
    answer = shown.progress.answers.get(step.question.code)
    odd = answer is not None and oddity(step.question, _reading(answer)) is not None
    return texts.answer_line(step, answer, odd=odd, changed=step.question.code in shown.changed)


def _reading(answer: Answer) -> Reading:
    return Reading(status=answer.status, value=answer.value, estimate=answer.estimate)
