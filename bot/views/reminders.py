"""Reminders and Monday excerpts as messages; everything one person is told at one tick is one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.domain import snoozes
from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import Rung
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan, Point
from bot.domain.progress import Progress
from bot.domain.questions import QuestionSet
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import general
from bot.texts import reminders as texts
from bot.texts import reporting as reporting_texts
from bot.views.reporting import target


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A unit's reminder of one round.

    Attributes:
        rung: None when it is no rung's: a snooze is over, or the coordinators remind now.
        points: excerpts shown with an announcement.
        promised: whether today is the day the unit said it would send.
    """

    unit: Unit
    round: Round
    plan: Plan
    rung: Rung | None
    points: Sequence[Point]
    questions: QuestionSet
    progress: Progress
    today: date
    calendar: WorkCalendar
    promised: bool = False


@dataclass(frozen=True, kw_only=True)
class MondayExcerpt:
    """A unit's point of the week."""

    unit: Unit
    plan: Plan
    point: Point
    excerpt_id: int


Item = Reminder | MondayExcerpt


def message(person: Person, items: Sequence[Item], office: Office) -> Outgoing:
    """What one person is told now."""
    if len(items) == 1:
        text = _text(person, items[0], office)
        return Outgoing(text=text, choices=_choices(items[0], ""), hint=general.hint_digits())
    parts = [_text(person, item, office) for item in items]
    several = len({item.unit.id for item in items}) > 1
    rows = tuple(row for item in items for row in _choices(item, item.unit.short if several else "")[:2])
    return Outgoing(text="\n\n".join(parts), choices=rows, hint=general.hint_digits())


def _text(person: Person, item: Item, office: Office) -> str:
    match item:
        case Reminder():
            return texts.reminder(person, item, office)
        case MondayExcerpt():
            return texts.excerpt(person, item.unit, item.plan, item.point)


def _choices(item: Item, whose: str) -> tuple[tuple[Choice, ...], ...]:
    match item:
        case Reminder():
            return _ways(item, whose)
        case MondayExcerpt():
            return (
                (
                    Choice(label=texts.read_label(whose), action=("excerpt-read", str(item.unit.id), str(item.excerpt_id))),
                    Choice(label=texts.whole_label(whose), action=("excerpt-whole", str(item.unit.id), str(item.excerpt_id))),
                ),
            )


def _ways(item: Reminder, whose: str) -> tuple[tuple[Choice, ...], ...]:
    """What can be done about a reminder; putting it off only while a working day is left before the due date. `whose`: the
    unit, when one message is about several."""
    at = target(item.unit.id, item.round.id)

    def choice(label: str, action: str) -> Choice:
        return Choice(label=reporting_texts.whose(label, whose), action=(action, *at))

    first = [choice(reporting_texts.RESUME if item.progress.answered else reporting_texts.BEGIN, "report-begin")]
    if item.today > item.round.last_day:
        first.append(choice(reporting_texts.PROMISE, "promise"))
    elif snoozes.later_days(item.round, item.today, item.calendar):
        first.append(choice(reporting_texts.REMIND_LATER, "later"))
    return (
        tuple(first),
        (choice(reporting_texts.SENT_ON_PAPER, "paper"), choice(reporting_texts.DIFFICULTY, "difficulty")),
    )
