"""The commands menu, /help and the README list what there is for a role, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from bot.views.registration import commands_of
from handlers import table
from tests.architecture.sources import REPOSITORY
from tests.conversations.counter import Counter, Officer, local

OTHER_NAMES = {"trogiup", "summary", "desau", "start"}
"""Other names of what is listed, what opens an invitation, and what is said in words: "để sau"."""
REFUSED = (
    "không thuộc phần được giao",
    "không phụ trách trả lời số liệu",
    "không có gì để chuyển",
    "gõ /tiendo",
    "gõ /tonghop",
)
UNITS = {Role.COORDINATOR: "NV", Role.DISTRICT: "NV"}


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    """The 6-month round is open."""
    return Counter(tmp_path, local(2026, 4, 16, 9))


def seated(counter: Counter, role: Role, platform: PlatformName) -> tuple[Officer, tuple[str, ...]]:
    who = counter.officer("Nguyễn Thị Hoa", UNITS.get(role, "P5"), platform, role)
    actor = counter.ask(lambda store: store.people.actor(platform, who.user_id))
    return who, commands_of(actor)


@pytest.mark.parametrize("role", list(Role))
def test_everything_offered_works_and_everything_else_is_refused(counter: Counter, role: Role, platform: PlatformName) -> None:
    who, offered = seated(counter, role, platform)
    assert set(offered) <= set(table.COMMANDS)
    for command in table.COMMANDS:
        said = who.says(f"/{command}")
        refused = not said or any(words in said for words in REFUSED)
        assert command in OTHER_NAMES or refused == (command not in offered), f"{role} /{command}: {said[:200]}"


@pytest.mark.parametrize("role", list(Role))
def test_help_lists_the_menu(counter: Counter, role: Role, platform: PlatformName) -> None:
    who, offered = seated(counter, role, platform)
    said = who.says("/help")
    assert re.findall(r"(?m)^/([a-z]+):", said) == list(offered)


def test_the_readme_lists_the_same(counter: Counter) -> None:
    lines = (REPOSITORY / "README.md").read_text(encoding="utf-8").split("| who | commands |")[1].split("\n\n")[0]
    rows = {row.split("|")[1].strip(): set(re.findall(r"`/([a-z]+)`", row.split("|")[2])) for row in lines.splitlines()[2:]}
    own = rows["everybody"]
    of = {
        "focal person": Role.FOCAL, "unit's leader": Role.LEADER, "district's leaders": Role.DISTRICT,
        "Phòng Nội vụ": Role.COORDINATOR,
    }  # fmt: skip
    for name, role in of.items():
        _, offered = seated(counter, role, "telegram")
        assert rows[name] | own == set(offered) | {"start"} | rows[name] & OTHER_NAMES, name
