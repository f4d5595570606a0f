"""A room with chị Lan in it, and the bot's end of the line. Every answer Telegram's dialect gave is held against the schema."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from sandbox_line import TELEGRAM_TOKEN, ZALO_TOKEN, Caller, Clock, Line, check_answers
from starlette.applications import Starlette

from bot.sandbox.faults import FaultPlan
from bot.sandbox.records import Person
from bot.sandbox.room import Room
from bot.sandbox.server import make_app
from tests import beside, botapi


@pytest.fixture(scope="session")
def schema() -> Any:
    beside.need()
    return botapi.schema()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(clock: Clock, schema: Any) -> Iterator[Room]:
    room = Room(clock)
    yield room
    room.close()
    check_answers(room, schema)


@pytest.fixture
def faults() -> FaultPlan:
    return FaultPlan()


@pytest.fixture
def app(room: Room, faults: FaultPlan) -> Starlette:
    return make_app(room, None, telegram_token=TELEGRAM_TOKEN, zalo_token=ZALO_TOKEN, faults=faults)


@pytest.fixture
async def http(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=Line(app), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def telegram(http: httpx.AsyncClient) -> Caller:
    return Caller(http, f"/bot{TELEGRAM_TOKEN}")


@pytest.fixture
def zalo(http: httpx.AsyncClient) -> Caller:
    return Caller(http, f"/zalo/bot{ZALO_TOKEN}")


@pytest.fixture
def lan(room: Room) -> Person:
    """Has pressed Start on both, and the bot knows."""
    lan = room.add_person("Nguyễn Thị Lan")
    room.say(lan, "telegram", "/start")
    room.say(lan, "zalo", "xin chào")
    for mailbox in room.mail.values():
        mailbox.confirm(2**62)
    return lan
