"""Plans as loaded: the file's own text is kept, its meaning is read from it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session, col, select

from bot.domain.plan import Plan
from bot.plans import loader
from storage.audit import Audit
from storage.tables import PlanRow


class Plans:
    """Each row is one version of one plan; rounds stay with the version they were armed with."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit
        # Asked for with every round; a version never changes, and this object lives no longer than its transaction.
        self._known: dict[int, Plan] = {}

    def add(self, source: str, now: datetime) -> tuple[int, Plan]:
        """Keep a valid plan file; the same text twice is one row. Raises ValueError for an invalid one."""
        plan = _parsed(source)
        sha256 = hashlib.sha256(source.encode()).hexdigest()
        row = self._session.scalars(select(PlanRow).where(PlanRow.sha256 == sha256)).first()
        if row is None:
            row = PlanRow(code=plan.code, sha256=sha256, source=source, loaded_at=now)
            self._session.add(row)
            self._session.flush()
            self._audit.note("plan loaded", f"plan:{row.id}", {"code": plan.code, "sha256": sha256})
        assert row.id is not None
        return row.id, plan

    def get(self, plan_id: int) -> Plan:
        """By id. Raises KeyError."""
        if plan_id not in self._known:
            row = self._session.get(PlanRow, plan_id)
            if row is None:
                raise KeyError(plan_id)
            self._known[plan_id] = _parsed(row.source)
        return self._known[plan_id]

    def latest(self) -> dict[int, Plan]:
        """The newest version of every plan, by id."""
        newest: dict[str, int] = {}
        for row in self._session.scalars(select(PlanRow).order_by(col(PlanRow.id))):
            assert row.id is not None
            newest[row.code] = row.id
        return {plan_id: self.get(plan_id) for plan_id in newest.values()}


@lru_cache(maxsize=16)
def _parsed(source: str) -> Plan:
    found = loader.check(source)
    if isinstance(found, Plan):
        return found
    raise ValueError(f"invalid plan: line {found[0].line}, {found[0].field}")
