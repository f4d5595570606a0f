"""The coordinator's summary in words: the round at a glance, totals with where they come from, one unit's answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.answers import Answer, Ratio, Status
from bot.domain.calendar import WorkCalendar
from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.progress import Step
from bot.domain.questions import Kind, Question
from bot.domain.reports import Report, Via
from bot.domain.rounds import Round
from bot.domain.standings import Standing, State
from bot.domain.summary import Summary
from bot.domain.totals import Block, Figure, Sum, Total
from bot.domain.units import Unit
from bot.texts import attention, figures, wording
from bot.texts import behalf as behalf_texts
from bot.texts.address import full, phone
from bot.texts.reporting import code

# What the choices are called.
FIGURES = "Số liệu"
BY_UNIT = "Theo đơn vị"
DIFFICULTIES = "Khó khăn"
OTHER_ROUND = "Kỳ khác"
COMPARE = "So sánh"
PICTURE = "Ảnh tình hình"
EXPORT = "Xuất tài liệu"
OPEN = "Xem tổng hợp"
OVERVIEW = "Tổng hợp chung"
HISTORY = "Các lần sửa"
ANSWERS = "Câu trả lời"
NOT_RECEIVED = "chưa nhận được"
"""Of a total: nobody said anything. Not "no figure yet", which is what a unit says."""
LABEL_ROOM = 40

NAMES = 6
"""Names of units in one line before the rest are only counted."""
MOST = 5
"""Odd figures and difficulties told at a glance before the rest are only counted."""

_GROUPS = {"ward": "phường", "named": "phòng ban nêu tên", "other": "đơn vị khác"}
_STATES = {
    State.ON_TIME: "Gửi trong hạn",
    State.LATE: "Gửi sau hạn",
    State.PAPER: "Gửi bằng văn bản",
    State.FILLING: "Đang trả lời",
    State.NOT_BEGUN: "Chưa bắt đầu",
}

# The round at a glance


def title(plan: Plan, round_: Round) -> str:
    """Like "Kế hoạch 847/KH-UBND – báo cáo 6 tháng năm 2023"."""
    return f"Kế hoạch {plan.number} – {round_name(round_)}"


def round_name(round_: Round) -> str:
    """Like "báo cáo 6 tháng năm 2023", "báo cáo năm 2023"."""
    return wording.of_year(round_.title, round_.year)


def glance(summary: Summary, open_: Sequence[Difficulty], office: Office, calendar: WorkCalendar) -> str:
    """Everything on one screen. `open_`: difficulties waiting for an answer."""
    round_ = summary.sheet.round
    local = office.local(summary.at)
    parts = [
        f"{title(summary.sheet.plan, round_)}\nLúc {wording.said_at(local)}, {_time_left(round_, summary.on, calendar)}."
        f" Hạn: {wording.deadline(round_.due, round_.inclusive)}.",
        "\n".join([_received(summary), _rates(summary)]),
        "\n".join(_states(summary, names=28)),
    ]
    notes = [_waiting(open_, summary), "\n".join(attention.lines(summary)), _odd(summary)]
    return "\n\n".join([*parts, *(note for note in notes if note)])


def digest(
    summary: Summary, new: Sequence[Difficulty], open_: Sequence[Difficulty], office: Office, calendar: WorkCalendar
) -> str:
    """The end of a day in a few lines. `new`: raised since the last digest."""
    round_, plan = summary.sheet.round, summary.sheet.plan
    lines = [
        f"{title(plan, round_)}, {_said(summary.at, office)} ({_time_left(round_, summary.on, calendar)}).",
        _received(summary),
        *_states(summary, names=28, without=(State.ON_TIME,)),
    ]
    if new:
        lines.append(f"Khó khăn mới: {len(new)} ({_codes(new, summary)}).")
    if still := len([difficulty for difficulty in open_ if difficulty.id not in {n.id for n in new}]):
        lines.append(f"Khó khăn trước đó còn chờ trả lời: {still}.")
    lines += attention.lines(summary)
    if odd := _odd(summary):
        lines.append(odd)
    return "\n".join(lines)


def weekly(summary: Summary, open_: Sequence[Difficulty], office: Office, calendar: WorkCalendar) -> str:
    """The start of a week for the district's leaders: how many came, which units did not, what waits."""
    round_, plan = summary.sheet.round, summary.sheet.plan
    lines = [
        f"Kính gửi lãnh đạo quận. {title(plan, round_)}, {_said(summary.at, office)}"
        f" ({_time_left(round_, summary.on, calendar)}).",
        _received(summary),
        _rates(summary),
        *_states(summary, names=28, without=(State.ON_TIME,)),
    ]
    if open_:
        lines.append(f"Khó khăn chờ trả lời: {len(open_)} ({_codes(open_, summary)}).")
    return "\n".join(lines)


