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
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session, col, select

from bot.chat import choices as listing
from bot.chat.messages import ChatRef, Outgoing, PlatformName
from bot.chat.platform import Limits, Piece
from storage import letters
from storage.tables import ButtonRow, MessageRow, PauseRow

LEASE = timedelta(seconds=90)

# reply: answers the person in the same chat. notice: tells somebody else what just happened, or at an agreed hour.
# push: a reminder or excerpt, only in office hours.
Kind = Literal["reply", "notice", "push"]


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A message we hold the lease of. `repeat`: it may have arrived before, so it is marked."""

    id: int
    fence: int
    piece: Piece
    kind: str
    person_id: int | None
    attempts: int
    repeat: bool
    lease_until: datetime


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What may be said next, for the last look whether it is still true."""

    id: int
    kind: str
    person_id: int | None
    round_id: int | None
    unit_id: int | None


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The choices last shown in a chat."""

    message_id: int
    message: Outgoing
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """The meaning of a button of this chat: its route and arguments, and the message it stands on."""

    action: tuple[str, ...]
    label: str
    message_id: int
    platform_message_id: str | None


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
    ) -> int:
        """Queue a message; long ones become several rows. The id of the first row.

        Args:
            kind: see Kind. With `round_id` and `unit_id` it is dropped when the unit
                has answered meanwhile or the person no longer sits there.
            edit_of: the platform's id of the message it should replace.
        """
        keyed = replace(message, choices=tuple(tuple(replace(c, key=_key()) for c in row) for row in message.choices))
        first_id = 0
        for piece in listing.pieces(keyed, chat, self._limits[chat.platform], edit_of if message.edits else None):
            row = MessageRow(
                platform=chat.platform,
                chat_id=chat.chat_id,
                person_id=person_id,
                kind=kind,
                body=letters.dump(piece.message),
                edit_of=piece.edit_of,
                not_before=now,
                queued_at=now,
                round_id=round_id,
                unit_id=unit_id,
            )
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

    # what was offered

    def last_offer(self, chat: ChatRef) -> Offer | None:
        """The newest message of this chat that offered choices: what a typed "2" refers to."""
        query = (
            select(MessageRow)
            .join(ButtonRow, col(ButtonRow.message_id) == col(MessageRow.id))
            .where(MessageRow.platform == chat.platform, MessageRow.chat_id == chat.chat_id)
            .where(col(MessageRow.state).not_in(("cancelled", "dead")))
            .order_by(col(MessageRow.id).desc())
            .limit(1)
        )
        row = self._session.scalars(query).first()
        if row is None:
            return None
        return self._offer(row)

    def offer(self, chat: ChatRef, message_id: int | None) -> Offer | None:
        """The choices a certain message of this chat offered."""
        row = self._session.get(MessageRow, message_id) if message_id else None
        if row is None or _chat(row) != chat:
            return None
        return self._offer(row)

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

    def pressed(self, chat: ChatRef, key: str) -> Pressed | None:
        """The meaning of a key, only in the chat it was shown in; None for a foreign, forged or forgotten one."""
        button = self._session.get(ButtonRow, key)
        row = self._session.get(MessageRow, button.message_id) if button else None
        if button is None or row is None or (row.platform, row.chat_id) != (chat.platform, chat.chat_id):
            return None
        return Pressed(
            action=tuple(json.loads(button.action)),
            label=button.label,
            message_id=button.message_id,
            platform_message_id=row.platform_message_id,
        )

    # sending

    def claim(
        self,
        now: datetime,
        *,
        pushes: bool,
        busy: frozenset[ChatRef],
        still_true: Callable[[Candidate], bool],
        platforms: frozenset[str],
        most: int = 200,
    ) -> Claimed | None:
        """Take the next message to send: oldest first, one at a time a chat, nothing while a platform is paused.

        Args:
            pushes: whether unasked messages may go now (office hours).
            busy: chats that must wait (a request under way, or their pace).
            still_true: the last look; a message that is no longer true is cancelled.
            platforms: the platforms that are connected.
        """
        paused = {row.platform for row in self._session.scalars(select(PauseRow)) if row.until > now}
        blocked: set[tuple[str, str, str]] = set()
        query = (
            select(MessageRow)
            .where(col(MessageRow.state).in_(("pending", "uncertain", "sending")))
            .order_by(col(MessageRow.id))
            .limit(most)
        )
        if not pushes:
            query = query.where(MessageRow.kind != "push")
        for row in self._session.scalars(query):
            chat = _chat(row)
            lane = (row.platform, row.chat_id, row.kind)
            waits = (
                row.state == "sending"
                or row.not_before > now
                or chat in busy
                or row.platform in paused
                or row.platform not in platforms
            )
            if waits or lane in blocked:
                blocked.add(lane)
                continue
            assert row.id is not None
            candidate = Candidate(id=row.id, kind=row.kind, person_id=row.person_id, round_id=row.round_id, unit_id=row.unit_id)
            if not still_true(candidate):
                row.state, row.ended_at, row.reason = "cancelled", now, "no longer true"
                self._session.flush()
                continue
            repeat = row.state == "uncertain"
            row.repeats += repeat
            row.state = "sending"
            row.attempts += 1
            row.fence += 1
            row.lease_until = now + LEASE
            self._session.flush()
            return Claimed(
                id=row.id,
                fence=row.fence,
                piece=Piece(chat=chat, message=letters.parse(row.body), edit_of=row.edit_of),
                kind=row.kind,
                person_id=row.person_id,
                attempts=row.attempts,
                repeat=repeat,
                lease_until=row.lease_until,
            )
        return None

    def holds(self, claimed: Claimed) -> bool:
        """Whether the claim is still ours: asked again just before the request."""
        row = self._session.get(MessageRow, claimed.id)
        return row is not None and row.state == "sending" and row.fence == claimed.fence

    def sent(self, claimed: Claimed, platform_message_id: str, now: datetime) -> bool:
        """Delivered, with proof. False when the claim was lost meanwhile."""
        return self._settle(claimed, "sent", now, platform_message_id=platform_message_id)

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

    def unreachable(self, claimed: Claimed, reason: str, now: datetime) -> bool:
        """This person cannot be reached on this channel."""
        return self._settle(claimed, "unreachable", now, reason=reason)

    def dead(self, claimed: Claimed, reason: str, now: datetime) -> bool:
        """Our defect; repeating changes nothing."""
        return self._settle(claimed, "dead", now, reason=reason)

    def rescue(self, now: datetime, again_after: timedelta, *, all_: bool = False) -> int:
        """Claims whose lease ran out (or, at start, all of them) are uncertain: the process that held them is gone."""
        query = select(MessageRow).where(MessageRow.state == "sending")
        rows = [row for row in self._session.scalars(query) if all_ or (row.lease_until and row.lease_until < now)]
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
        )

    def pause(self, platform: PlatformName, until: datetime) -> None:
        """Say nothing on this platform before `until`; a longer pause stays."""
        row = self._session.get(PauseRow, platform)
        if row is None or row.until < until:
            self._session.merge(PauseRow(platform=platform, until=until))
            self._session.flush()

    def counts(self) -> dict[str, int]:
        """How many messages stand in each state."""
        found: dict[str, int] = {}
        for state in self._session.scalars(select(MessageRow.state)):
            found[state] = found.get(state, 0) + 1
        return found

    def idle(self, now: datetime, *, pushes: bool) -> bool:
        """Whether nothing could be sent now."""
        query = select(MessageRow).where(col(MessageRow.state).in_(("pending", "uncertain", "sending")))
        rows = self._session.scalars(query)
        return not any(row.state == "sending" or (row.not_before <= now and (pushes or row.kind != "push")) for row in rows)

    def _offer(self, row: MessageRow) -> Offer:
        first = self._session.get(MessageRow, row.first_id) if row.first_id else row
        assert first is not None and first.original is not None and row.id is not None
        return Offer(message_id=row.id, message=letters.parse(first.original), sent_at=row.ended_at)

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


def _chat(row: MessageRow) -> ChatRef:
    platform: PlatformName = "zalo" if row.platform == "zalo" else "telegram"
    return ChatRef(platform=platform, chat_id=row.chat_id)


def _key() -> str:
    return secrets.token_urlsafe(12)
