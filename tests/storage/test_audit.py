"""The audit log: written with the act, refused every change, and what is changed all the same is found."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.channels import LIMITS
from bot.domain.people import Role
from storage import audit, migrate
from storage.audit import Verdict
from storage.database import PlainDatabase
from storage.store import Store
from tests.storage.conftest import NOW


@pytest.fixture
def chain(database: PlainDatabase, tmp_path: Path) -> Path:
    """Ten links and the head of the tenth noted outside; the database's file."""
    for number in range(10):
        database.turn(lambda store, number=number: _note(store, number))  # type: ignore[misc]
    head = database.turn(lambda store: store.audit.head())
    audit.note_head(tmp_path, head, NOW)
    return tmp_path / "nhacviec.db"


def _note(store: Store, number: int) -> None:
    store.audit.acting(number, NOW)
    store.audit.note("looked", f"unit:{number}", {"round": 1})


def _verify(database: PlainDatabase, data: Path) -> Verdict:
    return database.turn(lambda store: audit.verify(store.audit, data))


def _tamper(file: Path, *statements: str) -> None:
    """As somebody with the file would: the triggers are taken off first."""
    connection = sqlite3.connect(file)
    connection.execute("DROP TRIGGER IF EXISTS audit_keeps_its_rows")
    connection.execute("DROP TRIGGER IF EXISTS audit_keeps_its_words")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_untouched_chain_is_sound(database: PlainDatabase, chain: Path, tmp_path: Path) -> None:
    verdict = _verify(database, tmp_path)
    assert verdict.sound and verdict.head.number == 10


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x' WHERE number = 3", "DELETE FROM audit WHERE number = 3"])
def test_the_database_itself_refuses_to_change_or_take_out_a_row(chain: Path, statement: str) -> None:
    connection = sqlite3.connect(chain)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "details", "hash"])
def test_one_changed_cell_is_found(database: PlainDatabase, chain: Path, tmp_path: Path, column: str) -> None:
    value = "'2020-01-01 00:00:00.000000'" if column == "at" else f"{column} || '0'"
    _tamper(chain, f"UPDATE audit SET {column} = {value} WHERE number = 4")
    verdict = _verify(database, tmp_path)
    assert (verdict.broken, verdict.fault) == (4, "changed")


def test_a_row_taken_out_is_found(database: PlainDatabase, chain: Path, tmp_path: Path) -> None:
    _tamper(chain, "DELETE FROM audit WHERE number = 7")
    verdict = _verify(database, tmp_path)
    assert (verdict.broken, verdict.fault) == (7, "missing")


def test_a_cut_end_is_found_by_the_head_noted_outside(database: PlainDatabase, chain: Path, tmp_path: Path) -> None:
    _tamper(chain, "DELETE FROM audit WHERE number > 8")
    assert database.turn(lambda store: store.audit.check()).sound
    verdict = _verify(database, tmp_path)
    assert (verdict.broken, verdict.fault) == (10, "cut")


def test_a_chain_written_anew_is_found_by_the_head_noted_outside(database: PlainDatabase, chain: Path, tmp_path: Path) -> None:
    _tamper(chain, "DELETE FROM audit")
    for number in range(10, 20):
        database.turn(lambda store, number=number: _note(store, number))  # type: ignore[misc]
    assert database.turn(lambda store: store.audit.check()).sound
    verdict = _verify(database, tmp_path)
    assert (verdict.broken, verdict.fault) == (10, "rewritten")


def test_after_a_restore_the_chain_goes_on_from_the_backup(database: PlainDatabase, chain: Path, tmp_path: Path) -> None:
    eighth = database.turn(lambda store: store.audit.hashes({8}))[8]
    _tamper(chain, "DELETE FROM audit WHERE number > 8")
    audit.note_head(tmp_path, audit.Head(number=8, hash=eighth), NOW, restored=True)
    for number in range(3):
        database.turn(lambda store, number=number: _note(store, number))  # type: ignore[misc]
    assert _verify(database, tmp_path).sound
    _tamper(chain, "DELETE FROM audit WHERE number > 7")
    assert _verify(database, tmp_path).fault == "cut"


def test_a_torn_head_is_no_head(database: PlainDatabase, chain: Path, tmp_path: Path) -> None:
    with (tmp_path / audit.HEADS).open("a") as heads:
        heads.write("2026-04-21T00:00:00+00:00 head 11 00ab")
    assert _verify(database, tmp_path).sound
    audit.note_head(tmp_path, database.turn(lambda store: store.audit.head()), NOW)
    assert _verify(database, tmp_path).sound
    assert len(audit.read_heads(tmp_path / audit.HEADS)) == 1


def test_an_act_that_is_undone_leaves_no_link(database: PlainDatabase) -> None:
    def turn(store: Store) -> None:
        store.invites.create(unit_id=99, role=Role.FOCAL, by=None, now=NOW)

    with pytest.raises(IntegrityError):
        database.turn(turn)
    assert database.turn(lambda store: store.audit.head()).number == 0


def test_what_counts_leaves_a_link_with_the_person_who_did_it(database: PlainDatabase) -> None:
    from bot import plans

    def turn(store: Store) -> None:
        plan_id, plan = store.plans.add(plans.SEED.read_text(encoding="utf-8"), NOW)
        store.units.sync(plan.units)
        (first, *_) = store.rounds.arm(plan_id, plan, 2026, NOW.date())
        unit = store.units.all()[0]
        lan = store.people.add(name="Lan", honorific="chị", phone="0903123456", now=NOW)
        store.audit.acting(lan.id, NOW)
        code = store.invites.create(unit_id=unit.id, role=Role.FOCAL, by=None, now=NOW)
        invite = store.invites.find(code, NOW)
        assert invite is not None
        store.invites.use(invite.id, person_id=lan.id, now=NOW)
        seat = store.people.ask_seat(person_id=lan.id, unit_id=unit.id, role=Role.FOCAL, now=NOW)
        store.people.confirm(seat.id, by=lan.id, now=NOW)
        store.answers.send(round_id=first.id, unit_id=unit.id, person_id=lan.id, now=NOW)
        store.difficulties.raise_(unit_id=unit.id, person_id=lan.id, text="Mất điện", now=NOW)
        store.people.end(seat.id, reason="moved", now=NOW)
        store.rounds.close(first.id, NOW)

    database.turn(turn)
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT actor, action, details FROM audit ORDER BY number").all()
    acts = [row[1] for row in rows]
    assert acts[:2] == ["plan loaded", "round armed"]
    assert acts[-7:] == [
        "invite created",
        "invite used",
        "seat confirmed",
        "report sent",
        "difficulty raised",
        "seat ended",
        "round closed",
    ]
    assert {row[0] for row in rows[-7:]} == {"person:1"} and rows[0][0] == "cli"
    assert not any(word in str(rows) for word in ("Lan", "0903123456", "Mất điện"))


def test_a_migrated_database_is_guarded(url: str) -> None:
    database = PlainDatabase(url, LIMITS)
    migrate.upgrade(database.engine)
    with database.engine.connect() as connection:
        guards = connection.exec_driver_sql("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    database.close()
    assert guards == ["audit", "audit"]
