"""A day of Phòng Nội vụ on the demonstration: every part of the desk, with buttons and as numbered text.

Each scene begins on a fresh copy of the morning the demonstration opens, two days after the 6-month report was due.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import docx
import openpyxl
import pytest
from icalendar import Calendar
from pypdf import PdfReader

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from bot.domain.reports import Via
from bot.domain.standings import State
from bot.domain.units import Unit
from bot.texts import documents as words
from bot.texts.demo import MARK
from bot.views.summary_json import as_json
from scheduler import weekly
from storage.jobs import Kind
from storage.store import Store
from tests.conversations.counter import Officer, local
from tests.demonstration import Demonstration
from tests.documents import readers


@pytest.fixture
def desk(demo_world: Path, tmp_path: Path, platform: PlatformName) -> Iterator[Demonstration]:
    desk = Demonstration(demo_world, tmp_path, platform)
    yield desk
    desk.database.close()


def opened(hoa: Officer, unit: Unit) -> None:
    """One unit's answers, by turning the pages of the list."""
    hoa.says("/tonghop")
    hoa.chooses("Theo đơn vị")
    while f"{unit.short}: " not in hoa.screen:
        hoa.chooses("Trang sau")
    hoa.chooses(unit.short)


def ward(desk: Demonstration, *states: State) -> Unit:
    """The first ward in one of these states."""
    return next(unit for state in states for unit in desk.those(state) if unit.group == "ward")


def test_the_round_at_a_glance_opens_down_to_one_answer_and_beside_last_year(desk: Demonstration) -> None:
    hoa, summary = desk.hoa, desk.summary()
    hoa.says("/tonghop")
    came = len(summary.received)
    hoa.sees("đã quá hạn 2 ngày làm việc", f"Tỷ lệ gửi: {came}/28 đơn vị", "đúng hạn", "Gửi bằng văn bản (2)", "Cần xem lại: ")
    hoa.chooses("Số liệu")
    hoa.sees("Số của phường và số cấp quận về cùng một việc", "• Lượt tiếp công dân: ", "cao nhất ")
    hoa.chooses("Lượt tiếp công dân")
    for figure in next(t for t in summary.totals if (t.question.code, t.column) == ("TCD_LUOT", "ward")).figures:
        hoa.sees(f"{figure.unit.short}: ")
    hoa.sees("Chưa nhận được: Phường ")
    hoa.chooses("Tổng hợp chung")
    hoa.chooses("So sánh")
    hoa.sees("so với báo cáo 6 tháng năm 2025", "Chỉ cộng các đơn vị có trả lời ở cả hai kỳ", "• Lượt tiếp công dân: ")
    hoa.chooses("So với báo cáo năm")
    hoa.sees("so với báo cáo năm")
    unit = ward(desk, State.ON_TIME)
    opened(hoa, unit)
    hoa.sees(f"{unit.name} – báo cáo 6 tháng", "Gửi trong hạn: ", f"Cán bộ minh hoạ {unit.code}", "10. Khó khăn, kiến nghị: ")


def test_a_surprising_figure_is_asked_about_once_and_the_reason_is_kept_for_the_desk(desk: Demonstration) -> None:
    unit = ward(desk, State.NOT_BEGUN)
    officer = desk.unit(unit.code)
    officer.says("/baocao")
    officer.chooses("Đã có")
    officer.chooses("Bỏ qua")
    officer.says("9999")
    officer.sees("nằm ngoài mức thường gặp (5–300 lượt). Số này có đúng không?")
    officer.says("có một đợt tiếp dân tập trung")
    officer.sees("(lý do: có một đợt tiếp dân tập trung)", "Câu 3/10.")
    officer.says("xem lại")
    officer.chooses("Gửi")
    officer.chooses("Vẫn gửi")
    desk.hoa.says("/tonghop")
    desk.hoa.chooses("Số liệu")
    desk.hoa.chooses("Lượt tiếp công dân")
    desk.hoa.sees(f"{unit.short}: 9.999 lượt", "có một đợt tiếp dân tập trung")


