"""One process a data folder: two would answer everybody twice, and a database must not be replaced under a running bot."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process holds this data folder."""


@contextlib.contextmanager
def sole_process(folder: Path) -> Iterator[None]:
    """Hold the data folder. The lock ends with the process, however it ends. Raises AlreadyRunning."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(str(folder)) from None
        yield
