"""The labels of one message's choices: each must mean one of them, also when it is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def same(text: str) -> str:
    """What two labels that differ in nothing a reader could type on purpose have in common: capitals and spaces do not count,
    accents do."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def distinct(labels: Sequence[str]) -> list[str]:
    """The labels as they are, but those that repeat an earlier one numbered: "UBND Phường…", "UBND Phường… (2)". Idempotent."""
    taken = {same(label) for label in labels}
    if len(taken) == len(labels):
        return list(labels)
    found: list[str] = []
    seen: set[str] = set()
    for label in labels:
        shown, number = label, 2
        while same(shown) in seen or (shown != label and same(shown) in taken):
            shown, number = f"{label} ({number})", number + 1
        seen.add(same(shown))
        found.append(shown)
    return found
