"""The disk refuses at every n-th write in turn: a transaction is whole or absent, the sender is told, the bot recovers."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from bot import plans
from bot.channels import LIMITS
from bot.chat.messages import ChatRef, Choice, Outgoing
from bot.domain.answers import Reading, Status
from bot.domain.people import Role
from handlers import intake
from scheduler import delivery
from storage import backup
from storage.database import CannotStore, Database, PlainDatabase
from storage.dialogs import Dialog
from storage.store import Store
from tests.people import local, town
from tests.storage.conftest import NOW

LAN = ChatRef(platform="telegram", chat_id="1001")
MOST, EACH = 300, int(os.environ.get("NHACVIEC_EACH_WRITE", "0"))
POINTS = (*range(1, EACH + 1), *range(EACH + 1, MOST + 1, 29))
"""Every write as far as is asked for from outside (an answer makes 15; all 300 take minutes), then every so many."""
WRITES = ("INSERT", "UPDATE", "DELETE")


class Disk:
    """Makes SQLite itself refuse: full (no page more than it has), or read-only, from the n-th write on until mended."""

    def __init__(self, engine: Engine) -> None:
        self.full_at: int | None = None
        self.read_only_from = ""
        self.writes = 0
        self._mend = ""
        event.listen(engine, "before_cursor_execute", self._look)

    def fill_at(self, write: int) -> None:
        self.writes, self.full_at = 0, write

    def mend(self) -> None:
        self.full_at, self.read_only_from = None, ""
        self._mend = "yes"

    def _look(self, connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if self._mend:
            cursor.execute("PRAGMA max_page_count=1073741823")
            cursor.execute("PRAGMA query_only=OFF")
            self._mend = ""
        if not statement.startswith(WRITES):
            return
        self.writes += 1
        if self.full_at is not None and self.writes >= self.full_at:
            cursor.execute("PRAGMA max_page_count=1")  # SQLite makes that: as many as there are
        if self.read_only_from and statement.startswith(self.read_only_from):
            cursor.execute("PRAGMA query_only=ON")


def one_answer(store: Store, number: int) -> None:
    """All an answered question writes, with texts long enough to need pages of their own."""
    store.audit.acting(1, NOW)
    store.inbox.add("telegram", [(str(number), "1001", {"text": "x" * 3000})], NOW)
    waiting = store.inbox.waiting(NOW)
    assert waiting is not None
    reading = Reading(status=Status.GIVEN, value="y" * 2500)
    store.answers.add(round_id=1, unit_id=1, question=f"Q{number}", raw="x" * 2500, reading=reading, person_id=1, now=NOW)
    store.dialogs.put(LAN, Dialog(name="report", data={"at": number, "said": "z" * 1500}), NOW)
    choices = tuple((Choice(label=f"Lựa chọn {n}", action=("answer", "1", str(n))),) for n in range(5))
    store.outbox.add(LAN, Outgoing(text="câu tiếp theo " * 90, choices=choices), now=NOW, person_id=1, key=f"reply/{number}")
    store.audit.note("answered", f"unit:{number}")
    store.inbox.done(waiting)


def traces(file: Path) -> dict[str, set[str]]:
    """Which numbers left which trace, read on another connection."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return {
            what: {row[0] for row in connection.execute(query)}
            for what, query in {
                "inbox": "SELECT key FROM inbox WHERE state = 'done'",
                "kept": "SELECT key FROM inbox",
                "answer": "SELECT substr(question, 2) FROM answer",
                "message": "SELECT substr(key, 7) FROM message",
                "buttons": "SELECT substr(m.key, 7) FROM button b JOIN message m ON m.id = b.message_id GROUP BY m.key"
                " HAVING count(*) = 5",
                "audit": "SELECT substr(subject, 6) FROM audit WHERE action = 'answered'",
            }.items()
        }


@pytest.fixture
def prepared(database: PlainDatabase) -> PlainDatabase:
    def turn(store: Store) -> None:
        plan_id, plan = store.plans.add(plans.SEED.read_text(encoding="utf-8"), NOW)
        store.units.sync(plan.units)
        store.rounds.arm(plan_id, plan, 2026, NOW.date())
        store.people.add(name="Lan", honorific="chị", phone="", now=NOW)

    database.turn(turn)
    return database


async def test_full_at_every_write_leaves_each_turn_whole_or_absent(prepared: PlainDatabase, url: str, tmp_path: Path) -> None:
    database, file = Database(url, LIMITS), tmp_path / "nhacviec.db"
    disk = Disk(database.engine)
    kept: set[str] = set()
    refused: Counter[str] = Counter()
    number = 0
    for write in POINTS:
        disk.fill_at(write)
        while True:
            number += 1
            try:
                await database.turn(lambda store: one_answer(store, number))
            except CannotStore as error:
                refused[str(error)] += 1
                break
            kept.add(str(number))
        assert str(number) not in (found := traces(file))["kept"]
        assert await database.turn(lambda store: store.inbox.last_key("telegram")) == (str(number - 1) if number > 1 else None)
        disk.mend()
        await database.turn(lambda store: one_answer(store, number))
        kept.add(str(number))
        found = traces(file)
        assert all(each == kept for each in found.values()), {what: each ^ kept for what, each in found.items()}
    assert backup.check(file)
    assert await database.turn(lambda store: store.audit.check().sound)
    await database.close()
    assert set(refused) == {"SQLITE_FULL"} and refused.total() == len(POINTS) < number


