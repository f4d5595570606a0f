"""The guided first visit on the program as it is started: all seven steps, from the first invitation to the summary."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import visit
from tests.browser.played import PATIENCE, program

pytestmark = pytest.mark.browser

STEPS = 7


def test_the_guide_goes_through_the_whole_loop(browser: Browser, tmp_path: Path) -> None:
    with program(tmp_path) as url, visit(browser, url, PATIENCE) as page:
        for step in range(1, STEPS + 1):
            page.get_by_role("button", name="Làm giúp").click()
            expect(page.locator(".coach .done")).to_have_count(step, timeout=PATIENCE * 1000)
            expect(page.get_by_role("button", name="Dừng"), f"step {step}").to_have_count(0, timeout=PATIENCE * 1000)
        expect(page.get_by_role("button", name="Làm giúp")).to_have_count(0)
        said = page.locator("#panes").inner_text()
        assert "Đã gửi 1/16 phường" in said
        assert "Đã nhận báo cáo 6 tháng của UBND Phường 5" in said
