"""Being away: the stand-in hears the reminders, nobody's absence is called silence."""

from __future__ import annotations

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from storage.reminders import ReminderState
from storage.store import Store
from tests.conversations.reports import hoa_of, look_away, opens_unit, short_enough, shows
from tests.people import Town, local


async def test_while_an_officer_is_away_the_stand_in_is_reminded(spring: Town, platform: PlatformName) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    mai = await spring.settler("chị Đỗ Thị Mai", "P5", platform, Role.DEPUTY)
    await spring.time_passes(local(2026, 4, 20, 10))
    look_away(mai, hoa)
    await lan.says("/vangmat")
    lan.sees("từ ngày nào")
    await lan.says("22/4 đến 30/4")
    lan.sees("Ai nhận tin thay")
    await lan.chooses("chị Đỗ Thị Mai")
    lan.sees("từ thứ Tư 22/4 đến hết thứ Năm 30/4/2026; chị Đỗ Thị Mai nhận tin thay. Ghi nhận?")
    assert not mai.unread
    await lan.chooses("Ghi nhận")
    mai.sees("chị Trần Thị Lan vắng mặt", "trả lời thay cho UBND Phường 5")
    hoa.sees("Chị Trần Thị Lan (Phường 5) báo vắng mặt")

    look_away(lan, mai)
    await spring.time_passes(local(2026, 4, 24, 10))
    mai.sees("tới hạn báo cáo 6 tháng của Phường 5")
    assert not lan.unread
    await hoa.says("/tonghop")
    shows(hoa, "Vắng mặt (1): Phường 5 (chị Trần Thị Lan, đến hết thứ Năm 30/4, có người thay)")

    await lan.says("/vangmat")
    await lan.chooses("Đã có mặt lại")
    lan.sees("có mặt")
    look_away(lan, mai)
    await spring.time_passes(local(2026, 5, 5, 10))
    lan.sees("Chị Lan")
    assert not mai.unread
    short_enough(spring)


async def test_noi_vu_notes_an_absence_and_without_a_stand_in_it_is_absence_not_silence(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.settler("ông Phạm Văn Hà", "P5", platform, Role.LEADER)
    await spring.time_passes(local(2026, 4, 28, 10))
    lan.forget()
    await hoa.says("/vangmat Phường 5")
    await hoa.chooses("Ngày mai")
    await hoa.says("15/5")
    shows(hoa, "chưa có đầu mối dự phòng", "Ghi nhận vắng mặt?")
    await hoa.chooses("Ghi nhận")
    lan.sees("ghi nhận chị vắng mặt từ thứ Tư 29/4 đến hết thứ Sáu 15/5/2026")
    lan.forget()
    await spring.time_passes(local(2026, 5, 8, 10))
    assert not lan.unread

    def states(store: Store) -> set[ReminderState]:
        unit = store.units.by_code("P5")
        assert unit is not None
        return {one.state for one in store.reminders.of_round(1) if one.unit_id == unit.id and one.rung in ("last", "after:3w")}

    assert await spring.ask(states) == {ReminderState.ABSENT}
    await hoa.says("/leothang")
    shows(hoa, "vắng mặt đến hết thứ Sáu 15/5, chưa có người thay; không tính là chưa trả lời")
    await hoa.says("/dondoc Phường 5")
    shows(hoa, "đầu mối vắng mặt, chưa có người thay")
    await opens_unit(hoa, "Phường 5")
    shows(hoa, "Vắng mặt: Phường 5 (chị Trần Thị Lan")
    await hoa.says("/nhac")
    await hoa.chooses("Chọn đơn vị")
    await hoa.says("phường 5")
    await hoa.chooses("Tiếp tục")
    shows(hoa, "Không có tin nào để gửi", "đầu mối vắng mặt, chưa có người thay")


async def test_days_that_cannot_be_are_asked_back(spring: Town, platform: PlatformName) -> None:
    await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 20, 10))
    await lan.says("/vangmat")
    await lan.says("24/4 - 22/4")
    lan.sees("Ngày cuối đang trước ngày đầu")
    await lan.says("hôm nào đó")
    lan.sees("từ ngày nào")
    await lan.chooses("Hôm nay")
    await lan.says("30/12/2026")
    lan.sees("Vắng quá sáu tháng")
    await lan.chooses("Thôi")
    lan.sees("chưa có gì thay đổi")
