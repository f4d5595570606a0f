"""Difficulties and their events."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, select

from bot.domain.difficulties import Difficulty, Event, Step
from storage.audit import Audit
from storage.tables import DifficultyEventRow, DifficultyRow


class Difficulties:
    """Append-only, but for the point, which may be named a moment later."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def raise_(
        self,
        *,
        unit_id: int,
        person_id: int,
        text: str,
        now: datetime,
        round_id: int | None = None,
        question: str = "",
        point: str = "",
    ) -> Difficulty:
        """A new one."""
        row = DifficultyRow(
            unit_id=unit_id, person_id=person_id, round_id=round_id, question=question, point=point, text=text, at=now
        )
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        self.note(row.id, step=Step.RAISED, text="", person_id=person_id, now=now)
        found = self.get(row.id)
        assert found is not None
        return found

    def note(
        self,
        difficulty_id: int,
        *,
        step: Step,
        text: str,
        person_id: int | None,
        now: datetime,
        target: int | None = None,
    ) -> None:
        """One more step."""
        self._session.add(
            DifficultyEventRow(
                difficulty_id=difficulty_id, kind=step.value, text=text, person_id=person_id, target=target, at=now
            )
        )
        self._session.flush()
        self._audit.note(f"difficulty {step.value}", f"difficulty:{difficulty_id}", actor=person_id)

    def concern(self, difficulty_id: int, point: str) -> None:
        """Note the plan point it is about, told after it was raised."""
        row = self._session.get(DifficultyRow, difficulty_id)
        if row is not None:
            row.point = point
            self._session.flush()

    def get(self, difficulty_id: int) -> Difficulty | None:
        """By id."""
        row = self._session.get(DifficultyRow, difficulty_id)
        if row is None:
            return None
        query = select(DifficultyEventRow).where(DifficultyEventRow.difficulty_id == difficulty_id)
        return _difficulty(row, list(self._session.scalars(query.order_by(col(DifficultyEventRow.id)))))

    def all(self, unit_id: int | None = None) -> tuple[Difficulty, ...]:
        """Every one (of a unit), oldest first."""
        events: dict[int, list[DifficultyEventRow]] = defaultdict(list)
        for event in self._session.scalars(select(DifficultyEventRow).order_by(col(DifficultyEventRow.id))):
            events[event.difficulty_id].append(event)
        query = select(DifficultyRow).order_by(col(DifficultyRow.id))
        if unit_id is not None:
            query = query.where(DifficultyRow.unit_id == unit_id)
        return tuple(_difficulty(row, events[row.id or 0]) for row in self._session.scalars(query))

    def merged_into(self, difficulty_id: int) -> tuple[Difficulty, ...]:
        """Those this one stands for, too, and those they stand for."""
        found = [other for other in self.all() if other.merged_into == difficulty_id]
        return (*found, *(deeper for other in found for deeper in self.merged_into(other.id)))

    def of_answer(self, round_id: int, unit_id: int, question: str) -> Difficulty | None:
        """The newest one raised by answering this question, so that re-sending the same words raises nothing twice."""
        row = self._session.scalars(
            select(DifficultyRow)
            .where(
                DifficultyRow.round_id == round_id,
                DifficultyRow.unit_id == unit_id,
                DifficultyRow.question == question,
            )
            .order_by(col(DifficultyRow.id).desc())
        ).first()
        return self.get(row.id) if row and row.id else None


def _difficulty(row: DifficultyRow, events: list[DifficultyEventRow]) -> Difficulty:
    assert row.id is not None
    return Difficulty(
        id=row.id,
        unit_id=row.unit_id,
        person_id=row.person_id,
        round_id=row.round_id,
        question=row.question,
        point=row.point,
        text=row.text,
        at=row.at,
        events=tuple(Event(step=Step(e.kind), text=e.text, person_id=e.person_id, at=e.at, target=e.target) for e in events),
    )
