"""What the fact sheet says of Zalo, and its imitation must therefore keep."""

from __future__ import annotations

import asyncio
import json
import time

import httpx
import pytest
from sandbox_line import ZALO_TOKEN, Caller, Clock, on_a_socket, until
from starlette.applications import Starlette

from bot.sandbox.faults import FaultPlan, Gateway, TooMany
from bot.sandbox.outside import Loopback
from bot.sandbox.records import Person
from bot.sandbox.room import Impossible, Room
from bot.sandbox.server import make_app

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000030000000208060000009d74661a")


async def test_a_poll_gives_one_object_in_milliseconds_and_forgets_it(room: Room, zalo: Caller, lan: Person) -> None:
    first = room.say(lan, "zalo", "60")
    room.say(lan, "zalo", "không")
    event = await zalo("getUpdates", timeout="5")
    assert event == {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": lan.zalo_id, "display_name": "Nguyễn Thị Lan", "is_bot": False},
            "chat": {"id": lan.zalo_id, "chat_type": "PRIVATE"},
            "text": "60",
            "message_id": first.id,
            "date": int(room.now().timestamp() * 1000),
        },
    }
    assert len(lan.zalo_id) == len(first.id) == 20
    assert (await zalo("getUpdates", timeout="5"))["message"]["text"] == "không"


async def test_a_quiet_poll_is_an_error_408_under_http_200_after_exactly_its_time(zalo: Caller) -> None:
    began = time.perf_counter()
    response = await zalo.response("getUpdates", timeout="1")
    assert 0.98 < time.perf_counter() - began < 1.2
    assert response.status_code == 200
    assert response.json() == {"ok": False, "description": "Request timeout", "error_code": 408}


