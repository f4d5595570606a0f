"""The Zalo adapter against the answers others measured: one object a poll, 408 for quiet, errors under HTTP 200."""

from __future__ import annotations

import asyncio
import copy
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from faulty_server import FaultyServer, answer, close, hang
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.messages import Attached, ChatRef, Menu, Other, OutFile, Outgoing, RemoteFile, Said
from bot.chat.platform import BadToken, Delivered, Piece, Platform, Refused, SecondPoller
from bot.platforms.polling import Backoff
from bot.platforms.zalo import Zalo
from bot.platforms.zalo_updates import from_webhook, translate

TOKEN = "12345689:abc-canary-xyz"
CHAT = ChatRef(platform="zalo", chat_id="6ede9afa66b88fe6d6a9")
QUIET = answer(200, {"ok": False, "description": "Request timeout", "error_code": 408})
SENT = answer(200, {"ok": True, "result": {"message_id": "82599fa32f56d00e8941", "date": 1749632637199}})
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def event(
    kind: str = "text", message_id: str | None = "2d758cb5e222177a4e35", chat_type: str = "PRIVATE", **content: Any
) -> dict[str, Any]:
    message = {
        "from": {"id": "6ede9afa66b88fe6d6a9", "display_name": "Ted", "is_bot": False},
        "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": chat_type},
        "date": 1750316131602,
        **content,
    }
    return {"event_name": f"message.{kind}.received", "message": message | ({"message_id": message_id} if message_id else {})}


def ok(result: Any) -> Any:
    return answer(200, {"ok": True, "result": result})


def failed(code: int, description: str, status: int = 200) -> Any:
    return answer(status, {"ok": False, "error_code": code, "description": description})


@pytest.fixture
async def server() -> AsyncIterator[FaultyServer]:
    async with FaultyServer(beside={"deleteWebhook": ok({"url": ""})}) as running:
        yield running


@pytest.fixture
async def bot(server: FaultyServer) -> AsyncIterator[Zalo]:
    adapter = Zalo(
        TOKEN, api_url=server.url, poll_timeout=1, poll_spacing=0.0, conflict_patience=0.3, backoff=lambda: Backoff(0.02, 0.1)
    )
    protocol: Platform = adapter
    assert not protocol.limits.buttons
    yield adapter
    await adapter.stop()


async def take(bot: Zalo, many: int) -> list[str]:
    taken: list[str] = []
    async with asyncio.timeout(10):
        async for batch in bot.updates("whatever"):
            taken += [key for key, _ in batch]
            if len(taken) >= many:
                break
    return taken


async def test_the_bot_learns_its_name_and_has_no_link(server: FaultyServer, bot: Zalo) -> None:
    server.script = [ok({"id": "1459232241454765289", "account_name": "bot.VDKyGxQvc", "account_type": "BASIC"})]
    me = await bot.start()
    assert (me.user_id, me.name, me.link_base) == ("1459232241454765289", "bot.VDKyGxQvc", "")
    assert server.seen[0][0] == f"/bot{TOKEN}/getMe"


@pytest.mark.parametrize(("code", "status"), [(401, 200), (404, 200), (401, 401)])
async def test_a_bad_token_is_told_by_the_body(server: FaultyServer, bot: Zalo, code: int, status: int) -> None:
    server.script = [failed(code, "Unauthorized", status)]
    with pytest.raises(BadToken):
        await bot.start()


@pytest.mark.parametrize("reply", [close, answer(429, "<html>", "text/html"), failed(403, "Internal server error")])
async def test_a_fault_at_start_is_one_to_wait_for(server: FaultyServer, bot: Zalo, reply: Any) -> None:
    server.script = [reply]
    with pytest.raises((OSError, httpx.HTTPError)):
        await bot.start()


async def test_the_poll_takes_one_object_and_knows_a_quiet_minute(server: FaultyServer, bot: Zalo) -> None:
    server.script = [QUIET, failed(408, "Request timeout", 408), ok(event(message_id="m1")), ok(event(message_id="m1")), hang]
    assert await take(bot, 2) == ["m1", "m1"]  # told apart by the inbox
    assert json.loads(server.seen[0][1]) == {"timeout": "1"}
    assert bot.heard_at is not None


async def test_polls_keep_their_distance(server: FaultyServer) -> None:
    server.script = [ok(event(message_id=f"m{at}")) for at in range(4)]
    spaced = Zalo(TOKEN, api_url=server.url, poll_spacing=0.15)
    began = time.monotonic()
    await take(spaced, 4)
    assert time.monotonic() - began >= 0.44
    await spaced.stop()


