"""Which coordinator is typing which unit's paper report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.audit import Audit
from storage.tables import BehalfRow


@dataclass(frozen=True, kw_only=True)
class Behalf:
    """One unit's paper report, being typed. `number`, `on`: of the document, as far as known."""

    id: int
    round_id: int
    unit_id: int
    person_id: int
    number: str
    on: date | None


class Behalves:
    """At most one open a coordinator and report."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def begin(self, *, round_id: int, unit_id: int, person_id: int, number: str, on: date | None, now: datetime) -> Behalf:
        """May answer for the unit from now on; what the document is called replaces what was said before."""
        row = self._row(round_id, unit_id, person_id)
        if row is None:
            row = BehalfRow(round_id=round_id, unit_id=unit_id, person_id=person_id, at=now)
            self._session.add(row)
            self._audit.note("typing on behalf began", f"unit:{unit_id}", {"round": round_id}, actor=person_id)
        row.number, row.paper_on = number, on
        self._session.flush()
        return _behalf(row)

    def find(self, round_id: int, unit_id: int, person_id: int) -> Behalf | None:
        """The open one."""
        row = self._row(round_id, unit_id, person_id)
        return _behalf(row) if row else None

    def end(self, behalf_id: int, now: datetime) -> None:
        """It was sent, or given up."""
        row = self._session.get(BehalfRow, behalf_id)
        if row is not None and row.ended_at is None:
            row.ended_at = now
            self._session.flush()
            self._audit.note("typing on behalf ended", f"unit:{row.unit_id}", {"round": row.round_id}, actor=row.person_id)

    def _row(self, round_id: int, unit_id: int, person_id: int) -> BehalfRow | None:
        query = select(BehalfRow).where(
            BehalfRow.round_id == round_id,
            BehalfRow.unit_id == unit_id,
            BehalfRow.person_id == person_id,
            col(BehalfRow.ended_at).is_(None),
        )
        return self._session.scalars(query).first()


def units_of(session: Session, person_id: int) -> frozenset[int]:
    """Ids of the units this person types paper reports for."""
    query = select(BehalfRow.unit_id).where(BehalfRow.person_id == person_id, col(BehalfRow.ended_at).is_(None))
    return frozenset(session.scalars(query))


def _behalf(row: BehalfRow) -> Behalf:
    assert row.id is not None
    return Behalf(
        id=row.id,
        round_id=row.round_id,
        unit_id=row.unit_id,
        person_id=row.person_id,
        number=row.number,
        on=row.paper_on,
    )
