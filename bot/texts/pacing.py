"""/mocnhac: the reminder ladder of a round, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.domain.ladder import Rung
from bot.domain.plan import RungSpec
from bot.domain.rounds import Round
from bot.domain.rungs import MOST_ANNOUNCED, MOST_DAYS, Unsound
from bot.texts import figures, outlook, wording
from bot.texts.reporting import report_title

ADD = "Thêm mốc"
REMOVE = "Bỏ một mốc"
AS_PLANNED = "Theo kế hoạch"
HOURS = "Giờ nhắc"
LIST = "Xem mốc nhắc"
APPLY = "Ghi thay đổi"
DROP = "Không ghi"
LABEL_ROOM = 40


def no_round() -> str:
    """No round is ahead or open."""
    return "Chưa có kỳ báo cáo nào sắp mở hoặc đang mở."


def which() -> str:
    """Which round?"""
    return "Xem mốc nhắc của kỳ nào?"


def label(round_: Round) -> str:
    """A round on a button."""
    return figures.cut(wording.capitalised(report_title(round_)), LABEL_ROOM)


def shown(round_: Round, rungs: Sequence[Rung], amended: bool, now: datetime, local: Callable[[datetime], datetime]) -> str:
    """Every rung with its day."""
    lines = [f"Mốc nhắc của {report_title(round_)}, {wording.deadline(round_.due, round_.inclusive)}:"]
    lines += [_line(rung, now, local) for rung in rungs] or ["Không có mốc nào (kỳ được lập sau hạn)."]
    lines.append("Chỉ nhắc đơn vị chưa gửi. Đơn vị được gia hạn có mốc theo hạn riêng.")
    if amended:
        lines.append("Mốc của kỳ này đã sửa, khác kế hoạch.")
    return "\n".join(lines)


def rung_label(spec: RungSpec) -> str:
    """A rung on a button."""
    days = wording.working_days_count(spec.days) if spec.working else wording.days_count(spec.days)
    match spec.kind:
        case "announce":
            return f"Thông báo trước {days}"
        case "last":
            return "Nhắc ngày cuối"
        case "after":
            return f"Nhắc sau hạn {days}"
        case _:
            return f"Nhắc trước {days}"


def ask_rung(working: bool) -> str:
    """Which rung?"""
    counted = "ngày làm việc" if working else "ngày"
    return (
        f"Thêm mốc nào? Ví dụ: trước 5 ngày; sau hạn 2 ngày; ngày cuối; thông báo trước 25 ngày. Tính theo {counted};"
        " mốc rơi vào ngày nghỉ được dời."
    )


def unclear() -> str:
    """It is no rung."""
    return "Chưa rõ mốc nào."


def refused(why: Unsound) -> str:
    """Why a ladder cannot be so."""
    match why:
        case Unsound.TWICE:
            return "Mốc này đã có."
        case Unsound.TOO_MANY_DAYS:
            return f"Mốc nhắc cách hạn nhiều nhất {MOST_DAYS} ngày, thông báo {MOST_ANNOUNCED} ngày."
        case Unsound.ANNOUNCED_TOO_LATE:
            return "Thông báo kỳ phải trước mọi mốc nhắc."
        case Unsound.EMPTY:
            return "Cần ít nhất một mốc nhắc trước hạn hoặc vào ngày cuối."


def announced_already(round_: Round) -> str:
    """The round is open: its announcement cannot be put off any more."""
    return f"{wording.capitalised(report_title(round_))} đã mở và đã thông báo, nên mốc thông báo không đổi được nữa."


def which_rung() -> str:
    """Which is to go?"""
    return "Bỏ mốc nào?"


def preview(round_: Round, what: str, opens: tuple[date, date], rungs: Sequence[str], effect: Sequence[str]) -> str:
    """Before it is written. `opens`: when the round opens now and then."""
    lines = [f"{wording.capitalised(report_title(round_))}: {what}. Sau khi ghi, các mốc là: {'; '.join(rungs)}."]
    if opens[0] != opens[1]:
        lines.append(f"Kỳ mở {wording.dated_full(opens[1])} thay cho {wording.dated_full(opens[0])}.")
    return "\n".join([*lines, *effect, "Mốc đã qua ngày không gửi bù. Ghi thay đổi?"])


def adding(spec: RungSpec) -> str:
    """What is proposed."""
    return f"thêm “{rung_label(spec)}”"


def removing(spec: RungSpec) -> str:
    """What is proposed."""
    return f"bỏ “{rung_label(spec)}”"


def restoring() -> str:
    """What is proposed."""
    return "dùng lại mốc của kế hoạch"


def done(round_: Round) -> str:
    """It is written."""
    return f"Đã ghi mốc nhắc của {report_title(round_)}. Xem các tin sắp gửi: /lich."


def not_done() -> str:
    """Nothing changed."""
    return "Không ghi; chưa có gì thay đổi."


def gone() -> str:
    """The button is of a change that is done, dropped or overtaken."""
    return "Không có thay đổi nào đang chờ. Gõ /mocnhac để xem."


def choose_first() -> str:
    """Words where a choice is expected."""
    return "Nhờ anh/chị chọn ghi hoặc không ghi trước."


def _line(rung: Rung, now: datetime, local: Callable[[datetime], datetime]) -> str:
    at = local(rung.moment)
    moved = f", dời từ {wording.dated(rung.nominal)} ({wording.day_off(rung.moved_because)})" if rung.moved_because else ""
    over = " (đã qua)" if rung.moment <= now else ""
    return f"- {outlook.rung(rung)}: {wording.clock(at)} {wording.dated_full(at.date())}{moved}{over}"
