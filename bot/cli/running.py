"""`run`: the bot itself, until it is told to stop."""

from __future__ import annotations

import asyncio

from bot.cli import desk, out


def run() -> None:
    """Run the bot. Whatever must be expected to go wrong at start leaves as one sentence (bot.cli.failures)."""
    settings = desk.read_settings(working=True)
    if not settings.sandbox:
        desk.refuse_writable_secrets()
    desk.warn_of_readable_secrets()
    from bot import serve

    asyncio.run(serve.run(settings, out.say))
