"""The main job, end to end on the real plan: register, be reminded, answer, be summarised; on both channels."""

from __future__ import annotations

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from tests.people import Actor, Town, local

WARD_ANSWERS = (
    ("Đã có", "Bỏ qua"),
    ("1.250 lượt",),
    ("12/14",),
    ("khoảng 8",),
    ("14",),
    ("35 m2", "3"),
    ("5",),
    ("850/1.000",),
    ("Đủ",),
)
TAPPED = {"Đã có", "Bỏ qua", "Đủ", "Không", "Đúng, giữ số này"}


async def answer_all(who: Actor, difficulty: str = "Không") -> None:
    """Ten ward answers, the way an officer types them, up to the review."""
    for answers in (*WARD_ANSWERS, (difficulty,)):
        for answer in answers:
            await (who.chooses(answer) if answer in TAPPED else who.says(answer))
            if "ngoài mức thường gặp" in who.screen:
                await who.chooses("Đúng, giữ số này")


async def test_a_ward_officer_registers_is_reminded_and_answers_and_noi_vu_sees_it(
    spring: Town, platform: PlatformName
) -> None:
    hoa = await spring.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    minh = await spring.settler("anh Lê Văn Minh", "QLDT", platform)

    await spring.time_passes(local(2026, 3, 31, 9))
    lan.sees("Kính gửi chị Trần Thị Lan, UBND Phường 5", "trước ngày 05/5 (chậm nhất hết thứ Hai 04/5)", "10 câu ngắn")
    minh.sees("Kính gửi anh Lê Văn Minh", "Mục IV.2.đ", "7 câu ngắn")
    hoa.sees_nothing_of("Kính gửi")

    await lan.chooses("Bắt đầu")
    lan.sees("Câu 1/10")
    await answer_all(lan)
    lan.sees("1.250 lượt", "12/14 đơn", "ước 8 cuộc", "35 m²", "850/1.000 hồ sơ")
    assert "Đã gửi 0/" in await hoa.says("/tonghop"), "only what was sent counts"

    await lan.chooses("Gửi")
    lan.sees("P5-6T-2026", "10/10 câu")
    minh.forget()
    await hoa.says("/tonghop")
    hoa.sees("1/16 phường")
    hoa.sees("Phường 5")

    lan.forget()
    await spring.time_passes(local(2026, 5, 12, 9))
    lan.sees_nothing_of("tới hạn", "chưa nhận được")
    minh.sees("còn 14 ngày làm việc", "còn 1 ngày làm việc", "là ngày cuối nhận", "chưa nhận được báo cáo 6 tháng")


async def test_a_killed_bot_goes_on_at_the_same_question(spring: Town, platform: PlatformName) -> None:
    await spring.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 3, 31, 9))
    await lan.chooses("Bắt đầu")
    await lan.chooses("Đã có")
    await lan.chooses("Bỏ qua")
    lan.sees("Câu 2/10")

    await spring.fall_asleep()
    await spring.wake()

    await lan.says("21")
    lan.sees("✓ Câu 2", "21 lượt", "Câu 3/10")


async def test_a_stranger_gets_one_polite_answer_and_then_silence(spring: Town, platform: PlatformName) -> None:
    stranger = spring.actor("Người lạ", platform)
    first = await stranger.says("Xin chào")
    assert first
    assert await stranger.says("/tonghop") == first
    assert await stranger.says("P5") == first
    assert await stranger.says("có ai không") == ""
