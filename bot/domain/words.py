"""Typed Vietnamese reduced to what can be compared: accents off, keystrokes of a sleeping input method undone, number words."""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """Lower case ASCII-like form for comparing: accents off, đ → d, one space between words, invisible characters gone.

    Digits of every script become ASCII digits, m² becomes m2, the many dashes become "-". Idempotent.
    """
    letters: list[str] = []
    for letter in unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).lower()):
        category = unicodedata.category(letter)
        if category in _INVISIBLE:
            continue
        if category in _BLANK:
            letters.append(" ")
        elif category == "Nd":
            letters.append(str(unicodedata.decimal(letter)))
        elif letter in _POWERS and letters and letters[-1] == "m":
            letters.append(_POWERS[letter])
        elif _FULL_WIDTH[0] <= letter <= _FULL_WIDTH[1]:
            letters.append(chr(ord(letter) - 0xFEE0))
        else:
            letters.append(_SPELLING.get(letter, letter))
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).split())


def untype(text: str) -> str:
    """Folded text with Telex and VNI keystrokes undone, typed with the input method off: "ddax cos" and "d9a4 co1" → "da co".

    A word is changed only when it is no Vietnamese syllable as it stands and is one afterwards, so ordinary words and numbers
    stay. Digits may belong to the word ("co1"): read the plain text first and this only when that made no sense.
    """
    return " ".join(_untyped(word) for word in fold(text).split(" "))


def vocabulary(phrases: str) -> frozenset[str]:
    """Folded words or phrases, written with "|" between them."""
    return frozenset(phrases.split("|"))


def number_words(folded: str) -> int | None:
    """The whole number written in Vietnamese words ("hai muoi mot" → 21), or None.

    Short spoken forms with two meanings ("mot tram hai": 102 or 120) are None.
    """
    words = [_SAME_WORD.get(word, word) for word in folded.split()]
    if not words or len(words) > 24:
        return None
    total, lowest = 0, 0
    for name, worth in _SCALES:
        if name not in words:
            continue
        at = words.index(name)
        many = _below_thousand(words[:at], after_scale=bool(lowest))
        if many is None or (many == 0 and not lowest) or _skips(lowest, worth, words):
            return None
        total, lowest, words = total + many * worth, worth, words[at + 1 :]
    if not words:
        return total
    if (lowest and len(words) == 1 and words != ["muoi"]) or _skips(lowest, 1, words):
        return None  # "mot nghin hai": 1.002 or 1.200
    rest = _below_thousand(words, after_scale=bool(lowest))
    return None if rest is None else total + rest


# -- folding ----------------------------------------------------------------------------------------------------------

_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
_BLANK = frozenset({"Zs", "Zl", "Zp", "Cc"})
_POWERS = {"\u00b2": "2", "\u00b3": "3"}
_FULL_WIDTH = ("\uff01", "\uff5e")
_SPELLING = {
    "\u0111": "d",  # d with stroke
    "\u00f0": "d",  # eth, its lookalike in old fonts
    "\u0256": "d",
    "\u33a1": "m2",
    "\u2044": "/",
    "\u2215": "/",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2026": "...",
} | dict.fromkeys(("\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"), "-")

# -- input method off -------------------------------------------------------------------------------------------------

_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
    r"(?:(?:uye|oa|oe|ie|ye|ua|ue|uo|uy|[aeiouy])(?:ch|ng|nh|[cmnpt])?"
    r"|(?:uya|uyu|ieu|yeu|uoi|uou|oai|oay|oao|oeo|uay|ai|ao|au|ay|eo|eu|ia|iu|oi|ui|uu))"
)
_STOPPED = re.compile(r".*(?:ch|[cpt])")  # such a syllable can only carry the sharp or the heavy tone
_VOWEL = re.compile(r"[aeiouy]")
# Foreign words in daily use that happen to end in a Telex tone key.
_FOREIGN = vocabulary(
    "as|bar|bus|box|car|cost|has|his|host|is|last|lens|list|max|mix|most|or|pos|pr|sms|tax|test|us|par|per|pos|ax"
)
# "phuong5", "thu5", "cau6": a number glued to its noun, not a tone.
_NUMBERED = vocabulary("ap|cau|dot|khu|ky|lan|muc|nam|ngay|nhom|phuong|quan|quy|so|thang|thu|to|tuan|y")


def _untyped(word: str) -> str:
    if not word.isascii() or len(word) > 12:
        return word
    core = word.strip(".,;:!?()\"'")
    if not core or core in _FOREIGN or _SYLLABLE.fullmatch(core):
        return word
    decoded = _telex(core) if core.isalpha() else _vni(core)
    return word if decoded is None else word.replace(core, decoded)


