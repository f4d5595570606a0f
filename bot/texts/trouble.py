"""What Nội vụ is told about messages that did not get through."""

from __future__ import annotations

from collections.abc import Mapping


def guessing(many: int) -> str:
    """Somebody tries codes."""
    return (
        f"Trong một giờ có {many} mã mời sai được gửi tới hệ thống, có thể ai đó đang dò mã. Chưa mã nào đúng; "
        "hệ thống đã tạm bỏ qua mã của những tài khoản này. Nếu có người được mời báo không vào được, nhờ anh/chị cấp mã mới."
    )


def line(troubles: Mapping[str, int], set_aside: int) -> str:
    """One line for the daily digest, "" when all is well. See Outbox.troubles and Inbox.set_aside."""
    parts = [
        f"{many} tin {what}"
        for state, what in (
            ("uncertain", "chưa rõ đã tới hay chưa, sẽ gửi lại"),
            ("held", "chưa rõ đã tới hay chưa, không gửi lại nữa"),
            ("unreachable", "không tới được người nhận"),
            ("dead", "không gửi được"),
        )
        if (many := troubles.get(state, 0))
    ]
    if set_aside:
        parts.append(f"{set_aside} tin nhận về không đọc được, đang giữ lại")
    return f"Cần để ý từ hôm trước: {'; '.join(parts)}." if parts else ""
