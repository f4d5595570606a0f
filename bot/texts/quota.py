"""Zalo's monthly messages and people: how much is used, what is being saved, what was held back."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.quota import Quota, Room
from bot.texts import wording

_HELD = {"excerpt": "tin trích kế hoạch", "digest": "bản tổng hợp ngày"}


def line(quota: Quota) -> str:
    """One line for the daily digest and for `doctor`."""
    messages = _of(quota.sent + quota.waiting, quota.allowance.messages, "tin", quota.messages_percent)
    people = _of(quota.people, quota.allowance.people, "người", quota.people_percent)
    said = f"Zalo tháng {quota.month.month}: {messages}, {people}."
    held = sum(quota.held.values())
    return f"{said} Đang giữ lại {held} tin (gõ /hanmuc để xem)." if held else said


def full(quota: Quota) -> str:
    """/hanmuc."""
    lines = [line(replace(quota, held={}))]
    if quota.waiting:
        lines.append(f"Trong đó {quota.waiting} tin đang chờ gửi.")
    lines.append(_saving(quota.room))
    if quota.held:
        counted = wording.listed(f"{many} {_HELD[what]}" for what, many in quota.held.items())
        lines.append(f"Đã giữ lại trong tháng vì sắp hết hạn mức: {counted}.")
    if quota.room is Room.NO_REMINDERS and quota.only_zalo:
        lines.append(f"Tin nhắc chờ tới tháng sau, nhờ nhắc bằng cách khác: {wording.listed(quota.only_zalo)}.")
    return "\n".join(lines)


def messages_warning(quota: Quota) -> str:
    """To the coordinators, once at 80 % and once at 95 %."""
    return (
        f"Hạn mức Zalo tháng {quota.month.month} đã dùng "
        f"{_of(quota.sent + quota.waiting, quota.allowance.messages, 'tin', quota.messages_percent)}. {_saving(quota.room)} "
        "Ai có cả Telegram thì nhận tin nhắc qua Telegram. Gõ /hanmuc để xem chi tiết."
    )


def people_warning(quota: Quota) -> str:
    """The same about people."""
    return (
        f"Số người dùng bot trên Zalo đã tới {_of(quota.people, quota.allowance.people, 'người', quota.people_percent)}. "
        "Khi hết chỗ, Zalo có thể không nhận thêm người; nên mời người mới đăng ký qua Telegram."
    )


def near(quota: Quota) -> str:
    """`doctor`'s hint when it runs short."""
    ways = "Mời cán bộ thêm Telegram (/kenh), hoặc nâng gói Zalo rồi sửa ZALO_MONTHLY_MESSAGES, ZALO_USERS."
    return f"{_saving(quota.room)} {ways}"


def _saving(room: Room) -> str:
    match room:
        case Room.AMPLE:
            return "Hạn mức còn đủ, mọi tin gửi bình thường."
        case Room.MERGED:
            return "Tin nhắc và trích kế hoạch trong một ngày được gộp thành một tin."
        case Room.NO_EXCERPTS:
            return "Tạm không gửi trích kế hoạch qua Zalo; tin nhắc vẫn gửi."
        case Room.NO_DIGESTS:
            return "Tạm không gửi trích kế hoạch và bản tổng hợp ngày qua Zalo; tin nhắc vẫn gửi."
        case Room.NO_REMINDERS:
            return "Tạm không gửi tin nhắc qua Zalo; chỉ còn trả lời khi có người nhắn."


def _of(used: int, most: int, what: str, percent: int) -> str:
    if not most:
        return f"{wording.count(used)} {what}"
    return f"{wording.count(used)}/{wording.count(most)} {what} ({percent}%)"
