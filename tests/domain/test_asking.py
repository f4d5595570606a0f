"""Questions in plain words: what each phrasing means, and what must never happen whatever is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import asking, queries, topics
from bot.domain.asking import Vocabulary
from bot.domain.queries import (
    Against,
    Compared,
    DueDate,
    Extreme,
    FigureOf,
    PlanTopic,
    Query,
    Sending,
    StateOf,
    TotalOf,
    Troubles,
    Unclear,
    Unknown,
    WhoSent,
)
from handlers.packing import pack, unpack
from tests.sheets import PLAN, UNITS, round_of

ROUNDS = [
    replace(round_of(code, year), id=id)
    for id, (code, year) in enumerate([("6T", 2025), ("N", 2025), ("6T", 2026), ("N", 2026)], start=1)
]
KNOWN = Vocabulary(units=UNITS, indicators=topics.indicators(PLAN), points=PLAN.points, rounds=ROUNDS, round=ROUNDS[2])
P5 = next(unit for unit in UNITS if unit.code == "P5")
OFFICER = replace(KNOWN, own=(P5,))

MEANT = {
    # who has (not) sent
    "còn đơn vị nào chưa gửi": "who missing",
    "con don vi nao chua gui": "who missing",
    "còn ddown vij naof chuwa guwir": "who missing",
    "ai chưa nộp": "who missing",
    "ai chưa nộp báo cáo 6 tháng?": "who missing",
    "danh sách đơn vị chưa gửi": "who missing",
    "còn mấy đơn vị chưa nộp": "who missing",
    "những phường chưa gửi báo cáo": "who missing ward",
    "phường nào chưa nộp vậy em": "who missing ward",
    "phòng ban nào chưa gửi": "who missing named,other",
    "đơn vị nào chưa gửi cho phòng nội vụ": "who missing",
    "phường nào trễ": "who late ward",
    "phường nào gửi muộn": "who late ward",
    "ai quá hạn rồi": "who late",
    "đơn vị nào đã gửi rồi": "who sent",
    "bao nhiêu phường đã nộp": "who sent ward",
    "đơn vị nào đang làm dở": "who filling",
    "phường nào chưa bắt đầu": "who not_begun ward",
    "đơn vị nào gửi bằng văn bản": "who paper",
    # one unit, one indicator
    "phường 5 tiếp công dân bao nhiêu lượt": "figure P5 TCD_LUOT",
    "phuong 5 tiep cong dan bao nhieu luot": "figure P5 TCD_LUOT",
    "phuowngf 5 tieesp coong daan bao nhieeu luowtj": "figure P5 TCD_LUOT",
    "p5 tiep dan bn luot": "figure P5 TCD_LUOT",
    "phuogn 5 tiep cong dan bao nhieu luot": "figure P5 TCD_LUOT",
    "ubnd p.05 tiếp công dân được bao nhiêu?": "figure P5 TCD_LUOT",
    "lượt tiếp công dân phường 5": "figure P5 TCD_LUOT",
    "cho anh hỏi phường 5 tiếp công dân được bao nhiêu lượt rồi em nhỉ": "figure P5 TCD_LUOT",
    "phường 6 hiến đất bao nhiêu m²": "figure P6 HD_M2",
    "phuong 10 hien dat may m2": "figure P10 HD_M2",
    "phường 17 giải quyết bao nhiêu đơn thư": "figure P17 DON_GQ",
    "phường 12 đối thoại mấy cuộc": "figure P12 DT_CUOC",
    "thanh tra tiếp công dân bao nhiêu lượt": "figure TTr TCD_LUOT",
    "phòng tư pháp tiếp dân bao nhiêu lượt": "figure TUPHAP DT_TD",
    "phòng quản lý đô thị kiểm tra bao nhiêu công trình": "figure QLDT XD_KT",
    "tnmt xử phạt xả rác bao nhiêu trường hợp": "figure TNMT RAC_XP",
    "phường 5 năm ngoái tiếp công dân bao nhiêu lượt": "figure P5 TCD_LUOT @6T2025",
    "báo cáo năm 2025 phường 5 hiến đất bao nhiêu": "figure P5 HD_M2 @N2025",
    # totals and edges
    "tổng số lượt tiếp công dân": "total TCD_LUOT",
    "tiếp công dân toàn quận được bao nhiêu": "total TCD_LUOT",
    "tong luot tiep cogn dan": "total TCD_LUOT",
    "tổng diện tích hiến đất": "total HD_M2",
    "tong so mo hinh dan van kheo": "total DVK_MH",
    "bao nhiêu hộ hiến đất": "total HD_HO",
    "hồ sơ đúng hạn bao nhiêu": "total HS_DH",
    "tổng lượt tiếp công dân 6 tháng năm 2025": "total TCD_LUOT @6T2025",
    "phường nào hiến đất nhiều nhất": "high HD_M2 ward",
    "phuong nao hien dat nhiu nhat": "high HD_M2 ward",
    "phường nào tiếp công dân ít nhất": "low TCD_LUOT ward",
    "phường nào có tỷ lệ hồ sơ trực tuyến thấp nhất": "low DVC_TT ward",
    "don vi nao doi thoai nhieu nhat": "high DT_CUOC",
    # comparison
    "so với kỳ trước": "compared previous",
    "so voi ky truoc": "compared previous",
    "so với cùng kỳ năm trước": "compared last_year",
    "so sánh với năm ngoái": "compared last_year",
    "so với cùng kỳ năm trước tiếp công dân tăng hay giảm": "compared last_year TCD_LUOT",
    "hiến đất tăng bao nhiêu so với kỳ trước": "compared previous HD_M2",
    "tiếp công dân phường 5 so với năm ngoái": "compared last_year TCD_LUOT P5",
    "phường 5 so với kỳ trước": "compared previous P5",
    # difficulties
    "khó khăn về giải phóng mặt bằng": "troubles giai phong mat bang",
    "kho khan ve kinh phi": "troubles kinh phi",
    "các vướng mắc liên quan đến đất đai": "troubles dat dai",
    "phường 5 có khó khăn gì": "troubles P5",
    "Phường 05 có khó khăn gì không?": "troubles P5",
    # when
    "bao giờ hết hạn": "due",
    "khi nào phải nộp báo cáo": "due",
    "hạn nộp báo cáo 6 tháng là ngày nào": "due",
    "còn mấy ngày nữa hết hạn": "due",
    "báo cáo năm bao giờ nộp": "due @N2026",
    # a unit's state
    "phường 5 gửi chưa": "state P5",
    "p5 nộp chưa?": "state P5",
    "phuong5 gui chua": "state P5",
    "phường 5 đã gửi báo cáo chưa": "state P5",
    "phuong 5 tinh hinh the nao": "state P5",
    "phòng nội vụ đã gửi chưa": "state NV",
    "van phong chua gui phai khong": "state VP",
    # the plan
    "kế hoạch nói gì về tiếp công dân": "plan II.8,IV.2.a.1,IV.2.c",
    "ke hoach yeu cau gi ve hien dat": "plan II.12",
    "điểm nào nói về dân vận khéo": "plan II.10",
    "kế hoạch 847 nói gì về đề án 06": "plan II.5",
}

NO_QUESTIONS = (
    "cảm ơn",
    "ok em",
    "chiều nay họp",
    "tiếp công dân 40 lượt",
    "phường 5 tiếp công dân 40 lượt",
    "Phường 5 đã gửi báo cáo rồi",
    "phường 5 chưa gửi được vì mất điện",
    "thời tiết hôm nay thế nào",
    "40",
    "12/14",
    "",
    "?",
)


@pytest.mark.parametrize(("text", "meaning"), MEANT.items())
def test_a_question_is_understood(text: str, meaning: str) -> None:
    assert short(asking.understand(text, KNOWN)) == meaning


@pytest.mark.parametrize("text", NO_QUESTIONS)
def test_what_is_no_question_is_none(text: str) -> None:
    for known in (KNOWN, OFFICER):
        found = asking.understand(text, known)
        assert isinstance(found, Unknown)
        assert found.nearest == ()


def test_a_ward_that_does_not_exist_is_never_taken_for_all_of_them() -> None:
    assert asking.understand("phường 2 tiếp công dân bao nhiêu lượt", KNOWN) == Unknown(why=Unclear.NO_SUCH_UNIT)
    assert asking.understand("tổng lượt tiếp công dân năm 2019", KNOWN) == Unknown(why=Unclear.NO_SUCH_ROUND)


def test_what_a_question_would_leave_out_is_offered_not_answered() -> None:
    found = asking.understand("phường 5 tiếp công dân nước ngoài bao nhiêu lượt", KNOWN)
    assert isinstance(found, Unknown)
    assert [short(query) for query in found.nearest] == ["figure P5 TCD_LUOT"]


def test_an_officer_means_their_own_unit_and_must_ask_clearly() -> None:
    assert short(asking.understand("tiếp công dân được bao nhiêu lượt rồi", OFFICER)) == "figure P5 TCD_LUOT"
    assert short(asking.understand("gửi chưa", OFFICER)) == "state P5"
    # These may be an answer or a difficulty being raised.
    for text in ("tiếp công dân", "khó khăn về giải phóng mặt bằng", "lượt tiếp công dân phường 5"):
        assert isinstance(asking.understand(text, OFFICER), Unknown)


WORDS = sorted(
    {word for text in (*MEANT, *NO_QUESTIONS) for word in text.split()}
    | {"phường", "6", "P7", "thanh", "tra", "nội", "vụ", "q"}
)
SOME_TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.sampled_from(list(MEANT)).flatmap(
        lambda text: st.sampled_from([text.upper(), text + "??", text[::-1], text[: len(text) // 2]])
    ),
)


@settings(deadline=None)
@given(SOME_TEXT)
def test_nothing_typed_raises(text: str) -> None:
    for known in (KNOWN, OFFICER):
        found = asking.understand(text, known)
        assert isinstance(found, Query | Unknown)


@settings(deadline=None)
@given(SOME_TEXT)
def test_an_officer_is_never_told_of_another_unit(text: str) -> None:
    found = asking.understand(text, OFFICER)
    own = {P5.id}
    asked = found.nearest if isinstance(found, Unknown) else (found,)
    kept = queries.of_those(found, own).nearest if isinstance(found, Unknown) else asked
    for query in kept if isinstance(found, Unknown) else asked:
        answered = queries.limited(query, own)
        if answered is None:
            assert not isinstance(found, Unknown)
            continue
        assert not isinstance(answered, WhoSent | TotalOf | Extreme)
        unit = getattr(answered, "unit", None)
        assert unit == P5 or (unit is None and isinstance(answered, DueDate | PlanTopic))


@settings(deadline=None)
@given(SOME_TEXT)
def test_a_question_survives_the_way_through_a_choice(text: str) -> None:
    found = asking.understand(text, KNOWN)
    for query in found.nearest if isinstance(found, Unknown) else (found,):
        assert unpack(pack(query), KNOWN) == query


@settings(deadline=None)
@given(st.lists(st.text(max_size=8), max_size=6).map(tuple))
def test_a_forged_choice_is_no_question(args: tuple[str, ...]) -> None:
    found = unpack(args, KNOWN)
    assert found is None or isinstance(found, PlanTopic | Troubles | WhoSent)


def short(query: Query | Unknown) -> str:
    """A question in a few codes."""
    match query:
        case WhoSent(sending=sending, groups=groups):
            told = f"who {sending.value} {','.join(groups)}".strip()
        case StateOf(unit=unit):
            told = f"state {unit.code}"
        case FigureOf(unit=unit, indicator=indicator):
            told = f"figure {unit.code} {indicator.code}"
        case TotalOf(indicator=indicator):
            told = f"total {indicator.code}"
        case Extreme(indicator=indicator, highest=highest, groups=groups):
            told = f"{'high' if highest else 'low'} {indicator.code} {','.join(groups)}".strip()
        case Compared(against=against, indicator=indicator, unit=unit):
            told = " ".join(
                part
                for part in ("compared", against.value, indicator.code if indicator else "", unit.code if unit else "")
                if part
            )
        case Troubles(words=words, unit=unit):
            told = " ".join(part for part in ("troubles", words, unit.code if unit else "") if part)
        case DueDate():
            told = "due"
        case PlanTopic(points=points):
            told = f"plan {','.join(point.ref for point in points)}"
        case Unknown(why=why, nearest=nearest):
            told = f"unknown {why.value} {[short(each) for each in nearest]}"
    round_ = getattr(query, "round", ROUNDS[2])
    return told if round_ == ROUNDS[2] else f"{told} @{round_.code}{round_.year}"


def test_the_names_are_those_of_the_plan() -> None:
    asked = {question.code for questions in PLAN.question_sets for question in questions.questions}
    assert set(topics.OTHER_NAMES) <= asked
    assert {Sending.MISSING, Sending.LATE} < set(Sending)
    assert {Against.LAST_YEAR, Against.PREVIOUS} == set(Against)
