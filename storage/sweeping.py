"""Letting go of files: those that were dropped, and those no row ever named (their turn was rolled back)."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from storage.store import Store

# Between writing a file and committing its row lies a turn; nobody needs an hour for it. Seconds.
YOUNG = 3600.0


def dropped(store: Store, data: Path) -> int:
    """Delete what was dropped and is nobody's any more; how many. Part of the turn that forgets them, so that a crash in
    between leaves rows for the next time, never a file that nobody remembers."""
    gone = [path for path in sorted(store.files.dropped()) if store.files.forget(path)]
    for path in gone:
        (data / path).unlink(missing_ok=True)
    return len(gone)


def strays(store: Store, data: Path) -> int:
    """Delete files no row names, unless they are so young that theirs may still be coming; how many."""
    known = store.files.paths()
    before = time.time() - YOUNG
    gone = 0
    for file in (data / "files").glob("*/*"):
        if file.relative_to(data).as_posix() not in known:
            with contextlib.suppress(OSError):
                if file.stat().st_mtime < before:
                    file.unlink()
                    gone += 1
    return gone
