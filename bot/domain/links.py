"""Links that prove themselves: what they open and until when, signed, so that nobody can make, change or prolong one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Purpose = Literal["f", "u"]
"""f: fetch a file. u: upload one."""

PHOTO = timedelta(minutes=15)
"""Zalo fetches a photo's address more than once, some minutes apart; a link that works once gives a black picture."""

DOCUMENT = timedelta(hours=24)
"""An officer opens the link by hand, perhaps after a meeting."""

UPLOAD = timedelta(hours=2)


class Forged(Exception):
    """We never made this link, or made it for something else."""


class Expired(Exception):
    """We made it, and its time is over."""


@dataclass(frozen=True, kw_only=True)
class Links:
    """Makes and opens links.

    Attributes:
        base: where the bot's web server is reached from outside, without a slash at the end.
        key: what signs; 32 random bytes that never leave this installation.
    """

    base: str
    key: bytes

    def make(self, purpose: Purpose, until: datetime, *facts: str) -> str:
        """A link that opens `facts` until then. They can be read by whoever has the link: no secrets, nobody's name."""
        plain = json.dumps([int(until.timestamp()), *facts], ensure_ascii=False, separators=(",", ":"))
        token = _text(plain.encode())
        return f"{self.base}/{purpose}/{token}.{self._signature(purpose, token)}"

    def open(self, purpose: Purpose, token: str, now: datetime) -> tuple[str, ...]:
        """The facts behind a token. Raises Forged or Expired."""
        said, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(purpose, said).encode()):
            raise Forged
        until, *facts = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
        if now > datetime.fromtimestamp(until, UTC):
            raise Expired
        return tuple(facts)

    def _signature(self, purpose: Purpose, token: str) -> str:
        return _text(hmac.digest(self.key, f"{purpose}/{token}".encode(), hashlib.sha256))


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
