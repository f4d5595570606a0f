"""Power cuts: the bot's own statements on a disk that keeps only what was synced, and of the rest whatever chance leaves.

As SQLite's own test6.c does it: a write that was not synced may have happened, or not, or in part, or left garbage, and two of
them in either order. A file's name is on disk once the file was synced; a deletion once its folder was. What a turn wrote is
recorded from the real program on the real schema, and the state after every turn with it; after a cut the database must be
exactly the state after the last acknowledged turn, or after the one that was under way.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import event

from bot import plans
from bot.channels import LIMITS
from bot.chat.messages import ChatRef, Choice, Outgoing
from bot.domain.answers import Reading, Status
from storage import migrate
from storage.database import PlainDatabase, journal_mode
from storage.dialogs import Dialog
from storage.store import Store
from tests.reliability.figures import Figure, least, most
from tests.storage.conftest import NOW

SECTOR = 512
TURNS = 60
LAN = ChatRef(platform="telegram", chat_id="1001")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a number of cuts did. `lost`: cuts after which acknowledged turns were missing; `most`: how many at worst."""

    cuts: int = 0
    acked: int = 0
    lost: int = 0
    most: int = 0
    torn: int = 0
    corrupt: int = 0

    @property
    def text(self) -> str:
        return (
            f"{self.cuts} cuts, {self.acked} acknowledged turns: lost after {self.lost} cuts (at most {self.most} turns), "
            f"torn {self.torn}, corrupt {self.corrupt}"
        )


def run(seeds: Iterable[int], mode: tuple[str, str] | None = None) -> Figures:
    """Cut the power once for each seed, at a moment the seed draws.

    Args:
        mode: (journal_mode, synchronous); by default what the program itself uses on this machine's SQLite.
    """
    mode = mode or journal_mode()
    figures = Figures()
    operations = _operations(mode)
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            chance = random.Random(f"{seed} {mode}")
            disk = Disk(chance=chance, cut_at=chance.randrange(1, operations))
            acked = _work(disk, mode)
            figures = _judge(figures, disk, acked, Path(folder) / str(seed))
    return figures


def measured(long: bool, say: Callable[[str], None]) -> list[Figure]:
    """Nothing acknowledged is lost; with a flush left out the same cuts must say so."""
    many = 5000 if long else 200
    safe = run(range(many))
    say(f"{'/'.join(journal_mode())}: {safe.text}")
    unsafe = run(range(200), ("WAL", "NORMAL"))
    say(f"WAL/NORMAL: {unsafe.text}")
    part = f"power cut, {many:,} cuts, {'/'.join(journal_mode())}, seeds 0–{many - 1}"
    return [
        most(part, "cuts that lost an acknowledged turn", safe.lost, 0),
        most(part, "torn", safe.torn, 0),
        most(part, "corrupt", safe.corrupt, 0),
        least(part, "turns acknowledged before the cuts", safe.acked, many * 10),
        least(part, "of 200 cuts, those that lose something with synchronous NORMAL", unsafe.lost, 1),
    ]


# the bot's own work, recorded


@dataclass(frozen=True, kw_only=True)
class Recording:
    """`base`: the database file before; `turns`: each turn's statements; `states`: a digest before the first and after each."""

    base: bytes
    turns: tuple[tuple[tuple[str, Sequence[Any]], ...], ...]
    states: tuple[str, ...]


