"""Building the demonstration: the office moves in, two rounds of last year are reported, this year's is going on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from functools import partial
from random import Random

from bot import plans
from bot.chat.platform import Limits
from bot.demo import past, season, sitting
from bot.demo.play import Chats, Hour, Play, Player
from bot.demo.season import Act, Does, Happens
from bot.demo.typed import Figures
from bot.domain import outlook
from bot.domain.calendar import OfficeHours, WorkCalendar
from bot.domain.office import Office
from bot.domain.people import Role
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import demo as texts
from bot.texts import difficulties, registration, seats
from scheduler import digest, reminders, weekly
from storage import days
from storage.database import PlainDatabase
from storage.store import Store

SEED = 847
YEAR = 2026
OPENS = (5, 6, 10)
"""Month, day, hour at which the demonstration opens: two days after the 6-month report was due."""
REGISTERED, REPORTED = 0.3, 0.4
"""What share of the work is done once everybody is registered, and once last year is reported."""
CAST = {"P5": "lan", "QLDT": "minh"}
"""Whom the sandbox's page opens by itself, besides the coordinator."""


def build(
    database: PlainDatabase,
    chats: Chats,
    office: Office,
    limits: Mapping[str, Limits],
    hour: Hour,
    told: Callable[[float], None] = lambda share: None,
) -> Play:
    """Play it all; the play that is left stands at the moment the demonstration opens. `told`: how much is done, 0 to 1."""
    return _Demonstration(database, chats, office, limits, hour, told).whole()


def begins(office: Office) -> datetime:
    """When the first made-up person registers (UTC)."""
    return datetime(YEAR - 1, 1, 6, 8, tzinfo=office.zone).astimezone(UTC)


def opens_at(office: Office) -> datetime:
    """When it opens."""
    month, day, hour = OPENS
    return datetime(YEAR, month, day, hour, tzinfo=office.zone)


def calendars(office: Office) -> dict[int, WorkCalendar]:
    """The working days of the years played."""
    hours = OfficeHours(opens=office.opens, closes=office.closes)
    special = days.shipped_days()
    return {year: days.work_calendar([year], special, hours, office.zone) for year in (YEAR - 1, YEAR)}


