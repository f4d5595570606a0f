"""Health is what is late, not what runs: each part broken shows at /health, stops the beat and sounds once an hour."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot import health
from bot.chat.messages import ChatRef, Outgoing
from bot.domain.people import Role
from scheduler import alarms
from storage import backup, gaps
from storage.tables import MetaRow
from tests.people import Town, local, town

URL = "https://beat.example/secret-path"


@pytest.fixture
async def well(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which all is well: heard a moment ago, backed up."""
    async with town(tmp_path, local(2026, 3, 30, 9)) as place:
        await place.app.tick()
        await place.app.keeping.stop()
        assert backup.newest(place.app.keeping.backups) is not None
        yield place


async def asked(place: Town, path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=Starlette(routes=health.routes(place.app)))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return await client.get(path)


async def problems(place: Town) -> list[str]:
    answer = await asked(place, "/health")
    told = answer.json()
    assert answer.status_code == (503 if told["problems"] else 200)
    assert told["healthy"] is not bool(told["problems"])
    return list(told["problems"])


async def test_all_is_well(well: Town) -> None:
    assert await problems(well) == []


async def test_prometheus_reads_every_figure(well: Town) -> None:
    answer = await asked(well, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    figures = {line.split(" ")[0]: float(line.split(" ")[1]) for line in answer.text.splitlines() if not line.startswith("#")}
    assert figures["nhacviec_healthy"] == 1
    assert 0 < figures["nhacviec_disk_free_ratio"] <= 1
    assert figures['nhacviec_poll_age_seconds{platform="telegram"}'] < 180
    assert figures["nhacviec_backup_age_seconds"] < 60
    assert "nhacviec_due_late_seconds" in figures


async def test_a_message_nobody_sends_is_noticed(well: Town) -> None:
    await well.fall_asleep()
    chat = ChatRef(platform="telegram", chat_id="4711")
    await well.ask(lambda store: store.outbox.add(chat, Outgoing(text="x"), now=well.clock.now() - timedelta(minutes=11)))
    pulse = await felt(well)
    assert "messages-late" in pulse
    await well.wake()


async def test_a_reminder_that_waits_for_the_office_to_open_is_not_late(well: Town) -> None:
    await well.fall_asleep()
    well.clock.move_to(local(2026, 3, 31, 7))
    chat = ChatRef(platform="telegram", chat_id="4711")
    at = local(2026, 3, 30, 16, 59)
    await well.ask(lambda store: store.outbox.add(chat, Outgoing(text="x"), now=at, kind="push"))
    assert "messages-late" not in await felt(well)
    well.clock.move_to(local(2026, 3, 31, 7, 35))
    assert "messages-late" not in await felt(well)
    well.clock.move_to(local(2026, 3, 31, 7, 45))
    assert "messages-late" in await felt(well)
    await well.wake()


async def test_an_update_nobody_handles_is_noticed(well: Town) -> None:
    await well.fall_asleep()
    at = well.clock.now() - timedelta(minutes=11)
    await well.ask(lambda store: store.inbox.add("telegram", [("1", "7", {})], at))
    assert "updates-late" in await felt(well)
    await well.ask(lambda store: store.inbox.done(1))
    await well.wake()


async def test_a_platform_that_is_not_heard_is_noticed(well: Town) -> None:
    await well.fall_asleep()
    well.clock.move_to(local(2026, 3, 30, 9, 10))
    await well.ask(lambda store: gaps.heard(store, "zalo", well.clock.now()))
    found = await felt(well)
    assert "deaf-telegram" in found and "deaf-zalo" not in found
    await well.wake()


async def test_an_old_backup_and_a_missing_tick_are_noticed(well: Town) -> None:
    await well.fall_asleep()
    well.clock.move_to(local(2026, 3, 31, 12))
    assert {"backup-old", "tick-late"} <= set(await felt(well))
    await well.wake()


async def felt(place: Town) -> tuple[str, ...]:
    """The pulse of a bot whose tasks stand still."""
    from bot.channels import LIMITS
    from storage import pulse
    from storage.database import PlainDatabase

    database = PlainDatabase(place.settings.database, LIMITS)
    try:
        return database.turn(
            lambda store: pulse.feel(
                store,
                place.clock.now(),
                place.app.calendar(),
                place.folder,
                ("telegram", "zalo"),
                ticked_at=place.app.ticked_at,
                started_at=place.app.started_at,
            )
        ).problems
    finally:
        database.close()


async def test_the_beat_goes_out_only_while_all_is_well(well: Town) -> None:
    beats: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        beats.append(str(request.url))
        return httpx.Response(200)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        assert await health.beat(well.app, URL, client)
        well.app.ticked_at = well.app.started_at = well.clock.now() - timedelta(minutes=10)
        assert not await health.beat(well.app, URL, client)
    assert beats == [URL]


async def test_a_dead_line_to_the_switch_hurts_nobody(well: Town) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    async with httpx.AsyncClient(transport=httpx.MockTransport(broken)) as client:
        assert not await health.beat(well.app, URL, client)


async def test_an_alarm_of_one_kind_sounds_once_an_hour_also_over_a_restart(well: Town) -> None:
    now = well.clock.now()
    sounded = [
        await well.ask(lambda store, m=minutes: alarms.sound(store, "x", now + timedelta(minutes=m)))
        for minutes in (0, 5, 59, 61, 62)
    ]
    assert sounded == [True, False, False, True, False]
    assert await well.ask(lambda store: alarms.sound(store, "y", now))
    assert await well.ask(lambda store: store.session.get(MetaRow, "alarm:x") is not None)


async def test_an_unreachable_focal_person_is_told_the_same_day_once(well: Town) -> None:
    hoa = await well.settler("chị Nguyễn Thị Hoa", "NV", role=Role.COORDINATOR)
    await well.settler("chị Trần Thị Lan", "P5")
    chat = await well.ask(lambda store: store.people.reach(store.people.holders()[-1][1].id))
    assert chat is not None
    await well.ask(lambda store: store.people.set_unreachable(chat, "blocked"))
    hoa.forget()
    for minutes in (1, 30, 300):
        await well.time_jumps(local(2026, 3, 30, 9) + timedelta(minutes=10 + minutes))
    assert hoa.screen.count("Không nhắn được cho chị Trần Thị Lan") == 1
    hoa.sees("UBND Phường 5", "0903 123 456")


async def test_a_nearly_full_disk_is_told_to_who_can_act(well: Town) -> None:
    hoa = await well.settler("chị Nguyễn Thị Hoa", "NV", role=Role.COORDINATOR)
    well.app.housekeeping._free = lambda _: 0.07
    hoa.forget()
    await well.time_jumps(local(2026, 3, 30, 9, 30))
    await well.time_jumps(local(2026, 3, 30, 9, 50))
    assert hoa.screen.count("chỉ còn 7% dung lượng đĩa") == 1
