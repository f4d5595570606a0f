"""Who did what and who read whose: an append-only chain in which no link can be changed or taken out unnoticed.

Each row's hash covers the hash before it, so that changing one breaks every later one. Somebody who can rewrite the whole
chain can also mend its hashes: therefore its head is noted every day in a file outside the database (`audit-heads.txt`),
worth as much as the place that file is copied to. Rows name people by their id and never quote anybody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text
from sqlmodel import Session, col, select

from bot.clock import Clock
from storage import durable
from storage.tables import AuditRow

HEADS = "audit-heads.txt"
START = "0" * 64

Detail = str | int | bool | None

# Nobody changes a row by mistake; who does it on purpose must take the triggers off first, and the chain tells.
_GUARDS = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS audit_keeps_its_rows BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS audit_keeps_its_words BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "DROP TRIGGER IF EXISTS audit_keeps ON audit",
        "CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Head:
    """The newest link of the chain; number 0 is the empty chain."""

    number: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """One act, for a list. `at`: UTC."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What `verify` found. `broken`: number of the first link that is wrong, or None; `fault` says how (see there)."""

    head: Head
    broken: int | None = None
    fault: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return self.broken is None


class Audit:
    """The chain, written in the same transaction as the act it tells of."""

    def __init__(self, session: Session, actor: str) -> None:
        self._session = session
        self._clock: Callable[[], datetime] = Clock().now
        self._actor = actor

    def acting(self, actor: int | str | None, now: datetime) -> None:
        """Who acts in this turn (a person's id, "cli", "program", None for a stranger), and when on the bot's clock."""
        self._actor = f"person:{actor}" if isinstance(actor, int) else actor or "stranger"
        self._clock = lambda: now

    def note(self, action: str, subject: str, details: Mapping[str, Detail] | None = None, *, actor: int | None = None) -> None:
        """Add a link.

        Args:
            action: what was done, in English: "seat confirmed".
            subject: to what: "seat:12", "unit:5".
            details: codes, ids and numbers; never anybody's words, names or telephone.
            actor: a person's id, where the turn does not know who acts.
        """
        head = self.head()
        row = AuditRow(
            number=head.number + 1,
            at=self._clock().astimezone(UTC),
            actor=f"person:{actor}" if actor is not None and not self._actor.startswith("person:") else self._actor,
            action=action,
            subject=subject,
            details=_canonical(dict(details or {})),
        )
        row.hash = _hash(head.hash, row)
        self._session.add(row)
        self._session.flush()

    def head(self) -> Head:
        """The newest link."""
        row = self._session.scalars(select(AuditRow).order_by(col(AuditRow.number).desc()).limit(1)).first()
        return Head(number=row.number, hash=row.hash) if row else Head(number=0, hash=START)

    def hashes(self, numbers: set[int]) -> dict[int, str]:
        """The hashes of these links."""
        rows = self._session.scalars(select(AuditRow).where(col(AuditRow.number).in_(numbers)))
        return {row.number: row.hash for row in rows}

    def links(self, *, who: str = "", about: str = "", since: datetime | None = None) -> tuple[Link, ...]:
        """Every link, or those of one actor, about one subject, since a moment; oldest first."""
        query = select(AuditRow).order_by(col(AuditRow.number))
        if who:
            query = query.where(AuditRow.actor == who)
        if about:
            query = query.where(AuditRow.subject == about)
        if since is not None:
            query = query.where(AuditRow.at >= since)
        return tuple(
            Link(number=row.number, at=row.at, actor=row.actor, action=row.action, subject=row.subject, details=row.details)
            for row in self._session.scalars(query)
        )

    def check(self) -> Verdict:
        """Walk the chain from its beginning. `fault`: "missing" (a link was taken out) or "changed"."""
        before = Head(number=0, hash=START)
        every = select(AuditRow).order_by(col(AuditRow.number)).execution_options(yield_per=1000)
        with closing(self._session.scalars(every)) as rows:
            for row in rows:
                if row.number != before.number + 1:
                    return Verdict(head=before, broken=before.number + 1, fault="missing")
                if row.hash != _hash(before.hash, row):
                    return Verdict(head=before, broken=row.number, fault="changed")
                before = Head(number=row.number, hash=row.hash)
        return Verdict(head=before)


def verify(audit: Audit, data: Path) -> Verdict:
    """The chain against itself and against the heads noted outside; `fault` may also be "cut" (shorter than a head noted
    outside) or "rewritten" (sound in itself, but not the chain whose head was noted)."""
    verdict = audit.check()
    if not verdict.sound:
        return verdict
    heads = read_heads(data / HEADS)
    known = audit.hashes(set(heads)) | {0: START}
    for number, noted in sorted(heads.items()):
        if known.get(number) != noted:
            return Verdict(head=verdict.head, broken=number, fault="rewritten" if number in known else "cut")
    return verdict


def note_head(data: Path, head: Head, now: datetime, *, restored: bool = False) -> None:
    """Append today's head outside the database. Raises OSError.

    Args:
        restored: a backup was put back: the chain goes on from this head, the later ones are gone with what was lost.
    """
    word = "restored" if restored else "head"
    durable.append(data / HEADS, f"{now.isoformat(timespec='seconds')} {word} {head.number} {head.hash}\n".encode())


def read_heads(file: Path) -> dict[int, str]:
    """The heads noted so far, by number; those a restore overtook are left out. A torn last line is no head."""
    found: dict[int, str] = {}
    for line in durable.lines(file):
        match line.split():
            case [_, ("head" | "restored") as word, number, hash_] if number.isdecimal() and len(hash_) == len(START):
                if word == "restored":
                    found = {at: noted for at, noted in found.items() if at <= int(number)}
                found[int(number)] = hash_
    return found


def guard(connection: Connection) -> None:
    """Have the database itself refuse to change the log; called after every migration, since rebuilding a table drops
    triggers."""
    for statement in _GUARDS[connection.dialect.name]:
        connection.execute(text(statement))


def _hash(before: str, row: AuditRow) -> str:
    told = [row.number, row.at.isoformat(), row.actor, row.action, row.subject, row.details]
    return hashlib.sha256(f"{before}\n{_canonical(told)}".encode()).hexdigest()


def _canonical(value: object) -> str:
    """The one way to write it: a hash must not depend on the order of keys or on spaces."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
