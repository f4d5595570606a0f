"""What a command works with: the settings, the database brought up to date, the hour on the bot's own clock."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.cli import out
from bot.texts import cli as texts

if TYPE_CHECKING:
    from bot.domain.calendar import SpecialDay, WorkCalendar
    from bot.domain.office import Office
    from bot.settings import Settings
    from storage.database import PlainDatabase, Work

T = TypeVar("T")

DOT_ENV = Path(".env")
GROUP_OR_OTHERS = 0o077
WRITABLE_BY_OTHERS = 0o022


class UnsafeSecrets(Exception):
    """Others on this machine can change the file the tokens are in."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An open database. `now` is UTC on the bot's clock, which in the sandbox may have been moved; `office` has the hours
    set in the chat."""

    settings: Settings
    database: PlainDatabase
    office: Office
    now: datetime

    @property
    def today(self) -> date:
        """The office's day."""
        return self.office.day(self.now)

    def turn(self, work: Work[T]) -> T:
        """One transaction."""
        return self.database.turn(work)

    def calendar(self, years: Sequence[int], special: Sequence[SpecialDay]) -> WorkCalendar:
        """The office's working days."""
        from bot.domain.calendar import OfficeHours
        from storage import days

        hours = OfficeHours(opens=self.office.opens, closes=self.office.closes)
        return days.work_calendar(years, special, hours, self.office.zone)


def read_settings(*, working: bool = False) -> Settings:
    """The settings, with logging walled off before anything that could log a token is imported. Raises BadSetting.

    Args:
        working: whether this process is the bot itself, whose events are logged; a command's are not, but for warnings.
    """
    from bot import logs, settings

    known = settings.read()
    secrets = [known.telegram_bot_token.get_secret_value(), known.zalo_bot_token.get_secret_value()]
    logs.install(known.log_level if working else "WARNING", secrets=secrets)
    return known


@contextlib.contextmanager
def opened(*, first_start: bool = True) -> Iterator[Desk]:
    """The database, migrated. With `first_start` an empty one gets the seed plan and the special days, as `run` does."""
    settings = read_settings()
    from bot.channels import LIMITS
    from bot.clock import Clock
    from storage import migrate, offices
    from storage.database import PlainDatabase

    now = Clock().now()
    if first_start:
        from bot.app import prepare

        prepare(settings, settings.office.day(now), now)
    database = PlainDatabase(settings.database, LIMITS)
    try:
        migrate.upgrade(database.engine)
        office = database.turn(lambda store: offices.standing(store, settings.office))
        yield Desk(settings=settings, database=database, office=office, now=now + _moved(settings, database))
    finally:
        database.close()


def warn_of_readable_secrets(path: Path = DOT_ENV) -> None:
    """Say so when others on this machine can read the tokens."""
    if readable_by_others(path):
        out.warn(texts.dot_env_readable())


def refuse_writable_secrets(path: Path = DOT_ENV) -> None:
    """Who can write the file can have the bot talk for them. Raises UnsafeSecrets."""
    import os

    if os.name == "posix" and path.is_file() and path.stat().st_mode & WRITABLE_BY_OTHERS:
        raise UnsafeSecrets(str(path))


def readable_by_others(path: Path = DOT_ENV) -> bool:
    """Whether the file is there and more than its owner may touch it. Windows has no such bits."""
    import os

    return os.name == "posix" and path.is_file() and bool(path.stat().st_mode & GROUP_OR_OTHERS)


def _moved(settings: Settings, database: PlainDatabase) -> timedelta:
    """How far the sandbox's clock was put forward: an invite must not be over before it is made."""
    if not settings.sandbox:
        return timedelta()
    from bot.rehearsal import CLOCK

    return timedelta(seconds=float(database.turn(lambda store: store.meta.get(CLOCK)) or 0))
