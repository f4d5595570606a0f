"""Working days and office hours: the real holidays 2023-2030, the office's own table, and every time zone there is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import WEEKEND, OfficeHours, SpecialDay, WorkCalendar
from storage.days import read_days, shipped_days, work_calendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = work_calendar(range(2023, 2031), shipped_days(), OfficeHours(), VIETNAM)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # others use the machine, too
ONE_DAY = timedelta(days=1)

days = st.dates(date(2023, 1, 1), date(2030, 12, 31))
zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
moments = st.datetimes(datetime(2023, 1, 1), datetime(2030, 12, 31), timezones=zones)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Any office: some days off by name, some weekends worked, any zone."""
    off = draw(st.dictionaries(days, st.text(min_size=1, max_size=8), max_size=30))
    worked = draw(st.frozensets(days.filter(lambda day: day.weekday() > 4), max_size=10)) - off.keys()
    return WorkCalendar(off_days=off, worked_weekends=worked, zone=draw(zones))


def off_in(year: int, month: int) -> list[int]:
    first = date(year, month, 1)
    month_days = [first + ONE_DAY * n for n in range(31) if (first + ONE_DAY * n).month == month]
    return [day.day for day in month_days if day.weekday() < 5 and not OFFICE.is_working(day)]


@pytest.mark.parametrize(
    ("year", "month", "weekdays_off"),
    [
        (2023, 1, [2, 20, 23, 24, 25, 26]),
        (2023, 4, []),
        (2023, 5, [1, 2, 3]),
        (2023, 9, [1, 4]),
        (2024, 2, [8, 9, 12, 13, 14]),
        (2024, 4, [18, 29, 30]),
        (2024, 9, [2, 3]),
        (2025, 1, [1, 27, 28, 29, 30, 31]),
        (2025, 4, [7, 30]),
        (2025, 5, [1, 2]),
        (2025, 9, [1, 2]),
        (2026, 1, [1, 2]),
        (2026, 2, [16, 17, 18, 19, 20]),
        (2026, 4, [27, 30]),
        (2026, 5, [1]),
        (2026, 8, [31]),
        (2026, 9, [1, 2]),
        (2027, 4, [16, 30]),
        (2027, 5, [3]),
    ],
)
def test_the_weekdays_off_are_the_announced_ones(year: int, month: int, weekdays_off: list[int]) -> None:
    assert off_in(year, month) == weekdays_off


def test_the_swapped_weekend_days_of_2023_to_2026_are_worked_and_no_other() -> None:
    span = (date(2023, 1, 1) + ONE_DAY * n for n in range(4 * 365 + 1))
    assert [day for day in span if day.weekday() > 4 and OFFICE.is_working(day)] == [
        date(2024, 5, 4),
        date(2025, 4, 26),
        date(2026, 1, 10),
        date(2026, 8, 22),
    ]


def test_a_day_off_says_why_in_vietnamese() -> None:
    assert OFFICE.reason(date(2023, 5, 4)) is None
    assert OFFICE.reason(date(2023, 11, 4)) == WEEKEND
    assert OFFICE.reason(date(2026, 4, 27)) == "ngày nghỉ bù Giỗ Tổ Hùng Vương"
    assert OFFICE.reason(date(2027, 5, 1)) == "Ngày Quốc tế Lao động"  # a Saturday, yet the holiday is the better reason
    assert OFFICE.reason(date(2026, 1, 2)) == "Nghỉ Tết Dương lịch (làm bù thứ Bảy 10/01)"
    every = {OFFICE.reason(day) for day in OFFICE.off_days}
    assert not [name for name in every if name is None or ";" in name or "Day" in name or "observed" in name]


def test_the_years_next_to_the_asked_ones_are_known_for_deadlines_around_new_year() -> None:
    narrow = work_calendar([2026], (), OfficeHours(), VIETNAM)
    assert not narrow.is_working(date(2025, 5, 2))
    assert not narrow.is_working(date(2027, 1, 1))


def test_the_office_table_wins_over_the_library_in_both_directions() -> None:
    table = (
        SpecialDay(on=date(2026, 11, 24), works=True, note="không nghỉ"),
        SpecialDay(on=date(2026, 8, 22), works=False, note="không làm bù"),
        SpecialDay(on=date(2026, 6, 20), works=True, note="làm bù"),
        SpecialDay(on=date(2026, 6, 15), works=False, note="Bầu cử"),
        SpecialDay(on=date(2026, 9, 2), works=False),
    )
    calendar = work_calendar([2026], table, OfficeHours(), VIETNAM)
    assert calendar.reason(date(2026, 11, 24)) is None
    assert calendar.reason(date(2026, 8, 22)) == "không làm bù"
    assert calendar.reason(date(2026, 6, 20)) is None
    assert calendar.reason(date(2026, 6, 15)) == "Bầu cử"
    assert calendar.reason(date(2026, 9, 2)) == "Quốc khánh"


