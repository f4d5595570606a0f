"""A figure: what was reached, what is required. A part gives figures; the table shows them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row of the table. `ok` None: nothing to measure here (a part that does not exist yet)."""

    part: str
    what: str
    reached: str
    required: str
    ok: bool | None


def most(part: str, what: str, reached: float, limit: float, unit: str = "") -> Figure:
    """At most so many."""
    return Figure(part=part, what=what, reached=f"{reached:g}{unit}", required=f"≤ {limit:g}{unit}", ok=reached <= limit)


def least(part: str, what: str, reached: float, limit: float, unit: str = "") -> Figure:
    """At least so many."""
    return Figure(part=part, what=what, reached=f"{reached:g}{unit}", required=f"≥ {limit:g}{unit}", ok=reached >= limit)


def missing(part: str, what: str) -> Figure:
    """Nobody has built this yet."""
    return Figure(part=part, what=what, reached="missing", required="exists", ok=None)


def table(figures: Iterable[Figure]) -> str:
    """All of them, aligned."""
    rows = [("part", "figure", "reached", "required", "")]
    rows += [(f.part, f.what, f.reached, f.required, {True: "ok", False: "MISS", None: "–"}[f.ok]) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]) for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])
