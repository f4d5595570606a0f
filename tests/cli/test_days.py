"""`days`: the office's table."""

from __future__ import annotations

from tests.cli.conftest import Cli


def test_a_day_is_noted_replaced_and_forgotten(cli: Cli) -> None:
    before = cli("days", "list", "--json").json
    assert cli("days", "off", "31/12/2027", "Kiểm  kê").out == "Đã ghi: thứ Sáu 31/12/2027, cơ quan nghỉ (Kiểm kê).\n"
    assert cli("days", "off", "2027-12-31", "Kiểm kê").out.startswith("Đã có sẵn: ")
    assert cli("days", "work", "31.12.2027", "Vẫn làm", "--json").json == {
        "day": "2027-12-31",
        "weekday": 5,
        "works": True,
        "note": "Vẫn làm",
        "changed": True,
    }
    assert [day for day in cli("days", "list", "--year", "2027", "--json").json if day["day"] == "2027-12-31"] == [
        {"day": "2027-12-31", "weekday": 5, "works": True, "note": "Vẫn làm"}
    ]
    assert "theo lịch chung ngày này làm việc" in cli("days", "remove", "31/12/2027").out
    assert "Bảng không có ngày 31/12/2027." in cli("days", "remove", "31/12/2027").out
    assert cli("days", "list", "--json").json == before


def test_an_entry_that_changes_nothing_says_so(cli: Cli) -> None:
    assert "vốn đã nghỉ" in cli("days", "off", "02/9/2027", "Quốc khánh").out
    assert "vốn đã làm việc" in cli("days", "work", "07/9/2027", "Thứ Ba").out
    assert "vốn" not in cli("days", "work", "04/9/2027", "Làm bù thứ Bảy").out


def test_a_note_is_needed(cli: Cli) -> None:
    ran = cli("days", "off", "31/12/2027", "  ")
    assert ran.code == 2 and "Ghi chú không để trống" in ran.err


def test_a_year_without_entries_says_what_counts_instead(cli: Cli) -> None:
    assert "chưa có ngày nào cho năm 2040" in cli("days", "list", "--year", "2040").out
    assert cli("days", "list", "--year", "2040", "--json").json == []
