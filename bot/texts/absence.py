"""Being away: from when to when, who stands in; said as absence everywhere, never as silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.absences import Absence, Refusal
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.units import Unit
from bot.texts import figures, wording
from bot.texts.address import calling, full, pronoun

ABSENCE = "Vắng mặt"
NO_STAND_IN = "Chưa có người thay"
CONFIRM = "Ghi nhận"
BACK = "Đã có mặt lại"
CHANGE = "Đổi ngày"
STOP = "Thôi"
LABEL_ROOM = 40


def which_unit() -> str:
    """Whose absence is it?"""
    return "Ghi vắng mặt cho đầu mối của đơn vị nào? Gõ tên đơn vị, ví dụ: phường 5."


def unclear(said: str) -> str:
    """No single unit has this name."""
    return f"Chưa rõ đơn vị nào: “{figures.cut(said, 30)}”."


def nobody(unit: Unit) -> str:
    """There is nobody to be away."""
    return f"{unit.short} chưa có đầu mối đã xác nhận."


def from_when(person: Person, units: str) -> str:
    """From when?"""
    return (
        f"Vắng mặt của {full(person)} ({units}): từ ngày nào? Chọn, hoặc gõ ngày, ví dụ 04/5;"
        " có thể gõ cả hai ngày: 04/5 đến 08/5."
    )


def until_when(from_: date) -> str:
    """Until when?"""
    return f"Từ {wording.dated_full(from_)} đến hết ngày nào?"


def refused(why: Refusal) -> str:
    """Why these days will not do."""
    match why:
        case Refusal.OVER:
            return "Những ngày này đã qua."
        case Refusal.BACKWARDS:
            return "Ngày cuối đang trước ngày đầu."
        case Refusal.TOO_LONG:
            return "Vắng quá sáu tháng, nhờ anh/chị chuyển đầu mối (gõ /doi)."


def who_stands_in(person: Person, from_: date, until: date) -> str:
    """Who is reminded meanwhile?"""
    return f"{_start(person)} vắng mặt {days(from_, until)}. Ai nhận tin thay trong thời gian này?"


def nobody_to_stand_in(person: Person, from_: date, until: date) -> str:
    """The unit has no deputy."""
    return (
        f"{_start(person)} vắng mặt {days(from_, until)}. Đơn vị chưa có đầu mối dự phòng nên chưa có ai nhận tin thay."
        " Ghi nhận vắng mặt?"
    )


def confirm(person: Person, from_: date, until: date, stand_in: Person | None) -> str:
    """Once more."""
    rest = f"{full(stand_in)} nhận tin thay" if stand_in else "chưa có người nhận tin thay"
    return f"{_start(person)} vắng mặt {days(from_, until)}; {rest}. Ghi nhận?"


def noted(person: Person, from_: date, until: date, stand_in: Person | None) -> str:
    """It is kept."""
    rest = (
        f"Tin nhắc trong thời gian này gửi {full(stand_in)}."
        if stand_in
        else "Trong thời gian này chưa có ai nhận tin thay; đầu mối dự phòng, nếu có, sẽ nhận."
    )
    return f"Đã ghi nhận {full(person)} vắng mặt {days(from_, until)}. {rest} Có mặt sớm hơn, gõ /vangmat."


def known(person: Person, absence: Absence, stand_in: Person | None) -> str:
    """What stands there already."""
    rest = f", {full(stand_in)} nhận tin thay" if stand_in else ", chưa có người nhận tin thay"
    return f"{_start(person)} đang ghi vắng mặt {days(absence.from_, absence.until)}{rest}."


def ended(person: Person) -> str:
    """They are back."""
    return f"Đã ghi nhận {full(person)} có mặt. Tin nhắc lại gửi {full(person)} như trước."


def stopped() -> str:
    """They changed their mind."""
    return "Đã dừng; chưa có gì thay đổi."


def gone() -> str:
    """It ended meanwhile."""
    return "Lần vắng mặt này đã kết thúc hoặc đã được ghi lại."


def for_stand_in(person: Person, away: Person, units: Sequence[Unit], from_: date, until: date, office: Office) -> str:
    """For who stands in."""
    of = wording.listed([unit.name for unit in units])
    return (
        f"{wording.capitalised(calling(person))}, {full(away)} vắng mặt {days(from_, until)}; trong thời gian này"
        f" {pronoun(person)} nhận tin nhắc và trả lời thay cho {of}. Nếu chưa đúng, nhờ {pronoun(person)} báo"
        f" {office.coordinator}."
    )


def for_coordinators(away: Person, units: Sequence[Unit], from_: date, until: date, stand_in: Person | None) -> str:
    """For the coordinators, when somebody said it themselves."""
    of = wording.listed([unit.short for unit in units])
    rest = f"{full(stand_in)} nhận tin thay" if stand_in else "chưa có người nhận tin thay"
    return f"{_start(away)} ({of}) báo vắng mặt {days(from_, until)}; {rest}."


def for_away(person: Person, from_: date, until: date, office: Office) -> str:
    """For who is away, when the coordinators noted it."""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} ghi nhận {pronoun(person)} vắng mặt"
        f" {days(from_, until)}; tin nhắc trong thời gian này không gửi {pronoun(person)}. Có mặt sớm hơn, gõ /vangmat."
    )


def listed(unit: Unit, person: Person, absence: Absence, stand_in: bool) -> str:
    """One absence in the summary."""
    rest = ", có người thay" if stand_in else ""
    return f"{figures.cut(unit.short, 30)} ({figures.cut(full(person), 30)}, đến hết {wording.dated(absence.until)}{rest})"


def days(from_: date, until: date) -> str:
    """Like "thứ Hai 04/5/2026", "từ thứ Hai 04/5 đến hết thứ Sáu 08/5/2026"."""
    if from_ == until:
        return wording.dated_full(from_)
    start = wording.dated(from_) if from_.year == until.year else wording.dated_full(from_)
    return f"từ {start} đến hết {wording.dated_full(until)}"


def _start(person: Person) -> str:
    return wording.capitalised(full(person))
