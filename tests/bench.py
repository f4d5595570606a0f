"""How fast, as ratios: each pair is measured in turns in one run, so that a busy machine slows both sides alike.

`make bench` prints a table; no figure is asserted anywhere, since machines differ. A pair is the product's way against a
floor (the least that the same effect could cost) or against the way it replaced.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.ext.asyncio import create_async_engine

from bot.channels import LIMITS
from bot.domain.reading import read
from bot.domain.summary import summarise
from bot.views import summary as views
from storage import database as databases
from storage import migrate
from storage.database import Database, PlainDatabase
from tests.conversations.counter import Counter, calendar, local
from tests.documents import demo
from tests.sheets import NOW, OFFICE, PLAN

ROUNDS = 7


@dataclass(frozen=True)
class Pair:
    """Two ways to the same effect. Each callable does it `times` times."""

    name: str
    ours: Callable[[], object]
    other: Callable[[], object]
    versus: str
    times: int


def main() -> None:
    """Measure every pair and print the table."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        found = [stack.enter_context(pair) for pair in (kept(Path(folder)), hops(Path(folder)), turned(Path(folder)))]
        rows = [measured(pair) for pair in (*found, summed(), understood(), started())]
    print("\r".ljust(62), end="\r", file=sys.stderr)
    print(f"{'what':34} {'ms each':>9}  {'ratio (min–median–max)':>24}  against")
    for row in rows:
        print(row)


def measured(pair: Pair) -> str:
    """One row, from interleaved rounds after a warm-up."""
    pair.ours(), pair.other()
    ours, ratios = [], []
    for number in range(ROUNDS):
        both = [(pair.ours, 0), (pair.other, 1)]
        took = [0.0, 0.0]
        for work, at in both if number % 2 else both[::-1]:
            begun = time.perf_counter()
            work()
            took[at] = time.perf_counter() - begun
        ours.append(took[0] / pair.times * 1000)
        ratios.append(took[0] / took[1])
        print(f"\r{pair.name}: {number + 1}/{ROUNDS}".ljust(60), end="", file=sys.stderr, flush=True)
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    return f"{pair.name:34} {statistics.median(ours):9.3f}  {low:7.2f} {middle:7.2f} {high:7.2f}   {pair.versus}"


def _prepared(folder: Path, name: str) -> str:
    url = f"sqlite:///{folder / name}"
    plain = PlainDatabase(url, LIMITS)
    migrate.upgrade(plain.engine)
    plain.close()
    return url


@contextlib.contextmanager
def kept(folder: Path) -> Iterator[Pair]:
    """One value stored and synced by a turn, against sqlite3 alone."""
    times = 40
    with asyncio.Runner() as runner:
        bot = Database(_prepared(folder, "kept.db"), LIMITS)
        journal, synchronous = databases.journal_mode()
        raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
        for statement in (f"PRAGMA journal_mode={journal}", f"PRAGMA synchronous={synchronous}", "CREATE TABLE t(k, v)"):
            raw.execute(statement)

        async def ours() -> None:
            for n in range(times):
                await bot.turn(lambda store, n=n: store.meta.put("k", str(n)))  # type: ignore[misc]

        def floor() -> None:
            for n in range(times):
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("INSERT INTO t VALUES (?, ?)", ("k", n))
                raw.execute("COMMIT")

        yield Pair("a turn that stores one value", lambda: runner.run(ours()), floor, "sqlite3, same durability", times)
        runner.run(bot.close())
        raw.close()


@contextlib.contextmanager
def hops(folder: Path) -> Iterator[Pair]:
    """The same turn, against the stock aiosqlite connection."""
    times = 40
    with asyncio.Runner() as runner:
        url = _prepared(folder, "hops.db")
        bot, stock = Database(url, LIMITS), Database(url, LIMITS)
        stock._engine = create_async_engine(url.replace("sqlite:", "sqlite+aiosqlite:"), pool_size=1, max_overflow=0)
        databases._listen(stock._engine.sync_engine)

        async def turns(database: Database) -> None:
            for _ in range(times):
                await database.turn(lambda store: [store.meta.get(key) for key in "abcde"])

        yield Pair(
            "a turn that reads five values",
            lambda: runner.run(turns(bot)),
            lambda: runner.run(turns(stock)),
            "the stock aiosqlite connection",
            times,
        )
        runner.run(bot.close())
        runner.run(stock.close())


@contextlib.contextmanager
def turned(folder: Path) -> Iterator[Pair]:
    """What an officer waits for: an answer typed, understood, kept and the next question queued; against keeping it alone."""
    times = 10
    counter = Counter(folder, local(2026, 4, 16, 9))
    lan = counter.officer("Trần Thị Lan", "P5", "zalo")
    lan.says("/baocao")
    lan.says("1")

    def ours() -> None:
        for number in range(times // 2):
            lan.says(str(number + 3))
            lan.says("lùi")

    def floor() -> None:
        for number in range(times):
            counter.ask(lambda store, n=number: store.meta.put("answer", str(n)))  # type: ignore[misc]

    yield Pair("an officer's message, to its reply", ours, floor, "one stored value", times)
    counter.database.close()


def summed() -> Pair:
    """/tonghop of 28 units from read rows to words, against going through the same rows as JSON."""
    sheet, times = demo.sheet(847), 5
    rows = json.dumps([[unit.unit.code, [str(answer) for answer in (unit.draft or {}).values()]] for unit in sheet.units])

    def ours() -> None:
        for _ in range(times):
            summary = summarise(sheet, NOW, OFFICE)
            views.glance(summary, (), OFFICE, calendar(2023), others=False, edits=False)

    return Pair("/tonghop of 28 units", ours, lambda: [json.loads(rows) for _ in range(times)], "its rows read as JSON", times)


def understood() -> Pair:
    """A typed figure understood, against int()."""
    question = next(q for q in PLAN.question_set("ward").questions if q.code == "TCD_LUOT")
    texts = ("12", "1.250", "khoảng 200", "dạ 12 lượt ạ", "mười hai", "chua co so")
    today, times = date(2026, 4, 20), 600

    def ours() -> None:
        for _ in range(times // len(texts)):
            for text in texts:
                read(question, text, today=today)

    return Pair("a typed answer understood", ours, lambda: [int("1250") for _ in range(times)], "int()", times)


def started() -> Pair:
    """The program imported, against an empty Python."""

    def python(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    return Pair("the program imported", lambda: python("import bot.app"), lambda: python("pass"), "an empty Python", 1)


if __name__ == "__main__":
    main()