@cache
def recorded() -> Recording:
    """Turns of the real program on the real schema."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "nhacviec.db"
        database = PlainDatabase(f"sqlite:///{file}", LIMITS)
        migrate.upgrade(database.engine)
        database.turn(_first_start)
        base, states = file.read_bytes(), [_state(file)]
        written: list[tuple[str, Sequence[Any]]] = []

        def record(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
            if not statement.startswith(("SELECT", "PRAGMA", "BEGIN")):
                written.extend((statement, each) for each in (parameters if many else [parameters]))

        event.listen(database.engine, "before_cursor_execute", record)
        turns = []
        for number in range(TURNS):
            written.clear()
            database.turn(lambda store, number=number: _turn(store, number))  # type: ignore[misc]
            turns.append(tuple(written))
            states.append(_state(file))
        database.close()
    assert len(set(states)) == len(states) and all(turns)
    return Recording(base=base, turns=tuple(turns), states=tuple(states))


def _first_start(store: Store) -> None:
    plan_id, plan = store.plans.add(plans.SEED.read_text(encoding="utf-8"), NOW)
    store.units.sync(plan.units)
    store.rounds.arm(plan_id, plan, 2026, NOW.date())
    store.people.add(name="Lan", honorific="chị", phone="", now=NOW)


def _turn(store: Store, number: int) -> None:
    """By turns: an update comes in, is handled with all its effects, its answer is claimed, and sent."""
    if number % 3 == 0:
        store.inbox.add("telegram", [(str(number), "1001", {"text": "x" * (number * 40)})], NOW)
    elif number % 3 == 1:
        store.audit.acting(1, NOW)
        received = store.inbox.attempt(store.inbox.waiting(NOW) or 0)
        assert received is not None
        unit_id = 1 + number % 20
        reading = Reading(status=Status.GIVEN, value="y" * (number * 20))
        store.answers.add(round_id=1, unit_id=unit_id, question="Q", raw="y", reading=reading, person_id=1, now=NOW)
        store.answers.send(round_id=1, unit_id=unit_id, person_id=1, now=NOW)
        store.dialogs.put(LAN, Dialog(name="report", data={"at": number}), NOW)
        choices = tuple((Choice(label=f"Lựa chọn {n}", action=("answer", str(n))),) for n in range(3))
        store.outbox.add(LAN, Outgoing(text="câu tiếp theo " * number, choices=choices), now=NOW, person_id=1)
        store.inbox.done(received.id)
    else:
        claimed = store.outbox.claim(
            NOW, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset({"telegram"})
        )
        assert claimed is not None and store.outbox.sent(claimed, str(number), NOW)


def _state(file: Path) -> str:
    """A digest of every row of every table."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = [(name, list(connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'))) for name in names]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _work(disk: Disk, mode: tuple[str, str]) -> int:
    """Do the recorded turns until the power goes; how many were acknowledged."""
    recording = recorded()
    disk.files["nhacviec.db"] = File(durable=bytearray(recording.base), now=bytearray(recording.base))
    vfs = Vfs(disk)
    acked = 0
    connection = apsw.Connection("nhacviec.db", vfs=vfs.name)
    try:
        journal, synchronous = mode
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # keeps the index of a write-ahead log in memory: we have no shm
        connection.execute(f"PRAGMA journal_mode={journal}").fetchall()
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA secure_delete=ON").fetchall()
        connection.execute("PRAGMA wal_autocheckpoint=100").fetchall()
        if journal == "DELETE":  # as the program has it: locked for each turn, so that each ends with a deleted journal
            connection.execute("PRAGMA locking_mode=NORMAL").fetchall()
            connection.execute("SELECT count(*) FROM meta").fetchall()
        disk.settle()
        for turn in recording.turns:
            connection.execute("BEGIN IMMEDIATE")
            for statement, parameters in turn:
                connection.execute(statement, tuple(parameters)).fetchall()
            connection.execute("COMMIT")
            if disk.dead:
                break
            acked += 1
    except (apsw.IOError, apsw.CantOpenError, apsw.FullError):
        pass
    disk.dead = True
    with contextlib.suppress(apsw.Error):
        connection.close()
    vfs.unregister()
    return acked


@cache
def _operations(mode: tuple[str, str]) -> int:
    """How many writes, syncs and deletions all the turns take."""
    disk = Disk(chance=random.Random(0), cut_at=None)
    assert _work(disk, mode) == TURNS
    return disk.count


def _judge(figures: Figures, disk: Disk, acked: int, folder: Path) -> Figures:
    """Put what is left on a real disk, open it as the program would after the power came back, and look."""
    folder.mkdir()
    for name, content in disk.left().items():
        (folder / name).write_bytes(content)
    figures = replace(figures, cuts=figures.cuts + 1, acked=figures.acked + acked)
    try:
        with contextlib.closing(sqlite3.connect(folder / "nhacviec.db")) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            sound = sound and connection.execute("PRAGMA foreign_key_check").fetchone() is None
        state = _state(folder / "nhacviec.db")
    except sqlite3.DatabaseError:
        sound, state = False, ""
    states = recorded().states
    if not sound:
        return replace(figures, corrupt=figures.corrupt + 1)
    if state not in states[: acked + 2]:
        return replace(figures, torn=figures.torn + 1)
    missing = max(acked - states.index(state), 0)
    return replace(figures, lost=figures.lost + (missing > 0), most=max(figures.most, missing))


# the disk


@dataclass
class File:
    """`durable`: what the disk has for certain (None: not even the name); `now`: what the program sees; `pending`: between."""

    durable: bytearray | None
    now: bytearray
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: truncated there


