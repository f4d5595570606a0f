"""Where working days come from: the `holidays` library, corrected by the dated table the office keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from bot.domain.calendar import SATURDAY, OfficeHours, SpecialDay, WorkCalendar
from bot.texts import holiday_names

if TYPE_CHECKING:
    from holidays import HolidayBase

# Not "on": YAML 1.1 reads that word as true.
FIELDS = {"day", "works", "note", "source", "certain"}


def work_calendar(years: Iterable[int], special: Iterable[SpecialDay], hours: OfficeHours, zone: tzinfo) -> WorkCalendar:
    """The calendar of these years and one more on either side (a January deadline is counted back into December).

    The table wins over the library: where they disagree the office is right, the Prime Minister decides year by year.
    Beyond those years only weekends are known. Raises ValueError when `special` names a day twice or `years` is empty.
    """
    wanted = set(years)
    if not wanted:
        raise ValueError("a calendar of no years")
    known = _known(min(wanted) - 1, max(wanted) + 1)
    off_days = {day: _tidy(name) for day, name in known.items()}
    worked = set(known.weekend_workdays)
    for exception in _once_each(special):
        off_days.pop(exception.on, None)
        worked.discard(exception.on)
        if not exception.works:
            off_days[exception.on] = exception.note or _tidy(known.get(exception.on, ""))
        elif exception.on.weekday() >= SATURDAY:
            worked.add(exception.on)
    return WorkCalendar(off_days=off_days, worked_weekends=frozenset(worked), office_hours=hours, zone=zone)


def shipped_days() -> tuple[SpecialDay, ...]:
    """The table shipped with the program (bot/plans/days.yaml)."""
    return read_days(files("bot").joinpath("plans/days.yaml").read_text(encoding="utf-8"))


def read_days(text: str) -> tuple[SpecialDay, ...]:
    """A table of special days written in YAML, in the form of bot/plans/days.yaml, by date.

    Raises ValueError naming the entry that is wrong: not YAML, a missing or unknown field, no such date, a day named twice.
    """
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:  # PyYAML reads 2026-02-30 as a date and lets ValueError out
        raise ValueError(f"days: not readable as YAML: {error}") from error
    match content:
        case None | {"days": None}:
            entries: list[Any] = []
        case {"days": list(found), **rest} if not rest:
            entries = found
        case _:
            raise ValueError("days: expected one list named 'days'")
    days = (_special_day(number, entry) for number, entry in enumerate(entries, start=1))
    return tuple(sorted(_once_each(days), key=lambda day: day.on))


def _special_day(number: int, entry: Any) -> SpecialDay:
    match entry:
        case {"day": date() as on, "works": bool(works), "note": str(note), **rest} if rest.keys() <= FIELDS:
            # A datetime is a date, too: "2026-01-02 07:30" is no day.
            if type(on) is date:
                return SpecialDay(on=on, works=works, note=note.strip())
    raise ValueError(f"days: entry {number} needs day (YYYY-MM-DD), works (true or false), note (text); got {entry!r}")


def _once_each(days: Iterable[SpecialDay]) -> tuple[SpecialDay, ...]:
    found: dict[date, SpecialDay] = {}
    for day in days:
        if day.on in found:
            raise ValueError(f"days: {day.on} is named twice")
        found[day.on] = day
    return tuple(found.values())


@lru_cache(maxsize=8)
def _known(first: int, last: int) -> HolidayBase:
    """The library's days of these years. Only to be read: a changed table asks for the same ones again."""
    # 0.2 s and 20 MB: only processes that plan pay for it.
    import holidays

    return holidays.country_holidays("VN", years=range(first, last + 1), expand=False, language="vi")


def _tidy(name: str) -> str:
    """The library joins the names of one day with a semicolon, and puts in brackets which day a day off stands for; ours stand
    inside sentences, often within brackets themselves."""
    return ", ".join(holiday_names.plain(part.strip()) for part in name.split(";") if part.strip())
