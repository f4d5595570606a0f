"""The year's dates as a calendar other programs understand: right days, right zone, alarms in the morning, the same UIDs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from bot.documents import calendar
from bot.domain.calendar import WorkCalendar
from bot.domain.outlook import as_if_armed
from tests.sheets import HANOI, NOW, OFFICE, PLAN

# The long break of 2023: 29 April to 3 May.
CALENDAR = WorkCalendar(off_days={date(2023, 4, 29) + timedelta(days=n): "nghỉ lễ 30/4 và 01/5" for n in range(5)}, zone=HANOI)
ROUNDS = as_if_armed(PLAN, 2023, date(2023, 1, 2))


@pytest.fixture(scope="module")
def book():
    return icalendar.Calendar.from_ical(calendar.dates(PLAN, 2023, ROUNDS, CALENDAR, OFFICE, NOW))


def events(book):
    return {str(event["UID"]): event for event in book.walk("VEVENT")}


def test_both_rounds_have_their_days(book) -> None:
    days = {
        uid: event.decoded("dtstart")
        for uid, event in events(book).items()
        if not isinstance(event.decoded("dtstart"), datetime)
    }
    assert days == {
        "847-2023-6t-2023-last@nhacviec": date(2023, 5, 4),
        "847-2023-6t-2023-due@nhacviec": date(2023, 5, 5),
        "847-2023-n-2023-last-working@nhacviec": date(2023, 11, 3),  # 4 November 2023 is a Saturday
        "847-2023-n-2023-last@nhacviec": date(2023, 11, 4),
        "847-2023-n-2023-due@nhacviec": date(2023, 11, 5),
    }


def test_a_round_opens_at_the_hour_of_reminders_on_a_working_day(book) -> None:
    opening = events(book)["847-2023-6t-2023-open@nhacviec"].decoded("dtstart")
    assert opening.tzinfo is not None
    local = opening.astimezone(HANOI)
    assert (local.hour, local.minute) == (8, 30)
    assert CALENDAR.is_working(local.date())
    assert local.date() < date(2023, 4, 5)  # 21 working days before 4 May


def test_days_are_whole_days_and_block_nobodys_time(book) -> None:
    for event in events(book).values():
        assert str(event["TRANSP"]) == "TRANSPARENT"
        start = event.decoded("dtstart")
        if not isinstance(start, datetime):
            assert event.decoded("dtend") == start + timedelta(days=1)


def test_alarms_ring_in_the_morning(book) -> None:
    last = events(book)["847-2023-6t-2023-last@nhacviec"]
    midnight = datetime(2023, 5, 4)
    rings = sorted(midnight + alarm.decoded("trigger") for alarm in last.walk("VALARM"))
    assert rings == [datetime(2023, 4, 27, 8, 30), datetime(2023, 5, 4, 8, 30)]


def test_a_later_file_corrects_the_earlier_one_instead_of_doubling_it(book) -> None:
    later = NOW + timedelta(days=3)
    again = icalendar.Calendar.from_ical(calendar.dates(PLAN, 2023, ROUNDS, CALENDAR, OFFICE, later))
    assert events(again).keys() == events(book).keys()
    assert len(events(book)) == len(book.walk("VEVENT"))
    stamps = {event.decoded("dtstamp") for event in events(again).values()}
    assert stamps == {later.astimezone(UTC)}


def test_the_same_round_of_another_year_has_other_uids(book) -> None:
    other = icalendar.Calendar.from_ical(
        calendar.dates(PLAN, 2024, as_if_armed(PLAN, 2024, date(2024, 1, 2)), CALENDAR, OFFICE, NOW)
    )
    assert not events(other).keys() & events(book).keys()


def test_it_says_in_vietnamese_what_the_date_is_and_where_the_report_goes(book) -> None:
    last = events(book)["847-2023-6t-2023-last@nhacviec"]
    assert str(last["SUMMARY"]) == "Ngày cuối còn trong hạn: báo cáo 6 tháng năm 2023"
    assert "trước ngày 05/5 (chậm nhất hết thứ Năm 04/5)" in str(last["DESCRIPTION"])
    assert "Phòng Nội vụ quận Gò Vấp" in str(last["DESCRIPTION"])


def test_lines_are_folded_and_end_as_the_standard_asks() -> None:
    content = calendar.dates(PLAN, 2023, ROUNDS, CALENDAR, OFFICE, NOW)
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert calendar.filename(PLAN, 2023) == "lich-nam-847-2023-2023.ics"


def test_a_year_without_rounds_is_an_empty_calendar() -> None:
    book = icalendar.Calendar.from_ical(calendar.dates(PLAN, 2023, (), CALENDAR, OFFICE, NOW))
    assert book.walk("VEVENT") == []
