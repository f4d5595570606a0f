"""What will be said unasked, in one line each: for the dry run, the sandbox's clock and /lich."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.ladder import Rung
from bot.domain.outlook import Occasion, Planned
from bot.texts import wording
from bot.texts.reminders import where


def title(item: Planned) -> str:
    """What it is."""
    match item.occasion:
        case Occasion.REMINDER:
            assert item.rung is not None and item.round is not None
            return f"{rung(item.rung)}: {wording.of_year(item.round.title, item.round.year)}"
        case Occasion.WAKING:
            assert item.round is not None
            return f"Nhắc lại theo hẹn: {wording.of_year(item.round.title, item.round.year)}"
        case Occasion.EXCERPT:
            assert item.point is not None
            return "Trích kế hoạch đầu tuần"
        case Occasion.DIGEST:
            assert item.round is not None
            return f"Tin tổng hợp cuối ngày: {wording.of_year(item.round.title, item.round.year)}"
        case Occasion.WEEKLY:
            assert item.round is not None
            return f"Tin tóm tắt đầu tuần: {wording.of_year(item.round.title, item.round.year)}"
        case Occasion.DESK:
            return "Khó khăn, vướng mắc còn chờ trả lời"


def rung(step: Rung) -> str:
    """Which rung of the ladder."""
    days = f"{step.days} ngày làm việc" if step.working else f"{step.days} ngày"
    match step.kind:
        case "announce":
            return "Thông báo kỳ báo cáo"
        case "last":
            return "Nhắc ngày cuối"
        case "after":
            return f"Nhắc sau hạn {days}"
        case _:
            return f"Nhắc trước {days}"


def to(item: Planned, names: Sequence[str]) -> str:
    """Who gets it."""
    if item.occasion in (Occasion.DIGEST, Occasion.DESK):
        return "Phòng Nội vụ"
    if item.occasion is Occasion.WEEKLY:
        return "Lãnh đạo quận"
    if len(names) > 6:
        return f"{len(names)} đơn vị"
    return wording.compacted(list(names))


def why_moved(item: Planned) -> str:
    """Why a reminder is not on the day its ladder names, or ""."""
    if item.rung is None or item.rung.moved_because is None:
        return ""
    return f"dời từ {wording.dated(item.rung.nominal)} ({wording.day_off(item.rung.moved_because)})"


def about(item: Planned) -> str:
    """Which point an excerpt quotes, or ""."""
    return where(item.point) if item.point is not None else ""
