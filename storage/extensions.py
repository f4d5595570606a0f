"""Units' own last valid days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.extensions import Extension
from storage.audit import Audit
from storage.tables import ExtensionRow


class Extensions:
    """Append-only; the newest one of a unit counts."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def grant(self, *, round_id: int, unit_id: int, until: date, reason: str, person_id: int, now: datetime) -> Extension:
        """A new last valid day for one unit."""
        row = ExtensionRow(round_id=round_id, unit_id=unit_id, until_on=until, reason=reason, person_id=person_id, at=now)
        self._session.add(row)
        self._session.flush()
        self._audit.note(
            "extension granted", f"unit:{unit_id}", {"round": round_id, "until": until.isoformat()}, actor=person_id
        )
        return _extension(row)

    def of_round(self, round_id: int) -> Mapping[int, Extension]:
        """The one that counts, by unit id."""
        query = select(ExtensionRow).where(ExtensionRow.round_id == round_id).order_by(col(ExtensionRow.id))
        return {row.unit_id: _extension(row) for row in self._session.scalars(query)}

    def of_unit(self, round_id: int, unit_id: int) -> Extension | None:
        """One unit's."""
        return self.of_round(round_id).get(unit_id)


def _extension(row: ExtensionRow) -> Extension:
    return Extension(unit_id=row.unit_id, until=row.until_on, reason=row.reason, person_id=row.person_id, at=row.at)
