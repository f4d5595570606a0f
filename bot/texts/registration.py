"""Becoming known: from the invite's code to "Đăng ký xong", and the end of a seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.people import LEADERS, Person, Role
from bot.domain.rounds import Round
from bot.texts import address, wording

_HOW_MANY = {1: "Kỳ", 2: "Hai kỳ", 3: "Ba kỳ", 4: "Bốn kỳ"}


# From the code to the request


def ask_name(role: Role, unit: str, coordinator: str) -> str:
    """The code was good; what for, and the first question."""
    who = "đồng chí" if role in LEADERS else "anh/chị"
    return (
        f"{coordinator} mời {who} đăng ký vai trò {address.seat(role, unit)}. "
        "Họ tên và số điện thoại chỉ dùng để liên hệ về báo cáo.\n\n"
        "Vui lòng cho biết họ và tên, kèm cách xưng hô, ví dụ: chị Nguyễn Thị Lan."
    )


def ask_new_name() -> str:
    """Correcting the name."""
    return "Vui lòng cho biết họ và tên đúng, kèm cách xưng hô, ví dụ: chị Nguyễn Thị Lan."


def name_unclear() -> str:
    """What was typed is no name."""
    return "Chưa đọc được họ tên. Nhờ anh/chị ghi đủ họ và tên bằng chữ, ví dụ: chị Nguyễn Thị Lan."


def ask_phone(person: Person, role: Role) -> str:
    """After the name. `person` need not be stored yet."""
    return (
        f"Cảm ơn {_called(person, role)}. Vui lòng cho biết số điện thoại để liên hệ khi cần, ví dụ: 0903 123 456. "
        "Chưa tiện thì chọn Bỏ qua."
    )


def ask_new_phone() -> str:
    """Correcting the telephone number."""
    return "Vui lòng cho biết số điện thoại đúng, ví dụ: 0903 123 456."


def phone_unclear() -> str:
    """What was typed is no telephone number."""
    return "Chưa đọc được số điện thoại. Nhờ anh/chị ghi đủ số, ví dụ: 0903 123 456."


def stopped() -> str:
    """/huy in the middle of it: nothing is kept, the invite stays good."""
    return "Đã dừng đăng ký, chưa ghi thông tin nào. Khi cần, anh/chị mở lại lời mời hoặc gửi lại mã."


SKIP = "Bỏ qua"
YES = "Đúng"
FIX_NAME = "Sửa tên"
FIX_PHONE = "Sửa số"


def check(named: str, phone: str, role: Role, unit: str) -> str:
    """Everything at a glance before it is sent; `named` is "chị Nguyễn Thị Lan"."""
    number = address.phone(phone) if phone else "không ghi số điện thoại"
    what = address.title(role) if role is Role.DISTRICT else f"{unit} – {address.title(role)}"
    return f"Vui lòng xem lại thông tin đăng ký:\n{what} – {named} – {number}"


def sent(person: Person, role: Role, unit: str, coordinator: str) -> str:
    """The seat was asked for."""
    return (
        f"Cảm ơn {_called(person, role)}. Đã chuyển đăng ký vai trò {address.seat(role, unit)} tới {coordinator}. "
        "Khi được xác nhận sẽ có tin tại đây."
    )


def already_asked(person: Person, role: Role, unit: str, coordinator: str) -> str:
    """The same seat was asked for before."""
    who = wording.capitalised(_called(person, role))
    return f"{who}: đăng ký vai trò {address.seat(role, unit)} đang chờ {coordinator} xác nhận."


def already_held(person: Person, role: Role, unit: str) -> str:
    """The seat is theirs already; the invite stays unused."""
    return f"{_start(person)} đang là {address.seat(role, unit)}, không cần đăng ký lại."


def code_not_valid(coordinator: str, contact: str) -> str:
    """Wrong, used and expired codes get this same answer, so that nothing can be learnt by trying."""
    reach = contact or coordinator
    return f"Mã này không dùng được. Nhờ anh/chị kiểm tra lại, hoặc liên hệ {reach} để nhận mã mới."


# Decided


def confirmed(person: Person, role: Role, unit: str, coordinator: str, rounds: Sequence[Round], today: date) -> str:
    """ "Đăng ký xong". `rounds`: those still ahead, by date."""
    noted = f"Cảm ơn {address.calling(person)}. Đã ghi nhận {address.pronoun(person)} là {address.seat(role, unit)}."
    match role:
        case Role.COORDINATOR:
            return f"{noted} Gõ /nguoi để xem đầu mối các đơn vị, /tonghop để xem tình hình báo cáo."
        case Role.DISTRICT:
            noted = f"Cảm ơn {address.comrade(person)}. Đã ghi nhận đồng chí là {address.seat(role, unit)}."
            return f"{noted} Gõ /tonghop để xem tình hình báo cáo; mỗi tuần có một tin tóm tắt khi kỳ báo cáo đang mở."
        case Role.LEADER:
            noted = f"Cảm ơn {address.comrade(person)}. Đã ghi nhận đồng chí là {address.seat(role, unit)}."
            return _joined(noted, _ahead(rounds, coordinator, today), "Xem đơn vị đã gửi tới đâu, gõ “tiến độ”.")
        case Role.FOCAL | Role.DEPUTY:
            return _joined(noted, _ahead(rounds, coordinator, today), _reminded(person, role, rounds), _ways_out(role))


def refused(coordinator: str, role: Role, unit: str, contact: str) -> str:
    """The coordinator did not confirm."""
    reach = contact or coordinator
    return f"{coordinator} chưa xác nhận đăng ký vai trò {address.seat(role, unit)}. Nếu cần trao đổi, xin liên hệ {reach}."


def handed_over(former: Person, successor: Person, unit: str, on: date, contact: str) -> str:
    """To the former focal person."""
    return (
        f"Đã ghi nhận {address.calling(successor)} thay {address.calling(former)} làm đầu mối của {unit} "
        f"từ {wording.dated_full(on)}. {_start(former)} không nhận tin nhắc nữa; số liệu đã nhập vẫn giữ. "
        f"Nếu không đúng, anh/chị báo {contact}."
    )


def seat_ended(person: Person, role: Role, unit: str, on: date, contact: str) -> str:
    """To a person whose seat was ended."""
    return (
        f"{_start(person)} thôi làm {address.seat(role, unit)} từ {wording.dated_full(on)} "
        f"và không nhận tin nhắc của đơn vị nữa; số liệu đã nhập vẫn giữ. Nếu không đúng, anh/chị báo {contact}."
    )


def _called(person: Person, role: Role) -> str:
    return address.comrade(person) if role in LEADERS else address.calling(person)


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _ahead(rounds: Sequence[Round], coordinator: str, today: date) -> str:
    if not rounds:
        return ""
    each = wording.listed(_round(one, today) for one in rounds)
    many = _HOW_MANY.get(len(rounds), f"{len(rounds)} kỳ")
    return f"{many} báo cáo gửi {coordinator}: {each}."


def _round(one: Round, today: date) -> str:
    year = "" if one.due.year == today.year else f" {one.year}"
    return f"{one.title.removeprefix('báo cáo ')}{year} {wording.deadline(one.due, one.inclusive)}"


def _reminded(person: Person, role: Role, rounds: Sequence[Round]) -> str:
    before = [rung for rung in rounds[0].ladder if rung.kind == "before"] if rounds else []
    if not before:
        return ""
    days = wording.listed(str(rung.days) for rung in before)
    unit = "ngày làm việc" if all(rung.working for rung in before) else "ngày"
    who = wording.capitalised(address.pronoun(person))
    if role is Role.DEPUTY:
        return f"{who} được nhắc thay khi không liên lạc được đầu mối."
    return f"{who} sẽ được nhắc trước {days} {unit}."


def _ways_out(role: Role) -> str:
    if role is Role.DEPUTY:
        return "Có vướng mắc, gõ “khó khăn”."
    return "Cần đổi đầu mối, gõ “đổi”; có vướng mắc, gõ “khó khăn”."


def _start(person: Person) -> str:
    return wording.capitalised(address.calling(person))
