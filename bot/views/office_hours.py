"""The screens of the office's hours."""

from __future__ import annotations

from bot.chat.messages import Choice, Outgoing
from bot.texts import correcting, general, keywords
from bot.texts import office_hours as texts
from bot.views.paging import rows

STOP = Choice(label=correcting.STOP, action=("hours-drop",), words=correcting.STOP_WORDS)


def shown(text: str, *, changed: bool) -> Outgoing:
    """All hours, and which to change."""
    ways = [Choice(label=texts.OFFICE, action=("hours-office",))]
    ways += [Choice(label=label, action=("hours-one", hour.value)) for hour, label in texts.LABELS.items()]
    ways += [Choice(label=texts.CONFIGURED, action=("hours-configured",))] if changed else []
    return _lettered(text, rows(ways, wide=2))


def ask(text: str, problem: str = "") -> Outgoing:
    """A question answered in words; the answer begins with a figure."""
    return _lettered(f"{problem}\n\n{text}" if problem else text, ((STOP,),))


def surely(text: str) -> Outgoing:
    """The second question before anything is written."""
    yes = Choice(label=texts.APPLY, action=("hours-apply",), words=keywords.APPLY)
    no = Choice(label=texts.DROP, action=("hours-drop",), words=keywords.DROP)
    return Outgoing(text=text, choices=((yes, no),), hint=general.hint_digits())


def done(text: str) -> Outgoing:
    """What was done, and the way back."""
    return _lettered(text, ((Choice(label=texts.LIST, action=("hours",)),),))


def _lettered(text: str, choices: tuple[tuple[Choice, ...], ...]) -> Outgoing:
    return Outgoing(text=text, choices=choices, marks="letters", hint=general.hint_letters())
