"""What a report costs, in words: /ganhnang and the table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.burden import PAUSE, Burden, Cost, Effort
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import figures, wording
from bot.texts.summary import title

BY_UNIT = "Theo đơn vị"
BY_QUESTION = "Theo câu hỏi"
HEADINGS_UNITS = ("Đơn vị", "Tình trạng", "Số câu trả lời", "Phút làm", "Số lần nghỉ", "Phút nghỉ (không tính)", "Dừng ở câu")
HEADINGS_QUESTIONS = (
    "Câu hỏi",
    "Đơn vị đo được",
    "Giây, trung vị",
    "Đơn vị được hỏi lại vì số bất thường",
    "Đơn vị trả lời hơn một lần",
    "Đơn vị dừng ở câu này",
)
SENT = "đã gửi tại đây"
NOT_SENT = "chưa gửi tại đây"


def head(plan: Plan, round_: Round, known: Burden) -> str:
    """What was measured, and how."""
    minutes = int(PAUSE.total_seconds()) // 60
    lines = [f"{title(plan, round_)}: công sức trả lời"]
    if known.typical is not None:
        lines.append(f"{len(known.sent)} đơn vị đã gửi tại đây, trung vị {duration(known.typical)}.")
    else:
        lines.append("Chưa có đơn vị nào gửi tại đây.")
    lines.append(
        f"Tính từ câu trả lời đầu tiên tới lúc bấm Gửi; mỗi lần nghỉ quá {minutes} phút không tính."
        " Thời gian tìm số trước câu đầu tiên không đo được, nên đây là mức tối thiểu."
    )
    return "\n".join(lines)


def nothing() -> str:
    """Nobody answered anything here."""
    return "Chưa có đơn vị nào trả lời tại đây."


def effort(known: Effort) -> str:
    """One unit."""
    state = SENT if known.sent else NOT_SENT
    parts = [f"{duration(known.worked)}, {known.answers} câu trả lời, {state}"]
    if known.pauses:
        parts.append(f"{known.pauses} lần nghỉ ({duration(known.paused)}) không tính")
    if known.left_at is not None:
        parts.append(f"dừng ở câu {known.left_at.mark} ({known.left_at.question.label})")
    return f"{known.unit.short}: {'; '.join(parts)}"


def cost(known: Cost) -> str:
    """One question."""
    parts = ["chưa đo được"] if known.typical is None else [f"trung vị {duration(known.typical)} ({len(known.gaps)} đơn vị)"]
    if known.asked_back:
        parts.append(f"hỏi lại vì số bất thường: {_names(known.asked_back)}")
    if known.again:
        parts.append(f"trả lời hơn một lần: {_names(known.again)}")
    if known.left:
        parts.append(f"dừng ở đây: {_names(known.left)}")
    return f"• {known.question.label}{_column(known.column)}: {'; '.join(parts)}"


def duration(length: timedelta) -> str:
    """Like "45 giây", "3 phút", "3 phút 20 giây", "1 giờ 5 phút"."""
    seconds = int(length.total_seconds())
    if seconds < 60:
        return f"{seconds} giây"
    if seconds < 3600:
        rest = f" {seconds % 60} giây" if seconds % 60 else ""
        return f"{seconds // 60} phút{rest}"
    rest = f" {seconds % 3600 // 60} phút" if seconds % 3600 // 60 else ""
    return f"{wording.count(seconds // 3600)} giờ{rest}"


def question_name(known: Cost) -> str:
    """A question in the table."""
    return f"{known.question.label}{_column(known.column)}"


def left_at(known: Effort) -> str:
    """Where a draft stops, in the table."""
    return f"{known.left_at.mark}. {known.left_at.question.label}" if known.left_at is not None else ""


def names(units: Sequence[Unit]) -> str:
    """Units in a cell."""
    return wording.compacted([unit.short for unit in units])


def _column(column: str) -> str:
    return {"ward": " (phường)", "district": " (cấp quận)"}.get(column, "")


def _names(units: Sequence[Unit], most: int = 6) -> str:
    told = wording.compacted([figures.cut(unit.short, 30) for unit in units[:most]])
    return f"{told} và {len(units) - most} đơn vị khác" if len(units) > most else told
