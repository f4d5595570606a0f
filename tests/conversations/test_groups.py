"""In a group nobody's data is shown and nothing is changed, whoever presses or asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from bot.chat.messages import ChatRef, Chose, Origin, PlatformName, Said
from bot.domain.people import Role
from handlers import table
from storage.store import Store
from tests.conversations.counter import Counter, local


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    connection = store.session.connection()
    names = inspect(connection).get_table_names()
    return {name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))] for name in sorted(names)}


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path, local(2026, 4, 16, 9))


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
@pytest.mark.parametrize("role", [Role.FOCAL, Role.COORDINATOR])
def test_no_command_shows_or_changes_anything_in_a_group(counter: Counter, platform: PlatformName, role: Role) -> None:
    who = counter.officer("Nguyễn Thị Hoa", "NV" if role is Role.COORDINATOR else "P5", platform, role)
    group = ChatRef(platform=platform, chat_id="-100200300")
    for number, name in enumerate(sorted(table.COMMANDS)):
        origin = Origin(
            key=f"g{number}", chat=group, user_id=who.user_id, private=False, mentioned=True, at=counter.now, display_name="x"
        )
        counter.ask(lambda store, o=origin, n=name: _handle(counter, store, Said(origin=o, text=f"/{n}")))
    told = counter.ask(lambda store: [row.body for row in _messages(store) if row.chat_id == group.chat_id])
    assert told, "whoever addresses the bot is told where to go"
    assert all("tin nhắn riêng" in body and "Phường" not in body and "Hoa" not in body for body in told)
    before = counter.ask(dump)
    changed = {
        name for name in before if name not in ("message", "guess", "audit") and name in _changed_by_groups(counter, who, group)
    }
    assert changed == set()


def test_a_button_of_a_private_chat_is_worth_nothing_in_a_group(counter: Counter) -> None:
    who = counter.officer("Trần Văn Minh", "P5", "telegram")
    who.says("/toi")
    key = who.button("Sửa tên").key
    origin = Origin(
        key="g",
        chat=ChatRef(platform="telegram", chat_id="-1"),
        user_id=who.user_id,
        private=False,
        mentioned=True,
        at=counter.now,
    )
    before = counter.ask(dump)
    counter.ask(lambda store: _handle(counter, store, Chose(origin=origin, token=key)))
    assert counter.ask(dump) == before


def _changed_by_groups(counter: Counter, who: object, group: ChatRef) -> set[str]:
    before = counter.ask(dump)
    origin = Origin(key="again", chat=group, user_id=who.user_id, private=False, mentioned=True, at=counter.now)  # type: ignore[attr-defined]
    for words in ("báo cáo", "12/14", "khó khăn", "gửi", "CCCD 079203012345"):
        counter.ask(lambda store, w=words: _handle(counter, store, Said(origin=origin, text=w)))
    after = counter.ask(dump)
    return {name for name in before if before[name] != after[name]}


def _handle(counter: Counter, store: Store, incoming: Said | Chose) -> None:
    from handlers import router

    router.handle(incoming, store, counter.around, counter.now)


def _messages(store: Store) -> list[object]:
    from storage.tables import MessageRow

    return list(store.session.scalars(select(MessageRow)))
