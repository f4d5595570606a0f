"""Part 2: kill -9 of the real process in the middle of bursts, against the sandbox in this process, over real sockets.

`python -m bot run` starts cold a few times; the other times it is forked by a nursery that has everything imported.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import sqlite3
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
from tests.reliability.figures import Figure, equal, most
from tests.reliability.nursery import Nursery, tend
from tests.reliability.town import Size

TOKEN = "700000001:AAkillNineToken"
ZALO = "1459232241454765289:killNineZalo"
OFFICERS = 24  # many chats, or their pace would be what the run waits for
NOTICES = 17  # a kill
ANSWERS = 6  # a kill, two updates each
COLD = 4
REPEAT_AFTER = timedelta(seconds=4)  # soon enough for a repeat to be killed, too
SEED = 9


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

    @property
    def settings(self) -> Settings:
        return Settings(_env_file=None, data_dir=self.folder)  # type: ignore[call-arg]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{self.port}",
            "ZALO_BOT_TOKEN": "",
            "HTTP_PORT": "0",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": "",
            "HEARTBEAT_URL": "",
            "LOG_LEVEL": "ERROR",
        }

    def open(self) -> PlainDatabase:
        return PlainDatabase(self.settings.database, LIMITS)

    def ask(self, work: Callable[[Store], object]) -> object:
        database = self.open()
        try:
            return database.turn(work)
        finally:
            database.close()

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
        for _ in range(ANSWERS):
            person = self.people[self.tokens % len(self.people)]
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
            unsound = mute = 0
            cold = min(COLD, max(1, kills // 15))
            with Nursery(__name__, yard.environment, yard.folder) as nursery:
                for number in range(kills):
                    yard.burst()
                    before = len(yard.room.calls)
                    bot = await asyncio.to_thread(nursery.start, "cold" if number < cold else "")
                    mute += not await _until(lambda before=before: len(yard.room.calls) > before, 60)  # type: ignore[misc]
                    # From its first request on it is in the midst of things: kill it anywhere in the next moments.
                    await asyncio.sleep(yard.dice.uniform(0.0, 1.2))
                    await asyncio.to_thread(nursery.kill, bot)
                    unsound += not yard.sound()
                    if (number + 1) % 10 == 0:
                        say(f"{number + 1} of {kills} kills")
                await asyncio.to_thread(nursery.start)
                rested = await _until(lambda: bool(yard.ask(_at_rest)), 120 + yard.notices / 5)
            return _figures(yard, kills, cold, unsound, mute, rested)


@contextlib.asynccontextmanager
async def _yard(folder: Path) -> AsyncIterator[Yard]:
    room = Room(lambda: datetime.now(UTC), bot_username="nhacviec_bot")
    ports: asyncio.Queue[int] = asyncio.Queue()
    api = make_app(room, None, telegram_token=TOKEN, zalo_token=ZALO)
    server = asyncio.create_task(serve(api, "127.0.0.1", 0, on_ready=ports.put_nowait))
    yard = Yard(folder=folder, port=await ports.get(), room=room, dice=random.Random(SEED))
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


def _figures(yard: Yard, kills: int, cold: int, unsound: int, mute: int, rested: bool) -> list[Figure]:
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
    aside = [str(raw) for (raw,) in read("SELECT raw FROM inbox WHERE state = 'dead'")]
    told = sum("chưa xử lý được tin vừa rồi" in m.text for person in yard.people for m in yard.room.heard(person, "telegram"))
    lost = [raw for raw in yard.said if raw not in raws and not any(f'"{raw}"' in update for update in aside)]
    part = f"kill -9, {kills} kills ({cold} cold starts), {yard.notices} messages, {yard.updates} updates, seed {SEED}"
    return [
        equal(part, "came to rest afterwards", rested, True),
        most(part, "messages nobody saw and nobody was told of", len(unseen), 0),
        most(part, "most copies of one message", max(copies.values(), default=0), 2),
        most(part, "messages seen twice, per cent", round(100 * sum(n > 1 for n in copies.values()) / yard.notices, 1), 15),
        most(part, "updates lost", yard.updates - inbox["done"] - len(aside), 0),
        most(part, "answers lost", len(lost), 0),
        # Whatever an update was killed under four times running might be what kills: it is set aside, and its sender told.
        most(part, "updates set aside, per cent", round(100 * len(aside) / yard.updates, 1), 1),
        most(part, "updates set aside without a word to their sender", max(len(aside) - told, 0), 0),
        most(part, "answers kept twice", sum(raws[raw] > 1 for raw in yard.said), 0),
        most(part, "databases found unsound", unsound, 0),
        most(part, "starts without a request within a minute", mute, 0),
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


def _live(args: list[str]) -> None:
    """The life of one bot: as somebody starts it, or with everything imported already."""
    if args == ["cold"]:
        os.execv(sys.executable, [sys.executable, "-m", "bot", "run"])
    asyncio.run(serve_bot.run(Settings(_env_file=None), lambda text: None))  # type: ignore[call-arg]


if __name__ == "__main__":
    from bot import serve as serve_bot
    from bot.cli import main as _  # noqa: F401
    from handlers import table as _table  # noqa: F401
    from scheduler import delivery

    delivery.REPEAT_AFTER = REPEAT_AFTER
    tend(_live)
