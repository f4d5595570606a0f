"""Setting the hours an office works and writes at: what fits together, and an hour as people type it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from enum import StrEnum
from typing import Any

from bot.domain.office import Office
from bot.domain.words import fold


class Hour(StrEnum):
    """The hours that can be set, by the name of their field in `Office`."""

    OPENS = "opens"
    CLOSES = "closes"
    REMIND = "remind_at"
    EXCERPT = "excerpt_at"
    DIGEST = "digest_at"


def of(office: Office) -> dict[Hour, time]:
    """Every hour of an office."""
    return {hour: getattr(office, hour) for hour in Hour}


def with_hours(office: Office, hours: dict[Hour, time]) -> Office:
    """The office with these hours instead."""
    changed: dict[str, Any] = {hour.value: at for hour, at in hours.items()}
    return replace(office, **changed)


def unfit(office: Office) -> Hour | None:
    """The first hour that cannot be: CLOSES when the office closes before it opens, else one outside office hours.

    Units are written to within office hours only; the coordinators' digest may be said as the office closes.
    """
    if not office.opens < office.closes:
        return Hour.CLOSES
    for hour, at in ((Hour.REMIND, office.remind_at), (Hour.EXCERPT, office.excerpt_at)):
        if not office.opens <= at < office.closes:
            return hour
    return None if office.opens <= office.digest_at <= office.closes else Hour.DIGEST


def fitted(office: Office) -> Office:
    """The office with every hour of writing moved into its office hours: to their beginning, the digest to their end."""
    inside = {
        hour: at if office.opens <= at < office.closes else office.opens
        for hour, at in ((Hour.REMIND, office.remind_at), (Hour.EXCERPT, office.excerpt_at))
    }
    return with_hours(office, inside | {Hour.DIGEST: min(max(office.digest_at, office.opens), office.closes)})


def read_hour(text: str) -> time | None:
    """An hour as typed: "8h30", "8:30", "08.30", "8 giờ rưỡi", "4 giờ chiều"; None for anything else."""
    found = _HOUR.fullmatch(" ".join(fold(text).split()))
    if found is None:
        return None
    hour = int(found["hour"]) + (12 if found["half"] == "chieu" and int(found["hour"]) < NOON else 0)
    minute = 30 if found["minute"] == "ruoi" else int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_hours(text: str) -> tuple[time, time] | None:
    """Two hours as typed: "7h30 - 17h", "từ 7 giờ 30 đến 17 giờ"."""
    parts = [part for part in re.split(r"\bden\b|\btoi\b|-|\u2013|,|;", re.sub(r"^tu\s+", "", fold(text))) if part.strip()]
    read = [read_hour(part) for part in parts]
    return (read[0], read[1]) if len(read) == 2 and read[0] is not None and read[1] is not None else None


NOON = 12
_HOUR = re.compile(
    r"(?:luc )?(?P<hour>\d{1,2})(?: ?(?:h|g|gio|:|\.) ?(?P<minute>\d{1,2}|ruoi)?(?: ?(?:p|phut))?)?(?: (?P<half>sang|chieu))?"
)
