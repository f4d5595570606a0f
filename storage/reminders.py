"""What has been reminded: every rung, excerpt and digest is claimed exactly once and ends in a visible state."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from storage.tables import DigestRow, ExcerptRow, ReminderRow, SnoozeRow


class ReminderState(StrEnum):
    """What became of a rung that fell due."""

    QUEUED = "queued"  # said: see its message
    COVERED = "covered"  # a later rung took its place
    SNOOZED = "snoozed"  # the officer had asked to be left alone until later
    ABSENT = "absent"  # the focal person is away and nobody stands in
    NOBODY = "nobody"  # the unit has no focal person who can be reached
    DROPPED = "dropped"  # overtaken before it was said: the report came, the round was closed or moved


# A snooze that is over is claimed like a rung, under this name and its id.
WOKEN = "woken:"


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """One rung's fate."""

    id: int
    round_id: int
    unit_id: int
    due_on: date
    rung: str
    state: ReminderState
    person_id: int | None
    message_id: int | None
    by_id: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Snooze:
    """A wish not to be reminded before `until`. `kind`: "later", or "promise" when they named the day they will send."""

    id: int
    round_id: int
    unit_id: int
    person_id: int
    kind: str
    until: date


@dataclass(frozen=True, kw_only=True)
class SentExcerpt:
    """One excerpt sent to a unit."""

    id: int
    plan_code: str
    unit_id: int
    on: date
    point: str
    read_at: datetime | None


