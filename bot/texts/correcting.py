"""Returning a report with a reason, accepting it, and what changed when it comes back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.progress import Progress, Step
from bot.domain.reports import Report
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.domain.verdicts import Stage, Verdict
from bot.texts import figures, wording
from bot.texts.address import calling, full, pronoun
from bot.texts.reporting import changes, report_of, report_title, steps

# What the choices are called.
RETURN = "Trả lại"
ACCEPT = "Chấp nhận"
ALL_OF_IT = "Cả báo cáo"
ON = "Tiếp tục"
SEND = "Gửi trả lại"
REWRITE = "Viết lại lý do"
STOP = "Thôi"
SURE_ACCEPT = "Chấp nhận và báo đơn vị"
LOOK = "Xem và bổ sung"
ANSWERS = "Xem câu trả lời"
STOP_WORDS = ("hủy", "không", "dừng")

LONGEST = 500
"""Characters of a reason: with the rest it stays one message."""
LABEL_ROOM = 34

_STAGES = {
    Stage.SENT: "",
    Stage.RETURNED: "đã trả lại, chờ gửi lại",
    Stage.RESENT: "đã gửi lại, chờ xem",
    Stage.ACCEPTED: "đã chấp nhận",
}


def stage(known: Stage | None) -> str:
    """Where a sent report stands, as the middle of a sentence; "" when there is nothing to say."""
    return _STAGES[known] if known is not None else ""


# Choosing


def which(unit: Unit, round_: Round, picked: Sequence[Step]) -> str:
    """Which questions is the unit to look at again?"""
    chosen = f" Đang chọn: {steps(picked).lower()}." if picked else ""
    return (
        f"Trả lại {report_of(round_, unit)} để xem lại câu nào? Chọn từng câu rồi Tiếp tục, hoặc gõ số câu, ví dụ 2, 5.{chosen}"
    )


def step_label(step: Step, picked: bool) -> str:
    """A question on a button."""
    return f"{'✓ ' if picked else ''}Câu {step.mark}. {figures.cut(step.question.label, LABEL_ROOM)}"


def no_such(marks: Sequence[str], progress: Progress) -> str:
    """Numbers no question has."""
    return f"Không có câu {wording.listed(marks)}. Báo cáo này có các câu từ 1 đến {progress.total}."


def pick_first() -> str:
    """Nothing is chosen yet."""
    return "Chưa chọn câu nào."


def why(unit: Unit, picked: Sequence[Step], everything: bool) -> str:
    """For which reason?"""
    what = "cả báo cáo" if everything else steps(picked).lower()
    return f"{unit.short}: trả lại {what}. Nhờ anh/chị viết lý do ngắn; đơn vị sẽ đọc nguyên văn."


def too_long() -> str:
    """The reason does not fit."""
    return f"Lý do dài quá {LONGEST} ký tự. Nhờ anh/chị viết ngắn lại."


def no_words() -> str:
    """A file or nothing was sent instead of a reason."""
    return "Nhờ anh/chị viết lý do bằng chữ."


def preview(unit: Unit, round_: Round, to: str, said: str) -> str:
    """What goes to whom."""
    told = f"Tin này gửi tới {to}" if to else f"{unit.short} chưa có đầu mối nhận tin; việc trả lại vẫn được ghi"
    return f"{wording.capitalised(report_of(round_, unit))}. {told}:\n\n{said}\n\nGửi trả lại?"


def done(unit: Unit, round_: Round, to: str) -> str:
    """It was returned."""
    told = f" Đã báo {to}." if to else " Đơn vị chưa có đầu mối nhận tin, nhờ anh/chị báo bằng cách khác."
    return f"Đã trả lại {report_of(round_, unit)}.{told} Khi đơn vị gửi lại sẽ có tin tại đây."


def stopped() -> str:
    """They changed their mind."""
    return "Đã dừng; chưa có gì thay đổi."


def nothing_to_send() -> str:
    """An old button."""
    return "Không có nội dung nào đang chờ gửi. Nhờ anh/chị bắt đầu lại từ báo cáo của đơn vị."


def moved_on(unit: Unit) -> str:
    """The report is not the one they looked at any more."""
    return f"{unit.short} vừa có bản gửi mới nên chưa ghi gì. Nhờ anh/chị xem lại bản mới."


def round_closed(round_: Round) -> str:
    """Nothing can be changed in a closed round."""
    return f"{wording.capitalised(report_title(round_))} đã chốt. Cần sửa, nhờ anh/chị mở lại kỳ bằng lệnh /chot."


def not_sent(unit: Unit) -> str:
    """There is nothing to return."""
    return f"{unit.short} chưa gửi số liệu tại đây nên chưa có gì để trả lại."


# Accepting


def ask_accept(unit: Unit, round_: Round, to: str) -> str:
    """The unit waits for it, so it is told."""
    return f"Chấp nhận {report_of(round_, unit)}? {wording.capitalised(to)} sẽ nhận được tin báo."


def accepted(unit: Unit, round_: Round, to: str) -> str:
    """It was accepted."""
    told = f" Đã báo {to}." if to else ""
    return f"Đã chấp nhận {report_of(round_, unit)}.{told}"


def accepted_already(unit: Unit) -> str:
    """Twice."""
    return f"Báo cáo của {unit.short} đã được chấp nhận."


# For the unit


def returned(person: Person, unit: Unit, round_: Round, picked: Sequence[Step], reason: str, office: Office) -> str:
    """The report comes back, with the reason word for word."""
    what = f"{steps(picked).lower()} của {report_of(round_, unit)}" if picked else report_of(round_, unit)
    rest = " Các câu khác giữ nguyên." if picked else ""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} đã nhận báo cáo và nhờ {pronoun(person)} xem lại"
        f" {what}: “{reason}”.{rest} Nếu số liệu đã đúng, {pronoun(person)} có thể gửi lại như cũ."
    )


def accepted_for_unit(person: Person, unit: Unit, round_: Round, office: Office) -> str:
    """What they sent again is accepted."""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} đã xem và chấp nhận {report_of(round_, unit)}."
        f" Cảm ơn {calling(person)}."
    )


# When it comes back


def resent(
    person: Person, unit: Unit, round_: Round, report: Report, before: Progress, now: Progress, changed: Sequence[Step]
) -> str:
    """For the coordinators: what is different now."""
    told = changes(changed, before, now) or "- đơn vị giữ nguyên số liệu"
    return f"{unit.name} gửi lại {report_title(round_)} (bản thứ {report.revision}, {full(person)}). Thay đổi:\n{told}"


def verdict(said: Verdict, asked: Sequence[Step], by: Person | None, office: Office) -> str:
    """A return in the history of a report."""
    what = steps(asked).lower() if asked else "cả báo cáo"
    who = f", {full(by)}" if by else ""
    return f"Trả lại lúc {wording.said_at(office.local(said.at))}{who} ({what}): “{said.reason}”"
