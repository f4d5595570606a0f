"""Zalo calls the bot: the secret decides, what is acknowledged is stored, and the bot never polls besides."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import web
from bot.domain.people import Role
from bot.platforms import zalo_webhook
from bot.platforms.zalo_line import Line
from tests.people import PUBLIC_URL, WEBHOOK_SECRET, ZALO_TOKEN, Town, local, town

HEADERS = {"X-Bot-Api-Secret-Token": WEBHOOK_SECRET}


@pytest.fixture
async def called(tmp_path: Path) -> AsyncIterator[Town]:
    """A town where Zalo calls the bot."""
    async with town(tmp_path, local(2026, 3, 30), webhook=True) as place:
        yield place


def event(message_id: str, text: str = "Xin chào", chat: str = "6ede9afa66b88fe6d6a9") -> dict[str, Any]:
    return {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": chat, "display_name": "Ted", "is_bot": False},
            "chat": {"id": chat, "chat_type": "PRIVATE"},
            "text": text,
            "message_id": message_id,
            "date": 1774832400000,
        },
    }


async def kept(place: Town) -> int:
    """How many updates of Zalo the inbox knows, by their keys."""
    keys = [f"m{n}" for n in range(10)]
    return await place.ask(lambda store: sum(store.inbox.knows("zalo", key) for key in keys))


def methods(place: Town) -> list[str]:
    return [call["method"] for call in place.room.calls_on("zalo")]


async def test_an_officer_registers_and_answers_through_the_webhook_and_nothing_is_polled(called: Town) -> None:
    hoa = await called.settler("chị Nguyễn Thị Hoa", "NV", "telegram", Role.COORDINATOR)
    lan = await called.settler("chị Trần Thị Lan", "P5", "zalo")
    await called.time_passes(local(2026, 3, 31, 9))
    lan.sees("Kính gửi chị")
    await lan.chooses("Bắt đầu")
    await lan.chooses("Đã có")
    lan.sees("✓ Câu 1")
    hoa.sees_nothing_of("Kính gửi")
    assert "getUpdates" not in methods(called)
    assert methods(called).count("setWebhook") == 1


async def test_zalo_is_told_the_public_address_and_the_secret(called: Town) -> None:
    await asyncio.sleep(0.05)
    (told,) = [call["params"] for call in called.room.calls_on("zalo") if call["method"] == "setWebhook"]
    assert told == {"url": f"{PUBLIC_URL}/zalo/webhook", "secret_token": WEBHOOK_SECRET}


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Bot-Api-Secret-Token": ""}, {"X-Bot-Api-Secret-Token": WEBHOOK_SECRET[:-1]}, {"Authorization": WEBHOOK_SECRET}],
)
async def test_who_does_not_know_the_secret_gets_403_and_nothing_is_kept(called: Town, headers: dict[str, str]) -> None:
    assert called.proxy
    answer = await called.proxy.browser().post("/zalo/webhook", json=event("m1"), headers=headers)
    assert answer.status_code == 403
    assert await kept(called) == 0


async def test_a_bot_that_polls_takes_no_calls(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 3, 30), public=True) as place:
        assert place.proxy
        answer = await place.proxy.browser().post("/zalo/webhook", json=event("m1"), headers=HEADERS)
        assert answer.status_code == 403
        assert await kept(place) == 0


async def test_what_is_acknowledged_is_kept_and_handled_once_however_often_it_comes(called: Town) -> None:
    assert called.proxy
    body = json.dumps({"ok": True, "result": event("m1")}).encode()
    answers = await asyncio.gather(*(called.proxy.post(PUBLIC_URL + web.WEBHOOK, HEADERS, body) for _ in range(5)))
    assert answers == [200] * 5
    assert await kept(called) == 1
    await called.settle()
    counts = await called.ask(lambda store: store.outbox.counts())
    assert sum(counts.values()) == 1, "one neutral answer"


async def test_while_the_database_refuses_nothing_is_acknowledged(called: Town, caplog: pytest.LogCaptureFixture) -> None:
    assert called.proxy

    def rename(old: str, new: str) -> Any:
        from sqlalchemy import text

        return lambda store: store.session.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))

    body = json.dumps(event("m1", text="mật khẩu của tôi")).encode()
    await called.ask(rename("inbox", "gone"))
    assert await called.proxy.post(PUBLIC_URL + web.WEBHOOK, HEADERS, body) == 503
    await called.ask(rename("gone", "inbox"))
    assert await kept(called) == 0
    assert await called.proxy.post(PUBLIC_URL + web.WEBHOOK, HEADERS, body) == 200
    assert await kept(called) == 1
    assert "mật khẩu" not in caplog.text
    assert WEBHOOK_SECRET not in caplog.text


async def test_a_body_that_never_ends_is_refused(called: Town) -> None:
    assert called.proxy
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * web.MOST_UPDATE:
            sent += 65536
            yield b"x" * 65536

    assert (await called.proxy.browser().post("/zalo/webhook", content=endless(), headers=HEADERS)).status_code == 413
    announced = {**HEADERS, "Content-Length": str(web.MOST_UPDATE + 1)}
    assert (await called.proxy.browser().post("/zalo/webhook", content=b"x", headers=announced)).status_code == 413
    assert await kept(called) == 0


@pytest.mark.parametrize("body", [b"", b"[1]", b"{}", b'{"event_name":"webhook.verification"}', b'{"upload":{"file":{}}}'])
async def test_a_call_that_is_no_message_harms_nobody(called: Town, body: bytes) -> None:
    assert called.proxy
    assert await called.proxy.post(PUBLIC_URL + web.WEBHOOK, HEADERS, body) == 200
    await called.settle()
    lan = called.actor("Người lạ", "zalo")
    assert await lan.says("chào")


async def test_a_webhook_that_somebody_took_away_is_set_again(called: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    await called.fall_asleep()
    monkeypatch.setattr(zalo_webhook, "_LOOK_AFTER", 0.05)
    await called.wake()
    lan = called.actor("Người lạ", "zalo")
    assert await lan.says("chào")
    transport = httpx.ASGITransport(called.api)  # type: ignore[arg-type]
    await Line(f"http://sandbox/zalo/bot{ZALO_TOKEN}/", transport).call("deleteWebhook", {})
    async with asyncio.timeout(10):
        while methods(called)[::-1].index("setWebhook") > methods(called)[::-1].index("deleteWebhook"):  # nothing to wait on
            await asyncio.sleep(0.02)
    assert await lan.says("chào lần nữa")
    assert "getUpdates" not in methods(called)


async def test_a_bot_that_polls_again_takes_its_old_webhook_away_first(tmp_path: Path) -> None:
    async with town(tmp_path, local(2026, 3, 30), webhook=True) as place:
        stranger = place.actor("Người lạ", "zalo")
        assert await stranger.says("chào")
        await place.fall_asleep()
        place.webhook = False
        await place.wake()
        assert await stranger.says("chào lần nữa")
        after = methods(place)[methods(place).index("setWebhook") + 1 :]
        assert after.index("deleteWebhook") < after.index("getUpdates")


def test_without_a_secret_of_its_own_an_installation_has_one_zalo_takes() -> None:
    one, other = web.webhook_secret(bytes(32)), web.webhook_secret(bytes(range(32)))
    assert one != other
    assert 8 <= len(one) <= 256
    assert one == web.webhook_secret(bytes(32))
