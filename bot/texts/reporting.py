"""What is said while a report is answered, reviewed, sent and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.answers import Answer, Reading
from bot.domain.calendar import WorkCalendar
from bot.domain.checks import Check
from bot.domain.oddity import Oddity
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.progress import Progress, Step
from bot.domain.questions import Kind, Question, QuestionSet
from bot.domain.reports import Report, Via
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.domain.verdicts import Verdict
from bot.texts import doubts, figures, wording
from bot.texts.address import calling

# What the choices are called.
BEGIN = "Bắt đầu"
RESUME = "Làm tiếp"
REMIND_LATER = "Nhắc lại sau"
PROMISE = "Dự kiến ngày…"
SENT_ON_PAPER = "Đã gửi qua văn bản"
DIFFICULTY = "Gặp khó khăn"
BACK = "Lùi"
LATER = "Để sau"
SKIP = "Bỏ qua"
KEEP_AS_IS = "Giữ nguyên"
RIGHT = "Đúng"
RIGHT_KEEP = "Đúng, giữ số này"
CORRECT = "Sửa"
CHANGE = "Đổi"
KEEP = "Giữ"
SEND = "Gửi"
SEND_AGAIN = "Gửi lại"
SEND_ANYWAY = "Vẫn gửi"
SEND_ANYWAY_WORDS = ("gửi luôn",)  # no mere "ok": that may as well mean "ok, I shall go on"
SEND_UNCHANGED = "Giữ nguyên, gửi lại"
RIGHT_SEND = "Đúng, gửi luôn"
EDIT_WHICH = "Sửa câu số…"
BACK_TO_REVIEW = "Xem lại bản tóm tắt"
CLOSE = "Thôi"
SHOW_SENT = "Xem bản đã gửi"
# Other ways to type them, folded.
RIGHT_WORDS = ("đúng", "đúng rồi", "ok", "có", "vâng", "phải", "chính xác")
WRONG_WORDS = ("sai", "không đúng", "không phải")
NOT_YET_WORDS = (*WRONG_WORDS, "dừng")  # a bare "dung" is then neither right nor wrong
NO_WORDS = ("không", "ko")
NOT_OURS = "Không thuộc đơn vị"
NOT_OURS_WORDS = ("khong thuoc", "khong thuoc don vi toi", "khong thuoc phong", "khong lien quan")

CONFIRMED = "đơn vị đã kiểm tra lại, xác nhận đúng"
"""Kept as the explanation of an odd figure that was confirmed without a reason."""

LONGEST_REASON = 500
"""Characters kept of the reason for an odd figure."""
LABEL_ROOM = 40
"""Most characters of an answer on a button."""
LONGEST_REVIEW = 1500
"""Characters of all lines of a review, so that it stays one message on every channel (Zalo: 2,000 characters)."""
UNTIL = "{until}"
SINCE = "{since}"


def whose(label: str, unit: str) -> str:
    """A label that says which unit it is for, where one message speaks of several."""
    return f"{label} ({unit})" if unit else label


# Beginning


def report_title(round_: Round) -> str:
    """Like "báo cáo 6 tháng năm 2026"."""
    return wording.of_year(round_.title, round_.year)


def report_of(round_: Round, unit: Unit) -> str:
    """Like "báo cáo 6 tháng năm 2026 của UBND Phường 5"."""
    return f"{report_title(round_)} của {unit.name}"


def opening(unit: Unit, round_: Round, plan: Plan, questions: QuestionSet, progress: Progress) -> str:
    """Before the first question."""
    return (
        f"{wording.capitalised(report_of(round_, unit))}, theo Kế hoạch {plan.number}:"
        f" {progress.total} câu, khoảng {questions.minutes} phút. Số liệu tính đến {wording.full_date(round_.until)}."
        " Mỗi câu trả lời được lưu ngay. Gõ “lùi” để sửa, “để sau” để dừng."
    )


def welcome_back(person: Person, unit: Unit, round_: Round, progress: Progress) -> str:
    """Before the question where they stopped."""
    return (
        f"{wording.capitalised(calling(person))}, {report_of(round_, unit)} đã trả lời"
        f" {progress.answered}/{progress.total} câu; số đã nhập vẫn được giữ."
        f" Số liệu tính đến {wording.full_date(round_.until)}."
    )


def which_report() -> str:
    """Several reports are open."""
    return "Anh/chị đang phụ trách nhiều báo cáo. Nhờ anh/chị chọn một."


def report_choice(unit: Unit, round_: Round, progress: Progress, sent: bool) -> str:
    """One of several reports, on a button."""
    state = "đã gửi" if sent else f"{progress.answered}/{progress.total} câu"
    return f"{unit.short}, {report_title(round_)}: {state}"


def none_open(coming: tuple[date, Round] | None) -> str:
    """No round takes answers now."""
    if coming is None:
        return "Hiện không có kỳ báo cáo nào đang mở."
    day, round_ = coming
    return (
        f"Hiện chưa có kỳ báo cáo nào đang mở. Kỳ tới là {wording.of_year(round_.title, round_.year)},"
        f" nhận số liệu từ {wording.dated_full(day)}."
    )


def see_all() -> str:
    """Somebody without a unit of their own asked how far theirs is."""
    return "Tình hình báo cáo của các đơn vị: gõ /tonghop."


def closed_since(round_: Round, office: Office) -> str:
    """The last round is closed; said below that none is open."""
    reach = f" ({office.contact})" if office.contact else ""
    return (
        f"{wording.capitalised(report_title(round_))} đã chốt; cần bổ sung hoặc sửa, nhờ anh/chị gọi"
        f" {office.coordinator}{reach}."
    )


def nothing_to_answer(coordinator: str) -> str:
    """The person answers for no unit."""
    return f"Tài khoản này không phụ trách trả lời số liệu cho đơn vị nào. Nếu chưa đúng, nhờ anh/chị liên hệ {coordinator}."


def closed(unit: Unit, round_: Round, office: Office) -> str:
    """Too late: the round is closed."""
    reach = f" ({office.contact})" if office.contact else ""
    return (
        f"{office.coordinator} đã chốt {report_of(round_, unit)} nên nội dung vừa rồi chưa được ghi nhận."
        f" Nếu cần bổ sung hoặc sửa, nhờ anh/chị gọi {office.coordinator}{reach}."
    )


def not_open_yet(round_: Round, day: date) -> str:
    """Too early."""
    return f"{wording.capitalised(wording.of_year(round_.title, round_.year))} nhận số liệu từ {wording.dated_full(day)}."


# Asking


def question(step: Step, progress: Progress, round_: Round, known: Answer | None, *, example: bool) -> str:
    """One question: its number, its words, an example unless one was just given, and what stands there already."""
    asked = step.question
    number = f"Câu {step.mark}" if step.letter else f"Câu {step.mark}/{progress.total}"
    lines = [f"{number}. {dated(asked.text, round_)}"]
    if example and (line := _example(asked)):
        lines.append(line)
    if known is not None:
        lines.append(f"Đang ghi: {figures.written(asked, known, 200)}.")
    return "\n".join(lines)


def hint_typed() -> str:
    """Under lettered choices, where the answer itself is typed."""
    return "Gõ thẳng câu trả lời, hoặc chữ cái đầu dòng."


def hint_review() -> str:
    """Under lettered choices where a typed number is the number of a question."""
    return "Chọn bằng chữ cái đầu dòng, ví dụ a; số là số câu."


def does_not_arise(asked: Question) -> str:
    """The choice that says there is nothing to report."""
    return asked.none_label or wording.capitalised(figures.DOES_NOT_ARISE)


def not_yet(asked: Question) -> str:
    """The choice that says the figure will come later."""
    return wording.capitalised(figures.unavailable(asked))


def recap(step: Step, given: Answer | Reading) -> str:
    """What was just recorded."""
    return f"✓ Câu {step.mark}. {step.question.label}: {figures.written(step.question, given, 200)}"


def skipped(step: Step) -> str:
    """An optional question was passed over."""
    return f"Đã bỏ qua câu {step.mark}."


def not_optional(step: Step) -> str:
    """Only optional questions can be passed over."""
    return f"Câu {step.mark} cần một câu trả lời; nếu chưa có, chọn “{not_yet(step.question)}” hoặc gõ “để sau”."


def first_question() -> str:
    """There is nothing to go back to."""
    return "Đây là câu đầu tiên."


def doubt(reading_sentence: str) -> str:
    """Why nothing was kept."""
    return f"{reading_sentence} {doubts.NOT_KEPT}"


def suggestion(asked: Question, reading: Reading) -> str:
    """A reading to choose, on a button."""
    return wording.capitalised(figures.written(asked, reading, LABEL_ROOM))


def odd(step: Step, given: Reading | Answer, why: Oddity, earlier: Answer | None, earlier_title: str) -> str:
    """A surprising figure was kept; is it right?"""
    asked = step.question
    match why:
        case Oddity.OUT_OF_RANGE:
            reason = f"Con số này nằm ngoài mức thường gặp ({_range(asked)})."
        case Oddity.X_ABOVE_Y:
            reason = f"Số {_part(asked.x_label, 'thứ nhất')} đang lớn hơn số {_part(asked.y_label, 'thứ hai')}."
        case Oddity.BELOW_EARLIER:
            assert earlier is not None
            reason = (
                f"{wording.capitalised(earlier_title)} đã ghi {figures.written(asked, earlier)};"
                " báo cáo này tính cả thời gian đó nên thường không nhỏ hơn."
            )
    return f"{recap(step, given)}\n\n{reason} Số này có đúng không? Nếu đúng, nhờ anh/chị ghi lý do ngắn."


def explained(step: Step, given: Answer) -> str:
    """The reason was kept."""
    return f"{recap(step, given)} (lý do: {figures.cut(given.explanation, 120)})"


def change_question(step: Step, known: Answer, meant: Reading) -> str:
    """An old button says something else than what stands there."""
    was, new = figures.written(step.question, known, 80), figures.written(step.question, meant, 80)
    return f"Đổi câu trả lời câu {step.mark} từ {was} thành {new}?"


def not_asked_any_more() -> str:
    """An old button of a question that is not asked as things stand."""
    return "Câu hỏi của nút vừa bấm không còn áp dụng nên không ghi thay đổi nào."


def no_such_question(mark: str, progress: Progress) -> str:
    """ "sửa câu 14" of ten."""
    return f"Không có câu {mark}. Báo cáo này có các câu từ 1 đến {progress.total}."


# Stopping and starting again


def paused(unit: Unit, round_: Round, progress: Progress) -> str:
    """They stopped half-way."""
    where = f"Lần sau làm tiếp từ câu {progress.next.mark}" if progress.next else "Còn bước xem lại và gửi"
    return (
        f"Đã dừng ở {progress.answered}/{progress.total} câu; số đã nhập vẫn được giữ. {where}: gõ “làm tiếp”."
        f"\n{_deadline(round_)}"
    )


def paused_after_sending(round_: Round, unsent: bool) -> str:
    """They stopped looking at a report that was sent."""
    if unsent:
        return (
            f"Các chỗ vừa sửa đã lưu nhưng chưa gửi; bản đã gửi của {round_.title} vẫn là bản được tổng hợp."
            " Gõ “sửa” để xem và gửi lại."
        )
    return f"{wording.capitalised(round_.title)} đã gửi vẫn giữ nguyên. Cần sửa, gõ “sửa”."


# Reviewing and sending


def review(unit: Unit, round_: Round, progress: Progress, sent: Progress | None, unsent: Sequence[Step]) -> str:
    """Everything on one screen."""
    title = f"{wording.capitalised(report_of(round_, unit))}: {progress.answered}/{progress.total} câu."
    room = max(40, LONGEST_REVIEW // max(1, len(progress.steps)))
    changed = {step.question.code for step in unsent}
    lines = [_line(step, progress, sent if step.question.code in changed else None, room) for step in progress.steps]
    notes = [f"{_steps(progress.missing)} chưa trả lời."] if progress.missing else []
    if sent is None:
        notes.append("Báo cáo chỉ được gửi khi anh/chị chọn Gửi. Cần sửa câu nào, gõ số câu đó, ví dụ “sửa câu 6”.")
    elif unsent:
        notes.append("Các chỗ sửa chưa gửi. Chọn Gửi lại để thay bản đã gửi.")
    else:
        notes.append("Đây là bản đã gửi. Cần sửa câu nào, gõ số câu đó, ví dụ “sửa câu 6”.")
    return "\n\n".join([title, "\n".join(lines), " ".join(notes)])


def edit_which() -> str:
    """Which question is to be corrected?"""
    return "Cần sửa câu nào? Gõ số câu, ví dụ 6, hoặc chọn bên dưới."


def edit_label(step: Step) -> str:
    """A question to be corrected, on a button."""
    return f"Câu {step.mark}. {figures.cut(step.question.label, LABEL_ROOM)}"


def pick_a_number() -> str:
    """Neither a number nor a word was understood at the review."""
    return "Nhờ anh/chị gõ số câu cần sửa (ví dụ 6), hoặc “gửi”, hoặc “để sau”."


def send_incomplete(progress: Progress) -> str:
    """Send although something is missing?"""
    return (
        f"{_steps(progress.missing)} chưa trả lời. Báo cáo vẫn gửi được, phần còn thiếu sẽ ghi là chưa trả lời và bổ sung sau"
        " trước khi chốt. Gửi luôn?"
    )


def received(
    person: Person, unit: Unit, round_: Round, progress: Progress, report: Report, office: Office, *, late: bool, on_paper: bool
) -> str:
    """A report came in, whole or in part, in time or not."""
    count = f"{progress.answered}/{progress.total} câu"
    last = (
        f"{_steps(progress.missing)} chưa có; cần bổ sung hoặc sửa trước khi chốt, gõ “sửa”."
        if progress.missing
        else "Cần sửa trước khi chốt, gõ “sửa”."
    )
    mark = (
        f" Báo cáo đến sau mốc {wording.deadline(round_.due, round_.inclusive)}; {office.coordinator} vẫn ghi nhận để tổng hợp."
        if late
        else ""
    )
    official = (
        " Văn bản đã gửi của đơn vị vẫn là báo cáo chính thức."
        if on_paper
        else " Báo cáo chính thức bằng văn bản vẫn gửi qua hệ thống quản lý văn bản."
    )
    return (
        f"Đã nhận {round_.title} của {unit.name} lúc {wording.said_at(office.local(report.at))} ({count}),"
        f" mã {code(unit, round_)}. Cảm ơn {calling(person)}.{mark}{official} {last}"
    )


def received_again(
    person: Person,
    unit: Unit,
    round_: Round,
    report: Report,
    before: Progress,
    now: Progress,
    changed: Sequence[Step],
    office: Office,
) -> str:
    """A corrected report came in: what is different now."""
    told = _changes_told(changed, before, now)
    return (
        f"Đã nhận bản sửa (bản thứ {report.revision}) của {round_.title} của {unit.name} lúc"
        f" {wording.said_at(office.local(report.at))}, mã {code(unit, round_)}. {told}\n"
        f"Bản trước vẫn được lưu. Cảm ơn {calling(person)}."
    )


def _changes_told(changed: Sequence[Step], before: Progress, now: Progress) -> str:
    return f"Thay đổi:\n{changes(changed, before, now)}" if changed else "Số liệu giữ nguyên."


def already_received(unit: Unit, round_: Round, report: Report, office: Office) -> str:
    """Sending twice the same."""
    return (
        f"{office.coordinator} đã nhận {round_.title} của {unit.name} lúc {wording.said_at(office.local(report.at))},"
        f" mã {code(unit, round_)}; không có gì thay đổi từ đó. Cần sửa, gõ “sửa”."
    )


def code(unit: Unit, round_: Round) -> str:
    """What a received report is referred to by: "P5-6T-2026"."""
    return f"{unit.code}-{round_.code}-{round_.year}"


# The unit's own standing


def standing(
    unit: Unit,
    round_: Round,
    progress: Progress,
    report: Report | None,
    unsent: Sequence[Step],
    snooze: tuple[str, date] | None,
    returned: Verdict | None,
    today: date,
    calendar: WorkCalendar,
    office: Office,
) -> str:
    """Where one unit's report stands."""
    lines = [f"{unit.name} – {wording.of_year(round_.title, round_.year)}"]
    left = "" if report else f", {wording.time_left(round_.last_day, today, calendar)}"
    lines.append(f"Hạn: {wording.deadline(round_.due, round_.inclusive)}{left}.")
    if report is None:
        state = f"Đang làm: {progress.answered}/{progress.total} câu." if progress.begun else "Chưa bắt đầu."
    elif report.via is Via.PAPER:
        number = f" (số {report.paper_number})" if report.paper_number else ""
        state = f"Đã báo gửi qua hệ thống văn bản{number}. Số liệu nhập tại đây: {progress.answered}/{progress.total} câu."
    else:
        state = (
            f"Đã gửi lúc {wording.said_at(office.local(report.at))} ({progress.answered}/{progress.total} câu),"
            f" mã {code(unit, round_)}."
        )
    lines.append(state)
    if returned is not None:
        asked = [step for step in progress.steps if step.question.code in returned.questions]
        what = f" ({_steps(asked).lower()})" if asked else ""
        lines.append(f"{office.coordinator} nhờ xem lại{what}: “{figures.cut(returned.reason, 300)}”")
    if progress.missing and (report is not None or progress.begun):
        lines.append(f"Còn thiếu: {_steps(progress.missing, most=6).lower()}.")
    elif not progress.missing and report is None:
        lines.append("Đã đủ câu trả lời, còn bước xem lại và gửi.")
    if unsent:
        lines.append(f"Có chỗ sửa chưa gửi lại: {_steps(unsent).lower()}.")
    if snooze is not None and report is None:
        kind, day = snooze
        said = "Đơn vị dự kiến gửi" if kind == "promise" else "Hẹn nhắc lại"
        lines.append(f"{said} {wording.dated(day)}.")
    return "\n".join(lines)


