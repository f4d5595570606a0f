"""The question sets of a plan file."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.questions import LONGEST_QUESTION, FollowUp, Kind, Option, Question, QuestionSet, unknown_placeholder
from bot.plans.entry import Entry, fold, nearest
from bot.plans.names import Names
from bot.texts import plan_errors as say

LONGEST_LABEL = 60
"""Labels stand on buttons and in narrow table columns."""

SET_FIELDS = ("code", "title", "minutes", "questions")
QUESTION_FIELDS = (
    *("code", "kind", "label", "text", "hint", "unit", "x_label", "y_label", "options", "points", "low", "high", "follows"),
    *("optional", "rounds", "summed", "column", "percent_ok", "difficulty", "none_label"),
)

FIGURES = (Kind.COUNT, Kind.DECIMAL, Kind.RATIO, Kind.PERCENT, Kind.MONEY)
SINGLE_FIGURES = (Kind.COUNT, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY)
ONLY_FOR: Mapping[str, tuple[Kind, ...]] = {
    "unit": FIGURES,
    "low": FIGURES,
    "high": FIGURES,
    "summed": FIGURES,
    "column": FIGURES,
    "x_label": (Kind.RATIO,),
    "y_label": (Kind.RATIO,),
    "percent_ok": (Kind.RATIO,),
    "options": (Kind.CHOICE,),
    "difficulty": (Kind.SENTENCE,),
}
"""Fields that mean nothing for other kinds; written there, they show that the kind is wrong."""
NEEDED_FOR: Mapping[Kind, tuple[str, ...]] = {
    Kind.RATIO: ("x_label", "y_label"),
    Kind.CHOICE: ("options",),
    Kind.DECIMAL: ("unit",),
}


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A question as read.

    Attributes:
        entry, inner: where it stands, and where its `follows` stands, if it has one.
        sound: it was read without a fault; otherwise comparing it with others would only tell the same fault twice.
    """

    question: Question
    entry: Entry
    inner: Entry | None
    sound: bool


def question_sets(root: Entry, points: Names, rounds: Names) -> tuple[tuple[QuestionSet, ...], Names]:
    """All sets, and the names units refer to them by."""
    sets: list[QuestionSet] = []
    names = Names(certain=root.is_readable_list("question_sets"))
    indicators: dict[str, _Asked] = {}
    for entry in root.entries("question_sets", SET_FIELDS):
        code = entry.code("code", 24, "_-")
        names.declare(entry, "code", code)
        title = entry.text("title", 120)
        minutes = entry.whole("minutes", 1, 60, 3)
        questions = _questions(entry, points, rounds, indicators)
        sets.append(QuestionSet(code=code, title=title, questions=questions, minutes=minutes))
    return tuple(sets), names


def _questions(owner: Entry, points: Names, rounds: Names, indicators: dict[str, _Asked]) -> tuple[Question, ...]:
    """The questions of one set, in order."""
    names = Names(certain=owner.is_readable_list("questions"))
    read: list[_Asked] = []
    for entry in owner.entries("questions", QUESTION_FIELDS, most=60):
        asked = _asked(entry, points, rounds)
        _check_range(asked)
        if names.declare(entry, "code", asked.question.code) and asked.sound:
            _check_same_meaning(asked, indicators)
        read.append(asked)
    for index, asked in enumerate(read):
        _check_follow_up(asked, read[:index], names)
    if read and rounds.certain and all(asked.sound for asked in read):
        for code in rounds:
            if not any(_stands_alone_in(code, asked.question) for asked in read):
                owner.note("questions", say.nothing_to_ask(code))
    return tuple(asked.question for asked in read)


def _asked(entry: Entry, points: Names, rounds: Names) -> _Asked:
    faults_before = len(entry.faults)
    kind = entry.word("kind", tuple(Kind))
    if kind:
        _check_fields(entry, Kind(kind))
    inner = entry.entry("follows", ("question", "codes", "always"))
    none_label = entry.text("none_label", LONGEST_LABEL, "")
    question = Question(
        code=entry.code("code", 24, "_"),
        kind=Kind(kind or Kind.SENTENCE),
        label=entry.text("label", LONGEST_LABEL),
        text=_sentence(entry),
        hint=entry.text("hint", 200, ""),
        unit=entry.text("unit", 30, ""),
        x_label=entry.text("x_label", LONGEST_LABEL, ""),
        y_label=entry.text("y_label", LONGEST_LABEL, ""),
        options=_options(entry, none_label),
        points=tuple(points.resolve_all(entry, "points", say.no_such_point)),
        low=entry.number("low"),
        high=entry.number("high"),
        follows=_follow_up(inner) if inner else None,
        optional=entry.flag("optional", default=False),
        rounds=tuple(rounds.resolve_all(entry, "rounds", say.no_such_round)),
        summed=entry.flag("summed", default=True),
        column=entry.code("column", 16, "_", ""),
        percent_ok=entry.flag("percent_ok", default=False),
        difficulty=entry.flag("difficulty", default=False),
        none_label=none_label,
    )
    return _Asked(question=question, entry=entry, inner=inner, sound=len(entry.faults) == faults_before)