async def test_the_poll_survives_every_fault_of_the_line(server: FaultyServer, bot: Zalo) -> None:
    server.script = [
        close,
        answer(429, "<html>429</html>", "text/html"),
        answer(200, "{nonsense"),
        answer(200, "[]"),
        ok(None),
        ok(7),
        failed(401, "Unauthorized"),
        failed(403, "Internal server error"),
        answer(200, {"ok": False, "error_code": 400, "description": None}),
        ok(event(message_id="m9")),
    ]
    assert await take(bot, 1) == ["m9"]


async def test_a_webhook_in_the_way_is_a_second_reader(server: FaultyServer, bot: Zalo) -> None:
    server.script = [failed(400, "You cannot use this API while a webhook is set. Please remove the webhook first")]
    with pytest.raises(SecondPoller):
        await take(bot, 1)


async def test_a_token_that_stays_refused_ends_the_poll(server: FaultyServer, bot: Zalo) -> None:
    server.script = [failed(401, "Unauthorized")]
    with pytest.raises(BadToken):
        await take(bot, 1)


async def test_text_is_posted_as_json(server: FaultyServer, bot: Zalo) -> None:
    server.script = [SENT]
    assert await bot.deliver(Piece(chat=CHAT, message=Outgoing(text="Đã ghi nhận"))) == Delivered(
        message_id="82599fa32f56d00e8941"
    )
    assert server.methods() == ["sendMessage"]
    assert json.loads(server.seen[0][1]) == {"chat_id": CHAT.chat_id, "text": "Đã ghi nhận"}


async def test_without_a_public_address_files_stay_here(server: FaultyServer, bot: Zalo) -> None:
    assert bot.limits.documents is False
    server.script = [SENT]
    file = OutFile(path="a.jpg", name="a.jpg", kind="photo")
    assert await bot.deliver(Piece(chat=CHAT, message=Outgoing(text="", file=file))) == Refused(reason="file: no public link")
    assert isinstance(await bot.deliver(Piece(chat=CHAT, message=Outgoing(text="chữ", file=file))), Delivered)
    assert server.methods() == ["sendMessage"]


async def test_with_a_public_address_a_photo_is_a_photo_and_a_document_a_link(server: FaultyServer) -> None:
    server.script = [SENT]
    linked = Zalo(TOKEN, api_url=server.url, public_link=lambda file: f"https://files.example/{file.path}?sig=1")
    assert linked.limits.documents
    await linked.deliver(Piece(chat=CHAT, message=Outgoing(text="ảnh", file=OutFile(path="a.jpg", name="a", kind="photo"))))
    await linked.deliver(Piece(chat=CHAT, message=Outgoing(text="bảng", file=OutFile(path="b.xlsx", name="b"))))
    assert server.methods() == ["sendPhoto", "sendMessage"]
    assert json.loads(server.seen[0][1]) == {
        "chat_id": CHAT.chat_id,
        "photo": "https://files.example/a.jpg?sig=1",
        "caption": "ảnh",
    }
    assert json.loads(server.seen[1][1])["text"] == "bảng\nhttps://files.example/b.xlsx?sig=1"
    await linked.stop()


async def test_typing_is_shown_and_cannot_fail(server: FaultyServer, bot: Zalo) -> None:
    server.script = [answer(200, {"ok": True}), close, answer(500, "<html>", "text/html")]
    for raw in (event(), event(), event(), {}, {"message": None}, {"message": {"chat": 5}}):
        await bot.acknowledge(raw)
    assert server.methods() == ["sendChatAction"] * 3
    assert json.loads(server.seen[0][1]) == {"chat_id": CHAT.chat_id, "action": "typing"}
    await bot.show_menu(CHAT, Menu())


async def test_a_picture_is_fetched_until_it_grows_too_large(server: FaultyServer, bot: Zalo) -> None:
    server.script = [answer(200, b"\xff\xd8jpeg", "image/jpeg"), answer(200, bytes(20 * 1024 * 1024 + 1), "image/jpeg")]
    assert await bot.fetch(RemoteFile(ref=f"{server.url}/p.jpg")) == b"\xff\xd8jpeg"
    with pytest.raises(ValueError):
        await bot.fetch(RemoteFile(ref=f"{server.url}/p.jpg"))


@pytest.mark.parametrize("ref", ["http://127.0.0.1:1/x", "ftp://x/y", "not a url", "http://[", ""])
async def test_a_picture_that_cannot_be_had_is_an_oserror(bot: Zalo, ref: str) -> None:
    with pytest.raises(OSError):
        await bot.fetch(RemoteFile(ref=ref))


def read(raw: dict[str, Any]) -> Any:
    return translate(raw, ("Bot Nhắc Việc", "bot.VDKyGxQvc"), lambda: NOW)


