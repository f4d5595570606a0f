"""A person's channels: adding the second one, choosing the preferred one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.people import Person
from bot.texts import address, wording


def channels(person: Person, platforms: Sequence[str], preferred: str) -> str:
    """What /kenh shows."""
    used = wording.listed(address.platform(name) for name in platforms)
    return f"{_start(person)} đang dùng {used}. Tin nhắc được gửi qua {address.platform(preferred)}."


def add_channel(platform: str) -> str:
    """The choice that asks for a code."""
    return f"Thêm kênh {address.platform(platform)}"


def change_account(platform: str) -> str:
    """The choice that asks for a code to bind another account of a channel they have."""
    return f"Đổi tài khoản {address.platform(platform)}"


def prefer_channel(platform: str) -> str:
    """The choice that makes a channel the preferred one."""
    return f"Nhận tin qua {address.platform(platform)}"


def channel_code(platform: str, until: datetime, link: str, *, changes: bool = False) -> str:
    """How to use the code, which follows in a message of its own so that it can be copied. `until` is local."""
    way = f"bấm {link} hoặc gửi mã ở tin dưới đây" if link else "gửi mã ở tin dưới đây"
    name = address.platform(platform)
    what = f"Để dùng tài khoản {name} khác: từ tài khoản mới," if changes else f"Để thêm {name}:"
    return (
        f"{what} mở kênh nhắc việc trên {name} rồi {way}. "
        f"Mã dùng một lần, đến {wording.clock(until)}; không đưa cho người khác."
    )


def channel_code_here(platform: str) -> str:
    """Their own code typed where they already are."""
    name = address.platform(platform)
    return f"Mã này dùng để thêm {name}; nhờ anh/chị gửi mã ở kênh nhắc việc trên {name}."


def no_channel_to_add() -> str:
    """They are in that channel already; its account can only be changed from the other one."""
    return "Anh/chị đang dùng chính kênh này. Để đổi tài khoản của kênh này, gõ /kenh ở kênh kia."


def channel_bound(person: Person, new: str, *, changed: bool = False) -> str:
    """Said in the channel that was just added, or whose account was changed."""
    if changed:
        name = address.platform(new)
        return f"Đã đổi sang tài khoản {name} này cho {address.calling(person)}; tài khoản cũ không còn dùng được."
    return f"Đã thêm {address.platform(new)} cho {address.calling(person)}. Từ nay có thể trả lời ở cả hai kênh."


def channel_bound_elsewhere(person: Person, new: str, contact: str, *, changed: bool = False) -> str:
    """Said in the channels the person had before."""
    name = address.platform(new)
    done = f"vừa chuyển sang một tài khoản {name} khác" if changed else f"vừa thêm {name} làm kênh thứ hai"
    return f"{_start(person)} {done}. Nếu không phải {address.pronoun(person)} làm, nhờ báo ngay {contact}."


def account_taken(holder: Person) -> str:
    """This account already belongs to somebody (whose own chat this is)."""
    return f"Tài khoản này đã đăng ký cho {address.calling(holder)}; mỗi tài khoản chỉ dùng cho một người."


def preferred(person: Person, platform: str) -> str:
    """The preferred channel was chosen."""
    name = address.platform(platform)
    return f"Từ nay tin nhắc gửi {address.calling(person)} qua {name}; kênh kia chỉ dùng khi {name} không gửi được."


def _start(person: Person) -> str:
    return wording.capitalised(address.calling(person))
