"""Who was erased, noted outside the database: a restored backup must not bring them back.

One JSON line each, holding a hash that says nothing about the person (storage.erasing.mark) and the moment. It is on disk
before the erasure is committed, so that whatever happens in between, the next start erases.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from storage import durable, erasing
from storage.store import Store

NAME = "erased.jsonl"


def note(data: Path, mark: str, now: datetime) -> None:
    """Have it on disk; once. Raises OSError."""
    if mark not in read(data):
        line = json.dumps({"erased": mark, "at": now.isoformat(timespec="seconds")}, separators=(",", ":"))
        durable.append(data / NAME, f"{line}\n".encode())


def read(data: Path) -> tuple[str, ...]:
    """Every mark noted; lines nobody can read are left out."""
    found = []
    for line in durable.lines(data / NAME):
        try:
            known = json.loads(line)
        except ValueError:
            continue
        if isinstance(known, dict) and isinstance(known.get("erased"), str):
            found.append(known["erased"])
    return tuple(dict.fromkeys(found))


def replay(store: Store, marks: tuple[str, ...], now: datetime) -> int:
    """Erase everybody who was erased before and is here again; how many."""
    people = [person_id for each in marks if (person_id := erasing.find(store, each)) is not None]
    for person_id in people:
        erasing.erase(store, person_id, now)
    return len(people)
