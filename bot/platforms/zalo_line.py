"""The line to Zalo: one method a request, and the envelope every answer comes in."""

from __future__ import annotations

import httpx

from bot.platforms.fields import Table


class Line:
    """Connections to Zalo's HTTP API for one bot. The token stands in every address, so no address is ever logged."""

    def __init__(self, bot_url: str, transport: httpx.AsyncBaseTransport | None) -> None:
        """`bot_url` is what a method's name is appended to; `transport` stands in for the network in tests."""
        self._bot_url = bot_url
        self.client = httpx.AsyncClient(
            transport=transport,
            timeout=httpx.Timeout(20, connect=10, pool=5),
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=32, keepalive_expiry=75),
        )

    async def call(self, method: str, arguments: Table, *, patience: float = 20) -> tuple[int, Table | None]:
        """POST one method: the HTTP status, and the answer if it was a JSON object. Raises httpx.HTTPError.

        `patience`: seconds an answer may take.
        """
        timeout = httpx.Timeout(patience, connect=10, pool=5)
        response = await self.client.post(self._bot_url + method, json=arguments, timeout=timeout)
        try:
            answer = response.json()
        except ValueError:
            answer = None
        return response.status_code, answer if isinstance(answer, dict) else None


def is_ok(answer: Table | None) -> bool:
    """`ok` decides, whatever the HTTP status was."""
    return answer is not None and answer.get("ok") is True


def result(answer: Table) -> Table:
    """The answer's `result` where it is an object, else an empty one."""
    found = answer.get("result")
    return found if isinstance(found, dict) else {}


def code(answer: Table) -> int:
    """`error_code` (`errorCode` in one method), 0 when there is none."""
    found = answer.get("error_code", answer.get("errorCode"))
    return found if isinstance(found, int) else 0
