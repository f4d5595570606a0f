"""What the sandbox asks of the program around it: the clock, what comes next, whom to propose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """Something that will happen by itself: when, what, to whom."""

    at: datetime
    title: str
    to: str


@dataclass(frozen=True, kw_only=True)
class CastMember:
    """Somebody the guide proposes, with their invitation."""

    key: str
    name: str
    role: str
    code: str
    link: str


class Control(Protocol):
    """What the sandbox asks of the program around it."""

    def now(self) -> datetime:
        """The moved clock."""
        ...

    async def upcoming(self) -> list[Upcoming]:
        """What will happen next, soonest first."""
        ...

    async def move_clock(self, to: datetime) -> None:
        """Let it be `to`, doing all that falls due on the way. Raises ValueError when it lies in the past."""
        ...

    async def settle(self) -> None:
        """Wait until the bot has handled and sent everything."""
        ...

    def cast(self) -> list[CastMember]:
        """Whom the guide proposes."""
        ...
