"""People who left long ago are erased by themselves, in the database and in every copy we keep of it, journals included."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels import LIMITS
from bot.chat.messages import ChatRef
from bot.domain.people import Role
from bot.domain.plan import PlannedUnit
from scheduler.erasing import Erasing
from storage import erasing, migrate, oldcopies, tombstones
from storage.clearing import Retention
from storage.database import Database, PlainDatabase
from storage.store import Store

NOW = datetime(2026, 4, 20, 1, 30, tzinfo=UTC)
NAME = "Trần Thị Lan"


def made(folder: Path, *, left: timedelta) -> str:
    """A database in which chị Lan's only seat ended so long ago."""
    url = f"sqlite:///{folder / 'nhacviec.db'}"
    plain = PlainDatabase(url, LIMITS)
    migrate.upgrade(plain.engine)

    def work(store: Store) -> None:
        store.units.sync(
            (PlannedUnit(code="P5", name="UBND Phường 5", short="Phường 5", group="ward", questions="ward", source=""),)
        )
        (unit,) = store.units.all()
        person = store.people.add(name=NAME, honorific="chị", phone="0903123456", now=NOW - 2 * left)
        store.people.add_address(person.id, ChatRef(platform="telegram", chat_id="7"), "7", NOW - 2 * left)
        seat = store.people.ask_seat(person_id=person.id, unit_id=unit.id, role=Role.FOCAL, now=NOW - 2 * left)
        store.people.end(seat.id, reason="left", now=NOW - left)

    plain.turn(work)
    plain.close()
    return url


def holding(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and NAME.encode() in file.read_bytes())


async def test_who_left_long_ago_is_erased_without_being_asked(tmp_path: Path) -> None:
    database = Database(made(tmp_path, left=timedelta(days=401)), LIMITS)
    assert holding(tmp_path) == ["nhacviec.db"]
    await Erasing(database, tmp_path, lambda: NOW, Retention(people=402)).tick()
    assert holding(tmp_path) == ["nhacviec.db"], "not yet"
    await Erasing(database, tmp_path, lambda: NOW, Retention(people=0)).tick()
    assert holding(tmp_path) == ["nhacviec.db"], "not by themselves, if the office says so"
    work = Erasing(database, tmp_path, lambda: NOW, Retention(people=400))
    await work.tick()
    await work.tick()
    assert holding(tmp_path) == []
    assert len(tombstones.read(tmp_path)) == 1
    assert await database.turn(lambda store: store.audit.check().sound)
    await database.close()


def test_what_a_restore_set_aside_is_erased_with_the_journal_beside_it(tmp_path: Path) -> None:
    plain = PlainDatabase(made(tmp_path, left=timedelta(days=500)), LIMITS)
    mark = plain.turn(lambda store: erasing.mark(store, 1))
    plain.close()
    file = tmp_path / "nhacviec.db"
    aside = tmp_path / "replaced" / "20260420T013000Z"
    aside.mkdir(parents=True)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("UPDATE person SET name = name || ' ' || name")  # only the write-ahead log knows
    for end in ("", "-wal", "-shm"):
        shutil.copy(f"{file}{end}", aside / f"nhacviec.db{end}")
    connection.close()
    file.unlink()
    assert NAME.encode() in (aside / "nhacviec.db-wal").read_bytes()

    assert oldcopies.erase(tmp_path, (mark,), NOW) == 1
    assert holding(tmp_path) == []
    assert [path.name for path in aside.iterdir() if path.name != "lock"] == ["nhacviec.db"]
