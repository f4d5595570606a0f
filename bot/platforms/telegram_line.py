"""The line to Telegram: python-telegram-bot's Bot and its connections, used for plain JSON only."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import httpx
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.chat.messages import Choice
from bot.platforms.fields import Table


class RawBot(Bot):
    """A Bot whose `do_api_request` is meant for known methods too: plain JSON, no field of which can trip PTB's parser."""

    @classmethod
    def _warn(cls, message: Any, *args: Any, **kwargs: Any) -> None:
        if "do_api_request" not in str(message):
            super()._warn(message, *args, **kwargs)


def pool(
    size: int, transport: httpx.AsyncBaseTransport | None, answered: Callable[[httpx.Response], Awaitable[None]]
) -> HTTPXRequest:
    """At most `size` connections, kept for 75 s: httpx's 5 s would mean a new TLS handshake for nearly every reply.

    `answered` is awaited for each answer; `transport` stands in for the network in tests.
    """
    options: Table = {
        "limits": httpx.Limits(max_connections=size, max_keepalive_connections=size, keepalive_expiry=75),
        "event_hooks": {"response": [answered]},
    }
    if transport is not None:
        options["transport"] = transport
    return HTTPXRequest(connect_timeout=10, write_timeout=20, pool_timeout=5, media_write_timeout=60, httpx_kwargs=options)


def keyboard(rows: Sequence[Sequence[Choice]]) -> str | None:
    """An inline keyboard; on the wire stands only the opaque key of a choice."""
    if not rows:
        return None
    return json.dumps(
        {"inline_keyboard": [[{"text": choice.label, "callback_data": choice.key} for choice in row] for row in rows]}
    )