def no_rounds() -> str:
    """Nothing is armed."""
    return "Chưa có kỳ báo cáo nào."


def which_round() -> str:
    """Which round?"""
    return "Anh/chị cần xem kỳ nào?"


def round_label(plan: Plan, round_: Round, several_plans: bool) -> str:
    """A round on a button."""
    name = wording.capitalised(round_name(round_))
    return figures.cut(f"{name} ({plan.number})" if several_plans else name, LABEL_ROOM)


def for_coordinator(coordinator: str) -> str:
    """An officer asked for the summary: it is not theirs, their own state is."""
    return f"Bản tổng hợp dành cho {coordinator}. Để xem báo cáo của đơn vị mình, nhờ anh/chị gõ /tiendo."


def group(name: str) -> str:
    """A group of units as it is counted out: "phường", "phòng ban nêu tên"."""
    return _GROUPS.get(name, "đơn vị")


# Totals


def figures_head(summary: Summary) -> str:
    """Head of the totals."""
    return f"{title(summary.sheet.plan, summary.sheet.round)}: số liệu"


def nothing_asked() -> str:
    """No indicator at all."""
    return "Kỳ này không có chỉ tiêu nào."


def block_head(block: Block, plan: Plan) -> str:
    """Whose figures follow."""
    if len(block.units) == 1:
        return f"■ {block.units[0].name}"
    asked = {unit.questions for unit in plan.units}
    if len(block.sets) > 1 and asked <= set(block.sets):
        return "■ Chung mọi đơn vị"
    return "■ " + "; ".join(plan.question_set(name).title for name in block.sets)


def not_received() -> str:
    """A single unit that sent nothing yet."""
    return "Chưa nhận được báo cáo."


def counted_apart() -> str:
    """Why some columns are never added."""
    return "Số của phường và số cấp quận về cùng một việc có thể đếm trùng nên không cộng với nhau."


def block_goes_on(head: str) -> str:
    """The head again, on the next page."""
    return f"{head} (tiếp)"


def total_line(total: Total) -> str:
    """One indicator over many units: its total, from how many, the highest, the lowest, what is unusual, what is missing."""
    parts = [f"• {total.question.label}: {_amount(total)}", _from(total)]
    if total.highest:
        parts.append(f"cao nhất {_extreme(total.highest)}, thấp nhất {_extreme(total.lowest)}")
    if total.percent_only and total.question.kind is not Kind.PERCENT:
        parts.append(f"chỉ có tỷ lệ, không cộng: {_each(total.percent_only)}")
    if total.odd:
        parts.append(f"cần xem lại: {_each(total.odd)}")
    if total.estimated is not None:
        parts.append(f"trong đó ước {figures.value(total.question, total.estimated)} ({_names(total.estimates)})")
    elif total.estimates and total.percent_only:
        parts.append(f"có số ước: {_names(total.estimates)}")
    if total.unavailable:
        parts.append(f"{figures.unavailable(total.question)}: {_names(total.unavailable)}")
    return "; ".join(parts)


