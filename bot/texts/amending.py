"""/cauhoi: the questions of a round, changed before it opens, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.progress import Step
from bot.domain.questions import LONGEST_QUESTION, Question, QuestionSet
from bot.domain.rounds import Round
from bot.texts import figures, wording
from bot.texts.reporting import dated, report_title

REWORD = "Sửa câu chữ"
LEAVE_OUT = "Bỏ câu này"
PUT_BACK = "Hỏi lại câu này"
MOVE = "Đổi thứ tự"
AS_WRITTEN = "Theo kế hoạch"
APPLY = "Ghi thay đổi"
DROP = "Không ghi"
LIST = "Danh sách câu hỏi"
SETS = "Bộ câu hỏi khác"
SHORTEST = 10
LABEL_ROOM = 40
TEXT_ROOM = 110
AROUND = 6
"""Questions shown before and behind one that is moved."""


def no_round() -> str:
    """No round is ahead or open."""
    return "Chưa có kỳ báo cáo nào sắp mở hoặc đang mở."


def which_round() -> str:
    """Which round?"""
    return "Xem câu hỏi của kỳ nào?"


def round_label(round_: Round, opened: bool) -> str:
    """A round on a button."""
    return figures.cut(f"{wording.capitalised(report_title(round_))}: {'đã mở' if opened else 'chưa mở'}", LABEL_ROOM)


def standing(round_: Round, opens: date, today: date) -> str:
    """Whether its questions can be changed."""
    title = wording.capitalised(report_title(round_))
    if round_.closed_at is not None:
        return f"{title} đã chốt, câu hỏi không sửa nữa."
    if opens <= today:
        return (
            f"{title} đã mở từ {wording.dated_full(opens)}: các đơn vị đã nhận câu hỏi, nên câu hỏi không sửa được nữa."
            " Cần giải thích thêm cho các đơn vị, gõ /thongbao."
        )
    return f"{title} mở {wording.dated_full(opens)}. Trước ngày đó sửa được câu hỏi; kế hoạch gốc và các kỳ khác giữ nguyên."


def which_set() -> str:
    """Which set?"""
    return "Xem bộ câu hỏi nào?"


def set_label(questions: QuestionSet, many: int, changed: bool) -> str:
    """A question set on a button."""
    mark = " (đã sửa)" if changed else ""
    return f"{figures.cut(questions.title, LABEL_ROOM)}: {many} câu{mark}"


def set_head(questions: QuestionSet, round_: Round) -> str:
    """Above its questions."""
    return f"{questions.title}, {report_title(round_)}:"


def line(mark: str, question: Question, round_: Round, changed: bool) -> str:
    """One question in the list."""
    note = " (đã sửa)" if changed else ""
    return f"{mark}. {figures.cut(dated(question.text, round_), TEXT_ROOM)}{note}"


def line_left_out(question: Question) -> str:
    """One question that is not asked."""
    return f"– Đã bỏ: {question.label}"


def question_label(mark: str, question: Question) -> str:
    """One question on a button."""
    return figures.cut(f"{mark}. {question.label}" if mark else f"Đã bỏ: {question.label}", LABEL_ROOM)


def card(mark: str, question: Question, written: Question, round_: Round, questions: QuestionSet) -> str:
    """One question whole. `mark`: its number, "" when it is left out; `written`: as in the plan."""
    head = f"Câu {mark}" if mark else "Câu đã bỏ"
    lines = [f"{head}, {questions.title}, {report_title(round_)}:", dated(question.text, round_)]
    if question.text != written.text:
        lines += ["", f"Trong kế hoạch: {dated(written.text, round_)}"]
    if question.follows is not None:
        lines += ["", "Câu hỏi phụ: chỉ hỏi tùy theo câu trả lời trước nó, và đi theo câu đó."]
    return "\n".join(lines)


def ask_words(question: Question, round_: Round) -> str:
    """The new words?"""
    return (
        f"Đang hỏi: {dated(question.text, round_)}\n\nNhờ anh/chị gõ câu hỏi mới ({SHORTEST}–{LONGEST_QUESTION} ký tự)."
        " Cách trả lời (số, lựa chọn, câu chữ) giữ nguyên."
    )


def bad_words() -> str:
    """Too short or too long."""
    return f"Câu hỏi cần từ {SHORTEST} đến {LONGEST_QUESTION} ký tự."


def bad_braces(found: str) -> str:
    """Something in braces."""
    return f"“{figures.cut(found, 40)}” sẽ hiện nguyên như vậy cho người nhận; nhờ anh/chị bỏ dấu ngoặc nhọn."


def same_words() -> str:
    """Nothing new."""
    return "Câu hỏi đang đúng như vậy, không có gì thay đổi."


def preview_words(mark: str, before: Question, text: str, round_: Round, questions: QuestionSet) -> str:
    """Before the words change."""
    return "\n".join(
        [
            f"Câu {mark}, {questions.title}, {report_title(round_)}.",
            f"Đang hỏi: {dated(before.text, round_)}",
            f"Sẽ hỏi: {dated(text, round_)}",
            "Ghi thay đổi?",
        ]
    )


def preview_leave_out(mark: str, question: Question, follow_ups: int, round_: Round, questions: QuestionSet) -> str:
    """Before a question is left out."""
    more = f" Câu hỏi phụ của câu này ({follow_ups}) cũng không hỏi." if follow_ups else ""
    return (
        f"Bỏ câu {mark} ({question.label}), bộ câu hỏi {questions.title}, {report_title(round_)}?{more}"
        " Bảng tổng hợp và báo cáo của kỳ này sẽ không có chỉ tiêu đó từ các đơn vị này. Có thể hỏi lại trước khi kỳ mở."
    )


def preview_put_back(question: Question, round_: Round, questions: QuestionSet) -> str:
    """Before a question is asked after all."""
    return f"Hỏi lại “{question.label}”, bộ câu hỏi {questions.title}, {report_title(round_)}?"


def ask_number(mark: str, question: Question, many: int) -> str:
    """Which place?"""
    return f"Câu {mark} ({question.label}) chuyển thành câu số mấy, từ 1 đến {many}?"


def bad_number(many: int) -> str:
    """No such place."""
    return f"Nhờ anh/chị gõ một số từ 1 đến {many}."


def preview_move(steps: Sequence[Step], number: int, round_: Round, questions: QuestionSet) -> str:
    """The order as it would be, around the place it goes to."""
    here = steps[max(0, number - 1 - AROUND) : number + AROUND]
    order = "; ".join(f"{step.mark}. {figures.cut(step.question.label, LABEL_ROOM)}" for step in here)
    rest = "" if len(here) == len(steps) else " Các câu khác giữ thứ tự trước sau."
    return f"Thứ tự mới, {questions.title}, {report_title(round_)}: {order}.{rest} Ghi thay đổi?"


def only_one() -> str:
    """A set must ask something."""
    return "Bộ câu hỏi cần ít nhất một câu, nên câu này không bỏ được."


def done(round_: Round, opens: date) -> str:
    """It is changed."""
    return f"Đã ghi. {wording.capitalised(report_title(round_))} sẽ hỏi như vậy khi mở, {wording.dated_full(opens)}."


def not_done() -> str:
    """Nothing changed."""
    return "Không ghi; chưa có gì thay đổi."


def gone() -> str:
    """The button is of a change that is done or was dropped, or of a question that is gone."""
    return "Không có thay đổi nào đang chờ. Gõ /cauhoi để xem."


def choose_first() -> str:
    """Words where a choice is expected."""
    return "Nhờ anh/chị chọn ghi hoặc không ghi trước."
