"""`queue list|handle|send`: what waits for a human, and letting it go on."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli import desk, out
from bot.cli.family import Json, command, family
from bot.cli.grammar import Refusal
from bot.texts import cli, wording
from bot.texts import queues as texts

app = family("queue", texts.ABOUT)

Number = Annotated[str, typer.Argument(metavar=texts.NUMBER, help=texts.NUMBER_HELP)]


@command(app, "list", texts.LIST, texts.LIST_MORE)
def listed(json: Json = False) -> None:
    """Ids, states and reasons; nobody's words."""
    from dataclasses import asdict

    from storage import queues

    with desk.opened() as here:
        updates, messages = here.turn(lambda store: (queues.set_aside(store), queues.stuck(store)))
        local = here.office.local
    if json:
        out.data({"updates": [asdict(one) for one in updates], "messages": [asdict(one) for one in messages]})
        return
    if not updates and not messages:
        out.say(texts.nothing())
    if updates:
        rows = [
            (str(one.id), one.platform, wording.said_at(local(one.received_at)), str(one.attempts), one.error)
            for one in updates
        ]
        out.say(out.table(texts.UPDATE_HEADINGS, rows))
    if messages:
        told = [
            (
                str(one.id),
                texts.STATES[one.state],
                one.platform,
                str(one.person_id or ""),
                wording.said_at(local(one.ended_at)) if one.ended_at else "",
                one.reason,
            )
            for one in messages
        ]
        out.say(out.table(texts.MESSAGE_HEADINGS, told))


@command(app, "handle", texts.HANDLE, texts.HANDLE_MORE)
def handle(number: Number) -> None:
    """An update set aside is handled as if it had just come."""
    _again(number, sent=False)


@command(app, "send", texts.SEND, texts.SEND_MORE)
def send(number: Number) -> None:
    """A held or dead message is tried once more."""
    _again(number, sent=True)


def _again(number: str, *, sent: bool) -> None:
    from storage import queues

    if not number.isdecimal():
        raise Refusal(cli.bad_value(texts.NUMBER, "nhacviec queue"))
    wish = queues.send_again if sent else queues.handle_again
    with desk.opened() as here:
        became = here.turn(lambda store: wish(store, int(number), here.now))
    if became != "done":
        raise Refusal(texts.not_again(int(number), became))
    out.say(texts.again(int(number), sent=sent))
