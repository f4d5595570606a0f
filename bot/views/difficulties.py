"""Difficulties as messages: for the unit that raises one, and for the coordinator's desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.domain.difficulties import Difficulty, Step
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan, Point
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import difficulties as texts
from bot.texts import figures, general, keywords, routing, wording
from bot.texts import paging as turned
from bot.texts.address import full
from bot.texts.reporting import RESUME, hint_typed, whose
from bot.views.paging import MOST, pages, rows, turning, within

ON_A_PAGE = 6
"""Difficulties of one page of a list, each with its first words."""

# The unit's side


def ask(person: Person, unit: Unit, own: int, office: Office) -> Outgoing:
    """Which difficulty is it? `own`: how many the unit raised before."""
    choices = [Choice(label=texts.STOP, action=("difficulty-stop",))]
    if own:
        choices.append(Choice(label=texts.own_list_label(own), action=("difficulty-mine", str(unit.id), "0")))
    return _typed(texts.ask(person, unit, office.coordinator), rows(choices, wide=2))


def again(text: str) -> Outgoing:
    """What was said cannot be taken; the question stays open."""
    return _typed(text, rows([Choice(label=texts.STOP, action=("difficulty-stop",))]))


def which_unit(units: Sequence[Unit]) -> Outgoing:
    """Which of one's units?"""
    choices = [Choice(label=unit.short, action=("difficulty", str(unit.id)), words=unit.aliases) for unit in units]
    return _lettered(texts.which_unit(), rows(choices, wide=2))


def which_point(text: str, difficulty: Difficulty, points: Sequence[Point]) -> Outgoing:
    """The point it is about: some to choose from, any other by its reference, or none."""
    unit, id = str(difficulty.unit_id), str(difficulty.id)
    choices = [
        Choice(label=texts.point_label(point), action=("difficulty-point", unit, id, point.id)) for point in points[:MOST]
    ]
    none = Choice(label=texts.NO_POINT, action=("difficulty-no-point", unit, id), words=texts.NO_POINT_WORDS)
    return _typed(text, (*rows(choices), (none,)))


def noted(text: str, reports: Sequence[tuple[Unit, Round]]) -> Outgoing:
    """The end of raising one, and the way back to the reports that were being answered."""
    several = len(reports) > 1
    choices = [
        Choice(
            label=figures.cut(whose(RESUME, f"{unit.short}, {round_.title}" if several else ""), texts.LABEL_ROOM),
            action=("report-begin", str(unit.id), str(round_.id)),
        )
        for unit, round_ in reports[:MOST]
    ]
    return _lettered(text, rows(choices))


def answered(person: Person, difficulty: Difficulty, by: Person, answer: str, office: Office) -> Outgoing:
    """The answer, for the unit."""
    return for_unit(texts.answered(person, difficulty, by, answer, office), difficulty)


def closed(person: Person, difficulty: Difficulty, office: Office) -> Outgoing:
    """It was closed, for the unit."""
    return for_unit(texts.closed_for_unit(person, difficulty, office), difficulty)


def more_noted(person: Person, difficulty: Difficulty, office: Office) -> Outgoing:
    """ "Cần trao đổi thêm" was passed on; words may follow."""
    stop = Choice(label=texts.NOTHING_MORE, action=("difficulty-no-words", str(difficulty.unit_id), str(difficulty.id)))
    return _typed(texts.more_noted(person, difficulty, office), ((stop,),))


def for_unit(text: str, difficulty: Difficulty) -> Outgoing:
    """For the unit: is it clear, or is there more to say?"""
    unit, id = str(difficulty.unit_id), str(difficulty.id)
    understood = Choice(label=texts.UNDERSTOOD, action=("difficulty-understood", unit, id), words=texts.UNDERSTOOD_WORDS)
    more = Choice(label=texts.MORE, action=("difficulty-more", unit, id), words=texts.MORE_WORDS)
    return Outgoing(text=text, choices=((understood, more),), hint=general.hint_digits())


# Lists and one of them


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Some difficulties in the order they are shown, and what the reader must know of each.

    Attributes:
        heading: above the list.
        units: by id.
        assigned: who sees to them, by person id.
        today, office: to say how old each one is.
    """

    heading: str
    difficulties: Sequence[Difficulty]
    units: Mapping[int, Unit]
    assigned: Mapping[int, Person]
    today: date
    office: Office

    def age(self, difficulty: Difficulty) -> date:
        """The office's day it was raised on."""
        return self.office.day(difficulty.at)


def desk(shelf: Shelf, which: str, page: int, *, raises: bool, edits: bool) -> Outgoing:
    """The coordinator's list. `which`: "open" or "all"; `raises`: whether the reader also sits for a unit."""
    other = ("all", texts.WHOLE_LIST) if which == "open" else ("open", texts.OPEN_LIST)
    last = [
        Choice(label=other[1], action=("difficulty-list", other[0], "0")),
        Choice(label=texts.SUMMARY, action=("summary-now",)),
    ]
    if raises:
        last.append(Choice(label=texts.RAISE_OWN, action=("difficulty-raise",)))
    return _listed(shelf, page, ("difficulty-list", which), ("difficulty-show",), tuple(last), edits=edits, named=True)


def waiting(shelf: Shelf) -> Outgoing:
    """What waits, said unasked once a week: the oldest ones, and the way to the desk."""
    desk = (Choice(label=texts.DESK, action=("difficulty-desk",)),)
    return _listed(shelf, 0, ("difficulty-list", "open"), ("difficulty-show",), desk, edits=False, named=True)


def mine(shelf: Shelf, unit: Unit, page: int) -> Outgoing:
    """A unit's own list."""
    turn, show = ("difficulty-mine", str(unit.id)), ("difficulty-own", str(unit.id))
    last = (Choice(label=texts.RAISE_OWN, action=("difficulty", str(unit.id))),)
    return _listed(shelf, page, turn, show, last, edits=True, named=False)


