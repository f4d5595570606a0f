"""Part 5: broken, hostile and absurd updates, through translation, inbox and router: none may raise, and the chat goes on."""

from __future__ import annotations

import copy
import json
import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import SQLModel

from bot.channels import LIMITS
from bot.chat.messages import Attached, ChatRef
from bot.domain.people import Role
from bot.platforms import telegram_updates, zalo_updates
from handlers import intake, table
from handlers.router import Surroundings
from storage.database import PlainDatabase
from storage.store import Store
from tests.reliability import town
from tests.reliability.figures import Figure, most
from tests.reliability.swarm import SMALL

SEED = 5
NOW = datetime(2026, 4, 20, 2, 0, tzinfo=UTC)
US = telegram_updates.Self(id=700000001, username="nhacviec_bot")
AROUND = Surroundings(
    office=town.OFFICE, calendar=town.calendar(), limits=LIMITS, bot_links={"telegram": "https://t.me/x?start="}
)

PEOPLE = {1001: (Role.FOCAL, "P1"), 1002: (Role.FOCAL, "P2"), 1003: (Role.COORDINATOR, "NV"), 1009: None}
"""Two officers, Nội vụ, and a stranger."""

WORDS = (
    "giúp", "báo cáo", "bắt đầu", "lùi", "để sau", "bỏ qua", "gửi", "sửa câu 1", "sửa câu 99", "tiến độ", "tổng hợp", "không",
    "12", "12/14", "khoảng 8", "-5", "1e309", "99999999999999999999999", "1.250 lượt", "12,5 %", "05/5", "31/02", "2", "a)",
    "hủy",
    "vướng mắc", "đã gửi", "kế hoạch", "đổi người", "", " ", "\x00", "\u202e12", "🙂" * 50, "ế" * 3000, "<b>&</b>", "=1+1",
    "/start", "/start " + "a" * 26, "/start " + "x" * 64, "/", "//", "/tonghop 99999999999", "/sua 0", "/baocao -1", "\ud800",
    "\n\n\n",
    "'; DROP TABLE person; --", "0903 123 456", "Trần Thị Lan", "%s %d {0}", "../../etc/passwd",
)  # fmt: skip

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**31, 2**63, 2**64, 10**30, 1.5, float("1e308"), "", "x", "\x00", "\ud800", "ế" * 5000, [], [[]],
    {}, {"id": 1}, [{}], "1", "true",
)  # fmt: skip


def run(long: bool, say: Callable[[str], None], updates: int | None = None) -> list[Figure]:
    """Mutated updates of every kind the platforms send, and of kinds they do not."""
    total = updates if updates is not None else (200_000 if long else 5_000)
    logging.disable(logging.CRITICAL)
    try:
        return _run(total, say)
    finally:
        logging.disable(logging.NOTSET)


def _run(total: int, say: Callable[[str], None]) -> list[Figure]:
    dice = random.Random(SEED)
    database = PlainDatabase("sqlite://", LIMITS)
    SQLModel.metadata.create_all(database.engine)
    database.turn(_found)
    escaped: Counter[str] = Counter()
    unforeseen: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    stuck = 0
    now = NOW
    for number, raw in enumerate(_updates(dice, total, lambda: _keys(database)), start=1):
        now += timedelta(seconds=3)
        platform = "zalo" if "event_name" in raw else "telegram"
        key = str(raw.get("update_id", number)) if platform == "telegram" else f"z{number}"
        how, error = _one(database, platform, f"{key}-{number}", raw, now)
        ends[how] += 1
        if how == "escaped":
            escaped[error] += 1
            say(f"update {number}: {error}: {json.dumps(raw)[:300]}")
        elif how == "unforeseen":
            unforeseen[error] += 1
        if number % 250 == 0:
            # Whatever it did to the chats, a plain message in each of them is handled.
            for who in PEOPLE:
                ordinary, _ = _one(database, "telegram", f"ok-{number}-{who}", _message(number, who, text="giúp"), now)
                stuck += ordinary != "handled"
        if number % 2500 == 0:
            say(f"{number} of {total}: {dict(ends)}")
    left = database.turn(lambda store: store.inbox.waiting(now + timedelta(days=1)))
    database.close()
    part = f"fuzz, {total:,} updates, seed {SEED}"
    return [
        most(part, "exceptions out of a handler", sum(escaped.values()), 0),
        most(part, "exceptions translation did not announce", sum(unforeseen.values()), 0),
        most(part, "chats that did not go on", stuck, 0),
        most(part, "updates left behind", int(left is not None), 0),
        Figure(
            part=part,
            what="handled / set aside / not for us",
            reached=f"{ends['handled']} / {ends['set aside']} / {ends['nothing']}",
            required="each > 0",
            ok=all(ends[end] for end in ("handled", "set aside", "nothing")),
        ),
    ]


