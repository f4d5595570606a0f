"""Rounds: a plan's reports, armed for a year."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.amendments import Amendments
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from storage.audit import Audit, Detail
from storage.plans import Plans
from storage.tables import RoundRow

_ALL = select(RoundRow).order_by(col(RoundRow.due), col(RoundRow.id))


class Rounds:
    """Armed rounds; title, wording and ladder come from the plan version the round was armed with."""

    def __init__(self, session: Session, plans: Plans, audit: Audit) -> None:
        self._session = session
        self._audit = audit
        self._plans = plans

    def arm(self, plan_id: int, plan: Plan, year: int, today: date) -> tuple[Round, ...]:
        """Arm every round of a plan for a year; those armed already stay as they are."""
        known = {row.code for row in self._rows() if row.plan_code == plan.code and row.year == year}
        for template in plan.rounds:
            if template.code in known:
                continue
            row = RoundRow(
                plan_id=plan_id,
                plan_code=plan.code,
                code=template.code,
                year=year,
                due=date(year, template.month, template.day),
                since=date(year, template.since[1], template.since[0]),
                until=date(year, template.until[1], template.until[0]),
                armed_on=today,
            )
            self._session.add(row)
            self._session.flush()
            self._audit.note("round armed", f"round:{row.id}", {"plan": plan_id, "code": template.code, "year": year})
        return tuple(self._round(row) for row in self._rows() if row.plan_code == plan.code and row.year == year)

    def all(self) -> tuple[Round, ...]:
        """Every armed round by its date."""
        return tuple(self._round(row) for row in self._rows())

    def years(self) -> tuple[tuple[Plan, int, date], ...]:
        """Every plan and year with rounds, with the day it was armed; the plan as its newest round has it."""
        armed: dict[tuple[str, int], date] = {}
        version: dict[tuple[str, int], int] = {}
        for row in self._rows():
            key = (row.plan_code, row.year)
            armed[key] = min(row.armed_on, armed.get(key, row.armed_on))
            version[key] = max(row.plan_id, version.get(key, row.plan_id))
        return tuple((self._plans.get(version[key]), key[1], since) for key, since in armed.items())

    def get(self, round_id: int) -> Round:
        """By id. Raises KeyError."""
        row = self._session.get(RoundRow, round_id)
        if row is None:
            raise KeyError(round_id)
        return self._round(row)

    def amend(self, round_id: int, wanted: Amendments, now: datetime, **details: Detail) -> None:
        """From now on the round has these changes to its plan, and no others. `details`: what is new, without its words."""
        row = self._session.get(RoundRow, round_id)
        assert row is not None
        row.plan_id = self._plans.amend(row.plan_id, wanted, now)
        self._session.flush()
        self._audit.note("round amended", f"round:{round_id}", {"plan": row.plan_id, **details})

    def close(self, round_id: int, now: datetime | None) -> None:
        """Close a round, or (None) open it again."""
        row = self._session.get(RoundRow, round_id)
        assert row is not None
        row.closed_at = now
        self._session.flush()
        self._audit.note("round closed" if now else "round opened again", f"round:{round_id}")

    def _rows(self) -> list[RoundRow]:
        return list(self._session.scalars(_ALL))

    def _round(self, row: RoundRow) -> Round:
        plan = self._plans.get(row.plan_id)
        template = next(template for template in plan.rounds if template.code == row.code)
        assert row.id is not None
        return Round(
            id=row.id,
            plan_id=row.plan_id,
            code=row.code,
            year=row.year,
            title=template.title,
            wording=template.wording,
            due=row.due,
            inclusive=template.inclusive,
            since=row.since,
            until=row.until,
            armed_on=row.armed_on,
            closed_at=row.closed_at,
            ladder=plan.ladder,
        )
