"""The main job in a real browser, on the program as it is started: register, be reminded, answer, be summarised."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from played import PATIENCE, Phone, program
from playwright.sync_api import Browser, Page, expect

from tests.conversations.test_main_job import TAPPED, WARD_ANSWERS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shots() -> Path | None:
    """Where pictures go for somebody to look at: the folder SHOTS names."""
    folder = os.environ.get("SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) if folder else None


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[str]:
    with program(tmp_path) as url:
        yield url


@pytest.fixture
def page(browser: Browser, bot: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on(
        "request", lambda request: failures.extend([] if request.url.startswith((bot, "data:", "blob:")) else [request.url])
    )
    page.goto(bot)
    page.get_by_role("button", name="Đóng phần làm quen").click()
    yield page
    context.close()
    assert failures == []


def codes(url: str) -> dict[str, str]:
    cast = httpx.get(f"{url}/sandbox/state", trust_env=False).json()["cast"]
    return {member["name"]: member["code"] for member in cast}


def registered(phone: Phone, code: str, full_name: str) -> None:
    phone.opens(code)
    phone.says(full_name)
    phone.says("0903 123 456")
    phone.chooses("Đúng")


def time_comes(page: Page, title: str) -> None:
    """Open what is coming, and go there."""
    page.get_by_role("button", name="Sắp tới").click()
    page.locator(".upcoming button", has_text=title).first.click()
    expect(page.get_by_role("progressbar", name="Đang chuyển đồng hồ")).to_be_hidden(timeout=60_000)


@pytest.mark.parametrize("channel", ["telegram", "zalo"])
def test_an_officer_is_reminded_answers_everything_and_noi_vu_sees_it(
    page: Page, bot: str, shots: Path | None, channel: str
) -> None:
    def picture(name: str) -> None:
        if shots:
            page.screenshot(path=shots / f"{channel}-{name}.png")

    invited = codes(bot)
    hoa, lan = Phone(page, "Chị Hoa", "telegram"), Phone(page, "Chị Lan", channel)
    registered(hoa, invited["Chị Hoa"], "chị Nguyễn Thị Hoa")
    registered(lan, invited["Chị Lan"], "chị Trần Thị Lan")
    picture("1-registered")
    hoa.chooses("Xác nhận")
    expect(lan.pane.locator(".log")).to_contain_text("Phòng Nội vụ quận Gò Vấp đã xác nhận")

    time_comes(page, "Thông báo kỳ báo cáo")
    expect(lan.pane.locator(".log")).to_contain_text("Kính gửi chị Trần Thị Lan, UBND Phường 5")
    picture("2-reminded")

    assert "Câu 1/10" in lan.chooses("Bắt đầu")
    picture("3-first-question")
    for answers in (*WARD_ANSWERS, ("Không",)):
        for answer in answers:
            said = lan.chooses(answer) if answer in TAPPED else lan.says(answer)
            if "ngoài mức thường gặp" in said:
                lan.chooses("Đúng, giữ số này")
    for figure in ("1.250 lượt", "12/14 đơn", "35 m²", "850/1.000 hồ sơ"):
        assert figure in lan.screen
    picture("4-review")
    assert "10/10 câu" in lan.chooses("Gửi")
    picture("5-sent")

    summary = hoa.says("/tonghop")
    assert "1/16 phường" in hoa.screen or "1/16" in summary
    assert "Phường 5" in hoa.screen
    picture("6-summary")
