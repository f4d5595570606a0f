"""Every doubt and every confirmation has its own kind sentence, and answers are written as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.domain.answers import Answer, Confirm, Doubt, FileValue, Percent, Ratio, Reading, Status, Value
from bot.domain.questions import Kind, Option, Question
from bot.texts import doubts, figures

OPTIONS = (Option(code="done", label="Đã có"), Option(code="no", label="Chưa"))


def ask(kind: Kind, **more: object) -> Question:
    options = OPTIONS if kind is Kind.CHOICE else ()
    return Question(code="Q", kind=kind, label="Tiếp công dân", text="?", options=options, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("why", Doubt)
@pytest.mark.parametrize("kind", [*Kind, None])
def test_every_doubt_is_one_kind_sentence_with_an_example(why: Doubt, kind: Kind | None) -> None:
    said = doubts.sentence(why, ask(kind, unit="lượt", x_label="Đã giải quyết", y_label="PAKN") if kind else None)
    chosen = kind is Kind.CHOICE or why is Doubt.NOT_A_CHOICE
    assert chosen or re.search("[Vv]í dụ", said)
    assert not (chosen and OPTIONS[0].label in said), "no answer is put into anybody's mouth"
    assert said.endswith((".", "!")) and "!" not in said
    assert not re.search(r"\b(lỗi|sai|phải|bắt buộc|yêu cầu)\b", said)
    assert unicodedata.is_normalized("NFC", said)
    assert len(said) < 250
    assert "  " not in said


def test_no_two_doubts_say_the_same() -> None:
    assert len({doubts.sentence(why, ask(Kind.COUNT)) for why in Doubt}) == len(Doubt)


@pytest.mark.parametrize("confirm", Confirm)
def test_every_confirmation_shows_what_would_be_kept_and_asks(confirm: Confirm) -> None:
    reading = Reading(status=Status.GIVEN, value=25000, confirm=confirm)
    said = doubts.to_confirm(reading, ask(Kind.COUNT, unit="lượt"), "hai vạn rưỡi " * 40)
    assert "25.000 lượt" in said
    assert said.endswith("không?")
    assert len(said) < 250


def test_the_parts_of_a_ratio_are_named_in_order() -> None:
    question = ask(Kind.RATIO, x_label="Đã giải quyết", y_label="PAKN nhận")
    assert "đã giải quyết/PAKN nhận" in doubts.sentence(Doubt.NEEDS_DENOMINATOR, question)


@pytest.mark.parametrize(
    ("kind", "unit", "value", "written"),
    [
        (Kind.COUNT, "lượt", 1250, "1.250 lượt"),
        (Kind.COUNT, "", 0, "0"),
        (Kind.DECIMAL, "m²", Decimal("35.50"), "35,5 m²"),
        (Kind.RATIO, "đơn", Ratio(x=12, y=14), "12/14 đơn"),
        (Kind.RATIO, "hồ sơ", Ratio(x=850, y=1000), "850/1.000 hồ sơ"),
        (Kind.RATIO, "hồ sơ", Percent(value=Decimal("87.55")), "87,55%"),
        (Kind.PERCENT, "", Percent(value=Decimal(60)), "60%"),
        (Kind.MONEY, "", 1_250_000, "1.250.000 đồng"),
        (Kind.DATE, "", date(2026, 4, 29), "thứ Tư 29/4/2026"),
        (Kind.CHOICE, "", "done", "Đã có"),
        (Kind.CHOICE, "", "gone", "gone"),
        (Kind.SENTENCE, "", "Thiếu\nkinh phí", "“Thiếu kinh phí”"),
        (Kind.FILE, "", FileValue(path="p", sha256="s", name="biên bản.pdf", size=1), "tệp biên bản.pdf"),
        (Kind.FILE, "", FileValue(path="p", sha256="s", name="", size=1), "tệp đã nhận"),
    ],
)
def test_a_value_is_written_as_people_write_it(kind: Kind, unit: str, value: Value, written: str) -> None:
    reading = Reading(status=Status.GIVEN, value=value)
    assert figures.written(ask(kind, unit=unit), reading) == written


def test_an_estimate_and_the_two_kinds_of_no_figure_are_told_apart() -> None:
    count = ask(Kind.COUNT, unit="lượt")
    answer = Answer(
        id=1,
        question="Q",
        raw="~200",
        status=Status.GIVEN,
        value=200,
        estimate=True,
        at=datetime(2026, 4, 20, tzinfo=UTC),
        person_id=1,
    )
    assert figures.written(count, answer) == "ước 200 lượt"
    assert figures.written(count, Reading(status=Status.NONE)) == "không phát sinh"
    assert figures.written(count, Reading(status=Status.UNAVAILABLE)) == "chưa có số"
    assert figures.written(ask(Kind.FILE), Reading(status=Status.UNAVAILABLE)) == "chưa có"
    assert (
        figures.written(ask(Kind.COUNT, none_label="Không thuộc đơn vị"), Reading(status=Status.NONE)) == "không thuộc đơn vị"
    )


def test_a_long_text_is_cut_with_a_sign_that_it_goes_on() -> None:
    reading = Reading(status=Status.GIVEN, value="một hai ba bốn năm")
    assert figures.written(ask(Kind.SENTENCE), reading, 11) == "“một hai ba…”"
    assert figures.cut("vừa đủ", 6) == "vừa đủ"
