"""What officers really type on a phone, and what a careful colleague makes of it: a figure or a question, never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from bot.domain.answers import Confirm, Doubt, Doubtful, Percent, Ratio, Reading, Status, Value
from bot.domain.questions import Kind, Option, Question
from bot.domain.reading import odd, read

TODAY = date(2023, 5, 5)
COUNT = Question(code="TCD_LUOT", kind=Kind.COUNT, label="Lượt tiếp công dân", text="?", unit="lượt", low=D(5), high=D(300))
AREA = Question(code="HD_M2", kind=Kind.DECIMAL, label="Hiến đất mở rộng hẻm", text="?", unit="m²", high=D(2000))
MONEY = Question(code="HD_TIEN", kind=Kind.MONEY, label="Kinh phí", text="?", unit="đồng")
PERCENT = Question(code="HS_DH", kind=Kind.PERCENT, label="Hồ sơ đúng hạn", text="?", unit="%", low=D(50))
RATIO = Question(
    code="DON",
    kind=Kind.RATIO,
    label="Đơn thư",
    text="?",
    unit="đơn",
    x_label="đã giải quyết",
    y_label="tiếp nhận",
    high=D(200),
)
ONLINE = replace(RATIO, code="DVC", unit="hồ sơ", x_label="trực tuyến", y_label="tổng", percent_ok=True, low=D(30), high=D(100))
CHOICE = Question(
    code="KH_DV",
    kind=Kind.CHOICE,
    label="Kế hoạch",
    text="?",
    options=(
        Option(code="done", label="Đã có"),
        Option(code="in_progress", label="Đang làm"),
        Option(code="not_started", label="Chưa"),
    ),
)
ENOUGH = replace(
    CHOICE,
    code="CK_ND",
    options=(Option(code="enough", label="Đủ", words=("đầy đủ",)), Option(code="lacking", label="Chưa đủ", words=("thiếu",))),
)
SENTENCE = Question(code="KK", kind=Kind.SENTENCE, label="Khó khăn", text="?", none_label="Không", difficulty=True)
FREE = Question(code="VB_SO", kind=Kind.SENTENCE, label="Số văn bản", text="?")
DATE = Question(code="HEN", kind=Kind.DATE, label="Ngày", text="?")
FILE = Question(code="TEP", kind=Kind.FILE, label="Tệp", text="?")


def given(value: Value, *, confirm: str = "", estimate: bool = False) -> Reading:
    return Reading(status=Status.GIVEN, value=value, confirm=confirm, estimate=estimate)


def asked(why: Doubt, *values: Value | Status) -> Doubtful:
    """Asked back for this reason, offering these readings."""
    offered = (Reading(status=v) if isinstance(v, Status) else given(v) for v in values)
    return Doubtful(why=why, suggestions=tuple(offered))


NONE, LATER = Reading(status=Status.NONE), Reading(status=Status.UNAVAILABLE)
PICKED, WRITING, UNSURE = Confirm.PICKED, Confirm.WRITING, Confirm.UNSURE

UNDERSTOOD: list[tuple[Question, str, Reading]] = [
    (COUNT, "dạ 12 lượt ạ", given(12)),
    (COUNT, "Da 12 luot a.", given(12)),
    (COUNT, "12l", given(12)),
    (COUNT, "12luot", given(12)),
    (COUNT, "12r", given(12)),
    (COUNT, "12 rồi nhé em", given(12)),
    (COUNT, "ok 12", given(12)),
    (COUNT, "👍 12", given(12)),
    (COUNT, "12 👍🏻", given(12)),
    (COUNT, "1️⃣2️⃣", given(12)),
    (COUNT, "１２", given(12)),
    (COUNT, "12\u200b\u00a0lượt", given(12)),
    (COUNT, "số lượt: 12", given(12)),
    (COUNT, "tổng cộng 12 lượt", given(12)),
    (COUNT, "Từ đầu năm đến nay được 12 lượt", given(12)),
    (COUNT, "em xin báo cáo là 12 lượt ạ", given(12)),
    (COUNT, "12 lượt tiếp công dân", given(12)),
    (COUNT, "12,0", given(12)),
    (COUNT, "2 chục", given(20)),
    (COUNT, "12 nghìn", given(12_000)),
    (COUNT, "tôi đã tiếp 12 lượt", given(12)),
    (COUNT, "sáu lượt", given(6)),
    (COUNT, "hai mươi mốt", given(21)),
    (COUNT, "một trăm linh năm lượt ạ", given(105)),
    (COUNT, "12 luowtj", given(12)),
    (COUNT, "khoangr 200", given(200, estimate=True)),
    (COUNT, "khoa3ng 200 lu7o7t5", given(200, estimate=True, confirm=WRITING)),
    (COUNT, "cỡ 200", given(200, estimate=True)),
    (COUNT, "tầm 200 lượt", given(200, estimate=True)),
    (COUNT, ">200", given(200, estimate=True)),
    (COUNT, "200+", given(200, estimate=True)),
    (COUNT, "trên 200", given(200, estimate=True)),
    (COUNT, "dưới 200", given(200, estimate=True, confirm=UNSURE)),
    (COUNT, "tối đa 12", given(12, estimate=True, confirm=UNSURE)),
    (COUNT, "ít nhất 12 lượt", given(12, estimate=True, confirm=UNSURE)),
    (COUNT, "chắc 12", given(12, estimate=True, confirm=UNSURE)),
    (COUNT, "12?", given(12, confirm=UNSURE)),
    (COUNT, "1 250", given(1250, confirm=WRITING)),
    (COUNT, "1,250,000", given(1_250_000, confirm=WRITING)),
    (COUNT, "10k", given(10_000, confirm=WRITING)),
    (COUNT, "muwowif hai", given(12, confirm=WRITING)),
    (COUNT, "tam muoi", given(80, confirm=WRITING)),
    (COUNT, "12 lượt, 3 đơn", given(12, confirm=PICKED)),
    (COUNT, "12 lượt/14 người", given(12, confirm=PICKED)),
    (COUNT, "14 người, 12 lượt", given(12, confirm=PICKED)),
    (COUNT, "hiện còn 12 lượt đang xử lý", given(12, confirm=PICKED)),
    (COUNT, "tháng 4: 12 lượt", given(12, confirm=PICKED)),
    (COUNT, "12 người", given(12, confirm=Confirm.OTHER_UNIT)),
    (COUNT, "không có lượt nào", given(0)),
    (COUNT, "chưa có cuộc nào", given(0)),
    (COUNT, "khoong cos", given(0)),
    (COUNT, "hok có", given(0)),
    (COUNT, "không phát sinh ạ", NONE),
    (COUNT, "ko thuộc đơn vị em", NONE),
    (COUNT, "chuwa cos soos lieeuj", LATER),
    (COUNT, "chu7a co1 so61 lie65u", LATER),
    (COUNT, "dạ chưa có sl ạ", LATER),
    (COUNT, "bổ sung sau nhé", LATER),
    (COUNT, "không biết", LATER),
    (AREA, "35 mét vuông", given(D(35))),
    (AREA, "350,75 m²", given(D("350.75"))),
    (AREA, "khoảng 35m2", given(D(35), estimate=True)),
    (AREA, "hai mươi lăm m2", given(D(25))),
    (AREA, "không có", given(D(0))),
    (AREA, "35 m2, 3 hộ", given(D(35), confirm=PICKED)),
    (AREA, "1,5ha, 3 hộ", given(D(15_000), confirm=PICKED)),
    (AREA, "12 hộ", given(D(12), confirm=Confirm.OTHER_UNIT)),
    (MONEY, "50trđ", given(50_000_000)),
    (MONEY, "khoảng 50tr", given(50_000_000, estimate=True)),
    (MONEY, "2 tỷ rưỡi", given(2_500_000_000)),
    (MONEY, "2 tỷ 300 triệu 500 nghìn", given(2_300_500_000)),
    (MONEY, "2 tỷ 3 triệu", given(2_003_000_000)),
    (MONEY, "hai trăm triệu đồng", given(200_000_000)),
    (MONEY, "1.250.000 VND", given(1_250_000)),
    (MONEY, "không", given(0)),
    (MONEY, "50 đồng", given(50, confirm=Confirm.SMALL_MONEY)),
    (MONEY, "1.250 tỷ", given(1_250_000_000_000, confirm=WRITING)),
    (MONEY, "50 triệu cho 3 hộ", given(50_000_000, confirm=PICKED)),
    (PERCENT, "87,125%", given(Percent(value=D("87.125")))),
    (PERCENT, "đạt 95%", given(Percent(value=D(95)))),
    (PERCENT, "85,7 phần trăm ạ", given(Percent(value=D("85.7")))),
    (PERCENT, "trên 90%", given(Percent(value=D(90)), estimate=True)),
    (PERCENT, "0,6%", given(Percent(value=D("0.6")))),
    (PERCENT, "chưa thống kê", LATER),
    (RATIO, "đã giải quyết 12/14 đơn ạ", given(Ratio(x=12, y=14))),
    (RATIO, "12 đơn/14 đơn", given(Ratio(x=12, y=14))),
    (RATIO, "mười hai trên mười bốn", given(Ratio(x=12, y=14))),
    (RATIO, "12 trên tổng số 14", given(Ratio(x=12, y=14))),
    (RATIO, "12/14 (85,7%)", given(Ratio(x=12, y=14))),
    (RATIO, "khoảng 12/14", given(Ratio(x=12, y=14), estimate=True)),
    (RATIO, "tiếp nhận 14, giải quyết 12", given(Ratio(x=12, y=14), confirm=PICKED)),
    (RATIO, "không", given(Ratio(x=0, y=0), confirm=Confirm.NOTHING)),
    (RATIO, "ko có đơn nào", given(Ratio(x=0, y=0))),
    (RATIO, "không phát sinh", NONE),
    (ONLINE, "85%", given(Percent(value=D(85)))),
    (ONLINE, "850/1.000 hồ sơ", given(Ratio(x=850, y=1000))),
    (CHOICE, "dạ rồi ạ", given("done")),
    (CHOICE, "xong 👍", given("done")),
    (CHOICE, "d9a4 co1", given("done")),
    (CHOICE, "đang trình lãnh đạo ký", given("in_progress")),
    (CHOICE, "dạ chưa", given("not_started")),
    (CHOICE, "chu7a", given("not_started")),
    (CHOICE, "không thuộc đơn vị", NONE),
    (ENOUGH, "đủ rồi ạ", given("enough")),
    (ENOUGH, "chua du", given("lacking")),
    (ENOUGH, "chưa", given("lacking")),
    (ENOUGH, "day du", given("enough")),
    (SENTENCE, "ko", NONE),
    (SENTENCE, "Không có khó khăn, vướng mắc gì ạ", NONE),
    (SENTENCE, "khoong cos", NONE),
    (SENTENCE, " Thiếu kinh phí\nmở rộng hẻm 80 ", given("Thiếu kinh phí\nmở rộng hẻm 80")),
    (SENTENCE, "Không có kinh phí", given("Không có kinh phí")),
    (FREE, "không phát sinh", NONE),
    (FREE, "12/KH-UBND", given("12/KH-UBND")),
    (FREE, "chưa có số", LATER),
    (FILE, "không có", NONE),
    (FILE, "chưa có", LATER),
    (DATE, "chiều mai", given(date(2023, 5, 6), confirm=Confirm.WEEKEND)),
    (DATE, "chưa biết", LATER),
]

ASKED_BACK: list[tuple[Question, str, Doubtful]] = [
    (COUNT, "1,250", asked(Doubt.COMMA_OR_DOT, 1250)),
    (COUNT, "12-14", asked(Doubt.RANGE_OR_RATIO, 12, 14)),
    (COUNT, "12/14", asked(Doubt.SEVERAL_NUMBERS, 12, 14)),
    (COUNT, "câu 2: 12", asked(Doubt.SEVERAL_NUMBERS, 12)),
    (COUNT, "+3", asked(Doubt.NOT_A_NUMBER, 3)),
    (COUNT, "thêm 3 lượt", asked(Doubt.NOT_A_NUMBER, 3)),
    (COUNT, "12 lượt nhưng chưa đủ", asked(Doubt.NOT_A_NUMBER, 12)),
    (COUNT, ".5", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "12%", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "12x", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "1.250.00", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "9" * 30, asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "xin lỗi 12", asked(Doubt.NOT_A_NUMBER, 12)),
    (COUNT, "nghe nói 12", asked(Doubt.NOT_A_NUMBER, 12)),
    (COUNT, "1.2.3 và 4", asked(Doubt.SEVERAL_NUMBERS, 4)),
    (COUNT, "-3", asked(Doubt.NEGATIVE, 3)),
    (COUNT, "1.25", asked(Doubt.NOT_WHOLE)),
    (COUNT, "0903123456", asked(Doubt.TOO_BIG)),
    (COUNT, "chưa có", asked(Doubt.AMBIGUOUS_WORD, 0, Status.UNAVAILABLE)),
    (COUNT, "chưa", asked(Doubt.AMBIGUOUS_WORD, Status.UNAVAILABLE, 0)),
    (COUNT, "không tổ chức", asked(Doubt.AMBIGUOUS_WORD, 0, Status.NONE)),
    (COUNT, "k", asked(Doubt.AMBIGUOUS_WORD, 0)),
    (COUNT, "sau", asked(Doubt.AMBIGUOUS_WORD, 6)),
    (COUNT, "đang tổng hợp", asked(Doubt.AMBIGUOUS_WORD, Status.UNAVAILABLE)),
    (COUNT, "12 ca", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "không phải 12 lượt", asked(Doubt.NOT_A_NUMBER, 12)),
    (COUNT, "12 lượt + 3 lượt", asked(Doubt.SEVERAL_NUMBERS, 12, 3)),
    (COUNT, "một số lượt", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "năm nay", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "hai ba lượt", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "một trăm hai", asked(Doubt.NOT_A_NUMBER)),
    (COUNT, "👍", asked(Doubt.EMPTY)),
    (COUNT, " \n", asked(Doubt.EMPTY)),
    (COUNT, "12 " * 150, asked(Doubt.TOO_LONG)),
    (AREA, "1,250", asked(Doubt.COMMA_OR_DOT, D(1250), D("1.25"))),
    (AREA, "1 sào", asked(Doubt.NOT_A_NUMBER)),
    (AREA, "5x10", asked(Doubt.SEVERAL_NUMBERS, D(5), D(10))),
    (MONEY, "50", asked(Doubt.WHICH_MONEY_UNIT, 50_000_000, 50_000_000_000, 50)),
    (MONEY, "1,2", asked(Doubt.WHICH_MONEY_UNIT, 1_200_000_000, 1_200_000)),
    (MONEY, "2 tỷ 30", asked(Doubt.WHICH_MONEY_UNIT, 2_300_000_000, 2_030_000_000)),
    (MONEY, "2 tỷ mốt", asked(Doubt.NOT_A_NUMBER)),
    (MONEY, "mười triệu năm trăm", asked(Doubt.NOT_A_NUMBER)),
    (MONEY, "1tr2 2tr", asked(Doubt.SEVERAL_NUMBERS)),
    (MONEY, "50 triệu/hộ", asked(Doubt.NOT_A_NUMBER, 50_000_000)),
    (MONEY, "6t", asked(Doubt.WHICH_MONEY_UNIT, 6_000_000_000, 6_000_000)),
    (MONEY, "1,250 tr", asked(Doubt.COMMA_OR_DOT, 1_250_000_000, 1_250_000)),
    (MONEY, "50-60 triệu", asked(Doubt.RANGE_OR_RATIO)),
    (MONEY, ".5tr", asked(Doubt.NOT_A_NUMBER)),
    (MONEY, "-50tr", asked(Doubt.NEGATIVE)),
    (MONEY, "1.2.3 tỷ", asked(Doubt.NOT_A_NUMBER)),
    (MONEY, "2 triệu 3 tỷ", asked(Doubt.SEVERAL_NUMBERS)),
    (MONEY, "99999999 tỷ", asked(Doubt.TOO_BIG)),
    (MONEY, "1,2345 nghìn", asked(Doubt.NOT_WHOLE)),
    (MONEY, "$100", asked(Doubt.NOT_A_NUMBER)),
    (PERCENT, "0,6", asked(Doubt.FRACTION_OR_PERCENT, Percent(value=D(60)), Percent(value=D("0.6")))),
    (PERCENT, "120%", asked(Doubt.OVER_100)),
    (PERCENT, "87.500%", asked(Doubt.OVER_100, Percent(value=D("87.5")))),
    (PERCENT, "12/14", asked(Doubt.RANGE_OR_RATIO, Percent(value=D("85.7")))),
    (RATIO, "12-14", asked(Doubt.RANGE_OR_RATIO, Ratio(x=12, y=14))),
    (RATIO, "14/12", asked(Doubt.X_ABOVE_Y, Ratio(x=12, y=14))),
    (RATIO, "tiếp nhận 12, giải quyết 14", asked(Doubt.SEVERAL_NUMBERS)),
    (RATIO, "tiếp nhận 14, giải quyết thêm 2", asked(Doubt.SEVERAL_NUMBERS)),
    (RATIO, "tiếp nhận nhiều, giải quyết 12", asked(Doubt.NOT_A_NUMBER)),
    (RATIO, "12,5/14", asked(Doubt.NOT_WHOLE)),
    (RATIO, "999999999/999999999", asked(Doubt.TOO_BIG)),
    (RATIO, "12", asked(Doubt.NEEDS_DENOMINATOR)),
    (RATIO, "12/", asked(Doubt.NEEDS_DENOMINATOR)),
    (RATIO, "0", asked(Doubt.NEEDS_DENOMINATOR, Ratio(x=0, y=0))),
    (RATIO, "85%", asked(Doubt.NEEDS_DENOMINATOR)),
    (RATIO, "1/14, còn 13 đơn", asked(Doubt.SEVERAL_NUMBERS)),
    (RATIO, "12/14/15", asked(Doubt.SEVERAL_NUMBERS)),
    (RATIO, "12/14 (50%)", asked(Doubt.SEVERAL_NUMBERS, Ratio(x=12, y=14))),
    (RATIO, "850/1,000", asked(Doubt.COMMA_OR_DOT, Ratio(x=850, y=1000))),
    (ONLINE, "85", asked(Doubt.NEEDS_DENOMINATOR, Percent(value=D(85)))),
    (ONLINE, "0,85", asked(Doubt.FRACTION_OR_PERCENT, Percent(value=D(85)), Percent(value=D("0.85")))),
    (CHOICE, "chưa xong", asked(Doubt.NOT_A_CHOICE, "in_progress", "not_started")),
    (CHOICE, "không", asked(Doubt.AMBIGUOUS_WORD, "not_started")),
    (CHOICE, "đã có kế hoạch số 12/KH-UBND", asked(Doubt.NOT_A_CHOICE, "done")),
    (CHOICE, "ok", asked(Doubt.AMBIGUOUS_WORD)),
    (CHOICE, "dạ", asked(Doubt.AMBIGUOUS_WORD)),
    (SENTENCE, "k", asked(Doubt.AMBIGUOUS_WORD, Status.NONE)),
    (SENTENCE, "...", asked(Doubt.EMPTY)),
    (SENTENCE, "a" * 1001, asked(Doubt.TOO_LONG)),
    (FILE, "đây ạ", asked(Doubt.WANTS_FILE)),
    (FILE, "x" * 5000, asked(Doubt.WANTS_FILE)),
    (DATE, "31/4", asked(Doubt.NO_SUCH_DATE, date(2023, 4, 30), date(2023, 5, 1))),
]


@pytest.mark.parametrize(("question", "text", "meant"), UNDERSTOOD, ids=lambda part: part if isinstance(part, str) else "")
def test_it_is_understood(question: Question, text: str, meant: Reading) -> None:
    assert read(question, text, today=TODAY) == meant


@pytest.mark.parametrize(("question", "text", "doubt"), ASKED_BACK, ids=lambda part: part[:40] if isinstance(part, str) else "")
def test_it_is_asked_back(question: Question, text: str, doubt: Doubtful) -> None:
    assert read(question, text, today=TODAY) == doubt


def test_a_decimal_is_stored_without_needless_zeros() -> None:
    for text, digits in (("2,50", "2.5"), ("2,5 ha", "25000"), ("0.500", "0.5"), ("10,0", "10")):
        found = read(AREA, text, today=TODAY)
        assert isinstance(found, Reading)
        assert str(found.value) == digits


@pytest.mark.parametrize(
    ("question", "reading", "surprising"),
    [
        (COUNT, given(4), True),
        (COUNT, given(5), False),
        (COUNT, given(300), False),
        (COUNT, given(301), True),
        (AREA, given(D("2000.5")), True),
        (AREA, given(D(0)), False),
        (PERCENT, given(Percent(value=D(49))), True),
        (RATIO, given(Ratio(x=10, y=201)), True),
        (RATIO, given(Ratio(x=10, y=200)), False),
        (ONLINE, given(Ratio(x=299, y=1000)), True),
        (ONLINE, given(Ratio(x=850, y=1000)), False),
        (ONLINE, given(Ratio(x=0, y=0)), False),
        (ONLINE, given(Percent(value=D(20))), True),
        (COUNT, NONE, False),
        (COUNT, LATER, False),
        (CHOICE, given("done"), False),
        (DATE, given(date(2023, 5, 5)), False),
    ],
)
def test_a_figure_outside_the_range_is_odd(question: Question, reading: Reading, surprising: bool) -> None:
    assert odd(question, reading) is surprising
