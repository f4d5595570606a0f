"""Small facts about this installation."""

from __future__ import annotations

from sqlmodel import Session

from storage.tables import MetaRow


class Meta:
    """Facts by key; the keys in use are listed where they are used."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> str | None:
        """The value, or None."""
        row = self._session.get(MetaRow, key)
        return row.value if row else None

    def put(self, key: str, value: str) -> None:
        """Set or replace."""
        self._session.merge(MetaRow(key=key, value=value))
        self._session.flush()
