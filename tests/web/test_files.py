"""Files on Zalo: pictures and documents go by signed links, files come in by a page that works once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.chat.messages import OutFile, Outgoing
from bot.domain.answers import FileValue
from bot.domain.links import DOCUMENT, PHOTO, Links
from bot.domain.people import Role
from bot.domain.rounds import Round
from storage.jobs import Kind
from storage.store import Store
from tests.people import PUBLIC_URL, Actor, Town, local, town

PLAN = (Path(__file__).parents[1] / "conversations" / "every_kind.yaml").read_text(encoding="utf-8")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
MINUTES = b"%PDF-1.7\n" + "biên bản".encode()
LINKS = Links(base=PUBLIC_URL, key=bytes(32))  # the town's


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose web server can be reached from outside."""
    async with town(tmp_path, local(2026, 3, 30), public=True) as found:
        yield found


async def officer(place: Town) -> Actor:
    """Anh Minh of Phường 5 on Zalo."""
    await place.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)
    return await place.settler("anh Lê Văn Minh", "P5", "zalo")


async def show(place: Town, who: Actor, message: Outgoing) -> None:
    def add(store: Store) -> None:
        person = store.people.actor(who.platform, who.person.zalo_id).person
        assert person is not None
        chat = store.people.reach(person.id)
        assert chat is not None
        store.outbox.add(chat, message, now=place.clock.now(), person_id=person.id)

    who.forget()
    await place.app.database.turn(add)
    place.app.delivery.wake.set()
    await place.settle()


def made(place: Town, name: str, content: bytes) -> str:
    """A document the bot made."""
    (place.folder / "out").mkdir(exist_ok=True)
    (place.folder / "out" / name).write_bytes(content)
    return f"out/{name}"


async def get(place: Town, link: str) -> httpx.Response:
    assert place.proxy
    return await place.proxy.browser().get(link)


def link_in(text: str) -> str:
    found = re.findall(r"https://\S+", text)
    assert len(found) == 1, text
    return str(found[0])


# Out


async def test_a_picture_arrives_as_a_picture_although_zalo_fetches_it_more_than_once(place: Town) -> None:
    minh = await officer(place)
    file = OutFile(path=made(place, "a.png", PICTURE), name="Tiến độ.png", kind="photo")
    await show(place, minh, Outgoing(text="Tiến độ tới hôm nay", file=file))
    (message,) = minh.unread
    assert (message.kind, message.text) == ("photo", "Tiến độ tới hôm nay")
    assert place.room.memory.content(message.file) == PICTURE
    ((link, times),) = place.room.fetched.items()
    assert times == 2

    await place.time_passes(timedelta(minutes=10))
    again = await get(place, link)
    assert (again.status_code, again.headers["content-type"], again.content) == (200, "image/png", PICTURE)
    assert again.headers["x-content-type-options"] == "nosniff"
    await place.time_passes(PHOTO)
    late = await get(place, link)
    assert late.status_code == 410
    assert PICTURE not in late.content


async def test_a_document_is_a_sentence_and_a_link_that_downloads_it(place: Town) -> None:
    minh = await officer(place)
    file = OutFile(path=made(place, "b.xlsx", b"PK\x03\x04 so lieu"), name="Tổng hợp 6 tháng.xlsx")
    await show(place, minh, Outgoing(text="Bảng tổng hợp đã xong.", file=file))
    minh.sees("Bảng tổng hợp đã xong.", "Tổng hợp 6 tháng.xlsx", "liên kết ở cuối tin", "24 giờ")
    answer = await get(place, link_in(minh.screen))
    assert answer.content == b"PK\x03\x04 so lieu"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "T%E1%BB%95ng%20h%E1%BB%A3p" in answer.headers["content-disposition"]
    assert "no-store" in answer.headers["cache-control"]


async def test_a_picture_zalo_will_not_have_still_reaches_the_person_as_words_and_link(place: Town) -> None:
    minh = await officer(place)
    await show(place, minh, Outgoing(text="Tiến độ", file=OutFile(path="out/lost.png", name="x.png", kind="photo")))
    (message,) = minh.unread
    assert message.text.startswith("Tiến độ\nhttps://")


async def test_without_a_public_address_the_reader_is_told_another_way(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 3, 30)) as place:
        minh = await officer(place)
        (place.folder / "c.xlsx").write_bytes(b"PK")
        for kind, word in (("document", "Tệp “c.xlsx” không gửi được qua Zalo"), ("photo", "Hình “c.xlsx” không gửi được")):
            await show(place, minh, Outgoing(text="Đây ạ", file=OutFile(path="c.xlsx", name="c.xlsx", kind=kind)))  # type: ignore[arg-type]
            minh.sees("Đây ạ", word, "/kenh", "Phòng Nội vụ")
            assert "http" not in minh.screen


