"""The command line about what waits for a human: updates set aside, messages held or dead."""

from __future__ import annotations

ABOUT = "Hàng đợi: tin nhận về chưa xử lý được, tin gửi đi cần người quyết định."
LIST = "Liệt kê những tin đang chờ người quyết định; chỉ có mã số, không có nội dung."
LIST_MORE = """--json: {updates: [{id, platform, received_at, attempts, error}],
messages: [{id, state: held | dead, kind, platform, person_id, ended_at, reason}]}"""
HANDLE = "Xử lý lại một tin nhận về đã để riêng."
HANDLE_MORE = "Dùng sau khi đã sửa lỗi của chương trình; tin được xử lý như vừa mới đến. Mã số xem bằng: nhacviec queue list"
SEND = "Gửi lại một tin đang giữ hoặc đã hỏng."
SEND_MORE = (
    "Tin đang giữ có thể đã tới người nhận, nên bản gửi lại có ghi là gửi lại. Tin không còn đúng sẽ không đi.\n"
    "Mã số xem bằng: nhacviec queue list"
)
NUMBER = "MÃ_SỐ"
NUMBER_HELP = "Mã số của tin, theo lệnh queue list."

UPDATE_HEADINGS = ("Tin nhận về", "Kênh", "Nhận lúc", "Số lần thử", "Lỗi")
MESSAGE_HEADINGS = ("Tin gửi đi", "Tình trạng", "Kênh", "Người nhận", "Dừng lúc", "Lý do")
STATES = {"held": "giữ lại, chưa rõ đã tới", "dead": "không gửi được"}

_WHY_NOT = {
    "unknown": "không có tin nào mang mã số này",
    "not waiting": "tin này không chờ ai quyết định",
    "wiped": "nội dung đã được xoá theo thời hạn lưu",
    "old": "tin nhắc này đã qua ngày; bot sẽ nhắc theo mốc tiếp theo",
}


def nothing() -> str:
    """All is well."""
    return "Không có tin nào chờ người quyết định."


def again(number: int, *, sent: bool) -> str:
    """It goes on from here."""
    return f"Tin {number} sẽ được {'gửi' if sent else 'xử lý'} lại khi bot chạy."


def not_again(number: int, why: str) -> str:
    """Why not; `why`: storage.queues.Answer."""
    return f"Tin {number} giữ nguyên: {_WHY_NOT[why]}."
