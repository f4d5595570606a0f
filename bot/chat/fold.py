"""Text as people type it in a hurry: without accents, without capitals, single spaces."""

from __future__ import annotations

import unicodedata
from collections import Counter

_D = "\u0111"  # d with stroke: a letter of its own, no accent, but left out like one


def fold(text: str) -> str:
    """Fold for comparing only, never for showing: "  Chưa  CÓ số" and "chua co so" become the same ASCII-like text."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) != "Mn")
    return " ".join(bare.casefold().replace(_D, "d").split())


def accents_fit(typed: str, meant: str) -> bool:
    """Of two texts that fold to the same: whether no accent was typed that is not in `meant`; leaving some out is usual.

    "da co" and "Đã co" fit "đã có"; "dừng" (stop) does not fit "đúng" (right), though both fold to "dung". A `meant` without
    any accent is taken for letters alone, so whoever wants accents to count writes them.
    """
    said, known = (unicodedata.normalize("NFKC", text).casefold().split() for text in (typed, meant))
    if len(said) != len(known) or not any(map(_accents, known)):
        return True
    return all(_accents(one) <= _accents(other) for one, other in zip(said, known, strict=True))


def _accents(word: str) -> Counter[str]:
    """A word's accents wherever they sit: "hủy" and "huỷ" are one word."""
    return Counter(char for char in unicodedata.normalize("NFKD", word) if unicodedata.category(char) == "Mn" or char == _D)
