"""Read fields of JSON nobody promised anything about: the expected type, or TypeError, KeyError or ValueError."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

Table = dict[str, Any]


def table(value: object) -> Table:
    """`value` if it is a JSON object. Raises TypeError."""
    if not isinstance(value, dict):
        raise TypeError(f"an object was expected, not {type(value).__name__}")
    return value


def words(value: object) -> str:
    """`value` if it is a string, with broken surrogates (legal in JSON, not in UTF-8) replaced. Raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"a string was expected, not {type(value).__name__}")
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def whole(value: object) -> int:
    """`value` if it is a whole number; True is none. Raises TypeError."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a whole number was expected, not {type(value).__name__}")
    return value


def words_or(value: object, otherwise: str = "") -> str:
    """Like `words`, but an absent (None) value is `otherwise`."""
    return otherwise if value is None else words(value)


def moment(ticks: int, *, per_second: int = 1) -> datetime:
    """A Unix time as UTC. Raises ValueError when no calendar holds it."""
    try:
        return datetime.fromtimestamp(ticks / per_second, UTC)
    except (OverflowError, OSError) as exc:
        raise ValueError("not a time") from exc
