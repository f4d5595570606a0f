"""What must not, or not lightly, be typed: recognised as people write it, and nothing of what a plan itself says."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.secrets_marks import Mark, find
from tests import beside

PLANS = beside.FOLDER / "plans"


@pytest.mark.parametrize(
    "text",
    [
        "Mật",
        "MẬT",
        "Độ mật: Mật",
        "M Ậ T\nBáo cáo số 12",
        "T Ố I  M Ậ T",
        "M.Ậ.T",
        "tối mật",
        "Tuyệt mật",
        "tuyet mat",
        "TOI MAT",
        "maatj",
        "toois maatj",
        "tuyeetj maatj",
        "ma65t",
        "to61i ma65t",
        "Báo cáo (Mật) về an ninh trật tự",
        "công văn mật số 15",
        "cong van mat so 15",
        "CV 12/MẬT gửi quận",
        "văn bản đóng dấu Mật",
        "dong dau mat",
        "theo công văn MẬT hôm qua, phường đã triển khai",
        "do mat: toi mat",
        "VĂN BẢN MẬT SỐ 12",
        "“Tối mật”",
        "[MẬT] bao cao",
        "BC_MAT_2026",
        "M\u200bật",
        "\uff2d\u1eac\uff34",
        unicodedata.normalize("NFD", "Tối mật"),
        "Dòng đầu\n\n   MẬT   \n\nNội dung báo cáo",
    ],
)
def test_a_secrecy_mark_is_seen_however_it_is_written(text: str) -> None:
    assert Mark.SECRECY in find(text)


@pytest.mark.parametrize(
    "text",
    [
        "mật độ dân số cao",
        "MẬT ĐỘ DÂN SỐ",
        "Kế hoạch bảo vệ bí mật nhà nước năm 2026",
        "KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "bảo mật thông tin",
        "Công tác BẢO MẬT tại phường",
        "mật ong",
        "mật mã, cơ yếu",
        "phối hợp mật thiết",
        "thân mật",
        "thiếu mặt bằng",
        "mat bang 35 m2",
        "mat",
        "mất",
        "tôi mất giấy tờ",
        "toi mat giay to",
        "tới mặt",
        "co mat day du",
        "12 mặt hàng",
        "850/1.000",
        "khoảng 8",
        "",
    ],
)
def test_everyday_words_are_no_secrecy_marks(text: str) -> None:
    assert Mark.SECRECY not in find(text)


@beside.needed
def test_no_line_of_thirty_published_plans_is_taken_for_a_secret() -> None:
    lines = [line for file in sorted(PLANS.glob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 500
    assert sum("bí mật" in line for line in lines) > 10
    assert [line for line in lines if Mark.SECRECY in find(line)] == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("CCCD 079203012345", Mark.IDENTITY),
        ("số căn cước 079 203 012 345 của bà Lan", Mark.IDENTITY),
        ("079203012345", Mark.IDENTITY),
        ("CMND: 024123456", Mark.IDENTITY),
        ("chung minh nhan dan so 024 123 456", Mark.IDENTITY),
        ("4111 1111 1111 1111", Mark.CARD),
        ("stk 0123456789 ngân hàng", Mark.CARD),
        ("số tài khoản: 19001234567", Mark.CARD),
        ("gọi chị Lan 0903 123 456", Mark.PHONE),
        ("+84 903.123.456", Mark.PHONE),
        ("gửi về lan.nguyen@gmail.com", Mark.EMAIL),
        ("đơn tố cáo ông Nguyễn Văn A", Mark.DENUNCIATION),
        ("don to cao ong Nguyen Van A", Mark.DENUNCIATION),
        ("Người tố cáo: Trần Văn B", Mark.DENUNCIATION),
        ("bà Lê Thị C tố cáo", Mark.DENUNCIATION),
        ("nhận đơn tố cáo đối với bà Lê Thị C", Mark.DENUNCIATION),
    ],
)
def test_peoples_numbers_and_names_are_seen(text: str, mark: Mark) -> None:
    assert mark in find(text)


@pytest.mark.parametrize(
    "text",
    [
        "1.250 lượt",
        "1.250.000.000 đồng",
        "123456789 đồng",
        "847/KH-UBND ngày 10/3/2023",
        "đường dây nóng 028 3894 0000",
        "vanphong.govap@tphcm.gov.vn",
        "đã giải quyết 3 đơn tố cáo, 5 đơn khiếu nại",
        "tiếp công dân đến khiếu nại, tố cáo",
        "từ 01/01/2026 đến 30/6/2026",
        "12/14 đơn; 850/1.000 hồ sơ; 35,5 ha",
        "tài khoản mạng xã hội của phường",
    ],
)
def test_figures_and_office_words_are_nobodys_data(text: str) -> None:
    assert find(text) == frozenset()


@given(st.text())
def test_any_text_is_looked_at(text: str) -> None:
    assert isinstance(find(text), frozenset)


@given(st.text(), st.text())
def test_a_mark_on_its_own_line_is_seen_in_any_text(before: str, after: str) -> None:
    assert Mark.SECRECY in find(f"{before}\nTUYỆT MẬT\n{after}")


@pytest.mark.parametrize(
    "text",
    ["1" * 200_000, "a." * 100_000, "ông " + "A " * 80_000, "m ậ " * 50_000, "MAT " * 50_000, "0 " * 100_000, "\n \n" * 60_000],
    ids=["digits", "dots", "names", "spaced", "capitals", "zeros", "blank"],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    find(text)
    assert time.process_time() - began < 5
