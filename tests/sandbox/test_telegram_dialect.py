"""What we rely on in Telegram, and its imitation must therefore keep."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox_line import TELEGRAM_TOKEN, Caller, Clock, check_answers, until
from starlette.applications import Starlette

from bot.sandbox import pictures
from bot.sandbox.records import Person
from bot.sandbox.room import STICKER, Impossible, Room
from bot.sandbox.server import make_app

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000030000000208060000009d74661a")


def keys(*rows: list[tuple[str, str]]) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


async def test_a_waiting_poll_wakes_at_once(room: Room, telegram: Caller, lan: Person) -> None:
    poll = asyncio.create_task(telegram("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    began = time.perf_counter()
    room.say(lan, "telegram", "/tonghop ngay")
    [update] = await poll
    assert time.perf_counter() - began < 0.2
    message = update["message"]
    assert message["text"] == "/tonghop ngay"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 8}]
    assert message["chat"] == {"id": lan.telegram_id, "type": "private", "first_name": "Nguyễn Thị Lan"}
    assert message["date"] == int(room.now().timestamp())


async def test_updates_stay_until_a_later_offset_confirms_them(room: Room, telegram: Caller, lan: Person) -> None:
    for text in ("một", "hai", "ba"):
        room.say(lan, "telegram", text)
    first = await telegram("getUpdates")
    assert await telegram("getUpdates", limit=2) == first[:2]
    rest = await telegram("getUpdates", offset=first[0]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["hai", "ba"]
    assert await telegram("getUpdates", offset=-1) == first[2:]
    assert await telegram("getUpdates", offset=first[2]["update_id"] + 1) == []


async def test_a_quiet_poll_is_an_empty_list_after_its_time(telegram: Caller) -> None:
    began = time.perf_counter()
    assert await telegram("getUpdates", timeout=1) == []
    assert 0.95 < time.perf_counter() - began < 1.3


async def test_of_two_polls_the_older_is_told_409(room: Room, telegram: Caller, lan: Person) -> None:
    older = asyncio.create_task(telegram.refused("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(telegram("getUpdates", timeout=20))
    status, description = await older
    assert status == 409
    assert description.startswith("Conflict: terminated by other getUpdates request")
    room.say(lan, "telegram", "vẫn nghe")
    assert len(await newer) == 1


async def test_no_poll_while_a_webhook_is_set(telegram: Caller) -> None:
    assert await telegram("setWebhook", url="https://bot.example.vn/hook", secret_token="s_-9") is True
    status, description = await telegram.refused("getUpdates")
    assert (status, description[:38]) == (409, "Conflict: can't use getUpdates method ")
    assert (await telegram("getWebhookInfo"))["url"] == "https://bot.example.vn/hook"
    await telegram("deleteWebhook")
    assert await telegram("getUpdates") == []
    assert await telegram.refused("setWebhook", url="http://bot.example.vn") == (
        400,
        "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
    )


async def test_a_webhook_is_retried_until_it_is_taken(clock: Clock) -> None:
    taken: list[tuple[str, bytes]] = []
    answers = iter([500, 200, 200])

    class Server:
        async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
            taken.append((headers["X-Telegram-Bot-Api-Secret-Token"], body))
            return next(answers)

        async def fetch(self, url: str) -> bytes | None:
            return None

    room = Room(clock)
    app = make_app(room, None, telegram_token=TELEGRAM_TOKEN, zalo_token="1:z", outside=Server())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as http:
        await http.post(f"/bot{TELEGRAM_TOKEN}/setWebhook", json={"url": "https://bot.example.vn/", "secret_token": "secret"})
        lan = room.add_person("Lan")
        room.say(lan, "telegram", "một")
        room.say(lan, "telegram", "hai")
        await until(lambda: not room.mail["telegram"].waiting)
    assert [json.loads(body)["message"]["text"] for _, body in taken] == ["một", "một", "hai"]
    assert {secret for secret, _ in taken} == {"secret"}
    room.close()


async def test_updates_are_forgotten_after_24_hours(room: Room, telegram: Caller, lan: Person, clock: Clock) -> None:
    room.say(lan, "telegram", "hôm qua")
    clock.forward(hours=23, minutes=59)
    assert len(await telegram("getUpdates")) == 1
    clock.forward(minutes=2)
    assert await telegram("getUpdates") == []


async def test_allowed_updates_is_sticky_and_spares_what_already_waits(room: Room, telegram: Caller, lan: Person) -> None:
    room.block(lan, "telegram")
    await telegram("getUpdates", allowed_updates=["message"])
    assert [list(update)[1] for update in await telegram("getUpdates")] == ["my_chat_member"]
    room.unblock(lan, "telegram")
    room.say(lan, "telegram", "đây")
    assert [list(update)[1] for update in await telegram("getUpdates")] == ["my_chat_member", "message"]


async def test_every_encoding_is_understood(room: Room, http: httpx.AsyncClient, telegram: Caller, lan: Person) -> None:
    url = f"/bot{TELEGRAM_TOKEN}/sendMessage"
    fields = {"chat_id": str(lan.telegram_id), "text": "chào & hẹn"}
    markup = json.dumps(keys([("Xong", "k1")]))
    assert (await http.get(url, params=fields)).json()["ok"]
    assert (await http.post(url, json={**fields, "chat_id": lan.telegram_id, "reply_markup": keys([("Xong", "k1")])})).json()[
        "ok"
    ]
    assert (await http.post(url, data={**fields, "reply_markup": markup})).json()["ok"]
    assert (await http.post(url, data={**fields, "reply_markup": markup}, files={"x": b"unused"})).json()["ok"]
    assert (await http.post(url.replace("sendMessage", "SENDMESSAGE"), json=fields)).json()["ok"]
    assert [message.text for message in room.heard(lan, "telegram")] == ["chào & hẹn"] * 5
    assert [len(message.buttons) for message in room.heard(lan, "telegram")] == [0, 1, 1, 1, 0]


async def test_a_document_goes_out_and_its_file_id_comes_back(
    room: Room, http: httpx.AsyncClient, telegram: Caller, lan: Person
) -> None:
    files = {"document": ("bao cao.xlsx", b"PK-content", "application/vnd.ms-excel")}
    data = {"chat_id": str(lan.telegram_id), "caption": "<b>Tổng hợp</b>", "parse_mode": "HTML"}
    sent = (await http.post(f"{telegram.prefix}/sendDocument", data=data, files=files)).json()["result"]
    assert sent["document"]["file_name"] == "bao cao.xlsx"
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 8}]
    again = await telegram("sendDocument", chat_id=lan.telegram_id, document=sent["document"]["file_id"])
    assert again["document"]["file_unique_id"] == sent["document"]["file_unique_id"]
    described = await telegram("getFile", file_id=sent["document"]["file_id"])
    got = await http.get(f"/file/bot{TELEGRAM_TOKEN}/{described['file_path']}")
    assert got.content == b"PK-content"
    assert (await http.get(f"/file/bot1:wrong/{described['file_path']}")).status_code == 401


async def test_an_album_refers_to_its_parts_by_attach(
    room: Room, http: httpx.AsyncClient, telegram: Caller, lan: Person
) -> None:
    media = [{"type": "document", "media": f"attach://part{n}", "caption": f"tệp {n}"} for n in (1, 2)]
    data = {"chat_id": str(lan.telegram_id), "media": json.dumps(media)}
    files = {f"part{n}": (f"{n}.pdf", f"%PDF {n}".encode(), "application/pdf") for n in (1, 2)}
    sent = (await http.post(f"{telegram.prefix}/sendMediaGroup", data=data, files=files)).json()["result"]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [room.memory.content(message.file) for message in room.heard(lan, "telegram")] == [b"%PDF 1", b"%PDF 2"]
    call = room.calls_on("telegram", "sendMediaGroup")[-1]
    assert call["files"] == ["part1", "part2"]
    missing = await http.post(f"{telegram.prefix}/sendMediaGroup", data=data, files={"part1": files["part1"]})
    assert missing.status_code == 400
    assert len(room.heard(lan, "telegram")) == 2


async def test_a_photo_must_be_a_picture(room: Room, http: httpx.AsyncClient, telegram: Caller, lan: Person) -> None:
    data = {"chat_id": str(lan.telegram_id)}
    sent = (await http.post(f"{telegram.prefix}/sendPhoto", data=data, files={"photo": ("a.png", PNG, "image/png")})).json()
    assert (sent["result"]["photo"][0]["width"], sent["result"]["photo"][0]["height"]) == (3, 2)
    bad = await http.post(f"{telegram.prefix}/sendPhoto", data=data, files={"photo": ("a.png", b"no picture", "image/png")})
    assert bad.json()["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_what_people_send_can_be_fetched_for_an_hour(
    room: Room, http: httpx.AsyncClient, telegram: Caller, lan: Person, clock: Clock
) -> None:
    room.send_file(lan, "telegram", "số liệu.pdf", b"%PDF-1.7", "application/pdf", caption="đây ạ")
    room.send_photo(lan, "telegram", PNG)
    room.sticker(lan, "telegram")
    document, photo, sticker = [update["message"] for update in await telegram("getUpdates")]
    assert (document["document"]["file_size"], document["caption"]) == (8, "đây ạ")
    assert photo["photo"][0]["width"] == 3
    assert sticker["sticker"]["type"] == "regular"
    path = (await telegram("getFile", file_id=document["document"]["file_id"]))["file_path"]
    assert (await http.get(f"/file/bot{TELEGRAM_TOKEN}/{path}")).content == b"%PDF-1.7"
    clock.forward(hours=1, seconds=1)
    assert (await http.get(f"/file/bot{TELEGRAM_TOKEN}/{path}")).status_code == 404
    assert (await telegram.refused("getFile", file_id="nonsense")) == (400, "Bad Request: invalid file_id")


async def test_a_file_over_20_mb_arrives_but_cannot_be_fetched(room: Room, telegram: Caller, lan: Person) -> None:
    room.send_file(lan, "telegram", "phim.mp4", bytes(20 * 1024 * 1024 + 1), "video/mp4")
    [update] = await telegram("getUpdates")
    assert await telegram.refused("getFile", file_id=update["message"]["document"]["file_id"]) == (
        400,
        "Bad Request: file is too big",
    )


async def test_tokens_and_methods_are_checked(http: httpx.AsyncClient, telegram: Caller) -> None:
    assert (await http.get("/bot110201543:guess/getMe")).status_code == 401
    assert (await http.get("/botnonsense/getMe")).status_code == 404
    assert await telegram.refused("sendRichMessage", chat_id=1) == (404, "Not Found")
    assert await telegram.refused("_do_getme") == (404, "Not Found")
    assert (await telegram("getMe"))["username"] == "nhacviec_bot"


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "a <b>b", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ({"text": "1 < 2", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ({"text": "ừ </b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag at byte offset 4"),
        (
            {"text": "đã xong.", "parse_mode": "MarkdownV2"},
            "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        (
            {"text": "a *b", "parse_mode": "Markdown"},
            "can't parse entities: Can't find end of the entity starting at byte offset 2",
        ),
        ({"text": "x", "parse_mode": "RTF"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": keys([("Xong", "")])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys([("Xong", "ế" * 22)])}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}},
            "Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "chat_id": 42}, "chat not found"),
        ({"text": "x", "reply_markup": []}, "object expected as reply keyboard markup"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [{"text": "x"}]}}, "must be an Array of Arrays"),
        ({"text": "x", "reply_markup": keys([(" ", "k")])}, "button text must be non-empty"),
        ({"text": "x", "reply_markup": keys([("x", "k")] * 101)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "nonsense"}]]}}, "Wrong HTTP URL"),
        ({"text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 1}]}, "in a middle of a UTF-16 symbol"),
        ({"text": "x", "entities": [{"type": "bold"}]}, "can't parse entities JSON object"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ],
)
async def test_a_bad_message_is_refused_in_telegrams_words(
    room: Room, telegram: Caller, lan: Person, params: dict[str, Any], description: str
) -> None:
    status, said = await telegram.refused("sendMessage", **{"chat_id": lan.telegram_id, **params})
    assert status == 400
    assert description in said
    assert room.heard(lan, "telegram") == []


async def test_the_longest_text_and_the_longest_button_data_pass(telegram: Caller, lan: Person) -> None:
    await telegram("sendMessage", chat_id=lan.telegram_id, text="😀" * 2048, reply_markup=keys([("Xong", "x" * 64)]))
    await telegram("sendMessage", chat_id=lan.telegram_id, text=f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")


async def test_a_long_caption_is_refused(telegram: Caller, lan: Person, room: Room) -> None:
    room.send_file(lan, "telegram", "a.txt", b"a")
    [update] = await telegram("getUpdates")
    file = update["message"]["document"]["file_id"]
    await telegram("sendDocument", chat_id=lan.telegram_id, document=file, caption="x" * 1024)
    assert await telegram.refused("sendDocument", chat_id=lan.telegram_id, document=file, caption="x" * 1025) == (
        400,
        "Bad Request: message caption is too long",
    )


async def test_who_blocked_never_started_or_left_is_a_403(room: Room, telegram: Caller, lan: Person) -> None:
    minh = room.add_person("Trần Văn Minh")
    assert await telegram.refused("sendMessage", chat_id=minh.telegram_id, text="chào anh") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    room.open_link(minh, "telegram", "https://t.me/nhacviec_bot?start=Ma-Moi_1")
    await telegram("sendMessage", chat_id=minh.telegram_id, text="chào anh")
    room.block(minh, "telegram")
    assert await telegram.refused("sendMessage", chat_id=minh.telegram_id, text="còn đó không") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    room.open_link(minh, "telegram", "t.me/nhacviec_bot")
    told = await telegram("getUpdates")
    assert [
        update["message"]["text"] if "message" in update else update["my_chat_member"]["new_chat_member"]["status"]
        for update in told
    ] == [
        "/start Ma-Moi_1",
        "kicked",
        "member",
        "/start",
    ]
    room.close_chat(room.memory.chat("telegram", lan.id), "user is deactivated")
    assert (await telegram.refused("sendMessage", chat_id=lan.telegram_id, text="x"))[1] == "Forbidden: user is deactivated"


async def test_a_button_can_be_pressed_only_where_it_is_shown(room: Room, telegram: Caller, lan: Person) -> None:
    sent = await telegram(
        "sendMessage", chat_id=lan.telegram_id, text="Xong chưa?", reply_markup=keys([("Rồi", "k1"), ("Chưa", "k2")])
    )
    with pytest.raises(Impossible):
        room.tap(lan, sent["message_id"], "k3")
    with pytest.raises(Impossible):
        room.tap(room.add_person("Người lạ"), sent["message_id"], "k1")
    room.tap(lan, sent["message_id"], "k1")
    [update] = await telegram("getUpdates")
    query = update["callback_query"]
    assert (query["data"], query["message"]["text"], query["from"]["id"]) == ("k1", "Xong chưa?", lan.telegram_id)
    assert query["chat_instance"].isdigit()
    assert len(room.unanswered(lan)) == 1
    await telegram("answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi nhận")
    assert (room.unanswered(lan), room.toasts(lan)) == ([], ["Đã ghi nhận"])
    await telegram("editMessageReplyMarkup", chat_id=lan.telegram_id, message_id=sent["message_id"])
    with pytest.raises(Impossible):
        room.tap(lan, sent["message_id"], "k1")
    forged = room.forge_tap(lan, "someone-elses-key", sent["message_id"])
    assert forged.id != query["id"]
    assert (await telegram("getUpdates"))[-1]["callback_query"]["data"] == "someone-elses-key"


async def test_a_late_answer_to_a_tap_is_too_old(room: Room, telegram: Caller, lan: Person, clock: Clock) -> None:
    sent = await telegram("sendMessage", chat_id=lan.telegram_id, text="?", reply_markup=keys([("Rồi", "k1")]))
    query = room.tap(lan, sent["message_id"], "k1")
    clock.forward(seconds=16)
    status, description = await telegram.refused("answerCallbackQuery", callback_query_id=query.id)
    assert (status, description[:36]) == (400, "Bad Request: query is too old and re")


async def test_edits(room: Room, telegram: Caller, lan: Person) -> None:
    sent = await telegram("sendMessage", chat_id=lan.telegram_id, text="Xong chưa?", reply_markup=keys([("Rồi", "k1")]))
    where = {"chat_id": lan.telegram_id, "message_id": sent["message_id"]}
    same = await telegram.refused("editMessageText", **where, text="Xong chưa?", reply_markup=keys([("Rồi", "k1")]))
    assert same[1].startswith("Bad Request: message is not modified")
    edited = await telegram("editMessageText", **where, text="Đã xong")
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= edited["date"]
    assert (await telegram.refused("editMessageText", **{**where, "message_id": 999}, text="x"))[
        1
    ] == "Bad Request: message to edit not found"
    own = room.say(lan, "telegram", "của em")
    assert (await telegram.refused("editMessageText", **{**where, "message_id": int(own.id)}, text="x"))[
        1
    ] == "Bad Request: message can't be edited"
    room.edit_message(lan, own.id, "của chị")
    assert [list(update)[1] for update in await telegram("getUpdates")] == ["message", "edited_message"]
    await telegram("deleteMessage", **where)
    assert (await telegram.refused("deleteMessage", **where))[1] == "Bad Request: message to delete not found"
    assert room.heard(lan, "telegram") == []


async def test_the_most_specific_menu_wins(room: Room, telegram: Caller, lan: Person) -> None:
    def commands(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": "việc"}]

    chat = {"type": "chat", "chat_id": lan.telegram_id}
    await telegram("setMyCommands", commands=commands("chung"))
    assert room.menu(lan) == commands("chung")
    await telegram("setMyCommands", commands=commands("rieng"), scope={"type": "all_private_chats"})
    await telegram("setMyCommands", commands=commands("nhom"), scope={"type": "all_group_chats"})
    assert room.menu(lan) == commands("rieng")
    await telegram("setMyCommands", commands=commands("lan"), scope=chat)
    assert room.menu(lan) == commands("lan")
    assert await telegram("getMyCommands", scope=chat) == commands("lan")
    await telegram("deleteMyCommands", scope=chat)
    assert room.menu(lan) == commands("rieng")
    assert (await telegram.refused("setMyCommands", commands=commands("Hoa")))[1] == "Bad Request: BOT_COMMAND_INVALID"
    stranger = {"type": "chat", "chat_id": 42}
    assert (await telegram.refused("setMyCommands", commands=commands("x"), scope=stranger))[1] == "Bad Request: chat not found"


async def test_groups_hear_only_what_is_meant_for_the_bot(room: Room, telegram: Caller, lan: Person) -> None:
    group = room.add_group("telegram", "Phòng Nội vụ", [lan])
    asked = await telegram("sendMessage", chat_id=int(group.id), text="Ai nộp rồi?")
    room.say(lan, "telegram", "chuyện riêng", group)
    room.say(lan, "telegram", "/tonghop@another_bot", group)
    room.say(lan, "telegram", "/tonghop", group)
    room.say(lan, "telegram", "@nhacviec_bot ơi", group)
    room.say(lan, "telegram", "em nộp rồi", group, reply_to=asked["message_id"])
    heard = [update["message"] for update in await telegram("getUpdates") if "message" in update]
    assert [message["text"] for message in heard] == ["/tonghop", "@nhacviec_bot ơi", "em nộp rồi"]
    assert {message["chat"]["type"] for message in heard} == {"group"}
    assert heard[2]["reply_to_message"]["message_id"] == asked["message_id"]


async def test_a_group_that_became_a_supergroup_says_where_it_went(room: Room, telegram: Caller, lan: Person) -> None:
    group = room.add_group("telegram", "Phòng Nội vụ", [lan])
    moved = room.migrate(group)
    answer = await telegram.answer("sendMessage", chat_id=int(group.id), text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": int(moved.id)}
    assert (await telegram("sendMessage", chat_id=int(moved.id), text="x"))["chat"]["type"] == "supergroup"
    notes = [update["message"] for update in await telegram("getUpdates") if "message" in update]
    assert notes[0]["migrate_to_chat_id"] == notes[1]["chat"]["id"] == int(moved.id)


async def test_the_smaller_methods_answer_as_the_schema_says(room: Room, telegram: Caller, lan: Person, clock: Clock) -> None:
    own = int(room.say(lan, "telegram", "chào").id)
    where = {"chat_id": lan.telegram_id, "message_id": own}
    assert await telegram("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert room.memory.reactions[str(lan.telegram_id), str(own)] == "👍"
    assert await telegram("pinChatMessage", **where)
    forwarded = await telegram("forwardMessage", chat_id=lan.telegram_id, from_chat_id=lan.telegram_id, message_id=own)
    assert forwarded["forward_origin"]["sender_user"]["id"] == lan.telegram_id
    copied = await telegram("copyMessage", chat_id=lan.telegram_id, from_chat_id=lan.telegram_id, message_id=own)
    assert copied["message_id"] == forwarded["message_id"] + 1
    assert await telegram("sendChatAction", chat_id=lan.telegram_id, action="typing")
    assert (await telegram("getChat", chat_id=lan.telegram_id))["type"] == "private"
    assert (await telegram("getChatMember", chat_id=lan.telegram_id, user_id=lan.telegram_id))["status"] == "member"
    assert await telegram("setMyName", name="Nhắc Việc")
    assert await telegram("getMyName") == {"name": "Nhắc Việc"}
    assert await telegram("setMyDescription", description="Nhắc hạn báo cáo")
    assert await telegram("getMyShortDescription") == {"short_description": ""}
    assert await telegram("getChatMenuButton") == {"type": "commands"}
    assert await telegram("logOut")
    assert await telegram("close")
    clock.forward(hours=49)
    assert (await telegram.refused("deleteMessage", **where))[0] == 400


async def test_a_closing_room_ends_its_polls_at_once(room: Room, telegram: Caller, zalo: Caller) -> None:
    polls = [
        asyncio.create_task(telegram("getUpdates", timeout=30)),
        asyncio.create_task(zalo.answer("getUpdates", timeout="30")),
    ]
    await asyncio.sleep(0.05)
    room.close()
    async with asyncio.timeout(0.5):
        assert await polls[0] == []
        assert (await polls[1])["error_code"] == 408


async def test_a_cancelled_poll_leaves_nothing_behind(room: Room, telegram: Caller, lan: Person, app: Starlette) -> None:
    poll = asyncio.create_task(telegram("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    before = asyncio.all_tasks()
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) <= len(before) - 3
    room.say(lan, "telegram", "còn đây")
    assert len(await telegram("getUpdates")) == 1


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendDocument", {"document": "BQACAgUAAxkDnone"}, "wrong file identifier/HTTP URL specified"),
        ("sendDocument", {"document": "https://example.vn/a.pdf"}, "failed to get HTTP URL content"),
        ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}]}, "wrong number of media in the album"),
        ("sendMediaGroup", {"media": [{"type": "photo"}, {"type": "document"}]}, "can't be mixed"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "inline_message_id": "1"}, "MESSAGE_ID_INVALID"),
        ("forwardMessage", {"from_chat_id": 42, "message_id": 1}, "chat not found"),
        ("setMyCommands", {"commands": "x"}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setWebhook", {"url": "https://x.vn", "secret_token": "có dấu"}, "secret token contains unallowed characters"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
        ("getChatMember", {"user_id": 42}, "invalid user_id specified"),
    ],
)
async def test_a_bad_call_is_refused_in_telegrams_words(
    telegram: Caller, lan: Person, method: str, params: dict[str, Any], description: str
) -> None:
    status, said = await telegram.refused(method, **{"chat_id": lan.telegram_id, **params})
    assert status == 400
    assert description in said


async def test_a_caption_can_be_edited_and_a_text_has_none(
    room: Room, http: httpx.AsyncClient, telegram: Caller, lan: Person
) -> None:
    data = {"chat_id": str(lan.telegram_id), "caption": "cũ"}
    sent = (await http.post(f"{telegram.prefix}/sendDocument", data=data, files={"document": b"a"})).json()["result"]
    where = {"chat_id": lan.telegram_id, "message_id": sent["message_id"]}
    assert (await telegram("editMessageCaption", **where, caption="mới"))["caption"] == "mới"
    assert (await telegram.refused("editMessageText", **where, text="x"))[
        1
    ] == "Bad Request: there is no text in the message to edit"
    text = await telegram("sendMessage", chat_id=lan.telegram_id, text="x")
    where["message_id"] = text["message_id"]
    assert "no caption" in (await telegram.refused("editMessageCaption", **where, caption="x"))[1]
    copied = await telegram(
        "copyMessage", chat_id=lan.telegram_id, from_chat_id=lan.telegram_id, message_id=sent["message_id"], caption="bản sao"
    )
    assert room.heard(lan, "telegram")[-1].text == "bản sao"
    assert copied["message_id"] == int(room.heard(lan, "telegram")[-1].id)


async def test_too_large_uploads_are_refused(http: httpx.AsyncClient, telegram: Caller, lan: Person) -> None:
    data = {"chat_id": str(lan.telegram_id)}
    photo = {"photo": ("a.png", PNG + bytes(10 * 1024 * 1024))}
    answer = (await http.post(f"{telegram.prefix}/sendPhoto", data=data, files=photo)).json()
    assert "too big for a photo" in answer["description"]
    big = await http.post(f"{telegram.prefix}/sendDocument", content=b"", headers={"Content-Length": str(60 * 1024 * 1024)})
    assert (big.status_code, big.json()["description"]) == (413, "Request Entity Too Large")


async def test_a_photo_sent_as_an_answer_has_its_entities(
    room: Room, http: httpx.AsyncClient, telegram: Caller, lan: Person
) -> None:
    said = room.say(lan, "telegram", "gửi em biểu đồ")
    data = {"chat_id": str(lan.telegram_id), "caption": "<b>Đây</b>", "parse_mode": "HTML"}
    data["reply_parameters"] = json.dumps({"message_id": int(said.id)})
    sent = (await http.post(f"{telegram.prefix}/sendPhoto", data=data, files={"photo": ("a.png", PNG)})).json()["result"]
    assert sent["reply_to_message"]["text"] == "gửi em biểu đồ"
    assert sent["caption_entities"][0]["type"] == "bold"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PNG, ("image/png", 3, 2)),
        (b"GIF89a\x05\x00\x04\x00", ("image/gif", 5, 4)),
        (bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010002001011100"), ("image/jpeg", 32, 16)),
        (STICKER, ("image/webp", 1, 1)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x40\x01\xf0\x00", ("image/webp", 320, 240)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X" + bytes(8) + b"\x3f\x01\x00\xef\x00\x00", ("image/webp", 320, 240)),
        (PNG[:20], None),
        (b"\xff\xd8\xff", None),
        (b"<svg/>", None),
    ],
)
def test_pictures_are_told_by_their_bytes(content: bytes, expected: tuple[str, int, int] | None) -> None:
    assert pictures.look(content) == expected


JUNK = [
    None,
    0,
    -1,
    "",
    "x",
    "{",
    "[]",
    "{}",
    [],
    {},
    [1],
    ["x"],
    [[]],
    [{}],
    {"type": 1},
    {"inline_keyboard": [[1]]},
    True,
    1e9,
]
NAMES = [
    "text",
    "caption",
    "entities",
    "caption_entities",
    "reply_markup",
    "reply_parameters",
    "message_id",
    "document",
    "media",
    "scope",
    "commands",
    "reaction",
    "user_id",
    "offset",
    "limit",
    "timeout",
    "allowed_updates",
    "callback_query_id",
    "file_id",
    "action",
    "parse_mode",
    "url",
    "from_chat_id",
]


@given(
    st.sampled_from(
        [
            "sendMessage",
            "sendDocument",
            "sendMediaGroup",
            "editMessageText",
            "editMessageCaption",
            "deleteMessage",
            "setMyCommands",
            "getMyCommands",
            "setMessageReaction",
            "getChatMember",
            "getUpdates",
            "answerCallbackQuery",
            "getFile",
            "sendChatAction",
            "copyMessage",
            "setWebhook",
        ]
    ),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(JUNK)),
    st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=400)
async def test_no_junk_brings_it_down(
    room: Room, telegram: Caller, lan: Person, schema: Any, method: str, params: dict[str, Any], chat: bool
) -> None:
    params.pop("timeout", None)
    answer = await telegram.answer(method, **params, **({"chat_id": lan.telegram_id} if chat else {}))
    assert answer["ok"] or answer["error_code"] in (400, 409, 413)
    check_answers(room, schema)
    room.calls.clear()
