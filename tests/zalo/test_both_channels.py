"""One person on both channels, two people of one unit on one channel each: every reminder is said once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from bot.sandbox.faults import Gateway
from scheduler.delivery import REPEAT_AFTER
from tests.people import Actor, Town, local

ANNOUNCED = local(2026, 3, 31, 9)


async def coordinator(town: Town) -> Actor:
    return await town.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)


def other(platform: PlatformName) -> PlatformName:
    return "zalo" if platform == "telegram" else "telegram"


async def bound(who: Actor) -> Actor:
    """The same person's second channel, added with a code from the first."""
    second = who.town.actor(who.name, other(who.platform))
    await who.says("/kenh")
    await who.chooses("Thêm kênh")
    code = who.unread[-1].text
    await second.opens(code)
    second.sees("Đã thêm", "Từ nay có thể trả lời ở cả hai kênh")
    who.forget()
    second.forget()
    return second


async def on_both(town: Town, platform: PlatformName) -> tuple[Actor, Actor]:
    """Chị Lan, on her first channel (which she prefers) and on the second."""
    await coordinator(town)
    lan = await town.settler("chị Trần Thị Lan", "P5", platform)
    return lan, await bound(lan)


def reminded(who: Actor) -> int:
    return sum("Kính gửi chị" in message.text for message in who.heard)


async def test_a_second_channel_is_added_by_a_code_from_the_first_and_the_first_hears_of_it(
    spring: Town, platform: PlatformName
) -> None:
    await coordinator(spring)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await lan.says("/kenh")
    await lan.chooses("Thêm kênh")
    code = lan.unread[-1].text
    lan.forget()
    thief, second = spring.actor("Kẻ gian", other(platform)), spring.actor(lan.name, other(platform))
    await thief.opens(code[:-1] + ("a" if code[-1] != "a" else "b"))
    thief.sees("không dùng được")
    await second.opens(code)
    second.sees("Đã thêm")
    lan.sees("vừa thêm", "Nếu không phải chị làm")
    again = await thief.opens(code)
    assert "không dùng được" in again, "a code works once"


async def test_who_has_both_channels_is_reminded_on_the_preferred_one_only(spring: Town, platform: PlatformName) -> None:
    first, second = await on_both(spring, platform)
    await spring.time_passes(ANNOUNCED)
    assert (reminded(first), reminded(second)) == (1, 0)

    await second.says("/kenh")
    await second.chooses("Nhận tin qua")
    await spring.time_passes(local(2026, 4, 14, 9))
    assert "còn 14 ngày làm việc" in second.screen
    assert (reminded(first), "còn 14 ngày" in first.screen) == (1, False)


async def test_it_falls_back_to_the_other_when_the_first_is_blocked_and_comes_back(
    spring: Town, platform: PlatformName
) -> None:
    first, second = await on_both(spring, platform)
    spring.room.block(first.person, first.platform)
    await spring.time_passes(ANNOUNCED)
    assert (reminded(first), reminded(second)) == (0, 1)
    await second.chooses("Bắt đầu")
    second.sees("Câu 1/10")

    spring.room.unblock(first.person, first.platform)
    await first.says("chào")
    await spring.time_passes(local(2026, 4, 14, 9))
    assert sum("còn 14 ngày làm việc" in message.text for message in (*first.heard, *second.heard)) == 1


async def test_what_may_have_arrived_never_changes_the_channel(spring: Town, platform: PlatformName) -> None:
    """Decided: after an uncertain first copy a double on the other channel is worse than a human looking at it; what comes
    next goes by the other channel anyway."""
    first, second = await on_both(spring, platform)
    await spring.time_passes(ANNOUNCED - timedelta(hours=1))
    spring.faults.on(Gateway(), platform=platform, method="sendMessage")
    await spring.time_jumps(ANNOUNCED)
    assert (reminded(first), reminded(second)) == (0, 0)
    spring.room.block(first.person, first.platform)
    await spring.time_jumps(ANNOUNCED + REPEAT_AFTER + timedelta(seconds=5))
    assert (reminded(first), reminded(second)) == (0, 0)
    counts = await spring.ask(lambda store: store.outbox.counts())
    assert counts.get("held") == 1, counts

    await spring.time_passes(local(2026, 4, 14, 9))
    second.sees("còn 14 ngày làm việc")


