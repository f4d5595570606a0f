"""/tiendo: where the unit's own reports stand, and going on with them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain.progress import open_for_answers
from bot.texts import reporting as texts
from bot.views import standing as view
from handlers import form as forms
from handlers.form import Form
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.store import Store


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """Every open report of every unit this person has a seat in; only who answers for it is offered to go on. A seat that is
    about all units is not a unit's."""
    own = dict.fromkeys(seat.unit_id for seat in request.actor.seats if not seat.role.sees_all)
    if request.actor.sees_all and not own:
        return [Outgoing(text=texts.see_all())]
    found = [
        form
        for unit_id in own
        for round_ in store.rounds.all()
        if open_for_answers(round_, request.today, request.calendar)
        and (form := forms.find(store, unit_id, round_.id)) is not None
        and forms.exists(form, request)
    ]
    if not found:
        return forms.nothing_open(request, store)
    rows = [_row(request, store, form) for form in found]
    return [view.standings(rows)]


def _row(request: Request, store: Store, form: Form) -> view.Row:
    snooze = store.reminders.snoozes(form.round.id).get(form.unit.id)
    text = texts.standing(
        form.unit,
        form.round,
        form.progress,
        form.report,
        form.unsent,
        (snooze.kind, snooze.until) if snooze else None,
        form.returned,
        request.today,
        request.calendar,
        request.office,
    )
    return view.Row(
        at=form.at,
        text=text,
        name=f"{form.unit.short}, {form.round.title} {form.round.year}",
        answers=request.actor.may_answer_for(form.unit.id),
        begun=form.progress.begun,
        sent=form.sent is not None,
        returned=form.returned is not None,
    )


COMMANDS = {"tiendo": Route(handler=show, needs=Needs.SEAT)}