def test_a_report_goes_back_for_two_questions_comes_again_with_what_changed_and_is_accepted(desk: Demonstration) -> None:
    hoa = desk.hoa
    sheet = desk.summary().sheet
    sent = [row for row in sheet.units if row.unit.group == "ward" and row.report and row.report.via is Via.CHAT]
    unit = next(row.unit for row in sent if row.report.at.date() < sheet.round.until)
    officer = desk.unit(unit.code)
    opened(hoa, unit)
    hoa.chooses("Trả lại")
    hoa.says("2, 4")
    hoa.says("Nhờ xem lại lượt tiếp công dân")
    hoa.chooses("Gửi trả lại")
    officer.sees("nhờ anh/chị xem lại câu 2 và 4", "“Nhờ xem lại lượt tiếp công dân”")
    officer.chooses("Xem và bổ sung")
    officer.sees("Câu 2/10.", "Đang ghi: ")
    officer.says("55")
    officer.chooses("Giữ nguyên")
    officer.chooses("Gửi lại")
    officer.sees("nhập khi kỳ số liệu chưa kết thúc (30/4/2026), các câu khác nhập sau đó", "ghi lý do ngắn")
    officer.says("Các câu khác không có phát sinh thêm")
    officer.chooses("Gửi")
    officer.sees("Đã nhận bản sửa", "→ 55 lượt")
    hoa.sees(f"{unit.name} gửi lại báo cáo 6 tháng", "→ 55 lượt")
    hoa.chooses("Chấp nhận")
    hoa.chooses("Chấp nhận và báo đơn vị")
    hoa.says("/tonghop")
    hoa.sees(f"Đã chấp nhận (1): {unit.short}")


def test_one_unit_is_given_more_time_and_the_round_is_closed_and_opened_again(desk: Demonstration) -> None:
    hoa, late = desk.hoa, desk.those(State.NOT_BEGUN)[0]
    opened(hoa, late)
    hoa.chooses("Gia hạn")
    hoa.says("12/5")
    hoa.says("Đơn vị chuyển trụ sở")
    hoa.sees("chậm nhất hết thứ Ba 12/5/2026, tức trước ngày 13/5")
    hoa.chooses("Gia hạn và báo đơn vị")
    hoa.says("/tonghop")
    hoa.sees(f"Gia hạn (1): {late.short} đến hết thứ Ba 12/5", "tính cả gia hạn")
    hoa.says("/chot")
    hoa.chooses("Báo cáo 6 tháng năm 2026")
    hoa.chooses("Chốt kỳ này")
    hoa.chooses("Xác nhận chốt")
    officer = desk.unit(late.code)
    officer.says("/baocao")
    officer.sees("đã chốt")
    hoa.says("/chot")
    hoa.chooses("Báo cáo 6 tháng năm 2026")
    hoa.chooses("Xác nhận mở lại")
    officer.says("/baocao")
    officer.sees("Câu 1/")


def test_a_paper_report_is_typed_in_for_the_unit_that_sent_it(desk: Demonstration) -> None:
    hoa = desk.hoa
    unit = ward(desk, State.NOT_BEGUN)
    opened(hoa, unit)
    hoa.chooses("Nhập thay")
    hoa.says("45/BC-UBND")
    hoa.says("04/5")
    hoa.chooses("Đã có")
    hoa.chooses("Bỏ qua")
    hoa.says("21")
    hoa.says("xem lại")
    hoa.chooses("Gửi")
    hoa.chooses("Vẫn gửi")
    hoa.says(f"{unit.short} tiếp công dân bao nhiêu lượt")
    hoa.sees(f"{unit.short}: 21 lượt")


