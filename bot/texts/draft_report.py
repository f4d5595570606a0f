"""Words of the draft report: what was sent, written into the sentences of an official document; nothing is added to it.

Layout words after Nghị định 30/2020/NĐ-CP, Phụ lục I and III; headings after the usual outline of such reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from bot.domain.answers import Ratio
from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.plan import Plan, Point
from bot.domain.questions import Kind
from bot.domain.rounds import Round
from bot.domain.standings import Standing, State
from bot.domain.summary import Summary
from bot.domain.totals import Figure, Total
from bot.domain.units import Unit
from bot.texts import documents, figures, wording
from bot.texts.documents import STEPS
from bot.texts.summary import round_name, said

# The frame of the document

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
MADE_UP_MARK = "GIẢ ĐỊNH"
REPORT = "BÁO CÁO"
RECIPIENTS = "Nơi nhận:"
ARCHIVE = "- Lưu: VT."
HEAD_OF_DEPARTMENT = "TRƯỞNG PHÒNG"
SIGNER = "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"

PART_ONE = "I. TÌNH HÌNH GỬI BÁO CÁO; CÔNG TÁC CHỈ ĐẠO, QUÁN TRIỆT"
PART_TWO = "II. KẾT QUẢ THỰC HIỆN"
PART_THREE = "III. KHÓ KHĂN, HẠN CHẾ, NGUYÊN NHÂN"
PART_FOUR = "IV. NHIỆM VỤ KỲ TỚI"
PART_FIVE = "V. ĐỀ XUẤT, KIẾN NGHỊ"
RECEIVED = "1. Tình hình gửi báo cáo"
GUIDANCE = "2. Công tác chỉ đạo, quán triệt"
NO_FIGURES = "Chưa có số liệu nào được gửi về nội dung này."
OTHER_POINTS = "Nội dung khác"
FILL_IN = "Phòng soạn thảo bổ sung"

ANNEX_ONE = "Phụ lục I"
ANNEX_ONE_TITLE = "SỐ LIỆU THEO ĐƠN VỊ"
ANNEX_TWO = "Phụ lục II"
ANNEX_TWO_TITLE = "NGUỒN SỐ LIỆU"
SINGLE_UNITS = "Số liệu riêng của từng đơn vị"
SENTENCES = "Nội dung trả lời bằng chữ (nguyên văn)"
UNIT_HEAD = "Đơn vị"
NUMBER_HEAD = "STT"
TOTAL = "Cộng"
SINGLE_HEAD = (UNIT_HEAD, "Chỉ tiêu", "Số liệu")
SENTENCES_HEAD = (UNIT_HEAD, "Chỉ tiêu", "Nội dung")
SOURCES_HEAD = ("Số", "Chỉ tiêu", "Số tổng hợp", "Số liệu của từng đơn vị", "Ghi chú")
STATES_HEAD = (NUMBER_HEAD, UNIT_HEAD, "Trạng thái", "Gửi lần đầu", "Gửi lần cuối", "Văn bản")

_GROUPS = {"ward": "phường", "named": "cơ quan được Kế hoạch nêu tên", "other": "cơ quan, đơn vị khác"}
_GIVEN_SENTENCES = 3
"""So many free texts of one indicator stand in the report itself; more only in the annex."""
_SHORT = 200
"""Characters of a free text among the sources; the whole of it stands in the first annex."""


def _moment(local: datetime) -> str:
    """As official documents write it: "17 giờ 00 ngày 05/5/2023"."""
    return f"{local:%H} giờ {local:%M} ngày {wording.full_date(local.date())}"


def _group(name: str) -> str:
    return _GROUPS.get(name, name)


def above(office: Office) -> str:
    """The body over the coordinator, in capitals."""
    return office.name.upper()


def issuer(plan: Plan) -> str:
    """Who writes the report: "Phòng Nội vụ"."""
    return next((unit.name for unit in plan.units if unit.code == plan.coordinator), plan.coordinator)


def number(plan: Plan) -> str:
    """The number, left blank."""
    return f"Số:          /BC-{plan.coordinator}"


def place_and_date(plan: Plan, on: date) -> str:
    """Place and date, day and month left blank."""
    return f"{plan.place}, ngày       tháng       năm {on.year}"


def about(plan: Plan, round_: Round) -> str:
    """The subject under BÁO CÁO."""
    return (
        f"Tình hình thực hiện Kế hoạch số {plan.number} ngày {wording.full_date(plan.issued)}"
        f" của {plan.issuer} ({round_name(round_)})"
    )


def opening(summary: Summary, office: Office) -> str:
    """On what the report rests."""
    plan, round_ = summary.sheet.plan, summary.sheet.round
    return (
        f"Thực hiện Kế hoạch số {plan.number} {wording.formal_date(plan.issued)} của {plan.issuer}"
        f" về {_lower(plan.title)}; trên cơ sở báo cáo của các cơ quan, đơn vị tính đến"
        f" {_moment(office.local(summary.at))}, {issuer(plan)} tổng hợp {round_name(round_)}"
        f" (kỳ số liệu {wording.period(round_.since, round_.until)}) như sau:"
    )


def ordered_by(point: Point) -> str:
    """The point of the plan that asks for the report, word for word."""
    return f"Kế hoạch giao tại điểm {point.ref}: “{point.excerpt}”"


def how_to_read() -> str:
    """What the numbers in brackets are."""
    return (
        f"(Số trong ngoặc vuông chỉ dòng nguồn tại {ANNEX_TWO}. Dự thảo chỉ ghi số liệu đã được gửi;"
        " phần trong ngoặc vuông in nghiêng do phòng soạn thảo bổ sung.)"
    )


def signature(plan: Plan) -> str:
    """Above the name of who signs."""
    return HEAD_OF_DEPARTMENT if issuer(plan).casefold().startswith("phòng ") else SIGNER


def recipients(plan: Plan) -> list[str]:
    """The lines under "Nơi nhận": whom the plan's summary goes to, then the plan's own recipients."""
    own = [line for line in plan.recipients if not line.casefold().startswith("lưu")]
    above_ = [body for body in plan.reports_to if not any(_same_body(body, line) for line in own)]
    lines = [f"{body} (để báo cáo)" for body in above_]
    lines += [f"{line} (để báo cáo)" if any(_same_body(body, line) for body in plan.reports_to) else line for line in own]
    return [*(f"- {line};" for line in lines), ARCHIVE]


def fill_in(what: str) -> str:
    """A gap only people can fill."""
    return f"[{FILL_IN}: {what}]"


MORE_GUIDANCE = "văn bản chỉ đạo, công tác quán triệt ngoài các nội dung đã hỏi"
MORE_CAUSES = "đánh giá hạn chế và nguyên nhân"
MORE_TASKS = "nhiệm vụ trọng tâm kỳ tới"
MORE_PROPOSALS = "đề xuất, kiến nghị với cấp trên"


def attached(plan: Plan, on: date) -> str:
    """Under an annex's title: what it belongs to (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"(Kèm theo Báo cáo số        /BC-{plan.coordinator} ngày      tháng      năm {on.year} của {issuer(plan)})"


