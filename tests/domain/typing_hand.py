"""How figures and words come out of people's hands: written the Vietnamese way, accents dropped, Telex and VNI typed out."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_TONES = {"\u0301": ("s", "1"), "\u0300": ("f", "2"), "\u0309": ("r", "3"), "\u0303": ("x", "4"), "\u0323": ("j", "5")}
_SHAPES = {"\u0302": ("", "6"), "\u031b": ("w", "7"), "\u0306": ("w", "8")}


def dotted(value: int) -> str:
    """1250000 → 1.250.000"""
    return f"{value:,}".replace(",", ".")


def decimal_text(value: Decimal) -> str:
    """1250.5 → 1.250,5"""
    whole, _, rest = f"{value:f}".partition(".")
    return dotted(int(whole)) + (f",{rest}" if rest else "")


def in_words(value: int) -> str:
    """A whole number below a thousand million as it is spoken: 105 → một trăm lẻ năm."""
    assert 0 <= value < 1_000_000_000
    if value == 0:
        return _WORDS[0]
    parts: list[str] = []
    for worth, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group = value // worth % 1000
        if group:
            parts += [_group(group, bool(parts)), name]
        elif parts and name and value % worth:
            parts += [_WORDS[0], name]  # một triệu không nghìn năm trăm
    return " ".join(part for part in parts if part)


def _group(value: int, inside: bool) -> str:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = [f"{_WORDS[hundreds]} trăm"] if hundreds or inside else []
    if tens == 0:
        return " ".join([*words, *(["lẻ"] if words and ones else []), *([_WORDS[ones]] if ones else [])])
    words.append("mười" if tens == 1 else f"{_WORDS[tens]} mươi")
    if ones:
        words.append("lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else _WORDS[ones])
    return " ".join(words)


def unaccented(text: str) -> str:
    """What a phone without a Vietnamese keyboard sends."""
    stripped = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return stripped.replace("đ", "d").replace("Đ", "D")


def keystrokes(text: str, *, vni: bool) -> str:
    """The raw keys of a word typed with the input method switched off: "đã" → "ddax" (Telex) or "d9a4" (VNI)."""
    return " ".join(_keys(word, vni) for word in text.split(" "))


def _keys(word: str, vni: bool) -> str:
    typed, tone = "", ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = _TONES[letter][vni]
        elif letter in _SHAPES:
            typed += _SHAPES[letter][vni] if vni or letter != "\u0302" else typed[-1]
        elif letter == "đ":
            typed += "d9" if vni else "dd"
        else:
            typed += letter
    return typed + tone