def test_units_are_reminded_after_a_preview_and_everything_said_to_them_is_in_the_ledger(desk: Demonstration) -> None:
    hoa, silent = desk.hoa, desk.those(State.NOT_BEGUN)
    officer = desk.unit(silent[0].code)
    hoa.says("/nhac")
    hoa.chooses("Chưa bắt đầu")
    hoa.sees(f"Gửi {len(silent)} tin tới", f"Tin gửi {silent[0].short}:")
    hoa.chooses(f"Gửi {len(silent)} tin")
    officer.sees("chưa nhận được báo cáo 6 tháng", "Bắt đầu")
    hoa.says("/thongbao")
    hoa.chooses("Phường")
    hoa.says("Mẫu báo cáo gửi kèm văn bản 12.")
    hoa.says("GỬI 16")
    hoa.sees("Thông báo gửi 16 người sẽ đi sau 60 giây")
    desk.now += timedelta(minutes=2)
    hoa.says(f"/dondoc {silent[0].short}")
    hoa.sees("Thông báo kỳ báo cáo tới", "Nhắc ngày cuối tới", "Phòng nhắc ngay", "đã gửi 08:30 thứ Hai 04/5")


def test_who_is_above_a_silent_unit_is_told_only_after_each_step_is_approved(desk: Demonstration) -> None:
    hoa, silent = desk.hoa, desk.those(State.NOT_BEGUN)[0]
    deputy, leader = desk.unit(silent.code, Role.DEPUTY), desk.unit(silent.code, Role.LEADER)
    desk.now = local(2026, 5, 12, 10)
    hoa.says("/leothang")
    hoa.sees("Mỗi bước chỉ gửi khi anh/chị duyệt, gửi riêng từng người")
    for above, called in ((deputy, "đầu mối dự phòng"), (leader, "lãnh đạo")):
        hoa.says("/leothang")
        hoa.chooses(f"{silent.short}: {called}")
        assert not above.unread
        hoa.chooses("Duyệt gửi")
        above.sees(silent.short)
        desk.now += timedelta(days=2)


def test_somebody_who_is_away_is_not_silent(desk: Demonstration) -> None:
    hoa, silent = desk.hoa, desk.those(State.NOT_BEGUN)[-1]
    hoa.says(f"/vangmat {silent.short}")
    hoa.chooses("Hôm nay")
    hoa.says("15/5")
    hoa.chooses("Ghi nhận")
    hoa.sees("vắng mặt từ thứ Tư 06/5 đến hết thứ Sáu 15/5/2026")
    hoa.says("/tonghop")
    hoa.sees("Vắng mặt (1): ", silent.short)


def test_a_difficulty_is_answered_and_the_unit_says_whether_that_will_do(desk: Demonstration) -> None:
    hoa = desk.hoa
    waiting = [one for one in desk.ask(lambda store: store.difficulties.all()) if one.open]
    unit = desk.ask(lambda store: store.units.get(waiting[0].unit_id))
    officer = desk.unit(unit.code)
    hoa.says("/vuongmac")
    hoa.sees(f"{len(waiting)} khó khăn, vướng mắc chờ trả lời", waiting[0].text)
    hoa.chooses(waiting[0].code)
    hoa.chooses("Trả lời")
    hoa.says("Phòng sẽ đăng ký kinh phí bổ sung.")
    hoa.chooses("Gửi")
    officer.sees("“Phòng sẽ đăng ký kinh phí bổ sung.”")
    officer.chooses("Đã rõ")
    hoa.says("/vuongmac")
    hoa.sees_nothing_of(waiting[0].code)


