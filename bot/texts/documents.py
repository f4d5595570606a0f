"""Words of the workbook, the pictures, the calendar file and the invite sheet. The draft report has its own."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from bot.domain.difficulties import Step
from bot.domain.office import Office
from bot.domain.people import Role
from bot.domain.plan import Plan
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.domain.standings import State
from bot.domain.summary import Summary
from bot.domain.totals import Block
from bot.texts import address, figures, wording
from bot.texts.summary import round_name, title

# Files

WORKBOOK = "tong-hop"
REPORT = "du-thao-bao-cao"
HEAT_MAP = "bang-mau"
PROGRESS = "tien-do"
DATES = "lich-nam"
INVITES = "giay-moi"
FILE = "tep"
MADE_UP_MARK = "[minh hoạ]"
MADE_UP_FILE = "minh-hoa"
SHEET = "Trang"

# Shared words

ESTIMATE = figures.ESTIMATE
MADE_UP = "SỐ LIỆU GIẢ ĐỊNH ĐỂ TRÌNH DIỄN, KHÔNG PHẢI SỐ LIỆU THẬT"
MADE_UP_DATES = "LỊCH MINH HOẠ, KHÔNG PHẢI LỊCH THẬT"
NOT_SENT = "chưa gửi"
PERCENT_ONLY = "chỉ có tỷ lệ"

GROUPS = {"ward": "Phường", "named": "Phòng ban nêu tên", "other": "Đơn vị khác"}
STATES = {
    State.ON_TIME: "Gửi trong hạn",
    State.LATE: "Gửi sau hạn",
    State.PAPER: "Gửi bằng văn bản",
    State.FILLING: "Đang trả lời",
    State.NOT_BEGUN: "Chưa bắt đầu",
}
STEPS = {
    Step.RAISED: "Chờ trả lời",
    Step.ASSIGNED: "Đang xem xét",
    Step.FORWARDED: "Đang hỏi ý kiến đơn vị khác",
    Step.ADVISED: "Đang xem xét",
    Step.MERGED: "Đã gộp với phản ánh khác",
    Step.ANSWERED: "Đã trả lời",
    Step.UNDERSTOOD: "Đơn vị đã rõ",
    Step.MORE: "Cần trao đổi thêm",
    Step.CLOSED: "Đã khép lại",
}
_COLUMNS = {"": "", "ward": "phường", "district": "cấp quận"}


def cut_off(characters: int) -> str:
    """At the end of a text too long for its place."""
    return f" … [văn bản dài {wording.count(characters)} ký tự, phần còn lại xem trong hệ thống]"


def long_number(number: int | Decimal, estimate: bool) -> str:
    """A number a spreadsheet could not keep to the last digit."""
    return f"{ESTIMATE} {wording.decimal(number)}" if estimate else wording.decimal(number)


def group(name: str) -> str:
    """A group of units."""
    return GROUPS.get(name, name)


def column(name: str) -> str:
    """Which of two columns that are never added: "phường", "cấp quận"."""
    return _COLUMNS.get(name, name)


def indicator(question: Question, column_: str) -> str:
    """Like "Lượt tiếp công dân (phường)"."""
    return f"{question.label} ({column(column_)})" if column_ else question.label


def block(found: Block, plan: Plan) -> str:
    """Whose indicators these are."""
    if len(found.units) == 1:
        return found.units[0].name
    if {unit.questions for unit in plan.units} <= set(found.sets):
        return "Chung mọi đơn vị"
    return "; ".join(plan.question_set(name).title for name in found.sets)


def yes(answer: bool) -> str:
    """Có, không."""
    return "Có" if answer else "Không"


# The workbook

STATES_SHEET = "Tình hình gửi"
FIGURES_SHEET = "Số liệu"
LONG_SHEET = "Dữ liệu dọc"
DIFFICULTIES_SHEET = "Khó khăn"

NUMBER = "STT"
UNIT = "Đơn vị"
UNIT_CODE = "Mã đơn vị"
GROUP = "Nhóm"
STATES_HEAD = (
    NUMBER,
    UNIT,
    UNIT_CODE,
    GROUP,
    "Trạng thái",
    "Gửi lần đầu lúc",
    "Trong hạn",
    "Người gửi",
    "Lần gửi",
    "Gửi lần cuối lúc",
    "Số văn bản",
    "Ngày văn bản",
    "Câu đã trả lời",
    "Tổng số câu",
)
LONG_HEAD = (
    "Kỳ",
    "Năm",
    UNIT_CODE,
    UNIT,
    GROUP,
    "Mã chỉ tiêu",
    "Chỉ tiêu",
    "Cột",
    "Tình trạng",
    "Giá trị",
    "Số x",
    "Số y",
    "Đơn vị tính",
    "Số ước",
    "Cần xem lại",
    "Nguyên văn đã nhập",
    "Giải thích",
    "Số liệu đến ngày",
    "Trả lời lúc",
    "Người trả lời",
    "Lần gửi",
    "Bản",
)
DIFFICULTIES_HEAD = (
    "Mã",
    UNIT,
    "Điểm kế hoạch",
    "Nội dung điểm",
    "Phản ánh (nguyên văn)",
    "Tình trạng",
    "Còn chờ Phòng Nội vụ",
    "Gửi lúc",
    "Người gửi",
    "Từ kỳ báo cáo",
    "Trả lời (nguyên văn)",
    "Trả lời lúc",
)
TOTAL = "Tổng cộng"
TOTAL_ESTIMATED = "Trong đó số ước"
TOTAL_ANSWERED = "Số đơn vị có trả lời"
TOTAL_ASKED = "Số đơn vị được hỏi"
COUNTED = "bản đang tính"
EARLIER = "bản trước"
NOT_COUNTED = "chưa gửi, chưa tính"
GIVEN = "có số"
OF_THIS_ROUND = "Có"
NO_DIFFICULTIES = "Chưa có phản ánh nào."
PRINTED_PAGE = "Trang &P/&N"


def workbook_head(summary: Summary) -> str:
    """Above every sheet."""
    return wording.capitalised(title(summary.sheet.plan, summary.sheet.round))


def source(summary: Summary, office: Office) -> str:
    """Where and when the figures come from."""
    round_ = summary.sheet.round
    return (
        f"Nguồn: các đơn vị gửi qua hệ thống nhắc việc của {office.coordinator}; lập lúc"
        f" {wording.said_at(office.local(summary.at))}. Kỳ số liệu {wording.period(round_.since, round_.until)};"
        f" hạn: {wording.deadline(round_.due, round_.inclusive)}."
    )


def states_note(summary: Summary) -> str:
    """The counts above the sheet of states."""
    expected = len(summary.standings)
    groups = ", ".join(f"{s.received}/{s.expected} {group(s.group).lower()}" for s in summary.shares)
    return f"Đã nhận {len(summary.received)}/{expected} báo cáo ({groups}); trong hạn {summary.in_time}/{expected}."


def figures_note() -> str:
    """How to read the sheet of figures."""
    return (
        "Ô xám: đơn vị không được hỏi. “không phát sinh”: có theo dõi nhưng không có việc này. “chưa có số”: sẽ báo sau."
        " Số có chữ “ước” là số ước. Ô vàng, chữ đậm: cần xem lại. Số của phường và số cấp quận không cộng với nhau;"
        " tỷ lệ cộng riêng tử số và mẫu số, không lấy trung bình."
    )


def long_note() -> str:
    """How to read the long sheet."""
    return "Mỗi dòng là một câu trả lời. Chỉ “bản đang tính” được đưa vào tổng; câu chưa gửi hoặc đã sửa để đối chiếu."


def difficulties_note() -> str:
    """How to read the sheet of difficulties."""
    return "Nội dung giữ nguyên văn đơn vị gửi."


def part(question: Question, label: str, column_: str) -> str:
    """A part of a ratio as a column: "Đơn thư …: đã giải quyết (đơn)"."""
    return measured(f"{indicator(question, column_)}: {label}", question.unit)


def share_column(question: Question, column_: str) -> str:
    """The column of bare percentages."""
    return f"{indicator(question, column_)}: chỉ có tỷ lệ (%), không cộng"


def measured(name: str, unit: str) -> str:
    """A column's head with the unit it is measured in."""
    return f"{name} ({unit})" if unit else name


