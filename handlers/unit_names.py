"""Which unit somebody typed."""

from __future__ import annotations

from bot.domain import naming
from bot.domain.answers import Doubtful
from bot.domain.units import Unit
from handlers.request import Request
from storage.store import Store


def find(request: Request, store: Store, text: str) -> Unit | tuple[Unit, ...]:
    """The unit of today that is certainly meant, else those that may be (often none)."""
    units = store.units.all(on=request.today)
    found = naming.find_unit(text, units)
    if not isinstance(found, Doubtful):
        return found
    codes = [suggestion.value for suggestion in found.suggestions]
    return tuple(unit for unit in units if unit.code in codes)
