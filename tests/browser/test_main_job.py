"""The main job in a real browser, on the program as it is started: register, be reminded, answer, be summarised.

One officer of a ward presses buttons on Telegram, one of a department types numbers on Zalo.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import visit
from tests.browser.played import PATIENCE, Phone, program
from tests.conversations.test_main_job import TAPPED, WARD_ANSWERS

pytestmark = pytest.mark.browser

WARD = (*(answer for answers in WARD_ANSWERS for answer in answers), "Không")
DEPARTMENT = ("1.200", "14", "16", "12/14", "8", "6", "3", "Không")

Picture = Callable[[str], None]


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    with program(tmp_path) as url, visit(browser, url, PATIENCE) as page:
        page.get_by_role("button", name="Đóng phần làm quen").click()
        yield page


@pytest.fixture
def picture(page: Page) -> Picture:
    """Pictures for somebody to look at, in the folder SHOTS names: on a wide screen and on a phone."""
    folder = os.environ.get("SHOTS")

    def take(name: str) -> None:
        if folder:
            wide = page.viewport_size
            page.screenshot(path=f"{folder}/{name}.png")
            page.set_viewport_size({"width": 390, "height": 844})
            page.screenshot(path=f"{folder}/{name}-phone.png")
            page.set_viewport_size(wide)

    return take


def registers(phone: Phone, full_name: str) -> None:
    phone.opens_invitation()
    phone.says(full_name)
    phone.says("0903 123 456")
    phone.chooses("Đúng")


def time_comes(page: Page, title: str) -> None:
    """Open what is coming, and go there."""
    page.get_by_role("button", name="Sắp tới").click()
    page.locator(".upcoming button", has_text=title).first.click()
    expect(page.get_by_role("progressbar", name="Đang chuyển đồng hồ")).to_be_hidden(timeout=PATIENCE * 1000)


def answers(phone: Phone, all_of_it: Sequence[str]) -> None:
    for answer in all_of_it:
        said = phone.chooses(answer) if answer in TAPPED else phone.says(answer)
        if "ngoài mức thường gặp" in said:
            phone.chooses("Đúng, giữ số này")


def test_two_officers_are_reminded_answer_everything_and_noi_vu_sees_it(page: Page, picture: Picture) -> None:
    hoa, lan, minh = Phone(page, "Chị Hoa", "telegram"), Phone(page, "Chị Lan", "telegram"), Phone(page, "Anh Minh", "zalo")
    picture("0-empty")
    registers(hoa, "chị Nguyễn Thị Hoa")
    registers(lan, "chị Trần Thị Lan")
    hoa.chooses("Xác nhận")
    expect(lan.pane.locator(".log")).to_contain_text("Đã ghi nhận chị là đầu mối của UBND Phường 5")
    registers(minh, "anh Lê Văn Minh")
    picture("1-registered")
    hoa.chooses("Xác nhận")
    expect(minh.pane.locator(".log")).to_contain_text("Đã ghi nhận anh là đầu mối của Phòng Quản lý Đô thị")

    time_comes(page, "Thông báo kỳ báo cáo")
    expect(lan.pane.locator(".log")).to_contain_text("Kính gửi chị Trần Thị Lan, UBND Phường 5")
    expect(minh.pane.locator(".log")).to_contain_text("Kính gửi anh Lê Văn Minh, Phòng Quản lý Đô thị")
    picture("2-reminded")

    assert "Câu 1/10" in lan.chooses("Bắt đầu")
    picture("3-first-question")
    answers(lan, WARD)
    for figure in ("1.250 lượt", "12/14 đơn", "35 m²", "850/1.000 hồ sơ"):
        assert figure in lan.newest
    picture("4-review")
    assert "10/10 câu" in lan.chooses("Gửi")

    assert "Câu 1/7" in minh.chooses("Bắt đầu")
    answers(minh, DEPARTMENT)
    for figure in ("1.200 công trình", "12/14 công trình", "3 hẻm"):
        assert figure in minh.newest
    picture("5-zalo-review")
    assert "7/7 câu" in minh.chooses("Gửi")
    picture("6-sent")

    hoa.says("/summary")
    assert "1/16 phường" in hoa.screen
    assert "1/5 phòng ban" in hoa.screen
    picture("7-summary")
