"""The table of everything that can be asked of the bot, and what right each entry needs. Nothing else is reachable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.people import Actor
from handlers.request import Handler


class Needs(Enum):
    """The right a route needs, decided from this turn's database."""

    NOTHING = auto()  # also strangers
    PERSON = auto()  # a known person, also one still waiting to be confirmed
    SEAT = auto()  # any confirmed seat
    ANSWERS = auto()  # may give the figures of the unit whose id is args[0]
    SEES = auto()  # belongs to the unit whose id is args[0], or coordinates
    READS = auto()  # may read the reports of the unit whose id is args[0]; only for what changes nothing
    SEES_ALL = auto()  # may read every unit's reports; only for what changes nothing
    COORDINATOR = auto()


@dataclass(frozen=True, kw_only=True)
class Route:
    """A handler and the right it needs.

    Attributes:
        grave: it sends something to others, or ends, closes or erases something. Typed words reach it only as an answer to
            what stands last in the chat, given the same day (handlers/picking.py); a press of its button always does.
    """

    handler: Handler
    needs: Needs
    grave: bool = False


def allowed(needs: Needs, actor: Actor, args: tuple[str, ...]) -> bool:
    """Whether this actor may use a route with these arguments."""
    match needs:
        case Needs.NOTHING:
            return True
        case Needs.PERSON:
            return actor.person is not None
        case Needs.SEAT:
            return bool(actor.seats)
        case Needs.COORDINATOR:
            return actor.is_coordinator
        case Needs.ANSWERS:
            return actor.may_answer_for(_unit(args))
        case Needs.SEES:
            return actor.may_see(_unit(args))
        case Needs.READS:
            return actor.may_read(_unit(args))
        case Needs.SEES_ALL:
            return actor.sees_all


def _unit(args: tuple[str, ...]) -> int:
    return int(args[0]) if args and args[0].isdecimal() else -1
