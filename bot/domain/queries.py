"""What can be asked in plain words, each kind of question as data; and what of it a unit's own people may ask."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.plan import Point
from bot.domain.rounds import Round
from bot.domain.topics import Indicator
from bot.domain.units import Unit


class Sending(StrEnum):
    """Which units are asked for."""

    MISSING = "missing"  # nothing received
    LATE = "late"  # sent after the day, or still missing after it
    SENT = "sent"
    FILLING = "filling"
    NOT_BEGUN = "not_begun"
    PAPER = "paper"


class Against(StrEnum):
    """What a round is compared with."""

    LAST_YEAR = "last_year"
    PREVIOUS = "previous"


@dataclass(frozen=True, kw_only=True)
class WhoSent:
    """ "còn đơn vị nào chưa gửi". `groups`: only units of these; empty = all."""

    round: Round
    sending: Sending
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StateOf:
    """ "phường 5 gửi chưa"."""

    round: Round
    unit: Unit


@dataclass(frozen=True, kw_only=True)
class FigureOf:
    """ "phường 5 tiếp công dân bao nhiêu lượt"."""

    round: Round
    unit: Unit
    indicator: Indicator


@dataclass(frozen=True, kw_only=True)
class TotalOf:
    """ "tổng số lượt tiếp công dân"."""

    round: Round
    indicator: Indicator


@dataclass(frozen=True, kw_only=True)
class Extreme:
    """ "phường nào hiến đất nhiều nhất". `groups` as in WhoSent."""

    round: Round
    indicator: Indicator
    highest: bool
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Compared:
    """ "so với kỳ trước", of everything, of one indicator, of one unit or of both."""

    round: Round
    against: Against
    indicator: Indicator | None = None
    unit: Unit | None = None


@dataclass(frozen=True, kw_only=True)
class Troubles:
    """ "khó khăn về giải phóng mặt bằng". `words`: folded; empty = all of them."""

    words: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, kw_only=True)
class DueDate:
    """ "bao giờ hết hạn". `unit`: whose, where it may have a later day of its own."""

    round: Round
    unit: Unit | None = None


@dataclass(frozen=True, kw_only=True)
class PlanTopic:
    """ "kế hoạch nói gì về tiếp công dân". `words`: folded; `points`: those that say something about it."""

    words: str
    points: tuple[Point, ...]


Query = WhoSent | StateOf | FigureOf | TotalOf | Extreme | Compared | Troubles | DueDate | PlanTopic


class Unclear(StrEnum):
    """Why no question was understood."""

    NOTHING = "nothing"  # nothing here looks like one
    WHICH = "which"  # several may be meant
    NO_SUCH_UNIT = "no_such_unit"
    NO_SUCH_ROUND = "no_such_round"


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """No certain question. `nearest`: what may have been meant, best first."""

    why: Unclear = Unclear.NOTHING
    nearest: tuple[Query, ...] = ()


def limited(query: Query, own: Collection[int]) -> Query | None:
    """The question as people of these units may have it answered; None when it is about others."""
    match query:
        case StateOf(unit=unit) | FigureOf(unit=unit):
            return query if unit.id in own else None
        case Compared(unit=unit) | Troubles(unit=unit):
            return query if unit is not None and unit.id in own else None
        case DueDate(unit=unit):
            return query if unit is None or unit.id in own else None
        case PlanTopic():
            return query
        case WhoSent() | TotalOf() | Extreme():
            return None


def of_those(unknown: Unknown, own: Collection[int]) -> Unknown:
    """The same with only the questions such people may have answered."""
    return replace(unknown, nearest=tuple(query for query in unknown.nearest if limited(query, own) is not None))
