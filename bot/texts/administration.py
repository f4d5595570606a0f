"""/donvi in words: the list of units, adding, renaming, closing and merging them, and what becomes of coming rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import wording
from bot.texts.summary import round_name

ADD = "Thêm đơn vị"
MERGE = "Sáp nhập"
LIST = "Danh sách đơn vị"
RENAME = "Đổi tên"
CLOSE = "Đóng đơn vị"
REOPEN = "Mở lại"
NOBODY = "Không có"
TODAY = "Từ hôm nay"
APPLY = "Ghi thay đổi"
DROP = "Không ghi"
STOP = "Thôi"
GROUPS = {"ward": "Phường", "named": "Phòng ban nêu tên", "other": "Đơn vị khác"}
LONGEST = 120


def listing(active: int, wards: int) -> str:
    """Above the list."""
    return (
        f"Danh sách đơn vị: {active} đơn vị đang hoạt động, trong đó {wards} phường. Chọn hoặc gõ tên một đơn vị để đổi tên,"
        " đóng; hoặc thêm, sáp nhập."
    )


def label(unit: Unit) -> str:
    """A unit on a button."""
    return f"{unit.short}{life(unit)}"[:60]


def life(unit: Unit) -> str:
    """Its dates, when it has any."""
    if unit.until:
        return f" (đến {wording.full_date(unit.until)})"
    return f" (từ {wording.full_date(unit.from_)})" if unit.from_ else ""


def card(unit: Unit, heirs: Sequence[Unit], questions: str) -> str:
    """One unit."""
    lines = [f"{unit.name} (mã {unit.code})", f"Nhóm: {GROUPS.get(unit.group, unit.group)}. Bộ câu hỏi: {questions}."]
    if unit.from_:
        lines.append(f"Có từ {wording.dated_full(unit.from_)}.")
    if unit.until:
        after = f", đơn vị tiếp nhận: {wording.listed([heir.name for heir in heirs])}" if heirs else ""
        lines.append(f"Hoạt động đến hết {wording.dated_full(unit.until)}{after}.")
    if unit.aliases:
        lines.append(f"Tên gọi khác: {', '.join(unit.aliases)}.")
    return "\n".join(lines)


def unclear(said: str) -> str:
    """No unit is certainly called so."""
    return f"Chưa rõ “{said[:60]}” là đơn vị nào. Nhờ anh/chị gõ lại tên như trong danh sách."


def ask_new_name(unit: Unit | None) -> str:
    """What is it called (from now on)?"""
    if unit is None:
        return "Tên đầy đủ của đơn vị mới? Ví dụ: UBND phường Hạnh Thông."
    return f"Tên đầy đủ mới của {unit.name}? Tên cũ vẫn gõ được."


def bad_name() -> str:
    """Too short, too long, no letters."""
    return f"Nhờ anh/chị gõ tên đầy đủ của đơn vị, từ 3 đến {LONGEST} ký tự."


def name_taken(unit: Unit) -> str:
    """Two units must not be called the same."""
    return f"Tên này trùng với {unit.name} (mã {unit.code}) đang có. Nhờ anh/chị gõ tên khác."


def ask_group(name: str) -> str:
    """Which group?"""
    return f"{name} thuộc nhóm nào?"


def ask_questions(name: str) -> str:
    """Which questions?"""
    return f"{name} trả lời bộ câu hỏi nào?"


def ask_from(name: str) -> str:
    """From when?"""
    return f"{name} hoạt động từ ngày nào? Chọn, hoặc gõ ngày, ví dụ 1/7/2026."


def ask_merged() -> str:
    """Which units are no more?"""
    return (
        "Những đơn vị nào được sáp nhập và thôi hoạt động? Gõ các tên, cách nhau bằng dấu phẩy, ví dụ: Phường 1, Phường 3."
        " Đơn vị mới hình thành thì thêm trước bằng “Thêm đơn vị”."
    )


def ask_heirs(closed: Sequence[Unit]) -> str:
    """Who takes over?"""
    names = wording.compacted([unit.short for unit in closed])
    return f"Đơn vị nào tiếp nhận việc của {names}? Gõ một hoặc nhiều tên, cách nhau bằng dấu phẩy."


def ask_last_day(closed: Sequence[Unit]) -> str:
    """Until when do they exist?"""
    names = wording.compacted([unit.short for unit in closed])
    return f"{names} hoạt động đến hết ngày nào? Ví dụ 30/6/2026."


def bad_day() -> str:
    """No day was understood."""
    return "Chưa rõ ngày nào. Nhờ anh/chị gõ ngày đầy đủ, ví dụ 30/6/2026."


def before_it_began(unit: Unit) -> str:
    """It would end before it began."""
    assert unit.from_ is not None
    return f"{unit.short} có từ {wording.full_date(unit.from_)}, không thể đóng trước ngày đó. Nhờ anh/chị gõ ngày khác."


def round_was_over(round_: Round) -> str:
    """A round that is over would lose a unit it had."""
    return (
        f"Ngày này làm {round_name(round_)} (hạn cuối {wording.full_date(round_.last_day)}, đã qua) mất đơn vị đã được tính;"
        f" kỳ đã qua giữ nguyên đơn vị. Nhờ anh/chị chọn từ {wording.full_date(round_.last_day)} trở đi."
    )


def round_would_gain(round_: Round) -> str:
    """A round that is over would gain a unit it never had."""
    return (
        f"Ngày này làm {round_name(round_)} (hạn cuối {wording.full_date(round_.last_day)}, đã qua) có thêm đơn vị chưa từng"
        f" được hỏi. Nhờ anh/chị chọn từ {wording.full_date(round_.last_day + timedelta(days=1))} trở đi."
    )


def collects(unit: Unit) -> str:
    """The unit that collects the reports."""
    return f"{unit.name} là nơi nhận báo cáo theo kế hoạch nên chưa đóng được; cần nạp kế hoạch mới trước."


def heir_is_closed(unit: Unit) -> str:
    """Who takes over must go on."""
    return f"{unit.short} không còn hoạt động sau ngày đó (hoặc chính là đơn vị bị đóng). Nhờ anh/chị gõ đơn vị khác."


def counts(rounds: Sequence[tuple[Round, tuple[int, int], tuple[int, int]]]) -> str:
    """Per round: how many are expected in the end, before and after: (all, wards)."""
    lines = []
    for round_, (all_, wards), (all_after, wards_after) in rounds:
        if (all_, wards) == (all_after, wards_after):
            lines.append(f"- {round_name(round_)}: vẫn {all_} đơn vị ({wards} phường)")
        else:
            lines.append(f"- {round_name(round_)}: {all_} → {all_after} đơn vị (phường {wards} → {wards_after})")
    if not lines:
        return "Không có kỳ nào phía trước bị ảnh hưởng."
    return "\n".join(["Số đơn vị phải báo cáo tính đến ngày cuối hạn:", *lines, "Kỳ đã qua giữ nguyên đơn vị."])


def preview_close(closed: Sequence[Unit], heirs: Sequence[Unit], until: date, effect: str) -> str:
    """What closing or merging will do."""
    names = wording.listed([unit.name for unit in closed])
    taken = f" Tiếp nhận: {wording.listed([unit.name for unit in heirs])}." if heirs else " Không có đơn vị tiếp nhận."
    next_day = wording.dated_full(until + timedelta(days=1))
    return (
        f"{names} hoạt động đến hết {wording.dated_full(until)}.{taken} Từ {next_day} không nhắc và không tính các đơn vị này"
        f" nữa; số liệu đã gửi được giữ.\n{effect}\nGhi thay đổi?"
    )


def preview_add(name: str, short: str, code: str, group: str, questions: str, since: date, effect: str) -> str:
    """What adding will do."""
    return (
        f"Thêm {name}: gọi ngắn “{short}”, mã {code}, nhóm {GROUPS[group].lower()}, bộ câu hỏi {questions},"
        f" từ {wording.dated_full(since)}.\n{effect}\nGhi thay đổi?"
    )


def preview_rename(unit: Unit, name: str, short: str) -> str:
    """What renaming will do."""
    return (
        f"Đổi tên: {unit.name} → {name}; gọi ngắn {unit.short} → {short}. Vẫn là một đơn vị (mã {unit.code}): số liệu, đầu mối"
        " và các kỳ đã qua giữ nguyên, tên cũ vẫn gõ được. Ghi thay đổi?"
    )


def preview_reopen(unit: Unit, effect: str) -> str:
    """What taking a closing back will do."""
    assert unit.until is not None
    return f"{unit.name} đang ghi đến hết {wording.dated_full(unit.until)}; mở lại không hạn?\n{effect}"


def done() -> str:
    """Written down."""
    return "Đã ghi thay đổi. Đầu mối của đơn vị có liên quan chưa được báo; dùng /nguoi để xem, /moi để mời."


def not_done() -> str:
    """ "Không ghi"."""
    return "Không thay đổi gì."


def nothing_open() -> str:
    """A second press, or too late."""
    return "Không còn thay đổi nào chờ ghi. Gõ /donvi để bắt đầu lại."


def choose_first() -> str:
    """Words instead of a choice."""
    return "Nhờ anh/chị chọn một trong các mục ở tin trên, hoặc gõ “huỷ” để dừng."
