"""Zalo's month over the wire: counted from what was sent, shown, warned of, and saved in the right order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.messages import ChatRef, Outgoing
from bot.cli.checks import Check
from bot.cli.quota_check import quota_check
from bot.domain.people import Role
from bot.domain.quota import Allowance, Quota
from bot.sandbox.faults import Gateway
from scheduler.delivery import REPEAT_AFTER
from storage import quota
from storage.store import Store
from tests.people import OFFICE, Actor, Town, local, town

MONDAY = local(2026, 4, 13)  # an excerpt is due at 09:30
TIGHT = replace(OFFICE, zalo=Allowance(messages=200, people=5))


@pytest.fixture
async def april(tmp_path: Path) -> AsyncIterator[Town]:
    """A Monday in April; 200 messages a month."""
    async with town(tmp_path, MONDAY, office=TIGHT) as place:
        yield place


async def month(place: Town) -> Quota:
    return await place.ask(lambda store: quota.read(store, place.clock.now(), place.office))


async def used(place: Town, percent: int) -> None:
    """So many per cent of the month were sent, to nobody in the room: rows as the outbox writes them."""
    missing = percent * 2 - (await month(place)).sent
    assert missing >= 0

    def send(store: Store) -> None:
        for number in range(missing):
            store.outbox.add(ChatRef(platform="zalo", chat_id=f"{number:020x}"), Outgoing(text="x"), now=place.clock.now())
        for number in range(missing):
            claimed = store.outbox.claim(
                place.clock.now(),
                pushes=False,
                busy=frozenset(),
                still_true=lambda _: True,
                platforms=frozenset({"zalo"}),
            )
            assert claimed is not None
            store.outbox.sent(claimed, f"filler-{number}", place.clock.now())

    await place.app.database.turn(send)
    assert (await month(place)).messages_percent == percent


async def people(place: Town) -> tuple[Actor, Actor]:
    """Chị Hoa of Nội vụ on Telegram, chị Lan of Phường 5 on Zalo."""
    hoa = await place.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)
    return hoa, await place.settler("chị Trần Thị Lan", "P5", "zalo")


async def at(place: Town, moment: datetime) -> None:
    await place.time_jumps(moment)


async def test_every_message_zalo_took_is_counted_once_and_a_doubtful_one_with_its_repeat(april: Town) -> None:
    _, lan = await people(april)
    before = (await month(april)).sent
    assert before == len(lan.heard)
    await lan.says("/help")
    assert (await month(april)).sent == before + 1
    april.faults.on(Gateway(), platform="zalo", method="sendMessage")
    await lan.says("/tiendo")
    assert (await month(april)).sent == before + 2, "it may have arrived"
    await april.time_passes(REPEAT_AFTER + timedelta(seconds=5))
    assert (await month(april)).sent == before + 3
    april.room.block(lan.person, "zalo")
    april.clock.move_to(local(2026, 5, 1, 0, 1))
    assert (await month(april)).sent == 0, "a new month begins at midnight on the office's clock"


async def test_noi_vu_sees_it_by_command_in_its_channels_and_in_the_digest_and_nobody_else(april: Town) -> None:
    hoa, lan = await people(april)
    await hoa.says("/hanmuc")
    hoa.sees("Zalo tháng 4:", "/200 tin", "1/5 người (20%)", "Hạn mức còn đủ")
    assert "/200 tin" in await hoa.says("/kenh")
    assert "Tin" in await lan.says("/kenh")
    lan.sees_nothing_of("/200")
    assert "không thuộc phần" in await lan.says("/hanmuc")
    hoa.forget()
    await april.time_passes(local(2026, 4, 13, 17, 5))
    assert any("Zalo tháng 4:" in message.text for message in hoa.unread), "the daily digest"


async def test_the_coordinators_are_warned_once_at_eighty_and_once_at_ninety_five(april: Town) -> None:
    hoa, lan = await people(april)
    for percent, warned in ((79, 0), (80, 1), (85, 1), (95, 2), (99, 2)):
        await used(april, percent)
        await at(april, april.clock.now() + timedelta(minutes=5))
        warnings = [m for m in hoa.heard if "Hạn mức Zalo tháng 4" in m.text]
        assert len(warnings) == warned, percent
    assert not any("Hạn mức" in message.text for message in lan.heard)
    await april.fall_asleep()
    await april.wake()
    await at(april, april.clock.now() + timedelta(minutes=5))
    assert sum("Hạn mức Zalo tháng 4" in m.text for m in hoa.heard) == 2


async def test_the_doctor_says_how_much_is_used_and_warns_from_eighty_per_cent_on(april: Town) -> None:
    async def said() -> list[Check]:
        return await april.ask(lambda store: list(quota_check(store, april.office, april.clock.now())))

    assert await said() == [], "nobody uses Zalo"
    await people(april)
    await used(april, 79)
    (found,) = await said()
    assert (found.check, found.state, found.hint) == ("zalo_quota", "ok", "")
    assert "158/200 tin (79%)" in found.message
    await used(april, 80)
    (found,) = await said()
    assert (found.state, "160/200 tin (80%)" in found.message, bool(found.hint)) == ("warning", True, True)


async def test_too_many_people_are_warned_of_by_themselves(april: Town) -> None:
    hoa, _ = await people(april)
    for number, unit in enumerate(("P6", "P7", "P8")):
        await april.settler(f"anh Nguyễn Văn {'ABC'[number]}", unit, "zalo")
    await at(april, april.clock.now() + timedelta(minutes=5))
    assert any("Số người dùng bot trên Zalo" in m.text and "4/5" in m.text for m in hoa.heard)


async def test_from_eighty_per_cent_on_reminder_and_excerpt_of_one_day_are_one_message(april: Town) -> None:
    _, lan = await people(april)
    await used(april, 80)
    lan.forget()
    await at(april, local(2026, 4, 20, 8, 35))
    assert not lan.unread, "it waits for the excerpt"
    await at(april, local(2026, 4, 20, 9, 35))
    (only,) = lan.unread
    assert "trích Kế hoạch" in only.text
    assert "tới hạn" in only.text


async def test_with_room_enough_they_are_two(april: Town) -> None:
    _, lan = await people(april)
    lan.forget()
    await at(april, local(2026, 4, 20, 8, 35))
    assert len(lan.unread) == 1
    await at(april, local(2026, 4, 20, 9, 35))
    assert len(lan.unread) == 2


async def test_excerpts_are_held_first_and_can_be_seen_reminders_still_go(april: Town) -> None:
    hoa, lan = await people(april)
    await used(april, 90)
    lan.forget()
    await at(april, local(2026, 4, 20, 9, 35))
    assert not any(m.text.count("trích Kế hoạch") and "tới hạn" not in m.text for m in lan.unread)
    held = (await month(april)).held
    reminded = any("tới hạn" in m.text for m in lan.unread)
    assert held == {"excerpt": 1} or reminded
    await at(april, local(2026, 4, 21, 9, 35))
    assert any("tới hạn" in m.text for m in lan.heard)
    await hoa.says("/hanmuc")
    hoa.sees("Tạm không gửi trích kế hoạch")


async def test_a_held_excerpt_is_never_what_a_typed_number_means(april: Town) -> None:
    hoa, lan = await people(april)
    await at(april, local(2026, 4, 14, 9, 35))
    await lan.says("/baocao")
    lan.sees("Câu 1/10")
    await used(april, 90)
    await at(april, local(2026, 5, 18, 9, 35))
    await at(april, local(2026, 5, 25, 9, 35))
    assert hoa
    offer = await april.ask(lambda store: store.offers.last(ChatRef(platform="zalo", chat_id=lan.person.zalo_id)))
    assert offer is not None
    assert offer.sent_at is not None


async def test_digests_are_held_next_and_reminders_last(april: Town) -> None:
    hoa = await april.settler("chị Nguyễn Thị Hoa", "NV", "zalo", Role.COORDINATOR)
    lan = await april.settler("chị Trần Thị Lan", "P5", "zalo")
    await used(april, 95)
    hoa.forget()
    await at(april, local(2026, 4, 14, 17, 2))
    assert not any("Đã gửi" in message.text for message in hoa.unread)
    assert (await month(april)).held == {"digest": 1}
    await at(april, local(2026, 4, 20, 9, 35))
    assert any("tới hạn" in message.text for message in lan.heard)
    await hoa.says("/hanmuc")
    hoa.sees("1 bản tổng hợp ngày")


async def test_at_the_very_end_reminders_wait_visibly_and_fall_due_again_in_the_new_month(april: Town) -> None:
    hoa, lan = await people(april)
    await used(april, 98)
    lan.forget()
    await at(april, local(2026, 4, 20, 9, 35))
    await at(april, local(2026, 4, 20, 9, 35))
    assert not lan.unread
    await hoa.says("/hanmuc")
    hoa.sees("Tin nhắc chờ tới tháng sau", "Phường 5")
    assert "Câu 1/10" in await lan.says("/baocao"), "answers always go"
    lan.forget()
    await at(april, local(2026, 5, 4, 9, 35))
    (only,) = [m for m in lan.unread if "Câu" not in m.text]
    assert "ngày cuối" in only.text


async def test_who_also_has_telegram_is_told_there_while_zalo_is_short(april: Town) -> None:
    _, lan = await people(april)
    await lan.says("/kenh")
    await lan.chooses("Thêm kênh")
    phone = april.actor(lan.name, "telegram")
    await phone.opens(lan.unread[-1].text)
    await used(april, 80)
    lan.forget()
    phone.forget()
    await at(april, local(2026, 4, 20, 8, 35))
    assert not lan.unread
    phone.sees("tới hạn")
