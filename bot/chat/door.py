"""What people send, cleaned where it comes in: whatever is stored or shown later is plain, composed, one way to read.

Taken out: control characters, marks that turn the direction of writing or hide letters (a name with U+202E makes
"gnp.exe" look like "exe.png"), lone surrogates (no database takes them), towers of accents. Kept: every letter, emoji with
their joiners, line breaks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot.chat.messages import Attached, Chose, Incoming, Other, Reachability, Said

LONGEST_NAME = 120
"""Of a file or a person, in code points; longer ones are somebody's joke."""

_JOINERS = "\u200c\u200d"  # what emoji are made with; variation selectors are accents (Mn)
_FLAGS = ("\U000e0020", "\U000e007f")  # tags: the flags of Scotland and Wales
_MOST_ACCENTS = 4  # on one letter; Vietnamese needs two
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ACCENT = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_TOWER = re.compile(f"({_ACCENT}{{{_MOST_ACCENTS}}}){_ACCENT}+")
_RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def text(said: str) -> str:
    """Any text, several lines allowed, NFC. Idempotent."""
    plain = _BREAKS.sub("\n", said).replace("\t", " ")
    plain = "".join(letter for letter in plain if _harmless(letter))
    return _TOWER.sub(r"\1", unicodedata.normalize("NFC", plain))


def line(said: str, longest: int = LONGEST_NAME) -> str:
    """A name to be shown inside a sentence: one line, single spaces, not too long. Idempotent."""
    plain = " ".join(text(said).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}\u2026"


def file_name(said: str) -> str:
    """A sender's file name, to be shown only: no path, no reserved characters, its true ending kept in sight; maybe "".

    Never a place on our disk: those are made from the content's hash.
    """
    base = re.split(r"[/\\]", text(said).replace("\n", " "))[-1]
    plain = " ".join(_RESERVED.sub("_", base).split()).strip(". ")
    if len(plain) <= LONGEST_NAME:
        return plain
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[: LONGEST_NAME - 1].rstrip() + "\u2026"
    return f"{stem[: LONGEST_NAME - len(ending) - 2].rstrip()}\u2026.{ending}"


def cleaned(incoming: Incoming) -> Incoming:
    """The same fact with every text of the sender's cleaned."""
    origin = replace(incoming.origin, display_name=line(incoming.origin.display_name))
    match incoming:
        case Said():
            return replace(incoming, origin=origin, text=text(incoming.text))
        case Attached(file=None):
            return replace(incoming, origin=origin, caption=text(incoming.caption))
        case Attached(file=file):
            assert file is not None
            named = replace(file, name=file_name(file.name))
            return replace(incoming, origin=origin, caption=text(incoming.caption), file=named)
        case Chose() | Reachability() | Other():
            return replace(incoming, origin=origin)


def _harmless(letter: str) -> bool:
    if letter == "\n" or letter in _JOINERS or _FLAGS[0] <= letter <= _FLAGS[1]:
        return True
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Cn")