# I. Who has sent


def received(summary: Summary, reference: int, office: Office) -> str:
    """How many reports came."""
    expected, came = len(summary.standings), len(summary.received)
    if not expected:
        return "Chưa có đơn vị nào phải gửi báo cáo."
    round_ = summary.sheet.round
    groups = ", ".join(f"{share.received}/{share.expected} {_group(share.group)}" for share in summary.shares)
    return (
        f"Đến {_moment(office.local(summary.at))}, {issuer(summary.sheet.plan)} đã nhận được {came}/{expected} báo cáo"
        f" ({wording.share(came, expected)}), gồm {groups}; trong đó {summary.in_time}/{expected} báo cáo gửi trong hạn"
        f" [{reference}]. Hạn gửi: {wording.deadline(round_.due, round_.inclusive)}."
    )


def by_document(standings: Sequence[Standing], numbers: Sequence[str]) -> str:
    """Reports that came on paper."""
    each = [
        f"{standing.unit.name} ({number_})" if number_ else standing.unit.name
        for standing, number_ in zip(standings, numbers, strict=True)
    ]
    return f"Gửi bằng văn bản: {wording.listed(each)}; số liệu chỉ tính phần đã nhập vào hệ thống."


def not_yet(summary: Summary) -> str:
    """The units whose report is not here, named."""
    missing = summary.those(State.FILLING, State.NOT_BEGUN)
    if not missing:
        return "Tất cả đơn vị đã gửi báo cáo."
    return f"Chưa nhận được báo cáo của {len(missing)} đơn vị: {wording.listed(s.unit.name for s in missing)}."


# Figures in sentences


def point_head(at: int, point: Point | None) -> str:
    """A heading over the indicators of one point."""
    return f"{at}. {point.label} (điểm {point.ref})" if point else f"{at}. {OTHER_POINTS}"


def counted_apart() -> str:
    """Why wards and district stand in different sentences."""
    return (
        "Số liệu của phường và số liệu cấp quận về cùng một việc được nêu riêng, không cộng với nhau vì có thể trùng;"
        " tỷ lệ được tính từ tổng tử số và tổng mẫu số của các đơn vị."
    )


