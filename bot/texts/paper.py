"""What is said when a unit tells us that its report went through the document system."""

from __future__ import annotations

from datetime import date

from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.progress import Progress
from bot.domain.reports import Report
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import wording
from bot.texts.address import calling

SKIP = "Bỏ qua"
NOT_SENT = "Chưa gửi, bấm nhầm"
TODAY = "Hôm nay"
YESTERDAY = "Hôm qua"
FILL_IN = "Nhập số liệu"
# Other ways to type them, folded.
DO_NOT_KNOW = ("khong", "khong nho", "khong biet", "khong ro", "chua co so")
NOT_SENT_WORDS = ("chưa", "chưa gửi", "bấm nhầm", "nhầm", "thôi")
LONGEST_NUMBER = 60


def number(unit: Unit, round_: Round) -> str:
    """Which document was it?"""
    return (
        f"{wording.capitalised(round_.title)} của {unit.name} đã gửi qua hệ thống quản lý văn bản."
        " Nhờ anh/chị cho biết số, ký hiệu văn bản để đối chiếu, ví dụ 45/BC-UBND."
    )


def number_too_long() -> str:
    """That is no document number."""
    return "Nhờ anh/chị chỉ ghi số, ký hiệu văn bản, ví dụ 45/BC-UBND."


def day() -> str:
    """When was it issued?"""
    return "Văn bản ghi ngày nào? Ví dụ 26/4/2026."


def day_ahead(on: date) -> str:
    """A document of tomorrow."""
    return f"{wording.capitalised(wording.dated_full(on))} chưa tới. Nhờ anh/chị xem lại ngày văn bản."


def noted(person: Person, unit: Unit, round_: Round, report: Report, progress: Progress, office: Office) -> str:
    """It is noted, reminders stop; the figures are welcome all the same."""
    which = f" số {report.paper_number}" if report.paper_number else ""
    dated = f" {_of_day(report.paper_on)}" if report.paper_on else ""
    figures = (
        ""
        if progress.missing == ()
        else f" Để {office.coordinator} tổng hợp nhanh, anh/chị có thể trả lời thêm {_questions(progress)} tại đây."
    )
    return (
        f"Đã ghi nhận {unit.name} gửi {round_.title} bằng văn bản{which}{dated}; kỳ này không nhắc thêm nữa."
        f" Cảm ơn {calling(person)}.{figures}"
    )


def _questions(progress: Progress) -> str:
    """Like "10 câu ngắn", "3 câu còn lại"."""
    left = progress.total - progress.answered
    return f"{left} câu còn lại" if progress.answered else f"{left} câu ngắn"


def never_mind() -> str:
    """It was tapped by mistake."""
    return "Đã hiểu, chưa ghi nhận gì. Khi gửi xong, anh/chị gõ “đã gửi”."


def _of_day(on: date) -> str:
    return f"ngày {wording.full_date(on)}"
