"""From a plan file to a Plan, or to everything that is wrong with it, by line and field."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.domain import rungs
from bot.domain.ladder import DEFAULT_LADDER
from bot.domain.plan import Plan, PlannedUnit, Point, RoundTemplate, RungSpec
from bot.plans import tree
from bot.plans.entry import Entry, fold, nearest
from bot.plans.faults import Enough, Fault, PlanRefused
from bot.plans.names import Names
from bot.plans.questions import LONGEST_LABEL, question_sets
from bot.texts import plan_errors as say

__all__ = ["Fault", "PlanRefused", "check", "load"]

MOST_MEGABYTES = 2
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024

GROUPS = ("ward", "named", "other")
EVERYBODY = "all"
SOURCES = ("plan", "office")

TOP = ("plan", "rounds", "ladder", "units", "points", "question_sets")
HEADER = (
    *("code", "number", "issued", "place", "issuer", "title", "signer", "year"),
    *("coordinator", "reports_to", "recipients", "made_up"),
)
UNIT = ("code", "name", "short", "group", "questions", "source", "aliases")
POINT = ("id", "ref", "label", "excerpt", "text", "who", "send")
ROUND = ("code", "title", "due", "inclusive", "wording", "since", "until", "point")
LADDER = ("working_days", "announce", "before", "last", "after")


def load(path: Path) -> Plan:
    """The plan in a file. Raises OSError when it cannot be read and PlanRefused when it is not valid."""
    with path.open("rb") as file:
        found = check(file.read(MOST_BYTES + 1))
    if isinstance(found, Plan):
        return found
    raise PlanRefused(found)


def check(source: str | bytes) -> Plan | list[Fault]:
    """The plan in a file's text (or in its bytes, UTF-8), or all its faults in the order of their lines (of a hopeless
    file the first few hundred). Never raises."""
    text = _decoded(source)
    if isinstance(text, Fault):
        return [text]
    grown = tree.grow(text)
    if isinstance(grown, Fault):
        return [grown]
    faults = [Fault(line=line, field="", message=say.hidden_character(code)) for line, code in grown.strays]
    try:
        plan = _plan(grown.root, faults)
    except Enough:
        return sorted(set(faults))
    return sorted(set(faults)) or plan


def _decoded(source: str | bytes) -> str | Fault:
    if len(source) > MOST_BYTES or (isinstance(source, str) and len(source.encode("utf-8", "replace")) > MOST_BYTES):
        return Fault(line=1, field="", message=say.too_big(MOST_MEGABYTES))
    if isinstance(source, str):
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        return Fault(line=source.count(b"\n", 0, error.start) + 1, field="", message=say.NOT_UTF8)


def _plan(node: tree.Node, faults: list[Fault]) -> Plan:
    """Reads in the order of references: what is referred to comes first."""
    root = Entry(node, "", faults, TOP)
    units, unit_names = _units(root)
    points, point_names = _points(root, unit_names)
    rounds, round_names = _rounds(root, points, point_names)
    sets, set_names = question_sets(root, point_names, round_names)
    for entry, unit in units:
        set_names.resolve(unit.questions, entry, "questions", say.no_such_question_set)

    header = root.entry("plan", HEADER, required=True) or Entry(tree.NOTHING, "plan", [], HEADER)
    coordinator = unit_names.resolve(header.code("coordinator", 12), header, "coordinator", say.no_such_unit)
    issued, year = header.written_date("issued"), header.whole("year", 1990, 2100)
    if header.has("issued") and year and abs(year - issued.year) > 1:
        header.note("year", say.far_from_issue(issued.year))
    return Plan(
        code=header.code("code", 40, "-_"),
        number=header.text("number", 60),
        issued=issued,
        place=header.text("place", 80),
        issuer=header.text("issuer", 200),
        title=header.text("title", 500),
        signer=header.text("signer", 120),
        year=year,
        coordinator=coordinator,
        reports_to=header.texts("reports_to", 200, required=True),
        recipients=header.texts("recipients", 200),
        points=points,
        units=tuple(unit for _, unit in units),
        question_sets=sets,
        rounds=rounds,
        ladder=_ladder(root),
        made_up=header.flag("made_up", default=False),
    )


def _units(root: Entry) -> tuple[list[tuple[Entry, PlannedUnit]], Names]:
    read: list[tuple[Entry, PlannedUnit]] = []
    names = Names(certain=root.is_readable_list("units"))
    for entry in root.entries("units", UNIT):
        unit = PlannedUnit(
            code=entry.code("code", 12),
            name=entry.text("name", 120),
            short=entry.text("short", LONGEST_LABEL),
            group=entry.word("group", GROUPS),
            questions=entry.text("questions", 24),
            source=entry.word("source", SOURCES),
            aliases=entry.texts("aliases", 60),
        )
        if unit.code.casefold() in {*GROUPS, EVERYBODY}:
            entry.note("code", say.reserved(unit.code))
        names.declare(entry, "code", unit.code)
        read.append((entry, unit))
    _check_what_people_type(read)
    return read, names


def _check_what_people_type(units: Sequence[tuple[Entry, PlannedUnit]]) -> None:
    """No two units may be called by the same name: "p5" must always be one ward."""
    called: dict[str, tuple[int, PlannedUnit, int]] = {}
    for place, (entry, unit) in enumerate(units):
        aliases = [("aliases", index, alias) for index, alias in enumerate(unit.aliases)]
        for field, index, name in [("name", None, unit.name), ("short", None, unit.short), *aliases]:
            owner, other, line = called.setdefault(fold(name), (place, unit, entry.line(field, index)))
            if name and owner != place and other.code != unit.code:
                entry.note(field, say.alias_taken(name, other.code, line), index)
        owner, other, line = called.setdefault(fold(unit.code), (place, unit, entry.line("code")))
        if unit.code and owner != place and other.code.casefold() != unit.code.casefold():
            entry.note("code", say.alias_taken(unit.code, other.code, line))


def _points(root: Entry, units: Names) -> tuple[tuple[Point, ...], Names]:
    read: list[Point] = []
    names = Names(certain=root.is_readable_list("points"))
    for entry in root.entries("points", POINT):
        groups, codes = _who(entry, units)
        point = Point(
            id=entry.code("id", 24, ".-_"),
            ref=entry.text("ref", 24),
            label=entry.text("label", LONGEST_LABEL),
            excerpt=entry.text("excerpt", 500),
            text=entry.text("text", 5000),
            groups=groups,
            units=codes,
            send=entry.flag("send", default=True),
        )
        names.declare(entry, "id", point.id, point.ref)
        if point.text and point.excerpt not in point.text:
            entry.note("excerpt", say.not_verbatim(point.ref or point.id))
        read.append(point)
    return tuple(read), names


def _who(entry: Entry, units: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whom a point concerns: "all", some groups, or units by code."""
    who = entry.texts("who", 24, required=True, most_items=500)
    if EVERYBODY in who:
        if len(who) > 1:
            entry.note("who", say.ALL_AND_MORE)
        return GROUPS, ()
    groups = tuple(name for name in who if name in GROUPS)
    codes = tuple(name for name in who if name and name not in GROUPS)
    for index, name in enumerate(who):
        if name and name not in GROUPS and name not in units and units.certain:
            entry.note("who", say.nobody_called(name, nearest(name, [*GROUPS, *units])), index)
    if groups and any(code in units for code in codes):
        entry.note("who", say.GROUPS_AND_UNITS)
    return groups, codes