def findings(totals: Sequence[Total], cite: Callable[[Total], int]) -> list[str]:
    """Indicators as paragraphs: one each where several units were asked, one for all that a single unit reports on alone, and
    one for those nobody sent anything about. `cite` numbers their sources, in the order they are read."""
    known = [total for total in totals if total.figures or total.none]
    shared = [total for total in known if len(total.asked) != 1]
    paragraphs = [f"{_finding(total, cite(total))}." for total in shared]
    for unit in dict.fromkeys(total.asked[0] for total in known if len(total.asked) == 1):
        own = [total for total in known if total.asked == (unit,)]
        told = "; ".join(_lower(_finding(total, cite(total))) for total in own)
        paragraphs.append(f"Theo báo cáo của {unit.name}: {told}.")
    if nothing := [total for total in totals if total not in known]:
        told = "; ".join(_lower(_nothing(total, cite(total))) for total in nothing)
        paragraphs.append(f"Chưa có số liệu được gửi về: {told}.")
    return paragraphs


def _finding(total: Total, reference: int) -> str:
    """One indicator: the total, from how many units, what is an estimate, what is missing."""
    question = total.question
    single = len(total.asked) == 1
    basis = "" if single else f" ({_basis(total)})"
    parts = [f"{question.label}{_where(total)}{_amount(total)} [{reference}]{basis}"]
    if total.percent_only and question.kind is Kind.RATIO and total.value is not None:
        parts.append(f"chỉ có tỷ lệ, không cộng vào tổng: {_each(total.percent_only)}")
    if total.estimated is not None:
        parts.append(
            "là số ước" if single else f"trong đó số ước là {said(question, total.estimated)} ({_names(total.estimates)})"
        )
    if total.figures and total.none:
        parts.append(f"{figures.none(question)}: {_names(total.none)}")
    if total.unavailable:
        parts.append(f"{figures.unavailable(question)}: {_names(total.unavailable)}")
    return ", ".join(parts) if single else "; ".join(parts)


def _nothing(total: Total, reference: int) -> str:
    later = f" ({figures.unavailable(total.question)}: {_names(total.unavailable)})" if total.unavailable else ""
    return f"{total.question.label}{_where(total)} [{reference}]{later}"


def _lower(text: str) -> str:
    """The text as the middle of a sentence; an abbreviation at its start stays as it is."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def amount(total: Total) -> str:
    """A total alone, for tables; "" where there is none."""
    if total.question.kind is Kind.CHOICE:
        return "; ".join(f"{label}: {len(units)}" for label, units in _chosen(total))
    return said(total.question, total.value) if total.value is not None else ""


def _amount(total: Total) -> str:
    question = total.question
    if question.kind is Kind.CHOICE and total.choices:
        if len(total.asked) == 1:
            return ": " + ", ".join(f"“{label}”" for label, _ in _chosen(total))
        counted = (f"{len(units)} đơn vị trả lời “{label}”{_who(units, total)}" for label, units in _chosen(total))
        return f": {', '.join(counted)}"
    if question.kind in (Kind.SENTENCE, Kind.FILE) and len(total.figures) > _GIVEN_SENTENCES:
        return f": {len(total.figures)} đơn vị trả lời, ghi nguyên văn tại {ANNEX_ONE}"
    if total.value is None:
        if len(total.asked) == 1 and total.figures:
            return f": {figures.written(question, total.figures[0].answer)}"
        return f": {_each(total.figures)}" if total.figures else f": {figures.none(question)}"
    if isinstance(total.value, Ratio):
        share = wording.share(total.value.x, total.value.y)
        return f" là {figures.value(question, total.value)}" + (f", đạt {share}" if share else "")
    return f" là {said(question, total.value)}"


def _chosen(total: Total) -> Iterable[tuple[str, Sequence[Unit]]]:
    labels = {option.code: option.label for option in total.question.options}
    return ((labels[code], units) for code, units in total.choices.items())


def _who(units: Sequence[Unit], total: Total) -> str:
    """The units behind a choice that is not everybody's."""
    most = max(len(others) for others in total.choices.values())
    return "" if len(units) == most and len(units) > 1 else f" ({_names(units)})"


def _where(total: Total) -> str:
    match total.column:
        case "":
            return ""
        case "ward":
            return " tại các phường"
        case "district":
            return " (cấp quận)"
        case other:
            return f" ({documents.column(other)})"


def _basis(total: Total) -> str:
    """Like "từ 14/16 phường"."""
    groups = dict.fromkeys(unit.group for unit in total.asked)
    counted = ", ".join(
        f"{sum(u.group == name for u in total.answered)}/{sum(u.group == name for u in total.asked)} {_group(name)}"
        for name in groups
    )
    return f"từ {counted} được hỏi" if total.question.follows is not None else f"từ {counted}"


def _each(found: Sequence[Figure]) -> str:
    return "; ".join(f"{f.unit.short} {figures.written(f.question, f.answer)}" for f in found)


def _names(units: Iterable[Unit]) -> str:
    return wording.listed(unit.short for unit in units)


# III. to V.