def test_a_difficulty_is_given_to_a_colleague_another_department_is_asked_and_two_are_merged(desk: Demonstration) -> None:
    hoa = desk.hoa
    mai = desk.officer("Cán bộ minh hoạ Mai", "NV", hoa.platform, Role.COORDINATOR, "chị")
    waiting = [one for one in desk.ask(lambda store: store.difficulties.all()) if one.open]
    first, second = waiting[:2]
    hoa.says("/vuongmac")
    hoa.chooses(first.code)
    hoa.chooses("Giao")
    hoa.chooses("chị Cán bộ minh hoạ Mai")
    hoa.chooses("Giao và báo đơn vị")
    mai.sees(first.code, first.text)
    asked = desk.unit("TTr")
    hoa.says("/vuongmac")
    hoa.chooses(first.code)
    hoa.chooses("Hỏi đơn vị khác")
    hoa.says("thanh tra quận")
    hoa.chooses("Không ghi thêm")
    hoa.chooses("Chuyển và báo đơn vị")
    asked.sees(first.code, first.text)
    hoa.says("/vuongmac")
    hoa.chooses(second.code)
    hoa.chooses("Gộp")
    hoa.says(first.code)
    hoa.chooses("Gộp và báo đơn vị")
    hoa.says("/vuongmac")
    hoa.sees(f"{len(waiting) - 1} khó khăn, vướng mắc chờ trả lời", first.code)


def test_every_document_says_that_it_is_made_up_and_opens(desk: Demonstration) -> None:
    """What is in them is the business of tests/documents."""
    (book,), (report,) = desk.documents(Kind.WORKBOOK), desk.documents(Kind.REPORT)
    assert all("minh-hoa" in file.name for file in (book, report))
    for sheet in openpyxl.load_workbook(io.BytesIO(book.read_bytes())):
        assert words.MADE_UP in [cell.value for row in sheet.iter_rows(max_row=6) for cell in row]
    assert words.MADE_UP in [paragraph.text for paragraph in docx.Document(io.BytesIO(report.read_bytes())).paragraphs]
    pictures = desk.documents(Kind.PICTURES)
    assert len(pictures) == 2 and all(file.name.startswith("minh-hoa-") for file in pictures)
    (dates,) = desk.documents(Kind.CALENDAR)
    calendar = Calendar.from_ical(dates.read_bytes())
    assert calendar["X-WR-CALNAME"].startswith(words.MADE_UP_DATES)
    assert all(
        event["SUMMARY"].startswith(MARK) and words.MADE_UP_DATES in event["DESCRIPTION"] for event in calendar.walk("VEVENT")
    )
    assert desk.documents(Kind.INVITES) == [], "everybody has an officer"
    desk.ask(lambda store: _nobody_sits_there(store, desk.now))
    (invites,) = desk.documents(Kind.INVITES)
    pages = PdfReader(invites).pages
    assert len(pages) == 4
    # Eight cards a page, the last one of four; letters may come in the shapes the font has for them.
    assert [page.extract_text().count(words.INVITE_MADE_UP) for page in pages] == [8, 8, 8, 4]


def _nobody_sits_there(store: Store, now) -> None:
    for seat, _ in store.people.holders():
        if seat.role is Role.FOCAL:
            store.people.end(seat.id, reason="left", now=now)


def test_the_totals_of_the_chat_the_workbook_and_the_data_are_the_same(desk: Demonstration) -> None:
    known = as_json(desk.summary(), [])
    assert known["made_up"] is True
    total = next(each for each in known["totals"] if (each["code"], each["column"]) == ("TCD_LUOT", "ward"))
    desk.hoa.says("tổng số lượt tiếp công dân")
    desk.hoa.sees(f"{total['value']:,} lượt".replace(",", "."))
    (book,) = desk.documents(Kind.WORKBOOK)
    sheet = openpyxl.load_workbook(io.BytesIO(book.read_bytes()))[words.FIGURES_SHEET]
    column = readers.headed(sheet)["Lượt tiếp công dân (phường) (lượt)"]
    assert readers.row_named(sheet, words.TOTAL)[column - 1] == total["value"]


def test_units_people_invites_and_the_coming_messages_are_managed_in_the_chat(desk: Demonstration) -> None:
    hoa, unit = desk.hoa, desk.those(State.NOT_BEGUN)[0]
    hoa.says("/donvi")
    hoa.sees("28 đơn vị đang hoạt động, trong đó 16 phường", "Thêm đơn vị", "Sáp nhập")
    hoa.chooses("Phường 3")
    hoa.sees("Đổi tên", "Đóng đơn vị")
    hoa.says("/nguoi")
    hoa.sees("28 đơn vị: 28 có đầu mối, 0 chưa có")
    hoa.says(f"/moi {unit.short}")
    hoa.sees("Mời đầu mối", "Mời dự phòng", "Mời lãnh đạo")
    hoa.says("/lich")
    hoa.sees("Nhắc sau hạn 3 ngày làm việc", "Trích kế hoạch đầu tuần")


