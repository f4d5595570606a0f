"""The plan in the chat, played on both platforms: word for word, with its reference, nothing retold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from bot.plans import loader
from scheduler import reminders
from storage.store import Store
from tests.conversations.counter import local
from tests.conversations.window import Window, marks_of

BOTH: tuple[PlatformName, ...] = ("telegram", "zalo")
PLAN = loader.load(Path(__file__).parents[2] / "bot" / "plans" / "847-2023.yaml")
MONDAY = local(2026, 4, 20, 9, 30)


@pytest.fixture(params=BOTH)
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Window:
    return Window(tmp_path, request.param)


def monday(window: Window) -> None:
    """What goes out on a Monday at 09:30."""
    window.now = MONDAY
    window.ask(lambda store: reminders.tick(store, window.now, window.around.office, window.around.calendar))
    window.minh.read = len(window.minh.heard)
    window.ask(window._deliver)


def read_at(window: Window) -> list[object]:
    def work(store: Store) -> list[object]:
        found = store.reminders.excerpts_on("847-2023", MONDAY.date())
        return [found[window.unit_id(store, "P5")].read_at]

    return window.ask(work)


def test_an_excerpt_that_was_read_is_noted_once(window: Window) -> None:
    monday(window)
    window.minh.sees("trích Kế hoạch 847/KH-UBND, ")
    assert read_at(window) == [None]
    window.minh.chooses("Đã đọc")
    window.minh.sees("Đã ghi nhận. Cảm ơn anh Minh.")
    (first,) = read_at(window)
    assert first is not None
    if window.platform == "zalo":
        window.minh.chooses("Đã đọc")
        window.minh.sees("đã được ghi nhận")
        assert read_at(window) == [first]


def test_the_whole_point_is_shown_word_for_word(window: Window) -> None:
    monday(window)
    excerpt = re.search(r"“(.+)”", window.minh.screen, re.DOTALL)
    assert excerpt is not None
    window.minh.chooses("Xem cả ý")
    point = next(point for point in PLAN.points if point.excerpt == excerpt[1])
    window.minh.sees("toàn văn", f"“{point.text}”")


def test_the_plan_says_what_it_is_who_signed_it_and_both_dates_in_both_writings(window: Window) -> None:
    window.minh.says("kế hoạch")
    window.minh.sees(
        "Kế hoạch 847/KH-UBND ngày 10/3/2023 của Ủy ban nhân dân quận Gò Vấp thực hiện công tác dân vận",
        "Đào Thị My Thư",
        "Báo cáo 6 tháng năm 2026: trước ngày 05/5 (chậm nhất hết thứ Hai 04/5); văn bản ghi “trước ngày 05 tháng 5”.",
        "trước ngày 05/11 (chậm nhất hết thứ Tư 04/11); văn bản ghi “trước ngày 05 tháng 11”.",
    )
    assert marks_of(window.minh) == ["Việc của đơn vị tôi", "Nội dung chung"]


@pytest.mark.parametrize("typed", ["/kehoach II.8", "/kehoach mục II ý thứ 8", "/kehoach ii.8"])
def test_a_point_is_read_by_its_reference(window: Window, typed: str) -> None:
    window.minh.says(typed)
    window.minh.sees("Mục II, ý thứ 8 – toàn văn:", PLAN.point("II.8").text)


def test_iv_2_d_is_asked_back_and_with_its_stroke_it_is_not(window: Window) -> None:
    window.minh.says("/kehoach IV.2.d")
    window.minh.sees(PLAN.point("IV.2.d").excerpt, PLAN.point("IV.2.dd").excerpt)
    window.minh.chooses("Mục IV.2.đ")
    window.minh.sees(PLAN.point("IV.2.dd").text)
    window.minh.says("/kehoach IV.2.đ")
    window.minh.sees(PLAN.point("IV.2.dd").text)
    window.minh.sees_nothing_of(PLAN.point("IV.2.d").text)


def test_a_whole_part_is_paged_and_every_quotation_is_exact(window: Window) -> None:
    window.minh.says("/kehoach II")
    seen = window.minh.screen
    while "Trang sau" in marks_of(window.minh):
        window.minh.chooses("Trang sau")
        seen += window.minh.screen
    for point in PLAN.points:
        assert (point.excerpt in seen) == point.id.startswith("II."), point.id
    exact = {point.excerpt for point in PLAN.points}
    assert set(re.findall(r": “(.+?)”(?:\n|$)", seen)) <= exact


def test_a_point_the_plan_does_not_have_is_said(window: Window) -> None:
    window.minh.says("/kehoach VII.3")
    window.minh.sees("Kế hoạch 847/KH-UBND không có điểm “VII.3”")


def test_a_named_unit_sees_what_names_it_and_a_ward_that_it_is_not_named(window: Window) -> None:
    thu = window.officer("Phạm Thị Thu", "TTr", window.platform, honorific="chị")
    thu.says("/kehoach")
    thu.chooses("Việc của đơn vị tôi")
    thu.sees("giao đích danh Thanh tra quận", PLAN.point("IV.2.c").excerpt)
    thu.sees_nothing_of(PLAN.point("II.8").excerpt, PLAN.point("IV.2.d").excerpt)
    window.minh.says("/kehoach")
    window.minh.chooses("Việc của đơn vị tôi")
    window.minh.sees("không nêu riêng UBND Phường 5", PLAN.point("I.1").excerpt)
    window.minh.chooses("Trang sau")
    window.minh.sees("(trang 2/")
    window.minh.chooses("Thông tin kế hoạch")
    window.minh.sees("Người ký")


def test_who_lost_the_seat_can_not_mark_an_excerpt_read_any_more(window: Window) -> None:
    monday(window)
    window.officer("Nguyễn Thị Lan", "P5", window.platform, Role.FOCAL, "chị")
    window.minh.chooses("Đã đọc")
    assert read_at(window) == [None]
