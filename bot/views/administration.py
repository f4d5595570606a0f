"""/donvi as messages with their choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.domain.units import Unit
from bot.texts import administration as texts
from bot.texts import general, keywords, paging
from bot.views.paging import MOST, rows, turning, within


def listing(units: Sequence[Unit], today: date, page: int) -> Outgoing:
    """All units that are or will be, then those that were."""
    over = [unit for unit in units if unit.until and unit.until < today]
    there = [unit for unit in units if unit not in over]
    active = [unit for unit in there if not unit.from_ or unit.from_ <= today]
    shown, many = [*there, *over], max(1, -(-len(units) // MOST))
    page = within(page, many)
    here = [
        Choice(label=texts.label(unit), action=("unit-card", str(unit.id))) for unit in shown[page * MOST : (page + 1) * MOST]
    ]
    new = (Choice(label=texts.ADD, action=("unit-add",)), Choice(label=texts.MERGE, action=("unit-merge",)))
    text = texts.listing(len(active), sum(unit.group == "ward" for unit in active)) + paging.place(page, many)
    return _message(text, (*rows(here, wide=2), *turning(("unit-list",), page, many), new))


def card(unit: Unit, heirs: Sequence[Unit], questions: str) -> Outgoing:
    """One unit and what can be done with it."""
    id = str(unit.id)
    rename = Choice(label=texts.RENAME, action=("unit-rename", id))
    end = (
        Choice(label=texts.REOPEN, action=("unit-reopen", id))
        if unit.until
        else Choice(label=texts.CLOSE, action=("unit-close", id))
    )
    return _message(texts.card(unit, heirs, questions), ((rename, end), (Choice(label=texts.LIST, action=("unit-list", "0")),)))


def groups(name: str) -> Outgoing:
    """Which group?"""
    return _message(
        texts.ask_group(name), tuple((Choice(label=label, action=("unit-group", key)),) for key, label in texts.GROUPS.items())
    )


def question_sets(name: str, sets: Mapping[str, str]) -> Outgoing:
    """Which questions? `sets`: code → title."""
    return _message(
        texts.ask_questions(name),
        rows([Choice(label=title[:60], action=("unit-questions", code)) for code, title in sets.items()]),
    )


def ask_from(name: str, problem: str = "") -> Outgoing:
    """From when?"""
    text = texts.ask_from(name)
    choice = Choice(label=texts.TODAY, action=("unit-today",), words=keywords.TODAY)
    return _lettered(f"{problem}\n\n{text}" if problem else text, choice)


def ask_heirs(closed: Sequence[Unit], problem: str = "") -> Outgoing:
    """Who takes over?"""
    text = texts.ask_heirs(closed)
    choice = Choice(label=texts.NOBODY, action=("unit-no-heir",), words=keywords.NOBODY)
    return _lettered(f"{problem}\n\n{text}" if problem else text, choice)


def ask(text: str) -> Outgoing:
    """A question to be answered in words. Its own choice keeps a typed name from meaning a button of the list above it."""
    return _lettered(text, Choice(label=texts.STOP, action=("unit-drop",), words=keywords.NEVER_MIND))


def surely(text: str) -> Outgoing:
    """The second question before anything is written."""
    yes = Choice(label=texts.APPLY, action=("unit-apply",), words=keywords.APPLY)
    return _message(text, ((yes, Choice(label=texts.DROP, action=("unit-drop",), words=keywords.DROP)),))


def _message(text: str, choices: tuple[tuple[Choice, ...], ...]) -> Outgoing:
    return Outgoing(text=text, choices=choices, hint=general.hint_digits())


def _lettered(text: str, choice: Choice) -> Outgoing:
    """The answer may itself begin with a figure."""
    return Outgoing(text=text, choices=((choice,),), marks="letters", hint=general.hint_letters())
