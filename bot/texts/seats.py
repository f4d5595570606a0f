"""Who sits where: invites to forward, requests to confirm, the list of units, ending a seat, handing over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.people import Person, Role
from bot.domain.plan import Plan
from bot.texts import address, wording

# Choices

CONFIRM = "Xác nhận"
CONFIRM_SURELY = "Xác nhận cán bộ"
REFUSE = "Từ chối"
END_SEAT = "Thôi giữ vai trò"
AGREE = "Đồng ý"
KEEP = "Giữ nguyên"
MAKE_INVITE = "Tạo lời mời"
BACK_TO_LIST = "Xem danh sách"
OPEN_REQUESTS = "Xem đăng ký chờ"
NEXT_PAGE = "Trang sau"
PREVIOUS_PAGE = "Trang trước"

_INVITE_LABELS = {
    Role.FOCAL: "Mời đầu mối",
    Role.DEPUTY: "Mời dự phòng",
    Role.LEADER: "Mời lãnh đạo",
    Role.COORDINATOR: "Mời cán bộ tổng hợp",
    Role.DISTRICT: "Mời lãnh đạo quận",
}

_ASKED = {
    Role.FOCAL: "Đề nghị đơn vị cử 01 đồng chí đầu mối và đăng ký (khoảng 1 phút).",
    Role.DEPUTY: "Đề nghị đơn vị cử 01 đồng chí đầu mối dự phòng và đăng ký (khoảng 1 phút).",
    Role.LEADER: "Kính mời đồng chí lãnh đạo phụ trách đăng ký để theo dõi báo cáo của đơn vị (khoảng 1 phút).",
    Role.COORDINATOR: "Kính mời đồng chí cán bộ tổng hợp đăng ký (khoảng 1 phút).",
    Role.DISTRICT: "Kính mời đồng chí đăng ký để xem tổng hợp báo cáo của các đơn vị (khoảng 1 phút).",
}


def invite_label(role: Role) -> str:
    """The choice that makes an invite for a role."""
    return _INVITE_LABELS[role]


# Invites


def invite(role: Role, unit: str, coordinator: str, plans: Sequence[Plan]) -> str:
    """The invitation, to be forwarded as it is; the ways in follow it (see `ways_in`)."""
    about = wording.listed(f"Kế hoạch {plan.number} ngày {wording.full_date(plan.issued)}" for plan in plans)
    work = f" thực hiện {about}" if about else ""
    to = "đồng chí lãnh đạo quận" if role is Role.DISTRICT else unit
    return (
        f"Kính gửi {to}. {coordinator} mở kênh nhắc hạn và nhận số liệu{work}. {_ASKED[role]} "
        "Kênh này hỗ trợ tổng hợp nhanh, không thay văn bản báo cáo chính thức. Trân trọng."
    )


def successor_invite(unit: str, coordinator: str) -> str:
    """The invitation a focal person forwards to the colleague who takes over."""
    return (
        f"Kính gửi đồng chí nhận bàn giao đầu mối của {unit}. {coordinator} nhắc hạn và nhận số liệu báo cáo qua kênh này. "
        "Đề nghị đồng chí đăng ký (khoảng 1 phút); số liệu đơn vị đã nhập vẫn giữ. Trân trọng."
    )


def ways_in(link: str, code: str) -> str:
    """Link and code, the code on a line of its own so that it can be copied."""
    if link:
        return f"Trên Telegram, bấm: {link}\nTrên Zalo, gửi mã sau cho kênh nhắc việc:\n{code}"
    return f"Gửi mã sau cho kênh nhắc việc:\n{code}"


def invite_made(role: Role, unit: str, until: datetime) -> str:
    """Before the invitation itself. `until` is local."""
    return (
        f"Lời mời đăng ký {address.seat(role, unit)} ở tin dưới đây, xin chuyển tiếp nguyên văn. "
        f"Mã dùng một lần, dùng được đến {wording.said_at(until)}; người đăng ký còn được xác nhận lại."
    )


def invite_whom(units: int) -> str:
    """Choose a unit to invite; `units` lack a focal person."""
    if not units:
        return "Mọi đơn vị đã có đầu mối. Muốn mời thêm, gõ tên đơn vị, ví dụ: Phường 5."
    return f"Còn {wording.count(units)} đơn vị chưa có đầu mối. Chọn đơn vị để mời, hoặc gõ tên đơn vị."


def invite_as(unit: str) -> str:
    """Choose the role to invite for."""
    return f"Mời vai trò nào của {unit}?"


def unit_unclear() -> str:
    """No unit, or more than one, is called so."""
    return "Chưa rõ đơn vị nào. Vui lòng gõ tên như Phường 5, Phòng Tư pháp, hoặc chọn trong danh sách."


# Requests


def request(person: Person, role: Role, unit: str, channels: Sequence[str], present: Sequence[Person]) -> str:
    """A seat waits to be confirmed. `present`: who would lose the focal seat by it."""
    facts = [address.phone(person.phone) or "không ghi số điện thoại", *(address.platform(name) for name in channels)]
    text = f"Đề nghị xác nhận: {address.full(person)} ({', '.join(facts)}) đăng ký vai trò {address.seat(role, unit)}."
    if role is Role.FOCAL and present:
        text += f" Đầu mối hiện nay là {wording.listed(map(address.full, present))}, sẽ thôi giữ khi xác nhận."
    if role.sees_all:
        text += " Người giữ vai trò này xem được số liệu của mọi đơn vị."
    return text


def surely_sees_all(person: Person, role: Role) -> str:
    """The second question before somebody may see everything."""
    more = " và xác nhận người khác" if role is Role.COORDINATOR else ""
    return f"{_start(person)} sẽ xem được số liệu của mọi đơn vị{more}. Xác nhận lần hai?"


def confirmed(person: Person, role: Role, unit: str, former: Sequence[Person]) -> str:
    """To the coordinator who confirmed."""
    over = f", thay {wording.listed(map(address.full, former))}" if former else ""
    return f"Đã xác nhận {address.full(person)} làm {address.seat(role, unit)}{over}."


def refused(person: Person, role: Role, unit: str) -> str:
    """To the coordinator who refused."""
    return f"Đã từ chối đăng ký của {address.full(person)} làm {address.seat(role, unit)}."


def decided_already() -> str:
    """Somebody else was faster, or the seat ended."""
    return "Đăng ký này đã được xử lý trước đó. Gõ /duyet để xem những đăng ký còn chờ."


def untold(person: Person) -> str:
    """The person concerned has no channel that works."""
    return f"Hiện chưa nhắn được cho {address.calling(person)}, nhờ báo giúp."


def nothing_waits() -> str:
    """No request is open."""
    return "Không có đăng ký nào chờ xác nhận."


def waiting(many: int) -> str:
    """Several requests are open."""
    return f"Có {wording.count(many)} đăng ký chờ xác nhận. Chọn để xem:"


# Lists


def unit_list(total: int, seated: int, waiting: int, page: int, pages: int) -> str:
    """The head of the list of units."""
    head = f"{wording.count(total)} đơn vị: {wording.count(seated)} có đầu mối, {wording.count(total - seated)} chưa có."
    if waiting:
        head += f" {wording.count(waiting)} đăng ký chờ xác nhận (gõ /duyet)."
    return head if pages == 1 else f"{head} Trang {page}/{pages}."


def unit_line(short: str, person: Person | None, channels: Sequence[str]) -> str:
    """One unit of the list."""
    return f"{short}: {_reachable(person, channels) if person else 'chưa có đầu mối'}"


def holder_line(role: Role, person: Person, channels: Sequence[str], since: date) -> str:
    """One holder on a unit's card."""
    return f"{wording.capitalised(address.title(role))}: {_reachable(person, channels)}, từ {wording.dated_full(since)}"