@unhurried
@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=40))
def test_whatever_the_office_writes_is_what_counts(table: dict[date, bool]) -> None:
    calendar = work_calendar([2026], (SpecialDay(on=on, works=works) for on, works in table.items()), OfficeHours(), VIETNAM)
    plain = work_calendar([2026], (), OfficeHours(), VIETNAM)
    for day in (date(2026, 1, 1) + ONE_DAY * n for n in range(365)):
        assert calendar.is_working(day) == table.get(day, plain.is_working(day))


def test_a_day_named_twice_is_refused_and_so_is_a_calendar_of_no_years() -> None:
    twice = [SpecialDay(on=date(2026, 6, 15), works=works) for works in (True, False)]
    with pytest.raises(ValueError, match="2026-06-15 is named twice"):
        work_calendar([2026], twice, OfficeHours(), VIETNAM)
    with pytest.raises(ValueError, match="no years"):
        work_calendar([], (), OfficeHours(), VIETNAM)


def test_the_shipped_table_only_holds_what_the_library_does_not_know() -> None:
    library = work_calendar(range(2023, 2031), (), OfficeHours(), VIETNAM)
    assert shipped_days()
    for day in shipped_days():
        assert library.is_working(day.on) != day.works, f"{day.on} is known to the library by now: remove it"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("days: [", "YAML"),
        ("- 1", "one list"),
        ("days: []\nmore: 1", "one list"),
        ("days:\n- {day: 2026-01-02, works: false}", "entry 1"),
        ("days:\n- {day: 2026-01-02, works: nghỉ, note: x}", "entry 1"),
        ("days:\n- {day: 02/01/2026, works: false, note: x}", "entry 1"),
        ("days:\n- {day: 2026-01-02 07:30:00, works: false, note: x}", "entry 1"),
        ("days:\n- {day: 2026-02-30, works: false, note: x}", "YAML"),
        ("days:\n- {day: 2026-01-02, works: false, note: x, wroks: true}", "entry 1"),
        ("days:\n- {day: 2026-01-02, works: false, note: x}\n- {day: 2026-01-02, works: true, note: y}", "named twice"),
    ],
)
def test_a_mistake_in_the_office_table_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_days(text)


def test_an_empty_office_table_is_fine() -> None:
    assert read_days("# nothing yet\n") == read_days("days:\n") == read_days("days: []") == ()


@unhurried
@given(calendars(), days)
def test_the_neighbours_of_a_day_are_the_nearest_working_days(calendar: WorkCalendar, day: date) -> None:
    after, before = calendar.next_working(day), calendar.previous_working(day)
    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    between = [before + ONE_DAY * n for n in range(1, (after - before).days)]
    assert not any(calendar.is_working(other) for other in between)


@unhurried
@given(calendars(), days, st.integers(-60, 60))
def test_counting_working_days_undoes_shifting_by_them(calendar: WorkCalendar, day: date, count: int) -> None:
    there = calendar.shift(day, count)
    assert calendar.working_days_between(day, there) == count
    assert there == day if count == 0 else calendar.is_working(there)
    step = ONE_DAY if count > 0 else -ONE_DAY
    passed = [day + step * n for n in range(1, abs((there - day).days) + 1)]
    assert sum(calendar.is_working(other) for other in passed) == abs(count)


def test_a_table_that_closes_the_office_for_ever_is_an_error_not_an_endless_loop() -> None:
    closed = {date(2025, 1, 1) + ONE_DAY * n: "đóng cửa" for n in range(800)}
    calendar = WorkCalendar(off_days=closed, zone=VIETNAM)
    with pytest.raises(ValueError, match="no working day"):
        calendar.next_working(date(2025, 6, 1))
    with pytest.raises(ValueError, match="no office time"):
        calendar.next_office_time(datetime(2025, 1, 1, tzinfo=UTC))


def test_a_day_both_off_and_worked_is_refused() -> None:
    saturday = date(2026, 1, 10)
    with pytest.raises(ValueError, match="both"):
        WorkCalendar(off_days={saturday: "?"}, worked_weekends=frozenset({saturday}), zone=VIETNAM)


