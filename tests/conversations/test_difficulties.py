"""Difficulties, played on both platforms: raised, answered, clear or not, closed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.difficulties import Difficulty, Step
from bot.domain.people import Role
from tests.conversations.window import Window, marks_of

BOTH: tuple[PlatformName, ...] = ("telegram", "zalo")
WORDS = "Thiếu kinh phí tuyên truyền ở khu phố 3, đề nghị quận hỗ trợ."


@pytest.fixture(params=BOTH)
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Window:
    return Window(tmp_path, request.param)


def all_of(window: Window) -> tuple[Difficulty, ...]:
    return window.ask(lambda store: store.difficulties.all())


def raise_one(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.says(WORDS)
    window.minh.chooses("Bỏ qua")


def test_a_difficulty_is_acknowledged_with_its_code_and_noi_vu_hears_it_at_once(window: Window) -> None:
    window.minh.says("kho khan")
    window.minh.sees("UBND Phường 5", "không ghi tên, số giấy tờ của công dân hoặc nội dung đơn tố cáo")
    window.hoa.read = len(window.hoa.heard)
    window.minh.says(WORDS)
    window.minh.sees("KK-0001", "09:12 thứ Năm 16/4/2026", "theo đoạn cuối Mục IV Kế hoạch 847/KH-UBND", "sẽ xem và trả lời")
    window.hoa.sees("Phản ánh mới KK-0001", "UBND Phường 5", "anh Trần Văn Minh", WORDS, "Trả lời", "Xem")
    (kept,) = all_of(window)
    assert (kept.text, kept.point, kept.state) == (WORDS, "", Step.RAISED)


def test_it_is_kept_and_told_even_when_the_officer_walks_away_before_naming_a_point(window: Window) -> None:
    window.minh.says("/vuongmac")
    window.minh.says(WORDS)
    window.restart()
    assert [d.text for d in all_of(window)] == [WORDS]
    window.hoa.says("khó khăn")
    window.hoa.sees("1 khó khăn, vướng mắc chờ trả lời", "KK-0001 Phường 5, hôm nay")


@pytest.mark.parametrize(
    ("typed", "point"), [("II.8", "II.8"), ("mục II ý thứ 8", "II.8"), ("IV.2.đ", "IV.2.dd"), ("iv cuoi", "IV.end")]
)
def test_a_point_is_named_by_its_reference(window: Window, typed: str, point: str) -> None:
    window.minh.says("khó khăn")
    window.minh.says(WORDS)
    window.minh.says(typed)
    window.minh.sees("Đã ghi phản ánh KK-0001 liên quan")
    assert all_of(window)[0].point == point


def test_iv_2_d_without_its_stroke_is_asked_back_not_guessed(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.says(WORDS)
    window.minh.says("IV.2.d")
    assert all_of(window)[0].point == ""
    assert any("TN&MT" in label for label in marks_of(window.minh))
    assert any("QLĐT" in label for label in marks_of(window.minh))
    window.minh.chooses("IV.2.đ")
    assert all_of(window)[0].point == "IV.2.dd"
    assert window.ask(lambda store: store.dialogs.get(window.minh.chat)) is None


def test_more_words_where_a_point_is_asked_are_kept_and_passed_on_not_lost(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.says(WORDS)
    window.hoa.read = len(window.hoa.heard)
    more = "Ngoài ra khu phố 5 cũng chưa có điểm sinh hoạt cộng đồng từ đầu năm."
    window.minh.says(more)
    window.minh.sees("Đã ghi thêm vào phản ánh KK-0001")
    window.hoa.sees(more, "KK-0001")
    assert [event.text for event in all_of(window)[0].events] == ["", more]


def test_an_unknown_point_is_said_and_nothing_is_noted(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.says(WORDS)
    window.minh.says("IX.4")
    window.minh.sees("Chưa nhận ra điểm “IX.4”")
    window.minh.chooses("Bỏ qua")
    assert all_of(window)[0].point == ""


@pytest.mark.parametrize("nothing", ["không có", "Không có khó khăn gì ạ"])
def test_having_no_difficulty_raises_none(window: Window, nothing: str) -> None:
    window.minh.says("khó khăn")
    window.minh.says(nothing)
    window.minh.sees("không ghi nhận gì")
    assert all_of(window) == ()
    assert not window.hoa.heard


def test_too_long_a_text_is_sent_back_to_be_shortened_and_the_question_stays_open(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.says("x" * 1001)
    window.minh.sees("1.000 ký tự")
    assert all_of(window) == ()
    window.minh.says(WORDS)
    assert [d.text for d in all_of(window)] == [WORDS]


def test_the_answer_is_previewed_comes_back_to_the_unit_and_is_said_to_be_clear(window: Window) -> None:
    raise_one(window)
    window.hoa.chooses("Trả lời")
    window.hoa.sees("Trả lời phản ánh KK-0001", WORDS)
    window.hoa.says("Sẽ xem trong tuần")
    window.hoa.sees("gửi tới: anh Trần Văn Minh", "“Sẽ xem trong tuần”", "Gửi nội dung này?")
    window.hoa.chooses("Sửa")
    window.minh.read = len(window.minh.heard)
    window.hoa.says("Phòng sẽ trình UBND quận trước ngày 30/4.")
    assert not window.minh.unread, "nothing goes out before it is confirmed"
    window.hoa.chooses("Gửi")
    window.hoa.sees("Đã gửi trả lời KK-0001 tới anh Trần Văn Minh")
    window.minh.sees(
        "Anh Minh, phản ánh KK-0001 đã được đồng chí Nguyễn Thị Hoa (Phòng Nội vụ quận Gò Vấp) trả lời: "
        "“Phòng sẽ trình UBND quận trước ngày 30/4.”",
        "chị Hoa 028 3894 0000",
        "Đã rõ",
        "Cần trao đổi thêm",
    )
    window.minh.sees_nothing_of("Sẽ xem trong tuần")
    window.minh.chooses("Đã rõ")
    window.minh.sees("đã rõ", "Cảm ơn anh Minh")
    assert [event.step for event in all_of(window)[0].events] == [Step.RAISED, Step.ANSWERED, Step.UNDERSTOOD]
    assert not all_of(window)[0].open


def test_sending_an_answer_twice_sends_it_once(window: Window) -> None:
    raise_one(window)
    window.hoa.chooses("Trả lời")
    window.hoa.says("Đã xem.")
    if window.platform == "telegram":
        button = window.hoa.button("Gửi")
        window.hoa.presses(button)
        window.minh.read = len(window.minh.heard)
        window.hoa.presses(button)
    else:
        window.hoa.chooses("Gửi")
        window.minh.read = len(window.minh.heard)
        window.hoa.chooses("Gửi")
        window.hoa.sees("Chưa rõ anh/chị trả lời câu nào")  # something was said since
        window.hoa.chooses("Gửi")
    window.hoa.sees("Không có câu trả lời nào đang chờ gửi")
    assert not window.minh.unread
    assert [event.step for event in all_of(window)[0].events] == [Step.RAISED, Step.ANSWERED]


def test_two_coordinators_do_not_answer_past_each_other(window: Window) -> None:
    other = window.officer("Lê Thị Mai", "NV", window.platform, Role.COORDINATOR, "chị")
    raise_one(window)
    for coordinator, words in ((window.hoa, "Câu trả lời của Hoa"), (other, "Câu trả lời của Mai")):
        coordinator.chooses("Trả lời")
        coordinator.says(words)
    other.chooses("Gửi")
    window.minh.read = len(window.minh.heard)
    window.hoa.chooses("Gửi")
    window.hoa.sees("vừa có diễn biến mới", "Câu trả lời của Mai")
    assert not window.minh.unread
    window.hoa.chooses("Gửi")
    window.minh.sees("Câu trả lời của Hoa")


def test_wanting_to_talk_on_reaches_noi_vu_at_once_and_with_words_if_any(window: Window) -> None:
    raise_one(window)
    window.hoa.chooses("Trả lời")
    window.hoa.says("Đã xem.")
    window.hoa.chooses("Gửi")
    window.hoa.read = len(window.hoa.heard)
    window.minh.chooses("Cần trao đổi thêm")
    window.hoa.sees("KK-0001", "anh Trần Văn Minh (UBND Phường 5) cần trao đổi thêm.")
    window.hoa.read = len(window.hoa.heard)
    window.minh.says("Kinh phí phải có trước tháng 6.")
    window.hoa.sees("Kinh phí phải có trước tháng 6.")
    assert all_of(window)[0].open
    window.hoa.says("/vuongmac")
    window.hoa.sees("đơn vị cần trao đổi thêm")


def test_an_answer_goes_to_who_sits_there_now_and_to_the_raiser_only_while_still_there(window: Window) -> None:
    raise_one(window)
    lan = window.officer("Nguyễn Thị Lan", "P5", window.platform, Role.FOCAL, "chị")  # takes the seat over
    window.minh.read = len(window.minh.heard)
    window.hoa.chooses("Trả lời")
    window.hoa.says("Đã xem.")
    window.hoa.chooses("Gửi")
    window.hoa.sees("tới chị Nguyễn Thị Lan")
    lan.sees("Chị Lan, phản ánh KK-0001", "Đã xem.")
    assert not window.minh.unread


def test_a_raiser_who_stayed_as_deputy_is_told_too(window: Window) -> None:
    lan = window.officer("Nguyễn Thị Lan", "P5", window.platform, Role.DEPUTY, "chị")
    lan.says("khó khăn")
    lan.says(WORDS)
    lan.chooses("Bỏ qua")
    window.hoa.chooses("Trả lời")
    window.hoa.says("Đã xem.")
    window.hoa.chooses("Gửi")
    lan.sees("Chị Lan, phản ánh KK-0001")
    window.minh.sees("Anh Minh, phản ánh KK-0001")


def test_who_cannot_be_reached_is_named_so_that_somebody_phones(window: Window) -> None:
    raise_one(window)
    window.hoa.chooses("Trả lời")
    window.hoa.says("Đã xem.")
    window.ask(lambda store: store.people.set_unreachable(window.minh.chat, "blocked"))
    window.hoa.chooses("Gửi")
    window.hoa.sees("Không gửi được tới anh Trần Văn Minh", "điện thoại")
    assert all_of(window)[0].state is Step.ANSWERED


def test_the_desk_lists_open_ones_oldest_first_with_age_and_opens_one_with_its_history(window: Window) -> None:
    raise_one(window)
    window.now += timedelta(days=3)
    thu = window.officer("Phạm Thị Thu", "P9", window.platform, honorific="chị")
    thu.says("khó khăn")
    thu.says("Chưa có phần mềm một cửa mới.")
    thu.says("II.2")
    window.hoa.says("khó khăn")
    text = window.hoa.screen
    assert text.index("KK-0001 Phường 5, 3 ngày, chờ trả lời") < text.index("KK-0002 Phường 9, hôm nay, chờ trả lời")
    window.hoa.chooses("KK-0002")
    window.hoa.sees("Chưa có phần mềm một cửa mới.", "Phạm Thị Thu", "Mục II, ý thứ 2")
    window.hoa.chooses("Đóng")
    window.hoa.sees("Đóng phản ánh KK-0002 của UBND Phường 9?")
    window.hoa.chooses("Đóng phản ánh này")
    thu.sees("đã đóng phản ánh KK-0002")
    window.hoa.says("khó khăn")
    window.hoa.sees_nothing_of("KK-0002")
    window.hoa.chooses("Tất cả")
    window.hoa.sees("KK-0002 Phường 9, hôm nay, đã đóng")


def test_a_long_desk_is_paged_and_every_one_can_be_reached(window: Window) -> None:
    def fill(store: object) -> None:
        for number in range(20):
            store.difficulties.raise_(  # type: ignore[attr-defined]
                unit_id=store.units.by_code("P5").id,  # type: ignore[attr-defined]
                person_id=window.minh.id,
                text=f"Khó khăn thứ {number + 1}. " + "rất dài " * 110,
                now=window.now,
            )

    window.ask(fill)
    window.hoa.says("khó khăn")
    seen = window.hoa.screen
    while "Trang sau" in marks_of(window.hoa):
        window.hoa.chooses("Trang sau")
        seen += window.hoa.screen
    assert all(f"KK-{number:04d}" in seen for number in range(1, 21))
    window.hoa.chooses("KK-0020")
    window.hoa.sees("Khó khăn thứ 20")


def test_a_unit_sees_its_own_and_never_another_units(window: Window) -> None:
    raise_one(window)
    thu = window.officer("Phạm Thị Thu", "P9", window.platform, honorific="chị")
    thu.says("khó khăn")
    thu.sees_nothing_of("KK-0001", "Phản ánh đã gửi")
    window.minh.says("khó khăn")
    window.minh.chooses("Phản ánh đã gửi (1)")
    window.minh.sees("KK-0001", "chờ trả lời")
    window.minh.chooses("KK-0001")
    window.minh.sees(WORDS)
    window.minh.sees_nothing_of("Trả lời\n", "[Trả lời]", "[Đóng]")


def test_somebody_who_left_the_unit_can_not_raise_in_its_name_any_more(window: Window) -> None:
    window.minh.says("khó khăn")
    window.officer("Nguyễn Thị Lan", "P5", window.platform, Role.FOCAL, "chị")  # takes the seat over
    window.minh.says(WORDS)
    assert all_of(window) == ()
    assert window.minh.screen


def test_who_sits_for_two_units_says_which_one_it_is_about(window: Window) -> None:
    def second_seat(store: object) -> None:
        seat = store.people.ask_seat(  # type: ignore[attr-defined]
            person_id=window.minh.id,
            unit_id=store.units.by_code("P6").id,  # type: ignore[attr-defined]
            role=Role.DEPUTY,
            now=window.now,
        )
        store.people.confirm(seat.id, by=None, now=window.now)  # type: ignore[attr-defined]

    window.ask(second_seat)
    window.minh.says("khó khăn")
    window.minh.sees("của đơn vị nào")
    window.minh.chooses("Phường 6")
    window.minh.says(WORDS)
    window.minh.sees("UBND Phường 6")


def test_stopping_keeps_nothing(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.chooses("Thôi")
    window.minh.sees("không ghi nhận gì")
    assert all_of(window) == ()
    assert window.ask(lambda store: store.dialogs.get(window.minh.chat)) is None


def test_after_raising_one_in_the_middle_of_a_report_the_report_goes_on(window: Window) -> None:
    window.minh.says("bắt đầu")
    window.minh.chooses("Đã có")
    window.minh.says("khó khăn")
    window.minh.says(WORDS)
    window.minh.chooses("Bỏ qua")
    window.minh.chooses("Làm tiếp")
    window.minh.sees("Câu 1b")
    window.minh.says("25/KH-UBND")
    assert len(all_of(window)) == 1


def test_a_thank_you_the_next_day_is_no_difficulty(window: Window) -> None:
    window.minh.says("khó khăn")
    window.now += timedelta(days=1)
    window.minh.says("cảm ơn chị")
    window.minh.sees("chưa được ghi nhận")
    assert all_of(window) == ()


def test_what_is_typed_while_the_own_list_is_read_is_no_difficulty(window: Window) -> None:
    raise_one(window)
    window.minh.says("khó khăn")
    window.minh.chooses("Phản ánh đã gửi (1)")
    window.minh.says("à nhớ rồi")
    assert len(all_of(window)) == 1
