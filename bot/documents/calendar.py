"""The year's dates as a calendar file (.ics, RFC 5545) for a phone or Outlook: importing it again corrects, never doubles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.documents import encoders
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.outlook import opens_on
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.texts import documents as texts

if TYPE_CHECKING:
    from icalendar import Event

MADE_BY = "-//Nhac Viec//nhacviec//VI"


def dates(plan: Plan, year: int, rounds: Sequence[Round], calendar: WorkCalendar, office: Office, now: datetime) -> bytes:
    """A calendar file of a plan's rounds in one year: when each opens, its last working day, last valid day and written date.

    Args:
        rounds: armed ones, or `outlook.as_if_armed` for a year nobody armed yet.
        now: when the file is made (UTC or aware); a later file with the same dates replaces this one's entries.
    """
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", MADE_BY)
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", texts.calendar_name(plan, year))
    book.add("x-wr-timezone", str(office.zone))
    for round_ in rounds:
        about = texts.about_round(plan, round_, office)
        for entry in _entries(round_, calendar, office):
            title = texts.calendar_title(plan, entry.title)
            book.add_component(_event(replace(entry, title=title), _uid(plan, round_, entry), about, now))
    return bytes(book.to_ical())


def filename(plan: Plan, year: int) -> str:
    """What the calendar file is called."""
    return encoders.of_plan(plan, texts.DATES, str(year), suffix=".ics")


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """One date. `kind` makes its UID; `at`: a moment, or a whole day; `alarms`: when to ring, from its beginning."""

    kind: str
    title: str
    at: datetime | date
    alarms: tuple[timedelta, ...] = ()


def _entries(round_: Round, calendar: WorkCalendar, office: Office) -> Iterator[_Entry]:
    # A whole day begins at midnight: an alarm at opening time comes after its beginning, one the day before 24 hours less.
    morning = timedelta(hours=office.remind_at.hour, minutes=office.remind_at.minute)
    opens = calendar.moment(opens_on(round_, calendar), office.remind_at)
    yield _Entry(kind="open", title=texts.announced(round_), at=opens, alarms=(timedelta(0),))
    last = calendar.previous_working(round_.last_day)
    week_before = -(timedelta(days=7) - morning)
    if last != round_.last_day:
        yield _Entry(kind="last-working", title=texts.last_working_day(round_), at=last, alarms=(week_before, morning))
    yield _Entry(kind="last", title=texts.last_valid_day(round_), at=round_.last_day, alarms=(week_before, morning))
    if round_.due != round_.last_day:
        yield _Entry(kind="due", title=texts.written_date(round_), at=round_.due)


def _event(entry: _Entry, uid: str, about: str, now: datetime) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", now.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("description", about)
    event.add("transp", "TRANSPARENT")
    if isinstance(entry.at, datetime):
        event.add("dtstart", entry.at.astimezone(UTC))
        event.add("duration", timedelta(minutes=30))
    else:
        event.add("dtstart", entry.at)
        event.add("dtend", entry.at + timedelta(days=1))
    for when in entry.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", when)
        event.add_component(alarm)
    return event


def _uid(plan: Plan, round_: Round, entry: _Entry) -> str:
    """The same for the same date of the same round in every file ever made."""
    return f"{encoders.file_name(plan.code, round_.code, str(round_.year), entry.kind, suffix='')}@nhacviec"
