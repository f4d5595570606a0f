"""The words questions are made of, folded: what says that something is asked, and what is asked for."""

from __future__ import annotations

import re

from bot.domain.queries import Sending
from bot.domain.words import vocabulary


def _any(*patterns: str) -> re.Pattern[str]:
    """Whole words, any of these."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_WHEN = "(?:bao gio|khi nao|ngay nao|luc nao|hom nao)"
_SENDS = "(?:gui|nop|bao cao)"
_UNITS = "(?:don vi|phuong|phong ban|phong|co quan|dia phuong|noi)"

QUESTION = _any(
    "bao nhieu|bn|bnhieu|may|nao|gi|the nao|ra sao|sao roi|toi dau|den dau|khi nao|bao gio|ai",
    "xem|cho biet|cho hoi|hoi|tong|tong so|tong cong|liet ke|danh sach|so voi|so sanh|tang hay giam",
    "(?:gui|nop|bao cao|lam|xong)(?: bao cao| roi)? (?:chua|khong|ko)",
    "chua(?: a| vay| nhi)?$",
    "khong(?: a| vay| nhi)?$",
)
"""It is put as a question."""

PLAN = _any(
    "(?:ke hoach|kh|van ban)(?: so)?(?: \\d+)?(?: nay)?(?: co)?"
    " (?:noi|giao|yeu cau|quy dinh|ghi|neu|de cap|viet)(?: gi| the nao| ra sao)?",
    "(?:theo|trong) ke hoach",
    "(?:diem|y|muc|phan) nao (?:cua ke hoach |trong ke hoach )?(?:noi|ghi|neu|giao|quy dinh)",
)
TROUBLES = _any("kho khan|vuong mac")
COMPARE = _any(
    "so (?:voi|sanh|ky|nam|cung)",
    "cung ky",
    "tang hay giam|tang giam",
    "(?:tang|giam) (?:bao nhieu|may|khong|the nao)",
    "hon (?:ky|nam) (?:truoc|ngoai)",
)
BEFORE = _any("(?:ky|lan|dot|bao cao) (?:truoc|roi|vua roi|lien truoc|vua qua|gan nhat)")
LAST_YEAR = _any("cung ky|nam (?:truoc|ngoai|roi|qua)")
HIGH = _any("(?:nhieu|cao|lon|dong) nhat|dan dau")
LOW = _any("(?:it|thap|nho) nhat")

WHO = _any(
    f"ai|{_UNITS} (?:nao|chua)|nhung (?:ai|{_UNITS})|danh sach|liet ke",
    f"(?:may|bao nhieu) {_UNITS}|con (?:ai|nhung|{_UNITS})|cac {_UNITS}",
)
"""Units are asked for."""

SENDINGS: tuple[tuple[Sending, re.Pattern[str]], ...] = (
    (Sending.NOT_BEGUN, _any("chua (?:bat dau|lam|tra loi|dong toi|mo)")),
    (Sending.FILLING, _any("dang (?:lam|tra loi|dien|nhap|do)|(?:lam|con) do|do dang|nua chung")),
    (Sending.PAPER, _any("(?:bang|qua|theo|tren) (?:van ban|giay|cong van)|ban giay")),
    (Sending.LATE, _any("tre|tre han|muon|qua han|sau han|cham|(?:khong|chua) dung han")),
    (
        Sending.MISSING,
        _any(
            f"(?:chua|ko|khong|k)(?: thay| co)? (?:{_SENDS}|tra)",
            "chua (?:nhan|xong|hoan thanh|hoan tat|co bao cao)|con thieu|thieu bao cao|con no",
        ),
    ),
    (Sending.SENT, _any("da (?:gui|nop|bao cao|xong|hoan thanh|hoan tat)|(?:gui|nop|xong)(?: bao cao)? roi")),
)
"""The first that fits: "chưa bắt đầu" before "chưa gửi"."""

WARDS = _any("phuong (?:nao|chua|da|dang)|(?:nhung|cac|may|bao nhieu|con|danh sach) phuong")
DEPARTMENTS = _any("phong(?: ban)? (?:nao|chua|da|dang)|(?:nhung|cac|may|bao nhieu|con|danh sach) phong")
STATE = _any(
    f"(?:{_SENDS}|lam|xong|hoan thanh)\\b.*\\b(?:chua|roi|khong|ko|k)",
    "the nao|ra sao|sao roi|toi dau|den dau|tinh hinh|tien do|may cau|tinh trang",
)
DUE = _any(
    "het han|han chot|den han|han nop|han gui|han bao cao|deadline|ngay cuoi",
    f"han\\b.*\\b(?:{_WHEN}|la gi)",
    f"{_WHEN}\\b.*\\b(?:han|{_SENDS})",
    f"{_SENDS}\\b.*\\b{_WHEN}",
    "con (?:may|bao nhieu) ngay|con bao lau",
)
OVERALL = _any("tong|toan quan|ca quan|tat ca|toan bo|cac (?:phuong|don vi|phong)|16 phuong")

AROUND_TOPIC = _any(
    "kho khan|vuong mac|lien quan(?: den| toi)?|noi dung|chu de|van de|(?:don vi|phuong|phong) nao|danh sach|liet ke",
    "bao nhieu|may|chua tra loi|cho tra loi|da tra loi|dang cho",
)
"""What stands around the topic of a difficulty or of the plan, and is none itself."""

POLITE = vocabulary(
    "a|ah|ai|anh|bot|chi|cho|chua|co|con|cua|da|dang|den|di|duoc|em|gi|giup|hay|hoi|khi|khong|ko|ky|la|lai|ma|minh|nao|nay"
    "|nha|nhe|nhi|nhung|nua|phai|du|cac|o|oi|on|roi|sao|so|tai|the|thi|tinh|toi|trong|tu|va|vay|ve|voi|xem|biet|dau|bi|muon|can|long|vui"
)
"""Small words that say nothing about what is asked."""

AROUND = vocabulary(
    "a|ah|ai|anh|cac|chi|cho|co|cua|da|dang|em|gi|hoi|khong|ko|ky|la|ma|minh|nao|nay|nhe|nhi|nhung|o|roi|the|thi|toi|vay|ve|xem|biet"
)
"""The same around a topic, where fewer are certain to be no part of it."""

MEASURES = vocabulary(
    "bao|nhieu|bn|bnhieu|may|luot|nguoi|don|vu|doan|cuoc|buoi|lop|ho|hem|tuyen|mo|hinh|van|ban|m2|met|vuong|dong|phan|tram|ty"
    "|le|ket|qua|lieu|thuc|hien|giai|quyet|phuong|phong|vi|y|kien|dat|dien|tich|to|chuc|tong|cong|toan|quan|ca|tat|bo|trinh"
    "|truong|hop|nhat|dot|lan|duoc|moi|thang|nam|hoi|nghi|gui|bao|cao|so|da|ra|cu|the|thu"
)
"""Words around a figure."""

SPOKEN = vocabulary(
    "ai|don|vi|phuong|phong|ban|gui|nop|bao|cao|xong|tre|muon|han|qua|sau|cham|het|chot|deadline|bat|tra|loi|lam|hoan|thanh|tat"
    "|nhan|thieu|no|bang|van|giay|cong|tren|tien|do|hinh|trang|cau|ngay|cuoi|gio|luc|hom|cao|lon|dong|it|thap|nho|dan|nua|chung"
    "|dien|nhap|noi|quan|dia|sanh|cung|tang|giam|hon|lan|dot|ngoai|vua|gan|nhat|dung|truoc|lau|thay|theo|liet|ke|danh|sach|han"
    "|ra|hoac|lien|toi|nhieu"
)
"""Words of asking about units, their sending and its days."""
