"""The reminder ladder: exact dates of real years, and what must hold for every ladder, deadline, calendar and clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import WEEKEND, OfficeHours, SpecialDay, WorkCalendar
from bot.domain.ladder import DEFAULT_LADDER, Rung, days_left, due_now, rungs, working_days_left
from bot.domain.plan import RungSpec
from bot.domain.rounds import Round
from storage.days import shipped_days, work_calendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = work_calendar(range(2023, 2031), shipped_days(), OfficeHours(), VIETNAM)
unhurried = settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow]
)  # others use the machine, too
ONE_DAY = timedelta(days=1)
ZONES = sorted(available_timezones() - {"localtime"})


def of_year(year: int, month: int, armed_on: date | None = None) -> Round:
    """The plan's own round: "trước ngày 05 tháng 5" or "… 11"."""
    return Round(
        id=1,
        plan_id=1,
        code="6T" if month == 5 else "N",
        year=year,
        title="báo cáo 6 tháng" if month == 5 else "báo cáo năm",
        wording=f"trước ngày 05 tháng {month}",
        due=date(year, month, 5),
        inclusive=False,
        since=date(year, 1, 1),
        until=date(year, month - 1, 28),
        armed_on=armed_on or date(year, 1, 1),
        closed_at=None,
        ladder=DEFAULT_LADDER,
    )


def climbed(round_: Round, calendar: WorkCalendar = OFFICE) -> tuple[Rung, ...]:
    return rungs(round_.last_day, round_.armed_on, round_.ladder, calendar)


@pytest.mark.parametrize(
    ("year", "month", "expected"),
    [
        # 04/5/2023 is a Thursday, the first working day after 29/4-03/5.
        (2023, 5, "announce:21w 31/3, before:14w 11/4, before:7w 20/4, before:3w 26/4, before:1w 28/4, last 4/5, 5/5, 9/5"),
        # 04/11/2023 is a Saturday: the last working day is Friday, and "one day before" is the same Friday.
        (2023, 11, "announce:21w 6/10, before:14w 17/10, before:7w 26/10, before:3w 1/11, last 3/11, 6/11, 8/11"),
        # 04/5/2025 is the Sunday that ends 30/4-04/5; Saturday 26/4 is worked for Friday 02/5.
        (2025, 5, "announce:21w 1/4, before:14w 11/4, before:7w 22/4, before:3w 26/4, last 29/4, 5/5, 7/5"),
        (
            2025,
            11,
            "announce:21w 6/10, before:14w 15/10, before:7w 24/10, before:3w 30/10, before:1w 3/11, last 4/11, 5/11, 7/11",
        ),
        # 04/5/2026 is the Monday after 30/4-03/5; Monday 27/4 is off in lieu of Giỗ Tổ.
        (2026, 5, "announce:21w 31/3, before:14w 9/4, before:7w 20/4, before:3w 24/4, before:1w 29/4, last 4/5, 5/5, 7/5"),
        (
            2026,
            11,
            "announce:21w 6/10, before:14w 15/10, before:7w 26/10, before:3w 30/10, before:1w 3/11, last 4/11, 5/11, 9/11",
        ),
        # 03/5/2027 is off in lieu of Saturday 01/5.
        (2027, 5, "announce:21w 31/3, before:14w 9/4, before:7w 21/4, before:3w 27/4, before:1w 29/4, last 4/5, 5/5, 7/5"),
        (
            2027,
            11,
            "announce:21w 6/10, before:14w 15/10, before:7w 26/10, before:3w 1/11, before:1w 3/11, last 4/11, 5/11, 9/11",
        ),
    ],
)
def test_the_default_ladder_of_real_years(year: int, month: int, expected: str) -> None:
    found = climbed(of_year(year, month))
    after = [rung.key for rung in found if rung.kind == "after"]
    assert after == ["after:1w", "after:3w"]
    written = [
        f"{rung.key} {rung.day.day}/{rung.day.month}".removeprefix("after:1w ").removeprefix("after:3w ") for rung in found
    ]
    assert ", ".join(written) == expected
    assert {rung.moment.astimezone(VIETNAM).time() for rung in found} == {time(8, 30)}


