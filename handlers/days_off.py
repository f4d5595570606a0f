"""/nghile: the office's own days off and made-up working days; what moves because of them is shown before it is noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.chat.messages import Outgoing
from bot.domain.answers import Doubtful
from bot.domain.calendar import WEEKEND, SpecialDay
from bot.domain.spans import read_span
from bot.texts import days_off as texts
from bot.texts import doubts, shifting
from bot.views import days_off as views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import forecast, offices
from storage.store import Store

DAY, NOTE, SURE = "days-day", "days-note", "days-sure"
"""Dialogues. Their data: `works`; then first, last and note; SURE also `op`: put or remove."""
COMMON_SHOWN = 4
YEARS_AHEAD = 2


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/nghile"""
    return _listed(request, store, 0, edits=False)


def page(request: Request, store: Store) -> Sequence[Outgoing]:
    """(page)"""
    return _listed(request, store, int(request.args[0]), edits=True)


def add(request: Request, store: Store) -> Sequence[Outgoing]:
    """(off or work)"""
    works = request.args[0] == "work"
    request.talk(store, DAY, works=works)
    return [views.ask(texts.ask_day(works))]


def day_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """One day or several in a row."""
    assert request.dialog is not None
    works = bool(request.dialog.data["works"])
    span = read_span(request.text, request.today, coming=True)
    if isinstance(span, Doubtful):
        return [views.ask(texts.ask_day(works), doubts.sentence(span.why))]
    first, last = span
    if problem := _problem(request, first, last):
        return [views.ask(texts.ask_day(works), problem)]
    request.talk(store, NOTE, works=works, first=first.isoformat(), last=last.isoformat())
    return [views.ask(texts.ask_note(first, last, works))]


def note_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """Why; then the preview."""
    assert request.dialog is not None
    note = " ".join(request.text.split())
    if not 0 < len(note) <= texts.LONGEST_NOTE:
        return [views.ask(texts.bad_note())]
    data = request.dialog.data | {"note": note, "op": "put"}
    request.talk(store, SURE, **data)
    wanted = _wanted(data)
    known = store.special_days.all()
    others = offices.without(known, *(day.on for day in wanted))
    plain = offices.calendar_with(others, request.office, request.today.year)
    anyway = sum((plain.reason(day.on) is None) == day.works for day in wanted)
    replaced = len(known) - len(others)
    effect = _effect(request, store, (*others, *wanted))
    first, last = wanted[0], wanted[-1]
    return [views.surely(texts.preview_put(first.on, last.on, first.works, note, anyway, replaced, effect))]


def which(request: Request, store: Store) -> Sequence[Outgoing]:
    """(page): [Bỏ một ngày]"""
    return [views.which(_coming(request, store), int(request.args[0]))]


def remove(request: Request, store: Store) -> Sequence[Outgoing]:
    """(day): the preview of forgetting it."""
    on = date.fromisoformat(request.args[0])
    found = next((day for day in store.special_days.all() if day.on == on), None)
    if found is None:
        return [Outgoing(text=texts.gone())]
    request.talk(store, SURE, op="remove", first=on.isoformat())
    others = offices.without(store.special_days.all(), on)
    reason = offices.calendar_with(others, request.office, request.today.year).reason(on)
    return [views.surely(texts.preview_remove(found, reason, _effect(request, store, others)))]


def apply(request: Request, store: Store) -> Sequence[Outgoing]:
    """What was previewed; a second press finds nothing."""
    if request.dialog is None or request.dialog.name != SURE:
        return [Outgoing(text=texts.gone())]
    if request.dialog.text("op") == "remove":
        changed = store.special_days.remove(date.fromisoformat(request.dialog.text("first")))
    else:
        noted = [offices.note_day(store, request.office, day) for day in _wanted(request.dialog.data)]
        changed = any(new for new, _ in noted)
    request.hang_up(store)
    return [views.done(texts.done(changed))]


def drop(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Không ghi], [Thôi]"""
    if request.dialog is not None and request.dialog.name in (DAY, NOTE, SURE):
        request.hang_up(store)
    return [Outgoing(text=texts.not_done())]


def choose(request: Request, store: Store) -> Sequence[Outgoing]:
    """Words where a choice is expected."""
    return [Outgoing(text=texts.choose_first())]


def _listed(request: Request, store: Store, page: int, *, edits: bool) -> Sequence[Outgoing]:
    days = ((on, name) for on, name in sorted(request.calendar.off_days.items()) if on >= request.today and name != WEEKEND)
    common = [day for _, day in zip(range(COMMON_SHOWN), days, strict=False)]
    return [views.listed(_coming(request, store), common, page, edits=edits)]


def _coming(request: Request, store: Store) -> tuple[SpecialDay, ...]:
    """The entries that still matter."""
    return tuple(day for day in store.special_days.all() if day.on >= request.today)


def _problem(request: Request, first: date, last: date) -> str:
    """Why these days cannot be noted, or ""."""
    if last < first:
        return texts.backwards()
    if first < request.today:
        return texts.over()
    if last.year >= request.today.year + YEARS_AHEAD:
        return texts.too_far(request.today.year + YEARS_AHEAD - 1)
    return texts.too_many() if (last - first).days >= texts.MOST_DAYS else ""


def _wanted(data: dict[str, str | int | bool | None]) -> list[SpecialDay]:
    first, last = (date.fromisoformat(str(data[name])) for name in ("first", "last"))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [SpecialDay(on=on, works=bool(data["works"]), note=str(data["note"])) for on in days]


def _effect(request: Request, store: Store, special: tuple[SpecialDay, ...]) -> list[str]:
    """What moves with this table instead of the one there is."""
    year = request.today.year
    before = (request.office, offices.calendar(store, request.office, year))
    after = (request.office, offices.calendar_with(special, request.office, year))
    found = forecast.moved(store, request.now, before=before, after=after)
    return shifting.moved(found, request.now, request.office.local)


_ROUTES = {
    "days": page, "days-add": add, "days-which": which, "days-remove": remove, "days-apply": apply, "days-drop": drop,
}  # fmt: skip

COMMANDS = {"nghile": Route(handler=begin, needs=Needs.COORDINATOR)}
ACTIONS = {name: Route(handler=handler, needs=Needs.COORDINATOR, grave=handler is apply) for name, handler in _ROUTES.items()}
DIALOGS = {
    DAY: Route(handler=day_said, needs=Needs.COORDINATOR),
    NOTE: Route(handler=note_said, needs=Needs.COORDINATOR),
    SURE: Route(handler=choose, needs=Needs.COORDINATOR),
}
