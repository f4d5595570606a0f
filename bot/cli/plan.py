"""`plan check`, `plan load`, `plan arm`: from a file an office wrote to rounds that remind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli import desk, given, out
from bot.cli.family import Json, command, family
from bot.cli.grammar import Refusal
from bot.texts import cli as texts

if TYPE_CHECKING:
    from bot.domain.ladder import Rung
    from bot.domain.plan import Plan
    from bot.domain.rounds import Round
    from bot.plans.faults import Fault
    from storage.store import Store

T = TypeVar("T")

app = family("plan", texts.PLAN)

FileGiven = Annotated[Path, typer.Argument(metavar=texts.FILE, help=texts.PLAN_FILE)]
PlanCode = Annotated[str, typer.Option("--plan", metavar=texts.CODE, help=texts.PLAN_CODE)]

FAULTY = 1
FARTHEST = 5
"""Nobody arms a year further ahead: neither Tết nor the swapped days are known."""


@command(app, "check", texts.PLAN_CHECK, texts.PLAN_CHECK_MORE)
def check(file: FileGiven, json: Json = False) -> None:
    """Every fault of a plan file, by line; exit code 1 when there is any."""
    _, found = _read(file)
    if json:
        out.data(_checked(found))
    elif isinstance(found, list):
        out.say("\n".join([*map(str, found), texts.faults_found(str(file), len(found))]))
    else:
        out.say(texts.plan_fine(str(file), found))
    if isinstance(found, list):
        raise typer.Exit(FAULTY)


@command(app, "load", texts.PLAN_LOAD, texts.PLAN_LOAD_MORE)
def load(file: FileGiven, json: Json = False) -> None:
    """Store a valid plan file and its units; a faulty one changes nothing and gives exit code 1."""
    source, plan = _read(file)
    if isinstance(plan, list):
        if json:
            out.data(_checked(plan))
        else:
            out.warn("\n".join([*map(str, plan), texts.faults_found(str(file), len(plan)), texts.nothing_loaded()]))
        raise typer.Exit(FAULTY)
    with desk.opened(first_start=False) as here:
        loaded = here.turn(lambda store: _load(store, source, plan, here))
    if json:
        out.data(_checked(plan) | loaded.as_json())
    else:
        out.say("\n".join(loaded.lines(here.today)))


@command(app, "arm", texts.PLAN_ARM, texts.PLAN_ARM_MORE)
def arm(
    year: Annotated[str, typer.Option("--year", metavar=texts.YEAR, help=texts.PLAN_ARM)],
    code: PlanCode = "",
    json: Json = False,
) -> None:
    """Arm every round of a plan for a year; those armed already stay as they are."""
    wanted = given.year(year)
    with desk.opened(first_start=False) as here:
        plan, armed = here.turn(lambda store: _arm(store, here, code, wanted))
    if json:
        out.data({"plan": plan.code, "year": wanted, "rounds": [each.as_json(here.today) for each in armed]})
        return
    out.say(texts.armed(plan, wanted))
    for each in armed:
        out.say(texts.armed_round(each.round, each.new, each.rungs, here.today))


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What loading a plan changed."""

    plan: Plan
    before: Plan | None
    changed: bool
    units: tuple[list[str], list[str], list[str]]  # added, changed, no longer listed
    points: tuple[list[str], list[str], list[str]]  # added, changed, removed
    rounds: tuple[Round, ...]

    def lines(self, today: date) -> list[str]:
        """For people."""
        if not self.changed:
            return [texts.plan_known(self.plan)]
        added, changed, left = self.units
        lines = [
            texts.plan_loaded(self.plan, self.before is None),
            texts.plan_changes(texts.UNITS_WORD, added, changed, []),
            texts.left_out(left) if left else "",
            texts.plan_changes(texts.POINTS_WORD, *self.points) if self.before else "",
            texts.rounds_keep(self.rounds) if self.rounds else texts.arm_next(self.plan, today.year),
        ]
        return [line for line in lines if line]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "changed": self.changed,
            "first_version": self.before is None,
            "units_added": self.units[0],
            "units_changed": self.units[1],
            "points_added": self.points[0],
            "points_changed": self.points[1],
            "points_removed": self.points[2],
            "rounds": [{"code": each.code, "year": each.year, "keeps_version": self.changed} for each in self.rounds],
        }


