"""A real HTTP server on loopback that delivers first and then misbehaves as told."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

Reply = Callable[[asyncio.StreamWriter], Awaitable[None]]


def answer(status: int, body: bytes | str | dict[str, Any], content_type: str = "application/json", **headers: str) -> Reply:
    """A whole HTTP answer."""
    content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()

    async def send(writer: asyncio.StreamWriter) -> None:
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n{more}\r\n"
        writer.write(head.encode() + content)
        await writer.drain()

    return send


def telegram_error(status: int, description: str, **parameters: Any) -> Reply:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return answer(status, body | ({"parameters": parameters} if parameters else {}))


async def hang(writer: asyncio.StreamWriter) -> None:
    """Took the request, never answers."""
    await asyncio.sleep(30)


async def reset(writer: asyncio.StreamWriter) -> None:
    """Took the request, then the line breaks hard (RST)."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def close(writer: asyncio.StreamWriter) -> None:
    """Took the request, then closes in good order without a word."""
    writer.close()


async def half(writer: asyncio.StreamWriter) -> None:
    """Breaks off in the middle of the answer."""
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":')
    await writer.drain()
    writer.close()


async def garbage(writer: asyncio.StreamWriter) -> None:
    """What answers is no HTTP."""
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    await writer.drain()
    writer.close()


@dataclass
class FaultyServer:
    """Plays `script` in order, one reply a request, the last one again and again; `seen` holds (path, body) as delivered.

    Methods named in `beside` have one reply of their own, and are neither seen nor part of the script.
    """

    script: list[Reply] = field(default_factory=list)
    beside: dict[str, Reply] = field(default_factory=dict)
    seen: list[tuple[str, bytes]] = field(default_factory=list)
    url: str = ""

    async def __aenter__(self) -> FaultyServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self._open: set[asyncio.Task[None]] = set()
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def methods(self) -> list[str]:
        return [path.rpartition("/")[2] for path, _ in self.seen]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")), 0)
                body = await reader.readexactly(length)
                path = lines[0].split(" ")[1]
                if aside := self.beside.get(path.rpartition("/")[2]):
                    await aside(writer)
                    continue
                self.seen.append((path, body))
                await self.script[min(len(self.seen), len(self.script)) - 1](writer)
                if writer.is_closing():
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open.discard(task)
            writer.close()