def own_line(total: Total) -> str:
    """One indicator that only one unit is asked for: simply its figure."""
    question = total.question
    if total.figures:
        answer = total.figures[0].answer
        return f"• {question.label}: {figures.written(question, answer, 200)}{_notes(answer, bool(total.odd))}"
    if total.none:
        return f"• {question.label}: {figures.none(question)}"
    return f"• {question.label}: {figures.unavailable(question) if total.unavailable else figures.UNANSWERED}"


def total_label(total: Total) -> str:
    """An indicator on a button."""
    return figures.cut(total.question.label, LABEL_ROOM)


def total_head(total: Total, summary: Summary) -> str:
    """Head of an indicator's units."""
    return f"{title(summary.sheet.plan, summary.sheet.round)}\n{total_line(total)[2:]}."


def figure_line(figure: Figure) -> str:
    """One unit's figure."""
    return f"{figure.unit.short}: {figures.written(figure.question, figure.answer)}{_notes(figure.answer, figure.odd)}"


def rest_lines(total: Total) -> list[str]:
    """The units without a figure, by why."""
    sent = {unit.id for unit in (*total.answered, *total.unavailable)}
    silent = [unit for unit in total.asked if unit.id not in sent]
    lines = []
    if total.none:
        lines.append(f"{wording.capitalised(figures.none(total.question))}: {_compact(total.none)}")
    if total.unavailable:
        lines.append(f"{wording.capitalised(figures.unavailable(total.question))}: {_compact(total.unavailable)}")
    if silent:
        lines.append(f"Chưa nhận được: {_compact(silent)}")
    return lines


# Units


def units_head(summary: Summary) -> str:
    """Head of the list of units."""
    return f"{title(summary.sheet.plan, summary.sheet.round)}: theo đơn vị"


def unit_line(standing: Standing, office: Office) -> str:
    """One unit in the list."""
    state = _STATES[standing.state].lower()
    if standing.at is not None:
        return f"{standing.unit.short}: {state}, {_said(standing.at, office)}{attention.short(standing)}"
    if standing.state is State.FILLING:
        return f"{standing.unit.short}: {state} {_count(standing)}{attention.short(standing)}"
    return f"{standing.unit.short}: {state}{attention.short(standing)}"


def state_name(state: State) -> str:
    """A state as the start of a line."""
    return _STATES[state]


def unit_label(unit: Unit) -> str:
    """A unit on a button."""
    return figures.cut(unit.short, LABEL_ROOM)


def unit_head(
    standing: Standing, report: Report | None, by: Person | None, round_: Round, office: Office, *, drafts: bool
) -> list[str]:
    """Whose answers these are, when they came, from whom, under which code. `drafts`: unsent answers follow."""
    lines = [f"{standing.unit.name} – {round_name(round_)}"]
    if report is None:
        lines.append(f"{_STATES[standing.state]} ({_count(standing)}), chưa gửi.")
        lines += attention.unit(standing, office)
        if drafts:
            lines.append("Các câu trả lời dưới đây chưa gửi.")
        return lines
    again = f", lần gửi thứ {report.revision} lúc {_said(report.at, office)}" if report.revision > 1 else ""
    lines.append(f"{_STATES[standing.state]}: {wording.said_at(office.local(report.first_at))}{again}.")
    if report.via is Via.PAPER:
        number = report.paper_number or "chưa rõ số"
        dated = f" ngày {wording.full_date(report.paper_on)}" if report.paper_on else ""
        lines.append(f"Văn bản: {number}{dated}.")
    behalf = f" ({behalf_texts.MARK} đơn vị)" if any(answer.on_behalf for answer in report.answers.values()) else ""
    sender = f"Người gửi: {contact(by)}{behalf}. " if by else ""
    lines.append(f"{sender}Mã {code(standing.unit, round_)}, {_count(standing)}.")
    return [*lines, *attention.unit(standing, office)]


def contact(person: Person) -> str:
    """A person with the number to call."""
    return f"{full(person)} ({phone(person.phone)})" if person.phone else full(person)


