"""Clients nobody here wrote work against the sandbox as they do against the real platforms."""

from __future__ import annotations

import asyncio
import warnings
from typing import Any

import pytest
import telebot
from sandbox_line import TELEGRAM_TOKEN, ZALO_TOKEN, Caller, Line, on_a_socket, until
from starlette.applications import Starlette
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TimedOut
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.sandbox.faults import FaultPlan, Gateway, Hang, TooMany
from bot.sandbox.records import Person
from bot.sandbox.room import Room

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import zalo_bot

Context = ContextTypes.DEFAULT_TYPE


def ptb(app: Starlette, token: str = TELEGRAM_TOKEN) -> Application[Any, Any, Any, Any, Any, Any]:
    def line() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"transport": Line(app)}, read_timeout=1)

    return (
        Application.builder()
        .token(token)
        .base_url("http://sandbox/bot")
        .base_file_url("http://sandbox/file/bot")
        .request(line())
        .get_updates_request(line())
        .build()
    )


async def test_python_telegram_bot_polls_in_process(room: Room, app: Starlette, schema: Any) -> None:
    async def start(update: Update, context: Context) -> None:
        assert update.effective_message
        button = InlineKeyboardButton("Rồi", callback_data="done:7")
        await update.effective_message.reply_html(f"Mã <b>{context.args[0]}</b>", reply_markup=InlineKeyboardMarkup([[button]]))  # type: ignore[index]

    async def tapped(update: Update, context: Context) -> None:
        assert update.callback_query
        await update.callback_query.answer("Đã ghi nhận")
        await update.callback_query.edit_message_text("Xong")

    async def document(update: Update, context: Context) -> None:
        assert update.effective_message
        assert update.effective_message.document
        file = await update.effective_message.document.get_file()
        content = await file.download_as_bytearray()
        await update.effective_message.reply_document(bytes(content), filename="lại.txt", caption="Của chị đây")

    client = ptb(app)
    client.add_handler(CommandHandler("start", start))
    client.add_handler(CallbackQueryHandler(tapped))
    client.add_handler(MessageHandler(filters.Document.ALL, document))
    lan = room.add_person("Lan")
    async with client:
        await client.bot.set_my_commands([BotCommand("help", "Trợ giúp")])
        await client.start()
        assert client.updater
        await client.updater.start_polling(timeout=5)
        room.open_link(lan, "telegram", "https://t.me/nhacviec_bot?start=ABC-1")
        await until(lambda: room.heard(lan, "telegram"))
        [said] = room.heard(lan, "telegram")
        assert (said.text, [entity["type"] for entity in said.entities]) == ("Mã ABC-1", ["bold"])
        room.tap(lan, said.id, "done:7")
        await until(lambda: room.heard(lan, "telegram")[0].text == "Xong")
        room.send_file(lan, "telegram", "gốc.txt", "nội dung".encode(), "text/plain")
        await until(lambda: len(room.heard(lan, "telegram")) == 2)
        await client.updater.stop()
        await client.stop()
    answer = room.heard(lan, "telegram")[1]
    assert room.memory.content(answer.file).decode() == "nội dung"
    assert room.memory.files[answer.file].name == "lại.txt"
    assert room.toasts(lan) == ["Đã ghi nhận"]
    assert room.menu(lan) == [{"command": "help", "description": "Trợ giúp"}]
    assert room.mail["telegram"].waiting == []
    for call in room.calls_on("telegram"):
        assert schema.check_request(call["method"], call["params"], call["files"]) == [], call


async def test_python_telegram_bot_raises_the_error_each_answer_means(
    room: Room, app: Starlette, faults: FaultPlan, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    minh = room.add_person("Minh")
    async with ptb(app) as client:
        bot = client.bot
        with pytest.raises(Forbidden, match="can't initiate"):
            await bot.send_message(minh.telegram_id, "x")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(42, "x")
        faults.on(TooMany(retry_after=9), method="sendMessage")
        with pytest.raises(RetryAfter, match="9"):
            await bot.send_message(lan.telegram_id, "x")
        faults.on(Hang(), method="sendMessage")
        with pytest.raises(TimedOut):
            await bot.send_message(lan.telegram_id, "x", read_timeout=0.1)
        faults.on(Gateway(), method="sendMessage")
        with pytest.raises(Exception, match=r"Bad Gateway|502"):
            await bot.send_message(lan.telegram_id, "x")
        older = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.05)
        await bot.get_updates(timeout=0)
        with pytest.raises(Conflict):
            await older
    with pytest.raises(InvalidToken):
        await ptb(app, "110201543:other").bot.initialize()


