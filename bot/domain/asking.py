"""Questions in plain words, understood without any service: what is asked, of which unit, indicator and round.

Careful by design: a text is a question only when it says so (a question word, "?", or nothing but names); one that states a
figure or tells something is none. What is not certain is `Unknown`, with the nearest questions to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.domain import places, topics
from bot.domain import question_words as words
from bot.domain.naming import one_slip
from bot.domain.plan import Point
from bot.domain.queries import (
    Against,
    Compared,
    DueDate,
    Extreme,
    FigureOf,
    PlanTopic,
    Query,
    Sending,
    StateOf,
    TotalOf,
    Troubles,
    Unclear,
    Unknown,
    WhoSent,
)
from bot.domain.rounds import Round
from bot.domain.topics import Indicator
from bot.domain.units import Unit
from bot.domain.words import untype

LONGEST = 160
"""Nobody asks in longer sentences; what is longer is something told."""
MOST = 4
"""Nearest questions offered."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What may be asked about.

    Attributes:
        rounds: every armed round of the plan; `round` is the one people mean without naming one.
        own: the asker's own units, when they may ask about these only; () for who sees all. With a single one it is meant where
            no unit is named.
    """

    units: Sequence[Unit]
    indicators: Sequence[Indicator]
    points: Sequence[Point]
    rounds: Sequence[Round]
    round: Round
    own: tuple[Unit, ...] = ()


def understand(text: str, known: Vocabulary) -> Query | Unknown:
    """The question a text asks; tried as it is, with keystrokes of a sleeping input method undone, and with slips mended."""
    if len(text) > LONGEST:
        return Unknown()
    plain, decoded = topics.letters(text), topics.letters(untype(text))
    nearest = Unknown()
    for said in dict.fromkeys((plain, decoded, _mended(decoded, known))):
        found = _understood(said, "?" in text, known) if said else Unknown()
        if not isinstance(found, Unknown):
            return found
        if found.why is not Unclear.NOTHING and nearest.why is Unclear.NOTHING:
            nearest = found
    return nearest


@dataclass(frozen=True, kw_only=True)
class _Said:
    """A text taken apart. `rest`: without the names of units and rounds; `marked`: whether it is put as a question."""

    rest: str
    marked: bool
    unit: Unit | None
    named: bool  # the unit was named, not meant silently
    round: Round
    indicators: tuple[Indicator, ...]

    def has(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.rest) is not None


def _understood(said: str, asked: bool, known: Vocabulary) -> Query | Unknown:
    place = places.find_units(said, known.units)
    if place.unknown:
        return Unknown(why=Unclear.NO_SUCH_UNIT)
    found = places.find_round(place.rest, known.rounds, known.round, compares=words.COMPARE.search(place.rest) is not None)
    if found is None:
        return Unknown(why=Unclear.NO_SUCH_ROUND)
    round_, rest = found
    if len(place.units) > 1:
        return Unknown(why=Unclear.WHICH, nearest=tuple(StateOf(round=round_, unit=unit) for unit in place.units[:MOST]))
    silently = known.own[0] if len(known.own) == 1 else None
    unit = place.units[0] if place.units else silently
    heard = _Said(
        rest=rest,
        marked=asked or words.QUESTION.search(rest) is not None,
        unit=unit,
        named=bool(place.units),
        round=round_,
        indicators=_indicators(rest, unit, known),
    )
    if known.own and not heard.marked:
        return Unknown()
    query = _query(heard, known)
    if isinstance(query, Unknown | PlanTopic | Troubles):
        return query
    if not _strange(heard, query):
        return query
    # Something was said that this question leaves out: it is offered, not answered.
    named = heard.marked and (heard.named or heard.indicators)
    return Unknown(why=Unclear.WHICH, nearest=(query,)) if named else Unknown()


def _query(said: _Said, known: Vocabulary) -> Query | Unknown:
    if said.has(words.PLAN):
        return _plan_topic(said, known)
    if said.has(words.TROUBLES):
        return Troubles(words=_topic(said.rest), unit=said.unit)
    if said.has(words.COMPARE):
        return _compared(said)
    if said.has(words.HIGH) or said.has(words.LOW):
        return _one_of(
            said, lambda each: Extreme(round=said.round, indicator=each, highest=said.has(words.HIGH), groups=_groups(said))
        )
    if (sending := _sending(said)) is not None:
        return WhoSent(round=said.round, sending=sending, groups=_groups(said))
    if said.unit is not None and said.marked and said.has(words.STATE) and not said.indicators:
        return StateOf(round=said.round, unit=said.unit)
    if said.has(words.DUE) and not said.indicators:
        return DueDate(round=said.round, unit=said.unit if said.named else None)
    if said.indicators:
        return _figure(said, known)
    if said.named and said.unit is not None and (said.marked or not _topic(said.rest)):
        return Unknown(why=Unclear.WHICH, nearest=(StateOf(round=said.round, unit=said.unit), Troubles(unit=said.unit)))
    return Unknown()


def _figure(said: _Said, known: Vocabulary) -> Query | Unknown:
    if not said.marked and re.search(r"\d", said.rest):
        return Unknown()  # "tiếp công dân 40 lượt" tells a figure
    unit = said.unit
    if unit is not None and not (said.has(words.OVERALL) and not said.named):
        return _one_of(said, lambda each: FigureOf(round=said.round, unit=unit, indicator=each))
    if known.own and not said.has(words.OVERALL):  # of which of one's units?
        wanted = (FigureOf(round=said.round, unit=own, indicator=said.indicators[0]) for own in known.own[:MOST])
        return Unknown(why=Unclear.WHICH, nearest=tuple(wanted))
    return _one_of(said, lambda each: TotalOf(round=said.round, indicator=each))


def _compared(said: _Said) -> Query | Unknown:
    against = Against.PREVIOUS if said.has(words.BEFORE) and not said.has(words.LAST_YEAR) else Against.LAST_YEAR
    unit = said.unit
    if not said.indicators:
        return Compared(round=said.round, against=against, unit=unit)
    return _one_of(said, lambda each: Compared(round=said.round, against=against, indicator=each, unit=unit))


def _one_of(said: _Said, make: _Maker) -> Query | Unknown:
    """The question about the one indicator that is meant; several are offered."""
    made = tuple(make(each) for each in said.indicators[:MOST])
    if len(said.indicators) == 1:
        return made[0]
    return Unknown(why=Unclear.WHICH if made else Unclear.NOTHING, nearest=made)


def _indicators(rest: str, unit: Unit | None, known: Vocabulary) -> tuple[Indicator, ...]:
    """The indicators named; where a unit is meant, rather those it is asked for."""
    if unit is not None:
        own = topics.meant(rest, [each for each in known.indicators if unit.questions in each.sets])
        if own:
            return own
    return topics.meant(rest, known.indicators)


def _plan_topic(said: _Said, known: Vocabulary) -> Query | Unknown:
    topic = _topic(words.PLAN.sub(" ", said.rest))
    return PlanTopic(words=topic, points=topics.points(topic, known.points)) if topic else Unknown()


def _sending(said: _Said) -> Sending | None:
    if said.named or not said.has(words.WHO) or said.indicators:
        return None
    return next((sending for sending, pattern in words.SENDINGS if said.has(pattern)), None)


def _groups(said: _Said) -> tuple[str, ...]:
    if said.has(words.WARDS):
        return ("ward",)
    return ("named", "other") if said.has(words.DEPARTMENTS) else ()


def _topic(rest: str) -> str:
    """What a question is about, without the words of asking around it."""
    return " ".join(word for word in words.AROUND_TOPIC.sub(" ", rest).split() if word not in words.AROUND)


def _strange(said: _Said, query: Query) -> bool:
    """Whether a word has nothing to do with the question understood, or a number is left over."""
    asking = words.POLITE | words.MEASURES | topics.words(said.indicators)
    if not isinstance(query, FigureOf | TotalOf):
        asking |= words.SPOKEN
    return any(word not in asking for word in said.rest.split())


def _mended(said: str, known: Vocabulary) -> str:
    """Slips of one letter mended where only one known word can be meant."""
    dictionary = words.SPOKEN | words.POLITE | topics.words(known.indicators) | {"phuong", "phong"}
    return " ".join(word if word in dictionary or not word.isalpha() else _nearest(word, dictionary) for word in said.split())


def _nearest(word: str, dictionary: Iterable[str]) -> str:
    found = {
        each
        for each in dictionary
        if (min(len(word), len(each)) > 3 and one_slip(word, each)) or (len(word) == 3 and sorted(word) == sorted(each))
    }
    return found.pop() if len(found) == 1 else word


_Maker = Callable[[Indicator], Query]
