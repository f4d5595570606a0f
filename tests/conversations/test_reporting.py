"""Answering a report, played on both platforms: by buttons on Telegram, by numbers and letters on Zalo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.chat.messages import PlatformName
from bot.domain.answers import Answer, FileValue, Percent, Ratio, Status
from bot.domain.people import Role
from bot.domain.reports import Report, Via
from tests.conversations.counter import Counter, Officer, local

MONDAY = local(2026, 4, 20)
EVERY_KIND = (Path(__file__).parent / "every_kind.yaml").read_text(encoding="utf-8")
BOTH: tuple[PlatformName, ...] = ("telegram", "zalo")


class Desk:
    """A counter with chị Hoa of Phòng Nội vụ and anh Minh of Phường 5."""

    def __init__(self, folder: Path, platform: PlatformName, plan: str = "") -> None:
        self.counter = Counter(folder, MONDAY, plan, wire="/zalo-strict")
        self.hoa = self.counter.officer("Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR, "chị")
        self.minh = self.counter.officer("Trần Văn Minh", "P5", platform)

    def answers(self, unit: str = "P5", round_: str = "6T") -> dict[str, Answer]:
        at = self.counter.round_id(round_)
        return self.counter.ask(lambda s: s.answers.latest(at, self.counter.unit_id(s, unit)))

    def report(self, unit: str = "P5", round_: str = "6T") -> Report | None:
        at = self.counter.round_id(round_)
        return self.counter.ask(lambda s: s.answers.report(at, self.counter.unit_id(s, unit)))

    def close(self, round_: str = "6T") -> None:
        at = self.counter.round_id(round_)
        self.counter.ask(lambda s: s.rounds.close(at, self.counter.now))


@pytest.fixture(params=BOTH)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    return Desk(tmp_path, request.param)


@pytest.fixture(params=BOTH)
def kinds(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    return Desk(tmp_path, request.param, EVERY_KIND)


def answer_all(minh: Officer, difficulty: str = "không có khó khăn gì") -> None:
    """The ten questions of a ward, two follow-ups included."""
    minh.says("bắt đầu")
    minh.chooses("Đã có")
    minh.says("25/KH-UBND ngày 20/3")
    for typed in ("12", "12/14", "3", "14", "35,5 m2", "2", "5", "850/1.000"):
        minh.says(typed)
    minh.chooses("Đủ")
    minh.says(difficulty)


def begin_the_year_after_six_months(desk: Desk) -> None:
    """The six months' report is sent and their round closed; the year's is open at its first question."""
    answer_all(desk.minh)
    desk.minh.says("gửi")
    desk.counter.now = local(2026, 10, 20)
    desk.close()
    desk.minh.says("bắt đầu")


# From the first question to the sent report


def test_a_ward_officer_answers_all_ten_questions_and_sends(desk: Desk) -> None:
    minh = desk.minh
    minh.says("/baocao")
    minh.sees("Kế hoạch 847/KH-UBND", "10 câu, khoảng 3 phút", "tính đến 30/4/2026", "“lùi”", "“để sau”", "Câu 1/10.")
    minh.chooses("Đã có")
    minh.sees("✓ Câu 1. Kế hoạch dân vận, dân chủ cơ sở: Đã có", "Câu 1b. Số, ký hiệu")
    minh.says("25/KH-UBND ngày 20/3")
    minh.sees("Câu 2/10. Số lượt tiếp công dân từ đầu năm đến 30/4/2026?")
    minh.says("mười hai lượt ạ")
    minh.sees("✓ Câu 2. Lượt tiếp công dân: 12 lượt", "Câu 3/10.", "Ví dụ: 12/14")
    minh.says("12 trên 14")
    minh.sees("12/14 đơn")
    minh.says("khoang 3")
    minh.sees("ước 3 cuộc")
    minh.chooses("Chưa có số")
    minh.sees("Hội nghị Nhân dân khu phố: chưa có số")
    minh.says("35,5 m2")
    minh.sees("Câu 6b. Có mấy hộ hiến đất?")
    minh.says("2")
    minh.chooses("Không phát sinh")
    minh.sees("Mô hình “Dân vận khéo”: không phát sinh")
    minh.says("85%")
    minh.chooses("Chưa đủ")
    minh.sees("Câu 9b.")
    minh.says("Còn thiếu mục ngân sách")
    minh.sees("Câu 10/10.", "Không ghi tên, số giấy tờ của công dân")
    assert desk.report() is None
    minh.chooses("Không")
    minh.sees(
        "10/10 câu", "4. Cuộc đối thoại, tiếp xúc: ước 3 cuộc", "9b. Nội dung chưa công khai", "10. Khó khăn, kiến nghị: không"
    )
    assert desk.report() is None
    minh.chooses("Gửi")
    minh.sees(
        "Đã nhận báo cáo 6 tháng của UBND Phường 5 lúc 08:01 thứ Hai 20/4/2026 (10/10 câu), mã P5-6T-2026.",
        "Cảm ơn anh Minh.",
        "hệ thống quản lý văn bản",
        "gõ “sửa”",
    )
    minh.sees_nothing_of("sau mốc")
    report = desk.report()
    assert report is not None
    values = {code: (a.status, a.value, a.estimate) for code, a in report.answers.items()}
    assert values == {
        "KH_DV": (Status.GIVEN, "done", False),
        "KH_SO": (Status.GIVEN, "25/KH-UBND ngày 20/3", False),
        "TCD_LUOT": (Status.GIVEN, 12, False),
        "DON_GQ": (Status.GIVEN, Ratio(x=12, y=14), False),
        "DT_CUOC": (Status.GIVEN, 3, True),
        "HNND": (Status.UNAVAILABLE, None, False),
        "HD_M2": (Status.GIVEN, Decimal("35.5"), False),
        "HD_HO": (Status.GIVEN, 2, False),
        "DVK_MH": (Status.NONE, None, False),
        "DVC_TT": (Status.GIVEN, Percent(value=Decimal(85)), False),
        "CK_ND": (Status.GIVEN, "lacking", False),
        "CK_THIEU": (Status.GIVEN, "Còn thiếu mục ngân sách", False),
        "KK": (Status.NONE, None, False),
    }
    assert {a.raw for a in report.answers.values()} >= {"mười hai lượt ạ", "khoang 3", "35,5 m2"}
    assert desk.hoa.heard == []


def test_a_report_after_the_last_day_is_taken_with_a_kind_word_about_the_date(desk: Desk) -> None:
    desk.counter.now = local(2026, 5, 6, 9)
    answer_all(desk.minh)
    desk.minh.says("gửi")
    desk.minh.sees("sau mốc trước ngày 05/5 (chậm nhất hết thứ Hai 04/5)", "vẫn ghi nhận để tổng hợp", "Cảm ơn anh Minh")


def test_every_kind_of_question_takes_its_kind_of_answer(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.says("đang soạn")
    minh.says("~200 luot")
    minh.says("2,5")
    minh.says("0/0")
    minh.says("87,5%")
    minh.says("1tr250")
    minh.sees("✓ Câu 6. Kinh phí: 1.250.000 đồng")
    minh.says("29/4/2026")
    minh.sees("Ngày hội nghị: thứ Tư 29/4/2026", "Gửi một tệp")
    minh.says("đây nhé")
    minh.sees("cần một tệp hoặc ảnh")
    minh.sends_file("biên bản.pdf", b"%PDF-1.7 minutes")
    minh.sees("✓ Câu 8. Biên bản: tệp biên bản.pdf", "Câu 9/9.")
    minh.chooses("Bỏ qua")
    minh.sees("Đã bỏ qua câu 9.", "9. Ghi chú: bỏ qua")
    minh.chooses("Gửi")
    minh.sees("(8/9 câu), mã P5-Q1-2026")
    report = kinds.report(round_="Q1")
    assert report is not None
    file = report.answers["FILE"].value
    assert isinstance(file, FileValue)
    assert (kinds.counter.folder / file.path).read_bytes() == b"%PDF-1.7 minutes"
    assert {code: a.value for code, a in report.answers.items() if code != "FILE"} == {
        "PLAN": "in_progress",
        "VISITS": 200,
        "LAND": Decimal("2.5"),
        "LETTERS": Ratio(x=0, y=0),
        "SHARE": Percent(value=Decimal("87.5")),
        "MONEY": 1_250_000,
        "DAY": date(2026, 4, 29),
    }
    assert report.answers["VISITS"].estimate


def test_zero_nothing_to_report_no_figure_yet_and_unanswered_stay_four_things(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.chooses("Không phát sinh")
    minh.says("0")
    minh.chooses("Chưa có số")
    found = kinds.answers(round_="Q1")
    assert (found["VISITS"].status, found["VISITS"].value) == (Status.NONE, None)
    assert (found["LAND"].status, found["LAND"].value) == (Status.GIVEN, Decimal(0))
    assert (found["LETTERS"].status, found["LETTERS"].value) == (Status.UNAVAILABLE, None)
    assert "SHARE" not in found
    minh.says("tóm tắt")
    minh.sees("Tiếp công dân: không phát sinh", "Hiến đất: 0 m²", "Đơn thư: chưa có số", "Hồ sơ trực tuyến: chưa trả lời")


def test_the_longest_plan_still_fits_every_message(kinds: Desk) -> None:
    long = kinds.counter.officer("Lê Thị Lan", "P6", kinds.minh.platform, honorific="chị")
    long.says("bắt đầu")
    long.chooses("Lựa chọn thứ mười")
    for _ in range(10):
        long.says("Một câu trả lời rất dài. " * 40)
    long.says("Thiếu kinh phí. " * 62)
    long.sees("12/12 câu")
    assert len(long.unread) <= 2
    long.chooses("Sửa câu số…")
    long.says("tiến độ")
    long.says("gửi")
    long.says("sửa")
    for number in range(2, 12):
        long.says(f"sửa câu {number}")
        long.says("Một câu trả lời khác cũng rất dài. " * 28)
    long.chooses("Gửi lại")
    long.sees("Thay đổi:")
    assert len(long.unread) == 1


# Doubts and surprises


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("1,250", "phân nghìn"),
        ("12,5", "số nguyên"),
        ("-3", "nhỏ hơn 0"),
        ("nhiều", "cần một con số"),
        ("12 13", "nhiều con số"),
        ("k", "nhiều cách"),
    ],
)
def test_a_doubtful_answer_is_asked_back_kindly_and_nothing_is_kept(kinds: Desk, typed: str, why: str) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says(typed)
    minh.sees(why, "Chưa ghi nhận", "Câu 2/9.")
    assert "VISITS" not in kinds.answers(round_="Q1")
    minh.says("12")
    assert kinds.answers(round_="Q1")["VISITS"].value == 12


def test_a_doubtful_answer_can_be_settled_by_choosing_what_was_meant(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("12")
    minh.says("1,250")
    minh.chooses("1,25 m²")
    minh.says("14/12")
    minh.chooses("12/14 đơn")
    found = kinds.answers(round_="Q1")
    assert found["LAND"].value == Decimal("1.25")
    assert found["LAND"].raw == "1,250"
    assert found["LETTERS"].value == Ratio(x=12, y=14)


def test_a_converted_figure_counts_only_after_it_was_confirmed(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("12")
    minh.says("2,5 ha")
    minh.sees("“2,5 ha”", "25.000 m²", "Đúng không?")
    assert "LAND" not in kinds.answers(round_="Q1")
    minh.chooses("Sửa")
    minh.sees("Câu 3/9.")
    minh.says("2,5 ha")
    minh.chooses("Đúng")
    found = kinds.answers(round_="Q1")["LAND"]
    assert (found.value, found.raw) == (Decimal(25000), "2,5 ha")


def test_thanks_in_the_middle_are_no_answer(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("cảm ơn ạ")
    minh.sees("Câu 2/9.")
    minh.sees_nothing_of("Chưa ghi nhận")
    assert "VISITS" not in kinds.answers(round_="Q1")


def test_an_odd_figure_is_kept_at_once_and_asked_about_once(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("900")
    minh.sees("✓ Câu 2. Tiếp công dân: 900 lượt", "5–300 lượt", "đúng không?")
    assert kinds.answers(round_="Q1")["VISITS"].value == 900
    minh.says("do tổ chức hai đợt đối thoại lớn")
    minh.sees("lý do: do tổ chức hai đợt", "Câu 3/9.")
    found = kinds.answers(round_="Q1")["VISITS"]
    assert (found.value, found.explanation) == (900, "do tổ chức hai đợt đối thoại lớn")
    minh.says("lùi")
    minh.sees("Đang ghi: 900 lượt")
    minh.chooses("Giữ nguyên")
    minh.sees("Câu 3/9.")


def test_an_odd_figure_can_be_corrected_by_typing_another_one(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("900")
    minh.says("90")
    minh.sees("✓ Câu 2. Tiếp công dân: 90 lượt", "Câu 3/9.")
    assert kinds.answers(round_="Q1")["VISITS"].value == 90


@pytest.mark.parametrize(("typed", "asked"), [("85%", "ngoài mức thường gặp"), ("1 250", "1.250 lượt. Đúng không?")])
def test_what_looks_like_a_figure_is_not_taken_for_the_reason_of_an_odd_one(kinds: Desk, typed: str, asked: str) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("900")
    minh.says(typed)
    minh.sees(asked)
    assert kinds.answers(round_="Q1")["VISITS"].explanation == ""


def test_an_odd_figure_can_be_confirmed_without_a_reason(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("900")
    minh.chooses("Đúng, giữ số này")
    minh.sees("Câu 3/9.")
    assert "xác nhận đúng" in kinds.answers(round_="Q1")["VISITS"].explanation


def test_an_odd_question_can_be_asked_again_by_its_button(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("900")
    minh.chooses("Sửa")
    minh.sees("Câu 2/9.", "Đang ghi: 900 lượt")


def test_a_yearly_figure_below_the_six_month_figure_is_asked_about(desk: Desk) -> None:
    begin_the_year_after_six_months(desk)
    desk.minh.sees("Báo cáo năm 2026", "12 câu", "31/10/2026")
    desk.minh.chooses("Đang làm")
    desk.minh.says("11")
    desk.minh.sees("✓ Câu 2. Lượt tiếp công dân: 11 lượt", "Báo cáo 6 tháng đã ghi 12 lượt", "đúng không?")
    desk.minh.says("21")
    desk.minh.sees("✓ Câu 2. Lượt tiếp công dân: 21 lượt", "Câu 3/12.")


def test_a_figure_sent_twice_while_the_bot_was_slow_is_not_taken_for_the_next_answer(desk: Desk) -> None:
    minh = desk.minh
    minh.says("bắt đầu")
    minh.chooses("Đã có")
    minh.says("25/KH-UBND ngày 20/3")
    minh.sees("Câu 2/10.")
    minh.says("12")
    before = desk.answers()
    minh.says("12", ago=timedelta(seconds=40))
    minh.sees("chưa ghi nhận", "trả lời lại câu này", "Câu 3")
    assert desk.answers() == before
    minh.says("12/14")
    assert set(desk.answers()) - set(before), "said again, below the question, it counts"


def test_a_figure_sent_twice_does_not_confirm_itself_where_it_is_odd(desk: Desk) -> None:
    begin_the_year_after_six_months(desk)
    desk.minh.chooses("Đang làm")
    desk.minh.says("11")
    desk.minh.sees("Báo cáo 6 tháng đã ghi 12 lượt")
    desk.minh.says("11", ago=timedelta(seconds=40))
    desk.minh.sees("chưa ghi nhận", "Báo cáo 6 tháng đã ghi 12 lượt")
    assert desk.answers(round_="N")["TCD_LUOT"].explanation == ""


def test_what_was_typed_together_with_the_command_that_opens_the_question_is_its_answer(desk: Desk) -> None:
    desk.minh.says("bắt đầu")
    desk.minh.says("sửa câu 2", ago=timedelta(seconds=41))
    desk.minh.says("17", ago=timedelta(seconds=40))
    assert desk.answers()["TCD_LUOT"].raw == "17"


def test_a_file_where_none_is_asked_for_is_not_taken_for_an_answer(kinds: Desk) -> None:
    minh = kinds.minh
    minh.says("bắt đầu")
    minh.sends_file("bìa.pdf", b"cover")
    minh.sees("không nhận tệp", "Câu 1/9.")
    assert kinds.answers(round_="Q1") == {}


# Stopping, going back, editing


def test_later_stops_and_the_next_day_goes_on_at_the_same_question_even_after_the_process_died(desk: Desk) -> None:
    minh = desk.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("12")
    minh.chooses("Để sau")
    minh.sees("Đã dừng ở 2/10 câu", "vẫn được giữ", "từ câu 3", "Thứ Năm 23/4")
    desk.counter.restart()
    desk.counter.now += timedelta(days=1)
    minh.says("làm tiếp")
    minh.sees("Anh Minh", "2/10 câu", "Câu 3/10.")


def test_a_killed_process_goes_on_in_the_middle_of_a_question(desk: Desk) -> None:
    minh = desk.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    desk.counter.restart()
    minh.says("12")
    minh.sees("✓ Câu 2.", "Câu 3/10.")
    minh.says("12-14")
    desk.counter.restart()
    minh.chooses("12/14 đơn")
    minh.sees("Câu 4/10.")
    minh.says("500")
    desk.counter.restart()
    minh.says("nhiều khu phố cùng họp")
    assert desk.answers()["DT_CUOC"].explanation == "nhiều khu phố cùng họp"


def test_back_goes_to_the_question_before_and_answering_it_leads_on(desk: Desk) -> None:
    minh = desk.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("12")
    minh.says("lùi")
    minh.sees("Câu 2/10.", "Đang ghi: 12 lượt")
    minh.chooses("Lùi")
    minh.sees("Câu 1/10.", "Đang ghi: Chưa")
    minh.says("lui")
    minh.sees("câu đầu tiên", "Câu 1/10.")
    minh.chooses("Đã có")
    minh.sees("Câu 1b.")
    minh.says("bỏ qua")
    minh.sees("Câu 3/10.")
    assert desk.answers()["KH_DV"].value == "done"
    assert desk.answers()["TCD_LUOT"].value == 12


def test_a_mandatory_question_cannot_be_skipped(desk: Desk) -> None:
    minh = desk.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("bỏ qua")
    minh.sees("Câu 2 cần một câu trả lời", "Chưa có số", "Câu 2/10.")


def test_a_question_can_be_edited_by_its_number_from_anywhere(desk: Desk) -> None:
    minh = desk.minh
    answer_all(minh)
    minh.says("3")
    minh.sees("Câu 3/10.", "Đang ghi: 12/14 đơn")
    minh.says("13/14")
    minh.sees("3. Đơn thư đã giải quyết/tiếp nhận: 13/14 đơn")
    minh.chooses("Sửa câu số…")
    minh.chooses("Câu 6b.")
    minh.says("3")
    minh.sees("6b. Hộ hiến đất: 3 hộ")
    minh.says("sửa câu 44")
    minh.sees("Không có câu 44", "1 đến 10")
    minh.says("để sau")
    minh.says("sua cau 2")
    minh.sees("Câu 2/10.")
    minh.says("sửa câu 4")
    minh.sees("Câu 4/10.")
    minh.says("/sua 1b")
    minh.sees("Câu 1b.")


def test_a_follow_up_falls_away_with_its_condition(desk: Desk) -> None:
    minh = desk.minh
    answer_all(minh)
    minh.says("sửa câu 6")
    minh.says("0")
    minh.sees("6. Diện tích hiến đất mở rộng hẻm: 0 m²")
    minh.sees_nothing_of("6b.")


def test_the_review_understands_nothing_else_and_says_so(desk: Desk) -> None:
    answer_all(desk.minh)
    desk.minh.says("abc xyz")
    desk.minh.sees("gõ số câu cần sửa", "10/10 câu")
    assert desk.report() is None


# Sending


def test_sending_something_incomplete_names_what_is_missing_and_asks(desk: Desk) -> None:
    minh = desk.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    minh.says("12")
    minh.says("gửi")
    minh.sees("2/10 câu", "Câu 3, 4, 5, 6, 7, 8, 9 và 10 chưa trả lời")
    minh.chooses("Gửi")
    minh.sees("Gửi luôn?")
    assert desk.report() is None
    minh.chooses("Vẫn gửi")
    minh.sees("(2/10 câu)", "Câu 3, 4, 5, 6, 7, 8, 9 và 10 chưa có")
    report = desk.report()
    assert report is not None
    assert report.answers.keys() == {"KH_DV", "TCD_LUOT"}


def test_a_correction_is_kept_at_once_but_counts_only_when_sent_again(desk: Desk) -> None:
    minh = desk.minh
    answer_all(minh)
    minh.chooses("Gửi")
    minh.says("sửa")
    minh.sees("Đây là bản đã gửi")
    minh.says("2")
    minh.says("15")
    minh.sees("2. Lượt tiếp công dân: 15 lượt (đã sửa, trước: 12 lượt)", "chưa gửi")
    report = desk.report()
    assert report is not None
    assert (report.revision, report.answers["TCD_LUOT"].value) == (1, 12)
    minh.says("để sau")
    minh.sees("chưa gửi", "bản đã gửi")
    minh.says("tiến độ")
    minh.sees("Có chỗ sửa chưa gửi lại: câu 2")
    minh.says("sửa")
    minh.chooses("Gửi lại")
    minh.sees("bản thứ 2", "câu 2. Lượt tiếp công dân: 12 lượt → 15 lượt", "Bản trước vẫn được lưu")
    again = desk.report()
    assert again is not None
    assert (again.revision, again.answers["TCD_LUOT"].value) == (2, 15)
    assert again.first_at == report.first_at
    at = desk.counter.round_id()
    kept = desk.counter.ask(lambda s: s.answers.revisions(at, desk.counter.unit_id(s, "P5"), "TCD_LUOT"))
    assert [answer.value for answer in kept] == [12, 15]


def test_sending_twice_sends_once(desk: Desk) -> None:
    minh = desk.minh
    answer_all(minh)
    minh.chooses("Gửi")
    if minh.platform == "telegram":
        minh.presses(minh.button("Gửi"))
    else:
        minh.says("gửi")
    minh.says("/sua")
    minh.sees("Đây là bản đã gửi")
    report = desk.report()
    assert report is not None
    assert report.revision == 1


# Double taps and old buttons


def test_a_double_tap_changes_nothing_and_shows_the_current_question(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "telegram")
    minh = desk.minh
    minh.says("bắt đầu")
    tapped = minh.button("Đã có")
    minh.presses(tapped)
    minh.presses(tapped)
    minh.sees("Câu 1b.")
    minh.says("25/KH-UBND")
    minh.presses(tapped)
    minh.sees("Câu 2/10.")
    at = desk.counter.round_id()
    kept = desk.counter.ask(lambda s: s.answers.revisions(at, desk.counter.unit_id(s, "P5"), "KH_DV"))
    assert len(kept) == 1


def test_an_old_button_with_another_answer_asks_before_it_changes_anything(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "telegram")
    minh = desk.minh
    minh.says("bắt đầu")
    yes, no = minh.button("Đã có"), minh.button("Chưa")
    minh.presses(no)
    minh.says("12")
    minh.presses(yes)
    minh.sees("Đổi câu trả lời câu 1 từ Chưa thành Đã có?")
    assert desk.answers()["KH_DV"].value == "not_started"
    minh.chooses("Giữ")
    minh.sees("Câu 3/10.")
    assert desk.answers()["KH_DV"].value == "not_started"
    minh.presses(yes)
    minh.chooses("Đổi")
    assert desk.answers()["KH_DV"].value == "done"
    minh.sees("✓ Câu 1.", "Câu 1b.")


def test_a_button_of_a_question_that_is_no_longer_asked_writes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "telegram")
    minh = desk.minh
    answer_all(minh)
    minh.says("sửa câu 6b")
    old = minh.button("Không phát sinh")
    minh.says("sửa câu 6")
    minh.says("0")
    minh.presses(old)
    minh.sees("không còn áp dụng")
    assert desk.answers()["HD_HO"].value == 2


def test_an_answer_to_a_closed_round_is_refused_kindly_and_not_kept(desk: Desk) -> None:
    minh = desk.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")
    desk.close()
    minh.says("12")
    minh.sees("đã chốt", "chưa được ghi nhận", "028 3894 0000")
    assert "TCD_LUOT" not in desk.answers()
    minh.says("làm tiếp")
    minh.sees("đã chốt", "chưa có kỳ báo cáo nào đang mở")


def test_an_old_button_of_a_closed_round_is_refused_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "telegram")
    minh = desk.minh
    answer_all(minh)
    send = minh.button("Gửi")
    desk.close()
    minh.presses(send)
    minh.sees("đã chốt")
    assert desk.report() is None


def test_before_its_announcement_a_round_takes_no_answers(desk: Desk) -> None:
    desk.counter.now = local(2026, 2, 2)
    desk.minh.says("bắt đầu")
    desk.minh.sees("chưa có kỳ báo cáo nào đang mở", "báo cáo 6 tháng năm 2026", "2026")
    assert desk.answers() == {}


def test_who_lost_the_seat_in_the_middle_can_write_nothing_more(desk: Desk) -> None:
    minh = desk.minh
    minh.says("bắt đầu")
    minh.chooses("Chưa")

    def moved(store) -> None:
        actor = store.people.actor(minh.platform, minh.user_id)
        store.people.end(actor.seats[0].id, reason="moved", now=desk.counter.now)
        seat = store.people.ask_seat(
            person_id=minh.id, unit_id=desk.counter.unit_id(store, "P7"), role=Role.FOCAL, now=desk.counter.now
        )
        store.people.confirm(seat.id, by=None, now=desk.counter.now)

    desk.counter.ask(moved)
    minh.says("12")
    minh.sees("không thuộc phần được giao")
    assert "TCD_LUOT" not in desk.answers()


def test_who_answers_for_two_units_chooses_which(desk: Desk) -> None:
    minh = desk.minh

    def second(store) -> None:
        seat = store.people.ask_seat(
            person_id=minh.id, unit_id=desk.counter.unit_id(store, "P7"), role=Role.DEPUTY, now=desk.counter.now
        )
        store.people.confirm(seat.id, by=None, now=desk.counter.now)

    desk.counter.ask(second)
    minh.says("bắt đầu")
    minh.chooses("Phường 7")
    minh.sees("UBND Phường 7", "Câu 1/10.")
    minh.chooses("Chưa")
    assert desk.answers("P7").keys() == {"KH_DV"}
    assert desk.answers("P5") == {}


# Difficulties


def test_a_difficulty_reaches_the_coordinators_at_once_and_the_same_words_only_once(desk: Desk) -> None:
    answer_all(desk.minh, "Thiếu kinh phí tổ chức đối thoại")
    desk.minh.sees("Phòng Nội vụ quận Gò Vấp đã nhận phản ánh", "KK-0001", "đoạn cuối Mục IV", "không ghi tên")
    desk.hoa.sees("KK-0001", "UBND Phường 5", "“Thiếu kinh phí tổ chức đối thoại”", "[Trả lời]")
    assert len(desk.hoa.heard) == 1
    desk.minh.says("sửa câu 10")
    desk.minh.says("Thiếu kinh phí tổ chức đối thoại")
    desk.minh.says("gửi")
    assert len(desk.hoa.heard) == 1
    desk.minh.says("sửa câu 10")
    desk.minh.says("Thiếu cán bộ")
    assert len(desk.hoa.heard) == 2
    raised = desk.counter.ask(lambda s: s.difficulties.all())
    assert [d.text for d in raised] == ["Thiếu kinh phí tổ chức đối thoại", "Thiếu cán bộ"]
    assert {d.question for d in raised} == {"KK"}
    assert {d.point for d in raised} == {"IV.end"}


def test_no_difficulty_raises_nothing(desk: Desk) -> None:
    answer_all(desk.minh)
    assert desk.counter.ask(lambda s: s.difficulties.all()) == ()
    assert desk.hoa.heard == []


# Sent on paper


def test_sent_on_paper_is_noted_with_number_and_date_and_figures_stay_welcome(desk: Desk) -> None:
    minh = desk.minh
    minh.says("đã gửi")
    minh.sees("số, ký hiệu văn bản")
    minh.says("chắc là có")
    minh.sees("chỉ ghi số, ký hiệu")
    minh.says("45/BC-UBND")
    minh.says("21/4/2026")
    minh.sees("chưa tới")
    minh.says("17/4")
    minh.sees("số 45/BC-UBND ngày 17/4/2026", "không nhắc thêm", "Cảm ơn anh Minh", "Nhập số liệu")
    report = desk.report()
    assert report is not None
    assert (report.via, report.paper_number, report.paper_on) == (Via.PAPER, "45/BC-UBND", date(2026, 4, 17))
    minh.says("tiến độ")
    minh.sees("gửi qua hệ thống văn bản (số 45/BC-UBND)", "0/10 câu")
    answer_all(minh)
    minh.sees("[Gửi]" if minh.platform == "telegram" else "a) Gửi")
    minh.says("gửi")
    minh.sees("(10/10 câu)", "Văn bản đã gửi của đơn vị vẫn là báo cáo chính thức")
    again = desk.report()
    assert again is not None
    assert (again.via, again.revision, again.first_at) == (Via.CHAT, 2, report.first_at)


def test_number_and_date_of_the_document_can_be_skipped_and_a_slip_of_the_finger_taken_back(desk: Desk) -> None:
    minh = desk.minh
    minh.says("đã gửi rồi")
    minh.chooses("Chưa gửi, bấm nhầm")
    minh.sees("chưa ghi nhận gì")
    assert desk.report() is None
    minh.says("đã gửi rồi")
    minh.chooses("Bỏ qua")
    minh.chooses("Bỏ qua")
    report = desk.report()
    assert report is not None
    assert (report.via, report.paper_number, report.paper_on) == (Via.PAPER, "", None)


def test_a_report_that_came_through_the_chat_needs_no_paper(desk: Desk) -> None:
    answer_all(desk.minh)
    desk.minh.says("gửi")
    desk.minh.says("đã gửi")
    desk.minh.sees("đã nhận báo cáo 6 tháng", "P5-6T-2026")
    report = desk.report()
    assert report is not None
    assert report.revision == 1


# Reminded later


def snooze(desk: Desk) -> tuple[str, date] | None:
    at = desk.counter.round_id()
    found = desk.counter.ask(lambda s: s.reminders.snoozes(at).get(desk.counter.unit_id(s, "P5")))
    return (found.kind, found.until) if found else None


def test_a_working_day_to_be_reminded_again_is_chosen_or_typed(desk: Desk) -> None:
    minh = desk.minh
    minh.says("để sau")
    minh.sees("Nhắc lại ngày nào?", "Ngày mai, thứ Ba 21/4", "Thứ Năm 23/4", "Thứ Ba 28/4")
    minh.chooses("Thứ Năm 23/4")
    minh.sees("Thứ Năm 23/4 sẽ nhắc lại báo cáo 6 tháng của Phường 5")
    assert snooze(desk) == ("later", date(2026, 4, 23))
    minh.says("nhắc lại sau")
    for typed, why in (
        ("25/4", "ngày nghỉ"),
        ("1/5", "Lao động"),
        ("19/4/2026", "không còn ở phía trước"),
        ("6/5", "đã qua hạn"),
        ("31/4", "Không có ngày này"),
        ("hôm nào rảnh", "cần một ngày"),
    ):
        minh.says(typed)
        minh.sees(why)
    assert snooze(desk) == ("later", date(2026, 4, 23))
    minh.says("thứ tư")
    assert snooze(desk) == ("later", date(2026, 4, 22))
    minh.says("tiến độ")
    minh.sees("Hẹn nhắc lại thứ Tư 22/4")


def test_past_the_deadline_a_day_is_promised_instead(desk: Desk) -> None:
    desk.counter.now = local(2026, 5, 6, 9)
    minh = desk.minh
    minh.says("để sau")
    minh.sees("ngày dự kiến gửi", "Ngày mai, thứ Năm 07/5")
    minh.says("10/5")
    minh.sees("ngày nghỉ", "thứ Hai 11/5")
    minh.says("11/5")
    minh.sees("dự kiến gửi báo cáo 6 tháng thứ Hai 11/5")
    assert snooze(desk) == ("promise", date(2026, 5, 11))


def test_sending_ends_the_wish_to_be_reminded(desk: Desk) -> None:
    desk.minh.says("để sau")
    desk.minh.chooses("Ngày mai")
    answer_all(desk.minh)
    desk.minh.says("gửi")
    assert snooze(desk) is None
    desk.minh.says("/desau")
    desk.minh.sees("đã gửi nên không nhắc")


# The unit's own standing


def test_a_unit_sees_where_its_report_stands_and_goes_on_from_there(desk: Desk) -> None:
    minh = desk.minh
    minh.says("/tiendo")
    minh.sees("UBND Phường 5", "trước ngày 05/5 (chậm nhất hết thứ Hai 04/5)", "còn 7 ngày làm việc", "Chưa bắt đầu")
    minh.chooses("Bắt đầu")
    minh.chooses("Chưa")
    minh.says("hạn chót khi nào")
    minh.sees("Đang làm: 1/10 câu", "Còn thiếu: câu 2, 3, 4, 5, 6, 7 và 3 câu khác")
    minh.chooses("Làm tiếp")
    minh.sees("Câu 2/10.")


def test_a_leader_sees_the_standing_but_is_offered_nothing_to_fill_in(desk: Desk) -> None:
    ha = desk.counter.officer("Lê Văn Hà", "P5", desk.minh.platform, Role.LEADER)
    ha.says("tiến độ")
    ha.sees("UBND Phường 5", "Chưa bắt đầu")
    ha.sees_nothing_of("Bắt đầu\n", "[Bắt đầu]", "1)")
    ha.says("bắt đầu")
    ha.sees("không phụ trách trả lời số liệu")


def test_nobody_presses_buttons_for_another_unit(tmp_path: Path) -> None:
    """Also a button that leaked into the right chat is checked against the seat of this turn."""
    desk = Desk(tmp_path, "telegram")
    lan = desk.counter.officer("Lê Thị Lan", "P7", "telegram", honorific="chị")
    desk.minh.says("bắt đầu")
    lan.presses(desk.minh.button("Đã có"))
    assert desk.answers() == {}
    lan.says("bắt đầu")
    foreign = replace(lan.button("Đã có"), key=desk.minh.button("Đã có").key)
    lan.presses(foreign)
    assert desk.answers() == {}
    assert desk.answers("P7") == {}
