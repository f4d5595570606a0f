"""Vietnamese dates, figures, money and lists, character by character."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import WEEKEND, OfficeHours
from bot.texts import wording
from storage.days import shipped_days, work_calendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = work_calendar(range(2023, 2028), shipped_days(), OfficeHours(), VIETNAM)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # others use the machine, too


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 5, 4), "04/5"),
        (date(2023, 11, 5), "05/11"),
        (date(2026, 1, 3), "03/01"),
        (date(2026, 2, 28), "28/02"),
        (date(2026, 3, 10), "10/3"),
        (date(2026, 10, 20), "20/10"),
    ],
)
def test_days_under_ten_and_months_one_and_two_carry_a_zero(day: date, written: str) -> None:
    assert wording.short_date(day) == written
    assert wording.full_date(day) == f"{written}/{day.year}"


def test_weekdays_are_written_as_the_decree_has_them() -> None:
    week = [wording.weekday(date(2023, 5, day)) for day in range(1, 8)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


def test_dates_with_their_weekday() -> None:
    assert wording.dated(date(2023, 5, 4)) == "thứ Năm 04/5"
    assert wording.dated_full(date(2023, 5, 4)) == "thứ Năm 04/5/2023"
    assert wording.formal_date(date(2023, 3, 10)) == "ngày 10 tháng 3 năm 2023"
    assert wording.formal_date(date(2023, 2, 5)) == "ngày 05 tháng 02 năm 2023"
    assert wording.capitalised("thứ Năm 04/5") == "Thứ Năm 04/5"
    assert wording.capitalised("đề nghị") == "Đề nghị"
    assert wording.capitalised("") == ""


def test_a_deadline_says_both_the_plans_date_and_the_last_valid_day() -> None:
    assert wording.deadline(date(2023, 5, 5), inclusive=False) == "trước ngày 05/5 (chậm nhất hết thứ Năm 04/5)"
    assert wording.deadline(date(2023, 11, 5), inclusive=False) == "trước ngày 05/11 (chậm nhất hết thứ Bảy 04/11)"
    assert wording.deadline(date(2023, 5, 5), inclusive=True) == "chậm nhất hết thứ Sáu 05/5"
    assert wording.deadline(date(2026, 3, 1), inclusive=False) == "trước ngày 01/3 (chậm nhất hết thứ Bảy 28/02)"


def test_spans_and_periods() -> None:
    assert wording.span(date(2023, 4, 29), date(2023, 5, 3)) == "29/4–03/5"
    assert wording.span(date(2023, 4, 29), date(2023, 4, 29)) == "29/4"
    assert wording.span(date(2026, 12, 31), date(2027, 1, 3)) == "31/12/2026–03/01/2027"
    assert wording.period(date(2023, 1, 1), date(2023, 4, 30)) == "từ 01/01 đến 30/4/2023"
    assert wording.period(date(2022, 11, 1), date(2023, 4, 30)) == "từ 01/11/2022 đến 30/4/2023"


def test_relative_days() -> None:
    today = date(2023, 12, 31)
    assert wording.relative_day(today, today) == "hôm nay"
    assert wording.relative_day(date(2024, 1, 1), today) == "ngày mai"
    assert wording.relative_day(date(2023, 12, 30), today) == "hôm qua"
    assert wording.relative_day(date(2023, 12, 27), today) == "thứ Tư 27/12"
    assert wording.relative_day(date(2024, 1, 3), today) == "thứ Tư 03/01/2024"


def test_times_are_the_local_ones() -> None:
    assert wording.clock(time(7, 5)) == "07:05"
    local = OFFICE.local(datetime(2023, 4, 26, 8, 20, tzinfo=UTC))
    assert wording.clock(local) == "15:20"
    assert wording.said_at(local) == "15:20 thứ Tư 26/4/2023"
    with pytest.raises(ValueError, match="time zone"):
        wording.said_at(datetime(2023, 4, 26, 15, 20))


@pytest.mark.parametrize(
    ("last_day", "today", "said"),
    [
        ("2023-05-04", "2023-04-20", "còn 7 ngày làm việc"),
        ("2023-05-04", "2023-04-28", "còn 1 ngày làm việc"),
        ("2023-05-04", "2023-05-03", "ngày mai thứ Năm 04/5 là ngày cuối"),
        ("2023-05-04", "2023-05-04", "hôm nay thứ Năm 04/5 là ngày cuối"),
        ("2023-05-04", "2023-05-05", "đã quá hạn 1 ngày làm việc"),
        ("2023-05-04", "2023-05-09", "đã quá hạn 3 ngày làm việc"),
        ("2023-11-04", "2023-11-02", "còn 1 ngày làm việc"),
        ("2023-11-04", "2023-11-03", "hôm nay thứ Sáu 03/11 là ngày làm việc cuối trước hạn"),
        ("2023-11-04", "2023-11-04", "hôm nay thứ Bảy 04/11 là ngày cuối"),
        ("2023-11-04", "2023-11-05", "đã qua hạn"),
        ("2025-05-04", "2025-04-29", "hôm nay thứ Ba 29/4 là ngày làm việc cuối trước hạn"),
        ("2025-05-04", "2025-05-01", "không còn ngày làm việc nào trước hạn"),
        ("2025-05-04", "2025-05-03", "không còn ngày làm việc nào trước hạn"),
        ("2026-05-04", "2026-03-31", "còn 21 ngày làm việc"),
    ],
)
def test_the_time_left_is_said_in_working_days(last_day: str, today: str, said: str) -> None:
    assert wording.time_left(date.fromisoformat(last_day), date.fromisoformat(today), OFFICE) == said


def test_reasons_for_a_day_off() -> None:
    assert wording.day_off(WEEKEND) == "ngày nghỉ cuối tuần"
    assert wording.day_off("Quốc khánh") == "Quốc khánh"
    assert wording.day_off("") == "ngày nghỉ theo lịch của cơ quan"
    assert wording.days_count(14) == "14 ngày"
    assert wording.working_days_count(1250) == "1.250 ngày làm việc"


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (7, "7"), (999, "999"), (1250, "1.250"), (1250000, "1.250.000"), (-1250, "-1.250")]
)
def test_counts_carry_thousand_dots(number: int, written: str) -> None:
    assert wording.count(number) == written


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        ("2.5", None, "2,5"),
        ("12345.67", None, "12.345,67"),
        ("2.50", None, "2,5"),
        ("1E+3", None, "1.000"),
        ("-0.5", None, "-0,5"),
        ("2.345", 2, "2,35"),
        ("2.004", 2, "2"),
        ("-0.004", 2, "0"),
        ("100", 1, "100"),
    ],
)
def test_decimals_carry_a_comma(number: str, places: int | None, written: str) -> None:
    assert wording.decimal(Decimal(number), places) == written


def test_no_figure_is_not_written_as_one() -> None:
    for nothing in ("NaN", "Infinity"):
        with pytest.raises(ValueError, match="figure"):
            wording.decimal(Decimal(nothing))


@pytest.mark.parametrize(
    ("dong", "short"),
    [
        (0, "0 đồng"),
        (500_000, "500.000 đồng"),
        (999_999, "999.999 đồng"),
        (1_250_000, "1,25 triệu đồng"),
        (50_000_000, "50 triệu đồng"),
        (1_200_000_000, "1,2 tỷ đồng"),
        (2_300_000_000_000, "2.300 tỷ đồng"),
        (1_234_567_890, "khoảng 1,23 tỷ đồng"),
        (999_999_999, "khoảng 1 tỷ đồng"),
        (-1_200_000_000, "-1,2 tỷ đồng"),
    ],
)
def test_money(dong: int, short: str) -> None:
    assert wording.short_money(dong) == short
    assert wording.money(1_250_000) == "1.250.000 đồng"


@pytest.mark.parametrize(
    ("x", "y", "written"),
    [
        (12, 14, "12/14 đơn (85,7%)"),
        (7, 14, "7/14 đơn (50%)"),
        (0, 14, "0/14 đơn (0%)"),
        (14, 14, "14/14 đơn (100%)"),
        (2999, 3000, "2.999/3.000 đơn (99,9%)"),
        (1, 3000, "1/3.000 đơn (0,1%)"),
        (0, 0, "0/0 đơn"),
    ],
)
def test_ratios_never_round_to_all_or_nothing(x: int, y: int, written: str) -> None:
    assert wording.ratio(x, y, "đơn") == written
    assert wording.ratio(12, 14) == "12/14 (85,7%)"
    assert wording.percent(Decimal("87.5")) == "87,5%"


@unhurried
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_only_everything_is_a_hundred_percent_and_only_nothing_is_zero(x: int, y: int) -> None:
    x = min(x, y)
    assert (wording.share(x, y) == "100%") == (x == y)
    assert (wording.share(x, y) == "0%") == (x == 0)


@unhurried
@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_written_figure_reads_back_as_the_same_figure(number: Decimal) -> None:
    assert Decimal(wording.decimal(number).replace(".", "").replace(",", ".")) == number


@pytest.mark.parametrize(
    ("items", "written"),
    [
        ([], ""),
        (["Phường 3"], "Phường 3"),
        (["Phường 3", "Phường 11"], "Phường 3 và Phường 11"),
        (["Phường 3", "Phường 11", "Phường 17"], "Phường 3, Phường 11 và Phường 17"),
    ],
)
def test_lists_end_with_va(items: list[str], written: str) -> None:
    assert wording.listed(items) == written


def test_long_lists_say_how_many_more() -> None:
    wards = [f"Phường {n}" for n in (1, 3, 4, 5)]
    assert wording.listed(wards, most=2) == "Phường 1, Phường 3 và 2 đơn vị khác"
    assert wording.listed(wards, most=3, noun="phường") == "Phường 1, Phường 3, Phường 4 và 1 phường khác"
    assert wording.listed(wards, most=4) == "Phường 1, Phường 3, Phường 4 và Phường 5"
    assert wording.listed(wards, most=0) == "4 đơn vị"


def test_names_that_differ_only_in_their_number_are_told_together() -> None:
    names = ["Phường 11", "Phòng QLĐT", "Phường 3", "Phường 17", "Phòng TN&MT"]
    assert wording.compacted(names) == "Phường 3, 11, 17; Phòng QLĐT; Phòng TN&MT"
    assert wording.compacted(["Phường 05", "Phường"]) == "Phường 05; Phường"
    assert wording.compacted([]) == ""
