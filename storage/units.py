"""Units as the database knows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import sqlalchemy
from sqlmodel import Session, col, select

from bot.domain.plan import PlannedUnit
from bot.domain.units import Unit
from storage.tables import UnitRow

_FIELDS = ("id", "code", "name", "short", "group", "questions", "source", "aliases", "from_on", "until_on", "successors")
_ALL = sqlalchemy.select(*(col(getattr(UnitRow, name)) for name in _FIELDS)).order_by(col(UnitRow.position), col(UnitRow.id))


class Units:
    """Wards and departments."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self, on: date | None = None) -> tuple[Unit, ...]:
        """Every unit in the plan's order; with `on`, those that exist that day."""
        units = (_read(*row) for row in self._session.execute(_ALL))
        return tuple(u for u in units if on is None or ((not u.from_ or u.from_ <= on) and (not u.until or on <= u.until)))

    def get(self, unit_id: int) -> Unit:
        """By our id. Raises KeyError."""
        row = self._session.get(UnitRow, unit_id)
        if row is None:
            raise KeyError(unit_id)
        return _unit(row)

    def by_code(self, code: str) -> Unit | None:
        """By its short key ("P5")."""
        row = self._session.scalars(select(UnitRow).where(UnitRow.code == code)).first()
        return _unit(row) if row else None

    def sync(self, planned: Sequence[PlannedUnit]) -> None:
        """Add the units a plan lists, refresh those known by code; nobody is removed: history hangs on them."""
        known = {row.code: row for row in self._session.scalars(select(UnitRow))}
        for position, unit in enumerate(planned):
            row = known.get(unit.code) or UnitRow(code=unit.code, name="", short="", group="", questions="", source="")
            row.name, row.short, row.group = unit.name, unit.short, unit.group
            row.questions, row.source = unit.questions, unit.source
            row.aliases = json.dumps(unit.aliases, ensure_ascii=False)
            row.position = position
            self._session.add(row)
        self._session.flush()

    def put(self, unit: PlannedUnit, from_: date | None, until: date | None) -> None:
        """Add one unit after all others, or replace what is known of the one with its code (its place stays)."""
        row = self._session.scalars(select(UnitRow).where(UnitRow.code == unit.code)).first()
        if row is None:
            last = max((row.position for row in self._session.scalars(select(UnitRow))), default=-1)
            row = UnitRow(code=unit.code, name="", short="", group="", questions="", source="", position=last + 1)
        row.name, row.short, row.group = unit.name, unit.short, unit.group
        row.questions, row.source = unit.questions, unit.source
        row.aliases = json.dumps(unit.aliases, ensure_ascii=False)
        row.from_on, row.until_on = from_, until
        self._session.add(row)
        self._session.flush()

    def end(self, unit_id: int, until: date | None, successors: Sequence[str] = ()) -> None:
        """Close a unit after this day, taken over by these codes; None: it goes on. Raises KeyError."""
        row = self._session.get(UnitRow, unit_id)
        if row is None:
            raise KeyError(unit_id)
        row.until_on, row.successors = until, json.dumps(list(successors))
        self._session.flush()


def _unit(row: UnitRow) -> Unit:
    return _read(*(getattr(row, name) for name in _FIELDS))


# Every turn and every part of a tick asks for all of them, and they hardly ever change.
@lru_cache(maxsize=512)
def _read(
    id_: int,
    code: str,
    name: str,
    short: str,
    group: str,
    questions: str,
    source: str,
    aliases: str,
    from_: date | None,
    until: date | None,
    successors: str,
) -> Unit:
    return Unit(
        id=id_,
        code=code,
        name=name,
        short=short,
        group=group,
        questions=questions,
        source=source,
        aliases=tuple(json.loads(aliases)),
        from_=from_,
        until=until,
        successors=tuple(json.loads(successors)),
    )
