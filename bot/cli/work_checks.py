"""The database and what stands in it: schema, integrity, plan, seats, days off, queues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import failures
from bot.cli.checks import Check
from bot.cli.quota_check import quota_check
from bot.clock import Clock
from bot.texts import doctor as texts
from storage import health

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import PlainDatabase
    from storage.store import Store

EARLIEST = date(2026, 1, 1)
"""This program did not exist before: a machine that thinks so has lost its clock."""


def database(settings: Settings) -> Iterator[Check]:
    """Everything about the database, without changing it; without a file there is nothing to look at yet."""
    running = _runs(settings.data_dir)
    now = Clock().now()
    yield _clock(settings, now)
    yield Check(
        check="process",
        state="ok" if running else "warning",
        message=texts.IS_RUNNING if running else texts.NOT_RUNNING,
        hint="" if running else texts.NOT_RUNNING_HINT,
    )
    if not settings.database_url and not (settings.data_dir / "nhacviec.db").exists():
        yield Check(check="database", state="warning", message=texts.NO_DATABASE)
        return
    try:
        yield from _opened(settings, now, running)
    except Exception as error:
        sentence = failures.sentence(error)
        if not sentence:
            raise
        yield Check(check="database", state="fault", message=sentence)


def _opened(settings: Settings, now: datetime, running: bool) -> Iterator[Check]:
    from bot.channels import LIMITS
    from storage.database import PlainDatabase

    opened = PlainDatabase(settings.database, LIMITS)
    try:
        schema = health.schema(opened)
        yield _schema(schema)
        if schema not in ("current", "older"):
            return
        integrity = opened.turn(_integrity)
        yield integrity
        if schema == "current" and integrity.state == "ok":
            yield from _work(opened, settings, now, running)
    finally:
        opened.close()


def _work(opened: PlainDatabase, settings: Settings, now: datetime, running: bool) -> Iterator[Check]:
    moved = opened.turn(_moved) if settings.sandbox else timedelta()
    if moved:
        message = texts.clock_moved(settings.office.local(now + moved))
        yield Check(check="clock", state="warning", message=message)
    today = settings.office.day(now + moved)
    yield from opened.turn(lambda store: [*_plans(store, today), *_people(store, today), _days(store, today)])
    yield from opened.turn(lambda store: [_outbox(store), _inbox(store, running)])
    yield from opened.turn(lambda store: list(quota_check(store, settings.office, now + moved)))


def _schema(schema: health.Schema) -> Check:
    match schema:
        case "newer":
            from bot.texts import cli

            return Check(check="database", state="fault", message=cli.newer_schema("alembic_version"))
        case "older":
            return Check(check="database", state="warning", message=texts.SCHEMA_OLDER)
        case "empty":
            return Check(check="database", state="warning", message=texts.SCHEMA_EMPTY)
        case "current":
            return Check(check="database", state="ok", message=texts.SCHEMA_FINE)


def _integrity(store: Store) -> Check:
    if server := health.server(store):
        return Check(check="integrity", state="ok", message=texts.server(server))
    damaged, broken = health.faults(store)
    if damaged or broken:
        return Check(check="integrity", state="fault", message=texts.damaged(damaged, broken), hint=texts.DAMAGED_HINT)
    return Check(check="integrity", state="ok", message=texts.INTEGRITY_FINE)


def _clock(settings: Settings, now: datetime) -> Check:
    message = texts.clock(settings.office.local(now), settings.time_zone)
    wrong = now.date() < EARLIEST
    return Check(check="clock", state="fault" if wrong else "ok", message=message, hint=texts.CLOCK_HINT if wrong else "")


def _plans(store: Store, today: date) -> Iterator[Check]:
    plans = store.plans.latest().values()
    if not plans:
        yield Check(check="plan", state="fault", message=texts.NO_PLAN, hint=texts.NO_PLAN_HINT)
    for plan in plans:
        rounds = [each for each in store.rounds.all() if store.plans.get(each.plan_id).code == plan.code]
        if any(each.year == today.year or each.last_day >= today for each in rounds):
            yield Check(check="plan", state="ok", message=texts.plan_armed(plan.number, rounds, today))
        else:
            hint = texts.arm_hint(plan.code, today.year)
            yield Check(check="plan", state="warning", message=texts.plan_not_armed(plan.number, today.year), hint=hint)


def _people(store: Store, today: date) -> Iterator[Check]:
    from bot.domain.people import Role

    units = store.units.all(on=today)
    seated = {seat.unit_id for seat, _ in store.people.holders() if seat.role is Role.FOCAL}
    lacking = [unit.short for unit in units if unit.id not in seated]
    yield Check(
        check="units",
        state="warning" if lacking else "ok",
        message=texts.seats(len(units), lacking),
        hint=texts.SEATS_HINT if lacking else "",
    )
    if coordinators := len(store.people.coordinators()):
        yield Check(check="coordinators", state="ok", message=texts.coordinators(coordinators))
    else:
        yield Check(check="coordinators", state="warning", message=texts.NO_COORDINATOR, hint=texts.NO_COORDINATOR_HINT)


def _days(store: Store, today: date) -> Check:
    """The table of this year; from November on the next year's should be known as well."""
    years = [today.year, today.year + 1] if today.month >= 11 else [today.year]
    count = {year: sum(day.on.year == year for day in store.special_days.all()) for year in years}
    missing = [year for year in years if not count[year]]
    if missing:
        return Check(check="days", state="warning", message=texts.no_days(missing), hint=texts.DAYS_HINT)
    return Check(check="days", state="ok", message=texts.days(today.year, count[today.year]))


def _outbox(store: Store) -> Check:
    counts = store.outbox.counts()
    bad = bool(counts.get("dead") or counts.get("held"))
    return Check(
        check="outbox", state="warning" if bad else "ok", message=texts.outbox(counts), hint=texts.OUTBOX_HINT if bad else ""
    )


def _inbox(store: Store, running: bool) -> Check:
    counts = health.inbox(store)
    waiting, dead, done = (counts.get(state, 0) for state in ("new", "dead", "done"))
    message = texts.inbox(waiting, dead, done)
    if dead:
        return Check(check="inbox", state="warning", message=message, hint=texts.INBOX_DEAD_HINT)
    if waiting and not running:
        return Check(check="inbox", state="warning", message=message, hint=texts.INBOX_WAITING_HINT)
    return Check(check="inbox", state="ok", message=message)


def _moved(store: Store) -> timedelta:
    from bot.rehearsal import CLOCK

    return timedelta(seconds=float(store.meta.get(CLOCK) or 0))


def _runs(folder: Path) -> bool:
    """Whether another process holds the data folder. Looks only at a lock that is there: doctor makes no files."""
    from storage.lock import AlreadyRunning, sole_process

    if not (folder / "lock").exists():
        return False
    try:
        with sole_process(folder):
            return False
    except AlreadyRunning:
        return True
