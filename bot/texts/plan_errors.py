"""Every sentence said about a faulty plan file: what is wrong in that place, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable


def located(line: int, field: str, message: str) -> str:
    """One fault as a line of text: "dòng 214, units[3].questions: …"."""
    return f"dòng {line}, {field}: {message}" if field else f"dòng {line}: {message}"


# The file as a whole.


def too_big(megabytes: int) -> str:
    """The file is over the limit."""
    return f"Tệp lớn hơn {megabytes} MB; tệp kế hoạch chỉ gồm chữ, vui lòng kiểm tra lại có chọn đúng tệp không."


def too_many_entries(most: int) -> str:
    """More entries than any real plan has."""
    return f"Tệp có quá nhiều mục (hơn {most}); chương trình ngừng đọc."


NOT_UTF8 = "Tệp không lưu ở dạng UTF-8; vui lòng lưu lại, chọn bảng mã UTF-8."
EMPTY_FILE = "Tệp chưa có nội dung."
SEVERAL_DOCUMENTS = "Mỗi tệp chỉ chứa một kế hoạch; vui lòng bỏ dòng “---” và phần sau nó."
TOO_DEEP = "Các mục lồng nhau quá sâu; vui lòng xem lại phần thụt đầu dòng."
ANCHOR = "Tệp kế hoạch không dùng ký hiệu & và * để chép lại nội dung; vui lòng ghi đầy đủ, hoặc đặt câu trong dấu nháy kép."
TAG = "Tệp kế hoạch không dùng ký hiệu “!” trước giá trị; vui lòng bỏ đi, hoặc đặt câu trong dấu nháy kép."


# How YAML is written.
TAB = "Có phím Tab ở đầu dòng; vui lòng thụt đầu dòng bằng dấu cách."
COLON = "Có dấu hai chấm trong câu, hoặc thụt đầu dòng chưa thẳng hàng; câu có dấu hai chấm cần đặt trong dấu nháy kép."
NO_COLON = "Thiếu dấu hai chấm sau tên mục."
OPEN_QUOTE = "Dấu nháy mở ở đây chưa được đóng lại."
BAD_ESCAPE = "Dấu \\ trong câu đặt giữa hai dấu nháy kép không đọc được; vui lòng bỏ dấu \\ hoặc viết \\\\."
BAD_START = "Câu bắt đầu bằng ký hiệu đặc biệt; vui lòng đặt cả câu trong dấu nháy kép."
OPEN_BRACKET = "Danh sách trong ngoặc chưa đóng hoặc thiếu dấu phẩy."
INDENTATION = "Thụt đầu dòng không khớp với các dòng cùng cấp, hoặc còn chữ thừa sau dấu nháy."
UNREADABLE = "Dòng này viết chưa đúng cách; vui lòng so với các mục tương tự trong tệp mẫu."


# Fields.
KEY_NOT_TEXT = "Tên mục phải là một từ, không phải danh sách."


def missing(name: str) -> str:
    """A required field is not there."""
    return f"Thiếu mục “{name}”."


BLANK = "Mục này chưa điền."


def unknown(name: str, nearest: str) -> str:
    """A field nobody asked for, perhaps misspelt."""
    return f"Không có mục nào tên “{_cut(name)}”.{_meant(nearest)}"


def twice(name: str, first_line: int) -> str:
    """The same field twice in one entry."""
    return f"Mục “{name}” đã ghi ở dòng {first_line}; chỉ giữ một."


NOT_A_GROUP = "Ở đây cần các mục con (tên mục, dấu hai chấm, giá trị)."
NOT_A_LIST = "Ở đây cần một danh sách: mỗi dòng bắt đầu bằng dấu “-”, hoặc [mục, mục]."
NOT_TEXT = "Ở đây cần một câu chữ, không phải danh sách hay mục con; nếu câu có dấu ngoặc thì đặt trong dấu nháy kép."
EMPTY_LIST = "Danh sách này chưa có mục nào."


def too_many(most: int) -> str:
    """A list longer than any real plan has."""
    return f"Danh sách này dài quá {most} mục."


def too_long(length: int, most: int) -> str:
    """A sentence too long for where it is shown."""
    return f"Dài {length} ký tự; tối đa {most} ký tự."


def hidden_character(code_point: int) -> str:
    """A control, bidirectional or zero-width character, or a broken one."""
    return f"Có ký tự ẩn hoặc hỏng (mã U+{code_point:04X}); vui lòng xóa và gõ lại chỗ này."


def formula(mark: str) -> str:
    """A spreadsheet would run it."""
    return f"Câu bắt đầu bằng dấu “{mark}”, bảng tính sẽ hiểu là công thức; vui lòng bỏ dấu này."


def not_whole(text: str) -> str:
    """A whole number was expected."""
    return f"“{_cut(text)}” không phải là số nguyên từ 0 trở lên viết bằng chữ số."


def not_a_number(text: str) -> str:
    """A number was expected; 2.000 is refused because it could mean 2 or 2000."""
    return f"“{_cut(text)}” không phải là số từ 0 trở lên; viết chữ số liền nhau, không dấu phân nghìn (ví dụ 2000 hoặc 0.5)."


def outside(low: int, high: int) -> str:
    """A number out of its range."""
    return f"Số này phải từ {low} đến {high}."


def not_a_flag(text: str) -> str:
    """true or false was expected."""
    return f"“{_cut(text)}” không hợp lệ; chỉ viết true (có) hoặc false (không)."


def not_one_of(text: str, allowed: Iterable[str]) -> str:
    """One of a few words was expected."""
    return f"“{_cut(text)}” không hợp lệ; chỉ nhận: {', '.join(allowed)}."


def not_a_date(text: str) -> str:
    """A full date was expected."""
    return f"“{_cut(text)}” không phải là ngày; viết NĂM-THÁNG-NGÀY, ví dụ 2023-03-10."


def not_a_day(text: str) -> str:
    """A day and a month were expected."""
    return f"“{_cut(text)}” không phải là ngày trong năm; viết ngày/tháng, ví dụ 05/11."


def no_such_date(text: str) -> str:
    """31/4/2023."""
    return f"Không có ngày {text}."


def no_such_day(text: str) -> str:
    """31/4, or 29/2, which only some years have."""
    return f"Không phải năm nào cũng có ngày {text}."


def bad_code(text: str, most: int, marks: str) -> str:
    """A code with letters it may not have."""
    allowed = f"chữ cái không dấu, chữ số và các dấu {' '.join(marks)}" if marks else "chữ cái không dấu và chữ số"
    return f"Mã “{_cut(text)}” không hợp lệ; chỉ dùng {allowed}, tối đa {most} ký tự."


# What must agree with something elsewhere in the file.


def duplicate(code: str, first_line: int) -> str:
    """A code used twice."""
    return f"“{code}” đã dùng ở dòng {first_line}; mỗi mã chỉ dùng một lần."


def duplicate_but_for_case(code: str, other: str, first_line: int) -> str:
    """Two codes people would not tell apart."""
    return f"“{code}” chỉ khác “{other}” ở dòng {first_line} về chữ hoa, chữ thường; vui lòng đổi một trong hai."


def alias_taken(name: str, owner: str, line: int) -> str:
    """Two units people call by the same name."""
    return f"“{name}” cũng là cách gọi của đơn vị {owner} ở dòng {line}; người dùng gõ sẽ không biết là đơn vị nào."


def reserved(code: str) -> str:
    """A unit code that is the name of a group."""
    return f"“{code}” là tên nhóm, không dùng làm mã đơn vị."


def no_such_point(code: str, nearest: str) -> str:
    """A reference to a point the file does not have."""
    return f"Không có điểm “{_cut(code)}” trong mục points.{_meant(nearest)}"


def no_such_unit(code: str, nearest: str) -> str:
    """A reference to a unit the file does not have."""
    return f"Không có đơn vị “{_cut(code)}” trong mục units.{_meant(nearest)}"


def no_such_question_set(code: str, nearest: str) -> str:
    """A reference to a question set the file does not have."""
    return f"Không có bộ câu hỏi “{_cut(code)}” trong mục question_sets.{_meant(nearest)}"


def no_such_round(code: str, nearest: str) -> str:
    """A reference to a round the file does not have."""
    return f"Không có kỳ báo cáo “{_cut(code)}” trong mục rounds.{_meant(nearest)}"


def no_such_question(code: str, nearest: str) -> str:
    """A follow-up to a question its set does not have."""
    return f"Không có câu hỏi “{_cut(code)}” trong bộ này.{_meant(nearest)}"


def no_such_option(code: str, question: str, nearest: str) -> str:
    """A follow-up to an option its question does not have."""
    return f"Câu {question} không có lựa chọn “{_cut(code)}”.{_meant(nearest)}"


def nobody_called(code: str, nearest: str) -> str:
    """A point concerns somebody who is neither a group nor a unit."""
    return f"“{_cut(code)}” không phải là nhóm (ward, named, other) hay mã đơn vị trong mục units.{_meant(nearest)}"


GROUPS_AND_UNITS = "Chỉ ghi nhóm hoặc chỉ ghi mã đơn vị, không ghi lẫn hai loại."
ALL_AND_MORE = "Đã ghi all (mọi đơn vị) thì không ghi thêm."


def not_verbatim(point: str) -> str:
    """Not word for word in the point's text."""
    return f"Câu này không có nguyên văn trong toàn văn (text) của điểm {point}; vui lòng chép lại đúng từng chữ, từng dấu."


