"""/nghile: the office's own days off and made-up working days, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.calendar import SpecialDay
from bot.texts import wording

ADD_OFF = "Thêm ngày nghỉ"
ADD_WORK = "Thêm ngày làm bù"
REMOVE = "Bỏ một ngày"
APPLY = "Ghi thay đổi"
DROP = "Không ghi"
LIST = "Xem danh sách"
LONGEST_NOTE = 100
MOST_DAYS = 31


def head(common: Sequence[tuple[date, str]]) -> list[str]:
    """What the list is. `common`: the next days off everybody knows, with their names."""
    lines = ["Ngày nghỉ, ngày làm bù do cơ quan ghi. Không gửi tin nhắc vào ngày nghỉ; tin được dời sang ngày làm việc."]
    if common:
        told = "; ".join(f"{wording.dated_full(day)} ({wording.day_off(name)})" for day, name in common)
        lines.append(f"Ngày nghỉ sắp tới: {told}.")
    return lines


def none() -> str:
    """An empty table."""
    return "Chưa ghi ngày riêng nào từ hôm nay."


def line(day: SpecialDay) -> str:
    """One entry."""
    return f"- {wording.capitalised(wording.dated_full(day.on))}: {_state(day.works)}{f' ({day.note})' if day.note else ''}"


def label(day: SpecialDay) -> str:
    """One entry on a button."""
    return f"{wording.capitalised(wording.dated_full(day.on))}: {_state(day.works)}"


def ask_day(works: bool) -> str:
    """Which day?"""
    if works:
        return "Cơ quan làm bù ngày nào? Ví dụ: 10/01/2027."
    return "Cơ quan nghỉ ngày nào? Ví dụ: 24/12, hoặc nhiều ngày liền: 29/4 đến 03/5."


def backwards() -> str:
    """The last day lies before the first."""
    return "Ngày cuối đang trước ngày đầu."


def over() -> str:
    """Nothing can be changed about a day that is over."""
    return "Ngày này đã qua, ghi thêm không đổi được tin nào."


def too_far(last: int) -> str:
    """Beyond the years a calendar is kept for."""
    return f"Chỉ ghi được các ngày tới hết năm {last}."


def too_many() -> str:
    """More days than one entry takes."""
    return f"Mỗi lần ghi tối đa {MOST_DAYS} ngày liền."


def ask_note(first: date, last: date, works: bool) -> str:
    """Why? People who read a moved reminder see it."""
    days = wording.capitalised(_days(first, last, works))
    return f"{days}: vì sao? Ví dụ: nghỉ bù theo thông báo của UBND. Lý do này hiện trong lịch tin nhắc."


def bad_note() -> str:
    """Empty or too long."""
    return f"Nhờ anh/chị ghi lý do, tối đa {LONGEST_NOTE} ký tự."


def preview_put(first: date, last: date, works: bool, note: str, anyway: int, replaced: int, effect: Sequence[str]) -> str:
    """Before it is noted. `anyway`: how many of the days are so already; `replaced`: how many entries it replaces."""
    many = (last - first).days + 1
    lines = [f"Ghi: {_days(first, last, works)} ({note})."]
    if anyway:
        which = "Ngày này" if many == 1 else "Tất cả" if anyway == many else f"{anyway} ngày trong đó"
        lines.append(f"{which} vốn đã {'làm việc' if works else 'nghỉ'}.")
    if replaced:
        lines.append(f"Thay cho {replaced} ngày đã ghi trước đây.")
    return "\n".join([*lines, *effect, "Hạn báo cáo không thay đổi. Ghi thay đổi?"])


def preview_remove(day: SpecialDay, reason: str | None, effect: Sequence[str]) -> str:
    """Before an entry is forgotten. `reason`: why the day is off then; None when it is worked."""
    then = f"nghỉ ({wording.day_off(reason)})" if reason is not None else "làm việc"
    lines = [f"Bỏ: {wording.dated_full(day.on)}, {_state(day.works)} ({day.note}). Theo lịch chung, ngày này {then}."]
    return "\n".join([*lines, *effect, "Hạn báo cáo không thay đổi. Ghi thay đổi?"])


def which() -> str:
    """Which entry?"""
    return "Bỏ ngày nào?"


def done(changed: int) -> str:
    """It is noted. `changed`: how many entries."""
    if not changed:
        return "Đã có sẵn, không có gì thay đổi."
    return "Đã ghi. Lịch tin nhắc tính theo từ bây giờ; xem /lich."


def not_done() -> str:
    """Nothing changed."""
    return "Không ghi; chưa có gì thay đổi."


def gone() -> str:
    """The button is of a change that is done or was dropped."""
    return "Không có thay đổi nào đang chờ. Gõ /nghile để xem."


def choose_first() -> str:
    """Words where a choice is expected."""
    return "Nhờ anh/chị chọn ghi hoặc không ghi trước."


def _days(first: date, last: date, works: bool) -> str:
    named = wording.dated_full(first) if first == last else f"{wording.dated_full(first)} đến hết {wording.dated_full(last)}"
    return f"{_state(works)} {named}"


def _state(works: bool) -> str:
    return "làm bù" if works else "nghỉ"
