"""The proof ledger in words: one message, one unit's messages, and every unit in a line."""

from __future__ import annotations

from datetime import datetime

from bot.domain.ledger import Entry, Fate, Message, Occasion, Tally, Why
from bot.domain.office import Office
from bot.domain.people import Role
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import address, figures, summary, wording
from bot.texts.reporting import report_title

LEDGER = "Đôn đốc"
LABEL_ROOM = 40
COLUMNS = (
    "Đơn vị",
    "Việc",
    "Thời điểm",
    "Người nhận",
    "Kênh",
    "Trạng thái",
    "Gửi lúc",
    "Đọc lúc",
    "Đơn vị trả lời lúc",
    "Lý do",
    "Người đề nghị",
)
"""Heads of the ledger as a table."""

_FATES = {
    Fate.COMING: "sắp gửi",
    Fate.WAITING: "đang chờ gửi",
    Fate.SENT: "đã gửi",
    Fate.DOUBTFUL: "không chắc đã tới",
    Fate.HELD: "chưa gửi",
    Fate.UNREACHABLE: "không tới được",
    Fate.FAILED: "chưa gửi được",
    Fate.TAKEN_BACK: "không còn cần gửi",
    Fate.COVERED: "gộp vào tin sau",
    Fate.SNOOZED: "tạm hoãn theo đề nghị của đơn vị",
    Fate.ABSENT: "đầu mối vắng mặt, chưa có người thay",
    Fate.NOBODY: "chưa có người nhận tin",
}
_WHY = {
    Why.BLOCKED: "người nhận đã chặn kênh",
    Why.GONE: "tài khoản không còn",
    Why.NOT_STARTED: "người nhận chưa mở kênh",
    Why.QUOTA: "hết lượng tin Zalo trong tháng",
    Why.OVERTAKEN: "đơn vị đã gửi hoặc đổi người trước khi tin đi",
    Why.OTHER: "lỗi kỹ thuật, hệ thống đã ghi nhật ký",
}
_OCCASIONS = {
    Occasion.WOKEN: "Nhắc theo ngày hẹn",
    Occasion.NOW: "Phòng nhắc ngay",
    Occasion.RETURN: "Trả lại để xem lại",
    Occasion.ACCEPT: "Báo đã chấp nhận",
    Occasion.EXTENSION: "Báo gia hạn",
    Occasion.BEHALF: "Báo đã nhập thay",
}


def head(plan: Plan, round_: Round) -> str:
    """Head of the list of units."""
    return f"{summary.title(plan, round_)}: sổ đôn đốc"


def tally(known: Tally) -> str:
    """One unit in a line."""
    parts = [f"{known.sent} tin đã tới"]
    if known.missed:
        parts.append(f"{known.missed} tin chưa tới")
    if known.coming:
        parts.append(f"{known.coming} tin sắp gửi")
    return f"{known.unit.short}: {', '.join(parts)}"


def unit_label(unit: Unit) -> str:
    """A unit on a button."""
    return figures.cut(unit.short, LABEL_ROOM)


def unit_head(unit: Unit, round_: Round) -> str:
    """Head of one unit's messages."""
    return f"{unit.name} – {report_title(round_)}: sổ đôn đốc"


def nothing() -> str:
    """Nothing was ever said, and nothing is to come."""
    return "Chưa có tin nào, và không còn tin nào sắp gửi."


def line(entry: Entry, office: Office) -> str:
    """One message: what, when, to whom, what became of it and why."""
    to = f" tới {address.full(entry.person)}" if entry.person else ""
    by = f" ({address.platform(entry.platform)})" if entry.platform else ""
    parts = [fate(entry.fate)]
    if entry.sent_at is not None:
        parts = [f"đã gửi {_said(entry.sent_at, office)}"]
    if entry.why is not None:
        parts.append(_WHY[entry.why])
    if entry.read_at is not None:
        parts.append(f"đã đọc {_said(entry.read_at, office)}")
    if entry.answered_at is not None:
        parts.append(f"đơn vị trả lời từ {_said(entry.answered_at, office)}")
    asked = f" ({address.full(entry.by)} đề nghị)" if entry.by else ""
    return f"• {_said(entry.at, office)}. {occasion(entry)}{asked}{to}{by}: {'; '.join(parts)}."


def occasion(entry: Entry) -> str:
    """What it was about."""
    match entry.occasion:
        case Occasion.LADDER:
            return rung(entry.detail)
        case Occasion.ESCALATION:
            return f"Báo {address.title(Role(entry.detail))}"
        case Occasion.EXCERPT:
            return f"Trích kế hoạch, điểm {entry.detail}"
        case Occasion.BROADCAST:
            return f"Thông báo “{figures.cut(entry.detail, 60)}”"
        case other:
            return _OCCASIONS[other]


def rung(key: str) -> str:
    """A rung of the ladder by its key ("before:7w")."""
    kind, _, rest = key.partition(":")
    days = f"{rest[:-1]} ngày{' làm việc' if rest.endswith('w') else ''}"
    match kind:
        case "announce":
            return "Thông báo kỳ báo cáo"
        case "before":
            return f"Nhắc trước {days}"
        case "after":
            return f"Nhắc sau hạn {days}"
        case _:
            return "Nhắc ngày cuối"


def fate(known: Fate) -> str:
    """What became of it, as the middle of a sentence."""
    return _FATES[known]


def state(message: Message) -> str:
    """What became of a message, with why."""
    return f"{fate(message.fate)} ({_WHY[message.why]})" if message.why is not None else fate(message.fate)


def nobody() -> str:
    """Nobody could be told."""
    return fate(Fate.NOBODY)


def row(entry: Entry, office: Office) -> tuple[str | datetime | None, ...]:
    """One message as a row under COLUMNS; moments on the office's clock, without a zone, as a sheet wants them."""

    def local(at: datetime | None) -> datetime | None:
        return office.local(at).replace(tzinfo=None) if at is not None else None

    return (
        entry.unit.name,
        occasion(entry),
        local(entry.at),
        address.full(entry.person) if entry.person else "",
        address.platform(entry.platform) if entry.platform else "",
        fate(entry.fate),
        local(entry.sent_at),
        local(entry.read_at),
        local(entry.answered_at),
        _WHY[entry.why] if entry.why is not None else "",
        address.full(entry.by) if entry.by else "",
    )


def _said(at: datetime, office: Office) -> str:
    local = office.local(at)
    return f"{wording.clock(local)} {wording.dated(local.date())}"
