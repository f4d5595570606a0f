"""Hours and rungs as people type them, and what fits together."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import hours, rungs
from bot.domain.hours import Hour, read_hour, read_hours
from bot.domain.ladder import DEFAULT_LADDER
from bot.domain.office import Office
from bot.domain.plan import RungSpec
from bot.domain.rungs import Unsound, read_rung, unsound

OFFICE = Office(name="UBND", coordinator="Nội vụ")


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("8h30", time(8, 30)),
        ("8:30", time(8, 30)),
        ("08.30", time(8, 30)),
        ("8", time(8)),
        ("8 giờ", time(8)),
        ("8 giờ rưỡi", time(8, 30)),
        ("8g15", time(8, 15)),
        ("lúc 14 giờ 05 phút", time(14, 5)),
        ("2 giờ chiều", time(14)),
        ("12 giờ chiều", time(12)),
        ("8 gio ruoi sang", time(8, 30)),
        ("25h", None),
        ("8h75", None),
        ("sáng sớm", None),
        ("", None),
    ],
)
def test_an_hour_as_typed(typed: str, hour: time | None) -> None:
    assert read_hour(typed) == hour


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("7h30 - 17h", (time(7, 30), time(17))),
        ("từ 7 giờ 30 đến 17 giờ", (time(7, 30), time(17))),
        ("7:30, 16:30", (time(7, 30), time(16, 30))),
        ("7h30", None),
        ("sáng đến chiều", None),
    ],
)
def test_two_hours_as_typed(typed: str, span: tuple[time, time] | None) -> None:
    assert read_hours(typed) == span


@given(st.text(max_size=40))
def test_free_text_never_breaks_the_reading(text: str) -> None:
    read_hour(text)
    read_hours(text)
    read_rung(text, working=True)


TIMES = st.times(time(0), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))


@given(TIMES, TIMES, TIMES, TIMES, TIMES)
def test_fitted_hours_always_fit(opens: time, closes: time, remind: time, excerpt: time, digest: time) -> None:
    wanted = dict(zip(Hour, (opens, closes, remind, excerpt, digest), strict=True))
    office = hours.with_hours(OFFICE, wanted)
    if opens < closes:
        assert hours.unfit(hours.fitted(office)) is None
        assert hours.unfit(office) is not None or hours.fitted(office) == office
    else:
        assert hours.unfit(office) is Hour.CLOSES


@pytest.mark.parametrize(
    ("typed", "kind", "days"),
    [
        ("trước 5 ngày", "before", 5),
        ("nhắc trước hạn 5 ngày làm việc", "before", 5),
        ("sau 2", "after", 2),
        ("sau hạn 2 ngày", "after", 2),
        ("ngày cuối", "last", 0),
        ("thông báo trước 25 ngày", "announce", 25),
        ("mở kỳ 30 ngày", "announce", 30),
    ],
)
def test_a_rung_as_typed(typed: str, kind: str, days: int) -> None:
    assert read_rung(typed, working=True) == RungSpec(kind=kind, days=days)


def test_what_is_no_rung() -> None:
    for typed in ("", "5 ngày", "trước", "trước khoảng 5 ngày", "mai"):
        assert read_rung(typed, working=True) is None


def test_a_ladder_must_hang_together() -> None:
    assert unsound(DEFAULT_LADDER) is None
    assert unsound((*DEFAULT_LADDER, RungSpec(kind="before", days=7))) is Unsound.TWICE
    assert unsound((*DEFAULT_LADDER, RungSpec(kind="after", days=61))) is Unsound.TOO_MANY_DAYS
    assert unsound((*DEFAULT_LADDER, RungSpec(kind="before", days=30))) is Unsound.ANNOUNCED_TOO_LATE
    assert unsound((RungSpec(kind="after", days=1),)) is Unsound.EMPTY
    assert rungs.in_order(reversed(DEFAULT_LADDER)) == DEFAULT_LADDER
    announced = rungs.with_rung(DEFAULT_LADDER, RungSpec(kind="announce", days=25))
    assert [rung.days for rung in announced if rung.kind == "announce"] == [25]
