"""Every row we keep. Nobody outside storage sees these classes; moments are UTC, days are the office's local days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import DateTime, Index, Text, TypeDecorator, UniqueConstraint
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Refuses naive values; gives back aware UTC on every database (plain DateTime drops the zone on SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MetaRow(SQLModel, table=True):
    """Small facts about this installation (bot names, the sandbox clock)."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)


class PlanRow(SQLModel, table=True):
    """A plan file as loaded, word for word; a changed file becomes a new row, rounds keep the row they were armed with.
    `changes`: what the office changed for one round (storage/changes.py), "" for the file itself."""

    __tablename__ = "plan"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    sha256: str = Field(unique=True)
    source: str = Field(sa_type=Text)
    changes: str = Field(default="", sa_type=Text)
    loaded_at: datetime = Field(sa_type=UtcDateTime)


class UnitRow(SQLModel, table=True):
    """Wards and departments; never deleted, history hangs on them."""

    __tablename__ = "unit"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    short: str
    group: str = Field(sa_column_kwargs={"name": "unit_group"})
    questions: str
    source: str
    aliases: str = Field(default="[]", sa_type=Text)
    position: int = 0
    from_on: date | None = None
    until_on: date | None = None
    successors: str = Field(default="[]", sa_type=Text)


class PersonRow(SQLModel, table=True):
    """Human beings. `former`: names and telephones corrected since, so that erasing finds them, too."""

    __tablename__ = "person"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    honorific: str = ""
    phone: str = ""
    former: str = Field(default="[]", sa_type=Text)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class AddressRow(SQLModel, table=True):
    """Where a person can be reached. `preferred` is set on one address of a person; `unreachable` says why not, or ""."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("platform", "user_id"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    platform: str
    user_id: str
    chat_id: str
    preferred: bool = False
    unreachable: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)


class SeatRow(SQLModel, table=True):
    """Who sits where; ended seats stay for the history."""

    __tablename__ = "seat"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    role: str
    person_id: int = Field(foreign_key="person.id", index=True)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    end_reason: str = ""


class InviteRow(SQLModel, table=True):
    """A single-use right to ask for a seat. Only the hash of its code is kept."""

    __tablename__ = "invite"
    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True)
    unit_id: int = Field(foreign_key="unit.id")
    role: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: int | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_by: int | None = Field(default=None, foreign_key="person.id")


class ChannelCodeRow(SQLModel, table=True):
    """A single-use right to bind a second channel to a person. Only the hash of its code is kept; one live code a person."""

    __tablename__ = "channel_code"
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    code_hash: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class GuessRow(SQLModel, table=True):
    """Wrong codes per sender and local day: what makes guessing hopeless."""

    __tablename__ = "guess"
    platform: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    on_day: date = Field(primary_key=True)
    count: int = 0


class RoundRow(SQLModel, table=True):
    """A plan's report, armed for a year."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("plan_code", "code", "year"),)
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    plan_code: str
    code: str
    year: int
    due: date
    since: date
    until: date
    armed_on: date
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AnswerRow(SQLModel, table=True):
    """Append-only: the newest row of a question counts, the older ones are its revisions."""

    __tablename__ = "answer"
    __table_args__ = (Index("answer_of", "round_id", "unit_id", "question", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    question: str
    raw: str = Field(sa_type=Text)
    status: str
    value: str | None = Field(default=None, sa_type=Text)
    estimate: bool = False
    explanation: str = Field(default="", sa_type=Text)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    on_behalf: bool = False
    at: datetime = Field(sa_type=UtcDateTime)


class ReportRow(SQLModel, table=True):
    """A sent report: everything answered up to `last_answer_id`. `via`: "chat", or "paper" (said to have gone by document)."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("round_id", "unit_id", "revision"),)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    revision: int
    via: str
    last_answer_id: int = 0
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    paper_number: str = ""
    paper_on: date | None = None


class VerdictRow(SQLModel, table=True):
    """What the coordinators said to one revision of a report. `kind`: returned|accepted; `questions`: JSON, [] is all of it."""

    __tablename__ = "verdict"
    __table_args__ = (Index("verdict_of", "round_id", "unit_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    revision: int
    kind: str
    questions: str = "[]"
    reason: str = Field(default="", sa_type=Text)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class RemarkRow(SQLModel, table=True):
    """What a unit said when its whole report was asked about; the newest of a kind counts. See bot/domain/checks.py."""

    __tablename__ = "remark"
    __table_args__ = (Index("remark_of", "round_id", "unit_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    kind: str
    about: str
    explanation: str = Field(sa_type=Text)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class ExtensionRow(SQLModel, table=True):
    """One unit's own last valid day in a round; the newest counts."""

    __tablename__ = "extension"
    __table_args__ = (Index("extension_of", "round_id", "unit_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    until_on: date
    reason: str = Field(sa_type=Text)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class BehalfRow(SQLModel, table=True):
    """A coordinator is typing a unit's paper report: may answer for it in this round until `ended_at`."""

    __tablename__ = "behalf"
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    number: str = ""
    paper_on: date | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AbsenceRow(SQLModel, table=True):
    """Days a person is away (both counted); `ended_at` when they came back early or it was a mistake."""

    __tablename__ = "absence"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    from_on: date
    until_on: date
    stand_in_id: int | None = Field(default=None, foreign_key="person.id")
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BroadcastRow(SQLModel, table=True):
    """A text to many units. Nothing of it leaves before `not_before`, until when it can be cancelled."""

    __tablename__ = "broadcast"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    audience: str
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BroadcastReceiptRow(SQLModel, table=True):
    """What became of a broadcast at one unit; without a message nobody there could be told."""

    __tablename__ = "broadcast_receipt"
    broadcast_id: int = Field(primary_key=True, foreign_key="broadcast.id")
    unit_id: int = Field(primary_key=True, foreign_key="unit.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    message_id: int | None = Field(default=None, foreign_key="message.id")
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reply: str = Field(default="", sa_type=Text)


class ReminderRow(SQLModel, table=True):
    """One rung that fell due for one unit: claimed exactly once, ends in a state somebody can see.

    `due_on` is part of the key, so that a moved due date re-arms the ladder. `message_id` is set when something was said;
    `by_id` is who asked for it, None for the ladder.
    """

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("round_id", "unit_id", "due_on", "rung"),)
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id")
    unit_id: int = Field(foreign_key="unit.id")
    due_on: date
    rung: str
    state: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    message_id: int | None = Field(default=None, foreign_key="message.id")
    by_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


class SnoozeRow(SQLModel, table=True):
    """A wish not to be reminded before a day; then once, unless answered. `kind`: later|promise."""

    __tablename__ = "snooze"
    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="round.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    person_id: int = Field(foreign_key="person.id")
    kind: str = "later"
    until_on: date
    at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ExcerptRow(SQLModel, table=True):
    """A plan excerpt sent to a unit on a day; `read_at` when somebody there tapped "Đã đọc"."""

    __tablename__ = "excerpt"
    __table_args__ = (UniqueConstraint("plan_code", "unit_id", "on_day"),)
    id: int | None = Field(default=None, primary_key=True)
    plan_code: str
    unit_id: int = Field(foreign_key="unit.id")
    on_day: date
    point: str
    state: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    message_id: int | None = Field(default=None, foreign_key="message.id")
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DigestRow(SQLModel, table=True):
    """The daily digest to one coordinator on one day, claimed once."""

    __tablename__ = "digest"
    kind: str = Field(primary_key=True)
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    on_day: date = Field(primary_key=True)
    message_id: int | None = Field(default=None, foreign_key="message.id")


class DifficultyRow(SQLModel, table=True):
    """A difficulty a unit raised. What became of it are its events; the last one is its state."""

    __tablename__ = "difficulty"
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    round_id: int | None = Field(default=None, foreign_key="round.id")
    question: str = ""
    point: str = ""
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)


class DifficultyEventRow(SQLModel, table=True):
    """One step of a difficulty. `target`: id of the person, unit or difficulty it names, by its kind."""

    __tablename__ = "difficulty_event"
    id: int | None = Field(default=None, primary_key=True)
    difficulty_id: int = Field(foreign_key="difficulty.id", index=True)
    kind: str
    text: str = Field(default="", sa_type=Text)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    target: int | None = None
    at: datetime = Field(sa_type=UtcDateTime)


class InboxRow(SQLModel, table=True):
    """A raw update, committed before it is confirmed to the platform. `state`: new|done|dead."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("platform", "key"), Index("inbox_waiting", "state", "id"))
    id: int | None = Field(default=None, primary_key=True)
    platform: str
    key: str
    lane: str = ""
    raw: str = Field(sa_type=Text)
    state: str = "new"
    attempts: int = 0
    error: str = ""
    not_before: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)


class MessageRow(SQLModel, table=True):
    """The outbox: one request's worth of something to say. See storage/outbox.py for its states."""

    __tablename__ = "message"
    __table_args__ = (
        Index("message_waiting", "state", "not_before", "id"),
        Index("message_in_chat", "platform", "chat_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    platform: str
    chat_id: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    kind: str
    body: str = Field(sa_type=Text)
    original: str | None = Field(default=None, sa_type=Text)
    first_id: int | None = Field(default=None, index=True)
    edit_of: str | None = None
    state: str = "pending"
    attempts: int = 0
    repeats: int = 0
    fence: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime)
    queued_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    platform_message_id: str | None = None
    reason: str = ""
    round_id: int | None = Field(default=None, foreign_key="round.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")


class SaidRow(SQLModel, table=True):
    """Something the send journal says was delivered although this database, restored from a backup, never heard of it."""

    __tablename__ = "said"
    key: str = Field(primary_key=True)
    platform: str
    platform_message_id: str
    at: datetime = Field(sa_type=UtcDateTime)


class ButtonRow(SQLModel, table=True):
    """What a choice on a message means. The key is all that ever leaves the program."""

    __tablename__ = "button"
    key: str = Field(primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    ordinal: int
    label: str
    words: str = "[]"
    action: str


class PauseRow(SQLModel, table=True):
    """Until when a platform asked us to say nothing at all (429)."""

    __tablename__ = "pause"
    platform: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcDateTime)


class DialogRow(SQLModel, table=True):
    """What a chat is being asked now."""

    __tablename__ = "dialog"
    platform: str = Field(primary_key=True)
    chat_id: str = Field(primary_key=True)
    name: str
    data: str = Field(sa_type=Text)
    prompt_id: int | None = None
    version: int
    updated_at: datetime = Field(sa_type=UtcDateTime)


class FileRow(SQLModel, table=True):
    """A file we downloaded and hashed; `path` is ours, `name` was theirs. `scanned`: what a virus scanner said ("unscanned":
    nobody looked); `dropped`: its content is to go."""

    __tablename__ = "file"
    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(index=True)
    path: str
    name: str
    mime: str
    size: int
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)
    scanned: str = "unscanned"
    dropped: bool = False


class JobRow(SQLModel, table=True):
    """Work asked for in a chat and done outside its turn. `path`: of an asked plan file, or where the result lies."""

    __tablename__ = "job"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    round_id: int | None = Field(default=None, foreign_key="round.id")
    person_id: int = Field(foreign_key="person.id")
    platform: str
    chat_id: str
    path: str
    state: str = Field(default="waiting", index=True)
    attempts: int = 0
    asked_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RequestRow(SQLModel, table=True):
    """A person asked to have their data erased. `state`: open|approved|refused|withdrawn|done."""

    __tablename__ = "data_request"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = "open"
    at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SpecialDayRow(SQLModel, table=True):
    """A day the office declared off, or a weekend day it works; wins over the holidays library."""

    __tablename__ = "special_day"
    on_day: date = Field(primary_key=True)
    works: bool
    note: str = ""


class AuditRow(SQLModel, table=True):
    """Who did or read what: append-only, each hash covers the one before. See storage/audit.py."""

    __tablename__ = "audit"
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(index=True)
    action: str
    subject: str = Field(index=True)
    details: str = Field(sa_type=Text)
    hash: str = ""
