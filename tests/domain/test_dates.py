"""Days as they are typed, seen from Friday 5 May 2023 unless said otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.answers import Confirm, Doubt, Doubtful, Reading, Status
from bot.domain.dates import read_date

FRIDAY = date(2023, 5, 5)
AGAIN = Confirm.WHICH_DAY


@pytest.mark.parametrize(
    ("text", "day", "confirm"),
    [
        ("10/5 ạ", date(2023, 5, 10), ""),
        ("ngày mười tháng năm", date(2023, 5, 10), ""),
        ("10 thang nam", date(2023, 5, 10), ""),
        ("ngayf 10 thangs 5", date(2023, 5, 10), ""),
        ("nga2y 10 tha1ng 5", date(2023, 5, 10), ""),
        ("10/5/23", date(2023, 5, 10), ""),
        ("ngày 10 tháng 5 năm 2023", date(2023, 5, 10), ""),
        ("15h ngày 10/5", date(2023, 5, 10), ""),
        ("sáng 10/5", date(2023, 5, 10), ""),
        ("thứ Tư 10/5", date(2023, 5, 10), ""),
        ("Em sẽ gửi ngày 10/5 ạ", date(2023, 5, 10), ""),
        ("hôm nay", FRIDAY, ""),
        ("thứ 5", date(2023, 5, 11), AGAIN),
        ("thứ năm tuần sau", date(2023, 5, 11), AGAIN),
        ("thứ hai", date(2023, 5, 8), AGAIN),
        ("T4", date(2023, 5, 10), AGAIN),
        ("CN", date(2023, 5, 7), AGAIN),
        ("chiều thứ 6 tuần này", FRIDAY, AGAIN),
        ("mốt", date(2023, 5, 7), AGAIN),
        ("ngày kia", date(2023, 5, 7), AGAIN),
        ("3 ngày nữa", date(2023, 5, 8), AGAIN),
        ("ngày 10", date(2023, 5, 10), AGAIN),
        ("ngày 2", date(2023, 6, 2), AGAIN),
        ("ngày 9 tháng sau", date(2023, 6, 9), AGAIN),
        ("ngay 9 thang sau", date(2023, 6, 9), AGAIN),
        ("ngày 9 tháng sáu", date(2023, 6, 9), ""),
        ("mai", date(2023, 5, 6), Confirm.WEEKEND),
        ("13/5", date(2023, 5, 13), Confirm.WEEKEND),
        ("hôm qua", date(2023, 5, 4), Confirm.PAST_DATE),
        ("4/5", date(2023, 5, 4), Confirm.PAST_DATE),
        ("10/3/2023", date(2023, 3, 10), Confirm.PAST_DATE),
        ("trước ngày 10/5", date(2023, 5, 10), Confirm.UNSURE),
    ],
)
def test_a_day_is_understood(text: str, day: date, confirm: str) -> None:
    assert read_date(text, FRIDAY) == Reading(status=Status.GIVEN, value=day, confirm=confirm)


def test_a_rough_day_is_an_estimate() -> None:
    assert read_date("khoảng 10/5", FRIDAY) == Reading(status=Status.GIVEN, value=date(2023, 5, 10), estimate=True)


@pytest.mark.parametrize(
    ("text", "why", "offered"),
    [
        ("31/4", Doubt.NO_SUCH_DATE, [date(2023, 4, 30), date(2023, 5, 1)]),
        ("30/2", Doubt.NO_SUCH_DATE, [date(2023, 2, 28), date(2023, 3, 1)]),
        ("5/13", Doubt.NO_SUCH_DATE, [date(2023, 5, 13)]),
        ("32/5", Doubt.NO_SUCH_DATE, []),
        ("10/5/1800", Doubt.NO_SUCH_DATE, []),
        ("thứ 4 11/5", Doubt.NO_SUCH_DATE, [date(2023, 5, 11)]),
        ("thứ 6", Doubt.NOT_A_DATE, [FRIDAY, date(2023, 5, 12)]),
        ("tuần sau", Doubt.NOT_A_DATE, [date(2023, 5, 8), date(2023, 5, 12)]),
        ("cuối tháng", Doubt.NOT_A_DATE, [date(2023, 5, 31)]),
        ("10", Doubt.NOT_A_DATE, [date(2023, 5, 10)]),
        ("10/5 hoặc 11/5", Doubt.SEVERAL_NUMBERS, [date(2023, 5, 10), date(2023, 5, 11)]),
        ("thứ 8", Doubt.NOT_A_DATE, []),
        ("sớm nhất có thể", Doubt.NOT_A_DATE, []),
        ("", Doubt.EMPTY, []),
        ("10/5 " * 100, Doubt.NOT_A_DATE, []),
    ],
)
def test_an_uncertain_day_is_asked_back(text: str, why: Doubt, offered: list[date]) -> None:
    found = read_date(text, FRIDAY)
    assert isinstance(found, Doubtful), found
    assert (found.why, [reading.value for reading in found.suggestions]) == (why, offered)


def test_next_month_is_not_june() -> None:
    october = date(2023, 10, 5)
    assert read_date("ngày 9 tháng sau", october) == Reading(status=Status.GIVEN, value=date(2023, 11, 9), confirm=AGAIN)
    unaccented = read_date("ngay 9 thang sau", october)
    assert isinstance(unaccented, Doubtful)
    assert [reading.value for reading in unaccented.suggestions] == [date(2023, 11, 9), date(2023, 6, 9)]


def test_a_month_without_a_day_is_asked_back() -> None:
    assert read_date("thang sau", FRIDAY) == Doubtful(why=Doubt.NOT_A_DATE)


def test_a_day_beyond_our_years_is_no_date() -> None:
    assert read_date("mai", date(2100, 12, 31)) == Doubtful(why=Doubt.NO_SUCH_DATE)


def test_a_day_long_over_is_next_years_and_confirmed() -> None:
    assert read_date("5/1", date(2023, 12, 20)) == Reading(status=Status.GIVEN, value=date(2024, 1, 5), confirm=AGAIN)


def test_a_day_almost_a_year_ahead_is_confirmed() -> None:
    assert read_date("28/12", date(2024, 1, 3)) == Reading(status=Status.GIVEN, value=date(2024, 12, 28), confirm=AGAIN)


def test_the_29th_of_february_exists_every_four_years() -> None:
    assert isinstance(read_date("29/2", FRIDAY), Doubtful)
    assert read_date("29/2", date(2024, 2, 1)) == Reading(status=Status.GIVEN, value=date(2024, 2, 29))
