"""A PostgreSQL server of the tests' own: a fresh cluster in its own folder, reached by a socket file there, gone afterwards.

Nothing of it is synced to disk: what it must survive is not shown here.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bot.channels import LIMITS
from storage import migrate
from storage.database import PlainDatabase
from tests import memory

USER = "nhacviec"
EMPTY, MIGRATED = "template0", "migrated"

# A server refuses to run as root.
_SOMEBODY = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def programs() -> Path | None:
    """The folder of initdb and pg_ctl of the newest PostgreSQL here; None when there is none."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    return installed[-1].parent if installed else None


@dataclass
class Server:
    """A running server. Made by `running`."""

    bin: Path
    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        """A database's URL as a user would write it."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def start(self) -> None:
        """Also again, after `stop`."""
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off -c max_connections=40"
        _run(self.bin / "pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        """At once, as at a crash: whoever is connected is thrown out."""
        _run(self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    @contextlib.contextmanager
    def database(self, template: str = EMPTY) -> Iterator[str]:
        """The URL of a database nobody else uses."""
        name = f"t{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.say(f"DROP DATABASE {name} WITH (FORCE)")

    def say(self, statement: str) -> None:
        """One statement, outside any of the tests' databases."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@contextlib.contextmanager
def running(bin: Path) -> Iterator[Server]:
    """Start a server with the database `migrated`, to be copied; end it and remove everything."""
    folder = Path(tempfile.mkdtemp(prefix="nhacviec-pg-", dir=memory.folder()))
    server = Server(bin, folder)
    if _SOMEBODY:
        shutil.chown(folder, "postgres")
    with _caretaker(server):
        _run(bin / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        server.start()
        server.say(f"CREATE DATABASE {MIGRATED} TEMPLATE {EMPTY}")
        database = PlainDatabase(server.url(MIGRATED), LIMITS)
        migrate.upgrade(database.engine)
        database.close()
        yield server


@contextlib.contextmanager
def _caretaker(server: Server) -> Iterator[None]:
    """Ends the server and removes its folder when the tests are over, also when they are killed: then the pipe closes, too."""
    task = 'read -r _; "$0" -D "$1/data" -m immediate -w stop; rm -rf "$1"'
    command = [*_SOMEBODY, "sh", "-c", task, str(server.bin / "pg_ctl"), str(server.folder)]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere, cwd="/", start_new_session=True
    ):  # leaving closes the pipe and waits
        yield


def _run(*command: object) -> None:
    """Run a program to its end; what went wrong is raised with its own words."""
    # Not a pipe for what pg_ctl starts: the server would inherit it, and reading it would never end.
    with tempfile.TemporaryFile() as out:
        ended = subprocess.run([*_SOMEBODY, *map(str, command)], stdout=out, stderr=out, cwd="/", timeout=60).returncode
        out.seek(0)
        said = out.read().decode(errors="replace")
    assert ended == 0, f"{re.sub(r'.*/', '', str(command[0]))}: {said}"