@pytest.mark.parametrize(
    "path",
    [
        "nhacviec.db",
        "out/../nhacviec.db",
        "out/./../nhacviec.db",
        "../outside.txt",
        "/etc/passwd",
        "out",
        "",
        ".",
        "out/gone.png",
        "link/secret.txt",
    ],
)
async def test_even_a_link_we_signed_leads_out_of_no_folder_and_lists_none(place: Town, path: str) -> None:
    made(place, "a.png", PICTURE)
    (place.folder.parent / "outside.txt").write_text("secret")
    (place.folder / "link").symlink_to(place.folder.parent)
    (place.folder.parent / "secret.txt").write_text("secret")
    link = LINKS.make("f", place.clock.now() + PHOTO, path, "a.png", "photo")
    answer = await get(place, link)
    assert (answer.status_code, answer.text) == (404, "not found")


async def test_a_link_to_a_document_dies_with_the_seat_of_who_asked_for_it(place: Town) -> None:
    hoa = await place.settler("chị Nguyễn Thị Hoa", "NV", "zalo", Role.COORDINATOR)

    def asked(store: Store) -> str:
        person = store.people.actor("zalo", hoa.person.zalo_id).person
        chat = store.people.reach(person.id) if person else None
        assert person is not None and chat is not None
        store.jobs.add(Kind.WORKBOOK, round_id=store.rounds.all()[0].id, person_id=person.id, chat=chat, now=place.clock.now())
        job = store.jobs.begin()
        assert job is not None
        store.jobs.end(job.id, done=True, now=place.clock.now())
        return job.path

    folder = await place.ask(asked)
    (place.folder / folder).mkdir(parents=True)
    (place.folder / folder / "a.xlsx").write_bytes(b"PK figures of every unit")
    link = LINKS.make("f", place.clock.now() + DOCUMENT, f"{folder}/a.xlsx", "a.xlsx", "document")
    assert (await get(place, link)).status_code == 200

    def dismiss(store: Store) -> None:
        for seat, _ in store.people.holders():
            store.people.end(seat.id, reason="left", now=place.clock.now())

    await place.ask(dismiss)
    assert (await get(place, link)).status_code == 404


async def test_without_a_signature_there_is_nothing_to_see(place: Town) -> None:
    made(place, "a.png", PICTURE)
    signed = LINKS.make("f", place.clock.now() + PHOTO, "out/a.png", "a.png", "photo")
    other = Links(base=PUBLIC_URL, key=b"x" * 32).make("f", place.clock.now() + PHOTO, "out/a.png", "a.png", "photo")
    for link in (
        "/f/",
        "/f",
        "/f/out/a.png",
        "/f/out%2Fa.png",
        "/f/x.y",
        signed[:-1],
        signed.replace("/f/", "/u/"),
        other,
        "/",
    ):
        assert (await get(place, link)).status_code == 404, link
    assert (await get(place, signed)).status_code == 200


# In


@pytest.fixture
async def at_the_file_question(place: Town) -> Actor:
    """Anh Minh has answered the plan with every kind of question up to the one that wants a file."""

    def load(store: Store) -> None:
        plan_id, plan = store.plans.add(PLAN, place.clock.now())
        store.units.sync(plan.units)
        store.rounds.arm(plan_id, plan, 2026, place.clock.now().date())

    await place.ask(load)
    minh = await officer(place)
    await place.time_passes(local(2026, 4, 6, 9))
    await minh.says("/baocao")
    for text in ("Đã có", "21", "35", "12/14", "60%", "1tr2", "3/4"):
        await minh.says(text)
    await minh.chooses("Đúng")
    minh.sees("Gửi biên bản hội nghị")
    return minh


async def offered(minh: Actor) -> str:
    """The link the bot answers a document with."""
    screen = await minh.sends_file("biên bản.pdf", MINUTES)
    assert "dùng một lần" in screen
    return link_in(screen)


async def upload(place: Town, link: str, content: bytes = MINUTES, name: str = "biên bản.pdf") -> httpx.Response:
    assert place.proxy
    answer = await place.proxy.browser().post(link, files={"file": (name, content, "application/octet-stream")})
    await place.settle()
    return answer


