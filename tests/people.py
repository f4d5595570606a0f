"""The town the tests are played in: the real bot, its real adapters and database, the sandbox as both platforms, people who
can only press what a message really shows. Time stands until somebody moves it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import httpx
from starlette.applications import Starlette

from bot import channels, web
from bot.app import App, prepare
from bot.channels import LIMITS
from bot.chat.messages import PlatformName
from bot.clock import StoppedClock
from bot.domain.links import Links
from bot.domain.office import Office
from bot.domain.people import Role
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo
from bot.platforms.zalo_webhook import Webhook
from bot.rehearsal import Rehearsal
from bot.sandbox.faults import FaultPlan
from bot.sandbox.outside import Loopback
from bot.sandbox.records import Message, Person
from bot.sandbox.room import Room
from bot.sandbox.server import make_app
from bot.settings import Settings
from scheduler.pace import unhurried
from storage.database import Database, PlainDatabase, Work, file_of
from tests import botapi

T = TypeVar("T")

PATIENCE = 120  # seconds; a bot that has not come to rest by then never will: the test fails instead of hanging

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TOKEN = "700000001:AAcanaryTelegramTokenThatMustNeverBeSeen"
ZALO_TOKEN = "1459232241454765289:canaryZaloTokenThatMustNeverBeSeen"
PUBLIC_URL = "https://nhacviec.example.gov.vn"
WEBHOOK_SECRET = "canary-webhook-secret-that-must-never-be-seen"
OFFICE = Office(name="UBND quận Gò Vấp", coordinator="Phòng Nội vụ quận Gò Vấp", contact="chị Hoa 028 3894 0000")


def local(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment on the office's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=HANOI)


@dataclass
class Town:
    """A running bot and everybody who talks to it. Made by `town()`."""

    folder: Path
    clock: StoppedClock
    room: Room
    faults: FaultPlan
    settings: Settings
    office: Office = OFFICE
    proxy: Proxy | None = None
    webhook: bool = False
    habit: str = "/zalo"
    api: Starlette | None = None
    rehearsal: Rehearsal = field(init=False)
    people: dict[str, Actor] = field(default_factory=dict)
    _running: asyncio.Task[None] | None = None

    async def wake(self) -> None:
        """Start the bot (again, after `fall_asleep` or `die`)."""
        self.api = self.api or make_app(
            self.room, None, telegram_token=TOKEN, zalo_token=ZALO_TOKEN, faults=self.faults, outside=self.proxy or Loopback()
        )
        transport = httpx.ASGITransport(app=self.api)
        links = Links(base=PUBLIC_URL, key=bytes(32)) if self.proxy else None
        app = App(
            database=Database(self.settings.database, channels.limits(linked=links is not None)),
            links=links,
            platforms={
                "telegram": Telegram(
                    TOKEN, files_root=self.folder, api_url="http://sandbox", transport=transport, now=self.clock.now
                ),
                "zalo": Zalo(
                    ZALO_TOKEN,
                    api_url=f"http://sandbox{self.habit}",
                    poll_spacing=0,
                    public_link=(lambda file: channels.file_link(links, file, self.clock.now())) if links else None,
                    webhook=Webhook(url=PUBLIC_URL + web.WEBHOOK, secret=WEBHOOK_SECRET) if self.webhook else None,
                    transport=transport,
                    now=self.clock.now,
                ),
            },
            office=self.office,
            clock=self.clock,
            data=self.folder,
            pace=unhurried(),
        )
        if self.proxy:
            self.proxy.to = web.application(app)
        self.rehearsal = (Called if self.webhook else Rehearsal)(app=app, room=self.room, clock=self.clock)
        await app.start()
        self._running = asyncio.create_task(app.run())
        await self.settle()

    @property
    def app(self) -> App:
        """The bot."""
        return self.rehearsal.app

    async def fall_asleep(self) -> None:
        """Stop the bot in good order; the town goes on."""
        assert self._running is not None
        self._running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._running
        await self.app.stop()
        self._running = None

    async def settle(self) -> None:
        """Wait until everything said is handled and answered."""
        assert self._running is not None
        done, _ = await asyncio.wait(
            [self._running, settled := asyncio.ensure_future(self.rehearsal.settle())],
            timeout=PATIENCE,
            return_when=asyncio.FIRST_COMPLETED,
        )
        if settled not in done:
            settled.cancel()
            if self._running in done:
                await self._running
            raise AssertionError("the bot did not come to rest")
        await settled

    async def time_passes(self, to: datetime | timedelta) -> None:
        """Move the clock, letting everything on the way happen at its own moment."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.rehearsal.move_clock(self.clock.now() + to if isinstance(to, timedelta) else to)
        except TimeoutError:
            raise AssertionError("the bot did not come to rest on the way") from None

    async def time_jumps(self, to: datetime) -> None:
        """Move the clock in one leap, as after a long sleep of the machine."""
        self.clock.move_to(to)
        await self.app.tick()
        await self.settle()

    async def ask(self, work: Work[T]) -> T:
        """Read (or change) the database through a second connection."""

        def turn() -> T:
            database = PlainDatabase(self.settings.database, LIMITS)
            try:
                return database.turn(work)
            finally:
                database.close()

        return await asyncio.to_thread(turn)  # the bot, on this loop, may hold the database for a moment

    def actor(self, name: str, platform: PlatformName = "telegram") -> Actor:
        """A person of this name on a platform; made when first asked for."""
        key = f"{name}/{platform}"
        if key not in self.people:
            known = next((a.person for a in self.people.values() if a.name == name), None)
            self.people[key] = Actor(town=self, name=name, platform=platform, person=known or self.room.add_person(name))
        return self.people[key]

    async def invite(self, unit: str, role: Role = Role.FOCAL) -> str:
        """An invite code from the command line."""
        return await self.ask(
            lambda store: store.invites.create(
                unit_id=next(u.id for u in store.units.all() if u.code == unit), role=role, by=None, now=self.clock.now()
            )
        )

    async def settler(self, name: str, unit: str, platform: PlatformName = "telegram", role: Role = Role.FOCAL) -> Actor:
        """A person registered the long way: opens the invite, answers the questions; confirmed by the first coordinator."""
        who = self.actor(name, platform)
        await who.opens(await self.invite(unit, role))
        await who.says(name)
        await who.says("0903 123 456")
        await who.chooses("Đúng")
        coordinator = next((a for a in self.people.values() if a.coordinates and a is not who), None)
        if role is Role.COORDINATOR:
            who.coordinates = True
        if coordinator is not None:
            await coordinator.chooses("Xác nhận")
            if role.sees_all:
                await coordinator.chooses("Xác nhận cán bộ")
            coordinator.forget()
        who.forget()
        return who

    def nobody_else_heard_anything(self, *but: Actor) -> None:
        """Everybody else has no unread message."""
        for actor in self.people.values():
            if actor not in but:
                assert not actor.unread, f"{actor.name} also heard: {actor.unread[0].text[:100]}"


