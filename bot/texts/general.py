"""What is said when a message finds no home: not understood, not allowed, not known, not now."""

from __future__ import annotations


def hint_digits() -> str:
    """Under a list numbered 1), 2) …"""
    return "Trả lời bằng số, ví dụ 1."


def hint_letters() -> str:
    """Under a list lettered a), b) …"""
    return "Trả lời bằng chữ cái, ví dụ a."


def not_understood() -> str:
    """Text that means nothing here."""
    return "Hệ thống chưa hiểu tin này. Gõ “giúp” để xem những việc làm được tại đây."


def courtesy() -> str:
    """Thanks, a nod, a picture of a thumb: nothing to do, and nothing to apologise for."""
    return "Cảm ơn anh/chị. Khi cần, gõ “giúp” để xem những việc làm được tại đây."


def unknown_command() -> str:
    """A slash command we do not have."""
    return "Không có lệnh này. Gõ “giúp” để xem các lệnh dùng được."


def old_button() -> str:
    """A button that means nothing any more."""
    return "Nút này không còn dùng được. Gõ “giúp” để xem những việc làm được tại đây."


_ASK_BACK = "Chưa rõ anh/chị trả lời câu nào nên chưa ghi nhận. Nhờ anh/chị trả lời lại câu này:"


def which_question(shown_text: str) -> str:
    """What was typed may have been meant for another question: show the question again (once is enough) and take nothing."""
    return shown_text if shown_text.startswith(_ASK_BACK) else f"{_ASK_BACK}\n\n{shown_text}"


def only_text() -> str:
    """A sticker, a voice message, a place."""
    return "Kênh này chỉ đọc được chữ, số và nút bấm. Nhờ anh/chị trả lời bằng chữ hoặc số."


def file_not_received(platform: str) -> str:
    """A file that could not be had; on Zalo the platform does not pass files on."""
    if platform == "zalo":
        return (
            "Tệp gửi qua Zalo không tới được hệ thống nên chưa lưu. "
            "Nhờ anh/chị gửi tệp qua hệ thống quản lý văn bản, hoặc gửi tại kênh Telegram (gõ /kenh để thêm)."
        )
    return "Chưa nhận được tệp này nên chưa lưu. Nhờ anh/chị gửi lại tệp nhỏ hơn, hoặc gửi qua hệ thống quản lý văn bản."


def file_unasked() -> str:
    """A file no question asked for."""
    return "Hiện không có câu hỏi nào cần tệp nên tệp này không gắn với báo cáo. Nhờ anh/chị gửi qua hệ thống quản lý văn bản."


def repeated(text: str) -> str:
    """A message that may have arrived before."""
    return f"(Gửi lại; nếu anh/chị đã nhận tin này, mong bỏ qua.)\n{text}"


def our_fault(incident: str) -> str:
    """Something of ours broke while handling a message; it is kept."""
    return (
        f"Hệ thống gặp trục trặc nên chưa xử lý được tin vừa rồi (mã {incident}). "
        "Tin đã được giữ lại để xem xét; số liệu đã nhập trước đó vẫn còn. Nếu cần gấp, nhờ anh/chị gửi lại sau ít phút."
    )


def still_waiting(coordinator: str) -> str:
    """The seat was asked for and nobody confirmed it yet."""
    return f"Đăng ký của anh/chị đang chờ {coordinator} xác nhận. Khi có kết quả sẽ có tin tại đây."


def not_allowed(coordinator: str) -> str:
    """A known person asks for what is not theirs; says nothing about whether it exists."""
    return f"Việc này không thuộc phần được giao cho anh/chị. Nếu chưa đúng, nhờ anh/chị liên hệ {coordinator}."


def stranger(coordinator: str, contact: str) -> str:
    """The one answer a stranger gets, whatever they say."""
    reach = f" Cần hỏi thêm, xin liên hệ {contact}." if contact else ""
    return (
        f"Đây là kênh nhắc việc của {coordinator}, dành cho cán bộ được mời. "
        f"Nếu đã có mã mời, nhờ anh/chị gửi mã tại đây.{reach}"
    )


def in_group() -> str:
    """Addressed in a group: units' figures are never shown there."""
    return "Số liệu của từng đơn vị chỉ trao đổi trong tin nhắn riêng. Nhờ anh/chị nhắn riêng cho kênh này."


def edited() -> str:
    """A message was changed after it had been sent."""
    return "Đã thấy anh/chị sửa tin cũ, nhưng câu trả lời đã ghi không đổi theo. Để sửa một câu, gõ ví dụ: sửa câu 6."
