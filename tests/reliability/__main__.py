"""`make reliability`: every part, one table, exit code 1 when a figure misses what is required.

python -m tests.reliability [--long] [--only NAME]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from tests.reliability import figures, fuzz, guesses, hooks, kill9, mutants, pause, swarm, turns
from tests.reliability.figures import Figure

Say = Callable[[str], None]

PARTS: dict[str, Callable[[bool, Say], list[Figure]]] = {
    "swarm": swarm.run,
    "year": swarm.year,
    "kill9": kill9.run,
    "pause": pause.run,
    "turns": lambda long, say: turns.run(),
    "power-cut": hooks.power_cut,
    "fuzz": fuzz.run,
    "guesses": guesses.run,
    "mutants": mutants.run,
    **{name.replace(" ", "-"): lambda long, say, name=name: hooks.tests(name) for name, _, _ in hooks.TESTS},  # type: ignore[misc]
}


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the sizes for a release")
    parser.add_argument("--only", choices=sorted(PARTS), action="append", help="one part (may be repeated)")
    arguments = parser.parse_args()
    found: list[Figure] = []
    for name in arguments.only or PARTS:
        began = time.monotonic()
        found += PARTS[name](arguments.long, lambda text, name=name: print(f"  {name}: {text}", flush=True))  # type: ignore[misc]
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    print()
    print(figures.table(found))
    missed = sum(figure.ok is False for figure in found)
    print(f"\n{len(found)} figures, {missed} missed" if missed else f"\n{len(found)} figures, all reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
