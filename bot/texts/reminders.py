"""Reminders and excerpts, from the first announcement to the third day after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain import ladder
from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import Rung
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan, Point
from bot.domain.progress import Progress
from bot.domain.questions import QuestionSet
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import wording
from bot.texts.address import calling, pronoun, respectful
from bot.texts.reporting import SENT_ON_PAPER, steps

NAMED = 4
"""So many missing questions are named; more are only counted."""


class About(Protocol):
    """What a reminder is about."""

    @property
    def unit(self) -> Unit: ...  # noqa: D102
    @property
    def round(self) -> Round: ...  # noqa: D102
    @property
    def plan(self) -> Plan: ...  # noqa: D102
    @property
    def rung(self) -> Rung | None: ...  # noqa: D102
    @property
    def points(self) -> Sequence[Point]: ...  # noqa: D102
    @property
    def questions(self) -> QuestionSet: ...  # noqa: D102
    @property
    def progress(self) -> Progress: ...  # noqa: D102
    @property
    def promised(self) -> bool: ...  # noqa: D102
    @property
    def today(self) -> date: ...  # noqa: D102
    @property
    def calendar(self) -> WorkCalendar: ...  # noqa: D102


def reminder(person: Person, about: About, office: Office) -> str:
    """One reminder, worded by its rung."""
    if about.promised:
        return _promised(person, about)
    late = about.today > about.round.last_day
    match about.rung.kind if about.rung else "after" if late else "later":
        case "announce":
            return _announcement(person, about, office)
        case "after":
            return _overdue(person, about, office)
        case _:
            return _ahead(person, about, office)


def excerpt(person: Person, unit: Unit, plan: Plan, point: Point) -> str:
    """The point of the week."""
    who = wording.capitalised(calling(person))
    return f"{who} ({unit.short}), trích Kế hoạch {plan.number}, {where(point)}: “{point.excerpt}”"


def whole_point(plan: Plan, point: Point) -> str:
    """A whole point, word for word."""
    return f"Kế hoạch {plan.number}, {where(point)} – toàn văn:\n“{point.text}”"


def where(point: Point) -> str:
    """Where a point stands, as people say it: "Mục II, ý thứ 8", "Mục IV.2.đ", "đoạn cuối Mục IV". Bullets of parts I–III
    carry no number in the document."""
    part, _, rest = point.ref.partition(".")
    if rest == "cuối":
        return f"đoạn cuối Mục {part}"
    if part in ("II", "III") and rest.isdecimal():
        return f"Mục {part}, ý thứ {rest}"
    return f"Mục {point.ref}"


def read_label(whose: str) -> str:
    """The button that says an excerpt was read."""
    return f"Đã đọc ({whose})" if whose else "Đã đọc"


def whole_label(whose: str) -> str:
    """The button that shows the whole point."""
    return f"Xem cả ý ({whose})" if whose else "Xem cả ý"


def excerpt_read(person: Person) -> str:
    """Thanks for reading."""
    return f"Đã ghi nhận. Cảm ơn {calling(person)}."


def _announcement(person: Person, about: About, office: Office) -> str:
    round_, unit = about.round, about.unit
    lines = [
        f"Kính gửi {respectful(person)}, {unit.name}.",
        f"Theo Kế hoạch {about.plan.number}, đơn vị gửi {wording.of_year(round_.title, round_.year)} về {office.coordinator}"
        f" {_deadline(round_)}.",
    ]
    lines += [f"Trích {where(point)}: “{point.excerpt}”" for point in about.points]
    lines.append(
        f"{wording.capitalised(pronoun(person))} có thể trả lời {about.progress.total} câu ngắn ngay tại đây,"
        f" khoảng {about.questions.minutes} phút. Trân trọng."
    )
    return "\n\n".join(lines)


def _ahead(person: Person, about: About, office: Office) -> str:
    round_ = about.round
    who = wording.capitalised(calling(person))
    left = ladder.working_days_left(round_.last_day, about.today, about.calendar)
    report = f"{round_.title} của {about.unit.short}"
    if about.today == round_.last_day:
        first = f"{who}, hôm nay {wording.dated(about.today)} là ngày cuối nhận {report} ({_written(round_)})."
    elif left == 0:
        first = (
            f"{who}, hôm nay {wording.dated(about.today)} là ngày làm việc cuối trước hạn của {report}: {_deadline(round_)}."
        )
    else:
        first = f"{who}, còn {wording.working_days_count(left)} tới hạn {report}: {_deadline(round_)}."
    on_paper = f"Nếu đã gửi bằng văn bản, {pronoun(person)} chọn “{SENT_ON_PAPER}” để không nhận thêm tin nhắc."
    ways = _break_ahead(about) if left else [on_paper]
    return "\n".join([first, *ways, _where_it_stands(about)])


def _overdue(person: Person, about: About, office: Office) -> str:
    round_ = about.round
    still = "vẫn " if about.rung is not None and about.rung.days > 1 else ""
    aside = wording.deadline_aside(round_.due, round_.inclusive)
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} {still}chưa nhận được {round_.title} của"
        f" {about.unit.short} (hạn: {aside}). Có thể tin này và báo cáo của đơn vị đến lệch nhau; nếu vậy mong"
        f" {pronoun(person)} bỏ qua."
        f" Nhờ {pronoun(person)} cho biết ngày dự kiến gửi để Phòng chủ động tổng hợp.\n{_where_it_stands(about)}"
    )


def _promised(person: Person, about: About) -> str:
    """The day the unit itself named has come."""
    return (
        f"{wording.capitalised(calling(person))}, hôm nay {wording.dated(about.today)} là ngày {about.unit.short} dự kiến gửi"
        f" {about.round.title}.\n{_where_it_stands(about)}"
    )


def _where_it_stands(about: About) -> str:
    progress = about.progress
    if progress.answered:
        left = f", còn {steps(progress.missing).lower()}" if 0 < len(progress.missing) <= NAMED else ""
        return (
            f"{wording.capitalised(about.unit.short)} đã trả lời {progress.answered}/{progress.total} câu{left};"
            " số liệu đã nhập vẫn được giữ."
        )
    return f"{progress.total} câu ngắn, khoảng {about.questions.minutes} phút, trả lời ngay tại đây."


def _break_ahead(about: About) -> list[str]:
    """A warning when a break of three days or more lies between now and the last valid day."""
    day, last = about.today, about.round.last_day
    off = [
        step
        for n in range(1, (last - day).days + 1)
        if not about.calendar.is_working(step := date.fromordinal(day.toordinal() + n))
    ]
    runs: list[list[date]] = []
    for step in off:
        if runs and (step - runs[-1][-1]).days == 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    longest = max(runs, key=len, default=[])
    if len(longest) < 3 or (last - longest[-1]).days > 3:
        return []
    before = about.calendar.previous_working(longest[0])
    if before == day:
        return [f"Kỳ nghỉ {wording.span(longest[0], longest[-1])} nằm ngay trước hạn, nên hoàn tất trong hôm nay."]
    return [f"Kỳ nghỉ {wording.span(longest[0], longest[-1])} nằm ngay trước hạn, nên hoàn tất trong {wording.dated(before)}."]


def _deadline(round_: Round) -> str:
    return wording.deadline(round_.due, round_.inclusive)


def _written(round_: Round) -> str:
    return f"văn bản ghi: {'chậm nhất' if round_.inclusive else 'trước'} ngày {wording.short_date(round_.due)}"
