"""A difficulty (khó khăn, vướng mắc) a unit raised, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """What can happen to a difficulty; the last step is its state."""

    RAISED = "raised"
    ANSWERED = "answered"
    UNDERSTOOD = "understood"  # the unit: "đã rõ"
    MORE = "more"  # the unit: "cần trao đổi thêm"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One step: who, when, with which words. `person_id` None for the system."""

    step: Step
    text: str
    person_id: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Difficulty:
    """A difficulty with its history.

    Attributes:
        question, round_id: where it came from when it was the answer to a question.
        point: id of the plan point it is about, or "".
    """

    id: int
    unit_id: int
    person_id: int
    round_id: int | None
    question: str
    point: str
    text: str
    at: datetime
    events: tuple[Event, ...]

    @property
    def code(self) -> str:
        """As people refer to it: KK-0021."""
        return f"KK-{self.id:04d}"

    @property
    def state(self) -> Step:
        """Where it stands."""
        return self.events[-1].step if self.events else Step.RAISED

    @property
    def open(self) -> bool:
        """Whether the coordinator still owes something."""
        return self.state in (Step.RAISED, Step.MORE)