def test_a_text_is_said_at_its_millisecond() -> None:
    said = read(event(text="Xin chào"))
    assert isinstance(said, Said)
    assert said.text == "Xin chào"
    assert (said.origin.key, str(said.origin.chat), said.origin.private) == (
        "2d758cb5e222177a4e35",
        "zalo:6ede9afa66b88fe6d6a9",
        True,
    )
    assert said.origin.at == datetime(2025, 6, 19, 6, 55, 31, 602000, tzinfo=UTC)


@pytest.mark.parametrize("field", ["photo_url", "photo"])
def test_a_picture_is_attached_under_either_name(field: str) -> None:
    attached = read(event("image", caption="đây", **{field: "https://photo.zdn.vn/x.jpg"}))
    assert isinstance(attached, Attached)
    assert attached.file is not None
    assert (attached.file.ref, attached.caption) == ("https://photo.zdn.vn/x.jpg", "đây")


def test_a_document_is_a_file_we_cannot_have() -> None:
    attached = read(event("unsupported"))
    assert isinstance(attached, Attached)
    assert attached.file is None


def test_what_else_comes_is_other_and_nobody_is_nobody() -> None:
    assert read(event("sticker", sticker="x")).kind == "sticker"
    assert read(event("voice", voice_url="x")).kind == "voice"
    assert isinstance(read(event() | {"event_name": "message.reaction.received"}), Other)
    assert read({"event_name": "message.unsupported.received"}) is None
    raw = event(text="x")
    raw["message"]["from"]["is_bot"] = True
    assert read(raw) is None


def test_a_group_speaks_to_us_whenever_it_is_heard() -> None:
    said = read(event(chat_type="GROUP", text="@Bot Nhắc Việc tình hình?"))
    assert (said.text, said.origin.private, said.origin.mentioned) == ("tình hình?", False, True)


def test_an_event_without_an_id_gets_a_key_that_knows_a_repetition() -> None:
    first, again = read(event(message_id=None, text="x")), read(event(message_id=None, text="x"))
    other = read(event(message_id=None, text="y"))
    assert first.origin.key == again.origin.key != other.origin.key


SECRET = "a-webhook-secret-of-some-length"
HEADERS = {"X-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


def test_a_webhook_is_heard_in_both_shapes() -> None:
    bare = event(message_id="m1", text="x")
    for body in (bare, {"ok": True, "result": bare}):
        assert from_webhook(HEADERS, json.dumps(body).encode(), SECRET) == [("m1", bare)]
        assert from_webhook({name.lower(): value for name, value in HEADERS.items()}, json.dumps(body).encode(), SECRET)


@pytest.mark.parametrize(
    "headers", [{}, {"X-Bot-Api-Secret-Token": "wrong"}, {"X-Bot-Api-Secret-Token": "mật"}, {"X-Bot-Api-Secret-Token": ""}]
)
def test_a_webhook_without_our_secret_is_nobody(headers: dict[str, str]) -> None:
    assert from_webhook(headers, json.dumps(event()).encode(), SECRET) is None
    assert from_webhook(headers, json.dumps(event()).encode(), "") is None


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'"x"', b"null", b"\xff", b"{}", b"[" * 100_000])
def test_a_webhook_with_nonsense_is_taken_and_forgotten(body: bytes) -> None:
    assert from_webhook(HEADERS, body, SECRET) == []


SAMPLES = [
    event(text="x"),
    event("image", photo_url="u", caption="c"),
    event("unsupported"),
    event("sticker", chat_type="GROUP"),
]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(),
    st.just("\ud800"),
    st.lists(st.integers(), max_size=1),
)


@given(data=st.data(), raw=st.sampled_from(SAMPLES))
@settings(max_examples=600, deadline=None)
def test_a_mutated_event_is_a_fact_or_refused(data: st.DataObject, raw: dict[str, Any]) -> None:
    mutant: Any = copy.deepcopy(raw)
    for _ in range(data.draw(st.integers(1, 3))):
        places = [(mutant, name) for name in mutant]
        if isinstance(mutant.get("message"), dict):
            places += [(mutant["message"], name) for name in mutant["message"]]
            for inner in ("from", "chat"):
                if isinstance(mutant["message"].get(inner), dict):
                    places += [(mutant["message"][inner], name) for name in mutant["message"][inner]]
        if not places:
            break
        holder, name = data.draw(st.sampled_from(places))
        if data.draw(st.booleans()):
            del holder[name]
        else:
            holder[name] = data.draw(JUNK)
    try:
        fact = read(mutant)
    except (ValueError, KeyError, TypeError):
        return
    if fact is not None:
        (fact.origin.chat.chat_id + fact.origin.user_id + getattr(fact, "text", "")).encode()
        assert fact.origin.key
