"""A newly raised difficulty as the coordinators see it."""

from __future__ import annotations

from bot.chat.messages import Choice, Outgoing
from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.units import Unit
from bot.texts import difficulties as texts
from bot.texts import general


def new(difficulty: Difficulty, unit: Unit, person: Person, about: str, office: Office) -> Outgoing:
    """A new difficulty, to be answered or looked at."""
    return Outgoing(
        text=texts.new(difficulty, unit, person, about, office),
        choices=(
            (
                Choice(label=texts.ANSWER, action=("difficulty-answer", str(difficulty.id))),
                Choice(label=texts.SHOW, action=("difficulty-show", str(difficulty.id))),
            ),
        ),
        hint=general.hint_digits(),
    )
