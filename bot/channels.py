"""Which channels there are, and what each can carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.chat.messages import OutFile, PlatformName
from bot.chat.platform import Limits, Platform
from bot.domain import links as signing
from bot.domain.links import Links
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo
from bot.platforms.zalo_webhook import Webhook
from bot.settings import Settings

LIMITS = {"telegram": Telegram.limits, "zalo": Zalo.limits}


def limits(linked: bool, mark: str = "") -> dict[str, Limits]:
    """What each can carry. `linked`: whether our web server is reached from outside, so that files can go as links. `mark`:
    what every message begins with."""
    known = LIMITS | {"zalo": Zalo.linking} if linked else LIMITS
    return {name: replace(each, mark=mark) for name, each in known.items()}


def file_link(links: Links, file: OutFile, now: datetime) -> str:
    """A link that opens one file for a while."""
    lasts = signing.PHOTO if file.kind == "photo" else signing.DOCUMENT
    return links.make("f", now + lasts, file.path, file.name, file.kind)


def real(
    settings: Settings, *, public_link: Callable[[OutFile], str] | None = None, webhook: Webhook | None = None
) -> dict[PlatformName, Platform]:
    """The channels a token is set for, not yet connected."""
    channels: dict[PlatformName, Platform] = {}
    if token := settings.telegram_bot_token.get_secret_value():
        channels["telegram"] = Telegram(token, files_root=settings.data_dir, api_url=settings.telegram_api_url)
    if token := settings.zalo_bot_token.get_secret_value():
        channels["zalo"] = Zalo(token, api_url=settings.zalo_api_url, public_link=public_link, webhook=webhook)
    return channels
