"""What should not be typed or sent: secrecy marks leave nothing behind, citizens' numbers wait for a word, odd files go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import select

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from storage.store import Store
from storage.tables import FileRow, InboxRow
from tests.people import Actor, Town, local
from tests.storage.test_filetext import docx

SECRET = "phương án tác chiến số bảy"
CCCD = "079203012345"


@pytest.fixture
async def lan(spring: Town, platform: PlatformName) -> Actor:
    """Chị Lan of Phường 5; chị Hoa of Phòng Nội vụ is there, too."""
    await spring.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)
    return await spring.settler("chị Trần Thị Lan", "P5", platform)


def left_anywhere(folder: Path, words: str) -> list[str]:
    """The files in the data folder that hold these words, as people or as JSON write them."""
    needles = [words.encode(), json.dumps(words)[1:-1].encode()]
    return [str(file) for file in folder.rglob("*") if file.is_file() and any(n in file.read_bytes() for n in needles)]


async def difficulties(town: Town) -> list[str]:
    return await town.ask(lambda store: [one.text for one in store.difficulties.all()])


@pytest.mark.parametrize("mark", ["MẬT: ", "Tối mật. ", "M Ậ T\n", "tuyeetj maatj "])
async def test_a_marked_text_is_refused_and_no_byte_of_it_stays(spring: Town, lan: Actor, mark: str) -> None:
    await lan.says("khó khăn")
    await lan.says(f"{mark}{SECRET}")
    lan.sees("dấu chỉ độ mật", "chỉ gửi qua văn thư", "xoá tin đó")
    assert await difficulties(spring) == []
    assert left_anywhere(spring.folder, SECRET) == []
    await lan.says("Thiếu kinh phí tổ chức đối thoại")
    assert await difficulties(spring) == ["Thiếu kinh phí tổ chức đối thoại"], "the question stayed open"


async def test_a_marked_text_leaves_nothing_whatever_it_was_meant_for(spring: Town, lan: Actor) -> None:
    await lan.says(f"TUYỆT MẬT {SECRET}")
    await lan.says(f"/kehoach tối mật {SECRET}")
    lan.sees("chỉ gửi qua văn thư")
    assert left_anywhere(spring.folder, SECRET) == []


async def test_a_stranger_learns_nothing_and_leaves_nothing(spring: Town, lan: Actor, platform: PlatformName) -> None:
    stranger = spring.actor("Người lạ", platform)
    await stranger.says(f"Tuyệt mật: {SECRET}")
    stranger.sees("dành cho cán bộ được mời")
    stranger.sees_nothing_of("độ mật")
    assert left_anywhere(spring.folder, SECRET) == []


async def test_an_identity_number_waits_for_the_senders_word(spring: Town, lan: Actor) -> None:
    await lan.says("khó khăn")
    await lan.says(f"Bà Ba, CCCD {CCCD}, chưa được cấp giấy")
    lan.sees("có thể chứa số căn cước", "chưa ghi nhận", "Sửa lại", "Vẫn gửi")
    assert await difficulties(spring) == []
    await lan.chooses("Vẫn gửi")
    assert await difficulties(spring) == [f"Bà Ba, CCCD {CCCD}, chưa được cấp giấy"]
    assert "Phường 5" in lan.screen


async def test_withdrawn_it_is_gone_and_the_question_is_still_open(spring: Town, lan: Actor) -> None:
    await lan.says("khó khăn")
    await lan.says(f"Bà Ba, CCCD {CCCD}, chưa được cấp giấy")
    await lan.chooses("Sửa lại")
    lan.sees("không lưu", "gõ lại")
    raw = await spring.ask(lambda store: [row.raw for row in store.session.scalars(select(InboxRow))])
    assert not any(CCCD in one for one in raw)
    await lan.says("Một công dân chưa được cấp giấy")
    assert await difficulties(spring) == ["Một công dân chưa được cấp giấy"]


async def test_typing_it_anew_replaces_what_waited(spring: Town, lan: Actor) -> None:
    await lan.says("khó khăn")
    await lan.says(f"Bà Ba, CCCD {CCCD}")
    await lan.says("Một công dân chưa được cấp giấy")
    assert await difficulties(spring) == ["Một công dân chưa được cấp giấy"]
    assert left_anywhere(spring.folder, CCCD) == []


async def test_the_old_button_sends_nothing_later(spring: Town, lan: Actor, platform: PlatformName) -> None:
    if platform == "zalo":
        pytest.skip("no buttons to press late")
    await lan.says("khó khăn")
    await lan.says(f"CCCD {CCCD} của bà Ba")
    await lan.says("huỷ")
    await lan.taps("Vẫn gửi")
    lan.sees("không còn dùng được")
    assert await difficulties(spring) == []


async def test_ones_own_telephone_is_asked_for_and_taken(spring: Town, lan: Actor) -> None:
    await lan.says("/toi")
    await lan.chooses("Sửa số điện thoại")
    await lan.says("0912 345 678")
    lan.sees("Đã sửa")


async def test_figures_are_never_held_up(spring: Town, lan: Actor) -> None:
    await spring.time_passes(local(2026, 3, 31, 9))
    await lan.says("bắt đầu")
    await lan.chooses("Đã có")
    await lan.chooses("Bỏ qua") if "Bỏ qua" in lan.screen else None
    await lan.says("1.250 lượt")
    lan.sees_nothing_of("có thể chứa")


@pytest.fixture
async def minh(spring: Town) -> Actor:
    """Anh Minh of Phường 6, on Telegram, where files come through."""
    await spring.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)
    return await spring.settler("anh Lê Văn Minh", "P6")


def rows(store: Store) -> list[tuple[str, str, bool]]:
    return [(row.name, row.mime, row.dropped) for row in store.session.scalars(select(FileRow))]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bc.docx", docx("Báo cáo\nTỐI MẬT\n" + SECRET), "chỉ gửi qua văn thư"),
        ("TỐI MẬT bc.docx", docx("Báo cáo"), "chỉ gửi qua văn thư"),
        ("bc.exe", b"MZ\x90\x00" + b"\x00" * 64, "Loại tệp này chưa nhận được"),
        ("bc.pdf", b"PK\x03\x04 not a pdf", "bị hỏng"),
        ("bc.zip", b"PK\x05\x06" + b"\x00" * 18, "giải nén"),
    ],
    ids=["content", "name", "program", "disguised", "archive"],
)
async def test_a_file_that_must_not_be_kept_is_not(spring: Town, minh: Actor, name: str, content: bytes, told: str) -> None:
    await minh.sends_file(name, content)
    minh.sees(told)
    await spring.app.tick()
    assert not any(file for file in (spring.folder / "files").rglob("*") if file.is_file())
    assert left_anywhere(spring.folder, SECRET) == []


async def test_a_taken_file_has_our_type_and_a_plain_name(spring: Town, minh: Actor) -> None:
    await minh.sends_file("../../biên\u202e bản.docx", docx("Báo cáo"), mime="text/html")
    ((name, mime, dropped),) = await spring.ask(rows)
    assert (name, dropped) == ("biên bản.docx", False)
    assert mime.endswith("wordprocessingml.document")


async def test_the_audit_log_knows_that_it_happened_and_not_what_was_said(spring: Town, lan: Actor) -> None:
    await lan.says(f"Tuyệt mật {SECRET}")
    noted = await spring.ask(
        lambda store: store.session.connection().exec_driver_sql("SELECT action, details FROM audit").all()
    )
    assert ("secret refused", "{}") in [tuple(row) for row in noted]
