"""Requests of people about their own data."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from bot.domain.requests import ErasureRequest, RequestState
from storage.audit import Audit
from storage.tables import RequestRow


class Requests:
    """At most one open request a person."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def ask(self, *, person_id: int, due_at: datetime, now: datetime) -> ErasureRequest:
        """A new one, or the one already open."""
        if (known := self.of(person_id)) is not None:
            return known
        row = RequestRow(person_id=person_id, at=now, due_at=due_at)
        self._session.add(row)
        self._session.flush()
        self._audit.note("erasure asked", f"person:{person_id}", {"request": row.id}, actor=person_id)
        return _request(row)

    def of(self, person_id: int) -> ErasureRequest | None:
        """The person's request that is open or approved."""
        return next((one for one in self.all(RequestState.OPEN, RequestState.APPROVED) if one.person_id == person_id), None)

    def get(self, request_id: int) -> ErasureRequest | None:
        """By id."""
        row = self._session.get(RequestRow, request_id)
        return _request(row) if row is not None else None

    def all(self, *states: RequestState) -> tuple[ErasureRequest, ...]:
        """Those in these states, the most urgent first."""
        query = select(RequestRow).where(col(RequestRow.state).in_([state.value for state in states]))
        return tuple(_request(row) for row in self._session.scalars(query.order_by(col(RequestRow.due_at), col(RequestRow.id))))

    def decide(self, request_id: int, state: RequestState, *, by: int | None, now: datetime) -> bool:
        """Move a request on; False when somebody did before."""
        row = self._session.get(RequestRow, request_id)
        if row is None or (row.state, state) not in _STEPS:
            return False
        row.state, row.decided_by, row.decided_at = state.value, by if by is not None else row.decided_by, now
        self._session.flush()
        self._audit.note(f"erasure {state.value}", f"person:{row.person_id}", {"request": request_id}, actor=by)
        return True

    def decided_at(self, request_id: int) -> datetime | None:
        """When it was last decided about."""
        row = self._session.get(RequestRow, request_id)
        return row.decided_at if row is not None else None


_STEPS = {
    ("open", RequestState.APPROVED),
    ("open", RequestState.REFUSED),
    ("open", RequestState.WITHDRAWN),
    ("approved", RequestState.DONE),
}


def _request(row: RequestRow) -> ErasureRequest:
    assert row.id is not None
    return ErasureRequest(id=row.id, person_id=row.person_id, state=RequestState(row.state), at=row.at, due_at=row.due_at)
