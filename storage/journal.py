"""The send journal: a file outside the database that knows what was delivered, so that a restored database sends nothing twice.

One JSON line a delivery: what it was (its outbox key), the platform's message id, when. No text, no names. A line is on disk
before the outbox row says "sent". A restore adds a line of its own, which tells the next start that it happened.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage import durable, gaps
from storage.outbox import names
from storage.store import Store

NAME = "sent.jsonl"

# A year of monthly backups, and a month in hand: older lines can meet no database any more.
KEPT = timedelta(days=400)

# Nothing is cleared away so young, and no clock is wrong by so much.
DOUBT = timedelta(days=1)

# How many restores this database has taken note of.
RESTORES = "restores"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One delivery. `key`: of the outbox; `on`: the platform."""

    key: str
    on: str
    id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Past:
    """What the journal holds. `torn`: lines nobody can read (a power cut tears at most the last)."""

    entries: tuple[Entry, ...]
    restores: int
    torn: int


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """What the journal taught the database.

    Attributes:
        settled: rows that were sent after all.
        remembered: deliveries no row tells of.
        restored: whether the database is older than the journal.
        incomplete: keys of messages of which only some pieces went out; the others went down with the lost database.
    """

    settled: int
    remembered: int
    restored: bool
    incomplete: tuple[str, ...]


class Journal:
    """The file. Safe to append to from several threads."""

    def __init__(self, data: Path) -> None:
        self._file = data / NAME
        self._waiting: list[bytes] = []
        self._writing = threading.Lock()

    def append(self, entry: Entry) -> None:
        """Have it on disk. Raises OSError; then the line is kept in memory and goes with the next one."""
        self._write({"key": entry.key, "on": entry.on, "id": entry.id, "at": entry.at.isoformat()})

    def note_restore(self, backup: str, now: datetime) -> None:
        """A backup was put back. Raises OSError."""
        self._write({"restored": backup, "at": now.isoformat()})

    def read(self) -> Past:
        """Everything in it, oldest first."""
        entries: list[Entry] = []
        restores = torn = 0
        for line in durable.lines(self._file):
            match _parsed(line):
                case {"key": str(key), "on": str(on), "id": str(id_), "at": str(at)}:
                    entries.append(Entry(key=key, on=on, id=id_, at=datetime.fromisoformat(at)))
                case {"restored": str()}:
                    restores += 1
                case _:
                    torn += 1
        return Past(entries=tuple(entries), restores=restores, torn=torn)

    def compact(self, now: datetime) -> int:
        """Drop what is older than KEPT, in one replacement of the file; how many lines. Raises OSError.

        Marks of restores stay: they are counted.
        """
        with self._writing:
            lines = durable.lines(self._file)
            kept = [line for line in lines if not _older(line, now - KEPT)]
            if len(kept) < len(lines):
                durable.write(self._file, "".join(f"{line}\n" for line in kept).encode())
            return len(lines) - len(kept)

    def _write(self, line: dict[str, str]) -> None:
        self._waiting.append(json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
        with self._writing:
            # Whoever held the lock before may have written this line too: one flush for all that wait.
            batch = self._waiting[:]
            if batch:
                durable.append(self._file, b"".join(batch))
                del self._waiting[: len(batch)]


def replay(store: Store, past: Past) -> Replayed:
    """Bring the database up to the journal, at every start: it is cheap and changes nothing in a database that knows it all.

    After a restore the newest moment the database remembers is left as the beginning of a gap (storage.gaps).
    """
    known = store.outbox.keys()
    alive = gaps.last_sign(store)
    told = int(store.meta.get(RESTORES) or 0)
    # Rows are committed before they are sent: a row that is missing was lost with a newer database, unless it is older than
    # what this one remembers; then it was cleared away.
    lost = [e for e in past.entries if e.key not in known and (alive is None or e.at > alive - DOUBT)]
    unknown = [e for e in lost if not all(known.get(name) == "said" for name in names(e.key))]
    settled = [e for e in past.entries if known.get(e.key, "sent") not in ("sent", "said")]
    for entry in settled:
        store.outbox.prove(entry.key, entry.id, entry.at)
    for entry in unknown:
        store.outbox.remember(entry.key, entry.on, entry.id, entry.at)
    restored = past.restores > told or bool(unknown)
    if past.restores != told:
        store.meta.put(RESTORES, str(past.restores))
    if restored and alive is not None:
        gaps.open_gap(store, alive)
    return Replayed(
        settled=len(settled), remembered=len(unknown), restored=restored, incomplete=_incomplete(past.entries, unknown)
    )


def _incomplete(entries: tuple[Entry, ...], lost: list[Entry]) -> tuple[str, ...]:
    """Of the lost messages of several pieces those of which not every piece was delivered."""
    pieces: dict[str, set[str]] = {}
    for entry in entries:
        key, mark, piece = entry.key.partition(" #")
        if mark:
            pieces.setdefault(key, set()).add(piece.split()[0])
    wanted = {entry.key.partition(" #")[0] for entry in lost}
    return tuple(key for key, found in sorted(pieces.items()) if key in wanted and len(found) < int(min(found).split("/")[1]))


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _older(line: str, than: datetime) -> bool:
    match _parsed(line):
        case {"key": str(), "at": str(at)}:
            return datetime.fromisoformat(at) < than
        case {"restored": str()}:
            return False
        case _:
            return True