class _Demonstration:
    def __init__(
        self,
        database: PlainDatabase,
        chats: Chats,
        office: Office,
        limits: Mapping[str, Limits],
        hour: Hour,
        told: Callable[[float], None],
    ) -> None:
        self.told = told
        self.random = Random(SEED)  # noqa: S311
        self.figures = Figures(self.random)
        self.calendars = calendars(office)
        self.play = Play(database, chats, office, self.calendars, limits, hour)
        self.units: list[Unit] = []
        self.officers: dict[int, Player] = {}

    def whole(self) -> Play:
        play = self.play
        play.turn(self._moves_in)
        play.turn(self._registers)
        for code in ("6T", "N"):
            round_ = self._round(code, YEAR - 1)
            play.turn(partial(self._finishes, round_, scale=1.0 if code == "6T" else 1.55))
        self.told(REPORTED)
        play.until(datetime(YEAR, 1, 5, 8, tzinfo=play.office.zone))
        play.turn(self._new_year)
        round_ = self._round("6T", YEAR)
        self._goes_on(round_)
        play.until(opens_at(play.office))
        play.turn(play.deliver)
        return play

    # The office

    def _moves_in(self) -> None:
        play = self.play

        def load(store: Store) -> None:
            store.audit.acting("program", play.now)
            plan_id, plan = store.plans.add(texts.marked_plan(plans.SEED.read_text(encoding="utf-8")), play.now)
            store.units.sync(plan.units)
            for day in days.shipped_days():
                store.special_days.put(day)
            store.rounds.arm(plan_id, plan, YEAR - 1, play.office.day(play.now))
            self.units = list(store.units.all())

        play.ask(load)

    def _registers(self) -> None:
        home = next(unit for unit in self.units if unit.code == "NV")
        self.hoa = self._joins(home, Role.COORDINATOR, texts.coordinator(), "hoa", at=0)
        for number, unit in enumerate(self.units):
            key = CAST.get(unit.code, "")
            self.officers[unit.id] = self._joins(unit, Role.FOCAL, texts.officer(unit.code), key, at=number)
            self.told(REGISTERED * number / len(self.units))
        ward = next(unit for unit in self.units if unit.code == "P5")
        self._joins(ward, Role.LEADER, texts.leader(ward.code), "", at=1)
        self._joins(home, Role.DISTRICT, texts.district(), "", at=0)

    def _joins(self, unit: Unit, role: Role, name: str, key: str, *, at: int) -> Player:
        """The whole registration; afterwards the person is called by a name nobody can take for a real one."""
        play = self.play
        who = play.player(name, "zalo" if at % 2 else "telegram", unit.id, key)
        play.says(who, f"/start {play.invite(unit.id, role)}")
        play.passes(20)
        play.says(who, texts.TYPED_NAME if role.answers or role is Role.COORDINATOR else texts.LEADER_TYPED)
        play.passes(10)
        play.chooses(who, registration.SKIP)
        play.passes(10)
        play.chooses(who, registration.YES)
        if role is not Role.COORDINATOR:
            play.passes(60)
            play.chooses(self.hoa, seats.CONFIRM)
            if role.sees_all:
                play.passes(10)
                play.chooses(self.hoa, seats.CONFIRM_SURELY)

        def rename(store: Store) -> None:
            person = store.people.actor(who.chat.platform, who.chat.chat_id).person
            assert person is not None
            who.person_id = person.id
            store.people.change(person.id, name=name, honorific="", phone="")

        play.ask(rename)
        return who

    def _new_year(self) -> None:
        def arm(store: Store) -> None:
            plan_id, plan = next(iter(store.plans.latest().items()))
            store.rounds.arm(plan_id, plan, YEAR, self.play.office.day(self.play.now))

        self.play.ask(arm)

    # Rounds

    def _finishes(self, round_: Round, *, scale: float) -> None:
        """A round of the past: everybody reported, and it was closed a month later."""
        play = self.play
        calendar, plan = self._calendar(round_), self._plan(round_)
        over = calendar.shift(round_.last_day, 6)
        for act in season.acts(round_, self.units, season.FINISHED, scale, self.random, calendar, until=over):
            past.reported(play, act, self.officers[act.unit.id].person_id, round_, plan, self.figures)
        play.until(calendar.moment(calendar.shift(round_.last_day, 20), time(9)))
        play.ask(lambda store: store.rounds.close(round_.id, play.now))

    def _goes_on(self, round_: Round) -> None:
        """The round that is open: reminders and digests go out at their hours between what people do."""
        play = self.play
        calendar = self._calendar(round_)
        opens = opens_at(play.office)
        happens: list[Happens] = []
        acts = season.acts(round_, self.units, season.LIVELY, 1.08, self.random, calendar, until=opens.date())
        self._somebody_above({act.unit.id for act in acts})
        for act in acts:
            happens.append((act.at, partial(self._does, act, round_)))
            if act.corrects is not None:
                happens.append((act.corrects, partial(self._corrects, act, round_)))
        for planned in (
            *outlook.reminders(round_, self.units, calendar, play.office),
            *outlook.digests(round_, calendar, play.office),
            *outlook.weeklies(round_, calendar, play.office),
        ):
            if planned.at < opens:
                happens.append((planned.at, partial(play.turn, self._ticks)))
        for number, day in enumerate((27, 28, 29)):
            at = calendar.moment(
                calendar.next_working(datetime(YEAR, 4, day, tzinfo=play.office.zone).date()), time(15, 10 * number)
            )
            happens.append((at, partial(play.turn, partial(self._answers_a_difficulty, number))))
        for number, (at, happen) in enumerate(sorted(happens, key=lambda each: each[0])):
            play.until(at)
            happen()
            self.told(REPORTED + (1 - REPORTED) * number / len(happens))

    def _somebody_above(self, reporting: set[int]) -> None:
        """A deputy and a leader for a unit that will not report, so that there is somebody to turn to."""
        silent = next(unit for unit in self.units if unit.id not in reporting)
        self._joins(silent, Role.DEPUTY, texts.deputy(silent.code), "", at=0)
        self._joins(silent, Role.LEADER, texts.leader(silent.code), "", at=1)

    def _does(self, act: Act, round_: Round) -> None:
        self.play.until(act.at)
        self.play.turn(partial(self._sits, act, round_))

    def _sits(self, act: Act, round_: Round) -> None:
        play, who = self.play, self.officers[act.unit.id]
        match act.does:
            case Does.PAPER:
                sitting.on_paper(play, who, self.random, numbered=act.unit.id % 2 == 0)
            case _:
                sitting.fill_in(play, who, act.unit, round_, self._plan(round_), self.figures, act.manner)

    def _corrects(self, act: Act, round_: Round) -> None:
        who = self.officers[act.unit.id]
        self.play.turn(partial(sitting.correct, self.play, who, act.unit, round_, self._plan(round_), self.random))

    def _ticks(self) -> None:
        play = self.play
        play.ask(lambda store: reminders.tick(store, play.now, play.office, play.calendar))
        play.ask(lambda store: digest.tick(store, play.now, play.office, play.calendar))
        play.ask(lambda store: weekly.tick(store, play.now, play.office, play.calendar))
        play.deliver()

    def _answers_a_difficulty(self, number: int) -> None:
        """The coordinator answers the oldest one that waits; the unit says whether that will do."""
        play = self.play
        waiting = play.ask(lambda store: [each for each in store.difficulties.all() if each.open and each.at.year == YEAR])
        if not waiting:
            return
        difficulty = waiting[0]
        play.says(self.hoa, "/vuongmac")
        play.chooses(self.hoa, difficulty.code)
        play.chooses(self.hoa, difficulties.ANSWER)
        play.passes(90)
        play.says(self.hoa, texts.REPLIES[number % len(texts.REPLIES)])
        play.passes(10)
        play.chooses(self.hoa, difficulties.SEND)
        play.passes(600)
        play.chooses(self.officers[difficulty.unit_id], difficulties.MORE if number == 1 else difficulties.UNDERSTOOD)

    def _round(self, code: str, year: int) -> Round:
        return self.play.ask(lambda store: next(r for r in store.rounds.all() if (r.code, r.year) == (code, year)))

    def _plan(self, round_: Round) -> Plan:
        return self.play.ask(lambda store: store.plans.get(round_.plan_id))

    def _calendar(self, round_: Round) -> WorkCalendar:
        return self.calendars[round_.year]
