"""A plan (kế hoạch): its points, the units' duties, the question sets and the rounds it asks for, as read from a plan file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.questions import QuestionSet


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point of the plan.

    Attributes:
        id: stable ASCII reference ("IV.2.dd", "IV.end").
        ref: as people write it ("IV.2.đ", "IV.cuối").
        label: a short name.
        excerpt: word for word from the plan, short enough for a chat.
        text: the whole point, word for word.
        groups: unit groups it concerns ("ward", "named", "other"); used when `units` is empty.
        units: codes of the units it names; empty = all of `groups`.
        send: whether it is one of the Monday excerpts.
    """

    id: str
    ref: str
    label: str
    excerpt: str
    text: str
    groups: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    send: bool = True


@dataclass(frozen=True, kw_only=True)
class PlannedUnit:
    """A unit as the plan file lists it; becomes a `Unit` when the plan is loaded. `aliases`: other names people type."""

    code: str
    name: str
    short: str
    group: str
    questions: str
    source: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoundTemplate:
    """A yearly reporting round before it belongs to a year.

    Attributes:
        code: "6T" or "N".
        title: "báo cáo 6 tháng".
        day, month: the date the plan writes.
        inclusive: False for "trước ngày" (the last valid day is the day before), True for "chậm nhất ngày".
        wording: the plan's own words ("trước ngày 05 tháng 5").
        since, until: (day, month) of the period the figures cover.
        point: id of the point that orders it.
    """

    code: str
    title: str
    day: int
    month: int
    inclusive: bool
    wording: str
    since: tuple[int, int]
    until: tuple[int, int]
    point: str


@dataclass(frozen=True, kw_only=True)
class RungSpec:
    """One rung of the reminder ladder as written in a plan file.

    Attributes:
        kind: "announce", "before", "last" or "after".
        days: how many days from the last valid day (0 for "last").
        working: whether they are counted in working days.
    """

    kind: str
    days: int
    working: bool = True


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A whole plan file, valid.

    Attributes:
        code: our key ("847-2023").
        number, issued, place, issuer, title, signer: from the document.
        year: the year it was written for.
        coordinator: code of the unit that receives the reports (Phòng Nội vụ).
        reports_to: who the coordinator's summary goes to.
        recipients: the "Nơi nhận" lines.
        made_up: a demonstration; whatever is made of it says that its people and figures are invented.
    """

    code: str
    number: str
    issued: date
    place: str
    issuer: str
    title: str
    signer: str
    year: int
    coordinator: str
    reports_to: tuple[str, ...]
    recipients: tuple[str, ...]
    points: tuple[Point, ...]
    units: tuple[PlannedUnit, ...]
    question_sets: tuple[QuestionSet, ...]
    rounds: tuple[RoundTemplate, ...]
    ladder: tuple[RungSpec, ...]
    made_up: bool = False

    def point(self, id: str) -> Point:
        """The point with this id. Raises KeyError."""
        for point in self.points:
            if point.id == id:
                return point
        raise KeyError(id)

    def asks(self, code: str) -> bool:
        """Whether units of this question set report to this plan: those an office adds later too, not another plan's."""
        return any(questions.code == code for questions in self.question_sets)

    def question_set(self, code: str) -> QuestionSet:
        """The question set with this code. Raises KeyError."""
        for questions in self.question_sets:
            if questions.code == code:
                return questions
        raise KeyError(code)
