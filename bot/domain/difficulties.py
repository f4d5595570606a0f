"""A difficulty (khó khăn, vướng mắc) a unit raised, and what became of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """What can happen to a difficulty; the last step is its state."""

    RAISED = "raised"
    ASSIGNED = "assigned"  # one of the coordinators sees to it
    FORWARDED = "forwarded"  # another department is asked what it thinks
    ADVISED = "advised"  # and has said so
    MERGED = "merged"  # into another one that says the same; that one's answer is this one's
    ANSWERED = "answered"
    UNDERSTOOD = "understood"  # the unit: "đã rõ"
    MORE = "more"  # the unit: "cần trao đổi thêm"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One step: who, when, with which words. `person_id` None for the system.

    `target`: id of whom or what it names: ASSIGNED a person, FORWARDED and ADVISED a unit, MERGED another difficulty.
    """

    step: Step
    text: str
    person_id: int | None
    at: datetime
    target: int | None = None


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
        return code_of(self.id)

    @property
    def state(self) -> Step:
        """Where it stands."""
        return self.events[-1].step if self.events else Step.RAISED

    @property
    def open(self) -> bool:
        """Whether the coordinator still owes something."""
        return self.state in (Step.RAISED, Step.ASSIGNED, Step.FORWARDED, Step.ADVISED, Step.MORE)

    @property
    def assignee(self) -> int | None:
        """Id of the coordinator who sees to it."""
        return self._last(Step.ASSIGNED)

    @property
    def asked(self) -> frozenset[int]:
        """Ids of the departments that were asked what they think."""
        return frozenset(event.target for event in self.events if event.step is Step.FORWARDED and event.target is not None)

    @property
    def merged_into(self) -> int | None:
        """Id of the difficulty that stands for this one, too; None once its unit wanted to talk on."""
        for event in reversed(self.events):
            if event.step in (Step.MERGED, Step.MORE):
                return event.target
        return None

    def _last(self, step: Step) -> int | None:
        return next((event.target for event in reversed(self.events) if event.step is step), None)


def code_of(id: int) -> str:
    """As people refer to a difficulty: KK-0021."""
    return f"KK-{id:04d}"


def read_code(text: str) -> int | None:
    """The difficulty somebody means by "KK-0021", "kk21" or "21"; None for anything else."""
    found = re.fullmatch(r"\s*(?:kk)?\s*[-\u2013]?\s*0*([1-9][0-9]{0,8})\s*", text.casefold())
    return int(found[1]) if found else None
