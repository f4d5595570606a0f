"""What a changed calendar, ladder or hour means for the messages to come: which move, which fall away, which are new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.office import Office
from bot.domain.outlook import Occasion, Planned


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One message of the outlook before and after a change; None where there is none."""

    before: Planned | None
    after: Planned | None

    @property
    def item(self) -> Planned:
        """The message, as it will be, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


def shifts(before: Iterable[Planned], after: Iterable[Planned], now: datetime, office: Office) -> tuple[Shift, ...]:
    """What differs, in order; what was over before `now` and stays over is nobody's concern any more.

    A unit's excerpt is the same message all week, the digest of a day is that day's: so a day off moves the one and drops
    the other.
    """
    old, new = _known(before, office), _known(after, office)
    found = [
        Shift(before=was, after=will)
        for key in dict.fromkeys((*old, *new))
        if _moment(was := old.get(key)) != _moment(will := new.get(key)) and _concerns(was, will, now)
    ]
    return tuple(sorted(found, key=lambda each: (each.item.at, each.item.occasion)))


def _known(items: Iterable[Planned], office: Office) -> dict[tuple[object, ...], Planned]:
    found: dict[tuple[object, ...], Planned] = {}
    for item in items:
        found.setdefault(_identity(item, office), item)
    return found


def _identity(item: Planned, office: Office) -> tuple[object, ...]:
    """What makes it the same message in two plannings."""
    day = office.day(item.at)
    of_round = item.round.id if item.round is not None else 0
    match item.occasion:
        case Occasion.REMINDER:
            assert item.rung is not None and item.round is not None
            return item.occasion, of_round, item.round.last_day, item.rung.key
        case Occasion.WAKING:
            return item.occasion, of_round, item.units
        case Occasion.DIGEST:
            return item.occasion, of_round, day
        case _:
            return item.occasion, of_round, day.isocalendar()[:2]


def _moment(item: Planned | None) -> datetime | None:
    return item.at if item is not None else None


def _concerns(was: Planned | None, will: Planned | None, now: datetime) -> bool:
    return any(item is not None and item.at > now for item in (was, will))
