"""Politeness around a short answer: "dạ 2 ạ", "có nhé"."""

from __future__ import annotations

import re
import unicodedata

# Read with its accents: "đã gửi" (sent already, on paper) must never become "dạ, gửi". Typed without them, "da" is courtesy
# only before a mark ("da 2"). A letter by which people are called (a = anh, c = chị, e = em) is no mark behind it: "dạ c".
_BEFORE = re.compile(r"^(?!\w+[\s,.]+[ace]$)(?:dạ|vâng|vang|da(?=[\s,.]+[(\[]?(?:[0-9]+|[a-z])[)\].,:]?$))[\s,.]+")
_AFTER = re.compile(r"[\s,.]+(?:ạ|a|ah|nhé|nhe|nha)[\s.!]*$")


def without_courtesy(text: str) -> str:
    """The answer alone, in small letters; the text itself when there is no courtesy around it."""
    said = unicodedata.normalize("NFC", text).casefold().strip()
    return _BEFORE.sub("", _AFTER.sub("", said))
