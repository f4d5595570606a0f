"""The draft report: an official page, only what was sent, every figure with its source, missing units named."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from docx.shared import Pt

from bot.documents import docx
from bot.documents.material import Material
from bot.domain.answers import Percent, Ratio, Status
from bot.domain.reports import Via
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.summary import summarise
from bot.texts import documents, figures
from bot.texts import draft_report as texts
from tests.documents import demo, readers
from tests.sheets import NOW, OFFICE, PLAN, UNITS, given, longest_value, random_sheet, round_of, sent, without

WARD = {question.code: question for question in PLAN.question_set("ward").questions}
BODY_HEADS = [texts.PART_ONE, texts.PART_TWO, texts.PART_THREE, texts.PART_FOUR, texts.PART_FIVE]


@pytest.fixture(scope="module")
def content() -> bytes:
    return docx.report(demo.material(made_up=False))


@pytest.fixture(scope="module")
def report(content):
    return readers.document(content)


def lines(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_the_page_is_a4_with_the_decrees_margins(report) -> None:
    first, annex = report.sections[0], report.sections[-1]
    assert [round(side.mm) for side in (first.page_width, first.page_height)] == [210, 297]
    assert [round(side.mm) for side in (annex.page_width, annex.page_height)] == [297, 210]
    for section in (first, annex):
        sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(side.mm) for side in sides] == [20, 20, 30, 20]


def test_everything_is_set_in_times_new_roman_13_to_14(report) -> None:
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = report.styles[name]
        assert (style.font.name, style.font.size) == ("Times New Roman", Pt(14))
    sized = {
        run.font.size for paragraph in report.paragraphs for run in paragraph.runs if paragraph.text.startswith("Theo báo cáo")
    }
    assert sized == {Pt(14)}


def test_every_page_carries_the_watermark_and_pages_are_numbered_from_the_second(report, content) -> None:
    first = report.sections[0]
    assert first.different_first_page_header_footer
    marked = [part for part in readers.parts(content, "word/header") if 'string="DỰ THẢO"' in part]
    assert len(marked) == 2  # the first page's and all others'
    assert "PAGE" not in first.first_page_header._element.xml
    assert "PAGE" in first.header._element.xml
    assert first.header.paragraphs[0].alignment == 1
    for annex in report.sections[1:]:
        assert annex.header.is_linked_to_previous and annex.different_first_page_header_footer
        assert 'w:pgNumType w:start="1"' in annex._sectPr.xml  # each annex is numbered by itself


def test_a_made_up_round_says_so_in_its_watermark_and_its_text() -> None:
    content = docx.report(demo.material())
    assert any(texts.MADE_UP_MARK in part for part in readers.parts(content, "word/header"))
    assert documents.MADE_UP in lines(readers.document(content))


def test_the_head_leaves_number_and_date_blank(report) -> None:
    head = "\n".join(cell.text for cell in report.tables[0].rows[0].cells)
    assert "UBND QUẬN GÒ VẤP" in head and "PHÒNG NỘI VỤ" in head
    assert texts.COUNTRY in head and texts.MOTTO in head
    assert re.search(r"Số: +/BC-NV", head)
    assert re.search(r"Gò Vấp, ngày +tháng +năm 2023", head)
    assert head.count("KÍNH GỬI") == 0


def test_the_parts_follow_the_usual_outline(report) -> None:
    found = [paragraph.text for paragraph in report.paragraphs if paragraph.style.name == "Heading 1"]
    assert found == BODY_HEADS
    assert lines(report)[0:1] == [texts.REPORT]


def test_recipients_come_from_the_plan_and_end_with_the_archive(report) -> None:
    foot = report.tables[1].rows[0].cells[0].text.split("\n")
    assert foot[0] == texts.RECIPIENTS
    assert foot[-1] == texts.ARCHIVE
    assert "- Sở Nội vụ (để báo cáo);" in foot
    assert "- UBND quận: CT và các PCT (để báo cáo);" in foot
    assert "- UBND 16 phường;" in foot
    assert sum("T (02)" in line for line in foot) == 0
    assert "TRƯỞNG PHÒNG" in report.tables[1].rows[0].cells[1].text


def test_units_not_yet_in_are_named_and_no_others(report) -> None:
    summary = demo.material().summary
    sentence = next(line for line in lines(report) if line.startswith("Chưa nhận được báo cáo"))
    for standing in summary.standings:
        missing = re.search(rf"{re.escape(standing.unit.name)}(?![\w])", sentence) is not None
        assert missing == (standing.at is None), standing.unit.name


def test_difficulties_stand_word_for_word_under_their_point(report) -> None:
    text = lines(report)
    for code, point, words in demo.RAISED:
        unit = next(unit for unit in UNITS if unit.code == code)
        at = next(at for at, line in enumerate(text) if words in line)
        assert text[at].startswith(f"- {unit.name}: “")
        heads = [line for line in text[:at] if line.startswith(("Điểm ", "Không gắn"))]
        ref = PLAN.point(point).ref if point else ""
        assert heads[-1].startswith(f"Điểm {ref} –" if ref else "Không gắn")


def test_a_difficulty_answered_in_the_report_is_not_lost_without_a_record_and_not_told_twice_with_one() -> None:
    words = "Thiếu kinh phí"
    row = sent(UNITS[0], {"KK": given(WARD["KK"], words)}, NOW)
    assert "\n".join(lines(read(row))).count(words) == 1
    recorded = replace(demo.difficulties()[0], unit_id=UNITS[0].id, text=words)
    with_record = docx.report(replace(material(row), difficulties=(recorded,)))
    assert "\n".join(lines(readers.document(with_record))).count(words) == 1


def test_wards_and_district_are_told_apart_and_never_added() -> None:
    inspectorate = next(unit for unit in UNITS if unit.code == "TTr")
    district = {question.code: question for question in PLAN.question_set("TTr").questions}
    text = lines(
        read(
            sent(UNITS[0], {"TCD_LUOT": given(WARD["TCD_LUOT"], 120)}, NOW),
            sent(UNITS[1], {"TCD_LUOT": given(WARD["TCD_LUOT"], 30)}, NOW),
            sent(inspectorate, {"TCD_LUOT": given(district["TCD_LUOT"], 1300)}, NOW),
        )
    )
    assert any(line.startswith("Lượt tiếp công dân tại các phường là 150 lượt") for line in text)
    assert any("Theo báo cáo của Thanh tra quận: lượt tiếp công dân (cấp quận) là 1.300 lượt" in line for line in text)
    assert not any("1.450" in line for line in text)
    assert texts.counted_apart() in text


def test_a_total_says_from_how_many_units_and_what_is_an_estimate_missing_or_not_summed() -> None:
    dvc, cuoc = WARD["DVC_TT"], WARD["DT_CUOC"]
    share = Percent(value=Decimal("87.5"))
    text = lines(
        read(
            sent(UNITS[0], {"DT_CUOC": given(cuoc, 4), "DVC_TT": given(dvc, Ratio(x=850, y=1000))}, NOW),
            sent(UNITS[1], {"DT_CUOC": given(cuoc, 3, estimate=True), "DVC_TT": given(dvc, share)}, NOW),
            sent(UNITS[2], {"DT_CUOC": without(cuoc, Status.UNAVAILABLE)}, NOW),
            UnitSheet(unit=UNITS[3], report=None, draft={"DT_CUOC": given(cuoc, 99)}),
        )
    )
    talks = next(line for line in text if line.startswith("Cuộc đối thoại"))
    assert "là 7 cuộc" in talks and "(từ 2/4 phường)" in talks
    assert "trong đó số ước là 3 cuộc (Phường 3)" in talks
    assert "chưa có số: Phường 4" in talks
    online = next(line for line in text if line.startswith("Hồ sơ trực tuyến"))
    assert "là 850/1.000 hồ sơ, đạt 85%" in online
    assert "chỉ có tỷ lệ, không cộng vào tổng: Phường 3 87,5%" in online


def test_nothing_is_invented_when_nobody_has_sent() -> None:
    document = read(*(UnitSheet(unit=unit, report=None, draft={}) for unit in UNITS))
    text = lines(document)
    assert [line for line in text if line in BODY_HEADS] == BODY_HEADS
    body = text[: text.index(texts.ANNEX_ONE)]
    said = [line for line in body if re.search(r" là \d|đạt \d", line)]
    assert said == []
    assert sum(line.startswith("Chưa có số liệu được gửi về") for line in body) > 5
    assert any(line.startswith("Chưa có khó khăn, vướng mắc nào") for line in body)
    gaps = [line for line in body if line.startswith(f"[{texts.FILL_IN}")]
    assert len(gaps) == 4


def test_a_round_without_units_makes_a_report_all_the_same() -> None:
    assert texts.NO_FIGURES in lines(read())


def test_sentences_few_stand_in_the_text_and_many_in_the_annex() -> None:
    lacking = {"CK_ND": given(WARD["CK_ND"], "lacking")}
    few = lines(read(sent(UNITS[0], {**lacking, "CK_THIEU": given(WARD["CK_THIEU"], "kết quả bình xét")}, NOW)))
    assert any("nội dung chưa công khai: “kết quả bình xét”" in line for line in few)
    rows = [sent(unit, {**lacking, "CK_THIEU": given(WARD["CK_THIEU"], f"việc {unit.code}")}, NOW) for unit in UNITS[:6]]
    document = read(*rows)
    assert any(f"6 đơn vị trả lời, ghi nguyên văn tại {texts.ANNEX_ONE}" in line for line in lines(document))
    annex = readers.rows(document, texts.UNIT_HEAD)
    assert {row[2] for row in annex} >= {f"“việc {unit.code}”" for unit in UNITS[:6]}


def test_a_report_on_paper_is_named_with_its_number() -> None:
    row = sent(UNITS[0], {}, NOW, via=Via.PAPER, paper_on=NOW.date())
    assert any("UBND Phường 1 (45/BC-UBND)" in line for line in lines(read(row)))


def test_every_reference_in_the_text_has_its_source_and_every_source_its_units_and_times(report) -> None:
    text = lines(report)
    body = " ".join(text[: text.index(texts.ANNEX_ONE)])
    cited = re.findall(r"\[(\d+)\]", body)
    sources = readers.rows(report, texts.SOURCES_HEAD[0])
    assert cited == [str(n) for n in range(1, len(cited) + 1)]
    assert [row[0] for row in sources] == [f"[{n}]" for n in cited[1:]]
    summary = demo.material().summary
    sent_at = {row.unit.short: OFFICE.local(row.report.at) for row in summary.sheet.units if row.report}
    checked = 0
    for total in summary.totals:
        for row in sources:
            if row[1] != documents.indicator(total.question, total.column):
                continue
            for figure in total.figures:
                shown = figures.written(figure.question, figure.answer)
                local = sent_at[figure.unit.short]
                assert f"{figure.unit.short}: {shown} ({texts.sent_at(local)})" in row[3]
                checked += 1
    assert checked > 150
    states = readers.rows(report, texts.STATES_HEAD[0])
    assert {row[1] for row in states} >= {unit.name for unit in UNITS}


def test_the_annex_holds_every_units_figures(report) -> None:
    rows = {row[1]: row for row in readers.rows(report, texts.NUMBER_HEAD) if len(row) > 8}
    ward = rows["UBND Phường 8"]
    assert "2.500,5" in ward
    assert rows["UBND Phường 6"].count("chưa gửi") >= 7


def test_any_text_a_person_typed_makes_a_report_word_can_open() -> None:
    hostile = "\x00\x0b ]]> <w:p/> & \ud800 [7] “”\n\tdòng hai"
    unit = replace(UNITS[0], name=f"UBND {hostile}", short=hostile)
    lacking = {"CK_ND": given(WARD["CK_ND"], "lacking"), "CK_THIEU": given(WARD["CK_THIEU"], hostile)}
    recorded = replace(demo.difficulties()[0], unit_id=unit.id, text=hostile)
    office = replace(OFFICE, name=hostile, coordinator=hostile)
    rows = (sent(unit, {**lacking, "KK": given(WARD["KK"], hostile)}, NOW),)
    summary = summarise(Sheet(round=round_of(), plan=PLAN, units=rows), NOW, office)
    content = docx.report(Material(summary=summary, office=office, difficulties=(recorded,)))
    assert "]]> <w:p/> &" in "\n".join(lines(readers.document(content)))


def test_random_rounds_make_reports_whatever_was_answered() -> None:
    for seed, value in ((1, None), (2, None), (3, longest_value)):
        summary = summarise(random_sheet(seed, value), NOW, OFFICE)
        document = readers.document(docx.report(Material(summary=summary, office=OFFICE)))
        assert [line for line in lines(document) if line in BODY_HEADS] == BODY_HEADS


def test_a_hundred_units_do_not_take_quadratic_work() -> None:
    """Twice as many units more take about twice as many calls more; of quadratic work it would be four times as many."""
    few, some, many = (calls(demo.material(units=demo.many_units(units))) for units in (28, 56, 112))
    assert 0 < many - some < 3 * (some - few)


def calls(material: Material) -> int:
    """How many functions are called, Python's and C's, to write the report. Time would tell as well, on a quiet machine."""
    called = 0

    def count(frame, event, argument) -> None:
        nonlocal called
        called += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        docx.report(material)
    finally:
        sys.setprofile(before)
    return called


def test_its_name_tells_the_round_and_the_moment() -> None:
    assert docx.filename(demo.material()) == "minh-hoa-du-thao-bao-cao-847-2023-6t-2023-20230505-1700.docx"


def read(*rows: UnitSheet):
    return readers.document(docx.report(material(*rows)))


def material(*rows: UnitSheet) -> Material:
    return Material(summary=summarise(Sheet(round=round_of(), plan=PLAN, units=rows), NOW, OFFICE), office=OFFICE)
