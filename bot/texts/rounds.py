"""Closing a round and opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.office import Office
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.standings import State
from bot.domain.summary import Summary
from bot.domain.verdicts import Stage
from bot.texts import figures, wording
from bot.texts.reporting import report_title
from bot.texts.summary import title

CLOSE = "Chốt kỳ này"
SURE_CLOSE = "Xác nhận chốt"
OPEN_AGAIN = "Mở lại"
SURE_OPEN = "Xác nhận mở lại"
LABEL_ROOM = 40


def which() -> str:
    """Which round?"""
    return "Anh/chị cần chốt hoặc mở lại kỳ nào?"


def label(plan: Plan, round_: Round, several: bool) -> str:
    """A round on a button."""
    state = "đã chốt" if round_.closed_at is not None else "đang mở"
    of = f" ({plan.number})" if several else ""
    return figures.cut(f"{wording.capitalised(report_title(round_))}{of}: {state}", LABEL_ROOM)


def nothing_to_close() -> str:
    """No round is open, and none was closed lately."""
    return "Hiện không có kỳ báo cáo nào đang mở hoặc đã chốt."


def preview(summary: Summary) -> str:
    """Who is missing, before a round is closed."""
    lines = [f"{title(summary.sheet.plan, summary.sheet.round)}."]
    received, expected = len(summary.received), len(summary.standings)
    lines.append(f"Đã nhận {received}/{expected} đơn vị.")
    for state, words in ((State.FILLING, "Đang trả lời, chưa gửi"), (State.NOT_BEGUN, "Chưa bắt đầu")):
        if found := summary.those(state):
            lines.append(f"{words} ({len(found)}): {_names([standing.unit.short for standing in found])}.")
    if waiting := [s.unit.short for s in summary.standings if s.stage is Stage.RETURNED]:
        lines.append(f"Đã trả lại, chờ gửi lại ({len(waiting)}): {_names(waiting)}.")
    if received == expected and not waiting:
        lines.append("Không còn đơn vị nào phải chờ.")
    return "\n".join(lines)


def sure(summary: Summary) -> str:
    """Once more, with what it means."""
    missing = len(summary.standings) - len(summary.received)
    rest = f" {missing} đơn vị chưa gửi sẽ được ghi là chưa nhận được." if missing else ""
    return (
        f"Chốt {report_title(summary.sheet.round)}?{rest} Sau khi chốt, tin nhắc dừng lại và các đơn vị không sửa được nữa;"
        " anh/chị có thể mở lại bất cứ lúc nào."
    )


def closed(round_: Round) -> str:
    """It is closed."""
    return f"Đã chốt {report_title(round_)}. Tin nhắc của kỳ này đã dừng. Cần mở lại, gõ /chot."


def closed_already(round_: Round, office: Office) -> str:
    """Somebody else did."""
    at = f" lúc {_said(round_.closed_at, office)}" if round_.closed_at else ""
    return f"{wording.capitalised(report_title(round_))} đã chốt{at}."


def ask_open(round_: Round, office: Office) -> str:
    """Open it again?"""
    return (
        f"{closed_already(round_, office)} Mở lại để các đơn vị bổ sung, sửa số liệu?"
        " Những tin nhắc đã qua ngày sẽ không gửi bù."
    )


def opened(round_: Round) -> str:
    """It is open."""
    return f"Đã mở lại {report_title(round_)}. Các đơn vị sửa và gửi được; nhắc đơn vị nào, gõ /nhac."


def open_already(round_: Round) -> str:
    """Somebody else did."""
    return f"{wording.capitalised(report_title(round_))} đang mở."


def _names(names: Sequence[str]) -> str:
    return wording.compacted([figures.cut(name, 30) for name in names])


def _said(at: datetime, office: Office) -> str:
    return wording.said_at(office.local(at))
