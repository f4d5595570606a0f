"""What holds for every text: nothing raises, what is written the Vietnamese way is read back, sentences are left alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.answers import Doubtful, Percent, Ratio, Reading, Status
from bot.domain.calling import PersonName, person_name, phone
from bot.domain.commands import slash, understand
from bot.domain.dates import read_date
from bot.domain.naming import find_unit
from bot.domain.plan import PlannedUnit
from bot.domain.questions import Kind, Option, Question
from bot.domain.reading import odd, read
from bot.domain.settling import COUNT_LIMIT
from bot.domain.words import fold, number_words, untype
from tests.domain.typing_hand import decimal_text, dotted, in_words, keystrokes, unaccented

QUESTIONS = [
    Question(
        code=kind,
        kind=kind,
        label="Đơn thư, lượt tiếp",
        text="?",
        unit=unit,
        x_label="đã giải quyết",
        y_label="tiếp nhận",
        options=(Option(code="done", label="Đã có"), Option(code="not_started", label="Chưa")),
        none_label="Không",
        percent_ok=percent_ok,
        low=Decimal(1),
        high=Decimal(100),
    )
    for kind in Kind
    for unit in ("", "lượt", "m²")
    for percent_ok in (False, True)
]
BY_KIND = {question.kind: question for question in QUESTIONS if question.unit == "lượt"}
AREA = next(question for question in QUESTIONS if question.kind is Kind.DECIMAL and question.unit == "m²")
UNITS = [
    PlannedUnit(code=f"P{n}", name=f"UBND Phường {n}", short=f"Phường {n}", group="ward", questions="w", source="plan")
    for n in (1, 3, 5, 12)
]
TODAY = date(2023, 5, 5)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))

# Texts of the alphabet that figures, units and politeness are made of find more than random Unicode does.
SCRAPS_OF = """
    0 1 12 05 14 2,5 1.250 1,250 1.250.000 999999999999 / - . , : ; % ~ > < + ( ) ? đ k tr tỷ triệu nghìn ha m2 m² lượt đơn
    người không ko k chưa có số liệu thứ ngày tháng năm mai mốt sau sáu mười mươi trăm linh khoảng dạ ạ rồi đã đang trên trong
    hai ba rưỡi p5 phường kp5 ddax cos d9a4 /start 10/5 31/4 t5 👍 ½ ² \u200b
