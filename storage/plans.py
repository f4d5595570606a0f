"""Plans as loaded: the file's own text is kept, its meaning is read from it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session, col, select

from bot.domain.amendments import Amendments, amended
from bot.domain.plan import Plan
from bot.plans import loader
from storage import changes
from storage.audit import Audit
from storage.tables import PlanRow


class Plans:
    """Each row is one version of one plan; rounds stay with the version they were armed with.

    A round the office amended has a version of its own: the same file, and the changes to it.
    """

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
            row = self._row(plan_id)
            self._known[plan_id] = (
                amended(_parsed(row.source), changes.read(row.changes)) if row.changes else _parsed(row.source)
            )
        return self._known[plan_id]

    def written(self, plan_id: int) -> Plan:
        """The plan as its file has it, without the changes of this version."""
        return _parsed(self._row(plan_id).source)

    def changes(self, plan_id: int) -> Amendments:
        """What this version changes in its file."""
        return changes.read(self._row(plan_id).changes)

    def amend(self, plan_id: int, wanted: Amendments, now: datetime) -> int:
        """The version of this plan's file with these changes (not in addition to those it has). Its id."""
        base, told = self._row(plan_id), changes.written(wanted)
        sha256 = hashlib.sha256(f"{base.source}{told}".encode()).hexdigest()
        row = self._session.scalars(select(PlanRow).where(PlanRow.sha256 == sha256)).first()
        if row is None:
            row = PlanRow(code=base.code, sha256=sha256, source=base.source, changes=told, loaded_at=now)
            self._session.add(row)
            self._session.flush()
        assert row.id is not None
        return row.id

    def latest(self) -> dict[int, Plan]:
        """The newest file of every plan, by id; what was changed for one round is no newer plan."""
        newest: dict[str, int] = {}
        for row in self._session.scalars(select(PlanRow).where(PlanRow.changes == "").order_by(col(PlanRow.id))):
            assert row.id is not None
            newest[row.code] = row.id
        return {plan_id: self.get(plan_id) for plan_id in newest.values()}

    def _row(self, plan_id: int) -> PlanRow:
        row = self._session.get(PlanRow, plan_id)
        if row is None:
            raise KeyError(plan_id)
        return row


@lru_cache(maxsize=16)
def _parsed(source: str) -> Plan:
    found = loader.check(source)
    if isinstance(found, Plan):
        return found
    raise ValueError(f"invalid plan: line {found[0].line}, {found[0].field}")
