"""A folder in memory for the databases of tests: every commit is synced, and a disk takes 12 ms for that.

What must survive a power cut is shown on a file system that forgets (tests/reliability/power_cut.py), not by waiting.
"""

from __future__ import annotations

import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOMY = 2 << 30  # bytes; in a small container it may hold 64 MB only


def folder() -> str | None:
    """The folder, where there is one with room."""
    return str(MEMORY) if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOMY else None
