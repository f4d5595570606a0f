"""/cauhoi: the questions of a round before it opens, on both ways of answering; refused once units have read them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.outlook import opens_on
from bot.domain.questions import Question
from storage.store import Store
from tests.conversations.counter import local
from tests.conversations.window import Window, marks_of


@pytest.fixture
def window(tmp_path: Path, platform: PlatformName) -> Window:
    """16 April 2026: the 6-month round is open, the yearly one opens in October."""
    return Window(tmp_path, platform)


def ward_questions(window: Window, round_: str) -> list[Question]:
    def asked(store: Store) -> list[Question]:
        found = next(one for one in store.rounds.all() if one.code == round_)
        questions = store.plans.get(found.plan_id).question_set("ward").questions
        return [each for each in questions if not each.rounds or round_ in each.rounds]

    return window.ask(asked)


def opens_ward_set(window: Window, round_: str = "Báo cáo năm 2026") -> None:
    window.hoa.says("/cauhoi")
    if "của kỳ nào" in window.hoa.screen:  # not when only one round is ahead
        window.hoa.chooses(round_)
    window.hoa.chooses("UBND phường")


def test_a_question_is_reworded_for_one_round_and_asked_so_when_it_opens(window: Window) -> None:
    hoa, minh = window.hoa, window.minh
    before = ward_questions(window, "N")
    hoa.says("/cauhoi")
    hoa.sees("Xem câu hỏi của kỳ nào?", "Báo cáo 6 tháng năm 2026: đã mở", "Báo cáo năm 2026: chưa mở")
    hoa.chooses("Báo cáo năm 2026")
    assert "Trước ngày đó sửa được câu hỏi" in hoa.heard[-1][1].text
    hoa.chooses("UBND phường")
    hoa.chooses("2. ")
    hoa.sees("Câu 2, UBND phường, báo cáo năm 2026")
    hoa.chooses("Sửa câu chữ")
    hoa.says("Ngắn")
    hoa.sees("từ 10 đến 600 ký tự")
    hoa.says("Trong năm, {phường} đã tiếp bao nhiêu lượt?")
    hoa.sees("dấu ngoặc nhọn")
    new = "Từ đầu năm đến nay phường đã tiếp bao nhiêu lượt công dân tại trụ sở?"
    hoa.says(new)
    hoa.sees("Đang hỏi:", f"Sẽ hỏi: {new}", "Ghi thay đổi?")
    assert ward_questions(window, "N") == before, "nothing is written before it is confirmed"
    hoa.chooses("Ghi thay đổi")
    hoa.sees("Đã ghi. Báo cáo năm 2026 sẽ hỏi như vậy khi mở")

    assert next(each for each in ward_questions(window, "N") if each.code == "TCD_LUOT").text == new
    assert all(each.text != new for each in ward_questions(window, "6T")), "the round that is open keeps its own"
    hoa.chooses("Danh sách câu hỏi")
    assert "(đã sửa)" in hoa.heard[-1][1].text
    window.now = local(2026, 10, 26, 9)
    minh.says("/baocao")
    if "chọn một" in minh.screen:
        minh.chooses("Phường 5, báo cáo năm")
    minh.chooses("Chưa")
    minh.sees(f"Câu 2/12. {new}")


def test_the_words_of_the_plan_can_be_taken_again(window: Window) -> None:
    before = ward_questions(window, "N")
    opens_ward_set(window)
    window.hoa.chooses("2. ")
    window.hoa.chooses("Sửa câu chữ")
    window.hoa.says("Phường đã tiếp tất cả bao nhiêu lượt người?")
    window.hoa.chooses("Ghi thay đổi")
    opens_ward_set(window)
    window.hoa.chooses("2. ")
    window.hoa.sees("Trong kế hoạch:")
    window.hoa.chooses("Theo kế hoạch")
    window.hoa.chooses("Ghi thay đổi")
    assert ward_questions(window, "N") == before
    assert window.ask(lambda store: {round_.plan_id for round_ in store.rounds.all()}) == {1}


def test_a_question_is_left_out_with_its_follow_ups_and_put_back(window: Window) -> None:
    hoa = window.hoa
    before = ward_questions(window, "N")
    opens_ward_set(window)
    hoa.chooses("1. ")
    hoa.chooses("Bỏ câu này")
    hoa.sees("Câu hỏi phụ của câu này (1) cũng không hỏi", "sẽ không có chỉ tiêu đó")
    hoa.chooses("Ghi thay đổi")
    assert [each.code for each in ward_questions(window, "N")] == [q.code for q in before if q.code not in ("KH_DV", "KH_SO")]
    opens_ward_set(window)
    while not any(label.startswith("Đã bỏ") for label in marks_of(hoa)):
        hoa.chooses("Trang sau")
    hoa.chooses("Đã bỏ")
    hoa.chooses("Hỏi lại câu này")
    hoa.chooses("Ghi thay đổi")
    assert ward_questions(window, "N") == before


def test_questions_change_places_and_their_follow_ups_go_with_them(window: Window) -> None:
    hoa = window.hoa
    before = [each.code for each in ward_questions(window, "N")]
    opens_ward_set(window)
    hoa.chooses("1. ")
    hoa.chooses("Đổi thứ tự")
    hoa.says("99")
    hoa.sees("một số từ 1 đến 12")
    hoa.says("3")
    hoa.sees("Thứ tự mới")
    hoa.chooses("Ghi thay đổi")
    after = [each.code for each in ward_questions(window, "N")]
    assert after[:4] == [before[2], before[3], "KH_DV", "KH_SO"]
    assert after[4:] == before[4:]


def test_once_a_round_is_open_its_questions_are_shown_and_nothing_can_be_changed(window: Window) -> None:
    hoa = window.hoa
    opens_ward_set(window, "Báo cáo 6 tháng")
    assert "đã mở từ" in hoa.heard[-1][1].text
    assert "/thongbao" in hoa.heard[-1][1].text
    hoa.chooses("2. ")
    assert marks_of(hoa) == ["Danh sách câu hỏi"]

    yearly = window.ask(lambda store: next(one for one in store.rounds.all() if one.code == "N"))
    opens = opens_on(yearly, window.around.calendar)
    window.now = local(opens.year, opens.month, opens.day, 0) - timedelta(minutes=30)
    opens_ward_set(window)
    hoa.chooses("2. ")
    hoa.chooses("Sửa câu chữ")
    hoa.says("Phường đã tiếp tất cả bao nhiêu lượt người?")
    window.now = local(opens.year, opens.month, opens.day, 0, 5)
    before = ward_questions(window, "N")
    hoa.says("ghi")
    hoa.sees("trả lời lại câu này")  # the question is of yesterday
    hoa.chooses("Ghi thay đổi")
    hoa.sees("đã mở từ", "không sửa được nữa")
    assert ward_questions(window, "N") == before


def test_the_plan_itself_and_next_year_keep_their_questions(window: Window) -> None:
    opens_ward_set(window)
    window.hoa.chooses("2. ")
    window.hoa.chooses("Bỏ câu này")
    window.hoa.chooses("Ghi thay đổi")

    def next_year(store: Store) -> bool:
        ((plan_id, plan),) = store.plans.latest().items()
        rounds = store.rounds.arm(plan_id, plan, 2027, window.now.date())
        return all(round_.plan_id == 1 for round_ in rounds) and plan == store.plans.written(plan_id)

    assert window.ask(next_year)
    assert len(window.ask(lambda store: store.rounds.years())) == 2


def test_only_coordinators_see_or_change_questions(window: Window) -> None:
    window.minh.says("/cauhoi")
    window.minh.sees("không thuộc phần được giao")
