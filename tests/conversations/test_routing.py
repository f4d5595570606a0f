"""A difficulty given to a colleague, forwarded, merged: previewed, the unit told at each step, nobody told too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.difficulties import Difficulty, Step
from bot.domain.people import Role
from scheduler import weekly
from tests.conversations.counter import Officer, local
from tests.conversations.window import Window

WORDS = "Chưa có máy quét để số hoá hồ sơ"


@pytest.fixture
def window(tmp_path: Path, platform: PlatformName) -> Window:
    return Window(tmp_path, platform)


def raised(window: Window, who: Officer, words: str = WORDS) -> None:
    who.says("/vuongmac")
    who.says(words)
    who.chooses("Bỏ qua")


def opened(window: Window, code: str = "KK-0001") -> None:
    window.hoa.says("/vuongmac")
    window.hoa.chooses(code)


def all_of(window: Window) -> tuple[Difficulty, ...]:
    return window.ask(lambda store: store.difficulties.all())


def look_away(*people: Officer) -> None:
    for who in people:
        who.read = len(who.heard)


def test_one_is_given_to_a_colleague_who_hears_of_it_and_the_unit_is_told(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    mai = window.officer("Đỗ Thị Mai", "NV", window.platform, Role.COORDINATOR, "chị")
    raised(window, minh)
    look_away(minh, mai)
    opened(window)
    hoa.chooses("Giao")
    hoa.chooses("chị Đỗ Thị Mai")
    hoa.sees("Giao KK-0001 (Phường 5) cho đồng chí Đỗ Thị Mai?")
    assert not minh.unread and not mai.unread
    hoa.chooses("Giao và báo đơn vị")
    mai.sees("giao chị Mai xem phản ánh KK-0001 của UBND Phường 5", WORDS)
    minh.sees("phản ánh KK-0001 đã được phân công đồng chí Đỗ Thị Mai")
    hoa.says("/vuongmac")
    hoa.sees("KK-0001 Phường 5, hôm nay, đã phân công, chờ trả lời (chị Đỗ Thị Mai)")
    mai.chooses("Xem")
    assert "giao đồng chí Đỗ Thị Mai" in mai.heard[-1][1].text
    assert all_of(window)[0].open


def test_another_department_is_asked_and_its_words_reach_the_coordinators_only(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    tam = window.officer("Lê Văn Tâm", "TTr", window.platform)
    raised(window, minh)
    look_away(minh, tam)
    opened(window)
    hoa.chooses("Hỏi đơn vị khác")
    hoa.says("Phòng Khí tượng")
    hoa.sees("Chưa rõ “Phòng Khí tượng” là đơn vị nào")
    hoa.says("thanh tra quận")
    hoa.says("Nhờ cho ý kiến trước thứ Sáu")
    hoa.sees("hỏi ý kiến Thanh tra quận", "anh Lê Văn Tâm", WORDS, "Nhờ cho ý kiến trước thứ Sáu")
    assert not tam.unread
    hoa.chooses("Chuyển và báo đơn vị")
    minh.sees("đã chuyển phản ánh KK-0001 hỏi ý kiến Thanh tra quận")
    minh.sees_nothing_of("trước thứ Sáu")
    tam.sees("Kính gửi anh Tâm", "KK-0001 của UBND Phường 5", WORDS, "Nhờ cho ý kiến trước thứ Sáu")
    look_away(hoa, minh)
    tam.chooses("Ghi ý kiến")
    tam.says("Đề nghị dùng chung máy quét của Trung tâm")
    tam.sees("Đã chuyển ý kiến về KK-0001")
    hoa.sees("Ý kiến của Thanh tra quận (anh Lê Văn Tâm) về KK-0001 của Phường 5", "dùng chung máy quét")
    minh.sees("Thanh tra quận đã có ý kiến về phản ánh KK-0001")
    minh.sees_nothing_of("dùng chung máy quét")
    minh.says("/vuongmac")
    minh.chooses("Phản ánh đã gửi")
    minh.chooses("KK-0001")
    assert "Thanh tra quận có ý kiến." in minh.heard[-1][1].text
    assert "dùng chung máy quét" not in minh.heard[-1][1].text

    hoa.chooses("Trả lời")
    hoa.says("Mời phường dùng máy quét của Trung tâm từ thứ Hai")
    hoa.chooses("Gửi")
    minh.sees("đã được đồng chí Nguyễn Thị Hoa", "Mời phường dùng máy quét")
    assert [event.step for event in all_of(window)[0].events] == [
        Step.RAISED, Step.FORWARDED, Step.ADVISED, Step.ANSWERED,
    ]  # fmt: skip


def test_two_that_say_the_same_are_merged_and_answered_together(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    lan = window.officer("Trần Thị Lan", "P6", window.platform, Role.FOCAL, "chị")
    raised(window, minh)
    raised(window, lan, "Phường không có máy quét")
    look_away(minh, lan)
    opened(window, "KK-0002")
    hoa.chooses("Gộp")
    hoa.says("KK-0009")
    hoa.sees("không phải mã một phản ánh khác đang chờ trả lời")
    hoa.says("kk1")
    hoa.sees("Gộp KK-0002 (Phường 6): “Phường không có máy quét”", f"vào KK-0001 (Phường 5): “{WORDS}”")
    hoa.chooses("Gộp và báo đơn vị")
    lan.sees("đã gộp phản ánh KK-0002 với phản ánh khác cùng nội dung")
    lan.sees_nothing_of("KK-0001", "Phường 5")
    assert not minh.unread
    hoa.says("/vuongmac")
    hoa.sees("1 khó khăn, vướng mắc chờ trả lời")
    opened(window)
    hoa.chooses("Trả lời")
    hoa.says("Quận cấp máy quét trong tháng 6")
    hoa.sees("anh Trần Văn Minh", "chị Trần Thị Lan")
    hoa.chooses("Gửi")
    minh.sees("phản ánh KK-0001 đã được", "Quận cấp máy quét")
    lan.sees("phản ánh KK-0002 đã được", "Quận cấp máy quét")
    assert [each.state for each in all_of(window)] == [Step.ANSWERED, Step.ANSWERED]
    lan.chooses("Cần trao đổi thêm")
    assert all_of(window)[1].open and all_of(window)[1].merged_into is None


def test_what_happened_meanwhile_stops_a_step_that_was_previewed(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    mai = window.officer("Đỗ Thị Mai", "NV", window.platform, Role.COORDINATOR, "chị")
    raised(window, minh)
    opened(window)
    hoa.chooses("Giao")
    hoa.chooses("chị Nguyễn Thị Hoa")
    mai.says("/vuongmac")
    mai.chooses("KK-0001")
    mai.chooses("Trả lời")
    mai.says("Đã có máy")
    mai.chooses("Gửi")
    look_away(hoa, minh)
    hoa.chooses("Giao và báo đơn vị")
    hoa.sees("vừa có diễn biến mới", "Đã có máy")
    assert not minh.unread
    assert all_of(window)[0].state is Step.ANSWERED


def test_only_the_department_that_was_asked_can_say_what_it_thinks(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    tam = window.officer("Lê Văn Tâm", "TTr", window.platform)
    raised(window, minh)
    opened(window)
    hoa.chooses("Hỏi đơn vị khác")
    hoa.says("thanh tra quận")
    hoa.chooses("Không ghi thêm")
    hoa.chooses("Chuyển và báo đơn vị")
    tam.chooses("Ghi ý kiến")
    window.ask(
        lambda store: [
            store.people.end(seat.id, reason="left", now=window.now) for seat, who in store.people.holders() if who.id == tam.id
        ]
    )
    tam.says("Ý kiến đến muộn")
    assert len(all_of(window)[0].events) == 2
    window.minh.says("/vuongmac")
    minh.sees_nothing_of("Giao", "Gộp", "Hỏi đơn vị khác")


def test_what_waits_is_listed_once_a_week_as_long_as_it_waits(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    raised(window, minh)

    def ticks(day: int, hour: int = 8) -> int:
        window.now = local(2026, 4, day, hour)
        queued = window.ask(lambda store: weekly.tick(store, window.now, window.around.office, window.around.calendar))
        look_away(hoa)
        window.ask(window._deliver)
        return queued

    assert ticks(17) == 0, "a Friday"
    assert ticks(20, 7) == 0
    assert ticks(20) == 1
    hoa.sees("1 khó khăn, vướng mắc chờ trả lời", "KK-0001 Phường 5, 4 ngày", "Mở danh sách")
    assert ticks(20) == 0
    hoa.says("/lich")
    hoa.sees("Khó khăn, vướng mắc còn chờ trả lời", "tới Phòng Nội vụ")
    opened(window)
    hoa.chooses("Trả lời")
    hoa.says("Đã cấp máy")
    hoa.chooses("Gửi")
    assert ticks(28) == 0, "nothing waits any more"
