"""Two rounds side by side in words: what it is now, what it was, and which units are in both sums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.domain.answers import Ratio
from bot.domain.comparison import Change, Comparison
from bot.domain.questions import Kind
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import figures, wording
from bot.texts.summary import round_name, said, title

NAMES = 6
"""Units named before the rest are only counted."""

NOTHING_BEFORE = "Chưa có kỳ trước nào trong hệ thống để so sánh."


def head(compared: Comparison) -> str:
    """Which two rounds, and what the reader must know before setting figures side by side."""
    now, before = compared.now.sheet.round, compared.before.sheet.round
    lines = [f"{title(compared.now.sheet.plan, now)} so với {round_name(before)}"]
    lines.append("Chỉ cộng các đơn vị có trả lời ở cả hai kỳ.")
    if not compared.like_periods:
        lines.append(
            f"Hai kỳ số liệu dài khác nhau ({wording.period(now.since, now.until)};"
            f" {wording.period(before.since, before.until)}), nên số đếm cộng dồn không so trực tiếp được."
        )
    return "\n".join(lines)


def nothing_common() -> str:
    """No indicator was asked in both."""
    return "Hai kỳ không có chỉ tiêu chung nào cộng được."


def line(change: Change) -> str:
    """One indicator among others: how many units are left out."""
    return f"• {change.question.label}: {values(change)}; {_both(change)}{_counted(change)}"


def only_line(change: Change) -> str:
    """One indicator by itself: which units are left out."""
    out = left_out(change)
    return f"• {change.question.label}: {values(change)}; {_both(change)}{f', không tính {out}' if out else ''}"


def own_line(change: Change) -> str:
    """One unit's figure."""
    return f"• {change.question.label}: {values(change)}"


def values(change: Change) -> str:
    """Like "320 lượt, kỳ kia 280 lượt: tăng 40 lượt (14,3%)"."""
    if change.now is None or change.before is None:
        return "chưa đủ số để so sánh"
    return f"{said(change.question, change.now)}, kỳ kia {said(change.question, change.before)}: {moved(change)}"


def moved(change: Change) -> str:
    """By how much, in the indicator's own measure; of ratios in percentage points."""
    difference = change.difference
    if difference is None:
        return "không tính được chênh lệch"
    if isinstance(change.now, Ratio):
        points = wording.decimal(abs(difference), 1)
        return "không đổi" if points == "0" else f"{_direction(difference)} {points} điểm phần trăm"
    if difference == 0:
        return "không đổi"
    size = abs(difference)
    amount = figures.value(change.question, size if change.question.kind is Kind.DECIMAL else int(size))
    growth = f" ({wording.percent(abs(change.growth))})" if change.growth is not None else ""
    return f"{_direction(difference)} {amount}{growth}"


def round_label(round_: Round) -> str:
    """The other round on a button."""
    return figures.cut(f"So với {round_name(round_)}", 40)


def left_out(change: Change) -> str:
    """Who is in only one of the sums, or ""."""
    told = []
    if change.only_now:
        told.append(f"chỉ có ở kỳ này: {_names(change.only_now)}")
    if change.only_before:
        told.append(f"chỉ có ở kỳ kia: {_names(change.only_before)}")
    return "; ".join(told)


def _both(change: Change) -> str:
    return f"{len(change.units)} đơn vị có ở cả hai kỳ"


def _counted(change: Change) -> str:
    many = len(change.only_now) + len(change.only_before)
    return f", không tính {many} đơn vị chỉ có ở một kỳ" if many else ""


def _direction(difference: Decimal) -> str:
    return "tăng" if difference > 0 else "giảm"


def _names(units: Sequence[Unit]) -> str:
    names = [figures.cut(unit.short, 30) for unit in units]
    told = wording.compacted(names[:NAMES])
    return f"{told} và {len(names) - NAMES} đơn vị khác" if len(names) > NAMES else told
