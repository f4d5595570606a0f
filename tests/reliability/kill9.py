"""Part 2: kill -9 of the real process in the middle of bursts, against the sandbox in this process, over real sockets.

`python -m bot run` starts cold a few times; for the other kills a process that has everything imported forks it, so that the
time goes into killing and not into importing.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels import LIMITS
from bot.chat.messages import ChatRef, Outgoing
from bot.domain.people import Role
from bot.sandbox.records import Person
from bot.sandbox.room import Room
from bot.sandbox.server import make_app, serve
from bot.settings import Settings
from storage import migrate
from storage.database import PlainDatabase
from storage.store import Store
from tests.reliability import town
from tests.reliability.figures import Figure, least, most
from tests.reliability.town import Size

TOKEN = "700000001:AAkillNineToken"
ZALO = "1459232241454765289:killNineZalo"
OFFICERS = 6
NOTICES = 17  # a kill
ANSWERS = 6  # a kill, two updates each
COLD = 4


@dataclass
class Yard:
    """The sandbox, a data folder, and the bot that is killed in it."""

    folder: Path
    port: int
    room: Room
    dice: random.Random
    people: list[Person] = field(default_factory=list)
    persons: list[int] = field(default_factory=list)
    notices: int = 0
    tokens: int = 100
    said: list[str] = field(default_factory=list)
    updates: int = 0
    zygote: subprocess.Popen[str] | None = None

    @property
    def settings(self) -> Settings:
        return Settings(_env_file=None, data_dir=self.folder)  # type: ignore[call-arg]

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{self.port}",
            "ZALO_BOT_TOKEN": "",
            "DATA_DIR": str(self.folder),
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": os.getcwd(),
        }

    def open(self) -> PlainDatabase:
        return PlainDatabase(self.settings.database, LIMITS)

    def ask(self, work: Callable[[Store], object]) -> object:
        database = self.open()
        try:
            return database.turn(work)
        finally:
            database.close()

    # the process

    def start(self, cold: bool) -> int:
        """The process id of a new bot."""
        if cold:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self._cold = process
            return process.pid
        if self.zygote is None:
            self.zygote = subprocess.Popen(
                [sys.executable, "-m", "tests.reliability.kill9"],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.zygote.stdin is not None
        assert self.zygote.stdout is not None
        self.zygote.stdin.write("go\n")
        self.zygote.stdin.flush()
        return int(self.zygote.stdout.readline())

    async def kill(self, pid: int, cold: bool) -> None:
        os.kill(pid, signal.SIGKILL)
        if cold:
            await asyncio.to_thread(self._cold.wait)
            return
        await asyncio.to_thread(_gone, pid)

    # the burst

    def burst(self) -> None:
        """Much to send, and everybody talks."""

        def queue(store: Store) -> None:
            for _ in range(NOTICES):
                self.notices += 1
                at = self.notices % len(self.people)
                chat = ChatRef(platform="telegram", chat_id=str(self.people[at].telegram_id))
                text = f"Tin báo số {self.notices}."
                store.outbox.add(chat, Outgoing(text=text), now=datetime.now(UTC), kind="notice", person_id=self.persons[at])

        self.ask(queue)
        for person in self.people[:ANSWERS]:
            self.tokens += 1
            self.said.append(str(self.tokens))
            self.room.say(person, "telegram", "sửa câu 1")
            self.room.say(person, "telegram", str(self.tokens))
            self.updates += 2

    def sound(self) -> bool:
        """The file is whole."""
        with contextlib.closing(sqlite3.connect(self.folder / "nhacviec.db", timeout=10)) as connection:
            return [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"] and not list(
                connection.execute("PRAGMA foreign_key_check")
            )


def run(long: bool, say: Callable[[str], None], kills: int | None = None) -> list[Figure]:
    """Kill, look, start again."""
    many = kills if kills is not None else (1000 if long else 60)
    return asyncio.run(_run(many, say))


async def _run(kills: int, say: Callable[[str], None]) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        async with _yard(Path(folder)) as yard:
            unsound = 0
            cold = min(COLD, max(1, kills // 15))
            for number in range(kills):
                yard.burst()
                is_cold = number < cold
                before = len(yard.room.calls)
                pid = await asyncio.to_thread(yard.start, is_cold)
                await _until(lambda before=before: len(yard.room.calls) > before, 60)  # type: ignore[misc]
                # From its first request on it is in the midst of things: kill it anywhere in the next moments.
                await asyncio.sleep(yard.dice.uniform(0.0, 1.2))
                await yard.kill(pid, is_cold)
                unsound += not yard.sound()
                if (number + 1) % 10 == 0:
                    say(f"{number + 1} of {kills} kills")
            pid = await asyncio.to_thread(yard.start, False)
            rested = await _until(lambda: bool(yard.ask(_at_rest)), 120 + yard.notices / 5)
            await yard.kill(pid, False)
            return _figures(yard, kills, cold, unsound, rested)


@contextlib.asynccontextmanager
async def _yard(folder: Path) -> AsyncIterator[Yard]:
    room = Room(lambda: datetime.now(UTC), bot_username="nhacviec_bot")
    ports: asyncio.Queue[int] = asyncio.Queue()
    api = make_app(room, None, telegram_token=TOKEN, zalo_token=ZALO)
    server = asyncio.create_task(serve(api, "127.0.0.1", 0, on_ready=ports.put_nowait))
    yard = Yard(folder=folder, port=await ports.get(), room=room, dice=random.Random(9))
    database = yard.open()
    migrate.upgrade(database.engine)
    database.close()
    yard.people = [room.add_person(f"Người {n}") for n in range(OFFICERS)]
    for person in yard.people:  # a bot may write only to who has started it
        room.say(person, "telegram", "xin chào")
        yard.updates += 1
    yard.ask(lambda store: _found(store, yard))
    try:
        yield yard
    finally:
        if yard.zygote is not None and yard.zygote.stdin is not None:
            yard.zygote.stdin.close()
            await asyncio.to_thread(yard.zygote.wait)
            if yard.zygote.stdout is not None:
                yard.zygote.stdout.close()
        server.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await server


def _found(store: Store, yard: Yard) -> None:
    now = datetime.now(UTC)
    due = now.date() + timedelta(days=3)
    size = Size(units=OFFICERS, start=due, until=due, rounds=(("A", due.day, due.month),), excerpts=False)
    source = town.plan(size).replace(f"{town.YEAR}", f"{due.year}")
    plan_id, plan = store.plans.add(source, now)
    store.units.sync(plan.units)
    store.rounds.arm(plan_id, plan, due.year, now.date())
    for number, one in enumerate(yard.people, start=1):
        person = store.people.add(name=one.name, honorific="anh", phone="", now=now)
        chat = ChatRef(platform="telegram", chat_id=str(one.telegram_id))
        store.people.add_address(person.id, chat, chat.chat_id, now)
        unit = store.units.by_code(f"P{number}")
        assert unit is not None
        seat = store.people.ask_seat(person_id=person.id, unit_id=unit.id, role=Role.FOCAL, now=now)
        store.people.confirm(seat.id, by=None, now=now)
        yard.persons.append(person.id)


def _at_rest(store: Store) -> bool:
    counts = store.outbox.counts()
    waiting = store.session.connection().exec_driver_sql("SELECT count(*) FROM inbox WHERE state = 'new'").scalar_one()
    return not waiting and not any(counts.get(state) for state in ("sending", "uncertain")) and not _unsent(store)


def _unsent(store: Store) -> int:
    query = "SELECT count(*) FROM message WHERE state = 'pending' AND kind <> 'push'"
    return int(store.session.connection().exec_driver_sql(query).scalar_one())


def _figures(yard: Yard, kills: int, cold: int, unsound: int, rested: bool) -> list[Figure]:
    copies: Counter[str] = Counter()
    for person in yard.people:
        for message in yard.room.heard(person, "telegram"):
            if found := re.search(r"Tin báo số (\d+)\.", message.text):
                copies[found[1]] += 1

    def read(sql: str) -> list[tuple[object, ...]]:
        with contextlib.closing(sqlite3.connect(yard.folder / "nhacviec.db")) as connection:
            return list(connection.execute(sql))

    held = {
        found[1] for (body,) in read("SELECT body FROM message WHERE state = 'held'") for found in [_number(str(body))] if found
    }
    unseen = [str(n) for n in range(1, yard.notices + 1) if not copies[str(n)] and str(n) not in held]
    raws = Counter(str(raw) for (raw,) in read("SELECT raw FROM answer"))
    inbox = Counter(str(state) for (state,) in read("SELECT state FROM inbox"))
    part = f"kill -9, {kills} kills ({cold} cold starts), {yard.notices} messages, {yard.updates} updates"
    return [
        Figure(part=part, what="came to rest afterwards", reached=str(rested), required="True", ok=rested),
        most(part, "messages nobody saw and nobody was told of", len(unseen), 0),
        most(part, "most copies of one message", max(copies.values(), default=0), 2),
        most(part, "messages seen twice, per cent", round(100 * sum(n > 1 for n in copies.values()) / yard.notices, 1), 15),
        most(part, "updates lost", yard.updates - inbox["done"], 0),
        most(part, "answers lost", sum(raw not in raws for raw in yard.said), 0),
        most(part, "answers kept twice", sum(raws[raw] > 1 for raw in yard.said), 0),
        most(part, "databases found unsound", unsound, 0),
        least(part, "kills", kills, kills),
    ]


def _number(body: str) -> re.Match[str] | None:
    return re.search(r"Tin báo số (\d+)\.", body)


async def _until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.02 if seconds < 100 else 0.3)
    return True


def _gone(pid: int) -> None:
    while _alive(pid):
        time.sleep(0.005)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _zygote() -> None:
    """Import everything once, then fork a bot for every line on standard input."""
    from bot import serve
    from bot.cli import main as _  # noqa: F401
    from handlers import table as _table  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(null, standard)
            try:
                asyncio.run(serve.run(Settings(_env_file=None), lambda text: None))  # type: ignore[call-arg]
            finally:
                os._exit(1)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _zygote()
