"""What can be said here, and how to stop."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.texts import help as texts
from bot.texts import registration as registration_texts
from bot.views import registration as views
from handlers import strangers
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.store import Store


def guide(request: Request, store: Store) -> Sequence[Outgoing]:
    """/help: by role, short, with examples."""
    return [views.guide(request.actor, request.office)]


def stop(request: Request, store: Store) -> Sequence[Outgoing]:
    """/huy: end the open dialogue; what was answered stays."""
    if request.dialog is not None:
        request.hang_up(store)
        return [Outgoing(text=registration_texts.stopped() if request.actor.person is None else texts.stopped())]
    if request.actor.person is None:
        return strangers.answer(request, store)
    return [Outgoing(text=texts.nothing_to_stop())]


COMMANDS = {
    "help": Route(handler=guide, needs=Needs.PERSON),
    "trogiup": Route(handler=guide, needs=Needs.PERSON),
    "huy": Route(handler=stop, needs=Needs.NOTHING),
}
