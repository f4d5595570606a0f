"""Every way a plan file goes wrong is told with its line, its field and one Vietnamese sentence, and nothing else is told."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from seed_file import TEXT, faults, line_of, with_

from bot.plans import SEED, loader


@dataclass(frozen=True)
class Broken:
    """One mistake: `old` becomes `new`; the fault is told at the line where `at` (else `new`'s first line) then stands."""

    name: str
    old: str
    new: str
    field: str
    sentence: str
    at: str = ""

    @property
    def text(self) -> str:
        return with_(self.old, self.new)

    @property
    def line(self) -> int:
        return line_of(self.text, self.at or self.new.strip("\n").split("\n")[0])


UNIT_P6 = "{code: P6, name: UBND Phường 6,"
KH246_OPTIONS = """          - {code: done, label: Rồi, words: [da gui, da bao cao, xong]}
          - {code: in_progress, label: Đang, words: [dang lam, dang soan]}
          - {code: not_started, label: Chưa, words: [chua lam, chua gui]}
        points: [IV.2.b.1]"""


def not_verbatim(point: str) -> str:
    return f"Câu này không có nguyên văn trong toàn văn (text) của điểm {point}; vui lòng chép lại đúng từng chữ, từng dấu."


NO_ANCHORS = (
    "Tệp kế hoạch không dùng ký hiệu & và * để chép lại nội dung; vui lòng ghi đầy đủ, hoặc đặt câu trong dấu nháy kép."
)
POINT_II5 = "  - id: II.5\n    ref: II.5\n"
ROUND_N = "    due: 05/11\n"

MISTAKES = [
    # Fields
    Broken(
        "misspelt field",
        "coordinator: NV",
        "cordinator: NV",
        "plan.cordinator",
        "Không có mục nào tên “cordinator”. Có phải là “coordinator”?",
    ),
    Broken(
        "misspelt section", "\nladder:\n", "\nlader:\n", "lader", "Không có mục nào tên “lader”. Có phải là “ladder”?", "lader:"
    ),
    Broken(
        "unknown field",
        UNIT_P6,
        "{code: P6, dien_thoai: 0901, name: UBND Phường 6,",
        "units[5].dien_thoai",
        "Không có mục nào tên “dien_thoai”.",
    ),
    Broken("missing field", "  place: Gò Vấp\n", "", "plan.place", "Thiếu mục “place”.", "  code: 847-2023"),
    Broken(
        "missing section",
        TEXT[TEXT.index("rounds:\n") : TEXT.index("# 3. Các mốc")],
        "",
        "rounds",
        "Thiếu mục “rounds”.",
        "plan:\n  code",
    ),
    Broken("no coordinator", "  coordinator: NV\n", "", "plan.coordinator", "Thiếu mục “coordinator”.", "  code: 847-2023"),
    Broken("blank field", "place: Gò Vấp", "place:", "plan.place", "Mục này chưa điền.", "place:"),
    Broken(
        "field twice",
        "place: Gò Vấp\n",
        "place: Gò Vấp\n  place: Quận Gò Vấp\n",
        "plan.place",
        f"Mục “place” đã ghi ở dòng {line_of(TEXT, 'place: Gò Vấp')}; chỉ giữ một.",
        "place: Quận Gò Vấp",
    ),
    # Types
    Broken(
        "list where text is due",
        "place: Gò Vấp",
        "place: [Gò Vấp]",
        "plan.place",
        "Ở đây cần một câu chữ, không phải danh sách hay mục con; nếu câu có dấu ngoặc thì đặt trong dấu nháy kép.",
    ),
    Broken(
        "text where a list is due",
        "aliases: [p17, ubnd p17]",
        "aliases: p17",
        "units[16].aliases",
        "Ở đây cần một danh sách: mỗi dòng bắt đầu bằng dấu “-”, hoặc [mục, mục].",
    ),
    Broken(
        "text where fields are due",
        "follows: {question: HD_M2}",
        "follows: HD_M2",
        "question_sets[1].questions[8].follows",
        "Ở đây cần các mục con (tên mục, dấu hai chấm, giá trị).",
    ),
    Broken(
        "year that is no number",
        "year: 2023\n",
        "year: hai nghìn\n",
        "plan.year",
        "“hai nghìn” không phải là số nguyên từ 0 trở lên viết bằng chữ số.",
    ),
    Broken("year out of reach", "year: 2023\n", "year: 20233\n", "plan.year", "Số này phải từ 1990 đến 2100."),
    Broken(
        "year far from the date of issue",
        "year: 2023\n",
        "year: 2026\n",
        "plan.year",
        "Năm của kế hoạch lệch quá một năm so với ngày ban hành (năm 2023).",
    ),
    Broken(
        "flag that is neither",
        "    optional: true\n\n      - code: TCD_LUOT",
        "    optional: chắc vậy\n\n      - code: TCD_LUOT",
        "question_sets[1].questions[2].optional",
        "“chắc vậy” không hợp lệ; chỉ viết true (có) hoặc false (không).",
        "optional: chắc vậy",
    ),
    Broken(
        "unknown kind",
        "kind: money",
        "kind: tien",
        "question_sets[5].questions[5].kind",
        "“tien” không hợp lệ; chỉ nhận: choice, count, decimal, ratio, percent, money, sentence, date, file.",
    ),
    Broken(
        "unknown group",
        "short: Phường 5, group: ward,",
        "short: Phường 5, group: phuong,",
        "units[4].group",
        "“phuong” không hợp lệ; chỉ nhận: ward, named, other.",
        "group: phuong",
    ),
    Broken(
        "unknown source",
        "source: plan, aliases: [p17,",
        "source: so, aliases: [p17,",
        "units[16].source",
        "“so” không hợp lệ; chỉ nhận: plan, office.",
        "source: so",
    ),
    # Dates
    Broken("31 April", "until: 30/4", "until: 31/4", "rounds[1].until", "Không phải năm nào cũng có ngày 31/4."),
    Broken("29 February every year", "until: 30/4", "until: 29/2", "rounds[1].until", "Không phải năm nào cũng có ngày 29/2."),
    Broken("month 13", ROUND_N, "    due: 05/13\n", "rounds[2].due", "Không phải năm nào cũng có ngày 05/13."),
    Broken(
        "day in words",
        ROUND_N,
        "    due: mùng 5 tháng 11\n",
        "rounds[2].due",
        "“mùng 5 tháng 11” không phải là ngày trong năm; viết ngày/tháng, ví dụ 05/11.",
    ),
    Broken(
        "date of issue that never was", "issued: 2023-03-10", "issued: 31/4/2023", "plan.issued", "Không có ngày 31/4/2023."
    ),
    Broken(
        "date of issue in words",
        "issued: 2023-03-10",
        "issued: 10 tháng 3",
        "plan.issued",
        "“10 tháng 3” không phải là ngày; viết NĂM-THÁNG-NGÀY, ví dụ 2023-03-10.",
    ),
    Broken(
        "figures end before they begin",
        "    since: 01/1\n    until: 30/4",
        "    since: 01/5\n    until: 30/4",
        "rounds[1].until",
        "Kỳ số liệu kết thúc trước khi bắt đầu.",
        "    until: 30/4",
    ),
    Broken(
        "figures end after the report is due",
        "until: 31/10",
        "until: 31/12",
        "rounds[2].until",
        "Kỳ số liệu kết thúc sau hạn báo cáo.",
    ),
    Broken(
        "two rounds due on one day",
        "due: 05/5\n",
        "due: 5/11\n",
        "rounds[2].due",
        f"Trùng hạn với kỳ 6T ở dòng {line_of(TEXT, 'due: 05/5')}.",
        "due: 05/11",
    ),
    # Codes
    Broken(
        "accented code",
        "code: TUPHAP",
        "code: TƯPHÁP",
        "units[22].code",
        "Mã “TƯPHÁP” không hợp lệ; chỉ dùng chữ cái không dấu và chữ số, tối đa 12 ký tự.",
    ),
    Broken(
        "code with a blank",
        "code: RAC_DOT",
        "code: RAC DOT",
        "question_sets[5].questions[6].code",
        "Mã “RAC DOT” không hợp lệ; chỉ dùng chữ cái không dấu, chữ số và các dấu _, tối đa 24 ký tự.",
    ),
    Broken(
        "group name as unit code",
        "code: YTE,",
        "code: other,",
        "units[27].code",
        "“other” là tên nhóm, không dùng làm mã đơn vị.",
        "code: other,",
    ),
    Broken(
        "point twice",
        POINT_II5,
        "  - id: II.4\n    ref: II.5\n",
        "points[8].id",
        f"“II.4” đã dùng ở dòng {line_of(TEXT, 'id: II.4')}; mỗi mã chỉ dùng một lần.",
        "II.4\n    ref: II.5",
    ),
    Broken(
        "point that differs in capitals only",
        "  - id: IV.end\n",
        "  - id: iv.1.1\n",
        "points[37].id",
        f"“iv.1.1” chỉ khác “IV.1.1” ở dòng {line_of(TEXT, 'id: IV.1.1')} về chữ hoa, chữ thường; vui lòng đổi một trong hai.",
    ),
    Broken(
        "unit twice",
        UNIT_P6,
        "{code: P5, name: UBND Phường 6,",
        "units[5].code",
        f"“P5” đã dùng ở dòng {line_of(TEXT, 'code: P5,')}; mỗi mã chỉ dùng một lần.",
    ),
    Broken(
        "unit that differs in capitals only",
        UNIT_P6,
        "{code: p5, name: UBND Phường 6,",
        "units[5].code",
        f"“p5” chỉ khác “P5” ở dòng {line_of(TEXT, 'code: P5,')} về chữ hoa, chữ thường; vui lòng đổi một trong hai.",
    ),
    Broken(
        "question twice in a set",
        "code: RAC_DOT",
        "code: RAC_XP",
        "question_sets[5].questions[6].code",
        f"“RAC_XP” đã dùng ở dòng {line_of(TEXT, 'code: RAC_XP')}; mỗi mã chỉ dùng một lần.",
        "RAC_XP\n        kind: count\n        label: Đợt",
    ),
    Broken(
        "question of another set in other capitals",
        "code: RAC_DOT",
        "code: kTcV",
        "question_sets[5].questions[6].code",
        f"“kTcV” chỉ khác “KTCV” ở dòng {line_of(TEXT, 'code: KTCV' + chr(10))} về chữ hoa, chữ thường; "
        "vui lòng đổi một trong hai.",
    ),
    Broken(
        "one code for two indicators",
        "code: RAC_DOT",
        "code: TH_LOP",
        "question_sets[5].questions[6].code",
        f"Mã TH_LOP ở dòng {line_of(TEXT, 'code: TH_LOP')} là câu hỏi khác loại hoặc khác đơn vị tính; "
        "vui lòng đổi một trong hai mã.",
        "TH_LOP\n        kind: count\n        label: Đợt",
    ),
    Broken(
        "set twice",
        "  - code: TNMT\n",
        "  - code: TTr\n",
        "question_sets[5].code",
        f"“TTr” đã dùng ở dòng {line_of(TEXT, '  - code: TTr' + chr(10))}; mỗi mã chỉ dùng một lần.",
        "  - code: TTr\n    title: Phòng Tài",
    ),
    Broken(
        "alias of two units",
        "aliases: [p17,",
        "aliases: [p.05,",
        "units[16].aliases[1]",
        f"“p.05” cũng là cách gọi của đơn vị P5 ở dòng {line_of(TEXT, 'code: P5,')}; "
        "người dùng gõ sẽ không biết là đơn vị nào.",
    ),
    # References
    Broken(
        "unknown coordinator",
        "coordinator: NV",
        "coordinator: NVU",
        "plan.coordinator",
        "Không có đơn vị “NVU” trong mục units. Có phải là “NV”?",
    ),
    Broken(
        "unknown question set",
        "short: Phường 5, group: ward, questions: ward,",
        "short: Phường 5, group: ward, questions: wards,",
        "units[4].questions",
        "Không có bộ câu hỏi “wards” trong mục question_sets. Có phải là “ward”?",
        "questions: wards",
    ),
    Broken(
        "unknown unit at a point",
        "who: [TTr, VP]",
        "who: [TTr, VPP]",
        "points[34].who[2]",
        "“VPP” không phải là nhóm (ward, named, other) hay mã đơn vị trong mục units. Có phải là “VP”?",
    ),
    Broken(
        "groups and units mixed",
        "who: [TTr, VP]",
        "who: [ward, VP]",
        "points[34].who",
        "Chỉ ghi nhóm hoặc chỉ ghi mã đơn vị, không ghi lẫn hai loại.",
    ),
    Broken(
        "everybody and one more",
        "who: [TTr, VP]",
        "who: [all, VP]",
        "points[34].who",
        "Đã ghi all (mọi đơn vị) thì không ghi thêm.",
    ),
    Broken(
        "unknown point at a question",
        "points: [II.7, III.6, IV.2.b.2]",
        "points: [II.7, III.66, IV.2.b.2]",
        "question_sets[3].questions[2].points[2]",
        "Không có điểm “III.66” trong mục points. Có phải là “III.6”?",
    ),
    Broken(
        "unknown point at a round",
        "until: 31/10\n    point: IV.1.3",
        "until: 31/10\n    point: IV.9",
        "rounds[2].point",
        "Không có điểm “IV.9” trong mục points. Có phải là “IV.2”?",
        "point: IV.9",
    ),
    Broken(
        "unknown round at a question",
        "high: 60\n        rounds: [N]",
        "high: 60\n        rounds: [6TH]",
        "question_sets[1].questions[14].rounds[1]",
        "Không có kỳ báo cáo “6TH” trong mục rounds. Có phải là “6T”?",
        "[6TH]",
    ),
    # Words of the plan
    Broken(
        "excerpt that is not in the point",
        "excerpt: >-\n      Quán triệt, triển khai Luật",
        "excerpt: >-\n      Quán triệt và triển khai Luật",
        "points[19].excerpt",
        not_verbatim("III.1"),
        "\n      Quán triệt và",
    ),
    Broken(
        "wording that is not in the point",
        "wording: trước ngày 05 tháng 5",
        "wording: chậm nhất ngày 05 tháng 5",
        "rounds[1].wording",
        not_verbatim("IV.1.3"),
    ),
    # Questions
    Broken(
        "label over 60",
        "label: Lớp tập huấn dân vận, dân chủ cơ sở",
        "label: Lớp tập huấn dân vận, dân chủ cơ sở " + "x" * 30,
        "question_sets[3].questions[4].label",
        "Dài 66 ký tự; tối đa 60 ký tự.",
    ),
    Broken(
        "option label over 60",
        "label: Đủ,",
        f"label: Đủ {'x' * 58},",
        "question_sets[1].questions[11].options[1].label",
        "Dài 61 ký tự; tối đa 60 ký tự.",
    ),
    Broken(
        "question over 600",
        "text: Có mấy hộ hiến đất?",
        f"text: Có mấy hộ hiến đất{'?' * 600}",
        "question_sets[1].questions[8].text",
        "Dài 618 ký tự; tối đa 600 ký tự.",
    ),
    Broken(
        "empty set",
        TEXT[TEXT.index("    questions:\n      - code: TCD_BTCD") : TEXT.index("  # 6.3.")],
        "    questions: []\n\n",
        "question_sets[2].questions",
        "Danh sách này chưa có mục nào.",
    ),
    Broken(
        "choice without options",
        "        options:\n" + KH246_OPTIONS,
        "        points: [IV.2.b.1]",
        "question_sets[3].questions[1].options",
        "Câu hỏi loại choice cần mục “options”.",
        "      - code: KH246",
    ),
    Broken(
        "choice of one",
        KH246_OPTIONS,
        "          - {code: done, label: Rồi}\n        points: [IV.2.b.1]",
        "question_sets[3].questions[1].options",
        "Câu hỏi lựa chọn cần ít nhất hai lựa chọn.",
        "        options:\n          - {code: done, label: Rồi}",
    ),
    Broken(
        "labels alike without accents",
        "label: Đang, words: [dang lam, dang soan]",
        "label: “Roi”, words: [dang lam]",
        "question_sets[3].questions[1].options[2].label",
        "““Roi”” trùng với lựa chọn “Rồi”; không phân biệt được khi người dùng gõ không dấu.",
    ),
    Broken(
        "word of another option",
        "words: [dang lam, dang soan]",
        "words: [dang lam, xong]",
        "question_sets[3].questions[1].options[2].words[2]",
        "“xong” trùng với lựa chọn “Rồi”; không phân biệt được khi người dùng gõ không dấu.",
    ),
    Broken(
        "label that is an ordinal",
        "label: Rồi,",
        "label: “2”,",
        "question_sets[3].questions[1].options[1].label",
        "““2”” trùng với số hoặc chữ thứ tự của lựa chọn; vui lòng viết bằng chữ đầy đủ.",
    ),
    Broken(
        "option code twice",
        "{code: in_progress, label: Đang, words: [dang lam, dang soan]}",
        "{code: done, label: Đang}",
        "question_sets[3].questions[1].options[2].code",
        f"“done” đã dùng ở dòng {line_of(TEXT, 'label: Rồi')}; mỗi mã chỉ dùng một lần.",
    ),
    Broken(
        "ratio without a name for y",
        "        y_label: tổng số vi phạm\n",
        "",
        "question_sets[6].questions[4].y_label",
        "Câu hỏi loại ratio cần mục “y_label”.",
        "      - code: XD_XL",
    ),
    Broken(
        "options at a number",
        "unit: thủ tục",
        "unit: thủ tục\n        options: [{code: a1, label: Có}, {code: b1, label: Không}]",
        "question_sets[2].questions[6].options",
        "Mục “options” chỉ dùng cho câu hỏi loại choice.",
        "        options: [{code: a1",
    ),
    Broken(
        "low above high",
        "low: 80\n        high: 4800\n        follows",
        "low: 5000\n        high: 4800\n        follows",
        "question_sets[4].questions[2].low",
        "Mức thấp (low) lớn hơn mức cao (high).",
        "low: 5000",
    ),
    Broken(
        "percentage above 100",
        "high: 100\n        column: district",
        "high: 1000\n        column: district",
        "question_sets[2].questions[5].high",
        "Câu này so theo tỷ lệ phần trăm nên không quá 100.",
        "high: 1000",
    ),
    Broken(
        "thousand separator",
        "high: 12000",
        "high: 12.000",
        "question_sets[7].questions[5].high",
        "“12.000” không phải là số từ 0 trở lên; viết chữ số liền nhau, không dấu phân nghìn (ví dụ 2000 hoặc 0.5).",
    ),
    Broken(
        "negative bound",
        "low: 0\n        high: 12000",
        'low: "-5"\n        high: 12000',
        "question_sets[7].questions[5].low",
        "“-5” không phải là số từ 0 trở lên; viết chữ số liền nhau, không dấu phân nghìn (ví dụ 2000 hoặc 0.5).",
        'low: "-5"',
    ),
    Broken(
        "misspelt placeholder",
        "Số đợt ra quân, tuyên truyền từ đầu năm đến {until}?",
        "Số đợt ra quân, tuyên truyền từ đầu năm đến {untill}?",
        "question_sets[5].questions[6].text",
        "“{untill}” không thay được; trong câu hỏi chỉ dùng {since} và {until}.",
    ),
    # Follow-ups
    Broken(
        "follow-up to an unknown question",
        "{question: HD_M2}",
        "{question: HD_M3}",
        "question_sets[1].questions[8].follows.question",
        "Không có câu hỏi “HD_M3” trong bộ này. Có phải là “HD_M2”?",
    ),
    Broken(
        "follow-up to a later question",
        "{question: HD_M2}",
        "{question: DVK_MH}",
        "question_sets[1].questions[8].follows.question",
        "Câu hỏi phụ phải đứng sau câu DVK_MH mà nó dựa vào.",
    ),
    Broken(
        "follow-up to itself",
        "{question: HD_M2}",
        "{question: HD_HO}",
        "question_sets[1].questions[8].follows.question",
        "Câu hỏi phụ phải đứng sau câu HD_HO mà nó dựa vào.",
    ),
    Broken(
        "follow-up to an unknown option",
        "codes: [lacking]",
        "codes: [lack]",
        "question_sets[1].questions[12].follows.codes[1]",
        "Câu CK_ND không có lựa chọn “lack”. Có phải là “lacking”?",
    ),
    Broken(
        "follow-up to a choice without codes",
        "{question: CK_ND, codes: [lacking]}",
        "{question: CK_ND}",
        "question_sets[1].questions[12].follows.question",
        "Câu CK_ND là câu lựa chọn; vui lòng ghi codes: chọn mã nào thì hỏi thêm.",
    ),
    Broken(
        "follow-up always asked with codes",
        "{question: HD_M2}",
        "{question: HD_M2, codes: [yes], always: true}",
        "question_sets[1].questions[8].follows.codes",
        "Câu phụ luôn được hỏi (always: true) thì không ghi codes; vui lòng bỏ một trong hai mục.",
    ),
    Broken(
        "follow-up to a number with codes",
        "{question: HD_M2}",
        "{question: HD_M2, codes: [yes]}",
        "question_sets[1].questions[8].follows.codes",
        "Câu HD_M2 hỏi số, câu phụ được hỏi khi số lớn hơn 0; vui lòng bỏ mục codes.",
    ),
    Broken(
        "follow-up to a ratio",
        "{question: HD_M2}",
        "{question: DON_GQ}",
        "question_sets[1].questions[8].follows.question",
        "Câu DON_GQ (loại ratio) không dùng làm điều kiện được; chỉ dùng câu lựa chọn hoặc câu hỏi số.",
    ),
    # The ladder
    Broken("rung twice", "before: [14, 7, 3, 1]", "before: [14, 7, 7, 1]", "ladder.before[3]", "Mốc 7 ngày ghi hai lần."),
    Broken("rung in no days", "before: [14, 7, 3, 1]", "before: [14, 7, 3, 0]", "ladder.before[4]", "Số này phải từ 1 đến 60."),
    Broken(
        "negative rung",
        "before: [14, 7, 3, 1]",
        "before: [14, -7, 3, 1]",
        "ladder.before[2]",
        "“-7” không phải là số nguyên từ 0 trở lên viết bằng chữ số.",
    ),
    Broken(
        "announced after the first reminder",
        "announce: 21",
        "announce: 14",
        "ladder.announce",
        "Thông báo mở kỳ phải sớm hơn mốc nhắc đầu tiên (14 ngày trước hạn).",
    ),
    Broken(
        "only after the deadline",
        "  announce: 21\n  before: [14, 7, 3, 1]\n  last: true\n",
        "",
        "ladder.after",
        "Có nhắc sau hạn nhưng không nhắc lần nào trước hạn; vui lòng thêm before hoặc last: true.",
        "after: [1, 3]",
    ),
    Broken(
        "no rung at all",
        "  announce: 21\n  before: [14, 7, 3, 1]\n  last: true\n  after: [1, 3]\n",
        "",
        "ladder",
        "Cần ít nhất một mốc nhắc trước hạn (before) hoặc ngày cuối (last: true).",
        "  working_days: true",
    ),
    # Traps
    Broken(
        "formula",
        "place: Gò Vấp",
        'place: "=HYPERLINK(1)"',
        "plan.place",
        "Câu bắt đầu bằng dấu “=”, bảng tính sẽ hiểu là công thức; vui lòng bỏ dấu này.",
    ),
    Broken(
        "right-to-left override",
        "place: Gò Vấp",
        "place: Gò \u202eVấp",
        "plan.place",
        "Có ký tự ẩn hoặc hỏng (mã U+202E); vui lòng xóa và gõ lại chỗ này.",
    ),
    Broken(
        "right-to-left override as an escape",
        "place: Gò Vấp",
        'place: "Gò \\u202eVấp"',
        "plan.place",
        "Có ký tự ẩn hoặc hỏng (mã U+202E); vui lòng xóa và gõ lại chỗ này.",
    ),
    Broken(
        "zero-width space inside a long text",
        "Thành ủy thực hiện Nghị quyết số 25",
        "Thành\u200b ủy thực hiện Nghị quyết số 25",
        "points[17].text",
        "Có ký tự ẩn hoặc hỏng (mã U+200B); vui lòng xóa và gõ lại chỗ này.",
        "Thành\u200b ủy",
    ),
    Broken(
        "control character",
        "place: Gò Vấp",
        "place: Gò\x07 Vấp",
        "plan.place",
        "Có ký tự ẩn hoặc hỏng (mã U+0007); vui lòng xóa và gõ lại chỗ này.",
    ),
    Broken(
        "hidden character in a comment",
        "# 1. Thẻ văn bản.",
        "# 1. Thẻ \u2066văn bản.",
        "",
        "Có ký tự ẩn hoặc hỏng (mã U+2066); vui lòng xóa và gõ lại chỗ này.",
    ),
    Broken("anchor", "place: Gò Vấp", "place: &noi Gò Vấp", "place", NO_ANCHORS),
    Broken("alias", "place: Gò Vấp", "place: *noi", "place", NO_ANCHORS),
    Broken(
        "Python object",
        "place: Gò Vấp",
        "place: !!python/object/apply:os.system [ls]",
        "place",
        "Tệp kế hoạch không dùng ký hiệu “!” trước giá trị; vui lòng bỏ đi, hoặc đặt câu trong dấu nháy kép.",
    ),
    Broken(
        "second document",
        "\nladder:\n",
        "\n---\nladder:\n",
        "",
        "Mỗi tệp chỉ chứa một kế hoạch; vui lòng bỏ dòng “---” và phần sau nó.",
        "---\nladder",
    ),
    Broken(
        "deep nesting",
        "place: Gò Vấp",
        f"place: {'[' * 200}",
        "place",
        "Các mục lồng nhau quá sâu; vui lòng xem lại phần thụt đầu dòng.",
    ),
    Broken("bullet for a list in a sentence", "place: Gò Vấp", "place: * Gò Vấp", "place", NO_ANCHORS),
    # YAML
    Broken(
        "colon in an unquoted sentence",
        'label: "Yêu cầu: người đứng đầu"',
        "label: Yêu cầu: người đứng đầu",
        "label",
        "Có dấu hai chấm trong câu, hoặc thụt đầu dòng chưa thẳng hàng; câu có dấu hai chấm cần đặt trong dấu nháy kép.",
    ),
    Broken(
        "tab",
        "  place: Gò Vấp\n",
        "\tplace: Gò Vấp\n",
        "place",
        "Có phím Tab ở đầu dòng; vui lòng thụt đầu dòng bằng dấu cách.",
        "\tplace",
    ),
    Broken(
        "indentation",
        "  place: Gò Vấp\n",
        " place: Gò Vấp\n",
        "place",
        "Thụt đầu dòng không khớp với các dòng cùng cấp, hoặc còn chữ thừa sau dấu nháy.",
        " place: Gò Vấp",
    ),
    Broken(
        "open bracket", "who: [TTr, VP]\n", "who: [TTr, VP\n", "who", "Danh sách trong ngoặc chưa đóng hoặc thiếu dấu phẩy."
    ),
    Broken("no colon", "  place: Gò Vấp\n", "  place Gò Vấp\n", "", "Thiếu dấu hai chấm sau tên mục.", "place Gò Vấp"),
    Broken(
        "sentence that begins with a sign",
        "place: Gò Vấp",
        "place: @Gò Vấp",
        "place",
        "Câu bắt đầu bằng ký hiệu đặc biệt; vui lòng đặt cả câu trong dấu nháy kép.",
    ),
    Broken(
        "backslash in quotes",
        "place: Gò Vấp",
        'place: "Gò \\Vấp"',
        "place",
        "Dấu \\ trong câu đặt giữa hai dấu nháy kép không đọc được; vui lòng bỏ dấu \\ hoặc viết \\\\.",
    ),
]


@pytest.mark.parametrize("broken", MISTAKES, ids=lambda broken: broken.name)
def test_one_mistake_is_told_once_with_line_field_and_sentence(broken):
    found = faults(broken.text)
    assert [(fault.line, fault.field, fault.message) for fault in found] == [(broken.line, broken.field, broken.sentence)]


def test_a_fault_reads_as_a_line_an_officer_can_act_on():
    [fault] = faults(with_("until: 30/4", "until: 31/4"))
    line = line_of(TEXT, "until: 30/4")
    assert str(fault) == f"dòng {line}, rounds[1].until: Không phải năm nào cũng có ngày 31/4."


def test_all_faults_are_told_at_once_in_the_order_of_the_lines():
    text = TEXT
    wanted = []
    for broken in MISTAKES:
        if broken.name in {"misspelt field", "31 April", "unknown unit at a point", "low above high", "follow-up to a ratio"}:
            text = with_(broken.old, broken.new, text)
            wanted.append((broken.field, broken.sentence))
    found = faults(text)
    assert sorted((fault.field, fault.message) for fault in found) == sorted(wanted)
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)
    assert len({fault.line for fault in found}) == 5


