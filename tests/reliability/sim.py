"""The simulator: the real synchronous core, a virtual clock, one thread, one seed; crashes between decision and effect.

Everything that decides is the program's own code (scheduler.delivery.claim and settle, scheduler.reminders.tick,
handlers.intake, the storage); only the clock, the line and the people are made up. What is checked is what the line saw.
"""

from __future__ import annotations

import hashlib
import heapq
import logging
import random
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from unittest import mock

from sqlalchemy import select
from sqlmodel import SQLModel

from bot.channels import LIMITS
from bot.chat.messages import ChatRef, Chose, PlatformName, Said
from bot.chat.platform import Delivered, NotSent, Outcome, Uncertain
from bot.domain import ladder, outlook
from bot.domain.people import Role
from bot.platforms import telegram_updates, zalo_updates
from bot.texts import reporting
from handlers import intake
from handlers.router import Surroundings
from scheduler import delivery, digest, reminders
from scheduler.pace import Pace
from storage import journal, outbox
from storage.database import PlainDatabase
from storage.outbox import Claimed
from storage.store import Store
from storage.tables import ReportRow, RoundRow
from tests.reliability import checks, town
from tests.reliability.line import Arrival, Line, Weather
from tests.reliability.town import Size

T = TypeVar("T")
PLATFORMS: frozenset[PlatformName] = frozenset(("telegram", "zalo"))
AROUND = Surroundings(office=town.OFFICE, calendar=town.calendar(), limits=LIMITS, bot_links={})
US = telegram_updates.Self(id=1, username="nhacviec_bot")
TICK = 20.0
SQLITE = "%Y-%m-%d %H:%M:%S.%f"

# What somebody types who gets no answer.
IMPATIENT_LINES = 12

# After the last fault everything must have come to rest within this time (the invariants' liveness bound).
HEALING = timedelta(days=6)


class Crash(BaseException):
    """The process dies here. Not an Exception: nothing in the program may catch it."""


@dataclass(eq=False)
class Officer:
    """A person with a phone. `units`: unit number → since when they hold its focal seat; `former`: (unit, since, until)."""

    name: str
    chat: ChatRef
    person_id: int
    units: dict[int, datetime] = field(default_factory=dict)
    former: list[tuple[int, datetime, datetime]] = field(default_factory=list)
    reporting: bool = False
    coordinates: bool = False
    unreachable: list[tuple[datetime, datetime | None]] = field(default_factory=list)

    def held(self, unit: int, at: datetime) -> bool:
        """Whether they held a unit's seat at a moment."""
        if unit in self.units and self.units[unit] <= at:
            return True
        return any(number == unit and since <= at < until for number, since, until in self.former)


@dataclass(kw_only=True)
class Result:
    """What one run showed."""

    seed: int
    size: Size
    violations: list[str]
    arrivals: int
    updates: int
    crashes: int
    points: Counter[str]
    played: Counter[str]
    most_copies: int
    repeats: int
    late: list[float]
    hash: str


