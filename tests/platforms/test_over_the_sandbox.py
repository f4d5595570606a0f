"""Both adapters against the sandbox: in-process over ASGI, and over a real socket where the line itself must break."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.chat.choices import pick, pieces
from bot.chat.messages import Attached, ChatRef, Choice, Chose, Incoming, Menu, MenuEntry, OutFile, Outgoing, Reachability, Said
from bot.chat.platform import BadToken, Delivered, NotSent, Piece, Platform, SecondPoller, Uncertain, Unreachable
from bot.platforms.polling import Backoff
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo
from bot.sandbox.faults import FaultPlan, Gateway, Malformed, Repeat, Reset, TooMany
from bot.sandbox.records import Person
from bot.sandbox.room import Room
from bot.sandbox.server import make_app, serve
from bot.texts import general

TELEGRAM_TOKEN = "123456789:AAEsandboxSandboxSandboxSandbox00"
ZALO_TOKEN = "987654321:zalo-sandbox"
YES_NO = ((Choice(label="Đã có", action=("yes",), key="k-yes"), Choice(label="Chưa có", action=("no",), key="k-no")),)


@dataclass
class Town:
    """One room, two adapters looking at it, and chị Lan who has both apps."""

    room: Room
    faults: FaultPlan
    telegram: Telegram
    zalo: Zalo
    lan: Person
    files: Path
    transport: httpx.AsyncBaseTransport | None
    url: str
    stored: dict[str, list[str]] = field(default_factory=dict)

    def chat(self, adapter: Platform) -> ChatRef:
        return ChatRef(platform=adapter.name, chat_id=str(self.lan.on(adapter.name)))

    async def hear(self, adapter: Platform, many: int = 1) -> list[tuple[str, dict[str, Any]]]:
        """The next updates never heard before, as the inbox would store them: what was not confirmed comes again."""
        heard: list[tuple[str, dict[str, Any]]] = []
        stored = self.stored.setdefault(adapter.name, [])
        updates = adapter.updates(stored[-1] if stored else None)
        async with asyncio.timeout(10):
            while len(heard) < many:
                new = [(key, raw) for key, raw in await anext(updates) if key not in stored]
                heard += new
                stored += [key for key, _ in new]
        await updates.aclose()  # type: ignore[attr-defined]
        return heard

    async def hear_one(self, adapter: Platform) -> tuple[Incoming, dict[str, Any]]:
        ((_, raw),) = await self.hear(adapter)
        fact = adapter.translate(raw)
        assert fact is not None
        return fact, raw

    def another_telegram(self) -> Telegram:
        return Telegram(
            TELEGRAM_TOKEN,
            files_root=self.files,
            api_url=self.url,
            poll_timeout=1,
            conflict_patience=0.4,
            transport=self.transport,
            backoff=lambda: Backoff(0.02, 0.1),
        )


def town_of(room: Room, faults: FaultPlan, files: Path, transport: httpx.AsyncBaseTransport | None, url: str) -> Town:
    zalo = Zalo(
        ZALO_TOKEN,
        api_url=f"{url}/zalo",
        poll_timeout=1,
        poll_spacing=0.01,
        conflict_patience=0.4,
        transport=transport,
        backoff=lambda: Backoff(0.02, 0.1),
    )
    lan = room.add_person("Lan")
    town = Town(room=room, faults=faults, telegram=None, zalo=zalo, lan=lan, files=files, transport=transport, url=url)  # type: ignore[arg-type]
    town.telegram = town.another_telegram()
    return town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    room, faults = Room(lambda: datetime.now(UTC)), FaultPlan()
    app = make_app(room, None, telegram_token=TELEGRAM_TOKEN, zalo_token=ZALO_TOKEN, faults=faults)
    town = town_of(room, faults, tmp_path, httpx.ASGITransport(app), "http://127.0.0.1:8765")
    yield town
    await town.telegram.stop()
    await town.zalo.stop()
    room.close()


@pytest.fixture
async def town_on_a_socket(tmp_path: Path) -> AsyncIterator[Town]:
    room, faults = Room(lambda: datetime.now(UTC)), FaultPlan()
    app = make_app(room, None, telegram_token=TELEGRAM_TOKEN, zalo_token=ZALO_TOKEN, faults=faults)
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(app, "127.0.0.1", 0, on_ready=port.set_result))
    town = town_of(room, faults, tmp_path, None, f"http://127.0.0.1:{await port}")
    yield town
    await town.telegram.stop()
    await town.zalo.stop()
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def test_both_know_themselves(town: Town) -> None:
    telegram, zalo = await town.telegram.start(), await town.zalo.start()
    assert (telegram.user_id, telegram.link_base) == ("123456789", "https://t.me/nhacviec_bot?start=")
    assert (zalo.name, zalo.link_base) == ("Bot Nhac Viec", "")


async def test_a_foreign_token_is_a_bad_token(town: Town) -> None:
    strangers: list[Platform] = [
        Telegram("1:x", files_root=town.files, api_url=town.url, transport=town.transport),
        Zalo("1:x", api_url=f"{town.url}/zalo", transport=town.transport),
        Zalo("1:x", api_url=f"{town.url}/zalo-strict", transport=town.transport),
    ]
    for stranger in strangers:
        with pytest.raises(BadToken):
            await stranger.start()
        await stranger.stop()


@pytest.mark.parametrize("name", ["telegram", "zalo"])
async def test_words_go_both_ways(town: Town, name: str) -> None:
    adapter: Platform = getattr(town, name)
    await adapter.start()
    town.room.say(town.lan, adapter.name, "Chào em 😀")
    said, raw = await town.hear_one(adapter)
    assert isinstance(said, Said)
    assert (said.text, said.origin.chat, said.origin.private) == ("Chào em 😀", town.chat(adapter), True)
    assert abs((datetime.now(UTC) - said.origin.at).total_seconds()) < 5
    await adapter.acknowledge(raw)

    assert isinstance(
        await adapter.deliver(Piece(chat=said.origin.chat, message=Outgoing(text="Em chào chị <Lan> & _cả_ nhà"))), Delivered
    )
    assert [message.text for message in town.room.heard(town.lan, adapter.name)] == ["Em chào chị <Lan> & _cả_ nhà"]


@pytest.mark.parametrize("name", ["telegram", "zalo"])
async def test_a_long_poll_answers_the_moment_somebody_writes(town: Town, name: str) -> None:
    adapter: Platform = getattr(town, name)
    waiting = asyncio.create_task(town.hear_one(adapter))
    await asyncio.sleep(1.3)  # longer than one quiet poll
    assert not waiting.done()
    town.room.say(town.lan, adapter.name, "muộn")
    said, _ = await asyncio.wait_for(waiting, 1)
    assert isinstance(said, Said)


async def test_a_button_is_tapped_acknowledged_and_edited_away(town: Town) -> None:
    bot = town.telegram
    town.room.say(town.lan, "telegram", "/start")
    await town.hear_one(bot)
    (piece,) = pieces(Outgoing(text="Đã họp chưa?", choices=YES_NO), town.chat(bot), bot.limits, None)
    asked = await bot.deliver(piece)
    assert isinstance(asked, Delivered)

    town.room.tap(town.lan, asked.message_id, "k-no")
    chose, raw = await town.hear_one(bot)
    assert isinstance(chose, Chose)
    assert (chose.token, chose.origin.chat) == ("k-no", town.chat(bot))
    assert town.room.unanswered(town.lan)
    await bot.acknowledge(raw)
    assert not town.room.unanswered(town.lan)

    for _ in range(2):  # the second changes nothing, which is no failure
        (edit,) = pieces(Outgoing(text="Đã ghi: chưa có.", edits=True), town.chat(bot), bot.limits, asked.message_id)
        assert await bot.deliver(edit) == asked
    (message,) = town.room.heard(town.lan, "telegram")
    assert (message.text, message.buttons) == ("Đã ghi: chưa có.", ())

    (lost,) = pieces(Outgoing(text="Đã ghi.", edits=True), town.chat(bot), bot.limits, "999999")
    again = await bot.deliver(lost)
    assert isinstance(again, Delivered)
    assert again != asked
    assert [message.text for message in town.room.heard(town.lan, "telegram")] == ["Đã ghi: chưa có.", "Đã ghi."]


async def test_on_zalo_the_same_question_is_a_list_answered_by_number(town: Town) -> None:
    bot = town.zalo
    town.room.say(town.lan, "zalo", "chào")
    await town.hear_one(bot)
    question = Outgoing(text="Đã họp chưa?", choices=YES_NO, hint="Trả lời bằng số.", edits=True)
    for piece in pieces(question, town.chat(bot), bot.limits, "123"):
        assert isinstance(await bot.deliver(piece), Delivered)
    assert town.room.heard(town.lan, "zalo")[0].text == "Đã họp chưa?\n\n1) Đã có\n2) Chưa có\nTrả lời bằng số."

    town.room.say(town.lan, "zalo", "2 ạ")
    said, _ = await town.hear_one(bot)
    assert isinstance(said, Said)
    assert pick(said.text, question.offered, question.marks) == YES_NO[0][1]


async def test_a_long_text_arrives_whole_on_both(town: Town) -> None:
    text = "\n\n".join(f"Đoạn {number}: " + "báo cáo kết quả thực hiện 😀. " * 20 for number in range(20))
    adapters: list[Platform] = [town.telegram, town.zalo]
    for adapter in adapters:
        town.room.say(town.lan, adapter.name, "chào")
        for piece in pieces(Outgoing(text=text), town.chat(adapter), adapter.limits, None):
            assert isinstance(await adapter.deliver(piece), Delivered)
        heard = town.room.heard(town.lan, adapter.name)
        assert len(heard) > 2
        assert "".join("".join(message.text for message in heard).split()) == "".join(text.split())


async def test_a_full_message_still_fits_behind_the_words_that_mark_a_repetition(town: Town) -> None:
    again = general.repeated("")
    (town.files / "a").write_bytes(b"x")
    adapters: list[Platform] = [town.telegram, town.zalo]
    for adapter in adapters:
        town.room.say(town.lan, adapter.name, "chào")
        full = again + "x" * adapter.limits.text
        assert isinstance(await adapter.deliver(Piece(chat=town.chat(adapter), message=Outgoing(text=full))), Delivered)
    caption = again + "x" * town.telegram.limits.caption
    message = Outgoing(text=caption, file=OutFile(path="a", name="a"))
    assert isinstance(await town.telegram.deliver(Piece(chat=town.chat(town.telegram), message=message)), Delivered)


async def test_an_edited_answer_is_a_second_saying(town: Town) -> None:
    first = town.room.say(town.lan, "telegram", "60")
    await town.hear_one(town.telegram)
    town.room.edit_message(town.lan, first.id, "61")
    said, _ = await town.hear_one(town.telegram)
    assert isinstance(said, Said)
    assert (said.text, said.edited) == ("61", True)


async def test_files_come_down_and_go_up_on_telegram(town: Town) -> None:
    content = b"%PDF-1.7 bi\xc3\xaan b\xe1\xba\xa3n" * 1000
    town.room.send_file(town.lan, "telegram", "biên bản.pdf", content, "application/pdf", caption="đây ạ")
    attached, _ = await town.hear_one(town.telegram)
    assert isinstance(attached, Attached)
    assert attached.file is not None
    assert (attached.file.name, attached.file.mime, attached.caption) == ("biên bản.pdf", "application/pdf", "đây ạ")
    assert await town.telegram.fetch(attached.file) == content

    (town.files / "tổng hợp.xlsx").write_bytes(b"PK\x03\x04" * 500)
    file = OutFile(path="tổng hợp.xlsx", name="Tổng hợp tháng 11.xlsx")
    for piece in pieces(
        Outgoing(text="Bảng tổng hợp", file=file, choices=YES_NO), town.chat(town.telegram), town.telegram.limits, None
    ):
        assert isinstance(await town.telegram.deliver(piece), Delivered)
    (message,) = town.room.heard(town.lan, "telegram")
    assert (message.kind, message.text) == ("document", "Bảng tổng hợp")
    assert message.buttons
    stored = town.room.memory.files[message.file]
    assert stored.name == "Tổng hợp tháng 11.xlsx"
    assert town.room.memory.content(message.file) == b"PK\x03\x04" * 500


async def test_zalo_hands_over_pictures_but_not_documents(town: Town) -> None:
    from bot.sandbox.room import STICKER

    town.room.send_photo(town.lan, "zalo", STICKER, caption="ảnh hội nghị")
    picture, _ = await town.hear_one(town.zalo)
    assert isinstance(picture, Attached)
    assert picture.file is not None
    assert picture.caption == "ảnh hội nghị"
    assert await town.zalo.fetch(picture.file) == STICKER

    town.room.send_file(town.lan, "zalo", "biên bản.pdf", b"%PDF", "application/pdf")
    document, _ = await town.hear_one(town.zalo)
    assert isinstance(document, Attached)
    assert document.file is None


async def test_who_blocks_us_is_unreachable_until_they_come_back(town: Town) -> None:
    town.room.say(town.lan, "telegram", "chào")
    town.room.say(town.lan, "zalo", "chào")
    await town.hear_one(town.telegram)
    adapters: list[Platform] = [town.telegram, town.zalo]
    for adapter in adapters:
        town.room.block(town.lan, adapter.name)
        assert isinstance(await adapter.deliver(Piece(chat=town.chat(adapter), message=Outgoing(text="x"))), Unreachable)
    blocked, _ = await town.hear_one(town.telegram)
    assert isinstance(blocked, Reachability)
    assert not blocked.reachable
    town.room.unblock(town.lan, "telegram")
    back, _ = await town.hear_one(town.telegram)
    assert isinstance(back, Reachability)
    assert back.reachable


async def test_who_never_wrote_cannot_be_written_to(town: Town) -> None:
    outcome = await town.telegram.deliver(Piece(chat=town.chat(town.telegram), message=Outgoing(text="x")))
    assert isinstance(outcome, Unreachable)


async def test_a_group_that_moved_tells_where_to(town: Town) -> None:
    await town.telegram.start()
    group = town.room.add_group("telegram", "UBND xã", [town.lan])
    await town.hear(town.telegram)
    town.room.say(town.lan, "telegram", "@nhacviec_bot tình hình?", in_group=group)
    said, _ = await town.hear_one(town.telegram)
    assert isinstance(said, Said)
    assert (said.text, said.origin.private, said.origin.mentioned) == ("tình hình?", False, True)

    moved = town.room.migrate(group)
    outcome = await town.telegram.deliver(
        Piece(chat=ChatRef(platform="telegram", chat_id=group.id), message=Outgoing(text="x"))
    )
    assert outcome == NotSent(reason="the group moved", moved_to=moved.id)


async def test_the_menu_of_a_chat(town: Town) -> None:
    town.room.say(town.lan, "telegram", "/start")
    chat = town.chat(town.telegram)
    await town.telegram.show_menu(chat, Menu(entries=(MenuEntry(command="viec", description="Việc của tôi"),)))
    assert town.room.menu(town.lan) == [{"command": "viec", "description": "Việc của tôi"}]
    await town.telegram.show_menu(chat, Menu())
    assert town.room.menu(town.lan) == []


async def test_what_was_not_confirmed_comes_again(town: Town) -> None:
    for text in ("một", "hai", "ba"):
        town.room.say(town.lan, "telegram", text)
    updates = town.telegram.updates(None)
    first = await anext(updates)  # … and here the process dies, having stored only the first
    await updates.aclose()  # type: ignore[attr-defined]
    again = await anext(town.another_telegram().updates(first[0][0]))
    assert [raw["message"]["text"] for _, raw in again] == ["hai", "ba"]


async def test_a_malformed_update_wedges_nobody(town: Town) -> None:
    town.faults.on(Malformed(), platform="telegram", method="getUpdates")
    town.faults.on(Malformed(raw={"message": 5}), platform="telegram", method="getUpdates", skip=1)
    town.room.say(town.lan, "telegram", "sau lỗi")
    heard = await town.hear(town.telegram, 3)
    texts = []
    for _, raw in heard:
        try:
            fact = town.telegram.translate(raw)
        except (ValueError, KeyError, TypeError):
            continue
        texts.append(getattr(fact, "text", None))
    assert texts == ["sau lỗi"]


@pytest.mark.parametrize("name", ["telegram", "zalo"])
async def test_a_repetition_carries_the_same_key(town: Town, name: str) -> None:
    adapter: Platform = getattr(town, name)
    town.faults.on(Repeat(), platform=adapter.name, method="getUpdates", skip=1)
    town.room.say(town.lan, adapter.name, "một")
    updates = adapter.updates(None)
    async with asyncio.timeout(5):
        first, again = await anext(updates), await anext(updates)
    assert first == again
    await updates.aclose()  # type: ignore[attr-defined]


async def test_two_readers_notice_each_other(town: Town) -> None:
    one, two = town.another_telegram(), town.another_telegram()
    readers: list[asyncio.Task[Any]] = [asyncio.create_task(anext(reader.updates(None))) for reader in (one, two)]  # type: ignore[arg-type]
    done, pending = await asyncio.wait(readers, timeout=15, return_when=asyncio.FIRST_EXCEPTION)
    assert any(isinstance(reader.exception(), SecondPoller) for reader in done)
    for reader in pending:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)


@pytest.mark.parametrize("name", ["telegram", "zalo"])
async def test_a_flood_limit_and_a_gateway_error(town: Town, name: str) -> None:
    adapter: Platform = getattr(town, name)
    town.room.say(town.lan, adapter.name, "chào")
    town.faults.on(TooMany(retry_after=5), platform=adapter.name, method="sendMessage")
    town.faults.on(Gateway(), platform=adapter.name, method="sendMessage")
    piece = Piece(chat=town.chat(adapter), message=Outgoing(text="x"))
    flooded = await adapter.deliver(piece)
    assert isinstance(flooded, NotSent)
    assert flooded.everyone
    assert flooded.after is not None
    assert flooded.after.total_seconds() == (5 if name == "telegram" else 60)
    assert isinstance(await adapter.deliver(piece), Uncertain)


@pytest.mark.parametrize("name", ["telegram", "zalo"])
async def test_a_line_that_breaks_is_uncertain_whether_or_not_it_arrived(town_on_a_socket: Town, name: str) -> None:
    town = town_on_a_socket
    adapter: Platform = getattr(town, name)
    town.room.say(town.lan, adapter.name, "chào")
    piece = Piece(chat=town.chat(adapter), message=Outgoing(text="x"))
    for delivered in (True, False):
        town.faults.on(Reset(delivered=delivered), platform=adapter.name, method="sendMessage")
        assert isinstance(await adapter.deliver(piece), Uncertain)
    assert len(town.room.heard(town.lan, adapter.name)) == 1
    assert isinstance(await adapter.deliver(piece), Delivered)


@pytest.mark.parametrize("name", ["telegram", "zalo"])
async def test_a_poll_goes_on_after_the_line_broke(town_on_a_socket: Town, name: str) -> None:
    town = town_on_a_socket
    adapter: Platform = getattr(town, name)
    for _ in range(3):
        town.faults.on(Reset(delivered=False), platform=adapter.name, method="getUpdates")
    town.room.say(town.lan, adapter.name, "vẫn nghe")
    said, _ = await town.hear_one(adapter)
    assert isinstance(said, Said)
    assert said.text == "vẫn nghe"
