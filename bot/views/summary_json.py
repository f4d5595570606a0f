"""The summary as data for the command line and other programs: keys stay, figures are exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.domain.answers import Answer, FileValue, Percent, Ratio, Status, Value
from bot.domain.difficulties import Difficulty
from bot.domain.standings import Standing
from bot.domain.summary import Summary
from bot.domain.totals import Figure, Sum, Total
from bot.domain.units import Unit


def as_json(summary: Summary, difficulties: Sequence[Difficulty]) -> dict[str, Any]:
    """The summary as plain data. Keys are only ever added.

    - `made_up`: whether all of it is invented, for a demonstration
    - `plan`: code, number, title · `round`: code, year, title, due and last_day (ISO dates), closed
    - `at`: the moment (ISO, UTC) · `expected`, `received`, `received_in_time`,
      `received_in_own_time` (extensions counted): counts of units
    - `groups`: [{group, received, expected}], group is ward, named or other
    - `units`: [{code, name, group, state, answered, questions, sent_at, in_time, in_own_time, stage, extended_until, away,
      questioned}], state is on_time, late, paper, filling or not_begun; sent_at is the first sending (ISO, UTC) or null; stage
      is sent, returned, resent, accepted or null; extended_until is the unit's own last day (ISO) or null; questioned is what
      is worth a look about the whole report (copied, empty)
    - `totals`: [{code, column, label, unit, kind, asked, answered, none, unavailable, missing, value, estimated, percent_only,
      choices, highest, lowest, odd, figures}]: lists of unit codes, `choices` maps an option to them; `figures` is
      [{unit, value, estimate, odd, explanation, at}]
    - `difficulties`: [{code, unit, round, question, point, text, state, at, open}], `unit` as code, `round` true when raised in
      this round

    A figure is a whole number as int, a decimal as string ("2.5"), a ratio as {"x", "y"}, a percentage as {"percent": "85.7"},
    a date as ISO string, a file as its name; null where there is none.
    """
    sheet = summary.sheet
    codes = {row.unit.id: row.unit.code for row in sheet.units}
    return {
        "made_up": sheet.plan.made_up,
        "plan": {"code": sheet.plan.code, "number": sheet.plan.number, "title": sheet.plan.title},
        "round": {
            "code": sheet.round.code,
            "year": sheet.round.year,
            "title": sheet.round.title,
            "due": sheet.round.due.isoformat(),
            "last_day": sheet.round.last_day.isoformat(),
            "closed": sheet.round.closed_at is not None,
        },
        "at": summary.at.isoformat(),
        "expected": len(summary.standings),
        "received": len(summary.received),
        "received_in_time": summary.in_time,
        "received_in_own_time": summary.in_own_time,
        "groups": [{"group": share.group, "received": share.received, "expected": share.expected} for share in summary.shares],
        "units": [_standing(standing) for standing in summary.standings],
        "totals": [_total(total) for total in summary.totals],
        "difficulties": [_difficulty(difficulty, codes, sheet.round.id) for difficulty in difficulties],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "code": standing.unit.code,
        "name": standing.unit.name,
        "group": standing.unit.group,
        "state": standing.state.value,
        "answered": standing.progress.answered,
        "questions": standing.progress.total,
        "sent_at": _moment(standing.at),
        "in_time": standing.in_time,
        "in_own_time": standing.in_own_time,
        "stage": standing.stage.value if standing.stage is not None else None,
        "extended_until": standing.extension.until.isoformat() if standing.extension is not None else None,
        "away": standing.away is not None,
        "questioned": [check.value for check in standing.checks],
    }


def _total(total: Total) -> dict[str, Any]:
    said = {unit.id for unit in (*total.answered, *total.unavailable)}
    return {
        "code": total.question.code,
        "column": total.column,
        "label": total.question.label,
        "unit": total.question.unit,
        "kind": total.question.kind.value,
        "asked": _codes(total.asked),
        "answered": _codes(total.answered),
        "none": _codes(total.none),
        "unavailable": _codes(total.unavailable),
        "missing": _codes(unit for unit in total.asked if unit.id not in said),
        "value": _value(total.value),
        "estimated": _value(total.estimated),
        "percent_only": _codes(figure.unit for figure in total.percent_only),
        "choices": {code: _codes(units) for code, units in total.choices.items()},
        "highest": _codes(figure.unit for figure in total.highest),
        "lowest": _codes(figure.unit for figure in total.lowest),
        "odd": _codes(figure.unit for figure in total.odd),
        "figures": [_figure(figure) for figure in total.figures],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    answer: Answer = figure.answer
    return {
        "unit": figure.unit.code,
        "value": _value(answer.value) if answer.status is Status.GIVEN else None,
        "estimate": answer.estimate,
        "odd": figure.odd,
        "explanation": answer.explanation,
        "at": _moment(answer.at),
    }


def _difficulty(difficulty: Difficulty, codes: dict[int, str], round_id: int) -> dict[str, Any]:
    return {
        "code": difficulty.code,
        "unit": codes.get(difficulty.unit_id, ""),
        "round": difficulty.round_id == round_id,
        "question": difficulty.question,
        "point": difficulty.point,
        "text": difficulty.text,
        "state": difficulty.state.value,
        "at": _moment(difficulty.at),
        "open": difficulty.open,
    }


def _value(value: Value | Sum | None) -> Any:
    match value:
        case None | int() | str():
            return value
        case Decimal():
            return format(value, "f")
        case Ratio(x=x, y=y):
            return {"x": x, "y": y}
        case Percent(value=percent):
            return {"percent": format(percent, "f")}
        case FileValue(name=name):
            return name
        case day:
            return day.isoformat()


def _codes(units: Iterable[Unit]) -> list[str]:
    return [unit.code for unit in units]


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