def _rounds(root: Entry, points: Sequence[Point], point_names: Names) -> tuple[tuple[RoundTemplate, ...], Names]:
    read: list[RoundTemplate] = []
    names = Names(certain=root.is_readable_list("rounds"))
    text_of = {point.id: point.text for point in points}
    due_on: dict[tuple[int, int], tuple[str, int]] = {}
    for entry in root.entries("rounds", ROUND, most=24):
        day, month = entry.day_of_year("due")
        template = RoundTemplate(
            code=entry.code("code", 8),
            title=entry.text("title", LONGEST_LABEL),
            day=day,
            month=month,
            inclusive=entry.flag("inclusive", default=False),
            wording=entry.text("wording", 120),
            since=entry.day_of_year("since"),
            until=entry.day_of_year("until"),
            point=point_names.resolve(entry.text("point", 24), entry, "point", say.no_such_point),
        )
        names.declare(entry, "code", template.code)
        if text_of.get(template.point) and template.wording not in text_of[template.point]:
            entry.note("wording", say.not_verbatim(template.point))
        if day:
            code, line = due_on.setdefault((month, day), (template.code, entry.line("due")))
            if line != entry.line("due"):
                entry.note("due", say.same_due(code, line))
        _check_period(entry, template)
        read.append(template)
    return tuple(read), names


def _check_period(entry: Entry, template: RoundTemplate) -> None:
    """The figures' period lies within the year the report is due in, and is over when it is due."""
    since, until, due = ((month, day) for day, month in (template.since, template.until, (template.day, template.month)))
    if (0, 0) in (since, until):
        return
    if until < since:
        entry.note("until", say.ENDS_BEFORE_IT_BEGINS)
    elif due != (0, 0) and until > due:
        entry.note("until", say.ENDS_AFTER_DUE)


def _ladder(root: Entry) -> tuple[RungSpec, ...]:
    """The rungs, earliest first; without a `ladder` the usual one."""
    entry = root.entry("ladder", LADDER)
    if entry is None:
        return DEFAULT_LADDER
    if entry.broken:
        return ()
    faults_before = len(entry.faults)
    working = entry.flag("working_days", default=True)
    announce = entry.whole("announce", 1, rungs.MOST_ANNOUNCED, 0)
    before, after = entry.wholes("before", 1, rungs.MOST_DAYS), entry.wholes("after", 1, rungs.MOST_DAYS)
    last = entry.flag("last", default=False)
    if len(entry.faults) == faults_before:
        _check_ladder(entry, announce, before, last, after)
    found = [("announce", announce)] if announce else []
    found += [("before", days) for days in before] + [("last", 0)] * last + [("after", days) for days in after]
    return rungs.in_order(RungSpec(kind=kind, days=days, working=working) for kind, days in found)


def _check_ladder(entry: Entry, announce: int, before: Sequence[int], last: bool, after: Sequence[int]) -> None:
    for name, days in (("before", before), ("after", after)):
        for index, day in enumerate(days):
            if day in days[:index]:
                entry.note(name, say.ladder_twice(day), index)
    if announce and before and announce <= max(before):
        entry.note("announce", say.announce_too_late(max(before)))
    if not before and not last:
        if after:
            entry.note("after", say.AFTER_ALONE)
        else:
            entry.note_whole(say.LADDER_EMPTY)