def test_a_set_that_is_empty_in_one_round_is_told():
    start = TEXT.index("  # 6.3.")
    text = (
        TEXT[: TEXT.index("    questions:", start)]
        + """    questions:
      - code: KH246
        kind: sentence
        label: Kế hoạch 246
        text: Đã báo cáo chưa?
        rounds: [N]

"""
        + TEXT[TEXT.index("  # 6.4.") :]
    )
    [fault] = faults(text)
    assert (fault.field, fault.message) == ("question_sets[3].questions", "Bộ này không có câu hỏi nào cho kỳ 6T.")
    assert fault.line == text[: text.index("      - code: KH246")].count("\n")


def test_a_follow_up_in_another_round_than_its_question_is_told():
    new = "unit: hộ\n        rounds: [6T]\n"
    text = with_("        follows: {question: HD_M2}\n", "        follows: {question: DA06_BUOI}\n        rounds: [6T]\n")
    block = text[
        text.index("      - code: HD_HO") : text.index("      - code: DVK_MH\n        kind: count", text.index("HD_HO"))
    ]
    text = text.replace(block, "", 1)
    anchor = text.index("      - code: KK")
    [fault] = faults(text[:anchor] + block + text[anchor:])
    assert (fault.field, fault.message) == (
        "question_sets[1].questions[14].rounds",
        "Câu DA06_BUOI không hỏi trong kỳ này nên câu phụ không bao giờ được hỏi.",
    )
    assert new not in text


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("", 1, "Tệp chưa có nội dung."),
        ("# chưa viết gì\n", 1, "Tệp chưa có nội dung."),
        ("kế hoạch 847", 1, "Ở đây cần các mục con (tên mục, dấu hai chấm, giá trị)."),
        ("- một\n- hai\n", 1, "Ở đây cần các mục con (tên mục, dấu hai chấm, giá trị)."),
        ("plan:\n  title: 'Thực hiện\n", 2, "Dấu nháy mở ở đây chưa được đóng lại."),
        ("\n? [a, b]\n: c\n", 2, "Tên mục phải là một từ, không phải danh sách."),
        (TEXT.encode("utf-16"), 1, "Tệp không lưu ở dạng UTF-8; vui lòng lưu lại, chọn bảng mã UTF-8."),
        (b"plan:\n  place: G\xf2 V\xe2p\n", 2, "Tệp không lưu ở dạng UTF-8; vui lòng lưu lại, chọn bảng mã UTF-8."),
        (
            TEXT + "#" * 2 * 1024 * 1024,
            1,
            "Tệp lớn hơn 2 MB; tệp kế hoạch chỉ gồm chữ, vui lòng kiểm tra lại có chọn đúng tệp không.",
        ),
    ],
)
def test_what_is_no_plan_at_all_is_told_where_reading_stopped(source, line, sentence):
    found = faults(source)
    assert (found[0].line, found[0].message) == (line, sentence)


