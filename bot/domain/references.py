"""Which points of a plan a typed reference means: "II.8", "mục II ý thứ 8", "iv2a1", "đoạn cuối mục IV"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.domain.plan import Point
from bot.domain.words import fold, vocabulary


def find(points: Iterable[Point], text: str) -> tuple[Point, ...]:
    """The points `text` may mean, in the plan's order: the exact one, several when it is not clear, () for none.

    "IV.2.d" may be meant as "IV.2.đ": both are returned, nobody's point is guessed. A part ("IV.2.a", "II") means all its
    points.
    """
    typed = _parts(text)
    if not typed:
        return ()
    known = [(point, _parts(point.ref)) for point in points]
    exact = tuple(point for point, ref in known if len(ref) == len(typed) and _same(typed, ref))
    return exact or tuple(point for point, ref in known if len(ref) > len(typed) and _same(typed, ref))


def _parts(text: str) -> tuple[str, ...]:
    """ "Mục IV.2.đ" → ("iv", "2", "đ"). () when it names no part of a plan."""
    words = re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFC", text).lower())
    parts = [_part(word) for word in words if fold(word) not in _AROUND]
    if parts and not _ROMAN.fullmatch(parts[0]) and any(_ROMAN.fullmatch(part) for part in parts):
        if _LAST in parts:
            parts = [part for part in parts if part != _LAST] + [_LAST]
        if not _ROMAN.fullmatch(parts[0]):
            parts.reverse()  # from the smallest to the largest, as documents quote themselves: point d, section 2, part IV
    return tuple(parts) if parts and _ROMAN.fullmatch(parts[0]) else ()


def _part(word: str) -> str:
    if word in ("dd", "\u0111"):  # the letter, or its keystrokes
        return "\u0111"
    return str(int(word)) if word.isdecimal() else fold(word)


def _same(typed: tuple[str, ...], ref: tuple[str, ...]) -> bool:
    return all(said == part or (said == "d" and part == "\u0111") for said, part in zip(typed, ref, strict=False))


_ROMAN = re.compile(r"[ivx]+")
_LAST = "cuoi"
_AROUND = vocabulary("muc|diem|phan|y|thu|khoan|doan|tai|cua|ke|hoach|kh|so|trich|xem")