def test_two_rungs_on_one_day_are_one_and_it_knows_what_it_covers_and_why_it_moved() -> None:
    last = next(rung for rung in climbed(of_year(2023, 11)) if rung.key == "last")
    assert last.day == date(2023, 11, 3)
    assert last.nominal == date(2023, 11, 4)
    assert last.moved_because == WEEKEND
    assert last.keys == ("last", "before:1w")

    may = next(rung for rung in climbed(of_year(2025, 5)) if rung.key == "last")
    assert (may.day, may.nominal, may.covers) == (date(2025, 4, 29), date(2025, 5, 4), ("before:1w",))


def test_calendar_day_rungs_move_off_days_off_backwards_before_the_deadline_and_forwards_after_it() -> None:
    ladder = tuple(
        RungSpec(kind=kind, days=days, working=False) for kind, days in (("before", 14), ("before", 7), ("before", 1))
    )
    ladder += (RungSpec(kind="last", days=0), RungSpec(kind="after", days=2, working=False))
    found = rungs(date(2023, 5, 4), date(2023, 1, 1), ladder, OFFICE)
    assert [(rung.key, rung.nominal, rung.day, rung.moved_because) for rung in found] == [
        ("before:14d", date(2023, 4, 20), date(2023, 4, 20), None),
        ("before:7d", date(2023, 4, 27), date(2023, 4, 27), None),
        ("before:1d", date(2023, 5, 3), date(2023, 4, 28), "ngày nghỉ bù Chiến thắng"),
        ("last", date(2023, 5, 4), date(2023, 5, 4), None),
        ("after:2d", date(2023, 5, 6), date(2023, 5, 8), WEEKEND),
    ]


def test_a_round_over_before_it_was_armed_never_reminds() -> None:
    assert climbed(of_year(2023, 5, armed_on=date(2026, 11, 23))) == ()
    assert climbed(of_year(2023, 5, armed_on=date(2023, 5, 5))) == ()


def test_rungs_from_before_the_arming_never_fire() -> None:
    found = climbed(of_year(2023, 5, armed_on=date(2023, 4, 26)))
    assert [rung.key for rung in found] == ["before:3w", "before:1w", "last", "after:1w", "after:3w"]
    assert due_now(found, datetime(2023, 4, 26, 1, 0, tzinfo=UTC), ()) == (None, ())


@pytest.mark.parametrize(
    "spec",
    [
        RungSpec(kind="before", days=0),
        RungSpec(kind="after", days=-1),
        RungSpec(kind="last", days=1),
        RungSpec(kind="sometimes", days=3),
    ],
)
def test_a_rung_that_cannot_be_is_refused(spec: RungSpec) -> None:
    with pytest.raises(ValueError, match="no such rung"):
        rungs(date(2026, 5, 4), date(2026, 1, 1), (spec,), OFFICE)


def test_a_sending_time_outside_office_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="office hours"):
        rungs(date(2026, 5, 4), date(2026, 1, 1), DEFAULT_LADDER, OFFICE, time(17, 0))


# What must hold always

specs = st.one_of(
    st.just(RungSpec(kind="last", days=0)),
    st.builds(RungSpec, kind=st.sampled_from(("announce", "before", "after")), days=st.integers(1, 40), working=st.booleans()),
)
ladders = st.one_of(st.just(DEFAULT_LADDER), st.lists(specs, max_size=10).map(tuple))
last_days = st.dates(date(2023, 1, 1), date(2030, 12, 31))


@st.composite
def office_calendars(draw: st.DrawFn) -> WorkCalendar:
    """The real holidays with any table the office may write and any zone it may live in."""
    table = draw(st.dictionaries(st.dates(date(2022, 11, 1), date(2031, 2, 28)), st.booleans(), max_size=30))
    off = {day: name for day, name in OFFICE.off_days.items() if day not in table}
    off |= {day: "nghỉ" for day, works in table.items() if not works}
    worked = {day for day in OFFICE.worked_weekends if day not in table}
    worked |= {day for day, works in table.items() if works and day.weekday() > 4}
    zone = ZoneInfo(draw(st.sampled_from(("Asia/Ho_Chi_Minh", *ZONES))))
    return WorkCalendar(off_days=off, worked_weekends=frozenset(worked), zone=zone)


