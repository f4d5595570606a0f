"""The composition root: settings → database, platforms, router, scheduler; the only file that knows them all."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from bot import plans
from bot.channels import LIMITS
from bot.chat.messages import PlatformName
from bot.chat.platform import Identity, Platform, SecondPoller
from bot.clock import Clock
from bot.domain.calendar import WorkCalendar
from bot.domain.links import Links
from bot.domain.office import Office
from bot.settings import Settings
from handlers.intake import Intake
from handlers.router import Surroundings
from scheduler import digest, heartbeat, reminders, sparing, weekly
from scheduler.clockwatch import ClockWatch
from scheduler.delivery import Delivery
from scheduler.housekeeping import Housekeeping
from scheduler.keeping import Keeping
from scheduler.pace import Pace
from scheduler.rendering import Rendering
from storage import days, migrate, offices, pulse
from storage.backup import Keep
from storage.clearing import Retention
from storage.database import Database, PlainDatabase
from storage.journal import Journal
from storage.lock import AlreadyRunning as AlreadyRunning
from storage.lock import sole_process as sole_process
from storage.pulse import Pulse
from storage.store import Store

log = logging.getLogger(__name__)

TICK = 20.0  # seconds
LAST_WORDS = 10.0  # seconds the coordinators' alarm gets before the bot ends


def prepare(settings: Settings, today: date, now: datetime) -> None:
    """Bring the database up to date; on the first start load the seed plan and the table of special days, and arm the plan."""
    database = PlainDatabase(settings.database, LIMITS)
    try:
        migrate.upgrade(database.engine)
        database.turn(lambda store: _first_start(store, today, now))
    finally:
        database.close()


def _first_start(store: Store, today: date, now: datetime) -> None:
    store.audit.acting("program", now)
    if not store.plans.latest():
        source = plans.SEED.read_text(encoding="utf-8")
        plan_id, plan = store.plans.add(source, now)
        store.units.sync(plan.units)
        for year in (today.year, today.year + 1):
            if any(round_.last_day >= today for round_ in store.rounds.arm(plan_id, plan, year, today)):
                break
        for day in days.shipped_days():
            store.special_days.put(day)


@dataclass(kw_only=True)
class App:
    """A running bot: what turns, sends and ticks. `platforms` are connected by `run`."""

    database: Database
    platforms: dict[PlatformName, Platform]
    office: Office
    clock: Clock
    data: Path
    pace: Pace = field(default_factory=Pace)
    keep: Keep = field(default_factory=Keep)
    watch: ClockWatch | None = None
    links: Links | None = None
    retention: Retention = field(default_factory=Retention)
    says: Callable[[str, str], None] = lambda kind, what: None
    _calendar: WorkCalendar | None = None

    def __post_init__(self) -> None:
        self._configured = self.office
        self.bot_links: dict[str, str] = {}
        journal = Journal(self.data)
        self.delivery = Delivery(
            self.database, self.platforms, self.clock.now, self.calendar, self.pace, journal, hold=self._clock_in_doubt
        )
        self.keeping = Keeping(
            self.database, journal, self.data, self.platforms, self.office, self.clock.now, self.calendar, self.keep
        )
        self.housekeeping = Housekeeping(self.database, self.data, self.office, self.clock.now, self.calendar, self.retention)
        self._ticking = asyncio.Lock()
        self.started_at = self.clock.now()
        self.ticked_at: datetime | None = None
        self.rendering = Rendering(self.database, self.data, self.office, self.clock.now)
        self.rendering.said = self.delivery.wake.set
        self.intake = Intake(self.database, self.platforms, self._surroundings, self.clock.now, self.data, self._wake)

    def calendar(self) -> WorkCalendar:
        """Working days around now, as of the last tick."""
        assert self._calendar is not None
        return self._calendar

    async def start(self) -> None:
        """Read the calendar and connect every platform, waiting for the network as long as it takes. Raises BadToken."""
        await self.refresh_office()
        await self.keeping.start()
        await self.housekeeping.start()
        for platform in self.platforms.values():
            identity = await self._connect(platform)
            self.bot_links[platform.name] = identity.link_base
            await self.database.turn(lambda store, i=identity, p=platform: _remember(store, p.name, i))  # type: ignore[misc]
        await self.keeping.listening()

    async def run(self) -> None:
        """Work until cancelled. Raises SecondPoller."""
        beat = heartbeat.start({"tick": (TICK, self.tick)})
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.delivery.run())
                tasks.create_task(self.rendering.run())
                tasks.create_task(self.intake.work())
                for platform in self.platforms.values():
                    tasks.create_task(self._listen(platform))
                tasks.create_task(self.tick())
        finally:
            beat.shutdown(wait=False)

    async def stop(self) -> None:
        """Close every connection."""
        await self.keeping.stop()
        for platform in self.platforms.values():
            await platform.stop()
        await self.database.close()

    async def pulse(self) -> Pulse:
        """How late the work is now."""
        now, calendar = self.clock.now(), self.calendar()
        return await self.database.turn(
            lambda store: pulse.feel(
                store,
                now,
                calendar,
                self.data,
                tuple(self.platforms),
                ticked_at=self.ticked_at,
                started_at=self.started_at,
                sqlite=self.database.file is not None,
            )
        )

    async def tick(self) -> None:
        """Queue what fell due. What is due is asked of the database, so a late or missed tick loses nothing.

        One at a time: the first may still be under way when the next beat, or a clock that was moved, asks for another.
        """
        async with self._ticking:
            await self._tick()

    async def _tick(self) -> None:
        self.ticked_at = self.clock.now()
        try:
            now = self.clock.now()
            if self.watch is not None:
                self.watch.look(now, [getattr(platform, "their_clock", None) for platform in self.platforms.values()])
            if self._clock_in_doubt():
                return
            await self.refresh_office()
            await self.database.turn(lambda store: reminders.tick(store, now, self.office, self.calendar()))
            await self.database.turn(lambda store: digest.tick(store, now, self.office, self.calendar()))
            await self.database.turn(lambda store: weekly.tick(store, now, self.office, self.calendar()))
            await self.database.turn(lambda store: sparing.tick(store, now, self.office, self.calendar()))
            await self.rendering.tidy()
            self._wake()
        except Exception as error:  # a tick that fails is tried again in seconds; it must not end the bot
            log.exception("tick failed error=%s", type(error).__name__)
        try:
            await self.keeping.tick()
        except Exception as error:  # nor may keeping suffer from a tick that fails
            log.exception("keeping failed error=%s", type(error).__name__)
        try:
            await self.housekeeping.tick(await self.pulse())
            self.delivery.wake.set()
        except Exception as error:
            log.exception("housekeeping failed error=%s", type(error).__name__)

    async def _listen(self, platform: Platform) -> None:
        """Two readers lose messages for each other: tell the coordinators while sending still works, then end."""
        try:
            await self.intake.listen(platform)
        except SecondPoller:
            with contextlib.suppress(Exception):
                await self.housekeeping.second_poller(platform.name)
                self.delivery.wake.set()
                async with asyncio.timeout(LAST_WORDS):
                    while not await self.database.turn(self.delivery.done):  # noqa: ASYNC110 - the outbox is no event
                        await asyncio.sleep(0.2)
            raise

    async def idle(self) -> bool:
        """Whether everything received is handled and everything that may be sent is sent."""
        workers = (self.intake, self.rendering, self.delivery)
        if self._ticking.locked() or not all(worker.asleep for worker in workers):
            return False
        return await self.database.turn(lambda store: all(worker.done(store) for worker in workers))

    async def refresh_office(self) -> None:
        """Take over what was set in the chat or on the command line since."""
        self.office, self._calendar = await self.database.turn(self._standing)

    def _standing(self, store: Store) -> tuple[Office, WorkCalendar]:
        office = offices.standing(store, self._configured)
        return office, offices.calendar(store, office, office.day(self.clock.now()).year)

    def _wake(self) -> None:
        self.delivery.wake.set()
        self.rendering.wake.set()

    def _clock_in_doubt(self) -> bool:
        return self.watch is not None and self.watch.hold

    def _surroundings(self, store: Store) -> Surroundings:
        office, calendar = self._standing(store)
        return Surroundings(
            office=office,
            calendar=calendar,
            configured=self._configured,
            limits={name: platform.limits for name, platform in self.platforms.items()},
            bot_links=self.bot_links,
            links=self.links,
        )

    async def _connect(self, platform: Platform) -> Identity:
        wait = 1.0
        while True:
            try:
                return await platform.start()
            except OSError as error:
                log.warning("cannot reach platform=%s error=%s", platform.name, type(error).__name__)
                self.says("wait", platform.name)
            except Exception as error:
                if type(error).__module__.split(".")[0] != "httpx":
                    raise
                self.says("wait", platform.name)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 60.0)


def _remember(store: Store, platform: str, identity: Identity) -> None:
    """The command line needs the link base to print invites."""
    store.meta.put(f"link:{platform}", identity.link_base)
    store.meta.put(f"name:{platform}", identity.name)
