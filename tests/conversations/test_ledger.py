"""The proof ledger: every message to a unit, planned, sent, read, answered, or not arrived and why."""

from __future__ import annotations

from datetime import datetime

from bot.chat.messages import PlatformName
from bot.texts import ledger as texts
from bot.views import ledger as views
from storage import ledgers
from storage.store import Store
from tests.conversations.reports import hoa_of, shows
from tests.people import Town, local


async def test_the_ledger_says_what_was_sent_read_answered_and_what_is_to_come(spring: Town, platform: PlatformName) -> None:
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 6, 9, 45))
    await lan.chooses("Đã đọc")
    await spring.time_passes(local(2026, 4, 7, 9))
    await lan.says("/baocao")
    await lan.chooses("Đã có")
    await hoa.says("/dondoc")
    shows(hoa, "sổ đôn đốc", "Phường 1: 0 tin đã tới, 3 tin chưa tới, 7 tin sắp gửi")
    await hoa.chooses("Phường 5")
    channel = "Telegram" if platform == "telegram" else "Zalo"
    shows(
        hoa,
        f"• 08:30 thứ Ba 31/3. Thông báo kỳ báo cáo tới chị Trần Thị Lan ({channel}): đã gửi 08:30 thứ Ba 31/3",
        "Trích kế hoạch, điểm",
        "đã đọc 09:45 thứ Hai 06/4; đơn vị trả lời từ 09:00 thứ Ba 07/4",
        "Nhắc ngày cuối tới chị Trần Thị Lan",
        "sắp gửi",
    )
    await hoa.chooses("Câu trả lời")
    shows(hoa, "UBND Phường 5")


async def test_what_did_not_arrive_is_said_with_its_reason(spring: Town, platform: PlatformName) -> None:
    """Telegram says at once that it was blocked, Zalo only when something is sent: until then "not arrived" stands there."""
    hoa = await hoa_of(spring, platform)
    lan = await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 1, 9))
    spring.room.block(lan.person, platform)
    await spring.settle()
    await spring.time_passes(local(2026, 4, 15, 9))
    await hoa.says("/dondoc Phường 5")
    shows(hoa, "chưa có người nhận tin")


async def test_the_ledger_is_also_a_table(spring: Town, platform: PlatformName) -> None:
    await hoa_of(spring, platform)
    await spring.settler("chị Trần Thị Lan", "P5", platform)
    await spring.time_passes(local(2026, 4, 15, 9))

    def rows(store: Store) -> tuple[tuple[str | datetime | None, ...], ...]:
        round_ = next(r for r in store.rounds.all() if r.code == "6T")
        found = ledgers.entries(store, round_, store.units.all(), spring.clock.now(), spring.app.office, spring.app.calendar())
        return views.table(found, spring.app.office)

    table = await spring.ask(rows)
    assert {len(row) for row in table} == {len(texts.COLUMNS)}
    lan = [row for row in table if row[0] == "UBND Phường 5" and row[1] == "Thông báo kỳ báo cáo"]
    assert [row[3:7] for row in lan] == [
        ("chị Trần Thị Lan", "Telegram" if platform == "telegram" else "Zalo", "đã gửi", datetime(2026, 3, 31, 8, 30)),
    ]
    assert {row[0] for row in table} == {unit.name for unit in await spring.ask(lambda store: store.units.all())}
