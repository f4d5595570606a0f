"""What somebody is called and their telephone number, as they write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.commands import understand
from bot.domain.words import fold, vocabulary


@dataclass(frozen=True, kw_only=True)
class PersonName:
    """A person's name as written on paper.

    Attributes:
        full: "Nguyễn Thị Lan", without honorific or title.
        given: what one is called by, the last word: "Lan".
        honorific: "chị", "anh" … when the person wrote it, or "".
    """

    full: str
    given: str
    honorific: str = ""


def person_name(text: str) -> PersonName | None:
    """The name in "em là Nguyễn thị lan ạ" or "chị Lan", or None when it cannot be one."""
    said = " ".join(unicodedata.normalize("NFC", text).split())
    if len(said) > 120 or understand(said) is not None:
        return None
    said = re.sub(r"[\s,:;.(-]*(?:\+?84|0)[\d .-]{8,12}\)?\s*$", "", said)  # a telephone after the name
    said = re.split(r"\s+[-\u2013\u2014]\s+|[,;(]", said)[0].strip(" .!:")
    words = _without_lead(said.split())
    words, honorific = _without_honorific(words)
    while len(words) > 1 and fold(words[-1]) in ("a", "ah", "nhe", "nha", "oi") and words[-1] != "A":  # "Nguyễn Văn A"
        words = words[:-1]
    if not 1 <= len(words) <= 7 or len(" ".join(words)) > 60 or not all(_NAME_WORD.fullmatch(word) for word in words):
        return None
    folded = [fold(word) for word in words]
    if _is_sentence(words) or " ".join(folded) in _NEVER_NAMES or (len(words) == 1 and len(folded[0]) < 2):
        return None
    if not any(re.search(r"[aeiouy]", word) for word in folded):
        return None
    full = " ".join(_capital(word) for word in words)
    return PersonName(full=full, given=full.split()[-1], honorific=honorific)


def phone(text: str) -> str | None:
    """A Vietnamese number as "0903123456" (mobile 03/05/07/08/09, 10 digits; land line 02…, 11 digits), or None.

    Source: the numbering plan in force since 2018 (mobile codes of two digits, no more 01x).
    """
    if len(text) > 100:
        return None
    text = text.replace("(", " ").replace(")", " ")
    said = re.sub(r"^(?:(?:so|sdt|dt|dien thoai|di dong|zalo|tel|phone|cua|em|toi|la)\b[ .:]*)+", "", fold(text))
    said = re.sub(r"(?:[ ,.]*\b(?:a|ah|nhe|nha))+$", "", said.strip(" .,!"))
    if not re.fullmatch(r"\+?[\d .-]+", said) or "+" in said[1:]:
        return None
    number = re.sub(r"\D", "", said)
    number = re.sub(
        r"^(?:00)?84(?=[235789]\d{8,9}$)", "0", number.replace("840", "84", 1) if said.startswith("+840") else number
    )
    return number if re.fullmatch(r"0[35789]\d{8}|02\d{9}", number) else None


_NAME_WORD = re.compile(r"[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.?")
_HONORIFICS = {
    "anh": "anh",
    "chi": "ch\u1ecb",
    "co": "c\u00f4",
    "chu": "ch\u00fa",
    "bac": "b\u00e1c",
    "ong": "\u00f4ng",
    "ba": "b\u00e0",
    "thay": "th\u1ea7y",
    "em": "em",
}
_COMRADE = "\u0111\u1ed3ng ch\u00ed"
_SHORT_HONORIFICS = {"a": "anh", "a.": "anh", "c": "ch\u1ecb", "c.": "ch\u1ecb", "e": "em", "d/c": _COMRADE, "dc": _COMRADE}
_LEADS = sorted(
    vocabulary(
        "da|vang|thua|chao|xin chao|la|day la|toi la|em la|minh la|chau la|ten|ten la|ten toi la|ten em la|ten minh la|toi ten|"
        "toi ten la|em ten|em ten la|minh ten|minh ten la|ho ten|ho ten la|ho va ten|ho va ten la"
    ),
    key=lambda lead: (-len(lead), lead),
)
_SPELT_LEADS = {"l\u00e0", "d\u1ea1", "v\u00e2ng", "th\u01b0a", "ch\u00e0o", "t\u00ean"}
# Words of sentences, with their accents: without them many are names (Đặng, Đăng, Nhung, Khổng; Này is none, Nay is).
_SENTENCE_WORDS = {
    "khong": {"kh\u00f4ng"},
    "chua": {"ch\u01b0a"},
    "gui": {"g\u1eedi"},
    "nhung": {"nh\u1eefng", "nh\u01b0ng"},
    "cua": {"c\u1ee7a"},
    "nay": {"n\u00e0y"},
    "xin": {"xin"},
    "gi": {"g\u00ec"},
    "nao": {"n\u00e0o"},
    "roi": {"r\u1ed3i"},
    "ubnd": {"ubnd"},
    "muon": {"mu\u1ed1n"},
    "dang": {"\u0111ang"},
    "phai": {"ph\u1ea3i"},
    "va": {"v\u00e0"},
    "hay": {"hay", "h\u00e3y"},
    "vang": {"v\u00e2ng"},
}
_NAMES_WITHOUT_ACCENTS = {"dang", "nhung", "nay", "vang"}
_NEVER_NAMES = vocabulary(
    "hi|hello|alo|chao|bot|admin|noi vu|phong noi vu|thanh tra|van phong|xong|can bo|cong chuc|tai sao|vi sao"
)


def _is_sentence(words: list[str]) -> bool:
    """Whether a word stands among them that no name has, written as the others are: with its accents or without."""
    if any(not word.isascii() for word in words):
        return any(word.lower() in _SENTENCE_WORDS.get(fold(word), ()) for word in words)
    return any(fold(word) in _SENTENCE_WORDS and fold(word) not in _NAMES_WITHOUT_ACCENTS for word in words)


def _without_lead(words: list[str]) -> list[str]:
    going = True
    while going:
        going = False
        folded = [fold(word).strip(":,.") for word in words]
        for lead in _LEADS:
            parts = lead.split()
            if folded[: len(parts)] == parts and len(words) > len(parts) and not _is_surname(words, parts):
                words, going = words[len(parts) :], True
                break
    return words


def _is_surname(words: list[str], lead: list[str]) -> bool:
    """A lone "La", "Vàng" before a name written alike: "La Văn Cầu", "VÀNG THỊ MAI" are names, "là Lan", "vâng Lan" are not."""
    word = words[0].lower().strip(":,.")
    if len(lead) > 1 or word in _SPELT_LEADS or (word.isascii() and lead != ["la"]):
        return False
    written = words[0].istitle() or any(not other.isascii() for other in words)
    return written and any(first and second for first, second in zip(_style(words[0]), _style(words[1]), strict=True))


def _style(word: str) -> tuple[bool, bool, bool]:
    return word.islower(), word.isupper(), word.istitle()


def _without_honorific(words: list[str]) -> tuple[list[str], str]:
    if len(words) < 2:
        return words, ""
    if [fold(word) for word in words[:2]] == ["dong", "chi"] and len(words) > 2:
        return words[2:], _COMRADE
    first, folded = words[0].lower(), fold(words[0])
    if folded in _SHORT_HONORIFICS and (words[0].islower() or len(folded) > 1):  # "A Phủ" is a name
        return words[1:], _SHORT_HONORIFICS[folded]
    proper = _HONORIFICS.get(folded)
    accents = any(not word.isascii() for word in words)
    if proper is None or (accents and first != proper):
        return words, ""  # "Chu Lân" is a surname, "chú Lân" is not
    if folded in ("ong", "chu") and fold(words[1]) in ("van", "thi"):
        return words, ""  # so is "Ông Văn Tân"
    return words[1:], proper


def _capital(word: str) -> str:
    if not (word.islower() or (word.isupper() and len(word) > 1)):
        return word
    return re.sub(r"(^|['\u2019.-])(\w)", lambda found: found[1] + found[2].upper(), word.lower())
