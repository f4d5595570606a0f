"""A person's own data: why it is kept and how long, having it sent, having it erased; and what Nội vụ is asked about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.people import Person
from bot.texts import address, wording

EXPORT = "Xuất dữ liệu của tôi"
ERASE = "Rút đồng ý, xoá dữ liệu"
ERASE_SURELY = "Gửi yêu cầu xoá"
KEEP = "Giữ lại"
WITHDRAW = "Rút lại yêu cầu xoá"
APPROVE = "Đồng ý xoá"
APPROVE_SURELY = "Xác nhận xoá"
REFUSE = "Chưa xoá được"


def pseudonym(person_id: int) -> str:
    """What stands where a name stood."""
    return f"Cán bộ đã xoá #{person_id}"


def why(inbox_days: int, outbox_days: int, people_days: int) -> str:
    """Purpose, legal basis, how long; below what is stored. `people_days`: after the last role; 0 is until it is asked for."""
    after = f" và {wording.days_count(people_days)} sau đó, hoặc" if people_days else ","
    return (
        "Mục đích: nhắc hạn, nhận số liệu, liên hệ về báo cáo. "
        "Căn cứ: sự đồng ý khi đăng ký và nhiệm vụ được giao (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15). "
        f"Thời hạn: họ tên, điện thoại, tài khoản giữ trong khi có vai trò{after} đến khi có yêu cầu xoá; "
        f"tin nhận {wording.days_count(inbox_days)}, tin gửi {wording.days_count(outbox_days)}; "
        "số liệu báo cáo là hồ sơ của đơn vị. "
        "Tin nhắn đi qua máy chủ Telegram, Zalo; chỉ Phòng Nội vụ xem được danh sách cán bộ."
    )


def preparing() -> str:
    """The export is under way."""
    return "Đang chuẩn bị dữ liệu đang lưu về anh/chị, tệp sẽ gửi tại đây trong ít phút."


def under_way() -> str:
    """It was asked for a moment ago."""
    return "Dữ liệu của anh/chị đang được chuẩn bị, sẽ gửi tại đây trong ít phút."


def exported(person: Person, at: datetime) -> str:
    """With the file; `at` is local."""
    return f"Dữ liệu đang lưu về {address.calling(person)}, tính đến {wording.said_at(at)}."


def file_name(on: datetime) -> str:
    """Of the exported file."""
    return f"du-lieu-cua-toi-{on:%Y-%m-%d}.json"


SECTIONS: Mapping[str, str] = {
    "person": "Thông tin",
    "channels": "Kênh",
    "seats": "Vai trò",
    "answers": "Câu trả lời đã nhập",
    "reports": "Báo cáo đã gửi",
    "difficulties": "Khó khăn đã nêu",
    "files": "Tệp đã gửi",
    "wishes": "Hẹn nhắc lại",
    "absences": "Ngày vắng mặt",
    "requests": "Yêu cầu về dữ liệu",
    "messages": "Số tin đã nhận và gửi",
}


def section(name: str, lines: Sequence[str]) -> str:
    """One part of the export as text."""
    return "\n".join([f"{SECTIONS[name]}:", *(lines or ("không có",))])


# Erasing, to the person


def erase_surely(person: Person, seats: str, coordinator: str) -> str:
    """What it means, before it is asked for."""
    loses = f" {wording.capitalised(address.pronoun(person))} sẽ thôi {seats}." if seats else ""
    return (
        "Xoá dữ liệu nghĩa là: bỏ họ tên, số điện thoại, tài khoản Telegram/Zalo, tin đã trao đổi và tệp gửi ngoài báo cáo; "
        f"không nhận nhắc hạn nữa.{loses} Số liệu báo cáo đã gửi là hồ sơ của đơn vị nên được giữ, không kèm tên. "
        f"Yêu cầu được chuyển tới {coordinator}, trả lời trong 2 ngày làm việc; xoá rồi không khôi phục được."
    )


def erase_asked(coordinator: str, due: datetime) -> str:
    """The request was passed on; `due` is local."""
    return f"Đã chuyển yêu cầu xoá dữ liệu tới {coordinator}, trả lời chậm nhất {wording.said_at(due)}. Gõ /toi để rút lại."


def erase_approved_already() -> str:
    """It is under way."""
    return "Yêu cầu xoá dữ liệu đã được duyệt, đang thực hiện."


def kept() -> str:
    """They changed their mind before asking."""
    return "Dữ liệu được giữ như hiện nay."


def withdrawn() -> str:
    """They changed their mind after asking."""
    return "Đã rút lại yêu cầu xoá dữ liệu."


def nothing_to_withdraw() -> str:
    """It was decided meanwhile."""
    return "Không còn yêu cầu xoá nào đang chờ."


def farewell(coordinator: str) -> str:
    """The last message before everything goes."""
    return (
        f"{coordinator} đã duyệt yêu cầu. Dữ liệu cá nhân của anh/chị được xoá trong ít phút tới và đây là tin cuối cùng. "
        "Tin cũ trong khung trò chuyện này do Telegram hoặc Zalo giữ, nhờ anh/chị tự xoá tại máy. Cảm ơn anh/chị."
    )


def refused(coordinator: str, contact: str) -> str:
    """Nội vụ did not erase."""
    reach = contact or coordinator
    return f"{coordinator} chưa xoá được dữ liệu theo yêu cầu của anh/chị. Để biết lý do và cách bàn giao, xin liên hệ {reach}."


# Erasing, to Nội vụ


def asked(person: Person, seats: str, due: datetime) -> str:
    """A request arrived; `due` is local."""
    held = f", {seats}" if seats else ""
    return (
        f"{wording.capitalised(address.full(person))}{held} yêu cầu xoá dữ liệu cá nhân. "
        f"Hạn trả lời: {wording.said_at(due)} (2 ngày làm việc, Nghị định 356/2025/NĐ-CP). "
        "Nếu đang là đầu mối, nên cử người thay trước khi đồng ý."
    )


def approve_surely(person: Person, seats: str) -> str:
    """Once more, because it cannot be undone."""
    loses = f" Người này sẽ thôi {seats}, đơn vị cần cử người thay." if seats else ""
    return (
        f"Xác nhận lần hai: xoá dữ liệu của {address.full(person)}? Không khôi phục được, kể cả từ bản sao lưu.{loses} "
        "Số liệu báo cáo vẫn giữ, không kèm tên."
    )


def approved(person: Person) -> str:
    """Done; it happens when the farewell has left."""
    return f"Đã duyệt. Dữ liệu của {address.full(person)} được xoá sau khi tin báo tới người đó."


def refused_done(person: Person) -> str:
    """To the coordinator who refused."""
    return f"Đã báo {address.full(person)} là chưa xoá được. Nhờ anh/chị liên hệ trực tiếp để giải thích lý do."


def last_coordinator() -> str:
    """Nobody would be left to confirm anybody."""
    return "Đây là cán bộ tổng hợp duy nhất. Cần thêm một cán bộ tổng hợp khác trước khi xoá."


def not_oneself() -> str:
    """A second pair of eyes."""
    return "Yêu cầu của chính mình cần một cán bộ tổng hợp khác duyệt."


def decided_already() -> str:
    """A colleague was quicker, or it was withdrawn."""
    return "Yêu cầu này đã được xử lý hoặc đã được rút lại."


def none_open() -> str:
    """/yeucau without any."""
    return "Không có yêu cầu nào về dữ liệu cá nhân đang chờ."


def open_list(many: int) -> str:
    """/yeucau."""
    return f"{wording.count(many)} yêu cầu xoá dữ liệu cá nhân đang chờ trả lời:"


def row(person: Person, due: datetime, *, late: bool) -> str:
    """One of the list; `due` is local."""
    return f"{address.full(person)}: {'quá hạn từ' if late else 'hạn'} {wording.said_at(due)}"


def digest_line(many: int, late: int, first_due: datetime) -> str:
    """In the daily digest; `first_due` is local."""
    over = f", {wording.count(late)} đã quá hạn" if late else ""
    waiting = f"Yêu cầu xoá dữ liệu cá nhân đang chờ: {wording.count(many)}{over}"
    return f"{waiting}; hạn gần nhất {wording.said_at(first_due)}. Gõ /yeucau."
