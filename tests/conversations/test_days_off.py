"""/nghile: the office's own days, noted in chat, and what moves because of them, on both ways of answering."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.chat.messages import PlatformName
from storage.store import Store
from storage.tables import AuditRow
from tests.conversations.window import Window


@pytest.fixture
def window(tmp_path: Path, platform: PlatformName) -> Window:
    """Thursday 16 April 2026."""
    return Window(tmp_path, platform)


def noted(window: Window, *on: date) -> list[tuple[date, bool, str]]:
    days = window.ask(lambda store: store.special_days.all())
    return [(day.on, day.works, day.note) for day in days if day.on in on]


def test_a_day_off_moves_what_would_fall_on_it_and_is_written_only_when_confirmed(window: Window) -> None:
    hoa = window.hoa
    hoa.says("/nghile")
    hoa.sees("Không gửi tin nhắc vào ngày nghỉ", "thứ Hai 27/4/2026", "Thêm ngày làm bù")
    hoa.chooses("Thêm ngày nghỉ")
    hoa.says("28/4")
    hoa.sees("Nghỉ thứ Ba 28/4/2026: vì sao?")
    hoa.says("Kiểm kê đột xuất")
    hoa.sees(
        "Ghi: nghỉ thứ Ba 28/4/2026 (Kiểm kê đột xuất).",
        "Tin thay đổi theo:",
        "Tin tổng hợp cuối ngày: không gửi thứ Ba 28/4",
        "Hạn báo cáo không thay đổi. Ghi thay đổi?",
    )
    before = window.ask(lambda store: store.special_days.all())
    hoa.chooses("Không ghi")
    hoa.sees("chưa có gì thay đổi")
    assert window.ask(lambda store: store.special_days.all()) == before

    hoa.says("/nghile")
    hoa.chooses("Thêm ngày nghỉ")
    hoa.says("28/4")
    hoa.says("Kiểm kê đột xuất")
    hoa.chooses("Ghi thay đổi")
    hoa.sees("Đã ghi.")
    assert noted(window, date(2026, 4, 28)) == [(date(2026, 4, 28), False, "Kiểm kê đột xuất")]
    hoa.chooses("Xem danh sách")
    assert "- Thứ Ba 28/4/2026: nghỉ (Kiểm kê đột xuất)" in hoa.heard[-1][1].text


def test_a_reminder_is_shown_to_move_and_moves(window: Window) -> None:
    hoa = window.hoa
    hoa.says("/lich")
    hoa.says("/nghile")
    hoa.chooses("Thêm ngày nghỉ")
    hoa.says("từ 22/4 đến 24/4")
    hoa.says("Tập huấn toàn quận")
    hoa.sees("nghỉ thứ Tư 22/4/2026 đến hết thứ Sáu 24/4/2026 (Tập huấn toàn quận)", "Nhắc trước 3 ngày làm việc", "→")
    line = next(line for line in hoa.screen.splitlines() if line.startswith("- Nhắc trước 3 ngày làm việc"))
    then = line.rsplit("→ ", 1)[1]
    hoa.chooses("Ghi thay đổi")
    hoa.says("/lich")
    day = then.split(" ", 1)[1].removesuffix("/2026")
    on_that_day = next(part for part in hoa.screen.split("■ ") if part.casefold().startswith(day.casefold()))
    assert "Nhắc trước 3 ngày làm việc" in on_that_day


def test_a_swapped_saturday_is_noted_and_taken_back(window: Window) -> None:
    hoa = window.hoa
    saturday = date(2026, 4, 18)
    hoa.says("/nghile")
    hoa.chooses("Thêm ngày làm bù")
    hoa.says("18/4/2026")
    hoa.says("Làm bù ngày 28/4")
    hoa.sees("Ghi: làm bù thứ Bảy 18/4/2026", "gửi thêm thứ Bảy 18/4")
    hoa.chooses("Ghi thay đổi")
    assert noted(window, saturday) == [(saturday, True, "Làm bù ngày 28/4")]
    hoa.says("/nghile")
    hoa.chooses("Bỏ một ngày")
    hoa.chooses("Thứ Bảy 18/4/2026: làm bù")
    hoa.sees("Theo lịch chung, ngày này nghỉ (ngày nghỉ cuối tuần)", "không gửi thứ Bảy 18/4")
    hoa.chooses("Ghi thay đổi")
    assert noted(window, saturday) == []


def test_days_that_cannot_be_noted_are_asked_again(window: Window) -> None:
    hoa = window.hoa
    hoa.says("/nghile")
    hoa.chooses("Thêm ngày nghỉ")
    for said, answer in (
        ("hôm nào đó", "Cơ quan nghỉ ngày nào?"),
        ("24/4 - 22/4", "Ngày cuối đang trước ngày đầu"),
        ("15/4/2026", "đã qua"),
        ("01/01/2029", "tới hết năm 2027"),
        ("01/6 đến 31/7", "tối đa 31 ngày"),
    ):
        hoa.says(said)
        hoa.sees(answer)
    hoa.says("30/4")
    hoa.says("x" * 200)
    hoa.sees("tối đa 100 ký tự")
    hoa.says("Theo thông báo của UBND")
    hoa.sees("Ngày này vốn đã nghỉ", "Không có tin nào phải dời")
    hoa.says("ghi gì đó")
    hoa.sees("chọn ghi hoặc không ghi")
    hoa.says("2")
    hoa.sees("chưa có gì thay đổi")


def test_an_old_button_writes_nothing_twice_and_who_did_it_is_kept(window: Window) -> None:
    hoa = window.hoa
    hoa.says("/nghile")
    hoa.chooses("Thêm ngày nghỉ")
    hoa.says("20/5")
    hoa.says("Nghỉ bù")
    button = hoa.button("Ghi thay đổi") if window.platform == "telegram" else None
    hoa.chooses("Ghi thay đổi")

    def trail(store: Store) -> list[tuple[str, str]]:
        rows = store.session.scalars(select(AuditRow).order_by(col(AuditRow.number)))
        return [(row.actor, row.subject) for row in rows if row.action == "day noted"]

    assert window.ask(trail)[-1] == (f"person:{hoa.id}", "day:2026-05-20")
    if button is not None:
        hoa.presses(button)
        hoa.sees("Không có thay đổi nào đang chờ")


def test_only_coordinators_change_days(window: Window) -> None:
    window.minh.says("/nghile")
    window.minh.sees("không thuộc phần được giao")