async def test_what_may_have_arrived_is_repeated_where_it_was_said_and_marked(spring: Town, platform: PlatformName) -> None:
    first, second = await on_both(spring, platform)
    await spring.time_passes(ANNOUNCED - timedelta(hours=1))
    spring.faults.on(Gateway(), platform=platform, method="sendMessage")
    await spring.time_jumps(ANNOUNCED)
    await spring.time_jumps(ANNOUNCED + REPEAT_AFTER + timedelta(seconds=5))
    assert (reminded(first), reminded(second)) == (1, 0)
    assert first.unread[-1].text.startswith("(Gửi lại")


async def test_two_officers_of_one_unit_one_on_each_channel_never_get_a_doubled_reminder(
    spring: Town, platform: PlatformName
) -> None:
    await coordinator(spring)
    focal = await spring.settler("chị Trần Thị Lan", "P5", platform)
    deputy = await spring.settler("anh Lê Văn Minh", "P5", other(platform), Role.DEPUTY)
    await spring.time_passes(ANNOUNCED)
    assert "Kính gửi chị" in focal.screen
    assert not deputy.unread
    await spring.time_passes(local(2026, 4, 14, 9))
    assert "còn 14 ngày làm việc" in focal.screen
    assert not any("còn 14 ngày" in message.text for message in deputy.heard)

    # The deputy answers on the other channel: the focal person is not reminded any more either.
    await deputy.says("/baocao")
    deputy.sees("Câu 1/10")


async def test_the_deputy_is_told_instead_once_the_focal_person_cannot_be_reached(spring: Town, platform: PlatformName) -> None:
    await coordinator(spring)
    focal = await spring.settler("chị Trần Thị Lan", "P5", platform)
    deputy = await spring.settler("anh Lê Văn Minh", "P5", other(platform), Role.DEPUTY)
    spring.room.block(focal.person, focal.platform)
    await spring.time_passes(ANNOUNCED)
    assert sum("6 tháng" in message.text for message in deputy.unread) == 1
    assert not focal.unread


async def test_another_account_takes_the_place_of_a_lost_one_by_a_code_from_the_other_channel(
    spring: Town, platform: PlatformName
) -> None:
    first, second = await on_both(spring, platform)
    new = spring.actor("chị Lan máy mới", second.platform)
    await first.says("/kenh")
    await first.chooses("Đổi tài khoản")
    first.sees("từ tài khoản mới")
    code = first.unread[-1].text
    await new.opens(code)
    new.sees("tài khoản cũ không còn dùng được")

    await new.says("/kenh")
    await new.chooses("Nhận tin qua")
    second.forget()
    await spring.time_passes(ANNOUNCED)
    assert (reminded(first), reminded(second), reminded(new)) == (0, 0, 1)
    assert "dành cho cán bộ được mời" in await second.says("/tiendo"), "the old account is a stranger's now"


async def test_a_code_cannot_take_away_the_channel_it_was_made_in(spring: Town, platform: PlatformName) -> None:
    await coordinator(spring)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await lan.says("/kenh")
    await lan.chooses("Thêm kênh")
    code = lan.unread[-1].text
    thief = spring.actor("Kẻ gian", platform)
    await thief.opens(code)
    thief.sees("không dùng được")
    assert "Chị Lan đang dùng" in await lan.says("/kenh")


@pytest.mark.parametrize("said", ["/tonghop", "tiến độ", "Phường 5 đã gửi chưa?"])
async def test_in_a_group_the_bot_answers_only_when_mentioned_and_shows_nobodys_figures(
    spring: Town, platform: PlatformName, said: str
) -> None:
    hoa = await spring.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    group = spring.room.add_group(platform, "Nhóm Nội vụ", [hoa.person, lan.person])
    await spring.settle()

    def spoken() -> list[str]:
        return [m.text for m in spring.room.memory.history[group.platform, group.id].values() if m.sender == "bot"]

    spring.room.say(hoa.person, platform, "Chào cả nhà, tình hình thế nào?", in_group=group)
    await spring.settle()
    assert spoken() == []

    name = spring.room.bot_username if platform == "telegram" else spring.room.bot_name
    for _ in range(5):
        spring.room.say(hoa.person, platform, f"@{name} {said}", in_group=group)
        await spring.settle()
    answers = spoken()
    assert 1 <= len(answers) <= 3, "a few times a day, then silence"
    assert set(answers) == {"Số liệu của từng đơn vị chỉ trao đổi trong tin nhắn riêng. Nhờ anh/chị nhắn riêng cho kênh này."}
    hoa.forget()
    assert not hoa.unread
