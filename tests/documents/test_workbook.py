"""The workbook of a round: typed cells, filters, frozen panes, no formulas, the four silences told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from bot.documents import xlsx
from bot.documents.material import Material
from bot.documents.worksheet import HEAD_ROW
from bot.domain.answers import Answer, Percent, Ratio, Status
from bot.domain.questions import Kind
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.summary import summarise
from bot.texts import documents as texts
from tests.documents import demo, readers
from tests.sheets import HANOI, NOW, OFFICE, PLAN, UNITS, given, random_sheet, round_of, sent, without

HOSTILE = '=HYPERLINK("http://xau.example","bấm vào đây")'
QUESTIONS = {question.code: question for question in PLAN.question_set("ward").questions}


@pytest.fixture(scope="module")
def book():
    return readers.workbook(xlsx.workbook(demo.material()))


def test_it_has_the_four_sheets_in_the_order_they_are_read(book) -> None:
    assert book.sheetnames == [
        texts.STATES_SHEET,
        texts.FIGURES_SHEET,
        texts.LONG_SHEET,
        texts.DIFFICULTIES_SHEET,
    ]


def test_every_sheet_filters_and_keeps_its_heads_in_sight_and_prints_on_a4(book) -> None:
    for sheet in book:
        first, last = sheet.auto_filter.ref.split(":")
        assert first == f"A{HEAD_ROW}"
        assert sheet[first].value
        assert sheet[last].column == max(readers.headed(sheet).values())
        assert sheet.freeze_panes.endswith(str(HEAD_ROW + 1))
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${HEAD_ROW - 1}:${HEAD_ROW}"
        assert all(sheet.column_dimensions[column].width > 4 for column in "ABC")


def test_the_filter_leaves_the_totals_alone(book) -> None:
    sheet = book[texts.FIGURES_SHEET]
    last = int("".join(filter(str.isdigit, sheet.auto_filter.ref.split(":")[1])))
    assert sheet.cell(last, 2).value == PLAN.units[-1].name
    assert sheet.cell(last + 1, 2).value == texts.TOTAL


def test_every_sheet_says_where_and_when_it_comes_from_and_that_it_is_made_up(book) -> None:
    for sheet in book:
        above = " ".join(str(sheet.cell(row, 1).value) for row in range(1, HEAD_ROW))
        assert "847/KH-UBND" in above
        assert "17:00 thứ Sáu 05/5/2023" in above
        assert texts.MADE_UP in above


def test_real_rounds_do_not_say_they_are_made_up() -> None:
    for sheet in readers.workbook(xlsx.workbook(demo.material(made_up=False))):
        assert texts.MADE_UP not in [cell.value for row in sheet.iter_rows() for cell in row]


def test_times_and_dates_are_real_ones_on_the_offices_clock() -> None:
    at = datetime(2023, 5, 4, 23, 30, tzinfo=HANOI)  # in UTC still the same day, 16:30
    rows = readers.workbook(xlsx.workbook(material([sent(UNITS[0], {}, at)])))[texts.STATES_SHEET]
    cell = rows.cell(HEAD_ROW + 1, readers.headed(rows)["Gửi lần đầu lúc"])
    assert cell.value == datetime(2023, 5, 4, 23, 30)
    assert cell.is_date
    long = readers.workbook(xlsx.workbook(demo.material()))[texts.LONG_SHEET]
    until = long.cell(HEAD_ROW + 1, readers.headed(long)["Số liệu đến ngày"])
    assert until.value == datetime(2023, 4, 30)
    assert until.is_date


def test_the_four_silences_and_a_zero_are_told_apart() -> None:
    count, m2, don = QUESTIONS["DT_CUOC"], QUESTIONS["HD_M2"], QUESTIONS["DON_GQ"]
    rows = [
        sent(UNITS[0], {"DT_CUOC": given(count, 0), "HD_M2": given(m2, Decimal("2.5"), estimate=True)}, NOW),
        sent(UNITS[1], {"DT_CUOC": without(count, Status.NONE), "DON_GQ": without(don, Status.NONE)}, NOW),
        sent(UNITS[2], {"DT_CUOC": without(count, Status.UNAVAILABLE), "DON_GQ": given(don, Ratio(x=0, y=0))}, NOW),
        sent(UNITS[3], {}, NOW),
        UnitSheet(unit=UNITS[4], report=None, draft={"DT_CUOC": given(count, 7)}),
    ]
    sheet = readers.workbook(xlsx.workbook(material(rows)))[texts.FIGURES_SHEET]
    columns = readers.headed(sheet)
    shown = [sheet.cell(HEAD_ROW + at, columns["Cuộc đối thoại, tiếp xúc (cuộc)"]).value for at in range(1, 6)]
    assert shown == [0, "không phát sinh", "chưa có số", "chưa trả lời", "chưa gửi"]
    assert len(set(map(str, shown))) == 5
    m2_cell = sheet.cell(HEAD_ROW + 1, columns["Diện tích hiến đất mở rộng hẻm (m²)"])
    assert (m2_cell.value, m2_cell.number_format) == (2.5, '"ước "#,##0.0')
    x, y = (columns[texts.part(don, label, "ward")] for label in (don.x_label, don.y_label))
    assert [sheet.cell(HEAD_ROW + 3, at).value for at in (x, y)] == [0, 0]
    assert [sheet.cell(HEAD_ROW + 2, at).value for at in (x, y)] == ["không phát sinh"] * 2


def test_a_bare_percentage_has_its_own_column_and_is_not_in_the_total() -> None:
    question = QUESTIONS["DVC_TT"]
    rows = [
        sent(UNITS[0], {"DVC_TT": given(question, Ratio(x=850, y=1000))}, NOW),
        sent(UNITS[1], {"DVC_TT": given(question, Percent(value=Decimal("87.5")))}, NOW),
    ]
    sheet = readers.workbook(xlsx.workbook(material(rows)))[texts.FIGURES_SHEET]
    columns = readers.headed(sheet)
    share = sheet.cell(HEAD_ROW + 2, columns[texts.share_column(question, "ward")])
    assert (share.value, "%" in share.number_format) == (0.875, True)
    x = columns[texts.part(question, question.x_label, "ward")]
    assert sheet.cell(HEAD_ROW + 2, x).value == texts.PERCENT_ONLY
    assert readers.row_named(sheet, texts.TOTAL)[x - 1] == 850


def test_an_odd_figure_can_be_told_without_its_colour() -> None:
    rows = [sent(UNITS[0], {"DT_CUOC": given(QUESTIONS["DT_CUOC"], 500)}, NOW)]
    sheet = readers.workbook(xlsx.workbook(material(rows)))[texts.FIGURES_SHEET]
    cell = sheet.cell(HEAD_ROW + 1, readers.headed(sheet)["Cuộc đối thoại, tiếp xúc (cuộc)"])
    assert cell.font.bold
    assert cell.fill.fgColor.rgb == "00FFE699"


def test_nothing_a_person_typed_becomes_a_formula() -> None:
    def typed(question):
        return HOSTILE if question.kind is Kind.SENTENCE else 3

    answers = {
        code: replace(given(question, typed(question), explanation=HOSTILE), raw=HOSTILE)
        for code, question in QUESTIONS.items()
        if question.kind in (Kind.SENTENCE, Kind.COUNT)
    }
    rows = [sent(UNITS[0], answers, NOW)]
    people = {1: demo.Person(id=1, name=HOSTILE)}
    raised = tuple(replace(each, text=HOSTILE) for each in demo.difficulties())
    content = xlsx.workbook(replace(material(rows), people=people, difficulties=raised))
    cells = [cell for sheet in readers.workbook(content) for row in sheet.iter_rows() for cell in row]
    hostile = [cell for cell in cells if cell.value == HOSTILE]
    assert len(hostile) > 10
    assert {cell.data_type for cell in hostile} == {"s"}
    assert all(cell.quotePrefix for cell in hostile)
    assert "f" not in {cell.data_type for cell in cells}
    assert not any("<f>" in part for part in readers.parts(content, "xl/worksheets/"))


def test_the_long_sheet_has_every_answer_that_counts_once_and_the_others_marked() -> None:
    count = QUESTIONS["DT_CUOC"]
    old, new = given(count, 3), replace(given(count, 4), id=2)
    draft = replace(given(count, 5), id=3)
    row = sent(UNITS[0], {"DT_CUOC": new}, NOW)
    revised = Material(
        summary=summarise(Sheet(round=round_of(), plan=PLAN, units=(replace(row, draft={"DT_CUOC": draft}),)), NOW, OFFICE),
        office=OFFICE,
        revisions={(UNITS[0].id, "DT_CUOC"): (old, new, draft)},
    )
    sheet = readers.workbook(xlsx.workbook(revised))[texts.LONG_SHEET]
    columns = readers.headed(sheet)
    found = [
        (row[columns["Giá trị"] - 1], row[columns["Bản"] - 1])
        for row in sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True)
    ]
    assert found == [(4, texts.COUNTED), (3, texts.EARLIER), (5, texts.NOT_COUNTED)]


def test_the_long_sheet_holds_as_many_counted_rows_as_the_reports_have_answers() -> None:
    for seed in range(5):
        summary = summarise(random_sheet(seed), NOW, OFFICE)
        sheet = readers.workbook(xlsx.workbook(Material(summary=summary, office=OFFICE)))[texts.LONG_SHEET]
        version = readers.headed(sheet)["Bản"] - 1
        counted = [row for row in sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True) if row[version] == texts.COUNTED]
        answers = sum(len(total.figures) + len(total.none) + len(total.unavailable) for total in summary.totals)
        assert len(counted) == answers > 50


def test_difficulties_stand_there_word_for_word_with_their_answer(book) -> None:
    sheet = book[texts.DIFFICULTIES_SHEET]
    columns = readers.headed(sheet)
    rows = list(sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True))
    assert [row[columns["Phản ánh (nguyên văn)"] - 1] for row in rows] == [text for _, _, text in demo.RAISED]
    answered = next(row for row in rows if row[0] == "KK-0018")
    assert answered[columns["Tình trạng"] - 1] == "Đã trả lời"
    assert answered[columns["Trả lời lúc"] - 1] == datetime(2023, 4, 21, 9, 18)
    assert answered[columns["Điểm kế hoạch"] - 1] == "II.12"


def test_an_empty_round_and_extreme_texts_make_a_workbook_all_the_same() -> None:
    long = Answer(
        id=1, question="CK_THIEU", raw="x" * 40_000, status=Status.GIVEN, value="ế\x00" * 40_000, estimate=False,
        at=NOW - timedelta(days=1), person_id=None, explanation="\ud800",
    )  # fmt: skip
    answers = {"CK_ND": given(QUESTIONS["CK_ND"], "lacking"), "CK_THIEU": long}
    sheet = readers.workbook(xlsx.workbook(material([sent(UNITS[0], answers, NOW)])))[texts.LONG_SHEET]
    values = [row[readers.headed(sheet)["Giá trị"] - 1] for row in sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True)]
    assert "80.000 ký tự" in values[-1]
    empty = readers.workbook(xlsx.workbook(material([])))
    assert readers.row_named(empty[texts.DIFFICULTIES_SHEET], texts.NO_DIFFICULTIES)


def test_its_name_tells_the_round_and_the_moment() -> None:
    assert xlsx.filename(demo.material()) == "minh-hoa-tong-hop-847-2023-6t-2023-20230505-1700.xlsx"


def material(rows: list[UnitSheet]) -> Material:
    summary = summarise(Sheet(round=round_of(), plan=PLAN, units=tuple(rows)), NOW, OFFICE)
    return Material(summary=summary, office=OFFICE)
