"""Who sees to a difficulty: giving it to a colleague, asking another department, merging what says the same."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.difficulties import Difficulty
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.units import Unit
from bot.texts import figures, wording
from bot.texts.address import calling, comrade, full

ASSIGN = "Giao"
FORWARD = "Hỏi đơn vị khác"
MERGE = "Gộp"
SURE_ASSIGN = "Giao và báo đơn vị"
SURE_FORWARD = "Chuyển và báo đơn vị"
SURE_MERGE = "Gộp và báo đơn vị"
NO_NOTE = "Không ghi thêm"
ADVISE = "Ghi ý kiến"
LONGEST_NOTE = 500
LABEL_ROOM = 40
QUOTED = 300


def gone(difficulty: Difficulty) -> str:
    """It was answered, merged or closed meanwhile."""
    return f"Phản ánh {difficulty.code} không còn chờ trả lời. Gõ “khó khăn” để xem danh sách."


def stopped() -> str:
    """Nothing was done."""
    return "Đã dừng, chưa có gì thay đổi."


def no_one_open() -> str:
    """The button of something that is over."""
    return "Không có việc nào đang chờ xác nhận. Gõ “khó khăn” để xem danh sách."


# Giving it to a colleague


def whom(difficulty: Difficulty) -> str:
    """Who sees to it?"""
    return f"Giao phản ánh {difficulty.code} cho ai xem, trả lời?"


def preview_assign(difficulty: Difficulty, unit: Unit, to: Person) -> str:
    """Before it is given to somebody."""
    return f"Giao {difficulty.code} ({unit.short}) cho {comrade(to)}? {unit.short} được báo ai đang xem phản ánh."


def assigned(difficulty: Difficulty, to: Person) -> str:
    """Done."""
    return f"Đã giao {difficulty.code} cho {comrade(to)} và báo đơn vị."


def for_assignee(person: Person, difficulty: Difficulty, unit: Unit, by: Person) -> str:
    """For who sees to it now."""
    return (
        f"{wording.capitalised(calling(person))}, {comrade(by)} giao {calling(person)} xem phản ánh {difficulty.code}"
        f" của {unit.name}:\n“{figures.cut(difficulty.text, QUOTED)}”"
    )


def assigned_for_unit(person: Person, difficulty: Difficulty, to: Person, office: Office) -> str:
    """For the unit."""
    return (
        f"{wording.capitalised(calling(person))}, phản ánh {difficulty.code} đã được phân công {comrade(to)}"
        f" ({office.coordinator}) xem. Có trả lời sẽ có tin tại đây."
    )


# Asking another department


def which_department(difficulty: Difficulty) -> str:
    """Whom to ask?"""
    return f"Hỏi ý kiến đơn vị nào về {difficulty.code}? Chọn hoặc gõ tên đơn vị, ví dụ: Phòng Tư pháp."


def no_such_department(text: str) -> str:
    """No unit is called so, or it is the one that raised it."""
    return f"Chưa rõ “{figures.cut(text, 30)}” là đơn vị nào, hoặc đơn vị này không hỏi được."


def ask_note(difficulty: Difficulty, to: Unit) -> str:
    """Something to add?"""
    return f"Ghi thêm gì cho {to.name} về {difficulty.code}? Gõ trong một tin, hoặc chọn “{NO_NOTE}”."


def long_note() -> str:
    """Too long."""
    return f"Nội dung dài quá {LONGEST_NOTE} ký tự. Nhờ anh/chị rút gọn."


def preview_forward(difficulty: Difficulty, unit: Unit, to: Unit, receivers: Sequence[str], note: str) -> str:
    """Before it is forwarded."""
    heard = wording.listed(receivers) if receivers else "chưa có ai nhận tin trên kênh này, nhờ anh/chị báo bằng cách khác"
    said = f"\nGhi thêm: “{note}”" if note else ""
    return (
        f"Chuyển {difficulty.code} ({unit.short}) hỏi ý kiến {to.name}, gửi tới: {heard}."
        f"\n“{figures.cut(difficulty.text, QUOTED)}”{said}\n{unit.short} được báo. Chuyển?"
    )


def forwarded(difficulty: Difficulty, to: Unit, receivers: Sequence[str]) -> str:
    """Done."""
    reach = f" tới {wording.listed(receivers)}" if receivers else "; chưa gửi được tới ai, nhờ anh/chị báo bằng điện thoại"
    return f"Đã chuyển {difficulty.code} hỏi ý kiến {to.name}{reach}."


def for_department(person: Person, difficulty: Difficulty, unit: Unit, note: str, office: Office) -> str:
    """For the department that is asked."""
    said = f"\nGhi chú: “{note}”" if note else ""
    return (
        f"Kính gửi {calling(person)}. {office.coordinator} chuyển phản ánh {difficulty.code} của {unit.name},"
        f" nhờ đơn vị cho ý kiến trong phạm vi phụ trách:\n“{difficulty.text}”{said}\n"
        f"{office.coordinator} tổng hợp và trả lời {unit.short}."
    )


def forwarded_for_unit(person: Person, difficulty: Difficulty, to: Unit, office: Office) -> str:
    """For the unit."""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} đã chuyển phản ánh {difficulty.code} hỏi ý kiến"
        f" {to.name}. Có trả lời sẽ có tin tại đây."
    )


def ask_advice(difficulty: Difficulty) -> str:
    """What does the department think?"""
    return f"Nhờ anh/chị ghi ý kiến của đơn vị về {difficulty.code} trong một tin."


def advised(difficulty: Difficulty, office: Office) -> str:
    """It was passed on."""
    return f"Đã chuyển ý kiến về {difficulty.code} tới {office.coordinator}. Cảm ơn anh/chị."


def advice(difficulty: Difficulty, unit: Unit, of: Unit, by: Person, text: str) -> str:
    """For the coordinators."""
    return f"Ý kiến của {of.name} ({full(by)}) về {difficulty.code} của {unit.short}:\n“{text}”"


def advised_for_unit(person: Person, difficulty: Difficulty, of: Unit, office: Office) -> str:
    """For the unit: that there is an opinion, not which."""
    return (
        f"{wording.capitalised(calling(person))}, {of.name} đã có ý kiến về phản ánh {difficulty.code};"
        f" {office.coordinator} sẽ xem và trả lời."
    )


# Merging


def into_which(difficulty: Difficulty, others: int) -> str:
    """Which one says the same?"""
    if not others:
        return f"Không có phản ánh nào khác đang chờ trả lời để gộp {difficulty.code} vào."
    return (
        f"Gộp {difficulty.code} vào phản ánh nào? Chọn hoặc gõ mã, ví dụ KK-0001. Trả lời phản ánh đó sẽ gửi tới cả hai đơn vị."
    )


def other_label(difficulty: Difficulty, unit: Unit) -> str:
    """Another one on a button."""
    return figures.cut(f"{difficulty.code} {unit.short}: {difficulty.text}", LABEL_ROOM)


def no_such_other(text: str) -> str:
    """No open difficulty has this code, or it is this one."""
    return f"“{figures.cut(text, 30)}” không phải mã một phản ánh khác đang chờ trả lời."


def preview_merge(difficulty: Difficulty, unit: Unit, into: Difficulty, other: Unit) -> str:
    """Before they become one."""
    return (
        f"Gộp {difficulty.code} ({unit.short}): “{figures.cut(difficulty.text, QUOTED)}”\n"
        f"vào {into.code} ({other.short}): “{figures.cut(into.text, QUOTED)}”\n"
        f"{unit.short} được báo; trả lời {into.code} cũng gửi tới {unit.short}. Gộp?"
    )


def merged(difficulty: Difficulty, into: Difficulty) -> str:
    """Done."""
    return f"Đã gộp {difficulty.code} vào {into.code} và báo đơn vị."


def merged_for_unit(person: Person, difficulty: Difficulty, office: Office) -> str:
    """For the unit; whose the other one is, is not said."""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} đã gộp phản ánh {difficulty.code} với phản ánh khác"
        " cùng nội dung để trả lời chung. Có trả lời sẽ có tin tại đây; nếu nội dung khác, chọn “Cần trao đổi thêm”."
    )
