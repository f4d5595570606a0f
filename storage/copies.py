"""One copy of the database as a file: is it sound, what does it hold, what was written down about it."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from alembic.script import ScriptDirectory

from storage import audit, migrate

Fault = Literal["absent", "incomplete", "damaged", "altered", "foreign", "newer"]


class Unsound(Exception):
    """This is no backup one could go back to: what is wrong with it, and SQLite's own words where it has any."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else fault)
        self.fault = fault


def check(file: Path) -> dict[str, int]:
    """Read a database through: how many rows each table has. Raises Unsound for a damaged one, or one that is not ours."""
    if not file.is_file():
        raise Unsound("absent")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
            damaged = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if damaged != "ok":
                raise Unsound("damaged", str(damaged))
            if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise Unsound("damaged", f"a row of {broken[0]} points nowhere")
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if revision is None or revision[0] not in _revisions():
                raise Unsound("newer")
            return rows(connection)
    except sqlite3.Error as error:
        raise Unsound("foreign", str(error)) from None


def rows(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names from the schema
        for name in tables
        if not name.startswith("sqlite_")
    }


def named_files(file: Path) -> list[list[str]]:
    """(path, sha256) of every file the database names."""
    with contextlib.closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
        query = "SELECT DISTINCT path, sha256 FROM file WHERE NOT dropped ORDER BY path"
        return [[row[0], row[1]] for row in connection.execute(query)]


def audit_head(file: Path) -> audit.Head:
    """The newest link of its audit log."""
    with contextlib.closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
        row = connection.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    return audit.Head(number=row[0], hash=row[1]) if row else audit.Head(number=0, hash=audit.START)


def manifest(file: Path) -> Path:
    """Where it is written down what a backup holds, and its hash."""
    return file.with_suffix(".json")


def sha256(file: Path) -> str:
    """The hash of a file's content."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _revisions() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(migrate.config()).walk_revisions()}
