"""What can be said here, by role: the commands menu, the greeting, the help and the way to stop."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.people import Person
from bot.texts import address, wording

# Command → the label of its choice and what it does.
ENTRIES = {
    "baocao": ("Báo cáo", "trả lời câu hỏi, sửa và gửi báo cáo"),
    "tiendo": ("Tiến độ", "đơn vị đã trả lời tới đâu"),
    "sua": ("Sửa báo cáo", "sửa câu đã trả lời, ví dụ /sua 6"),
    "dagui": ("Đã gửi văn bản", "báo cáo đã gửi qua văn bản"),
    "vuongmac": ("Khó khăn", "khó khăn, vướng mắc"),
    "kehoach": ("Kế hoạch", "việc kế hoạch giao cho đơn vị"),
    "doi": ("Đổi đầu mối", "chuyển đầu mối cho người khác"),
    "tonghop": ("Tổng hợp", "tình hình báo cáo các đơn vị"),
    "nguoi": ("Đầu mối các đơn vị", "ai phụ trách, số điện thoại, lịch sử"),
    "moi": ("Mời đăng ký", "tạo lời mời để chuyển cho đơn vị"),
    "duyet": ("Đăng ký chờ", "xác nhận người đăng ký"),
    "yeucau": ("Yêu cầu dữ liệu", "yêu cầu xoá dữ liệu cá nhân"),
    "lich": ("Lịch nhắc", "tin nhắc sắp gửi"),
    "ganhnang": ("Công sức trả lời", "mỗi câu hỏi tốn bao nhiêu thời gian"),
    "nhac": ("Nhắc đơn vị", "nhắc ngay đơn vị chưa gửi"),
    "dondoc": ("Sổ đôn đốc", "tin đã gửi, sắp gửi, chưa tới từng đơn vị"),
    "leothang": ("Báo lãnh đạo đơn vị", "đơn vị quá hạn, duyệt báo từng nơi"),
    "chot": ("Chốt kỳ", "chốt hoặc mở lại kỳ báo cáo"),
    "thongbao": ("Thông báo", "gửi một nội dung tới nhiều đơn vị"),
    "vangmat": ("Vắng mặt", "ghi ngày vắng, người nhận tin thay"),
    "xuat": ("Xuất tài liệu", "Excel, Word, lịch, ảnh, phiếu mời"),
    "donvi": ("Quản lý đơn vị", "thêm, đổi tên, đóng, sáp nhập"),
    "cauhoi": ("Câu hỏi của kỳ", "xem, sửa câu hỏi trước khi kỳ mở"),
    "mocnhac": ("Mốc nhắc", "xem, sửa các mốc nhắc của một kỳ"),
    "giolam": ("Giờ làm việc", "giờ làm việc, giờ gửi tin nhắc"),
    "nghile": ("Ngày nghỉ, làm bù", "ngày nghỉ, ngày làm bù của cơ quan"),
    "kenh": ("Kênh nhận tin", "thêm Zalo hoặc Telegram"),
    "hanmuc": ("Hạn mức Zalo", "số tin, số người đã dùng trong tháng"),
    "toi": ("Thông tin của tôi", "xem, sửa, xuất, xoá dữ liệu"),
    "huy": ("Dừng", "dừng việc đang làm"),
    "help": ("Trợ giúp", "xem hướng dẫn này"),
    "start": ("Bắt đầu", "bắt đầu hoặc gửi mã mời"),
}


def label(command: str) -> str:
    """How a command is called on a choice."""
    return ENTRIES[command][0]


def described(command: str) -> str:
    """What a command does, as in the platform's own menu."""
    return wording.capitalised(ENTRIES[command][1])


def greeting(person: Person, seats: Sequence[str], *, leads: bool) -> str:
    """/start of a known person; `seats`: "đầu mối của UBND Phường 5"; `leads`: whether they are a unit's or the district's
    leader."""
    holds = f", {wording.listed(seats)}" if seats else ""
    who = f"Kính chào {address.comrade(person)}" if leads else f"Chào {address.calling(person)}"
    return f"{who}{holds}. Chọn việc cần làm, hoặc gõ “giúp” để xem hướng dẫn."


def greeting_waiting(person: Person, coordinator: str) -> str:
    """/start of somebody not confirmed yet."""
    return f"Chào {address.calling(person)}. Đăng ký đang chờ {coordinator} xác nhận; khi có kết quả sẽ có tin tại đây."


def greeting_seatless(person: Person, coordinator: str) -> str:
    """/start of somebody who holds no seat any more."""
    return (
        f"Chào {address.calling(person)}. Hiện {address.pronoun(person)} không giữ vai trò nào tại kênh này. "
        f"Nếu được phân công lại, nhờ liên hệ {coordinator} để nhận mã mời."
    )


def guide(commands: Sequence[str], answers: bool, coordinates: bool, contact: str) -> str:
    """/help: one line a command, then examples."""
    lines = ["Gõ lệnh hoặc chọn trong danh mục:", *(f"/{name}: {ENTRIES[name][1]}" for name in commands)]
    if answers:
        lines.append("Khi được hỏi, trả lời tự nhiên: 12, 12/14, 2,5, 1tr2, 60%, chưa có số, không phát sinh.")
    if coordinates:
        lines.append("Ví dụ: /moi Phường 5 · /moi Phường 5 dự phòng · /nguoi Phòng Tư pháp.")
        lines.append("Hỏi bằng lời: còn đơn vị nào chưa gửi · phường 5 tiếp công dân bao nhiêu lượt · so với kỳ trước.")
    if contact:
        lines.append(f"Cần trao đổi, xin liên hệ {contact}.")
    return "\n".join(lines)


def stopped() -> str:
    """/huy ended something."""
    return "Đã dừng; số liệu đã nhập vẫn được giữ."


def nothing_to_stop() -> str:
    """/huy without anything open."""
    return "Hiện không có việc nào đang làm dở. Số liệu đã nhập vẫn được giữ."
