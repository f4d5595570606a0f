"""/lich, /ganhnang and the leaders' weekly digest, played."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from scheduler import weekly
from tests.conversations.counter import local
from tests.conversations.window import Window, marks_of
from tests.people import Town

BOTH: tuple[PlatformName, ...] = ("telegram", "zalo")


@pytest.fixture(params=BOTH)
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Window:
    return Window(tmp_path, request.param)


def test_the_coordinator_sees_what_will_be_said_when_to_whom_and_why_then(window: Window) -> None:
    window.hoa.says("/lich")
    window.hoa.sees(
        "Tin sẽ tự gửi trong 30 ngày tới, tính từ thứ Năm 16/4/2026:",
        "■ Hôm nay thứ Năm 16/4",
        "- 17:00 Tin tổng hợp cuối ngày: báo cáo 6 tháng năm 2026; tới Phòng Nội vụ",
        "chưa có người nhận",
    )
    seen = window.hoa.screen
    while "Trang sau" in marks_of(window.hoa):
        window.hoa.chooses("Trang sau")
        seen += window.hoa.screen
    assert "Nhắc trước 7 ngày làm việc: báo cáo 6 tháng năm 2026; tới Phường 5; chưa có người nhận:" in seen
    assert "Nhắc ngày cuối" in seen
    assert "Trích kế hoạch đầu tuần" in seen


def test_one_units_messages_are_a_word_or_a_choice_away(window: Window) -> None:
    window.hoa.says("/lich p5")
    window.hoa.sees("tới UBND Phường 5", "Nhắc trước 7 ngày làm việc")
    window.hoa.sees_nothing_of("Tin tổng hợp cuối ngày")
    window.hoa.chooses("Theo đơn vị")
    window.hoa.chooses("Phường 1")
    window.hoa.sees("tới UBND Phường 1", "chưa có người nhận: Phường 1")
    window.hoa.chooses("Mọi đơn vị")
    window.hoa.sees("Tin tổng hợp cuối ngày")
    window.hoa.says("/lich phòng trăng sao")
    window.hoa.sees("Chưa rõ đơn vị nào")


def test_an_officer_sees_their_own_and_no_reminder_once_the_report_is_sent(window: Window) -> None:
    window.minh.says("/lich")
    window.minh.sees("Tin nhắc đơn vị sẽ nhận trong 30 ngày tới", "Nhắc trước 7 ngày làm việc", "Trích kế hoạch đầu tuần (Mục")
    window.minh.sees_nothing_of("Tin tổng hợp", "Phường 6", "chưa có người nhận")
    window.answered("P5", TCD_LUOT="40")
    window.minh.says("/lich")
    window.minh.sees("Trích kế hoạch đầu tuần")
    window.minh.sees_nothing_of("Nhắc trước")


def test_a_snoozed_unit_hears_nothing_before_its_day(window: Window) -> None:
    unit, round_ = window.ask(lambda store: window.unit_id(store, "P5")), window.round_id()
    window.ask(
        lambda store: store.reminders.snooze(
            round_id=round_,
            unit_id=unit,
            person_id=window.minh.id,
            kind="later",
            until=local(2026, 4, 28).date(),
            now=window.now,
        )
    )
    window.minh.says("/lich")
    window.minh.sees("Nhắc lại theo hẹn: báo cáo 6 tháng năm 2026")
    window.minh.sees_nothing_of("Nhắc trước 7 ngày")


def test_the_coordinator_sees_what_each_question_costs(window: Window) -> None:
    for at, (code, text) in enumerate([("KH_DV", "chưa"), ("TCD_LUOT", "40"), ("DT_CUOC", "3"), ("HNND", "9")]):
        window.answered("P5", send=at == 3, **{code: text})
        window.now += timedelta(seconds=40)
    window.answered("P6", send=False, KH_DV="chưa", TCD_LUOT="5")
    window.hoa.says("/ganhnang")
    window.hoa.sees(
        "1 đơn vị đã gửi tại đây, trung vị 2 phút.",
        "mỗi lần nghỉ quá 10 phút không tính",
        "• Lượt tiếp công dân (phường): trung vị 20 giây (2 đơn vị)",
        "• Đơn thư đã giải quyết/tiếp nhận (phường): chưa đo được; dừng ở đây: Phường 6",
    )
    window.hoa.chooses("Theo đơn vị")
    window.hoa.sees("Phường 5: 2 phút, 4 câu trả lời, đã gửi tại đây", "Phường 6: 0 giây", "dừng ở câu 3 (Đơn thư")
    window.minh.says("/ganhnang")
    window.minh.sees("không thuộc phần được giao")


def test_the_leaders_digest_comes_once_on_the_first_working_day_of_a_week(window: Window) -> None:
    thu = window.officer("Đào Văn Thứ", "NV", window.platform, Role.DISTRICT)
    office, calendar = window.around.office, window.around.calendar

    def ticks(at) -> int:
        window.now = at
        queued = window.ask(lambda store: weekly.tick(store, at, office, calendar))
        thu.read = len(thu.heard)
        window.ask(window._deliver)
        return queued

    assert ticks(local(2026, 4, 20, 7, 59)) == 0
    assert ticks(local(2026, 4, 20, 8, 0)) == 1
    thu.sees(
        "Kính gửi lãnh đạo quận. Kế hoạch 847/KH-UBND – báo cáo 6 tháng năm 2026", "Đã gửi 0/16 phường", "Chưa bắt đầu (28)"
    )
    assert ticks(local(2026, 4, 20, 8, 5)) == 0, "once a week"
    assert ticks(local(2026, 4, 21, 8, 0)) == 0, "not on a Tuesday"
    assert ticks(local(2026, 4, 27, 8, 0)) == 0, "that Monday is a day off (Giỗ Tổ on a Sunday)"
    assert ticks(local(2026, 4, 28, 8, 0)) == 1, "so the week begins on Tuesday"
    thu.says("/tonghop")
    thu.sees("Tỷ lệ gửi: 0/28")


async def test_the_clock_of_the_town_stops_at_the_leaders_digest(spring: Town, platform: PlatformName) -> None:
    await spring.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)
    thu = await spring.settler("anh Đào Văn Thứ", "NV", platform, Role.DISTRICT)
    await spring.time_passes(local(2026, 4, 7, 9))
    thu.sees("Kính gửi lãnh đạo quận", "08:00 thứ Hai 06/4")
    await thu.chooses("Xem tổng hợp")
    thu.sees("Tỷ lệ gửi: 0/28")
