"""What must be expected to go wrong is one clear sentence and exit code 2; what nobody expected stays a traceback."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from bot.chat.platform import BadToken, SecondPoller
from bot.cli import failures
from tests.cli.conftest import Cli

TOKEN = "123456789:AAHcanaryTelegramTokenThatMustNeverBeSeen"


def refused(cli: Cli, *args: str) -> str:
    ran = cli(*args)
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    return ran.err.strip()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SANDBOX_PORT", "99999", "Cài đặt SANDBOX_PORT = “99999” chưa đúng: quá lớn (tối đa 65535). Xem .env.example."),
        ("ZALO_USERS", "-1", "Cài đặt ZALO_USERS = “-1” chưa đúng: quá nhỏ (tối thiểu 0). Xem .env.example."),
        ("OFFICE_OPENS", "18:00", "Cài đặt chưa đúng: OFFICE_OPENS phải sớm hơn OFFICE_CLOSES. Xem .env.example."),
    ],
)
def test_a_wrong_setting_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str) -> None:
    monkeypatch.setenv(name, value)
    assert refused(cli, "run") == sentence


def test_the_digest_may_end_the_day_but_not_come_after_it(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_AT", "17:00")
    assert cli("days", "list").code == 0
    monkeypatch.setenv("DIGEST_AT", "17:01")
    assert "Cài đặt DIGEST_AT chưa đúng: phải nằm trong giờ làm việc" in refused(cli, "days", "list")


def test_a_wrong_setting_never_shows_a_secret(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TIME_ZONE", TOKEN)
    said = refused(cli, "run")
    assert "TIME_ZONE" in said and "canary" not in said


def test_a_data_folder_that_is_a_file_is_named(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("not a folder")
    assert refused(cli, "run") == "data không phải thư mục. Đặt DATA_DIR là một thư mục."


def test_a_database_that_is_none_is_named(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nhacviec.db").write_bytes(b"no database at all" * 100)
    assert "tệp không phải cơ sở dữ liệu SQLite" in refused(cli, "run")
    assert (tmp_path / "data" / "nhacviec.db").read_bytes() == b"no database at all" * 100


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "DATABASE_URL không phải địa chỉ cơ sở dữ liệu"),
        ("mongo://x", "DATABASE_URL dùng loại cơ sở dữ liệu chưa hỗ trợ"),
        ("sqlite:////proc/none.db", "không mở được tệp"),
    ],
)
def test_a_database_that_does_not_open_is_named(cli: Cli, monkeypatch: pytest.MonkeyPatch, url: str, reason: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert f"Không mở được cơ sở dữ liệu ({reason})" in refused(cli, "run")


def test_a_newer_database_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    assert cli("units", "list").code == 0
    path = tmp_path / "data" / "nhacviec.db"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    before = path.read_bytes()
    assert "phiên bản Nhắc Việc mới hơn ghi (9999)" in refused(cli, "units", "list")
    assert "mới hơn" in refused(cli, "run")
    assert path.read_bytes() == before


def test_a_failure_is_found_inside_the_groups_of_task_groups() -> None:
    inner = ExceptionGroup("tasks", [SecondPoller("another process reads this bot's updates")])
    said = failures.sentence(BaseExceptionGroup("outer", [inner]))
    assert said.startswith("Một nơi khác đang nhận tin của cùng bot Telegram.")


def test_an_unknown_token_names_its_setting_and_not_itself() -> None:
    assert "TELEGRAM_BOT_TOKEN" in failures.sentence(BadToken("Telegram does not know this token"))
    assert "ZALO_BOT_TOKEN" in failures.sentence(BadToken("Zalo does not know this token any more"))
    assert "Zalo" in failures.sentence(SecondPoller("a webhook is set for this bot"))


def test_our_own_defects_are_not_disguised() -> None:
    from sqlalchemy.exc import IntegrityError, OperationalError

    gone = OperationalError("SELECT", {}, sqlite3.OperationalError("no such column: answer.x"))
    assert failures.sentence(gone) == ""
    assert failures.sentence(KeyError("x")) == ""
    assert failures.sentence(ExceptionGroup("tasks", [AssertionError(), ValueError()])) == ""
    assert failures.sentence(IntegrityError("INSERT", {}, Exception("UNIQUE"))) == ""
    assert failures.sentence(OSError(errno.EBADF, "bad descriptor")) == ""


def test_secrets_readable_by_others_are_warned_about_once(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")  # so that `run` ends at once
    (tmp_path / ".env").write_text("OFFICE_CONTACT=x\n")
    os.chmod(tmp_path / ".env", 0o644)
    assert cli("run").err.splitlines()[0].endswith("Sửa bằng: chmod 600 .env")
    os.chmod(tmp_path / ".env", 0o600)
    assert "chmod" not in cli("run").err
