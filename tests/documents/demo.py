"""A made-up round of the seed plan that looks like a real one: 28 units, most have sent, some figures are odd or estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from bot.documents.material import Material
from bot.domain.answers import Answer, Percent, Ratio, Status, Value
from bot.domain.difficulties import Difficulty, Event, Step
from bot.domain.people import Person
from bot.domain.questions import Kind, Question
from bot.domain.reports import Report, Via
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.summary import Summary, summarise
from bot.domain.units import Unit
from tests.sheets import HANOI, NOW, OFFICE, PLAN, UNITS, round_of

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi")
GIVEN = ("Thị Lan", "Văn Minh", "Thị Hồng Nhung", "Quốc Tuấn", "Thị Bích Ngọc", "Hoàng Long", "Thu Hà", "Đức Anh")
TYPICAL = {
    "TCD_LUOT": (18, 160), "DT_CUOC": (1, 6), "HNND": (6, 28), "HD_HO": (2, 30), "DVK_MH": (1, 9), "DA06_BUOI": (4, 30),
    "TT_BUOI": (1, 6), "DT_TD": (0, 60), "KTCV": (6, 18), "KTCV_XL": (0, 4), "TH_LOP": (1, 4), "TH_LUOT": (120, 480),
    "PAKN_CK": (10, 20), "TCD_BTCD": (250, 600), "TCD_LD": (10, 40), "TTHC_TT": (120, 180), "TCD_NGUOI": (1100, 1500),
    "TCD_DOAN": (1, 6),
    "DON_TON": (1, 6), "RAC_XP": (60, 300), "RAC_DOT": (20, 60), "XD_KT": (900, 1900), "XD_VP": (18, 40),
    "XD_VP_CK": (25, 55), "XD_SP": (8, 16), "XD_KP": (3, 8), "HD_HEM": (4, 14),
}  # fmt: skip
WHOLE = {
    "DON_GQ": (6, 40), "DVC_TT": (900, 5200), "PAKN": (20, 60), "DON_DK": (300, 480), "KN_GQ": (9, 20), "TC_GQ": (3, 8),
    "RAC_DIEM": (40, 70), "RAC_HO": (91_000, 95_000), "RAC_PA": (90, 160), "XD_XL": (18, 40), "HS_DH": (200, 1400),
}  # fmt: skip
SENTENCES = {
    "CK_THIEU": "Chưa niêm yết kết quả bình xét hộ nghèo quý I",
}
RAISED = (
    ("P5", "II.12", "Một số tuyến hẻm vướng hộ vắng chủ, chưa vận động được hiến đất; "
     "đề nghị quận có hướng dẫn hỗ trợ di dời đồng hồ nước."),
    ("P9", "II.12", "Kinh phí mở rộng hẻm phân bổ chậm, người dân đã đồng thuận nhưng chưa thi công."),
    ("P12", "III.5", "Khu phố đông dân, phòng họp nhỏ nên tổ chức hội nghị Nhân dân khu phố phải chia nhiều đợt."),
    ("P14", "", "Cán bộ phụ trách dân vận kiêm nhiệm nhiều việc, thường xuyên thay đổi."),
    ("TNMT", "IV.2.d", "Thiếu camera tại các điểm tập kết rác tự phát giáp ranh phường."),
    ("QLDT", "IV.2.dd", "Hồ sơ xử lý công trình sai phép cần cập nhật quy hoạch 1/2000 mới có căn cứ giải quyết."),
)  # fmt: skip


def material(seed: int = 847, *, made_up: bool = True, units: Sequence[Unit] = UNITS) -> Material:
    """The half-yearly round on the day after its last."""
    filled = replace(sheet(seed, units=units), plan=replace(PLAN, made_up=made_up))
    return Material(summary=summarise(filled, NOW, OFFICE), office=OFFICE, difficulties=difficulties(), people=people())


def previous(seed: int = 12) -> Summary:
    """The same round a year earlier, complete."""
    then = sheet(seed, year=2022, received=0.93, before=datetime(2022, 5, 20, tzinfo=HANOI))
    return summarise(then, datetime(2022, 6, 1, 8, 0, tzinfo=HANOI), OFFICE)


def people() -> dict[int, Person]:
    """One for every unit."""
    random = Random(3)
    return {unit.id: Person(id=unit.id, name=f"{random.choice(FAMILY)} {random.choice(GIVEN)}", honorific="") for unit in UNITS}


def difficulties() -> tuple[Difficulty, ...]:
    """What the units find hard; two of them answered."""
    ids = {unit.code: unit.id for unit in UNITS}
    raised = []
    for number, (code, point, text) in enumerate(RAISED, start=17):
        at = datetime(2023, 4, 20, 9, number, tzinfo=HANOI)
        events = [Event(step=Step.RAISED, text=text, person_id=ids[code], at=at)]
        if number % 3 == 0:
            reply = "Phòng Nội vụ đã chuyển nội dung này đến Phòng Tài chính - Kế hoạch, sẽ báo lại khi có văn bản."
            events.append(Event(step=Step.ANSWERED, text=reply, person_id=1, at=at + timedelta(days=1)))
        raised.append(
            Difficulty(
                id=number, unit_id=ids[code], person_id=ids[code], round_id=1, question="KK",
                point=point, text=text, at=at, events=tuple(events),
            )
        )  # fmt: skip
    return tuple(raised)


def sheet(
    seed: int,
    *,
    units: Sequence[Unit] = UNITS,
    year: int = 2023,
    received: float = 0.8,
    before: datetime = NOW,
) -> Sheet:
    """The units' reports."""
    random = Random(seed)
    round_ = round_of("6T", year)
    rows = []
    for unit in units:
        days = min(max(random.gauss(-4, 5), -16), (before.date() - round_.last_day).days)
        at = datetime.combine(round_.last_day, datetime.min.time(), tzinfo=HANOI) + timedelta(
            days=int(days), minutes=random.randrange(8 * 60, 17 * 60)
        )
        answers = _answers(random, unit, min(at, before))
        if unit.code == "P7":
            del answers["TCD_LUOT"]  # missing though sent
        if unit.code == "NV" or (random.random() < received and unit.code not in ("P3", "P11")):
            paper = unit.code == "P16"
            rows.append(
                UnitSheet(
                    unit=unit,
                    draft=answers,
                    report=Report(
                        round_id=1, unit_id=unit.id, revision=random.choice([1, 1, 1, 2]),
                        first_at=min(at, before), at=min(at, before),
                        via=Via.PAPER if paper else Via.CHAT, person_id=unit.id, answers={} if paper else answers,
                        paper_number="112/BC-UBND" if paper else "", paper_on=at.date() if paper else None,
                    ),
                )
            )  # fmt: skip
        else:
            begun = dict(list(answers.items())[: random.choice([0, 3, 6])])
            rows.append(UnitSheet(unit=unit, report=None, draft=begun))
    return Sheet(round=round_, plan=PLAN, units=tuple(rows))


