"""Carries updates to a webhook, in order, one at a time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from bot.sandbox.mailbox import Mailbox
from bot.sandbox.memory import Memory
from bot.sandbox.outside import Outside
from bot.sandbox.records import Happening, Json, PlatformName

PAUSES = (0.5, 1, 2, 5, 10, 30)


class Courier:
    """One webhook at a time. Not retried means lost: Zalo documents no retry, Telegram retries whatever is not 2xx.

    Args:
        shape: turns a happening into the body to post, or None for one this dialect does not tell.
        header: name of the header that carries the secret.
    """

    def __init__(
        self,
        platform: PlatformName,
        memory: Memory,
        mailbox: Mailbox,
        outside: Outside,
        shape: Callable[[Happening], Json | None],
        *,
        header: str,
        retries: bool,
    ) -> None:
        self._platform = platform
        self._memory = memory
        self._mailbox = mailbox
        self._outside = outside
        self._shape = shape
        self._header = header
        self._retries = retries
        self._task: asyncio.Task[None] | None = None
        self.last_error = ""

    def start(self, url: str, secret: str) -> None:
        """Deliver to this address from now on."""
        self.stop()
        self._task = asyncio.get_running_loop().create_task(self._carry(url, secret))

    def stop(self) -> None:
        """Deliver no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    @property
    def running(self) -> bool:
        """Whether a delivery is set up in this process (a journal may know of a webhook nobody serves yet)."""
        return self._task is not None and not self._task.done()

    async def _carry(self, url: str, secret: str) -> None:
        failures = 0
        while (happening := await self._mailbox.next()) is not None:
            delivered = await self.deliver(url, secret, self._shape(happening))
            if not delivered and self._retries:
                await self._mailbox.pause(PAUSES[min(failures, len(PAUSES) - 1)])
                failures += 1
                continue
            failures = 0
            self._memory.record("confirmed", platform=self._platform, ids=(happening.id,))

    async def deliver(self, url: str, secret: str, body: Json | None) -> bool:
        """Post one body now; whether it was taken."""
        if body is None:
            return True
        headers = {"Content-Type": "application/json", **({self._header: secret} if secret else {})}
        try:
            status = await self._outside.post(url, headers, json.dumps(body, ensure_ascii=False).encode())
        except OSError as error:
            self.last_error = str(error)
            return False
        self.last_error = "" if 200 <= status < 300 else f"Wrong response from the webhook: {status}"
        return not self.last_error