@dataclass
class Disk:
    """All files. Counts what is done to them once it is `on`, and dies at the `cut_at`-th."""

    chance: random.Random
    cut_at: int | None
    files: dict[str, File] = field(default_factory=dict)
    ghosts: dict[str, File] = field(default_factory=dict)
    count: int = 0
    on: bool = False
    dead: bool = False

    def step(self) -> None:
        """One more operation. Raises apsw.IOError when the power is gone."""
        self.count += self.on
        if self.dead or self.count == self.cut_at:
            self.dead = True
            raise apsw.IOError("the power is gone")

    def settle(self) -> None:
        """Everything so far has long been on the disk; from here on it counts."""
        for name, file in self.files.items():
            self.sync(name, file)
        self.ghosts.clear()
        self.on = True

    def sync(self, name: str, file: File) -> None:
        durable = file.durable if file.durable is not None else bytearray()
        for offset, content in file.pending:
            _put(durable, offset, content)
        file.durable, file.pending = durable, []
        self.ghosts.pop(name, None)  # syncing a new file syncs its folder, too

    def delete(self, name: str, *, synced: bool) -> None:
        file = self.files.pop(name)
        if file.durable is None:
            return
        if synced:
            self.ghosts.pop(name, None)
        else:
            self.ghosts[name] = file

    def left(self) -> dict[str, bytes]:
        """What is found when the power is back."""
        found = {}
        for name in {*self.files, *self.ghosts}:
            file = self.files.get(name)
            if name in self.ghosts and (file is None or file.durable is None) and self.chance.random() < 0.5:
                file = self.ghosts[name]  # the deletion never reached the disk
            if file is not None and (file.durable is not None or self.chance.random() < 0.5):
                found[name] = self._survivor(file)
        return found

    def _survivor(self, file: File) -> bytes:
        content = bytearray(file.durable or b"")
        pending = list(file.pending)
        if self.chance.random() < 0.5:
            self.chance.shuffle(pending)
        luck = self.chance.choice((0.1, 0.5, 0.9))  # most disks keep most, some keep little
        for offset, written in pending:
            draw = self.chance.random()
            if draw < luck:
                _put(content, offset, written)
            elif written is not None and draw < luck + (1 - luck) / 3:
                self._put_in_part(content, offset, written)
        return bytes(content)

    def _put_in_part(self, content: bytearray, offset: int, written: bytes) -> None:
        """Of each sector the old, the new, or nothing that makes sense."""
        for start in range(0, len(written), SECTOR):
            sector = written[start : start + SECTOR]
            match self.chance.randrange(3):
                case 1:
                    _put(content, offset + start, sector)
                case 2:
                    _put(content, offset + start, self.chance.randbytes(len(sector)))


def _put(content: bytearray, offset: int, written: bytes | None) -> None:
    if written is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(written)] = written


class Vfs(apsw.VFS):
    """The disk, as SQLite sees it."""

    def __init__(self, disk: Disk) -> None:
        self.name = f"power-cut-{id(disk)}"
        self.disk = disk
        super().__init__(self.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or f"temp-{self.disk.chance.random()}"
        flags[1] = flags[0]
        if path not in self.disk.files:
            self.disk.files[path] = File(durable=None, now=bytearray())
        return Opened(self.disk, path)

    def xAccess(self, path: str, flags: int) -> bool:
        return path in self.disk.files

    def xDelete(self, path: str, syncdir: bool) -> None:
        if path not in self.disk.files:
            raise apsw.IOError("no such file")
        self.disk.step()
        self.disk.delete(path, synced=syncdir)

    def xFullPathname(self, name: str) -> str:
        return name


class Opened:
    """An open file."""

    def __init__(self, disk: Disk, name: str) -> None:
        self._disk, self._name, self._file = disk, name, disk.files[name]

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._file.now[offset : offset + amount])

    def xWrite(self, content: bytes, offset: int) -> None:
        self._disk.step()
        written = bytes(content)
        self._file.pending.append((offset, written))
        _put(self._file.now, offset, written)

    def xTruncate(self, size: int) -> None:
        self._disk.step()
        self._file.pending.append((size, None))
        _put(self._file.now, size, None)

    def xSync(self, flags: int) -> None:
        self._disk.step()
        self._disk.sync(self._name, self._file)

    def xFileSize(self) -> int:
        return len(self._file.now)

    def xClose(self) -> None:
        pass

    def xLock(self, level: int) -> None:
        pass

    def xUnlock(self, level: int) -> None:
        pass

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0
