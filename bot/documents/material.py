"""What a document of a round is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.answers import Answer
from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.summary import Summary

Answered = tuple[int, str]
"""A unit's id and a question's code."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """A round at one moment, with everything its documents tell besides figures.

    Attributes:
        difficulties: those raised in the round, or in its time, in the order to be shown.
        people: by id, whoever sent, answered or raised something; a missing one is left blank.
        revisions: of answers that were changed: all of them, oldest first, the current one included.
    """

    summary: Summary
    office: Office
    difficulties: Sequence[Difficulty] = ()
    people: Mapping[int, Person] = field(default_factory=dict)
    revisions: Mapping[Answered, Sequence[Answer]] = field(default_factory=dict)

    @property
    def made_up(self) -> bool:
        """A demonstration: every page and sheet says that its figures are invented."""
        return self.summary.sheet.plan.made_up

    def person(self, id: int | None) -> str:
        """A person's name; "" for the system and for whoever is not known."""
        found = self.people.get(id) if id is not None else None
        return found.name if found else ""