@st.composite
def any_rungs(draw: st.DrawFn) -> tuple[Rung, ...]:
    last_day = draw(last_days)
    armed_on = last_day - ONE_DAY * draw(st.integers(0, 90))
    return rungs(last_day, armed_on, draw(ladders), draw(office_calendars()), draw(st.times(time(7, 30), time(16, 59))))


@unhurried
@given(last_days, st.integers(-30, 90), ladders, office_calendars(), st.times(time(7, 30), time(16, 59)))
def test_no_rung_is_ever_on_a_day_off_outside_office_hours_too_early_or_on_the_wrong_side(
    last_day: date, armed_before: int, ladder: tuple[RungSpec, ...], calendar: WorkCalendar, send_at: time
) -> None:
    armed_on = last_day - ONE_DAY * armed_before
    found = rungs(last_day, armed_on, ladder, calendar, send_at)
    for rung in found:
        assert calendar.is_working(rung.day)
        assert calendar.is_office_time(rung.moment)
        assert calendar.local(rung.moment) == datetime.combine(rung.day, send_at, tzinfo=calendar.zone)
        assert rung.moment.tzinfo is UTC
        assert rung.day >= armed_on
        assert rung.day <= last_day if rung.kind != "after" else rung.day > last_day
        assert rung.day <= rung.nominal if rung.kind != "after" else rung.day >= rung.nominal
        assert (rung.moved_because is None) == (rung.day == rung.nominal)
        # It moved no further than it had to.
        between = {min(rung.day, rung.nominal) + ONE_DAY * n for n in range(abs((rung.day - rung.nominal).days) + 1)}
        assert not any(calendar.is_working(day) for day in between - {rung.day})
    days = [rung.day for rung in found]
    assert days == sorted(set(days)), "earliest first, one a day"
    keys = [key for rung in found for key in rung.keys]
    assert len(keys) == len(set(keys)), "every key once"
    assert not found or armed_on <= last_day


@unhurried
@given(last_days, ladders, office_calendars())
def test_merging_loses_no_rung(last_day: date, ladder: tuple[RungSpec, ...], calendar: WorkCalendar) -> None:
    armed_on = last_day - ONE_DAY * 1000
    together = {key for rung in rungs(last_day, armed_on, ladder, calendar) for key in rung.keys}
    alone = {rungs(last_day, armed_on, (spec,), calendar)[0].key for spec in ladder}
    assert together == alone


def test_every_weekday_deadline_2023_to_2030_reaches_people_before_it_is_over() -> None:
    day = date(2023, 1, 31)
    while day.year < 2031:
        found = rungs(day, date(2022, 1, 1), DEFAULT_LADDER, OFFICE)
        last = next(rung for rung in found if rung.key == "last")
        assert last.day == OFFICE.previous_working(day)
        assert sum(rung.day <= day for rung in found) >= 5
        day += ONE_DAY


# What to say now


def test_after_downtime_only_the_latest_missed_rung_is_said() -> None:
    ladder = climbed(of_year(2023, 5))
    fire, covered = due_now(ladder, datetime(2023, 4, 27, 2, 0, tzinfo=UTC), {"announce:21w"})
    assert fire is not None
    assert fire.key == "before:3w"
    assert covered == ("before:14w", "before:7w")


def test_a_reminder_missed_until_after_the_deadline_is_not_said_at_all() -> None:
    ladder = climbed(of_year(2023, 5))
    said = {"announce:21w", "before:14w", "before:7w", "before:3w"}
    last_minute = datetime(2023, 5, 4, 16, 59, 59, tzinfo=UTC)  # 23:59:59 of the last valid day at the office
    fire, covered = due_now(ladder, last_minute, said)
    assert fire is not None
    assert (fire.key, covered) == ("last", ("before:1w",))
    assert due_now(ladder, last_minute + timedelta(seconds=1), said) == (None, ("before:1w", "last"))


