"""Backups: a consistent, checked copy of the database with the files it names, and the way back.

`restore` only puts the copy in place. What was sent since then is made good at the next start, from the send journal
(storage.journal); what was received since then is lost, and people are asked for it (storage.gaps).
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage import audit, copies, durable
from storage.copies import Unsound as Unsound
from storage.copies import check as check
from storage.journal import Journal
from storage.lock import sole_process

FOLDER = "backups"
REPLACED = "replaced"

_STAMP = "nhacviec-%Y%m%dT%H%M%SZ.db"


@dataclass(frozen=True, kw_only=True)
class Keep:
    """How many backups to keep: the newest of each of the last so many hours, days and months that have one."""

    hourly: int = 24
    daily: int = 14
    monthly: int = 12


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A finished backup.

    Attributes:
        rows: how many in each table.
        files: how many files people sent it names.
        faulty: paths (relative to the data folder) of files that are missing or no longer what they were.
    """

    file: Path
    taken_at: datetime
    rows: dict[str, int]
    files: int
    faulty: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A restore that was done. `replaced`: the folder the former database lies in, or None when there was none."""

    taken_at: datetime | None
    rows: dict[str, int]
    replaced: Path | None
    missing: tuple[str, ...]


def backup(database: Path, folder: Path, now: datetime, *, data: Path | None = None, keep: Keep | None = None) -> Backup:
    """Copy an SQLite database that may be in use. The writer waits while the pages are copied, nobody waits for the checks.

    Args:
        database: the file.
        folder: where backups are kept.
        now: names the backup.
        data: the folder the paths of files are relative to; by default the database's.
        keep: what to keep of the older ones.

    Raises OSError or sqlite3.Error when the disk will not have it, Unsound when the copy is not what it should be. Then there
    is no new backup, and the older ones are untouched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        for left in folder.glob("*.part"):  # of a process that died
            left.unlink()
        target = folder / now.astimezone(UTC).strftime(_STAMP)
        draft = target.with_suffix(".part")
        thorough = not any(at.date() == now.astimezone(UTC).date() for at, _ in taken(folder))
        try:
            counted = _copy(database, draft)
            rows = check(draft)
            if rows != counted:
                raise Unsound("incomplete")
            named = copies.named_files(draft)
            faulty = _keep_files(named, data or database.parent, folder, thorough=thorough)
            manifest = {"sha256": copies.sha256(draft), "rows": rows, "files": named, "faulty": faulty}
            durable.sync(draft)
            durable.write(copies.manifest(target), json.dumps(manifest, indent=1).encode())
            durable.rename(draft, target)
        finally:
            draft.unlink(missing_ok=True)
        _rotate(folder, keep or Keep())
    return Backup(file=target, taken_at=now, rows=rows, files=len(named), faulty=tuple(faulty))


def amend(file: Path, folder: Path, change: Callable[[Path], bool]) -> bool:
    """Change a backup for good: `change` is given a copy and says whether it did anything; whether it was changed.

    Only for erasing people. Raises OSError, sqlite3.Error or Unsound, and then the backup is what it was.
    """
    with _alone(folder):
        draft = file.with_suffix(".part")
        try:
            shutil.copyfile(file, draft)
            if not change(draft):
                return False
            rows = check(draft)
            durable.sync(draft)
            if copies.manifest(file).is_file():
                manifest = json.loads(copies.manifest(file).read_bytes())
                told = {
                    "sha256": copies.sha256(draft),
                    "was": manifest["sha256"],
                    "rows": rows,
                    "files": copies.named_files(draft),
                }
                durable.write(copies.manifest(file), json.dumps(manifest | told, indent=1).encode())
            durable.rename(draft, file)
            return True
        finally:
            draft.unlink(missing_ok=True)


def newest(folder: Path) -> datetime | None:
    """When the newest backup was taken: what a health check should ask."""
    return max((at for at, _ in taken(folder)), default=None)


def taken(folder: Path) -> list[tuple[datetime, Path]]:
    """Every backup, oldest first."""
    found = []
    for file in folder.glob("nhacviec-*.db"):
        with contextlib.suppress(ValueError):
            found.append((datetime.strptime(file.name, _STAMP).replace(tzinfo=UTC), file))
    return sorted(found)


