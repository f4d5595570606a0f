"""The outbox: everything said leaves through here, and every message ends in exactly one state somebody can see.

    pending ──claim──> sending ──message id──> sent
       ^                  │ certainly not sent: back to pending, later
       │                  │ uncertain, first time ──> uncertain ──claim──> sending (marked as a repeat)
       │                  │ uncertain again ──> held
       └──────────────────┤ this person cannot be reached ──> unreachable
                          │ our defect ──> dead
    pending/uncertain ── no longer true ──> cancelled

`sent` is only ever written with the platform's message id. A claim takes a fence and a lease; a result that comes with
an older fence is refused, and a lease that ran out means "uncertain", never "try again".

Every row has a key that is never used twice. What is said because of the plan or the calendar is keyed by what it says
("rung/847-2023/2026/6T/P5/2026-05-04/before:7w"), so that a database restored from a backup still knows it from the send
journal; everything else gets a random key. A message that says several things has their keys in one, with spaces between.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from sqlalchemy import Executable, bindparam, func, or_
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.chat import choices as listing
from bot.chat.messages import ChatRef, Outgoing, PlatformName
from bot.chat.platform import Limits, Piece
from bot.texts import files
from storage import letters
from storage.offers import Pressed
from storage.tables import ButtonRow, MessageRow, PauseRow, SaidRow, UtcDateTime

log = logging.getLogger(__name__)

# A request may take its longest (a 50 MB upload: pool 5 s, connect 10 s, write 60 s, read 60 s) and its result be written
# down before the lease ends; one that could not any more is not begun. Source: reliability.md R8.
LEASE = timedelta(seconds=180)
LONGEST_REQUEST = timedelta(seconds=140)

# A person hears at most one new unasked message in this time, also when much piled up while we were away (R7).
BETWEEN_PUSHES = timedelta(minutes=30)

# An unasked message that may have arrived is repeated within this time; later its words may be out of date, so it is held.
REPEAT_WITHIN = timedelta(hours=12)

# Longer silences than this no platform asks for: such a row was written while the clock was wrong.
LONGEST_PAUSE = timedelta(days=2)

# Why a message is cancelled that people may have seen all the same.
IN_DOUBT = "no longer true, and may have arrived"

WAITING = ("pending", "uncertain", "sending")

# reply: answers the person in the same chat. notice: tells somebody else what just happened, or at an agreed hour.
# push: a reminder or excerpt, only in office hours.
Kind = Literal["reply", "notice", "push"]


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A message we hold the lease of. `repeat`: it may have arrived before, so it is marked. `key`: see the module.

    `first_id` is the first piece of a long message.
    """

    id: int
    key: str
    first_id: int
    fence: int
    piece: Piece
    kind: str
    person_id: int | None
    attempts: int
    repeat: bool
    lease_until: datetime
    queued_at: datetime


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What may be said next, for the last look whether it is still true. `first_id` is the first piece of a long message,
    `file` the path of what it carries, or ""."""

    id: int
    first_id: int
    queued_at: datetime
    kind: str
    person_id: int | None
    round_id: int | None
    unit_id: int | None
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """The send journal's proof of a delivery."""

    platform_message_id: str
    at: datetime


# Asked with every claim, so built once.
_SENDING = select(MessageRow).where(MessageRow.state == "sending")
_PAUSES = select(PauseRow)


