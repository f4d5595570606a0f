"""Text as people type it in a hurry: without accents, without capitals, single spaces."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Fold for comparing only, never for showing: "  Chưa  CÓ số" and "chua co so" become the same ASCII-like text."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) != "Mn")
    return " ".join(bare.casefold().replace("\u0111", "d").split())  # U+0111, d with stroke, is a letter, not an accent