def many_units(count: int) -> tuple[Unit, ...]:
    """So many units, the later ones wards of a made-up city."""
    wards = tuple(
        replace(
            UNITS[0], id=500 + n, code=f"X{n}", name=f"UBND Phường Tân Sơn Nhì {n}", short=f"Phường Tân Sơn Nhì {n}", aliases=()
        )
        for n in range(1, count - len(UNITS) + 1)
    )
    return (*UNITS[:16], *wards, *UNITS[16:])[:count]


def _answers(random: Random, unit: Unit, at: datetime) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    questions = PLAN.question_set(unit.questions).questions
    raised = {code: text for code, _, text in RAISED}
    for number, question in enumerate(questions, start=1):
        status, value, explanation = Status.GIVEN, _value(random, unit, question), ""
        if question.kind is Kind.SENTENCE and question.difficulty:
            status, value = (Status.GIVEN, raised[unit.code]) if unit.code in raised else (Status.NONE, None)
        elif question.none_label and random.random() < 0.12:
            status, value = Status.NONE, None
        elif random.random() < 0.05:
            status, value = Status.UNAVAILABLE, None
        if unit.code == "P8" and question.code == "HD_M2":
            status, value, explanation = Status.GIVEN, Decimal("2500.5"), "Tuyến hẻm 730 mở rộng toàn tuyến"
        counted = question.kind in (Kind.COUNT, Kind.DECIMAL)
        answers[question.code] = Answer(
            id=unit.id * 100 + number, question=question.code, raw=str(value if value is not None else "không"), status=status,
            value=value, estimate=counted and status is Status.GIVEN and random.random() < 0.08,
            at=at - timedelta(minutes=15 - number), person_id=unit.id, explanation=explanation,
        )  # fmt: skip
    return answers


def _value(random: Random, unit: Unit, question: Question) -> Value:
    match question.kind:
        case Kind.CHOICE:
            return random.choices([option.code for option in question.options], [12, 2, 1][: len(question.options)])[0]
        case Kind.COUNT:
            low, high = TYPICAL[question.code]
            if unit.code == "TTr" and question.code == "TCD_LUOT":
                low, high = 1000, 1400
            return random.randint(low, high)
        case Kind.DECIMAL:
            return random.choice([Decimal(0), Decimal(random.randrange(200, 9000)).scaleb(-1)])
        case Kind.RATIO:
            if question.percent_ok and random.random() < 0.15:
                return Percent(value=Decimal(random.randrange(600, 990)).scaleb(-1))
            low, high = WHOLE[question.code]
            y = random.randint(low, high)
            return Ratio(x=int(y * random.uniform(0.72, 1)), y=y)
        case Kind.MONEY:
            return random.randrange(40, 400) * 500_000
        case _:
            return SENTENCES.get(question.code, f"{random.randrange(10, 60)}/KH-UBND ngày {random.randrange(10, 28)}/3/2023")
