"""Part 3: two workers on one database, one of them stopped (SIGSTOP) for twice its lease in the middle of its work.

What the stopped one holds is taken over; what it comes back with is refused. The workers are the program's own Delivery over
real sockets; only the lease is shorter, or every pause would take six minutes.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import SQLModel

from bot.channels import LIMITS
from bot.chat.messages import ChatRef, Outgoing
from bot.sandbox.faults import FaultPlan, Hang
from bot.sandbox.room import Room
from bot.sandbox.server import make_app, serve
from storage.database import PlainDatabase
from storage.store import Store
from tests.reliability.figures import Figure, least, most

TOKEN = "700000001:AApauseToken"
LEASE = 1.5
MESSAGES = 12  # a pause
WORKER = "tests.reliability.pause"


def quick() -> list[Figure]:
    """As few pauses as show anything; for the mutation gate."""
    return run(False, lambda _: None, pauses=3)


def run(long: bool, say: Callable[[str], None], pauses: int | None = None) -> list[Figure]:
    """Stop, wait, let go on, look."""
    return asyncio.run(_run(pauses if pauses is not None else (200 if long else 20), say))


async def _run(pauses: int, say: Callable[[str], None]) -> list[Figure]:
    dice = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        room = Room(lambda: datetime.now(UTC))
        faults = FaultPlan()
        ports: asyncio.Queue[int] = asyncio.Queue()
        api = make_app(room, None, telegram_token=TOKEN, zalo_token="1:x", faults=faults)
        server = asyncio.create_task(serve(api, "127.0.0.1", 0, on_ready=ports.put_nowait))
        port = await ports.get()
        # Every answer takes a moment, so that requests are under way when a worker stops.
        faults.seeded(3, [(1.0, Hang(delivered=True, seconds=0.5))], ["sendMessage"])
        people = [room.add_person(f"Người {n}") for n in range(MESSAGES)]
        for person in people:
            room.say(person, "telegram", "xin chào")
        database = PlainDatabase(f"sqlite:///{folder}/nhacviec.db", LIMITS)
        SQLModel.metadata.create_all(database.engine)
        results: Counter[str] = Counter()
        workers = [await _worker(folder, port) for _ in range(2)]
        readers = [asyncio.create_task(_read(worker, results)) for worker in workers]
        total = 0
        try:
            for number in range(pauses):
                database.turn(lambda store: _queue(store, people, total))
                total += MESSAGES
                await asyncio.sleep(dice.uniform(0.3, 0.9))
                stopped = workers[number % 2].pid
                os.kill(stopped, signal.SIGSTOP)
                await asyncio.sleep(2 * LEASE)
                os.kill(stopped, signal.SIGCONT)
                if (number + 1) % 5 == 0:
                    say(f"{number + 1} of {pauses} pauses, marks {dict(results)}")
            rested = await _rest(database)
        finally:
            for worker in workers:
                with contextlib.suppress(ProcessLookupError):
                    worker.kill()
            await asyncio.gather(*readers, return_exceptions=True)
            await asyncio.gather(*(worker.wait() for worker in workers))
            server.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await server
        doubted = database.turn(_doubted)
        database.close()
        copies: Counter[str] = Counter()
        for person in people:
            for message in room.heard(person, "telegram"):
                if found := re.search(r"Tin số (\d+)\.", message.text):
                    copies[found[1]] += 1
    sure = [copies[str(n)] for n in range(1, total + 1) if str(n) not in doubted]
    part = f"pause, {pauses} × {2 * LEASE:g} s, lease {LEASE:g} s, 2 workers"
    return [
        Figure(part=part, what="came to rest afterwards", reached=str(rested), required="True", ok=rested),
        most(part, "messages nobody saw", sum(copies[str(n)] == 0 for n in range(1, total + 1)), 0),
        most(part, "most copies of a message no pause touched", max(sure, default=0), 1),
        most(part, "most copies of any message", max(copies.values(), default=0), 2),
        most(part, "stale marks accepted", results["accepted"], 0),
        least(part, "stale marks refused", results["refused"], 1 if pauses >= 10 else 0),
    ]


def _queue(store: Store, people: list[object], before: int) -> None:
    now = datetime.now(UTC)
    for number, person in enumerate(people, start=1):
        chat = ChatRef(platform="telegram", chat_id=str(person.telegram_id))  # type: ignore[attr-defined]
        store.outbox.add(chat, Outgoing(text=f"Tin số {before + number}."), now=now, kind="notice")


def _doubted(store: Store) -> set[str]:
    """Messages whose outcome was in doubt at some time."""
    query = "SELECT body FROM message WHERE repeats > 0 OR state IN ('held', 'uncertain')"
    bodies = [str(body) for (body,) in store.session.connection().exec_driver_sql(query)]
    return {found[1] for body in bodies if (found := re.search(r"Tin số (\d+)\.", body))}


async def _rest(database: PlainDatabase) -> bool:
    for _ in range(300):
        counts = database.turn(lambda store: store.outbox.counts())
        if not any(counts.get(state) for state in ("pending", "sending", "uncertain")):
            return True
        await asyncio.sleep(0.2)
    return False


async def _worker(folder: str, port: int) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", WORKER, folder, str(port), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def _read(worker: asyncio.subprocess.Process, results: Counter[str]) -> None:
    assert worker.stdout is not None
    async for line in worker.stdout:
        results[line.decode().strip()] += 1


async def _work(folder: str, port: int) -> None:
    """One worker. It tells on standard output what became of marks for claims that were taken over."""
    from bot.platforms.telegram import Telegram
    from scheduler import delivery
    from scheduler.delivery import Delivery
    from scheduler.pace import unhurried
    from storage import outbox
    from storage.database import Database
    from storage.journal import Journal
    from storage.outbox import Claimed, Outbox
    from storage.tables import MessageRow
    from tests.reliability import town

    outbox.LEASE, outbox.LONGEST_REQUEST = timedelta(seconds=LEASE), timedelta(seconds=LEASE / 2)
    delivery.REPEAT_AFTER = timedelta(seconds=0.5)
    if os.environ.get("RELIABILITY_MUTANT") == "no_fence":
        Outbox.holds = lambda *_: True  # type: ignore[method-assign]
    real = Outbox._settle

    def told(self: Outbox, claimed: Claimed, *args: object, **more: object) -> bool:
        row = self._session.get(MessageRow, claimed.id)
        stale = row is not None and row.fence != claimed.fence
        done = real(self, claimed, *args, **more)  # type: ignore[arg-type]
        if stale:
            print("accepted" if done else "refused", flush=True)
        return done

    Outbox._settle = told  # type: ignore[method-assign,assignment]
    telegram = Telegram(TOKEN, files_root=Path(folder), api_url=f"http://127.0.0.1:{port}")
    await telegram.start()
    database = Database(f"sqlite:///{folder}/nhacviec.db", LIMITS)
    journal = Journal(Path(folder) / str(os.getpid()))
    (Path(folder) / str(os.getpid())).mkdir()
    works = Delivery(database, {"telegram": telegram}, lambda: datetime.now(UTC), town.calendar, unhurried(), journal)
    print("ready", flush=True)
    await works.run()


if __name__ == "__main__":
    asyncio.run(_work(sys.argv[1], int(sys.argv[2])))
