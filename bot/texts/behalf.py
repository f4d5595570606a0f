"""A coordinator types a unit's paper report through the unit's own questions."""

from __future__ import annotations

from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.progress import Progress
from bot.domain.reports import Report
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import wording
from bot.texts.address import calling, pronoun
from bot.texts.reporting import code, report_of, steps

ON_BEHALF = "Nhập thay"
NO_NUMBER = "Chưa rõ số"
NO_DAY = "Chưa rõ ngày"
MARK = "thay mặt"
"""Beside the name of who typed an answer for a unit."""
LONGEST_NUMBER = 60


def number(unit: Unit, round_: Round) -> str:
    """Which document?"""
    return f"Nhập thay {report_of(round_, unit)} theo văn bản giấy. Số, ký hiệu văn bản là gì? Ví dụ 45/BC-UBND."


def not_a_number() -> str:
    """No digit in it, or too long."""
    return "Số văn bản cần có chữ số và không quá 60 ký tự, ví dụ 45/BC-UBND."


def day() -> str:
    """Of which day?"""
    return "Văn bản đề ngày nào?"


def day_ahead() -> str:
    """Not yet."""
    return "Ngày của văn bản không thể ở phía trước."


def begin(unit: Unit, round_: Round, number: str) -> str:
    """Above the first question."""
    by = f" theo văn bản {number}" if number else ""
    return (
        f"Nhập thay {report_of(round_, unit)}{by}. Mỗi câu trả lời được ghi là anh/chị nhập thay mặt đơn vị."
        " Chỉ khi chọn Gửi thì báo cáo mới được ghi nhận."
    )


def sent_in_chat(unit: Unit) -> str:
    """The unit's own sending is not overwritten."""
    return f"{unit.short} đã tự gửi số liệu tại đây. Cần sửa, nhờ anh/chị dùng Trả lại."


def recorded(unit: Unit, round_: Round, report: Report, progress: Progress, to: str) -> str:
    """For who typed it."""
    number = f" số {report.paper_number}" if report.paper_number else ""
    on = f" ngày {wording.full_date(report.paper_on)}" if report.paper_on else ""
    missing = f" {steps(progress.missing)} chưa có số." if progress.missing else ""
    told = f" Đã báo {to}." if to else ""
    return (
        f"Đã ghi nhận văn bản{number}{on} là {report_of(round_, unit)}, nhập thay {progress.answered}/{progress.total} câu,"
        f" mã {code(unit, round_)}.{missing}{told}"
    )


def for_unit(person: Person, unit: Unit, round_: Round, report: Report, office: Office) -> str:
    """For the unit: somebody typed their figures, they may look."""
    number = f" số {report.paper_number}" if report.paper_number else ""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} đã nhận văn bản{number} và nhập thay số liệu"
        f" {report_of(round_, unit)}. Nhờ {pronoun(person)} xem lại; cần sửa câu nào, {pronoun(person)} sửa ngay tại đây."
    )
