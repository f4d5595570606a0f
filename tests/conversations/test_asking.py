"""Questions in plain words, played on both platforms: what is said back, and that nobody hears of a unit that is not theirs."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from tests.conversations.counter import local
from tests.conversations.window import Window, marks_of

BOTH: tuple[PlatformName, ...] = ("telegram", "zalo")


@pytest.fixture(params=BOTH)
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Window:
    window = Window(tmp_path, request.param)
    window.answered("P5", KH_DV="đã có", TCD_LUOT="40", DON_GQ="12/14", HD_M2="2500", HD_HO="3", DVC_TT="850/1000")
    window.answered("P6", KH_DV="đã có", TCD_LUOT="khoảng 60", DON_GQ="3/6", HD_M2="0", DVC_TT="85%")
    window.answered("TTr", TCD_LUOT="1.200", TCD_NGUOI="1.300")
    window.answered("P4", send=False, TCD_LUOT="999", KH_DV="đã có")
    return window


def test_who_has_not_sent_is_answered_with_the_question_in_words_first(window: Window) -> None:
    window.hoa.says("còn phường nào chưa gửi")
    window.hoa.sees(
        "Hiểu là: các phường chưa gửi báo cáo 6 tháng năm 2026.",
        "14/16 đơn vị.",
        "Đang trả lời (1): Phường 4.",
        "Chưa bắt đầu (13): Phường 1, 3, 7, 8",
    )
    window.hoa.sees_nothing_of("Thanh tra")
    window.hoa.chooses("Xem tổng hợp")
    window.hoa.sees("Tỷ lệ gửi: 3/28")


def test_one_units_figure_comes_from_what_it_sent(window: Window) -> None:
    window.hoa.says("phuong 5 tiep cong dan bao nhieu luot")
    window.hoa.sees("Hiểu là: lượt tiếp công dân của Phường 5, báo cáo 6 tháng năm 2026.", "Phường 5: 40 lượt.")
    window.hoa.chooses("Xem cả đơn vị")
    window.hoa.sees("UBND Phường 5 – báo cáo 6 tháng năm 2026")
    window.hoa.says("p4 tiếp dân bao nhiêu lượt?")
    window.hoa.sees("Phường 4 chưa gửi báo cáo nên chưa có số này.")
    window.hoa.sees_nothing_of("999")
    window.hoa.says("phường 6 họp khu phố mấy cuộc")
    window.hoa.sees("Phường 6 đã gửi báo cáo nhưng không trả lời câu này.")


def test_a_total_never_adds_what_would_count_twice(window: Window) -> None:
    window.hoa.says("tổng số lượt tiếp công dân")
    window.hoa.sees("Lượt tiếp công dân: 100 lượt; từ 2/16 phường", "Lượt tiếp công dân: 1.200 lượt", "không cộng với nhau")
    assert len(marks_of(window.hoa)) == 2


def test_the_highest_and_the_lowest_are_named_with_how_many_were_looked_at(window: Window) -> None:
    window.hoa.says("phường nào hiến đất nhiều nhất")
    window.hoa.sees("diện tích hiến đất mở rộng hẻm cao nhất", "Phường 5: 2.500 m² (cần xem lại", "(trong 2 đơn vị có số)")
    window.hoa.says("phuong nao tiep cong dan it nhat")
    window.hoa.sees("Phường 5: 40 lượt")
    window.hoa.sees_nothing_of("Thanh tra", "1.200")


def test_difficulties_are_found_by_their_words(window: Window) -> None:
    window.minh.says("khó khăn")
    window.minh.says("Chậm giải phóng mặt bằng hẻm 12")
    window.minh.chooses("Bỏ qua")
    window.hoa.says("khó khăn về giải phóng mặt bằng")
    window.hoa.sees("khó khăn, vướng mắc có từ “giai phong mat bang”", "Có 1, trong đó 1 chờ trả lời:", "KK-0001 Phường 5")
    window.hoa.chooses("KK-0001")
    window.hoa.sees("Chậm giải phóng mặt bằng hẻm 12")
    window.hoa.says("khó khăn về kinh phí")
    window.hoa.sees("Không có khó khăn, vướng mắc nào như vậy")


def test_the_plan_is_quoted_not_retold(window: Window) -> None:
    window.hoa.says("kế hoạch nói gì về hiến đất")
    window.hoa.sees("Mục II, ý thứ 12: “Tiếp tục đẩy mạnh công tác tuyên truyền, vận động Nhân dân hiến đất")
    window.hoa.chooses("Mục II, ý thứ 12")
    window.hoa.sees("toàn văn")
    window.hoa.says("kế hoạch nói gì về bóng đá")
    window.hoa.sees("không có ý nào nêu đúng các từ này")


def test_what_is_not_certain_is_offered_and_a_choice_is_answered(window: Window) -> None:
    window.hoa.says("phường 5 và phường 6 gửi chưa")
    window.hoa.sees("Chưa rõ anh/chị hỏi điều gì", "Phường 5 đã gửi báo cáo 6 tháng năm 2026 chưa")
    window.hoa.chooses("Phường 6 đã gửi")
    window.hoa.sees("Hiểu là: Phường 6 đã gửi báo cáo 6 tháng năm 2026 chưa.", "Phường 6: gửi trong hạn")


def test_a_ward_that_does_not_exist_is_not_another_one(window: Window) -> None:
    window.hoa.says("phường 2 tiếp công dân bao nhiêu lượt")
    window.hoa.sees("không có đơn vị như vậy")
    window.hoa.sees_nothing_of("lượt;")


def test_what_is_no_question_is_not_answered_as_one(window: Window) -> None:
    for text in ("chiều nay họp", "tiếp công dân 40 lượt"):
        window.hoa.says(text)
        window.hoa.sees("chưa hiểu tin này")
        window.minh.says(text)
        window.minh.sees("Hệ thống chưa hiểu tin này. Gõ “giúp”")


def test_an_officer_asks_about_their_own_unit_and_hears_of_no_other(window: Window) -> None:
    window.minh.says("tiếp công dân được bao nhiêu lượt")
    window.minh.sees("lượt tiếp công dân của Phường 5", "Phường 5: 40 lượt.")
    window.minh.says("đơn vị tôi gửi chưa")
    window.minh.sees("Phường 5: gửi trong hạn")
    for text in (
        "phường 6 tiếp công dân bao nhiêu lượt",
        "còn đơn vị nào chưa gửi vậy",
        "tổng số lượt tiếp công dân",
        "phường nào hiến đất nhiều nhất",
        "phường 6 gửi chưa",
        "phường 6 có khó khăn gì",
    ):
        window.minh.says(text)
        window.minh.sees("Số liệu của đơn vị khác và số chung do Phòng Nội vụ quận Gò Vấp xem")
        window.minh.sees_nothing_of("60", "14/", "gửi trong hạn", "KK-")


def test_an_officers_unsent_figure_is_said_to_be_unsent(window: Window) -> None:
    lan = window.officer("Trần Thị Lan", "P4", window.platform)
    lan.says("tiếp công dân bao nhiêu lượt rồi")
    lan.sees("Phường 4: đã nhập 999 lượt, nhưng chưa gửi.")


def test_an_answer_to_an_open_question_never_becomes_a_question(window: Window) -> None:
    window.minh.says("/vuongmac")
    window.minh.says("phường 5 tiếp công dân bao nhiêu lượt thì đủ, chưa có hướng dẫn")
    window.minh.sees("KK-0001")
    window.minh.sees_nothing_of("Hiểu là")


def test_a_round_is_compared_with_the_same_one_a_year_before(window: Window) -> None:
    window.hoa.says("so với cùng kỳ năm trước")
    window.hoa.sees("Chưa có số của cùng kỳ năm trước")
    _last_year(window)
    window.hoa.says("so với cùng kỳ năm trước tiếp công dân tăng hay giảm")
    window.hoa.sees(
        "so với báo cáo 6 tháng năm 2025",
        "• Lượt tiếp công dân: 40 lượt, kỳ kia 50 lượt: giảm 10 lượt (20%); 1 đơn vị có ở cả hai kỳ,"
        " không tính chỉ có ở kỳ này: Phường 6",
    )
    window.minh.says("tiếp công dân so với năm trước thế nào")
    window.minh.sees("của Phường 5", "40 lượt, kỳ kia 50 lượt: giảm 10 lượt (20%)")
    window.minh.sees_nothing_of("Phường 6")


def test_the_summary_opens_to_the_comparison_and_back(window: Window) -> None:
    window.hoa.says("/tonghop")
    assert "So sánh" not in marks_of(window.hoa)
    _last_year(window)
    window.hoa.says("/tonghop")
    window.hoa.chooses("So sánh")
    window.hoa.sees(
        "Kế hoạch 847/KH-UBND – báo cáo 6 tháng năm 2026 so với báo cáo 6 tháng năm 2025",
        "Chỉ cộng các đơn vị có trả lời ở cả hai kỳ.",
        "Đơn thư đã giải quyết/tiếp nhận: 12/14 đơn (85,7%), kỳ kia 5/10 đơn (50%): tăng 35,7 điểm phần trăm",
    )
    window.hoa.sees_nothing_of("dài khác nhau")
    window.hoa.chooses("So với báo cáo năm 2025")
    window.hoa.sees("so với báo cáo năm 2025", "Hai kỳ số liệu dài khác nhau")
    window.hoa.chooses("Tổng hợp chung")
    window.hoa.sees("Tỷ lệ gửi")


def test_the_districts_leaders_read_everything_and_change_nothing(window: Window) -> None:
    window.ask(lambda store: store.people.change(window.minh.id, name="Trần Văn Minh", honorific="anh", phone="0903123456"))
    thu = window.officer("Đào Văn Thứ", "NV", window.platform, Role.DISTRICT)
    thu.says("/tonghop")
    thu.sees("Tỷ lệ gửi: 3/28")
    assert marks_of(thu) == ["Số liệu", "Theo đơn vị", "Kỳ khác"]
    thu.chooses("Theo đơn vị")
    thu.says("Phường 5")
    thu.sees("Người gửi: anh Trần Văn Minh", "Lượt tiếp công dân: 40 lượt")
    thu.sees_nothing_of("0903")
    thu.says("phường 6 tiếp công dân bao nhiêu lượt")
    thu.sees("Phường 6: ước 60 lượt")
    for command in ("/moi", "/duyet", "/nguoi", "/ganhnang"):
        thu.says(command)
        thu.sees("không thuộc phần được giao")
    thu.says("/vuongmac")
    thu.sees_nothing_of("Nhờ anh/chị cho biết khó khăn")
    window.hoa.says("/tonghop")
    window.hoa.chooses("Theo đơn vị")
    window.hoa.says("Phường 5")
    window.hoa.sees("0903 123 456")


def _last_year(window: Window) -> None:
    def arm(store) -> None:
        plan_id, plan = next(iter(store.plans.latest().items()))
        for round_ in store.rounds.arm(plan_id, plan, 2025, local(2025, 1, 2).date()):
            if round_.code == "6T":
                store.rounds.close(round_.id, local(2025, 6, 2))

    now = window.now
    window.ask(arm)
    window.now = local(2025, 4, 20)

    def answer(store) -> None:
        from bot.domain.reading import read

        at = next(r for r in store.rounds.all() if (r.code, r.year) == ("6T", 2025))
        for unit, typed in {"P5": {"TCD_LUOT": "50", "DON_GQ": "5/10"}, "P7": {"TCD_LUOT": "7"}}.items():
            of = store.units.by_code(unit)
            questions = {q.code: q for q in store.plans.get(at.plan_id).question_set(of.questions).questions}
            for code, text in typed.items():
                reading = read(questions[code], text, today=window.now.date())
                store.answers.add(
                    round_id=at.id,
                    unit_id=of.id,
                    question=code,
                    raw=text,
                    reading=reading,
                    person_id=window.minh.id,
                    now=window.now,
                )
            store.answers.send(round_id=at.id, unit_id=of.id, person_id=window.minh.id, now=window.now)

    window.ask(answer)
    window.now = now + timedelta(minutes=1)


def test_the_districts_leaders_are_invited_in_words_and_asked_about_before_they_see_everything(window: Window) -> None:
    window.hoa.says("/moi lãnh đạo quận")
    window.hoa.sees("Lời mời đăng ký lãnh đạo quận", "Kính gửi đồng chí lãnh đạo quận.", "xem tổng hợp báo cáo của các đơn vị")
    code = window.hoa.screen.rsplit("\n", 1)[-1].split("\n")[0]
    thu = window.officer("Lê Văn Thu", "P9", window.platform)
    thu.says(code)
    thu.sees("lãnh đạo quận – anh Lê Văn Thu")
    thu.chooses("Đúng")
    window.hoa.read = 0
    window.hoa.sees("đăng ký vai trò lãnh đạo quận. Người giữ vai trò này xem được số liệu của mọi đơn vị.")
    thu.says("/tonghop")
    thu.sees_nothing_of("Tỷ lệ gửi")
    window.hoa.chooses("Xác nhận")
    window.hoa.sees("sẽ xem được số liệu của mọi đơn vị. Xác nhận lần hai?")
    window.hoa.chooses("Xác nhận cán bộ")
    thu.read = 0
    thu.sees("Đã ghi nhận đồng chí là lãnh đạo quận.")
    thu.says("/tonghop")
    thu.sees("Tỷ lệ gửi")


def test_who_is_away_is_named_as_away_and_not_only_among_those_who_have_not_begun(window: Window) -> None:
    nam = window.officer("Phạm Văn Nam", "P9", window.platform)
    window.ask(
        lambda store: store.absences.declare(
            person_id=nam.id,
            from_=date(2026, 4, 15),
            until=date(2026, 4, 30),
            stand_in_id=None,
            by_id=nam.id,
            now=window.now,
        )
    )
    window.hoa.says("con phuong nao chua gui")
    window.hoa.sees("Vắng mặt (1): Phường 9 (anh Phạm Văn Nam, đến hết thứ Năm 30/4)")
