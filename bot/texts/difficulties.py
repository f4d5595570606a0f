"""What is said about difficulties (khó khăn, vướng mắc), from raising one to "đã rõ"."""

from __future__ import annotations

from datetime import date

from bot.domain.difficulties import Difficulty, Step
from bot.domain.office import Office
from bot.domain.people import Person
from bot.domain.plan import Plan, Point
from bot.domain.units import Unit
from bot.texts import figures, wording
from bot.texts.address import calling, comrade, full, phone
from bot.texts.reminders import where

LONGEST = 1000
"""Most characters of a difficulty or of an answer, so that it stays one message on every channel."""
FIRST_WORDS = 90
"""Characters of a difficulty in a list."""
LABEL_ROOM = 40

# What the choices are called.
STOP = "Thôi"
NO_POINT = "Bỏ qua"
ANSWER = "Trả lời"
ANSWER_MORE = "Trả lời thêm"
SHOW = "Xem"
SEND = "Gửi"
CHANGE = "Sửa"
CLOSE = "Đóng"
CLOSE_SURE = "Đóng phản ánh này"
UNDERSTOOD = "Đã rõ"
MORE = "Cần trao đổi thêm"
NOTHING_MORE = "Không cần ghi thêm"
DESK = "Mở danh sách"
OPEN_LIST = "Chờ trả lời"
WHOLE_LIST = "Tất cả"
RAISE_OWN = "Nêu khó khăn của đơn vị"
BACK_TO_LIST = "Danh sách"
SUMMARY = "Tổng hợp chung"
OWN_LIST = "Phản ánh đã gửi"
UNDERSTOOD_WORDS = ("rõ", "đã rõ", "rõ rồi", "cảm ơn")
NO_POINT_WORDS = ("không", "không có", "không rõ")
MORE_WORDS = ("chưa rõ", "trao đổi thêm")

_STATES = {
    Step.RAISED: "chờ trả lời",
    Step.ASSIGNED: "đã phân công, chờ trả lời",
    Step.FORWARDED: "đang hỏi ý kiến đơn vị khác",
    Step.ADVISED: "đã có ý kiến, chờ trả lời",
    Step.MERGED: "đã gộp với phản ánh khác",
    Step.ANSWERED: "đã trả lời",
    Step.UNDERSTOOD: "đơn vị đã rõ",
    Step.MORE: "đơn vị cần trao đổi thêm",
    Step.CLOSED: "đã đóng",
}

# The unit's side


def ask(person: Person, unit: Unit, coordinator: str) -> str:
    """Which difficulty is it?"""
    return (
        f"Nhờ {calling(person)} ghi khó khăn, vướng mắc của {unit.name} trong một tin; {coordinator} nhận được ngay.\n"
        f"{not_names()}"
    )


def not_names() -> str:
    """What does not belong into a chat. Source: the indicators guide, rule 9."""
    return "Mong anh/chị không ghi tên, số giấy tờ của công dân hoặc nội dung đơn tố cáo tại đây."


def which_unit() -> str:
    """The person sits for several units."""
    return "Khó khăn, vướng mắc này là của đơn vị nào?"


def only_words() -> str:
    """A file or nothing came instead of words."""
    return "Nhờ anh/chị ghi nội dung bằng chữ; kênh này chưa lưu gì từ tin vừa rồi."


def too_long() -> str:
    """Longer than fits."""
    return f"Nội dung dài quá {wording.count(LONGEST)} ký tự nên chưa ghi nhận. Nhờ anh/chị rút gọn rồi gửi lại."


def nothing_raised() -> str:
    """ "Không có": nothing is noted."""
    return "Đã hiểu là không có khó khăn, vướng mắc; hệ thống không ghi nhận gì."


def asked_on_another_day() -> str:
    """What is said now is hardly the answer to yesterday's question."""
    return "Câu hỏi về khó khăn đã mở từ hôm trước nên tin vừa rồi chưa được ghi nhận. Cần phản ánh, nhờ anh/chị gõ “khó khăn”."