def _line(step: Step, progress: Progress, sent: Progress | None, room: int) -> str:
    """One question of the review; with `sent` it was changed since."""
    asked = step.question
    given = progress.answers.get(asked.code)
    if given is None:
        said = figures.SKIPPED if asked.optional else figures.UNANSWERED
    else:
        said = figures.written(asked, given, max(20, room - len(asked.label) - 8))
    was = sent.answers.get(asked.code) if sent is not None else None
    if sent is None:
        note = ""
    elif was is None:
        note = " (mới)"
    else:
        note = f" (đã sửa, trước: {figures.written(asked, was, 20)})"
    return f"{step.mark}. {asked.label}: {said}{note}"


def _change(step: Step, before: Progress, now: Progress) -> str:
    asked = step.question
    old, new = before.answers.get(asked.code), now.answers.get(asked.code)
    was = figures.written(asked, old, 50) if old is not None else figures.UNANSWERED
    says = figures.written(asked, new, 50) if new is not None else figures.UNANSWERED
    if was == says:
        return f"câu {step.mark}. {figures.cut(asked.label, 40)}: {says}, bổ sung lý do"
    return f"câu {step.mark}. {figures.cut(asked.label, 40)}: {was} → {says}"


def _steps(steps: Sequence[Step], most: int = 12) -> str:
    """Like "Câu 6, 9 và 10"."""
    return f"Câu {wording.listed((step.mark for step in steps), most, 'câu')}"