@dataclass(frozen=True, kw_only=True)
class Armed:
    """A round of the year asked for."""

    round: Round
    new: bool
    rungs: tuple[Rung, ...]

    def as_json(self, today: date) -> dict[str, Any]:
        """For programs."""
        coming = [rung.day for rung in self.rungs if rung.day >= today]
        return {
            "code": self.round.code,
            "title": self.round.title,
            "due": self.round.due,
            "last_day": self.round.last_day,
            "armed_on": self.round.armed_on,
            "armed_now": self.new,
            "reminders": len(coming),
            "first_reminder": coming[0] if coming else None,
        }


def _load(store: Store, source: str, plan: Plan, here: desk.Desk) -> Loaded:
    known = store.plans.latest()
    before = next((old for old in known.values() if old.code == plan.code), None)
    listed = {unit.code: unit for unit in store.units.all()}
    plan_id, _ = store.plans.add(source, here.now)
    if before is not None and plan_id not in store.plans.latest():
        raise Refusal(texts.plan_superseded(plan), FAULTY)
    if plan_id not in known:
        store.units.sync(plan.units)
    if not known:
        from storage.days import shipped_days

        for day in shipped_days():
            store.special_days.put(day)
    after = {unit.code: unit for unit in store.units.all()}
    added, changed, _ = _difference(listed, after)
    named = {unit.code for unit in plan.units}
    old_points = {point.id: point for point in before.points} if before else {}
    return Loaded(
        plan=plan,
        before=before,
        changed=plan_id not in known,
        units=(added, changed, [code for code in listed if code not in named]),
        points=_difference(old_points, {point.id: point for point in plan.points}),
        rounds=tuple(each for each in store.rounds.all() if store.plans.get(each.plan_id).code == plan.code),
    )


def _arm(store: Store, here: desk.Desk, code: str, year: int) -> tuple[Plan, list[Armed]]:
    from bot.domain import ladder

    plan_id, plan = given.plan(code, store.plans.latest())
    if year < plan.year:
        raise Refusal(texts.year_before_plan(plan, year))
    if year > here.today.year + FARTHEST:
        raise Refusal(texts.year_too_far(year, here.today.year + FARTHEST))
    known = {each.id for each in store.rounds.all()}
    armed = store.rounds.arm(plan_id, plan, year, here.today)
    days = here.calendar([year], store.special_days.all())
    return plan, [
        Armed(
            round=each,
            new=each.id not in known,
            rungs=ladder.rungs(each.last_day, each.armed_on, each.ladder, days, here.office.remind_at),
        )
        for each in armed
    ]


def _read(file: Path) -> tuple[str, Plan | list[Fault]]:
    """The file's text and what it says; the text is only good for a plan."""
    from bot.plans import loader

    try:
        with file.open("rb") as opened:
            content = opened.read(loader.MOST_BYTES + 1)
    except OSError:
        raise Refusal(texts.file_unreadable(str(file))) from None
    return content.decode("utf-8", "replace"), loader.check(content)


def _checked(found: Plan | list[Fault]) -> dict[str, Any]:
    if isinstance(found, list):
        faults = [{"line": fault.line, "field": fault.field, "message": fault.message} for fault in found]
        return {"ok": False, "faults": faults, "plan": None}
    counts = {name: len(getattr(found, name)) for name in ("units", "points", "rounds", "question_sets")}
    return {"ok": True, "faults": [], "plan": {"code": found.code, "number": found.number, "year": found.year} | counts}


def _difference(before: dict[str, T], after: dict[str, T]) -> tuple[list[str], list[str], list[str]]:
    """Codes that are new, that changed, that are gone."""
    return (
        [code for code in after if code not in before],
        [code for code in after if code in before and before[code] != after[code]],
        [code for code in before if code not in after],
    )