@dataclass(eq=False)
class Actor:
    """A person with eyes: reads what the bot wrote to them, presses what it shows."""

    town: Town
    name: str
    platform: PlatformName
    person: Person
    coordinates: bool = False
    read: int = 0

    @property
    def heard(self) -> list[Message]:
        """Everything the bot ever said here, as it now stands."""
        return self.town.room.heard(self.person, self.platform)

    @property
    def unread(self) -> list[Message]:
        """What came since `forget`."""
        return self.heard[self.read :]

    @property
    def screen(self) -> str:
        """The unread messages as one text, buttons included."""
        return "\n---\n".join(shown(message) for message in self.unread)

    def forget(self) -> None:
        """Look away: what was said so far is read."""
        self.read = len(self.heard)

    @property
    def menu(self) -> dict[str, str]:
        """The commands menu (Telegram): command → description."""
        return {entry["command"]: entry["description"] for entry in self.town.room.menu(self.person)}

    async def says(self, text: str) -> str:
        """Type something; what the bot answers."""
        self.forget()
        self.town.room.say(self.person, self.platform, text)
        await self.town.settle()
        return self.screen

    async def opens(self, code: str) -> str:
        """Open an invitation: a link on Telegram, a typed code on Zalo."""
        self.forget()
        link = f"https://t.me/{self.town.room.bot_username}?start={code}" if self.platform == "telegram" else code
        self.town.room.open_link(self.person, self.platform, link)
        await self.town.settle()
        return self.screen

    async def taps(self, label: str) -> str:
        """Press a button really shown on the newest message that has it (Telegram)."""
        assert self.platform == "telegram"
        for message in reversed(self.heard):
            for row in message.buttons:
                for button in row:
                    if button["text"] == label or button["text"].startswith(label):
                        self.forget()
                        self.town.room.tap(self.person, message.id, button["callback_data"])
                        await self.town.settle()
                        return self.screen
        raise AssertionError(f"{self.name} sees no button {label!r} in:\n{shown(self.heard[-1]) if self.heard else 'nothing'}")

    async def numbers(self, label: str) -> str:
        """Answer with the mark in front of a label in the newest list (where there are no buttons)."""
        for message in reversed(self.heard):
            found = re.findall(r"(?m)^([0-9]+|[a-z]{1,2})\) (.+)$", message.text)
            for mark, text in found:
                if text == label or text.startswith(label):
                    return await self.says(mark)
            if found:
                break
        raise AssertionError(f"{self.name} sees no choice {label!r} in:\n{self.heard[-1].text if self.heard else 'nothing'}")

    async def chooses(self, label: str) -> str:
        """Press the button, or where there are none type its number or letter."""
        return await (self.taps(label) if self.platform == "telegram" else self.numbers(label))

    async def sends_file(self, name: str, content: bytes, mime: str = "application/pdf") -> str:
        """Send a document."""
        self.forget()
        self.town.room.send_file(self.person, self.platform, name, content, mime)
        await self.town.settle()
        return self.screen

    def sees(self, *texts: str) -> None:
        """Every text stands in the unread messages."""
        for text in texts:
            assert text in self.screen, f"{self.name} does not see {text!r} in:\n{self.screen}"

    def sees_nothing_of(self, *texts: str) -> None:
        """None of the texts stands there."""
        for text in texts:
            assert text not in self.screen, f"{self.name} sees {text!r} in:\n{self.screen}"