class Simulation:
    """One seed."""

    def __init__(self, seed: int, size: Size, weather: Weather | None = None) -> None:
        self.seed, self.size = seed, size
        self.dice = random.Random(f"{seed}/life")
        self.weather = weather or Weather.drawn(random.Random(f"{seed}/weather"))
        self.line = Line(random.Random(f"{seed}/line"), self.weather)
        self.now = town.local(size.start, 7, 0)
        self.end = town.local(size.until, 18, 0)
        self.calendar = town.calendar()
        self.queue: list[tuple[datetime, int, int | None, Callable[[], None]]] = []
        self.number = 0
        self.life = 0
        self.up = False
        self.born = self.now
        self.crashes: list[datetime] = []
        self.healed: datetime | None = None
        self.points: Counter[str] = Counter()
        self.officers: dict[ChatRef, Officer] = {}
        self.focal: dict[int, Officer] = {}
        self.under_way: dict[ChatRef, Claimed] = {}
        self.entries: list[journal.Entry] = []
        self.wanted: dict[str, datetime] = {}
        # What the checks remember, by message row: copies seen, uncertain outcomes, attempts, first piece.
        self.copies: Counter[int] = Counter()
        self.doubts: Counter[int] = Counter()
        self.attempts: dict[int, int] = {}
        self.heads: dict[int, int] = {}
        self.left: dict[ChatRef, list[datetime]] = defaultdict(list)
        self.left_at_all: dict[str, deque[datetime]] = defaultdict(deque)
        self.newest: dict[object, int] = defaultdict(int)
        self.acknowledged: set[str] = set()
        self.heard: dict[int, tuple[datetime, int]] = {}
        self.told: dict[tuple[int, str], list[datetime]] = defaultdict(list)
        self.handled: Counter[tuple[str, str]] = Counter()
        self.set_aside: Counter[tuple[str, str]] = Counter()
        self.lost_on_zalo: set[tuple[str, str]] = set()
        self.forged: dict[str, ChatRef] = {}
        self.answered: dict[tuple[int, str], datetime] = {}
        self.moved: dict[str, list[datetime]] = defaultdict(list)
        self.snoozed: set[int] = set()
        self.silent: list[tuple[str, datetime, datetime]] = []
        self.outages: list[tuple[datetime, datetime]] = []
        self.pauses: list[tuple[datetime, datetime]] = []
        self.tokens = 10
        self.late: list[float] = []
        self.violations: list[str] = []
        self.history = hashlib.sha256()
        self.database = PlainDatabase("sqlite://", LIMITS)
        # Digests are dear to make and few: some seeds hear many of them.
        self.digests = self.dice.choice([0.1, 0.1, 0.1, 1.0])
        self.keys = random.Random(f"{seed}/keys")

    # the run

    def run(self) -> Result:
        """Play it through and check everything."""
        logging.disable(logging.CRITICAL)
        try:
            with mock.patch.object(outbox, "_key", self._key):
                self._settle_the_town()
                self._play(self.end)
                self._heal()
                self._play(self.end + HEALING)
                self.violations += checks.at_the_end(self)
        finally:
            logging.disable(logging.NOTSET)
            self.database.close()
        copies = Counter(arrival.row for arrival in self.line.seen)
        return Result(
            seed=self.seed,
            size=self.size,
            violations=self.violations,
            arrivals=len(self.line.seen),
            updates=len(self.line.handed),
            crashes=len(self.crashes),
            points=self.points,
            played=Counter(self.line.played),
            most_copies=max(copies.values(), default=0),
            repeats=sum(many - 1 for many in copies.values()),
            late=self.late,
            hash=self.history.hexdigest(),
        )

    def _key(self) -> str:
        """A button's or message's key: of the seed, so that the same seed is the same run."""
        return f"{self.keys.getrandbits(96):024x}"

    def at(self, moment: datetime, what: Callable[[], None], *, bot: bool = False) -> None:
        """Do something then; a thing of the bot's only if it still lives the same life."""
        self.number += 1
        heapq.heappush(self.queue, (max(moment, self.now), self.number, self.life if bot else None, what))

    def after(self, seconds: float, what: Callable[[], None], *, bot: bool = False) -> None:
        self.at(self.now + timedelta(seconds=seconds), what, bot=bot)

    def turn(self, work: Callable[[Store], T], point: str = "") -> T:
        """One transaction; with `point` the process may die just before its commit."""

        def whole(store: Store) -> T:
            done = work(store)
            if point:
                self.point(f"inside {point}")
            return done

        return self.database.turn(whole)

    def point(self, name: str) -> None:
        """A fault point: between a decision and its effect."""
        self.points[name] += 1
        if self.dice.random() < self.weather.crash:
            raise Crash(name)

    def happened(self, *what: object) -> None:
        self.history.update(repr((self.now.isoformat(), *what)).encode())

    def wrong(self, what: str) -> None:
        self.violations.append(f"{self.now:%d/%m %H:%M:%S} {what}")

    def _play(self, until: datetime) -> None:
        while self.queue and self.queue[0][0] <= until:
            self.now, _, life, what = heapq.heappop(self.queue)
            if life is not None and life != self.life:
                continue
            try:
                what()
            except Crash as crash:
                self._die(str(crash))
        self.now = max(self.now, until)

    # life and death

    def _die(self, where: str) -> None:
        self.happened("crash", where)
        self.crashes.append(self.now)
        self.life += 1
        self.up = False
        for claimed in self.under_way.values():
            self.doubts[claimed.id] += 1
        self.under_way.clear()
        self.wanted.clear()
        draw = self.dice.random()
        if draw < 0.75:
            down = self.dice.uniform(5, 60)
        elif draw < 0.97 or self.healed:
            down = self.dice.uniform(60, 3600)
        else:
            down = self.dice.uniform(3600, 30 * 3600)
        self.after(down, lambda: None if self.up else self._start())

    def _start(self) -> None:
        self.up, self.born = True, self.now
        self.pace = Pace(clock=lambda: self.now.timestamp())
        past = journal.Past(entries=tuple(self.entries), restores=0, torn=0)
        self.turn(lambda store: journal.replay(store, past))
        self.offsets = {name: self.turn(lambda store: store.inbox.last_key(name)) for name in sorted(PLATFORMS)}
        self.turn(lambda store: store.outbox.rescue(self.now, delivery.REPEAT_AFTER, all_=True), "the rescue at start")
        self._tick_soon()
        self.want("tick", 1)
        self.want("poll", 0.5)
        self.want("work", 0.6)
        self.want("pump", 0.7)

    def want(self, what: str, seconds: float) -> None:
        """Have one of the bot's loops wake up soon; it wakes once however often it is asked."""
        if not self.up:
            return
        moment = self.now + timedelta(seconds=seconds)
        if what in self.wanted and self.now <= self.wanted[what] <= moment:
            return
        self.wanted[what] = moment
        loop = {"tick": self._tick, "poll": self._poll, "work": self._work, "pump": self._pump}[what]

        def wake() -> None:
            if self.wanted.get(what) == self.now:
                del self.wanted[what]
                loop()

        self.at(moment, wake, bot=True)

    # the bot's loops

    def _tick(self) -> None:
        now = self.now
        self.turn(lambda store: reminders.tick(store, now, town.OFFICE, self.calendar), "a tick")
        self.point("after a tick")
        # Dear, and hardly ever of use before its hour: only now and then, for what a downtime left undone.
        if town.OFFICE.digest_at <= now.astimezone(town.HANOI).time() or self.dice.random() < 0.2:
            self.turn(lambda store: digest.tick(store, now, town.OFFICE, self.calendar), "a digest")
        self.want("pump", 0.01)

    def _pump(self) -> None:
        """Claim as the outbox worker does: up to eight at once, each chat one at a time."""
        now = self.now
        while len(self.under_way) < delivery.PARALLEL:
            busy = self.pace.busy() | frozenset(self.under_way)
            pushes = self.calendar.is_office_time(now)
            claimed = self.turn(lambda store: self._claim(store, pushes, busy), "a claim")
            if isinstance(claimed, list):
                if self.pace.busy():
                    claimed.append(now + timedelta(seconds=1))
                if claimed:
                    self.want("pump", max((min(claimed) - now).total_seconds(), 0.5))
                return
            self.point("claimed, nothing sent")
            self.heads[claimed.id], self.attempts[claimed.id] = claimed.first_id, claimed.attempts
            if claimed.kind == "push":
                checks.a_push_is_claimed(self, claimed)
            self.under_way[claimed.piece.chat] = claimed
            self.after(self.pace.take(claimed.piece.chat), lambda c=claimed: self._leave(c, now), bot=True)  # type: ignore[misc]

    def _claim(self, store: Store, pushes: bool, busy: frozenset[ChatRef]) -> Claimed | list[datetime]:
        """A message to send, or the moments something may be due at: the bot asks twice a second, here nobody asks between."""
        claimed = delivery.claim(store, self.now, self.calendar, pushes=pushes, busy=busy, platforms=PLATFORMS)
        return claimed or self._next_moments(store)

    def _leave(self, claimed: Claimed, claimed_at: datetime) -> None:
        now, chat = self.now, claimed.piece.chat
        if not self.turn(lambda store: store.outbox.may_leave(claimed, now)):
            self._free(chat)
            return
        self.point("allowed to leave, not sent")
        checks.a_request_leaves(self, claimed)
        answered_at, outcome, fate = self.line.send(claimed, delivery.worded(claimed), now, claimed_at)
        self.happened("request", claimed.id, str(chat), fate)
        if fate in ("ok", "hung", "cut", "gateway-after"):
            arrival = self.line.seen[-1]
            self.at(arrival.at, lambda: self._arrives(arrival))
        self.after(0, lambda: self.point("sent, no answer yet"), bot=True)
        self.at(answered_at, lambda: self._answered(claimed, outcome), bot=True)

    def _answered(self, claimed: Claimed, outcome: Outcome) -> None:
        now, chat = self.now, claimed.piece.chat
        self.point("answered, not in the journal")
        if isinstance(outcome, Delivered):
            self.entries.append(journal.Entry(key=claimed.key, on=chat.platform, id=outcome.message_id, at=now))
        self.point("answered, not marked")
        if isinstance(outcome, Uncertain):
            self.doubts[claimed.id] += 1
        today = self.calendar.today(now)
        self.turn(lambda store: delivery.settle(store, claimed, outcome, now, today), "a mark")
        if isinstance(outcome, NotSent) and outcome.everyone and outcome.after:
            self.silent.append((chat.platform, now, now + outcome.after))
        self.point("after a mark")
        self._free(chat)
        if claimed.kind == "push" and (not isinstance(outcome, Delivered) or now - claimed.queued_at > timedelta(minutes=2)):
            self._tick_soon()

    def _tick_soon(self) -> None:
        """Something may fall due that no day of the calendar tells: the bot ticks every 20 seconds anyway."""
        self.want("tick", TICK)
        if not self.calendar.is_office_time(self.now):
            opening = self.calendar.next_office_time(self.now)
            self.at(opening + timedelta(seconds=TICK), lambda: self.want("tick", 0))

    def _free(self, chat: ChatRef) -> None:
        self.under_way.pop(chat, None)
        self.want("pump", 0.01)

    def _next_moments(self, store: Store) -> list[datetime]:
        now = self.now
        stamp = now.astimezone(UTC).strftime(SQLITE)
        query = f"""SELECT min(CASE WHEN state = 'sending' THEN lease_until WHEN not_before > '{stamp}' THEN not_before END),
            max(kind = 'push'), (SELECT min(until) FROM pause WHERE until > '{stamp}')
            FROM message WHERE state IN ('pending', 'uncertain', 'sending')"""
        waits, pushes, pause = store.session.connection().exec_driver_sql(query).one()
        found = [datetime.strptime(text, SQLITE).replace(tzinfo=UTC) for text in (waits, pause) if text]
        if pushes and self.calendar.is_office_time(now):
            found.append(now + timedelta(minutes=5))
        elif pushes:
            found.append(self.calendar.next_office_time(now))
            self.at(found[-1] + timedelta(seconds=TICK), lambda: self.want("tick", 0), bot=True)
        # What should have ended by now and has not is a fault: it is looked at again, but not twice a second for days.
        return [moment + timedelta(seconds=0.5) if moment > now else now + timedelta(minutes=10) for moment in found]

    def _poll(self) -> None:
        now = self.now
        for platform in sorted(PLATFORMS):
            batch = self.line.poll(platform, self.offsets.get(platform))
            if not batch:
                continue
            try:
                self.point("fetched, not kept")
                rows = [(key, self._lane(platform, raw), raw) for key, raw in batch]
                self.turn(lambda store: store.inbox.add(platform, rows, now), "keeping updates")
            except Crash:
                if platform == "zalo":  # Zalo hands out once: what was fetched and not kept is gone, and nobody can help it
                    self.lost_on_zalo |= {(platform, key) for key, _ in batch}
                raise
            self.offsets[platform] = batch[-1][0]
            self.point("kept, not confirmed")
            self.want("work", 0.01)
            self.want("poll", 0.3)

    def _lane(self, platform: str, raw: dict[str, Any]) -> str:
        try:
            incoming = self._translate(platform, raw)
        except Exception:
            return ""
        return incoming.origin.chat.chat_id if incoming else ""

    def _translate(self, platform: str, raw: dict[str, Any]) -> Any:
        if platform == "telegram":
            return telegram_updates.translate(raw, US, lambda: self.now)
        return zalo_updates.translate(raw, (), lambda: self.now)

    def _work(self) -> None:
        now = self.now
        received = self.turn(lambda store: intake.take(store, now))
        if received is None:
            return
        self.want("work", 0.02)
        self.point("attempt counted, not handled")
        key = (received.platform, received.key)
        try:
            incoming = self._translate(received.platform, received.raw)
        except Exception as error:
            problem = error
            self.turn(lambda store: intake.failed(store, received, problem, None, now, hopeless=True))
            self.set_aside[key] += 1
            return
        if incoming is None:
            self.turn(lambda store: store.inbox.done(received.id))
            self.handled[key] += 1
            return
        try:
            self.turn(lambda store: intake.handle(store, received, incoming, AROUND, now), "handling an update")
        except Exception as error:
            self.wrong(f"an update raised {type(error).__name__}: {error}"[:200])
            problem = error
            self.turn(lambda store: intake.failed(store, received, problem, incoming, now))
            return
        self.handled[key] += 1
        if isinstance(incoming, Chose | Said):
            self._note_reports()
        if isinstance(incoming, Chose) and self.forged.get(incoming.token) == incoming.origin.chat:
            checks.forged_tap(self, incoming.origin.chat)
        self.point("handled")
        self.want("pump", 0.01)

    # what the harness must know

    def _note_reports(self) -> None:
        def read(store: Store) -> list[tuple[int, int]]:
            many = store.session.connection().exec_driver_sql("SELECT count(*) FROM report").scalar_one()
            if many == self.reports:
                return []
            self.reports = many
            return [(row.unit_id, row.round_id) for row in store.session.scalars(select(ReportRow))]

        for unit_id, round_id in self.turn(read):
            at = (self.unit_numbers[unit_id], self.round_codes[round_id])
            if at not in self.answered:
                self.answered[at] = self.now
                self.happened("report", at)

    # people

    def _settle_the_town(self) -> None:
        SQLModel.metadata.create_all(self.database.engine)
        self.turn(self._found)
        for number in range(1, self.size.units + 1):
            # Every eighth officer speaks for two units.
            if number % 8 == 0 and number - 1 in self.focal and self.dice.random() < 0.5:
                self._seat(self.focal[number - 1], number)
            else:
                self._seat(self._newcomer(f"Cán bộ {number}"), number)
        hoa = self._newcomer("Hoa")
        hoa.coordinates = True
        self.turn(lambda store: self._confirm(store, hoa, self.nv, Role.COORDINATOR))
        self.reports = 0
        self._plan_the_days()
        self.at(self.now, self._start)  # which may die like any other

    def _found(self, store: Store) -> None:
        plan_id, plan = store.plans.add(town.plan(self.size), self.now)
        store.units.sync(plan.units)
        store.rounds.arm(plan_id, plan, town.YEAR, self.size.start)
        units = store.units.all()
        self.unit_ids = {int(unit.code[1:]): unit.id for unit in units if unit.code.startswith("P")}
        self.unit_numbers = {id_: number for number, id_ in self.unit_ids.items()}
        self.nv = next(unit.id for unit in units if unit.code == "NV")
        self.unit_numbers[self.nv] = 0
        self.rounds = {round_.code: round_ for round_ in store.rounds.all()}
        self.round_codes = {round_.id: round_.code for round_ in self.rounds.values()}

    def _newcomer(self, name: str) -> Officer:
        number = 5_100_000_000 + len(self.officers)
        platform: PlatformName = "zalo" if self.dice.random() < 0.35 else "telegram"
        chat = ChatRef(platform=platform, chat_id=str(number) if platform == "telegram" else f"{number:020x}")

        def add(store: Store) -> int:
            person = store.people.add(name=name, honorific="anh", phone="", now=self.now)
            store.people.add_address(person.id, chat, chat.chat_id, self.now)
            return person.id

        officer = Officer(name=name, chat=chat, person_id=self.turn(add))
        self.officers[chat] = officer
        return officer

    def _seat(self, officer: Officer, unit: int) -> None:
        former = self.focal.get(unit)
        self.turn(lambda store: self._confirm(store, officer, self.unit_ids[unit], Role.FOCAL))
        if former is not None:
            former.former.append((unit, former.units.pop(unit), self.now))
        officer.units[unit] = self.now
        self.focal[unit] = officer
        self.happened("seat", officer.name, unit)

    def _confirm(self, store: Store, officer: Officer, unit_id: int, role: Role) -> None:
        seat = store.people.ask_seat(person_id=officer.person_id, unit_id=unit_id, role=role, now=self.now)
        store.people.confirm(seat.id, by=None, now=self.now)

    def _plan_the_days(self) -> None:
        """Everything that will happen of itself, drawn now; what people do follows from what they see."""
        w, dice = self.weather, self.dice
        day = self.size.start
        while day <= self.size.until + HEALING:
            if self.calendar.is_working(day):
                self._plan_a_day(day)
            day += timedelta(days=1)
        days = (self.size.until - self.size.start).days
        months = days / 30
        for unit in range(1, self.size.units + 1):
            if dice.random() < w.handovers * months:
                self.at(self._some_moment(), lambda u=unit: self._hand_over(u))  # type: ignore[misc]
            if dice.random() < w.snoozes * months:
                self.at(self._some_moment(), lambda u=unit: self._snooze(u))  # type: ignore[misc]
            if dice.random() < w.paper * months:
                self.at(self._some_moment(), lambda u=unit: self._by_paper(u))  # type: ignore[misc]
            if dice.random() < w.blocks * months:
                self.at(self._some_moment(), lambda u=unit: self._block(u))  # type: ignore[misc]
        for _ in range(w.moves):
            self.at(self._some_moment(), self._move)
        for _ in range(w.outages):
            hours = dice.uniform(0.05, w.longest_outage)
            self.at(self._some_moment(), lambda h=hours: self._outage(h))  # type: ignore[misc]
        for _ in range(int(days * w.malformed)):
            self.at(self._some_moment(), lambda: (self.line.garbage(self.now), self.want("poll", 0.2))[0])
        for _ in range(3):
            self.at(self._some_moment(), self._forge)

    def _some_moment(self) -> datetime:
        """Most of what happens happens around office hours."""
        days = (self.size.until - self.size.start).days
        day = self.size.start + timedelta(days=self.dice.randrange(max(days, 1)))
        hour = self.dice.uniform(7, 18) if self.dice.random() < 0.8 else self.dice.uniform(0, 24)
        return town.local(day) + timedelta(hours=hour)

    def _plan_a_day(self, day: date) -> None:
        """The bot ticks every 20 seconds; here it ticks when something may fall due, and now and then besides."""
        jitter = lambda: self.dice.uniform(0, TICK)  # noqa: E731
        self.at(
            town.local(day, 8, 30) + timedelta(seconds=jitter()), lambda: self.want("tick", 0) if self._rungs_on(day) else None
        )
        if self.dice.random() < 0.08:
            self.at(town.local(day, 7, 30) + timedelta(hours=self.dice.uniform(0, 10)), lambda: self.want("tick", 0))
        if self.size.excerpts and (day.weekday() == 0 or not self.calendar.is_working(day - timedelta(days=1))):
            self.at(town.local(day, 9, 30) + timedelta(seconds=jitter()), lambda: self.want("tick", 0))
        self.at(
            town.local(day, 17, 0) + timedelta(seconds=jitter()), lambda: self.want("tick", 0) if self._digest_on(day) else None
        )
        self.at(town.local(day, 16, 45), lambda: checks.a_day_ends(self, day))

    def _rungs_on(self, day: date) -> bool:
        if self.snoozed or self.turn(lambda store: store.outbox.awaiting()):
            return True
        return any(rung.day == day for code in self.rounds for rung in self.ladder(code))

    def _digest_on(self, day: date) -> bool:
        if self.dice.random() > self.digests:
            return False
        spans = [outlook.digest_days(round_, self.calendar, town.OFFICE) for round_ in self.rounds.values()]
        return any(first <= day <= last for first, last in spans)

    def ladder(self, code: str) -> tuple[ladder.Rung, ...]:
        round_ = self.rounds[code]
        return ladder.rungs(round_.last_day, round_.armed_on, round_.ladder, self.calendar, town.OFFICE.remind_at)

    def _hand_over(self, unit: int) -> None:
        self._seat(self._newcomer(f"Người mới {len(self.officers)}"), unit)
        self._tick_soon()

    def _snooze(self, unit: int) -> None:
        for code in self.rounds:
            if (unit, code) not in self.answered and self._rungs_passed(code):
                until = self.calendar.shift(self.calendar.today(self.now), self.dice.randrange(1, 4))
                self.snoozed.add(unit)
                self.turn(
                    lambda store: store.reminders.snooze(
                        round_id=self.rounds[code].id,
                        unit_id=self.unit_ids[unit],
                        person_id=self.focal[unit].person_id,
                        kind="later",
                        until=until,
                        now=self.now,
                    )
                )
                return

    def _rungs_passed(self, code: str) -> bool:
        found = self.ladder(code)
        return bool(found) and found[0].moment <= self.now

    def _by_paper(self, unit: int) -> None:
        for code in self.rounds:
            if (unit, code) not in self.answered and self._rungs_passed(code):
                officer = self.focal[unit]
                self.turn(
                    lambda store: store.answers.send_on_paper(
                        round_id=self.rounds[code].id,
                        unit_id=self.unit_ids[unit],
                        person_id=officer.person_id,
                        number="1",
                        on=None,
                        now=self.now,
                    )
                )
                self._note_reports()
                return

    def _block(self, unit: int) -> None:
        officer = self.focal[unit]
        if officer.chat in self.line.blocked:
            return
        officer.unreachable.append((self.now, None))
        self.line.blocks(officer.chat, officer.name, True, self.now)
        self.want("poll", 0.2)
        self.after(self.dice.uniform(3600, 20 * 86400), lambda: self._unblock(officer))

    def _unblock(self, officer: Officer) -> None:
        if officer.chat in self.line.blocked:
            since, _ = officer.unreachable[-1]
            officer.unreachable[-1] = (since, self.now)
            self.line.blocks(officer.chat, officer.name, False, self.now)
            if officer.chat.platform == "zalo":  # only a message of theirs tells us
                self.line.says(officer.chat, officer.name, "giúp", self.now)
            self.want("poll", 0.2)
            self._tick_soon()

    def _move(self) -> None:
        code = self.dice.choice(sorted(self.rounds))
        days = self.dice.choice([-5, 7, 14, 21])
        today = self.calendar.today(self.now)
        if self.rounds[code].due + timedelta(days=days) <= today:
            return

        def move(store: Store) -> None:
            row = store.session.get(RoundRow, self.rounds[code].id)
            assert row is not None
            row.due += timedelta(days=days)
            store.session.flush()
            self.rounds[code] = store.rounds.get(self.rounds[code].id)

        self.turn(move)
        self.moved[code].append(self.now)
        self.happened("moved", code, days)
        self._tick_soon()

    def _outage(self, hours: float) -> None:
        if self.line.down or self.healed:
            return
        self.line.down = self.dice.choice(["refused", "outage"])
        self.outages.append((self.now, self.now + timedelta(hours=hours)))
        self.after(hours * 3600, self._line_back)
        for officer in self.officers.values():
            if self.dice.random() < self.weather.impatient and not officer.reporting and officer.chat not in self.line.blocked:
                for _ in range(IMPATIENT_LINES):
                    self.line.says(officer.chat, officer.name, "alo", self.now)

    def _line_back(self) -> None:
        self.line.down = ""
        self.want("poll", 1)

    def _forge(self) -> None:
        """A tampered app presses a button of somebody else's chat."""
        telegram = [one for one in self.officers.values() if one.chat.platform == "telegram"]
        keys = [
            (arrival.chat, choice.key)
            for arrival in self.line.seen[-200:]
            for choice in arrival.piece.message.offered
            if choice.key
        ]
        if len(telegram) < 2 or not keys:
            return
        owner, key = self.dice.choice(keys)
        forger = self.dice.choice([one for one in telegram if one.chat != owner])
        if forger.chat in self.line.blocked:
            return
        self.forged[key] = forger.chat
        self.line.taps(forger.chat, forger.name, key, "1", self.now)
        self.want("poll", 0.2)

    def _arrives(self, arrival: Arrival) -> None:
        """Somebody's phone rings; perhaps they do something about it."""
        officer = self.officers[arrival.chat]
        self.happened("seen", str(arrival.chat), arrival.row, arrival.piece.message.text)
        checks.something_arrives(self, officer, arrival)
        if arrival.kind == "edit" or officer.coordinates or not officer.units:
            return
        text = arrival.piece.message.text
        labels = self._labels(arrival)
        if any(label.startswith((reporting.BEGIN, reporting.RESUME)) for label in labels):
            if self.dice.random() < 0.4 or self.healed:
                wanted = next(label for label in labels if label.startswith((reporting.BEGIN, reporting.RESUME)))
                officer.reporting = True
                self.after(self.dice.expovariate(1 / 7200), lambda: self._choose(officer, arrival, wanted))
        elif not officer.reporting:
            return
        elif reporting.SEND in labels:
            officer.reporting = False
            self.after(self.dice.uniform(5, 200), lambda: self._choose(officer, arrival, reporting.SEND))
        elif reporting.RIGHT_KEEP in labels:
            self.after(self.dice.uniform(5, 60), lambda: self._choose(officer, arrival, reporting.RIGHT_KEEP))
        elif re.search(r"Câu \d+/\d+", text):
            self.after(self.dice.uniform(5, 90), lambda: self._say_a_number(officer))

    def _labels(self, arrival: Arrival) -> list[str]:
        if arrival.chat.platform == "telegram":
            return [choice.label for choice in arrival.piece.message.offered]
        return [label for _, label in re.findall(r"(?m)^([0-9]+|[a-z]{1,2})\) (.+)$", arrival.piece.message.text)]

    def _choose(self, officer: Officer, arrival: Arrival, wanted: str) -> None:
        if officer.chat in self.line.blocked:
            return
        if officer.chat.platform == "telegram":
            key = next(choice.key for choice in arrival.piece.message.offered if choice.label == wanted)
            self.line.taps(officer.chat, officer.name, key, arrival.message_id, self.now)
        else:
            marks = re.findall(r"(?m)^([0-9]+|[a-z]{1,2})\) (.+)$", arrival.piece.message.text)
            self.line.says(officer.chat, officer.name, next(mark for mark, label in marks if label == wanted), self.now)
        self.want("poll", 0.1)

    def _say_a_number(self, officer: Officer) -> None:
        if officer.chat in self.line.blocked:
            return
        self.tokens += 1
        self.line.says(officer.chat, officer.name, str(self.tokens), self.now)
        self.want("poll", 0.1)

    # the end

    def _heal(self) -> None:
        """All faults end; from here on everything must come to rest."""
        self.healed = self.now
        self.weather = self.line.weather = Weather.fair()
        self.line.down = ""
        for officer in self.officers.values():
            self._unblock(officer)
        if not self.up:
            self.after(1, lambda: None if self.up else self._start())
        self.want("poll", 1)
        self.want("tick", 2)


def run(seed: int, size: Size, weather: Weather | None = None) -> Result:
    """Play one seed."""
    return Simulation(seed, size, weather).run()