def test_changing_the_given_table_later_does_not_change_the_calendar() -> None:
    table = {date(2026, 6, 15): "Bầu cử"}
    calendar = WorkCalendar(off_days=table, zone=VIETNAM)
    table.clear()
    assert not calendar.is_working(date(2026, 6, 15))


@pytest.mark.parametrize(
    ("local", "open_"),
    [
        ("2023-05-04 07:29:59", False),
        ("2023-05-04 07:30", True),
        ("2023-05-04 16:59:59", True),
        ("2023-05-04 17:00", False),
        ("2023-05-03 10:00", False),  # day off in lieu of 30/4
        ("2023-11-04 10:00", False),  # Saturday
        ("2026-01-10 10:00", True),  # Saturday made up for 02/01
    ],
)
def test_office_time_is_half_past_seven_to_five_on_working_days(local: str, open_: bool) -> None:
    assert OFFICE.is_office_time(datetime.fromisoformat(local).replace(tzinfo=VIETNAM)) is open_


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2023-05-04 09:15", "2023-05-04 09:15"),
        ("2023-05-04 06:00", "2023-05-04 07:30"),
        ("2023-05-04 17:00", "2023-05-05 07:30"),
        ("2023-04-28 18:00", "2023-05-04 07:30"),  # over the holidays
        ("2026-02-13 17:30", "2026-02-23 07:30"),  # over Tết
        ("2026-01-09 20:00", "2026-01-10 07:30"),  # into the made-up Saturday
    ],
)
def test_a_message_waits_for_the_next_office_time(local: str, expected: str) -> None:
    found = OFFICE.next_office_time(datetime.fromisoformat(local).replace(tzinfo=VIETNAM))
    assert found.tzinfo is UTC
    assert OFFICE.local(found).replace(tzinfo=None) == datetime.fromisoformat(expected)


@unhurried
@given(calendars(), moments, st.floats(0, 1))
def test_in_any_zone_the_next_office_time_is_office_time_and_the_first_one(
    calendar: WorkCalendar, moment: datetime, share: float
) -> None:
    found = calendar.next_office_time(moment)
    start = moment.astimezone(UTC)
    assert found >= start
    assert calendar.is_office_time(found)
    assert calendar.next_office_time(found) == found
    waiting = start + (found - start) * share
    assume(waiting < found)
    assert not calendar.is_office_time(waiting)


@unhurried
@given(zones, moments, st.times(), st.times())
def test_whatever_the_hours_and_the_clock_changes_office_time_is_never_missed_by_the_rule(
    zone: ZoneInfo, moment: datetime, opens: time, closes: time
) -> None:
    assume(opens < closes)
    calendar = WorkCalendar(off_days={}, office_hours=OfficeHours(opens=opens, closes=closes), zone=zone)
    found = calendar.next_office_time(moment)
    assert found >= moment.astimezone(UTC)
    assert calendar.is_office_time(found)


def test_an_opening_in_the_hour_the_clock_repeats_is_not_sought_in_the_past() -> None:
    berlin = WorkCalendar(off_days={}, worked_weekends=frozenset({date(2026, 10, 25)}), zone=ZoneInfo("Europe/Berlin"))
    night = OfficeHours(opens=time(2, 30), closes=time(2, 45))
    calendar = WorkCalendar(
        off_days=berlin.off_days, worked_weekends=berlin.worked_weekends, office_hours=night, zone=berlin.zone
    )
    second_turn = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # 02:15 for the second time
    assert calendar.next_office_time(second_turn) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_opening_in_the_hour_the_clock_skips_does_not_send_outside_hours() -> None:
    night = OfficeHours(opens=time(2, 30), closes=time(2, 45))
    spring = frozenset({date(2026, 3, 29)})
    calendar = WorkCalendar(off_days={}, worked_weekends=spring, office_hours=night, zone=ZoneInfo("Europe/Berlin"))
    assert calendar.next_office_time(datetime(2026, 3, 29, tzinfo=UTC)) == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


def test_the_office_date_is_the_local_one() -> None:
    assert OFFICE.today(datetime(2023, 5, 3, 17, 0, tzinfo=UTC)) == date(2023, 5, 4)


def test_a_datetime_without_a_zone_is_refused_everywhere() -> None:
    naive = datetime(2023, 5, 4, 9, 0)
    for ask in (OFFICE.is_office_time, OFFICE.next_office_time, OFFICE.today, OFFICE.local):
        with pytest.raises(ValueError, match="time zone"):
            ask(naive)


def test_an_office_that_closes_before_it_opens_is_refused() -> None:
    with pytest.raises(ValueError, match="opens"):
        OfficeHours(opens=time(17), closes=time(7, 30))