def x_label(question: Question) -> str:
    """The upper part of a ratio."""
    return question.x_label or "số x"


def y_label(question: Question) -> str:
    """The lower part of a ratio."""
    return question.y_label or "số y"


# Pictures

LEGEND = {
    "given": "có số",
    "none": "không phát sinh",
    "unavailable": "chưa có số",
    "look": "cần xem lại",
    "estimate": "số ước",
    "draft": "đã nhập, chưa gửi",
    "silent": "chưa trả lời",
}
STATE_SIGNS = {
    State.ON_TIME: "Gửi",
    State.LATE: "Sau hạn",
    State.PAPER: "Văn bản",
    State.FILLING: "Đang làm",
    State.NOT_BEGUN: "Chưa có",
}


def picture_title(summary: Summary) -> str:
    """Like "Báo cáo 6 tháng năm 2023"."""
    return wording.capitalised(round_name(summary.sheet.round))


def picture_plan(summary: Summary) -> str:
    """The plan under the title."""
    return f"Kế hoạch {summary.sheet.plan.number}"


def picture_moment(summary: Summary, office: Office) -> str:
    """When the picture was made."""
    return f"Lúc {wording.said_at(office.local(summary.at))}"


def picture_counts(summary: Summary) -> str:
    """How many have sent."""
    expected = len(summary.standings)
    share = wording.share(len(summary.received), expected)
    return f"Đã nhận {len(summary.received)}/{expected} đơn vị" + (f" ({share})" if share else "")


def page(number: int, pages: int) -> str:
    """Which picture of several."""
    return f"Ảnh {number}/{pages}" if pages > 1 else ""


def block_of(title_: str, goes_on: bool) -> str:
    """Head of a group of units; again on the next picture."""
    return f"{title_} (tiếp)" if goes_on else title_


