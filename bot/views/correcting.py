"""What a coordinator can do with one unit's report, and the screens of returning and accepting it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.progress import Progress, Step
from bot.domain.reports import Report
from bot.domain.rounds import Round
from bot.domain.standings import RECEIVED, Standing, State
from bot.domain.units import Unit
from bot.domain.verdicts import Stage
from bot.texts import absence, behalf, chasing, extending, general, keywords, ledger, paging, reporting
from bot.texts import correcting as texts
from bot.views.paging import rows, turning, within
from bot.views.reporting import Target

ON_A_PAGE = 5
"""Questions to choose from on a page, besides the ways on."""


def acts(standing: Standing, round_: Round) -> tuple[Choice, ...]:
    """What can be done with a unit's report as it stands; below the unit's answers."""
    at = (str(standing.unit.id), str(round_.id))
    found: list[Choice] = []
    if round_.closed_at is None:
        if standing.stage is not None and standing.progress.answered:
            if standing.stage is not Stage.RETURNED:
                found.append(Choice(label=texts.RETURN, action=("return", *at)))
            if standing.stage is not Stage.ACCEPTED:
                found.append(Choice(label=texts.ACCEPT, action=("accept", *at)))
        if standing.state not in RECEIVED:
            found.append(Choice(label=chasing.NUDGE_NOW, action=("nudge-one", *at)))
            found.append(Choice(label=extending.EXTEND, action=("extend", *at)))
        if standing.state in (State.NOT_BEGUN, State.FILLING, State.PAPER):
            found.append(Choice(label=behalf.ON_BEHALF, action=("behalf", *at)))
    found.append(Choice(label=absence.ABSENCE, action=("absence-of", at[0])))
    found.append(Choice(label=ledger.LEDGER, action=("ledger-unit", *at, "0")))
    return tuple(found)


def back(unit: Unit, round_: Round) -> Choice:
    """To the unit's answers."""
    return Choice(label=texts.ANSWERS, action=("summary-unit", str(unit.id), str(round_.id), "0"))


def pick(at: Target, text: str, progress: Progress, picked: Sequence[str], page: int) -> Outgoing:
    """Which questions is the unit to look at again? Tapping one again leaves it out."""
    steps = [step for step in progress.steps if step.question.code in progress.answers]
    many = max(1, -(-len(steps) // ON_A_PAGE))
    page = within(page, many)
    choices = [
        Choice(
            label=texts.step_label(step, step.question.code in picked),
            action=("return-pick", *at, step.question.code, str(page)),
        )
        for step in steps[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    ]
    ways = (
        Choice(label=texts.ON, action=("return-on", *at)),
        Choice(label=texts.ALL_OF_IT, action=("return-all", *at)),
        Choice(label=texts.STOP, action=("correcting-stop",), words=texts.STOP_WORDS),
    )
    return Outgoing(
        text=text + paging.place(page, many),
        choices=(*rows(choices), *turning(("return-page", *at), page, many), ways),
        marks="letters",
        hint=general.hint_letters(),
        edits=True,
    )


def ask_reason(text: str) -> Outgoing:
    """The reason is typed."""
    return _typed(text, ())


def preview(text: str, at: Target) -> Outgoing:
    """Before it goes."""
    send = Choice(label=texts.SEND, action=("return-send", *at), words=keywords.SEND)
    return _typed(text, (send, Choice(label=texts.REWRITE, action=("return-on", *at))))


def done(text: str, unit: Unit, round_: Round) -> Outgoing:
    """What became of it, and the way back."""
    return Outgoing(text=text, choices=((back(unit, round_),),), hint=general.hint_digits())


def ask_accept(text: str, at: Target, revision: int) -> Outgoing:
    """Before the unit is told."""
    sure = Choice(label=texts.SURE_ACCEPT, action=("accept-sure", *at, str(revision)), words=keywords.ACCEPT)
    return _typed(text, (sure,))


def returned(person: Person, unit: Unit, round_: Round, picked: Sequence[Step], reason: str, office: Office) -> Outgoing:
    """For the unit."""
    at = (str(unit.id), str(round_.id))
    choices = (
        Choice(label=texts.LOOK, action=("report-begin", *at)),
        Choice(label=reporting.DIFFICULTY, action=("difficulty", *at)),
    )
    text = texts.returned(person, unit, round_, picked, reason, office)
    return Outgoing(text=text, choices=(choices,), hint=general.hint_digits())


def resent(
    person: Person, unit: Unit, round_: Round, report: Report, before: Progress, now: Progress, changed: Sequence[Step]
) -> Outgoing:
    """For the coordinators: it came back."""
    at = (str(unit.id), str(round_.id))
    choices = (
        Choice(label=texts.ACCEPT, action=("accept", *at)),
        Choice(label=texts.RETURN, action=("return", *at)),
        back(unit, round_),
    )
    text = texts.resent(person, unit, round_, report, before, now, changed)
    return Outgoing(text=text, choices=(choices,), marks="letters", hint=general.hint_letters())


def _typed(text: str, choices: tuple[Choice, ...]) -> Outgoing:
    stop = Choice(label=texts.STOP, action=("correcting-stop",), words=texts.STOP_WORDS)
    return Outgoing(text=text, choices=((*choices, stop),), marks="letters", hint=general.hint_letters())
