"""A difficulty reaches the coordinators the moment it is raised, from an answer or on its own."""

from __future__ import annotations

from bot.domain.difficulties import Difficulty
from bot.domain.plan import Plan, Point
from bot.texts import difficulties as texts
from bot.texts.reporting import report_title
from bot.views import raising as view
from handlers.request import Request
from handlers.telling import tell_coordinators
from storage.store import Store


def raise_difficulty(
    request: Request,
    store: Store,
    *,
    unit_id: int,
    text: str,
    round_id: int | None = None,
    question: str = "",
    point: str = "",
) -> Difficulty:
    """Keep a difficulty and tell every coordinator at once."""
    difficulty = store.difficulties.raise_(
        unit_id=unit_id,
        person_id=request.person.id,
        text=text,
        now=request.now,
        round_id=round_id,
        question=question,
        point=point,
    )
    unit = store.units.get(unit_id)
    about = report_title(store.rounds.get(round_id)) if round_id is not None and question else ""
    tell_coordinators(request, store, view.new(difficulty, unit, request.person, about, request.office))
    return difficulty


def raise_from_answer(
    request: Request, store: Store, *, unit_id: int, round_id: int, question: str, text: str
) -> Difficulty | None:
    """Raise what was answered to a difficulty question; None when the same words were raised by it already."""
    known = store.difficulties.of_answer(round_id, unit_id, question)
    if known is not None and known.text == text:
        return None
    point = _point(store, round_id, unit_id, question)
    return raise_difficulty(
        request, store, unit_id=unit_id, round_id=round_id, question=question, text=text, point=point.id if point else ""
    )


def acknowledgement(request: Request, store: Store, difficulty: Difficulty) -> str:
    """What the unit is told about a difficulty it just raised."""
    plan: Plan | None = None
    point: Point | None = None
    if difficulty.round_id is not None and difficulty.point:
        plan = store.plans.get(store.rounds.get(difficulty.round_id).plan_id)
        point = plan.point(difficulty.point)
    return texts.raised(difficulty, store.units.get(difficulty.unit_id), plan, point, request.office)


def _point(store: Store, round_id: int, unit_id: int, question: str) -> Point | None:
    """The plan point a question reports on, where there is exactly one place to name."""
    plan = store.plans.get(store.rounds.get(round_id).plan_id)
    for asked in plan.question_set(store.units.get(unit_id).questions).questions:
        if asked.code == question and asked.points:
            return plan.point(asked.points[0])
    return None
