"""One incoming fact, one turn: who is it, what does it mean here, may they, what is said back."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot.chat import door
from bot.chat.messages import Attached, Choice, Chose, Incoming, Origin, Other, Outgoing, Reachability, Said
from bot.chat.platform import Limits
from bot.domain import commands
from bot.domain.calendar import WorkCalendar
from bot.domain.filetypes import Unfit
from bot.domain.links import Links
from bot.domain.office import Office
from bot.domain.secrets_marks import Mark
from bot.texts import general
from bot.texts import guarding as guarding_texts
from handlers import asking, guarding, picking, registration, strangers, table, uploads
from handlers.request import Request
from handlers.routes import Needs, Route, allowed
from storage import invites
from storage.files import StoredFile
from storage.offers import Pressed
from storage.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What every turn needs besides the database. `configured`: the office without the hours set in the chat."""

    office: Office
    calendar: WorkCalendar
    limits: Mapping[str, Limits]
    bot_links: dict[str, str]
    links: Links | None = None
    configured: Office | None = None


def handle(
    incoming: Incoming, store: Store, around: Surroundings, now: datetime, file: StoredFile | Unfit | None = None
) -> None:
    """Take one fact through its turn: replies are in the outbox when this returns.

    Args:
        file: what came with it, already ours; or why it was not taken.

    Raises whatever a handler raises; the caller rolls the whole turn back.
    """
    incoming = door.cleaned(incoming)
    origin = incoming.origin
    if isinstance(incoming, Reachability):
        store.people.set_unreachable(origin.chat, "" if incoming.reachable else "blocked by the person")
        return
    actor = store.people.actor(origin.chat.platform, origin.user_id)
    store.audit.acting(actor.person.id if actor.person else None, now)
    if actor.person is not None and origin.private:
        store.people.set_unreachable(origin.chat, "")  # who writes to us can be written to
    request = Request(
        now=now,
        origin=origin,
        actor=actor,
        office=around.office,
        configured=around.configured or around.office,
        calendar=around.calendar,
        dialog=store.dialogs.get(origin.chat) if origin.private else None,
        file=file if isinstance(file, StoredFile) else None,
        bot_links=around.bot_links,
        links=around.links,
    )
    if not origin.private:
        _reply(request, store, _in_group(incoming, request, store), None)
        return
    pressed: Pressed | None = None
    marks = guarding.marks(incoming, request.file) if isinstance(incoming, Said | Attached) else frozenset()
    match incoming:
        case Said() | Attached() if Mark.SECRECY in marks or file is Unfit.SECRET:
            refusal = guarding.refuse(request, store)
            replies = _known_only(request, store, refusal)
        case Said():
            replies = _said(request, store, incoming, marks)
        case Chose():
            pressed = store.offers.pressed(origin.chat, incoming.token)
            replies = _chose(request, store, pressed)
        case Attached():
            if isinstance(file, Unfit):
                refusal = [Outgoing(text=guarding_texts.unfit(file, request.office.contact or request.office.coordinator))]
                replies = _known_only(request, store, refusal)
            else:
                replies = _attached(replace(request, text=incoming.caption.strip(), doubtful=True), store, incoming, marks)
        case Other():
            replies = _known_only(request, store, [Outgoing(text=general.only_text())])
        case _:
            assert_never(incoming)
    _reply(request, store, replies, pressed)


def apologise(origin: Origin, store: Store, now: datetime, incident: str) -> None:
    """Tell a person that their message could not be handled and is kept for us to look at."""
    store.outbox.add(origin.chat, Outgoing(text=general.our_fault(incident)), now=now)


def _said(request: Request, store: Store, said: Said, marks: frozenset[Mark]) -> Sequence[Outgoing]:
    if said.edited:  # it may belong to any earlier question: never to the one open now
        return _known_only(request, store, [Outgoing(text=general.edited())])
    text = said.text.strip()
    offer = picking.shown(request, store)
    request = replace(request, text=text, doubtful=picking.doubtful(request, said, offer))
    if slashed := commands.slash(text):
        command, rest = slashed
        return _command(request, store, command, tuple(rest.split()))
    picked = picking.picked(
        request, store, said, offer, grave=lambda choice: _route(choice).grave, may=lambda choice: _may(request, choice)
    )
    if picked is not None:
        return _act(request, store, picked.action) if isinstance(picked, Choice) else picked
    word = commands.understand(text)
    if word is not None and (name := table.EVERYWHERE.get(word.verb)):
        return _worded(request, store, word, name)
    request = guarding.released(request, store)
    if request.dialog is not None and (route := table.DIALOGS.get(request.dialog.name)):
        return guarding.hold(request, store, marks) or _run(request, store, route)
    if invites.looks_like_code(text) and not asking.asks(request, store):  # 26 letters may be a sentence, too
        return _command(request, store, "start", (text,))
    if word is not None and (name := table.WHEN_IDLE.get(word.verb)):
        return _worded(request, store, word, name)
    if word is not None and word.is_courtesy:
        return _known_only(request, store, [Outgoing(text=general.courtesy())])
    return _known_only(
        request, store, asking.answer(request, store) if request.actor.seats else [Outgoing(text=general.not_understood())]
    )


def _worded(request: Request, store: Store, word: commands.Command, name: str) -> Sequence[Outgoing]:
    """A command said in words; who sees all units means the whole round where others mean their own."""
    if name == "tiendo" and request.actor.sees_all:
        name = "tonghop"
    return _command(request, store, name, () if word.number is None else (str(word.number),))


