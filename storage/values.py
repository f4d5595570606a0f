"""Answer values as JSON text and back, without losing a digit or a type."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.domain.answers import FileValue, Percent, Ratio, Value


def dump(value: Value | None) -> str | None:
    """As JSON text: a one-entry object naming the type."""
    if value is None:
        return None
    match value:
        case bool():
            raise TypeError("a truth value is no answer")
        case int():
            plain: dict[str, object] = {"int": value}
        case Decimal():
            plain = {"decimal": str(value)}
        case Ratio():
            plain = {"ratio": [value.x, value.y]}
        case Percent():
            plain = {"percent": str(value.value)}
        case str():
            plain = {"text": value}
        case date():
            plain = {"date": value.isoformat()}
        case FileValue():
            plain = {"file": asdict(value)}
        case _:
            assert_never(value)
    return json.dumps(plain, ensure_ascii=False)


def parse(text: str | None) -> Value | None:
    """The value `dump` wrote. Raises ValueError for anything else."""
    if text is None:
        return None
    ((kind, plain),) = json.loads(text).items()
    match kind:
        case "int":
            return int(plain)
        case "decimal":
            return Decimal(plain)
        case "ratio":
            return Ratio(x=plain[0], y=plain[1])
        case "percent":
            return Percent(value=Decimal(plain))
        case "text":
            return str(plain)
        case "date":
            return date.fromisoformat(plain)
        case "file":
            return FileValue(**plain)
        case _:
            raise ValueError(f"unknown kind of value: {kind}")
