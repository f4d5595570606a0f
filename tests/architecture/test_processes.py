"""Nobody can signal, stop or wait for a process that is not their own child: only the nursery knows raw process numbers.

Elsewhere a process is a `Popen` (or asyncio's), which never signals a number it has already waited for.
"""

from __future__ import annotations

import pytest

from tests.architecture.sources import PACKAGES, REPOSITORY, names

NURSERY = "tests/reliability/nursery.py"
RAW = {
    *("os.kill", "os.killpg", "os.fork", "os.forkpty", "os.posix_spawn", "os.setpgid", "os.setpgrp", "os.setsid", "os.getpgid"),
    *("os.wait", "os.wait3", "os.wait4", "os.waitid", "os.waitpid", "os.abort", "os.system", "os.popen"),
    *("signal.SIGCHLD", "signal.SIGSTOP", "signal.SIGKILL", "signal.pthread_kill", "signal.pidfd_send_signal"),
    *("process_group", "preexec_fn"),
}
EVERY = sorted(
    path.relative_to(REPOSITORY).as_posix() for place in (*PACKAGES, "tests") for path in (REPOSITORY / place).rglob("*.py")
)


@pytest.mark.parametrize("file", [file for file in EVERY if file != NURSERY])
def test_no_raw_process_numbers(file: str) -> None:
    assert [(line, name) for line, name in names(file) if name in RAW] == []


def test_the_nursery_never_names_a_group_or_everybody() -> None:
    used = {name for _, name in names(NURSERY)} & RAW
    assert used == {"os.kill", "os.fork", "os.waitpid", "signal.SIGSTOP", "signal.SIGKILL"}