def _deadline(round_: Round) -> str:
    return f"Hạn: {wording.deadline(round_.due, round_.inclusive)}."


def dated(text: str, round_: Round) -> str:
    """A question's sentence with the days of its figures."""
    return text.replace(SINCE, wording.full_date(round_.since)).replace(UNTIL, wording.full_date(round_.until))


def _example(asked: Question) -> str:
    if asked.hint or asked.kind is Kind.CHOICE or "ví dụ" in asked.text:
        return asked.hint
    if asked.kind is Kind.FILE:
        return "Gửi một tệp hoặc ảnh tại đây."
    typed = doubts.example(asked)
    return f"Ví dụ: {typed}" if typed else ""


def _range(asked: Question) -> str:
    unit = "%" if asked.percent_ok or asked.kind is Kind.PERCENT else f" {asked.unit}" if asked.unit else ""
    if asked.kind is Kind.MONEY:
        unit = " đồng"
    if asked.low is None:
        return f"không quá {wording.decimal(asked.high or 0)}{unit}"
    if asked.high is None:
        return f"từ {wording.decimal(asked.low)}{unit} trở lên"
    return f"{wording.decimal(asked.low)}–{wording.decimal(asked.high)}{unit}"


def _part(label: str, otherwise: str) -> str:
    return label[:1].lower() + label[1:] if label else otherwise


