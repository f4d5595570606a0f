"""A text to many units at once: to whom, the exact words, a typed confirmation, a minute to take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.units import Unit
from bot.texts import chasing, figures, summary, wording
from bot.texts.address import calling, full

ALL = "all"
READ = "Đã đọc"
REPLY = "Trả lời"
CANCEL = "Hủy gửi"
RESULTS = "Các thông báo đã gửi"
STOP = "Thôi"
LONGEST = 1000
"""Characters: with its head and the choices it stays one message on every channel."""
LONGEST_REPLY = 500
MOST = 5
"""Answers shown before the rest are only counted."""


def whom() -> str:
    """To whom?"""
    return "Gửi thông báo tới đầu mối của những đơn vị nào?"


def audience(name: str, many: int) -> str:
    """A group of units on a button."""
    return f"{wording.capitalised(_audience(name))} ({many})"


def write(name: str, many: int) -> str:
    """The text, please."""
    return f"Thông báo tới {many} đơn vị ({_audience(name)}). Nhờ anh/chị gõ nội dung, tối đa {wording.count(LONGEST)} ký tự."


def no_words() -> str:
    """A file or nothing."""
    return "Thông báo chỉ gửi được chữ. Nhờ anh/chị gõ nội dung."


def too_long(many: int) -> str:
    """It does not fit."""
    return f"Nội dung dài {wording.count(many)} ký tự, quá {wording.count(LONGEST)}. Nhờ anh/chị rút gọn."


def enough_today(most: int) -> str:
    """The day's cap is reached."""
    return f"Hôm nay đã gửi {most} thông báo, là mức tối đa trong ngày. Nhờ anh/chị gửi tiếp vào ngày làm việc sau."


def said(text: str, office: Office) -> str:
    """The message as a unit reads it."""
    return f"{office.coordinator} thông báo:\n\n{text}"


def confirmation(many: int) -> str:
    """What must be typed."""
    return f"GỬI {many}"


def preview(message: str, many: int, without: Sequence[Unit]) -> str:
    """Once more before it goes."""
    rest = f" Chưa có người nhận tin: {chasing.names(without)}." if without else ""
    return (
        f"Thông báo sẽ gửi {many} người.{rest} Nội dung:\n\n{message}\n\n"
        f"Để gửi, gõ đúng: {confirmation(many)}. Gõ nội dung khác để thay nội dung này."
    )


def not_confirmed(many: int) -> str:
    """Nearly the right words."""
    return f"Chưa gửi. Để gửi tới {many} người, gõ đúng: {confirmation(many)}."


def nobody() -> str:
    """Nobody could be told."""
    return "Các đơn vị này chưa có đầu mối nhận tin nên chưa gửi được thông báo."


def queued(many: int, seconds: int, leaves: datetime | None) -> str:
    """It waits a minute. `leaves`: local, when the office is closed now."""
    if leaves is not None:
        at = wording.said_at(leaves)
        return f"Thông báo gửi {many} người sẽ đi lúc {at}, trong giờ làm việc. Trước lúc đó anh/chị còn hủy được."
    return f"Thông báo gửi {many} người sẽ đi sau {seconds} giây. Trong {seconds} giây tới anh/chị còn hủy được."


def cancelled(many: int) -> str:
    """Taken back."""
    return f"Đã hủy; không có tin nào trong {many} tin được gửi đi."


def too_late() -> str:
    """It is on its way."""
    return "Thông báo đã đi hoặc đã hủy trước đó nên không hủy được nữa."


def stopped() -> str:
    """They changed their mind."""
    return "Đã dừng; chưa gửi thông báo nào."


def thanks_read(person: Person) -> str:
    """It was read."""
    return f"Đã ghi nhận. Cảm ơn {calling(person)}."


def ask_reply(office: Office) -> str:
    """The answer, please."""
    return f"Nhờ anh/chị gõ câu trả lời hoặc câu hỏi gửi {office.coordinator}."


def replied(office: Office) -> str:
    """It was passed on."""
    return f"Đã chuyển tới {office.coordinator}. Cảm ơn anh/chị."


def reply_too_long() -> str:
    """It does not fit."""
    return f"Câu trả lời dài quá {LONGEST_REPLY} ký tự. Nhờ anh/chị rút gọn."


def reply(person: Person, unit: Unit, about: str, words: str) -> str:
    """For the coordinators."""
    return f"{unit.short}, {full(person)} trả lời thông báo “{figures.cut(about, 60)}”:\n“{words}”"


def result(
    text: str, at: datetime, sent: int, read: int, failed: Mapping[str, int], replies: Sequence[tuple[Unit, str]]
) -> str:
    """What became of one. `at`: local; `failed`: why → how many."""
    lines = [f"{wording.said_at(at)}: “{figures.cut(text, 120)}”", f"Đã tới {sent} người, đã đọc {read}."]
    lines += [f"{wording.capitalised(why)}: {many}." for why, many in failed.items()]
    lines += [f"{unit.short}: “{figures.cut(words, 120)}”" for unit, words in replies[:MOST]]
    if len(replies) > MOST:
        lines.append(f"và {len(replies) - MOST} câu trả lời khác")
    return "\n".join(lines)


def was_cancelled(text: str, at: datetime) -> str:
    """One that was taken back."""
    return f"{wording.said_at(at)}: “{figures.cut(text, 120)}” – đã hủy."


def none_yet() -> str:
    """No broadcast ever."""
    return "Chưa có thông báo nào."


def _audience(name: str) -> str:
    return "tất cả đơn vị" if name == ALL else summary.group(name)
