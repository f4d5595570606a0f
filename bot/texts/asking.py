"""Answers to questions in plain words: first how the question was understood, then what the data say; and the nearest ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.answers import Answer
from bot.domain.calendar import WorkCalendar
from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.plan import Plan
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
    WhoSent,
)
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.domain.standings import Standing, State
from bot.domain.summary import Summary
from bot.domain.totals import Total
from bot.domain.units import Unit
from bot.texts import attention, figures, wording
from bot.texts import summary as summaries
from bot.texts.summary import round_name

LABEL_ROOM = 60
MOST = 28
"""Units named in one answer."""

_SENDINGS = {
    Sending.MISSING: "chưa gửi",
    Sending.LATE: "gửi sau hạn hoặc quá hạn chưa gửi",
    Sending.SENT: "đã gửi",
    Sending.FILLING: "đang trả lời",
    Sending.NOT_BEGUN: "chưa bắt đầu",
    Sending.PAPER: "gửi bằng văn bản",
}


def understood(query: Query, other: Round | None = None) -> str:
    """The first line of every answer. `other`: the round it is compared with, where there is one."""
    return f"Hiểu là: {words(query, other)}."


def words(query: Query, other: Round | None = None) -> str:
    """A question in words, as the middle of a sentence."""
    match query:
        case WhoSent(round=round_, sending=sending, groups=groups):
            return f"{_who(groups)} {_SENDINGS[sending]} {round_name(round_)}"
        case StateOf(round=round_, unit=unit):
            return f"{unit.short} đã gửi {round_name(round_)} chưa"
        case FigureOf(round=round_, unit=unit, indicator=indicator):
            return f"{_lower(indicator.label)} của {unit.short}, {round_name(round_)}"
        case TotalOf(round=round_, indicator=indicator):
            return f"{_lower(indicator.label)}, tổng các đơn vị, {round_name(round_)}"
        case Extreme(round=round_, indicator=indicator, highest=highest, groups=groups):
            edge = "cao nhất" if highest else "thấp nhất"
            return f"{_who(groups)} có {_lower(indicator.label)} {edge}, {round_name(round_)}"
        case Compared(round=round_, against=against, indicator=indicator, unit=unit):
            what = _lower(indicator.label) if indicator else "các chỉ tiêu"
            whose = f" của {unit.short}" if unit else ", tổng các đơn vị"
            than = round_name(other) if other else _AGAINST[against]
            return f"{what}{whose}, {round_name(round_)} so với {than}"
        case Troubles(words=topic, unit=unit):
            about = f" có từ “{topic}”" if topic else ""
            return f"khó khăn, vướng mắc{about}{f' của {unit.short}' if unit else ''}"
        case DueDate(round=round_, unit=unit):
            return f"hạn gửi {round_name(round_)}{f' của {unit.short}' if unit else ''}"
        case PlanTopic(words=topic):
            return f"kế hoạch nói gì về “{topic}”"


def label(query: Query) -> str:
    """A question on a button."""
    return figures.cut(wording.capitalised(words(query)), LABEL_ROOM)


_AGAINST = {Against.LAST_YEAR: "cùng kỳ năm trước", Against.PREVIOUS: "kỳ trước"}


# Answers


def who_sent(query: WhoSent, summary: Summary) -> str:
    """Which units."""
    asked = [standing for standing in summary.standings if not query.groups or standing.unit.group in query.groups]
    found = [standing for standing in asked if _fits(standing, query.sending, summary)]
    if not found:
        return f"Không có đơn vị nào (trong {len(asked)} đơn vị)."
    if query.sending is Sending.MISSING:
        return _by_state(found, len(asked), (State.FILLING, State.NOT_BEGUN))
    if query.sending is Sending.LATE:
        return _by_state(found, len(asked), (State.LATE, State.PAPER, State.FILLING, State.NOT_BEGUN))
    return f"{len(found)}/{len(asked)} đơn vị: {_names([standing.unit for standing in found])}."


def state(standing: Standing, office: Office) -> str:
    """Where a unit stands."""
    return f"{summaries.unit_line(standing, office)}."


def figure(question: Question, answer: Answer | None, standing: Standing, drafted: Answer | None) -> str:
    """One unit's figure. `drafted`: what stands there unsent, for its own people."""
    if answer is not None:
        return f"{standing.unit.short}: {figures.written(question, answer)}."
    if drafted is not None:
        return f"{standing.unit.short}: đã nhập {figures.written(question, drafted)}, nhưng chưa gửi."
    if standing.at is None:
        return f"{standing.unit.short} chưa gửi báo cáo nên chưa có số này."
    return f"{standing.unit.short} đã gửi báo cáo nhưng không trả lời câu này."


def not_asked(unit: Unit) -> str:
    """The unit is not asked for this indicator."""
    return f"{unit.short} không được hỏi chỉ tiêu này trong kỳ."


def not_in_round(unit: Unit) -> str:
    """The unit has no report in this round."""
    return f"{unit.short} không có tên trong kỳ này."


def no_figures() -> str:
    """Nobody gave a figure yet."""
    return "Chưa có đơn vị nào gửi số này."


