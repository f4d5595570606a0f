"""The plan in the chat: Monday's excerpts, /kehoach, one's own unit's work, any point by its reference."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import references
from bot.domain.plan import Plan, Point
from bot.domain.rounds import Round
from bot.texts import plan as texts
from bot.texts import reminders
from bot.views import plan as views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.reminders import SentExcerpt
from storage.store import Store


def read(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, excerpt): "Đã đọc"."""
    sent = _excerpt(request, store)
    if sent is None:
        return [Outgoing(text=texts.excerpt_gone())]
    store.reminders.read_excerpt(sent.id, request.now)
    return [Outgoing(text=texts.read_already(request.person) if sent.read_at else reminders.excerpt_read(request.person))]


def whole(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, excerpt): "Xem cả ý"."""
    sent = _excerpt(request, store)
    for plan_id, plan in store.plans.latest().items():
        if sent is not None and plan.code == sent.plan_code and (point := _point(plan, sent.point)):
            return [views.point(plan_id, plan, point, edits=False)]
    return [Outgoing(text=texts.excerpt_gone())]


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/kehoach, or /kehoach II.8."""
    plans = store.plans.latest()
    said = " ".join(request.args)
    if not plans:
        return [Outgoing(text=texts.no_plan())]
    if said:
        return _found(plans, said)
    if len(plans) > 1:
        return [views.which_plan(list(plans.items()))]
    return [_head(request, store, next(iter(plans)), edits=False)]


def head(request: Request, store: Store) -> Sequence[Outgoing]:
    """(plan)"""
    return [_head(request, store, int(request.args[0]), edits=True)]


def of_unit(request: Request, store: Store) -> Sequence[Outgoing]:
    """(unit, plan, page): "Việc của đơn vị tôi"."""
    unit_id, plan_id, page = map(int, request.args)
    return [views.of_unit(plan_id, store.plans.get(plan_id), store.units.get(unit_id), page)]


def common(request: Request, store: Store) -> Sequence[Outgoing]:
    """(plan, page): "Nội dung chung"."""
    plan_id, page = map(int, request.args)
    return [views.common(plan_id, store.plans.get(plan_id), page)]


def find(request: Request, store: Store) -> Sequence[Outgoing]:
    """(plan, reference, page): another page of what a reference may mean."""
    plan_id, said, page = int(request.args[0]), request.args[1], int(request.args[2])
    plan = store.plans.get(plan_id)
    return [views.several(plan_id, plan, references.find(plan.points, said), said, page)]


def point(request: Request, store: Store) -> Sequence[Outgoing]:
    """(plan, point): word for word."""
    plan_id = int(request.args[0])
    plan = store.plans.get(plan_id)
    return [views.point(plan_id, plan, plan.point(request.args[1]), edits=True)]


def _found(plans: dict[int, Plan], said: str) -> Sequence[Outgoing]:
    """What a reference means in each plan that has it."""
    replies = []
    for plan_id, plan in plans.items():
        match references.find(plan.points, said):
            case ():
                continue
            case (only,):
                replies.append(views.point(plan_id, plan, only, edits=False))
            case several:
                replies.append(views.several(plan_id, plan, several, said, 0))
    return replies or [Outgoing(text=texts.none_such(plan, said)) for plan in list(plans.values())[-1:]]


def _head(request: Request, store: Store, plan_id: int, *, edits: bool) -> Outgoing:
    plan = store.plans.get(plan_id)
    units = [
        unit
        for unit_id in dict.fromkeys(seat.unit_id for seat in request.actor.seats)
        if (unit := store.units.get(unit_id)).code in {known.code for known in plan.units}
    ]
    return views.head(plan_id, plan, _rounds(request, store, plan), units, request.office, edits=edits)


def _rounds(request: Request, store: Store, plan: Plan) -> list[Round]:
    """The plan's rounds of this year, else of the newest year it was armed for."""
    armed = [round_ for round_ in store.rounds.all() if store.plans.get(round_.plan_id).code == plan.code]
    year = request.today.year if any(r.year == request.today.year for r in armed) else max((r.year for r in armed), default=0)
    return [round_ for round_ in armed if round_.year == year]


def _excerpt(request: Request, store: Store) -> SentExcerpt | None:
    """The excerpt of (unit, excerpt), only if it is that unit's."""
    unit_id, excerpt_id = map(int, request.args)
    sent = store.reminders.excerpt(excerpt_id)
    return sent if sent is not None and sent.unit_id == unit_id else None


def _point(plan: Plan, id: str) -> Point | None:
    return next((point for point in plan.points if point.id == id), None)


ACTIONS: dict[str, Route] = {
    "excerpt-read": Route(handler=read, needs=Needs.ANSWERS),
    "excerpt-whole": Route(handler=whole, needs=Needs.SEES),
    "plan": Route(handler=head, needs=Needs.SEAT),
    "plan-unit": Route(handler=of_unit, needs=Needs.SEES),
    "plan-general": Route(handler=common, needs=Needs.SEAT),
    "plan-find": Route(handler=find, needs=Needs.SEAT),
    "plan-point": Route(handler=point, needs=Needs.SEAT),
}

COMMANDS: dict[str, Route] = {"kehoach": Route(handler=begin, needs=Needs.SEAT)}

DIALOGS: dict[str, Route] = {}