def nobody_line() -> str:
    """A unit without a focal person."""
    return "Đầu mối: chưa có"


def waiting_line(role: Role, person: Person, since: date) -> str:
    """One open request on a unit's card."""
    return f"Chờ xác nhận: {address.full(person)} ({address.title(role)}), gửi {wording.dated_full(since)}"


def past_line(role: Role, person: Person, since: date, until: date) -> str:
    """Somebody who sat there before."""
    when = f"từ {wording.dated_full(since)} đến {wording.dated_full(until)}"
    return f"Trước đây: {address.full(person)} ({address.title(role)}), {when}"


def earlier(many: int) -> str:
    """How many former holders are not shown."""
    return f"và {wording.count(many)} người trước đó."


# Ending and handing over


def end_whose(unit: str) -> str:
    """Several people sit there."""
    return f"Ai thôi giữ vai trò ở {unit}?"


def end_surely(person: Person, role: Role, unit: str) -> str:
    """The second question before a seat ends."""
    return (
        f"{_start(person)} sẽ thôi làm {address.seat(role, unit)} ngay và không nhận tin nhắc nữa; số liệu đã nhập vẫn giữ. "
        "Xác nhận lần hai?"
    )


def ended(person: Person, role: Role, unit: str) -> str:
    """To the coordinator who ended it."""
    return f"{_start(person)} đã thôi làm {address.seat(role, unit)}. Lịch sử vai trò được giữ lại."


def last_coordinator() -> str:
    """Without a coordinator nobody could let anybody in."""
    return "Đây là cán bộ tổng hợp duy nhất nên chưa thể thôi giữ vai trò. Nhờ mời và xác nhận người thay trước."


def kept() -> str:
    """Thought better of it."""
    return "Đã giữ nguyên."


def hand_over(person: Person, unit: str, coordinator: str) -> str:
    """The first question of /doi."""
    who = address.pronoun(person)
    return (
        f"{_start(person)} muốn chuyển đầu mối của {unit} cho người khác? Hệ thống tạo lời mời để {who} chuyển cho người nhận; "
        f"khi {coordinator} xác nhận, {who} thôi nhận tin nhắc. Số liệu đã nhập vẫn giữ."
    )


def hand_over_which() -> str:
    """Focal person of several units."""
    return "Chuyển đầu mối của đơn vị nào?"


def no_hand_over(coordinator: str) -> str:
    """Only the focal person hands the focal seat over."""
    return f"Anh/chị không giữ vai trò đầu mối nên không có gì để chuyển. Cần thay đổi khác, nhờ liên hệ {coordinator}."


def _reachable(person: Person, channels: Sequence[str]) -> str:
    facts = [address.phone(person.phone)] if person.phone else []
    facts.append("/".join(address.platform(name) for name in channels) or "không liên lạc được")
    return f"{address.full(person)}, {', '.join(facts)}"


def _start(person: Person) -> str:
    return wording.capitalised(address.calling(person))