class Outbox:
    """Adding, claiming and settling messages."""

    def __init__(self, session: Session, limits: Mapping[str, Limits]) -> None:
        self._session = session
        self._limits = limits

    def add(
        self,
        chat: ChatRef,
        message: Outgoing,
        *,
        now: datetime,
        kind: Kind = "reply",
        person_id: int | None = None,
        edit_of: str | None = None,
        round_id: int | None = None,
        unit_id: int | None = None,
        key: str | None = None,
        not_before: datetime | None = None,
        hold: str = "",
    ) -> int:
        """Queue a message; long ones become several rows. The id of the first row.

        Args:
            kind: see Kind. With `round_id` and `unit_id` it is dropped when the unit
                has answered meanwhile or the person no longer sits there.
            edit_of: the platform's id of the message it should replace.
            key: what it says, where that has a name of its own (see the module). Using one twice is an IntegrityError; of
                one the send journal knows, the row is written as already sent.
            not_before: when it may leave, if not at once.
            hold: why it is not to be sent at all, only kept where it can be seen.
        """
        key = key or _key()
        said = self.said(key)
        limits = self._limits[chat.platform]
        keyed = replace(message, choices=tuple(tuple(replace(c, key=_key()) for c in row) for row in message.choices))
        first_id = 0
        pieces = listing.pieces(_carried(keyed, limits), chat, limits, edit_of if message.edits else None)
        for ordinal, piece in enumerate(pieces, start=1):
            row = MessageRow(
                key=key if len(pieces) == 1 else f"{key} #{ordinal}/{len(pieces)}",
                platform=chat.platform,
                chat_id=chat.chat_id,
                person_id=person_id,
                kind=kind,
                body=letters.dump(piece.message),
                edit_of=piece.edit_of,
                not_before=not_before or now,
                queued_at=now,
                round_id=round_id,
                unit_id=unit_id,
            )
            if said is not None:
                row.state, row.ended_at, row.reason = "sent", said.at, "known from the send journal"
                row.platform_message_id = said.platform_message_id
            elif hold:
                row.state, row.ended_at, row.reason = "held", now, hold
            self._session.add(row)
            self._session.flush()
            assert row.id is not None
            if not first_id:
                first_id = row.id
                row.original = letters.dump(message)
            row.first_id = first_id
            last_id = row.id
        for ordinal, choice in enumerate(keyed.offered):
            self._session.add(
                ButtonRow(
                    key=choice.key,
                    message_id=last_id,
                    ordinal=ordinal,
                    label=choice.label,
                    words=json.dumps(choice.words, ensure_ascii=False),
                    action=json.dumps(choice.action, ensure_ascii=False),
                )
            )
        self._session.flush()
        return first_id

    def withdraw(self, first_id: int, reason: str, now: datetime) -> bool:
        """Take back what was not sent yet of a message; whether nothing of it was or may have been sent."""
        rows = list(self._session.scalars(select(MessageRow).where(MessageRow.first_id == first_id)))
        for row in rows:
            if row.state == "pending":
                self._cancel(row, reason, now)
        self._session.flush()
        return all(row.state == "cancelled" for row in rows)

    def last_of(self, first_id: int) -> int:
        """The id of the last row of a message, the one its choices hang on."""
        query = select(MessageRow.id).where(MessageRow.first_id == first_id).order_by(col(MessageRow.id).desc())
        return self._session.scalars(query).first() or first_id

    def spend(self, pressed: Pressed, *, now: datetime) -> None:
        """Take the choices off a message that was answered by pressing one, and show which, where the platform can edit."""
        row = self._session.get(MessageRow, pressed.message_id)
        if row is None or row.platform_message_id is None or not self._limits[row.platform].edits:
            return
        text = f"{letters.parse(row.body).text}\n» {pressed.label}"
        self.add(_chat(row), Outgoing(text=text, edits=True), now=now, person_id=row.person_id, edit_of=row.platform_message_id)

    # sending

    def claim(
        self,
        now: datetime,
        *,
        pushes: bool,
        busy: frozenset[ChatRef],
        still_true: Callable[[Candidate], bool],
        platforms: frozenset[str],
    ) -> Claimed | None:
        """Take the next message to send: one at a time a chat, nothing while a platform is paused, to nobody two unasked ones
        within BETWEEN_PUSHES.

        Args:
            pushes: whether unasked messages may go now (office hours).
            busy: chats that must wait (a request under way, or their pace).
            still_true: the last look; a message that is no longer true is cancelled.
            platforms: the platforms that are connected.
        """
        while True:
            changed = False
            for message_id in self._claimable(now, pushes=pushes, busy=busy, platforms=platforms):
                row = self._session.get(MessageRow, message_id)
                assert row is not None
                if row.state == "uncertain" and row.kind == "push" and now - row.queued_at > REPEAT_WITHIN:
                    row.state, row.ended_at = "held", now
                elif (true := self._looked_at(row, still_true)) is None:
                    row.state, row.ended_at, row.reason, row.attempts = "dead", now, "last look failed", row.attempts + 1
                elif true:
                    return self._take(row, now)
                elif row.state in WAITING:
                    self._cancel(row, IN_DOUBT if row.state == "uncertain" else "no longer true", now)
                self._session.flush()
                changed = True
            if not changed:
                return None

    def _looked_at(self, row: MessageRow, still_true: Callable[[Candidate], bool]) -> bool | None:
        """Whether it is still true; None when our own code cannot tell: one such message must not hold up all others."""
        try:
            return still_true(_candidate(row))
        except SQLAlchemyError:
            raise  # the turn is lost, not this message
        except Exception as error:
            log.exception("last look failed message=%s error=%s", row.id, type(error).__name__)
            return None

    def _claimable(self, now: datetime, *, pushes: bool, busy: frozenset[ChatRef], platforms: frozenset[str]) -> list[int]:
        """The messages that may be sent now, answers before reminders, else oldest first: only the first of each lane.

        A lane is one kind of message in one chat. Asked of the database whole, so that no number of messages waiting for one
        chat or platform hides those behind them.
        """
        speaking = sorted(platforms - self._paused(now))
        known = {"now": now, "lately": now - BETWEEN_PUSHES, "platforms": speaking}
        rows = self._session.execute(_claimable_query(pushes), known)
        return [id_ for id_, platform, chat_id in rows if _ref(platform, chat_id) not in busy]

    def _paused(self, now: datetime) -> frozenset[str]:
        pauses = self._session.scalars(_PAUSES)
        return frozenset(pause.platform for pause in pauses if now < pause.until < now + LONGEST_PAUSE)

    def _take(self, row: MessageRow, now: datetime) -> Claimed:
        repeat = row.state == "uncertain"
        row.repeats += repeat
        row.state = "sending"
        row.attempts += 1
        row.fence += 1
        row.lease_until = now + LEASE
        self._session.flush()
        assert row.id is not None
        return Claimed(
            id=row.id,
            key=row.key,
            first_id=row.first_id or row.id,
            fence=row.fence,
            piece=Piece(chat=_chat(row), message=letters.parse(row.body), edit_of=row.edit_of),
            kind=row.kind,
            person_id=row.person_id,
            attempts=row.attempts,
            repeat=repeat,
            lease_until=row.lease_until,
            queued_at=row.queued_at,
        )

    def _cancel(self, row: MessageRow, reason: str, now: datetime) -> None:
        """What it had to say may be said again in another message, so its key is set free."""
        row.state, row.ended_at, row.reason = "cancelled", now, reason
        row.key = f"{row.key} #taken-back:{row.id}"

    def may_leave(self, claimed: Claimed, now: datetime) -> bool:
        """Asked just before the request: is the claim still ours, with time left for the slowest answer, and has nobody asked
        for silence meanwhile? If it is ours but must wait, it goes back to waiting; nothing was sent."""
        if not self.holds(claimed):
            return False
        if claimed.piece.chat.platform not in self._paused(now) and now + LONGEST_REQUEST <= claimed.lease_until:
            return True
        self.retry(claimed, "not sent in time", now)
        return False

    def holds(self, claimed: Claimed) -> bool:
        """Whether the claim is still ours: asked again just before the request."""
        row = self._session.get(MessageRow, claimed.id)
        return row is not None and row.state == "sending" and row.fence == claimed.fence

    def sent(self, claimed: Claimed, platform_message_id: str, now: datetime) -> bool:
        """Delivered, with proof. False when the claim was lost meanwhile."""
        return self._settle(claimed, "sent", now, platform_message_id=platform_message_id)

    def prove(self, key: str, platform_message_id: str, at: datetime) -> bool:
        """A message was delivered, whatever its row says: the send journal has the proof. False when there is no such row."""
        row = self._session.scalars(select(MessageRow).where(MessageRow.key == key)).first()
        if row is None:
            return False
        if row.state != "sent":
            row.state, row.ended_at, row.lease_until, row.reason = "sent", at, None, "known from the send journal"
            row.platform_message_id = platform_message_id
            row.fence += 1
            self._session.flush()
        return True

    def retry(self, claimed: Claimed, reason: str, at: datetime, moved_to: str | None = None) -> bool:
        """Certainly not sent: again at `at`. It costs no copy, so a repeat stays a first repeat."""
        row = self._session.get(MessageRow, claimed.id)
        if row is None or not self.holds(claimed):
            return False
        row.state = "uncertain" if claimed.repeat else "pending"
        row.repeats -= claimed.repeat
        row.not_before, row.reason, row.lease_until = at, reason, None
        if moved_to:
            row.chat_id = moved_to
        self._session.flush()
        return True

    def uncertain(self, claimed: Claimed, reason: str, now: datetime, again_at: datetime) -> bool:
        """May have arrived: one marked repeat, then a human decides."""
        row = self._session.get(MessageRow, claimed.id)
        if row is None or not self.holds(claimed):
            return False
        self._doubt(row, reason, now, again_at)
        return True

    def held(self, claimed: Claimed, reason: str, now: datetime) -> bool:
        """It may have arrived, and cannot be repeated: a human decides."""
        return self._settle(claimed, "held", now, reason=reason)

    def unreachable(self, claimed: Claimed, reason: str, now: datetime) -> bool:
        """This person cannot be reached on this channel."""
        return self._settle(claimed, "unreachable", now, reason=reason)

    def free(self, first_id: int) -> bool:
        """Let what a message that reached nobody had to say be said by another one; False when part of it was delivered."""
        rows = list(self._session.scalars(select(MessageRow).where(MessageRow.first_id == first_id)))
        if any(row.state == "sent" for row in rows):
            return False
        for row in rows:
            row.key = f"{row.key} #unreachable:{row.id}"
        self._session.flush()
        return True

    def dead(self, claimed: Claimed, reason: str, now: datetime) -> bool:
        """Our defect; repeating changes nothing."""
        return self._settle(claimed, "dead", now, reason=reason)

    def rescue(self, now: datetime, again_after: timedelta, *, all_: bool = False) -> int:
        """Claims whose lease ran out (or, at start, all of them) are uncertain: the process that held them is gone."""
        rows = [row for row in self._session.scalars(_SENDING) if all_ or (row.lease_until and row.lease_until < now)]
        for row in rows:
            row.fence += 1
            self._doubt(row, "the sender was gone", now, now + again_after)
        return len(rows)

    def redirect(self, message_id: int, chat: ChatRef, now: datetime) -> int | None:
        """Say a whole message that could not be delivered in another chat of the same person. New id, or None."""
        row = self._session.get(MessageRow, message_id)
        first = self._session.get(MessageRow, row.first_id) if row and row.first_id else None
        if first is None or first.original is None or first.kind == "reply":
            return None
        for other in self._session.scalars(select(MessageRow).where(MessageRow.first_id == first.id)):
            if other.state in ("pending", "uncertain"):
                other.state, other.ended_at, other.reason = "cancelled", now, "said on the other channel"
        return self.add(
            chat,
            letters.parse(first.original),
            now=now,
            kind="push" if first.kind == "push" else "notice",
            person_id=first.person_id,
            round_id=first.round_id,
            unit_id=first.unit_id,
            key=f"{whole(first.key)} >{chat.platform}",
        )

    # what the send journal remembers and this database does not

    def move(self, old: ChatRef, new: ChatRef) -> None:
        """What still waits for a chat goes to another one of the same platform: its account has changed."""
        query = select(MessageRow).where(MessageRow.platform == old.platform, MessageRow.chat_id == old.chat_id)
        for row in self._session.scalars(query.where(col(MessageRow.state).in_(("pending", "uncertain")))):
            row.chat_id, row.edit_of = new.chat_id, None
        self._session.flush()

    def said(self, key: str) -> Said | None:
        """The proof that everything this key names was delivered, or None."""
        rows = [self._session.get(SaidRow, name) for name in names(key)]
        found = [row for row in rows if row is not None]
        if len(found) < len(rows):
            return None
        return Said(platform_message_id=found[0].platform_message_id, at=found[0].at)

    def remember(self, key: str, platform: str, platform_message_id: str, at: datetime) -> None:
        """Note that everything this key names was delivered, though no row here tells of it."""
        for name in names(key):
            self._session.merge(SaidRow(key=name, platform=platform, platform_message_id=platform_message_id, at=at))
        self._session.flush()

    def keys(self) -> dict[str, str]:
        """The state of every message by its key, and "said" for every name remembered from the send journal."""
        found = dict(self._session.execute(select(MessageRow.key, MessageRow.state)).all())
        return dict.fromkeys(self._session.scalars(select(SaidRow.key)), "said") | found

    def pause(self, platform: PlatformName, until: datetime) -> None:
        """Say nothing on this platform before `until`; a longer pause stays."""
        row = self._session.get(PauseRow, platform)
        if row is None or row.until < until:
            self._session.merge(PauseRow(platform=platform, until=until))
            self._session.flush()

    def counts(self) -> dict[str, int]:
        """How many messages stand in each state."""
        query = select(MessageRow.state, func.count(col(MessageRow.id))).group_by(MessageRow.state)
        return dict(self._session.execute(query).all())

    def troubles(self, since: datetime) -> dict[str, int]:
        """How many messages ended badly since a moment, by state (held, unreachable, dead), and how many are in doubt now
        (uncertain): what somebody should look at."""
        query = select(MessageRow.state, func.count(col(MessageRow.id))).group_by(MessageRow.state)
        query = query.where(
            or_(
                col(MessageRow.state) == "uncertain",
                # A message held untried was held on purpose, for want of room.
                col(MessageRow.state).in_(("held", "unreachable", "dead"))
                & (col(MessageRow.ended_at) > since)
                & (col(MessageRow.attempts) > 0),
            )
        )
        return dict(self._session.execute(query).all())

    def awaiting(self) -> frozenset[int]:
        """Ids of the people an unasked message is still waiting for: what falls due meanwhile joins the next one."""
        query = select(MessageRow.person_id).where(MessageRow.kind == "push", col(MessageRow.state).in_(WAITING)).distinct()
        return frozenset(id_ for id_ in self._session.scalars(query) if id_ is not None)

    def sendable(self, now: datetime, *, pushes: bool, platforms: frozenset[str]) -> list[int]:
        """Ids of the messages nothing holds back now."""
        return self._claimable(now, pushes=pushes, busy=frozenset(), platforms=platforms)

    def heard_until(self, person_id: int | None, now: datetime) -> datetime:
        """From when on a person may hear an unasked message again, as far as the last one of before `now` is concerned."""
        query = select(func.max(col(MessageRow.ended_at))).where(
            MessageRow.person_id == person_id, MessageRow.kind == "push", col(MessageRow.ended_at) <= now
        )
        last: datetime | None = self._session.execute(query).scalar_one()
        return last + BETWEEN_PUSHES if last is not None else datetime.min.replace(tzinfo=now.tzinfo)

    def idle(self, now: datetime, *, pushes: bool) -> bool:
        """Whether nothing is under way and nothing could be sent now."""
        if self._session.scalars(_SENDING).first() is not None:
            return False
        return not self._claimable(now, pushes=pushes, busy=frozenset(), platforms=frozenset(self._limits))

    def _doubt(self, row: MessageRow, reason: str, now: datetime, again_at: datetime) -> None:
        row.reason, row.lease_until = reason, None
        if row.repeats:
            row.state, row.ended_at = "held", now
        else:
            row.state, row.not_before = "uncertain", again_at
        self._session.flush()

    def _settle(
        self, claimed: Claimed, state: str, now: datetime, *, platform_message_id: str | None = None, reason: str = ""
    ) -> bool:
        row = self._session.get(MessageRow, claimed.id)
        if row is None or not self.holds(claimed):
            return False
        row.state, row.ended_at, row.lease_until, row.reason = state, now, None, reason
        row.platform_message_id = platform_message_id
        self._session.flush()
        return True