"""
SCRAPS = st.lists(st.sampled_from(SCRAPS_OF.split()), max_size=9).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
)
TEXTS = st.one_of(st.text(max_size=60), SCRAPS)


@settings(max_examples=150, deadline=None)
@given(TEXTS, DAYS)
@example("İ½٣²", TODAY)
@example("9" * 3000, TODAY)
@example("\ud800 12", TODAY)
def test_no_text_ever_raises(text: str, today: date) -> None:
    for question in QUESTIONS:
        found = read(question, text, today=today)
        assert isinstance(found, Reading | Doubtful)
        for reading in (found,) if isinstance(found, Reading) else found.suggestions:
            _sound(question, reading)
    understand(text)
    slash(text)
    person_name(text)
    phone(text)
    find_unit(text, UNITS)
    find_unit(text, [])
    number_words(fold(text))
    read_date(text, today)


def _sound(question: Question, reading: Reading) -> None:
    assert (reading.value is None) == (reading.status is not Status.GIVEN)
    odd(question, reading)
    match question.kind, reading.value:
        case _, None:
            pass
        case ((Kind.COUNT | Kind.MONEY), value):
            assert type(value) is int
            assert value >= 0
        case Kind.DECIMAL, value:
            assert isinstance(value, Decimal)
            assert value >= 0
            assert "E" not in str(value)
        case ((Kind.RATIO | Kind.PERCENT), Ratio(x=x, y=y)):
            assert question.kind is Kind.RATIO
            assert 0 <= x <= y <= COUNT_LIMIT
        case ((Kind.RATIO | Kind.PERCENT), Percent(value=share)):
            assert question.kind is Kind.PERCENT or question.percent_ok
            assert 0 <= share <= 100
        case Kind.CHOICE, value:
            assert value in {"done", "not_started"}
        case Kind.SENTENCE, value:
            assert isinstance(value, str)
            assert value.strip()
        case Kind.DATE, value:
            assert type(value) is date
        case _:
            raise AssertionError(reading)


@given(st.text())
@example("ÅÉĐđ ２０ ㎡ m² ﬀ Σ İ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_no_numeric_reading_invents_digits(text: str) -> None:
    """A silent figure is made of the digits that were typed, unless words or units were."""
    found = read(BY_KIND[Kind.COUNT], text, today=TODAY)
    if isinstance(found, Reading) and found.value and not found.confirm and not re.search(r"[a-z]", fold(text)):
        typed = re.sub(r"\D", "", fold(text)).lstrip("0")
        assert typed in (str(found.value), f"{found.value}0", f"{found.value}00")  # 12,0 and 12,00 are whole


COUNT_WRITINGS = ["{}", "{} lượt", "{}lượt", "dạ {} lượt ạ", "{}.", "  {} ", "khoảng {}", "có {} lượt rồi", "= {}", "{} 👍"]


@given(st.integers(0, int(COUNT_LIMIT)), st.sampled_from(COUNT_WRITINGS), st.booleans(), st.booleans())
def test_a_count_written_the_vietnamese_way_is_read_back(value: int, pattern: str, dots: bool, accents: bool) -> None:
    text = pattern.format(dotted(value) if dots else value)
    found = read(BY_KIND[Kind.COUNT], text if accents else unaccented(text), today=TODAY)
    assert found == Reading(status=Status.GIVEN, value=value, estimate="khoảng" in pattern)


@given(st.integers(0, int(COUNT_LIMIT)), st.sampled_from(["{} lượt", "khoảng {} lượt", "gần {} lượt"]), st.booleans())
def test_a_count_typed_with_the_input_method_off_is_read_back(value: int, pattern: str, vni: bool) -> None:
    found = read(BY_KIND[Kind.COUNT], keystrokes(pattern, vni=vni).format(dotted(value)), today=TODAY)
    assert isinstance(found, Reading)
    assert (found.value, found.estimate) == (value, pattern != "{} lượt")


@given(st.integers(1, 999_999_999), st.booleans())
def test_a_number_in_words_is_read_back(value: int, accents: bool) -> None:
    text = in_words(value)
    assert number_words(fold(text if accents else unaccented(text))) == value


@given(st.integers(1, 999_999_999), st.booleans())
def test_a_number_in_words_typed_with_the_input_method_off_is_read_back(value: int, vni: bool) -> None:
    assert number_words(untype(keystrokes(in_words(value), vni=vni))) == value


@given(st.integers(0, 10**9 * 1000), st.sampled_from(["{}", "{} m²", "{}m2", "{} m2 ạ"]))
def test_a_decimal_written_the_vietnamese_way_is_read_back_or_asked_back(thousandths: int, pattern: str) -> None:
    value = Decimal(thousandths) / 1000
    found = read(AREA, pattern.format(decimal_text(value.normalize())), today=TODAY)
    if isinstance(found, Doubtful):  # 1,250 alone may be a thousand: both are offered
        assert value in [reading.value for reading in found.suggestions]
    else:
        assert (found.value, found.confirm) == (value, "")


@given(st.decimals("0", "100", places=1), st.sampled_from(["{}%", "{} %", "{} phần trăm", "đạt {}%"]))
def test_a_percentage_is_read_back(value: Decimal, pattern: str) -> None:
    found = read(BY_KIND[Kind.PERCENT], pattern.format(decimal_text(value)), today=TODAY)
    assert found == Reading(status=Status.GIVEN, value=Percent(value=value))


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(["{}/{}", "{} / {} đơn", "{} trên {}", "{}/{} ạ"]))
def test_x_of_y_is_read_back_and_never_more_than_all(x: int, y: int, pattern: str) -> None:
    found = read(BY_KIND[Kind.RATIO], pattern.format(dotted(x), dotted(y)), today=TODAY)
    if x > y:
        assert isinstance(found, Doubtful)
    else:
        assert isinstance(found, Reading)
        assert found.value == Ratio(x=x, y=y)


@given(st.integers(0, 10**11), st.sampled_from(["{} đồng", "{}đ", "{} vnd", "{} đ ạ"]))
def test_an_amount_of_dong_is_read_back(value: int, pattern: str) -> None:
    found = read(BY_KIND[Kind.MONEY], pattern.format(dotted(value)), today=TODAY)
    assert isinstance(found, Reading)
    assert found.value == value


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([("{}tr", "{}k"), ("{} tỷ", " {} triệu"), ("{}ty", " {}tr")]))
def test_an_amount_in_two_scales_is_their_sum(high: int, low: int, scales: tuple[str, str]) -> None:
    text = "".join(scale.format(part) for scale, part in zip(scales, (high, low), strict=True))
    unit = 1_000 if "k" in text else 1_000_000
    found = read(BY_KIND[Kind.MONEY], text, today=TODAY)
    assert found == Reading(status=Status.GIVEN, value=(high * 1000 + low) * unit)


@given(DAYS, DAYS, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "ngày %d tháng %m năm %Y"]))
def test_a_full_date_is_read_back(day: date, today: date, pattern: str) -> None:
    found = read_date(day.strftime(pattern), today)
    assert isinstance(found, Reading)
    assert found.value == day
    assert bool(found.confirm) == (day < today or day.weekday() >= 5)


@given(DAYS, st.sampled_from(["{0.day}/{0.month}", "{0.day}-{0.month}", "{0.day}.{0.month}", "ngày {0.day} tháng {0.month}"]))
def test_a_day_and_month_ahead_in_this_year_needs_no_year(today: date, pattern: str) -> None:
    day = today.replace(month=12, day=31)
    found = read_date(pattern.format(day), today)
    assert isinstance(found, Reading)
    assert found.value == day


SENTENCE_WORDS = """
    phường đề nghị quận hỗ trợ kinh phí mở rộng hẻm người dân chưa đồng thuận hồ sơ trễ do phần mềm gửi báo cáo sửa câu khó
    khăn hạn để sau tiếp công dân có không