def test_wards_are_merged_and_the_next_round_expects_fewer(desk: Demonstration) -> None:
    hoa = desk.hoa
    hoa.says("/donvi")
    hoa.chooses("Sáp nhập")
    hoa.says("Phường 1")
    hoa.says("Phường 3")
    hoa.says("30/6/2026")
    hoa.sees("báo cáo năm 2026: 28 → 27 đơn vị (phường 16 → 15)", "Kỳ đã qua giữ nguyên đơn vị.")
    hoa.chooses("Ghi thay đổi")
    hoa.says("/donvi Phường 1")
    hoa.sees("Hoạt động đến hết thứ Ba 30/6/2026")


def test_a_question_is_reworded_only_before_its_round_opens(desk: Demonstration) -> None:
    hoa = desk.hoa
    hoa.says("/cauhoi")
    hoa.sees("Báo cáo năm 2026 mở thứ Ba 06/10/2026. Trước ngày đó sửa được câu hỏi")
    hoa.chooses("UBND phường")
    hoa.chooses("2. ")
    hoa.chooses("Sửa câu chữ")
    hoa.says("Trong năm phường đã tiếp bao nhiêu lượt công dân?")
    hoa.sees("Đang hỏi:", "Sẽ hỏi: Trong năm phường đã tiếp bao nhiêu lượt công dân?")
    hoa.chooses("Ghi thay đổi")
    hoa.sees("Đã ghi. Báo cáo năm 2026 sẽ hỏi như vậy khi mở")


def test_plain_questions_are_answered_from_the_data_and_unknown_ones_say_so(desk: Demonstration) -> None:
    hoa = desk.hoa
    unit = ward(desk, State.ON_TIME)
    hoa.says("còn đơn vị nào chưa gửi")
    hoa.sees("Hiểu là: các đơn vị chưa gửi báo cáo 6 tháng", "8/28 đơn vị.")
    hoa.says(f"{unit.short} tiep cong dan bao nhieu luot".replace("Phường", "phuong"))
    hoa.sees(f"Hiểu là: lượt tiếp công dân của {unit.short}", " lượt.")
    hoa.says("so với kỳ trước")
    hoa.sees("so với báo cáo năm", "kỳ kia")
    hoa.says("khó khăn về kinh phí")
    hoa.sees("Hiểu là: khó khăn, vướng mắc có từ “kinh phi”")
    hoa.says("thời tiết hôm nay thế nào")
    hoa.sees("Hệ thống chưa hiểu tin này. Có thể hỏi, ví dụ:")


def test_the_desk_sees_what_each_question_costs(desk: Demonstration) -> None:
    desk.hoa.says("/ganhnang")
    desk.hoa.sees("công sức trả lời", "trung vị", "dừng ở đây: ", "• Lượt tiếp công dân (phường): trung vị ")


def test_the_districts_leaders_read_the_summary_and_a_weekly_digest_and_change_nothing(desk: Demonstration) -> None:
    leader = desk.unit("NV", Role.DISTRICT)
    leader.says("/tonghop")
    leader.sees("Tỷ lệ gửi: ")
    leader.sees_nothing_of("Nhắc đơn vị", "Xuất tài liệu")
    leader.says("/nhac")
    leader.sees("không thuộc phần được giao")
    leader.read = len(leader.heard)
    desk.now = local(2026, 5, 11, 8)
    desk.ask(lambda store: weekly.tick(store, desk.now, desk.settings.office, desk.around.calendar))
    desk.ask(desk._deliver)
    leader.sees("Tỷ lệ gửi")
