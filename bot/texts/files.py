"""Files a channel cannot carry: what the reader is told instead, and the page where they send one themselves."""

from __future__ import annotations


def by_link(name: str) -> str:
    """The file comes as a link at the end of the message; see bot.domain.links.DOCUMENT."""
    return f"Tệp “{name}”: bấm liên kết ở cuối tin để tải về; liên kết dùng được trong 24 giờ."


def elsewhere(name: str, kind: str) -> str:
    """This channel carries no files at all."""
    what = "Hình" if kind == "photo" else "Tệp"
    return (
        f"{what} “{name}” không gửi được qua Zalo. Để nhận, nhờ anh/chị mở kênh Telegram (gõ /kenh để thêm), "
        "hoặc liên hệ Phòng Nội vụ để nhận qua hệ thống quản lý văn bản."
    )


def send_here(link: str, until: str) -> str:
    """Zalo told us of a file and did not hand it over: a page that takes it. `until`: "10:35"."""
    return (
        "Tệp gửi qua Zalo không tới được hệ thống nên chưa lưu. "
        f"Nhờ anh/chị mở liên kết dưới đây và chọn lại tệp (dùng một lần, đến {until}; không chuyển cho người khác).\n{link}"
    )


# The page

PAGE_TITLE = "Gửi tệp cho Nhắc Việc"
CHOOSE = "Chọn tệp"
SEND = "Gửi tệp"
ACCEPTED = "Nhận PDF, Word, Excel, ảnh; tối đa 20 MB. Không gửi tài liệu mật."
THANKS = "Đã nhận tệp. Mời anh/chị quay lại Zalo, kết quả có trong tin nhắn."
USED = "Liên kết này đã dùng. Để gửi tệp khác, nhờ anh/chị gửi lại tệp trong Zalo để nhận liên kết mới."
OVER = "Liên kết đã hết hạn. Nhờ anh/chị gửi lại tệp trong Zalo để nhận liên kết mới."
MOVED_ON = "Câu hỏi cần tệp này không còn mở. Nhờ anh/chị quay lại Zalo; khi cần tệp, gửi lại để nhận liên kết mới."
UNKNOWN = "Liên kết không đúng. Nhờ anh/chị mở lại đúng liên kết trong tin nhắn Zalo."
NO_FILE = "Chưa chọn tệp. Nhờ anh/chị chọn tệp rồi bấm gửi."
OUR_FAULT = "Hệ thống chưa lưu được tệp. Nhờ anh/chị thử lại sau ít phút; liên kết vẫn dùng được."
