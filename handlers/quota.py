"""How much of Zalo's month is used, for those who coordinate."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.texts import quota as texts
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import quota
from storage.store import Store


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """/hanmuc."""
    return [Outgoing(text=texts.full(quota.read(store, request.now, request.office)))]


COMMANDS = {"hanmuc": Route(handler=show, needs=Needs.COORDINATOR)}
