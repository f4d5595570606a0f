"""Documents asked for in chat: which, a second question before people's data leaves, what is under way and what is ready."""

from __future__ import annotations

from datetime import datetime

from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.texts import wording
from bot.texts.summary import round_name, title

OTHER_ROUND = "Kỳ khác"
SURELY = "Xuất tệp"
NO = "Không xuất"

LABELS = {
    "xlsx": "Excel số liệu",
    "docx": "Báo cáo Word (dự thảo)",
    "ics": "Lịch .ics",
    "pictures": "Ảnh tình hình",
    "invites": "Phiếu mời QR",
}
"""Kind of document → its choice."""

_WHAT = {
    "xlsx": "bảng Excel số liệu",
    "docx": "dự thảo báo cáo Word",
    "ics": "tệp lịch .ics",
    "pictures": "ảnh tình hình",
    "invites": "phiếu mời QR",
    "own-data": "dữ liệu của anh/chị",
    "plan-check": "kết quả kiểm tra tệp kế hoạch",
    "plan-load": "việc áp dụng tệp kế hoạch",
}
_PLATFORMS = {"telegram": "Telegram", "zalo": "Zalo"}


def which(plan: Plan, round_: Round) -> str:
    """What can be had of a round."""
    return f"{wording.capitalised(title(plan, round_))}. Cần xuất tài liệu nào?"


def which_round() -> str:
    """Of which round?"""
    return "Xuất tài liệu của kỳ nào?"


def no_rounds() -> str:
    """Nothing is armed."""
    return "Chưa có kỳ báo cáo nào để xuất tài liệu."


def surely(kind: str, round_: Round) -> str:
    """The second question: what is in it, and what becomes of it."""
    what = _WHAT[kind]
    if kind == "invites":
        return (
            f"{wording.capitalised(what)} gồm một mã mời mới cho mỗi đơn vị chưa có đầu mối; ai có phiếu thì đăng ký được"
            " (vẫn phải chờ xác nhận). Tệp chỉ gửi cho anh/chị, máy chủ xoá sau 24 giờ, việc xuất được ghi vào nhật ký. Xuất?"
        )
    return (
        f"{wording.capitalised(what)} {round_name(round_)} có họ tên người gửi và nguyên văn trả lời của các đơn vị."
        " Tệp chỉ gửi cho anh/chị, máy chủ xoá sau 24 giờ, việc xuất được ghi vào nhật ký. Xuất?"
    )


def not_exported() -> str:
    """ "Không xuất"."""
    return "Không xuất tệp nào."


def under_way(kind: str, elsewhere: str) -> str:
    """Said at once. `elsewhere`: the platform it will come on, when it is not this one."""
    where = f" qua {_PLATFORMS[elsewhere]} của anh/chị, vì kênh này không gửi được tệp" if elsewhere else " tại đây"
    return f"Đang lập {_WHAT[kind]}; xong sẽ gửi{where}, thường trong một phút."


def under_way_already(kind: str) -> str:
    """Asked for twice."""
    return f"{wording.capitalised(_WHAT[kind])} đang được lập, xong sẽ gửi."


def no_way(kind: str) -> str:
    """This channel carries no files and the person has no other."""
    also = " Số liệu vẫn xem được tại đây bằng /tonghop." if kind in ("xlsx", "docx", "pictures") else ""
    return (
        f"Kênh Zalo này chưa gửi được tệp nên chưa lập {_WHAT[kind]}. Nhờ anh/chị gõ /kenh để thêm Telegram rồi xuất lại,"
        f" hoặc nhờ người quản trị máy chủ mở đường gửi tệp qua Zalo.{also}"
    )


def ready(kind: str, round_: Round, local: datetime) -> str:
    """Goes with the file. `local`: as of when."""
    of = f", {round_name(round_)}" if kind != "invites" else ""
    warn = {
        "docx": " Đây là dự thảo: nhờ anh/chị đọc lại, điền số, ký hiệu trước khi trình ký.",
        "invites": " Nhờ anh/chị in, giao tận tay từng đơn vị; không đăng vào nhóm.",
        "xlsx": " Có dữ liệu cá nhân, nhờ anh/chị không chuyển vào nhóm.",
    }.get(kind, "")
    return f"{wording.capitalised(_WHAT[kind])}{of}, lập lúc {wording.said_at(local)}.{warn}"


def nothing_to_show(kind: str) -> str:
    """There is nothing to make it of."""
    if kind == "invites":
        return "Mọi đơn vị đã có đầu mối nên không có phiếu mời nào để lập. Mời thêm người: gõ /moi và tên đơn vị."
    return f"Chưa có gì để lập {_WHAT[kind]}."


def failed(kind: str) -> str:
    """Ours to mend; nothing is lost."""
    return (
        f"Hệ thống chưa làm xong {_WHAT.get(kind, 'việc được yêu cầu')}. Số liệu không bị ảnh hưởng;"
        " nhờ anh/chị thử lại sau ít phút, nếu vẫn vậy xin báo người quản trị máy chủ."
    )