def far_from_issue(issued: int) -> str:
    """A plan is for the year it was issued in, or one next to it."""
    return f"Năm của kế hoạch lệch quá một năm so với ngày ban hành (năm {issued})."


ENDS_BEFORE_IT_BEGINS = "Kỳ số liệu kết thúc trước khi bắt đầu."
ENDS_AFTER_DUE = "Kỳ số liệu kết thúc sau hạn báo cáo."


def same_due(code: str, first_line: int) -> str:
    """Two rounds due on one day."""
    return f"Trùng hạn với kỳ {code} ở dòng {first_line}."


# Questions.


def only_for(name: str, kinds: Iterable[str]) -> str:
    """A field that has no meaning for this kind of question."""
    return f"Mục “{name}” chỉ dùng cho câu hỏi loại {', '.join(kinds)}."


def needed_for(name: str, kind: str) -> str:
    """A field this kind of question cannot do without."""
    return f"Câu hỏi loại {kind} cần mục “{name}”."


TOO_FEW_OPTIONS = "Câu hỏi lựa chọn cần ít nhất hai lựa chọn."


def options_collide(text: str, other: str) -> str:
    """Two options that are typed alike."""
    return f"“{text}” trùng với lựa chọn “{other}”; không phân biệt được khi người dùng gõ không dấu."