def stopped() -> str:
    """They changed their mind."""
    return "Đã dừng, không ghi nhận gì. Khi cần, gõ “khó khăn”."


def raised(difficulty: Difficulty, unit: Unit, plan: Plan | None, point: Point | None, office: Office) -> str:
    """A difficulty came in: when, under which code and point; no promise that it will be solved."""
    under = f", theo {where(point)} Kế hoạch {plan.number}" if plan and point else ""
    return (
        f"{office.coordinator} đã nhận phản ánh của {unit.name} lúc {wording.said_at(office.local(difficulty.at))}"
        f" (mã {difficulty.code}){under}. Phòng sẽ xem và trả lời trên kênh này; nội dung được tổng hợp báo cáo {office.name}."
        f" {not_names()}"
    )


def which_point(plan: Plan) -> str:
    """Optional: which point of the plan is it about?"""
    return (
        f"Nếu phản ánh liên quan một điểm cụ thể của Kế hoạch {plan.number}, nhờ anh/chị chọn điểm hoặc gõ mã điểm, ví dụ II.8."
    )


def point_label(point: Point) -> str:
    """A point on a button."""
    return figures.cut(f"{point.ref}: {point.label}", LABEL_ROOM)


def no_such_point(text: str) -> str:
    """A reference the plan does not have."""
    return f"Chưa nhận ra điểm “{figures.cut(text, 30)}”. Nhờ anh/chị gõ mã điểm, ví dụ II.8 hoặc IV.1.2, hoặc chọn bên dưới."


def which_of_points(text: str) -> str:
    """A reference that may be several points ("IV.2.d" typed without the stroke)."""
    return f"“{figures.cut(text, 30)}” có thể là các điểm sau. Nhờ anh/chị chọn một."


def about_point(difficulty: Difficulty, plan: Plan, point: Point) -> str:
    """The point is noted."""
    return f"Đã ghi phản ánh {difficulty.code} liên quan {where(point)} Kế hoạch {plan.number}."


def no_point(difficulty: Difficulty) -> str:
    """No point; it stays as it is."""
    return f"Phản ánh {difficulty.code} đã được ghi nhận như trên."


def added(difficulty: Difficulty, office: Office) -> str:
    """More words for the same difficulty."""
    return f"Đã ghi thêm vào phản ánh {difficulty.code} và báo {office.coordinator}."


def own_list_label(many: int) -> str:
    """The way to what the unit raised before."""
    return f"{OWN_LIST} ({many})"


def own_list(unit: Unit, many: int) -> str:
    """Head of a unit's own list."""
    return f"{unit.name} đã gửi {many} phản ánh khó khăn, vướng mắc:"


def answered(person: Person, difficulty: Difficulty, by: Person, answer: str, office: Office) -> str:
    """The answer came."""
    reach = f"\nNếu chưa rõ, {calling(person)} gọi {office.contact} trong giờ làm việc." if office.contact else ""
    return (
        f"{wording.capitalised(calling(person))}, phản ánh {difficulty.code} đã được {comrade(by)} ({office.coordinator})"
        f" trả lời: “{answer}”{reach}"
    )


def thanks_understood(person: Person, difficulty: Difficulty) -> str:
    """ "Đã rõ"."""
    return f"Đã ghi nhận phản ánh {difficulty.code} đã rõ. Cảm ơn {calling(person)}."


def more_noted(person: Person, difficulty: Difficulty, office: Office) -> str:
    """ "Cần trao đổi thêm" is passed on at once; words may follow."""
    return (
        f"Đã báo {office.coordinator}: phản ánh {difficulty.code} cần trao đổi thêm."
        f" Nhờ {calling(person)} ghi rõ thêm trong một tin nếu cần. {not_names()}"
    )


def nothing_more(difficulty: Difficulty) -> str:
    """No words follow."""
    return f"Phản ánh {difficulty.code} đang chờ trao đổi thêm; có trả lời sẽ có tin tại đây."