async def test_telebot_polls_over_a_socket(room: Room, app: Starlette) -> None:
    lan = room.add_person("Lan")
    async with on_a_socket(app) as url:
        telebot.apihelper.API_URL = url + "/bot{0}/{1}"
        telebot.apihelper.FILE_URL = url + "/file/bot{0}/{1}"
        client = telebot.TeleBot(TELEGRAM_TOKEN, threaded=False)

        @client.message_handler(commands=["start"])
        def start(message: telebot.types.Message) -> None:
            keyboard = telebot.types.InlineKeyboardMarkup()
            keyboard.add(telebot.types.InlineKeyboardButton("Rồi", callback_data="k1"))
            client.send_message(message.chat.id, f"Chào {message.from_user.first_name}", reply_markup=keyboard)  # type: ignore[union-attr]

        @client.callback_query_handler(func=lambda query: True)
        def tapped(query: telebot.types.CallbackQuery) -> None:
            client.answer_callback_query(query.id, "Vâng")
            client.edit_message_text("Xong", query.message.chat.id, query.message.message_id)

        @client.message_handler(content_types=["document"])
        def document(message: telebot.types.Message) -> None:
            assert message.document
            path = client.get_file(message.document.file_id).file_path
            client.send_document(message.chat.id, client.download_file(path), visible_file_name="lại.pdf")  # type: ignore[arg-type]

        polling = asyncio.create_task(asyncio.to_thread(client.polling, timeout=2, long_polling_timeout=2))
        room.say(lan, "telegram", "/start")
        await until(lambda: room.heard(lan, "telegram"))
        room.tap(lan, room.heard(lan, "telegram")[0].id, "k1")
        await until(lambda: room.heard(lan, "telegram")[0].text == "Xong")
        room.send_file(lan, "telegram", "a.pdf", b"%PDF", "application/pdf")
        await until(lambda: len(room.heard(lan, "telegram")) == 2)
        client.stop_polling()
        await polling
        telebot.apihelper._get_req_session().close()
    assert room.memory.content(room.heard(lan, "telegram")[1].file) == b"%PDF"
    assert room.toasts(lan) == ["Vâng"]


@pytest.mark.parametrize("prefix", ["/zalo", "/zalo-strict"])
async def test_python_zalo_bot_talks_over_a_socket(room: Room, app: Starlette, zalo: Caller, lan: Person, prefix: str) -> None:
    async with on_a_socket(app) as url, zalo_bot.Bot(ZALO_TOKEN, base_url=url + prefix) as client:
        assert client._bot_user.id == (await zalo("getMe"))["id"]
        waiting = asyncio.create_task(client.get_update(timeout=5))
        await asyncio.sleep(0.05)
        said = room.say(lan, "zalo", "60 %")
        update = await waiting
        assert (update.message.text, update.message.message_id) == ("60 %", said.id)
        assert update.message.date.timestamp() == room.now().timestamp()
        assert update.effective_user.id == lan.zalo_id
        sent = await client.send_message(lan.zalo_id, "Đã ghi nhận 60 %")
        assert sent["message_id"] == room.heard(lan, "zalo")[0].id
        room.send_photo(lan, "zalo", bytes.fromhex("89504e470d0a1a0a0000000d4948445200000003000000020806000000"))
        assert (await client.get_update(timeout=5)).message.photo_url.startswith(url)
    assert [message.text for message in room.heard(lan, "zalo")] == ["Đã ghi nhận 60 %"]


@pytest.mark.parametrize("prefix", ["/zalo", "/zalo-strict"])
async def test_python_zalo_bot_meets_refusals_over_a_socket(app: Starlette, lan: Person, prefix: str) -> None:
    """Under HTTP 200 this client takes an error for nothing; under its own status it knows which one it is."""
    async with on_a_socket(app) as url:
        async with zalo_bot.Bot(ZALO_TOKEN, base_url=url + prefix) as client:
            assert await client.send_chat_action(lan.zalo_id, "typing") is None
            if prefix == "/zalo":
                assert await client.get_update(timeout=0) is None
                assert await client.send_message("42", "x") is None
            else:
                with pytest.raises(zalo_bot.error.NetworkError, match="408"):
                    await client.get_update(timeout=0)
                with pytest.raises(zalo_bot.error.BadRequest, match="chat_id is invalid"):
                    await client.send_message("42", "x")
        if prefix == "/zalo-strict":
            with pytest.raises(zalo_bot.error.InvalidToken):
                await zalo_bot.Bot("1:other", base_url=url + prefix).initialize()
