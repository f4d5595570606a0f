"""Which unit, which person and which telephone somebody means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.domain.answers import Doubt, Doubtful, Reading, Status
from bot.domain.commands import understand
from bot.domain.words import fold, number_words, untype, vocabulary


class Named(Protocol):
    """A unit as far as its names go: `Unit`, or `PlannedUnit` whose `aliases` are used too."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def short(self) -> str: ...  # noqa: D102


U = TypeVar("U", bound=Named)


def find_unit(text: str, units: Sequence[U]) -> U | Doubtful:
    """The one unit meant: "p.05", "F5", "phuowngf 5", "tn&mt", "do thi". Suggestions of a Doubtful are unit codes.

    Doubtful NO_SUCH_UNIT for a ward number that is not on the list, WHICH_UNIT for everything else that is not certain
    ("kp5" is a neighbourhood, "phong" is many).
    """
    if len(text) > 200:
        return Doubtful(why=Doubt.WHICH_UNIT)
    first = _find(fold(text), units)
    if isinstance(first, Doubtful) and untype(text) != fold(text):
        second = _find(untype(text), units)
        return second if not isinstance(second, Doubtful) or second.suggestions else first
    return first


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
    if _NEVER_IN_NAMES & set(folded) or " ".join(folded) in _NEVER_NAMES or (len(words) == 1 and len(folded[0]) < 2):
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


# -- units --------------------------------------------------------------------------------------------------------------

_PLACE = re.compile(r"\b(?:uy ban nhan dan|ubnd|uy ban|tp ?hcm|tphcm|tp ho chi minh|thanh pho ho chi minh)\b")
_DISTRICT = re.compile(r"\b(?:quan |q )?(?:go vap|gv)\b|\b(?:thuoc|cua) quan$")
_POLITE = re.compile(r"^(?:(?:da|vang|em|toi|minh|ben|o|don vi|la)\b[ ,:]*)+|(?:[ ,]*\b(?:a|ah|nhe|nha|em))+$")
_WARD = re.compile(r"(phuong|p|f|ph|phg|phuog|phuon|fuong|phung|phuongg?) ?0*(\d{1,3})")
_WARD_WORD = re.compile(r"([a-z]{4,8}) ?0*(\d{1,3})")
_KIND_WORDS = ("phong", "phuong", "xa", "p", "ph", "f", "ban", "tt", "dac khu")


def _find(text: str, units: Sequence[U]) -> U | Doubtful:
    said = _key(_POLITE.sub("", text.strip(" .!,?")))
    if not said or said.isdecimal():  # a bare "5" may be a choice's number
        return Doubtful(why=Doubt.WHICH_UNIT, suggestions=_codes(_near(said, units)))
    number = _ward_number(said)
    if number is not None:
        wards = [unit for unit in units if number in {_ward_number(_key(fold(name))) for name in _names(unit)}]
        return wards[0] if len(wards) == 1 else Doubtful(why=Doubt.NO_SUCH_UNIT if not wards else Doubt.WHICH_UNIT)
    if said in _GENERAL:
        held = [unit for unit in units if f" {said} " in f" {fold(unit.name)} "]
        return Doubtful(why=Doubt.WHICH_UNIT, suggestions=_codes(held[:6]))
    for named in (_exact(said, units), _partly(said, units)):
        if len(named) == 1:
            return named[0]
        if named:
            return Doubtful(why=Doubt.WHICH_UNIT, suggestions=_codes(named[:6]))
    return Doubtful(why=Doubt.WHICH_UNIT, suggestions=_codes(_near(said, units)))


def _key(folded: str) -> str:
    """The words that tell units apart."""
    text = re.sub(r"[^a-z0-9]+", " ", _PLACE.sub(" ", re.sub(r"\bvp(?:ubnd)?\b", "van phong", folded))).strip()
    text = " ".join(word for word in _DISTRICT.sub(" ", text).split() if word != "va")
    return re.sub(r"(?<=\w) (?:quan|q)$", "", text)


