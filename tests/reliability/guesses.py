"""Part 6: somebody guesses invite codes, many accounts at once, for weeks of virtual time."""

from __future__ import annotations

import base64
import logging
import math
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import SQLModel

from bot.channels import LIMITS
from bot.chat.messages import ChatRef, Origin, Said
from bot.domain.people import Role
from handlers import router, strangers
from handlers.router import Surroundings
from storage.database import PlainDatabase
from storage.invites import Invites
from storage.store import Store
from tests.reliability import town
from tests.reliability.figures import Figure, least, most
from tests.reliability.swarm import SMALL

SEED = 6
INVITES = 500
ACCOUNTS = 60
EVERY = timedelta(seconds=5)


class Heard(logging.Handler):
    """When the alarm came: after how many guesses."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.guesses = 0
        self.first: int | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self.first is None and "guessing" in record.getMessage():
            self.first = self.guesses


def run(long: bool, say: Callable[[str], None], guesses: int | None = None) -> list[Figure]:
    """Through the router as far as time allows, the rest straight at the storage, which is what the router would ask."""
    total = guesses if guesses is not None else (10**6 if long else 10**5)
    routed = min(total, 20_000 if long else 2_000)
    dice = random.Random(SEED)
    database = PlainDatabase("sqlite://", LIMITS)
    SQLModel.metadata.create_all(database.engine)
    start = town.local(SMALL.start, 9)
    database.turn(lambda store: _found(store, start))
    alarm = Heard()
    log = logging.getLogger(strangers.__name__)
    log.addHandler(alarm)
    lookups = 0
    real = Invites.find

    def counted(self: Invites, code: str, now: datetime) -> object:
        nonlocal lookups
        lookups += 1
        return real(self, code, now)

    Invites.find = counted  # type: ignore[assignment,method-assign]
    hits = 0
    try:
        now = start
        around = Surroundings(office=town.OFFICE, calendar=town.calendar(), limits=LIMITS, bot_links={})
        for done in range(0, routed, 100):
            codes = [_code(dice) for _ in range(100)]

            def turn(store: Store, done: int = done, codes: list[str] = codes, now: datetime = now) -> None:
                for at, code in enumerate(codes):
                    alarm.guesses += 1
                    chat = ChatRef(platform="telegram", chat_id=str(7_000_000 + (done + at) % ACCOUNTS))
                    origin = Origin(key=str(done + at), chat=chat, user_id=chat.chat_id, at=now)
                    router.handle(Said(origin=origin, text=f"/start {code}"), store, around, now + EVERY * at)

            database.turn(turn)
            now += EVERY * 100
        hits += database.turn(lambda store: sum(store.dialogs.get(_chat(n)) is not None for n in range(ACCOUNTS)))
        say(f"{routed} guesses through the router in {(now - start).days} days of virtual time, {lookups} looked up")
    finally:
        Invites.find = real  # type: ignore[method-assign]
        log.removeHandler(alarm)
    for done in range(routed, total, 5000):
        many = min(5000, total - done)
        hits += database.turn(lambda store: sum(store.invites.find(_code(dice), start) is not None for _ in range(many)))
    valid = database.turn(lambda store: store.invites.find(_CODES[0], start) is not None)
    database.close()
    hours, days = (now - start) / timedelta(hours=1), (now - start) / timedelta(days=1)
    allowed = strangers.WRONG_AN_HOUR * math.ceil(hours) + ACCOUNTS * math.ceil(days)
    part = f"guesses, {total:,} ({routed:,} through the router), {INVITES} live codes, seed {SEED}"
    return [
        most(part, "hits", hits, 0),
        least(part, "live codes still found by their owner", int(valid), 1),
        most(part, f"codes looked up: {strangers.WRONG_AN_HOUR} an hour, first ones always", lookups, allowed),
        most(part, "guesses until the alarm", alarm.first if alarm.first is not None else float("inf"), 50),
    ]


_CODES: list[str] = []


def _found(store: Store, now: datetime) -> None:
    _, plan = store.plans.add(town.plan(SMALL), now)
    store.units.sync(plan.units)
    unit = store.units.all()[0]
    _CODES[:] = [store.invites.create(unit_id=unit.id, role=Role.FOCAL, by=None, now=now) for _ in range(INVITES)]


def _chat(number: int) -> ChatRef:
    return ChatRef(platform="telegram", chat_id=str(7_000_000 + number))


def _code(dice: random.Random) -> str:
    """Well formed and at random."""
    return base64.b32encode(dice.randbytes(16)).decode().rstrip("=").lower()