def kept(times: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Which of these backups to keep; the newest always."""
    newest_first = sorted(times, reverse=True)
    found = set(newest_first[:1])
    for count, fields in ((keep.hourly, 4), (keep.daily, 3), (keep.monthly, 2)):
        periods: dict[tuple[int, ...], datetime] = {}
        for at in newest_first:
            periods.setdefault(at.astimezone(UTC).timetuple()[:fields], at)
        found.update(list(periods.values())[:count])
    return found


def restore(file: Path, data: Path, *, database: Path, now: datetime) -> Restored:
    """Put a backup in the database's place; the former database is kept aside.

    Raises AlreadyRunning while the bot runs, Unsound for a file one should not go back to, OSError. Whatever is raised, and
    wherever the power goes, the place holds either the former database or the backup.
    """
    with sole_process(data):
        rows = check(file)
        manifest = json.loads(copies.manifest(file).read_bytes()) if copies.manifest(file).is_file() else None
        # "was": the power went while a backup was amended.
        if manifest and copies.sha256(file) not in (manifest["sha256"], manifest.get("was")):
            raise Unsound("altered")
        draft = database.with_name(f"{database.name}.part")
        shutil.copyfile(file, draft)
        durable.sync(draft)
        missing = _bring_files(copies.named_files(draft), file.parent, data)
        # Before the exchange: should the power go in between, the program asks people once too often, never too seldom.
        Journal(data).note_restore(file.name, now)
        audit.note_head(data, copies.audit_head(draft), now, restored=True)
        replaced = _set_aside(database, data / REPLACED / now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))
        durable.rename(draft, database)
    stamps = {path.name: at for at, path in taken(file.parent)}
    return Restored(taken_at=stamps.get(file.name), rows=rows, replaced=replaced, missing=tuple(missing))


def _copy(database: Path, draft: Path) -> dict[str, int]:
    """Copy with SQLite's own backup; the rows as the original had them at that moment. Not `cp`: it tears what is in use."""
    if not database.is_file():
        raise FileNotFoundError(f"no database: {database}")
    with (
        contextlib.closing(sqlite3.connect(database, timeout=10, isolation_level=None)) as source,
        contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as target,
    ):
        # Flushed once at the end instead of all along: the original is locked meanwhile.
        target.execute("PRAGMA synchronous=OFF")
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on the snapshot stands
        source.backup(target)
        counted = copies.rows(source)
        source.execute("ROLLBACK")
        target.execute("PRAGMA journal_mode=DELETE")  # one file, also where the original uses a write-ahead log
    return counted


def _keep_files(named: list[list[str]], data: Path, folder: Path, *, thorough: bool) -> list[str]:
    """Give every file a second name in the backup; those that cannot be had. Content is read when first seen and once a day."""
    faulty = []
    for path, sha256 in named:
        source, target = data / path, folder / path
        seen = target.exists()
        if not source.is_file() or ((thorough or not seen) and copies.sha256(source) != sha256):
            faulty.append(path)
        elif not seen:
            durable.copy(source, target)
    return faulty


def _bring_files(named: list[list[str]], folder: Path, data: Path) -> list[str]:
    missing = []
    for path, sha256 in named:
        source, target = folder / path, data / path
        if target.is_file() and copies.sha256(target) == sha256:
            continue
        if source.is_file() and copies.sha256(source) == sha256:
            durable.copy(source, target)
        else:
            missing.append(path)
    return missing


def _rotate(folder: Path, keep: Keep) -> None:
    """Let go of what need not be kept, and of files no backup names any more."""
    found = taken(folder)
    stay = kept((at for at, _ in found), keep)
    named: set[Path] = set()
    for at, file in found:
        if at in stay:
            with contextlib.suppress(OSError, ValueError, KeyError):
                named.update(folder / path for path, _ in json.loads(copies.manifest(file).read_bytes())["files"])
        else:
            file.unlink(missing_ok=True)
            copies.manifest(file).unlink(missing_ok=True)
    for file in (folder / "files").glob("*/*"):
        if file not in named:
            file.unlink()


def _set_aside(database: Path, folder: Path) -> Path | None:
    """Keep the former database with its journals, which belong to it and would spoil another."""
    parts = [database.with_name(f"{database.name}{end}") for end in ("", "-journal", "-wal", "-shm")]
    there = [part for part in parts if part.exists()]
    if not there:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    for part in there:
        durable.copy(part, folder / part.name)
    for part in there[1:] if there[0] == database else there:
        part.unlink()
    durable.sync_folder(database.parent)
    return folder


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The hourly backup and one from the command line wait for each other."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