@pytest.mark.parametrize("fault", ["SQLITE_READONLY", "SQLITE_BUSY"])
async def test_other_refusals_undo_the_turn_too(prepared: PlainDatabase, url: str, tmp_path: Path, fault: str) -> None:
    database, file = Database(url, LIMITS), tmp_path / "nhacviec.db"
    disk = Disk(database.engine)
    await database.turn(lambda store: store.session.execute(text("PRAGMA busy_timeout=20")))
    other = sqlite3.connect(file, isolation_level=None)
    if fault == "SQLITE_BUSY":
        other.execute("BEGIN EXCLUSIVE")
    else:
        disk.read_only_from = "INSERT INTO message"
    with pytest.raises(CannotStore, match=fault):
        await database.turn(lambda store: one_answer(store, 1))
    if fault == "SQLITE_BUSY":
        other.execute("ROLLBACK")
    other.close()
    disk.mend()
    assert not any(traces(file).values())
    await database.turn(lambda store: one_answer(store, 1))
    assert all(each == {"1"} for each in traces(file).values())
    await database.close()


async def test_our_own_defects_are_not_blamed_on_the_disk(prepared: PlainDatabase, url: str) -> None:
    database = Database(url, LIMITS)
    with pytest.raises(Exception, match="UNIQUE") as caught:
        await database.turn(lambda store: [store.outbox.add(LAN, Outgoing(text="a"), now=NOW, key="k") for _ in range(2)])
    assert not isinstance(caught.value, CannotStore)
    await database.close()


# the whole bot

NOT_SAVED = "chưa lưu được tin vừa rồi"


@pytest.fixture
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rests between tries are real seconds; nobody here gains from waiting."""
    monkeypatch.setattr(intake, "REST", 0.02)
    monkeypatch.setattr(delivery, "REST", 0.02)


async def until(true: Any, seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("brisk")
@pytest.mark.parametrize("refuses", ["INSERT INTO inbox", "INSERT INTO answer", "INSERT INTO message", "UPDATE", "INSERT"])
@pytest.mark.parametrize("platform", ["telegram", "zalo"])
async def test_the_sender_is_told_once_and_the_answer_counts_once_when_there_is_room_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, platform: str, refuses: str
) -> None:
    async with town(tmp_path, local(2026, 4, 20, 9, 0)) as place:
        await place.settler("Trần Thị Hoa", "NV", role=Role.COORDINATOR)
        lan = await place.settler("Nguyễn Thị Lan", "P5", platform)  # type: ignore[arg-type]
        await lan.says("làm báo cáo")
        await lan.chooses("Đã có")
        await lan.chooses("Bỏ qua")
        await place.app.keeping.stop()
        disk = Disk(place.app.database.engine)
        disk.read_only_from = refuses
        lan.forget()
        place.room.say(lan.person, lan.platform, "21")
        await until(lambda: NOT_SAVED in lan.screen)
        await asyncio.sleep(0.3)  # many tries later
        assert lan.screen.count(NOT_SAVED) == 1
        assert "✓ Câu 2" not in lan.screen
        assert "cannot store" in caplog.text and "21" not in [record.getMessage() for record in caplog.records]

        disk.mend()
        place.clock.move_to(place.clock.now() + intake.DISK_WAIT * 2)
        await place.settle()
        assert lan.screen.count("✓ Câu 2") == 1 and "21 lượt" in lan.screen and "Câu 3/10" in lan.screen
        assert await lan.says("12/14") and "✓ Câu 3" in lan.screen, "the conversation goes on where it was"
        assert len(await place.ask(lambda store: store.answers.begun(1))) == 1


@pytest.mark.usefixtures("brisk")
async def test_a_delivery_that_could_not_be_written_down_is_not_repeated(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 20, 9, 0)) as place:
        lan = place.actor("Lan")
        await lan.says("xin chào")
        disk = Disk(place.app.database.engine)
        before = len(lan.heard)
        place.room.say(lan.person, "telegram", "có ai không")

        def delivered() -> bool:
            if len(lan.heard) > before:
                disk.read_only_from = "UPDATE message"
            return bool(disk.read_only_from)

        await until(delivered)
        await asyncio.sleep(0.2)
        disk.mend()
        await place.settle()
        place.clock.move_to(place.clock.now() + delivery.REPEAT_AFTER * 4)
        await place.settle()
        assert len(lan.heard) == before + 1
        assert set(await place.ask(lambda store: store.outbox.counts())) == {"sent"}