def _check_fields(entry: Entry, kind: Kind) -> None:
    for name, kinds in ONLY_FOR.items():
        if entry.has(name) and kind not in kinds:
            entry.note(name, say.only_for(name, kinds))
    for name in NEEDED_FOR.get(kind, ()):
        if not entry.has(name):
            entry.note(name, say.needed_for(name, kind))


def _sentence(entry: Entry) -> str:
    """The question as asked."""
    text = entry.text("text", LONGEST_QUESTION)
    if found := unknown_placeholder(text):
        entry.note("text", say.unknown_placeholder(found))
    return text


def _options(owner: Entry, none_label: str) -> tuple[Option, ...]:
    """The options of a choice, none of which may be typed the way another one, or its place in the list, is typed."""
    read = [
        (
            entry,
            Option(code=entry.code("code", 16, "_"), label=entry.text("label", LONGEST_LABEL), words=entry.texts("words", 30)),
        )
        for entry in owner.entries("options", ("code", "label", "words"), required=False, most=20)
    ]
    if owner.is_readable_list("options") and len(read) < 2:
        owner.note("options", say.TOO_FEW_OPTIONS)
    names = Names()
    ordinals = {str(number) for number in range(1, len(read) + 1)} | set(string.ascii_lowercase[: len(read)])
    typed = {fold(none_label): (-1, none_label)}
    for place, (entry, option) in enumerate(read):
        names.declare(entry, "code", option.code)
        spellings = [("label", None, option.label), *(("words", index, word) for index, word in enumerate(option.words))]
        for field, index, text in spellings:
            folded = fold(text)
            if text and (not folded or folded in ordinals):
                entry.note(field, say.option_is_an_ordinal(text), index)
            elif text and typed.setdefault(folded, (place, option.label))[0] != place:
                entry.note(field, say.options_collide(text, typed[folded][1]), index)
    return tuple(option for _, option in read)


def _check_follow_up(asked: _Asked, earlier: list[_Asked], names: Names) -> None:
    """A follow-up hangs on an earlier question of its set, on an answer that question can have."""
    inner, follows = asked.inner, asked.question.follows
    if inner is None or follows is None or not follows.question:
        return
    parent = next((known for known in earlier if known.question.code == follows.question), None)
    if parent is None:
        if follows.question in names:
            inner.note("question", say.follows_itself_or_later(follows.question))
        else:
            names.resolve(follows.question, inner, "question", say.no_such_question)
    elif parent.sound:
        _check_condition(inner, follows, parent.question)
        if asked.question.rounds and parent.question.rounds and not {*asked.question.rounds} & {*parent.question.rounds}:
            asked.entry.note("rounds", say.never_asked_together(parent.question.code))


def _follow_up(inner: Entry) -> FollowUp:
    return FollowUp(question=inner.text("question", 24), codes=inner.texts("codes", 24), always=inner.flag("always", False))


def _check_condition(inner: Entry, follows: FollowUp, parent: Question) -> None:
    if follows.always:
        if follows.codes:
            inner.note("codes", say.FOLLOW_UP_ALWAYS)
    elif parent.kind is Kind.CHOICE:
        known = {option.code for option in parent.options}
        if not follows.codes:
            inner.note("question", say.follow_up_needs_codes(parent.code))
        for index, code in enumerate(follows.codes):
            if code and code not in known:
                inner.note("codes", say.no_such_option(code, parent.code, nearest(code, known)), index)
    elif parent.kind not in SINGLE_FIGURES:
        inner.note("question", say.cannot_be_followed(parent.code, parent.kind))
    elif follows.codes:
        inner.note("codes", say.follow_up_without_codes(parent.code))


def _check_range(asked: _Asked) -> None:
    question, low, high = asked.question, asked.question.low, asked.question.high
    if low is not None and high is not None and low > high:
        asked.entry.note("low", say.LOW_ABOVE_HIGH)
    elif (question.percent_ok or question.kind is Kind.PERCENT) and max(low or 0, high or 0) > 100:
        asked.entry.note("high" if high and high > 100 else "low", say.OVER_100_PERCENT)


def _check_same_meaning(asked: _Asked, indicators: dict[str, _Asked]) -> None:
    """One code in two sets is one indicator: its figures are added up and its answers share one column."""
    code = asked.question.code
    known = indicators.setdefault(code.casefold(), asked)
    line = known.entry.line("code")
    if known.question.code != code:
        asked.entry.note("code", say.duplicate_but_for_case(code, known.question.code, line))
    elif _meaning(known.question) != _meaning(asked.question):
        asked.entry.note("code", say.same_code_other_meaning(code, line))


def _meaning(question: Question) -> tuple[object, ...]:
    return question.kind, question.unit, tuple(option.code for option in question.options)


def _stands_alone_in(round_code: str, question: Question) -> bool:
    return question.follows is None and (not question.rounds or round_code in question.rounds)
