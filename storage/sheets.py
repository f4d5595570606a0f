"""A round with all its units, read in a handful of queries whatever their number."""

from __future__ import annotations

from datetime import date

from bot.domain.rounds import Round
from bot.domain.sheets import Sheet, UnitSheet
from storage import periods
from storage.store import Store


def sheet(store: Store, round_: Round, today: date) -> Sheet:
    """What is known about a round: its plan's units as they exist today; once it is over, as on its last day."""
    plan = store.plans.get(round_.plan_id)
    reports = store.answers.reports(round_.id)
    begun = store.answers.begun(round_.id)
    said = store.verdicts.of_round(round_.id)
    extensions = store.extensions.of_round(round_.id)
    away = store.people.away(today)
    remarks = store.verdicts.remarks(round_.id)
    earlier, before = periods.earlier(store, round_), periods.before(store, round_)
    return Sheet(
        round=round_,
        plan=plan,
        units=tuple(
            UnitSheet(
                unit=unit,
                report=reports.get(unit.id),
                draft=begun.get(unit.id, {}),
                verdicts=said.get(unit.id, ()),
                extension=extensions.get(unit.id),
                away=away.get(unit.id),
                earlier=earlier.get(unit.id, {}),
                before=before.get(unit.id, {}),
                remarks=remarks.get(unit.id, {}),
            )
            for unit in store.units.all(on=min(today, round_.last_day))
            if plan.asks(unit.questions)
        ),
    )
