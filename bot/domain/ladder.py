"""The reminder ladder of a round: which rungs it has, on which working day each one falls, which one to say now.

Nothing here remembers: `rungs` is recomputed from the round and the calendar, what was already said comes in as `already`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import WorkCalendar, as_utc
from bot.domain.plan import RungSpec

DEFAULT_LADDER = (
    RungSpec(kind="announce", days=21),
    RungSpec(kind="before", days=14),
    RungSpec(kind="before", days=7),
    RungSpec(kind="before", days=3),
    RungSpec(kind="before", days=1),
    RungSpec(kind="last", days=0),
    RungSpec(kind="after", days=1),
    RungSpec(kind="after", days=3),
)
"""The ladder of a plan that brings none of its own; all in working days."""

SEND_AT = time(8, 30)
"""Local wall time a rung is said at, unless the office set another."""


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One reminder on the way to a deadline and past it.

    Attributes:
        kind, days, working: as in RungSpec.
        nominal: the day the ladder asks for.
        day: the working day it is said on; earlier than `nominal` up to the deadline, later after it.
        moved_because: why `nominal` is no working day (WorkCalendar.reason), or None when it was not moved.
        moment: `day` at the sending time, UTC.
        stale_from: from this moment (UTC) on it makes no sense any more (the deadline is over); None for "after".
        covers: keys of rungs that fell on the same day and are said by this one.
    """

    kind: str
    days: int
    working: bool
    nominal: date
    day: date
    moved_because: str | None
    moment: datetime
    stale_from: datetime | None
    covers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Stable name within its round: "announce:21w", "before:7w", "before:7d" (calendar days), "last", "after:1w"."""
        return _key(self.kind, self.days, self.working)

    @property
    def keys(self) -> tuple[str, ...]:
        """Its own key and those it covers."""
        return (self.key, *self.covers)


def rungs(
    last_day: date,
    armed_on: date,
    ladder: Iterable[RungSpec],
    calendar: WorkCalendar,
    send_at: time = SEND_AT,
) -> tuple[Rung, ...]:
    """The rungs of a round, earliest first, at most one a day.

    Rungs on a day off move to the last working day before it, those after the deadline to the first one after it. Of two
    on one day only the later one in the ladder's order remains and covers the other. Nothing falls before `armed_on`, and
    a round that was over before it was armed has no rungs: a plan of 2023 read in 2026 is no reason for reminders.

    Raises ValueError on a rung that cannot be, or when `send_at` is outside office hours.
    """
    if send_at not in calendar.office_hours:
        raise ValueError(f"{send_at} is outside office hours")
    specs = tuple(ladder)
    for spec in specs:
        _check(spec)
    if last_day < armed_on:
        return ()

    said_on: dict[date, Rung] = {}
    for spec in specs:
        rung = _placed(spec, last_day, calendar, send_at)
        if rung.day >= armed_on:
            earlier = said_on.get(rung.day)
            covers = () if earlier is None else tuple(key for key in earlier.keys if key != rung.key)
            said_on[rung.day] = replace(rung, covers=covers)
    return tuple(said_on[day] for day in sorted(said_on))


def due_now(ladder: Iterable[Rung], now: datetime, already: Collection[str]) -> tuple[Rung | None, tuple[str, ...]]:
    """What to say now, and the keys to record as covered without being said.

    After downtime only the latest missed rung is said, never a volley; a rung whose deadline passed meanwhile is not said
    at all. Said or covered keys come back in as `already`: record `rung.key` and every covered key in one transaction.
    Whether anybody may be written to at this hour is the caller's question (`WorkCalendar.is_office_time`).

    Raises ValueError when `now` is naive.
    """
    now = as_utc(now)
    passed = sorted((rung for rung in ladder if rung.moment <= now), key=lambda rung: rung.moment)
    if not passed:
        return None, ()
    latest = passed[-1]
    stale = latest.stale_from is not None and latest.stale_from <= now
    fire = None if stale or latest.key in already else latest
    covered = dict.fromkeys(key for rung in passed for key in rung.keys if key not in already)
    if fire is not None:
        covered.pop(fire.key)
    return fire, tuple(covered)


def days_left(last_day: date, today: date) -> int:
    """Calendar days until the last valid day: 0 on it, negative after it."""
    return (last_day - today).days


def working_days_left(last_day: date, today: date, calendar: WorkCalendar) -> int:
    """Working days after today up to and including the last valid day; negative: working days it is late, today included."""
    if today > last_day:
        return -calendar.working_days_between(last_day, today)
    return calendar.working_days_between(today, last_day)


def _placed(spec: RungSpec, last_day: date, calendar: WorkCalendar, send_at: time) -> Rung:
    """The rung where it falls, wherever that is."""
    after = spec.kind == "after"
    offset = spec.days if after else -spec.days
    nominal = calendar.shift(last_day, offset) if spec.working else last_day + timedelta(days=offset)
    day = calendar.next_working(nominal) if after else calendar.previous_working(nominal)
    return Rung(
        kind=spec.kind,
        days=spec.days,
        working=spec.working,
        nominal=nominal,
        day=day,
        moved_because=calendar.reason(nominal),
        moment=calendar.moment(day, send_at),
        stale_from=None if after else calendar.moment(last_day + timedelta(days=1), time.min),
    )


def _check(spec: RungSpec) -> None:
    match spec.kind:
        case "last" if spec.days == 0:
            pass
        case "announce" | "before" | "after" if spec.days > 0:
            pass
        case _:
            raise ValueError(f"no such rung: {spec.kind} {spec.days}")


def _key(kind: str, days: int, working: bool) -> str:
    return kind if kind == "last" else f"{kind}:{days}{'w' if working else 'd'}"
