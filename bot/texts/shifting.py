"""What moves because the days, hours or rungs change: shown before anything is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.domain.outlook import Occasion, Planned
from bot.domain.shifts import Shift
from bot.texts import outlook, wording

MOST = 8
"""Lines of one preview; the rest is counted."""


def moved(found: Sequence[Shift], now: datetime, local: Callable[[datetime], datetime], most: int = MOST) -> list[str]:
    """One line a message, the digests of one report in one line."""
    if not found:
        return ["Không có tin nào phải dời."]
    digests = [shift for shift in found if shift.item.occasion is Occasion.DIGEST]
    lines = [_line(shift, now, local) for shift in found if shift not in digests]
    lines += _digests(digests, local)
    shown = lines[:most]
    if len(lines) > most:
        shown.append(f"- và {len(lines) - most} tin khác")
    return ["Tin thay đổi theo:", *shown]


def _line(shift: Shift, now: datetime, local: Callable[[datetime], datetime]) -> str:
    what = outlook.title(shift.item)
    match shift.before, shift.after:
        case Planned() as was, None:
            return f"- {what}: không còn gửi ({_at(was, local)})"
        case None, Planned() as will:
            return f"- {what}: thêm {_at(will, local)}"
        case Planned() as was, Planned() as will if will.at <= now:
            return f"- {what}: {_at(was, local)} → gửi ngay trong giờ làm việc"
        case Planned() as was, Planned() as will:
            same_day = local(was.at).date() == local(will.at).date()
            then = wording.clock(local(will.at)) if same_day else _at(will, local)
            return f"- {what}: {_at(was, local)} → {then}"
    raise AssertionError("a shift of nothing")


def _digests(found: Sequence[Shift], local: Callable[[datetime], datetime]) -> list[str]:
    """Days on which it falls away or comes in addition; another hour is told once."""
    gone = [local(shift.before.at).date() for shift in found if shift.before is not None and shift.after is None]
    new = [local(shift.after.at).date() for shift in found if shift.before is None and shift.after is not None]
    hour = next((local(s.after.at) for s in found if s.before is not None and s.after is not None), None)
    name = "- Tin tổng hợp cuối ngày"
    lines = [f"{name}: từ nay lúc {wording.clock(hour)}"] if hour else []
    lines += [f"{name}: không gửi {_days(gone)}"] if gone else []
    return lines + ([f"{name}: gửi thêm {_days(new)}"] if new else [])


def _days(days: Sequence[date]) -> str:
    return wording.listed([wording.dated(day) for day in sorted(set(days))], most=4, noun="ngày")


def _at(item: Planned, local: Callable[[datetime], datetime]) -> str:
    at = local(item.at)
    return f"{wording.clock(at)} {wording.dated_full(at.date())}"
