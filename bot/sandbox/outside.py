"""What lies outside the room: the address a webhook is delivered to, and pictures that are sent by reference."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from typing import Protocol
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Outside(Protocol):
    """How the sandbox reaches others. Tests put the bot's own ASGI application here."""

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """Deliver a webhook; the HTTP status, or OSError when nobody answers."""
        ...

    async def fetch(self, url: str) -> bytes | None:
        """A picture's bytes; None when this URL is not ours to fetch. Raises OSError when it is but cannot be had."""
        ...


class Loopback:
    """Reaches this machine only: a sandbox never touches the network."""

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """See Outside. Raises OSError for any other host."""
        return (await asyncio.to_thread(_request, url, headers, body))[0]

    async def fetch(self, url: str) -> bytes | None:
        """See Outside."""
        if urlsplit(url).hostname not in LOOPBACK:
            return None
        status, body = await asyncio.to_thread(_request, url, {}, None)
        if status != 200:
            raise OSError(f"HTTP status {status}")
        return body


def _request(url: str, headers: dict[str, str], body: bytes | None) -> tuple[int, bytes]:
    link = urlsplit(url)
    if link.scheme not in ("http", "https") or link.hostname not in LOOPBACK:
        raise OSError("the sandbox reaches this machine only")
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310  # loopback, checked above
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
