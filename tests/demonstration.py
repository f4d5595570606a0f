"""The demonstration (`nhacviec demo`), built once a test run by the command itself; each test talks to a copy of it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from itertools import count
from pathlib import Path

from bot import channels
from bot.chat.messages import ChatRef, PlatformName
from bot.cli.demo import made_up
from bot.demo import build
from bot.domain.people import Role
from bot.domain.standings import State
from bot.domain.summary import Summary, summarise
from bot.domain.units import Unit
from bot.settings import Settings
from bot.texts import demo as texts
from handlers.router import Surroundings
from scheduler import exports
from scheduler.work import Around
from storage import sheets
from storage.jobs import Job, Kind
from storage.store import Store
from tests.architecture.sources import REPOSITORY
from tests.conversations.counter import Counter, Officer, Seen
from tests.conversations.wire import Wire

LIMITS = channels.limits(linked=True, mark=texts.MARK)


def run(*args: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command, with a real database and a real token in its environment that it must not touch."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder.parent}/real.db", "TELEGRAM_BOT_TOKEN": "1:real"}
    command = [sys.executable, "-m", "bot", "demo", "--folder", str(folder), *args]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=600)


def built(run_folder: Path) -> Path:
    """The data folder; whoever of several test processes comes first builds it."""
    folder = run_folder / "demonstration" / "data-demo"
    folder.parent.mkdir(exist_ok=True)
    with (run_folder / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = folder.parent / "said.txt"
        if not said.exists():
            done = run("--check", folder=folder)
            assert done.returncode == 0, done.stderr
            said.write_text(done.stdout, encoding="utf-8")
    return folder


class Demonstration(Counter):
    """Chị Hoa of Phòng Nội vụ in front of the demonstration as it opens, on one platform; everybody else is there too."""

    limits = LIMITS

    def __init__(self, world: Path, folder: Path, platform: PlatformName) -> None:
        shutil.copy(world / "nhacviec.db", folder / "counter.db")
        shutil.copy(world / "sandbox.jsonl", folder / "sandbox.jsonl")
        self.folder, self.people, self._keys = folder, [], count(1)
        self.wire = Wire(folder, lambda: self.now, "/zalo", folder / "sandbox.jsonl")
        self.settings = _settings()
        self.now = build.opens_at(self.settings.office)
        self.database = self._open()
        calendar = build.calendars(self.settings.office)[self.now.year]
        self.around = Surroundings(office=self.settings.office, calendar=calendar, limits=LIMITS, bot_links={})
        self.hoa = self.officer("Cán bộ minh hoạ Hoa", "NV", platform, Role.COORDINATOR, "chị")

    def unit(self, code: str, role: Role = Role.FOCAL) -> Officer:
        """The made-up person who sits there, with the chat the demonstration gave them."""

        def found(store: Store) -> tuple[int, str, ChatRef]:
            unit_id = self.unit_id(store, code)
            person = next(person for seat, person in store.people.holders() if (seat.unit_id, seat.role) == (unit_id, role))
            (address,) = store.people.addresses(person.id)
            return person.id, person.name, address.chat

        id_, name, chat = self.ask(found)
        known = next((one for one in self.people if one.chat == chat), None)
        if known is None:
            assert self.wire is not None
            known = Officer(
                counter=self,
                name=name,
                platform=chat.platform,
                user_id=chat.chat_id,
                person=self.wire.known(chat),
                id=id_,
            )
            self.people.append(known)
        return known

    def summary(self) -> Summary:
        """The open round as it stands."""
        office, round_id = self.settings.office, self.round_id()

        def summed(store: Store) -> Summary:
            sheet = sheets.sheet(store, store.rounds.get(round_id), office.day(self.now))
            return summarise(sheet, now=self.now, office=office)

        return self.ask(summed)

    def those(self, state: State) -> list[Unit]:
        """The units in a state, in the plan's order."""
        return [standing.unit for standing in self.summary().those(state)]

    def documents(self, kind: Kind) -> list[Path]:
        """What is made when hoa asks for it, by what makes it for her."""
        path = f"exports/{kind.value}"
        job = Job(
            id=1, kind=kind, round_id=self.round_id(), person_id=self.hoa.id, chat=self.hoa.chat, path=path, attempts=1
        )  # fmt: skip
        around = Around(now=self.now, office=self.settings.office)
        finish = self.ask(lambda store: exports.KINDS[kind](store, job, around))(self.folder)
        messages = self.ask(finish)
        return [self.folder / message.file.path for message in messages if message.file is not None]

    def round_id(self, code: str = "6T") -> int:
        """The round that is open."""
        return self.ask(lambda store: next(r.id for r in store.rounds.all() if (r.code, r.year) == (code, build.YEAR)))

    def _deliver(self, store: Store) -> None:
        """Into the chats of those the test looks at; the others' messages are only marked as sent."""
        while claimed := store.outbox.claim(
            self.now, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset(LIMITS)
        ):
            chat, message = claimed.piece.chat, claimed.piece.message
            assert message.text.startswith(texts.MARK), message.text
            who = next((one for one in self.people if one.chat == chat), None)
            shown = self.carried(claimed) if who is not None else claimed.piece.edit_of or f"m{claimed.id}"
            if who is not None:
                seen = Seen(text=message.text, buttons=message.offered)
                known = next((at for at, (id_, _) in enumerate(who.heard) if id_ == shown), None)
                if known is None:
                    who.heard.append((shown, seen))
                else:
                    who.heard[known] = (shown, seen)
                    who.read = min(who.read, known) if seen.buttons else who.read
            store.outbox.sent(claimed, shown, self.now)


@lru_cache
def _settings() -> Settings:
    return made_up(Settings(_env_file=None), Path("data-demo"))
