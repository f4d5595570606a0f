"""The labels of one message's choices: each must mean one of them, also when it is typed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence


def same(text: str) -> str:
    """What two labels that differ in nothing a reader could type on purpose have in common: capitals and spaces do not count,
    accents do."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def distinct(labels: Sequence[str]) -> list[str]:
    """The labels as they are, but those that are alike numbered, the first one too: "UBND Phường… (1)", "UBND Phường… (2)".
    Who types what they have in common has not said which one. Idempotent."""
    many = Counter(map(same, labels))
    taken = set(many)
    found = []
    for label in labels:
        shown, number = label, 1
        while many[same(label)] > 1 and same(shown) in taken:
            shown, number = f"{label} ({number})", number + 1
        taken.add(same(shown))
        found.append(shown)
    return found
