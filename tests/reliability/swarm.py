"""Part 1: many seeds of the simulator, on every core, and one long year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import as_completed
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles

from tests.reliability import nursery, sim
from tests.reliability.figures import Figure, equal, least, most
from tests.reliability.line import Weather
from tests.reliability.town import Size

SEEDS = Path(__file__).with_name("seeds.txt")

SPRING = (("A", 5, 5), ("B", 8, 5))
TINY = Size(units=3, start=date(2026, 4, 1), until=date(2026, 5, 14), rounds=SPRING)
SMALL = Size(units=4, start=date(2026, 3, 27), until=date(2026, 5, 15), rounds=SPRING)
SHORT_YEAR = Size(units=24, start=date(2026, 1, 5), until=date(2026, 12, 20), rounds=SPRING)
YEAR = Size(
    units=500, start=date(2026, 1, 5), until=date(2026, 12, 20), rounds=(("A", 20, 3), ("B", 5, 5), ("C", 4, 9), ("D", 5, 11))
)

# The year's weather is bad and steady, so that its figures mean the same every time: a crash at one fault point in 3,000.
BAD = replace(
    Weather.fair(),
    latency=0.3,
    hung=0.004,
    lost=0.004,
    gateway=0.004,
    refused=0.01,
    too_many=0.001,
    longest_pause=600,
    twice=0.05,
    malformed=0.05,
    outages=6,
    longest_outage=24,
    handovers=0.02,
    blocks=0.01,
    moves=1,
)

Say = Callable[[str], None]


def size_of(seed: int, long: bool) -> Size:
    """The town of a seed: in the long run every one is of another size, 20 to 60 units for four months."""
    if not long:
        return TINY
    return replace(SMALL, units=20 + seed * 7 % 41, start=date(2026, 3, 2), until=date(2026, 3, 2) + timedelta(days=120))


def kept() -> tuple[tuple[int, bool], ...]:
    """(seed, whether of the long run) of what once found something; always played again, each in its town."""
    words = [line.partition("#")[0].split() for line in SEEDS.read_text(encoding="utf-8").splitlines()]
    return tuple((int(seed), size == "long") for seed, size in filter(None, words))


def keep(result: sim.Result, long: bool) -> None:
    """Note a seed that found something, with what it found."""
    if (result.seed, long) not in kept():
        with SEEDS.open("a", encoding="utf-8") as file:
            file.write(f"{result.seed} {'long' if long else 'short'}  # {result.violations[0][:100]}\n")


def play(jobs: Sequence[tuple[int, Size, Weather | None]], say: Say, workers: int = nursery.WORKERS) -> list[sim.Result]:
    """Every job, on all cores; violations are shown as they come."""
    results: list[sim.Result] = []
    for done, result in enumerate(_each(jobs, workers), start=1):
        results.append(result)
        for violation in result.violations[:3]:
            say(f"seed {result.seed} ({result.size.text}): {violation}")
        if done % 10 == 0 or done == len(jobs):
            say(f"{done} of {len(jobs)} seeds, {sum(r.crashes for r in results)} crashes, {len(_bad(results))} bad")
    return results


def _each(jobs: Sequence[tuple[int, Size, Weather | None]], workers: int) -> Iterable[sim.Result]:
    if workers == 1:
        for job in jobs:
            yield sim.run(*job)
        return
    with nursery.pool(workers) as pool:
        try:
            for future in as_completed([pool.submit(sim.run, *job) for job in jobs]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _bad(results: Sequence[sim.Result]) -> list[sim.Result]:
    return [result for result in results if result.violations]


def run(
    long: bool, say: Say, seeds: int | None = None, size: Size | None = None, workers: int = nursery.WORKERS
) -> list[Figure]:
    """The swarm."""
    many = seeds if seeds is not None else (2000 if long else 200)
    chosen = dict.fromkeys((*kept(), *((seed, long) for seed in range(1, many + 1))))
    results = play([(seed, size or size_of(seed, of_long), None) for seed, of_long in chosen], say, workers)
    for result in _bad(results):
        keep(result, result.size != size_of(result.seed, False))
    again = sim.run(results[0].seed, results[0].size)
    points = sum((result.points for result in results), Counter())
    played = sum((result.played for result in results), Counter())
    part = f"swarm, seeds 1–{many} and {len(kept())} kept, {_sizes(results)}"
    figures = [
        most(part, "violations of I1–I8, I10", len(_bad(results)), 0),
        least(part, "crashes played", sum(result.crashes for result in results), len(results)),
        most(part, "most copies of one message (I2)", max(result.most_copies for result in results), 2),
        equal(part, "same seed, same history (I11)", again.hash == results[0].hash, True),
        least(part, "times the rarest fault point was passed", min(points.values()), min(100, len(results))),
        least(part, "kinds of line faults played", len(played - Counter(ok=played["ok"])), 8 if len(results) >= 20 else 1),
    ]
    return [*figures, *_lateness(part, results)]


def year(long: bool, say: Say, size: Size | None = None, workers: int = nursery.WORKERS) -> list[Figure]:
    """A whole year. The long run: 500 units, ten times. The short one: few units, where as many crashes as in the large town
    would repeat every eighth message; so one year is full of crashes, and another one shows how many repeats there are."""
    size = size or (YEAR if long else SHORT_YEAR)
    steady, stormy = replace(BAD, crash=0.0004), replace(BAD, crash=0.007)
    weathers = [steady] * 10 if long else [stormy, steady]
    jobs = [(9000 + number, size, weather) for number, weather in enumerate(weathers)]
    results = sorted(play(jobs, say, min(workers, len(jobs))), key=lambda result: result.seed)
    rough, calm = (results, results) if long else (results[:1], results[1:])
    arrivals, repeats = sum(r.arrivals for r in calm), sum(r.repeats for r in calm)
    part = f"year, {size.text}, seeds 9000–{8999 + len(jobs)}"
    return [
        most(part, "violations of I1–I8, I10", len(_bad(results)), 0),
        least(part, "deliveries in the poorest year", min(r.arrivals for r in results), (60 if long else 50) * size.units),
        least(part, "crashes" if long else "crashes in the stormy year", min(r.crashes for r in rough), 100),
        most(part, "most copies of one message", max(r.most_copies for r in results), 2),
        most(part, "repeats" if long else "repeats in the steady year", round(100 * repeats / arrivals, 2), 3, " %"),
        *_lateness(part, results),
    ]


def _lateness(part: str, results: Sequence[sim.Result]) -> list[Figure]:
    """I7: on days when nothing is broken, from the moment a reminder is due to the phone."""
    late = [seconds for result in results for seconds in result.late]
    if len(late) < 20:
        return []
    cuts = quantiles(late, n=100)
    return [
        most(part, "seconds late on a good day, median (I7)", round(cuts[49]), 30),
        most(part, "seconds late on a good day, 99 % (I7)", round(cuts[98]), 300),
    ]


def _sizes(results: Sequence[sim.Result]) -> str:
    texts = {result.size.text for result in results}
    if len(texts) == 1:
        return texts.pop()
    units = [result.size.units for result in results]
    return f"{min(units)}–{max(units)} units × {(results[0].size.until - results[0].size.start).days} days"
