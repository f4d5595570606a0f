"""One's own data: shown, sent, erased; and erased means that no byte of it is left, also after a restore."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.chat.messages import PlatformName
from bot.domain.people import Role
from bot.domain.requests import RequestState
from storage import backup, erasing, tombstones
from storage.tables import AnswerRow, InboxRow, PersonRow, SeatRow
from tests.people import Actor, Town, local

NAME, PHONE, SAID_PHONE, OLD_NAME = "Trần Thị Lan", "0987654321", "0987 654 321", "Trần Thị Lam"


@pytest.fixture
async def hoa(spring: Town, platform: PlatformName) -> Actor:
    return await spring.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)


@pytest.fixture
async def lan(spring: Town, hoa: Actor, platform: PlatformName) -> Actor:
    who = await spring.settler(f"chị {NAME}", "P5", platform)
    await who.says("/toi")
    await who.chooses("Sửa số điện thoại")  # everybody in town registers with the same one
    await who.says(SAID_PHONE)
    who.forget()
    return who


def holding(folder: Path, *needles: str, but: tuple[str, ...] = ("lock",)) -> list[str]:
    """Files of the data folder with any of these in any writing."""
    wanted = [form for needle in needles for form in (needle.encode(), json.dumps(needle)[1:-1].encode())]
    return sorted(
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and file.name not in but and any(form in file.read_bytes() for form in wanted)
    )


async def person_id(town: Town) -> int:
    found = await town.ask(lambda store: [row.id for row in store.session.scalars(select(PersonRow)) if row.name == NAME])
    assert found[0] is not None
    return found[0]


async def test_toi_says_what_is_kept_why_and_how_long(spring: Town, lan: Actor) -> None:
    await lan.says("/toi")
    lan.sees(NAME, SAID_PHONE, "Mục đích", "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15", "400 ngày", "hồ sơ của đơn vị")
    assert len(lan.unread) == 1
    assert len(lan.unread[0].text) <= 1400


async def test_own_data_is_sent_to_its_owner_only(spring: Town, hoa: Actor, lan: Actor, platform: PlatformName) -> None:
    await spring.time_passes(local(2026, 3, 31, 9))
    await lan.says("bắt đầu")
    await lan.chooses("Đã có")
    await lan.says("/toi")
    hoa.forget()
    await lan.chooses("Xuất dữ liệu của tôi")
    if platform == "telegram":
        (file,) = (spring.folder / "exports").rglob("*.json")
        found = json.loads(file.read_bytes())
        assert found["person"][0]["name"] == NAME
        assert found["seats"][0]["unit"] == "UBND Phường 5"
        assert len(found["answers"]) == 1
        assert "Hoa" not in file.read_text(encoding="utf-8")
    else:
        lan.sees(NAME, PHONE, "UBND Phường 5", "Câu trả lời đã nhập")
    lan.sees("Dữ liệu đang lưu về chị Lan")
    assert not hoa.unread


async def test_a_request_goes_to_noi_vu_with_two_working_days(spring: Town, hoa: Actor, lan: Actor) -> None:
    hoa.forget()
    await lan.says("/toi")
    await lan.chooses("Rút đồng ý")
    lan.sees("không khôi phục được", "thôi đầu mối của UBND Phường 5")
    assert not hoa.unread, "nothing was asked yet"
    await lan.chooses("Gửi yêu cầu xoá")
    lan.sees("17:00 thứ Tư 01/4/2026")
    hoa.sees(NAME, "yêu cầu xoá", "17:00 thứ Tư 01/4/2026")
    (request,) = await spring.ask(lambda store: store.requests.all(RequestState.OPEN))
    assert request.due_at == local(2026, 4, 1, 17)
    await lan.says("/toi")
    await lan.chooses("Rút lại yêu cầu xoá")
    lan.sees("Đã rút lại")
    await hoa.says("/yeucau")
    hoa.sees("Không có yêu cầu")


async def test_an_unanswered_request_is_brought_to_mind(spring: Town, hoa: Actor, lan: Actor) -> None:
    await lan.says("/toi")
    await lan.chooses("Rút đồng ý")
    await lan.chooses("Gửi yêu cầu xoá")
    hoa.forget()
    await spring.time_jumps(local(2026, 4, 1, 17, 5))
    hoa.sees("Yêu cầu xoá dữ liệu cá nhân đang chờ: 1, 1 đã quá hạn")


async def test_nobody_approves_their_own_and_the_last_coordinator_stays(spring: Town, hoa: Actor) -> None:
    await hoa.says("/toi")
    await hoa.chooses("Rút đồng ý")
    await hoa.chooses("Gửi yêu cầu xoá")
    await hoa.says("/yeucau")
    await hoa.chooses("Đồng ý xoá")
    hoa.sees("duy nhất")
    assert len(await spring.ask(lambda store: store.people.coordinators())) == 1


async def erased(town: Town, hoa: Actor, lan: Actor) -> None:
    await lan.says("/toi")
    await lan.chooses("Rút đồng ý")
    await lan.chooses("Gửi yêu cầu xoá")
    await hoa.says("/yeucau")
    await hoa.chooses("Đồng ý xoá")
    hoa.sees("Xác nhận lần hai")
    assert await town.ask(lambda store: store.requests.all(RequestState.APPROVED)) == ()
    await hoa.chooses("Xác nhận xoá")
    lan.sees("đây là tin cuối cùng")
    await town.app.tick()
    await town.settle()


async def test_after_erasing_no_byte_of_a_person_is_left(spring: Town, hoa: Actor, lan: Actor, platform: PlatformName) -> None:
    await lan.says("/toi")
    await lan.chooses("Sửa tên")
    await lan.says(f"chị {OLD_NAME}")
    await lan.says("/toi")
    await lan.chooses("Sửa tên")
    await lan.says(f"chị {NAME}")
    await spring.time_passes(local(2026, 3, 31, 9))
    await lan.says("bắt đầu")
    await lan.chooses("Đã có")
    await hoa.says("/nguoi Phường 5")
    if platform == "telegram":
        await lan.sends_file("chứng nhận của Trần Thị Lan.txt", f"{NAME} {PHONE}".encode(), "text/plain")
        await lan.chooses("Vẫn gửi") if "Vẫn gửi" in lan.screen else None
    found = await person_id(spring)
    ids = await spring.ask(lambda store: [one.user_id for one in store.people.addresses(found)])
    before = holding(spring.folder, NAME, OLD_NAME, PHONE, SAID_PHONE, *ids)
    assert "nhacviec.db" in before, "or this test could not fail"

    await erased(spring, hoa, lan)
    await spring.fall_asleep()
    assert holding(spring.folder, NAME, OLD_NAME, PHONE, SAID_PHONE, *ids) == []
    assert holding(spring.folder, NAME.upper(), NAME.lower()) == []

    person = await spring.ask(lambda store: store.people.get(found))
    assert (person.name, person.phone) == (f"Cán bộ đã xoá #{found}", "")
    answers = await spring.ask(lambda store: [row.person_id for row in store.session.scalars(select(AnswerRow))])
    assert answers == [found], "the office's act stays, without a name"
    seats = await spring.ask(
        lambda store: [row.ended_at for row in store.session.scalars(select(SeatRow)) if row.person_id == found]
    )
    assert None not in seats
    assert await spring.ask(lambda store: store.audit.check().sound)
    await spring.wake()


async def test_the_erased_is_a_stranger_and_hears_nothing(spring: Town, hoa: Actor, lan: Actor) -> None:
    await erased(spring, hoa, lan)
    await lan.says("xin chào")
    lan.sees("dành cho cán bộ được mời")
    lan.forget()
    await spring.time_passes(local(2026, 4, 20, 9))
    assert not lan.unread


async def test_of_a_stranger_nothing_is_kept_but_that_they_wrote(spring: Town, platform: PlatformName) -> None:
    stranger = spring.actor("Phan Thị Cẩm Tú", platform)
    await spring.app.keeping.stop()  # the first backup is over: one made this very moment would have seen the words
    await stranger.says("cho em hỏi phường mình ở đâu ạ")
    stranger.sees("dành cho cán bộ được mời")
    assert await spring.ask(lambda store: [row.raw for row in store.session.scalars(select(InboxRow))]) == ["{}"]
    assert holding(spring.folder, "Phan Thị Cẩm Tú", "phường mình") == []


async def test_a_restored_backup_does_not_bring_them_back(spring: Town, hoa: Actor, lan: Actor) -> None:
    found = await person_id(spring)
    await spring.fall_asleep()
    folder = spring.folder / backup.FOLDER
    database = spring.folder / "nhacviec.db"
    taken = backup.backup(database, folder, spring.clock.now() + timedelta(seconds=1))
    aside = spring.folder.parent / "aside.db"  # a copy on another machine, which erasing cannot reach
    aside.write_bytes(taken.file.read_bytes())
    await spring.wake()
    await erased(spring, hoa, lan)
    await spring.fall_asleep()
    assert holding(spring.folder, NAME, PHONE) == [], "the backup here forgot them, too"
    backup.check(taken.file)

    backup.restore(aside, spring.folder, database=database, now=spring.clock.now())
    assert "nhacviec.db" in holding(spring.folder, NAME)
    assert len(tombstones.read(spring.folder)) == 1
    await spring.wake()
    await spring.fall_asleep()
    assert "nhacviec.db" not in holding(spring.folder, NAME, PHONE)
    name = await spring.ask(lambda store: store.people.get(found).name)
    assert name == f"Cán bộ đã xoá #{found}"
    await spring.wake()


async def test_a_tombstone_says_nothing_and_hits_nobody_else(spring: Town, hoa: Actor, lan: Actor) -> None:
    found = await person_id(spring)
    mark = await spring.ask(lambda store: erasing.mark(store, found))
    tombstones.note(spring.folder, mark, spring.clock.now())
    tombstones.note(spring.folder, mark, spring.clock.now())
    (line,) = (spring.folder / tombstones.NAME).read_text(encoding="utf-8").splitlines()
    assert NAME not in line and PHONE not in line
    again = await spring.ask(lambda store: tombstones.replay(store, tombstones.read(spring.folder), spring.clock.now()))
    assert again == 1
    assert await spring.ask(lambda store: tombstones.replay(store, tombstones.read(spring.folder), spring.clock.now())) == 0
    assert len(await spring.ask(lambda store: store.people.coordinators())) == 1
