"""What is stored about a person, shown to that person, and its corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.people import Person, Seat
from bot.texts import address, wording


def about_me(person: Person, platforms: Sequence[str], held: Sequence[tuple[Seat, str]], zone_days: Sequence[date]) -> str:
    """What is stored about a person. `held`: seats with the unit's name; `zone_days`: the local day each began."""
    lines = [
        f"Thông tin đang lưu về {address.calling(person)}:",
        f"Họ tên: {address.full(person)}",
        f"Điện thoại: {address.phone(person.phone) if person.phone else 'chưa có'}",
        f"Kênh: {wording.listed(address.platform(name) for name in platforms)}",
    ]
    for (seat, unit), day in zip(held, zone_days, strict=True):
        since = f"từ {wording.dated_full(day)}" if seat.confirmed else f"chờ xác nhận, gửi {wording.dated_full(day)}"
        lines.append(f"{wording.capitalised(address.seat(seat.role, unit))}: {since}")
    return "\n".join(lines)


FIX_MY_PHONE = "Sửa số điện thoại"


def details_changed(person: Person) -> str:
    """After a correction."""
    number = address.phone(person.phone) if person.phone else "chưa có số điện thoại"
    return f"Đã sửa: {address.full(person)} – {number}."


def details_changed_elsewhere(before: Person, after: Person, seats: str) -> str:
    """To the coordinators: they confirmed the details as they were before."""
    old, new = (f"{address.full(one)}, {address.phone(one.phone) or 'không có số'}" for one in (before, after))
    return f"{wording.capitalised(seats)}: thông tin liên hệ đổi từ “{old}” thành “{new}”."
