"""Printed invites: eight cards a page, codes a phone really reads, Vietnamese letters in the file itself."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from bot.documents import qr
from bot.documents.qr import Card
from bot.domain.people import Role
from tests.sheets import NOW, OFFICE, PLAN, UNITS

pdftoppm = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler")


def card(at: int, link: bool = True) -> Card:
    code = f"k7m2q9x4n8v3b6t5r1w0z2y4{at:02d}"
    return Card(
        unit=UNITS[at],
        role=Role.FOCAL,
        code=code,
        link=f"https://t.me/nhacviec_govap_bot?start={code}" if link else "",
        expires=NOW + timedelta(days=14),
    )


def pages(content: bytes) -> list[Image.Image]:
    shown = subprocess.run(["pdftoppm", "-r", "150", "-png", "-"], input=content, capture_output=True, check=True).stdout
    return [Image.open(io.BytesIO(b"\x89PNG" + part)) for part in shown.split(b"\x89PNG")[1:]]


def text(content: bytes) -> str:
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


def page_count(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


@pytest.mark.parametrize(("many", "count"), [(0, 1), (1, 1), (8, 1), (9, 2), (28, 4)])
def test_eight_cards_stand_on_a_page(many: int, count: int) -> None:
    assert page_count(qr.invites([card(at) for at in range(many)], OFFICE)) == count


@pdftoppm
def test_every_code_is_read_back_as_the_link_of_its_unit() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    cards = [card(at) for at in range(10)]
    found = [result.text for image in pages(qr.invites(cards, OFFICE)) for result in zxingcpp.read_barcodes(image)]
    assert sorted(found) == sorted(each.link for each in cards)


@pdftoppm
def test_each_card_says_for_whom_how_and_until_when() -> None:
    said = text(qr.invites([card(3)], OFFICE, telegram="@nhacviec_govap_bot", zalo="Nhắc việc Gò Vấp"))
    assert "UBND Phường 5" in said
    assert "Đầu mối" in said
    assert card(3).code in said.replace(" ", "")
    assert "k7m2 q9x4 n8v3" in said
    assert "Quét mã QR" in said
    assert "Tìm Nhắc việc Gò Vấp, bấm Nhắn tin" in " ".join(said.split())
    assert "17:00 thứ Sáu 19/5/2023" in said
    assert "chị Hoa 028 3894 0000" in said


@pdftoppm
def test_without_a_link_the_card_tells_how_to_type_the_code() -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    content = qr.invites([card(3, link=False)], OFFICE, telegram="@nhacviec_govap_bot")
    assert zxingcpp.read_barcodes(pages(content)[0]) == []
    assert "Tìm @nhacviec_govap_bot" in " ".join(text(content).split())


def test_the_font_is_in_the_file() -> None:
    content = qr.invites([card(0)], OFFICE)
    assert content.startswith(b"%PDF-")
    assert content.count(b"/FontFile2") >= 2
    assert b"Helvetica" not in content


@pytest.mark.filterwarnings("ignore")
def test_long_and_strange_names_stay_inside_their_card() -> None:
    names = ("Trung tâm Văn hóa, Thể thao và Truyền thanh " * 8, "\x00\ud800\ufffe😀", "W" * 400, "")
    cards = [replace(card(at), unit=replace(UNITS[at], name=name)) for at, name in enumerate(names)]
    content = qr.invites(cards, replace(OFFICE, contact="x" * 500), zalo="y" * 500, made_up=True)
    assert page_count(content) == 1
    if shutil.which("pdftoppm") is None:
        return
    zxingcpp = pytest.importorskip("zxingcpp")
    found = {result.text for result in zxingcpp.read_barcodes(pages(content)[0])}
    assert found == {each.link for each in cards}


def test_its_name_tells_the_plan_and_the_moment() -> None:
    assert qr.filename(PLAN, NOW) == "giay-moi-847-2023-20230505-1700.pdf"
