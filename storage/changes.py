"""Amendments as a row keeps them: JSON, "" for none."""

from __future__ import annotations

import json

from bot.domain.amendments import Amendments
from bot.domain.plan import RungSpec


def written(changes: Amendments) -> str:
    """As text; the same changes are always the same text."""
    found = {
        "wording": sorted([of, code, text] for (of, code), text in changes.wording.items()),
        "left_out": sorted(map(list, changes.left_out)),
        "order": {of: list(codes) for of, codes in sorted(changes.order.items())},
        "ladder": None if changes.ladder is None else [[rung.kind, rung.days, rung.working] for rung in changes.ladder],
    }
    return json.dumps(found, ensure_ascii=False, sort_keys=True) if any(found.values()) else ""


def read(text: str) -> Amendments:
    """The changes in a row."""
    if not text:
        return Amendments()
    found = json.loads(text)
    ladder = found["ladder"]
    return Amendments(
        wording={(of, code): said for of, code, said in found["wording"]},
        left_out=frozenset((of, code) for of, code in found["left_out"]),
        order={of: tuple(codes) for of, codes in found["order"].items()},
        ladder=None if ladder is None else tuple(RungSpec(kind=kind, days=days, working=w) for kind, days, w in ladder),
    )
