"""The one table of everything that can be asked of the bot; nothing else is reachable."""

from __future__ import annotations

from types import ModuleType

from bot.domain.commands import Verb
from handlers import (
    absence,
    administration,
    advising,
    ahead,
    amending,
    asking,
    behalf,
    broadcasting,
    burden,
    channels,
    chasing,
    comparing,
    correcting,
    days_off,
    difficulties,
    difficulty_desk,
    difficulty_routing,
    escalating,
    exporting,
    extending,
    guarding,
    help,
    inviting,
    ledger,
    office_hours,
    pacing,
    paper,
    plan,
    privacy,
    profile,
    quota,
    registration,
    reporting,
    rounds,
    seats,
    snoozing,
    summary,
)
from handlers.routes import Route

_FEATURES: tuple[ModuleType, ...] = (
    registration,
    seats,
    inviting,
    channels,
    quota,
    profile,
    help,
    reporting,
    paper,
    snoozing,
    difficulties,
    difficulty_desk,
    difficulty_routing,
    advising,
    plan,
    summary,
    comparing,
    ahead,
    burden,
    asking,
    correcting,
    extending,
    behalf,
    rounds,
    chasing,
    broadcasting,
    escalating,
    ledger,
    absence,
    exporting,
    administration,
    days_off,
    amending,
    pacing,
    office_hours,
    guarding,
    privacy,
)


def _merged(name: str) -> dict[str, Route]:
    merged: dict[str, Route] = {}
    for feature in _FEATURES:
        for key, route in getattr(feature, name, {}).items():
            assert key not in merged, f"two features claim {name} {key}"
            merged[key] = route
    return merged


COMMANDS = _merged("COMMANDS")
"""Slash commands, without the slash."""

ACTIONS = _merged("ACTIONS") | {f"/{name}": route for name, route in COMMANDS.items()}
"""What buttons do: the first word of a choice's action. A choice may also be a command ("/tiendo"), as in the greeting."""

DIALOGS = _merged("DIALOGS")
"""Who gets the words (or the file) of a person who is being asked something."""

EVERYWHERE: dict[Verb, str] = {
    Verb.CANCEL: "huy",
    Verb.HELP: "help",
    Verb.DIFFICULTY: "vuongmac",
    Verb.ALREADY_SENT: "dagui",
    Verb.ASK_DEADLINE: "tiendo",
    Verb.PROGRESS: "tiendo",
    Verb.PLAN: "kehoach",
    Verb.CHANGE_PERSON: "doi",
}
"""Words that mean a command also in the middle of a dialogue (only as a whole message)."""

WHEN_IDLE: dict[Verb, str] = {
    Verb.BEGIN: "baocao",
    Verb.RESUME: "baocao",
    Verb.SUBMIT: "baocao",
    Verb.EDIT: "sua",
    Verb.SUMMARY: "tiendo",
    Verb.LATER: "desau",
}
"""Words that mean a command while nothing is being asked."""
