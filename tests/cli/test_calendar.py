"""`calendar`: the dry run of a year on the real plan, the holidays library and the office's table."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from tests.cli.conftest import Cli


def reminders(year: dict[str, Any], round_: str) -> list[tuple[str, str]]:
    return [(each["rung"], each["day"]) for each in year["messages"] if each["rung"] and each["round"] == round_]


@pytest.mark.parametrize("year", ["2023", "2024", "2025", "2026", "2027"])
def test_nothing_is_said_on_a_day_off_or_outside_office_hours(cli: Cli, year: str) -> None:
    known = cli("calendar", "--year", year, "--json").json
    off = {each["day"] for each in known["days_off"]}
    worked = {each["day"] for each in known["worked_weekends"]}
    assert len(known["messages"]) > 100
    for each in known["messages"]:
        day = date.fromisoformat(each["day"])
        assert each["day"] not in off, each
        assert day.weekday() < 5 or each["day"] in worked, each
        last = time(17, 0) if each["occasion"] == "digest" else time(16, 59)
        assert time(7, 30) <= time.fromisoformat(each["time"]) <= last, each
        assert each["misplaced"] is None
    assert {each["occasion"] for each in known["messages"]} == {"reminder", "excerpt", "digest", "weekly"}
    assert known["totals"]["on_days_off"] == known["totals"]["outside_hours"] == 0
    assert known["totals"]["messages"] == sum(len(each["units"]) or 1 for each in known["messages"])


def test_the_spring_of_2026_goes_around_hung_kings_day_and_may_day(cli: Cli) -> None:
    known = cli("calendar", "--year", "2026", "--json").json
    assert {each["day"] for each in known["days_off"]} >= {"2026-04-26", "2026-04-27", "2026-04-30", "2026-05-01"}
    assert reminders(known, "6T") == [
        ("announce:21w", "2026-03-31"),
        ("before:14w", "2026-04-09"),
        ("before:7w", "2026-04-20"),
        ("before:3w", "2026-04-24"),  # 27/4 is off; the weekend before it, too
        ("before:1w", "2026-04-29"),  # the last working day before 30/4-03/5
        ("last", "2026-05-04"),
        ("after:1w", "2026-05-05"),
        ("after:3w", "2026-05-07"),
    ]


def test_2023_has_the_plans_own_last_valid_days(cli: Cli) -> None:
    said = cli("calendar", "--year", "2023").out
    assert "chưa mở, tính như mở từ 01/01/2023" in said
    assert "Báo cáo 6 tháng năm 2023: trước ngày 05/5/2023 (chậm nhất hết thứ Năm 04/5/2023)" in said
    assert "Báo cáo năm 2023: trước ngày 05/11/2023 (chậm nhất hết thứ Bảy 04/11/2023)" in said
    assert "Thứ Năm 04/5   08:30  Nhắc ngày cuối: báo cáo 6 tháng năm 2023 → 28 đơn vị\n" in said
    assert "Thứ Sáu 03/11  08:30  Nhắc ngày cuối: báo cáo năm 2023 → 28 đơn vị; dời từ thứ Bảy 04/11" in said
    assert "Rơi vào ngày nghỉ: 0. Ngoài giờ làm việc (07:30–17:00): 0." in said
    assert "Thứ Hai 01/5: Ngày Quốc tế Lao động" in said
    known = cli("calendar", "--year", "2023", "--json").json
    assert [each["last_day"] for each in known["rounds"]] == ["2023-05-04", "2023-11-04"]
    assert known["armed_on"] is None and not any(each["armed"] for each in known["rounds"])
    assert all(each["said"] for each in known["messages"])


def test_a_year_armed_late_shows_what_will_not_be_said(cli: Cli) -> None:
    """2024 is over: whatever day this test runs, arming it comes too late for all of it."""
    assert cli("units", "list").code == 0
    whole = cli("calendar", "--year", "2024", "--json").json
    assert cli("plan", "arm", "--year", "2024").code == 0
    late = cli("calendar", "--year", "2024", "--json").json
    assert [each["at"] for each in late["messages"]] == [each["at"] for each in whole["messages"]]
    assert not any(each["said"] for each in late["messages"])
    assert late["totals"]["not_said"] == late["totals"]["messages"] == whole["totals"]["messages"]
    assert "Tin ghi “không gửi” rơi trước ngày mở" in cli("calendar", "--year", "2024").out


def test_the_offices_own_day_off_moves_messages_at_once(cli: Cli) -> None:
    before = cli("calendar", "--year", "2023", "--json").json
    assert ("before:1w", "2023-04-28") in reminders(before, "6T")
    assert cli("days", "off", "28/4/2023", "Đại hội").code == 0
    after = cli("calendar", "--year", "2023", "--json").json
    assert ("before:1w", "2023-04-27") in reminders(after, "6T")
    assert "2023-04-28" not in {each["day"] for each in after["messages"]}
    assert {"day": "2023-04-28", "name": "Đại hội", "by_office": True} in after["days_off"]
    assert "Thứ Sáu 28/4: Đại hội (bảng của cơ quan)" in cli("calendar", "--year", "2023").out


def test_one_unit_sees_its_own_messages_with_the_points(cli: Cli) -> None:
    known = cli("calendar", "--year", "2023", "--unit", "p5", "--json").json
    assert all(each["units"] == ["P5"] for each in known["messages"])
    assert len(reminders(known, "6T")) == 8
    assert len(reminders(known, "N")) == 7  # on Friday 03/11 the last day's rung stands for the one before it, too
    assert next(each for each in known["messages"] if each["day"] == "2023-11-03" and each["rung"])["covers"] == ["before:1w"]
    excerpts = [each for each in known["messages"] if each["occasion"] == "excerpt"]
    assert 45 <= len(excerpts) <= 53 and len({each["day"] for each in excerpts}) == len(excerpts)
    said = cli("calendar", "--year", "2023", "--unit", "phuong 5").out
    assert ", UBND Phường 5\n" in said
    assert "Trích kế hoạch đầu tuần: Mục II, ý thứ 4 → Phường 5" in said


def test_a_monday_off_is_explained(cli: Cli) -> None:
    first = next(each for each in cli("calendar", "--year", "2023", "--json").json["messages"] if each["occasion"] == "excerpt")
    assert (first["day"], first["nominal_day"]) == ("2023-01-03", "2023-01-02")
    assert "Tết Dương lịch" in first["moved_because"]


def test_the_full_list_names_every_point_once(cli: Cli) -> None:
    short, full = cli("calendar", "--year", "2023").out, cli("calendar", "--year", "2023", "--full").out
    known = cli("calendar", "--year", "2023", "--json").json
    assert full.count("Trích kế hoạch đầu tuần: ") == sum(each["occasion"] == "excerpt" for each in known["messages"])
    assert short.count("Trích kế hoạch đầu tuần") == len({e["day"] for e in known["messages"] if e["occasion"] == "excerpt"})


def test_units_get_nothing_before_they_exist_or_after_they_end(cli: Cli, tmp_path: Any) -> None:
    (tmp_path / "units.csv").write_text("mã;đến ngày\nP5;31/5/2023\n", encoding="utf-8")
    assert cli("units", "import", str(tmp_path / "units.csv")).code == 0
    known = cli("calendar", "--year", "2023", "--json").json
    days = [each["day"] for each in known["messages"] if "P5" in each["units"]]
    assert days and max(days) <= "2023-05-31"
    assert len(next(e for e in known["messages"] if e["round"] == "N" and e["rung"] == "last")["units"]) == 27