def shown(message: Message) -> str:
    """A message with its buttons, as a person reads it."""
    rows = ["  ".join(f"[{button['text']}]" for button in row) for row in message.buttons]
    return "\n".join([message.text, *rows])


@dataclass
class Proxy:
    """The reverse proxy in front of the bot's web server: how the sandbox and people's browsers reach it (an Outside)."""

    to: Starlette | None = None

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        return (await self.browser().post(url, headers=headers, content=body)).status_code

    async def fetch(self, url: str) -> bytes | None:
        if not url.startswith(PUBLIC_URL):
            return None
        answer = await self.browser().get(url)
        if answer.status_code != 200:
            raise OSError(f"HTTP status {answer.status_code}")
        return answer.content

    def browser(self) -> httpx.AsyncClient:
        """Whoever opens a link. Raises OSError while nobody serves."""
        if self.to is None:
            raise OSError("nobody serves")
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.to, raise_app_exceptions=False), base_url=PUBLIC_URL)


class Called(Rehearsal):
    """Zalo calls the bot, so nobody ever waits at its mailbox: what lies there is on its way."""

    def _heard(self) -> bool:
        telegram = self.room.mail["telegram"]
        return bool(not telegram.waiting and telegram.listening and not self.room.mail["zalo"].waiting)


@cache
def _first_start(at: datetime) -> bytes:
    """The database as a first start leaves it. Most towns begin on the same morning, and migrating takes a second."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder))  # type: ignore[call-arg]
        prepare(settings, at.astimezone(HANOI).date(), at)
        database = file_of(settings.database)
        assert database is not None
        return database.read_bytes()


@contextlib.asynccontextmanager
async def town(
    folder: Path,
    at: datetime,
    *,
    office: Office = OFFICE,
    public: bool = False,
    webhook: bool = False,
    habit: str = "/zalo",
    url: str = "",
) -> AsyncIterator[Town]:
    """A town whose clock stands at `at`; the seed plan is loaded and armed, nobody is registered.

    `public`: the bot's web server can be reached from outside; with `webhook` Zalo calls it there instead of being asked.
    `habit`: whether Zalo answers errors under HTTP 200 ("/zalo") or under their own status ("/zalo-strict"); both were seen.
    `url`: of an empty database on a server, instead of a file in `folder`.
    """
    clock = StoppedClock(at)
    settings = Settings(_env_file=None, data_dir=folder, database_url=url)  # type: ignore[call-arg]
    if (database := file_of(settings.database)) is not None:
        database.write_bytes(_first_start(at))
    else:
        prepare(settings, at.astimezone(HANOI).date(), at)
    place = Town(
        folder=folder, clock=clock, room=Room(clock.now), faults=FaultPlan(), settings=settings, office=office, habit=habit
    )
    place.proxy, place.webhook = Proxy() if public or webhook else None, webhook
    await place.wake()
    try:
        yield place
        botapi.check_requests(place.room)
    finally:
        if place._running is not None:
            await place.fall_asleep()
        place.room.close()
