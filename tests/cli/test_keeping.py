"""`backup`, `restore`, `audit`, `queue`: what keeps data, from the command line as the person at the machine types it."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.channels import LIMITS
from bot.chat.messages import ChatRef, Outgoing
from storage.database import PlainDatabase
from storage.lock import sole_process
from storage.store import Store
from storage.tables import InboxRow, MessageRow
from tests.cli.conftest import Cli

DATA = Path("data")
FILE = DATA / "nhacviec.db"
REPOSITORY = Path(__file__).parents[2]


def test_what_is_written_is_for_its_owner_alone(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "backup"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    written = [DATA, FILE, *DATA.glob("backups/*")]
    assert len(written) > 4
    assert {path.stat().st_mode & 0o077 for path in written} == {0}


def years(cli: Cli) -> set[str]:
    return {row["day"] for row in cli("days", "list", "--json").json}


def test_what_was_backed_up_comes_back_and_what_it_replaces_is_kept(cli: Cli) -> None:
    cli("days", "off", "02/12/2030", "nghỉ bù")
    done = cli("backup", "--json").json
    assert Path(done["file"]).is_file() and done["rows"]["unit"] == 28 and done["faulty"] == []
    cli("days", "off", "03/12/2030", "sau lúc sao lưu")
    assert {"2030-12-02", "2030-12-03"} <= years(cli)

    ran = cli("restore", done["file"])
    assert ran.code == 0
    assert ran.out.startswith(f"Đã khôi phục từ {done['file']}. Cơ sở dữ liệu cũ nằm ở data/replaced/")
    assert "2030-12-03" not in years(cli) and "2030-12-02" in years(cli)
    (former,) = DATA.glob("replaced/*/nhacviec.db")
    with contextlib.closing(sqlite3.connect(former)) as kept:
        assert kept.execute("SELECT count(*) FROM special_day WHERE on_day = '2030-12-03'").fetchone() == (1,)
    assert cli("audit", "verify").out.startswith("Nhật ký kiểm toán nguyên vẹn: ")


def test_nothing_is_restored_while_the_bot_runs(cli: Cli) -> None:
    file = cli("backup", "--json").json["file"]
    before = FILE.read_bytes()
    with sole_process(DATA):
        ran = cli("restore", file)
    assert ran.code == 2 and len(ran.err.splitlines()) == 1
    assert FILE.read_bytes() == before
    assert not (DATA / "replaced").exists()


@pytest.mark.parametrize(("content", "why"), [(None, "không có tệp này"), (b"hello", "không phải cơ sở dữ liệu")])
def test_what_is_no_backup_is_refused_in_one_sentence(cli: Cli, content: bytes | None, why: str) -> None:
    cli("days", "list")
    before = FILE.read_bytes()
    if content is not None:
        Path("x.db").write_bytes(content)
    ran = cli("restore", "x.db")
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err and "Dữ liệu hiện có không bị thay đổi" in ran.err
    assert FILE.read_bytes() == before


def test_a_changed_audit_log_is_found(cli: Cli) -> None:
    cli("days", "list")
    with contextlib.closing(sqlite3.connect(FILE)) as connection, connection:
        for trigger in ("audit_keeps_its_words", "audit_keeps_its_rows"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE audit SET actor = 'person:99' WHERE number = 2")
    ran = cli("audit", "verify")
    assert ran.code == 1
    assert ran.err.startswith("Nhật ký kiểm toán không còn nguyên vẹn. Dòng 2 bị sửa.")
    assert cli("audit", "verify", "--json").json["broken"] == 2


def test_who_did_what_can_be_listed(cli: Cli) -> None:
    cli("days", "list")
    rows = cli("audit", "list", "--json").json
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert cli("audit", "list", "--json", "--who", "person:7").json == []
    assert {row["actor"] for row in cli("audit", "list", "--json", "--who", "program").json} == {"program"}
    subject = rows[0]["subject"]
    about = cli("audit", "list", "--json", "--about", subject).json
    assert {row["subject"] for row in about} == {subject}
    assert cli("audit", "list", "--json", "--since", "01/01/2090").json == []
    assert str(len(rows)) in cli("audit", "list").out


def change(work) -> object:  # type: ignore[no-untyped-def]
    database = PlainDatabase(f"sqlite:///{FILE}", LIMITS)
    try:
        return database.turn(work)
    finally:
        database.close()


NOW = datetime.now(UTC)


def dead_update(store: Store) -> int:
    store.inbox.add("telegram", [("7", "9", {"said": "nothing anybody should read"})], NOW)
    (row,) = store.session.scalars(select(InboxRow))
    store.inbox.attempt(row.id or 0)
    store.inbox.failed(row.id or 0, "KeyError", NOW, hopeless=True)
    return row.id or 0


def held_message(store: Store, *, kind: str = "notice", at: datetime = NOW) -> int:
    chat = ChatRef(platform="zalo", chat_id="9")
    id_ = store.outbox.add(chat, Outgoing(text="nothing anybody should read"), now=at, kind=kind)  # type: ignore[arg-type]
    claimed = store.outbox.claim(
        at, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset({"telegram", "zalo"})
    )
    assert claimed is not None
    store.outbox.held(claimed, "no answer twice", at)
    return id_


def test_what_waits_for_a_human_is_listed_without_anybodys_words_and_can_go_on(cli: Cli) -> None:
    assert cli("queue", "list").out == "Không có tin nào chờ người quyết định.\n"
    update, message = change(dead_update), change(held_message)
    shown = cli("queue", "list")
    assert "KeyError" in shown.out and "giữ lại, chưa rõ đã tới" in shown.out
    assert "nothing anybody" not in shown.out + cli("queue", "list", "--json").out

    assert cli("queue", "handle", str(update)).out == f"Tin {update} sẽ được xử lý lại khi bot chạy.\n"
    assert cli("queue", "send", str(message)).out == f"Tin {message} sẽ được gửi lại khi bot chạy.\n"
    assert cli("queue", "list").out == "Không có tin nào chờ người quyết định.\n"
    assert change(lambda store: store.inbox.waiting(datetime.now(UTC))) == update
    assert change(lambda store: store.session.get(MessageRow, message).state) == "uncertain", "the repeat is marked"
    again = cli("queue", "handle", str(update))
    assert (again.code, again.out) == (2, "") and "không chờ ai quyết định" in again.err


@pytest.mark.parametrize(
    ("number", "why"), [("99", "không có tin nào mang mã số này"), ("x", "MÃ_SỐ"), ("old", "tin nhắc này đã qua ngày")]
)
def test_what_cannot_go_on_stays_as_it_is(cli: Cli, number: str, why: str) -> None:
    cli("queue", "list")
    if number == "old":
        number = str(change(lambda store: held_message(store, kind="push", at=NOW - timedelta(days=2))))
    ran = cli("queue", "send", number)
    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err