def closed_for_unit(person: Person, difficulty: Difficulty, office: Office) -> str:
    """The coordinator closed it."""
    return (
        f"{wording.capitalised(calling(person))}, {office.coordinator} đã đóng phản ánh {difficulty.code}."
        " Nếu vẫn còn vướng mắc, nhờ anh/chị chọn “Cần trao đổi thêm”."
    )


# The coordinator's side


def new(difficulty: Difficulty, unit: Unit, person: Person, about: str, office: Office) -> str:
    """A new difficulty, told at once. `about`: the report it was an answer of, or ""."""
    of_report = f", trong {about}" if about else ""
    return f"Phản ánh mới {difficulty.code} của {unit.name}{of_report}, {_by(person, difficulty, office)}:\n“{difficulty.text}”"


def wants_more(difficulty: Difficulty, unit: Unit, person: Person, words: str) -> str:
    """The unit wants to talk on."""
    said = f":\n“{words}”" if words else "."
    return f"Phản ánh {difficulty.code}: {full(person)} ({unit.name}) cần trao đổi thêm{said}"


def open_list(many: int) -> str:
    """Head of the open ones."""
    if not many:
        return "Không có khó khăn, vướng mắc nào chờ trả lời."
    return f"{wording.count(many)} khó khăn, vướng mắc chờ trả lời, cũ nhất trước:"


def whole_list(many: int) -> str:
    """Head of all."""
    return f"Tất cả {wording.count(many)} khó khăn, vướng mắc, mới nhất trước:" if many else "Chưa có khó khăn, vướng mắc nào."


def line(difficulty: Difficulty, unit: Unit | None, assigned: Person | None, today: date, on: date) -> str:
    """One in a list: code, unit, age, state, who sees to it, first words."""
    whose = f" {unit.short}," if unit else ""
    by = f" ({full(assigned)})" if assigned else ""
    return (
        f"{difficulty.code}{whose} {age((today - on).days)}, {state(difficulty)}{by}:"
        f" “{figures.cut(difficulty.text, FIRST_WORDS)}”"
    )


def choice(difficulty: Difficulty, unit: Unit | None) -> str:
    """One in a list, on a button."""
    return figures.cut(f"{difficulty.code} {unit.short}" if unit else difficulty.code, LABEL_ROOM)


def age(days: int) -> str:
    """How long ago."""
    return "hôm nay" if days <= 0 else f"{wording.count(days)} ngày"


def state(difficulty: Difficulty) -> str:
    """Where it stands."""
    return _STATES[difficulty.state]


def shown(
    difficulty: Difficulty, unit: Unit, person: Person, plan: Plan | None, point: Point | None, office: Office
) -> list[str]:
    """The difficulty itself, as lines."""
    lines = [
        f"{difficulty.code}, {unit.name}: {state(difficulty)}.",
        f"{wording.capitalised(_by(person, difficulty, office))}:",
        f"“{difficulty.text}”",
    ]
    if plan and point:
        lines.insert(1, f"Liên quan {where(point)} Kế hoạch {plan.number}.")
    return lines


def step(kind: Step, words: str, by: str, at: str, target: str) -> str:
    """One line of its history. `target`: whom or what the step names."""
    said = f": “{words}”" if words else "."
    match kind:
        case Step.ASSIGNED:
            return f"{at}: {by} giao {target}."
        case Step.FORWARDED:
            return f"{at}: {by} chuyển {target} cho ý kiến{said}"
        case Step.ADVISED:
            return f"{at}: {target} có ý kiến{said}"
        case Step.MERGED:
            return f"{at}: {by} gộp vào {target}."
        case Step.RAISED:
            return f"{at}: {by} gửi phản ánh."
        case Step.ANSWERED:
            return f"{at}: {by} trả lời{said}"
        case Step.UNDERSTOOD:
            return f"{at}: {by} báo đã rõ."
        case Step.MORE:
            return f"{at}: {by} cần trao đổi thêm{said}"
        case Step.CLOSED:
            return f"{at}: {by} đóng phản ánh."


