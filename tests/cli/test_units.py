"""`units import`: what offices really save from Excel, and every fault by row and column."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Cli

HEAD = "Mã;Tên;Tên gọi ngắn;Nhóm;Bộ câu hỏi;Nguồn;Tên khác;Từ ngày;Đến ngày"
NEW = "P18;UBND Phường 18;Phường 18;phường;ward;cơ quan;P.18|Phường mười tám;01/7/2025;"


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., str]:
    def write(*lines: str, name: str = "units.csv", encoding: str = "utf-8-sig") -> str:
        (tmp_path / name).write_bytes("\r\n".join(lines).encode(encoding))
        return str(tmp_path / name)

    return write


def units(cli: Cli) -> dict[str, Any]:
    return {unit["code"]: unit for unit in cli("units", "list", "--json").json}


def test_a_table_from_a_vietnamese_excel_is_taken(cli: Cli, table: Callable[..., str]) -> None:
    ran = cli("units", "import", table(HEAD, NEW, "P5;;Phường Năm;;;;;;"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "+ P18: UBND Phường 18",
        "~ P5, tên gọi ngắn: Phường 5 → Phường Năm",
        "Đã nhập: thêm 1, sửa 1, giữ nguyên 0 đơn vị.",
    ]
    known = units(cli)
    assert known["P18"] | {"focal": []} == {
        "code": "P18",
        "name": "UBND Phường 18",
        "short": "Phường 18",
        "group": "ward",
        "questions": "ward",
        "source": "office",
        "aliases": ["P.18", "Phường mười tám"],
        "from": "2025-07-01",
        "until": None,
        "exists": True,
        "focal": [],
    }
    assert known["P5"]["name"] == "UBND Phường 5"  # an empty cell keeps what is known
    assert list(known)[-1] == "P18" and len(known) == 29


def test_the_same_table_twice_changes_nothing_more(cli: Cli, table: Callable[..., str]) -> None:
    file = table(HEAD, NEW)
    assert cli("units", "import", file).code == 0
    before = units(cli)
    ran = cli("units", "import", file, "--json")
    assert ran.json == {"ok": True, "dry_run": False, "faults": [], "added": [], "changed": [], "same": ["P18"]}
    assert units(cli) == before


@pytest.mark.parametrize("flag", ["--dry-run", "--thu"])
def test_a_dry_run_shows_the_differences_and_makes_none(cli: Cli, table: Callable[..., str], flag: str) -> None:
    before = units(cli)
    ran = cli("units", "import", table("code,name,until", 'P5,"UBND Phường 5, quận Gò Vấp",2025-06-30'), flag)
    assert ran.code == 0
    assert "~ P5, tên: UBND Phường 5 → UBND Phường 5, quận Gò Vấp" in ran.out
    assert "~ P5, đến ngày: (trống) → 30/6/2025" in ran.out
    assert ran.out.splitlines()[-1].startswith("Nếu nhập: thêm 0, sửa 1")
    assert units(cli) == before


def test_a_unit_that_ended_is_kept_but_no_longer_counted(cli: Cli, table: Callable[..., str]) -> None:
    assert cli("units", "import", table("mã;đến ngày", "p5;30/6/2025")).code == 0
    assert units(cli)["P5"]["exists"] is False
    assert "27 đơn vị đang hoạt động" in cli("units", "list").out
    assert cli("units", "import", table("mã;đến ngày", "P5;-")).code == 0
    assert units(cli)["P5"] | {"x": 0} == units(cli)["P5"] | {"x": 0, "until": None, "exists": True}


def test_an_xlsx_is_read_with_its_dates_and_numbers(cli: Cli, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã", "Tên", "Nhóm", "Bộ câu hỏi", "Từ ngày", "Tên khác"])
    sheet.append(["P18", "UBND Phường 18", "Phường", "ward", datetime.datetime(2025, 7, 1), 18.0])
    sheet.append([None, None])
    book.save(tmp_path / "units.xlsx")
    ran = cli("units", "import", str(tmp_path / "units.xlsx"))
    assert (ran.code, ran.err) == (0, "")
    known = units(cli)["P18"]
    assert known["from"] == "2025-07-01" and known["aliases"] == ["18"] and known["short"] == "UBND Phường 18"


def test_every_fault_is_told_by_row_and_column_and_nothing_changes(cli: Cli, table: Callable[..., str]) -> None:
    before = units(cli)
    file = table(
        HEAD,
        NEW,  # faultless, and still not taken
        "P 19;UBND Phường 19;;phường;ward;;;;",
        "P20;UBND Phường 20;;làng;wards;;;;",
        "P21;;;;;;;31/02/2025;",
        "P22;UBND Phường 22;Phường 5;phường;ward;;;01/7/2025;30/6/2025",
        ";UBND Phường 23;;phường;ward;;;;",
        "p18;UBND Phường 18;;phường;ward;;;;",
        "P6;=1+1;;;;;;;",
        "P7;-;;;;;;;",
        f"P8;{'x' * 121};;;;;;;",
        "ward;a;;phường;ward;;;;",
    )
    ran = cli("units", "import", file)
    assert ran.code == 1 and ran.out == ""
    for sentence in (
        "dòng 3, cột mã: Mã gồm",
        "dòng 4, cột nhóm: Không rõ “làng”. Ghi một trong: phường, nêu tên, khác.",
        "dòng 4, cột bộ câu hỏi: Không có bộ câu hỏi “wards”. Các bộ đang có: NV, QLDT, TNMT, TTr, VP, other, ward.",
        "dòng 5, cột tên: Đơn vị mới cần có tên.",
        "dòng 5, cột nhóm: Đơn vị mới cần có nhóm.",
        "dòng 5, cột bộ câu hỏi: Đơn vị mới cần có bộ câu hỏi.",
        "dòng 5, cột từ ngày: “31/02/2025” không phải ngày có thật",
        "dòng 6, cột tên gọi ngắn: “Phường 5” trùng với cách gọi đơn vị P5",
        "dòng 6, cột đến ngày: Đến ngày sớm hơn từ ngày.",
        "dòng 7, cột mã: Thiếu mã đơn vị.",
        "dòng 8, cột mã: Mã này đã có ở dòng 2.",
        "dòng 9, cột tên: Không bắt đầu bằng =, +, -, @.",
        "dòng 10, cột tên: Mục này không để trống được.",
        "dòng 11, cột tên: Dài hơn 120 ký tự.",
        "dòng 12, cột mã: Mã này là tên nhóm",
    ):
        assert sentence in ran.err, ran.err
    assert ran.err.splitlines()[-2:] == [f"{file}: 15 chỗ cần sửa.", "Chưa thay đổi gì."]
    assert units(cli) == before
    told = cli("units", "import", file, "--json")
    assert told.code == 1 and len(told.json["faults"]) == 15 and told.json["added"] == []


def test_faults_of_the_heading_are_told(cli: Cli, table: Callable[..., str]) -> None:
    ran = cli("units", "import", table("Tên,Địa chỉ,ten", "a,b,c,d"))
    assert ran.code == 1
    assert "dòng 1: Không rõ cột “Địa chỉ”." in ran.err
    assert "dòng 1: Cột “tên” có hai lần." in ran.err
    assert "dòng 1: Thiếu cột “mã”." in ran.err
    assert "dòng 2: Dòng có nhiều ô hơn dòng tên cột" in ran.err


@pytest.mark.parametrize("title", ["DANH SÁCH ĐƠN VỊ\n", "UBND QUẬN GÒ VẤP;;;\n;;;\nDanh sách, năm 2026;;;\n"])
def test_a_title_above_the_headings_is_passed_over(cli: Cli, tmp_path: Path, title: str) -> None:
    file = tmp_path / "units.csv"
    file.write_text(title + "Mã;Đơn vị;Nhóm;Bộ câu hỏi\nTVH;Trung tâm Văn hóa;làng;other\n", encoding="utf-8")
    ran = cli("units", "import", str(file), "--dry-run")
    assert ran.err.splitlines()[0].startswith(f"dòng {title.count(chr(10)) + 2}, cột nhóm: Không rõ “làng”.")
    assert len(ran.err.splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "mã;tên\nP5;Phường".encode("utf-16"), "không lưu ở dạng UTF-8"),
        ("a.csv", "mã;tên".encode(), "Bảng chưa có đơn vị nào"),
        ("a.csv", b"", "Bảng chưa có đơn vị nào"),
        ("a.csv", 'mã;tên\nP5;"a'.encode(), "Không đọc được bảng"),
        ("a.csv", b"ma\n" + b"P5\n" * 2100, "hơn 2000 dòng"),
        ("a.csv", b"x" * (2 * 1024 * 1024 + 1), "lớn hơn 2 MB"),
        ("a.xlsx", b"PK no workbook", "Không đọc được bảng"),
        ("a.docx", b"x", "Chỉ nhận tệp .csv hoặc .xlsx."),
    ],
)
def test_a_file_that_is_no_table_is_refused(cli: Cli, tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(content)
    ran = cli("units", "import", str(tmp_path / name))
    assert ran.code == 2 and sentence in ran.err and len(ran.err.splitlines()) == 1
