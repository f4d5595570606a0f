"""Which channels there are, and what each can carry."""

from __future__ import annotations

from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo

LIMITS = {"telegram": Telegram.limits, "zalo": Zalo.limits}
