"""Raw Telegram updates as facts: every kind has a meaning, and no malformed one can do more than be refused."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.messages import Attached, Chose, Other, Reachability, RemoteFile, Said
from bot.platforms.telegram_updates import Self, translate

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
US = Self(id=123456789, username="nhacviec_bot")
LAN: dict[str, Any] = {"id": 1001, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn", "language_code": "vi"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Lan"}
GROUP = {"id": -1001234567890123, "type": "supergroup", "title": "UBND"}
PDF = {
    "file_id": "BQAC",
    "file_unique_id": "AgAD",
    "file_name": "báo cáo.pdf",
    "mime_type": "application/pdf",
    "file_size": 1024,
}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"update_id": 7, "message": {"message_id": 1, "date": 1763863200, "chat": chat, "from": LAN, **content}}


def mention(offset: int, length: int, kind: str = "mention", **more: Any) -> list[dict[str, Any]]:
    return [{"type": kind, "offset": offset, "length": length, **more}]


def read(raw: dict[str, Any]) -> Any:
    return translate(raw, US, lambda: NOW)


def test_a_private_text_is_said() -> None:
    said = read(message(text="Đã có ạ 😀"))
    assert isinstance(said, Said)
    assert (said.text, said.edited) == ("Đã có ạ 😀", False)
    origin = said.origin
    assert (origin.key, str(origin.chat), origin.user_id, origin.private, origin.mentioned) == (
        "7",
        "telegram:1001",
        "1001",
        True,
        True,
    )
    assert origin.at == datetime(2025, 11, 23, 2, 0, tzinfo=UTC)
    assert origin.display_name == "Lan Nguyễn"


def test_an_edited_text_says_so_and_when() -> None:
    raw = message(text="61")
    raw = {"update_id": 8, "edited_message": raw["message"] | {"edit_date": 1763863260}}
    said = read(raw)
    assert isinstance(said, Said)
    assert said.edited
    assert said.origin.at == datetime(2025, 11, 23, 2, 1, tzinfo=UTC)


def test_a_moving_live_location_is_not_answered_at_every_step() -> None:
    raw = message(location={"latitude": 1, "longitude": 2})
    assert isinstance(read(raw), Other)
    assert read({"update_id": 8, "edited_message": raw["message"]}) is None


def test_a_tap_is_chosen_now_even_on_a_message_too_old_to_see() -> None:
    old = {"chat": PRIVATE, "message_id": 5, "date": 0}
    chose = read(
        {"update_id": 9, "callback_query": {"id": "1", "from": LAN, "chat_instance": "x", "message": old, "data": "k1"}}
    )
    assert isinstance(chose, Chose)
    assert (chose.token, chose.origin.at, chose.origin.chat.chat_id) == ("k1", NOW, "1001")


@pytest.mark.parametrize("kind", ["document", "video", "audio"])
def test_a_file_is_attached_with_its_caption(kind: str) -> None:
    attached = read(message(caption="đây ạ", **{kind: PDF}))
    assert isinstance(attached, Attached)
    assert attached.caption == "đây ạ"
    assert attached.file == RemoteFile(ref="BQAC", unique="AgAD", name="báo cáo.pdf", mime="application/pdf", size=1024)


def test_of_a_photo_the_largest_size_is_taken() -> None:
    sizes = [{"file_id": f"f{w}", "file_unique_id": f"u{w}", "width": w, "height": w} for w in (90, 1280, 320)]
    attached = read(message(photo=sizes))
    assert isinstance(attached, Attached)
    assert attached.file == RemoteFile(ref="f1280", unique="u1280", mime="image/jpeg")


@pytest.mark.parametrize("kind", ["voice", "video_note", "sticker", "location", "poll", "dice", "venue"])
def test_anything_else_a_person_sends_is_other(kind: str) -> None:
    other = read(message(**{kind: {}}))
    assert isinstance(other, Other)
    assert other.kind == kind


def test_a_shared_number_counts_only_if_it_is_the_senders_own() -> None:
    own = read(message(contact={"phone_number": "+84912345678", "first_name": "Lan", "user_id": 1001}))
    assert isinstance(own, Said)
    assert own.text == "+84912345678"
    for user in ({"user_id": 1002}, {}):
        assert isinstance(read(message(contact={"phone_number": "+84912345678", "first_name": "Minh", **user})), Other)


def test_blocking_and_unblocking() -> None:
    for status, reachable in (("kicked", False), ("left", False), ("member", True), ("administrator", True)):
        raw = {"chat": PRIVATE, "from": LAN, "date": 1763863200, "old_chat_member": {}, "new_chat_member": {"status": status}}
        change = read({"update_id": 9, "my_chat_member": raw})
        assert isinstance(change, Reachability)
        assert change.reachable is reachable


@pytest.mark.parametrize(
    ("text", "entities", "kept", "mentioned"),
    [
        ("@nhacviec_bot tình hình?", mention(0, 13), "tình hình?", True),
        ("😀 @NhacViec_Bot  tình hình?", mention(3, 13), "😀 tình hình?", True),
        ("/tonghop@nhacviec_bot xa", mention(0, 21, "bot_command"), "/tonghop xa", True),
        ("/tonghop", mention(0, 8, "bot_command"), "/tonghop", True),
        ("/tonghop@other_bot", mention(0, 18, "bot_command"), "/tonghop@other_bot", False),
        ("@other_bot xin chào", mention(0, 10), "@other_bot xin chào", False),
        ("Trợ lý ơi", mention(0, 6, "text_mention", user={"id": 123456789}), "ơi", True),
        ("chào cả nhà", None, "chào cả nhà", False),
        ("gửi @nhacviec_bot", mention(90, 13), "gửi @nhacviec_bot", False),
    ],
)
def test_a_group_is_heard_when_it_speaks_to_us(text: str, entities: Any, kept: str, mentioned: bool) -> None:
    said = read(message(GROUP, text=text, **({"entities": entities} if entities else {})))
    assert isinstance(said, Said)
    assert (said.text, said.origin.mentioned, said.origin.private) == (kept, mentioned, False)
    assert said.origin.chat.chat_id == "-1001234567890123"


def test_a_reply_to_us_is_meant_for_us() -> None:
    for author, mentioned in ((123456789, True), (5, False)):
        said = read(message(GROUP, text="2", reply_to_message={"from": {"id": author}}))
        assert said.origin.mentioned is mentioned


def test_a_mention_in_a_caption_counts_too() -> None:
    attached = read(message(GROUP, document=PDF, caption="@nhacviec_bot biên bản", caption_entities=mention(0, 13)))
    assert isinstance(attached, Attached)
    assert (attached.caption, attached.origin.mentioned) == ("biên bản", True)


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1, "channel_post": {"message_id": 1}},
        {"update_id": 1, "poll": {}},
        {"update_id": 1},
        message({"id": -100, "type": "channel"}, text="x"),
        message(GROUP, text="ẩn danh", sender_chat={"id": -100}),
        message(text="x") | {"message": message(text="x")["message"] | {"from": LAN | {"is_bot": True}}},
        message(GROUP, new_chat_members=[LAN]),
        message(GROUP, pinned_message={}),
        {"update_id": 1, "callback_query": {"id": "1", "from": LAN, "inline_message_id": "z", "data": "k"}},
    ],
)
def test_what_is_none_of_ours_is_nothing(raw: dict[str, Any]) -> None:
    assert read(raw) is None


def test_a_message_without_a_sender_is_nothing() -> None:
    raw = message(GROUP, text="x")
    del raw["message"]["from"]
    assert read(raw) is None


def test_a_group_that_moves_is_told_apart() -> None:
    moved = read(message({"id": -5, "type": "group"}, migrate_to_chat_id=-1001234567890123))
    assert isinstance(moved, Other)
    assert moved.kind == "migrate_to_chat_id"


SAMPLES = [
    message(text="Đã có", entities=mention(0, 3)),
    message(GROUP, text="@nhacviec_bot xin", entities=mention(0, 13), reply_to_message={"from": LAN}),
    message(document=PDF, caption="x", caption_entities=mention(0, 1)),
    message(photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 2}]),
    message(contact={"phone_number": "1", "first_name": "L", "user_id": 1001}),
    {"update_id": 2, "edited_message": message(text="x")["message"] | {"edit_date": 1}},
    {
        "update_id": 3,
        "callback_query": {"id": "1", "from": LAN, "message": {"chat": PRIVATE, "message_id": 1, "date": 0}, "data": "k"},
    },
    {"update_id": 4, "my_chat_member": {"chat": PRIVATE, "from": LAN, "date": 1, "new_chat_member": {"status": "kicked"}}},
]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**30, -(10**18), 2**63]),
    st.floats(),
    st.text(),
    st.just("\ud800"),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["id", "type", "x"]), st.integers() | st.text(), max_size=3),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for name, below in inside for deeper in places(below, (*path, name)))]


@given(data=st.data(), raw=st.sampled_from(SAMPLES))
@settings(max_examples=1200, deadline=None)
def test_a_mutated_update_is_a_fact_or_refused(data: st.DataObject, raw: dict[str, Any]) -> None:
    mutant: Any = copy.deepcopy(raw)
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from([path for path in places(mutant) if path] or [("update_id",)]))
        holder = mutant
        for step in way:
            holder = holder[step]
        if data.draw(st.booleans()) and isinstance(holder, dict):
            del holder[last]
        else:
            holder[last] = data.draw(JUNK)
        if not mutant:
            break
    try:
        fact = read(mutant)
    except (ValueError, KeyError, TypeError):
        return
    if fact is not None:
        json.dumps(fact.origin.chat.chat_id + fact.origin.user_id + fact.origin.display_name).encode()
        getattr(fact, "text", "").encode("utf-8")  # no broken surrogate gets as far as the database
        assert fact.origin.at.tzinfo is UTC
