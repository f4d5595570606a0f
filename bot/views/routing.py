"""The screens of giving a difficulty to somebody, asking another department and merging."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.domain.difficulties import Difficulty
from bot.domain.people import Person
from bot.domain.units import Unit
from bot.texts import difficulties, general, keywords, paging
from bot.texts import routing as texts
from bot.texts.address import full
from bot.views.paging import MOST, rows, turning, within


def whom(difficulty: Difficulty, people: Sequence[Person]) -> Outgoing:
    """Which of the colleagues?"""
    choices = [
        Choice(label=full(one), action=("difficulty-assign-to", str(difficulty.id), str(one.id))) for one in people[:MOST]
    ]
    return _lettered(texts.whom(difficulty), (*rows(choices), (_stop(difficulty),)))


def departments(difficulty: Difficulty, units: Sequence[Unit], page: int, problem: str = "") -> Outgoing:
    """Which department?"""
    many = max(1, -(-len(units) // MOST))
    page = within(page, many)
    id = str(difficulty.id)
    choices = [
        Choice(label=unit.short, action=("difficulty-forward-to", id, str(unit.id)), words=unit.aliases)
        for unit in units[page * MOST : (page + 1) * MOST]
    ]
    text = texts.which_department(difficulty) + paging.place(page, many)
    turn = turning(("difficulty-departments", id), page, many)
    return _lettered(_with(problem, text), (*rows(choices, wide=2), *turn, (_stop(difficulty),)))


def ask_note(difficulty: Difficulty, to: Unit, problem: str = "") -> Outgoing:
    """Something to add?"""
    none = Choice(label=texts.NO_NOTE, action=("difficulty-no-note", str(difficulty.id)), words=keywords.NO_NOTE)
    return _lettered(_with(problem, texts.ask_note(difficulty, to)), ((none, _stop(difficulty)),))


def others(difficulty: Difficulty, open_: Sequence[tuple[Difficulty, Unit]], page: int, problem: str = "") -> Outgoing:
    """Which one says the same?"""
    many = max(1, -(-len(open_) // MOST))
    page = within(page, many)
    id = str(difficulty.id)
    choices = [
        Choice(label=texts.other_label(other, unit), action=("difficulty-merge-into", id, str(other.id)), words=(other.code,))
        for other, unit in open_[page * MOST : (page + 1) * MOST]
    ]
    text = texts.into_which(difficulty, len(open_)) + paging.place(page, many)
    turn = turning(("difficulty-others", id), page, many)
    return _lettered(_with(problem, text), (*rows(choices), *turn, (_stop(difficulty),)))


def surely(text: str, difficulty: Difficulty, label: str) -> Outgoing:
    """Before it is done and told."""
    yes = Choice(label=label, action=("difficulty-route", str(difficulty.id)), words=keywords.ROUTE)
    return _lettered(text, ((yes, _stop(difficulty)),))


def for_coordinator(text: str, difficulty: Difficulty) -> Outgoing:
    """Something a coordinator is to act upon."""
    id = str(difficulty.id)
    answer = Choice(label=difficulties.ANSWER, action=("difficulty-answer", id))
    return Outgoing(
        text=text,
        choices=((answer, Choice(label=difficulties.SHOW, action=("difficulty-show", id))),),
        hint=general.hint_digits(),
    )


def for_department(text: str, to: Unit, difficulty: Difficulty) -> Outgoing:
    """For the department that is asked."""
    advise = Choice(label=texts.ADVISE, action=("difficulty-advise", str(to.id), str(difficulty.id)))
    return Outgoing(text=text, choices=((advise,),), hint=general.hint_digits())


def ask_advice(difficulty: Difficulty, problem: str = "") -> Outgoing:
    """What does the department think?"""
    stop = Choice(label=difficulties.STOP, action=("difficulty-advice-stop",))
    return _lettered(_with(problem, texts.ask_advice(difficulty)), ((stop,),))


def _stop(difficulty: Difficulty) -> Choice:
    return Choice(label=difficulties.STOP, action=("difficulty-route-stop", str(difficulty.id)), words=keywords.NEVER_MIND)


def _with(problem: str, text: str) -> str:
    return f"{problem}\n\n{text}" if problem else text


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...]) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters())
