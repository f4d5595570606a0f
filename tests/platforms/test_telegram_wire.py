"""What the Telegram adapter really puts on the line, and how its poll survives."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from faulty_server import FaultyServer, answer, close, hang, telegram_error

from bot.chat.messages import ChatRef, Choice, Menu, MenuEntry, OutFile, Outgoing, RemoteFile
from bot.chat.platform import BadToken, Delivered, Piece, Platform, SecondPoller, Uncertain, Unreachable
from bot.platforms.polling import Backoff
from bot.platforms.telegram import Telegram

TOKEN = "123456789:AAEcanaryCanaryCanaryCanaryCanary00"
CHAT = ChatRef(platform="telegram", chat_id="1001")
ME = {"id": 123456789, "is_bot": True, "first_name": "Nhắc Việc", "username": "nhacviec_bot"}


def ok(result: Any) -> Any:
    return answer(200, {"ok": True, "result": result})


def text_update(number: int, text: str = "x") -> dict[str, Any]:
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": {"id": 1, "type": "private"}, "text": text},
    }


@pytest.fixture
async def server() -> AsyncIterator[FaultyServer]:
    async with FaultyServer() as running:
        yield running


@pytest.fixture
async def bot(server: FaultyServer, tmp_path: Path) -> AsyncIterator[Telegram]:
    adapter = Telegram(
        TOKEN,
        api_url=server.url,
        files_root=tmp_path,
        poll_timeout=1,
        conflict_patience=0.3,
        backoff=lambda: Backoff(0.02, 0.1),
    )
    protocol: Platform = adapter
    assert protocol.name == "telegram"
    yield adapter
    await adapter.stop()


def sent(server: FaultyServer, at: int = -1) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(server.seen[at][1].decode()).items()}


async def test_the_bot_learns_its_name_and_its_link(server: FaultyServer, bot: Telegram) -> None:
    server.script = [ok(ME)]
    me = await bot.start()
    assert (me.user_id, me.name, me.link_base) == ("123456789", "Nhắc Việc", "https://t.me/nhacviec_bot?start=")


@pytest.mark.parametrize("status", [401, 404])
async def test_an_unknown_token_is_said_without_repeating_it(server: FaultyServer, bot: Telegram, status: int) -> None:
    server.script = [telegram_error(status, "Unauthorized")]
    with pytest.raises(BadToken) as caught:
        await bot.start()
    assert TOKEN not in str(caught.value)


async def test_no_network_at_start_is_a_fault_one_can_wait_for(server: FaultyServer, bot: Telegram) -> None:
    server.script = [close, answer(502, "<html>", "text/html"), ok(ME)]
    with pytest.raises((OSError, httpx.HTTPError)):
        await bot.start()
    with pytest.raises((OSError, httpx.HTTPError)):
        await bot.start()
    assert (await bot.start()).user_id == "123456789"


async def test_buttons_carry_only_the_opaque_key_and_text_has_no_markup(server: FaultyServer, bot: Telegram) -> None:
    server.script = [ok({"message_id": 5})]
    choices = ((Choice(label="Đã có", action=("answer", "12", "P5"), key="k1"), Choice(label="Chưa", action=("x",), key="k2")),)
    message = Outgoing(text="<b>1 & 2</b> _x_", choices=choices)
    assert await bot.deliver(Piece(chat=CHAT, message=message, silent=True)) == Delivered(message_id="5")

    wire = sent(server)
    assert wire["text"] == "<b>1 & 2</b> _x_"
    assert "parse_mode" not in wire
    assert json.loads(wire["link_preview_options"]) == {"is_disabled": True}
    assert wire["disable_notification"] == "true"
    assert json.loads(wire["reply_markup"]) == {
        "inline_keyboard": [[{"text": "Đã có", "callback_data": "k1"}, {"text": "Chưa", "callback_data": "k2"}]]
    }


EDIT = Piece(chat=CHAT, message=Outgoing(text="mới", edits=True), edit_of="77")


async def test_an_edit_replaces_the_message(server: FaultyServer, bot: Telegram) -> None:
    server.script = [ok({"message_id": 77})]
    assert await bot.deliver(EDIT) == Delivered(message_id="77")
    assert server.methods() == ["editMessageText"]
    assert sent(server)["message_id"] == "77"
    assert "reply_markup" not in sent(server)


async def test_an_edit_that_changes_nothing_is_done(server: FaultyServer, bot: Telegram) -> None:
    server.script = [telegram_error(400, "Bad Request: message is not modified: specified new message content …")]
    assert await bot.deliver(EDIT) == Delivered(message_id="77")
    assert server.methods() == ["editMessageText"]


@pytest.mark.parametrize(
    "description",
    ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID", "there is no text in the message to edit"],
)
async def test_what_cannot_be_edited_is_sent_anew_once(server: FaultyServer, bot: Telegram, description: str) -> None:
    server.script = [telegram_error(400, f"Bad Request: {description}"), ok({"message_id": 78})]
    assert await bot.deliver(EDIT) == Delivered(message_id="78")
    assert server.methods() == ["editMessageText", "sendMessage"]


async def test_an_edit_that_fails_otherwise_sends_nothing_more(server: FaultyServer, bot: Telegram) -> None:
    server.script = [telegram_error(403, "Forbidden: bot was blocked by the user"), answer(502, "<html>", "text/html")]
    assert isinstance(await bot.deliver(EDIT), Unreachable)
    assert isinstance(await bot.deliver(EDIT), Uncertain)
    assert server.methods() == ["editMessageText", "editMessageText"]


async def test_a_file_goes_up_with_its_vietnamese_name(server: FaultyServer, bot: Telegram, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.xlsx").write_bytes(b"PK\x03\x04 content")
    server.script = [ok({"message_id": 9})]
    file = OutFile(path="out/a.xlsx", name='Tổng "hợp".xlsx')
    assert await bot.deliver(Piece(chat=CHAT, message=Outgoing(text="Bảng", file=file))) == Delivered(message_id="9")
    path, body = server.seen[0]
    assert path.endswith("/sendDocument")
    assert b"PK\x03\x04 content" in body
    assert "Tổng".encode() in body
    assert "Bảng".encode() in body


async def test_a_tap_is_acknowledged_and_nothing_of_it_can_fail(server: FaultyServer, bot: Telegram) -> None:
    server.script = [ok(True), telegram_error(400, "Bad Request: query is too old and response timeout expired"), close]
    tap = {"update_id": 1, "callback_query": {"id": "999"}}
    for _ in range(3):
        await bot.acknowledge(tap)
    assert server.methods() == ["answerCallbackQuery"] * 3
    assert sent(server, 0) == {"callback_query_id": "999"}
    for raw in ({}, {"callback_query": None}, {"callback_query": {}}, {"message": {}}):
        await bot.acknowledge(raw)
    assert len(server.seen) == 3


async def test_a_menu_belongs_to_one_chat_and_an_empty_one_gives_way_to_the_default(
    server: FaultyServer, bot: Telegram
) -> None:
    server.script = [ok(True), ok(True), telegram_error(400, "Bad Request: chat not found")]
    await bot.show_menu(CHAT, Menu(entries=(MenuEntry(command="viec", description="Việc của tôi"),)))
    await bot.show_menu(CHAT, Menu())
    await bot.show_menu(CHAT, Menu())
    assert server.methods() == ["setMyCommands", "deleteMyCommands", "deleteMyCommands"]
    assert json.loads(sent(server, 0)["scope"]) == {"type": "chat", "chat_id": 1001}
    assert json.loads(sent(server, 0)["commands"]) == [{"command": "viec", "description": "Việc của tôi"}]


async def test_a_file_is_fetched_after_its_size_was_asked_for(server: FaultyServer, bot: Telegram) -> None:
    server.script = [ok({"file_id": "f", "file_path": "documents/file 1.pdf", "file_size": 4}), answer(200, b"%PDF", "x/x")]
    assert await bot.fetch(RemoteFile(ref="f")) == b"%PDF"
    assert server.seen[1][0] == f"/file/bot{TOKEN}/documents/file%201.pdf"


async def test_a_file_too_large_is_never_downloaded(server: FaultyServer, bot: Telegram) -> None:
    with pytest.raises(ValueError):
        await bot.fetch(RemoteFile(ref="f", size=20 * 1024 * 1024 + 1))
    assert server.seen == []
    server.script = [
        ok({"file_id": "f", "file_path": "x", "file_size": 30_000_000}),
        telegram_error(400, "Bad Request: file is too big"),
    ]
    for _ in range(2):
        with pytest.raises(ValueError):
            await bot.fetch(RemoteFile(ref="f"))
    assert server.methods() == ["getFile", "getFile"]


@pytest.mark.parametrize("reply", [close, answer(404, "gone", "text/plain"), ok({"file_id": "f"})])
async def test_a_file_that_cannot_be_had_is_an_oserror_without_the_token(
    server: FaultyServer, bot: Telegram, reply: Any
) -> None:
    server.script = [reply]
    with pytest.raises(OSError) as caught:
        await bot.fetch(RemoteFile(ref="f"))
    assert TOKEN not in str(caught.value)


async def take(bot: Telegram, after: str | None, batches: int) -> list[list[str]]:
    taken = []
    async with asyncio.timeout(10):
        updates = bot.updates(after)
        async for batch in updates:
            taken.append([key for key, _ in batch])
            if len(taken) == batches:
                break
        await updates.aclose()  # type: ignore[attr-defined]
    return taken


async def test_an_offset_confirms_only_what_was_stored(server: FaultyServer, bot: Telegram) -> None:
    server.script = [ok([text_update(11), text_update(12)]), ok([text_update(13)]), hang]
    updates = bot.updates("10")
    assert [key for key, _ in await anext(updates)] == ["11", "12"]
    await asyncio.sleep(0.1)
    assert len(server.seen) == 1  # nothing more is asked, hence nothing confirmed, until the consumer comes back
    await anext(updates)
    assert [sent(server, at)["offset"] for at in (0, 1)] == ["11", "13"]
    assert json.loads(sent(server)["allowed_updates"]) == ["message", "edited_message", "callback_query", "my_chat_member"]
    await updates.aclose()  # type: ignore[attr-defined]


async def test_a_first_poll_without_history_confirms_nothing(server: FaultyServer, bot: Telegram) -> None:
    server.script = [ok([text_update(5)]), hang]
    assert await take(bot, None, 1) == [["5"]]
    assert "offset" not in sent(server, 0)


async def test_after_a_quiet_poll_a_lower_numbering_is_not_thrown_away(server: FaultyServer, bot: Telegram) -> None:
    """Update ids may restart lower after a week of silence; an old offset would confirm, and so destroy, the new updates."""
    server.script = [ok([]), ok([text_update(3)]), ok([text_update(4)]), hang]
    assert await take(bot, "900", 2) == [["3"], ["4"]]
    assert [sent(server, at).get("offset") for at in range(3)] == ["901", None, "4"]


async def test_the_poll_survives_every_fault_of_the_line(server: FaultyServer, bot: Telegram) -> None:
    server.script = [
        close,
        answer(502, "<html>", "text/html"),
        answer(200, "{nonsense"),
        ok({"not": "a list"}),
        ok([{"no": "number"}, 7]),
        telegram_error(429, "Too Many Requests: retry after 1", retry_after=1),
        telegram_error(401, "Unauthorized"),
        ok([text_update(1), {"update_id": "2"}, {"update_id": 3, "message": "not even an object"}]),
    ]
    assert await take(bot, None, 1) == [["1", "3"]]
    assert bot.heard_at is not None


async def test_one_conflict_is_our_own_dying_poll(server: FaultyServer, bot: Telegram) -> None:
    server.script = [telegram_error(409, "Conflict: terminated by other getUpdates request"), ok([text_update(1)])]
    assert await take(bot, None, 1) == [["1"]]


async def test_a_conflict_that_lasts_is_a_second_reader_even_if_some_polls_succeed(server: FaultyServer, bot: Telegram) -> None:
    conflict = telegram_error(409, "Conflict: terminated by other getUpdates request; make sure that only one bot runs")
    server.script = [conflict, ok([text_update(1)]), ok([])] + [conflict, ok([])] * 200
    with pytest.raises(SecondPoller):
        await take(bot, None, 99)


async def test_a_token_that_stays_refused_ends_the_poll(server: FaultyServer, bot: Telegram) -> None:
    server.script = [telegram_error(401, "Unauthorized")]
    with pytest.raises(BadToken):
        await take(bot, None, 1)
    assert len(server.seen) > 2


async def test_a_cancelled_poll_does_not_make_the_bot_deaf(server: FaultyServer, bot: Telegram) -> None:
    server.script = [hang] * 6 + [ok([text_update(1)])]
    for _ in range(6):  # more often than the pool has connections
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await anext(bot.updates(None))
    assert await take(bot, None, 1) == [["1"]]


async def test_neither_the_adapter_nor_its_errors_show_the_token(bot: Telegram) -> None:
    assert TOKEN not in repr(bot)
    with pytest.raises(BadToken):
        Telegram("", files_root=Path())
