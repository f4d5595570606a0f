"""Stopping in the middle of a report: nothing is lost, and a day to be reminded again may be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.domain import snoozes
from bot.texts import reporting as texts
from bot.texts import snoozing as snooze_texts
from bot.views import snoozing as view
from handlers.form import Form
from handlers.request import Request
from storage.store import Store


def pause(request: Request, store: Store, form: Form) -> Sequence[Outgoing]:
    """End the dialogue, say where it will go on, and offer days while there are any before the deadline."""
    request.hang_up(store)
    if form.sent is not None:
        return [Outgoing(text=texts.paused_after_sending(form.round, bool(form.unsent)))]
    text = texts.paused(form.unit, form.round, form.progress)
    days = snoozes.later_days(form.round, request.today, request.calendar) if form.report is None else ()
    if not days:
        return [Outgoing(text=text)]
    text = f"{text}\n{snooze_texts.offer_days()}"
    return [view.days(form.at, "later-set", text, days, request.today, begun=form.progress.begun, typed=False)]
