"""What a change of units does: written once it was confirmed, and what it means for the rounds to come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.plan import PlannedUnit
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.domain.words import fold
from bot.texts import administration as texts
from handlers.request import Request
from storage.dialogs import Dialog
from storage.store import Store


def write(store: Store, dialog: Dialog) -> None:
    """The whole change, as the dialogue holds it: `op` is add, rename, close or reopen."""
    text, op = dialog.text, dialog.text("op")
    match op:
        case "add":
            name = text("called")
            new = PlannedUnit(
                code=text("code"),
                name=name,
                short=short(name),
                group=text("group"),
                questions=text("questions"),
                source="office",
            )
            store.units.put(new, date.fromisoformat(text("since")), None)
            changed: list[Unit | None] = [store.units.by_code(new.code)]
        case "rename":
            unit = store.units.get(dialog.number("unit"))
            name = text("called")
            old = dict.fromkeys((*unit.aliases, unit.name, unit.short))
            kept = tuple(alias for alias in old if fold(alias) not in (fold(name), fold(short(name))))
            store.units.put(
                PlannedUnit(code=unit.code, name=name, short=short(name), group=unit.group, questions=unit.questions,
                            source=unit.source, aliases=kept),
                unit.from_, unit.until,
            )  # fmt: skip
            changed = [unit]
        case _:
            closed = units(store, text("units") or text("unit"))
            changed = [*closed]
            until = date.fromisoformat(text("until")) if op == "close" else None
            for unit in closed:
                store.units.end(unit.id, until, [heir.code for heir in units(store, text("heirs"))])
    for each in filter(None, changed):
        details = {key: text(key) for key in ("units", "heirs", "until", "since", "code") if text(key)}
        store.audit.note(f"unit {op}", f"unit:{each.id}", details)


def sets(store: Store) -> dict[str, str]:
    """Question sets every plan knows: a reminder names the unit's questions, whichever plan it is about."""
    plans = list(store.plans.latest().values())
    common = set.intersection(*({each.code for each in plan.question_sets} for plan in plans)) if plans else set()
    return {each.code: each.title for plan in plans for each in plan.question_sets if each.code in common}


def effect(request: Request, store: Store, after: Sequence[Unit]) -> str:
    """How many will be expected in the end, in every round still to come."""
    coming = [round_ for round_ in store.rounds.all() if round_.closed_at is None and round_.last_day >= request.today]
    before = store.units.all()
    return texts.counts([(r, _expected(store, r, before), _expected(store, r, after)) for r in coming])


def _expected(store: Store, round_: Round, units: Iterable[Unit]) -> tuple[int, int]:
    plan, on = store.plans.get(round_.plan_id), round_.last_day
    there = [u for u in units if (not u.from_ or u.from_ <= on) and (not u.until or on <= u.until) and plan.asks(u.questions)]
    return len(there), sum(unit.group == "ward" for unit in there)


def called(store: Store, today: date, name: str, own: object) -> Unit | None:
    """Another unit, not closed, that is called so already."""
    wanted = {fold(name), fold(short(name))}
    for unit in store.units.all():
        names = {fold(each) for each in (unit.name, unit.short, unit.code, *unit.aliases)}
        if unit.id != own and wanted & names and not (unit.until and unit.until < today):
            return unit
    return None


def short(name: str) -> str:
    """How a unit is called in lists: its name without "UBND"."""
    short = re.sub(r"(?i)^ubnd\s+", "", name)
    return short[:1].upper() + short[1:]


def new_code(name: str, taken: set[str]) -> str:
    """Initials of what tells it from others, as codes in plan files are made: "UBND phường Hạnh Thông" → "HT"."""
    words = re.findall(r"[a-z0-9]+", fold(re.sub(r"(?i)^(ubnd\s+)?(\w+)\s+", "", name, count=1))) or ["dv"]
    stem = "".join(word if word.isdigit() else word[0] for word in words).upper()[:8]
    return next(code for n in range(1, 1000) if (code := stem if n == 1 else f"{stem}{n}").casefold() not in taken)


def ids(units: Iterable[Unit]) -> str:
    """Units in a dialogue's data."""
    return ",".join(str(unit.id) for unit in units)


def units(store: Store, ids: str) -> list[Unit]:
    """The units of `ids`."""
    return [store.units.get(int(id)) for id in ids.split(",") if id]
