"""What units answered in other rounds of the same plan, to compare with."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain import comparison, oddity
from bot.domain.answers import Answer
from bot.domain.rounds import Round
from storage.store import Store

Answers = Mapping[str, Answer]


def earlier(store: Store, round_: Round) -> Mapping[int, Answers]:
    """By unit id, the answers of the round whose period this one includes ("báo cáo năm là lũy kế cả năm"): what was sent,
    else what stands there."""
    for other in reversed(_same_plan(store, round_)):
        if oddity.contains(round_, other):
            sent = {unit: report.answers for unit, report in store.answers.reports(other.id).items()}
            return {**store.answers.begun(other.id), **sent}
    return {}


def before(store: Store, round_: Round) -> Mapping[int, Answers]:
    """By unit id, what was sent in the round due last before this one."""
    gone = [other for other in _same_plan(store, round_) if other.due < round_.due]
    return {unit: report.answers for unit, report in store.answers.reports(gone[-1].id).items()} if gone else {}


def previous(store: Store, round_: Round) -> Round | None:
    """That round itself."""
    return next((other for other in reversed(_same_plan(store, round_)) if other.due < round_.due), None)


def comparable(store: Store, round_: Round) -> tuple[Round, ...]:
    """The rounds it may be set beside: the same one a year before, then the one before it."""
    return comparison.partners(round_, _same_plan(store, round_))


def _same_plan(store: Store, round_: Round) -> list[Round]:
    """The other rounds of the plan, by date; a newer version of the plan is still the same plan."""
    code = store.plans.get(round_.plan_id).code
    return [r for r in store.rounds.all() if r.id != round_.id and store.plans.get(r.plan_id).code == code]
