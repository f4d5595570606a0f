"""Every reminder and excerpt of a year, to every unit of the seed plan: short enough for a phone, and in the office's tone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

import pytest

from bot.domain import excerpts, ladder
from bot.domain.answers import Answer, Status
from bot.domain.calendar import OfficeHours, WorkCalendar
from bot.domain.ladder import Rung
from bot.domain.people import Person
from bot.domain.progress import Progress, progress
from bot.domain.units import Unit
from bot.views import reminders as views
from storage.days import shipped_days, work_calendar
from tests.sheets import HANOI, OFFICE, PLAN, UNITS, round_of

NHUNG = Person(id=1, name="Huỳnh Thị Hồng Nhung", honorific="chị")
VAN = Person(id=2, name="Trần Vân")
LONGEST = 500
"""Characters of one reminder. Source: the tone guide, "tin nhắc ≤ 500 ký tự"."""
NEVER = re.compile(r"!|yêu cầu|\bnộp\b|deadline|bắt buộc|vi phạm|\bP\d|\bBot\b|\bem\b|\bbạn\b", re.IGNORECASE)


@lru_cache
def calendar(year: int) -> WorkCalendar:
    return work_calendar([year], shipped_days(), OfficeHours(), HANOI)


def begun(unit: Unit, code: str, answered: int) -> Progress:
    """The first so many questions answered with nothing to report."""
    questions = PLAN.question_set(unit.questions)
    codes = [step.question.code for step in progress(questions, code, {}).steps[:answered]]
    at = datetime(2026, 4, 20, tzinfo=HANOI)
    none = Answer(id=1, question="", raw="", status=Status.NONE, value=None, estimate=False, at=at, person_id=1)
    return progress(questions, code, {each: replace(none, question=each) for each in codes})


def reminder(
    person: Person, unit: Unit, rung: Rung | None, today: date, answered: int = 0, code: str = "6T", *, promised: bool = False
) -> str:
    round_ = round_of(code, today.year)
    questions = PLAN.question_set(unit.questions)
    item = views.Reminder(
        unit=unit,
        round=round_,
        plan=PLAN,
        rung=rung,
        points=excerpts.announced(unit, PLAN.points, today.year) if rung and rung.kind == "announce" else (),
        questions=questions,
        progress=begun(unit, code, answered),
        today=today,
        calendar=calendar(today.year),
        promised=promised,
    )
    return views.message(person, [item], OFFICE).text


def everything(person: Person, year: int) -> Iterator[str]:
    """What a person hears unasked in a year, for each unit, begun or not."""
    for unit in UNITS:
        for code in ("6T", "N"):
            round_ = round_of(code, year)
            rungs = ladder.rungs(round_.last_day, round_.armed_on, round_.ladder, calendar(year), OFFICE.remind_at)
            for rung in rungs:
                for answered in (0, 4):
                    yield reminder(person, unit, rung, rung.moment.astimezone(HANOI).date(), answered, code)
        for excerpt in excerpts.excerpts(unit, year, PLAN.points, calendar(year), date(year, 1, 2)):
            item = views.MondayExcerpt(unit=unit, plan=PLAN, point=excerpt.point, excerpt_id=1)
            yield views.message(person, [item], OFFICE).text


@pytest.mark.parametrize("person", [NHUNG, VAN], ids=["known", "gender unknown"])
def test_every_message_of_a_year_is_short_and_in_tone(person: Person) -> None:
    said = set(everything(person, 2026))
    assert len(said) > 1000
    assert {text for text in said if len(text) > LONGEST} == set()
    ours = {re.sub("“.*?”", "“”", text, flags=re.DOTALL) for text in said}
    assert {text for text in ours if NEVER.search(text)} == set()
    assert {text for text in ours if re.search(r"\([^()]*\(", text)} == set(), "brackets within brackets"


def rung(kind: str, days: int = 0) -> Rung:
    found = (r for r in ladder.rungs(date(2026, 5, 4), date(2026, 1, 2), PLAN.ladder, calendar(2026), OFFICE.remind_at))
    return next(r for r in found if r.kind == kind and (not days or r.days == days))


WARD = next(unit for unit in UNITS if unit.code == "P5")


def test_the_first_message_names_the_whole_person_and_unit() -> None:
    first = rung("announce")
    assert reminder(NHUNG, WARD, first, date(2026, 3, 31)).startswith("Kính gửi chị Huỳnh Thị Hồng Nhung, UBND Phường 5.")
    assert reminder(VAN, WARD, first, date(2026, 3, 31)).startswith("Kính gửi anh/chị Trần Vân, UBND Phường 5.")


def test_the_second_message_after_the_due_date_does_not_repeat_the_first_word_for_word() -> None:
    once = reminder(NHUNG, WARD, rung("after", 1), date(2026, 5, 5))
    twice = reminder(NHUNG, WARD, rung("after", 3), date(2026, 5, 7))
    assert "chưa nhận được báo cáo 6 tháng của Phường 5 (hạn: trước ngày 05/5, chậm nhất hết thứ Hai 04/5)." in once
    assert "Gò Vấp vẫn chưa nhận được báo cáo 6 tháng của Phường 5" in twice


def test_on_the_day_a_unit_named_it_is_not_asked_for_a_day_again() -> None:
    said = reminder(NHUNG, WARD, None, date(2026, 5, 6), promised=True)
    assert "Chị Nhung, hôm nay thứ Tư 06/5 là ngày Phường 5 dự kiến gửi báo cáo 6 tháng." in said
    assert "ngày dự kiến gửi để" not in said


def test_reminded_by_hand_past_the_due_date_a_unit_is_told_that_nothing_came() -> None:
    said = reminder(NHUNG, WARD, None, date(2026, 5, 6))
    assert "chưa nhận được báo cáo 6 tháng của Phường 5" in said
    assert "dự kiến gửi báo cáo" not in said


def test_the_last_few_questions_are_named() -> None:
    few = reminder(NHUNG, WARD, rung("before", 1), date(2026, 4, 29), answered=8)
    assert "Phường 5 đã trả lời 8/10 câu, còn câu 9 và 10; số liệu đã nhập vẫn được giữ." in few
    many = reminder(NHUNG, WARD, rung("before", 1), date(2026, 4, 29), answered=3)
    assert "Phường 5 đã trả lời 3/10 câu; số liệu đã nhập vẫn được giữ." in many


@pytest.mark.parametrize(
    ("code", "today"),
    [("6T", date(2026, 5, 4)), ("N", date(2023, 11, 3))],
    ids=["the last day", "Friday before a Saturday"],
)
def test_on_the_last_working_day_nothing_is_offered_that_cannot_be_done(code: str, today: date) -> None:
    item = views.Reminder(
        unit=WARD,
        round=round_of(code, today.year),
        plan=PLAN,
        rung=None,
        points=(),
        questions=PLAN.question_set("ward"),
        progress=begun(WARD, code, 0),
        today=today,
        calendar=calendar(today.year),
    )
    message = views.message(NHUNG, [item], OFFICE)
    assert [choice.label for choice in message.offered] == ["Bắt đầu", "Đã gửi qua văn bản", "Gặp khó khăn"]
    assert "Nếu đã gửi bằng văn bản, chị chọn “Đã gửi qua văn bản” để không nhận thêm tin nhắc." in message.text
