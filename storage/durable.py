"""Files that survive a power cut: appended, copied and renamed so that they are whole or absent."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def append(file: Path, content: bytes) -> None:
    """Add whole lines to the end, on disk when this returns. Raises OSError, and leaves nothing half-written where it can.

    A line torn by an earlier power cut is closed first, so that it spoils no other.
    """
    fresh = not file.exists()
    with file.open("ab") as out:
        size = out.tell()
        try:
            out.write((b"" if _ends_whole(file, size) else b"\n") + content)
            out.flush()
            os.fsync(out.fileno())
        except OSError:
            out.truncate(size)
            raise
    if fresh:
        sync_folder(file.parent)


def lines(file: Path) -> list[str]:
    """The lines of a file, [] when there is none; a last line without its end is left out: it was never acknowledged."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return []
    return content[: content.rfind(b"\n") + 1].decode("utf-8", errors="replace").splitlines()


def write(file: Path, content: bytes) -> None:
    """Replace a file as a whole. Raises OSError."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.part")
    with draft.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    rename(draft, file)


def copy(source: Path, target: Path) -> None:
    """A second name for the same content where the disk can do that, else a copy. `target` is whole or absent."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}.part")
    draft.unlink(missing_ok=True)
    try:
        os.link(source, draft)
    except OSError:
        shutil.copyfile(source, draft)
        sync(draft)
    rename(draft, target)


def rename(draft: Path, target: Path) -> None:
    """Put a finished draft in its place, for good."""
    draft.replace(target)
    sync_folder(target.parent)


def sync(file: Path) -> None:
    """Have the disk keep a file's content."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk keep a folder's names: a new file is lost with its name. Windows keeps them by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _ends_whole(file: Path, size: int) -> bool:
    if not size:
        return True
    with file.open("rb") as opened:
        opened.seek(-1, os.SEEK_END)
        return opened.read(1) == b"\n"