def _one(database: PlainDatabase, platform: str, key: str, raw: dict[str, Any], now: datetime) -> tuple[str, str]:
    """What became of one update: handled, nothing, set aside, unforeseen, escaped."""

    def translate(update: dict[str, Any]) -> Any:
        if platform == "zalo":
            return zalo_updates.translate(update, ("Bot Nhac Viec",), lambda: now)
        return telegram_updates.translate(update, US, lambda: now)

    try:
        first = translate(raw)
        lane = first.origin.chat.chat_id if first else ""
    except Exception:
        lane = ""
    database.turn(lambda store: store.inbox.add("zalo" if platform == "zalo" else "telegram", [(key, lane, raw)], now))
    received = database.turn(lambda store: intake.take(store, now))
    assert received is not None
    try:
        incoming = translate(received.raw)
    except Exception as error:
        problem = error
        database.turn(lambda store: intake.failed(store, received, problem, None, now, hopeless=True))
        announced = isinstance(error, ValueError | KeyError | TypeError)
        return ("set aside" if announced else "unforeseen"), type(error).__name__
    if incoming is None:
        database.turn(lambda store: store.inbox.done(received.id))
        return "nothing", ""
    assert not isinstance(incoming, Attached) or incoming.origin is not None
    try:
        database.turn(lambda store: intake.handle(store, received, incoming, AROUND, now))
    except Exception as error:
        problem = error
        database.turn(lambda store: intake.failed(store, received, problem, incoming, now, hopeless=True))
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f"{frame.tb_frame.f_code.co_filename.rpartition('/')[2]}:{frame.tb_lineno}" if frame else ""
        return "escaped", f"{type(error).__name__} at {where}: {error}"[:160]
    return "handled", ""


def _found(store: Store) -> None:
    plan_id, plan = store.plans.add(town.plan(SMALL), NOW)
    store.units.sync(plan.units)
    store.rounds.arm(plan_id, plan, town.YEAR, SMALL.start)
    for number, place in PEOPLE.items():
        if place is None:
            continue
        role, code = place
        unit = store.units.by_code(code)
        assert unit is not None
        person = store.people.add(name=f"Người {number}", honorific="anh", phone="", now=NOW)
        for platform in ("telegram", "zalo"):
            chat = ChatRef(platform=platform, chat_id=str(number) if platform == "telegram" else f"{number:020x}")  # type: ignore[arg-type]
            store.people.add_address(person.id, chat, chat.chat_id, NOW)
        seat = store.people.ask_seat(person_id=person.id, unit_id=unit.id, role=role, now=NOW)
        store.people.confirm(seat.id, by=None, now=NOW)


def _keys(database: PlainDatabase) -> list[str]:
    """Button keys that exist, own and foreign."""
    query = "SELECT key FROM button ORDER BY message_id DESC LIMIT 40"
    return [key for (key,) in database.turn(lambda store: store.session.connection().exec_driver_sql(query).all())]


def _updates(dice: random.Random, total: int, keys: Callable[[], list[str]]) -> Iterator[dict[str, Any]]:
    known: list[str] = []
    for number in range(1, total + 1):
        if number % 20 == 1:
            known = keys() or ["x"]
        raw = _ordinary(dice, number, known)
        for _ in range(dice.choice([0, 0, 1, 1, 1, 2, 4])):
            raw = _mutated(dice, raw)
        yield raw


