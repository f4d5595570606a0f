"""A figure: what was reached, what is required. A part gives figures; the table shows them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row of the table. `part` names size and seeds: with them the row can be had again."""

    part: str
    what: str
    reached: str
    required: str
    ok: bool


def most(part: str, what: str, reached: float, limit: float, unit: str = "") -> Figure:
    """At most so many."""
    return Figure(part=part, what=what, reached=f"{reached:g}{unit}", required=f"≤ {limit:g}{unit}", ok=reached <= limit)


def least(part: str, what: str, reached: float, limit: float, unit: str = "") -> Figure:
    """At least so many."""
    return Figure(part=part, what=what, reached=f"{reached:g}{unit}", required=f"≥ {limit:g}{unit}", ok=reached >= limit)


def equal(part: str, what: str, reached: object, wanted: object) -> Figure:
    """Just this."""
    return Figure(part=part, what=what, reached=str(reached), required=str(wanted), ok=reached == wanted)


def table(figures: Iterable[Figure]) -> str:
    """All of them, aligned; a part is named once."""
    rows = [("part", "figure", "reached", "required", "")]
    named = ""
    for figure in figures:
        rows.append(
            ("" if figure.part == named else figure.part, figure.what, figure.reached, figure.required, _MARK[figure.ok])
        )
        named = figure.part
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]) for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


_MARK = {True: "ok", False: "MISS"}
