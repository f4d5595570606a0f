"""The screens of a broadcast."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.messages import Choice, Outgoing
from bot.domain.office import Office
from bot.domain.units import Unit
from bot.texts import broadcasting as texts
from bot.texts import general, keywords
from bot.views.paging import rows, turning

STOP = Choice(label=texts.STOP, action=("broadcast-stop",), words=keywords.STOP)


def whom(many: Mapping[str, int], *, earlier: bool) -> Outgoing:
    """To whom? `earlier`: whether there were others."""
    groups = [Choice(label=texts.audience(name, count), action=("broadcast-to", name)) for name, count in many.items() if count]
    results = (Choice(label=texts.RESULTS, action=("broadcast-results", "0")),) if earlier else ()
    return _lettered(texts.whom(), (*rows(groups, wide=2), (*results, STOP)))


def typed(text: str) -> Outgoing:
    """Something is to be typed."""
    return _lettered(text, ((STOP,),))


def queued(text: str, broadcast_id: int) -> Outgoing:
    """It waits a minute."""
    stop = Choice(label=texts.CANCEL, action=("broadcast-cancel", str(broadcast_id)), words=keywords.CANCEL)
    return _lettered(text, ((stop,),))


def message(text: str, broadcast_id: int, unit: Unit, office: Office) -> Outgoing:
    """For a unit."""
    at = (str(unit.id), str(broadcast_id))
    choices = (
        Choice(label=texts.READ, action=("broadcast-read", *at)),
        Choice(label=texts.REPLY, action=("broadcast-reply", *at)),
    )
    return Outgoing(text=texts.said(text, office), choices=(choices,), hint=general.hint_digits())


def result(text: str, page: int, many: int) -> Outgoing:
    """What became of one, the newest first."""
    return Outgoing(
        text=text,
        choices=turning(("broadcast-results",), page, many),
        marks="letters",
        hint=general.hint_letters(),
        edits=True,
    )


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...]) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters())
