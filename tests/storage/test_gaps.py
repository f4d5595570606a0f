"""When nobody listened for long, or a backup was put back: whoever may have written in vain is asked once, in office hours."""

from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.people import Role
from storage import audit, backup, gaps
from storage.journal import Journal
from tests.people import Actor, Town, local, town

ASKED = "hệ thống bị gián đoạn"
DAY = timedelta(days=1)


async def two_officers(place: Town) -> tuple[Actor, Actor, Actor]:
    hoa = await place.settler("Trần Thị Hoa", "NV", role=Role.COORDINATOR)
    lan = await place.settler("Nguyễn Thị Lan", "P5")
    minh = await place.settler("Lê Văn Minh", "QLDT", "zalo")
    await place.time_passes(timedelta(minutes=5))
    return hoa, lan, minh


async def sleep(place: Town, *, until=None, long: timedelta | None = None) -> None:
    await place.fall_asleep()
    place.clock.move_to(until or place.clock.now() + (long or timedelta()))
    await place.wake()
    await place.app.tick()
    await place.settle()


def asked(*actors: Actor) -> list[int]:
    return [sum(ASKED in message.text for message in actor.heard) for actor in actors]


async def test_after_a_day_of_silence_everybody_with_an_open_report_is_asked_once(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 20, 15, 0)) as place:
        hoa, lan, minh = await two_officers(place)
        await sleep(place, until=local(2026, 4, 21, 15, 30))
        assert asked(lan, minh) == [1, 1]
        message = next(m for m in lan.heard if ASKED in m.text)
        assert "15:05 thứ Hai 20/4/2026" in message.text and "15:30 thứ Ba 21/4/2026" in message.text
        assert "Phường 5" in message.text and "Phường 5" not in next(m.text for m in minh.heard if ASKED in m.text)
        await sleep(place, long=timedelta(minutes=10))
        await place.time_passes(timedelta(hours=2))
        assert asked(lan, minh) == [1, 1]
        assert asked(hoa)[0] <= 1


async def test_a_night_of_silence_is_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 20, 15, 0)) as place:
        _, lan, minh = await two_officers(place)
        await sleep(place, until=local(2026, 4, 21, 8, 0))
        assert asked(lan, minh) == [0, 0]


async def test_nobody_is_asked_at_night(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 20, 15, 0)) as place:
        _, lan, minh = await two_officers(place)
        await sleep(place, until=local(2026, 4, 21, 22, 0))
        assert asked(lan, minh) == [0, 0]
        await place.time_passes(local(2026, 4, 22, 9, 0))
        assert asked(lan, minh) == [1, 1]


async def test_who_has_sent_is_not_asked(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 20, 15, 0)) as place:
        _, lan, minh = await two_officers(place)

        def send(store) -> None:
            unit = store.units.by_code("P5")
            for round_ in store.rounds.all():
                store.answers.send(round_id=round_.id, unit_id=unit.id, person_id=None, now=place.clock.now())

        await place.ask(send)
        await sleep(place, until=local(2026, 4, 21, 15, 30))
        assert asked(lan, minh) == [0, 1]


async def test_before_a_round_is_announced_there_is_nothing_to_ask_for(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 1, 12, 15, 0)) as place:
        _, lan, minh = await two_officers(place)
        await sleep(place, until=local(2026, 1, 14, 15, 30))
        assert asked(lan, minh) == [0, 0]


async def test_moving_the_clock_is_no_silence(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 20, 15, 0)) as place:
        _, lan, minh = await two_officers(place)
        await place.time_passes(5 * DAY)
        await sleep(place, long=timedelta(minutes=5))
        assert asked(lan, minh) == [0, 0]


