"""Days to be reminded again on, and days a late report may be promised for."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import DEFAULT_LADDER
from bot.domain.rounds import Round
from bot.domain.snoozes import FARTHEST, Refusal, later_days, promise_days, refuse_later, refuse_promise

HOLIDAYS = {date(2026, 4, 30): "Victory", date(2026, 5, 1): "Labour"}
CALENDAR = WorkCalendar(off_days=HOLIDAYS, zone=ZoneInfo("Asia/Ho_Chi_Minh"))
ROUND = Round(
    id=1,
    plan_id=1,
    code="6T",
    year=2026,
    title="report",
    wording="",
    due=date(2026, 5, 5),
    inclusive=False,
    since=date(2026, 1, 1),
    until=date(2026, 4, 30),
    armed_on=date(2026, 1, 1),
    closed_at=None,
    ladder=DEFAULT_LADDER,
)


def test_every_other_working_day_is_offered_while_there_are_enough() -> None:
    assert later_days(ROUND, date(2026, 4, 20), CALENDAR) == (date(2026, 4, 21), date(2026, 4, 23), date(2026, 4, 27))


def test_the_last_days_are_offered_one_by_one_over_the_holidays() -> None:
    assert later_days(ROUND, date(2026, 4, 28), CALENDAR) == (date(2026, 4, 29), date(2026, 5, 4))
    assert later_days(ROUND, date(2026, 4, 29), CALENDAR) == (date(2026, 5, 4),)
    assert later_days(ROUND, date(2026, 5, 4), CALENDAR) == ()


@given(st.dates(date(2026, 3, 1), date(2026, 6, 30)))
def test_no_day_that_is_offered_is_refused(today: date) -> None:
    for day in later_days(ROUND, today, CALENDAR):
        assert refuse_later(day, ROUND, today, CALENDAR) is None
    for day in promise_days(today, CALENDAR):
        assert refuse_promise(day, today, CALENDAR) is None


def test_days_that_will_not_do_are_refused_with_their_reason() -> None:
    today = date(2026, 4, 20)
    assert refuse_later(today, ROUND, today, CALENDAR) is Refusal.PAST
    assert refuse_later(date(2026, 4, 25), ROUND, today, CALENDAR) is Refusal.DAY_OFF
    assert refuse_later(date(2026, 4, 30), ROUND, today, CALENDAR) is Refusal.DAY_OFF
    assert refuse_later(date(2026, 5, 5), ROUND, today, CALENDAR) is Refusal.AFTER_DEADLINE
    assert refuse_later(date(2026, 5, 4), ROUND, today, CALENDAR) is None


def test_a_late_report_may_be_promised_for_today_but_not_for_next_year() -> None:
    today = date(2026, 5, 6)
    assert refuse_promise(today, today, CALENDAR) is None
    assert refuse_promise(today - timedelta(days=1), today, CALENDAR) is Refusal.PAST
    assert refuse_promise(date(2026, 5, 9), today, CALENDAR) is Refusal.DAY_OFF
    assert refuse_promise(today + FARTHEST + timedelta(days=1), today, CALENDAR) is Refusal.TOO_FAR
