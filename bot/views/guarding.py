"""The warning before something of a citizen's is kept."""

from __future__ import annotations

from collections.abc import Collection

from bot.chat.messages import Choice, Outgoing
from bot.domain.secrets_marks import Mark
from bot.texts import guarding as texts


def personal(marks: Collection[Mark], *, file: bool, fix: str, anyway: str) -> Outgoing:
    """What was seen, and the choice; letters, since a digit may be the answer itself."""
    return Outgoing(
        text=texts.personal(marks, file=file),
        choices=((Choice(label=texts.FIX, action=(fix,)), Choice(label=texts.ANYWAY, action=(anyway,))),),
        marks="letters",
    )
