"""`demo --check`: one made-up world, built by playing it; everything in it is marked, and real data are left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.channels import LIMITS
from bot.domain.people import Role
from bot.domain.reports import Via
from bot.domain.standings import State
from bot.domain.summary import summarise
from bot.texts.demo import MARK
from storage import periods, sheets
from storage.database import PlainDatabase
from tests import demonstration
from tests.sheets import OFFICE


@pytest.fixture
def world(demo_world: Path) -> Path:
    return demo_world


@pytest.fixture
def database(world: Path):
    opened = PlainDatabase(f"sqlite:///{world / 'nhacviec.db'}", LIMITS)
    yield opened
    opened.close()


def test_the_command_says_what_it_built_and_touches_no_real_database(world: Path) -> None:
    assert "28 đơn vị, 4 kỳ báo cáo" in (world.parent / "said.txt").read_text(encoding="utf-8")
    assert not (world.parent / "real.db").exists()


def test_every_state_a_unit_can_be_in_is_there(database: PlainDatabase) -> None:
    def look(store):
        round_ = next(r for r in store.rounds.all() if (r.code, r.year) == ("6T", 2026))
        now = max(a.at for given in store.answers.given(round_.id).values() for a in given)
        shown = summarise(sheets.sheet(store, round_, OFFICE.day(now)), now=now, office=OFFICE)
        revised = [row for row in shown.sheet.units if row.report and row.report.revision > 1 and row.report.via is Via.CHAT]
        return shown, revised, store.difficulties.all(), periods.comparable(store, round_)

    shown, revised, difficulties, earlier = database.turn(look)
    assert len(shown.standings) == 28
    assert {state for state in State if shown.those(state)} == set(State)
    assert shown.odd and revised
    assert {each.open for each in difficulties} == {True, False}
    assert [(r.code, r.year) for r in earlier] == [("6T", 2025), ("N", 2025)]
    assert all(r.closed_at is not None for r in earlier)


def test_every_name_and_every_word_of_theirs_is_marked_as_made_up(database: PlainDatabase) -> None:
    people = database.turn(lambda store: store.people.holders())
    assert {seat.role for seat, _ in people} == set(Role)
    assert sum(seat.role is Role.FOCAL for seat, _ in people) == 28
    assert all("minh hoạ" in person.name and not person.phone for _, person in people)
    assert all(each.text.startswith(MARK) for each in database.turn(lambda store: store.difficulties.all()))
    plan = database.turn(lambda store: next(iter(store.plans.latest().values())))
    assert plan.made_up and MARK in plan.number


def test_the_chats_show_what_was_said_and_nothing_waits(world: Path) -> None:
    lines = [json.loads(line) for line in (world / "sandbox.jsonl").read_text(encoding="utf-8").splitlines()]
    assert not [line for line in lines if line["fact"] == "queued"], "the bot has handled all of it"
    said = [line["message"]["text"] for line in lines if line["fact"] == "posted" and line["message"]["sender"] == "bot"]
    assert len(said) > 500
    assert [text for text in said if not text.startswith(MARK)] == []


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "nhacviec.db").write_bytes(b"real")
    done = demonstration.run("--check", folder=folder)
    assert done.returncode == 2
    assert "không phải bản minh hoạ" in done.stderr
    assert (folder / "nhacviec.db").read_bytes() == b"real"
