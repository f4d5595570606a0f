"""The office's dated table: days off and swapped working days the holidays library cannot know."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from bot.domain.calendar import SpecialDay
from storage.audit import Audit
from storage.tables import SpecialDayRow


class SpecialDays:
    """Editable by the office; wins over the library."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def all(self) -> tuple[SpecialDay, ...]:
        """Every entry, by date."""
        rows = self._session.scalars(select(SpecialDayRow).order_by(col(SpecialDayRow.on_day)))
        return tuple(SpecialDay(on=row.on_day, works=row.works, note=row.note) for row in rows)

    def put(self, day: SpecialDay) -> bool:
        """Add or replace; whether that changes anything."""
        row = self._session.get(SpecialDayRow, day.on)
        if row is not None and (row.works, row.note) == (day.works, day.note):
            return False
        self._session.merge(SpecialDayRow(on_day=day.on, works=day.works, note=day.note))
        self._session.flush()
        self._audit.note("day noted", f"day:{day.on.isoformat()}", {"works": day.works})
        return True

    def remove(self, on: date) -> bool:
        """Forget an entry; whether there was one."""
        row = self._session.get(SpecialDayRow, on)
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        self._audit.note("day removed", f"day:{on.isoformat()}")
        return True
