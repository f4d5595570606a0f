"""What is typed after a command, as values. Each raises Refusal with a sentence of its own."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bot.cli.grammar import Refusal
from bot.texts import cli as texts

if TYPE_CHECKING:
    from bot.domain.plan import Plan
    from bot.domain.units import Unit

YEARS = range(2000, 2100)
"""The lunar calendar of the holidays library ends with the century."""


def year(text: str) -> int:
    """A year of four digits."""
    if not re.fullmatch(r"[0-9]{4}", text) or int(text) not in YEARS:
        raise Refusal(texts.not_a_year(text, YEARS[0], YEARS[-1]))
    return int(text)


def day(text: str) -> date:
    """A date with its year: 02/01/2026 or 2026-01-02."""
    found = parsed_day(text)
    if found is None or found.year not in YEARS:
        raise Refusal(texts.not_a_day(text))
    return found


def parsed_day(text: str) -> date | None:
    """The same without raising."""
    local = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text.strip())
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip())
    try:
        if local:
            return date(int(local[3]), int(local[2]), int(local[1]))
        return date(int(iso[1]), int(iso[2]), int(iso[3])) if iso else None
    except ValueError:
        return None


def unit(text: str, units: tuple[Unit, ...]) -> Unit:
    """The one unit meant, however it is typed ("p5", "phuong 5", "QLDT")."""
    from bot.domain import naming
    from bot.domain.answers import Doubtful
    from bot.domain.words import fold

    found = naming.find_unit(text, units)
    if not isinstance(found, Doubtful):
        return found
    codes = [suggestion.value for suggestion in found.suggestions]
    near = [unit.short for unit in units if unit.code in codes] or _alike(fold(text), {fold(u.short): u.short for u in units})
    raise Refusal(texts.no_such_unit(text, near))


def plan(code: str, plans: dict[int, Plan]) -> tuple[int, Plan]:
    """The loaded plan with this code; the only one when no code is given."""
    if not plans:
        raise Refusal(texts.no_plan())
    chosen = [(plan_id, plan) for plan_id, plan in plans.items() if not code or plan.code.casefold() == code.casefold()]
    if len(chosen) != 1:
        raise Refusal(texts.which_plan(code, [plan.code for plan in plans.values()]))
    return chosen[0]


def _alike(folded: str, names: dict[str, str]) -> list[str]:
    import difflib

    return [names[near] for near in difflib.get_close_matches(folded, names, n=3, cutoff=0.5)]
