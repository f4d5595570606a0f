"""Files people sent: ours only when downloaded, hashed and on disk; found again by their hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from storage.tables import FileRow


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file on our disk. `path` is relative to the data folder; `name` is the sender's, untrusted; `marks` were recognised in
    its content (bot.domain.secrets_marks)."""

    path: str
    sha256: str
    name: str
    mime: str
    size: int
    marks: tuple[str, ...] = ()


def keep(root: Path, content: bytes, *, name: str, mime: str, marks: Collection[str] = ()) -> StoredFile:
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
    else:
        os.utime(target)  # it may be about to be swept (storage.sweeping)
    return StoredFile(path=path.as_posix(), sha256=sha256, name=name, mime=mime, size=len(content), marks=tuple(sorted(marks)))


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

    def drop(self, file: StoredFile) -> None:
        """Its sender withdrew it, or it must not be kept: the newest row of this content. The content goes with the next
        sweep (storage.sweeping), unless somebody else sent the same."""
        query = select(FileRow).where(FileRow.path == file.path, ~col(FileRow.dropped)).order_by(col(FileRow.id).desc())
        row = self._session.scalars(query).first()
        if row is not None:
            row.dropped, row.name = True, ""
            self._session.flush()

    def named(self, path: str) -> bool:
        """Whether any row names this content."""
        query = select(FileRow.id).where(FileRow.path == path, ~col(FileRow.dropped))
        return self._session.scalars(query).first() is not None

    def dropped(self) -> set[str]:
        """Contents that were dropped and have not been swept."""
        return set(self._session.scalars(select(FileRow.path).where(FileRow.dropped)))

    def forget(self, path: str) -> bool:
        """Take the dropped rows of this content out; whether no row names it any more, so that it may go from the disk."""
        for row in self._session.scalars(select(FileRow).where(FileRow.path == path, FileRow.dropped)):
            self._session.delete(row)
        self._session.flush()
        return not self.named(path)

    def paths(self) -> set[str]:
        """Everything any row names."""
        return set(self._session.scalars(select(FileRow.path)))
