"""Rungs of the past are noted as passed over: opening a round again or changing its ladder reminds nobody late."""

from __future__ import annotations

from datetime import date

from bot.domain import extensions, ladder
from bot.domain.rounds import Round
from handlers.request import Request
from storage.reminders import ReminderState
from storage.store import Store


def pass_over(request: Request, store: Store, round_: Round) -> None:
    """Nothing that fell before this moment is said late to anybody who has not sent."""
    granted = store.extensions.of_round(round_.id)
    known: dict[tuple[int, date], set[str]] = {}
    for reminded in store.reminders.of_round(round_.id):
        known.setdefault((reminded.unit_id, reminded.due_on), set()).add(reminded.rung)
    sent, plan = store.answers.sent_units(round_.id), store.plans.get(round_.plan_id)
    for unit in store.units.all(on=request.today):
        if unit.id in sent or not plan.asks(unit.questions):
            continue
        extension = granted.get(unit.id)
        own = extensions.applied(round_, extension, request.office.day(extension.at) if extension else None)
        steps = ladder.rungs(own.last_day, own.armed_on, own.ladder, request.calendar, request.office.remind_at)
        fire, covered = ladder.due_now(steps, request.now, known.get((unit.id, own.last_day), set()))
        for key in (*covered, *((fire.key,) if fire else ())):
            store.reminders.note(
                round_id=round_.id,
                unit_id=unit.id,
                due_on=own.last_day,
                rung=key,
                state=ReminderState.COVERED,
                now=request.now,
            )
