"""Having Zalo call us: setting the webhook, and looking again and again whether it is still set."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.chat.platform import BadToken
from bot.platforms.fields import table
from bot.platforms.polling import Backoff, Spell
from bot.platforms.zalo_line import Line, code, is_ok, result

log = logging.getLogger(__name__)

# How often a webhook is looked after, in seconds.
_LOOK_AFTER = 60.0


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """Where Zalo calls us and how it proves itself (the documents: public https; 8 to 256 characters)."""

    url: str
    secret: str


async def look_after(line: Line, webhook: Webhook, *, backoff: Backoff, refusals: Spell, answered: Callable[[], None]) -> None:
    """Have Zalo call us, and go on looking whether it still means to: for ever.

    Args:
        backoff: the waits after a failure.
        refusals: how long a refused token must last before it counts as BadToken, which is raised then.
        answered: called whenever Zalo says that it will call us.
    """
    is_set = False
    while True:
        try:
            if is_set:
                _, answer = await line.call("getWebhookInfo", {})
                is_set = answer is None or result(answer).get("url") == webhook.url
            else:
                _, answer = await line.call("setWebhook", {"url": webhook.url, "secret_token": webhook.secret})
                is_set = is_ok(answer)
                if is_set and answer and table(result(answer).get("verification", {})).get("ok") is False:
                    log.warning("Zalo cannot reach our webhook yet", extra={"platform": "zalo"})
            fault = "" if is_set else str(code(answer) if answer is not None else "no JSON")
        except Exception as exc:
            answer, fault = None, type(exc).__name__
        if fault:
            log.warning("webhook not set", extra={"platform": "zalo", "fault": fault})
            if fault in ("401", "404") and not is_set and refusals.lasts():
                raise BadToken("Zalo does not know this token any more")
            await backoff.wait()
            continue
        backoff.reset()
        if is_ok(answer):
            answered()
        await asyncio.sleep(_LOOK_AFTER)
