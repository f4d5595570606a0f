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

    Telegram: about 30 a second over all chats, 1 a second in one chat where short bursts pass, 20 a minute in a group (Bot
    FAQ). Zalo publishes nothing, so the same.

    Attributes:
        overall: seconds between two messages on one platform.
        same_chat: seconds between two messages in one chat once its burst is spent.
        burst: messages a chat may get at once.
        same_group, group_burst: the same for a group.
    """

    overall: float = 1 / 25
    same_chat: float = 1.0
    burst: int = 4
    same_group: float = 3.5
    group_burst: int = 2
    clock: Callable[[], float] = time.monotonic
    _next: dict[str, float] = field(default_factory=dict)
    _recent: dict[ChatRef, list[float]] = field(default_factory=dict)

    def busy(self) -> frozenset[ChatRef]:
        """Chats that had their burst and must wait between two messages."""
        now = self.clock()
        busy = set()
        for chat, times in list(self._recent.items()):
            spacing, burst = (self.same_group, self.group_burst) if _is_group(chat) else (self.same_chat, self.burst)
            times[:] = [at for at in times if now - at < spacing * burst]
            if not times:
                del self._recent[chat]
            elif len(times) >= burst and now - times[-1] < spacing:
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
    return Pace(overall=0.0, same_chat=0.0, burst=1_000_000, same_group=0.0, group_burst=1_000_000)


def _is_group(chat: ChatRef) -> bool:
    """Telegram's groups have negative ids; how Zalo's are recognised is not published, and the bot hardly speaks there."""
    return chat.platform == "telegram" and chat.chat_id.startswith("-")
