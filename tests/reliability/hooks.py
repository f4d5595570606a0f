"""Parts that others built, or that are ordinary tests: run as they are, counted into the same table."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.reliability.figures import Figure, least, missing, most

ROOT = Path(__file__).parents[2]

TESTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("classification", "rows of the error tables", ("tests/platforms/test_failures.py",)),
    ("access matrix", "handlers × actors × own, foreign, stale, forged", ("tests/access", "tests/architecture/test_access.py")),
    ("encoders", "HTML, xlsx, docx, CSV, file names", ("tests/documents/test_encoders.py", "tests/documents/test_workbook.py")),
    ("disk full", "at each n-th write", ("tests/storage/test_disk_full.py",)),
    ("backup drill", "backup, restore, journal, gaps", ("tests/storage/test_backup.py", "tests/storage/test_journal.py")),
    ("log canary", "token and bodies in the log", ("tests/test_logs.py",)),
    ("clock", "jumps hold what is unasked", ("tests/scheduler/test_clockwatch.py",)),
)
"""What it is called, what it shows, where its tests may stand."""


def tests(name: str) -> list[Figure]:
    """One of them."""
    part, what, paths = next(entry for entry in TESTS if entry[0] == name)
    found = [path for path in paths if (ROOT / path).exists()]
    if not found:
        return [missing(part, what)]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *found]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    passed, failed = (sum(map(int, re.findall(rf"(\d+) {word}", output))) for word in ("passed", "failed|error"))
    return [
        Figure(part=part, what=what, reached=f"{passed} passed, {failed} failed", required="all", ok=passed > 0 and not failed)
    ]


def power_cut(long: bool, say: Callable[[str], None], cuts: int | None = None) -> list[Figure]:
    """The storage engineer's power cuts: nothing acknowledged is lost; with a flush left out the same test must fail."""
    try:
        from tests.reliability import power_cut as part
    except ImportError:
        return [missing("power cut", "lost, torn, corrupt")]
    many = cuts if cuts is not None else (5000 if long else 200)
    safe = part.run(range(many))
    say(f"power cut: {safe.text}")
    unsafe = part.run(range(min(many, 200)), ("WAL", "NORMAL"))
    say(f"power cut, synchronous NORMAL: {unsafe.text}")
    name = f"power cut, {many} cuts"
    return [
        most(name, "acknowledged turns lost", safe.lost, 0),
        most(name, "torn", safe.torn, 0),
        most(name, "corrupt", safe.corrupt, 0),
        least(name, "cuts that lose something with synchronous NORMAL", unsafe.lost, 1),
    ]