def test_a_rung_added_behind_one_already_said_is_covered_not_said() -> None:
    ladder = climbed(of_year(2023, 5))
    said = {rung.key for rung in ladder} - {"before:7w"}
    assert due_now(ladder, datetime(2023, 4, 27, 2, 0, tzinfo=UTC), said) == (None, ("before:7w",))


def test_saying_a_merged_rung_records_what_it_covers() -> None:
    ladder = climbed(of_year(2023, 11))
    said = {"announce:21w", "before:14w", "before:7w", "before:3w"}
    fire, covered = due_now(ladder, datetime(2023, 11, 3, 2, 0, tzinfo=UTC), said)
    assert fire is not None
    assert (fire.key, covered) == ("last", ("before:1w",))


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_now(climbed(of_year(2023, 5)), datetime(2023, 4, 27, 2, 0), ())


@unhurried
@given(any_rungs(), st.data())
def test_under_any_ticks_each_key_is_said_at_most_once_never_stale_and_never_forgotten(
    ladder: tuple[Rung, ...], data: st.DataObject
) -> None:
    start = min((rung.moment for rung in ladder), default=datetime(2026, 1, 1, tzinfo=UTC)) - ONE_DAY
    # Any order: a clock set back must not repeat anything either.
    offsets = data.draw(st.lists(st.timedeltas(timedelta(0), timedelta(days=130)), max_size=25))
    said: list[str] = []
    recorded: set[str] = set()
    for now in [*(start + offset for offset in offsets), start + ONE_DAY * 1000]:
        fire, covered = due_now(ladder, now, frozenset(recorded))
        assert not recorded & set(covered)
        if fire is not None:
            assert fire.key not in recorded
            assert fire.key not in covered
            assert fire.moment <= now
            assert fire.stale_from is None or now < fire.stale_from
            assert not [rung for rung in ladder if fire.moment < rung.moment <= now], "the latest one, not an older one"
            said.append(fire.key)
            recorded.add(fire.key)
        recorded |= set(covered)
        assert due_now(ladder, now, recorded) == (None, ())
    assert len(said) == len(set(said))
    assert recorded == {key for rung in ladder for key in rung.keys}


@unhurried
@given(any_rungs())
def test_while_up_every_rung_is_said_on_its_day(ladder: tuple[Rung, ...]) -> None:
    recorded: set[str] = set()
    said: list[tuple[str, datetime]] = []
    for tick in sorted({rung.moment + late for rung in ladder for late in (timedelta(0), timedelta(seconds=20), ONE_DAY / 3)}):
        fire, covered = due_now(ladder, tick, recorded)
        if fire is not None:
            said.append((fire.key, tick))
            recorded.add(fire.key)
        recorded |= set(covered)
    assert said == [(rung.key, rung.moment) for rung in ladder]


# How long still


def test_days_left_count_to_the_last_valid_day() -> None:
    assert days_left(date(2023, 5, 4), date(2023, 4, 20)) == 14
    assert days_left(date(2023, 5, 4), date(2023, 5, 4)) == 0
    assert days_left(date(2023, 5, 4), date(2023, 5, 6)) == -2


@pytest.mark.parametrize(
    ("today", "left"),
    [("2023-04-20", 7), ("2023-04-28", 1), ("2023-05-01", 1), ("2023-05-04", 0), ("2023-05-05", -1), ("2023-05-07", -1)],
)
def test_working_days_left_leave_out_the_holidays(today: str, left: int) -> None:
    assert working_days_left(date(2023, 5, 4), date.fromisoformat(today), OFFICE) == left


def test_the_office_table_moves_the_ladder() -> None:
    table = (*shipped_days(), SpecialDay(on=date(2026, 4, 29), works=False, note="Nghỉ theo thông báo"))
    calendar = work_calendar([2026], table, OfficeHours(), VIETNAM)
    days = {rung.key: rung.day for rung in climbed(of_year(2026, 5), calendar)}
    assert days["before:1w"] == date(2026, 4, 28)
