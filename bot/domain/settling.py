"""A figure becomes the reading of the value it stands for, or the reason why it is asked back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from bot.domain.answers import Doubt, Doubtful, Percent, Reading, Status, Value
from bot.domain.figures import Figure, Unclear

COUNT_LIMIT = Decimal(100_000_000)  # more than the people of the country
DECIMAL_LIMIT = Decimal(1_000_000_000)


def settled(found: Figure | Unclear, value: Callable[[Decimal], Value | Doubt]) -> Reading | Doubtful:
    """A figure as a reading of the value it stands for; an unclear one with the values it might be."""
    if isinstance(found, Unclear):
        return Doubtful(why=found.why, suggestions=offers(found.seen, value))
    if found.other is not None:
        return Doubtful(why=Doubt.COMMA_OR_DOT, suggestions=offers((found.value, found.other), value))
    match value(found.value):
        case Doubt() as why:
            return Doubtful(why=why)
        case known:
            return given(known, estimate=found.estimate, confirm=found.confirm)


def whole(value: Decimal) -> Value | Doubt:
    """A count."""
    if value > COUNT_LIMIT:
        return Doubt.TOO_BIG
    return Doubt.NOT_WHOLE if value % 1 else int(value)


def measured(value: Decimal) -> Value | Doubt:
    """A measured quantity."""
    return Doubt.TOO_BIG if value > DECIMAL_LIMIT else short(value)


def percentage(value: Decimal) -> Value | Doubt:
    """A share of a hundred."""
    return Doubt.OVER_100 if value > 100 else Percent(value=short(value))


def short(value: Decimal) -> Decimal:
    """Without needless zeros and never in exponents: 2500.0 → 2500."""
    return value.normalize() if value % 1 else Decimal(int(value))


def offers(seen: Iterable[Decimal], value: Callable[[Decimal], Value | Doubt]) -> tuple[Reading, ...]:
    """The plausible values among those seen, at most three."""
    meant = (value(each) for each in seen)
    return tuple(given(each) for each in meant if not isinstance(each, Doubt))[:3]


def given(value: Value, *, estimate: bool = False, confirm: str = "") -> Reading:
    """A reading with a value."""
    return Reading(status=Status.GIVEN, value=value, estimate=estimate, confirm=confirm)