async def test_a_waiting_poll_wakes_at_once(room: Room, zalo: Caller, lan: Person) -> None:
    poll = asyncio.create_task(zalo("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    room.say(lan, "zalo", "đây")
    assert (await poll)["message"]["text"] == "đây"
    assert time.perf_counter() - began < 0.2


async def test_an_abandoned_poll_swallows_nothing(room: Room, zalo: Caller, lan: Person) -> None:
    poll = asyncio.create_task(zalo("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    room.say(lan, "zalo", "sau đó")
    assert (await zalo("getUpdates", timeout="5"))["message"]["text"] == "sau đó"


@pytest.mark.parametrize(("prefix", "status"), [("/zalo", 200), ("/zalo-strict", 401)])
async def test_errors_come_under_http_200_or_their_own_status(http: httpx.AsyncClient, prefix: str, status: int) -> None:
    response = await http.post(f"{prefix}/bot1:wrong/getMe")
    assert response.status_code == status
    assert response.json() == {"ok": False, "description": "Unauthorized", "error_code": 401}


async def test_every_encoding_is_understood(room: Room, http: httpx.AsyncClient, zalo: Caller, lan: Person) -> None:
    url, fields = f"{zalo.prefix}/sendMessage", {"chat_id": lan.zalo_id, "text": "chào chị"}
    for options in ({"json": fields}, {"data": fields}, {"data": fields, "files": {"x": b"x"}}, {"params": fields}):
        result = (await http.post(url, **options)).json()["result"]  # type: ignore[arg-type]
        assert set(result) == {"message_id", "date"}
    assert [message.text for message in room.heard(lan, "zalo")] == ["chào chị"] * 4


async def test_what_zalo_does_not_have_is_not_found(zalo: Caller, lan: Person) -> None:
    for method in ("sendDocument", "sendFile", "editMessageText", "answerCallbackQuery", "getme", "SENDMESSAGE"):
        assert await zalo.refused(method, chat_id=lan.zalo_id, text="x") == (200, "Not Found")


async def test_limits_and_missing_fields(room: Room, zalo: Caller, lan: Person) -> None:
    await zalo("sendMessage", chat_id=lan.zalo_id, text="x" * 2000)
    assert (await zalo.answer("sendMessage", chat_id=lan.zalo_id, text="x" * 2001))["error_code"] == 400
    assert (await zalo.answer("sendMessage", chat_id=lan.zalo_id, text="😀" * 1001))["error_code"] == 400
    assert await zalo.refused("sendMessage", text="x") == (200, "The chat_id must not be empty")
    assert await zalo.refused("sendMessage", chat_id=lan.zalo_id, text="") == (200, "The text must not be empty")
    minh = room.add_person("Minh")
    assert (await zalo.answer("sendMessage", chat_id=minh.zalo_id, text="x"))["error_code"] == 400
    room.block(lan, "zalo")
    assert (await zalo.answer("sendMessage", chat_id=lan.zalo_id, text="x"))["error_code"] == 403


async def test_typing_has_no_result(zalo: Caller, lan: Person) -> None:
    assert await zalo.answer("sendChatAction", chat_id=lan.zalo_id, action="typing") == {"ok": True}


async def test_get_me(zalo: Caller, room: Room) -> None:
    me = await zalo("getMe")
    assert int(me["id"]) > 2**53
    assert (me["display_name"], me["account_type"]) == (room.bot_name, "BASIC")


async def test_a_picture_has_a_link_and_a_document_has_nothing(
    room: Room, http: httpx.AsyncClient, zalo: Caller, lan: Person
) -> None:
    room.send_photo(lan, "zalo", PNG, caption="ảnh hiện trường")
    room.send_file(lan, "zalo", "mật.pdf", b"%PDF", "application/pdf")
    room.sticker(lan, "zalo")
    picture, document, sticker = [await zalo("getUpdates", timeout="1") for _ in range(3)]
    assert (picture["event_name"], picture["message"]["caption"]) == ("message.image.received", "ảnh hiện trường")
    assert (await http.get(picture["message"]["photo_url"])).content == PNG
    assert document["event_name"] == "message.unsupported.received"
    assert set(document["message"]) == {"from", "chat", "message_id", "date"}
    assert sticker["event_name"] == "message.sticker.received"
    [file] = [file for file in room.memory.files.values() if file.name == "mật.pdf"]
    assert (await http.get(f"/zalo-files/{file.id}")).status_code == 404


async def test_groups_hear_only_mentions_and_replies(room: Room, zalo: Caller, lan: Person) -> None:
    group = room.add_group("zalo", "Phòng Nội vụ", [lan])
    sent = await zalo("sendMessage", chat_id=group.id, text="Ai nộp rồi?")
    room.say(lan, "zalo", "chuyện riêng", group)
    room.say(lan, "zalo", f"@{room.bot_name} tổng hợp", group)
    room.say(lan, "zalo", "em nộp rồi", group, reply_to=sent["message_id"])
    heard = [await zalo("getUpdates", timeout="1") for _ in range(2)]
    assert [event["message"]["text"] for event in heard] == [f"@{room.bot_name} tổng hợp", "em nộp rồi"]
    assert heard[0]["message"]["chat"] == {"id": group.id, "chat_type": "GROUP"}
    assert heard[0]["message"]["from"]["id"] == lan.zalo_id
    assert (await zalo.answer("getUpdates", timeout="0"))["error_code"] == 408
    assert await zalo("sendVoice", chat_id=group.id, voice_url="https://bot.example.vn/a.aac")
    assert [message.kind for message in room.memory.history["zalo", group.id].values()].count("voice") == 0


class Outside:
    """The bot's own server, seen from Zalo."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.posts: list[tuple[str, dict[str, str], bytes]] = []
        self.pictures: list[bytes | None] = []

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        self.posts.append((url, headers, body))
        return self.status

    async def fetch(self, url: str) -> bytes | None:
        if not self.pictures:
            raise OSError("gone")
        return self.pictures.pop(0)


async def test_webhook(clock: Clock) -> None:
    outside, room = Outside(), Room(clock)
    app = make_app(room, None, telegram_token="1:t", zalo_token=ZALO_TOKEN, outside=outside)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as http:
        zalo = Caller(http, f"/zalo/bot{ZALO_TOKEN}")
        assert (await zalo.answer("getWebhookInfo"))["error_code"] == 404
        assert await zalo("deleteWebhook") == {"url": "", "updated_at": int(clock().timestamp() * 1000)}
        for bad in ("http://bot.example.vn/z", "https://localhost/z", "https://10.0.0.1/z", "https://127.0.0.1/z"):
            assert (await zalo.answer("setWebhook", url=bad, secret_token="s" * 8))["error_code"] == 400
        assert (await zalo.answer("setWebhook", url="https://bot.example.vn/z", secret_token="short"))["error_code"] == 400
        outside.status = 500
        kept = await zalo("setWebhook", url="https://bot.example.vn/z", secret_token="bi-mat-zalo")
        assert (kept["verification"]["ok"], kept["verification"]["status_code"]) == (False, 500)
        outside.status = 204
        assert (await zalo("getWebhookInfo"))["url"] == "https://bot.example.vn/z"
        refused = await zalo.answer("getUpdates", timeout="1")
        assert (refused["error_code"], "webhook" in refused["description"]) == (400, True)
        lan = room.add_person("Lan")
        room.say(lan, "zalo", "tổng hợp")
        await until(lambda: not room.mail["zalo"].waiting)
        url, headers, body = outside.posts[-1]
        assert (url, headers["X-Bot-Api-Secret-Token"]) == ("https://bot.example.vn/z", "bi-mat-zalo")
        assert json.loads(body)["ok"] is True
        assert json.loads(body)["result"]["message"]["text"] == "tổng hợp"
        assert (await zalo("testWebhook"))["ok"] is True
        assert (await zalo.answer("testWebhook"))["errorCode"] == 426
        assert (await zalo("deleteWebhook"))["url"] == ""
        assert (await zalo.answer("getUpdates", timeout="0"))["error_code"] == 408
    room.close()


async def test_a_photo_is_fetched_twice_and_a_link_that_works_once_shows_black(clock: Clock) -> None:
    outside, room = Outside(), Room(clock)
    app = make_app(room, None, telegram_token="1:t", zalo_token=ZALO_TOKEN, outside=outside)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as http:
        zalo = Caller(http, f"/zalo/bot{ZALO_TOKEN}")
        lan = room.add_person("Lan")
        room.say(lan, "zalo", "chào")
        url = "https://bot.example.vn/bieu-do.png"
        outside.pictures = [PNG, PNG]
        await zalo("sendPhoto", chat_id=lan.zalo_id, photo=url, caption="Biểu đồ")
        outside.pictures = [PNG]
        await zalo("sendPhoto", chat_id=lan.zalo_id, photo=url)
        assert [room.memory.content(message.file) for message in room.heard(lan, "zalo")] == [PNG, b""]
        assert room.fetched == {url: 4}
        assert await zalo.refused("sendPhoto", chat_id=lan.zalo_id, photo=url) == (200, "The photo URL is invalid")
        assert (await zalo.refused("sendPhoto", chat_id=lan.zalo_id, photo="data:image/png;base64,aa"))[1] == (
            "The photo must start with http:// or https://"
        )
        answer = await http.post(f"{zalo.prefix}/sendPhoto", data={"chat_id": lan.zalo_id}, files={"photo": ("a.png", PNG)})
        assert answer.json()["description"] == "The photo must not be empty"
    room.close()


async def test_the_sandbox_never_touches_the_network(room: Room, zalo: Caller, lan: Person) -> None:
    await zalo("sendPhoto", chat_id=lan.zalo_id, photo="https://bot.example.vn/a.png")
    [message] = room.heard(lan, "zalo")
    assert (message.url, message.file) == ("https://bot.example.vn/a.png", "")
    with pytest.raises(OSError, match="this machine"):
        await Loopback().post("https://bot.example.vn/hook", {}, b"{}")


async def test_a_picture_on_this_machine_is_really_fetched(room: Room, app: Starlette, lan: Person) -> None:
    room.send_photo(lan, "zalo", PNG)
    async with on_a_socket(app) as url, httpx.AsyncClient(base_url=url) as http:
        zalo = Caller(http, f"/zalo/bot{ZALO_TOKEN}")
        link = (await zalo("getUpdates", timeout="1"))["message"]["photo_url"]
        await zalo("sendPhoto", chat_id=lan.zalo_id, photo=link, caption="gửi lại")
        assert (await zalo.answer("sendPhoto", chat_id=lan.zalo_id, photo=f"{url}/zalo-files/none"))["error_code"] == 400
        assert await Loopback().post(f"{url}/sandbox/none", {}, b"{}") == 404
    [message] = room.heard(lan, "zalo")
    assert (room.memory.content(message.file), message.text, room.fetched[link]) == (PNG, "gửi lại", 2)


async def test_nobody_can_edit_on_zalo(room: Room, lan: Person) -> None:
    said = room.say(lan, "zalo", "nhầm")
    with pytest.raises(Impossible):
        room.edit_message(lan, said.id, "đúng")


async def test_a_flood_is_answered_by_the_server_in_front_in_html(zalo: Caller, faults: FaultPlan) -> None:
    faults.on(Gateway(status=429), platform="zalo", method="getUpdates")
    faults.on(TooMany(), platform="zalo", method="getUpdates")
    response = await zalo.response("getUpdates", timeout="0")
    assert (response.status_code, response.headers["content-type"][:9]) == (429, "text/html")
    answer = await zalo.answer("getUpdates", timeout="0")
    assert (answer["error_code"], "parameters" in answer) == (429, False)
