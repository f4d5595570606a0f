"""What the page is told and may do, and that no other page may."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sandbox_line import TELEGRAM_TOKEN, ZALO_TOKEN, Caller, Clock, on_a_socket
from starlette.applications import Starlette

from bot.sandbox.records import Person
from bot.sandbox.room import Room
from bot.sandbox.server import CastMember, Upcoming, make_app, serve

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000030000000208060000009d74661a")


class Guide:
    """A program around the sandbox, with a clock and one thing to come."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.settled = 0

    def now(self) -> datetime:
        return self.clock()

    async def upcoming(self) -> list[Upcoming]:
        return [Upcoming(at=self.clock() + timedelta(days=7), title="Nhắc lần 1", to="Lan")]

    async def move_clock(self, to: datetime) -> None:
        if to < self.clock.at:
            raise ValueError("the clock only moves forward")
        self.clock.at = to

    async def settle(self) -> None:
        self.settled += 1

    def cast(self) -> list[CastMember]:
        return [
            CastMember(key="lan", name="Nguyễn Thị Lan", role="Văn thư", code="ABC", link="https://t.me/nhacviec_bot?start=ABC")
        ]


@pytest.fixture
def guide(clock: Clock) -> Guide:
    return Guide(clock)


@pytest.fixture
def app(room: Room, guide: Guide, tmp_path: Path) -> Starlette:
    (tmp_path / "index.html").write_text("<title>Sân thử</title>", "utf-8")
    (tmp_path / "app.js").write_text("let a;", "utf-8")
    return make_app(room, guide, telegram_token=TELEGRAM_TOKEN, zalo_token=ZALO_TOKEN, page_dir=tmp_path)


async def test_state(room: Room, http: httpx.AsyncClient, telegram: Caller, lan: Person, clock: Clock) -> None:
    await telegram("sendMessage", chat_id=lan.telegram_id, text="chào chị")
    await telegram("setMyCommands", commands=[{"command": "help", "description": "Trợ giúp"}])
    state = (await http.get("/sandbox/state")).json()
    assert datetime.fromisoformat(state["now"]) == clock()
    assert state["bot"] == {"username": "nhacviec_bot", "name": room.bot_name}
    assert state["people"] == [
        {
            "id": lan.id,
            "name": "Nguyễn Thị Lan",
            "role": "",
            "avatar": "L",
            "telegram": {
                "user_id": lan.telegram_id,
                "blocked": False,
                "unread": 1,
                "menu": [{"command": "help", "description": "Trợ giúp"}],
            },
            "zalo": {"user_id": lan.zalo_id, "blocked": False, "unread": 0},
        }
    ]
    upcoming = (await http.get("/sandbox/upcoming")).json()["upcoming"]
    assert [item["title"] for item in upcoming] == ["Nhắc lần 1"]
    assert state["cast"][0]["person_id"] == lan.id
    await http.post("/sandbox/read", json={"person": lan.id, "platform": "telegram"})
    assert (await http.get("/sandbox/state")).json()["people"][0]["telegram"]["unread"] == 0


async def test_the_page_can_wait_until_the_bot_has_said_all(http: httpx.AsyncClient, guide: Guide) -> None:
    assert (await http.get("/sandbox/settled")).json() == {"settled": True}
    assert guide.settled == 1


async def test_a_whole_conversation_through_the_page(room: Room, http: httpx.AsyncClient, telegram: Caller) -> None:
    created = (await http.post("/sandbox/people", json={"name": "Trần Văn Minh", "role": "Văn phòng"})).json()
    minh, where = room.person(created["id"]), {"person": created["id"], "platform": "telegram"}
    await http.post("/sandbox/open", json={**where, "link": "https://t.me/nhacviec_bot?start=MA"})
    keyboard = {"inline_keyboard": [[{"text": "Rồi", "callback_data": "k1"}, {"text": "Xem", "url": "https://example.vn"}]]}
    text = "<b>Xong</b> chưa & <i>sao</i>?".replace("&", "&amp;")
    sent = await telegram("sendMessage", chat_id=minh.telegram_id, text=text, parse_mode="HTML", reply_markup=keyboard)
    query = (await http.post("/sandbox/tap", json={"person": minh.id, "message_id": sent["message_id"], "data": "k1"})).json()
    await telegram("answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi")
    files = {"file": ("báo cáo.pdf", b"%PDF", "application/pdf")}
    await http.post("/sandbox/file", data=where, files=files)
    await http.post("/sandbox/file", data=where, files={"file": ("a.png", PNG, "image/png")})
    messages = (await http.get("/sandbox/chat", params=where)).json()["messages"]
    assert [message["from"] for message in messages] == ["person", "bot", "system", "person", "person"]
    start, asked, toast, document, photo = messages
    assert start["text"] == "/start MA"
    assert asked["html"] == "<b>Xong</b> chưa &amp; <i>sao</i>?"
    assert asked["buttons"] == [
        [{"text": "Rồi", "data": "k1", "url": None}, {"text": "Xem", "data": None, "url": "https://example.vn"}]
    ]
    assert (asked["id"], asked["pressed"], asked["edited"]) == (sent["message_id"], "k1", False)
    assert toast["text"] == "Đã ghi"
    assert (document["file"]["name"], document["file"]["is_image"], photo["file"]["is_image"]) == ("báo cáo.pdf", False, True)
    got = await http.get(document["file"]["url"])
    assert (got.content, got.headers["content-disposition"]) == (b"%PDF", "attachment")
    assert (await http.get(photo["file"]["url"])).headers["content-type"] == "image/png"