# Returned for another look


def not_reopened(step: Step) -> str:
    """A question that was not among those to be looked at again."""
    return f"Câu {step.mark} đã được nhận, không thuộc phần cần xem lại nên giữ nguyên."


def look_again(round_: Round, unit: Unit, returned: Verdict, open_: Sequence[Step]) -> str:
    """Before the first question of a returned report."""
    asked = [step for step in open_ if step.question.code in returned.questions]
    what = f"{_steps(asked).lower()} của {report_of(round_, unit)}" if asked else report_of(round_, unit)
    return f"Xem lại {what}. Lý do: “{figures.cut(returned.reason, 300)}”"


def send_unchanged() -> str:
    """A returned report is sent again as it was?"""
    return "Chưa có câu nào được sửa. Gửi lại như cũ?"


def steps(found: Sequence[Step], most: int = 12) -> str:
    """Like "Câu 6, 9 và 10"."""
    return _steps(found, most)


def changes(found: Sequence[Step], before: Progress, now: Progress, most: int = 10) -> str:
    """What is different, a line a question."""
    told = [f"- {_change(step, before, now)}" for step in found[:most]]
    if len(found) > most:
        told.append(f"- và {len(found) - most} câu khác")
    return "\n".join(told)


def odd_report(check: Check, before: Round | None, early: Sequence[Step], round_: Round) -> str:
    """Something about the whole report is worth asking once, before it is sent. `early`: figures given too early."""
    match check:
        case Check.COPIED:
            assert before is not None
            reason = f"Mọi con số đang giống hệt {report_title(before)} của đơn vị."
        case Check.EMPTY:
            reason = "Báo cáo đã đủ câu trả lời nhưng chưa có con số nào lớn hơn 0."
        case Check.MIXED:
            which = wording.listed([step.mark for step in early], most=6, noun="câu")
            reason = (
                f"Số liệu câu {which} nhập khi kỳ số liệu chưa kết thúc ({wording.full_date(round_.until)}), các câu khác nhập"
                " sau đó, nên có thể chưa cùng một thời điểm."
            )
    return f"{reason} Có đúng vậy không? Nếu đúng, nhờ anh/chị ghi lý do ngắn, hoặc chọn bên dưới."


def reason_kept(reason: str, send: str) -> str:
    """Why the report is right although it looks odd; it was not sent yet. `send`: the choice that sends it."""
    return f"Đã ghi lý do: “{reason}”. Báo cáo chưa gửi; nếu không còn gì phải sửa, nhờ anh/chị chọn {send}."
