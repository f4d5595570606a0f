"""Nobody reads or changes what is not theirs: the whole matrix, and proof that it would notice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from handlers import router, table
from handlers.routes import Needs, Route
from tests.reliability import access_matrix, access_rights
from tests.reliability.access_matrix import Matrix


def test_every_route_is_declared() -> None:
    assert access_matrix.undeclared() == []


def test_nobody_reads_or_changes_what_is_not_theirs(tmp_path: Path) -> None:
    """A part of the matrix, always the same; `make reliability` tries all of it."""
    found = Matrix(tmp_path).sample(random.Random(4))
    assert found.faults == []
    assert found.tries.total() > 1_000
    assert {"own", "foreign", "stale", "stolen", "forged", "command", "dialog"} <= set(found.tries)


@pytest.mark.parametrize("name", ["summary-unit", "seat-unit", "difficulty-own"])
def test_a_route_that_forgot_its_right_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """So that the matrix cannot pass by looking away."""
    open_door = Route(handler=router.ACTIONS[name].handler, needs=Needs.PERSON)
    monkeypatch.setitem(router.ACTIONS, name, open_door)
    matrix = Matrix(tmp_path)
    level = access_rights.declared(access_rights.ACTIONS)[name]
    shapes = matrix._shapes(name, level)
    assert any(matrix._actions(who, name, level, shapes) or matrix.found.faults for who in matrix.everybody)


def test_a_new_route_without_an_entry_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table.COMMANDS, "moimoi", Route(handler=table.COMMANDS["help"].handler, needs=Needs.PERSON))
    assert access_matrix.undeclared() == ["command moimoi"]
