"""Backups: consistent while the bot writes, checked, rotated; the way back loses nothing silently and says nothing twice."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import plans
from bot.channels import LIMITS
from bot.chat.messages import ChatRef
from bot.domain.office import Office
from bot.domain.people import Role
from scheduler import reminders
from storage import audit, backup, days, files, gaps, migrate, offices
from storage.backup import Keep, Unsound
from storage.database import PlainDatabase
from storage.journal import Entry, Journal, replay
from storage.lock import AlreadyRunning, sole_process
from storage.outbox import Claimed
from storage.store import Store
from tests.people import local
from tests.storage.conftest import NOW

DATABASE = "nhacviec.db"
HOUR = timedelta(hours=1)
OFFICE = Office(name="UBND quận Gò Vấp", coordinator="Phòng Nội vụ")
CALENDAR = offices.calendar_with(days.shipped_days(), OFFICE, 2026)


def file_of(database: PlainDatabase) -> Path:
    return Path(str(database.engine.url.database))


def value(file: Path, key: str) -> str | None:
    connection = sqlite3.connect(file)
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    connection.close()
    return row[0] if row else None


def test_a_backup_is_the_database_in_one_sound_file(database: PlainDatabase, tmp_path: Path) -> None:
    database.turn(lambda store: store.meta.put("k", "v"))
    done = backup.backup(file_of(database), tmp_path / "backups", NOW)
    assert done.file.name == "nhacviec-20260420T013000Z.db"
    assert value(done.file, "k") == "v"
    assert done.rows == backup.check(done.file)
    assert backup.newest(tmp_path / "backups") == NOW
    assert sorted(file.suffix for file in (tmp_path / "backups").iterdir()) == ["", ".db", ".json"]


def test_backups_of_a_database_being_written_are_all_sound_and_each_a_moment_of_it(
    database: PlainDatabase, url: str, tmp_path: Path
) -> None:
    """Every turn writes the same number in two places; a torn copy would have two different ones."""
    ended = threading.Event()

    def turn(store: Store, number: int) -> None:
        store.meta.put("a", str(number))
        for n in range(20):
            store.meta.put(f"filler {number} {n}", "x" * 300)
        store.meta.put("z", str(number))

    def write() -> None:
        other = PlainDatabase(url, LIMITS)
        for number in itertools.count(1):
            other.turn(lambda store, number=number: turn(store, number))  # type: ignore[misc]
            if ended.is_set():
                break
        other.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = []
        for n in range(15):
            done = backup.backup(file_of(database), tmp_path / "backups", NOW + n * HOUR)
            a, z = value(done.file, "a"), value(done.file, "z")
            assert a == z
            seen.append(int(a or 0))
    finally:
        ended.set()
        writer.join()
    assert seen == sorted(seen) and seen[-1] > seen[0]


def test_a_write_ahead_log_ends_up_in_the_backup_too(database: PlainDatabase, tmp_path: Path) -> None:
    connection = sqlite3.connect(file_of(database), isolation_level=None)
    assert connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
    connection.execute("INSERT INTO meta VALUES ('only in', 'the log')")
    done = backup.backup(file_of(database), tmp_path / "backups", NOW)
    connection.close()
    assert not list((tmp_path / "backups").glob("*-wal"))
    assert value(done.file, "only in") == "the log"


def test_a_damaged_database_makes_no_backup_and_takes_none_away(database: PlainDatabase, tmp_path: Path) -> None:
    database.turn(lambda store: [store.meta.put(f"k{n}", "x" * 400) for n in range(400)])
    good = backup.backup(file_of(database), tmp_path / "backups", NOW)
    database.close()
    file = file_of(database)
    content = bytearray(file.read_bytes())
    middle = content.find(b"x" * 400)
    content[middle - 600 : middle - 300] = b"\xff" * 300
    file.write_bytes(content)
    with pytest.raises((Unsound, sqlite3.DatabaseError)):
        backup.backup(file, tmp_path / "backups", NOW + HOUR)
    assert [path for _, path in backup.taken(tmp_path / "backups")] == [good.file]
    assert not list((tmp_path / "backups").glob("*.part"))


def test_what_a_dead_backup_left_is_swept_away(database: PlainDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "nhacviec-20260101T000000Z.part").write_bytes(b"half")
    backup.backup(file_of(database), folder, NOW)
    assert not list(folder.glob("*.part"))


# rotation


@given(st.lists(st.integers(0, 24 * 800), max_size=300), st.integers(1, 30), st.integers(1, 20), st.integers(1, 15))
def test_rotation_keeps_the_newest_of_each_period_and_no_more(ages: list[int], hourly: int, daily: int, monthly: int) -> None:
    times = [NOW - timedelta(hours=age) for age in ages]
    kept = backup.kept(times, Keep(hourly=hourly, daily=daily, monthly=monthly))
    assert kept <= set(times)
    assert len(kept) <= hourly + daily + monthly
    for count, period in ((hourly, "%Y%m%d%H"), (daily, "%Y%m%d"), (monthly, "%Y%m")):
        for name in sorted({at.strftime(period) for at in times}, reverse=True)[:count]:
            assert max(at for at in times if at.strftime(period) == name) in kept


def test_after_a_year_of_hours_a_day_two_weeks_and_a_year_are_there() -> None:
    times: set[datetime] = set()
    at = datetime(2025, 1, 1, tzinfo=UTC)
    while at < NOW:
        times = backup.kept({*times, at}, Keep())
        at += HOUR
    assert at - HOUR in times
    assert len({t for t in times if t > NOW - timedelta(hours=25)}) >= 24
    assert len({t.date() for t in times if t > NOW - timedelta(days=14)}) == 14
    assert len({(t.year, t.month) for t in times}) == 12
    assert len(times) <= 24 + 14 + 12


# files


def keep(database: PlainDatabase, data: Path, content: bytes) -> str:
    kept = files.keep(data, content, name="báo cáo.pdf", mime="application/pdf")
    database.turn(lambda store: store.files.add(kept, person_id=None, now=NOW))
    return kept.path


def test_files_are_kept_restored_and_let_go_with_the_last_backup_naming_them(database: PlainDatabase, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    path = keep(database, tmp_path, b"%PDF one")
    first = backup.backup(file_of(database), folder, NOW, keep=Keep(hourly=1, daily=1, monthly=1))
    assert (first.files, first.faulty) == (1, ())
    (tmp_path / path).unlink()
    database.close()
    done = backup.restore(first.file, tmp_path, database=file_of(database), now=NOW)
    assert done.missing == ()
    assert hashlib.sha256((tmp_path / path).read_bytes()).hexdigest() == Path(path).name
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM file")
    backup.backup(file_of(database), folder, NOW + HOUR, keep=Keep(hourly=1, daily=1, monthly=1))
    assert not (folder / path).exists()


def test_missing_and_changed_files_are_named(database: PlainDatabase, tmp_path: Path) -> None:
    good, gone, changed = (keep(database, tmp_path, content) for content in (b"a", b"b", b"c"))
    (tmp_path / gone).unlink()
    (tmp_path / changed).write_bytes(b"C")
    done = backup.backup(file_of(database), tmp_path / "backups", NOW)
    assert set(done.faulty) == {gone, changed}
    assert (tmp_path / "backups" / good).read_bytes() == b"a"
    assert set(backup.restore(done.file, tmp_path, database=file_of(database), now=NOW).missing) == {gone, changed}


# the way back


def test_no_restore_while_a_process_runs(database: PlainDatabase, tmp_path: Path) -> None:
    done = backup.backup(file_of(database), tmp_path / "backups", NOW)
    with sole_process(tmp_path), pytest.raises(AlreadyRunning):
        backup.restore(done.file, tmp_path, database=file_of(database), now=NOW)


@pytest.mark.parametrize("fault", ["absent", "cut", "flipped", "foreign", "text", "newer"])
def test_what_is_no_sound_backup_is_refused_and_nothing_is_changed(database: PlainDatabase, tmp_path: Path, fault: str) -> None:
    database.turn(lambda store: [store.meta.put(f"k{n}", "x" * 400) for n in range(400)])
    file = backup.backup(file_of(database), tmp_path / "backups", NOW).file
    content = file.read_bytes()
    match fault:
        case "absent":
            file.unlink()
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "flipped":  # in the middle of a value: SQLite itself would not notice
            at = content.rfind(b"x" * 400) + 200
            file.write_bytes(content[:at] + b"y" + content[at + 1 :])
        case "foreign":
            file.unlink()
            sqlite3.connect(file).execute("CREATE TABLE other (x)").connection.close()
        case "text":
            file.write_text("no database")
        case "newer":
            connection = sqlite3.connect(file)
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
            connection.close()
    before = file_of(database).read_bytes()
    with pytest.raises(Unsound) as refused:
        backup.restore(file, tmp_path, database=file_of(database), now=NOW)
    assert (
        refused.value.fault
        in {
            "absent": {"absent"},
            "cut": {"damaged", "foreign"},
            "flipped": {"altered"},
            "foreign": {"foreign"},
            "text": {"foreign"},
            "newer": {"newer"},
        }[fault]
    )
    assert file_of(database).read_bytes() == before
    assert Journal(tmp_path).read().restores == 0


def test_the_former_database_is_kept_aside_whole(database: PlainDatabase, tmp_path: Path) -> None:
    done = backup.backup(file_of(database), tmp_path / "backups", NOW)
    database.turn(lambda store: store.meta.put("later", "yes"))
    database.close()
    restored = backup.restore(done.file, tmp_path, database=file_of(database), now=NOW + HOUR)
    assert restored.taken_at == NOW and restored.replaced is not None
    assert value(file_of(database), "later") is None
    assert value(restored.replaced / DATABASE, "later") == "yes"


def test_the_journals_of_the_former_database_do_not_spoil_the_restored_one(database: PlainDatabase, tmp_path: Path) -> None:
    done = backup.backup(file_of(database), tmp_path / "backups", NOW)
    database.close()
    stale = [file_of(database).with_name(f"{DATABASE}{end}") for end in ("-journal", "-wal", "-shm")]
    for path in stale:
        path.write_bytes(b"of the former one")
    restored = backup.restore(done.file, tmp_path, database=file_of(database), now=NOW)
    assert not any(path.exists() for path in stale)
    assert restored.replaced is not None
    assert all((restored.replaced / path.name).read_bytes() == b"of the former one" for path in stale)
    assert backup.check(file_of(database)) == done.rows


# the drill: backup, more traffic, restore, start


class Sent(Counter[str]):
    """What the platform saw, by what it said."""


def first_start(store: Store) -> None:
    plan_id, plan = store.plans.add(plans.SEED.read_text(encoding="utf-8"), NOW)
    store.units.sync(plan.units)
    store.rounds.arm(plan_id, plan, 2026, NOW.date())
    for number, unit in enumerate(store.units.all()):
        person = store.people.add(name=f"Người {number}", honorific="", phone="", now=NOW)
        store.people.add_address(person.id, ChatRef(platform="telegram", chat_id=str(number)), str(number), NOW)
        seat = store.people.ask_seat(person_id=person.id, unit_id=unit.id, role=Role.FOCAL, now=NOW)
        store.people.confirm(seat.id, by=None, now=NOW)


def a_day(database: PlainDatabase, journal: Journal, at: datetime, seen: Sent) -> None:
    """What the scheduler and the outbox worker do at a moment, with a line on which everything arrives."""
    database.turn(lambda store: reminders.tick(store, at, OFFICE, CALENDAR))
    database.turn(lambda store: gaps.heard(store, "telegram", at))

    def claim(store: Store) -> Claimed | None:
        return store.outbox.claim(
            at, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset({"telegram"})
        )

    while (claimed := database.turn(claim)) is not None:
        seen.update(part for part in claimed.key.split() if part[0] not in "#>")
        proof = f"{at:%m%d}-{claimed.id}"
        journal.append(Entry(key=claimed.key, on="telegram", id=proof, at=at))
        database.turn(lambda store, claimed=claimed, proof=proof: store.outbox.sent(claimed, proof, at))  # type: ignore[misc]


MOMENTS = [local(2026, 4, 20, 9, 45) + timedelta(days=n) for n in range(11)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The same days without any accident."""
    folder = tmp_path_factory.mktemp("undisturbed")
    database = PlainDatabase(f"sqlite:///{folder / DATABASE}", LIMITS)
    migrate.upgrade(database.engine)
    database.turn(first_start)
    journal, seen = Journal(folder), Sent()
    for at in MOMENTS:
        a_day(database, journal, at, seen)
    database.close()
    assert len(seen) > 80 and set(seen.values()) == {1}
    return seen


