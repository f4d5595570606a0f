"""/giolam: the hours the office works and writes at, in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.hours import Hour, of
from bot.domain.office import Office
from bot.texts import wording

OFFICE = "Giờ làm việc"
LABELS = {Hour.REMIND: "Giờ nhắc", Hour.EXCERPT: "Giờ trích kế hoạch", Hour.DIGEST: "Giờ tổng hợp"}
CONFIGURED = "Như cài đặt ban đầu"
LIST = "Xem giờ"
APPLY = "Ghi thay đổi"
DROP = "Không ghi"


def shown(office: Office, changed: bool) -> str:
    """All hours."""
    lines = [
        f"Giờ làm việc: {wording.clock(office.opens)}–{wording.clock(office.closes)}, ngày làm việc."
        " Không gửi tin nhắc ngoài giờ này.",
        f"Nhắc hạn: {wording.clock(office.remind_at)}",
        f"Trích kế hoạch đầu tuần: {wording.clock(office.excerpt_at)}",
        f"Tin tổng hợp cuối ngày cho {office.coordinator}: {wording.clock(office.digest_at)}",
    ]
    if changed:
        lines.append("Đã sửa, khác cài đặt ban đầu.")
    return "\n".join([*lines, "Ngày nghỉ, ngày làm bù: /nghile. Mốc nhắc: /mocnhac."])


def ask_office() -> str:
    """From when to when?"""
    return "Giờ làm việc mới, ví dụ: 7h30 - 17h."


def ask(hour: Hour, office: Office) -> str:
    """At what hour?"""
    within = f"trong giờ làm việc {wording.clock(office.opens)}–{wording.clock(office.closes)}"
    return f"{LABELS[hour]} mới ({within}), ví dụ: 8h30."


def unclear() -> str:
    """It is no hour."""
    return "Chưa rõ giờ."


def refused(hour: Hour) -> str:
    """Why it cannot be so."""
    if hour is Hour.CLOSES:
        return "Giờ kết thúc phải sau giờ bắt đầu."
    return f"{LABELS[hour]} phải nằm trong giờ làm việc."


def same() -> str:
    """Nothing new."""
    return "Đang đúng giờ đó, không có gì thay đổi."


def preview(before: Office, after: Office, effect: Sequence[str]) -> str:
    """Before it is written: each hour that changes, and what moves."""
    lines = []
    if (before.opens, before.closes) != (after.opens, after.closes):
        lines.append(f"Giờ làm việc: {_span(before)} → {_span(after)}")
    known, wanted = of(before), of(after)
    lines += [
        f"{name}: {wording.clock(known[hour])} → {wording.clock(wanted[hour])}"
        for hour, name in LABELS.items()
        if known[hour] != wanted[hour]
    ]
    return "\n".join([*lines, *effect, "Ghi thay đổi?"])


def done() -> str:
    """It is written."""
    return "Đã ghi. Tin từ bây giờ theo giờ mới; xem /lich."


def not_done() -> str:
    """Nothing changed."""
    return "Không ghi; chưa có gì thay đổi."


def gone() -> str:
    """The button is of a change that is done or was dropped."""
    return "Không có thay đổi nào đang chờ. Gõ /giolam để xem."


def choose_first() -> str:
    """Words where a choice is expected."""
    return "Nhờ anh/chị chọn ghi hoặc không ghi trước."


def _span(office: Office) -> str:
    return f"{wording.clock(office.opens)}–{wording.clock(office.closes)}"
