"""Invites and channel codes: 128-bit, single-use, expiring; only their hash is kept, and guessing is counted."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from bot.domain.people import Role
from storage.audit import Audit
from storage.tables import ChannelCodeRow, GuessRow, InviteRow

LIFETIME = timedelta(days=14)

# A code for one's own second channel is used at once, on the same phone.
CHANNEL_LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Invite:
    """A live invite."""

    id: int
    unit_id: int
    role: Role
    created_by: int | None


class Invites:
    """Making, reading and using invites."""

    def __init__(self, session: Session, audit: Audit) -> None:
        self._session = session
        self._audit = audit

    def create(self, *, unit_id: int, role: Role, by: int | None, now: datetime, lifetime: timedelta = LIFETIME) -> str:
        """A new code. Base32 in lower case: phones capitalise the first letter, and it can be read out."""
        code = _new_code()
        row = InviteRow(
            code_hash=_hash(code),
            unit_id=unit_id,
            role=role.value,
            created_at=now,
            created_by=by,
            expires_at=now + lifetime,
        )
        self._session.add(row)
        self._session.flush()
        self._audit.note("invite created", f"invite:{row.id}", {"unit": unit_id, "role": role.value}, actor=by)
        return code

    def find(self, code: str, now: datetime) -> Invite | None:
        """The invite behind a code, or None for wrong, used and expired alike: the asker must not learn which."""
        row = self._session.scalars(select(InviteRow).where(InviteRow.code_hash == _hash(code))).first()
        if row is None or row.used_at is not None or row.expires_at <= now:
            return None
        return _invite(row)

    def get(self, invite_id: int, now: datetime) -> Invite | None:
        """The same by id, checked again at the moment of use."""
        row = self._session.get(InviteRow, invite_id)
        return None if row is None or row.used_at is not None or row.expires_at <= now else _invite(row)

    def use(self, invite_id: int, *, person_id: int, now: datetime) -> None:
        """Spend it."""
        row = self._session.get(InviteRow, invite_id)
        assert row is not None
        assert row.used_at is None
        row.used_at, row.used_by = now, person_id
        self._session.flush()
        self._audit.note("invite used", f"invite:{invite_id}", {"unit": row.unit_id, "role": row.role}, actor=person_id)

    def spent_by(self, code: str) -> int | None:
        """Who used this invite, so that they (and only they) may be told so when they open its link once more."""
        row = self._session.scalars(select(InviteRow).where(InviteRow.code_hash == _hash(code))).first()
        return row.used_by if row else None

    # channel codes

    def create_channel_code(self, *, person_id: int, now: datetime) -> str:
        """A new code that binds one more channel to this person; an older one stops working."""
        code = _new_code()
        self._session.merge(ChannelCodeRow(person_id=person_id, code_hash=_hash(code), expires_at=now + CHANNEL_LIFETIME))
        self._session.flush()
        return code

    def channel_owner(self, code: str, now: datetime) -> int | None:
        """Whose live channel code this is, or None for wrong, used and expired alike."""
        row = self._session.scalars(select(ChannelCodeRow).where(ChannelCodeRow.code_hash == _hash(code))).first()
        return None if row is None or row.expires_at <= now else row.person_id

    def end_channel_code(self, person_id: int) -> None:
        """The code was used."""
        row = self._session.get(ChannelCodeRow, person_id)
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    # guessing

    def wrong_today(self, platform: str, user_id: str, today: date) -> int:
        """How many wrong codes this sender tried today."""
        row = self._session.get(GuessRow, (platform, user_id, today))
        return row.count if row else 0

    def note_wrong(self, platform: str, user_id: str, today: date) -> None:
        """Count one more."""
        row = self._session.get(GuessRow, (platform, user_id, today)) or GuessRow(
            platform=platform, user_id=user_id, on_day=today
        )
        row.count += 1
        self._session.add(row)
        self._session.flush()

    def wrong_this_hour(self, now: datetime) -> int:
        """How many wrong codes everybody together tried since the full hour."""
        row = self._session.get(GuessRow, _everybody(now))
        return row.count if row else 0

    def note_wrong_hour(self, now: datetime) -> int:
        """Count one more; how many it are."""
        platform, hour, day = _everybody(now)
        row = self._session.get(GuessRow, (platform, hour, day)) or GuessRow(platform=platform, user_id=hour, on_day=day)
        row.count += 1
        self._session.add(row)
        self._session.flush()
        return row.count


def revoke(session: Session, *, made_by: int, unit_id: int, now: datetime) -> None:
    """Who no longer sits in a unit invites nobody to it: what they made and nobody used is over, like any other expired one."""
    query = select(InviteRow).where(InviteRow.created_by == made_by, InviteRow.unit_id == unit_id)
    for row in session.scalars(query.where(col(InviteRow.used_at).is_(None), InviteRow.expires_at > now)):
        row.expires_at = now
    session.flush()


def looks_like_code(text: str) -> bool:
    """Whether a message is just an invite code (26 base32 characters, spaces and hyphens from copying allowed)."""
    plain = _plain(text)
    return len(plain) == 26 and all(letter in "abcdefghijklmnopqrstuvwxyz234567" for letter in plain)


def _everybody(now: datetime) -> tuple[str, str, date]:
    """The key of the hour's common count among the counts of senders: "*" is no platform."""
    return "*", f"{now:%H}", now.date()


def _new_code() -> str:
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _hash(code: str) -> str:
    return hashlib.sha256(_plain(code).encode()).hexdigest()


def _invite(row: InviteRow) -> Invite:
    assert row.id is not None
    return Invite(id=row.id, unit_id=row.unit_id, role=Role(row.role), created_by=row.created_by)
