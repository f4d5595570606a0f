"""The office as it is now: as configured, with the hours set in the chat and the days off of its own table."""

from __future__ import annotations

import json
from datetime import date, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain import hours
from bot.domain.calendar import OfficeHours, SpecialDay, WorkCalendar
from bot.domain.hours import Hour
from bot.domain.office import Office
from storage import days
from storage.store import Store

HOURS = "office:hours"
"""Key of the hours set in the chat: JSON, the name of an hour → "07:30"."""


def standing(store: Store, configured: Office) -> Office:
    """The office with the hours that were set in the chat."""
    return hours.with_hours(configured, _set(store))


def set_hours(store: Store, configured: Office, wanted: Office) -> None:
    """From now on the office has these hours; those that are as configured are not kept, so that a new setting counts."""
    as_configured = hours.of(configured)
    own = {hour: at for hour, at in hours.of(wanted).items() if at != as_configured[hour]}
    store.meta.put(HOURS, json.dumps({hour: f"{at:%H:%M}" for hour, at in own.items()}))
    store.audit.note("hours set", "office", {hour.value: f"{at:%H:%M}" for hour, at in hours.of(wanted).items()})


def calendar(store: Store, office: Office, year: int) -> WorkCalendar:
    """The office's working days of this year and the next, as its table says at this moment."""
    return calendar_with(store.special_days.all(), office, year)


def calendar_with(special: tuple[SpecialDay, ...], office: Office, year: int) -> WorkCalendar:
    """The same with another table."""
    return _calendar(special, OfficeHours(opens=office.opens, closes=office.closes), office.zone, year)


def note_day(store: Store, office: Office, day: SpecialDay) -> tuple[bool, bool]:
    """Add or replace an entry of the table: (whether it changed, whether the day would be so without it)."""
    others = without(store.special_days.all(), day.on)
    anyway = (calendar_with(others, office, day.on.year).reason(day.on) is None) == day.works
    return store.special_days.put(day), anyway


def without(special: tuple[SpecialDay, ...], *on: date) -> tuple[SpecialDay, ...]:
    """The table without these days."""
    return tuple(day for day in special if day.on not in on)


def _set(store: Store) -> dict[Hour, time]:
    kept = json.loads(store.meta.get(HOURS) or "{}")
    return {Hour(name): time.fromisoformat(at) for name, at in kept.items()}


# Reading the holidays takes 0.2 s; a turn asks for the same calendar as the one before.
@lru_cache(maxsize=8)
def _calendar(special: tuple[SpecialDay, ...], worked: OfficeHours, zone: ZoneInfo, year: int) -> WorkCalendar:
    return days.work_calendar([year, year + 1], special, worked, zone)
