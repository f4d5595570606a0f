"""Telling somebody above the officer about an overdue report: proposed to the coordinators, worded for who reads it.

Source of the wording for a unit's leader: the tone guide, sample 12.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from bot.domain.absences import Absence
from bot.domain.office import Office
from bot.domain.people import Person, Role
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import address, figures, wording
from bot.texts.reporting import report_title
from bot.texts.summary import title

APPROVE = "Duyệt gửi"
LABEL_ROOM = 40


def none_late(plan: Plan, round_: Round, days: int) -> str:
    """Nobody is so late."""
    return f"{title(plan, round_)}: không có đơn vị nào quá hạn từ {wording.working_days_count(days)}."


def head(plan: Plan, round_: Round, days: int, many: int) -> str:
    """Head of the list."""
    return (
        f"{title(plan, round_)}: {many} đơn vị quá hạn từ {wording.working_days_count(days)}."
        " Mỗi bước chỉ gửi khi anh/chị duyệt, gửi riêng từng người."
    )


def line(unit: Unit, late: int, told: Mapping[Role, date], step: Role | None, to: Person | None, today: date) -> str:
    """One unit: how late, whom it was told to, who is next."""
    past = [f"{address.title(role)} {wording.relative_day(day, today)}" for role, day in told.items()]
    so_far = f"; đã nhắn {wording.listed(past)}" if past else ""
    if step is None or to is None:
        none_left = "không còn bước nào" if told else "chưa có người nhận tin"
        following = "hôm nay đã nhắn" if today in told.values() else none_left
    else:
        following = f"bước tiếp: {address.title(step)} {address.full(to)}"
    return f"{unit.short}: quá hạn {wording.working_days_count(late)}{so_far}; {following}."


def away(unit: Unit, person: Person, absence: Absence) -> str:
    """Absence is not silence: nobody is told, a stand-in is wanted."""
    return (
        f"{unit.short}: {address.full(person)} vắng mặt đến hết {wording.dated(absence.until)}, chưa có người thay;"
        " không tính là chưa trả lời."
    )


def step_label(unit: Unit, step: Role) -> str:
    """A proposed step on a button."""
    return figures.cut(f"{unit.short}: {address.title(step)}", LABEL_ROOM)


def preview(unit: Unit, step: Role, to: Person, said: str) -> str:
    """What goes to whom."""
    return f"Tin gửi riêng {address.full(to)} ({address.seat(step, unit.name)}):\n\n{said}\n\nDuyệt gửi?"


def moved_on(unit: Unit) -> str:
    """Something happened since it was proposed."""
    return f"Tình hình của {unit.short} vừa thay đổi nên chưa gửi gì. Gõ /leothang để xem lại."


def sent(unit: Unit, step: Role, to: Person, leaves: str) -> str:
    """It is on its way. `leaves`: when, if not now."""
    when = f" Tin sẽ đi lúc {leaves}." if leaves else ""
    return f"Đã duyệt gửi {address.full(to)} ({address.seat(step, unit.name)}).{when} Việc này được ghi vào sổ đôn đốc."


def to_deputy(person: Person, unit: Unit, plan: Plan, round_: Round, since: date, by: date, at: time, office: Office) -> str:
    """For the deputy."""
    return (
        f"Kính gửi {address.respectful(person)}, {address.seat(Role.DEPUTY, unit.name)}."
        f" {_not_received(plan, round_, since, office)}"
        f" Nhờ {address.pronoun(person)} phối hợp gửi {_before(by, at)}. Có thể tin này và báo cáo của đơn vị đến lệch nhau;"
        f" nếu vậy mong {address.pronoun(person)} bỏ qua. Nếu có khó khăn, xin cho biết để Phòng phối hợp. Trân trọng."
    )


def to_leader(person: Person, unit: Unit, plan: Plan, round_: Round, since: date, by: date, at: time, office: Office) -> str:
    """For the unit's leader."""
    return (
        f"Kính gửi {address.formal(person, address.title(Role.LEADER), unit.name)}."
        f" {_not_received(plan, round_, since, office)} Kính đề nghị đồng chí quan tâm chỉ đạo bộ phận phụ trách gửi"
        f" {_before(by, at)} để Phòng kịp tổng hợp báo cáo {office.name}. Nếu đơn vị có khó khăn, xin cho biết"
        " để Phòng phối hợp. Trân trọng."
    )


def _not_received(plan: Plan, round_: Round, since: date, office: Office) -> str:
    return (
        f"Đến hết {wording.dated_full(since)}, {office.coordinator} chưa nhận được {report_title(round_)} thực hiện"
        f" Kế hoạch {plan.number} của đơn vị (hạn: {wording.deadline_aside(round_.due, round_.inclusive)})."
    )


def _before(by: date, at: time) -> str:
    return f"trước {at.hour} giờ {wording.dated(by)}"
