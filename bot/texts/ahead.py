"""/lich: the messages to come, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.outlook import Occasion, Planned
from bot.texts import outlook, wording

BY_UNIT = "Theo đơn vị"
ALL = "Mọi đơn vị"


def head(days: int, today: date, unit: str) -> str:
    """What is listed. `unit`: whose, or "" for everything."""
    whose = f" tới {unit}" if unit else ""
    return f"Tin sẽ tự gửi{whose} trong {days} ngày tới, tính từ {wording.dated_full(today)}:"


def own_head(days: int, today: date) -> str:
    """The same for the reader's own units."""
    return f"Tin nhắc đơn vị sẽ nhận trong {days} ngày tới, tính từ {wording.dated_full(today)}:"


def nothing(days: int) -> str:
    """Nothing is to come."""
    return f"Không có tin nào sẽ tự gửi trong {days} ngày tới."


def day(on: date, today: date) -> str:
    """The head of a day."""
    return f"■ {wording.capitalised(wording.relative_day(on, today))}" + (
        f" {wording.dated(on)}" if (on - today).days in (0, 1) else ""
    )


def line(item: Planned, at: str, names: Sequence[str], unreached: Sequence[str], count: int) -> str:
    """One message: when, what, to whom, why then. `count`: how many excerpts stand in this line; `unreached`: units nobody can
    be told at."""
    what = outlook.title(item)
    if item.occasion is Occasion.EXCERPT:
        what = f"{what} ({outlook.about(item)})" if count == 1 else f"{what} ({count} ý khác nhau)"
    parts = [f"{at} {what}"]
    if names or not unreached:
        parts.append(f"tới {outlook.to(item, names)}")
    if unreached:
        parts.append(f"chưa có người nhận: {_compact(unreached)}")
    if moved := outlook.why_moved(item):
        parts.append(moved)
    return "- " + "; ".join(parts)


def own_line(item: Planned, at: str, names: Sequence[str]) -> str:
    """The same for the unit's own people. `names`: their units, when they have several."""
    about = f" ({outlook.about(item)})" if item.occasion is Occasion.EXCERPT else ""
    whose = f"; cho {wording.compacted(list(names))}" if names else ""
    moved = f"; {said}" if (said := outlook.why_moved(item)) else ""
    return f"- {at} {outlook.title(item)}{about}{whose}{moved}"


def stops() -> str:
    """What ends the reminders."""
    return "Gửi báo cáo xong thì các tin nhắc của kỳ đó không gửi nữa."


def which_unit() -> str:
    """Whose messages?"""
    return "Anh/chị cần xem lịch của đơn vị nào?"


def no_such_unit() -> str:
    """No unit is called so."""
    return "Chưa rõ đơn vị nào. Nhờ anh/chị gõ ví dụ: /lich Phường 5, hoặc chọn trong danh sách."


def _compact(names: Sequence[str], most: int = 6) -> str:
    told = wording.compacted(list(names[:most]))
    return f"{told} và {len(names) - most} đơn vị khác" if len(names) > most else told
