"""One day or several in a row as people type them: "30/4" · "29/4 - 03/5" · "từ 29/4 đến hết 03/5"."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.answers import Doubtful
from bot.domain.dates import read_date
from bot.domain.words import fold


def read_span(text: str, today: date, *, coming: bool = False) -> tuple[date, date] | Doubtful:
    """First and last day (the same one when a single day is named), or why they are not clear. Not put in order.

    `coming`: a day without a year is never one that is over.
    """
    halves = [half for half in _BETWEEN.split(_FROM.sub("", fold(text))) if half]
    if not 1 <= len(halves) <= 2:
        halves = [text]
    days: list[date] = []
    for half in halves:
        reading = read_date(half, today)
        if isinstance(reading, Doubtful):
            return reading
        assert isinstance(reading.value, date)
        days.append(_coming(reading.value, half, today) if coming else reading.value)
    return days[0], days[-1]


def _coming(day: date, said: str, today: date) -> date:
    if day >= today or day.year != today.year or str(day.year) in said:
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day


_FROM = re.compile(r"^\s*tu\b")
_BETWEEN = re.compile(r"\s*(?:\bden het\b|\bden\b|\btoi\b|-|\u2013)\s*")
