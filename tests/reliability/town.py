"""A made-up town: as many units as wanted, some rounds a year, two questions each, one point a week; and its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.calendar import OfficeHours, WorkCalendar
from bot.domain.office import Office
from bot.domain.quota import Allowance
from storage import days
from storage.plans import _parsed

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = Office(name="UBND quận Gò Vấp", coordinator="Phòng Nội vụ quận Gò Vấp", zalo=Allowance(messages=0, people=0))
YEAR = 2026

QUESTIONS = ("VISITS", "LETTERS")


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a town and how long a time. `rounds`: (code, day, month) in the year."""

    units: int
    start: date
    until: date
    rounds: tuple[tuple[str, int, int], ...]
    excerpts: bool = True

    @property
    def text(self) -> str:
        return f"{self.units} units × {(self.until - self.start).days} days"


@lru_cache
def calendar() -> WorkCalendar:
    return days.work_calendar(
        [YEAR, YEAR + 1], days.shipped_days(), OfficeHours(opens=OFFICE.opens, closes=OFFICE.closes), HANOI
    )


def local(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """A moment on the office's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)


def short(number: int) -> str:
    return f"Phường {number}"


def title(code: str) -> str:
    return f"báo cáo đợt {code}"


@lru_cache(maxsize=8)
def plan(size: Size) -> str:
    """The plan file. Parsed once here, so that no run pays for it."""
    wordings = [f"{'chậm nhất ngày' if day % 2 else 'trước ngày'} {day:02} tháng {month:02}" for _, day, month in size.rounds]
    rounds = "\n".join(
        f"  - {{code: {code}, title: {title(code)}, due: {day:02}/{month}, inclusive: {'true' if day % 2 else 'false'},"
        f" wording: {wording}, since: 01/1, until: {min(day, 28):02}/{month}, point: I.1}}"
        for (code, day, month), wording in zip(size.rounds, wordings, strict=True)
    )
    units = "\n".join(
        f"  - {{code: P{n}, name: UBND {short(n)}, short: {short(n)}, group: ward, questions: all, source: plan}}"
        for n in range(1, size.units + 1)
    )
    questions = "\n".join(
        f"      - {{code: {code}, kind: count, label: Mục {code}, text: Số lượt {code}?, unit: lượt, points: [I.1]}}"
        for code in QUESTIONS
    )
    send = "true" if size.excerpts else "false"
    source = f"""
plan:
  code: 1-{YEAR}
  number: 1/KH-UBND
  issued: {YEAR}-01-05
  place: Gò Vấp
  issuer: Ủy ban nhân dân quận Gò Vấp
  title: Kế hoạch của một thị trấn tưởng tượng
  signer: CHỦ TỊCH
  year: {YEAR}
  coordinator: NV
  reports_to: [Ủy ban nhân dân quận]
  recipients: [Các phường]
rounds:
{rounds}
ladder:
  working_days: true
  announce: 21
  before: [14, 7, 3, 1]
  last: true
  after: [1, 3]
units:
{units}
  - {{code: NV, name: Phòng Nội vụ, short: Phòng Nội vụ, group: named, questions: all, source: plan}}
points:
  - id: I.1
    ref: I.1
    label: Điểm một
    who: [ward]
    send: {send}
    excerpt: Các phường báo cáo
    text: Các phường báo cáo {"; ".join(wordings)}.
  - id: I.2
    ref: I.2
    label: Điểm hai
    who: [ward]
    send: {send}
    excerpt: Các phường tiếp công dân
    text: Các phường tiếp công dân mỗi tuần.
question_sets:
  - code: all
    title: Mọi đơn vị
    minutes: 2
    questions:
{questions}
"""
    _parsed(source)
    return source