"""
WORDS = st.sampled_from(SENTENCE_WORDS.split())


@given(st.lists(WORDS, min_size=6, max_size=14), st.booleans())
def test_a_sentence_is_never_a_command_and_is_kept_word_for_word(words: list[str], accents: bool) -> None:
    sentence = " ".join(words) if accents else unaccented(" ".join(words))
    assert understand(sentence) is None
    sentence = f"Phường báo: {sentence}"
    question = replace(BY_KIND[Kind.SENTENCE], none_label="")
    assert read(question, sentence, today=TODAY) == Reading(status=Status.GIVEN, value=sentence)


@given(st.integers(0, 999_999_999))
def test_a_figure_is_never_a_command(value: int) -> None:
    for text in (str(value), dotted(value), f"{value}/{value}", f"{value} lượt", f"{value}%"):
        assert understand(text) is None
        assert slash(text) is None


@pytest.mark.parametrize("mark", ["", " ạ", "!", " nhé", " 🙏"])
@given(
    st.sampled_from(UNITS), st.sampled_from(["p{}", "P.{}", "p.0{}", "phường {}", "PHUONG {}", "ubnd p{}", "f{}", "pường {}"])
)
def test_a_ward_is_found_however_it_is_written(mark: str, unit: PlannedUnit, pattern: str) -> None:
    number = unit.code[1:]
    found = find_unit(pattern.format(number) + (mark if mark != " 🙏" else " ạ!"), UNITS)
    assert found == unit


@given(st.text(alphabet="0123456789 .+-", max_size=20))
def test_a_telephone_number_is_ten_digits_or_a_land_line(text: str) -> None:
    found = phone(text)
    assert found is None or re.fullmatch(r"0[35789]\d{8}|02\d{9}", found)


@given(st.lists(st.sampled_from(["Nguyễn", "Thị", "Văn", "Lan", "Đào", "Thư", "Hồng", "Ánh"]), min_size=2, max_size=5))
def test_a_full_name_is_kept_with_its_accents(words: list[str]) -> None:
    name = " ".join(words)
    assert person_name(f"em là {name} ạ") == PersonName(full=name, given=words[-1])
    assert person_name(name.upper()) == PersonName(full=name, given=words[-1])
    assert person_name(f"chị {name.lower()}") == PersonName(full=name, given=words[-1], honorific="chị")