async def test_a_document_zalo_keeps_comes_in_by_the_page_and_answers_the_question(
    place: Town, at_the_file_question: Actor
) -> None:
    minh = at_the_file_question
    link = await offered(minh)
    for _ in range(3):  # looking, as an app does for a preview, uses nothing up
        page = await get(place, link)
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert 'lang="vi"' in page.text and 'name="viewport"' in page.text and "<script" not in page.text
        assert "Chọn tệp" in page.text
    minh.forget()
    sent = await upload(place, link)
    assert "Đã nhận tệp" in sent.text
    minh.sees("✓ Câu 8", "biên bản.pdf", "Ghi chú thêm?")

    def kept(store: Store) -> FileValue:
        (round_,) = [r for r in store.rounds.all() if r.code == "Q1"]
        unit = store.units.by_code("P5")
        assert isinstance(round_, Round) and unit is not None
        value = store.answers.latest(round_.id, unit.id)["FILE"].value
        assert isinstance(value, FileValue)
        return value

    value = await place.ask(kept)
    assert (place.folder / value.path).read_bytes() == MINUTES
    assert (value.name, value.size) == ("biên bản.pdf", len(MINUTES))


async def test_a_link_works_once_also_when_used_twice_at_the_same_moment(place: Town, at_the_file_question: Actor) -> None:
    import asyncio

    minh = at_the_file_question
    link = await offered(minh)
    minh.forget()
    answers = await asyncio.gather(*(upload(place, link) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410]
    assert minh.screen.count("✓ Câu 8") == 1
    again = await get(place, link)
    assert again.status_code == 410
    assert "đã dùng" in again.text


async def test_a_link_dies_with_its_question_its_hour_and_its_persons_seat(place: Town, at_the_file_question: Actor) -> None:
    minh = at_the_file_question
    answered, too_late = await offered(minh), await offered(minh)
    await minh.says("chưa có")
    minh.forget()
    refused = await upload(place, answered)
    assert refused.status_code == 410
    assert "không còn mở" in refused.text
    assert not minh.unread

    await place.time_passes(timedelta(hours=3))
    late = await upload(place, too_late)
    assert (late.status_code, "hết hạn" in late.text) == (410, True)


async def test_a_link_dies_when_the_seat_is_taken_away(place: Town, at_the_file_question: Actor) -> None:
    minh = at_the_file_question
    link = await offered(minh)

    def dismiss(store: Store) -> None:
        for seat, person in store.people.holders():
            if person.name == "Lê Văn Minh":
                store.people.end(seat.id, reason="left", now=place.clock.now())

    await place.ask(dismiss)
    assert (await upload(place, link)).status_code == 410


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("biên bản.pdf", b"\x89PNG\r\n\x1a\n", "Đuôi tên tệp không đúng"),
        ("virus.exe", b"MZ\x90\x00", "Loại tệp này chưa nhận được"),
        ("biên bản.pdf", b"", "không có nội dung"),
        ("to.pdf", b"%PDF-" + bytes(20 * 1024 * 1024), "lớn hơn 20 MB"),
        ("rất to.pdf", b"%PDF-" + bytes(21 * 1024 * 1024), "lớn hơn 20 MB"),
    ],
)
async def test_what_is_not_taken_is_said_and_the_link_stays_good(
    place: Town, at_the_file_question: Actor, name: str, content: bytes, said: str
) -> None:
    minh = at_the_file_question
    link = await offered(minh)
    minh.forget()
    refused = await upload(place, link, content, name)
    assert refused.status_code in (400, 413)
    assert said in refused.text
    assert not minh.unread
    assert (await upload(place, link)).status_code == 200
    minh.sees("✓ Câu 8")


async def test_a_file_between_two_questions_is_asked_back_not_attached(place: Town) -> None:
    minh = await officer(place)
    await place.time_passes(local(2026, 3, 31, 9))
    await minh.chooses("Bắt đầu")
    link = await offered(minh)
    minh.forget()
    await upload(place, link)
    minh.sees("Câu 1/10")
    assert "✓" not in minh.screen


async def test_with_nothing_asked_or_nobody_known_there_is_no_link(place: Town) -> None:
    minh = await officer(place)
    assert "http" not in await minh.sends_file("biên bản.pdf", MINUTES)
    minh.sees("không tới được hệ thống")
    stranger = place.actor("Người lạ", "zalo")
    assert "http" not in await stranger.sends_file("a.pdf", MINUTES)


async def test_without_a_public_address_a_document_is_told_another_way(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 3, 30)) as place:
        minh = await officer(place)
        await place.time_passes(local(2026, 3, 31, 9))
        await minh.chooses("Bắt đầu")
        assert "http" not in await minh.sends_file("biên bản.pdf", MINUTES)
        minh.sees("không tới được hệ thống", "/kenh")
