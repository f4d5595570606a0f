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
from tests.reliability.figures import Figure, equal, least, most
from tests.reliability.nursery import Nursery, tend

TOKEN = "700000001:AApauseToken"
LEASE = 1.5
MESSAGES = 12  # a pause
SEED = 3


def quick() -> list[Figure]:
    """As few pauses as show anything; for the mutation gate."""
    return run(False, lambda _: None, pauses=3)


def run(long: bool, say: Callable[[str], None], pauses: int | None = None) -> list[Figure]:
    """Stop, wait, let go on, look."""
    return asyncio.run(_run(pauses if pauses is not None else (200 if long else 20), say))


async def _run(pauses: int, say: Callable[[str], None]) -> list[Figure]:
    dice = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        room = Room(lambda: datetime.now(UTC))
        faults = FaultPlan()
        ports: asyncio.Queue[int] = asyncio.Queue()
        api = make_app(room, None, telegram_token=TOKEN, zalo_token="1:x", faults=faults)
        server = asyncio.create_task(serve(api, "127.0.0.1", 0, on_ready=ports.put_nowait))
        port = await ports.get()
        # Every answer takes a moment, so that requests are under way when a worker stops.
        faults.seeded(SEED, [(1.0, Hang(delivered=True, seconds=0.5))], ["sendMessage"])
        people = [room.add_person(f"Người {n}") for n in range(MESSAGES)]
        for person in people:
            room.say(person, "telegram", "xin chào")
        database = PlainDatabase(f"sqlite:///{folder}/nhacviec.db", LIMITS)
        SQLModel.metadata.create_all(database.engine)
        total = 0
        try:
            with Nursery(__name__, {}, Path(folder)) as nursery:
                workers = [nursery.start(folder, str(port)) for _ in range(2)]
                await _until(lambda: len(list(Path(folder).glob("marks-*"))) == 2)
                for number in range(pauses):
                    database.turn(lambda store: _queue(store, people, total))
                    total += MESSAGES
                    await asyncio.sleep(dice.uniform(0.3, 0.9))
                    nursery.stop(workers[number % 2])
                    await asyncio.sleep(2 * LEASE)
                    nursery.go_on(workers[number % 2])
                    if (number + 1) % 5 == 0:
                        say(f"{number + 1} of {pauses} pauses, marks {dict(_marks(folder))}")
                rested = await _until(lambda: database.turn(_at_rest))
        finally:
            server.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await server
        results = _marks(folder)
        doubted = database.turn(lambda store: _numbers(store, "repeats > 0 OR state IN ('held', 'uncertain')"))
        held = database.turn(lambda store: _numbers(store, "state = 'held'"))
        database.close()
        copies: Counter[str] = Counter()
        for person in people:
            for message in room.heard(person, "telegram"):
                if found := re.search(r"Tin số (\d+)\.", message.text):
                    copies[found[1]] += 1
    numbers = {str(n) for n in range(1, total + 1)}
    sure = [copies[n] for n in numbers - doubted]
    part = f"pause, {pauses} × {2 * LEASE:g} s, lease {LEASE:g} s, 2 workers, seed {SEED}"
    return [
        equal(part, "came to rest afterwards", rested, True),
        most(part, "messages nobody saw and nobody was told of", sum(copies[n] == 0 for n in numbers - held), 0),
        most(part, "messages held for somebody to look at, per cent", round(100 * len(held) / total, 1), 10),
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


def _numbers(store: Store, which: str) -> set[str]:
    """The numbers of messages in this state."""
    rows = store.session.connection().exec_driver_sql(f"SELECT body FROM message WHERE {which}")
    return {found[1] for (body,) in rows if (found := re.search(r"Tin số (\d+)\.", str(body)))}


def _at_rest(store: Store) -> bool:
    counts = store.outbox.counts()
    return not any(counts.get(state) for state in ("pending", "sending", "uncertain"))


async def _until(true: Callable[[], bool]) -> bool:
    for _ in range(300):
        if true():
            return True
        await asyncio.sleep(0.2)
    return False


def _marks(folder: str) -> Counter[str]:
    """What became of the marks for claims that had been taken over: accepted, refused."""
    return Counter(mark for file in Path(folder).glob("marks-*") for mark in file.read_text().split())


async def _work(folder: str, port: int) -> None:
    """One worker. It notes in a file what became of its marks for claims that were taken over."""
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
            print("accepted" if done else "refused", file=marks, flush=True)
        return done

    Outbox._settle = told  # type: ignore[method-assign,assignment]
    telegram = Telegram(TOKEN, files_root=Path(folder), api_url=f"http://127.0.0.1:{port}")
    await telegram.start()
    database = Database(f"sqlite:///{folder}/nhacviec.db", LIMITS)
    journal = Journal(Path(folder) / str(os.getpid()))
    (Path(folder) / str(os.getpid())).mkdir()
    works = Delivery(database, {"telegram": telegram}, lambda: datetime.now(UTC), town.calendar, unhurried(), journal)
    with (Path(folder) / f"marks-{os.getpid()}").open("w") as marks:
        await works.run()


if __name__ == "__main__":
    tend(lambda args: asyncio.run(_work(args[0], int(args[1]))))
