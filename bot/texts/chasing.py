"""Reminding now: whom, what exactly they will read, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.chasing import Group, Skip
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import figures, wording
from bot.texts.address import calling, pronoun
from bot.texts.reporting import report_of, report_title
from bot.texts.summary import title

CHASE = "Nhắc đơn vị"
NUDGE_NOW = "Nhắc ngay"
CHOOSE = "Chọn đơn vị"
ON = "Tiếp tục"
LEDGER = "Sổ đôn đốc"

_GROUPS = {Group.NOT_BEGUN: "Chưa bắt đầu", Group.HALF_WAY: "Đang làm dở", Group.RETURNED: "Chờ gửi lại"}
_SKIPS = {
    Skip.ASKED: "đã nhắc trong buổi này",
    Skip.PROMISED: "đã hẹn ngày gửi hoặc nhắc lại",
    Skip.NOBODY: "chưa có đầu mối nhận tin",
    Skip.ABSENT: "đầu mối vắng mặt, chưa có người thay",
    Skip.SENT: "đã gửi báo cáo",
}
NAMES = 12
"""Names told before the rest are only counted."""
LABEL_ROOM = 34


def no_round() -> str:
    """Nothing is being asked of anybody."""
    return "Hiện không có kỳ báo cáo nào đang mở để nhắc."


def whom(plan: Plan, round_: Round) -> str:
    """Whom to remind?"""
    return f"{title(plan, round_)}. Nhắc đơn vị nào?"


def nobody_owes(round_: Round) -> str:
    """Everybody sent."""
    return f"Các đơn vị đều đã gửi {report_title(round_)}; không còn đơn vị nào cần nhắc."


def group_label(group: Group, many: int) -> str:
    """A group on a button."""
    return f"{_GROUPS[group]} ({many})"


def which_units(picked: Sequence[Unit]) -> str:
    """Which units?"""
    chosen = f" Đang chọn: {names(picked)}." if picked else ""
    return f"Nhắc đơn vị nào? Chọn rồi Tiếp tục, hoặc gõ tên, ví dụ: phường 5, phường 6, tư pháp.{chosen}"


def unit_label(unit: Unit, picked: bool) -> str:
    """A unit on a button."""
    return f"{'✓ ' if picked else ''}{figures.cut(unit.short, LABEL_ROOM)}"


def unclear(said: Sequence[str]) -> str:
    """Names no single unit has."""
    return f"Chưa rõ đơn vị nào: {wording.listed([f'“{figures.cut(one, 30)}”' for one in said], 5)}."


def pick_first() -> str:
    """Nothing is chosen yet."""
    return "Chưa chọn đơn vị nào."


def preview(to: Sequence[tuple[Unit, Person]], skipped: Mapping[Skip, Sequence[Unit]], said: str) -> str:
    """How many, who, who not and why, and the words as the first one will read them."""
    lines = [f"Gửi {len(to)} tin tới: {_receivers(to)}.", *_skipped(skipped)]
    if len(to) > 1:
        lines.append(f"Mỗi tin ghi tên người và đơn vị. Tin gửi {to[0][0].short}:")
    else:
        lines.append("Nội dung tin:")
    return "\n".join(lines) + f"\n\n{said}"


def send_label(many: int) -> str:
    """The button that sends."""
    return f"Gửi {many} tin"


def nobody(skipped: Mapping[Skip, Sequence[Unit]]) -> str:
    """Nobody is left to be reminded."""
    return "\n".join(["Không có tin nào để gửi.", *_skipped(skipped)])


def queued(to: Sequence[Unit], skipped: Mapping[Skip, Sequence[Unit]], leaves: datetime | None) -> str:
    """It is on its way. `leaves`: local, when the office is closed now."""
    when = f" Tin sẽ đi lúc {wording.said_at(leaves)}, trong giờ làm việc." if leaves else ""
    return "\n".join(
        [
            f"Đã xếp gửi {len(to)} tin: {names(to)}.{when} Đơn vị nào gửi báo cáo trước khi tin đi thì không nhận tin này.",
            *_skipped(skipped),
        ]
    )


def awaited(person: Person, unit: Unit, round_: Round, reason: str, office: Office) -> str:
    """A returned report has not come back."""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} đang chờ bản xem lại của {report_of(round_, unit)}"
        f" (“{figures.cut(reason, 200)}”). Nhờ {pronoun(person)} bổ sung và gửi lại; nếu số liệu đã đúng,"
        f" {pronoun(person)} có thể gửi lại như cũ."
    )


def names(units: Sequence[Unit]) -> str:
    """Units in short, the rest counted."""
    told = wording.compacted([figures.cut(unit.short, 30) for unit in units[:NAMES]])
    return told if len(units) <= NAMES else f"{told} và {len(units) - NAMES} đơn vị khác"


def _receivers(to: Sequence[tuple[Unit, Person]]) -> str:
    told = [f"{calling(person)} ({unit.short})" for unit, person in to]
    return wording.listed(told, NAMES, "người")


def _skipped(skipped: Mapping[Skip, Sequence[Unit]]) -> list[str]:
    return [f"Không gửi {names(units)}: {_SKIPS[why]}." for why, units in skipped.items() if units]
