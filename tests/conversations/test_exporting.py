"""/xuat over the real wire: asked for in chat, made off the event loop, arriving as files that open; on both channels."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader
from sqlmodel import col, select

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from storage.invites import looks_like_code
from storage.jobs import Kind
from storage.store import Store
from storage.tables import AuditRow
from tests.people import Actor, Town, local, town


def files_of(place: Town) -> list[Path]:
    """Everything rendered that still lies there."""
    return sorted(path for path in (place.folder / "exports").rglob("*") if path.is_file())


def actions(store: Store) -> list[str]:
    """What the audit says about jobs."""
    found = store.session.scalars(select(AuditRow.action).order_by(col(AuditRow.number)))
    return [action for action in found if action.startswith("job")]


async def coordinator(place: Town, platform: PlatformName = "telegram") -> Actor:
    return await place.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    """As `spring`, with a web server: Zalo takes documents as links only."""
    async with town(tmp_path, local(2026, 3, 30), public=True) as found:
        yield found


async def received(who: Actor) -> bytes:
    """The document that came: as a file, on Zalo behind a link."""
    if who.platform == "telegram":
        (message,) = [message for message in who.heard if message.kind == "document"]
        return who.town.room.memory.content(message.file)
    assert who.town.proxy is not None
    return await who.town.proxy.fetch(re.findall(r"https://\S+", who.screen)[-1]) or b""


async def test_the_workbook_is_asked_about_twice_and_arrives_as_a_file(spring: Town) -> None:
    hoa = await coordinator(spring)
    await hoa.says("/xuat")
    hoa.sees("báo cáo 6 tháng năm 2026", "Excel số liệu", "Báo cáo Word", "Lịch .ics", "Ảnh tình hình", "Phiếu mời QR")
    await hoa.chooses("Excel số liệu")
    hoa.sees("họ tên người gửi", "xoá sau 24 giờ")
    assert files_of(spring) == []
    await hoa.chooses("Xuất tệp")
    hoa.sees("Đang lập bảng Excel", "Bảng Excel số liệu, báo cáo 6 tháng năm 2026, lập lúc 08:0", "không chuyển vào nhóm")
    (message,) = [message for message in hoa.heard if message.kind == "document"]
    (path,) = files_of(spring)
    assert path.stat().st_mode & 0o077 == 0
    assert spring.room.memory.content(message.file) == path.read_bytes()
    assert len(load_workbook(io.BytesIO(path.read_bytes())).sheetnames) == 4

    noted = await spring.ask(actions)
    assert noted == ["job asked", "job done"]


async def test_no_leaves_nothing(place: Town, platform: PlatformName) -> None:
    hoa = await coordinator(place, platform)
    await hoa.says("/xuat")
    await hoa.chooses("Excel số liệu")
    await hoa.chooses("Không xuất")
    hoa.sees("Không xuất tệp nào.")
    assert files_of(place) == []


@pytest.mark.parametrize(
    ("label", "first"), [("Báo cáo Word", b"PK"), ("Lịch .ics", b"BEGIN:VCALENDAR"), ("Phiếu mời QR", b"%PDF")]
)
async def test_every_document_arrives(place: Town, platform: PlatformName, label: str, first: bytes) -> None:
    hoa = await coordinator(place, platform)
    await hoa.says("/xuat")
    await hoa.chooses(label)
    if "Phiếu" in label:
        hoa.sees("một mã mời mới cho mỗi đơn vị chưa có đầu mối")
        await hoa.chooses("Xuất tệp")
    content = await received(hoa)
    assert content.startswith(first)
    if "ics" in label:
        dates = {str(event["summary"]) for event in Calendar.from_ical(content).walk("VEVENT")}
        assert {"Mở kỳ báo cáo 6 tháng năm 2026", "Ngày cuối còn trong hạn: báo cáo năm 2026"} <= dates


async def test_the_pictures_are_a_press_away_from_the_summary(spring: Town) -> None:
    hoa = await coordinator(spring)
    await hoa.says("/tonghop")
    await hoa.chooses("Ảnh tình hình")
    pictures = [message for message in hoa.heard if message.kind == "photo"]
    assert len(pictures) >= 2
    for message in pictures:
        assert Image.open(io.BytesIO(spring.room.memory.content(message.file))).width > 1000


async def test_a_printed_invite_opens_the_door(spring: Town) -> None:
    hoa = await coordinator(spring)
    await spring.settler("anh Lê Văn Minh", "QLDT")
    await hoa.says("/xuat")
    await hoa.chooses("Phiếu mời QR")
    await hoa.chooses("Xuất tệp")
    (message,) = [message for message in hoa.heard if message.kind == "document"]
    pages = PdfReader(io.BytesIO(spring.room.memory.content(message.file))).pages
    printed = "\n".join(page.extract_text() for page in pages)
    assert "Phường 5" in printed
    assert "Quản lý Đô thị" not in printed, "it has a focal person"
    codes = [code for code in re.findall(r"[a-z2-7][a-z2-7 -]{24,40}", printed) if looks_like_code(code)]
    assert len(codes) == 27
    lan = spring.actor("chị Trần Thị Lan")
    await lan.opens("".join(codes[0].split()))
    lan.sees("đăng ký")


async def test_zalo_without_a_web_server_says_so_and_names_another_way(spring: Town) -> None:
    hoa = await coordinator(spring, "zalo")
    await hoa.says("/xuat")
    await hoa.chooses("Báo cáo Word")
    hoa.sees("chưa gửi được tệp", "/kenh để thêm Telegram")
    assert await spring.ask(lambda store: store.jobs.idle())


async def test_zalo_gets_a_link_where_there_is_a_web_server(place: Town) -> None:
    hoa = await coordinator(place, "zalo")
    await hoa.says("/xuat")
    await hoa.chooses("Báo cáo Word")
    hoa.sees("Dự thảo báo cáo Word", "liên kết dùng được trong 24 giờ", "https://nhacviec.example.gov.vn/")


async def test_a_file_is_gone_after_a_day(place: Town, platform: PlatformName) -> None:
    hoa = await coordinator(place, platform)
    await hoa.says("/xuat")
    await hoa.chooses("Báo cáo Word")
    assert len(files_of(place)) == 1
    await place.time_passes(timedelta(hours=23))
    assert len(files_of(place)) == 1
    await place.time_passes(timedelta(hours=2))
    assert files_of(place) == []


async def test_a_job_asked_for_before_the_bot_died_is_done_when_it_wakes(spring: Town) -> None:
    hoa = await coordinator(spring)
    await spring.fall_asleep()

    def asked(store: Store) -> None:
        person = store.people.coordinators()[0]
        chat = store.people.reach(person.id)
        assert chat is not None
        of = store.rounds.all()[0].id
        given = {"round_id": of, "person_id": person.id, "chat": chat, "now": spring.clock.now()}
        assert store.jobs.add(Kind.REPORT, **given)
        assert not store.jobs.add(Kind.REPORT, **given), "asked for twice"
        store.jobs.begin()

    await spring.ask(asked)
    hoa.forget()
    await spring.wake()
    assert [message.kind for message in hoa.unread] == ["document"]


async def test_a_failure_is_told_kindly_and_the_next_one_works(place: Town, platform: PlatformName) -> None:
    hoa = await coordinator(place, platform)
    (place.folder / "exports").write_text("in the way")
    await hoa.says("/xuat")
    await hoa.chooses("Báo cáo Word")
    hoa.sees("chưa làm xong dự thảo báo cáo Word", "Số liệu không bị ảnh hưởng")
    (place.folder / "exports").unlink()
    await hoa.says("/xuat")
    await hoa.chooses("Báo cáo Word")
    assert (await received(hoa)).startswith(b"PK")


async def test_an_officer_cannot_export(spring: Town, platform: PlatformName) -> None:
    await coordinator(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await lan.says("/xuat")
    lan.sees("không thuộc phần được giao")
