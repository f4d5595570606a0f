"""What people type for a choice besides its label, its number or its letter.

Written with their accents, which then count: whoever types "dừng" (stop) must not be taken to say "đúng" (right). Where one of
two choices is "đúng" the other is "dừng" too, so that a bare "dung" is neither. Choices that send, end or erase something
(`Route.grave`) take no mere "ok" or "không" where nobody asked: to an announcement that only says "read".
"""

from __future__ import annotations

SEND = ("gửi",)
SEND_ANSWER = ("gửi", "đồng ý", "ok")
SEND_EXTENSION = ("gia hạn", "gửi")
ROUTE = ("đồng ý", "gửi")
ESCALATE = ("duyệt", "gửi")
EXPORT = ("xuất", "đồng ý")
REGISTER = ("đúng rồi", "có", "ok", "vâng", "gửi")
NO_PHONE = ("không", "không có", "để sau", "skip")
CONFIRM_SEAT = ("đồng ý", "duyệt")
CONFIRM_SURELY = ("đồng ý", "xác nhận")
REFUSE_SEAT = ("không đồng ý",)
END_SEAT = ("có", "xác nhận", "ok")
HAND_OVER = ("có", "đồng ý", "ok")
ACCEPT = ("chấp nhận", "có")
CLOSE_ROUND = ("chốt", "có")
OPEN_ROUND = ("mở lại", "có")
APPLY = ("ghi", "đồng ý", "đúng")
AWAY = ("đúng", "có", "ok")

KEEP = ("không", "thôi", "hủy")
STOP = ("hủy", "không", "dừng")
DROP = ("không", "thôi", "dừng")
NEVER_MIND = ("thôi", "hủy")
CANCEL = ("hủy",)
NOBODY = ("không",)
NO_NOTE = ("không",)

CHANGE = ("sửa",)
TODAY = ("hôm nay",)
BACK = ("trước",)
ON = ("tiếp", "sau")
FIGURES = ("số liệu",)
BY_UNIT = ("đơn vị",)
PICTURE = ("ảnh", "hình")
TAKE_AWAY = ("xuất", "tải về")
CHASE = ("nhắc",)