async def test_a_line_that_was_down_for_a_day_while_we_ran_is_a_silence(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 21, 9, 0)) as place:
        _, lan, minh = await two_officers(place)
        keeping, seconds = place.app.keeping, place.app.keeping._real()
        keeping._real = lambda: seconds
        await keeping.tick()
        for platform in place.app.platforms.values():
            platform.heard_at = place.clock.now()
        await keeping.tick()
        since = place.clock.now()
        # A day on which no poll is answered: the machine's own seconds pass, and the ticks go on.
        for _ in range(25):
            seconds += 3600.0
            place.clock.move_to(place.clock.now() + timedelta(hours=1))
            await keeping.tick()
        assert await place.ask(lambda store: gaps.last_heard(store, "telegram")) == since
        assert asked(lan, minh) == [0, 0]
        place.app.platforms["telegram"].heard_at = place.clock.now()
        await keeping.tick()
        await place.app.tick()
        await place.settle()
        assert asked(lan, minh) == [1, 1]
        assert await place.ask(lambda store: gaps.last_heard(store, "telegram")) == place.clock.now()


async def test_ticks_do_not_overlap(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 20, 15, 0)) as place:
        place.clock.move_to(local(2026, 4, 21, 15, 0))
        await asyncio.gather(*(place.app.tick() for _ in range(3)))
    heads = [line[:10] for line in (tmp_path / audit.HEADS).read_text().splitlines()]
    assert heads == sorted(set(heads)), "one for each day, though three ticks wanted to note it"


async def test_while_the_bot_runs_it_backs_up_every_hour_and_notes_the_audit_head_every_day(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 4, 20, 15, 0)) as place:
        for _ in range(60):
            place.clock.move_to(place.clock.now() + timedelta(minutes=30))
            await place.app.tick()
            await place.app.keeping.stop()
        assert await place.ask(gaps.gap) is None
    taken = [at for at, _ in backup.taken(tmp_path / backup.FOLDER)]
    assert len(taken) == 24, "of 30 hours the last 24"
    assert {later - earlier for earlier, later in itertools.pairwise(taken)} == {timedelta(hours=1)}
    assert all(backup.check(file) for _, file in backup.taken(tmp_path / backup.FOLDER))
    heads = (tmp_path / audit.HEADS).read_text().splitlines()
    assert len(heads) == 2, "one for each of the office's days"


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
async def test_the_drill_backup_more_traffic_restore_start(tmp_path: Path, platform: str) -> None:
    """Nothing is said twice, and what was lost is asked for."""
    async with town(tmp_path, local(2026, 4, 20, 8, 0)) as place:
        await place.settler("Trần Thị Hoa", "NV", role=Role.COORDINATOR)
        lan = await place.settler("Nguyễn Thị Lan", "P5", platform)  # type: ignore[arg-type]
        await place.time_passes(local(2026, 4, 21, 8, 0))
        file = tmp_path / "nhacviec.db"
        done = backup.backup(file, tmp_path / backup.FOLDER, place.clock.now(), data=tmp_path)

        await lan.says("làm báo cáo")
        await lan.chooses("Đã có")
        lost = await place.ask(lambda store: store.answers.begun(1))
        await place.time_passes(local(2026, 4, 28, 16, 0))
        said = [message.text for message in lan.heard]
        keys = [entry.key for entry in Journal(tmp_path).read().entries]
        assert lost and len(keys) == len(set(keys))
        await place.fall_asleep()
        backup.restore(done.file, tmp_path, database=file, now=place.clock.now())

        await place.wake()
        await place.app.tick()
        await place.settle()
        await place.time_passes(local(2026, 4, 28, 17, 30))
        news = [message.text for message in lan.heard][len(said) :]
        assert [ASKED in text for text in news] == [True], news
        assert "08:00 thứ Ba 21/4/2026" in news[0]
        assert await place.ask(lambda store: store.answers.begun(1)) == {}
        # Life goes on: she sends again what was lost, and the next rung comes when it is due.
        await lan.says("làm báo cáo")
        await lan.chooses("Đã có")
        assert await place.ask(lambda store: store.answers.begun(1))
        await place.time_passes(local(2026, 5, 4, 9, 30))
        after = [message.text for message in lan.heard][len(said) + len(news) :]
        assert any("04/5" in text for text in after)
        again = [entry.key for entry in Journal(tmp_path).read().entries]
        assert len(again) == len(set(again)) and again[: len(keys)] == keys
