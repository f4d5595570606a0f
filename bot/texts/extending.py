"""A later last day for one unit: which, why, and what the unit is told."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.extensions import Extension, Refusal
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import figures, wording
from bot.texts.address import calling, pronoun
from bot.texts.reporting import report_of, report_title

EXTEND = "Gia hạn"
SEND = "Gia hạn và báo đơn vị"
OTHER_REASON = "Viết lại lý do"
LONGEST = 300


def both_ways(day: date) -> str:
    """A last valid day the two ways people write it: "chậm nhất hết thứ Hai 11/5, tức trước ngày 12/5"."""
    return f"chậm nhất hết {wording.dated_full(day)}, tức trước ngày {wording.short_date(day + timedelta(days=1))}"


def which_day(unit: Unit, round_: Round) -> str:
    """Until when?"""
    now = wording.deadline(round_.due, round_.inclusive)
    return (
        f"Gia hạn {report_of(round_, unit)} (đang là {now}) đến hết ngày nào?"
        " Chọn, hoặc gõ ngày cuối cùng còn nhận, ví dụ 11/5."
    )


def why(unit: Unit, day: date) -> str:
    """For which reason?"""
    return f"{unit.short}: {both_ways(day)}. Nhờ anh/chị viết lý do ngắn; đơn vị sẽ đọc nguyên văn."


def no_words() -> str:
    """A file or nothing instead of a reason."""
    return "Nhờ anh/chị viết lý do bằng chữ."


def too_long() -> str:
    """The reason does not fit."""
    return f"Lý do dài quá {LONGEST} ký tự. Nhờ anh/chị viết ngắn lại."


def refused(day: date, why: Refusal, round_: Round, reason: str) -> str:
    """Why a day will not do. `reason`: why the office does not work then."""
    shown = wording.dated_full(day)
    match why:
        case Refusal.PAST:
            return f"{wording.capitalised(shown)} không còn ở phía trước. Nhờ anh/chị chọn ngày sau hôm nay."
        case Refusal.NOT_LATER:
            return f"Đơn vị đang có đến hết {wording.dated_full(round_.last_day)}. Nhờ anh/chị chọn ngày sau đó."
        case Refusal.DAY_OFF:
            return f"{wording.capitalised(shown)} là {wording.day_off(reason)}. Nhờ anh/chị chọn ngày làm việc."
        case Refusal.TOO_FAR:
            return f"{wording.capitalised(shown)} xa hơn một quý. Nhờ anh/chị kiểm tra lại."


def preview(unit: Unit, round_: Round, day: date, to: str, said: str) -> str:
    """What goes to whom."""
    told = f"Tin này gửi tới {to}" if to else f"{unit.short} chưa có đầu mối nhận tin; việc gia hạn vẫn được ghi"
    return f"Gia hạn {report_of(round_, unit)}: {both_ways(day)}. {told}:\n\n{said}\n\nGia hạn?"


def done(unit: Unit, round_: Round, day: date, to: str) -> str:
    """It was granted."""
    told = f" Đã báo {to}." if to else " Đơn vị chưa có đầu mối nhận tin, nhờ anh/chị báo bằng cách khác."
    return f"Đã gia hạn {report_of(round_, unit)}: {both_ways(day)}.{told} Lịch nhắc của đơn vị theo ngày mới."


def granted(person: Person, unit: Unit, round_: Round, day: date, reason: str, office: Office) -> str:
    """For the unit."""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} gia hạn {report_of(round_, unit)}:"
        f" {both_ways(day)}. Lý do: “{reason}”. Số liệu đã nhập vẫn được giữ; {pronoun(person)} sẽ được nhắc theo ngày mới."
    )


def sent_already(unit: Unit, round_: Round) -> str:
    """There is nothing to extend."""
    return f"{unit.short} đã gửi {report_title(round_)} nên không cần gia hạn."


def listed(unit: Unit, extension: Extension) -> str:
    """One extension in the summary."""
    return f"{figures.cut(unit.short, 30)} đến hết {wording.dated(extension.until)}"
