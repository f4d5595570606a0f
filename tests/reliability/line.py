"""Both platforms as one seeded stand-in: what people really saw, and every way a line can fail."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from telegram import error

from bot.chat.messages import ChatRef, PlatformName
from bot.chat.platform import Delivered, Outcome, Piece
from bot.platforms import failures
from storage.outbox import Claimed


@dataclass(frozen=True, kw_only=True)
class Weather:
    """How bad it gets in one seed: each seed draws its own, so that rare faults meet each other somewhere (swarm testing)."""

    latency: float
    hung: float  # delivered, but no answer came
    lost: float  # not delivered, and no answer came
    gateway: float  # 502, delivered or not
    refused: float  # no connection
    too_many: float  # 429
    longest_pause: float  # seconds a 429 may ask for
    wrong: float  # 400: the request is not acceptable
    twice: float  # an update is handed out again
    malformed: float  # an update nobody can read
    crash: float  # at each fault point
    outages: int
    longest_outage: float  # hours
    handovers: float  # a unit and month
    blocks: float  # a person and month
    moves: int  # moved due dates
    snoozes: float
    paper: float
    impatient: float  # a person and outage: types the same many times over, and all of it comes at once

    @classmethod
    def drawn(cls, dice: random.Random) -> Weather:
        return cls(
            latency=dice.choice([0.05, 0.2, 0.8, 3.0]),
            hung=dice.choice([0, 0.002, 0.02, 0.08]),
            lost=dice.choice([0, 0.002, 0.02, 0.06]),
            gateway=dice.choice([0, 0.005, 0.03]),
            refused=dice.choice([0, 0.005, 0.05]),
            too_many=dice.choice([0, 0.002, 0.01, 0.03]),
            longest_pause=dice.choice([5, 60, 3600, 9 * 3600]),
            wrong=dice.choice([0, 0, 0.003, 0.01]),
            twice=dice.choice([0, 0.05, 0.2]),
            malformed=dice.choice([0, 0.01, 0.03]),
            crash=dice.choice([0, 0.001, 0.004, 0.012]),
            outages=dice.choice([0, 1, 2, 4]),
            longest_outage=dice.choice([1, 8, 72]),
            handovers=dice.choice([0, 0.1, 0.4]),
            blocks=dice.choice([0, 0.05, 0.3]),
            moves=dice.choice([0, 0, 1, 2]),
            snoozes=dice.choice([0, 0.1]),
            paper=dice.choice([0, 0.1]),
            impatient=dice.choice([0, 0, 0.3]),
        )

    @classmethod
    def fair(cls) -> Weather:
        """Nothing goes wrong any more."""
        none = dict.fromkeys(cls.__dataclass_fields__, 0)
        return cls(**none | {"latency": 0.1, "longest_pause": 1, "longest_outage": 1})  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Something a person saw. `row`, `claimed_at`, `kind` are the harness's own label on the request, not read from tables."""

    at: datetime
    chat: ChatRef
    message_id: str
    piece: Piece
    row: int
    kind: str
    claimed_at: datetime
    left_at: datetime


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request that left the program, whatever became of it."""

    at: datetime
    chat: ChatRef
    row: int
    fate: str


@dataclass
class Line:
    """The platforms. `seen` is what people saw; nothing else counts."""

    dice: random.Random
    weather: Weather
    seen: list[Arrival] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    blocked: set[ChatRef] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    down: str = ""
    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: int = 0
    updates: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    handed: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    last: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    played: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    # what the bot sends

    def send(self, claimed: Claimed, piece: Piece, now: datetime, claimed_at: datetime) -> tuple[datetime, Outcome, str]:
        """One request leaves now: when its outcome is known, what it is, and the fate behind it."""
        fate, pause = self._fate(claimed)
        if fate == "wrong":
            self.refused.add(claimed.id)
        self.played[fate] += 1
        self.requests.append(Request(at=now, chat=piece.chat, row=claimed.id, fate=fate))
        travel = timedelta(seconds=min(self.dice.expovariate(1 / self.weather.latency), 8.0))
        message_id = ""
        if fate in ("ok", "hung", "cut", "gateway-after"):
            message_id = self._arrived(claimed, piece, now + travel, claimed_at, now)
        waits = {"hung": 20.0, "lost": 20.0, "outage": 10.0}.get(fate, 0.0)
        return now + 2 * travel + timedelta(seconds=waits), _outcome(piece.chat.platform, fate, message_id, pause), fate

    def _fate(self, claimed: Claimed) -> tuple[str, int]:
        if self.down:
            return self.down, 0
        if claimed.piece.chat in self.blocked:
            return "blocked", 0
        if claimed.id in self.refused:  # what is badly made stays so, however often it is sent
            return "wrong", 0
        w, draw = self.weather, self.dice.random()
        for fate, share in (
            ("hung", w.hung),
            ("lost", w.lost),
            ("cut", w.hung / 2),
            ("gateway-after", w.gateway / 2),
            ("gateway", w.gateway / 2),
            ("refused", w.refused),
            ("wrong", w.wrong),
            ("429", w.too_many),
        ):
            if draw < share:
                return fate, int(self.dice.uniform(1, w.longest_pause)) if fate == "429" else 0
            draw -= share
        return "ok", 0

    def _arrived(self, claimed: Claimed, piece: Piece, at: datetime, claimed_at: datetime, left_at: datetime) -> str:
        edited = piece.edit_of is not None and piece.edit_of in self.ids[str(piece.chat)]
        if edited:
            message_id = str(piece.edit_of)
        else:
            self.numbers += 1
            message_id = str(self.numbers)
        self.ids[str(piece.chat)].add(message_id)
        self.seen.append(
            Arrival(
                at=at,
                chat=piece.chat,
                message_id=message_id,
                piece=piece,
                row=claimed.id,
                kind="edit" if edited else claimed.kind,
                claimed_at=claimed_at,
                left_at=left_at,
            )
        )
        return message_id

    # what people send

    def says(self, chat: ChatRef, name: str, text: str, at: datetime) -> None:
        """Somebody types."""
        if chat.platform == "telegram":
            person = {"id": int(chat.chat_id), "is_bot": False, "first_name": name}
            message = {
                "message_id": self.next(),
                "from": person,
                "chat": {"id": int(chat.chat_id), "type": "private", "first_name": name},
                "date": int(at.timestamp()),
                "text": text,
            }
            self._queue("telegram", {"message": message})
        else:
            message = {
                "from": {"id": chat.chat_id, "display_name": name, "is_bot": False},
                "chat": {"id": chat.chat_id, "chat_type": "PRIVATE"},
                "message_id": f"{self.next():020x}",
                "date": int(at.timestamp() * 1000),
                "text": text,
            }
            self._queue("zalo", {"event_name": "message.text.received", "message": message})

    def taps(self, chat: ChatRef, name: str, data: str, message_id: str, at: datetime) -> None:
        """Somebody presses a button (Telegram)."""
        person = {"id": int(chat.chat_id), "is_bot": False, "first_name": name}
        message = {
            "message_id": int(message_id),
            "chat": {"id": int(chat.chat_id), "type": "private", "first_name": name},
            "date": int(at.timestamp()),
            "text": "…",
        }
        query = {"id": str(self.next()), "from": person, "message": message, "chat_instance": "1", "data": data}
        self._queue("telegram", {"callback_query": query})

    def blocks(self, chat: ChatRef, name: str, blocked: bool, at: datetime) -> None:
        """Somebody blocks the bot or takes it back; Telegram tells, Zalo does not."""
        (self.blocked.add if blocked else self.blocked.discard)(chat)
        if chat.platform == "telegram":
            status = {True: "kicked", False: "member"}
            member = {
                "chat": {"id": int(chat.chat_id), "type": "private", "first_name": name},
                "from": {"id": int(chat.chat_id), "is_bot": False, "first_name": name},
                "date": int(at.timestamp()),
                "old_chat_member": {"user": {"id": 1, "is_bot": True, "first_name": "Bot"}, "status": status[not blocked]},
                "new_chat_member": {"user": {"id": 1, "is_bot": True, "first_name": "Bot"}, "status": status[blocked]},
            }
            self._queue("telegram", {"my_chat_member": member})

    def garbage(self, at: datetime) -> None:
        """An update nobody can read."""
        self._queue("telegram", {"message": {"message_id": self.next(), "date": "yesterday"}})

    def next(self) -> int:
        self.numbers += 1
        return self.numbers

    def _queue(self, platform: PlatformName, raw: dict[str, Any]) -> None:
        key = str(self.next())
        if platform == "telegram":
            raw = {"update_id": int(key), **raw}
        else:
            key = raw["message"]["message_id"]
        self.updates[platform].append((key, raw))

    def poll(self, platform: PlatformName, after: str | None) -> list[tuple[str, dict[str, Any]]]:
        """getUpdates: Telegram hands out until confirmed, Zalo once."""
        if self.down:
            return []
        waiting = self.updates[platform]
        if platform == "telegram":
            if after is not None:
                waiting[:] = [pair for pair in waiting if int(pair[0]) > int(after)]
            batch = waiting[:20]
        else:
            batch = waiting[:1]
            del waiting[:1]
        if batch and self.dice.random() < self.weather.twice:
            batch = [*self.last[platform], *batch]  # handed out again though confirmed
            self.played["update twice"] += 1
        if batch:
            self.last[platform] = batch[-3:]
        for key, raw in batch:
            self.handed[platform, key] = raw
        return batch


def _outcome(platform: str, fate: str, message_id: str, pause: int) -> Outcome:
    """The outcome as the adapter would tell it: real exceptions through the real table."""
    if fate == "ok":
        return Delivered(message_id=message_id)
    if platform == "zalo":
        match fate:
            case "429":
                return failures.of_zalo(429, "Too many requests")
            case "blocked":
                return failures.of_zalo(400, "Bad Request: chat_id is invalid")
            case "wrong":
                return failures.of_zalo(400, "Bad Request: text is invalid")
            case "gateway" | "gateway-after":
                return failures.of_zalo_status(502)
            case _:
                return failures.of_transport(_cause(fate))
    match fate:
        case "429":
            return failures.of_telegram(error.RetryAfter(pause))
        case "blocked":
            return failures.of_telegram(error.Forbidden("Forbidden: bot was blocked by the user"))
        case "wrong":
            return failures.of_telegram(error.BadRequest("Message text is empty"))
        case "gateway" | "gateway-after":
            return failures.of_telegram(error.NetworkError("Bad Gateway"))
        case _:
            cause = _cause(fate)
            exc = error.TimedOut() if isinstance(cause, httpx.TimeoutException) else error.NetworkError("httpx")
            exc.__cause__ = cause
            return failures.of_telegram(exc)


def _cause(fate: str) -> Exception:
    match fate:
        case "hung" | "lost" | "outage":
            return httpx.ReadTimeout("")
        case "cut":
            return httpx.RemoteProtocolError("")
        case _:
            return httpx.ConnectError("")