def no_units() -> str:
    """Nobody has to report."""
    return "Chưa có đơn vị nào phải báo cáo."


def own_questions() -> str:
    """Where a legend of columns would be, when every unit of a group has other questions."""
    return "Mỗi đơn vị có bộ câu hỏi riêng; nội dung từng câu xem trong bảng Excel."


def key(number: int, label: str) -> str:
    """What a numbered column is."""
    return f"{number}. {label}"


def progress_head() -> str:
    """Title of the progress picture."""
    return "Tiến độ nhận báo cáo"


def progress_this(summary: Summary) -> str:
    """This round's line."""
    return f"{picture_title(summary)}: {len(summary.received)}/{len(summary.standings)} đơn vị"


def progress_previous(summary: Summary) -> str:
    """The line of the round compared with."""
    return f"{picture_title(summary)}: {len(summary.received)}/{len(summary.standings)} đơn vị"


def progress_then(received: int, expected: int, days: int) -> str:
    """How far the earlier round was at the same distance from its last day."""
    when = "đúng ngày cuối hạn" if days == 0 else f"{abs(days)} ngày {'sau' if days > 0 else 'trước'} ngày cuối hạn"
    return f"Cùng thời điểm ({when}), kỳ trước nhận {received}/{expected} đơn vị"


def due_mark(last_day: date) -> str:
    """At the line of the last valid day."""
    return f"ngày cuối hạn {wording.short_date(last_day)}"


def day_tick(days: int) -> str:
    """Days from the last valid day on the axis."""
    return "0" if days == 0 else f"{'+' if days > 0 else '−'}{abs(days)}"


def axis_days() -> str:
    """Name of the axis."""
    return "ngày so với ngày cuối hạn"


# The calendar file


def calendar_name(plan: Plan, year: int) -> str:
    """The calendar's name."""
    name = f"Kế hoạch {plan.number}: hạn báo cáo năm {year}"
    return f"{MADE_UP_DATES}. {name}" if plan.made_up else name


def calendar_title(plan: Plan, title_: str) -> str:
    """An entry's title; a made-up one is not to be taken for a real date in somebody's calendar."""
    return f"{MADE_UP_MARK} {title_}" if plan.made_up else title_


def announced(round_: Round) -> str:
    """The day a round opens."""
    return f"Mở kỳ {round_name(round_)}"


def last_valid_day(round_: Round) -> str:
    """The last valid day."""
    return f"Ngày cuối còn trong hạn: {round_name(round_)}"


def written_date(round_: Round) -> str:
    """The date the plan writes."""
    return f"Ngày văn bản ghi ({round_.wording}): {round_name(round_)}"


def last_working_day(round_: Round) -> str:
    """The last working day in time, when the last valid day is none."""
    return f"Ngày làm việc cuối trước hạn: {round_name(round_)}"


def about_round(plan: Plan, round_: Round, office: Office) -> str:
    """The same for every date of a round."""
    contact = f" Liên hệ: {office.contact}." if office.contact else ""
    made_up = f"{MADE_UP_DATES}. " if plan.made_up else ""
    return (
        f"{made_up}Kế hoạch {plan.number} ngày {wording.full_date(plan.issued)} của {plan.issuer}."
        f" Hạn gửi {wording.deadline(round_.due, round_.inclusive)}, nơi nhận: {office.coordinator}."
        f" Kỳ số liệu {wording.period(round_.since, round_.until)}.{contact}"
    )


# The invite sheet

INVITE_HEAD = "GIẤY MỜI ĐĂNG KÝ"
INVITE_MADE_UP = "GIẤY MỜI ĐĂNG KÝ – BẢN MINH HOẠ, KHÔNG DÙNG THẬT"
INVITE_TELEGRAM = "Telegram"
INVITE_ZALO = "Zalo"
INVITE_CODE = "Mã đăng ký"
INVITE_SCAN = "Quét để mở Telegram"


def invite_role(role: Role) -> str:
    """Like "Đầu mối", "Lãnh đạo"."""
    return wording.capitalised(address.title(role))


def invite_by_link() -> str:
    """With a QR code."""
    return "Quét mã QR, bấm Bắt đầu (Start). Không quét được thì mở bot rồi gửi riêng mã đăng ký."


def invite_by_code(bot: str) -> str:
    """Without a link."""
    return f"Tìm {bot or 'bot của cơ quan'}, bấm Bắt đầu rồi gửi riêng mã đăng ký."


def invite_on_zalo(bot: str) -> str:
    """On Zalo."""
    return f"Tìm {bot or 'bot của cơ quan'}, bấm Nhắn tin rồi gửi riêng mã đăng ký."


def invite_rules(local: datetime) -> str:
    """What the code is good for."""
    return f"Dùng một lần, đến {wording.said_at(local)}. Không chuyển cho người khác, không chụp đưa vào nhóm."


def invite_foot(office: Office) -> str:
    """Who invites."""
    contact = f". Liên hệ: {office.contact}" if office.contact else ""
    return f"{office.coordinator}{contact}"


def no_invites() -> str:
    """An empty sheet."""
    return "Chưa có lời mời nào."