async def test_what_cannot_be_done_is_said_so(room: Room, http: httpx.AsyncClient, lan: Person) -> None:
    where = {"person": lan.id, "platform": "telegram"}
    await http.post("/sandbox/block", json={**where, "blocked": True})
    blocked = await http.post("/sandbox/say", json={**where, "text": "x"})
    assert (blocked.status_code, blocked.json()["kind"]) == (409, "blocked")
    assert (await http.post("/sandbox/say", json={**where, "person": "p99", "text": "x"})).status_code == 404
    assert (await http.post("/sandbox/say", json={**where, "platform": "fax", "text": "x"})).status_code == 400
    assert (await http.post("/sandbox/say", json=["x"])).status_code == 400
    assert (await http.post("/sandbox/say", content=b"{")).status_code == 400
    assert (await http.post("/sandbox/people", json={"name": " "})).status_code == 409
    assert (await http.get("/sandbox/say")).status_code in (404, 405)
    stale = await http.post("/sandbox/tap", json={"person": lan.id, "message_id": 999, "data": "x"})
    assert (stale.status_code, stale.json()["kind"]) == (409, "unseen")


async def test_moving_the_clock_waits_for_the_bot(http: httpx.AsyncClient, guide: Guide, clock: Clock) -> None:
    to = clock() + timedelta(days=7)
    answer = await http.post("/sandbox/clock", json={"to": to.isoformat()})
    assert datetime.fromisoformat(answer.json()["now"]) == to
    assert guide.settled == 1
    assert (await http.post("/sandbox/clock", json={"to": "2020-01-01T00:00:00+07:00"})).status_code == 400
    assert (await http.post("/sandbox/clock", json={"to": "2030-01-01T00:00:00"})).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_other_pages_are_kept_out(room: Room, http: httpx.AsyncClient, lan: Person, headers: dict[str, str]) -> None:
    body = {"person": lan.id, "platform": "telegram", "text": "/xoa"}
    before = len(room.messages(lan, "telegram"))
    assert (await http.post("/sandbox/say", json=body, headers=headers)).status_code == 403
    assert len(room.messages(lan, "telegram")) == before
    own = {"Host": "localhost:8000", "Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}
    assert (await http.post("/sandbox/say", json=body, headers=own)).status_code == 200


async def test_on_a_socket_even_the_dialects_answer_no_foreign_name(app: Starlette) -> None:
    async with on_a_socket(app) as url, httpx.AsyncClient(base_url=url) as http:
        me = f"/bot{TELEGRAM_TOKEN}/getMe"
        assert (await http.get(me)).status_code == 200
        assert (await http.get(me, headers={"Host": "evil.example"})).status_code == 403
        assert (await http.get("/sandbox/state", headers={"Host": "evil.example"})).status_code == 403


async def test_another_sites_picture_cannot_make_the_bot_speak(room: Room, http: httpx.AsyncClient, lan: Person) -> None:
    send = f"/bot{TELEGRAM_TOKEN}/sendMessage"
    params = {"chat_id": lan.telegram_id, "text": "giả"}
    assert (await http.get(send, params=params, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    assert room.heard(lan, "telegram") == []
    assert (await http.get("/", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200
    assert (await http.get("/sandbox/state", headers={"Host": "["})).status_code == 403


async def test_the_page_is_served(http: httpx.AsyncClient) -> None:
    assert "Sân thử" in (await http.get("/")).text
    assert (await http.get("/app.js")).text == "let a;"
    assert (await http.get("/../room.py")).status_code == 404


async def test_changes_are_streamed(room: Room, app: Starlette, lan: Person) -> None:
    events: list[dict[str, Any]] = []
    async with (
        on_a_socket(app) as url,
        httpx.AsyncClient(base_url=url, timeout=5) as http,
        http.stream("GET", "/sandbox/events") as stream,
    ):
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        assert await anext(lines) == ": open"
        room.say(lan, "zalo", "đây")
        room.changed("clock")
        while len(events) < 2:
            line = await anext(lines)
            if line.startswith("data: "):
                events.append(json.loads(line[6:]))
    assert events[0] == {"seq": events[0]["seq"], "kind": "message", "person": lan.id, "platform": "zalo"}
    assert events[1]["kind"] == "clock"
    assert events[1]["seq"] == events[0]["seq"] + 1


async def test_an_open_stream_and_an_open_poll_do_not_hold_up_the_end(room: Room, app: Starlette) -> None:
    async with httpx.AsyncClient(timeout=10) as http:
        async with on_a_socket(app) as url:
            poll = asyncio.create_task(http.get(f"{url}/bot{TELEGRAM_TOKEN}/getUpdates", params={"timeout": 50}))
            stream = http.stream("GET", f"{url}/sandbox/events")
            response = await stream.__aenter__()
            await asyncio.sleep(0.1)
            began = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - began < 1
        assert (await poll).json() == {"ok": True, "result": []}
        assert ": open" in (await response.aread()).decode()
        await stream.__aexit__(None, None, None)


async def test_a_poll_whose_process_died_swallows_nothing(room: Room, app: Starlette, zalo: Caller, lan: Person) -> None:
    async with on_a_socket(app) as url:
        host, port = url.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET {zalo.prefix}/getUpdates?timeout=30 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.transport.abort()
        await asyncio.sleep(0.1)
        room.say(lan, "zalo", "sau khi chết")
        async with httpx.AsyncClient() as http:
            got = await http.get(f"{url}{zalo.prefix}/getUpdates", params={"timeout": 2})
        assert got.json()["result"]["message"]["text"] == "sau khi chết"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", ""])
async def test_it_listens_on_this_machine_only(app: Starlette, host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        await serve(app, host, 0)
