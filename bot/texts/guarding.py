"""What is said when something should not be typed or sent here: secrecy marks, people's numbers, files we do not take."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.filetypes import Unfit, endings
from bot.domain.secrets_marks import Mark
from bot.texts import wording

_MARKS = {
    Mark.IDENTITY: "số căn cước hoặc chứng minh nhân dân",
    Mark.CARD: "số thẻ hoặc số tài khoản ngân hàng",
    Mark.PHONE: "số điện thoại cá nhân",
    Mark.EMAIL: "địa chỉ thư điện tử cá nhân",
    Mark.DENUNCIATION: "họ tên người tố cáo hoặc người bị tố cáo",
}

FIX = "Sửa lại"
ANYWAY = "Vẫn gửi"


def secret_refused(contact: str) -> str:
    """A secrecy mark: nothing is kept, there is no way round, and where it belongs."""
    return (
        "Tin vừa rồi có dấu chỉ độ mật nên hệ thống không lưu và đã xoá nội dung đã nhận. "
        "Tài liệu, thông tin mật chỉ gửi qua văn thư theo quy định về bảo vệ bí mật nhà nước, không gửi qua Telegram hay Zalo. "
        "Nhờ anh/chị xoá tin đó ở khung trò chuyện này và báo người phụ trách bảo mật của đơn vị. "
        f"Nếu nội dung không mật, nhờ gõ lại không kèm dấu mật; cần trao đổi, xin liên hệ {contact}."
    )


def personal(marks: Collection[Mark], *, file: bool) -> str:
    """Something of a citizen's: it may be needed, so the officer decides. Nothing is kept before."""
    what = wording.listed(_MARKS[mark] for mark in Mark if mark in marks and mark in _MARKS)
    where = "Tệp vừa gửi" if file else "Tin vừa rồi"
    named = " Luật Tố cáo cấm để lộ thông tin người tố cáo." if Mark.DENUNCIATION in marks else ""
    again = "gửi lại bản đã bỏ phần này" if file else "gõ lại, bỏ phần này"
    return (
        f"{where} có thể chứa {what}, nên chưa ghi nhận.{named} "
        f"Nhờ anh/chị {again}; nếu thật cần cho báo cáo thì chọn {ANYWAY}."
    )


def say_again(*, file: bool) -> str:
    """It was withdrawn; the question is still open."""
    if file:
        return "Đã bỏ tệp vừa rồi, không lưu. Nhờ anh/chị gửi lại tệp đã sửa."
    return "Đã bỏ tin vừa rồi, không lưu. Nhờ anh/chị gõ lại nội dung."


def unfit(why: Unfit, contact: str) -> str:
    """Why a file was not taken, and what to do."""
    kinds = f"Hệ thống nhận: {', '.join(endings())}; tối đa 20 MB."
    match why:
        case Unfit.EMPTY:
            return "Tệp vừa gửi không có nội dung nên chưa lưu. Nhờ anh/chị kiểm tra và gửi lại."
        case Unfit.TOO_LARGE:
            return "Tệp vừa gửi lớn hơn 20 MB nên chưa lưu. Nhờ anh/chị gửi tệp nhỏ hơn, hoặc gửi qua hệ thống quản lý văn bản."
        case Unfit.KIND:
            return (
                f"Loại tệp này chưa nhận được nên chưa lưu. {kinds} Tệp nén (zip, rar) nhờ anh/chị giải nén rồi gửi từng tệp."
            )
        case Unfit.DISGUISED:
            return f"Đuôi tên tệp không đúng với nội dung tệp nên chưa lưu. {kinds} Nhờ anh/chị lưu lại đúng định dạng rồi gửi."
        case Unfit.MACRO:
            return "Tệp có macro nên chưa lưu. Nhờ anh/chị lưu lại thành .docx, .xlsx (không macro) hoặc PDF rồi gửi."
        case Unfit.BOMB:
            return "Tệp có cấu trúc nén bất thường nên chưa lưu. Nhờ anh/chị mở ra, lưu lại (hoặc xuất PDF) rồi gửi."
        case Unfit.BROKEN:
            return "Tệp bị hỏng hoặc có mật khẩu nên chưa lưu. Nhờ anh/chị kiểm tra, bỏ mật khẩu rồi gửi lại."
        case Unfit.SECRET:
            return secret_refused(contact)
