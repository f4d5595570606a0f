"""What the coordinators said to sent reports, and what units said when a whole report was asked about."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from bot.domain.checks import Check
from bot.domain.verdicts import Judgement, Verdict
from storage.audit import Audit
from storage.tables import RemarkRow, ReportRow, VerdictRow


class Verdicts:
    """Append-only; the newest one counts."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def judge(
        self,
        *,
        round_id: int,
        unit_id: int,
        revision: int,
        kind: Judgement,
        person_id: int,
        now: datetime,
        questions: Sequence[str] = (),
        reason: str = "",
    ) -> Verdict:
        """Return or accept one revision."""
        row = VerdictRow(
            round_id=round_id,
            unit_id=unit_id,
            revision=revision,
            kind=kind.value,
            questions=json.dumps(list(questions)),
            reason=reason,
            person_id=person_id,
            at=now,
        )
        self._session.add(row)
        self._session.flush()
        told = {"round": round_id, "revision": revision, "questions": len(questions)}
        self._audit.note(f"report {kind.value}", f"unit:{unit_id}", told, actor=person_id)
        return _verdict(row)

    def of_unit(self, round_id: int, unit_id: int) -> tuple[Verdict, ...]:
        """Everything said to one unit in a round, oldest first."""
        return self.of_round(round_id).get(unit_id, ())

    def of_round(self, round_id: int) -> Mapping[int, tuple[Verdict, ...]]:
        """The same by unit id."""
        found: dict[int, list[Verdict]] = defaultdict(list)
        query = select(VerdictRow).where(VerdictRow.round_id == round_id).order_by(col(VerdictRow.id))
        for row in self._session.scalars(query):
            found[row.unit_id].append(_verdict(row))
        return {unit: tuple(verdicts) for unit, verdicts in found.items()}

    def awaited(self, round_id: int) -> frozenset[int]:
        """Ids of the units whose newest sending was returned: they sent, and still something is expected of them."""
        query = (
            select(ReportRow.unit_id, func.max(ReportRow.revision))
            .where(ReportRow.round_id == round_id)
            .group_by(col(ReportRow.unit_id))
        )
        newest: dict[int, int] = dict(self._session.execute(query).all())
        return frozenset(
            unit
            for unit, verdicts in self.of_round(round_id).items()
            if verdicts[-1].kind is Judgement.RETURNED and verdicts[-1].revision == newest.get(unit)
        )

    # what a unit said about its whole report

    def remark(
        self, *, round_id: int, unit_id: int, check: Check, about: str, explanation: str, person_id: int, now: datetime
    ) -> None:
        """Keep the answer to a question about a whole report. `about`: the answers it was asked about (`fingerprint`)."""
        self._session.add(
            RemarkRow(
                round_id=round_id,
                unit_id=unit_id,
                kind=check.value,
                about=about,
                explanation=explanation,
                person_id=person_id,
                at=now,
            )
        )
        self._session.flush()

    def remarks(self, round_id: int) -> Mapping[int, Mapping[Check, str]]:
        """The newest explanation of each kind, by unit id."""
        found: dict[int, dict[Check, str]] = defaultdict(dict)
        query = select(RemarkRow).where(RemarkRow.round_id == round_id).order_by(col(RemarkRow.id))
        for row in self._session.scalars(query):
            found[row.unit_id][Check(row.kind)] = row.explanation
        return dict(found)

    def remarked(self, round_id: int, unit_id: int, check: Check, about: str) -> bool:
        """Whether exactly this was asked and answered before."""
        query = select(RemarkRow.id).where(
            RemarkRow.round_id == round_id,
            RemarkRow.unit_id == unit_id,
            RemarkRow.kind == check.value,
            RemarkRow.about == about,
        )
        return self._session.scalars(query).first() is not None


def _verdict(row: VerdictRow) -> Verdict:
    return Verdict(
        revision=row.revision,
        kind=Judgement(row.kind),
        questions=tuple(json.loads(row.questions)),
        reason=row.reason,
        person_id=row.person_id,
        at=row.at,
    )
