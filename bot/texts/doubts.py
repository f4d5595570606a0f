"""What is said when a typed answer was not understood well enough to keep it: one kind sentence each, with an example."""

from __future__ import annotations

from typing import assert_never

from bot.domain.answers import Confirm, Doubt, Reading
from bot.domain.questions import Kind, Question
from bot.texts import figures

NOT_KEPT = "Chưa ghi nhận câu này."
"""Said with every doubt, so that nobody believes a figure to be in."""


def sentence(why: Doubt, question: Question | None = None) -> str:
    """Why the answer is asked again, and how it may be written. Without a question the example is a general one."""
    return _sentence(why, question).rstrip()


def _sentence(why: Doubt, question: Question | None) -> str:
    match why:
        case Doubt.EMPTY:
            return f"Tin vừa rồi chưa có nội dung để ghi. {_example(question)}"
        case Doubt.NOT_A_NUMBER:
            return f"Câu này cần một con số. {_example(question)}"
        case Doubt.NOT_WHOLE:
            return f"Câu này cần số nguyên, không có phần lẻ. {_example(question)}"
        case Doubt.COMMA_OR_DOT:
            return "Dấu phẩy ở đây có thể là phân nghìn hoặc phần lẻ. Nhờ anh/chị chọn, hoặc gõ lại, ví dụ 1.250 hay 1,25."
        case Doubt.NEGATIVE:
            return f"Con số ở đây không thể nhỏ hơn 0. {_example(question)}"
        case Doubt.SEVERAL_NUMBERS:
            return f"Tin vừa rồi có nhiều con số, chưa rõ số nào cho câu này. Nhờ anh/chị gõ một số. {_example(question)}"
        case Doubt.TOO_BIG:
            return f"Con số này lớn quá mức hệ thống nhận được. Nhờ anh/chị xem lại đơn vị tính. {_example(question)}"
        case Doubt.WHICH_MONEY_UNIT:
            return "Chưa rõ đơn vị tiền. Nhờ anh/chị ghi kèm đồng, nghìn, triệu hoặc tỷ, ví dụ 50 triệu."
        case Doubt.NEEDS_DENOMINATOR:
            return f"Câu này cần cả hai số, cách nhau bằng dấu gạch chéo. {_parts(question)}{_example(question)}"
        case Doubt.X_ABOVE_Y:
            return f"Số thứ nhất đang lớn hơn số thứ hai. {_parts(question)}{_example(question)}"
        case Doubt.RANGE_OR_RATIO:
            return "Cách viết này có thể là tỷ số, một khoảng hoặc số lẻ. Nhờ anh/chị viết rõ, ví dụ 12/14 hay khoảng 13."
        case Doubt.FRACTION_OR_PERCENT:
            return "Chưa rõ đây là số phần trăm hay tỷ lệ. Nhờ anh/chị ghi kèm dấu %, ví dụ 60%."
        case Doubt.OVER_100:
            return "Tỷ lệ phần trăm ở đây không quá 100%. Nhờ anh/chị xem lại, ví dụ 87,5%."
        case Doubt.NOT_A_CHOICE:
            return "Nhờ anh/chị chọn một trong các trả lời bên dưới."
        case Doubt.NO_SUCH_DATE:
            return "Không có ngày này trong lịch. Nhờ anh/chị gõ lại, ví dụ 26/4/2026."
        case Doubt.NOT_A_DATE:
            return "Câu này cần một ngày. Nhờ anh/chị gõ ngày/tháng/năm, ví dụ 26/4/2026."
        case Doubt.AMBIGUOUS_WORD:
            return f"Tin vừa rồi có thể hiểu nhiều cách. Nhờ anh/chị chọn bên dưới hoặc viết rõ hơn. {_example(question)}"
        case Doubt.TOO_LONG:
            return f"Tin này dài quá mức hệ thống nhận được. Nhờ anh/chị viết ngắn lại. {_example(question)}"
        case Doubt.WANTS_FILE:
            return "Câu này cần một tệp hoặc ảnh. Nhờ anh/chị gửi tệp tại đây, ví dụ bản chụp văn bản đã ký."
        case Doubt.NO_FILE_HERE:
            return f"Câu này nhận chữ hoặc số, không nhận tệp. Nhờ anh/chị gửi tệp qua hệ thống văn bản. {_example(question)}"
        case Doubt.NO_SUCH_UNIT:
            return "Không tìm thấy đơn vị này trong danh sách. Nhờ anh/chị gõ lại, ví dụ Phường 5."
        case Doubt.WHICH_UNIT:
            return "Tên này có thể là nhiều đơn vị. Nhờ anh/chị chọn hoặc gõ rõ hơn, ví dụ Phường 5."
        case _:
            assert_never(why)