def _listed(
    shelf: Shelf,
    page: int,
    turn: tuple[str, ...],
    show: tuple[str, ...],
    last: tuple[Choice, ...],
    *,
    edits: bool,
    named: bool,
) -> Outgoing:
    many = max(1, -(-len(shelf.difficulties) // ON_A_PAGE))
    page = within(page, many)
    here = shelf.difficulties[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    lines = [
        texts.line(
            difficulty,
            shelf.units[difficulty.unit_id] if named else None,
            shelf.assigned.get(difficulty.assignee or 0) if named else None,
            shelf.today,
            shelf.age(difficulty),
        )
        for difficulty in here
    ]
    choices = [
        Choice(
            label=texts.choice(difficulty, shelf.units[difficulty.unit_id] if named else None),
            action=(*show, str(difficulty.id)),
            words=(difficulty.code,),
        )
        for difficulty in here
    ]
    text = "\n\n".join([turned.placed(shelf.heading, page, many), *lines])
    return _lettered(text, (*rows(choices, wide=2), *turning(turn, page, many), last), edits=edits)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One difficulty with everything needed to tell it. `people`: everyone in its history, by id; `targets`: whom or what each
    of its events names, in words."""

    difficulty: Difficulty
    unit: Unit
    people: Mapping[int, Person]
    targets: Sequence[str]
    plan: Plan | None
    point: Point | None
    office: Office


AMONG_OFFICES = (Step.FORWARDED, Step.ADVISED)
"""What one office writes to another: the unit is told that they do, not their words."""
ROUTED = (
    (routing.ASSIGN, "difficulty-assign"),
    (routing.FORWARD, "difficulty-forward"),
    (routing.MERGE, "difficulty-merge"),
)


def story(told: Story, page: int, *, desk: bool) -> Outgoing:
    """A difficulty with its history. `desk`: with what the coordinator may do about it."""
    difficulty, office = told.difficulty, told.office
    lines = texts.shown(difficulty, told.unit, told.people[difficulty.person_id], told.plan, told.point, office)
    lines += [
        texts.step(
            event.step,
            event.text if desk or event.step not in AMONG_OFFICES else "",
            full(told.people[event.person_id]) if event.person_id is not None else texts.the_system(),
            wording.said_at(office.local(event.at)),
            target,
        )
        for event, target in zip(difficulty.events, told.targets, strict=True)
        if event.step is not Step.RAISED
    ]
    written = pages(lines)
    page = within(page, len(written))
    id = str(difficulty.id)
    if not desk:
        unit = str(told.unit.id)
        last = (Choice(label=texts.OWN_LIST, action=("difficulty-mine", unit, "0")),)
        turn = turning(("difficulty-own", unit, id), page, len(written))
        return _lettered(written[page] + turned.place(page, len(written)), (*turn, last), edits=True)
    doing = [Choice(label=texts.ANSWER if difficulty.open else texts.ANSWER_MORE, action=("difficulty-answer", id))]
    if difficulty.state is not Step.CLOSED:
        doing.append(Choice(label=texts.CLOSE, action=("difficulty-close", id)))
    ways = tuple(Choice(label=label, action=(action, id)) for label, action in ROUTED if difficulty.open)
    back = Choice(label=texts.BACK_TO_LIST, action=("difficulty-list", "open", "0"))
    turn = turning(("difficulty-show", id), page, len(written))
    rows = (*turn, tuple(doing), *([ways] if ways else []), (back,))
    return _lettered(written[page] + turned.place(page, len(written)), rows, edits=True)


# The coordinator's answer


def ask_answer(difficulty: Difficulty, unit: Unit) -> Outgoing:
    """What is the answer?"""
    return answer_again(texts.ask_answer(difficulty, unit))


def answer_again(text: str) -> Outgoing:
    """What was said cannot be the answer; the question stays open."""
    return _typed(text, rows([Choice(label=texts.STOP, action=("difficulty-desk-stop",))]))


def preview(text: str, difficulty: Difficulty) -> Outgoing:
    """The answer before it goes out."""
    id = str(difficulty.id)
    return _lettered(
        text,
        (
            (
                Choice(label=texts.SEND, action=("difficulty-send", id), words=keywords.SEND_ANSWER),
                Choice(label=texts.CHANGE, action=("difficulty-answer", id), words=keywords.CHANGE),
                Choice(label=texts.STOP, action=("difficulty-desk-stop",)),
            ),
        ),
    )


def ask_close(difficulty: Difficulty, unit: Unit) -> Outgoing:
    """Close it?"""
    id = str(difficulty.id)
    return _lettered(
        texts.ask_close(difficulty, unit),
        (
            (
                Choice(label=texts.CLOSE_SURE, action=("difficulty-close-sure", id)),
                Choice(label=texts.STOP, action=("difficulty-show", id)),
            ),
        ),
    )


def wants_more(difficulty: Difficulty, unit: Unit, person: Person, words: str) -> Outgoing:
    """The unit wants to talk on; told to the coordinators at once."""
    id = str(difficulty.id)
    return Outgoing(
        text=texts.wants_more(difficulty, unit, person, words),
        choices=(
            (
                Choice(label=texts.ANSWER, action=("difficulty-answer", id)),
                Choice(label=texts.SHOW, action=("difficulty-show", id)),
            ),
        ),
        hint=general.hint_digits(),
    )


def _typed(text: str, choices: tuple[tuple[Choice, ...], ...]) -> Outgoing:
    """A question answered in words of one's own."""
    return Outgoing(text=text, choices=choices, marks="letters", hint=hint_typed())


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...], *, edits: bool = False) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters(), edits=edits)
