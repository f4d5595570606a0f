"""`units list`, `units import`: the office's list of units."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import desk, out
from bot.cli.family import Json, command, family
from bot.texts import cli as texts

if TYPE_CHECKING:
    from bot.cli.unit_changes import Changes
    from bot.cli.unit_tables import Row
    from bot.domain.units import Unit
    from storage.store import Store

app = family("units", texts.UNITS)

FAULTY = 1


@command(app, "list", texts.UNITS_LIST, texts.UNITS_LIST_MORE)
def listed(json: Json = False) -> None:
    """Every unit with its focal person."""
    with desk.opened() as here:
        units, focal, there = here.turn(lambda store: _listed(store, here))
    if json:
        out.data([_as_json(unit, focal.get(unit.id, []), unit.id in there) for unit in units])
        return
    out.say(out.table(texts.UNIT_HEADINGS, [texts.unit_row(unit, focal.get(unit.id, []), here.today) for unit in units]))
    out.say(texts.units_counted(len(there), sum(1 for id in focal if id in there)))


@command(app, "import", texts.UNITS_IMPORT, texts.UNITS_IMPORT_MORE)
def imported(
    file: Annotated[Path, typer.Argument(metavar=texts.FILE, help=texts.UNITS_FILE)],
    dry: Annotated[bool, typer.Option("--dry-run", "--thu", help=texts.DRY_RUN)] = False,
    json: Json = False,
) -> None:
    """Add and change units as a table says; a fault anywhere changes nothing and gives exit code 1."""
    from bot.cli import unit_tables

    rows, faults = unit_tables.read(file)
    with desk.opened() as here:
        changes = here.turn(lambda store: _import(store, rows, bool(faults), dry))
    faults = sorted([*faults, *changes.faults])
    if json:
        out.data(_changes_as_json(changes, faults, dry))
    elif faults:
        out.warn("\n".join([*map(str, faults), texts.faults_found(str(file), len(faults)), texts.nothing_loaded()]))
    else:
        out.say("\n".join(_differences(changes, dry)))
    if faults:
        raise typer.Exit(FAULTY)


def _listed(store: Store, here: desk.Desk) -> tuple[tuple[Unit, ...], dict[int, list[str]], set[int]]:
    from bot.domain.people import Role

    focal: dict[int, list[str]] = {}
    for seat, person in store.people.holders():
        if seat.role is Role.FOCAL:
            focal.setdefault(seat.unit_id, []).append(person.name)
    return store.units.all(), focal, {unit.id for unit in store.units.all(on=here.today)}


def _import(store: Store, rows: list[Row], faulty: bool, dry: bool) -> Changes:
    from bot.cli.unit_changes import Changes

    plans = store.plans.latest().values()
    # A reminder names the unit's questions: a set unknown to any one plan would break that plan's reminders.
    sets = set.intersection(*({each.code for each in plan.question_sets} for plan in plans)) if plans else set()
    changes = Changes(units={unit.code.casefold(): unit for unit in store.units.all()}, sets=sets)
    changes.read(rows)
    if not (dry or faulty or changes.faults):
        for change in changes.found:
            store.units.put(change.unit, change.from_, change.until)
    return changes


def _differences(changes: Changes, dry: bool) -> list[str]:
    lines = []
    for change in changes.found:
        if change.new:
            lines.append(texts.unit_added(change.unit.code, change.unit.name))
            continue
        for name, (before, after) in change.fields.items():
            written = (texts.field_value(name, before), texts.field_value(name, after))
            lines.append(texts.unit_changed(change.unit.code, texts.field(name), *written))
    added = [change.unit.code for change in changes.found if change.new]
    changed = [change.unit.code for change in changes.found if not change.new]
    return [*lines, texts.units_changed(added, changed, changes.same, dry)]


def _as_json(unit: Unit, focal: list[str], exists: bool) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "short": unit.short,
        "group": unit.group,
        "questions": unit.questions,
        "source": unit.source,
        "aliases": unit.aliases,
        "from": unit.from_,
        "until": unit.until,
        "exists": exists,
        "focal": focal,
    }


def _changes_as_json(changes: Changes, faults: list[Any], dry: bool) -> dict[str, Any]:
    kept = not faults
    return {
        "ok": kept,
        "dry_run": dry,
        "faults": [{"row": fault.row, "column": fault.column, "message": fault.message} for fault in faults],
        "added": [change.unit.code for change in changes.found if change.new and kept],
        "changed": [{"code": change.unit.code, "fields": change.fields} for change in changes.found if not change.new and kept],
        "same": changes.same if kept else [],
    }
