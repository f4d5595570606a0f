"""What became of a message when the platform did not simply say "done": the one table, decided leaf first.

Only a failure before anything was written to the line is certainly not sent; PTB shows that in `__cause__` alone (a pool that
is full and an answer that never came are both `TimedOut`). Anything not named here is uncertain. Reasons go to the log and
the outbox, so they are class names and the platform's own short sentence, never a URL (token) or a body.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from enum import Enum, auto

import httpx
from telegram import error

from bot.chat.platform import NotSent, Outcome, Refused, Uncertain, Unreachable

# RetryAfter in PTB 22 warns about its own int; timedelta is what it gives from the next major release on.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# Units kept free in every message: after an uncertain outcome it is sent again behind a sentence that says so.
SPARE = 80

# A 429 that does not say how long. Zalo never does.
ASSUMED_PAUSE = timedelta(seconds=60)

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,  # the tunnel was refused, so nothing passed through it
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.LocalProtocolError,
)

# What the platforms call a chat we cannot write to although the request is well made (Telegram answers 400, not 403, to these).
_NO_SUCH_CHAT = (
    "chat not found",
    "peer_id_invalid",
    "user is deactivated",
    "user not found",
    "group chat was deactivated",
    "have no rights to send",
    "not enough rights to send",
    "bot is not a member",
)


class PollFault(Enum):
    """Why a poll for updates failed, as far as it matters."""

    PASSING = auto()
    OTHER_READER = auto()
    BAD_TOKEN = auto()


def of_transport(exc: BaseException) -> Outcome:
    """An httpx exception: not sent if no byte of the request can have left, else uncertain."""
    kind = NotSent if isinstance(exc, _NEVER_LEFT) else Uncertain
    return kind(reason=type(exc).__name__)


def of_telegram(exc: BaseException) -> Outcome:
    """What an exception out of python-telegram-bot means for the message. `BadRequest` is a `NetworkError`: order matters."""
    match exc:
        case error.RetryAfter():
            return NotSent(reason="429", after=_seconds(exc.retry_after), everyone=True)
        case error.ChatMigrated():
            return NotSent(reason="the group moved", moved_to=str(exc.new_chat_id))
        case error.Forbidden():
            return Unreachable(reason=_said(exc))
        case error.InvalidToken() | error.EndPointNotFound():
            return Refused(reason="401/404: token or method unknown")
        case error.BadRequest() if _names_chat(str(exc)):
            return Unreachable(reason=_said(exc))
        case error.BadRequest():
            return Refused(reason=_said(exc))
        case error.NetworkError() if exc.__cause__ is not None and not isinstance(exc.__cause__, error.TelegramError):
            return of_transport(exc.__cause__)
        case error.NetworkError() if str(exc).startswith("Too Many Requests"):
            return NotSent(reason="429", after=_asked(str(exc)), everyone=True)
        case error.NetworkError() if str(exc).startswith("Request Entity Too Large"):
            return Refused(reason="413: too large")
        case error.TelegramError():
            return Uncertain(reason=_said(exc))
        case _:
            return Uncertain(reason=type(exc).__name__)


def of_zalo(code: int, description: str) -> Outcome:
    """What Zalo's `ok: false` means. The code stands in the body; the HTTP status is often 200 (source: zalo.md §1, §4)."""
    reason = f"{code}: {description[:120]}"
    match code:
        case 429:
            return NotSent(reason=reason, after=ASSUMED_PAUSE, everyone=True)
        case 401 | 404:
            return Refused(reason=reason)
        case 403 if "internal" not in description.lower():
            return Unreachable(reason=reason)
        case 400 if "must not be empty" not in description and _names_chat(description, "chat_id", "user"):
            return Unreachable(reason=reason)
        case 400 | 413:
            return Refused(reason=reason)
        case _:  # 403 "Internal server error" is Zalo's 500; 408, 5xx and whatever comes next
            return Uncertain(reason=reason)


def of_zalo_status(status: int) -> Outcome:
    """What Zalo's gateway means when it answers without JSON (its nginx sends HTML for a 429)."""
    if status == 429:
        return NotSent(reason="429: no JSON", after=ASSUMED_PAUSE, everyone=True)
    return Uncertain(reason=f"{status}: no JSON")


def of_poll(exc: BaseException) -> tuple[PollFault, timedelta | None]:
    """What a failed Telegram getUpdates means, and how long the platform asks to wait."""
    match exc:
        case error.Conflict():
            return PollFault.OTHER_READER, None
        case error.InvalidToken() | error.EndPointNotFound():
            return PollFault.BAD_TOKEN, None
        case _:
            outcome = of_telegram(exc)
            return PollFault.PASSING, outcome.after if isinstance(outcome, NotSent) else None


def _names_chat(description: str, *also: str) -> bool:
    return any(phrase in description.lower() for phrase in (*_NO_SUCH_CHAT, *also))


def _said(exc: error.TelegramError) -> str:
    """The platform's sentence without the body PTB appends to it."""
    sentence = re.split(r"\. (?:Parsing the|The) server response", str(exc))[0]
    return f"{type(exc).__name__}: {sentence[:120]}"


def _seconds(after: int | timedelta) -> timedelta:
    """PTB gives whole seconds now and a timedelta in a later release (or with PTB_TIMEDELTA set)."""
    return after if isinstance(after, timedelta) else timedelta(seconds=after)


def _asked(description: str) -> timedelta:
    match = re.search(r"retry after (\d+)", description)
    return timedelta(seconds=int(match[1])) if match else ASSUMED_PAUSE
