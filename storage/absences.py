"""Who is away when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.absences import Absence
from storage.audit import Audit
from storage.tables import AbsenceRow


class Absences:
    """Declared absences; one that was taken back or ended early stays for the history."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def declare(
        self, *, person_id: int, from_: date, until: date, stand_in_id: int | None, by_id: int, now: datetime
    ) -> Absence:
        """Replace what this person declared for today and later."""
        for absence in self.coming(person_id, min(from_, until)):
            if absence.from_ <= until:
                self.end(absence.id, now=now, by_id=by_id)
        row = AbsenceRow(person_id=person_id, from_on=from_, until_on=until, stand_in_id=stand_in_id, by_id=by_id, at=now)
        self._session.add(row)
        self._session.flush()
        told = {"from": from_.isoformat(), "until": until.isoformat(), "stand_in": stand_in_id}
        self._audit.note("absence declared", f"person:{person_id}", told, actor=by_id)
        return _absence(row)

    def end(self, absence_id: int, *, now: datetime, by_id: int) -> None:
        """They are back, or were never away."""
        row = self._session.get(AbsenceRow, absence_id)
        if row is not None and row.ended_at is None:
            row.ended_at = now
            self._session.flush()
            self._audit.note("absence ended", f"person:{row.person_id}", {"absence": absence_id}, actor=by_id)

    def get(self, absence_id: int) -> Absence | None:
        """By id, unless it ended."""
        row = self._session.get(AbsenceRow, absence_id)
        return _absence(row) if row is not None and row.ended_at is None else None

    def on(self, day: date) -> Mapping[int, Absence]:
        """Who is away on a day, by person id."""
        return on(self._session, day)

    def coming(self, person_id: int, today: date) -> tuple[Absence, ...]:
        """This person's absences that are not over."""
        query = select(AbsenceRow).where(
            AbsenceRow.person_id == person_id, col(AbsenceRow.ended_at).is_(None), col(AbsenceRow.until_on) >= today
        )
        return tuple(_absence(row) for row in self._session.scalars(query.order_by(col(AbsenceRow.from_on))))


def on(session: Session, day: date) -> dict[int, Absence]:
    """Who is away on a day, by person id; of two declarations the newer one."""
    query = select(AbsenceRow).where(
        col(AbsenceRow.from_on) <= day, col(AbsenceRow.until_on) >= day, col(AbsenceRow.ended_at).is_(None)
    )
    return {row.person_id: _absence(row) for row in session.scalars(query.order_by(col(AbsenceRow.id)))}


def _absence(row: AbsenceRow) -> Absence:
    assert row.id is not None
    return Absence(
        id=row.id,
        person_id=row.person_id,
        from_=row.from_on,
        until=row.until_on,
        stand_in_id=row.stand_in_id,
        by_id=row.by_id,
    )
