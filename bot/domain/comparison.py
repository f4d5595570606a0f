"""A round beside an earlier one: only units that are in both sums, so that a total never grows because a ward reported late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.domain.answers import Percent, Ratio
from bot.domain.questions import Kind, Question
from bot.domain.rounds import Round
from bot.domain.summary import Summary
from bot.domain.totals import NUMERIC, Figure, Sum, Total
from bot.domain.units import Unit


@dataclass(frozen=True, kw_only=True)
class Change:
    """One indicator then and now, over the units that answered both times.

    Attributes:
        question: as it is asked now.
        units: the units in both sums; where it does not arise a unit adds nothing, but is in.
        now, before: sums over exactly these units; None when none of them gave a figure.
        only_now, only_before: units that gave a figure once, so are left out.
    """

    question: Question
    column: str
    units: tuple[Unit, ...]
    now: Sum | None
    before: Sum | None
    only_now: tuple[Unit, ...]
    only_before: tuple[Unit, ...]

    @property
    def difference(self) -> Decimal | None:
        """Now minus before; of ratios in percentage points. None when either cannot be said."""
        match self.now, self.before:
            case Ratio() as now, Ratio() as before:
                shares = _share(now), _share(before)
                return shares[0] - shares[1] if shares[0] is not None and shares[1] is not None else None
            case (int() | Decimal()) as now, (int() | Decimal()) as before:
                return Decimal(now) - Decimal(before)
            case _:
                return None

    @property
    def growth(self) -> Decimal | None:
        """The difference in percent of what it was before; None for ratios and when it was nothing before."""
        if isinstance(self.before, Ratio) or not self.before or self.difference is None:
            return None
        return self.difference * 100 / Decimal(self.before)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two rounds, the later one first."""

    now: Summary
    before: Summary
    changes: tuple[Change, ...]

    def change(self, code: str, column: str = "") -> Change | None:
        """One indicator's."""
        return next((each for each in self.changes if (each.question.code, each.column) == (code, column)), None)

    def of_unit(self, change: Change, unit_id: int) -> Change | None:
        """A change of one unit's figure alone; None when it did not give one both times."""
        now, before = (summary.total(change.question.code, change.column) for summary in (self.now, self.before))
        if now is None or before is None or unit_id not in {unit.id for unit in change.units}:
            return None
        return _change(_only(now, unit_id), _only(before, unit_id))

    @property
    def like_periods(self) -> bool:
        """Whether both rounds' figures cover the same part of their years; if not, counts cannot be set side by side."""
        return period(self.now.sheet.round) == period(self.before.sheet.round)


def compare(now: Summary, before: Summary) -> Comparison:
    """Every indicator whose figures may be added and that was asked in both rounds."""
    changes = []
    for total in now.totals:
        then = before.total(total.question.code, total.column)
        if then is not None and _comparable(total) and _comparable(then) and total.question.kind is then.question.kind:
            changes.append(_change(total, then))
    return Comparison(now=now, before=before, changes=tuple(changes))


def partners(round_: Round, others: Iterable[Round]) -> tuple[Round, ...]:
    """What a round may be compared with: the same round of the year before, then the one due last before it."""
    gone = sorted((other for other in others if other.due < round_.due and other.id != round_.id), key=lambda r: (r.due, r.id))
    last_year = [other for other in gone if (other.code, other.year) == (round_.code, round_.year - 1)]
    return tuple(dict.fromkeys([*last_year[-1:], *gone[-1:]]))


def period(round_: Round) -> tuple[int, int, int, int]:
    """Which part of the year a round's figures cover."""
    return round_.since.month, round_.since.day, round_.until.month, round_.until.day


def _comparable(total: Total) -> bool:
    return total.question.summed and total.question.kind in (*NUMERIC, Kind.RATIO)


def _change(now: Total, before: Total) -> Change:
    figures, then = _figures(now), _figures(before)
    none, none_then = {unit.id for unit in now.none}, {unit.id for unit in before.none}
    known, known_then = none | figures.keys(), none_then | then.keys()
    both = known & known_then
    units = {unit.id: unit for unit in (*before.asked, *before.none, *now.asked, *now.none)}
    return Change(
        question=now.question,
        column=now.column,
        units=_in_order(now, both),
        now=_sum(now.question, [figures[id] for id in figures if id in both]),
        before=_sum(before.question, [then[id] for id in then if id in both]),
        only_now=_in_order(now, figures.keys() - both),
        only_before=tuple(units[id] for id in then if id not in both and id in units),
    )


def _only(total: Total, unit_id: int) -> Total:
    """The same of one unit."""
    return replace(
        total,
        asked=tuple(unit for unit in total.asked if unit.id == unit_id),
        figures=tuple(figure for figure in total.figures if figure.unit.id == unit_id),
        none=tuple(unit for unit in total.none if unit.id == unit_id),
    )


def _figures(total: Total) -> dict[int, Figure]:
    """By unit id; a bare percentage cannot be added."""
    return {figure.unit.id: figure for figure in total.figures if not isinstance(figure.answer.value, Percent)}


def _in_order(total: Total, ids: Iterable[int]) -> tuple[Unit, ...]:
    wanted = set(ids)
    return tuple(unit for unit in total.asked if unit.id in wanted)


def _sum(question: Question, figures: Sequence[Figure]) -> Sum | None:
    values = [figure.answer.value for figure in figures]
    ratios = [value for value in values if isinstance(value, Ratio)]
    if question.kind is Kind.RATIO:
        return Ratio(x=sum(ratio.x for ratio in ratios), y=sum(ratio.y for ratio in ratios)) if ratios else None
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    return sum(numbers, start=Decimal() if question.kind is Kind.DECIMAL else 0) if numbers else None


def _share(ratio: Ratio) -> Decimal | None:
    return Decimal(ratio.x * 100) / ratio.y if ratio.y else None
