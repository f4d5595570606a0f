"""`make reliability`: every part, one table, exit code 1 when a figure misses what is required.

python -m tests.reliability [--long] [--only NAME]

Every part runs in a process of its own: what it patches or leaves behind touches no other, and one that hangs is stopped after
its time, with everything it has started, and counts as missed.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from tests import compiled, memory
from tests.reliability import figures
from tests.reliability.figures import Figure
from tests.reliability.nursery import die_with_parent

Run = Callable[[bool, Callable[[str], None]], list[Figure]]

PARTS = {
    "swarm": "swarm.run",
    "year": "swarm.year",
    "kill9": "kill9.run",
    "power-cut": "power_cut.measured",
    "pause": "pause.run",
    "turns": "turns.run",
    "last-look": "looks.run",
    "classification": "hooks.classification",
    "fuzz": "fuzz.run",
    "access": "access_matrix.run",
    "guesses": "guesses.run",
    "encoders": "hooks.encoders",
    "disk-full": "hooks.disk_full",
    "backup-drill": "hooks.backup_drill",
    "canary": "hooks.canary",
    "clock": "hooks.clock",
    "mutants": "mutants.run",
}
"""Name → where it is: a function of (long, say) that gives figures. Imported only in the part's own process."""

EVERY_CORE = ("swarm", "year", "access", "mutants")
"""Parts that keep every core busy by themselves: one after the other, when nothing else runs that time means something to."""

# Minutes: a part may take so many, and all together. Of the other parts two run at a time: some of them mostly wait.
SHORT, ALL_SHORT = 20, 40
LONG, ALL_LONG = 24 * 60, 72 * 60
AT_A_TIME = 2


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the sizes for a release")
    parser.add_argument("--only", choices=PARTS, action="append", metavar="NAME", help=f"one part: {', '.join(PARTS)}")
    parser.add_argument("--child-of", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child_of:
        return _part(arguments.only[0], arguments.long, arguments.child_of)
    names = arguments.only or list(PARTS)
    runs = Runs(arguments.long)
    with ThreadPoolExecutor(AT_A_TIME) as lanes:
        try:
            side_by_side = lanes.map(runs.run, [name for name in names if name not in EVERY_CORE])
            found = [figure for part in side_by_side for figure in part]
            found += [figure for name in names if name in EVERY_CORE for figure in runs.run(name)]
        except KeyboardInterrupt:
            return 130
        finally:
            runs.end()
    missed = sum(not figure.ok for figure in found)
    print(figures.table(found))
    print(f"\n{len(found)} figures, {f'{missed} missed' if missed else 'all reached'}, {runs.seconds:.0f} s")
    return 1 if missed else 0


class Runs:
    """The parts' processes: each with its time, and all of them ended when this one ends."""

    def __init__(self, long: bool) -> None:
        self._long = long
        self._began = time.monotonic()
        self._running: set[subprocess.Popen[str]] = set()
        self._over = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def run(self, name: str) -> list[Figure]:
        """One part's figures, whatever becomes of it."""
        most, most_all = (60 * minutes for minutes in ((LONG, ALL_LONG) if self._long else (SHORT, ALL_SHORT)))
        limit = min(most, most_all - self.seconds)
        if self._over or limit <= 0:
            return [Figure(part=name, what="time", reached="none left", required=f"all within {most_all} s", ok=False)]
        since = time.monotonic()
        print(f"{name} …", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "tests.reliability", "--only", name, "--child-of", str(os.getpid())]
        command += ["--long"] if self._long else []
        surroundings = {**os.environ, **({"TMPDIR": folder} if (folder := memory.folder()) else {})}
        # A session of its own: Ctrl+C ends this process, and this process the part.
        with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True, start_new_session=True) as part:
            self._running.add(part)
            try:
                said, _ = part.communicate(timeout=limit)
            except subprocess.TimeoutExpired:
                return [Figure(part=name, what="time", reached="stopped", required=f"≤ {limit:.0f} s", ok=False)]
            finally:
                part.kill()
                self._running.remove(part)
        print(f"{name}: {time.monotonic() - since:.0f} s", file=sys.stderr, flush=True)
        if part.returncode or not said:
            return [Figure(part=name, what="end", reached=f"exit code {part.returncode}", required="0", ok=False)]
        return [Figure(**figure) for figure in json.loads(said)]

    def end(self) -> None:
        """End what still runs."""
        self._over = True
        for part in set(self._running):
            part.kill()


def _part(name: str, long: bool, parent: int) -> int:
    """Inside the part's own process: figures to standard output, progress to standard error."""
    die_with_parent(parent)
    compiled.share()
    module, _, function = PARTS[name].partition(".")
    run: Run = getattr(importlib.import_module(f"tests.reliability.{module}"), function)
    with contextlib.redirect_stdout(sys.stderr):
        found = run(long, lambda text: print(f"  {name}: {text}", file=sys.stderr, flush=True))
    json.dump([asdict(figure) for figure in found], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
