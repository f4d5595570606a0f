"""Everything stored about one person, for that person."""

from __future__ import annotations

import json

from sqlalchemy import func, select
from sqlmodel import col

from bot.domain.office import Office
from storage.store import Store
from storage.tables import (
    AbsenceRow,
    AnswerRow,
    DifficultyRow,
    FileRow,
    InboxRow,
    MessageRow,
    PersonRow,
    ReportRow,
    RequestRow,
    RoundRow,
    SeatRow,
    SnoozeRow,
    UnitRow,
)

Section = list[dict[str, object]]


def collect(store: Store, person_id: int, office: Office) -> dict[str, Section]:
    """By subject; moments on the office's clock, as text."""
    session = store.session
    units = {row.id: row.name for row in session.scalars(select(UnitRow))}
    rounds = {row.id: f"{row.plan_code} {row.code} {row.year}" for row in session.scalars(select(RoundRow))}
    person = session.get(PersonRow, person_id)
    assert person is not None
    addresses = store.people.addresses(person_id)

    def local(moment: object) -> str | None:
        return office.local(moment).isoformat(timespec="minutes") if moment is not None else None  # type: ignore[arg-type]

    def theirs(table: type, column: object) -> list[object]:
        return list(session.scalars(select(table).where(column == person_id).order_by(table.id)))  # type: ignore[attr-defined,arg-type]

    seats: Section = [
        {
            "unit": units[row.unit_id],
            "role": row.role,
            "asked": local(row.asked_at),
            "confirmed": local(row.confirmed_at),
            "ended": local(row.ended_at),
        }
        for row in theirs(SeatRow, col(SeatRow.person_id))
        if isinstance(row, SeatRow)
    ]
    answers: Section = [
        {
            "round": rounds[row.round_id],
            "unit": units[row.unit_id],
            "question": row.question,
            "answer": row.raw,
            "explanation": row.explanation,
            "at": local(row.at),
        }
        for row in theirs(AnswerRow, col(AnswerRow.person_id))
        if isinstance(row, AnswerRow)
    ]
    difficulties: Section = [
        {"unit": units[row.unit_id], "text": row.text, "at": local(row.at)}
        for row in theirs(DifficultyRow, col(DifficultyRow.person_id))
        if isinstance(row, DifficultyRow)
    ]
    files: Section = [
        {"name": row.name, "size": row.size, "sha256": row.sha256, "at": local(row.at)}
        for row in theirs(FileRow, col(FileRow.person_id))
        if isinstance(row, FileRow) and not row.dropped
    ]
    wishes: Section = [
        {"round": rounds[row.round_id], "unit": units[row.unit_id], "kind": row.kind, "until": row.until_on.isoformat()}
        for row in theirs(SnoozeRow, col(SnoozeRow.person_id))
        if isinstance(row, SnoozeRow)
    ]
    absences: Section = [
        {
            "from": row.from_on.isoformat(),
            "until": row.until_on.isoformat(),
            "noted": local(row.at),
            "ended": local(row.ended_at),
        }
        for row in theirs(AbsenceRow, col(AbsenceRow.person_id))
        if isinstance(row, AbsenceRow)
    ]
    reports: Section = [
        {"round": rounds[row.round_id], "unit": units[row.unit_id], "revision": row.revision, "at": local(row.at)}
        for row in theirs(ReportRow, col(ReportRow.person_id))
        if isinstance(row, ReportRow)
    ]
    requests: Section = [
        {"state": row.state, "at": local(row.at), "due": local(row.due_at)}
        for row in theirs(RequestRow, col(RequestRow.person_id))
        if isinstance(row, RequestRow)
    ]
    told = select(func.count(col(MessageRow.id))).where(col(MessageRow.person_id) == person_id)
    heard = 0
    for one in addresses:
        query = select(func.count(col(InboxRow.id)))
        query = query.where(col(InboxRow.platform) == one.chat.platform, col(InboxRow.lane) == one.chat.chat_id)
        heard += session.execute(query).scalar_one()
    return {
        "person": [
            {
                "name": person.name,
                "honorific": person.honorific,
                "phone": person.phone,
                "former": json.loads(person.former),
                "since": local(person.created_at),
            }
        ],
        "channels": [
            {"platform": one.chat.platform, "user_id": one.user_id, "preferred": one.preferred, "unreachable": one.unreachable}
            for one in addresses
        ],
        "seats": seats,
        "answers": answers,
        "reports": reports,
        "difficulties": difficulties,
        "files": files,
        "wishes": wishes,
        "absences": absences,
        "requests": requests,
        "messages": [{"received_from_you": heard, "sent_to_you": session.execute(told).scalar_one()}],
    }
