"""`doctor`: finds what is wrong, touches nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

TOKEN = "123456789:AAHcanaryTelegramTokenThatMustNeverBeSeen"


def states(cli: Cli) -> dict[str, tuple[str, str]]:
    return {each["check"]: (each["state"], each["message"]) for each in cli("doctor", "--json").json}


def test_an_empty_folder_stays_empty_and_is_no_fault(cli: Cli, tmp_path: Path) -> None:
    ran = cli("doctor")
    assert ran.code == 0
    assert "chưa có, sẽ được tạo khi chạy lần đầu" in ran.out and "✗" not in ran.out
    assert list(tmp_path.iterdir()) == []


def test_a_fresh_installation_lacks_only_people(cli: Cli) -> None:
    assert cli("units", "list").code == 0
    found = states(cli)
    faults = {check for check, (state, _) in found.items() if state == "fault"}
    assert faults == set()
    assert found["database"] == ("ok", "mở được, đúng phiên bản")
    assert found["integrity"][0] == "ok"
    assert found["plan"][0] == "ok"
    assert found["units"][0] == found["coordinators"][0] == "warning"
    assert "28/28 đơn vị chưa có đầu mối" in found["units"][1]
    machine = {"python", "sqlite", "settings", "dot_env", "data_dir", "clock", "process"}
    assert set(found) > machine | {"days", "outbox", "inbox", "channels"}


def test_the_journal_mode_is_explained(cli: Cli) -> None:
    message = states(cli)["sqlite"][1]
    assert message.startswith(sqlite3.sqlite_version)
    assert "DELETE" in message or "WAL" in message


def test_broken_references_are_a_fault(cli: Cli, tmp_path: Path) -> None:
    assert cli("units", "list").code == 0
    with sqlite3.connect(tmp_path / "data" / "nhacviec.db") as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("UPDATE round SET plan_id = 99999")
    database.close()
    ran = cli("doctor")
    assert ran.code == 1
    assert "✗ Toàn vẹn: tham chiếu gãy: round → plan" in ran.out


def test_a_file_that_is_no_database_is_a_fault(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nhacviec.db").write_bytes(b"x" * 5000)
    ran = cli("doctor")
    assert ran.code == 1 and "✗ Cơ sở dữ liệu: Không mở được cơ sở dữ liệu (tệp không phải cơ sở dữ liệu SQLite)" in ran.out


def test_a_newer_schema_is_a_fault(cli: Cli, tmp_path: Path) -> None:
    assert cli("units", "list").code == 0
    with sqlite3.connect(tmp_path / "data" / "nhacviec.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    ran = cli("doctor")
    assert ran.code == 1 and "phiên bản Nhắc Việc mới hơn" in ran.out


def test_a_wrong_setting_is_a_fault_and_the_machine_is_still_looked_at(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIME_ZONE", "Mars")
    ran = cli("doctor")
    assert ran.code == 1
    assert "✗ Cài đặt: Cài đặt TIME_ZONE = “Mars” chưa đúng" in ran.out and "✓ Python" in ran.out


def test_a_secrets_file_others_can_read_is_a_warning(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OFFICE_CONTACT=x\n")
    (tmp_path / ".env").chmod(0o640)
    assert states(cli)["dot_env"][0] == "warning"
    (tmp_path / ".env").chmod(0o600)
    assert states(cli)["dot_env"][0] == "ok"


def test_dead_messages_and_updates_are_shown(cli: Cli, tmp_path: Path) -> None:
    assert cli("units", "list").code == 0
    row: dict[str, Any] = {"now": "2026-01-01 00:00:00", "raw": "{}"}
    with sqlite3.connect(tmp_path / "data" / "nhacviec.db") as database:
        for key, state in (("1", "dead"), ("2", "new"), ("3", "done")):
            database.execute(
                "INSERT INTO inbox (platform, key, lane, raw, state, attempts, error, not_before, received_at)"
                " VALUES ('telegram', ?, '', '{}', ?, 0, '', ?, ?)",
                (key, state, row["now"], row["now"]),
            )
    database.close()
    state, message = states(cli)["inbox"]
    assert state == "warning" and message == "chờ xử lý 1, không xử lý được 1, đã xử lý 1"


def test_a_platform_that_cannot_be_reached_is_a_fault_that_hides_the_token(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    ran = cli("doctor")
    assert ran.code == 1
    assert "✗ Telegram: không kết nối được (ConnectError)" in ran.out
    assert "canary" not in ran.out + ran.err
