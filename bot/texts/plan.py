"""What is said about the plan: its head, its dates in both writings, and its points word for word. Nothing is retold."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan, Point
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import figures, wording
from bot.texts.address import calling
from bot.texts.reminders import where
from bot.texts.summary import round_name

# What the choices are called.
GENERAL = "Nội dung chung"
WHOLE_PLAN = "Thông tin kế hoạch"
LABEL_ROOM = 40


def head(plan: Plan, rounds: Sequence[Round], office: Office) -> str:
    """What the plan is, who signed it, and when its reports are due."""
    title = f"{plan.title[:1].lower()}{plan.title[1:]}"
    lines = [
        f"Kế hoạch {plan.number} ngày {wording.full_date(plan.issued)} của {plan.issuer} {title}.",
        f"Người ký: {plan.signer}.",
        f"Báo cáo gửi {office.coordinator}:",
    ]
    for round_ in rounds:
        name = wording.capitalised(round_name(round_))
        lines.append(f"- {name}: {wording.deadline(round_.due, round_.inclusive)}; văn bản ghi “{round_.wording}”.")
    return "\n".join([*lines, "", "Gõ mã điểm để đọc nguyên văn, ví dụ /kehoach II.8."])


def no_plan() -> str:
    """No plan is loaded."""
    return "Chưa có kế hoạch nào được nạp vào hệ thống."


def which_plan() -> str:
    """Several plans."""
    return "Anh/chị cần xem kế hoạch nào?"


def plan_label(plan: Plan) -> str:
    """A plan on a button."""
    return figures.cut(f"Kế hoạch {plan.number}", LABEL_ROOM)


def work_of(unit: Unit, several: bool) -> str:
    """The way to what the plan asks of one's own unit."""
    return figures.cut(f"Việc của {unit.short}", LABEL_ROOM) if several else "Việc của đơn vị tôi"


def naming(unit: Unit, plan: Plan, many: int) -> str:
    """Head of the points that name a unit."""
    return f"Kế hoạch {plan.number} có {many} ý giao đích danh {unit.name}:"


def not_naming(unit: Unit, plan: Plan) -> str:
    """The plan does not name the unit; the general ones follow."""
    return f"Kế hoạch {plan.number} không nêu riêng {unit.name}. Các nội dung chung áp dụng cho đơn vị:"


def general(plan: Plan) -> str:
    """Head of the points for everybody."""
    return f"Kế hoạch {plan.number}, nội dung chung cho các cơ quan, đơn vị:"


def meant(plan: Plan, said: str) -> str:
    """Head of the points a reference may mean."""
    return f"“{figures.cut(said, 30)}” trong Kế hoạch {plan.number} gồm hoặc có thể là các ý sau. Nhờ anh/chị chọn một."


def none_such(plan: Plan, said: str) -> str:
    """The plan has no such point."""
    return (
        f"Kế hoạch {plan.number} không có điểm “{figures.cut(said, 30)}”. Nhờ anh/chị gõ mã điểm như II.8, IV.1.2 hoặc IV.cuối."
    )


def quoted(point: Point) -> str:
    """A point in a list: where it stands, and its own words."""
    return f"{where(point)}: “{point.excerpt}”"


def point_label(point: Point) -> str:
    """A point on a button: its reference, nothing of its own invention."""
    return figures.cut(wording.capitalised(where(point)), LABEL_ROOM)


def read_already(person: Person) -> str:
    """ "Đã đọc" once more."""
    return f"Trích đoạn này đã được ghi nhận là đã đọc. Cảm ơn {calling(person)}."


def excerpt_gone() -> str:
    """The excerpt or its plan cannot be found any more."""
    return "Không tìm thấy trích đoạn này. Gõ /kehoach để xem kế hoạch."