def all_equal(many: int) -> str:
    """There is no highest or lowest."""
    return "Chưa có số của hai đơn vị trở lên để so." if many < 2 else f"{many} đơn vị có số bằng nhau."


def among(many: int) -> str:
    """How many figures were looked at."""
    return f"(trong {many} đơn vị có số)"


def more(many: int) -> str:
    """What does not fit in."""
    return f"… và {many} khó khăn khác."


def no_earlier(against: Against) -> str:
    """There is nothing to compare with."""
    return f"Chưa có số của {_AGAINST[against]} trong hệ thống để so sánh."


def troubles(found: Sequence[Difficulty]) -> str:
    """How many were found."""
    if not found:
        return "Không có khó khăn, vướng mắc nào như vậy được phản ánh tại đây."
    waiting = sum(each.open for each in found)
    return f"Có {len(found)}, trong đó {waiting} chờ trả lời:"


def due(round_: Round, own: Round, today: date, calendar: WorkCalendar) -> str:
    """When a report is due. `own`: the round as the unit has it, with its extension."""
    said = f"{wording.capitalised(round_name(round_))}: {wording.deadline(round_.due, round_.inclusive)}"
    if own.last_day != round_.last_day:
        said += f"; đơn vị được gia hạn đến hết {wording.dated(own.last_day)}"
    if round_.closed_at is not None:
        return f"{said}; kỳ đã chốt."
    return f"{said}; {wording.time_left(own.last_day, today, calendar)}."


def nothing_in_plan(plan: Plan) -> str:
    """The plan says nothing about it."""
    return f"Kế hoạch {plan.number} không có ý nào nêu đúng các từ này. Gõ /kehoach để xem kế hoạch."


# When it is not certain, or not theirs


def unclear(why: Unclear, nearest: int) -> str:
    """No certain question."""
    match why:
        case Unclear.NO_SUCH_UNIT:
            return "Trong danh sách không có đơn vị như vậy. Nhờ anh/chị ghi lại tên đơn vị, ví dụ: Phường 5."
        case Unclear.NO_SUCH_ROUND:
            return "Kỳ báo cáo này không có trong hệ thống. Nhờ anh/chị ghi lại kỳ, ví dụ: 6 tháng năm 2026."
        case _:
            return "Chưa rõ anh/chị hỏi điều gì." + (" Có phải một trong các câu sau:" if nearest else "")


def not_yours(query: Query, coordinator: str) -> str:
    """The question is about other units."""
    return (
        f"{understood(query)} Số liệu của đơn vị khác và số chung do {coordinator} xem;"
        " anh/chị hỏi được về đơn vị mình, ví dụ: đơn vị tôi gửi chưa."
    )


def nothing_understood() -> str:
    """Nothing here looks like a question; some that can be asked."""
    return (
        "Hệ thống chưa hiểu tin này. Có thể hỏi, ví dụ: còn đơn vị nào chưa gửi; phường 5 tiếp công dân bao nhiêu lượt;"
        " so với cùng kỳ năm trước; khó khăn về kinh phí; kế hoạch nói gì về tiếp công dân. Gõ “giúp” để xem các lệnh."
    )


# Choices

SUMMARY = "Xem tổng hợp"
UNIT = "Xem cả đơn vị"
COMPARISON = "Xem cả bảng so sánh"


def units_of(total: Total, several: bool) -> str:
    """The way to the units behind a total; of several columns each names whose it is."""
    if not several:
        return "Xem từng đơn vị"
    groups = dict.fromkeys(unit.group for unit in total.asked)
    return figures.cut(f"Xem từng đơn vị ({wording.listed(summaries.group(name) for name in groups) or total.column})", 40)


def _fits(standing: Standing, sending: Sending, summary: Summary) -> bool:
    match sending:
        case Sending.MISSING:
            return standing.state in (State.FILLING, State.NOT_BEGUN)
        case Sending.LATE:
            if standing.at is not None:
                return not standing.in_own_time
            own = standing.extension.until if standing.extension else summary.sheet.round.last_day
            return summary.on > own
        case Sending.SENT:
            return standing.at is not None
        case Sending.FILLING:
            return standing.state is State.FILLING
        case Sending.NOT_BEGUN:
            return standing.state is State.NOT_BEGUN
        case Sending.PAPER:
            return standing.state is State.PAPER


def _by_state(found: Sequence[Standing], asked: int, states: Sequence[State]) -> str:
    lines = [f"{len(found)}/{asked} đơn vị."]
    for each in states:
        units = [standing.unit for standing in found if standing.state is each]
        if units:
            lines.append(f"{summaries.state_name(each)} ({len(units)}): {_names(units)}.")
    owing = [standing for standing in found if standing.at is None]
    return "\n".join([*lines, *attention.away(owing)])


def _who(groups: Sequence[str]) -> str:
    if groups == ("ward",):
        return "các phường"
    return "các phòng ban" if groups else "các đơn vị"


def _names(units: Sequence[Unit]) -> str:
    return wording.compacted([figures.cut(unit.short, 30) for unit in units[:MOST]])


def _lower(label: str) -> str:
    """A label inside a sentence; what is written in capitals stays."""
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
