"""/mocnhac and /giolam: when the office reminds, seen and changed in chat, on both ways of answering."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.plan import RungSpec
from scheduler import reminders
from storage import ahead, offices
from storage.store import Store
from tests.conversations.counter import local
from tests.conversations.window import Window, marks_of


@pytest.fixture
def window(tmp_path: Path, platform: PlatformName) -> Window:
    """Thursday 16 April 2026, 09:12: the 6-month round is due before 05/5."""
    return Window(tmp_path, platform)


def ladder(window: Window, code: str = "6T") -> list[tuple[str, int]]:
    found = window.ask(lambda store: next(one for one in store.rounds.all() if one.code == code).ladder)
    return [(rung.kind, rung.days) for rung in found]


def ticks(window: Window) -> None:
    """A tick of the bot, as the hour stands."""

    def work(store: Store) -> None:
        office = offices.standing(store, window.around.office)
        reminders.tick(store, window.now, office, offices.calendar(store, office, office.day(window.now).year))

    window.ask(work)
    window.ask(window._deliver)


def of_six_months(window: Window) -> None:
    window.hoa.says("/mocnhac")
    window.hoa.chooses("Báo cáo 6 tháng")


def test_a_rung_is_added_shown_first_and_said_on_its_day(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    of_six_months(window)
    hoa.sees("Mốc nhắc của báo cáo 6 tháng năm 2026", "Nhắc trước 7 ngày làm việc: 08:30 thứ Hai 20/4/2026")
    hoa.chooses("Thêm mốc")
    for said, answer in (
        ("khi nào tiện", "Chưa rõ mốc nào"),
        ("trước 7 ngày", "Mốc này đã có"),
        ("trước 61 ngày", "nhiều nhất 60 ngày"),
        ("trước 30 ngày", "Thông báo kỳ phải trước mọi mốc nhắc"),
        ("thông báo trước 25 ngày", "mốc thông báo không đổi được nữa"),
    ):
        hoa.says(said)
        hoa.sees(answer)
    hoa.says("trước hạn 5 ngày làm việc")
    hoa.sees(
        "thêm “Nhắc trước 5 ngày làm việc”", "Nhắc trước 5 ngày làm việc: báo cáo 6 tháng năm 2026: thêm 08:30", "Ghi thay đổi?"
    )
    assert ("before", 5) not in ladder(window)
    hoa.chooses("Ghi thay đổi")
    hoa.sees("Đã ghi mốc nhắc")
    assert ("before", 5) in ladder(window) and ("before", 5) not in ladder(window, "N")
    hoa.chooses("Xem mốc nhắc")
    hoa.sees("Mốc của kỳ này đã sửa", "Nhắc trước 5 ngày làm việc: 08:30 thứ Tư 22/4/2026")
    minh.read = len(minh.heard)
    window.now = local(2026, 4, 22, 8, 31)
    ticks(window)
    assert len(minh.unread) == 1 and "6 tháng" in minh.screen


def test_a_rung_that_would_lie_in_the_past_is_not_said_late(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    window.now = local(2026, 4, 22, 10)
    ticks(window)
    of_six_months(window)
    hoa.sees("Nhắc trước 7 ngày làm việc: 08:30 thứ Hai 20/4/2026 (đã qua)")
    hoa.chooses("Thêm mốc")
    hoa.says("trước 6 ngày")
    hoa.sees("Không có tin nào phải dời", "Mốc đã qua ngày không gửi bù")
    hoa.chooses("Ghi thay đổi")
    minh.read = len(minh.heard)
    ticks(window)
    assert not minh.unread
    window.now = local(2026, 4, 24, 10)
    ticks(window)
    assert len(minh.unread) == 1, "what comes still comes"


def test_a_rung_is_taken_out_and_the_plans_ladder_taken_again(window: Window) -> None:
    hoa = window.hoa
    before = ladder(window)
    of_six_months(window)
    hoa.chooses("Bỏ một mốc")
    assert "Nhắc sau hạn 3 ngày làm việc" in marks_of(hoa)
    hoa.chooses("Thông báo trước")
    hoa.sees("mốc thông báo không đổi được nữa")
    of_six_months(window)
    hoa.chooses("Bỏ một mốc")
    hoa.chooses("Nhắc trước 3 ngày làm việc")
    hoa.sees("bỏ “Nhắc trước 3 ngày làm việc”", "không còn gửi")
    hoa.chooses("Ghi thay đổi")
    assert ladder(window) == [rung for rung in before if rung != ("before", 3)]
    of_six_months(window)
    hoa.chooses("Theo kế hoạch")
    hoa.sees("dùng lại mốc của kế hoạch")
    hoa.chooses("Ghi thay đổi")
    assert ladder(window) == before
    assert window.ask(lambda store: {round_.plan_id for round_ in store.rounds.all()}) == {1}


def test_two_coordinators_do_not_undo_each_other(window: Window) -> None:
    hoa = window.hoa
    of_six_months(window)
    hoa.chooses("Thêm mốc")
    hoa.says("trước 5 ngày")

    def other(store: Store) -> None:
        round_ = next(one for one in store.rounds.all() if one.code == "6T")
        changes = store.plans.changes(round_.plan_id)
        wanted = (*round_.ladder[:-1], RungSpec(kind="after", days=9))
        store.rounds.amend(round_.id, type(changes)(ladder=wanted), window.now)

    window.ask(other)
    hoa.says("ghi")
    hoa.sees("Không có thay đổi nào đang chờ")
    assert ("after", 9) in ladder(window)


def test_the_hours_are_shown_changed_and_reminders_follow(window: Window) -> None:
    hoa = window.hoa
    hoa.says("/giolam")
    hoa.sees("Giờ làm việc: 07:30–17:00", "Nhắc hạn: 08:30", "cuối ngày cho Phòng Nội vụ quận Gò Vấp: 17:00")
    hoa.chooses("Giờ nhắc")
    for said, answer in (("lúc nào cũng được", "Chưa rõ giờ"), ("6h", "phải nằm trong giờ làm việc")):
        hoa.says(said)
        hoa.sees(answer)
    hoa.says("2 giờ rưỡi chiều")
    hoa.sees("Giờ nhắc: 08:30 → 14:30", "Tin thay đổi theo:", "→ 14:30", "Ghi thay đổi?")
    hoa.chooses("Ghi thay đổi")
    hoa.sees("Đã ghi.")
    hoa.chooses("Xem giờ")
    hoa.sees("Nhắc hạn: 14:30", "khác cài đặt ban đầu")

    def hour_of_the_next_rung(store: Store) -> time:
        office = offices.standing(store, window.around.office)
        coming = ahead.planned(store, window.now, local(2026, 5, 5), office, offices.calendar(store, office, 2026))
        return office.local(next(item.at for item in coming if item.rung is not None)).time()

    assert window.ask(hour_of_the_next_rung) == time(14, 30)


def test_shorter_office_hours_take_the_digest_along_and_can_be_taken_back(window: Window) -> None:
    hoa = window.hoa
    hoa.says("/giolam")
    hoa.chooses("Giờ làm việc")
    hoa.says("17h - 7h")
    hoa.sees("Giờ kết thúc phải sau giờ bắt đầu")
    hoa.says("từ 9 giờ đến 16 giờ 30")
    hoa.sees("Giờ làm việc: 07:30–17:00 → 09:00–16:30", "Giờ nhắc: 08:30 → 09:00", "Giờ tổng hợp: 17:00 → 16:30")
    hoa.chooses("Ghi thay đổi")
    office = window.ask(lambda store: offices.standing(store, window.around.office))
    assert (office.opens, office.closes, office.digest_at) == (time(9), time(16, 30), time(16, 30))
    hoa.says("/giolam")
    hoa.chooses("Như cài đặt ban đầu")
    hoa.chooses("Ghi thay đổi")
    assert window.ask(lambda store: offices.standing(store, window.around.office)) == window.around.office
    hoa.says("/giolam")
    assert "Như cài đặt ban đầu" not in marks_of(hoa)


def test_only_coordinators_set_when_the_office_reminds(window: Window) -> None:
    for command in ("/mocnhac", "/giolam"):
        window.minh.says(command)
        window.minh.sees("không thuộc phần được giao")
