"""Units, people and telephones as they are typed by hand."""

from __future__ import annotations

import pytest

from bot.domain.answers import Doubt, Doubtful
from bot.domain.naming import find_unit
from bot.domain.plan import PlannedUnit
from bot.domain.units import Unit

NAMES = (
    ("NV", "Phòng Nội vụ", "Phòng Nội vụ", ()),
    ("VP", "Văn phòng UBND quận", "Văn phòng UBND quận", ()),
    ("TTQ", "Thanh tra quận", "Thanh tra quận", ()),
    ("TNMT", "Phòng Tài nguyên và Môi trường", "Phòng TN&MT", ()),
    ("QLDT", "Phòng Quản lý Đô thị", "Phòng QLĐT", ()),
    ("TP", "Phòng Tư pháp", "Phòng Tư pháp", ()),
    ("TCKH", "Phòng Tài chính - Kế hoạch", "Phòng TC-KH", ()),
    ("LDTBXH", "Phòng Lao động - Thương binh và Xã hội", "Phòng LĐ-TB&XH", ("sở lao động cũ",)),
    ("TTVH", "Trung tâm Văn hóa - Thể thao", "TT Văn hóa - Thể thao", ()),
    ("TTYT", "Trung tâm Y tế", "TT Y tế", ()),
)
UNITS = [
    *(
        PlannedUnit(code=f"P{n}", name=f"UBND Phường {n}", short=f"Phường {n}", group="ward", questions="w", source="plan")
        for n in (1, *range(3, 18))
    ),
    *(
        PlannedUnit(code=code, name=name, short=short, group="other", questions="w", source="plan", aliases=aliases)
        for code, name, short, aliases in NAMES
    ),
]
NAMED_WARDS = [
    Unit(id=n, code=code, name=f"UBND {name}", short=name, group="ward", questions="w", source="office")
    for n, (code, name) in enumerate(
        [("HT", "Phường Hạnh Thông"), ("AN", "Phường An Nhơn"), ("AHD", "Phường An Hội Đông"), ("AHT", "Phường An Hội Tây")]
    )
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dạ em ở phường 5 ạ", "P5"),
        ("Phường 5, Q. Gò Vấp", "P5"),
        ("P.12 quận Gò Vấp", "P12"),
        ("phường năm", "P5"),
        ("phu7o7ng2 5", "P5"),
        ("phuog 5", "P5"),
        ("P-5", "P5"),
        ("VP UBND", "VP"),
        ("vpubnd", "VP"),
        ("phongf nooij vuj", "NV"),
        ("p. nội vụ", "NV"),
        ("Thanh tra", "TTQ"),
        ("TNMT quận", "TNMT"),
        ("phòng tài nguyên môi trường", "TNMT"),
        ("tư pháp", "TP"),
        ("tài chính", "TCKH"),
        ("tc-kh", "TCKH"),
        ("LĐTBXH", "LDTBXH"),
        ("lao động", "LDTBXH"),
        ("Sở Lao động cũ", "LDTBXH"),
        ("y tế", "TTYT"),
        ("TT y tế", "TTYT"),
    ],
)
def test_the_unit_is_found(text: str, code: str) -> None:
    found = find_unit(text, UNITS)
    assert isinstance(found, PlannedUnit), found
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "why", "offered"),
    [
        ("p2", Doubt.NO_SUCH_UNIT, []),
        ("phường 99", Doubt.NO_SUCH_UNIT, []),
        ("kp5", Doubt.WHICH_UNIT, ["P5"]),
        ("5", Doubt.WHICH_UNIT, ["P5"]),
        ("p5 quận 10", Doubt.WHICH_UNIT, ["P5"]),
        ("p5 p6", Doubt.WHICH_UNIT, ["P5"]),
        ("quận", Doubt.WHICH_UNIT, ["VP", "TTQ", "QLDT"]),
        ("trung tâm", Doubt.WHICH_UNIT, ["TTVH", "TTYT"]),
        ("noi vuu", Doubt.WHICH_UNIT, ["NV"]),
        ("quản lý", Doubt.WHICH_UNIT, None),
        ("công an", Doubt.WHICH_UNIT, []),
        ("", Doubt.WHICH_UNIT, []),
        ("x" * 1000, Doubt.WHICH_UNIT, []),
    ],
)
def test_an_uncertain_unit_is_asked_back(text: str, why: Doubt, offered: list[str] | None) -> None:
    found = find_unit(text, UNITS)
    if offered is None:
        assert isinstance(found, PlannedUnit)
        return
    assert isinstance(found, Doubtful), found
    assert found.why is why
    assert [reading.value for reading in found.suggestions][: len(offered) or None] == offered


@pytest.mark.parametrize(
    ("text", "code"),
    [("hạnh thông", "HT"), ("P. Hanh Thong", "HT"), ("phuongf an nhown", "AN"), ("an hoi dong", "AHD"), ("an hội", None)],
)
def test_wards_with_names_are_found_too(text: str, code: str | None) -> None:
    found = find_unit(text, NAMED_WARDS)
    if code is None:
        assert isinstance(found, Doubtful)
        assert [reading.value for reading in found.suggestions] == ["AHD", "AHT"]
    else:
        assert isinstance(found, Unit), found
        assert found.code == code
