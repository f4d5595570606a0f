"""The seed plan says what Kế hoạch 847/KH-UBND says, word for word."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from seed_file import SHARED, plan

from bot.domain.plan import RungSpec
from bot.domain.questions import FollowUp, Kind, Question
from bot.plans import SEED, files, loader
from tests import beside

beside.need()

NAMED = {"VP": "IV.2.a.1 IV.2.a.2 IV.2.a.3", "NV": "IV.2.b.1 IV.2.b.2", "TTr": "IV.2.c", "TNMT": "IV.2.d", "QLDT": "IV.2.dd"}
PLAN = plan()
QUESTIONS = [(questions.code, question) for questions in PLAN.question_sets for question in questions.questions]


def ward(code: str) -> Question:
    return next(question for question in PLAN.question_set("ward").questions if question.code == code)


def numbered(set_code: str, round_code: str) -> list[str]:
    """Codes of the questions that have a number of their own in a round."""
    return [
        question.code
        for question in PLAN.question_set(set_code).questions
        if question.follows is None and (not question.rounds or round_code in question.rounds)
    ]


@pytest.fixture(scope="module")
def document() -> str:
    """The plan's text without italics marks and page breaks, as one line."""
    text = (SHARED / "seed/847-KH-UBND-go-vap-2023.txt").read_text(encoding="utf-8")
    return " ".join(unicodedata.normalize("NFC", text).replace("*", "").split())


@pytest.fixture(scope="module")
def expected() -> dict:
    return json.loads((SHARED / "domain/seed_expected.json").read_text(encoding="utf-8"))


def test_the_37_points_are_those_of_the_structured_reading():
    known = json.loads((SHARED / "domain/seed_points.json").read_text(encoding="utf-8"))["points"]
    ours = [(p.ref, p.id, p.label, p.excerpt, p.text) for p in PLAN.points]
    assert len(ours) == 37
    assert ours == [(p["ref"], p["id"], p["label"], p["excerpt"], p["full_text"]) for p in known]


@pytest.mark.parametrize("point", PLAN.points, ids=lambda point: point.id)
def test_excerpt_and_text_stand_word_for_word_in_the_document(point, document):
    assert point.excerpt in document
    assert point.text in document


def test_header_is_the_documents(expected, document):
    assert (PLAN.number, PLAN.issued.isoformat(), PLAN.issuer, PLAN.title) == tuple(
        expected[field] for field in ("number", "date", "issuer", "title")
    )
    assert PLAN.issued == date(2023, 3, 10)
    assert (PLAN.code, PLAN.year, PLAN.coordinator, PLAN.place) == ("847-2023", 2023, "NV", "Gò Vấp")
    assert PLAN.signer.endswith("Đào Thị My Thư")
    assert f"Nơi nhận: - {'; - '.join(PLAN.recipients)}." in document
    assert PLAN.reports_to == ("Ủy ban nhân dân quận", "Sở Nội vụ")


def test_the_two_dated_deadlines_are_the_rounds_and_both_are_strict(expected):
    dated = [deadline for deadline in expected["deadlines"] if "day" in deadline["when"]]
    assert [(r.day, r.month, r.inclusive) for r in PLAN.rounds] == [
        (d["when"]["day"], d["when"]["month"], d["when"]["inclusive"]) for d in dated
    ]
    for template, deadline in zip(PLAN.rounds, dated, strict=True):
        assert f"{template.title} ({template.wording})".removeprefix("báo cáo ") in deadline["text"]
        assert template.wording in PLAN.point(template.point).text
    assert [(r.code, r.since, r.until) for r in PLAN.rounds] == [("6T", (1, 1), (30, 4)), ("N", (1, 1), (31, 10))]


def test_named_units_have_the_points_the_plan_gives_them(expected):
    for unit in PLAN.units:
        own = {p.id for p in PLAN.points if unit.code in p.units} - ({"IV.2.c"} if unit.code == "VP" else set())
        assert own == set(NAMED.get(unit.code, "").split()), unit.code
    assert PLAN.point("IV.2.c").units == ("TTr", "VP")  # the inspectorate leads, the office of the committee takes part

    duties = {unit["name"]: [p["ref"] for p in unit["points"]] for unit in expected["units"][1:]}
    refs = {p.id: p.ref for p in PLAN.points}
    ours = {unit.name: [refs[id] for id in NAMED[unit.code].split()] for unit in PLAN.units if unit.group == "named"}
    assert {name.replace("UBND", "Ủy ban nhân dân"): points for name, points in ours.items()} == duties


def test_points_that_name_nobody_concern_everybody():
    assert {p.groups for p in PLAN.points if not p.units} == {("ward", "named", "other")}
    assert [p.id for p in PLAN.points if not p.send] == ["IV.2"]


def test_there_are_16_wards_and_no_ward_2():
    wards = [unit for unit in PLAN.units if unit.group == "ward"]
    assert [unit.code for unit in wards] == [f"P{n}" for n in (1, *range(3, 18))]
    for unit in wards:
        n = unit.code[1:]
        assert (unit.name, unit.short, unit.questions, unit.source) == (f"UBND Phường {n}", f"Phường {n}", "ward", "plan")


def test_28_units_report_and_the_seven_the_plan_does_not_name_are_the_offices_choice():
    assert len(PLAN.units) == 28
    assert {unit.code for unit in PLAN.units if unit.source == "office"} == {u.code for u in PLAN.units if u.group == "other"}
    assert sum(unit.group == "other" for unit in PLAN.units) == 7
    assert [(u.code, u.questions) for u in PLAN.units if u.group == "named"] == [(code, code) for code in NAMED]


