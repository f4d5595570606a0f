"""The questions of a round as they stand at this turn, and whether they may still be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain import amendments, progress
from bot.domain.amendments import Amendments, Place
from bot.domain.outlook import opens_on
from bot.domain.plan import Plan
from bot.domain.progress import Step
from bot.domain.rounds import Round
from bot.texts import amending as texts
from handlers.request import Request
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A round's questions: `plan` as this round has it now, `written` as its file has it."""

    round: Round
    plan: Plan
    written: Plan
    changes: Amendments
    opens: date
    today: date

    @property
    def changeable(self) -> bool:
        """Whether no unit has read them yet."""
        return self.round.closed_at is None and self.today < self.opens

    @property
    def standing(self) -> str:
        """The same in words."""
        return texts.standing(self.round, self.opens, self.today)

    def steps(self, of: str, plan: Plan | None = None) -> tuple[Step, ...]:
        """The numbered questions of a set."""
        return progress.progress((plan or self.plan).question_set(of), self.round.code, {}).steps

    def mark(self, place: Place) -> str:
        """The number of a question, with a letter when it is a follow-up; "" when it is not asked."""
        return amendments.marks(self.plan, place[0], self.round.code).get(place[1], "")

    def data(self, place: Place) -> dict[str, str | int]:
        """A question in a dialogue's data."""
        return {"round": self.round.id, "set": place[0], "question": place[1]}


def asking(request: Request, store: Store, round_id: int) -> Asking:
    """A round's questions at this turn. Raises KeyError."""
    round_ = store.rounds.get(round_id)
    return Asking(
        round=round_,
        plan=store.plans.get(round_.plan_id),
        written=store.plans.written(round_.plan_id),
        changes=store.plans.changes(round_.plan_id),
        opens=opens_on(round_, request.calendar),
        today=request.today,
    )
