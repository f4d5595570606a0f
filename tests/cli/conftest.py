"""Commands run as a user runs them: in a folder of their own, with nothing of this machine's settings."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.root import app
from bot.settings import Settings


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Each command installs its own walls on the process; the handler's stream dies with the command."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, logging.getLogRecordFactory(), sys.excepthook, threading.excepthook
    yield
    root.handlers[:], level, factory, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    logging.setLogRecordFactory(factory)


@pytest.fixture
def cli() -> Cli:
    """Run a command line; an exception that leaves the program fails the test with its own traceback."""

    def run(*args: str) -> Ran:
        result = CliRunner().invoke(app, list(args))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(code=result.exit_code, out=result.stdout, err=result.stderr)

    return run
