"""How far a unit is with a round's questions: which are asked, which comes next, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.answers import Answer, Percent, Ratio, Reading, Status
from bot.domain.calendar import WorkCalendar
from bot.domain.outlook import opens_on
from bot.domain.questions import FollowUp, Question, QuestionSet
from bot.domain.rounds import Round


@dataclass(frozen=True, kw_only=True)
class Step:
    """A question with its place.

    Attributes:
        number: of the question it is, or hangs on: a follow-up has no number of its own.
        letter: "" for a numbered question, "b", "c" … for its follow-ups.
    """

    question: Question
    number: int
    letter: str = ""

    @property
    def mark(self) -> str:
        """As people refer to it: "3", "1b"."""
        return f"{self.number}{self.letter}"


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many of the numbered questions are answered: "4/10 câu" (follow-ups are not counted)."""

    answered: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """The questions asked of a unit as its answers stand.

    Attributes:
        steps: in the order they are asked; follow-ups only while their condition is met.
        answers: to the questions asked; an answer to a follow-up that is no longer asked is kept in storage, not here.
    """

    steps: tuple[Step, ...]
    answers: Mapping[str, Answer]

    @property
    def total(self) -> int:
        """How many numbered questions."""
        return sum(not step.letter for step in self.steps)

    @property
    def answered(self) -> int:
        """How many numbered questions are answered."""
        return sum(not step.letter and step.question.code in self.answers for step in self.steps)

    @property
    def count(self) -> Count:
        """Both as one."""
        return Count(answered=self.answered, total=self.total)

    @property
    def begun(self) -> bool:
        """Whether anything is answered."""
        return bool(self.answers)

    @property
    def pending(self) -> tuple[Step, ...]:
        """The steps that still want an answer; an optional one was skipped once a later question is answered."""
        last = max((at for at, step in enumerate(self.steps) if step.question.code in self.answers), default=-1)
        return tuple(
            step
            for at, step in enumerate(self.steps)
            if step.question.code not in self.answers and not (step.question.optional and at < last)
        )

    @property
    def missing(self) -> tuple[Step, ...]:
        """The steps without which the report is incomplete: unanswered and not optional."""
        return tuple(step for step in self.steps if step.question.code not in self.answers and not step.question.optional)

    @property
    def next(self) -> Step | None:
        """The first step that wants an answer; None when all have one."""
        return next(iter(self.pending), None)

    def following(self, code: str) -> Step | None:
        """What to ask once this question was answered: a follow-up its answer just called for, else whatever is next."""
        called = (
            step
            for step in self.steps
            if step.question.follows is not None
            and step.question.follows.question == code
            and step.question.code not in self.answers
        )
        return next(called, self.next)

    def after(self, code: str) -> Step | None:
        """The step to go on with when this one is passed over: the next pending one behind it, else one missing before."""
        at = self._place(code)
        behind = [step for step in self.pending if self._place(step.question.code) > at]
        return next(iter(behind), next((step for step in self.missing if step.question.code != code), None))

    def before(self, code: str) -> Step | None:
        """The step asked before this one; None for the first."""
        at = self._place(code)
        return self.steps[at - 1] if at > 0 else None

    def step(self, code: str) -> Step | None:
        """The step of a question; None when it is not asked."""
        return next((step for step in self.steps if step.question.code == code), None)

    def marked(self, mark: str) -> Step | None:
        """The step people mean by "6" or "1b"."""
        return next((step for step in self.steps if step.mark == mark.casefold()), None)

    def _place(self, code: str) -> int:
        places = (at for at, step in enumerate(self.steps) if step.question.code == code)
        return next(places, len(self.steps))


def progress(questions: QuestionSet, round_code: str, answers: Mapping[str, Answer]) -> Progress:
    """Lay out a question set for one round over the answers so far."""
    steps: list[Step] = []
    by_code: dict[str, Step] = {}
    hanging: dict[int, int] = {}
    numbered = 0
    for question in questions.questions:
        if question.rounds and round_code not in question.rounds:
            continue
        if question.follows is None:
            numbered += 1
            step = Step(question=question, number=numbered)
        else:
            parent = by_code.get(question.follows.question)
            if parent is None or not _met(question.follows, answers.get(question.follows.question)):
                continue
            hanging[parent.number] = hanging.get(parent.number, 0) + 1
            step = Step(question=question, number=parent.number, letter=chr(ord("a") + hanging[parent.number]))
        steps.append(step)
        by_code[question.code] = step
    return Progress(steps=tuple(steps), answers={code: answers[code] for code in by_code if code in answers})


def count(questions: QuestionSet, round_code: str, answers: Mapping[str, Answer]) -> Count:
    """How far these answers go."""
    return progress(questions, round_code, answers).count


def open_for_answers(round_: Round, today: date, calendar: WorkCalendar) -> bool:
    """Whether a round takes answers: from its announcement on, also past its due date, until it is closed."""
    return round_.closed_at is None and opens_on(round_, calendar) <= today


def same(left: Answer | Reading, right: Answer | Reading) -> bool:
    """Whether two answers say the same, whoever typed it and how."""
    return (left.status, left.value, left.estimate) == (right.status, right.value, right.estimate)


def changed(current: Progress, sent: Progress) -> tuple[Step, ...]:
    """The steps that say something else than what was sent; a follow-up that fell away is not one: its question is."""
    return tuple(
        step
        for step in current.steps
        if not _unchanged(current.answers.get(step.question.code), sent.answers.get(step.question.code))
    )


def _unchanged(now: Answer | None, then: Answer | None) -> bool:
    if now is None or then is None:
        return now is then
    return same(now, then) and now.explanation == then.explanation


def _met(condition: FollowUp, answer: Answer | None) -> bool:
    if answer is None or condition.always:
        return answer is not None
    if answer.status is not Status.GIVEN:
        return False
    match answer.value:
        case str(code) if condition.codes:
            return code in condition.codes
        case int() | Decimal() as number if not condition.codes:
            return number > 0
        case Percent(value=value) if not condition.codes:
            return value > 0
        case Ratio(x=x) if not condition.codes:
            return x > 0
        case _:
            return False