def to_confirm(reading: Reading, question: Question, raw: str) -> str:
    """How an unusual answer was understood, to be confirmed before it is kept. Raises ValueError for one that needs none."""
    known = figures.written(question, reading, figures.SHORT)
    typed = figures.cut(raw, figures.SHORT)
    match Confirm(reading.confirm):
        case Confirm.CONVERTED:
            return f"“{typed}” được hiểu là {known}. Đúng không?"
        case Confirm.PICKED:
            return f"Từ tin “{typed}”, câu này được hiểu là {known}. Đúng không?"
        case Confirm.OTHER_UNIT:
            return f"Câu này tính bằng {question.unit or 'đơn vị khác'}, tin vừa rồi ghi “{typed}”. Ghi là {known}, đúng không?"
        case Confirm.WRITING:
            return f"“{typed}” được hiểu là {known}. Đúng không?"
        case Confirm.UNSURE:
            return f"Tin vừa rồi chưa chắc chắn (“{typed}”). Ghi là {known}, được không?"
        case Confirm.SMALL_MONEY:
            return f"Số tiền này khá nhỏ: {known}. Đúng không?"
        case Confirm.NOTHING:
            return f"“{typed}” được hiểu là không có trường hợp nào ({known}). Đúng không?"
        case Confirm.WHICH_DAY:
            return f"“{typed}” được hiểu là {known}. Đúng không?"
        case Confirm.WEEKEND:
            return f"{known[:1].upper()}{known[1:]} là ngày nghỉ cuối tuần. Đúng ngày này không?"
        case Confirm.PAST_DATE:
            return f"{known[:1].upper()}{known[1:]} đã qua. Đúng ngày này không?"


def example(question: Question) -> str:
    """Something one may type, like "12" or "12/14"; "" where nothing has to be typed."""
    match question.kind:
        case Kind.COUNT:
            return f"12 {question.unit}".strip()
        case Kind.DECIMAL:
            return f"35,5 {question.unit}".strip()
        case Kind.RATIO:
            return "12/14 hoặc 85%" if question.percent_ok else "12/14"
        case Kind.PERCENT:
            return "87,5%"
        case Kind.MONEY:
            return "50 triệu"
        case Kind.DATE:
            return "26/4/2026"
        case Kind.CHOICE:
            return question.options[0].label if question.options else ""
        case Kind.SENTENCE | Kind.FILE:
            return ""


def _example(question: Question | None) -> str:
    if question is None:
        return "Ví dụ: 12."
    match question.kind:
        case Kind.CHOICE:  # no answer is put into anybody's mouth
            return ""
        case Kind.SENTENCE:
            return "Ví dụ: Thiếu kinh phí tổ chức đối thoại."
        case Kind.FILE:
            return "Ví dụ: gửi bản chụp văn bản đã ký."
        case _:
            return f"Ví dụ: {example(question)}."


def _parts(question: Question | None) -> str:
    if question is None or not (question.x_label and question.y_label):
        return ""
    return f"Thứ tự là {_lower(question.x_label)}/{_lower(question.y_label)}. "


def _lower(label: str) -> str:
    """A label inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"
