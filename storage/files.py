"""Files people sent: ours only when downloaded, hashed and on disk; found again by their hash."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from storage.tables import FileRow


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file on our disk. `path` is relative to the data folder; `name` is the sender's, untrusted."""

    path: str
    sha256: str
    name: str
    mime: str
    size: int


def keep(root: Path, content: bytes, *, name: str, mime: str) -> StoredFile:
    """Write and flush a file under our own name. Raises OSError when the disk will not have it."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = Path("files") / sha256[:2] / sha256
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        draft = target.with_suffix(f".{os.getpid()}.part")
        with draft.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    return StoredFile(path=path.as_posix(), sha256=sha256, name=name, mime=mime, size=len(content))


class Files:
    """The list of files, in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, file: StoredFile, *, person_id: int | None, now: datetime) -> None:
        """Record a file already on disk."""
        self._session.add(
            FileRow(
                sha256=file.sha256,
                path=file.path,
                name=file.name,
                mime=file.mime,
                size=file.size,
                person_id=person_id,
                at=now,
            )
        )
        self._session.flush()
