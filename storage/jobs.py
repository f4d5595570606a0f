"""Work asked for in a chat and done outside its turn: documents to render, plan files to check."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from bot.chat.messages import ChatRef, PlatformName
from storage.audit import Audit
from storage.tables import JobRow

FOLDER = "exports"
"""Where results lie, below the data folder; each job has a folder of its own there, with a name nobody can guess."""


class Kind(StrEnum):
    """What can be asked for."""

    WORKBOOK = "xlsx"
    REPORT = "docx"
    CALENDAR = "ics"
    PICTURES = "pictures"
    INVITES = "invites"
    OWN_DATA = "own-data"  # anybody, about themselves; all others are for coordinators
    PLAN_CHECK = "plan-check"
    PLAN_LOAD = "plan-load"


@dataclass(frozen=True, kw_only=True)
class Job:
    """One piece of work.

    Attributes:
        kind: a Kind; one that an older program left is not known any more.
        round_id: which round it is about, if any.
        chat: where the result goes.
        path: of a file to be read, or the folder to write to, relative to the data folder.
        attempts: how often it was begun.
    """

    id: int
    kind: str
    round_id: int | None
    person_id: int
    chat: ChatRef
    path: str
    attempts: int


class Jobs:
    """A job waits until it is done or has failed, also over a restart: what was begun and not ended is begun again."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def add(self, kind: Kind, *, round_id: int | None, person_id: int, chat: ChatRef, now: datetime, path: str = "") -> bool:
        """Ask for something. False when the same person waits for the same thing already.

        Args:
            path: of a file to be read; without one the job gets a folder to write to.
        """
        query = select(JobRow).where(JobRow.kind == kind, JobRow.person_id == person_id, JobRow.state == "waiting")
        query = query.where(JobRow.round_id == round_id, JobRow.path == path if path else col(JobRow.path) != "")
        if self._session.scalars(query).first() is not None:
            return False
        row = JobRow(
            kind=kind,
            round_id=round_id,
            person_id=person_id,
            platform=chat.platform,
            chat_id=chat.chat_id,
            path=path or f"{FOLDER}/{secrets.token_urlsafe(16)}",
            asked_at=now,
        )
        self._session.add(row)
        self._session.flush()
        subject = f"round:{round_id}" if round_id is not None else f"job:{row.id}"
        self._audit.note("job asked", subject, {"kind": kind, "job": row.id}, actor=person_id)
        return True

    def begin(self) -> Job | None:
        """The oldest one waiting; it stays so until it has ended."""
        row = self._session.scalars(select(JobRow).where(JobRow.state == "waiting").order_by(col(JobRow.id))).first()
        if row is None:
            return None
        row.attempts += 1
        self._session.flush()
        return _job(row)

    def end(self, job_id: int, *, done: bool, now: datetime) -> None:
        """Done, or failed for good."""
        row = self._session.get(JobRow, job_id)
        assert row is not None
        row.state, row.ended_at = "done" if done else "failed", now
        self._session.flush()
        self._audit.note("job done" if done else "job failed", f"job:{job_id}", {"kind": row.kind}, actor=row.person_id)

    def behind(self, path: str) -> Job | None:
        """The job in whose folder a file lies, or None."""
        folder = path.rpartition("/")[0]
        row = self._session.scalars(select(JobRow).where(JobRow.path == folder)).first() if folder else None
        return _job(row) if row is not None else None

    def idle(self) -> bool:
        """Whether nothing waits."""
        return self._session.scalars(select(JobRow.id).where(JobRow.state == "waiting").limit(1)).first() is None

    def folders(self, since: datetime) -> set[str]:
        """The folders still needed: of jobs waiting, and of those that ended after `since`."""
        rows = self._session.scalars(select(JobRow).where(col(JobRow.state) != "failed"))
        return {row.path for row in rows if row.ended_at is None or row.ended_at > since}


def _job(row: JobRow) -> Job:
    platform: PlatformName = "zalo" if row.platform == "zalo" else "telegram"
    assert row.id is not None
    return Job(
        id=row.id,
        kind=row.kind,
        round_id=row.round_id,
        person_id=row.person_id,
        chat=ChatRef(platform=platform, chat_id=row.chat_id),
        path=row.path,
        attempts=row.attempts,
    )
