"""Which channels there are, and what each can carry."""

from __future__ import annotations

from bot.chat.messages import PlatformName
from bot.chat.platform import Platform
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo
from bot.settings import Settings

LIMITS = {"telegram": Telegram.limits, "zalo": Zalo.limits}


def real(settings: Settings) -> dict[PlatformName, Platform]:
    """The channels a token is set for, not yet connected."""
    channels: dict[PlatformName, Platform] = {}
    if token := settings.telegram_bot_token.get_secret_value():
        channels["telegram"] = Telegram(token, files_root=settings.data_dir, api_url=settings.telegram_api_url)
    if token := settings.zalo_bot_token.get_secret_value():
        channels["zalo"] = Zalo(token, api_url=settings.zalo_api_url)
    return channels
