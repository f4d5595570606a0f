"""Processes that are killed, stopped and let go on: all of them end in every case, and nobody else's is ever touched.

A nursery is a process of its own that has everything imported and forks a child for every `start`, so that time goes into
killing and not into importing. It alone sends signals, and only to a child of its own that it has not waited for yet: the
number of such a process can belong to nobody else. When its standard input ends (the harness closed it, failed, was interrupted
or was itself killed) it kills its children, waits for them and ends; whoever dies without that takes its children along.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

REPOSITORY = Path(__file__).parents[2]
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, linux/prctl.h
_PATIENCE = 60.0  # seconds

WORKERS = max(1, min(os.cpu_count() or 1, 4))
"""As many processes for seeds as keep this machine busy."""

Work = Callable[[list[str]], None]


class Nursery:
    """The harness's end: `start` gives a number, by which a child is stopped, let go on and killed."""

    def __init__(self, module: str, environment: Mapping[str, str], folder: Path) -> None:
        """`module`: run as a program, it calls `tend`. `folder`: where the children work, so that no `.env` is read."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            env={**os.environ, **environment, "PYTHONPATH": str(REPOSITORY)},
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl+C in a terminal ends the harness; the harness ends the nursery
        )

    def start(self, *args: str) -> int:
        """Fork a child that does the module's work with these arguments."""
        return self._ask("start", *args)

    def stop(self, child: int) -> None:
        self._ask("stop", str(child))

    def go_on(self, child: int) -> None:
        self._ask("go on", str(child))

    def kill(self, child: int) -> None:
        """-9; comes back when the child is gone."""
        self._ask("kill", str(child))

    def close(self) -> None:
        """End every child."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()

    def _ask(self, *words: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the nursery has ended with {self._process.wait(_PATIENCE)}")
        return int(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def tend(work: Work) -> None:
    """The nursery's end: do what standard input says until it ends."""
    children: list[int] = []
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    try:
        for line in sys.stdin:
            verb, *args = json.loads(line)
            if verb == "start":
                children.append(_fork(work, args))
            else:
                _signal(children[int(args[0])], verb)
                if verb == "kill":
                    children[int(args[0])] = 0
            print(len(children) - 1, file=answers, flush=True)
    finally:
        for child in filter(None, children):
            _signal(child, "kill")


def _fork(work: Work, args: list[str]) -> int:
    parent = os.getpid()
    if child := os.fork():
        return child
    try:
        die_with_parent(parent)
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        work(args)
    finally:
        os._exit(1)


def _signal(child: int, verb: str) -> None:
    assert child > 0, "0 and -1 would be a whole group, or everybody"
    os.kill(child, {"stop": signal.SIGSTOP, "go on": signal.SIGCONT, "kill": signal.SIGKILL}[verb])
    if verb == "kill":
        os.waitpid(child, 0)


def die_with_parent(parent: int) -> None:
    """From now on the kernel kills this process when its parent dies, however that happens."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died just before
        os._exit(1)


def pool(workers: int) -> ProcessPoolExecutor:
    """Processes for seeds; none outlives this one."""
    return ProcessPoolExecutor(workers, initializer=die_with_parent, initargs=(os.getpid(),))