def names(key: str) -> tuple[str, ...]:
    """The single things a key names, without its qualifiers ("#2/3": the second of three pieces, ">zalo": said there instead,
    "#taken-back:9": message 9 was to say it and did not)."""
    return tuple(part for part in key.split() if part[0] not in "#>")


def whole(key: str) -> str:
    """A key without the number of its piece."""
    return " ".join(part for part in key.split() if part[0] != "#")


def _carried(message: Outgoing, limits: Limits) -> Outgoing:
    """The message as its channel carries it: marked where all of it is made up, with a sentence about a file that does not go
    with it."""
    return _marked(_about_file(message, limits), limits.mark)


def _marked(message: Outgoing, mark: str) -> Outgoing:
    if not mark or message.text.startswith(mark):
        return message
    return replace(message, text=f"{mark} {message.text}".strip())


def _about_file(message: Outgoing, limits: Limits) -> Outgoing:
    """The message with a sentence about its file where the channel cannot carry one, or only as a link."""
    file = message.file
    if file is None or (limits.documents and (file.kind == "photo" or not limits.links)):
        return message
    said = files.by_link(file.name) if limits.documents else files.elsewhere(file.name, file.kind)
    return replace(message, text=f"{message.text}\n\n{said}".strip())


@lru_cache
def _claimable_query(pushes: bool) -> Executable:
    """Built once: with all its parts that takes longer than running it."""
    now = bindparam("now", type_=UtcDateTime)
    heads = (
        select(func.min(col(MessageRow.id)))
        .where(col(MessageRow.state).in_(WAITING))
        .group_by(col(MessageRow.platform), col(MessageRow.chat_id), col(MessageRow.kind))
    )
    query = (
        select(col(MessageRow.id), col(MessageRow.platform), col(MessageRow.chat_id))
        .where(col(MessageRow.id).in_(heads), MessageRow.state != "sending")
        .where(col(MessageRow.platform).in_(bindparam("platforms", expanding=True)))
        # Queued "later than now": the clock was ahead and has been put right.
        .where(or_(col(MessageRow.not_before) <= now, col(MessageRow.queued_at) > now))
        .order_by(col(MessageRow.kind) == "push", col(MessageRow.id))
    )
    if not pushes:
        return query.where(MessageRow.kind != "push")
    heard = aliased(MessageRow)
    lately = (
        select(heard.id)
        .where(col(heard.person_id) == col(MessageRow.person_id), col(heard.first_id) != col(MessageRow.first_id))
        .where(col(heard.kind) == "push", or_(col(heard.state).in_(("sent", "held")), col(heard.reason) == IN_DOUBT))
        .where(col(heard.ended_at) > bindparam("lately", type_=UtcDateTime), col(heard.ended_at) <= now)
    )
    return query.where(or_(col(MessageRow.kind) != "push", ~lately.exists()))


def _chat(row: MessageRow) -> ChatRef:
    return _ref(row.platform, row.chat_id)


def _ref(platform: str, chat_id: str) -> ChatRef:
    return ChatRef(platform="zalo" if platform == "zalo" else "telegram", chat_id=chat_id)


def _candidate(row: MessageRow) -> Candidate:
    assert row.id is not None
    return Candidate(
        id=row.id,
        first_id=row.first_id or row.id,
        queued_at=row.queued_at,
        kind=row.kind,
        person_id=row.person_id,
        round_id=row.round_id,
        unit_id=row.unit_id,
        file=carried.path if '"file"' in row.body and (carried := letters.parse(row.body).file) else "",
    )


def _key() -> str:
    return secrets.token_urlsafe(12)
