"""/mocnhac: the reminder ladder of a round, seen and changed; the coming dates are shown before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Outgoing
from bot.domain import ladder as ladders
from bot.domain import rungs
from bot.domain.outlook import opens_on
from bot.domain.plan import RungSpec
from bot.domain.rounds import Round
from bot.texts import pacing as texts
from bot.texts import shifting
from bot.views import pacing as views
from handlers.passing import pass_over
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import forecast
from storage.store import Store

RUNG, SURE = "ladder-rung", "ladder-sure"
"""Dialogues. Their data: round; SURE also the `ladder`, and what it was when it was shown (`was`)."""


def begin(request: Request, store: Store) -> Sequence[Outgoing]:
    """/mocnhac: the one round that still reminds, or which."""
    found = [round_ for round_ in store.rounds.all() if round_.closed_at is None and _coming(request, round_)]
    match found:
        case []:
            return [Outgoing(text=texts.no_round())]
        case [only]:
            return [_shown(request, store, only)]
        case _:
            return [views.which(found)]


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round)"""
    return [_shown(request, store, _round(request, store))]


def add(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round): [Thêm mốc]"""
    round_ = _round(request, store)
    request.talk(store, RUNG, round=round_.id)
    return [views.ask(texts.ask_rung(_working(round_)))]


def rung_said(request: Request, store: Store) -> Sequence[Outgoing]:
    """A rung in words."""
    assert request.dialog is not None
    round_ = store.rounds.get(request.dialog.number("round"))
    spec = rungs.read_rung(request.text, working=_working(round_))
    if spec is None:
        return [views.ask(texts.ask_rung(_working(round_)), texts.unclear())]
    wanted = rungs.with_rung(round_.ladder, spec)
    if problem := _problem(request, round_, wanted):
        return [views.ask(texts.ask_rung(_working(round_)), problem)]
    return _preview(request, store, round_, wanted, texts.adding(spec))


def which(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round): [Bỏ một mốc]"""
    round_ = _round(request, store)
    return [views.which_rung(round_, round_.ladder)]


def remove(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round, kind, days)"""
    round_ = _round(request, store)
    kind, days = request.args[1], int(request.args[2])
    gone = next((rung for rung in round_.ladder if (rung.kind, rung.days) == (kind, days)), None)
    if gone is None:
        return [Outgoing(text=texts.gone())]
    wanted = tuple(rung for rung in round_.ladder if rung != gone)
    if problem := _problem(request, round_, wanted):
        return [Outgoing(text=problem)]
    return _preview(request, store, round_, wanted, texts.removing(gone))


def as_planned(request: Request, store: Store) -> Sequence[Outgoing]:
    """(round): [Theo kế hoạch]"""
    round_ = _round(request, store)
    wanted = store.plans.written(round_.plan_id).ladder
    if wanted == round_.ladder:
        return [Outgoing(text=texts.gone())]
    if problem := _problem(request, round_, wanted):
        return [Outgoing(text=problem)]
    return _preview(request, store, round_, wanted, texts.restoring())


def apply(request: Request, store: Store) -> Sequence[Outgoing]:
    """What was previewed, if nobody changed it meanwhile; a second press finds nothing."""
    dialog = request.dialog
    if dialog is None or dialog.name != SURE:
        return [Outgoing(text=texts.gone())]
    round_ = store.rounds.get(dialog.number("round"))
    wanted = _read(dialog.text("ladder"))
    request.hang_up(store)
    if dialog.text("was") != _written(round_.ladder) or round_.closed_at is not None:
        return [Outgoing(text=texts.gone())]
    if problem := _problem(request, round_, wanted):
        return [Outgoing(text=problem)]
    planned = store.plans.written(round_.plan_id).ladder
    changes = replace(store.plans.changes(round_.plan_id), ladder=None if wanted == planned else wanted)
    store.rounds.amend(round_.id, changes, request.now, ladder=_written(wanted))
    pass_over(request, store, store.rounds.get(round_.id))
    return [views.done(texts.done(round_), round_)]


def drop(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Không ghi], [Thôi]"""
    if request.dialog is not None and request.dialog.name in (RUNG, SURE):
        request.hang_up(store)
    return [Outgoing(text=texts.not_done())]


def choose(request: Request, store: Store) -> Sequence[Outgoing]:
    """Words where a choice is expected."""
    return [Outgoing(text=texts.choose_first())]


def _shown(request: Request, store: Store, round_: Round) -> Outgoing:
    amended = store.plans.changes(round_.plan_id).ladder is not None
    text = texts.shown(round_, _rungs(request, round_), amended, request.now, request.office.local)
    return views.shown(text, round_, amended=amended)


def _preview(request: Request, store: Store, round_: Round, wanted: tuple[RungSpec, ...], what: str) -> Sequence[Outgoing]:
    request.talk(store, SURE, round=round_.id, ladder=_written(wanted), was=_written(round_.ladder))
    after = replace(round_, ladder=wanted)
    here = (request.office, request.calendar)
    moved = forecast.moved(
        store, request.now, before=here, after=here, changed=lambda each: after if each.id == round_.id else each
    )
    effect = shifting.moved(moved, request.now, request.office.local)
    opens = opens_on(round_, request.calendar), opens_on(after, request.calendar)
    return [views.surely(texts.preview(round_, what, opens, [texts.rung_label(rung) for rung in wanted], effect))]


def _problem(request: Request, round_: Round, wanted: tuple[RungSpec, ...]) -> str:
    """Why this ladder cannot be, or ""."""
    if why := rungs.unsound(wanted):
        return texts.refused(why)
    opens = opens_on(round_, request.calendar)
    if opens <= request.today and opens_on(replace(round_, ladder=wanted), request.calendar) != opens:
        return texts.announced_already(round_)
    return ""


def _rungs(request: Request, round_: Round) -> tuple[ladders.Rung, ...]:
    return ladders.rungs(round_.last_day, round_.armed_on, round_.ladder, request.calendar, request.office.remind_at)


def _coming(request: Request, round_: Round) -> bool:
    return any(rung.moment > request.now for rung in _rungs(request, round_))


def _working(round_: Round) -> bool:
    """How this ladder counts its days: all its rungs alike, as in a plan file."""
    return all(rung.working for rung in round_.ladder)


def _written(ladder: Sequence[RungSpec]) -> str:
    return " ".join(f"{rung.kind}:{rung.days}{'w' if rung.working else 'd'}" for rung in ladder)


def _read(text: str) -> tuple[RungSpec, ...]:
    found = (part.partition(":") for part in text.split())
    return tuple(RungSpec(kind=kind, days=int(days[:-1]), working=days.endswith("w")) for kind, _, days in found)


def _round(request: Request, store: Store) -> Round:
    return store.rounds.get(int(request.args[0]))


_ROUTES = {
    "ladder": show, "ladder-add": add, "ladder-which": which, "ladder-remove": remove, "ladder-planned": as_planned,
    "ladder-apply": apply, "ladder-drop": drop,
}  # fmt: skip

COMMANDS = {"mocnhac": Route(handler=begin, needs=Needs.COORDINATOR)}
ACTIONS = {name: Route(handler=handler, needs=Needs.COORDINATOR, grave=handler is apply) for name, handler in _ROUTES.items()}
DIALOGS = {
    RUNG: Route(handler=rung_said, needs=Needs.COORDINATOR),
    SURE: Route(handler=choose, needs=Needs.COORDINATOR),
}