def assigned_to(person: Person) -> str:
    """Who sees to it."""
    return comrade(person)


def the_system() -> str:
    """Who did what nobody did."""
    return "hệ thống"


def ask_answer(difficulty: Difficulty, unit: Unit) -> str:
    """What is the answer?"""
    return (
        f"Trả lời phản ánh {difficulty.code} của {unit.name}:\n“{difficulty.text}”\n\n"
        "Nhờ anh/chị ghi câu trả lời trong một tin; sẽ được xem lại trước khi gửi."
    )


def preview(difficulty: Difficulty, unit: Unit, to: list[str], answer: str) -> str:
    """What goes out, to whom, before it goes."""
    receivers = wording.listed(to) if to else "chưa có ai nhận tin trên kênh này, câu trả lời được lưu lại"
    return f"Trả lời {difficulty.code} ({unit.short}), gửi tới: {receivers}.\n“{answer}”\n\nGửi nội dung này?"


def answered_meanwhile(difficulty: Difficulty) -> str:
    """Somebody else did something since the question was opened."""
    return f"Phản ánh {difficulty.code} vừa có diễn biến mới. Nhờ anh/chị xem rồi chọn Gửi lần nữa nếu vẫn gửi."


def answer_sent(difficulty: Difficulty, told: list[str], untold: list[str]) -> str:
    """It went out; who could not be reached is named, so that somebody phones."""
    lines = [f"Đã gửi trả lời {difficulty.code} tới {wording.listed(told)}." if told else f"Đã lưu trả lời {difficulty.code}."]
    if untold:
        lines.append(f"Không gửi được tới {wording.listed(untold)}; nhờ anh/chị báo bằng điện thoại.")
    elif not told:
        lines.append("Đơn vị chưa có người nhận tin trên kênh này; nhờ anh/chị báo bằng cách khác.")
    return " ".join(lines)


def receiver(person: Person) -> str:
    """Who is told, with the number to call."""
    return f"{full(person)} ({phone(person.phone)})" if person.phone else full(person)


def nothing_to_send() -> str:
    """The button of a preview that is over."""
    return "Không có câu trả lời nào đang chờ gửi (đã gửi hoặc đã dừng). Gõ “khó khăn” để xem danh sách."


def ask_close(difficulty: Difficulty, unit: Unit) -> str:
    """Close it?"""
    note = " Phản ánh này đang chờ trả lời." if difficulty.open else ""
    return f"Đóng phản ánh {difficulty.code} của {unit.name}?{note} Đơn vị được báo và vẫn có thể đề nghị trao đổi thêm."


def closed(difficulty: Difficulty) -> str:
    """Closed."""
    return f"Đã đóng phản ánh {difficulty.code}."


def closed_already(difficulty: Difficulty) -> str:
    """It was closed before."""
    return f"Phản ánh {difficulty.code} đã đóng trước đó."


def desk_stopped() -> str:
    """The coordinator stopped answering."""
    return "Đã dừng, chưa gửi gì."


def choose_first() -> str:
    """Words where a choice is expected."""
    return "Nhờ anh/chị chọn một trong các lựa chọn, hoặc chọn “Thôi”."


def gone() -> str:
    """There is no such difficulty."""
    return "Không có phản ánh này. Gõ “khó khăn” để xem danh sách."


def duty(plan: Plan) -> Point | None:
    """The point under which units report difficulties: what the plan's own difficulty question refers to."""
    for questions in plan.question_sets:
        for question in questions.questions:
            if question.difficulty and question.points:
                found = [point for point in plan.points if question.points[0] in (point.id, point.ref)]
                return found[0] if found else None
    return None


def _by(person: Person, difficulty: Difficulty, office: Office) -> str:
    number = f", {phone(person.phone)}" if person.phone else ""
    return f"{full(person)}{number}, lúc {wording.said_at(office.local(difficulty.at))}"