def no_difficulties(without: int) -> str:
    """Nobody raised anything."""
    none = f" {without} đơn vị trả lời không có khó khăn, kiến nghị." if without else ""
    return f"Chưa có khó khăn, vướng mắc nào được gửi.{none}"


def difficulties_head(units: int, many: int) -> str:
    """Over the difficulties."""
    return f"{units} đơn vị gửi {many} phản ánh về khó khăn, vướng mắc, kiến nghị; nguyên văn theo từng điểm của Kế hoạch:"


def difficulty_point(point: Point | None) -> str:
    """Over the difficulties about one point."""
    return f"Điểm {point.ref} – {point.label}:" if point else "Không gắn với điểm cụ thể:"


def difficulty(unit: str, text: str, raised: Difficulty | None) -> str:
    """One difficulty, word for word."""
    state = f" ({raised.code}, {STEPS[raised.state].lower()})" if raised else ""
    return f"- {unit}: “{' '.join(text.split())}”{state}."


def gone_unit() -> str:
    """A unit that no longer is on the list."""
    return "Đơn vị đã rời danh sách"


def still_missing(summary: Summary) -> str:
    """What is left to collect."""
    missing = summary.those(State.FILLING, State.NOT_BEGUN)
    names = wording.listed(standing.unit.name for standing in missing)
    return f"Tiếp tục tiếp nhận báo cáo của {len(missing)} đơn vị chưa gửi: {names}." if missing else ""


def still_unavailable(units: Sequence[Unit]) -> str:
    """Who said that figures would come."""
    return f"Tiếp tục tiếp nhận số liệu mà các đơn vị báo là chưa có: {_names(units)}." if units else ""


def unfinished(total: Total) -> str:
    """A choice not everybody has finished: who said what else than the first option."""
    first = total.question.options[0].code
    labels = {option.code: option.label for option in total.question.options}
    rest = [(labels[code], units) for code, units in total.choices.items() if code != first]
    told = "; ".join(f"“{label}”: {_names(units)}" for label, units in rest)
    return f"Tiếp tục đôn đốc các đơn vị chưa hoàn thành nội dung “{total.question.label}”: {told}." if rest else ""


def proposals_stand_above() -> str:
    """Difficulties and proposals are one question."""
    return "Kiến nghị của các đơn vị được ghi nguyên văn tại Phần III."


# Annexes


def annex_note() -> str:
    """How to read the tables by unit."""
    return (
        "Ô trống: đơn vị không được hỏi. Tỷ lệ ghi dạng x/y; đơn vị chỉ báo tỷ lệ % thì không cộng."
        " “chưa gửi”: chưa nhận được báo cáo; “chưa trả lời”: đã gửi báo cáo nhưng không có câu này."
    )


def column_head(total: Total) -> str:
    """An indicator over its column."""
    name = documents.indicator(total.question, total.column)
    return documents.measured(name, total.question.unit)


def source_of(figure: Figure, when: str) -> str:
    """One unit's figure behind a total, and when it was sent."""
    return f"{figure.unit.short}: {figures.written(figure.question, figure.answer, _SHORT)} ({when})"


def sent_at(local: datetime) -> str:
    """Like "15:20 26/4": where many stand side by side."""
    return f"{wording.clock(local)} {wording.short_date(local.date())}"


def source_rest(total: Total, silent: Sequence[Unit]) -> list[str]:
    """The units without a figure, by why."""
    question = total.question
    groups = (
        (figures.none(question), total.none),
        (figures.unavailable(question), total.unavailable),
        ("chưa nhận được", silent),
    )
    return [f"{wording.capitalised(why)}: {_names(units)}" for why, units in groups if units]


def source_notes(total: Total) -> str:
    """What to look at before signing."""
    notes = []
    for figure in total.odd:
        reason = f", đơn vị giải thích: {figure.answer.explanation}" if figure.answer.explanation else ""
        notes.append(f"Cần xem lại: {figure.unit.short} {figures.written(figure.question, figure.answer)}{reason}")
    if total.estimates:
        notes.append(f"Số ước: {_names(total.estimates)}")
    return ". ".join(notes)


def sources_note(summary: Summary) -> str:
    """What the annex of sources tells."""
    round_ = summary.sheet.round
    return (
        "Mỗi số [n] trong báo cáo được truy về từng đơn vị và giờ gửi; kỳ số liệu"
        f" {wording.period(round_.since, round_.until)}."
    )


def states_title() -> str:
    """Over the table of units."""
    return "[1] Tình hình gửi báo cáo"


def paper(number_: str, on: date | None) -> str:
    """A document's number and date."""
    dated = f" ngày {wording.full_date(on)}" if on else ""
    return f"{number_}{dated}".strip()


def _same_body(body: str, line: str) -> bool:
    short, other = (text.casefold().replace("ủy ban nhân dân", "ubnd") for text in (body, line))
    return other == short or other.startswith(f"{short}:")
