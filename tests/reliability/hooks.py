"""Parts that are ordinary tests, run as they are and counted into the same table; some at a larger size than usual."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import examples
from tests.reliability.figures import Figure, least, most

ROOT = Path(__file__).parents[2]
SEED = 1

Say = Callable[[str], None]

CLASSIFICATION = ("tests/platforms/test_failures.py",)
ENCODERS = (
    "tests/documents/test_encoders.py",
    "tests/views/test_upload_page.py",
    "tests/chat/test_split.py",
    "tests/chat/test_door.py",
)
DISK = ("tests/storage/test_disk_full.py",)
DRILL = ("tests/storage/test_backup.py", "tests/storage/test_journal.py", "tests/storage/test_gaps.py")
CANARY = ("tests/test_logs.py", "tests/test_canary.py")
CLOCK = ("tests/scheduler/test_clockwatch.py",)


def classification(long: bool, say: Say) -> list[Figure]:
    """Every row of the two platforms' error tables, over real sockets."""
    return _run("error classification", "rows understood", CLASSIFICATION, 80, say)


def encoders(long: bool, say: Say) -> list[Figure]:
    """Any text into every outlet: sheet, document, CSV, file name, page, message; and from outside."""
    many = 50_000 if long else 1_000
    part = f"encoders, {many:,} texts each, seed {SEED}"
    return _run(part, "properties of every outlet held", ENCODERS, 20, say, {examples.VARIABLE: str(many)})


def disk_full(long: bool, say: Say) -> list[Figure]:
    """Full, read-only or locked at each n-th write."""
    each = 300 if long else 60
    part = f"disk full at each of {each} writes, then at every 29th"
    return _run(part, "turns whole or absent, sender told", DISK, 14, say, {"NHACVIEC_EACH_WRITE": str(each)})


def backup_drill(long: bool, say: Say) -> list[Figure]:
    """Backups while the bot writes, damaged ones, the way back with and without later traffic."""
    return _run("backup and restore drill", "nothing lost, nothing said twice", DRILL, 30, say)


def canary(long: bool, say: Say) -> list[Figure]:
    """Besides, every test of the whole suite listens for it (tests/conftest.py)."""
    return _run("log canary", "tokens and bodies stay out at every level", CANARY, 10, say)


def clock(long: bool, say: Say) -> list[Figure]:
    """A clock that jumps holds what is unasked."""
    return _run("clock jumps", "nothing unasked leaves in doubt", CLOCK, 3, say)


class _Counted:
    """Told by pytest of every test that ended."""

    def __init__(self, say: Say) -> None:
        self.ends: Counter[str] = Counter()
        self._say = say

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.ends["xfailed" if hasattr(report, "wasxfail") else report.outcome] += 1
            if report.failed:
                self._say(f"{report.nodeid}\n{report.longreprtext}")
            elif self.ends.total() % 20 == 0:
                self._say(f"{self.ends.total()} tests")


def _run(
    part: str, what: str, paths: tuple[str, ...], at_least: int, say: Say, environment: Mapping[str, str] | None = None
) -> list[Figure]:
    """These tests in this process."""
    os.environ.update(environment or {})
    counted = _Counted(say)
    options = ["-p", "no:cacheprovider", f"--hypothesis-seed={SEED}", f"--rootdir={ROOT}"]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main([*options, *(str(ROOT / path) for path in paths)], plugins=[counted])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        print(said.getvalue(), file=sys.stderr)
    left = counted.ends.total() - counted.ends["passed"]
    return [
        least(part, what, counted.ends["passed"], at_least, " tests"),
        most(part, "failed, left out, or ended badly", left or int(code), 0),
    ]
