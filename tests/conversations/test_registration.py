"""Who is who, played on both platforms: inviting, registering, confirming, handing over, channels, one's own details."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.people import Actor as Known
from bot.domain.people import Person, Role, Seat
from bot.views import registration as views
from tests.conversations.desk import Actor, Desk, local, town

TUESDAY = local(2023, 3, 21, 8, 0)
LAN, MINH, HOA, HA = "chị Nguyễn Thị Lan", "anh Lê Văn Minh", "chị Phạm Thị Hoa", "anh Trần Văn Hà"
LAN_PHONE, CODE = "0903 123 456", re.compile(r"(?m)^[a-z2-7]{26}$")


@pytest.fixture(params=["telegram", "zalo"])
def platform(request: pytest.FixtureRequest) -> PlatformName:
    return request.param


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Desk]:
    async with town(tmp_path, TUESDAY) as found:
        yield found
        for actor in found.people.values():  # the tone guide holds for whatever was said in any test
            for message in actor.heard:
                assert "!" not in message.text
                assert not re.search(r"(?i:\b(?:bạn|mình|bot)\b)|\bAI\b", message.text), message.text
                assert len(message.text) <= (1300 if "/tonghop:" in message.text else 1000)  # /help names every command


@pytest.fixture
async def hoa(place: Desk, platform: PlatformName) -> Actor:
    """Chị Hoa of Phòng Nội vụ, the first coordinator."""
    return await place.settler(HOA, "NV", platform, Role.COORDINATOR)


def code_in(screen: str) -> str:
    found = CODE.search(screen)
    assert found is not None, f"no code alone on a line in:\n{screen}"
    return found[0]


# Registering


async def test_an_officer_registers_from_the_forwarded_invite_and_is_told_both_dates(place, hoa, platform):
    await hoa.says("/moi Phường 5")
    invitation = hoa.unread[-1].text
    assert invitation.startswith("Kính gửi UBND Phường 5. Phòng Nội vụ quận Gò Vấp mở kênh nhắc hạn")
    assert "Kế hoạch 847/KH-UBND ngày 10/3/2023" in invitation
    assert len(invitation) <= 500
    code = code_in(invitation)
    assert "https://t.me/" in invitation and f"?start={code}" in invitation

    lan = place.actor(LAN, platform)
    await lan.opens(code)
    lan.sees("vai trò đầu mối của UBND Phường 5", "họ và tên")
    await lan.says("dạ em là chị nguyễn thị lan ạ")
    lan.sees("Cảm ơn chị Lan", "số điện thoại")
    hoa.forget()
    await lan.says("+84 903.123.456")
    lan.sees(f"UBND Phường 5 – đầu mối – chị Nguyễn Thị Lan – {LAN_PHONE}")
    assert not hoa.unread
    await lan.chooses("Đúng")
    lan.sees("Đã chuyển đăng ký", "Khi được xác nhận sẽ có tin tại đây")

    hoa.sees(
        f"Đề nghị xác nhận: chị Nguyễn Thị Lan ({LAN_PHONE}, {platform.capitalize()})",
        "đăng ký vai trò đầu mối của UBND Phường 5.",
    )
    lan.forget()
    await hoa.chooses("Xác nhận")
    hoa.sees("Đã xác nhận chị Nguyễn Thị Lan làm đầu mối của UBND Phường 5.")
    lan.sees(
        "Cảm ơn chị Lan. Đã ghi nhận chị là đầu mối của UBND Phường 5.",
        "6 tháng trước ngày 05/5 (chậm nhất hết thứ Năm 04/5) và năm trước ngày 05/11 (chậm nhất hết thứ Bảy 04/11)",
        "nhắc trước 14, 7, 3 và 1 ngày làm việc",
        "gõ “đổi”",
        "gõ “khó khăn”",
    )
    assert len(lan.unread) == 1
    assert len(lan.unread[0].text) <= 500


async def test_a_past_or_closed_round_is_not_announced(place, hoa, platform):
    await place.time_passes(local(2023, 6, 6, 9))
    lan = await place.settler(LAN, "P5", platform)
    said = lan.heard[-1].text
    assert "Kỳ báo cáo gửi Phòng Nội vụ quận Gò Vấp: năm trước ngày 05/11" in said
    assert "05/5" not in said


async def test_everything_can_be_corrected_before_it_is_sent(place, hoa, platform):
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    for nonsense in ("12345", "Lan", "không biết làm sao"):
        await lan.says(nonsense)
        lan.sees("Chưa đọc được họ tên")
    await lan.says("Nguyễn Thị Lam")
    lan.sees("Cảm ơn anh/chị Lam")  # nobody's form of address is guessed
    await lan.says("chưa nhớ số")
    lan.sees("Chưa đọc được số điện thoại")
    await lan.chooses("Bỏ qua")
    lan.sees("Nguyễn Thị Lam – không ghi số điện thoại")
    await lan.chooses("Sửa tên")
    await lan.says(LAN)
    lan.sees("chị Nguyễn Thị Lan – không ghi số điện thoại")
    await lan.chooses("Sửa số")
    await lan.says("0903123456")
    lan.sees(f"chị Nguyễn Thị Lan – {LAN_PHONE}")
    hoa.forget()
    await lan.says("đúng rồi ạ")
    hoa.sees(f"chị Nguyễn Thị Lan ({LAN_PHONE}")


async def test_a_number_typed_at_the_check_is_the_telephone(place, hoa, platform):
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    await lan.says(LAN)
    await lan.says("không có")
    lan.sees("không ghi số điện thoại")
    await lan.says("0903.123.456")
    lan.sees(f"chị Nguyễn Thị Lan – {LAN_PHONE}")


async def test_whatever_else_is_said_while_registering_its_question_is_asked_again(place, hoa, platform):
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    for words in ("/help", "giúp", "/tonghop", "/abc", "/start"):
        await lan.says(words)
        lan.sees("mời anh/chị đăng ký vai trò đầu mối của UBND Phường 5", "họ và tên")
    await lan.says(LAN)
    await lan.says("/trogiup")
    lan.sees("số điện thoại", "Bỏ qua")
    await lan.chooses("Bỏ qua")
    await lan.says("/baocao")
    lan.sees("xem lại thông tin đăng ký", "chị Nguyễn Thị Lan")
    await lan.chooses("Đúng")
    lan.sees("Đã chuyển đăng ký")


async def test_registering_may_be_stopped_and_the_invite_stays_good(place, hoa, platform):
    lan, code = place.actor(LAN, platform), await place.invite("P5")
    await lan.opens(code)
    await lan.says("/huy")
    lan.sees("Đã dừng đăng ký, chưa ghi thông tin nào")
    await lan.opens(code)
    lan.sees("họ và tên")


async def test_a_leader_is_called_comrade_with_the_whole_name_from_the_first_message_on(place, hoa, platform):
    ha = place.actor("Trần Văn Hà", platform)
    await ha.opens(await place.invite("P5", Role.LEADER))
    ha.sees("mời đồng chí đăng ký vai trò lãnh đạo UBND Phường 5")
    await ha.says("Trần Văn Hà")
    ha.sees("Cảm ơn đồng chí Trần Văn Hà.")
    await ha.says("0903 123 456")
    await ha.chooses("Đúng")
    ha.sees("Cảm ơn đồng chí Trần Văn Hà. Đã chuyển đăng ký vai trò lãnh đạo UBND Phường 5")


async def test_the_telephone_may_be_skipped_by_word(place, hoa, platform):
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    await lan.says(LAN)
    await lan.says("bo qua")
    lan.sees("không ghi số điện thoại")


async def test_stopping_half_way_leaves_the_invite_usable(place, hoa, platform):
    lan = place.actor(LAN, platform)
    code = await place.invite("P5")
    await lan.opens(code)
    await lan.says(LAN)
    await lan.says("huỷ")
    lan.sees("Đã dừng")
    await lan.opens(code)
    lan.sees("họ và tên")


async def test_deputies_and_leaders_are_told_what_their_seat_is_for(place, hoa, platform):
    minh = await place.settler(MINH, "P5", platform, Role.DEPUTY)
    assert "Đã ghi nhận anh là đầu mối dự phòng của UBND Phường 5" in minh.heard[-1].text
    assert "nhắc thay khi không liên lạc được đầu mối" in minh.heard[-1].text
    ha = await place.settler(HA, "P5", platform, Role.LEADER)
    assert "Cảm ơn đồng chí Trần Văn Hà. Đã ghi nhận đồng chí là lãnh đạo UBND Phường 5" in ha.heard[-1].text
    assert "gõ “tiến độ”" in ha.heard[-1].text


async def test_a_known_person_opening_another_invite_only_checks_the_details(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await lan.opens(await place.invite("P6", Role.DEPUTY))
    lan.sees(f"UBND Phường 6 – đầu mối dự phòng – chị Nguyễn Thị Lan – {LAN_PHONE}")
    await lan.chooses("Đúng")
    lan.sees("Đã chuyển đăng ký vai trò đầu mối dự phòng của UBND Phường 6")
    people = await place.ask(lambda store: {person.id for _, person in (*store.people.holders(), *store.people.waiting())})
    assert len(people) == 2


async def test_the_same_seat_is_not_asked_for_twice(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await lan.opens(await place.invite("P5"))
    lan.sees("Chị Lan đang là đầu mối của UBND Phường 5, không cần đăng ký lại")
    assert not await place.ask(lambda store: store.people.waiting())


# Confirming


async def test_the_first_coordinator_needs_nobody_the_second_needs_the_first_twice(place, hoa, platform):
    assert "Đã ghi nhận chị là cán bộ tổng hợp Phòng Nội vụ" in hoa.heard[-1].text
    minh = place.actor(MINH, platform)
    await minh.opens(await place.invite("NV", Role.COORDINATOR))
    await minh.says(MINH)
    await minh.says("0912 345 678")
    hoa.forget()
    await minh.chooses("Đúng")
    minh.sees("Đã chuyển đăng ký")
    hoa.sees("xem được số liệu của mọi đơn vị")
    await hoa.chooses("Xác nhận")
    hoa.sees("Xác nhận lần hai")
    assert len(await place.ask(lambda store: store.people.coordinators())) == 1
    await hoa.chooses("Xác nhận cán bộ")
    assert len(await place.ask(lambda store: store.people.coordinators())) == 2


async def test_a_coordinators_invite_made_in_chat_never_confirms_itself(place, platform):
    def no_coordinator_left(store):
        person = store.people.add(name="Phạm Thị Hoa", honorific="chị", phone="", now=TUESDAY)
        unit = store.units.by_code("NV")
        return store.invites.create(unit_id=unit.id, role=Role.COORDINATOR, by=person.id, now=TUESDAY)

    minh = place.actor(MINH, platform)
    await minh.opens(await place.ask(no_coordinator_left))
    await minh.says(MINH)
    await minh.says("0912 345 678")
    await minh.chooses("Đúng")
    minh.sees("Đã chuyển đăng ký")
    assert not await place.ask(lambda store: store.people.coordinators())


async def test_who_registered_before_there_was_a_coordinator_is_shown_to_the_first_one(place, platform):
    await place.settler(LAN, "P5", platform)
    hoa = place.actor(HOA, platform)
    await hoa.opens(await place.invite("NV", Role.COORDINATOR))
    await hoa.says(HOA)
    await hoa.says("028 3894 0000")
    await hoa.chooses("Đúng")
    hoa.sees("Đã ghi nhận chị là cán bộ tổng hợp", "Có 1 đăng ký chờ xác nhận", "Phường 5: chị Nguyễn Thị Lan")
    await hoa.chooses("Phường 5")
    await hoa.chooses("Xác nhận")
    hoa.sees("Đã xác nhận chị Nguyễn Thị Lan")


async def test_before_confirmation_nothing_is_allowed(place, hoa, platform):
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    await lan.says(LAN)
    await lan.says(LAN_PHONE)
    await lan.chooses("Đúng")
    await lan.says("/doi")
    lan.sees("đang chờ Phòng Nội vụ quận Gò Vấp xác nhận")
    await lan.says("/start")
    lan.sees("đang chờ Phòng Nội vụ quận Gò Vấp xác nhận")


async def test_a_refused_request_says_so_politely_and_allows_nothing(place, hoa, platform):
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    await lan.says(LAN)
    await lan.says(LAN_PHONE)
    await lan.chooses("Đúng")
    lan.forget()
    await hoa.chooses("Từ chối")
    hoa.sees("Đã từ chối đăng ký của chị Nguyễn Thị Lan")
    lan.sees("chưa xác nhận đăng ký vai trò đầu mối của UBND Phường 5", "chị Hoa 028 3894 0000")
    await lan.says("/doi")
    lan.sees("không thuộc phần được giao")
    assert not await place.ask(lambda store: store.people.waiting())


async def test_two_coordinators_decide_once(place, hoa, platform):
    minh = await _second_coordinator(place, hoa, platform)
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    await lan.says(LAN)
    await lan.says(LAN_PHONE)
    await lan.chooses("Đúng")
    minh.sees("Đề nghị xác nhận: chị Nguyễn Thị Lan")
    await hoa.chooses("Xác nhận")
    lan.forget()
    await minh.chooses("Từ chối")
    minh.sees("đã được xử lý trước đó")
    assert not lan.unread
    assert (await place.ask(lambda store: [seat.role for seat, person in store.people.holders() if "Lan" in person.name])) == [
        Role.FOCAL
    ]


async def test_a_former_coordinators_buttons_do_nothing(place, hoa, platform):
    minh = await _second_coordinator(place, hoa, platform)
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    await lan.says(LAN)
    await lan.says(LAN_PHONE)
    await lan.chooses("Đúng")
    await hoa.says("/nguoi Phòng Nội vụ")
    await hoa.chooses("Thôi giữ vai trò")
    await hoa.chooses("anh Lê Văn Minh")
    await hoa.chooses("Đồng ý")
    await minh.chooses("Xác nhận")
    minh.sees("không thuộc phần được giao")
    assert len(await place.ask(lambda store: store.people.waiting())) == 1


async def test_requests_can_be_listed_again(place, hoa, platform):
    await hoa.says("/duyet")
    hoa.sees("Không có đăng ký nào chờ xác nhận")
    for name, unit in ((LAN, "P5"), (MINH, "P6")):
        who = place.actor(name, platform)
        await who.opens(await place.invite(unit))
        await who.says(name)
        await who.says(LAN_PHONE)
        await who.chooses("Đúng")
    await hoa.says("/duyet")
    hoa.sees("Có 2 đăng ký chờ xác nhận")
    await hoa.chooses("Phường 6: anh Lê Văn Minh")
    await hoa.chooses("Xác nhận")
    hoa.sees("Đã xác nhận anh Lê Văn Minh làm đầu mối của UBND Phường 6")
    await hoa.says("/duyet")
    hoa.sees("Đề nghị xác nhận: chị Nguyễn Thị Lan")


# Codes


async def test_wrong_used_and_expired_codes_get_one_and_the_same_answer(place, hoa, platform):
    used = await place.invite("P5")
    lan = place.actor(LAN, platform)
    await lan.opens(used)
    await lan.says(LAN)
    await lan.says(LAN_PHONE)
    await lan.chooses("Đúng")
    expired = await place.invite("P6")
    await place.time_passes(timedelta(days=15))

    minh = place.actor(MINH, platform)
    answers = {await minh.opens(code) for code in (used, expired, "a" * 26)}
    assert len(answers) == 1
    assert "Mã này không dùng được" in answers.pop()
    await minh.says("chị Giả Mạo")
    minh.sees_nothing_of("Cảm ơn")


async def test_whoever_finishes_first_has_the_seat_the_other_gets_the_neutral_answer(place, hoa, platform):
    code = await place.invite("P5")
    lan, minh = place.actor(LAN, platform), place.actor(MINH, platform)
    for who in (lan, minh):
        await who.opens(code)
        await who.says(who.name)
        await who.says(LAN_PHONE)
    await lan.chooses("Đúng")
    await minh.chooses("Đúng")
    minh.sees_nothing_of("Đã chuyển đăng ký")
    assert [person.name for _, person in await place.ask(lambda store: store.people.waiting())] == ["Nguyễn Thị Lan"]


async def test_after_five_wrong_codes_the_right_one_is_not_looked_up_until_tomorrow(place, hoa, platform):
    minh, code = place.actor(MINH, platform), await place.invite("P5")
    for letter in "abcde":
        await minh.opens(letter * 26)
        minh.sees("Mã này không dùng được")
    await minh.opens(code)
    minh.sees("Mã này không dùng được")
    for letter in "ghijk":
        await minh.opens(letter * 26)
    assert not minh.unread  # flooding earns silence
    await place.time_passes(timedelta(days=1))
    await minh.opens(code)
    minh.sees("họ và tên")


async def test_opening_ones_own_link_again_greets_instead_of_refusing(place, hoa, platform):
    code = await place.invite("P5")
    lan = place.actor(LAN, platform)
    await lan.opens(code)
    await lan.says(LAN)
    await lan.says(LAN_PHONE)
    await lan.chooses("Đúng")
    await lan.opens(code)
    lan.sees("Chào chị Lan", "đang chờ")


async def test_a_code_copied_with_capitals_and_spaces_works(place, hoa, platform):
    code = await place.invite("P5")
    lan = place.actor(LAN, platform)
    await lan.says(f"{code[:13].upper()} {code[13:]}")
    lan.sees("họ và tên")


async def test_a_stranger_hears_one_neutral_answer_a_few_times_then_nothing(place, hoa, platform):
    nobody = place.actor("người lạ", platform)
    heard = [await nobody.says(text) for text in ("alo", "/start", "/nguoi", "/huy", "/toi", "Phường 5")]
    assert len(set(heard[:3])) == 1
    assert heard[0].startswith("Đây là kênh nhắc việc của Phòng Nội vụ quận Gò Vấp")
    assert heard[3:] == ["", "", ""]
    place.nobody_else_heard_anything(nobody)


# Handing over


async def test_handing_over_tells_the_former_focal_person_and_keeps_the_history(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await lan.says("đổi")
    lan.sees("Chị Lan muốn chuyển đầu mối của UBND Phường 5")
    await lan.chooses("Tạo lời mời")
    lan.sees("nhận bàn giao đầu mối của UBND Phường 5")
    code = code_in(lan.unread[-1].text)
    assert len(lan.unread[-1].text) <= 500

    minh = place.actor(MINH, platform)
    await minh.opens(code)
    await minh.says(MINH)
    hoa.forget()
    await minh.says("0912 345 678")
    await minh.chooses("Đúng")
    hoa.sees("Đầu mối hiện nay là chị Nguyễn Thị Lan, sẽ thôi giữ khi xác nhận")
    lan.forget()
    await hoa.chooses("Xác nhận")
    hoa.sees("Đã xác nhận anh Lê Văn Minh làm đầu mối của UBND Phường 5, thay chị Nguyễn Thị Lan.")
    lan.sees(
        "Đã ghi nhận anh Minh thay chị Lan làm đầu mối của UBND Phường 5 từ thứ Ba 21/3/2023.",
        "Chị Lan không nhận tin nhắc nữa; số liệu đã nhập vẫn giữ.",
        "báo chị Hoa 028 3894 0000",
    )
    lan.sees_nothing_of("0912")
    await lan.says("đổi")
    lan.sees("không thuộc phần được giao")

    await hoa.says("/nguoi Phường 5")
    hoa.sees(
        "Đầu mối: anh Lê Văn Minh, 0912 345 678",
        "Trước đây: chị Nguyễn Thị Lan (đầu mối), từ thứ Ba 21/3/2023 đến thứ Ba 21/3/2023",
    )
    holders = await place.ask(lambda store: [person.name for seat, person in store.people.holders() if seat.role is Role.FOCAL])
    assert holders == ["Lê Văn Minh"]


async def test_what_the_former_holder_had_open_ends_with_the_seat(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await lan.says("/toi")
    await lan.chooses("Sửa tên")
    await place.settler(MINH, "P5", platform)
    await lan.says("chị Nguyễn Thị Mới")
    lan.sees_nothing_of("Đã sửa")


async def test_thinking_better_of_a_hand_over_makes_no_invite(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await lan.says("/doi")
    await lan.chooses("Giữ nguyên")
    lan.sees("Đã giữ nguyên")


async def test_a_deputy_has_nothing_to_hand_over(place, hoa, platform):
    minh = await place.settler(MINH, "P5", platform, Role.DEPUTY)
    await minh.says("/doi")
    minh.sees("không giữ vai trò đầu mối")


# Nội vụ administers


async def test_inviting_from_the_list_turns_pages_and_takes_a_typed_unit(place, hoa, platform):
    await hoa.says("/moi")
    hoa.sees("Còn 28 đơn vị chưa có đầu mối", "Phường 1", "Phường 9", "Trang sau")
    hoa.sees_nothing_of("Phường 10")
    await hoa.chooses("Trang sau")
    hoa.sees("Phường 10", "Phường 17", "Trang trước")
    await hoa.chooses("Phường 12")
    hoa.sees("Lời mời đăng ký đầu mối của UBND Phường 12", "Kính gửi UBND Phường 12", "đến 08:")
    await hoa.says("/moi")
    await hoa.says("p.13")  # typed although it stands on another page
    hoa.sees("Kính gửi UBND Phường 13")
    await hoa.says("/moi phuong 5 du phong")
    hoa.sees("01 đồng chí đầu mối dự phòng")
    await hoa.says("/moi Phường 99")
    hoa.sees("Chưa rõ đơn vị nào")


async def test_a_typed_five_in_a_list_of_wards_is_asked_back_never_taken_for_the_fifth(place, hoa, platform):
    await hoa.says("/moi")
    await hoa.says("5")
    hoa.sees("Chưa rõ đơn vị nào", "Phường 5")
    hoa.sees_nothing_of("Phường 6", "Kính gửi")
    await hoa.chooses("Phường 5")
    hoa.sees("Kính gửi UBND Phường 5")


async def test_a_unit_with_a_focal_person_is_asked_which_role(place, hoa, platform):
    await place.settler(LAN, "P5", platform)
    await hoa.says("/moi Phường 5")
    hoa.sees("Mời vai trò nào của UBND Phường 5?")
    hoa.sees_nothing_of("Mời cán bộ tổng hợp")
    await hoa.chooses("Mời lãnh đạo")
    hoa.sees("Kính mời đồng chí lãnh đạo phụ trách")
    await hoa.says("/moi Phòng Nội vụ")
    await hoa.chooses("Mời cán bộ tổng hợp")
    code = code_in(hoa.unread[-1].text)
    minh = place.actor(MINH, platform)
    await minh.opens(code)
    minh.sees("cán bộ tổng hợp Phòng Nội vụ")


async def test_the_list_of_people_leads_to_a_unit_and_a_seat_ends_only_after_a_second_yes(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await hoa.says("/nguoi")
    hoa.sees(
        "28 đơn vị: 1 có đầu mối, 27 chưa có. Trang 1/4.",
        f"Phường 5: chị Nguyễn Thị Lan, {LAN_PHONE}, {platform.capitalize()}",
        "Phường 6: chưa có đầu mối",
    )
    await hoa.chooses("Phường 5")
    hoa.sees("Đầu mối: chị Nguyễn Thị Lan", "Mời đầu mối", "Mời dự phòng", "Mời lãnh đạo", "Thôi giữ vai trò")
    await hoa.chooses("Thôi giữ vai trò")
    hoa.sees("Chị Lan sẽ thôi làm đầu mối của UBND Phường 5", "Xác nhận lần hai")
    await hoa.chooses("Giữ nguyên")
    await lan.says("/doi")
    lan.sees("Chị Lan muốn chuyển")
    await hoa.says("/nguoi p5")
    await hoa.chooses("Thôi giữ vai trò")
    lan.forget()
    await hoa.chooses("Đồng ý")
    hoa.sees("Chị Lan đã thôi làm đầu mối của UBND Phường 5")
    lan.sees("Chị Lan thôi làm đầu mối của UBND Phường 5 từ thứ Ba 21/3/2023")
    await lan.says("/doi")
    lan.sees("không thuộc phần được giao")
    await hoa.says("/nguoi p5")
    hoa.sees("Đầu mối: chưa có", "Trước đây: chị Nguyễn Thị Lan")


async def test_with_several_people_it_is_asked_whose_seat_ends(place, hoa, platform):
    await place.settler(LAN, "P5", platform)
    await place.settler(MINH, "P5", platform, Role.DEPUTY)
    await hoa.says("/nguoi p5")
    await hoa.chooses("Thôi giữ vai trò")
    hoa.sees("Ai thôi giữ vai trò ở UBND Phường 5?")
    await hoa.chooses("anh Lê Văn Minh (đầu mối dự phòng)")
    await hoa.chooses("Đồng ý")
    left = await place.ask(lambda store: [person.name for _, person in store.people.holders() if person.name != "Phạm Thị Hoa"])
    assert left == ["Nguyễn Thị Lan"]


async def test_the_last_coordinator_cannot_be_ended(place, hoa, platform):
    await hoa.says("/nguoi Phòng Nội vụ")
    await hoa.chooses("Thôi giữ vai trò")
    await hoa.chooses("Đồng ý")
    hoa.sees("cán bộ tổng hợp duy nhất")
    assert len(await place.ask(lambda store: store.people.coordinators())) == 1


@pytest.mark.parametrize("command", ["/nguoi", "/nguoi Phường 6", "/moi Phường 6", "/duyet"])
async def test_officers_administer_nobody(place, hoa, platform, command):
    lan = await place.settler(LAN, "P5", platform)
    await place.settler(MINH, "P6", platform)
    await lan.says(command)
    lan.sees("không thuộc phần được giao")
    lan.sees_nothing_of("Minh", "0903", "Kính gửi")


async def test_a_telephone_number_is_only_ever_seen_by_its_owner_and_the_coordinators(place, hoa, platform):
    await place.settler(HA, "P5", platform, Role.LEADER)
    await place.settler(MINH, "P6", platform)
    lan = place.actor(LAN, platform)
    await lan.opens(await place.invite("P5"))
    await lan.says(LAN)
    await lan.says("0977 000 111")
    await lan.chooses("Đúng")
    await hoa.chooses("Xác nhận")
    seen_by = {actor.name for actor in place.people.values() if any("0977" in message.text for message in actor.heard)}
    assert seen_by == {LAN, HOA}


# Channels


async def test_a_second_channel_is_bound_by_a_code_from_the_first_and_may_become_the_preferred_one(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    other: PlatformName = "zalo" if platform == "telegram" else "telegram"
    await lan.says("/kenh")
    lan.sees(f"đang dùng {platform.capitalize()}", f"Thêm kênh {other.capitalize()}")
    await lan.chooses("Thêm kênh")
    lan.sees("Mã dùng một lần, đến 08:")
    assert CODE.fullmatch(lan.unread[-1].text)
    code = lan.unread[-1].text
    await lan.says(code)  # pasted into the wrong chat
    lan.sees(f"Mã này dùng để thêm {other.capitalize()}")

    elsewhere = place.actor(LAN, other)
    lan.forget()
    await elsewhere.opens(code)
    elsewhere.sees(f"Đã thêm {other.capitalize()} cho chị Lan", f"Tin nhắc được gửi qua {platform.capitalize()}")
    lan.sees(f"Chị Lan vừa thêm {other.capitalize()}", "Nếu không phải chị làm")
    await elsewhere.says("/doi")
    elsewhere.sees("Chị Lan muốn chuyển")
    assert await _reached(place) == platform

    await elsewhere.says("/kenh")
    elsewhere.sees("Zalo" if other == "zalo" else "Telegram")
    await elsewhere.chooses(f"Nhận tin qua {other.capitalize()}")
    elsewhere.sees(f"Từ nay tin nhắc gửi chị Lan qua {other.capitalize()}")
    assert await _reached(place) == other

    minh = place.actor(MINH, other)
    await minh.opens(code)
    minh.sees("Mã này không dùng được")


async def test_a_channel_code_dies_after_fifteen_minutes_and_with_the_next_one(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    other: PlatformName = "zalo" if platform == "telegram" else "telegram"
    codes = []
    for _ in range(2):
        await lan.says("/kenh")
        await lan.chooses("Thêm kênh")
        codes.append(lan.unread[-1].text)
    elsewhere = place.actor(LAN, other)
    await elsewhere.opens(codes[0])
    elsewhere.sees("Mã này không dùng được")
    await place.time_passes(timedelta(minutes=16))
    await elsewhere.opens(codes[1])
    elsewhere.sees("Mã này không dùng được")
    assert len(await place.ask(lambda store: store.people.addresses(_id_of(store, "Lan")))) == 1


async def test_an_account_belongs_to_one_person(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    other: PlatformName = "zalo" if platform == "telegram" else "telegram"
    minh = await place.settler(MINH, "P6", other)
    await lan.says("/kenh")
    await lan.chooses("Thêm kênh")
    code = lan.unread[-1].text
    await minh.opens(code)
    minh.sees("đã đăng ký cho anh Minh")
    await minh.says("/toi")
    minh.sees("Lê Văn Minh")


# Oneself


async def test_the_commands_menu_follows_the_seat(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    assert "baocao" in lan.menu
    assert "moi" not in lan.menu
    assert "duyet" in hoa.menu
    minh = place.actor(MINH, platform)
    await minh.opens(await place.invite("P5"))
    await minh.says(MINH)
    await minh.says("0912 345 678")
    await minh.chooses("Đúng")
    assert "baocao" not in minh.menu
    await hoa.chooses("Xác nhận")
    assert "baocao" in minh.menu
    assert "baocao" not in lan.menu


async def test_the_greeting_offers_what_ones_role_can_do(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await lan.says("/start")
    lan.sees("Chào chị Lan, đầu mối của UBND Phường 5.", "Báo cáo", "Đổi đầu mối", "Trợ giúp")
    lan.sees_nothing_of("Mời đăng ký")
    await lan.says("/toi")
    lan.sees("Họ tên: chị Nguyễn Thị Lan", f"Điện thoại: {LAN_PHONE}", "Đầu mối của UBND Phường 5: từ thứ Ba 21/3/2023")
    await hoa.says("/start")
    hoa.sees("cán bộ tổng hợp Phòng Nội vụ", "Mời đăng ký", "Đăng ký chờ")
    hoa.sees_nothing_of("Đổi đầu mối")


@pytest.mark.parametrize("words", ["/help", "/trogiup", "giúp", "huong dan"])
async def test_help_is_short_and_by_role(place, hoa, platform, words):
    lan = await place.settler(LAN, "P5", platform)
    await lan.says(words)
    lan.sees("/baocao", "/doi", "12/14")
    lan.sees_nothing_of("/moi", "/duyet")
    await hoa.says(words)
    hoa.sees("/moi Phường 5 dự phòng", "/duyet")
    hoa.sees_nothing_of("/doi")


@pytest.mark.parametrize("words", ["cảm ơn", "ok", "👍", "dạ vâng"])
async def test_courtesy_is_answered_with_courtesy(place, hoa, platform, words):
    lan = await place.settler(LAN, "P5", platform)
    assert await lan.says(words) == "Cảm ơn anh/chị. Khi cần, gõ “giúp” để xem những việc làm được tại đây."


async def test_a_leader_is_greeted_as_comrade(place, hoa, platform):
    ha = await place.settler("Trần Văn Hà", "P5", platform, Role.LEADER)
    await ha.says("/start")
    ha.sees("Kính chào đồng chí Trần Văn Hà, lãnh đạo UBND Phường 5.")


async def test_stopping_with_nothing_open_says_so(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await lan.says("/huy")
    lan.sees("không có việc nào đang làm dở")


async def test_corrected_details_are_told_to_the_coordinators_who_confirmed_the_old_ones(place, hoa, platform):
    lan = await place.settler(LAN, "P5", platform)
    await lan.says("/toi")
    await lan.chooses("Sửa số điện thoại")
    await lan.says("không nhớ")
    lan.sees("Chưa đọc được số điện thoại")
    hoa.forget()
    await lan.says("0988 777 666")
    lan.sees("Đã sửa: chị Nguyễn Thị Lan – 0988 777 666.")
    hoa.sees("Đầu mối của UBND Phường 5", f"{LAN_PHONE}” thành “chị Nguyễn Thị Lan, 0988 777 666”")
    await lan.says("/toi")
    await lan.chooses("Sửa tên")
    await lan.says("Nguyễn Thị Lân")
    lan.sees("Đã sửa: chị Nguyễn Thị Lân")  # the form of address stays
    await lan.says("/toi")
    lan.sees("Họ tên: chị Nguyễn Thị Lân", "Điện thoại: 0988 777 666")


@pytest.mark.parametrize("roles", [(), (Role.FOCAL,), (Role.DEPUTY,), (Role.LEADER,), (Role.COORDINATOR,), tuple(Role)])
def test_every_menu_is_one_telegram_accepts(roles):
    seats = tuple(
        Seat(id=at, unit_id=1, role=role, person_id=1, confirmed=True, since=TUESDAY) for at, role in enumerate(roles)
    )
    menu = views.menu_for(Known(person=Person(id=1, name="Nguyễn Thị Lan") if roles else None, seats=seats))
    names = [entry.command for entry in menu.entries]
    assert len(names) == len(set(names)) > 0
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
    assert all(1 <= len(entry.description) <= 256 for entry in menu.entries)
    assert ("moi" in names) == (Role.COORDINATOR in roles)
    assert ("doi" in names) == (Role.FOCAL in roles)


async def _second_coordinator(place: Desk, hoa: Actor, platform: PlatformName) -> Actor:
    minh = place.actor(MINH, platform)
    await minh.opens(await place.invite("NV", Role.COORDINATOR))
    await minh.says(MINH)
    await minh.says("0912 345 678")
    await minh.chooses("Đúng")
    await hoa.chooses("Xác nhận")
    await hoa.chooses("Xác nhận cán bộ")
    minh.forget()
    return minh


async def _reached(place: Desk) -> str:
    chat = await place.ask(lambda store: store.people.reach(_id_of(store, "Lan")))
    return chat.platform


def _id_of(store, given: str) -> int:
    return next(person.id for _, person in store.people.holders() if person.name.endswith(given))
