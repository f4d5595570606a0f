"""How fast we may speak: a margin below what the platforms allow, overall and per chat. Measured on the machine's own
monotonic clock, since the platforms' limits do not care what time we think it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.chat.messages import ChatRef


@dataclass(kw_only=True)
class Pace:
    """When each platform and chat may be written to again. Memory only: losing it costs nothing but politeness.

    Telegram: about 30 a second over all chats, 1 a second in one chat where short bursts pass (Bot FAQ). Zalo publishes
    nothing, so the same.

    Attributes:
        overall: seconds between two messages on one platform.
        same_chat: seconds between two messages in one chat once its burst is spent.
        burst: messages a chat may get at once.
    """

    overall: float = 1 / 25
    same_chat: float = 1.0
    burst: int = 4
    clock: Callable[[], float] = time.monotonic
    _next: dict[str, float] = field(default_factory=dict)
    _recent: dict[ChatRef, list[float]] = field(default_factory=dict)

    def busy(self) -> frozenset[ChatRef]:
        """Chats that had their burst and must wait a second a message."""
        now = self.clock()
        busy = set()
        for chat, times in list(self._recent.items()):
            times[:] = [at for at in times if now - at < self.same_chat * self.burst]
            if not times:
                del self._recent[chat]
            elif len(times) >= self.burst and now - times[-1] < self.same_chat:
                busy.add(chat)
        return frozenset(busy)

    def take(self, chat: ChatRef) -> float:
        """Take the next place in the queue for one message; seconds to wait for it."""
        now = self.clock()
        place = max(self._next.get(chat.platform, now), now)
        self._next[chat.platform] = place + self.overall
        self._recent.setdefault(chat, []).append(place)
        return place - now


def unhurried() -> Pace:
    """No limits: for the sandbox, where nobody is flooded."""
    return Pace(overall=0.0, same_chat=0.0, burst=1_000_000)