class Reminders:
    """Claims and their outcomes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_round(self, round_id: int) -> tuple[Reminded, ...]:
        """Every rung of a round claimed so far."""
        rows = self._session.scalars(select(ReminderRow).where(ReminderRow.round_id == round_id).order_by(col(ReminderRow.id)))
        return tuple(_reminded(row) for row in rows)

    def note(
        self,
        *,
        round_id: int,
        unit_id: int,
        due_on: date,
        rung: str,
        state: ReminderState,
        now: datetime,
        person_id: int | None = None,
        message_id: int | None = None,
        by_id: int | None = None,
    ) -> int:
        """Claim a rung and say what became of it, in the transaction that queues its message; claiming twice is an
        IntegrityError. Its id."""
        row = ReminderRow(
            round_id=round_id,
            unit_id=unit_id,
            due_on=due_on,
            rung=rung,
            state=state.value,
            person_id=person_id,
            message_id=message_id,
            by_id=by_id,
            at=now,
        )
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        return row.id

    # which message says it

    def say_in(self, message_id: int, *, reminders: Collection[int], excerpts: Collection[int]) -> None:
        """These rungs and excerpts are said in this message (its first piece)."""
        for model, ids in ((ReminderRow, reminders), (ExcerptRow, excerpts)):
            for id_ in ids:
                row = self._session.get(model, id_)
                assert row is not None
                row.message_id = message_id
        self._session.flush()

    def say_instead(self, message_id: int, other_id: int) -> None:
        """What this message was to say is said by another one."""
        for row in (*self._reminders_in(message_id), *self._excerpts_in(message_id)):
            row.message_id = other_id
        self._session.flush()

    def said_in(self, message_id: int) -> tuple[Reminded, ...]:
        """The rungs a message says."""
        return tuple(_reminded(row) for row in self._reminders_in(message_id))

    def excerpts_in(self, message_id: int) -> tuple[SentExcerpt, ...]:
        """The excerpts a message says."""
        return tuple(_excerpt(row) for row in self._excerpts_in(message_id))

    def take_back(self, message_id: int, today: date, overtaken: Collection[int] = ()) -> None:
        """A message will not be sent: what it had to say falls due again, to whoever it then concerns.

        Args:
            today: the office's day; an excerpt of a day gone by is not sent late.
            overtaken: ids of rungs that are no longer worth saying.
        """
        for reminder in self._reminders_in(message_id):
            if reminder.id in overtaken:
                reminder.state = ReminderState.DROPPED.value
                continue
            if reminder.by_id is not None:  # a coordinator asked for it: it stays to be seen, and only they ask again
                continue
            if reminder.rung.startswith(WOKEN):
                snooze = self._session.get(SnoozeRow, int(reminder.rung.removeprefix(WOKEN)))
                assert snooze is not None
                snooze.ended_at = None
            self._session.delete(reminder)
        for excerpt in self._excerpts_in(message_id):
            if excerpt.on_day == today:
                self._session.delete(excerpt)
            else:
                excerpt.state = "missed"
        self._session.flush()

    def _reminders_in(self, message_id: int) -> list[ReminderRow]:
        return list(self._session.scalars(select(ReminderRow).where(ReminderRow.message_id == message_id)))

    def _excerpts_in(self, message_id: int) -> list[ExcerptRow]:
        return list(self._session.scalars(select(ExcerptRow).where(ExcerptRow.message_id == message_id)))

    # snoozes

    def snooze(self, *, round_id: int, unit_id: int, person_id: int, kind: str, until: date, now: datetime) -> None:
        """Replace the unit's wish for this round."""
        self.end_snoozes(round_id, unit_id, now)
        self._session.add(SnoozeRow(round_id=round_id, unit_id=unit_id, person_id=person_id, kind=kind, until_on=until, at=now))
        self._session.flush()

    def snoozes(self, round_id: int) -> dict[int, Snooze]:
        """Open wishes by unit id."""
        rows = self._session.scalars(select(SnoozeRow).where(SnoozeRow.round_id == round_id, col(SnoozeRow.ended_at).is_(None)))
        return {
            row.unit_id: Snooze(
                id=row.id or 0,
                round_id=row.round_id,
                unit_id=row.unit_id,
                person_id=row.person_id,
                kind=row.kind,
                until=row.until_on,
            )
            for row in rows
        }

    def end_snoozes(self, round_id: int, unit_id: int, now: datetime) -> None:
        """The wish was honoured or overtaken."""
        rows = self._session.scalars(
            select(SnoozeRow).where(
                SnoozeRow.round_id == round_id,
                SnoozeRow.unit_id == unit_id,
                col(SnoozeRow.ended_at).is_(None),
            )
        )
        for row in rows:
            row.ended_at = now
        self._session.flush()

    # excerpts

    def excerpts_on(self, plan_code: str, on: date) -> dict[int, SentExcerpt]:
        """Excerpts claimed for a day, by unit id."""
        rows = self._session.scalars(select(ExcerptRow).where(ExcerptRow.plan_code == plan_code, ExcerptRow.on_day == on))
        return {row.unit_id: _excerpt(row) for row in rows}

    def claim_excerpt(self, *, plan_code: str, unit_id: int, on: date, point: str, person_id: int | None) -> int:
        """Claim; without a person it is recorded that nobody could be told. The excerpt's id."""
        row = ExcerptRow(plan_code=plan_code, unit_id=unit_id, on_day=on, point=point, state="queued", person_id=person_id)
        if person_id is None:
            row.state = "nobody"
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        return row.id

    def excerpt(self, excerpt_id: int) -> SentExcerpt | None:
        """By id."""
        row = self._session.get(ExcerptRow, excerpt_id)
        return _excerpt(row) if row else None

    def read_excerpt(self, excerpt_id: int, now: datetime) -> None:
        """Note that it was read; the first time counts."""
        row = self._session.get(ExcerptRow, excerpt_id)
        if row is not None and row.read_at is None:
            row.read_at = now
            self._session.flush()

    # digests

    def claim_digest(self, *, kind: str, person_id: int, on: date) -> bool:
        """Claim a digest for a person and day; False when it was claimed before."""
        if self._session.get(DigestRow, (kind, person_id, on)) is not None:
            return False
        self._session.add(DigestRow(kind=kind, person_id=person_id, on_day=on))
        self._session.flush()
        return True


def _reminded(row: ReminderRow) -> Reminded:
    assert row.id is not None
    return Reminded(
        id=row.id,
        round_id=row.round_id,
        unit_id=row.unit_id,
        due_on=row.due_on,
        rung=row.rung,
        state=ReminderState(row.state),
        person_id=row.person_id,
        message_id=row.message_id,
        by_id=row.by_id,
        at=row.at,
    )


def _excerpt(row: ExcerptRow) -> SentExcerpt:
    assert row.id is not None
    return SentExcerpt(
        id=row.id, plan_code=row.plan_code, unit_id=row.unit_id, on=row.on_day, point=row.point, read_at=row.read_at
    )
