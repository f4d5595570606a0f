"""What each unit said to each indicator, four kinds of silence kept apart: what every table and picture is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.summary import Summary
from bot.domain.totals import Figure, Total
from bot.domain.units import Unit


class Said(StrEnum):
    """What stands where a unit's row meets an indicator's column."""

    GIVEN = "given"
    NONE = "none"  # does not arise
    UNAVAILABLE = "unavailable"  # no figure yet
    SILENT = "silent"  # the unit sent, without an answer to this
    NOT_SENT = "not_sent"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """One unit and one indicator; `figure` when something was given."""

    said: Said
    figure: Figure | None = None


Key = tuple[int, str, str]
"""A unit's id, an indicator's code and column."""


def key(unit: Unit, total: Total) -> Key:
    """Where a unit and an indicator cross."""
    return unit.id, total.question.code, total.column


def crossings(summary: Summary) -> Mapping[Key, Crossing]:
    """Every crossing of a round, also those nobody was asked about."""
    table: dict[Key, Crossing] = {}
    for total in summary.totals:
        known = {figure.unit.id: Crossing(said=Said.GIVEN, figure=figure) for figure in total.figures}
        known |= {unit.id: Crossing(said=Said.NONE) for unit in total.none}
        known |= {unit.id: Crossing(said=Said.UNAVAILABLE) for unit in total.unavailable}
        asked = {unit.id for unit in total.asked}
        for row in summary.sheet.units:
            silent = Crossing(said=Said.SILENT if row.report else Said.NOT_SENT)
            unasked = Crossing(said=Said.NOT_ASKED)
            table[key(row.unit, total)] = known.get(row.unit.id, silent if row.unit.id in asked else unasked)
    return table
