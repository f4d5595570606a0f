"""What may go wrong on the line, planned by a test or drawn from a seed."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.records import PlatformName


class LineCut(ConnectionError):
    """The connection broke. `delivered` tells whether the sandbox had handled the request before."""

    def __init__(self, *, delivered: bool, refused: bool = False) -> None:
        super().__init__("connection refused" if refused else "connection reset")
        self.delivered = delivered
        self.refused = refused


@dataclass(frozen=True, kw_only=True)
class TooMany:
    """429 before anything was done; Telegram tells how many seconds to wait, Zalo does not."""

    retry_after: int = 3


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Any other refusal in the dialect's own form, e.g. 403 "Forbidden: bot was blocked by the user" or 409 on getUpdates."""

    code: int
    description: str
    parameters: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """An HTML page of the server in front (500, 502, 504; Zalo's 429), after the request was handled or instead of it."""

    status: int = 502
    delivered: bool = False


@dataclass(frozen=True, kw_only=True)
class Hang:
    """No answer until the client gives up, or `seconds` have passed and the answer comes after all."""

    delivered: bool = True
    seconds: float = math.inf


@dataclass(frozen=True, kw_only=True)
class Reset:
    """The connection breaks, after the request was handled or before."""

    delivered: bool = True


@dataclass(frozen=True, kw_only=True)
class Refuse:
    """No connection at all: certainly not delivered. (On a real socket the sandbox can only hang up without handling.)"""


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """getUpdates hands out what its last answer held once more, though it was confirmed."""


@dataclass(frozen=True, kw_only=True)
class Malformed:
    """getUpdates slips in a broken update. `raw` lacks what the schema requires; Telegram's update_id is added."""

    raw: Mapping[str, Any] = field(default_factory=lambda: {"message": {"message_id": 1}})


Fault = TooMany | Answer | Gateway | Hang | Reset | Refuse | Repeat | Malformed

BLOCKED = Answer(code=403, description="Forbidden: bot was blocked by the user")
CONFLICT = Answer(
    code=409,
    description="Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)


@dataclass(kw_only=True)
class Rule:
    """Play `fault` on the next `times` matching requests, after letting `skip` of them pass."""

    fault: Fault
    platform: PlatformName | None = None
    method: str = ""
    chat: str = ""
    times: int = 1
    skip: int = 0

    def matches(self, platform: PlatformName, method: str, chat: str) -> bool:
        """Whether a request is one of those meant."""
        return (
            self.platform in (None, platform)
            and self.method.lower() in ("", method.lower())
            and self.chat in ("", chat)
            and self.times > 0
        )


class FaultPlan:
    """Every fault still to come. Empty, it does nothing."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.played: list[tuple[str, Fault]] = []
        self.rates: Rates | None = None
        self._random: random.Random | None = None
        self._odds: Sequence[tuple[float, Fault]] = ()
        self._methods: frozenset[str] = frozenset()

    def on(
        self,
        fault: Fault,
        *,
        platform: PlatformName | None = None,
        method: str = "",
        chat: str | int = "",
        times: int = 1,
        skip: int = 0,
    ) -> Rule:
        """Plan a fault for one method and chat (empty: any); the rules are asked in the order they were planned."""
        rule = Rule(fault=fault, platform=platform, method=method, chat=str(chat), times=times, skip=skip)
        self.rules.append(rule)
        return rule

    def seeded(self, seed: int, odds: Sequence[tuple[float, Fault]], methods: Sequence[str] = ()) -> None:
        """From now on draw faults: each (probability, fault) of `odds`, for these methods (none: all). Same seed, same."""
        self._random = random.Random(seed)  # noqa: S311  # a test's dice, no secret
        self._odds = odds
        self._methods = frozenset(method.lower() for method in methods)

    def heal(self) -> None:
        """No more faults."""
        self.rules.clear()
        self._random = None
        self.rates = None

    def take(self, platform: PlatformName, method: str, chat: str) -> Fault | None:
        """The fault to play on this request, or None."""
        fault = self._planned(platform, method, chat) or self._drawn(method)
        if fault is None and self.rates is not None and platform == "telegram" and method.lower().startswith("send"):
            wait = self.rates.wait(chat)
            fault = TooMany(retry_after=wait) if wait else None
        if fault is not None:
            self.played.append((method, fault))
        return fault

    def _planned(self, platform: PlatformName, method: str, chat: str) -> Fault | None:
        for rule in self.rules:
            if rule.matches(platform, method, chat):
                if rule.skip > 0:
                    rule.skip -= 1
                    continue
                rule.times -= 1
                return rule.fault
        return None

    def _drawn(self, method: str) -> Fault | None:
        if self._random is None or (self._methods and method.lower() not in self._methods):
            return None
        draw = self._random.random()
        for probability, fault in self._odds:
            if draw < probability:
                return fault
            draw -= probability
        return None


class Rates:
    """Telegram's limits, strictly: 30 messages a second over all chats, 1 a second in a chat (bursts of `burst` pass),
    20 a minute in a group. Source: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.

    Args:
        clock: seconds, rising.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, burst: int = 3) -> None:
        self._clock = clock
        self._burst = burst
        self._sent: dict[str, deque[float]] = {}

    def wait(self, chat: str) -> int:
        """Seconds to wait before a message to this chat would pass; 0 counts it as sent."""
        now = self._clock()
        limits = [("", 30, 1.0), (chat, self._burst, float(self._burst))]
        if chat.startswith("-"):
            limits.append((f"{chat}/minute", 20, 60.0))
        wait = 0.0
        for name, most, seconds in limits:
            sent = self._sent.setdefault(name, deque())
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                wait = max(wait, sent[0] + seconds - now)
        if wait:
            return max(1, math.ceil(wait))
        for name, _, _ in limits:
            self._sent[name].append(now)
        return 0


async def give_up(gone: Callable[[], Any], seconds: float) -> bool:
    """Wait until the client has gone (True) or `seconds` have passed (False)."""
    try:
        async with asyncio.timeout(None if math.isinf(seconds) else seconds):
            await gone()
    except TimeoutError:
        return False
    return True
