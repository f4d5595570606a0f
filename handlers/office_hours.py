"""/giolam: the hours the office works and writes at, seen and changed; what moves is shown before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.chat.messages import Outgoing
from bot.domain import hours
from bot.domain.hours import Hour
from bot.domain.office import Office
from bot.texts import office_hours as texts
from bot.texts import shifting
from bot.views import office_hours as views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import forecast, offices
from storage.store import Store

SPAN, ONE, SURE = "hours-span", "hours-which", "hours-sure"
"""Dialogues. ONE holds the `hour` asked for; SURE every hour as it is to be."""


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/giolam"""
    changed = request.office != request.configured
    return [views.shown(texts.shown(request.office, changed), changed=changed)]


def span(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Giờ làm việc]"""
    request.talk(store, SPAN)
    return [views.ask(texts.ask_office())]


def span_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """From when to when; the hours of writing are moved inside."""
    found = hours.read_hours(request.text)
    if found is None:
        return [views.ask(texts.ask_office(), texts.unclear())]
    wanted = hours.with_hours(request.office, {Hour.OPENS: found[0], Hour.CLOSES: found[1]})
    if not wanted.opens < wanted.closes:
        return [views.ask(texts.ask_office(), texts.refused(Hour.CLOSES))]
    return _preview(request, store, hours.fitted(wanted))


def one(request: Request, store: Store) -> Sequence[Outgoing]:
    """(hour)"""
    hour = Hour(request.args[0])
    request.talk(store, ONE, hour=hour.value)
    return [views.ask(texts.ask(hour, request.office))]


def one_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """The hour, typed."""
    assert request.dialog is not None
    hour = Hour(request.dialog.text("hour"))
    at = hours.read_hour(request.text)
    if at is None:
        return [views.ask(texts.ask(hour, request.office), texts.unclear())]
    wanted = hours.with_hours(request.office, {hour: at})
    if (wrong := hours.unfit(wanted)) is not None:
        return [views.ask(texts.ask(hour, request.office), texts.refused(wrong))]
    return _preview(request, store, wanted)


def configured(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Như cài đặt ban đầu]"""
    return _preview(request, store, request.configured)


def apply(request: Request, store: Store) -> Sequence[Outgoing]:
    """What was previewed; a second press finds nothing."""
    dialog = request.dialog
    if dialog is None or dialog.name != SURE:
        return [Outgoing(text=texts.gone())]
    wanted = hours.with_hours(request.office, {hour: time.fromisoformat(dialog.text(hour.value)) for hour in Hour})
    request.hang_up(store)
    offices.set_hours(store, request.configured, wanted)
    return [views.done(texts.done())]


def drop(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Không ghi], [Thôi]"""
    if request.dialog is not None and request.dialog.name in (SPAN, ONE, SURE):
        request.hang_up(store)
    return [Outgoing(text=texts.not_done())]


def choose(request: Request, store: Store) -> Sequence[Outgoing]:
    """Words where a choice is expected."""
    return [Outgoing(text=texts.choose_first())]


def _preview(request: Request, store: Store, wanted: Office) -> Sequence[Outgoing]:
    if wanted == request.office:
        request.hang_up(store)
        return [Outgoing(text=texts.same())]
    request.talk(store, SURE, **{hour.value: f"{at:%H:%M}" for hour, at in hours.of(wanted).items()})
    year = request.today.year
    before = (request.office, offices.calendar(store, request.office, year))
    after = (wanted, offices.calendar(store, wanted, year))
    moved = forecast.moved(store, request.now, before=before, after=after)
    effect = shifting.moved(moved, request.now, request.office.local, most=6)
    return [views.surely(texts.preview(request.office, wanted, effect))]


_ROUTES = {
    "hours": begin, "hours-office": span, "hours-one": one, "hours-configured": configured, "hours-apply": apply,
    "hours-drop": drop,
}  # fmt: skip

COMMANDS = {"giolam": Route(handler=begin, needs=Needs.COORDINATOR)}
ACTIONS = {name: Route(handler=handler, needs=Needs.COORDINATOR, grave=handler is apply) for name, handler in _ROUTES.items()}
DIALOGS = {
    SPAN: Route(handler=span_said, needs=Needs.COORDINATOR),
    ONE: Route(handler=one_said, needs=Needs.COORDINATOR),
    SURE: Route(handler=choose, needs=Needs.COORDINATOR),
}
