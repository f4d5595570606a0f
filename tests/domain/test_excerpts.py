"""The Monday excerpts: every point in its turn, on working days only, the same after every restart."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import OfficeHours, WorkCalendar
from bot.domain.excerpts import excerpts, own_points, sending_days
from bot.domain.plan import Point
from bot.domain.units import Unit
from storage.days import shipped_days, work_calendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = work_calendar(range(2023, 2031), shipped_days(), OfficeHours(), VIETNAM)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # others use the machine, too
REPO = Path(__file__).parents[2]
NEW_YEAR = date(2023, 1, 1)


def unit(code: str, group: str = "ward") -> Unit:
    return Unit(id=1, code=code, name=code, short=code, group=group, questions="ward", source="plan")


def point(id: str, groups: tuple[str, ...] = (), units: tuple[str, ...] = (), send: bool = True) -> Point:
    return Point(id=id, ref=id, label=id, excerpt=id, text=id, groups=groups, units=units, send=send)


def plan_points() -> tuple[Point, ...]:
    """The 37 points of the real plan, those of IV.2 given to the units they name."""
    named = {"IV.2.a": "VP", "IV.2.b": "NV", "IV.2.c": "TTR", "IV.2.d": "TNMT", "IV.2.dd": "QLDT"}
    ids = [
        entry["id"] for entry in json.loads((REPO / "../shared/domain/seed_points.json").read_text(encoding="utf-8"))["points"]
    ]
    return tuple(
        point(id, units=(named[owner],)) if owner in named else point(id, groups=("ward", "named", "other"))
        for id in ids
        for owner in [".".join(id.split(".")[:3])]
    )


POINTS = plan_points()


def test_a_ward_is_sent_every_general_point_before_any_comes_again() -> None:
    ward = [excerpt.point.id for excerpt in excerpts(unit("P5"), 2023, POINTS, OFFICE, NEW_YEAR)]
    general = {found.id for found in POINTS if not found.units}
    assert set(ward[: len(general)]) == general
    assert ward[len(general) :] == ward[: len(ward) - len(general)]


def test_a_named_unit_is_sent_its_own_points_first_and_nobody_elses() -> None:
    office = [excerpt.point.id for excerpt in excerpts(unit("VP", "named"), 2023, POINTS, OFFICE, date(2023, 3, 10))]
    assert office[:3] == ["IV.2.a.1", "IV.2.a.2", "IV.2.a.3"]
    assert not {id for id in office if id.startswith(("IV.2.b", "IV.2.c", "IV.2.d"))}


def test_units_do_not_all_speak_of_the_same_point_on_the_same_monday() -> None:
    first = {excerpts(unit(f"P{n}"), 2023, POINTS, OFFICE, NEW_YEAR)[0].point.id for n in range(1, 18)}
    assert len(first) >= 8


def test_a_point_not_to_be_sent_or_of_another_group_is_left_out() -> None:
    points = (point("a", groups=("ward",)), point("b", groups=("ward",), send=False), point("c", groups=("other",)))
    assert [found.id for found in own_points(unit("P5"), points, 2023)] == ["a"]
    assert excerpts(unit("P5"), 2023, points[1:], OFFICE, NEW_YEAR) == ()


def test_a_monday_off_moves_to_the_first_working_day_of_its_week_and_a_week_off_is_left_out() -> None:
    assert [day for day in sending_days(2026, OFFICE) if day.weekday() != 0] == [
        date(2026, 4, 28),  # Monday 27/4 is off in lieu of Giỗ Tổ
        date(2026, 9, 3),  # 31/8-02/9
    ]
    days = list(sending_days(2026, OFFICE))
    assert not [day for day in days if date(2026, 2, 14) <= day <= date(2026, 2, 22)]  # Tết
    assert len(days) == 51
    assert date(2023, 1, 27) in list(sending_days(2023, OFFICE))  # the Friday left of the week of Tết


def test_a_plan_armed_in_spring_begins_with_the_first_monday_from_then_on() -> None:
    sent = excerpts(unit("P5"), 2023, POINTS, OFFICE, date(2023, 3, 14))  # a Tuesday
    assert sent[0].on == date(2023, 3, 20)
    assert sent[0].point == own_points(unit("P5"), POINTS, 2023)[0]
    assert sent[-1].on == date(2023, 12, 25)


def test_another_process_says_the_same() -> None:
    script = """
import sys; sys.path.insert(0, "tests/domain")
from test_excerpts import *
print([(str(e.on), e.point.id) for e in excerpts(unit("P5"), 2026, POINTS, OFFICE, date(2026, 1, 1))])
"""
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=REPO, env={"PYTHONHASHSEED": "7", "PYTHONPATH": "."}, capture_output=True, text=True
    )
    here = [(str(found.on), found.point.id) for found in excerpts(unit("P5"), 2026, POINTS, OFFICE, date(2026, 1, 1))]
    assert run.stdout.strip() == str(here), run.stderr


@unhurried
@given(
    st.sampled_from(range(2023, 2031)),
    st.dictionaries(st.dates(date(2023, 1, 1), date(2031, 1, 31)), st.just("nghỉ"), max_size=60),
    st.text(min_size=1, max_size=6),
    st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12),
    st.integers(0, 400),
)
def test_always_on_working_days_once_a_week_each_own_point_in_turn(
    year: int, off: dict[date, str], code: str, shape: list[tuple[bool, bool]], armed: int
) -> None:
    calendar = WorkCalendar(off_days=dict(OFFICE.off_days) | off, zone=VIETNAM)
    since = date(year, 1, 1) + timedelta(days=armed)
    points = [
        point(str(n), units=(code,) if named else (), groups=("ward",), send=send) for n, (named, send) in enumerate(shape)
    ]
    sent = excerpts(unit(code), year, points, calendar, since)
    assert all(calendar.is_working(found.on) and found.on >= since for found in sent)
    weeks = [found.on.isocalendar()[:2] for found in sent]
    assert weeks == sorted(set(weeks))
    own = own_points(unit(code), points, year)
    assert {found.id for found in own} == {str(n) for n, (_, send) in enumerate(shape) if send}
    assert [bool(found.units) for found in own] == sorted((bool(found.units) for found in own), reverse=True)
    assert all(found.point == own[n % len(own)] for n, found in enumerate(sent))
