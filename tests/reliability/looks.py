"""The last look before a reminder leaves: of what changed after it was queued, nothing untrue may be said. Deterministic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.reliability.figures import Figure, equal
from tests.reliability.place import MORNING, SOON, Place, opened

PART = "last look"


def run(long: bool = False, say: Callable[[str], None] = print) -> list[Figure]:
    """One figure for each way in which a queued reminder can become untrue."""
    return [equal(PART, what, _said_after(change, at), False) for what, change, at in CHANGES]


def _said_after(change: Callable[[Place], object], at: timedelta) -> bool:
    """Whether the reminder of before the change still leaves."""
    with opened() as place:
        place.seat("Lan", 1)
        assert place.tick() == 1
        change(place)
        return place.claim(MORNING + at) is not None


CHANGES: tuple[tuple[str, Callable[[Place], object], timedelta], ...] = (
    ("said to a unit that has sent", lambda place: place.reports(1), SOON),
    ("said to who no longer sits there", lambda place: place.seat("Minh", 1, at=MORNING + SOON), 2 * SOON),
    ("said in yesterday's words", lambda place: None, timedelta(days=1)),
)
