"""One's channels: a code that adds the second one, and which is preferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Outgoing, PlatformName
from bot.texts import channels as texts
from bot.texts import general
from bot.texts import quota as quota_texts
from bot.views import registration as views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage import quota
from storage.invites import CHANNEL_LIFETIME
from storage.store import Store


def show(request: Request, store: Store) -> Sequence[Outgoing]:
    """/kenh."""
    addresses = store.people.addresses(request.person.id)
    preferred = addresses[0].chat.platform
    shown = views.own_channels(request.person, _platforms(request, store), preferred, request.chat.platform)
    if request.actor.is_coordinator and (month := quota.read(store, request.now, request.office)).people:
        shown = replace(shown, text=f"{shown.text}\n\n{quota_texts.line(month)}")
    return [shown]


def add(request: Request, store: Store) -> Sequence[Outgoing]:
    """A code to type on the other platform (args: platform)."""
    platform = _platform(request)
    if platform is None:
        return [Outgoing(text=general.old_button())]
    if platform == request.chat.platform:
        return [Outgoing(text=texts.no_channel_to_add())]
    changes = platform in _platforms(request, store)
    code = store.invites.create_channel_code(person_id=request.person.id, now=request.now)
    until = request.office.local(request.now + CHANNEL_LIFETIME)
    return views.channel_code(platform, code, until, request.bot_links.get(platform, ""), changes=changes)


def prefer(request: Request, store: Store) -> Sequence[Outgoing]:
    """Reminders go there from now on (args: platform)."""
    platform = _platform(request)
    if platform is None or not store.people.prefer(request.person.id, platform):
        return [Outgoing(text=general.old_button())]
    return [Outgoing(text=texts.preferred(request.person, platform))]


def _platforms(request: Request, store: Store) -> list[str]:
    return [address.chat.platform for address in store.people.addresses(request.person.id)]


def _platform(request: Request) -> PlatformName | None:
    match request.args:
        case ("telegram",):
            return "telegram"
        case ("zalo",):
            return "zalo"
        case _:
            return None


COMMANDS = {"kenh": Route(handler=show, needs=Needs.PERSON)}

ACTIONS = {
    "channel-add": Route(handler=add, needs=Needs.PERSON),
    "channel-prefer": Route(handler=prefer, needs=Needs.PERSON),
}
