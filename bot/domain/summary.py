"""The round at a glance: who has answered, and every total with the units behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.domain import progress
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.rounds import Round
from bot.domain.sheets import Sheet
from bot.domain.standings import RECEIVED, Standing, State, standing
from bot.domain.totals import Block, Figure, Total, totals

GROUPS = ("ward", "named", "other")
"""Unit groups in the order they are counted out."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """How many of one group of units have sent."""

    group: str
    received: int
    expected: int


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A round at one moment. `at`: UTC; `on`: the office's day."""

    sheet: Sheet
    at: datetime
    on: date
    standings: tuple[Standing, ...]
    totals: tuple[Total, ...]

    def those(self, *states: State) -> tuple[Standing, ...]:
        """The units in these states, in the plan's order."""
        return tuple(standing for standing in self.standings if standing.state in states)

    @property
    def received(self) -> tuple[Standing, ...]:
        """Reports that came, in any way and at any time."""
        return self.those(*RECEIVED)

    @property
    def shares(self) -> tuple[Share, ...]:
        """Received of expected, by group of units."""
        groups = dict.fromkeys([*GROUPS, *(standing.unit.group for standing in self.standings)])
        shares = (
            Share(
                group=group,
                received=sum(standing.unit.group == group for standing in self.received),
                expected=sum(standing.unit.group == group for standing in self.standings),
            )
            for group in groups
        )
        return tuple(share for share in shares if share.expected)

    @property
    def in_time(self) -> int:
        """How many reports came by the last valid day."""
        return sum(standing.in_time for standing in self.received)

    @property
    def reporting_rate(self) -> Decimal | None:
        """Received of expected, in percent (DHIS2: reporting rate); None without expected units."""
        return _rate(len(self.received), len(self.standings))

    @property
    def on_time_rate(self) -> Decimal | None:
        """Received by the last valid day of expected, in percent (DHIS2: reporting rate on time)."""
        return _rate(self.in_time, len(self.standings))

    @property
    def in_own_time(self) -> int:
        """How many came by the last valid day their unit has, extensions counted."""
        return sum(standing.in_own_time for standing in self.received)

    @property
    def extended_on_time_rate(self) -> Decimal | None:
        """The same as `on_time_rate`, by each unit's own last valid day."""
        return _rate(self.in_own_time, len(self.standings))

    @property
    def extended(self) -> tuple[Standing, ...]:
        """The units with an extension."""
        return tuple(standing for standing in self.standings if standing.extension is not None)

    @property
    def questioned(self) -> tuple[Standing, ...]:
        """The units whose report as a whole is worth a look."""
        return tuple(standing for standing in self.standings if standing.checks)

    @property
    def odd(self) -> tuple[Figure, ...]:
        """Every figure worth a look."""
        return tuple(figure for total in self.totals for figure in total.odd)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The totals by whom they are asked of: first those of one kind of unit (wards before others), then those shared by
        several kinds, then each single unit's own."""
        by_sets: dict[tuple[str, ...], list[Total]] = {}
        for total in self.totals:
            by_sets.setdefault(total.sets, []).append(total)
        blocks = [
            Block(
                sets=sets,
                units=tuple(row.unit for row in self.sheet.units if row.unit.questions in sets),
                totals=tuple(totals),
            )
            for sets, totals in by_sets.items()
        ]
        order = {code: at for at, code in enumerate(dict.fromkeys(row.unit.questions for row in self.sheet.units))}
        return tuple(sorted(blocks, key=lambda b: (len(b.units) == 1, len(b.sets), order[b.sets[0]])))

    def total(self, code: str, column: str = "") -> Total | None:
        """The total of one indicator."""
        return next((t for t in self.totals if t.question.code == code and t.column == column), None)

    def standing(self, unit_id: int) -> Standing | None:
        """One unit's."""
        return next((standing for standing in self.standings if standing.unit.id == unit_id), None)


def summarise(sheet: Sheet, now: datetime, office: Office) -> Summary:
    """The whole summary of a round."""
    return Summary(
        sheet=sheet,
        at=now,
        on=office.day(now),
        standings=tuple(standing(row, sheet, office) for row in sheet.units),
        totals=tuple(totals(sheet)),
    )


def current(rounds: Iterable[Round], today: date, calendar: WorkCalendar) -> Round | None:
    """The round people mean without naming one: of those that take answers the one due nearest, else simply the nearest."""
    known = list(rounds)
    taking = [round_ for round_ in known if progress.open_for_answers(round_, today, calendar)]
    return min(taking or known, key=lambda round_: (abs((round_.last_day - today).days), round_.id), default=None)


def _rate(part: int, whole: int) -> Decimal | None:
    return Decimal(part * 100) / whole if whole else None