def _chose(request: Request, store: Store, pressed: Pressed | None) -> Sequence[Outgoing]:
    if pressed is None:
        return _known_only(request, store, [Outgoing(text=general.old_button())])
    return _act(request, store, pressed.action)


def _act(request: Request, store: Store, action: tuple[str, ...]) -> Sequence[Outgoing]:
    return _run(replace(request, args=action[1:]), store, ACTIONS.get(action[0], NOWHERE))


def _route(choice: Choice) -> Route:
    return ACTIONS.get(choice.action[0], NOWHERE)


def _may(request: Request, choice: Choice) -> bool:
    return _allowed(replace(request, args=choice.action[1:]), _route(choice))


def _attached(request: Request, store: Store, attached: Attached, marks: frozenset[Mark]) -> Sequence[Outgoing]:
    request = guarding.released(request, store)
    if request.dialog is not None and (route := table.DIALOGS.get(request.dialog.name)) and request.file is not None:
        return guarding.hold(request, store, marks) or _run(request, store, route)
    if request.file is None:
        if attached.file is None and request.links and request.actor.seats and request.dialog:
            return uploads.invite(request, request.links)
        return _known_only(request, store, [Outgoing(text=general.file_not_received(request.chat.platform))])
    return _known_only(request, store, [Outgoing(text=general.file_unasked())])


def _command(request: Request, store: Store, name: str, args: tuple[str, ...]) -> Sequence[Outgoing]:
    route = table.COMMANDS.get(name)
    if route is None:
        return _known_only(request, store, [Outgoing(text=general.unknown_command())])
    return _run(replace(request, args=args), store, route)


def _run(request: Request, store: Store, route: Route) -> Sequence[Outgoing]:
    if _allowed(request, route):
        _note_access(request, store, route)
        return route.handler(request, store)
    if request.actor.person is None:
        return _known_only(request, store, [])
    if request.actor.waiting and not request.actor.seats:
        return [Outgoing(text=general.still_waiting(request.office.coordinator))]
    return [Outgoing(text=general.not_allowed(request.office.coordinator))]


def _allowed(request: Request, route: Route) -> bool:
    args = request.args if route.needs in (Needs.ANSWERS, Needs.SEES, Needs.READS) else ()
    return allowed(route.needs, request.actor, args)


def _note_access(request: Request, store: Store, route: Route) -> None:
    """Who looks at others' figures, and at whose: of the arguments only the ids, the rest may be anybody's words."""
    if route.needs in _LOOKS_AT_OTHERS or (route.needs is Needs.SEAT and request.actor.sees_all):
        ids = " ".join(arg for arg in request.args if arg.isdecimal())
        handler = route.handler
        store.audit.note("used", f"{handler.__module__.removeprefix('handlers.')}.{handler.__name__}", {"ids": ids})


def _send_anyway(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Vẫn gửi] below a warning: the dialogue gets what was said after all, if the right to it is still there."""
    meant = guarding.confirmed(request, store)
    route = table.DIALOGS.get(meant.dialog.name) if meant is not None and meant.dialog is not None else None
    if meant is None or route is None:
        return [Outgoing(text=general.old_button())]
    return _run(meant, store, route)


def _known_only(request: Request, store: Store, replies: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """Strangers get one and the same neutral answer whatever they say; in the middle of registering, its question again."""
    if request.actor.person is not None:
        return replies
    if request.dialog is not None and request.dialog.name == registration.DIALOG:
        return registration.again(request, store)
    return strangers.answer(request, store)


def _in_group(incoming: Incoming, request: Request, store: Store) -> Sequence[Outgoing]:
    """Groups see no unit's data: only where to go, only when the bot is addressed, and a few times a day (Zalo counts)."""
    if not isinstance(incoming, Said) or not request.origin.mentioned:
        return []
    return strangers.few_a_day(request, store, f"{request.chat.chat_id}/group", Outgoing(text=general.in_group()))


def _reply(request: Request, store: Store, replies: Sequence[Outgoing], pressed: Pressed | None) -> None:
    person_id = request.actor.person.id if request.actor.person else None
    edit_of = pressed.platform_message_id if pressed else None
    if pressed and edit_of and not any(reply.edits for reply in replies):
        store.outbox.spend(pressed, now=request.now)
    for reply in replies:
        first_id = store.outbox.add(
            request.chat, reply, now=request.now, person_id=person_id, edit_of=edit_of if reply.edits else None
        )
        if reply.choices:
            last_id = store.outbox.last_of(first_id)
            store.dialogs.prompted(request.chat, last_id)
        edit_of = None if reply.edits else edit_of


def _gone(request: Request, store: Store) -> Sequence[Outgoing]:
    return [Outgoing(text=general.old_button())]


NOWHERE = Route(handler=_gone, needs=Needs.NOTHING)
"""Where a choice of an older version of the program leads."""

_LOOKS_AT_OTHERS = (Needs.COORDINATOR, Needs.SEES, Needs.READS, Needs.SEES_ALL)

ACTIONS = table.ACTIONS | {guarding.ANYWAY: Route(handler=_send_anyway, needs=Needs.PERSON, grave=True)}
"""All buttons: those of the features, and the one that hands back what was held."""
