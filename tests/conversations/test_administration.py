"""Units changed in chat, on both channels: previewed, asked twice, and denominators stay true."""

from __future__ import annotations

from datetime import date

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from storage import sheets
from storage.store import Store
from tests.people import Actor, Town, local


async def coordinator(place: Town, platform: PlatformName) -> Actor:
    return await place.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)


async def wards(place: Town, code: str, on: date) -> int:
    """How many wards a round expects, as seen on a day."""

    def count(store: Store) -> int:
        round_ = next(one for one in store.rounds.all() if one.code == code)
        return sum(row.unit.group == "ward" for row in sheets.sheet(store, round_, on).units)

    return await place.ask(count)


async def merges(who: Actor, closed: str, into: str, last: str) -> None:
    await who.says("/donvi")
    await who.chooses("Sáp nhập")
    await who.says(closed)
    await who.says(into)
    await who.says(last)


async def test_sixteen_wards_become_twelve_and_then_six_and_past_rounds_keep_theirs(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await coordinator(spring, platform)
    await merges(hoa, "Phường 1, Phường 4, p7, Phường 9", "Phường 3, Phường 8", "30/6/2026")
    hoa.sees("UBND Phường 1", "Tiếp nhận: UBND Phường 3", "báo cáo 6 tháng năm 2026: vẫn 28 đơn vị (16 phường)")
    hoa.sees("báo cáo năm 2026: 28 → 24 đơn vị (phường 16 → 12)")
    assert await wards(spring, "N", date(2026, 7, 1)) == 16, "nothing is written before it is confirmed"
    await hoa.chooses("Ghi thay đổi")
    hoa.sees("Đã ghi thay đổi")
    await merges(hoa, "Phường 3, Phường 5, Phường 6, Phường 8, Phường 10, Phường 11", "Phường 17", "30/9/2026")
    await hoa.chooses("Ghi thay đổi")

    assert await wards(spring, "N", date(2026, 6, 30)) == 16
    assert await wards(spring, "N", date(2026, 7, 1)) == 12
    assert await wards(spring, "N", date(2026, 10, 1)) == 6
    assert await wards(spring, "6T", date(2026, 10, 1)) == 16, "the round was over by then"
    p1 = await spring.ask(lambda store: store.units.by_code("P1"))
    assert p1 is not None and p1.successors == ("P3", "P8")
    await hoa.says("/donvi Phường 1")
    hoa.sees("Hoạt động đến hết thứ Ba 30/6/2026", "UBND Phường 3")


async def test_a_closed_unit_is_not_reminded_any_more(spring: Town, platform: PlatformName) -> None:
    hoa = await coordinator(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    minh = await spring.settler("anh Trần Văn Minh", "P6", platform)
    await merges(hoa, "Phường 5", "Phường 6", "31/3/2026")
    await hoa.chooses("Ghi thay đổi")
    await spring.time_passes(local(2026, 3, 31, 9))
    lan.sees("Kính gửi")
    lan.forget()
    await spring.time_passes(local(2026, 5, 5, 9))
    assert lan.unread == []
    minh.sees("là ngày cuối nhận")


async def test_a_new_ward_is_added_and_expected_from_its_day(spring: Town, platform: PlatformName) -> None:
    hoa = await coordinator(spring, platform)
    await hoa.says("/donvi")
    hoa.sees("28 đơn vị đang hoạt động, trong đó 16 phường")
    await hoa.chooses("Thêm đơn vị")
    await hoa.says("UBND Phường 5")
    hoa.sees("trùng với UBND Phường 5")
    await hoa.says("UBND phường Hạnh Thông")
    await hoa.chooses("Phường")
    await hoa.chooses(await first_set(spring))
    await hoa.says("1/7/2026")
    hoa.sees("“Phường Hạnh Thông”, mã HT", "báo cáo năm 2026: 28 → 29 đơn vị (phường 16 → 17)")
    await hoa.chooses("Ghi thay đổi")
    assert await wards(spring, "N", date(2026, 6, 30)) == 16
    assert await wards(spring, "N", date(2026, 7, 1)) == 17
    await hoa.says("/donvi Hạnh Thông")
    hoa.sees("UBND phường Hạnh Thông", "Có từ thứ Tư 01/7/2026")


async def first_set(place: Town) -> str:
    """The question set of the wards, as it is called."""

    def title(store: Store) -> str:
        unit = store.units.by_code("P5")
        assert unit is not None
        return next(iter(store.plans.latest().values())).question_set(unit.questions).title

    return (await place.ask(title))[:60]


async def test_a_renamed_unit_is_the_same_unit_and_its_old_name_still_finds_it(spring: Town, platform: PlatformName) -> None:
    hoa = await coordinator(spring, platform)
    before = await spring.ask(lambda store: store.units.by_code("P5"))
    await hoa.says("/donvi Phường 5")
    await hoa.chooses("Đổi tên")
    await hoa.says("UBND phường An Nhơn")
    hoa.sees("UBND Phường 5 → UBND phường An Nhơn", "tên cũ vẫn gõ được")
    await hoa.chooses("Không ghi")
    assert await spring.ask(lambda store: store.units.by_code("P5")) == before
    await hoa.says("/donvi Phường 5")
    await hoa.chooses("Đổi tên")
    await hoa.says("UBND phường An Nhơn")
    await hoa.chooses("Ghi thay đổi")
    await hoa.says("/nguoi Phường 5")
    hoa.sees("UBND phường An Nhơn")


async def test_a_round_that_is_over_cannot_lose_a_unit(spring: Town, platform: PlatformName) -> None:
    hoa = await coordinator(spring, platform)
    await spring.time_passes(local(2026, 5, 20, 9))
    await merges(hoa, "Phường 1", "Phường 3", "30/4/2026")
    hoa.sees("đã qua", "giữ nguyên đơn vị")
    await hoa.says("15/5/2026")
    hoa.sees("Ghi thay đổi?")
    await hoa.says("/donvi Phòng Nội vụ")
    await hoa.chooses("Đóng đơn vị")
    hoa.sees("nơi nhận báo cáo")


async def test_an_officer_cannot_change_units(spring: Town, platform: PlatformName) -> None:
    await coordinator(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    for command in ("/donvi",):
        await lan.says(command)
        lan.sees("không thuộc phần được giao")
