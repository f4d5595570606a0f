"""A room comes back after a restart as it was left."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from sandbox_line import TELEGRAM_TOKEN, ZALO_TOKEN, Caller, Clock

from bot.sandbox.room import Room
from bot.sandbox.server import make_app


async def play(room: Room) -> tuple[Caller, httpx.AsyncClient]:
    app = make_app(room, None, telegram_token=TELEGRAM_TOKEN, zalo_token=ZALO_TOKEN)
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")
    return Caller(http, f"/bot{TELEGRAM_TOKEN}"), http


async def fill(room: Room) -> None:
    """Some of everything that can be remembered."""
    telegram, http = await play(room)
    lan = room.add_person("Nguyễn Thị Lan", role="Văn thư", key="lan")
    minh = room.add_person("Trần Văn Minh")
    room.say(lan, "telegram", "/start")
    room.say(lan, "telegram", "chờ em")
    room.say(lan, "zalo", "chưa đọc")
    [first, _] = await telegram("getUpdates")
    await telegram("getUpdates", offset=first["update_id"] + 1)
    keyboard = {"inline_keyboard": [[{"text": "Rồi", "callback_data": "k1"}]]}
    sent = await telegram(
        "sendMessage", chat_id=lan.telegram_id, text="<b>Xong</b> chưa?", parse_mode="HTML", reply_markup=keyboard
    )
    query = room.tap(lan, sent["message_id"], "k1")
    await telegram("answerCallbackQuery", callback_query_id=query.id, text="Đã ghi")
    await telegram("setMyCommands", commands=[{"command": "help", "description": "Trợ giúp"}])
    room.send_file(lan, "telegram", "a.pdf", b"%PDF", "application/pdf")
    group = room.add_group("telegram", "Phòng", [lan, minh])
    room.migrate(group)
    room.block(minh, "telegram")
    room.read(lan, "telegram")
    gone = await telegram("sendMessage", chat_id=lan.telegram_id, text="nhầm")
    await telegram("deleteMessage", chat_id=lan.telegram_id, message_id=gone["message_id"])
    await http.aclose()


def remembered(room: Room) -> dict[str, object]:
    names = ("people", "chats", "history", "files", "queues", "queries", "settings", "reactions", "numbers")
    return {name: getattr(room.memory, name) for name in names}


async def test_everything_comes_back(tmp_path: Path, clock: Clock) -> None:
    before = Room(clock, journal=tmp_path / "room.jsonl")
    await fill(before)
    before.close()
    after = Room(clock, journal=tmp_path / "room.jsonl")
    assert remembered(after) == remembered(before)
    lan = after.person("p1")
    [file] = after.memory.files.values()
    assert after.memory.content(file.id) == b"%PDF"
    telegram, http = await play(after)
    updates = await telegram("getUpdates")
    assert updates[0]["message"]["text"] == "chờ em"
    sent = await telegram("sendMessage", chat_id=lan.telegram_id, text="tiếp")
    assert sent["message_id"] == before.memory.numbers["message"] + 1
    await http.aclose()
    after.close()


async def test_a_torn_last_line_is_dropped_and_writing_goes_on_behind_it(tmp_path: Path, clock: Clock) -> None:
    journal = tmp_path / "room.jsonl"
    room = Room(clock, journal=journal)
    lan = room.add_person("Lan")
    room.say(lan, "zalo", "một")
    room.close()
    whole = journal.read_bytes()
    with journal.open("ab") as file:
        file.write('{"fact": "posted", "message": {"text": "hai, bị cắ'.encode()[:-1])
    again = Room(clock, journal=journal)
    assert journal.read_bytes() == whole
    again.say("p1", "zalo", "ba")
    again.close()
    third = Room(clock, journal=journal)
    assert [message.text for message in third.messages("p1", "zalo")] == ["một", "ba"]
    third.close()


async def test_every_cut_of_the_journal_leaves_a_room_that_opens(tmp_path: Path, clock: Clock) -> None:
    journal = tmp_path / "room.jsonl"
    room = Room(clock, journal=journal)
    await fill(room)
    room.close()
    whole = journal.read_bytes()
    for cut in range(0, len(whole), 97):
        journal.write_bytes(whole[:cut])
        Room(clock, journal=journal).close()


async def test_damage_in_the_middle_is_not_passed_over(tmp_path: Path, clock: Clock) -> None:
    journal = tmp_path / "room.jsonl"
    room = Room(clock, journal=journal)
    room.add_person("Lan")
    room.add_person("Minh")
    room.close()
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"{garbage\n" + lines[1])
    with pytest.raises(ValueError, match="line 1"):
        Room(clock, journal=journal)