def _telex(word: str) -> str | None:
    shaped = re.sub(r"^dd", "d", word)
    shaped = re.sub(r"aa|ee|oo", lambda double: double.group()[0], shaped)
    if re.search(r"[aou]", shaped):
        shaped = re.sub(r"(?<=[a-z])w", "", shaped)
    if _SYLLABLE.fullmatch(shaped):
        return shaped
    vowel = _VOWEL.search(shaped)
    if vowel is None:
        return None
    tones = [at for at in range(vowel.end(), len(shaped)) if shaped[at] in "sfrxj"]
    if len(tones) != 1:
        return None
    syllable = shaped[: tones[0]] + shaped[tones[0] + 1 :]
    return syllable if _spoken(syllable, sharp_or_heavy=shaped[tones[0]] in "sj") else None


def _vni(word: str) -> str | None:
    if not re.fullmatch(r"[a-z]+[1-9][a-z1-9]*", word):
        return None
    syllable, marks = re.sub(r"\d", "", word), re.sub(r"\D", "", word)
    tones = [mark for mark in marks if mark in "12345"]
    if len(tones) > 1 or (len(marks) == 1 and word[-1].isdigit() and syllable in _NUMBERED):
        return None
    for mark, letters in (("6", "aeo"), ("7", "ou"), ("8", "a"), ("9", "d")):
        if mark in marks and not any(letter in word[: word.index(mark)] for letter in letters):
            return None
    if tones and not _VOWEL.search(word[: word.index(tones[0])]):
        return None
    return syllable if _spoken(syllable, sharp_or_heavy=not tones or tones[0] in "15") else None


def _spoken(syllable: str, *, sharp_or_heavy: bool) -> bool:
    return bool(_SYLLABLE.fullmatch(syllable)) and (sharp_or_heavy or not _STOPPED.fullmatch(syllable))


# -- numbers in words -------------------------------------------------------------------------------------------------

_SCALES = (("ty", 1_000_000_000), ("trieu", 1_000_000), ("nghin", 1_000))
_SAME_WORD = {"ti": "ty", "ngan": "nghin", "le": "linh"}
_DIGITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_ENDINGS = _DIGITS | {"tu": 4, "lam": 5, "nham": 5}  # only after tens
NUMBER_WORDS = frozenset({*_ENDINGS, "muoi", "chuc", "tram", "nghin", "ngan", "trieu", "ty", "ti", "linh", "le", "ruoi"})


def _below_thousand(words: list[str], *, after_scale: bool) -> int | None:
    match words:
        case ["linh", one] if after_scale:
            return _DIGITS.get(one)
        case ["khong", "tram", "linh", one] if after_scale:
            return _DIGITS.get(one)
        case ["khong", "tram", *tens] if after_scale:
            below = _below_hundred(tens)
            return None if below is None or below < 10 else below
        case [hundreds, "tram"] if hundreds in _DIGITS:
            return _DIGITS[hundreds] * 100
        case [hundreds, "tram", "ruoi"] if hundreds in _DIGITS:
            return _DIGITS[hundreds] * 100 + 50
        case [hundreds, "tram", "linh", one] if hundreds in _DIGITS and one in _DIGITS:
            return _DIGITS[hundreds] * 100 + _DIGITS[one]
        case [hundreds, "tram", *tens] if hundreds in _DIGITS:
            below = _below_hundred(tens)
            return None if below is None or below < 10 else _DIGITS[hundreds] * 100 + below
    return _below_hundred(words)


def _skips(scale: int, following: int, words: list[str]) -> bool:
    """ "muoi trieu nam tram" is mostly said of 10.500.000: a scale left out must be said with "khong" or "linh"."""
    return scale > following * 1000 and words[0] not in ("khong", "linh")


def _below_hundred(words: list[str]) -> int | None:
    match words:
        case ["khong"]:
            return 0
        case ["muoi"]:
            return 10
        case [one]:
            return _DIGITS.get(one)
        case ["muoi", one] if one in _ENDINGS:
            return 10 + _ENDINGS[one]
        case [tens, "chuc"] if tens in _DIGITS:
            return _DIGITS[tens] * 10
        case [tens, "muoi"] if _DIGITS.get(tens, 0) > 1:
            return _DIGITS[tens] * 10
        case [tens, "muoi", one] if _DIGITS.get(tens, 0) > 1 and one in _ENDINGS:
            return _DIGITS[tens] * 10 + _ENDINGS[one]
        case [tens, "lam" | "nham" | "tu" as one] if _DIGITS.get(tens, 0) > 1:
            return _DIGITS[tens] * 10 + _ENDINGS[one]
    return None
