"""When the office works: its days off, its hours, and the nearest moment a message may go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType

WEEKEND = "weekend"
"""The reason `WorkCalendar.reason` gives for an ordinary Saturday or Sunday; every other reason is the name of a day off."""

SATURDAY = 5
ONE_DAY = timedelta(days=1)
LONGEST_BREAK = 366
"""A calendar without a single working day in as many days is a mistake in its table, not a holiday."""


@dataclass(frozen=True, kw_only=True)
class OfficeHours:
    """The part of a working day in which people may be written to: `opens` counts, `closes` does not (local wall time).

    Source of 07:30-17:00: the office's own rule that nobody is reminded outside it (tone guide, section 1).
    """

    opens: time = time(7, 30)
    closes: time = time(17, 0)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"the office opens at {self.opens} and closes at {self.closes}")

    def __contains__(self, at: time) -> bool:
        return self.opens <= at < self.closes


@dataclass(frozen=True, kw_only=True)
class SpecialDay:
    """A dated exception announced for one year: a day off (`works=False`) or a made-up working day (`works=True`, ngày làm bù).

    Source: the Prime Minister announces holidays and swapped days year by year (Bộ luật Lao động 2019, Điều 112 khoản 3).
    """

    on: date
    works: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """Working days and office hours of one office.

    Attributes:
        off_days: day off → its name in Vietnamese; Saturdays and Sundays need no entry.
        worked_weekends: Saturdays and Sundays that are worked in exchange for a day off.
        office_hours: when messages may go out on a working day.
        zone: the office's time zone (Asia/Ho_Chi_Minh), given as data.

    Raises ValueError when a day is both off and worked.
    """

    off_days: Mapping[date, str]
    worked_weekends: frozenset[date] = frozenset()
    office_hours: OfficeHours = field(default_factory=OfficeHours)
    zone: tzinfo

    def __post_init__(self) -> None:
        both = self.worked_weekends & self.off_days.keys()
        if both:
            raise ValueError(f"both worked and off: {sorted(both)}")
        object.__setattr__(self, "off_days", MappingProxyType(dict(self.off_days)))

    # Days

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day."""
        return self.reason(day) is None

    def reason(self, day: date) -> str | None:
        """Why the office does not work on this day: the day's name, or WEEKEND; None on a working day."""
        if day in self.off_days:
            return self.off_days[day]
        return WEEKEND if day.weekday() >= SATURDAY and day not in self.worked_weekends else None

    def next_working(self, day: date) -> date:
        """The first working day from this one on, itself included. Raises ValueError when there is none within a year."""
        return self._nearest(day, ONE_DAY)

    def previous_working(self, day: date) -> date:
        """The last working day up to this one, itself included. Raises ValueError when there is none within a year."""
        return self._nearest(day, -ONE_DAY)

    def shift(self, day: date, working_days: int) -> date:
        """The n-th working day after this one (before it when negative); the day itself, even if off, for 0.

        Raises ValueError like `next_working`.
        """
        step = ONE_DAY if working_days > 0 else -ONE_DAY
        for _ in range(abs(working_days)):
            day = self._nearest(day + step, step)
        return day

    def working_days_between(self, day: date, later: date) -> int:
        """How many working days lie after `day` up to and including `later`; negative the other way round.

        The inverse of `shift`: `working_days_between(d, shift(d, n)) == n`.
        """
        step = ONE_DAY if later > day else -ONE_DAY
        count = 0
        while day != later:
            day += step
            count += self.is_working(day)
        return count if step > timedelta() else -count

    def _nearest(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_BREAK):
            if self.is_working(day):
                return day
            day += step
        raise ValueError(f"no working day within {LONGEST_BREAK} days of {day}")

    # Moments

    def local(self, moment: datetime) -> datetime:
        """A moment as people at the office read it. Raises ValueError on a naive one."""
        return as_utc(moment).astimezone(self.zone)

    def today(self, moment: datetime) -> date:
        """The office's date at this moment. Raises ValueError on a naive one."""
        return self.local(moment).date()

    def moment(self, day: date, at: time) -> datetime:
        """A wall time at the office, as UTC. When clocks show it twice that day, `at.fold` says which (0: the first)."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def is_office_time(self, moment: datetime) -> bool:
        """Whether people may be written to now. Raises ValueError on a naive moment."""
        local = self.local(moment)
        return self.is_working(local.date()) and local.time() in self.office_hours

    def next_office_time(self, moment: datetime) -> datetime:
        """The first moment from this one on at which people may be written to, as UTC.

        Raises ValueError on a naive moment or when the office never works.
        """
        moment = as_utc(moment)
        if self.is_office_time(moment):
            return moment
        day = self.today(moment)
        for _ in range(LONGEST_BREAK):
            # Both readings of the wall time: opening may fall into an hour the clock repeats, and its first turn be over.
            for fold in (0, 1):
                opening = self.moment(day, self.office_hours.opens.replace(fold=fold))
                if opening >= moment and self.is_office_time(opening):
                    return opening
            day += ONE_DAY
        raise ValueError(f"no office time within {LONGEST_BREAK} days of {moment}")


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC, where alone arithmetic and comparison are safe. Raises ValueError on a naive datetime."""
    if moment.utcoffset() is None:
        raise ValueError("a datetime without a time zone is not a moment")
    return moment.astimezone(UTC)
