"""The plan as messages: its head, lists of its points, one point word for word."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Choice, Outgoing
from bot.chat.split import units as length
from bot.domain.office import Office
from bot.domain.plan import Plan, Point
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import general, paging
from bot.texts import plan as texts
from bot.texts.reminders import whole_point
from bot.views.paging import ROOM, rows, turning, within

MOST = 7
"""Points of one page."""


def which_plan(plans: Sequence[tuple[int, Plan]]) -> Outgoing:
    """Which of several plans?"""
    choices = [Choice(label=texts.plan_label(plan), action=("plan", str(id))) for id, plan in plans]
    return _message(texts.which_plan(), rows(choices))


def head(plan_id: int, plan: Plan, rounds: Sequence[Round], units: Sequence[Unit], office: Office, *, edits: bool) -> Outgoing:
    """What the plan is. `units`: the reader's own."""
    own = [
        Choice(label=texts.work_of(unit, len(units) > 1), action=("plan-unit", str(unit.id), str(plan_id), "0"))
        for unit in units
    ]
    common = Choice(label=texts.GENERAL, action=("plan-general", str(plan_id), "0"))
    return _message(texts.head(plan, rounds, office), rows([*own, common], wide=2), edits=edits)


def of_unit(plan_id: int, plan: Plan, unit: Unit, page: int) -> Outgoing:
    """What the plan asks of a unit by name; where it does not name it, what it asks of everybody."""
    naming = [point for point in plan.points if unit.code in point.units]
    points = naming or for_all(plan, unit)
    heading = texts.naming(unit, plan, len(naming)) if naming else texts.not_naming(unit, plan)
    return _list(plan_id, heading, points, ("plan-unit", str(unit.id), str(plan_id)), page)


def common(plan_id: int, plan: Plan, page: int) -> Outgoing:
    """What the plan asks of everybody."""
    return _list(plan_id, texts.general(plan), for_all(plan, None), ("plan-general", str(plan_id)), page)


def several(plan_id: int, plan: Plan, points: Sequence[Point], said: str, page: int) -> Outgoing:
    """Which of the points a reference may mean?"""
    return _list(plan_id, texts.meant(plan, said), points, ("plan-find", str(plan_id), said), page)


def point(plan_id: int, plan: Plan, shown: Point, *, edits: bool) -> Outgoing:
    """One point, whole."""
    back = Choice(label=texts.WHOLE_PLAN, action=("plan", str(plan_id)))
    return _message(whole_point(plan, shown), ((back,),), edits=edits)


def for_all(plan: Plan, unit: Unit | None) -> list[Point]:
    """The points that name nobody (of the unit's group)."""
    return [point for point in plan.points if not point.units and (unit is None or unit.group in point.groups)]


def _list(plan_id: int, heading: str, points: Sequence[Point], turn: tuple[str, ...], page: int) -> Outgoing:
    sheets = _pages(points)
    page = within(page, len(sheets))
    text = "\n\n".join([paging.placed(heading, page, len(sheets)), *(texts.quoted(point) for point in sheets[page])])
    choices = [
        Choice(label=texts.point_label(point), action=("plan-point", str(plan_id), point.id), words=(point.ref, point.id))
        for point in sheets[page]
    ]
    back = Choice(label=texts.WHOLE_PLAN, action=("plan", str(plan_id)))
    return _message(text, (*rows(choices, wide=2), *turning(turn, page, len(sheets)), (back,)), edits=True)


def _pages(points: Sequence[Point]) -> list[list[Point]]:
    """Points that fit together into one message, in their order; a quotation is never cut."""
    sheets: list[list[Point]] = [[]]
    room = ROOM
    for point in points:
        needs = length(texts.quoted(point)) + 2
        if sheets[-1] and (needs > room or len(sheets[-1]) == MOST):
            sheets.append([])
            room = ROOM
        sheets[-1].append(point)
        room -= needs
    return sheets


def _message(text: str, choices: tuple[tuple[Choice, ...], ...], *, edits: bool = False) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters(), edits=edits)
