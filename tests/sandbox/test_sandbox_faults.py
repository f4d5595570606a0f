"""Each planned fault does on the line what it says, and to the room no more than that."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sandbox_line import Caller, on_a_socket
from starlette.applications import Starlette

from bot.sandbox.faults import (
    BLOCKED,
    CONFLICT,
    Fault,
    FaultPlan,
    Gateway,
    Hang,
    Malformed,
    Rates,
    Refuse,
    Repeat,
    Reset,
    TooMany,
)
from bot.sandbox.records import Person
from bot.sandbox.room import Room


async def test_429_says_how_long_and_delivers_nothing(room: Room, telegram: Caller, faults: FaultPlan, lan: Person) -> None:
    faults.on(TooMany(retry_after=7), method="sendMessage", chat=lan.telegram_id)
    response = await telegram.response("sendMessage", chat_id=lan.telegram_id, text="x")
    assert response.status_code == 429
    assert response.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert room.heard(lan, "telegram") == []
    await telegram("sendMessage", chat_id=lan.telegram_id, text="x")


async def test_a_fault_hits_only_its_chat_and_as_often_as_planned(
    room: Room, telegram: Caller, faults: FaultPlan, lan: Person
) -> None:
    minh = room.add_person("Minh")
    room.say(minh, "telegram", "/start")
    faults.on(BLOCKED, chat=lan.telegram_id, skip=1, times=2)
    outcomes = [(await telegram.answer("sendMessage", chat_id=lan.telegram_id, text="x"))["ok"] for _ in range(4)]
    assert outcomes == [True, False, False, True]
    assert (await telegram.answer("sendMessage", chat_id=minh.telegram_id, text="x"))["ok"]


@pytest.mark.parametrize(
    ("fault", "raised", "delivered"),
    [
        (Refuse(), httpx.ConnectError, False),
        (Reset(delivered=False), httpx.RemoteProtocolError, False),
        (Reset(), httpx.RemoteProtocolError, True),
        (Hang(), httpx.ReadTimeout, True),
        (Hang(delivered=False), httpx.ReadTimeout, False),
    ],
)
async def test_a_broken_line_in_process(
    room: Room,
    http: httpx.AsyncClient,
    telegram: Caller,
    faults: FaultPlan,
    lan: Person,
    fault: Fault,
    raised: Any,
    delivered: bool,
) -> None:
    faults.on(fault, method="sendMessage")
    with pytest.raises(raised):
        await http.post(f"{telegram.prefix}/sendMessage", json={"chat_id": lan.telegram_id, "text": "x"}, timeout=0.2)
    assert len(room.heard(lan, "telegram")) == delivered
    call = room.calls_on("telegram", "sendMessage")[-1]
    assert (call["response"] is not None) == delivered
    assert call["fault"] == type(fault).__name__


@pytest.mark.parametrize(
    ("fault", "raised", "delivered"),
    [
        (Refuse(), (httpx.RemoteProtocolError, httpx.ReadError), False),
        (Reset(), (httpx.RemoteProtocolError, httpx.ReadError), True),
        (Hang(), httpx.ReadTimeout, True),
    ],
)
async def test_a_broken_line_on_a_socket(
    room: Room, app: Starlette, faults: FaultPlan, lan: Person, telegram: Caller, fault: Fault, raised: Any, delivered: bool
) -> None:
    async with on_a_socket(app) as url, httpx.AsyncClient(base_url=url, timeout=0.5) as http:
        faults.on(fault, method="sendMessage")
        with pytest.raises(raised):
            await http.post(f"{telegram.prefix}/sendMessage", json={"chat_id": lan.telegram_id, "text": "x"})
        assert len(room.heard(lan, "telegram")) == delivered
        answer = await http.post(f"{telegram.prefix}/sendMessage", json={"chat_id": lan.telegram_id, "text": "y"})
        assert answer.json()["ok"]


@pytest.mark.parametrize("delivered", [True, False])
async def test_an_html_page_instead_of_an_answer(
    room: Room, telegram: Caller, faults: FaultPlan, lan: Person, delivered: bool
) -> None:
    faults.on(Gateway(status=502, delivered=delivered), method="sendMessage")
    response = await telegram.response("sendMessage", chat_id=lan.telegram_id, text="x")
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert len(room.heard(lan, "telegram")) == delivered


async def test_a_late_answer_comes_after_all(telegram: Caller, faults: FaultPlan, lan: Person) -> None:
    faults.on(Hang(seconds=0.3), method="sendMessage")
    began = asyncio.get_running_loop().time()
    await telegram("sendMessage", chat_id=lan.telegram_id, text="x")
    assert asyncio.get_running_loop().time() - began >= 0.3


async def test_confirmed_updates_come_once_more(
    room: Room, telegram: Caller, zalo: Caller, faults: FaultPlan, lan: Person
) -> None:
    room.say(lan, "telegram", "một")
    [update] = await telegram("getUpdates")
    faults.on(Repeat(), platform="telegram", method="getUpdates")
    assert await telegram("getUpdates", offset=update["update_id"] + 1) == [update]
    assert await telegram("getUpdates", offset=update["update_id"] + 1) == []
    room.say(lan, "zalo", "một")
    event = await zalo("getUpdates", timeout="1")
    faults.on(Repeat(), platform="zalo", method="getUpdates")
    assert await zalo("getUpdates", timeout="1") == event


async def test_a_malformed_update_comes_again_until_it_is_confirmed(
    room: Room, telegram: Caller, faults: FaultPlan, lan: Person, schema: Any
) -> None:
    room.say(lan, "telegram", "lành")
    faults.on(Malformed(), method="getUpdates")
    whole, broken = await telegram("getUpdates")
    assert schema.check_type("Update", broken) != []
    room.calls.pop()
    assert await telegram("getUpdates", offset=whole["update_id"] + 1) == [broken]
    room.calls.pop()
    assert await telegram("getUpdates", offset=broken["update_id"] + 1) == []


async def test_a_planned_conflict(telegram: Caller, faults: FaultPlan) -> None:
    faults.on(CONFLICT, method="getUpdates", times=2)
    assert [(await telegram.answer("getUpdates")).get("error_code") for _ in range(3)] == [409, 409, None]


async def test_the_same_seed_plays_the_same_faults(room: Room, telegram: Caller, faults: FaultPlan, lan: Person) -> None:
    async def history() -> list[int]:
        faults.seeded(7, [(0.2, TooMany(retry_after=1)), (0.1, Gateway())], methods=["sendMessage"])
        return [(await telegram.response("sendMessage", chat_id=lan.telegram_id, text="x")).status_code for _ in range(60)]

    first = await history()
    assert {200, 429, 502} == set(first)
    assert await history() == first
    faults.heal()
    assert (await telegram.answer("sendMessage", chat_id=lan.telegram_id, text="x"))["ok"]


async def test_strict_rates(room: Room, telegram: Caller, faults: FaultPlan, lan: Person) -> None:
    at = 100.0
    faults.rates = Rates(lambda: at, burst=2)
    answers = [await telegram.answer("sendMessage", chat_id=lan.telegram_id, text="x") for _ in range(3)]
    assert [answer["ok"] for answer in answers] == [True, True, False]
    assert answers[2]["parameters"]["retry_after"] == 2
    at += 2
    assert (await telegram.answer("sendMessage", chat_id=lan.telegram_id, text="x"))["ok"]
    rates = Rates(lambda: at)
    assert [rates.wait(str(chat)) for chat in range(31)] == [0] * 30 + [1]
    group = Rates(lambda: at, burst=100)
    assert [group.wait("-5") for _ in range(21)] == [0] * 20 + [60]
