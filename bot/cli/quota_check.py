"""Zalo's month: what the plan allows and how much of it is used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cli.checks import Check
from bot.domain import quota as counting
from bot.texts import quota as texts
from storage import quota

if TYPE_CHECKING:
    from bot.domain.office import Office
    from storage.store import Store


def quota_check(store: Store, office: Office, now: datetime) -> Iterator[Check]:
    """One line where anybody uses Zalo; a warning from 80 % on."""
    month = quota.read(store, now, office)
    if not month.people and not month.sent:
        return
    near = max(counting.warned(month.messages_percent), counting.warned(month.people_percent))
    yield Check(
        check="zalo_quota",
        state="warning" if near else "ok",
        message=texts.line(month),
        hint=texts.near(month) if near else "",
    )