def _ordinary(dice: random.Random, number: int, keys: list[str]) -> dict[str, Any]:
    who = dice.choice(list(PEOPLE))
    text = (
        dice.choice(WORDS)
        if dice.random() < 0.7
        else "/" + dice.choice(sorted(table.COMMANDS)) + dice.choice(["", " 1", " P1 A"])
    )
    file = {"file_id": "F", "file_unique_id": "U", "file_name": "a.pdf", "mime_type": "application/pdf", "file_size": 10}
    zalo = {
        "from": {"id": f"{who:020x}", "display_name": "N", "is_bot": False},
        "chat": {"id": f"{who:020x}", "chat_type": "PRIVATE"},
        "message_id": f"{number:x}",
        "date": int(NOW.timestamp() * 1000),
    }
    match dice.randrange(15):
        case 0 | 1 | 2 | 3:
            return _message(number, who, text=text)
        case 4:
            return {
                "update_id": number,
                "edited_message": {**_message(number, who, text=text)["message"], "edit_date": 1776650000},
            }
        case 5 | 6 | 7:
            message = _message(number, who, text="…")["message"]
            query = {"id": "9", "from": message["from"], "message": message, "chat_instance": "1", "data": dice.choice(keys)}
            return {"update_id": number, "callback_query": query}
        case 8:
            user = {"id": 700000001, "is_bot": True, "first_name": "B"}
            member = {**_message(number, who)["message"], "old_chat_member": {"user": user, "status": "member"}}
            return {"update_id": number, "my_chat_member": {**member, "new_chat_member": {"user": user, "status": "kicked"}}}
        case 9:
            return _message(number, who, document=file, caption=text)
        case 10:
            return _message(number, who, photo=[{**file, "width": 1, "height": 2}, {**file, "width": 9, "height": 9}])
        case 11:
            kind = dice.choice(["sticker", "voice", "location", "contact", "poll", "video_note", "dice", "venue"])
            return _message(number, who, **{kind: {"phone_number": "0903123456", "user_id": who, "first_name": "N"}})
        case 12:
            update = _message(
                number, who, text=f"@nhacviec_bot {text}", entities=[{"type": "mention", "offset": 0, "length": 13}]
            )
            update["message"]["chat"] = {"id": -100200300, "type": "supergroup", "title": "Nhóm"}
            return update
        case 13:
            return {"event_name": "message.text.received", "message": {**zalo, "text": text}}
        case _:
            kind = dice.choice(["image", "unsupported", "sticker", "voice"])
            return {"event_name": f"message.{kind}.received", "message": {**zalo, "photo_url": "http://x", "caption": text}}


def _message(number: int, who: int, **content: Any) -> dict[str, Any]:
    person = {"id": who, "is_bot": False, "first_name": "Người", "language_code": "vi"}
    chat = {"id": who, "type": "private", "first_name": "Người"}
    return {"update_id": number, "message": {"message_id": number, "from": person, "chat": chat, "date": 1776650000, **content}}


def _mutated(dice: random.Random, raw: dict[str, Any]) -> dict[str, Any]:
    """One thing is other than it should be."""
    changed = copy.deepcopy(raw)
    places = list(_places(changed))
    if not places:
        return changed
    holder, key = dice.choice(places)
    match dice.randrange(6):
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = dice.choice(ODD)
        case 3:
            other, at = dice.choice(places)
            holder[key] = copy.deepcopy(other[at])
        case 4 if isinstance(holder, dict):
            holder[dice.choice(["text", "date", "from", "chat", "entities", "sender_chat", "migrate_to_chat_id", "x"])] = (
                dice.choice(ODD)
            )
        case _:
            deep: Any = "x"
            for _ in range(dice.choice([5, 200])):
                deep = [deep] if dice.random() < 0.5 else {"a": deep}
            holder[key] = deep
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(entries):
        if key != "update_id":
            yield value, key
        yield from _places(inner)
