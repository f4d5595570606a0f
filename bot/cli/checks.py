"""The machine: Python, SQLite, the secrets' file, the data folder."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.cli import desk
from bot.texts import doctor as texts

MEGABYTE = 1024 * 1024
SCARCE = 500 * MEGABYTE
TOO_LITTLE = 50 * MEGABYTE


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing looked at; `hint` says what to do about it."""

    check: str
    state: Literal["ok", "warning", "fault"]
    message: str
    hint: str = ""


def machine(database: str = "") -> Iterator[Check]:
    """Python, and SQLite where the database's URL (by default: yes) asks for it."""
    python = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < (3, 11)
    yield Check(check="python", state="fault" if old else "ok", message=python, hint=texts.OLD_PYTHON if old else "")
    from storage import health

    if engine := health.engine(database):
        yield Check(check="sqlite", state="ok", message=texts.journal(engine.version, engine.wal))


def dot_env() -> Check:
    """Whether others may read the tokens."""
    if not desk.DOT_ENV.is_file():
        return Check(check="dot_env", state="ok", message=texts.NO_DOT_ENV)
    if desk.readable_by_others():
        return Check(check="dot_env", state="warning", message=texts.DOT_ENV_READABLE, hint=texts.DOT_ENV_HINT)
    return Check(check="dot_env", state="ok", message=texts.DOT_ENV_FINE)


def folder(path: Path) -> Iterator[Check]:
    """Whether data can be written there, and how much still."""
    there = path
    while not there.exists() and there != there.parent:
        there = there.parent
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        yield Check(check="data_dir", state="fault", message=str(path), hint=texts.FOLDER_HINT)
        return
    free = shutil.disk_usage(there).free
    message = texts.folder(str(path), free // MEGABYTE) if path.exists() else texts.no_folder(str(path))
    if free < TOO_LITTLE:
        yield Check(check="data_dir", state="fault", message=message, hint=texts.SPACE_HINT)
    elif free < SCARCE:
        yield Check(check="data_dir", state="warning", message=message, hint=texts.SPACE_HINT)
    else:
        yield Check(check="data_dir", state="ok", message=message)