@pytest.mark.parametrize("lost_days", [0, 6])
def test_a_restore_never_says_again_what_the_journal_has_and_says_what_it_has_not(
    database: PlainDatabase, tmp_path: Path, undisturbed: Sent, lost_days: int
) -> None:
    database.turn(first_start)
    journal, seen = Journal(tmp_path), Sent()
    for at in MOMENTS[:5]:
        a_day(database, journal, at, seen)
    done = backup.backup(file_of(database), tmp_path / "backups", MOMENTS[4] + HOUR)
    for at in MOMENTS[5 : 5 + lost_days]:
        a_day(database, journal, at, seen)
    said_once = Sent(seen)
    database.close()
    restored_at = MOMENTS[4 + lost_days] + 3 * HOUR
    backup.restore(done.file, tmp_path, database=file_of(database), now=restored_at)

    learnt = database.turn(lambda store: replay(store, journal.read()))
    assert learnt.restored
    assert learnt.remembered + learnt.settled == len({e.key for e in journal.read().entries if e.at > MOMENTS[4]})
    assert database.turn(gaps.gap) == MOMENTS[4]
    for at in MOMENTS[4 + lost_days :]:
        a_day(database, journal, at + 4 * HOUR, seen)
    assert all(seen[key] == 1 for key in said_once), "what the journal has was said again"

    assert set(seen) == set(undisturbed), "something was lost"


def test_after_a_restore_the_audit_log_still_verifies(database: PlainDatabase, tmp_path: Path) -> None:
    database.turn(first_start)
    done = backup.backup(file_of(database), tmp_path / "backups", NOW)
    database.turn(lambda store: store.rounds.close(1, NOW))
    audit.note_head(tmp_path, database.turn(lambda store: store.audit.head()), NOW)
    database.close()
    backup.restore(done.file, tmp_path, database=file_of(database), now=NOW)
    assert database.turn(lambda store: audit.verify(store.audit, tmp_path)).sound
    database.turn(lambda store: store.rounds.close(1, NOW))
    assert database.turn(lambda store: audit.verify(store.audit, tmp_path)).sound
