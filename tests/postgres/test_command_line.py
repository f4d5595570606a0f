"""The commands on PostgreSQL, and what is said when the server, its database or the driver is not there."""

# ruff: noqa: F811  # fixtures of tests/cli

from __future__ import annotations

import re
import sys
from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import Cli, _logging_as_it_was, _own_folder, cli  # noqa: F401
from tests.postgres.server import Server


@pytest.fixture
def here(url: str, monkeypatch: pytest.MonkeyPatch, _own_folder: None) -> str:
    """The commands work on this database."""
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def test_an_office_begins_on_a_server(cli: Cli, here: str) -> None:
    assert "28 đơn vị" in cli("summary").out
    assert cli("invite", "--unit", "Phường 5", "--role", "focal").code == 0
    assert cli("audit", "verify").out.startswith("Nhật ký kiểm toán nguyên vẹn: ")
    assert len(cli("audit", "list", "--json").json) > 1
    checks = {each["check"]: (each["state"], each["message"]) for each in cli("doctor", "--json").json}
    assert checks["database"] == ("ok", "mở được, đúng phiên bản")
    assert checks["integrity"][0] == "ok" and re.match(r"PostgreSQL \d+.* cần đặt lịch chạy pg_dump$", checks["integrity"][1])
    assert "sqlite" not in checks and checks["units"][0] == "warning"
    assert not Path("data/nhacviec.db").exists()


def test_who_would_back_up_is_told_how(cli: Cli, here: str) -> None:
    kept, put_back = cli("backup"), cli("restore", "some.db")
    assert (kept.code, put_back.code) == (2, 2)
    assert "pg_dump -Fc" in kept.err and "pg_restore" in put_back.err
    assert "DATA_DIR" in kept.err and "DATA_DIR" in put_back.err


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("postgresql://a:geheimnis@127.0.0.1:1/b", "không kết nối được máy chủ cơ sở dữ liệu"),
        ("postgresql://a:geheimnis@/b?host=/nowhere", "không kết nối được máy chủ cơ sở dữ liệu"),
        ("{server}", "máy chủ không có cơ sở dữ liệu trong DATABASE_URL"),
        ("mysql://a:geheimnis@localhost/b", "DATABASE_URL dùng loại cơ sở dữ liệu chưa hỗ trợ"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    cli: Cli, postgres: Server, monkeypatch: pytest.MonkeyPatch, where: str, said: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", where.format(server=postgres.url("nowhere")))
    ran = cli("summary")
    assert ran.code == 2 and len(ran.err.splitlines()) == 1
    assert f"({said})" in ran.err and "geheimnis" not in ran.err


def test_a_user_who_may_not_make_tables_is_told_so(
    cli: Cli, postgres: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.say("CREATE ROLE guest LOGIN")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")  # as it is by itself since version 15
    monkeypatch.setenv("DATABASE_URL", url.replace("//nhacviec@", "//guest@"))
    assert "không đủ quyền; cần là chủ của cơ sở dữ liệu" in cli("summary").err
    postgres.say("DROP ROLE guest")


def test_without_the_driver_its_name_is_said(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@localhost/b")
    for name in [name for name in sys.modules if name.split(".")[0] == "psycopg"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert 'chưa cài thư viện psycopg mà DATABASE_URL cần, cài bằng: pip install "psycopg[binary]"' in cli("summary").err
