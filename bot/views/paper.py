"""Asking for the number and date of a document that was sent."""

from __future__ import annotations

from datetime import date

from bot.chat.messages import Choice, Outgoing
from bot.texts import general
from bot.texts import paper as texts
from bot.texts import reporting as reporting_texts
from bot.views.reporting import Target


def number(at: Target, text: str) -> Outgoing:
    """Which document? Its number is typed."""
    return Outgoing(
        text=text,
        choices=(
            (
                Choice(label=texts.SKIP, action=("paper-skip", *at), words=texts.DO_NOT_KNOW),
                Choice(label=texts.NOT_SENT, action=("paper-not", *at), words=texts.NOT_SENT_WORDS),
            ),
        ),
        marks="letters",
        hint=reporting_texts.hint_typed(),
    )


def day(at: Target, number: str, text: str, today: date, yesterday: date) -> Outgoing:
    """Of which day? A date may be typed."""
    action = ("paper-day", *at, number)
    return Outgoing(
        text=text,
        choices=(
            (
                Choice(label=texts.TODAY, action=(*action, today.isoformat())),
                Choice(label=texts.YESTERDAY, action=(*action, yesterday.isoformat())),
                Choice(label=texts.SKIP, action=(*action, ""), words=texts.DO_NOT_KNOW),
            ),
        ),
        marks="letters",
        hint=reporting_texts.hint_typed(),
    )


def noted(at: Target, text: str, *, fill_in: bool) -> Outgoing:
    """Noted; the figures are welcome too."""
    choices = ((Choice(label=texts.FILL_IN, action=("report-begin", *at)),),) if fill_in else ()
    return Outgoing(text=text, choices=choices, hint=general.hint_digits())
