"""Questions in plain words, where nothing else was meant: answered from the data, to a unit's own people only about theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.chat.messages import Choice, Outgoing
from bot.domain import asking, comparison, extensions, progress, queries, topics
from bot.domain import summary as summaries
from bot.domain.asking import Vocabulary
from bot.domain.queries import (
    Against,
    Compared,
    DueDate,
    Extreme,
    FigureOf,
    PlanTopic,
    Query,
    StateOf,
    TotalOf,
    Troubles,
    Unclear,
    Unknown,
    WhoSent,
)
from bot.domain.rounds import Round
from bot.domain.summary import Summary
from bot.texts import asking as texts
from bot.texts import general
from bot.views import asking as views
from handlers.packing import pack, unpack
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import periods, sheets
from storage.store import Store


def answer(request: Request, store: Store) -> Sequence[Outgoing]:
    """The answer to a text that means nothing else, or that it was not understood."""
    known = vocabulary(request, store)
    if known is None:
        return [Outgoing(text=general.not_understood())]
    found = asking.understand(request.text, known)
    if isinstance(found, Unknown):
        return [_unclear(request, found)]
    return [_answered(request, store, found)]


def asks(request: Request, store: Store) -> bool:
    """Whether a text is certainly a question."""
    known = vocabulary(request, store)
    return known is not None and not isinstance(asking.understand(request.text, known), Unknown)


def chosen(request: Request, store: Store) -> Sequence[Outgoing]:
    """(a packed question): one of the nearest that were offered."""
    known = vocabulary(request, store)
    query = unpack(request.args, known) if known is not None else None
    return [_answered(request, store, query) if query is not None else Outgoing(text=general.old_button())]


def vocabulary(request: Request, store: Store) -> Vocabulary | None:
    """What this person may ask about; None while there is nothing, or for who has no seat."""
    round_ = summaries.current(store.rounds.all(), request.today, request.calendar)
    if round_ is None or not request.actor.seats:
        return None
    plan = store.plans.get(round_.plan_id)
    own = () if request.actor.sees_all else tuple(store.units.get(id) for id in _own(request))
    return Vocabulary(
        units=store.units.all(on=request.today),
        indicators=topics.indicators(plan),
        points=plan.points,
        rounds=[each for each in store.rounds.all() if store.plans.get(each.plan_id).code == plan.code],
        round=round_,
        own=own,
    )


def _answered(request: Request, store: Store, query: Query) -> Outgoing:
    """Every answer passes here, also those to a pressed choice: what is not theirs is refused."""
    if not request.actor.sees_all and queries.limited(query, _own(request)) is None:
        return Outgoing(text=texts.not_yours(query, request.office.coordinator))
    if not isinstance(query, DueDate | PlanTopic):
        unit = getattr(query, "unit", None)
        store.audit.note("used", f"asking.{type(query).__name__}", {"ids": str(unit.id) if unit is not None else ""})
    match query:
        case WhoSent():
            return views.answer(query, texts.who_sent(query, _summary(request, store, query.round)), [_overview(query.round)])
        case StateOf():
            return _state(request, store, query)
        case FigureOf():
            return _figure(request, store, query)
        case TotalOf() | Extreme():
            return _total(request, store, query)
        case Compared():
            return _compared(request, store, query)
        case Troubles():
            return _troubles(request, store, query)
        case DueDate():
            return views.answer(query, _due(request, store, query))
        case PlanTopic():
            plan_id = max(store.plans.latest())
            return views.plan_topic(query, plan_id, store.plans.get(plan_id))
        case _:
            assert_never(query)


def _state(request: Request, store: Store, query: StateOf) -> Outgoing:
    standing = _summary(request, store, query.round).standing(query.unit.id)
    if standing is None:
        return views.answer(query, texts.not_in_round(query.unit))
    return views.answer(query, texts.state(standing, request.office), [_whole_unit(query)])


def _figure(request: Request, store: Store, query: FigureOf) -> Outgoing:
    """What was sent; to the unit's own people also what stands there unsent."""
    summary = _summary(request, store, query.round)
    standing = summary.standing(query.unit.id)
    if standing is None:
        return views.answer(query, texts.not_in_round(query.unit))
    row = next(row for row in summary.sheet.units if row.unit.id == query.unit.id)
    questions = summary.sheet.plan.question_set(row.unit.questions)
    asked = [each for each in questions.questions if each.code == query.indicator.code]
    if not asked or (asked[0].rounds and query.round.code not in asked[0].rounds):
        return views.answer(query, texts.not_asked(query.unit))
    sent = progress.progress(questions, query.round.code, row.report.answers if row.report else {}).answers
    stands = progress.progress(questions, query.round.code, row.draft).answers
    drafted = stands.get(asked[0].code) if query.unit.id in _own(request) else None
    told = texts.figure(asked[0], sent.get(asked[0].code), standing, drafted)
    return views.answer(query, told, [_whole_unit(query)])