def test_wards_are_asked_ten_questions_and_two_more_at_the_end_of_the_year():
    ten = ["KH_DV", "TCD_LUOT", "DON_GQ", "DT_CUOC", "HNND", "HD_M2", "DVK_MH", "DVC_TT", "CK_ND", "KK"]
    assert numbered("ward", "6T") == ten
    assert numbered("ward", "N") == [*ten[:-1], "SK_131", "DA06_BUOI", "KK"]
    kinds = [ward(code).kind for code in ten]
    assert kinds == [
        *(Kind.CHOICE, Kind.COUNT, Kind.RATIO, Kind.COUNT, Kind.COUNT),
        *(Kind.DECIMAL, Kind.COUNT, Kind.RATIO, Kind.CHOICE, Kind.SENTENCE),
    ]


def test_follow_ups_of_the_wards_hang_where_the_form_says():
    assert {q.code: q.follows for q in PLAN.question_set("ward").questions if q.follows} == {
        "KH_SO": FollowUp(question="KH_DV", codes=("done",)),
        "HD_HO": FollowUp(question="HD_M2"),
        "CK_THIEU": FollowUp(question="CK_ND", codes=("lacking",)),
    }
    assert ward("KH_SO").optional
    assert not ward("CK_THIEU").optional


@pytest.mark.parametrize(("set_code", "how_many"), [("VP", 7), ("NV", 6), ("TTr", 7), ("TNMT", 7), ("QLDT", 7), ("other", 6)])
def test_other_units_are_asked_at_most_seven_questions(set_code, how_many):
    assert len(numbered(set_code, "6T")) == len(numbered(set_code, "N")) == how_many


def test_two_figures_in_one_line_of_the_form_are_a_question_and_its_follow_up():
    follow_ups = {q.code: q.follows for s in ("TTr", "QLDT") for q in PLAN.question_set(s).questions if q.follows}
    assert follow_ups == {"TCD_NGUOI": FollowUp(question="TCD_LUOT"), "XD_KP": FollowUp(question="XD_SP", always=True)}


@pytest.mark.parametrize("questions", PLAN.question_sets, ids=lambda questions: questions.code)
def test_every_set_ends_with_difficulties(questions):
    last = questions.questions[-1]
    assert (last.code, last.kind, last.difficulty, last.none_label) == ("KK", Kind.SENTENCE, True, "Không")
    assert last.points == ("IV.end",)
    assert sum(question.difficulty for question in questions.questions) == 1


def test_receptions_and_petitions_of_wards_and_of_the_district_are_never_added_together():
    columns: dict[tuple[str, str], set[str]] = {}
    for set_code, question in QUESTIONS:
        columns.setdefault((question.code, question.column), set()).add(set_code)
    twice_counted = {key: sets for key, sets in columns.items() if key[0].startswith(("TCD_", "DON_", "KN_", "TC_"))}
    assert twice_counted.pop(("TCD_LUOT", "ward")) == {"ward"}
    assert twice_counted.pop(("DON_GQ", "ward")) == {"ward"}
    assert {column for _, column in twice_counted} == {"district"}
    # The inspectorate's figure is the whole district's: it has no second unit to be added to.
    assert all(len(sets) == 1 for sets in twice_counted.values())


def test_figures_say_from_when_to_when_they_count():
    for code in ["TCD_LUOT", "DON_GQ", "DT_CUOC", "HNND", "HD_M2", "DVC_TT", "DA06_BUOI"]:
        assert re.search(r"từ đầu năm đến \{until\}", ward(code).text, re.IGNORECASE), code


def test_sensible_ranges_are_those_of_the_indicator_list():
    ranges = {
        code: (ward(code).low, ward(code).high)
        for code in ["TCD_LUOT", "DON_GQ", "DT_CUOC", "HD_M2", "HD_HO", "DVK_MH", "DVC_TT"]
    }
    assert ranges == {
        "TCD_LUOT": (5, 300),
        "DON_GQ": (0, 200),
        "DT_CUOC": (1, 12),
        "HD_M2": (0, Decimal(2000)),
        "HD_HO": (1, 200),
        "DVK_MH": (1, 30),
        "DVC_TT": (30, 100),
    }
    assert [(set_code, q.code) for set_code, q in QUESTIONS if q.percent_ok] == [("ward", "DVC_TT"), ("VP", "DVC_TT")]


def test_every_question_reports_on_a_point_that_concerns_its_units():
    for unit in PLAN.units:
        for question in PLAN.question_set(unit.questions).questions:
            assert question.points, question.code
            reported = [PLAN.point(id) for id in question.points]
            assert any(unit.code in p.units if p.units else unit.group in p.groups for p in reported), (
                unit.code,
                question.code,
            )


def test_the_ladder_counts_working_days():
    assert PLAN.ladder == tuple(
        RungSpec(kind=kind, days=days, working=True)
        for kind, days in [("announce", 21), *(("before", n) for n in (14, 7, 3, 1)), ("last", 0), ("after", 1), ("after", 3)]
    )


def test_reading_twice_gives_the_same_plan():
    assert loader.load(SEED) == PLAN
    assert loader.check(SEED.read_text(encoding="utf-8")) == PLAN


def test_a_windows_editor_changes_nothing():
    text = SEED.read_text(encoding="utf-8")
    assert loader.check("\ufeff" + text.replace("\n", "\r\n")) == PLAN
    assert loader.check(unicodedata.normalize("NFD", text)) == PLAN
    assert loader.check(text.replace("Tạo sự chuyển biến", "Tạo\u00a0sự  chuyển biến")) == PLAN


def test_every_plan_file_that_comes_with_the_program_is_valid():
    assert SEED in files()
    assert len({loader.load(path).code for path in files()}) == len(files())
