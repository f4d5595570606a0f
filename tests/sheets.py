"""Rounds of the seed plan filled in at random, for tests of everything that is made of a summary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.answers import Answer, FileValue, Percent, Ratio, Status, Value
from bot.domain.calendar import WorkCalendar
from bot.domain.office import Office
from bot.domain.plan import Plan
from bot.domain.questions import Kind, Question
from bot.domain.reports import Report, Via
from bot.domain.rounds import Round
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.units import Unit
from bot.plans import loader

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = Office(name="UBND quận Gò Vấp", coordinator="Phòng Nội vụ quận Gò Vấp", contact="chị Hoa 028 3894 0000")
CALENDAR = WorkCalendar(off_days={}, zone=HANOI)
NOW = datetime(2023, 5, 5, 17, 0, tzinfo=HANOI)
PLAN: Plan = loader.load(Path(__file__).parents[1] / "bot" / "plans" / "847-2023.yaml")

UNITS = tuple(
    Unit(
        id=number,
        code=unit.code,
        name=unit.name,
        short=unit.short,
        group=unit.group,
        questions=unit.questions,
        source=unit.source,
        aliases=unit.aliases,
    )
    for number, unit in enumerate(PLAN.units, start=101)
)


def round_of(code: str = "6T", year: int = 2023) -> Round:
    """A round of the seed plan as it is armed in January."""
    template = next(template for template in PLAN.rounds if template.code == code)
    return Round(
        id=1,
        plan_id=1,
        code=code,
        year=year,
        title=template.title,
        wording=template.wording,
        due=date(year, template.month, template.day),
        inclusive=template.inclusive,
        since=date(year, template.since[1], template.since[0]),
        until=date(year, template.until[1], template.until[0]),
        armed_on=date(year, 1, 2),
        closed_at=None,
        ladder=PLAN.ladder,
    )


def given(question: Question, value: Value, *, estimate: bool = False, explanation: str = "") -> Answer:
    """An answer with a value."""
    return _answer(question, Status.GIVEN, value, estimate=estimate, explanation=explanation)


def without(question: Question, status: Status) -> Answer:
    """An answer without a value."""
    return _answer(question, status, None)


def sent(
    unit: Unit, answers: dict[str, Answer], at: datetime, *, via: Via = Via.CHAT, paper_on: date | None = None
) -> UnitSheet:
    """A unit that sent."""
    report = Report(
        round_id=1,
        unit_id=unit.id,
        revision=1,
        via=via,
        first_at=at,
        at=at,
        person_id=1,
        answers=answers,
        paper_number="45/BC-UBND" if via is Via.PAPER else "",
        paper_on=paper_on,
    )
    return UnitSheet(unit=unit, report=report, draft=answers)


def random_sheet(seed: int, value: Callable[[Random, Question], Value] | None = None) -> Sheet:
    """Every unit in some state, with some answers of every status; `value`: what a given answer holds."""
    random = Random(seed)
    round_ = round_of(random.choice(["6T", "N"]))
    rows = []
    for unit in UNITS:
        answers = {
            question.code: _random_answer(random, question, value or random_value)
            for question in PLAN.question_set(unit.questions).questions
            if random.random() < 0.8
        }
        at = datetime(2023, 1, 3, tzinfo=HANOI) + timedelta(minutes=random.randrange(400 * 24 * 60))
        match random.randrange(5):
            case 0:
                rows.append(UnitSheet(unit=unit, report=None, draft={}))
            case 1:
                rows.append(UnitSheet(unit=unit, report=None, draft=answers))
            case 2:
                rows.append(sent(unit, answers, at, via=Via.PAPER, paper_on=random.choice([None, at.date()])))
            case _:
                rows.append(sent(unit, answers, at))
    return Sheet(round=round_, plan=PLAN, units=tuple(rows))


def full_sheet(value: Callable[[Random, Question], Value], code: str = "N") -> Sheet:
    """Every unit has sent an answer to everything it can be asked."""
    random = Random(0)
    rows = [
        sent(
            unit,
            {
                question.code: given(question, value(random, question), explanation="x" * 300)
                for question in PLAN.question_set(unit.questions).questions
            },
            NOW,
        )
        for unit in UNITS
    ]
    return Sheet(round=round_of(code), plan=PLAN, units=tuple(rows))


def random_value(random: Random, question: Question) -> Value:
    """Something a person could have meant, also outside the sensible range."""
    match question.kind:
        case Kind.CHOICE:
            return random.choice(question.options).code
        case Kind.COUNT:
            return random.choice([0, 0, 1, 12, 12, 300, random.randrange(100_000)])
        case Kind.MONEY:
            return random.randrange(10**12)
        case Kind.DECIMAL:
            return random.choice([Decimal(0), Decimal("2.5"), Decimal(random.randrange(10**8)).scaleb(-3)])
        case Kind.RATIO:
            y = random.choice([0, 14, random.randrange(10_000)])
            if question.percent_ok and random.random() < 0.3:
                return Percent(value=Decimal(random.randrange(1001)).scaleb(-1))
            return Ratio(x=random.randint(0, y), y=y)
        case Kind.PERCENT:
            return Percent(value=Decimal(random.randrange(101)))
        case Kind.SENTENCE:
            return "Thiếu kinh phí tuyên truyền"
        case Kind.DATE:
            return date(2023, 4, random.randint(1, 30))
        case Kind.FILE:
            return FileValue(path="files/aa/aa", sha256="aa", name="bang.xlsx", size=10)


def longest_value(random: Random, question: Question) -> Value:
    """The longest thing that can be stored."""
    match question.kind:
        case Kind.SENTENCE:
            return "Một câu rất dài và có dấu. " * 37
        case Kind.COUNT:
            return 999_999_999 + random.randrange(9)
        case Kind.MONEY:
            return 99_999_999_999_999 - random.randrange(9)
        case Kind.DECIMAL:
            return Decimal("999999999.999999") - random.randrange(9)
        case Kind.RATIO:
            return Ratio(x=999_999_990 - random.randrange(9), y=999_999_991)
        case _:
            return random_value(random, question)


def _random_answer(random: Random, question: Question, value: Callable[[Random, Question], Value]) -> Answer:
    chance = random.random()
    if chance < 0.12:
        return without(question, Status.NONE)
    if chance < 0.24:
        return without(question, Status.UNAVAILABLE)
    return given(question, value(random, question), estimate=random.random() < 0.3)


def _answer(
    question: Question, status: Status, value: Value | None, *, estimate: bool = False, explanation: str = ""
) -> Answer:
    return Answer(
        id=1,
        question=question.code,
        raw="",
        status=status,
        value=value,
        estimate=estimate,
        at=NOW,
        person_id=1,
        explanation=explanation,
    )
