"""The coordinator's summary, played on both platforms: at a glance, down to one answer and back; the digest; who may not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from scheduler import digest
from storage.store import Store
from tests.conversations.counter import local
from tests.conversations.window import Window, marks_of
from tests.people import Town, shown, town

BOTH: tuple[PlatformName, ...] = ("telegram", "zalo")


@pytest.fixture(params=BOTH)
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Window:
    window = Window(tmp_path, request.param)
    window.answered("P5", KH_DV="đã có", TCD_LUOT="40", DON_GQ="12/14", HD_M2="2500", DVC_TT="850/1000", KK="không")
    window.answered("P6", KH_DV="đã có", TCD_LUOT="khoảng 60", DON_GQ="3/6", HD_M2="0", DVC_TT="85%")
    window.answered("P7", KH_DV="chưa", TCD_LUOT="chưa có số", DON_GQ="không phát sinh", KK="Thiếu kinh phí")
    window.answered("TTr", TCD_LUOT="1.200", TCD_NGUOI="1.300")
    window.answered("P4", send=False, TCD_LUOT="999", KH_DV="đã có")
    return window


def test_the_picture_at_a_glance_names_everybody_in_exactly_one_place(window: Window) -> None:
    window.hoa.says("/tonghop")
    window.hoa.sees(
        "Kế hoạch 847/KH-UBND – báo cáo 6 tháng năm 2026",
        "thứ Năm 16/4/2026, còn 9 ngày làm việc",
        "trước ngày 05/5 (chậm nhất hết thứ Hai 04/5)",
        "Đã gửi 3/16 phường, 1/5 phòng ban nêu tên, 0/7 đơn vị khác.",
        "Tỷ lệ gửi: 4/28 đơn vị (14,3%)",
        "Gửi trong hạn (4): Phường 5, 6, 7; Thanh tra",
        "Đang trả lời (1): Phường 4 (2/10)",
        "Chưa bắt đầu (23): Phường 1, 3, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17; Văn phòng; Phòng Nội vụ; Phòng TN&MT;",
        "Cần xem lại: Phường 5, Diện tích hiến đất mở rộng hẻm: 2.500 m²",
    )
    assert marks_of(window.hoa) == [
        "Số liệu",
        "Theo đơn vị",
        "Khó khăn",
        "Ảnh tình hình",
        "Xuất tài liệu",
        "Nhắc đơn vị",
        "Kỳ khác",
    ]


def test_totals_say_from_how_many_and_never_add_what_would_count_twice(window: Window) -> None:
    window.hoa.says("/summary")
    window.hoa.chooses("Số liệu")
    window.hoa.sees(
        "• Lượt tiếp công dân: 100 lượt; từ 2/16 phường; cao nhất 60 lượt (Phường 6), thấp nhất 40 lượt (Phường 5);"
        " trong đó ước 60 lượt (Phường 6); chưa có số: Phường 7",
        "• Đơn thư đã giải quyết/tiếp nhận: 15/20 đơn (75%); từ 3/16 phường; cao nhất 85,7% (Phường 5)",
        "• Diện tích hiến đất mở rộng hẻm: 2.500 m²; từ 2/16 phường",
        "• Hồ sơ trực tuyến/tổng hồ sơ: 850/1.000 hồ sơ (85%)",
        "chỉ có tỷ lệ, không cộng: Phường 6 (85%)",
    )
    seen = window.hoa.screen
    while "Trang sau" in marks_of(window.hoa):
        window.hoa.chooses("Trang sau")
        seen += window.hoa.screen
    assert "Đã có 2, Chưa 1 (Phường 7); từ 3/16 phường, 0/7 đơn vị khác" in seen
    assert "■ Thanh tra quận\n• Lượt tiếp công dân: 1.200 lượt\n• Số người được tiếp: 1.300 người" in seen
    assert "■ Phòng Quản lý Đô thị\nChưa nhận được báo cáo." in seen
    assert "1.300 lượt" not in seen
    assert "999" not in seen, "what was not sent counts nowhere"


def test_a_total_nobody_answered_does_not_say_what_a_unit_would(window: Window) -> None:
    """ "Chưa có số" is an answer; nothing received is none."""
    window.answered("P7", TCD_LUOT="chưa có số", DT_CUOC="chưa có số")
    window.hoa.says("/tonghop")
    window.hoa.chooses("Số liệu")
    window.hoa.sees(
        "• Cuộc đối thoại, tiếp xúc: chưa nhận được; từ 0/16 phường; chưa có số: Phường 7",
        "• Hội nghị Nhân dân khu phố: chưa nhận được; từ 0/16 phường\n",
    )


def test_an_indicator_opens_to_the_units_behind_it_and_back(window: Window) -> None:
    window.hoa.says("/tonghop")
    window.hoa.chooses("Số liệu")
    window.hoa.chooses("Lượt tiếp công dân")
    window.hoa.sees("Phường 5: 40 lượt", "Phường 6: ước 60 lượt", "Chưa có số: Phường 7", "Chưa nhận được: Phường 1, 3, 4, 8")
    window.hoa.chooses("Số liệu")
    window.hoa.sees("■ UBND phường")
    window.hoa.chooses("Tổng hợp chung")
    window.hoa.sees("Tỷ lệ gửi: 4/28")


def test_a_unit_opens_to_all_its_answers_with_who_when_and_what_was_corrected(window: Window) -> None:
    window.now += timedelta(days=1)
    window.answered("P5", TCD_LUOT="45")
    window.hoa.says("/tonghop")
    window.hoa.chooses("Theo đơn vị")
    window.hoa.sees("Phường 4: đang trả lời 2/10 câu", "Phường 5: gửi trong hạn, 09:12 thứ Năm 16/4")
    window.hoa.chooses("Phường 5")
    window.hoa.sees(
        "UBND Phường 5 – báo cáo 6 tháng năm 2026",
        "Gửi trong hạn: 09:12 thứ Năm 16/4/2026, lần gửi thứ 2 lúc 09:12 thứ Sáu 17/4.",
        "Người gửi: anh Trần Văn Minh. Mã P5-6T-2026",
        "2. Lượt tiếp công dân: 45 lượt (đã sửa)",
        "6. Diện tích hiến đất mở rộng hẻm: 2.500 m² (cần xem lại)",
        "10. Khó khăn, kiến nghị: không",
        "4. Cuộc đối thoại, tiếp xúc: chưa trả lời",
    )
    window.hoa.chooses("Các lần sửa")
    window.hoa.sees(
        "Lượt tiếp công dân:",
        "- 09:12 thứ Năm 16/4, anh Trần Văn Minh: 40 lượt",
        "- 09:12 thứ Sáu 17/4, anh Trần Văn Minh: 45 lượt",
    )
    window.hoa.sees_nothing_of("Đơn thư")
    window.hoa.chooses("Câu trả lời")
    window.hoa.chooses("Theo đơn vị")
    window.hoa.sees("theo đơn vị (trang 1/4)")


def test_the_coordinator_does_not_read_what_a_unit_has_not_sent(window: Window) -> None:
    window.hoa.says("/tonghop")
    window.hoa.chooses("Theo đơn vị")
    window.hoa.says("Phường 4")
    window.hoa.sees("Đang trả lời (2/10 câu), chưa gửi.", "Chưa có số liệu nào được gửi tại đây.")
    window.hoa.sees_nothing_of("999")


def test_a_report_by_document_shows_its_number_and_date(window: Window) -> None:
    window.ask(lambda store: _on_paper(window, store))
    window.hoa.says("/tonghop")
    window.hoa.sees("Gửi bằng văn bản (1): Phường 9", "Đã gửi 4/16 phường")
    window.hoa.chooses("Theo đơn vị")
    window.hoa.chooses("Phường 9")
    window.hoa.sees("Văn bản: 45/BC-UBND ngày 15/4/2026.")


def _on_paper(window: Window, store: Store) -> None:
    unit = store.units.by_code("P9")
    assert unit is not None
    at = next(r.id for r in store.rounds.all() if r.code == "6T")
    store.answers.send_on_paper(
        round_id=at, unit_id=unit.id, person_id=window.minh.id, number="45/BC-UBND", on=date(2026, 4, 15), now=window.now
    )


def test_a_unit_is_found_by_its_name_and_a_bare_number_never_opens_another_one(window: Window) -> None:
    window.hoa.says("/tonghop")
    window.hoa.chooses("Theo đơn vị")
    window.hoa.says("5")
    window.hoa.sees_nothing_of("UBND Phường 6", "UBND Phường 5 –")
    window.hoa.says("p5")
    window.hoa.sees("UBND Phường 5 – báo cáo 6 tháng")


def test_other_rounds_are_a_choice_away(window: Window) -> None:
    window.hoa.says("/tonghop")
    window.hoa.chooses("Kỳ khác")
    assert marks_of(window.hoa) == ["Báo cáo năm 2026", "Báo cáo 6 tháng năm 2026"]
    window.hoa.chooses("Báo cáo năm 2026")
    window.hoa.sees("báo cáo năm 2026", "Đã gửi 0/16 phường", "trước ngày 05/11 (chậm nhất hết thứ Tư 04/11)")


def test_open_difficulties_stand_in_the_summary_and_open_from_it(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.says("Thiếu kinh phí tuyên truyền")
    window.hoa.says("/tonghop")
    window.hoa.sees("Khó khăn chờ trả lời: 1 (KK-0001 Phường 5).")
    window.hoa.chooses("Khó khăn")
    window.hoa.sees("KK-0001 Phường 5, hôm nay", "Thiếu kinh phí tuyên truyền")
    window.hoa.chooses("Tổng hợp chung")
    window.hoa.sees("Tỷ lệ gửi: 4/28")


def test_an_officer_is_pointed_to_their_own_state(window: Window) -> None:
    window.minh.says("/tonghop")
    window.minh.sees("dành cho Phòng Nội vụ quận Gò Vấp", "/tiendo")
    window.minh.sees_nothing_of("Phường 6", "lượt")


def test_a_leader_reads_their_own_units_answers_and_nothing_else(window: Window) -> None:
    ha = window.officer("Trần Văn Hà", "P5", window.platform, Role.LEADER)
    ha.says("/tonghop")
    ha.sees("UBND Phường 5 – báo cáo 6 tháng năm 2026", "Lượt tiếp công dân: 40 lượt")
    ha.sees_nothing_of("Phường 6", "Theo đơn vị", "Tổng hợp chung")


def test_a_leader_sees_what_their_unit_has_typed_and_that_it_is_not_sent(window: Window) -> None:
    ha = window.officer("Trần Văn Hà", "P4", window.platform, Role.LEADER)
    ha.says("/tonghop")
    ha.sees("Đang trả lời (2/10 câu), chưa gửi.", "Các câu trả lời dưới đây chưa gửi.", "Lượt tiếp công dân: 999 lượt")


def test_a_button_of_the_summary_in_a_wrong_hand_does_nothing(tmp_path: Path) -> None:
    window = Window(tmp_path, "telegram")
    window.hoa.says("/tonghop")
    button = window.hoa.button("Số liệu")
    window.minh.presses(button)
    window.minh.sees_nothing_of("■", "phường;")
    window.hoa.says("/tonghop")
    number = window.hoa.button("Số liệu")

    def leaves(store: Store) -> None:
        for seat, person in store.people.holders():
            if person.id == window.hoa.id:
                store.people.end(seat.id, reason="left", now=window.now)

    window.ask(leaves)
    window.hoa.presses(number)
    window.hoa.sees_nothing_of("■ UBND phường")


def test_the_digest_at_five_says_who_sent_what_is_new_and_what_to_look_at(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.says("Thiếu kinh phí tuyên truyền")
    window.minh.chooses("Bỏ qua")
    window.hoa.read = len(window.hoa.heard)
    window.now = local(2026, 4, 16, 17, 0)
    office, calendar = window.around.office, window.around.calendar
    assert window.ask(lambda store: digest.tick(store, window.now, office, calendar)) == 1
    assert window.ask(lambda store: digest.tick(store, window.now, office, calendar)) == 0, "said once a day"
    window.ask(window._deliver)
    window.hoa.sees(
        "Kế hoạch 847/KH-UBND – báo cáo 6 tháng năm 2026, 17:00 thứ Năm 16/4 (còn 9 ngày làm việc).",
        "Đã gửi 3/16 phường, 1/5 phòng ban nêu tên",
        "Đang trả lời (1): Phường 4 (2/10)",
        "Chưa bắt đầu (23): Phường 1, 3, 8",
        "Khó khăn mới: 1 (KK-0001 Phường 5).",
        "Cần xem lại: Phường 5",
    )
    window.hoa.chooses("Xem tổng hợp")
    window.hoa.sees("Tỷ lệ gửi: 4/28")

    window.now = local(2026, 4, 17, 17, 0)
    assert window.ask(lambda store: digest.tick(store, window.now, office, calendar)) == 1
    window.hoa.read = len(window.hoa.heard)
    window.ask(window._deliver)
    window.hoa.sees("Khó khăn trước đó còn chờ trả lời: 1.")
    window.hoa.sees_nothing_of("Khó khăn mới")
    window.now = local(2026, 4, 18, 17, 0)
    assert window.ask(lambda store: digest.tick(store, window.now, office, calendar)) == 0, "nothing on a Saturday"


async def test_on_telegram_the_summary_changes_in_place_over_the_real_wire(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 16)) as place:
        hoa = await place.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)
        await hoa.says("/tonghop")
        before = len(hoa.heard)
        await hoa.taps("Số liệu")
        assert len(hoa.heard) == before
        assert "■ UBND phường" in shown(hoa.heard[-1])
        await hoa.taps("Tổng hợp chung")
        assert len(hoa.heard) == before
        assert "Đã gửi 0/16 phường" in shown(hoa.heard[-1])
        assert isinstance(place, Town)
