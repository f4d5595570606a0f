"""What is said when a unit asks to be reminded later, or says when it will send."""

from __future__ import annotations

from datetime import date

from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import wording
from bot.texts.address import calling


def which_day(unit: Unit, round_: Round, example: date) -> str:
    """When shall we remind again?"""
    return (
        f"{wording.capitalised(round_.title)} của {unit.short}, hạn {wording.deadline(round_.due, round_.inclusive)}."
        f" Nhắc lại ngày nào? Chọn bên dưới hoặc gõ ngày, ví dụ {wording.short_date(example)}."
    )


def when_will_it_come(unit: Unit, round_: Round, office: Office, example: date) -> str:
    """When will the late report come?"""
    return (
        f"Nhờ anh/chị cho biết ngày dự kiến gửi {round_.title} của {unit.short}"
        f" để {office.coordinator} chủ động tổng hợp. Chọn bên dưới hoặc gõ ngày, ví dụ {wording.short_date(example)}."
    )


def hint() -> str:
    """Under lettered days, where a date may be typed too."""
    return "Trả lời bằng chữ cái đầu dòng, hoặc gõ ngày."


def offer_days() -> str:
    """After stopping: a day may be chosen, but need not."""
    return "Nếu muốn, chọn ngày nhắc lại."


def day_label(day: date, today: date) -> str:
    """A day to choose: "Thứ Hai 27/4", "Ngày mai, thứ Ba 28/4"."""
    near = {0: "hôm nay, ", 1: "ngày mai, "}.get((day - today).days, "")
    return wording.capitalised(f"{near}{wording.dated(day)}")


def will_remind(person: Person, unit: Unit, round_: Round, day: date) -> str:
    """Agreed."""
    return (
        f"Đã ghi. {wording.capitalised(wording.dated(day))} sẽ nhắc lại {round_.title} của {unit.short};"
        f" trước ngày đó không nhắc. Cảm ơn {calling(person)}."
    )


def promised(person: Person, unit: Unit, round_: Round, day: date, office: Office) -> str:
    """The day is noted."""
    return (
        f"Đã ghi {unit.short} dự kiến gửi {round_.title} {wording.dated(day)}."
        f" {office.coordinator} sẽ không nhắc trước ngày đó. Cảm ơn {calling(person)}."
    )


def day_off(day: date, reason: str, other: date) -> str:
    """The office does not work that day."""
    return (
        f"{wording.capitalised(wording.dated_full(day))} là {wording.day_off(reason)}."
        f" Nhờ anh/chị chọn ngày làm việc, ví dụ {wording.dated(other)}."
    )


def day_past(day: date) -> str:
    """It is over, or today, when nothing more can be put off."""
    return f"{wording.capitalised(wording.dated_full(day))} không còn ở phía trước. Nhờ anh/chị chọn một ngày sau hôm nay."


def after_deadline(day: date, round_: Round) -> str:
    """Too late to be a reminder of the deadline."""
    return (
        f"{wording.capitalised(wording.dated_full(day))} đã qua hạn ({wording.deadline_aside(round_.due, round_.inclusive)})."
        " Nhờ anh/chị chọn một ngày trước hạn."
    )


def too_far(day: date) -> str:
    """Months from now."""
    return f"{wording.capitalised(wording.dated_full(day))} còn quá xa. Nhờ anh/chị chọn một ngày gần hơn."


def no_day_left(round_: Round) -> str:
    """Nothing can be put off any more."""
    return (
        f"Không còn ngày làm việc nào trước hạn ({wording.deadline_aside(round_.due, round_.inclusive)}) để nhắc lại."
        " Anh/chị có thể trả lời ngay tại đây, gõ “bắt đầu”."
    )


def sent_already(unit: Unit, round_: Round) -> str:
    """Nothing to remind of."""
    return f"{wording.capitalised(round_.title)} của {unit.short} đã gửi nên không nhắc nữa."
