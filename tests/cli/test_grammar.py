"""The command line speaks Vietnamese, also when it is used wrongly."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from bot.cli.root import app
from tests.cli.conftest import Cli

REPOSITORY = Path(__file__).parents[2]


def _commands() -> Iterator[list[str]]:
    """Every command and group there is."""
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        yield [name]
        yield from ([name, child] for child in getattr(command, "commands", {}))


COMMANDS = list(_commands())

ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands|error|show this message|missing|required|default|try|no such|invalid)\b",
    re.IGNORECASE,
)


def test_the_commands_promised_are_there() -> None:
    promised = "run|plan check|plan load|plan arm|units import|units list|invite|calendar|days list|summary|doctor"
    assert {tuple(name.split()) for name in promised.split("|")} <= set(map(tuple, COMMANDS))


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=lambda command: " ".join(command) or "nhacviec")
def test_the_help_of_every_command_is_vietnamese_and_fits_a_terminal(cli: Cli, command: list[str]) -> None:
    ran = cli(*command, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Cách dùng: ")
    assert "Hiện trang này." in ran.out
    said = ran.out.split("--json: ")[0]  # the keys of the data that follow are English
    assert not ENGLISH.search(said), ENGLISH.search(said)
    assert max(map(len, ran.out.splitlines())) <= 130


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_prints_data_documents_its_json(cli: Cli, command: list[str]) -> None:
    said = cli(*command, "--help").out
    assert ("  --json" in said) == ("--json: " in said)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["cal"], "Không có lệnh “cal”. Có phải là “calendar”? Xem: nhacviec --help"),
        (["plan", "chek"], "Không có lệnh “chek”. Có phải là “check”? Xem: nhacviec plan --help"),
        (["frobnicate"], "Không có lệnh “frobnicate”. Xem: nhacviec --help"),
        (["plan", "check"], "Thiếu TỆP. Xem: nhacviec plan check --help"),
        (["calendar"], "Thiếu --year. Xem: nhacviec calendar --help"),
        (["calendar", "--yeer", "2026"], "Không có tùy chọn --yeer. Có phải là --year? Xem: nhacviec calendar --help"),
        (["calendar", "--year"], "Tùy chọn --year thiếu giá trị, hoặc không dùng kèm giá trị."),
        (["doctor", "--json=3"], "Tùy chọn --json thiếu giá trị, hoặc không dùng kèm giá trị."),
        (["days", "remove", "1/1/2026", "Tết"], "Câu lệnh có phần thừa (“Tết”)"),
        (["calendar", "--year", "26"], "“26” không phải năm; ghi bốn chữ số, từ 2000 đến 2099."),
        (["days", "off", "30/02/2026", "x"], "“30/02/2026” không phải ngày có thật; ghi như 02/01/2026 hoặc 2026-01-02."),
        (["invite", "--role", "sep"], "Không có vai trò “sep”. Chọn một trong: focal, deputy, leader, noi-vu"),
        (["plan", "check", "khong-co.yaml"], "Không đọc được tệp khong-co.yaml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_command_line_is_answered_with_one_sentence(cli: Cli, args: list[str], sentence: str) -> None:
    ran = cli(*args)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(sentence)
    assert len(ran.err.splitlines()) == 1
    assert not ENGLISH.search(ran.err)


def test_a_group_without_a_command_shows_its_commands(cli: Cli) -> None:
    ran = cli("plan")
    assert ran.code == 2
    assert "check" in ran.err and "load" in ran.err and "arm" in ran.err


HEAVY = (
    *("telegram", "httpx", "sqlalchemy", "sqlmodel", "pydantic", "openpyxl", "holidays", "yaml", "starlette", "rich"),
    *("storage", "handlers", "scheduler"),
)


def test_help_imports_nothing_heavy() -> None:
    code = f"""
import sys
from bot.cli import main
sys.argv = ["nhacviec", "--help"]
try:
    main()
except SystemExit as ended:
    assert ended.code == 0
print(sorted({{name.split(".")[0] for name in sys.modules}} & set({HEAVY!r})))
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "[]"
