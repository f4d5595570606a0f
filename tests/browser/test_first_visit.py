"""The guided first visit on the program as it is started: all seven steps, from the first invitation to the summary."""

from __future__ import annotations

from pathlib import Path

import pytest
from played import program
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

STEPS = 7
A_STEP = 120_000  # ms; moving the clock through four months of excerpts takes a while on a busy machine


def test_the_guide_goes_through_the_whole_loop(browser: Browser, tmp_path: Path) -> None:
    with program(tmp_path) as url:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(url)
        for step in range(STEPS):
            page.get_by_role("button", name="Làm giúp").first.click(timeout=A_STEP)
            page.wait_for_timeout(500)
            expect(page.get_by_role("button", name="Dừng"), f"step {step + 1}").to_have_count(0, timeout=A_STEP)
        expect(page.get_by_role("button", name="Làm giúp")).to_have_count(0, timeout=A_STEP)
        said = page.locator("body").inner_text()
        assert "Đã gửi 1/16 phường" in said
        assert "Đã nhận báo cáo 6 tháng của UBND Phường 5" in said
        page.close()