def _ward_number(said: str) -> int | None:
    """5 for "p5", "p 05", "phuong 5", "puong 5", "phuong nam"; None for "kp5" and "p tnmt"."""
    found = _WARD.fullmatch(said)
    if found is not None:
        return int(found[2])
    misspelt = _WARD_WORD.fullmatch(said)
    if misspelt is not None and one_slip(misspelt[1], "phuong"):
        return int(misspelt[2])
    in_words = re.fullmatch(r"(?:phuong|p|f) ([a-z ]+)", said)
    return number_words(in_words[1]) if in_words is not None else None


def _names(unit: Named) -> tuple[str, ...]:
    aliases: tuple[str, ...] = tuple(getattr(unit, "aliases", ()))
    return (unit.code, unit.short, unit.name, *aliases)


def _exact(said: str, units: Sequence[U]) -> list[U]:
    glued = said.replace(" ", "")
    bare = _bare(said)
    by_name = [unit for unit in units if said in _keys(unit) or glued in {key.replace(" ", "") for key in _keys(unit)}]
    if by_name:
        return by_name
    found = [unit for unit in units if bare and bare in {_bare(key) for key in _keys(unit)}]
    if found:
        return found
    short = bare.replace(" ", "")
    if len(short) < 3 and bare == said:
        return []  # "tp", "nv" mean too many things without "phòng" in front
    return [unit for unit in units if short in {form for key in _keys(unit) for form in _initials(_bare(key))}]


def _keys(unit: Named) -> set[str]:
    return {key for name in _names(unit) if (key := _key(fold(name)))}


def _bare(key: str) -> str:
    words = key.split()
    return " ".join(words[1:]) if len(words) > 1 and words[0] in _KIND_WORDS else key


def _initials(key: str) -> set[str]:
    words = key.split()
    if len(words) < 2:
        return set()
    return {"".join(word[0] for word in words)}


def _partly(said: str, units: Sequence[U]) -> list[U]:
    """Units whose name holds these words in a row ("do thi"). A single short or general word names nobody."""
    for part in dict.fromkeys((said, _bare(said))):
        if len(part) < 4 or part in _GENERAL:
            continue
        found = [unit for unit in units if any(f" {part} " in f" {key} " for key in _keys(unit))]
        if found:
            return found
    return []


_GENERAL = frozenset({"quan", "phong", "phuong", "xa", "ban", "cong", "nhan dan"})


def _near(said: str, units: Sequence[U]) -> list[U]:
    """What may have been meant, to be offered, never taken."""
    if not said:
        return []
    digits = re.search(r"(?<!\d)0*(\d{1,3})(?!\d)", said)
    if digits is not None:
        number = int(digits[1])
        return [unit for unit in units if number in {_ward_number(_key(fold(name))) for name in _names(unit)}][:3]
    parts = {said, _bare(said)}
    close = [
        unit for unit in units if any(len(key) > 4 and one_slip(part, _bare(key)) for part in parts for key in _keys(unit))
    ]
    inside = [unit for unit in units if any(len(_bare(key)) > 4 and f" {_bare(key)} " in f" {said} " for key in _keys(unit))]
    return list({unit.code: unit for unit in close + inside}.values())[:6]


def _codes(units: Sequence[Named]) -> tuple[Reading, ...]:
    return tuple(Reading(status=Status.GIVEN, value=unit.code) for unit in units)


def one_slip(typed: str, meant: str) -> bool:
    """Equal but for one letter missing, added or changed, or two neighbours swapped."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return typed == meant
    same = 0
    while same < min(len(typed), len(meant)) and typed[same] == meant[same]:
        same += 1
    a, b = typed[same:], meant[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


# -- people -------------------------------------------------------------------------------------------------------------

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
_NEVER_IN_NAMES = vocabulary("khong|chua|gui|nhung|cua|nay|xin|gi|nao|roi|ubnd|muon|dang|phai|va|hay|sao|duoc khong")
_NEVER_NAMES = vocabulary("hi|hello|alo|chao|bot|admin|noi vu|phong noi vu|thanh tra|van phong|xong|can bo|cong chuc")


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
    """A capital on a lone "La", "Da" in the middle of a capitalised name: "La Văn Cầu" is a name."""
    return lead == ["la"] and words[0].istitle() and words[1].istitle()


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
