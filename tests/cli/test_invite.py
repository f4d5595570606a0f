"""`invite`: the code that is printed is the one that works."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels import LIMITS
from bot.domain.people import Role
from bot.settings import Settings
from storage.database import PlainDatabase, Work
from storage.invites import Invite
from tests.cli.conftest import Cli


def stored(work: Work):
    database = PlainDatabase(Settings(_env_file=None).database, LIMITS)
    try:
        return database.turn(work)
    finally:
        database.close()


def live(code: str) -> Invite | None:
    return stored(lambda store: store.invites.find(code, datetime.now(UTC)))


def unit_code(invite: Invite) -> str:
    return stored(lambda store: store.units.get(invite.unit_id).code)


def test_the_first_account_of_all_is_invited_without_naming_a_unit(cli: Cli) -> None:
    ran = cli("invite", "--role", "noi-vu")
    assert ran.code == 0
    code = next(line.strip() for line in ran.out.splitlines() if re.fullmatch(r"  [a-z2-7]{26}", line))
    invite = live(code)
    assert invite is not None and invite.role is Role.COORDINATOR and unit_code(invite) == "NV"
    assert "xem được số liệu của mọi đơn vị" in ran.out and "Zalo" in ran.out


@pytest.mark.parametrize(
    ("typed", "role", "code"),
    [("Phường 5", "focal", "P5"), ("p.05", "deputy", "P5"), ("do thi", "leader", "QLDT"), ("tn&mt", "focal", "TNMT")],
)
def test_a_unit_is_found_however_it_is_typed(cli: Cli, typed: str, role: str, code: str) -> None:
    made = cli("invite", "--unit", typed, "--role", role, "--json").json
    assert made["unit"] == code and made["role"] == role and made["link"] is None
    invite = live(made["code"])
    assert invite is not None and invite.role.value == role and unit_code(invite) == code
    left = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)


def test_the_link_is_printed_once_the_bots_name_is_known(cli: Cli) -> None:
    assert cli("units", "list").code == 0
    stored(lambda store: store.meta.put("link:telegram", "https://t.me/NhacViecBot?start="))
    made = cli("invite", "--unit", "p5", "--json").json
    assert made["link"] == f"https://t.me/NhacViecBot?start={made['code']}"
    assert "https://t.me/NhacViecBot?start=" in cli("invite", "--unit", "p5").out


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--unit", "phường 20"], "Không rõ “phường 20” là đơn vị nào. Có phải là "),
        (["--unit", "phong"], "Có phải là "),
        (["--unit", "zzzz"], "Danh sách: nhacviec units list"),
        ([], "Thiếu --unit"),
        (["--unit", "p5", "--role", "noi-vu"], "chỉ thuộc Phòng Nội vụ"),
    ],
)
def test_nobody_is_invited_for_a_unit_that_is_not_certain(cli: Cli, args: list[str], sentence: str) -> None:
    ran = cli("invite", *args)
    assert ran.code == 2 and sentence in ran.err and ran.out == ""


def test_the_districts_leaders_are_invited_without_naming_a_unit(cli: Cli) -> None:
    made = cli("invite", "--role", "district", "--json").json
    invite = live(made["code"])
    assert invite is not None and invite.role is Role.DISTRICT and unit_code(invite) == "NV"
