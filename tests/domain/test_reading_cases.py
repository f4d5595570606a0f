"""All of the domain study's typing cases, read the way the study says a careful officer reads them."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.answers import Doubtful, Percent, Ratio, Reading, Status
from bot.domain.commands import understand
from bot.domain.naming import find_unit
from bot.domain.plan import PlannedUnit
from bot.domain.questions import Kind, Option, Question
from bot.domain.reading import read
from tests import beside

beside.need()
CASES_FILE = beside.FOLDER / "domain" / "typing_cases.json"
CASES: list[dict[str, Any]] = json.loads(CASES_FILE.read_text("utf-8"))
TODAY = date(2023, 5, 5)

QUESTIONS = {
    "count": Question(code="TCD_LUOT", kind=Kind.COUNT, label="Lượt tiếp công dân", text="?", unit="lượt"),
    "area_m2": Question(code="HD_M2", kind=Kind.DECIMAL, label="Diện tích hiến đất", text="?", unit="m²"),
    "money_vnd": Question(code="HD_TIEN", kind=Kind.MONEY, label="Kinh phí", text="?", unit="đồng"),
    "percent": Question(code="HS_DH", kind=Kind.PERCENT, label="Hồ sơ đúng hạn", text="?", unit="%"),
    "ratio": Question(
        code="DON", kind=Kind.RATIO, label="Đơn thư", text="?", unit="đơn", x_label="đã giải quyết", y_label="tiếp nhận"
    ),
    "status": Question(
        code="KH_DV",
        kind=Kind.CHOICE,
        label="Kế hoạch dân vận",
        text="?",
        options=(
            Option(code="done", label="Đã có"),
            Option(code="in_progress", label="Đang làm"),
            Option(code="not_started", label="Chưa"),
        ),
    ),
    "date": Question(code="HEN", kind=Kind.DATE, label="Ngày dự kiến", text="?"),
}
WARDS = (1, *range(3, 18))
UNITS = (
    *(
        PlannedUnit(code=f"P{n}", name=f"UBND Phường {n}", short=f"Phường {n}", group="ward", questions="ward", source="plan")
        for n in WARDS
    ),
    *(
        PlannedUnit(code=code, name=name, short=short, group="named", questions="x", source="plan")
        for code, name, short in (
            ("NV", "Phòng Nội vụ", "Phòng Nội vụ"),
            ("VP", "Văn phòng UBND quận", "Văn phòng UBND quận"),
            ("TTQ", "Thanh tra quận", "Thanh tra quận"),
            ("TNMT", "Phòng Tài nguyên và Môi trường", "Phòng TN&MT"),
            ("QLDT", "Phòng Quản lý Đô thị", "Phòng QLĐT"),
        )
    ),
)


def test_the_study_has_153_cases() -> None:
    assert len(CASES) == 153


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['field']}:{case['input']}")
def test_the_case_is_read_as_the_study_says(case: dict[str, Any]) -> None:
    match case["field"]:
        case "unit":
            _check_unit(case)
        case "command":
            assert str(understand(case["input"])) == case["expect"]
        case field:
            _check_answer(read(QUESTIONS[field], case["input"], today=_today(case)), case)


def _check_unit(case: dict[str, Any]) -> None:
    found = find_unit(case["input"], UNITS)
    if case.get("ask"):
        assert isinstance(found, Doubtful)
    else:
        assert isinstance(found, PlannedUnit), found
        assert case["expect"] in (found.code, found.name)


def _check_answer(found: Reading | Doubtful, case: dict[str, Any]) -> None:
    if case.get("ask"):
        assert isinstance(found, Doubtful), found
        return
    assert isinstance(found, Reading), found
    assert found.estimate == (case.get("label") == "estimate")
    assert bool(found.confirm) == case.get("confirm", False), found
    if case["expect"] == "not_available":
        assert (found.status, found.value) == (Status.UNAVAILABLE, None)
        return
    assert found.status is Status.GIVEN
    assert _comparable(found.value) == (Decimal(str(e)) if isinstance(e := case["expect"], int | float) else e)


def _comparable(value: object) -> object:
    match value:
        case Ratio(x=x, y=y):
            return [x, y]
        case Percent(value=figure):
            return figure
        case int():
            return Decimal(value)
        case date():
            return value.isoformat()
    return value


def _today(case: dict[str, Any]) -> date:
    found = re.search(r"today=([\d-]+)", case.get("context", ""))
    return date.fromisoformat(found[1]) if found else TODAY
