"""The platforms: whether each knows the token that is set for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.cli.checks import Check
from bot.texts import address
from bot.texts import doctor as texts

if TYPE_CHECKING:
    from bot.chat.platform import Platform
    from bot.settings import Settings

PATIENCE = 15.0  # seconds


def channels(settings: Settings) -> Iterator[Check]:
    """One line a channel; asking who we are disturbs no running bot."""
    from bot.channels import real

    if settings.sandbox:
        yield Check(check="channels", state="ok", message=texts.SANDBOX)
        return
    yield from asyncio.run(_ask(list(real(settings).values())))


async def _ask(platforms: list[Platform]) -> list[Check]:
    return list(await asyncio.gather(*map(_one, platforms)))


async def _one(platform: Platform) -> Check:
    from bot.chat.platform import BadToken

    try:
        async with asyncio.timeout(PATIENCE):
            identity = await platform.start()
    except BadToken:
        hint = texts.bad_token_hint(f"{platform.name.upper()}_BOT_TOKEN")
        return Check(check=platform.name, state="fault", message=texts.UNKNOWN_TO_PLATFORM, hint=hint)
    except Exception as error:
        # As App._connect: OSError, or httpx's own errors, whose module is not imported here by name.
        if not isinstance(error, OSError) and type(error).__module__.split(".")[0] != "httpx":
            raise
        reason = type(error).__name__
        return Check(check=platform.name, state="fault", message=texts.unreachable(reason), hint=texts.NETWORK_HINT)
    finally:
        await platform.stop()
    return Check(check=platform.name, state="ok", message=texts.connected(identity.name or address.platform(platform.name)))