def answer_line(step: Step, answer: Answer | None, *, odd: bool, changed: bool) -> str:
    """One answer of a unit."""
    if answer is None:
        said = figures.SKIPPED if step.question.optional else figures.UNANSWERED
        return f"{step.mark}. {step.question.label}: {said}"
    revised = " (đã sửa)" if changed else ""
    return f"{step.mark}. {step.question.label}: {figures.written(step.question, answer)}{_notes(answer, odd)}{revised}"


def changed_since(many: int) -> str:
    """The unit changed answers and has not sent them again."""
    return f"{many} câu đã sửa tại đơn vị nhưng chưa gửi lại, nên chưa tính vào tổng."


def nothing_answered() -> str:
    """No figures at all."""
    return "Chưa có số liệu nào được gửi tại đây."


def history_head(unit: Unit, round_: Round) -> str:
    """Head of what was corrected."""
    return f"{unit.name} – {round_name(round_)}: các câu trả lời đã sửa"


def history_line(question: Question, answers: Sequence[tuple[Answer, Person | None]], office: Office) -> str:
    """Every answer to one question, oldest first, with who gave it and when."""
    lines = [f"{question.label}:"]
    for answer, person in answers:
        who = f", {full(person)}{f' ({behalf_texts.MARK})' if answer.on_behalf else ''}" if person else ""
        reason = f" (lý do: {figures.cut(answer.explanation, 120)})" if answer.explanation else ""
        lines.append(f"- {_said(answer.at, office)}{who}: {figures.written(question, answer, 120)}{reason}")
    return "\n".join(lines)


def no_history() -> str:
    """Nothing was corrected."""
    return "Chưa có câu trả lời nào được sửa."


def _time_left(round_: Round, today: date, calendar: WorkCalendar) -> str:
    if round_.closed_at is not None:
        return "kỳ đã chốt"
    return wording.time_left(round_.last_day, today, calendar)


def _received(summary: Summary) -> str:
    groups = ", ".join(f"{share.received}/{share.expected} {group(share.group)}" for share in summary.shares)
    return f"Đã gửi {groups}."


def _rates(summary: Summary) -> str:
    received, expected = len(summary.received), len(summary.standings)
    if not expected:
        return "Chưa có đơn vị nào phải báo cáo."
    return (
        f"Tỷ lệ gửi: {received}/{expected} đơn vị ({wording.share(received, expected)});"
        f" đúng hạn {summary.in_time}/{expected} ({wording.share(summary.in_time, expected)}){_extended(summary)}."
    )


def _extended(summary: Summary) -> str:
    """The same rate by each unit's own last day, where some have one."""
    if not summary.extended:
        return ""
    own, expected = summary.in_own_time, len(summary.standings)
    return f", tính cả gia hạn {own}/{expected} ({wording.share(own, expected)})"


def _states(summary: Summary, names: int, without: tuple[State, ...] = ()) -> list[str]:
    lines = []
    for state in State:
        standings = summary.those(state)
        if standings and state not in without:
            lines.append(f"{_STATES[state]} ({len(standings)}): {_listed(state, standings, names)}")
    return lines


def _listed(state: State, standings: Sequence[Standing], names: int) -> str:
    if state is State.FILLING:
        return ", ".join(
            f"{standing.unit.short} ({standing.progress.answered}/{standing.progress.total})" for standing in standings
        )
    return _compact([standing.unit for standing in standings], names)


def _waiting(open_: Sequence[Difficulty], summary: Summary) -> str:
    return f"Khó khăn chờ trả lời: {len(open_)} ({_codes(open_, summary)})." if open_ else ""


def _codes(difficulties: Sequence[Difficulty], summary: Summary) -> str:
    units = {row.unit.id: row.unit.short for row in summary.sheet.units}
    told = [f"{d.code} {figures.cut(units.get(d.unit_id, ''), 30)}".rstrip() for d in difficulties[:MOST]]
    more = f" và {len(difficulties) - MOST} phản ánh khác" if len(difficulties) > MOST else ""
    return f"{', '.join(told)}{more}"


