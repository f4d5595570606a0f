"""Returning, accepting, extending, closing, and typing a paper report: played by real people on both channels."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain import summary as summaries
from bot.domain.people import Role
from bot.domain.standings import Standing
from storage import sheets
from storage.store import Store
from tests.conversations.reports import WHOLE, choices_of, hoa_of, opens_unit, reported, short_enough, shows
from tests.conversations.window import Window
from tests.people import Actor, Town, local


async def standing(town: Town, code: str) -> Standing:
    """Where a unit stands in the 6-month round."""

    def work(store: Store) -> Standing:
        round_ = next(r for r in store.rounds.all() if r.code == "6T")
        today = town.app.office.day(town.clock.now())
        summary = summaries.summarise(sheets.sheet(store, round_, today), now=town.clock.now(), office=town.app.office)
        return next(one for one in summary.standings if one.unit.code == code)

    return await town.ask(work)


async def returned(town: Town, platform: PlatformName) -> tuple[Actor, Actor]:
    """A report of Phường 5 returned for its questions 2 and 4."""
    hoa = await hoa_of(town, platform)
    lan = await town.settler("chị Trần Thị Lan", "P5", platform)
    await town.time_passes(local(2026, 4, 15, 9))
    await reported(town, "P5", WHOLE)
    lan.forget()
    await opens_unit(hoa, "Phường 5")
    await hoa.chooses("Trả lại")
    shows(hoa, "xem lại câu nào")
    await hoa.says("2, 4")
    shows(hoa, "trả lại câu 2 và 4", "lý do ngắn")
    await hoa.says("Lượt tiếp tăng gấp đôi so với tháng trước")
    shows(hoa, "Tin này gửi tới chị Trần Thị Lan", "“Lượt tiếp tăng gấp đôi so với tháng trước”", "Gửi trả lại")
    lan.sees_nothing_of("xem lại")
    await hoa.chooses("Gửi trả lại")
    shows(hoa, "Đã trả lại", "Đã báo chị Trần Thị Lan")
    return hoa, lan


async def test_only_the_chosen_questions_open_again_and_noi_vu_sees_what_changed(spring: Town, platform: PlatformName) -> None:
    hoa, lan = await returned(spring, platform)
    lan.sees("nhờ chị xem lại câu 2 và 4", "“Lượt tiếp tăng gấp đôi so với tháng trước”", "Các câu khác giữ nguyên")
    lan.forget()
    await lan.says("/tiendo")
    lan.sees("nhờ xem lại (câu 2 và 4)")
    await opens_unit(hoa, "Phường 5")
    shows(hoa, "chờ gửi lại", "Lượt tiếp tăng gấp đôi")

    await lan.chooses("Xem và bổ sung")
    lan.sees("Câu 2/10", "Đang ghi: 40 lượt")
    await lan.says("20")
    lan.sees("Câu 4/10", "Đang ghi: 8 cuộc")
    await lan.chooses("Giữ nguyên")
    lan.sees("Gửi lại")
    await lan.says("sửa câu 5")
    lan.sees("Câu 5 đã được nhận, không thuộc phần cần xem lại")
    assert not any(choice.startswith("Câu 5.") for choice in choices_of(lan))

    hoa.forget()
    await lan.chooses("Gửi lại")
    lan.sees("40 lượt → 20 lượt")
    shows(hoa, "UBND Phường 5 gửi lại", "câu 2. Lượt tiếp công dân: 40 lượt → 20 lượt")
    hoa.sees_nothing_of("câu 4")
    await hoa.chooses("Chấp nhận")
    shows(hoa, "Chấp nhận báo cáo 6 tháng", "sẽ nhận được tin báo")
    lan.forget()
    await hoa.chooses("Chấp nhận và báo đơn vị")
    lan.sees("đã xem và chấp nhận báo cáo 6 tháng")
    found = await standing(spring, "P5")
    assert found.stage is not None and found.stage.value == "accepted"
    short_enough(spring)


async def test_figures_that_were_right_are_sent_again_as_they_were(spring: Town, platform: PlatformName) -> None:
    hoa, lan = await returned(spring, platform)
    await lan.chooses("Xem và bổ sung")
    await lan.chooses("Giữ nguyên")
    await lan.chooses("Giữ nguyên")
    await lan.chooses("Giữ nguyên, gửi lại")
    lan.sees("Gửi lại như cũ?")
    hoa.forget()
    await lan.chooses("Vẫn gửi")
    lan.sees("Số liệu giữ nguyên")
    shows(hoa, "đơn vị giữ nguyên số liệu")
    found = await standing(spring, "P5")
    assert found.stage is not None and found.stage.value == "resent"


@pytest.mark.parametrize("platform", ["telegram"])
def test_an_old_button_cannot_change_a_question_that_was_not_opened(tmp_path: Path, platform: PlatformName) -> None:
    window = Window(tmp_path, platform)
    window.minh.says("/baocao")
    old = window.minh.button("Chưa")
    window.minh.chooses("Đã có")
    window.answered("P5", TCD_LUOT="40", DON_GQ="12/14")
    window.hoa.says("/tonghop")
    window.hoa.chooses("Theo đơn vị")
    window.hoa.chooses("Phường 5")
    window.hoa.chooses("Trả lại")
    window.hoa.says("câu 2")
    window.hoa.says("Nhờ đơn vị kiểm tra")
    window.hoa.chooses("Gửi trả lại")
    window.minh.presses(old)
    window.minh.chooses("Đổi")
    window.minh.sees("không thuộc phần cần xem lại")
    answers = window.ask(lambda store: store.answers.latest(1, window.unit_id(store, "P5")))
    assert answers["KH_DV"].value == "done"


async def test_questions_are_picked_one_by_one_and_a_return_crossing_a_new_sending_is_not_sent(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await hoa_of(spring, platform)
    await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 15, 9))
    await reported(spring, "P5", WHOLE)
    await opens_unit(hoa, "Phường 5")
    await hoa.chooses("Trả lại")
    await hoa.chooses("Tiếp tục")
    shows(hoa, "Chưa chọn câu nào")
    await hoa.chooses("Câu 2.")
    shows(hoa, "Đang chọn: câu 2")
    await hoa.chooses("Câu 3.")
    await hoa.chooses("✓ Câu 2.")
    shows(hoa, "Đang chọn: câu 3.")
    await hoa.chooses("Tiếp tục")
    await hoa.says("Nhờ xem lại số đơn")
    await reported(spring, "P5", {"DON_GQ": "13/14"})
    await hoa.chooses("Gửi trả lại")
    shows(hoa, "vừa có bản gửi mới nên chưa ghi gì")
    found = await standing(spring, "P5")
    assert found.stage is not None and found.stage.value == "sent"


async def test_one_unit_gets_a_later_day_and_its_reminders_follow(spring: Town, platform: PlatformName) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    minh = await spring.settler("anh Lê Văn Minh", "P6", platform)
    await spring.time_passes(local(2026, 4, 29, 9))
    await opens_unit(hoa, "Phường 5")
    await hoa.chooses("Gia hạn")
    await hoa.says("10/5")
    shows(hoa, "ngày nghỉ cuối tuần")
    await hoa.says("11/5")
    shows(hoa, "chậm nhất hết thứ Hai 11/5/2026, tức trước ngày 12/5")
    await hoa.says("Đơn vị đang sắp xếp lại số liệu sau khi chuyển trụ sở")
    lan.forget()
    await hoa.chooses("Gia hạn và báo đơn vị")
    lan.sees("gia hạn báo cáo 6 tháng", "tức trước ngày 12/5", "sau khi chuyển trụ sở")
    await hoa.says("/tonghop")
    shows(hoa, "Gia hạn (1): Phường 5 đến hết thứ Hai 11/5")

    lan.forget()
    minh.forget()
    await spring.time_passes(local(2026, 5, 8, 9))
    minh.sees("chưa nhận được báo cáo 6 tháng")
    lan.sees_nothing_of("chưa nhận được", "ngày cuối", "tới hạn báo cáo 6 tháng của Phường 5: trước ngày 05/5")
    lan.forget()
    await spring.time_passes(local(2026, 5, 11, 8, 45))
    lan.sees("hôm nay thứ Hai 11/5 là ngày cuối")

    await reported(spring, "P5", WHOLE)
    found = await standing(spring, "P5")
    assert (found.in_time, found.in_own_time, found.state.value) == (False, True, "on_time")
    await hoa.says("/tonghop")
    shows(hoa, "đúng hạn 0/28 (0%), tính cả gia hạn 1/28")
    due = await spring.ask(lambda store: {one.due_on for one in store.reminders.of_round(1) if one.rung == "last"})
    assert due == {date(2026, 5, 4), date(2026, 5, 11)}
    short_enough(spring)


async def test_a_round_is_closed_after_a_look_at_who_is_missing_and_opened_again(spring: Town, platform: PlatformName) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    minh = await spring.settler("anh Lê Văn Minh", "P6", platform)
    await spring.time_passes(local(2026, 4, 15, 9))
    await reported(spring, "P5", WHOLE)
    await reported(spring, "P6", {"TCD_LUOT": "12"}, send=False)
    await hoa.says("/chot")
    shows(hoa, "Đã nhận 1/28 đơn vị", "Đang trả lời, chưa gửi (1): Phường 6", "Chưa bắt đầu (26)")
    await hoa.chooses("Chốt kỳ này")
    shows(hoa, "27 đơn vị chưa gửi sẽ được ghi là chưa nhận được")
    minh.forget()
    await hoa.chooses("Xác nhận chốt")
    shows(hoa, "Đã chốt báo cáo 6 tháng")
    await minh.says("/baocao")
    minh.sees("đã chốt", "Phòng Nội vụ quận Gò Vấp")
    await lan.says("sửa câu 2")
    lan.sees("đã chốt")
    minh.forget()
    await spring.time_passes(local(2026, 5, 6, 9))
    minh.sees_nothing_of("tới hạn", "chưa nhận được", "ngày cuối")

    await hoa.says("/chot")
    shows(hoa, "Mở lại")
    await hoa.chooses("Xác nhận mở lại")
    minh.forget()
    await spring.time_passes(local(2026, 5, 6, 10))
    minh.sees_nothing_of("chưa nhận được")
    await minh.says("/baocao")
    minh.sees("Câu 1/10")


async def test_a_paper_report_is_typed_for_a_unit_through_its_own_questions(spring: Town, platform: PlatformName) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 15, 9))
    await hoa.says("/baocao")
    hoa.sees_nothing_of("Câu 1/10")
    await opens_unit(hoa, "Phường 5")
    await hoa.chooses("Nhập thay")
    await hoa.says("45/BC-UBND")
    await hoa.says("14/4")
    shows(hoa, "Nhập thay báo cáo 6 tháng năm 2026 của UBND Phường 5 theo văn bản 45/BC-UBND", "Câu 1/10")
    await hoa.chooses("Đã có")
    await hoa.chooses("Bỏ qua")
    await hoa.says("21")
    lan.forget()
    await hoa.says("xem lại")
    await hoa.chooses("Gửi")
    await hoa.chooses("Vẫn gửi")
    shows(hoa, "Đã ghi nhận văn bản số 45/BC-UBND ngày 14/4/2026", "nhập thay 2/10 câu", "P5-6T-2026")
    lan.sees("đã nhận văn bản số 45/BC-UBND và nhập thay số liệu", "Nhờ chị xem lại")
    await opens_unit(hoa, "Phường 5")
    shows(hoa, "Văn bản: 45/BC-UBND ngày 14/4/2026", "(thay mặt đơn vị)", "Lượt tiếp công dân: 21 lượt")

    def typed(store: Store) -> list[tuple[bool, str]]:
        unit = store.units.by_code("P5")
        assert unit is not None
        latest = store.answers.latest(1, unit.id).values()
        return [(answer.on_behalf, store.people.get(answer.person_id or 0).name) for answer in latest]

    assert set(await spring.ask(typed)) == {(True, "Nguyễn Thị Hoa")}
    assert "Câu 1/10" not in await hoa.says("/baocao"), "the right to answer ended with the sending"
    await lan.says("sửa câu 2")
    await lan.says("25")
    lan.sees("25 lượt")


async def test_nobody_but_the_coordinators_can_correct(spring: Town, platform: PlatformName) -> None:
    await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    head = await spring.settler("ông Phạm Văn Hà", "P5", platform, Role.LEADER)
    for who in (lan, head):
        for command in ("/chot", "/nhac", "/leothang", "/thongbao", "/dondoc"):
            await who.says(command)
            who.sees("không thuộc phần được giao")


async def test_a_report_that_says_nothing_or_copies_the_last_one_is_asked_about_once(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 15, 9))
    empty = dict.fromkeys(WHOLE, "chưa có số") | {"KH_DV": "đã có", "CK_ND": "đủ", "KK": "không"}
    await reported(spring, "P5", empty, send=False)
    await lan.says("/baocao")
    await lan.says("gửi")
    lan.sees("chưa có con số nào lớn hơn 0", "ghi lý do ngắn")
    await lan.says("Kỳ này phường chuyển trụ sở nên chưa tổng hợp")
    lan.sees("Đã ghi lý do", "Báo cáo chưa gửi")
    await lan.chooses("Gửi")
    lan.sees("Đã nhận báo cáo 6 tháng")
    await hoa.says("/tonghop")
    shows(hoa, "Cần xem lại cả báo cáo (1): Phường 5, đủ câu trả lời nhưng không có con số nào lớn hơn 0")
    await opens_unit(hoa, "Phường 5")
    shows(hoa, "Đơn vị giải thích: “Kỳ này phường chuyển trụ sở nên chưa tổng hợp”")
    await lan.says("sửa câu 2")
    await lan.says("40")
    await lan.chooses("Gửi lại")
    lan.sees("Đã nhận bản sửa")
