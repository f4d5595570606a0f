"""The seed plan as text, and ways to break it."""

from __future__ import annotations

from bot.domain.plan import Plan
from bot.plans import SEED, loader
from bot.plans.loader import Fault
from tests import beside

TEXT = SEED.read_text(encoding="utf-8")
SHARED = beside.FOLDER


def plan() -> Plan:
    return loader.load(SEED)


def with_(old: str, new: str, text: str = TEXT) -> str:
    """The seed with the only (or, with a context in `old`, the one meant) place replaced."""
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)


def faults(text: str | bytes) -> list[Fault]:
    found = loader.check(text)
    assert not isinstance(found, Plan), "the file was taken for valid"
    return found


def line_of(text: str, needle: str) -> int:
    assert text.count(needle) == 1, f"{needle!r} stands there {text.count(needle)} times"
    return text[: text.index(needle)].count("\n") + 1
