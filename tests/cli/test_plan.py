"""`plan check`, `plan load`, `plan arm` on the real plan and on spoilt copies of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import plans
from tests.cli.conftest import Cli

THIS_YEAR = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).year


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    file = tmp_path / "plan.yaml"
    file.write_text(plans.SEED.read_text(encoding="utf-8"), encoding="utf-8")
    return file


def changed(file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_the_seed_plan_is_valid(cli: Cli, tmp_path: Path) -> None:
    ran = cli("plan", "check", str(plans.SEED))
    assert (ran.code, ran.err) == (0, "")
    assert "hợp lệ. 28 đơn vị, 37 điểm" in ran.out
    checked = cli("plan", "check", str(plans.SEED), "--json").json
    assert checked["ok"] and checked["faults"] == []
    assert checked["plan"]["number"] == "847/KH-UBND" and checked["plan"]["points"] == 37
    assert list(tmp_path.iterdir()) == []  # checking makes no database


def test_every_fault_is_told_by_line_and_field(cli: Cli, plan_file: Path) -> None:
    text = plan_file.read_text(encoding="utf-8")
    coordinator = text.split("coordinator: NV")[0].count("\n") + 1
    changed(plan_file, "coordinator: NV", "coordinator: NVU")
    changed(plan_file, "year: 2023", "year: 20230")
    ran = cli("plan", "check", str(plan_file))
    assert ran.code == 1
    assert f"dòng {coordinator}, plan.coordinator: " in ran.out
    assert ", plan.year: " in ran.out
    assert ran.out.splitlines()[-1].endswith(": 2 chỗ cần sửa.")
    faults = cli("plan", "check", str(plan_file), "--json").json["faults"]
    assert [fault["field"] for fault in faults] == ["plan.year", "plan.coordinator"]
    assert faults[1]["line"] == coordinator


def test_a_bad_file_changes_nothing(cli: Cli, plan_file: Path, tmp_path: Path) -> None:
    before = cli("units", "list", "--json").out
    database = (tmp_path / "data" / "nhacviec.db").read_bytes()
    changed(plan_file, "coordinator: NV", "coordinator: NVU")
    ran = cli("plan", "load", str(plan_file))
    assert ran.code == 1 and ran.out == ""
    assert ran.err.splitlines()[-1] == "Chưa thay đổi gì."
    assert (tmp_path / "data" / "nhacviec.db").read_bytes() == database
    assert cli("units", "list", "--json").out == before


def test_an_offices_own_plan_is_loaded_without_the_seed_plan_beside_it(cli: Cli, plan_file: Path) -> None:
    changed(plan_file, "code: 847-2023", "code: 12-2025")
    ran = cli("plan", "load", str(plan_file))
    assert ran.code == 0
    assert "Đã nạp kế hoạch 847/KH-UBND (12-2025)" in ran.out
    assert "Đơn vị: thêm 28" in ran.out
    assert f"plan arm --year {THIS_YEAR} --plan 12-2025" in ran.out
    assert cli("plan", "arm", "--year", str(THIS_YEAR), "--json").json["plan"] == "12-2025"
    assert len(cli("days", "list", "--json").json) >= 2  # the shipped table came with it


def test_a_new_version_says_what_changed_and_that_armed_rounds_keep_theirs(cli: Cli, plan_file: Path) -> None:
    assert cli("units", "list").code == 0  # first start: the seed plan is armed
    changed(plan_file, "short: Phường 5", "short: Phường Năm")
    ran = cli("plan", "load", str(plan_file), "--json")
    loaded = ran.json
    assert loaded["changed"] and not loaded["first_version"]
    assert loaded["units_changed"] == ["P5"] and loaded["units_added"] == []
    assert loaded["points_added"] == loaded["points_removed"] == loaded["points_changed"] == []
    assert loaded["rounds"] and all(each["keeps_version"] for each in loaded["rounds"])
    units = {unit["code"]: unit for unit in cli("units", "list", "--json").json}
    assert units["P5"]["short"] == "Phường Năm"

    again = cli("plan", "load", str(plan_file))
    assert again.code == 0 and "không có gì thay đổi" in again.out


def test_an_older_version_is_not_taken_for_the_newest(cli: Cli, plan_file: Path) -> None:
    assert cli("units", "list").code == 0
    changed(plan_file, "short: Phường 5", "short: Phường Năm")
    assert cli("plan", "load", str(plan_file)).code == 0
    ran = cli("plan", "load", str(plans.SEED))
    assert ran.code == 1
    assert "đã có bản mới hơn thay" in ran.err
    units = {unit["code"]: unit for unit in cli("units", "list", "--json").json}
    assert units["P5"]["short"] == "Phường Năm"


def test_arming_a_year_to_come_says_both_dates_and_the_reminders(cli: Cli) -> None:
    ran = cli("plan", "load", str(plans.SEED))
    assert ran.code == 0
    year = THIS_YEAR + 2
    ran = cli("plan", "arm", "--year", str(year))
    assert ran.code == 0
    first = next(line for line in ran.out.splitlines() if "Báo cáo 6 tháng" in line)
    assert f"trước ngày 05/5/{year} (chậm nhất hết thứ" in first and f" 04/5/{year})" in first
    assert "mở từ hôm nay" in first
    assert ran.out.count(" lần nhắc, lần tới ") == 2
    rounds = cli("plan", "arm", "--year", str(year), "--json").json["rounds"]
    assert [each["last_day"] for each in rounds] == [f"{year}-05-04", f"{year}-11-04"]
    assert not any(each["armed_now"] for each in rounds)
    assert all(7 <= each["reminders"] <= 8 for each in rounds)  # two rungs may share a day


def test_arming_a_year_that_is_over_never_reminds(cli: Cli) -> None:
    assert cli("plan", "load", str(plans.SEED)).code == 0
    ran = cli("plan", "arm", "--year", "2024")
    assert ran.code == 0
    assert ran.out.count("Đã qua hạn khi mở nên không gửi tin nhắc.") == 2
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    for each in cli("plan", "arm", "--year", "2024", "--json").json["rounds"]:
        assert each["reminders"] == 0 and each["first_reminder"] is None
        assert each["armed_on"] in {str(today), str(today - timedelta(days=1))}


@pytest.mark.parametrize(
    ("year", "sentence"),
    [("2022", "dùng từ năm 2023"), ("2090", "còn quá xa"), ("3000", "không phải năm"), ("nay", "không phải năm")],
)
def test_nonsense_years_are_not_armed(cli: Cli, year: str, sentence: str) -> None:
    assert cli("plan", "load", str(plans.SEED)).code == 0
    ran = cli("plan", "arm", "--year", year)
    assert ran.code == 2 and sentence in ran.err and ran.out == ""


def test_arming_without_a_plan_says_how_to_load_one(cli: Cli) -> None:
    ran = cli("plan", "arm", "--year", "2026")
    assert ran.code == 2 and "nhacviec plan load" in ran.err


def test_of_several_plans_one_must_be_named(cli: Cli, plan_file: Path) -> None:
    assert cli("units", "list").code == 0
    assert cli("plan", "load", str(changed(plan_file, "code: 847-2023", "code: 12-2025"))).code == 0
    ran = cli("plan", "arm", "--year", str(THIS_YEAR + 1))
    assert ran.code == 2 and "--plan: 847-2023, 12-2025" in ran.err
    assert cli("plan", "arm", "--year", str(THIS_YEAR + 1), "--plan", "12-2025").code == 0
