from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.references import find
from tests.sheets import PLAN


def ids(text: str) -> list[str]:
    return [point.id for point in find(PLAN.points, text)]


@pytest.mark.parametrize("point", PLAN.points, ids=lambda point: point.id)
def test_every_point_is_found_by_its_own_reference_however_it_is_dressed(point: object) -> None:
    ref: str = point.ref  # type: ignore[attr-defined]
    for typed in (ref, f"mục {ref}", f"Điểm {ref.lower()}", ref.replace(".", " ")):
        found = ids(typed)
        assert point.id in found  # type: ignore[attr-defined]
        assert len(found) == 1 or typed.lower().endswith("d"), typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("IV.2.d", ["IV.2.d", "IV.2.dd"]),  # the stroke may have been left out
        ("IV.2.đ", ["IV.2.dd"]),
        ("IV.2.dd", ["IV.2.dd"]),  # the keystrokes of a sleeping input method
        ("IV2Đ", ["IV.2.dd"]),
        ("điểm đ mục 2 phần IV", ["IV.2.dd"]),
        ("đoạn cuối Mục IV", ["IV.end"]),
        ("IV.cuoi", ["IV.end"]),
        ("IV.2.a", ["IV.2.a.1", "IV.2.a.2", "IV.2.a.3"]),
        ("IV.2", ["IV.2"]),
        ("II.08", ["II.8"]),
        ("II.1", ["II.1"]),  # not II.10
    ],
)
def test_what_people_type(typed: str, meant: list[str]) -> None:
    assert ids(typed) == meant


@pytest.mark.parametrize("typed", ["", "8", "xin chào", "II.99", "IX", "Phường 5", "thiếu kinh phí", "...", "II.8.1"])
def test_what_is_no_point_of_the_plan_means_none(typed: str) -> None:
    assert ids(typed) == []


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    assert set(ids(text)) <= {point.id for point in PLAN.points}
