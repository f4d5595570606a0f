"""The office's dated table: days off and swapped working days the holidays library cannot know."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from bot.domain.calendar import SpecialDay
from storage.tables import SpecialDayRow


class SpecialDays:
    """Editable by the office; wins over the library."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[SpecialDay, ...]:
        """Every entry, by date."""
        rows = self._session.scalars(select(SpecialDayRow).order_by(col(SpecialDayRow.on_day)))
        return tuple(SpecialDay(on=row.on_day, works=row.works, note=row.note) for row in rows)

    def put(self, day: SpecialDay) -> None:
        """Add or replace."""
        self._session.merge(SpecialDayRow(on_day=day.on, works=day.works, note=day.note))
        self._session.flush()

    def remove(self, on: date) -> bool:
        """Forget an entry; whether there was one."""
        row = self._session.get(SpecialDayRow, on)
        if row:
            self._session.delete(row)
            self._session.flush()
        return row is not None