def _total(request: Request, store: Store, query: TotalOf | Extreme) -> Outgoing:
    summary = _summary(request, store, query.round)
    totals = [total for total in summary.totals if total.question.code == query.indicator.code]
    if not totals:
        return views.answer(query, texts.no_figures())
    told = views.extremes(query, totals) if isinstance(query, Extreme) else views.totals(totals)
    choices = [
        Choice(
            label=texts.units_of(total, len(totals) > 1),
            action=("summary-total", str(query.round.id), total.question.code, total.column, "0"),
        )
        for total in totals
    ]
    return views.answer(query, told, choices)


def _compared(request: Request, store: Store, query: Compared) -> Outgoing:
    if query.against is Against.LAST_YEAR:
        partners = [
            r for r in periods.comparable(store, query.round) if r.year < query.round.year and r.code == query.round.code
        ]
    else:
        partners = [found] if (found := periods.previous(store, query.round)) else []
    if not partners:
        return views.answer(query, texts.no_earlier(query.against))
    other = partners[0]
    compared = comparison.compare(_summary(request, store, query.round), _summary(request, store, other))
    choices = []
    if request.actor.sees_all:
        choices = [Choice(label=texts.COMPARISON, action=("compare", str(query.round.id), str(other.id), "0"))]
    return views.answer(query, views.compared(query, compared), choices, other)


def _troubles(request: Request, store: Store, query: Troubles) -> Outgoing:
    known = store.difficulties.all(query.unit.id if query.unit else None)
    found = [each for each in known if not query.words or f" {query.words} " in f" {topics.letters(each.text)} "]
    if not found:  # not in these words one after the other: then all of them somewhere
        wanted = set(query.words.split())
        found = [each for each in known if wanted <= set(topics.letters(each.text).split())]
    units = {unit.id: unit for unit in store.units.all()}
    desk = request.actor.is_coordinator
    own = query.unit is not None and query.unit.id in _own(request)
    return views.troubles(query, found, units, request.office, request.today, opens="desk" if desk else "own" if own else "")


def _due(request: Request, store: Store, query: DueDate) -> str:
    unit_id = query.unit.id if query.unit else next(iter(own), None) if len(own := _own(request)) == 1 else None
    extension = store.extensions.of_unit(query.round.id, unit_id) if unit_id is not None else None
    return texts.due(query.round, extensions.applied(query.round, extension), request.today, request.calendar)


def _unclear(request: Request, unknown: Unknown) -> Outgoing:
    if not request.actor.sees_all:
        unknown = queries.of_those(unknown, _own(request))
        if not unknown.nearest and unknown.why in (Unclear.NOTHING, Unclear.WHICH):
            return Outgoing(text=general.not_understood())
    return views.unclear(unknown, [(query, ("ask", *pack(query))) for query in unknown.nearest])


def _summary(request: Request, store: Store, round_: Round) -> Summary:
    return summaries.summarise(sheets.sheet(store, round_, request.today), now=request.now, office=request.office)


def _own(request: Request) -> tuple[int, ...]:
    """Ids of the units they belong to."""
    return tuple(dict.fromkeys(seat.unit_id for seat in request.actor.seats if not seat.role.sees_all))


def _overview(round_: Round) -> Choice:
    return Choice(label=texts.SUMMARY, action=("summary-open", str(round_.id)))


def _whole_unit(query: StateOf | FigureOf) -> Choice:
    return Choice(label=texts.UNIT, action=("summary-unit", str(query.unit.id), str(query.round.id), "0"))


ACTIONS: dict[str, Route] = {"ask": Route(handler=chosen, needs=Needs.SEAT)}

COMMANDS: dict[str, Route] = {}

DIALOGS: dict[str, Route] = {}
