"""A typed "2" means the question last shown, and only when that is beyond doubt; words are always understood."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from bot.sandbox.faults import Gateway
from tests.people import Actor, Town, local

ASKED_BACK = "Chưa rõ anh/chị trả lời câu nào"


async def at_question_one(town: Town, platform: PlatformName) -> Actor:
    """Chị Lan, shown question 1 on the afternoon of Wednesday 8 April; the next reminder comes on Thursday at 08:30."""
    await town.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)
    lan = await town.settler("chị Trần Thị Lan", "P5", platform)
    await town.time_passes(local(2026, 4, 8, 16))
    await lan.says("/baocao")
    lan.sees("Câu 1/10")
    return lan


async def test_yesterdays_question_is_not_answered_by_a_number_meant_for_todays_reminder(
    spring: Town, platform: PlatformName
) -> None:
    lan = await at_question_one(spring, platform)
    lan.forget()
    await spring.time_passes(local(2026, 4, 9, 8, 35))
    lan.sees("còn 14 ngày làm việc")
    await lan.says("1")
    lan.sees(ASKED_BACK, "Câu 1/10")
    lan.sees_nothing_of("✓")
    await lan.says("1")
    lan.sees("✓ Câu 1", "Đã có")


async def test_words_are_understood_whatever_was_shown_meanwhile(spring: Town, platform: PlatformName) -> None:
    lan = await at_question_one(spring, platform)
    await spring.time_passes(local(2026, 4, 9, 8, 35))
    await lan.says("đã có")
    assert "✓ Câu 1" in lan.screen or ASKED_BACK not in lan.screen
    lan.sees_nothing_of(ASKED_BACK)


async def test_a_number_for_a_question_shown_long_ago_is_asked_back_once(spring: Town, platform: PlatformName) -> None:
    await spring.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 1, 9))
    await lan.says("/baocao")
    await spring.time_passes(local(2026, 4, 2, 9))
    await lan.says("2")
    lan.sees(ASKED_BACK, "Câu 1/10")
    lan.sees_nothing_of("✓")
    await spring.time_passes(timedelta(hours=1))
    await lan.says("2")
    lan.sees("✓ Câu 1", "Đang làm")


async def test_the_same_day_the_number_is_enough(spring: Town, platform: PlatformName) -> None:
    lan = await at_question_one(spring, platform)
    await spring.time_passes(timedelta(hours=6))
    await lan.says("2)")
    lan.sees("✓ Câu 1", "Đang làm")


async def test_a_number_typed_before_the_reminder_arrived_is_not_taken_for_it(spring: Town, platform: PlatformName) -> None:
    await spring.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 9, 8, 29))
    await lan.says("/help")
    await spring.fall_asleep()
    spring.room.say(lan.person, platform, "2")
    spring.clock.move_to(local(2026, 4, 9, 8, 30) + timedelta(seconds=5))
    spring.faults.on(Gateway(), platform=platform, method="getUpdates")  # what they typed is a second late
    lan.forget()
    await spring.wake()
    reminder, answer = [message.text for message in lan.heard[-2:]]
    assert "còn 14 ngày làm việc" in reminder
    assert ASKED_BACK in answer
    snoozed = await spring.ask(lambda store: [s for r in store.rounds.all() for s in store.reminders.snoozes(r.id)])
    assert not snoozed, "nobody chose to be reminded later"


async def test_after_a_restart_the_number_still_means_the_question_last_shown(spring: Town, platform: PlatformName) -> None:
    lan = await at_question_one(spring, platform)
    await spring.fall_asleep()
    await spring.wake()
    await lan.says("2")
    lan.sees("✓ Câu 1", "Đang làm")


async def test_what_is_asked_in_free_words_is_not_answered_by_an_older_list(spring: Town, platform: PlatformName) -> None:
    lan = await at_question_one(spring, platform)
    await lan.says("/toi")
    await lan.chooses("Sửa tên")
    asked = lan.screen
    await lan.says("2")
    assert lan.screen != asked
    lan.sees_nothing_of("số điện thoại mới", "✓")
    await lan.says("chị Trần Thị Lan Anh")
    await lan.says("/toi")
    lan.sees("Trần Thị Lan Anh")
