"""Outgoing messages as JSON text and back."""

from __future__ import annotations

import json
from typing import Any

from bot.chat.messages import Choice, Menu, MenuEntry, OutFile, Outgoing


def dump(message: Outgoing) -> str:
    """As JSON text."""
    plain: dict[str, Any] = {"text": message.text}
    if message.choices:
        plain["choices"] = [[_choice(choice) for choice in row] for row in message.choices]
        plain["marks"] = message.marks
    if message.hint:
        plain["hint"] = message.hint
    if message.file:
        plain["file"] = {"path": message.file.path, "name": message.file.name, "kind": message.file.kind}
    if message.menu is not None:
        plain["menu"] = [[entry.command, entry.description] for entry in message.menu.entries]
    if message.edits:
        plain["edits"] = True
    return json.dumps(plain, ensure_ascii=False)


def parse(text: str) -> Outgoing:
    """What `dump` wrote."""
    plain = json.loads(text)
    file = plain.get("file")
    menu = plain.get("menu")
    return Outgoing(
        text=plain["text"],
        choices=tuple(
            tuple(
                Choice(label=c["label"], action=tuple(c["action"]), key=c.get("key", ""), words=tuple(c.get("words", ())))
                for c in row
            )
            for row in plain.get("choices", ())
        ),
        marks=plain.get("marks", "digits"),
        hint=plain.get("hint", ""),
        file=OutFile(path=file["path"], name=file["name"], kind=file["kind"]) if file else None,
        menu=Menu(entries=tuple(MenuEntry(command=c, description=d) for c, d in menu)) if menu is not None else None,
        edits=plain.get("edits", False),
    )


def _choice(choice: Choice) -> dict[str, Any]:
    plain: dict[str, Any] = {"label": choice.label, "action": list(choice.action)}
    if choice.key:
        plain["key"] = choice.key
    if choice.words:
        plain["words"] = list(choice.words)
    return plain