def test_a_list_of_sixty_thousand_entries_is_not_read_to_its_end():
    [fault] = faults("points:\n" + "  - a\n" * 60_000)
    assert fault.message == "Tệp có quá nhiều mục (hơn 50000); chương trình ngừng đọc."


def test_a_billion_laughs_are_refused_at_the_first():
    text = "a: &a [ha, ha]\n" + "".join(f"{x}: &{x} [*{y}, *{y}]\n" for x, y in zip("bcdefghij", "abcdefghi", strict=True))
    [fault] = faults(text)
    assert fault.line == 1


def test_loading_an_invalid_file_raises_with_every_fault(tmp_path):
    path = tmp_path / "hong-2023.yaml"
    path.write_text(with_("until: 30/4", "until: 31/4").replace("coordinator: NV", "coordinator: XX"), encoding="utf-8")
    with pytest.raises(loader.PlanRefused) as refused:
        loader.load(path)
    assert [fault.field for fault in refused.value.faults] == ["plan.coordinator", "rounds[1].until"]


def test_a_file_of_more_than_two_megabytes_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "lon-2023.yaml"
    with path.open("wb") as file:
        file.write(SEED.read_bytes())
        file.truncate(1 << 33)  # sparse: 8 GB on paper
    with pytest.raises(loader.PlanRefused, match="2 MB"):
        loader.load(path)


def test_points_may_be_written_as_people_write_them():
    text = TEXT.replace("points: [IV.2.dd]", "points: [IV.2.đ]")
    assert text != TEXT
    assert loader.check(text) == loader.load(SEED)


def test_units_are_counted_from_one():
    [fault] = faults(with_("short: Phường 1, group: ward", "short: Phường 1, group: xa"))
    assert fault.field == "units[1].group"


def test_a_hopeless_file_is_given_up_soon():
    points = "".join(f"  - {{id: I.{n}, ref: I.{n}, label: a, who: [all], excerpt: a, text: a}}\n" for n in range(400))
    questions = "".join(f"      - {{code: Q{n}, kind: count, label: a, text: a, points: [J.{n}]}}\n" for n in range(60))
    sets = "".join(f"  - code: s{n}\n    title: a\n    questions:\n{questions}" for n in range(12))
    began = time.monotonic()
    assert len(faults(f"points:\n{points}question_sets:\n{sets}")) == 200
    assert time.monotonic() - began < 10
