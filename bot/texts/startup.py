"""What the person who installs the bot reads when it starts, or does not."""

from __future__ import annotations

_KINDS = {
    "url": "phải là một địa chỉ bắt đầu bằng http:// hoặc https://",
    "https": "phải là địa chỉ https:// mà Internet tới được (địa chỉ của máy chủ proxy ngược)",
    "secret": "phải dài từ 8 tới 256 ký tự, chỉ gồm chữ không dấu, số, dấu - và _",
    "zone": "không phải tên múi giờ (ví dụ Asia/Ho_Chi_Minh)",
    "level": "phải là DEBUG, INFO, WARNING hoặc ERROR",
    "hours": "OFFICE_OPENS phải sớm hơn OFFICE_CLOSES",
    "outside": "phải nằm trong giờ làm việc (từ OFFICE_OPENS tới OFFICE_CLOSES; REMIND_AT, EXCERPT_AT thì trước OFFICE_CLOSES)",
    "time_parsing": "phải là giờ dạng 07:30",
    "time_type": "phải là giờ dạng 07:30",
    "int_parsing": "phải là số nguyên",
    "less_than_equal": "quá lớn (tối đa {limit})",
    "greater_than_equal": "quá nhỏ (tối thiểu {limit})",
}


def bad_setting(name: str, value: str, kind: str, limit: str) -> str:
    """One sentence naming the wrong setting."""
    said = _KINDS.get(kind, "không hợp lệ").format(limit=limit)
    if not name:
        return f"Cài đặt chưa đúng: {said}. Xem .env.example."
    shown = f" = “{value}”" if value else ""
    return f"Cài đặt {name}{shown} chưa đúng: {said}. Xem .env.example."


def bad_token(platform: str, name: str) -> str:
    """The platform does not know the token."""
    return f"{platform} không nhận mã truy cập trong {name}. Kiểm tra lại mã do {platform} cấp (không dán mã vào nơi khác)."


def bad_database(reason: str) -> str:
    """The database cannot be opened."""
    return f"Không mở được cơ sở dữ liệu ({reason}). Kiểm tra DATABASE_URL, quyền ghi thư mục dữ liệu và dung lượng đĩa."


def second_process(folder: str) -> str:
    """Another process has this data folder."""
    return f"Đã có một tiến trình Nhắc Việc đang chạy với thư mục {folder}. Chỉ chạy một tiến trình cho mỗi bot."


def second_poller(platform: str) -> str:
    """Another process reads the same bot."""
    return (
        f"Một nơi khác đang nhận tin của cùng bot {platform}. Hãy dừng nơi đó; nếu không biết là nơi nào,"
        " thu hồi mã truy cập và cấp mã mới."
    )


def port_taken(port: int) -> str:
    """The sandbox's port is in use."""
    other = 8081 if port != 8081 else 8082
    return f"Cổng {port} đang được chương trình khác dùng. Đặt SANDBOX_PORT khác, ví dụ SANDBOX_PORT={other} make run."


def http_port_taken(port: int) -> str:
    """The web server's port is in use."""
    return f"Cổng {port} đang được chương trình khác dùng. Đặt HTTP_PORT khác trong .env."


def web_ready(address: str, public: str) -> str:
    """Where the bot's own web server listens, and what it is called outside."""
    return f"Máy chủ web: http://{address}" + (f", bên ngoài là {public} (Zalo gửi tin về đây)." if public else ".")


def sandbox_ready(port: int) -> str:
    """Where the sandbox is."""
    return (
        f"Sân thử đã sẵn sàng: http://127.0.0.1:{port}\n"
        "Mọi tin nhắn chỉ nằm trên máy này; chưa có gì gửi tới Telegram hay Zalo thật. Dừng: Ctrl+C."
    )


def running(channels: str) -> str:
    """The bot is at work."""
    return f"Nhắc Việc đang chạy trên {channels}. Dừng: Ctrl+C."


def channels(names: list[str]) -> str:
    """Names of channels."""
    return " và ".join(name.capitalize() for name in names)


def stopped() -> str:
    """The end."""
    return "Đã dừng. Dữ liệu được giữ nguyên."


def wait_for_network(platform: str) -> str:
    """The platform cannot be reached yet."""
    return f"Chưa kết nối được {platform}, sẽ thử lại. Kiểm tra đường mạng nếu thông báo này lặp lại."


CAST = (
    ("hoa", "Chị Hoa", "Phòng Nội vụ", "NV", "coordinator"),
    ("lan", "Chị Lan", "UBND Phường 5", "P5", "focal"),
    ("minh", "Anh Minh", "Phòng Quản lý Đô thị", "QLDT", "focal"),
)
"""Whom the sandbox proposes to play: key, name, what they are, unit code, role."""


BOT_NAME = "Nhắc Việc"
"""What the sandbox calls the bot."""
