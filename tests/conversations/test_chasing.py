"""Reminding now, telling many, and telling somebody above the officer: shown first, approved, never twice."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from storage.store import Store
from tests.conversations.reports import WHOLE, hoa_of, look_away, opens_unit, reported, short_enough, shows
from tests.people import Town, local


async def test_those_who_have_not_begun_are_reminded_now_after_a_look_at_the_words(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    minh = await spring.settler("anh Lê Văn Minh", "P6", platform)
    tuan = await spring.settler("anh Vũ Anh Tuấn", "P7", platform)
    await spring.time_passes(local(2026, 4, 15, 10))
    await reported(spring, "P5", WHOLE)
    await reported(spring, "P6", {"TCD_LUOT": "12"}, send=False)
    look_away(lan, minh, tuan)

    await hoa.says("/nhac")
    shows(hoa, "Nhắc đơn vị nào", "Chưa bắt đầu (26)", "Đang làm dở (1)")
    await hoa.chooses("Chưa bắt đầu")
    shows(hoa, "Gửi 1 tin tới: anh Tuấn (Phường 7).", "chưa có đầu mối nhận tin", "Anh Tuấn, còn 10 ngày làm việc")
    tuan.sees_nothing_of("còn")
    await hoa.chooses("Gửi 1 tin")
    shows(hoa, "Đã xếp gửi 1 tin: Phường 7.")
    tuan.sees("Anh Tuấn, còn 10 ngày làm việc tới hạn báo cáo 6 tháng của Phường 7")
    assert not lan.unread
    assert not minh.unread

    tuan.forget()
    await hoa.says("/nhac")
    await hoa.chooses("Chọn đơn vị")
    await hoa.says("phường 7, phường 6")
    shows(hoa, "Gửi 1 tin tới: anh Minh (Phường 6).", "Không gửi Phường 7: đã nhắc trong buổi này.")
    await hoa.chooses("Gửi 1 tin")
    minh.sees("đã trả lời 1/10 câu")
    assert not tuan.unread

    await spring.time_passes(local(2026, 4, 15, 13, 30))
    await opens_unit(hoa, "Phường 7")
    await hoa.chooses("Nhắc ngay")
    await hoa.chooses("Gửi 1 tin")
    tuan.sees("còn 10 ngày làm việc")
    short_enough(spring)


async def test_a_reminder_asked_for_at_night_waits_for_the_morning_and_is_dropped_when_the_report_comes_first(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.settler("anh Lê Văn Minh", "P6", platform)
    await spring.time_passes(local(2026, 4, 15, 20))
    lan.forget()
    await hoa.says("/nhac")
    await hoa.chooses("Chưa bắt đầu")
    await hoa.chooses("Gửi 2 tin")
    shows(hoa, "Tin sẽ đi lúc 07:30 thứ Năm 16/4/2026")
    assert not lan.unread
    await reported(spring, "P5", WHOLE)
    await spring.time_passes(local(2026, 4, 16, 8))
    assert not lan.unread
    minh = spring.actor("anh Lê Văn Minh", platform)
    minh.sees("tới hạn báo cáo 6 tháng")
    await hoa.says("/dondoc Phường 5")
    shows(hoa, "Phòng nhắc ngay", "không còn cần gửi")


async def test_a_broadcast_is_confirmed_by_typing_and_can_be_taken_back_for_a_minute(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    minh = await spring.settler("anh Lê Văn Minh", "QLDT", platform)
    await spring.time_passes(local(2026, 4, 15, 10))
    look_away(lan, minh)
    await hoa.says("/thongbao")
    shows(hoa, "Tất cả đơn vị (28)", "Phường (16)")
    await hoa.chooses("Tất cả đơn vị")
    await hoa.says("Hội nghị giao ban chuyển sang 14 giờ thứ Sáu 17/4.")
    shows(hoa, "gửi 2 người", "Phòng Nội vụ quận Gò Vấp thông báo:", "gõ đúng: GỬI 2")
    await hoa.says("gui 20")
    shows(hoa, "Chưa gửi")
    await hoa.says("gửi 2")
    shows(hoa, "sẽ đi sau 60 giây")
    await hoa.chooses("Hủy gửi")
    shows(hoa, "Đã hủy; không có tin nào trong 2 tin được gửi đi")
    await spring.time_passes(timedelta(minutes=5))
    assert not lan.unread
    assert not minh.unread

    await hoa.says("/thongbao")
    await hoa.chooses("Phường")
    await hoa.says("Mẫu báo cáo quý gửi kèm văn bản 12.")
    await hoa.says("GỬI 1")
    await spring.time_passes(timedelta(seconds=61))
    lan.sees("Mẫu báo cáo quý gửi kèm văn bản 12.")
    assert not minh.unread
    await hoa.chooses("Hủy gửi")
    shows(hoa, "không hủy được nữa")
    hoa.forget()
    await lan.chooses("Trả lời")
    await lan.says("Phường gửi bản giấy được không ạ?")
    lan.sees("Đã chuyển tới Phòng Nội vụ")
    hoa.sees("Phường 5, chị Trần Thị Lan trả lời thông báo", "Phường gửi bản giấy được không ạ?")
    await hoa.says("/thongbao")
    await hoa.chooses("Các thông báo đã gửi")
    shows(hoa, "Đã tới 1 người, đã đọc 1.", "Phường gửi bản giấy được không ạ?")
    short_enough(spring)


async def test_there_are_only_so_many_broadcasts_a_day(spring: Town, platform: PlatformName) -> None:
    hoa = await hoa_of(spring, platform)
    await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 15, 10))
    for number in range(3):
        await hoa.says("/thongbao")
        await hoa.chooses("Tất cả đơn vị")
        await hoa.says(f"Thông báo thứ {number + 1}")
        await hoa.says("GỬI 1")
        await spring.time_passes(timedelta(minutes=31))
    await hoa.says("/thongbao")
    shows(hoa, "Hôm nay đã gửi 3 thông báo")


async def test_an_overdue_report_goes_to_the_deputy_then_the_leader_only_when_approved(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    mai = await spring.settler("chị Đỗ Thị Mai", "P5", platform, Role.DEPUTY)
    ha = await spring.settler("ông Phạm Văn Hà", "P5", platform, Role.LEADER)
    await spring.time_passes(local(2026, 5, 6, 10))
    await hoa.says("/leothang")
    shows(hoa, "không có đơn vị nào quá hạn từ 3 ngày làm việc")
    await spring.time_passes(local(2026, 5, 8, 10))
    look_away(lan, mai, ha)
    await hoa.says("/leothang")
    shows(hoa, "Phường 5: quá hạn 4 ngày làm việc; đã nhắn đầu mối hôm qua; bước tiếp: đầu mối dự phòng chị Đỗ Thị Mai")
    await hoa.chooses("Phường 5: đầu mối dự phòng")
    shows(hoa, "Tin gửi riêng chị Đỗ Thị Mai", "Kính gửi chị Đỗ Thị Mai")
    assert not mai.unread
    await hoa.chooses("Duyệt gửi")
    mai.sees("Kính gửi chị Đỗ Thị Mai, đầu mối dự phòng của UBND Phường 5", "chưa nhận được báo cáo 6 tháng")
    assert not ha.unread
    assert not lan.unread
    await hoa.says("/leothang")
    shows(hoa, "hôm nay đã nhắn")

    await spring.time_passes(local(2026, 5, 11, 10))
    await hoa.says("/leothang")
    await hoa.chooses("Phường 5: lãnh đạo")
    await hoa.chooses("Duyệt gửi")
    ha.sees(
        "Kính gửi đồng chí Phạm Văn Hà, lãnh đạo UBND Phường 5. Đến hết thứ Sáu 08/5/2026",
        "hạn: trước ngày 05/5, chậm nhất hết thứ Hai 04/5",
        "Kính đề nghị đồng chí quan tâm chỉ đạo bộ phận phụ trách gửi trước 11 giờ thứ Ba 12/5",
    )
    for word in ("vi phạm", "chậm trễ", "phê bình", "bắt buộc", "chưa nộp"):
        ha.sees_nothing_of(word)
    await spring.time_passes(local(2026, 5, 12, 10))
    await hoa.says("/leothang")
    shows(hoa, "không còn bước nào")

    def told(store: Store) -> list[str]:
        return [one.rung for one in store.reminders.of_round(1) if one.rung.startswith("escalate")]

    assert await spring.ask(told) == ["escalate:deputy", "escalate:leader"]
    await hoa.says("/dondoc Phường 5")
    shows(hoa, "Báo lãnh đạo (chị Nguyễn Thị Hoa đề nghị) tới Phạm Văn Hà")
    short_enough(spring)


async def test_a_returned_report_that_does_not_come_back_can_be_asked_for(spring: Town, platform: PlatformName) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 15, 10))
    await reported(spring, "P5", WHOLE)
    await opens_unit(hoa, "Phường 5")
    await hoa.chooses("Trả lại")
    await hoa.chooses("Cả báo cáo")
    await hoa.says("Nhờ rà lại toàn bộ số liệu")
    await hoa.chooses("Gửi trả lại")
    await spring.time_passes(local(2026, 4, 16, 10))
    lan.forget()
    await hoa.says("/nhac")
    await hoa.chooses("Chờ gửi lại (1)")
    await hoa.chooses("Gửi 1 tin")
    lan.sees("đang chờ bản xem lại của báo cáo 6 tháng", "Nhờ rà lại toàn bộ số liệu")
