"""A question as the arguments of a choice, and back; what no longer exists comes back as None."""

from __future__ import annotations

from bot.domain.asking import Vocabulary
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
    WhoSent,
)
from bot.domain.rounds import Round
from bot.domain.topics import Indicator, points
from bot.domain.units import Unit


def pack(query: Query) -> tuple[str, ...]:
    """As texts."""
    match query:
        case WhoSent(round=round_, sending=sending, groups=groups):
            return "who", str(round_.id), sending.value, *groups
        case StateOf(round=round_, unit=unit):
            return "state", str(round_.id), str(unit.id)
        case FigureOf(round=round_, unit=unit, indicator=indicator):
            return "figure", str(round_.id), str(unit.id), indicator.code
        case TotalOf(round=round_, indicator=indicator):
            return "total", str(round_.id), indicator.code
        case Extreme(round=round_, indicator=indicator, highest=highest, groups=groups):
            return "extreme", str(round_.id), indicator.code, "high" if highest else "low", *groups
        case Compared(round=round_, against=against, indicator=indicator, unit=unit):
            return "compared", str(round_.id), against.value, indicator.code if indicator else "", str(unit.id) if unit else ""
        case Troubles(words=words, unit=unit):
            return "troubles", words, str(unit.id) if unit else ""
        case DueDate(round=round_, unit=unit):
            return "due", str(round_.id), str(unit.id) if unit else ""
        case PlanTopic(words=words):
            return "plan", words


def unpack(args: tuple[str, ...], known: Vocabulary) -> Query | None:
    """The question, if all it names is still there."""
    try:
        return _unpacked(args, known)
    except (KeyError, ValueError):
        return None


def _unpacked(args: tuple[str, ...], known: Vocabulary) -> Query | None:
    match args:
        case ("who", round_, sending, *groups):
            return WhoSent(round=_round(round_, known), sending=Sending(sending), groups=tuple(groups))
        case ("state", round_, unit):
            return StateOf(round=_round(round_, known), unit=_unit(unit, known))
        case ("figure", round_, unit, code):
            return FigureOf(round=_round(round_, known), unit=_unit(unit, known), indicator=_indicator(code, known))
        case ("total", round_, code):
            return TotalOf(round=_round(round_, known), indicator=_indicator(code, known))
        case ("extreme", round_, code, edge, *groups):
            indicator = _indicator(code, known)
            return Extreme(round=_round(round_, known), indicator=indicator, highest=edge == "high", groups=tuple(groups))
        case ("compared", round_, against, code, unit):
            return Compared(
                round=_round(round_, known),
                against=Against(against),
                indicator=_indicator(code, known) if code else None,
                unit=_unit(unit, known) if unit else None,
            )
        case ("troubles", words, unit):
            return Troubles(words=words, unit=_unit(unit, known) if unit else None)
        case ("due", round_, unit):
            return DueDate(round=_round(round_, known), unit=_unit(unit, known) if unit else None)
        case ("plan", words):
            return PlanTopic(words=words, points=points(words, known.points))
        case _:
            return None


def _round(id: str, known: Vocabulary) -> Round:
    return {str(each.id): each for each in known.rounds}[id]


def _unit(id: str, known: Vocabulary) -> Unit:
    return {str(each.id): each for each in known.units}[id]


def _indicator(code: str, known: Vocabulary) -> Indicator:
    return {each.code: each for each in known.indicators}[code]
