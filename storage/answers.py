"""Answers, kept the moment they are given, and the reports sent from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.domain.answers import Answer, Reading, Status
from bot.domain.reports import Report, Via
from storage import values
from storage.audit import Audit
from storage.tables import AnswerRow, ReportRow


class Answers:
    """Append-only: a correction is a newer row, a report is a line drawn under the rows so far."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def add(
        self,
        *,
        round_id: int,
        unit_id: int,
        question: str,
        raw: str,
        reading: Reading,
        person_id: int | None,
        now: datetime,
        explanation: str = "",
        on_behalf: bool = False,
    ) -> Answer:
        """Keep one answer. `on_behalf`: typed by a coordinator from paper."""
        row = AnswerRow(
            round_id=round_id,
            unit_id=unit_id,
            question=question,
            raw=raw,
            status=reading.status.value,
            value=values.dump(reading.value),
            estimate=reading.estimate,
            explanation=explanation,
            person_id=person_id,
            on_behalf=on_behalf,
            at=now,
        )
        self._session.add(row)
        self._session.flush()
        return _answer(row)

    def latest(self, round_id: int, unit_id: int) -> dict[str, Answer]:
        """The newest answer to each question, sent or not, by question code."""
        return {row.question: _answer(row) for row in self._rows(round_id, unit_id)}

    def revisions(self, round_id: int, unit_id: int, question: str) -> tuple[Answer, ...]:
        """Every answer ever given to one question, oldest first."""
        return tuple(_answer(row) for row in self._rows(round_id, unit_id) if row.question == question)

    def given(self, round_id: int) -> dict[int, tuple[Answer, ...]]:
        """Every answer ever given in a round, oldest first, by unit id."""
        found: dict[int, list[Answer]] = defaultdict(list)
        for row in self._rows(round_id, None):
            found[row.unit_id].append(_answer(row))
        return {unit: tuple(answers) for unit, answers in found.items()}

    def times(self, round_id: int, unit_id: int) -> dict[str, int]:
        """How often each question was answered, by question code."""
        return dict(Counter(row.question for row in self._rows(round_id, unit_id)))

    def begun(self, round_id: int) -> dict[int, dict[str, Answer]]:
        """The newest answers of every unit that answered anything, by unit id."""
        found: dict[int, dict[str, Answer]] = defaultdict(dict)
        for row in self._rows(round_id, None):
            found[row.unit_id][row.question] = _answer(row)
        return dict(found)

    def send(self, *, round_id: int, unit_id: int, person_id: int | None, now: datetime) -> Report:
        """Send what has been answered so far: a new report, or a new revision of it."""
        rows = self._rows(round_id, unit_id)
        return self._draw_line(round_id, unit_id, Via.CHAT, rows[-1].id or 0 if rows else 0, person_id, now)

    def send_on_paper(
        self, *, round_id: int, unit_id: int, person_id: int | None, number: str, on: date | None, now: datetime
    ) -> Report:
        """Note that the report went by document."""
        rows = self._rows(round_id, unit_id)
        last = rows[-1].id or 0 if rows else 0
        return self._draw_line(round_id, unit_id, Via.PAPER, last, person_id, now, number, on)

    def report(self, round_id: int, unit_id: int) -> Report | None:
        """The newest sending, or None."""
        return self.reports(round_id, unit_id).get(unit_id)

    def reports(self, round_id: int, unit_id: int | None = None) -> dict[int, Report]:
        """The newest sending of every unit that sent, by unit id."""
        query = select(ReportRow).where(ReportRow.round_id == round_id).order_by(col(ReportRow.revision))
        if unit_id is not None:
            query = query.where(ReportRow.unit_id == unit_id)
        sendings: dict[int, list[ReportRow]] = defaultdict(list)
        for row in self._session.scalars(query):
            sendings[row.unit_id].append(row)
        answers: dict[int, list[AnswerRow]] = defaultdict(list)
        for answer in self._rows(round_id, unit_id):
            answers[answer.unit_id].append(answer)
        return {unit: _report(rows, answers[unit]) for unit, rows in sendings.items()}

    def sent_units(self, round_id: int) -> set[int]:
        """Ids of the units that have sent, in any way."""
        return set(self._session.scalars(select(ReportRow.unit_id).where(ReportRow.round_id == round_id)))

    def _draw_line(
        self,
        round_id: int,
        unit_id: int,
        via: Via,
        last: int,
        person_id: int | None,
        now: datetime,
        number: str = "",
        on: date | None = None,
    ) -> Report:
        query = select(ReportRow).where(ReportRow.round_id == round_id, ReportRow.unit_id == unit_id)
        revision = 1 + len(list(self._session.scalars(query)))
        row = ReportRow(
            round_id=round_id,
            unit_id=unit_id,
            revision=revision,
            via=via.value,
            last_answer_id=last,
            person_id=person_id,
            at=now,
            paper_number=number,
            paper_on=on,
        )
        self._session.add(row)
        self._session.flush()
        told = {"round": round_id, "revision": revision, "via": via.value}
        self._audit.note("report sent", f"unit:{unit_id}", told, actor=person_id)
        report = self.report(round_id, unit_id)
        assert report is not None
        return report

    def _rows(self, round_id: int, unit_id: int | None) -> list[AnswerRow]:
        query = select(AnswerRow).where(AnswerRow.round_id == round_id).order_by(col(AnswerRow.id))
        if unit_id is not None:
            query = query.where(AnswerRow.unit_id == unit_id)
        return list(self._session.scalars(query))


def _answer(row: AnswerRow) -> Answer:
    assert row.id is not None
    return Answer(
        id=row.id,
        question=row.question,
        raw=row.raw,
        status=Status(row.status),
        value=values.parse(row.value),
        estimate=row.estimate,
        at=row.at,
        person_id=row.person_id,
        explanation=row.explanation,
        on_behalf=row.on_behalf,
    )


def _report(sendings: list[ReportRow], answers: list[AnswerRow]) -> Report:
    first, last = sendings[0], sendings[-1]
    return Report(
        round_id=last.round_id,
        unit_id=last.unit_id,
        revision=last.revision,
        via=Via(last.via),
        first_at=first.at,
        at=last.at,
        person_id=last.person_id,
        answers={row.question: _answer(row) for row in answers if (row.id or 0) <= last.last_answer_id},
        paper_number=last.paper_number,
        paper_on=last.paper_on,
    )
