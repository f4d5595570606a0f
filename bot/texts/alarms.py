"""What the coordinators are told when something needs a human being today."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.people import Person
from bot.domain.units import Unit
from bot.texts import address, wording


def unreachable(person: Person, unit: Unit, deputies: Sequence[Person]) -> str:
    """A focal person no channel reaches."""
    number = f" ({address.phone(person.phone)})" if person.phone else ""
    instead = (
        f" Tin nhắc chuyển cho đầu mối dự phòng {wording.listed(address.calling(one) for one in deputies)}."
        if deputies
        else " Đơn vị chưa có đầu mối dự phòng nên hiện không ai nhận được tin nhắc."
    )
    return (
        f"Không nhắn được cho {address.full(person)}{number}, đầu mối của {unit.name}: có thể đã chặn hoặc xoá kênh này."
        f"{instead} Nhờ anh/chị gọi điện, hoặc mời người thay bằng /moi."
    )


def disk(percent: int) -> str:
    """The disk is nearly full."""
    return (
        f"Máy chủ chỉ còn {percent}% dung lượng đĩa. Khi hết chỗ, hệ thống không lưu được tin mới. "
        "Nhờ báo người quản trị máy chủ dọn đĩa trong hôm nay."
    )


def second_poller(platform: str) -> str:
    """Another program reads the same bot."""
    return (
        f"Có nơi khác đang nhận tin của bot {platform}, nên bot tạm dừng để không mất tin. "
        "Có thể chương trình đang chạy ở hai nơi, hoặc mã truy cập bị lộ. "
        "Nhờ báo người quản trị dừng nơi kia, hoặc thu hồi mã truy cập và cấp mã mới."
    )