def _odd(summary: Summary) -> str:
    odd = summary.odd
    told = [
        f"{figures.cut(f.unit.short, 30)}, {figures.cut(f.question.label, 45)}: {figures.written(f.question, f.answer)}"
        for f in odd[:MOST]
    ]
    if len(odd) > MOST:
        told.append(f"cùng {len(odd) - MOST} số khác")
    return f"Cần xem lại: {'; '.join(told)}." if told else ""


def _amount(total: Total) -> str:
    """The total itself, by kind."""
    question = total.question
    if question.kind is Kind.CHOICE:
        return _choices(total)
    if question.kind in (Kind.SENTENCE, Kind.FILE, Kind.DATE, Kind.PERCENT) or not question.summed:
        kept_apart = "" if question.kind in (Kind.SENTENCE, Kind.FILE) else ", không cộng"
        none = f", không có ở {len(total.none)} đơn vị" if total.none else ""
        return f"có ở {len(total.figures)} đơn vị{none}{kept_apart}"
    if total.value is None:
        return figures.none(question) if total.none else NOT_RECEIVED
    return said(question, total.value)


def said(question: Question, value: Sum) -> str:
    """A sum with its unit; a ratio with its share."""
    if isinstance(value, Ratio):
        return wording.ratio(value.x, value.y, question.unit)
    return figures.value(question, value)


def _choices(total: Total) -> str:
    """How many chose what; the units that did not choose what most did are named."""
    if not total.choices:
        return NOT_RECEIVED
    most = max(len(units) for units in total.choices.values())
    labels = {option.code: option.label for option in total.question.options}
    return ", ".join(
        f"{labels[code]} {len(units)}" + ("" if len(units) == most else f" ({_names(units)})")
        for code, units in total.choices.items()
    )


def _from(total: Total) -> str:
    """Like "từ 14/16 phường, 3/7 đơn vị khác": those who said something definite, of those asked."""
    groups = dict.fromkeys(unit.group for unit in total.asked)
    answered = total.answered
    counted = ", ".join(
        f"{sum(u.group == name for u in answered)}/{sum(u.group == name for u in total.asked)} {group(name)}" for name in groups
    )
    follow = " được hỏi" if total.question.follows is not None else ""
    return f"từ {counted}{follow}" if counted else "chưa đơn vị nào được hỏi"


def _extreme(found: Sequence[Figure]) -> str:
    first = found[0]
    match first.answer.value:
        case Ratio(x=x, y=y):
            shown = wording.share(x, y)
        case None:
            shown = ""
        case value:
            shown = figures.value(first.question, value)
    return f"{shown} ({_names([figure.unit for figure in found], 3)})"


def _each(found: Sequence[Figure]) -> str:
    return wording.listed((f"{f.unit.short} ({figures.written(f.question, f.answer)})" for f in found), MOST)


def _notes(answer: Answer, odd: bool) -> str:
    """What is to be known about a figure besides itself."""
    if odd:
        reason = f", lý do: {figures.cut(answer.explanation, 120)}" if answer.explanation else ""
        return f" (cần xem lại{reason})"
    return f" ({figures.cut(answer.explanation, 120)})" if answer.explanation and answer.status is Status.GIVEN else ""


def _count(standing: Standing) -> str:
    return f"{standing.progress.answered}/{standing.progress.total} câu"


def _said(at: datetime, office: Office) -> str:
    local = office.local(at)
    return f"{wording.clock(local)} {wording.dated(local.date())}"


def _names(units: Sequence[Unit], most: int = NAMES) -> str:
    return _compact(units, most)


def _compact(units: Iterable[Unit], most: int = 28) -> str:
    """Like "Phường 3, 11, 17; Phòng QLĐT"; beyond `most` the rest are only counted."""
    names = [figures.cut(unit.short, 30) for unit in units]
    told = wording.compacted(names[:most])
    return f"{told} và {len(names) - most} đơn vị khác" if len(names) > most else told
