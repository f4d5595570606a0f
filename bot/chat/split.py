"""Cut a long text into messages at the kindest places."""

from __future__ import annotations

import re
import unicodedata

# Kindest first. A cut falls on the white space these match; a no-break space is kept whole, that is what it is for.
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
_LINE = re.compile(r"\s*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?…;])[^\S\u00a0\u202f]+")
_WORD = re.compile(r"[^\S\u00a0\u202f]+")

_JOINER = "\u200d"


def units(text: str) -> int:
    """Length as the platforms count it: UTF-16 units, an emoji is two."""
    return len(text) + sum(char > "\uffff" for char in text)


def split(text: str, limit: int) -> tuple[str, ...]:
    """Cut `text` into pieces of at most `limit` UTF-16 units: at a paragraph, else a line, else a sentence, else a word.

    Only white space at the cuts and at both ends is lost; no piece is empty. A word longer than half a message is cut inside,
    but never within a character made of several code points. Raises ValueError for a limit below 2 (one emoji).
    """
    if limit < 2:
        raise ValueError(f"a message of {limit} units holds nothing")
    pieces = []
    rest = text.strip()
    while units(rest) > limit:
        cut = _cut(rest, _fitting(rest, limit))
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*pieces, rest) if rest else tuple(pieces)


def _fitting(text: str, limit: int) -> int:
    """How many leading code points of `text` fit into `limit` units."""
    used = 0
    for index, char in enumerate(text):
        used += 2 if char > "\uffff" else 1
        if used > limit:
            return index
    return len(text)


def _cut(text: str, fits: int) -> int:
    """Where to end the first piece: a kind place in the second half of what fits, so that no message is a mere stub."""
    for place in (_PARAGRAPH, _LINE, _SENTENCE, _WORD):
        starts = [match.start() for match in place.finditer(text, fits // 2, fits + 1)]
        starts = [start for start in starts if 0 < start <= fits]
        if starts:
            return starts[-1]
    cut = fits
    while cut > 0 and _belong_together(text[cut - 1], text[cut]):
        cut -= 1
    return cut or fits  # a single "character" longer than a message is nobody's writing


def _belong_together(before: str, after: str) -> bool:
    """Whether a cut between these two would tear one visible character apart (accent, variation, skin tone, family emoji)."""
    return (
        _JOINER in (before, after)
        or unicodedata.category(after).startswith("M")
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
    )