def option_is_an_ordinal(text: str) -> str:
    """An option named like the number it is listed under."""
    return f"“{text}” trùng với số hoặc chữ thứ tự của lựa chọn; vui lòng viết bằng chữ đầy đủ."


LOW_ABOVE_HIGH = "Mức thấp (low) lớn hơn mức cao (high)."


OVER_100_PERCENT = "Câu này so theo tỷ lệ phần trăm nên không quá 100."


def unknown_placeholder(text: str) -> str:
    """Braces around something other than since and until."""
    return f"“{_cut(text)}” không thay được; trong câu hỏi chỉ dùng {{since}} và {{until}}."


def follows_itself_or_later(code: str) -> str:
    """A follow-up before what it follows."""
    return f"Câu hỏi phụ phải đứng sau câu {code} mà nó dựa vào."


def follow_up_needs_codes(code: str) -> str:
    """A follow-up to a choice does not say which."""
    return f"Câu {code} là câu lựa chọn; vui lòng ghi codes: chọn mã nào thì hỏi thêm."


def follow_up_without_codes(code: str) -> str:
    """A follow-up to a figure names options."""
    return f"Câu {code} hỏi số, câu phụ được hỏi khi số lớn hơn 0; vui lòng bỏ mục codes."


FOLLOW_UP_ALWAYS = "Câu phụ luôn được hỏi (always: true) thì không ghi codes; vui lòng bỏ một trong hai mục."


def cannot_be_followed(code: str, kind: str) -> str:
    """A follow-up to a sentence, date or file."""
    return f"Câu {code} (loại {kind}) không dùng làm điều kiện được; chỉ dùng câu lựa chọn hoặc câu hỏi số."


def never_asked_together(code: str) -> str:
    """A follow-up in a round its question is not asked in."""
    return f"Câu {code} không hỏi trong kỳ này nên câu phụ không bao giờ được hỏi."


def nothing_to_ask(round_code: str) -> str:
    """A question set is empty in one round."""
    return f"Bộ này không có câu hỏi nào cho kỳ {round_code}."


def same_code_other_meaning(code: str, first_line: int) -> str:
    """One code for two indicators."""
    return f"Mã {code} ở dòng {first_line} là câu hỏi khác loại hoặc khác đơn vị tính; vui lòng đổi một trong hai mã."


# The reminder ladder.
LADDER_EMPTY = "Cần ít nhất một mốc nhắc trước hạn (before) hoặc ngày cuối (last: true)."


def ladder_twice(days: int) -> str:
    """The same rung twice."""
    return f"Mốc {days} ngày ghi hai lần."


def announce_too_late(days: int) -> str:
    """The round is announced after its first reminder."""
    return f"Thông báo mở kỳ phải sớm hơn mốc nhắc đầu tiên ({days} ngày trước hạn)."


AFTER_ALONE = "Có nhắc sau hạn nhưng không nhắc lần nào trước hạn; vui lòng thêm before hoặc last: true."


def _meant(nearest: str) -> str:
    return f" Có phải là “{nearest}”?" if nearest else ""


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
