"""What must not, or not lightly, be typed into a chat: secrecy marks, identity numbers, cards, phones, e-mails, denouncers.

Marks only: nobody can recognise a secret without its mark. Input vocabulary is written with escapes where accents decide:
"m\u1eadt" (secret) folded is also "lost", "face", "eye".
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Mark(StrEnum):
    """What was recognised. SECRECY is never stored; everything else only after the person said so."""

    SECRECY = "secrecy"  # Luật Bảo vệ bí mật nhà nước, Điều 8: độ mật Tuyệt mật, Tối mật, Mật
    IDENTITY = "identity"  # căn cước (12 digits), chứng minh nhân dân (9)
    CARD = "card"  # bank cards and account numbers
    PHONE = "phone"  # mobile numbers; a land line is mostly an office's
    EMAIL = "email"  # private ones; an office's address is public
    DENUNCIATION = "denunciation"  # Luật Tố cáo 2018, Điều 8: who denounced whom is not disclosed


def find(text: str) -> frozenset[Mark]:
    """Everything recognised in a text somebody typed, a file's name or its content."""
    plain = _readable(text)
    checks = {
        Mark.SECRECY: _is_marked_secret,
        Mark.IDENTITY: _has_identity_number,
        Mark.CARD: _has_card,
        Mark.PHONE: lambda said: _PHONE.search(said) is not None,
        Mark.EMAIL: _has_private_email,
        Mark.DENUNCIATION: _denounces,
    }
    return frozenset(mark for mark, check in checks.items() if check(plain))


# -- secrecy ------------------------------------------------------------------------------------------------------------

_MAT = "m\u1eadt"
_TOI = "t\u1ed1i"
_TUYET = "tuy\u1ec7t"

# Telex and VNI with the input method off say the accents exactly: "maatj" is no other word.
_KEYED = (
    (re.compile(r"(?i)\bma(?:atj|ajt|jat|t65|65t|56t|6t5|5t6|t56)\b"), _MAT),
    (re.compile(r"(?i)\bto(?:ois|osi|soi|iso|61i|16i|i61|i16|6i1|1i6)\b"), _TOI),
    (re.compile(r"(?i)\btuy(?:eetj|eejt|ejet|e65t|e56t|et65|et56|e6t5|e5t6)\b"), _TUYET),
)

# "M Ậ T", "T.Ố.I M.Ậ.T": letters set apart, as stamps are; unaccented only in capitals.
_APART = r"[\s.\-]{1,3}"
_SPACED = (
    (re.compile(rf"(?i)\bt{_APART}u{_APART}y{_APART}\u1ec7{_APART}t\b"), _TUYET),
    (re.compile(rf"(?i)\bt{_APART}\u1ed1{_APART}i\b"), _TOI),
    (re.compile(rf"(?i)\bm{_APART}\u1ead{_APART}t\b"), _MAT),
    (re.compile(rf"\bT{_APART}U{_APART}Y{_APART}E{_APART}T\b"), "TUYET"),
    (re.compile(rf"\bT{_APART}O{_APART}I\b"), "TOI"),
    (re.compile(rf"\bM{_APART}A{_APART}T\b"), "MAT"),
)

_DEGREE = rf"(?:(?:{_TUYET}|{_TOI})\s+)?{_MAT}"
_DEGREE_BARE = r"(?:(?:tuyet|toi)\s+)?mat"
_PAPER = (
    "c\u00f4ng v\u0103n|v\u0103n b\u1ea3n|t\u00e0i li\u1ec7u|h\u1ed3 s\u01a1|k\u1ebf ho\u1ea1ch|b\u00e1o c\u00e1o|"
    "quy\u1ebft \u0111\u1ecbnh|t\u1edd tr\u00ecnh|ch\u1ec9 th\u1ecb|th\u00f4ng b\u00e1o|cong van|van ban|tai lieu|ho so|"
    "ke hoach|bao cao|quyet dinh|to trinh|chi thi|thong bao"
)
_STAMP = (
    "(?:m\u1ee9c )?\u0111\u1ed9|(?:\u0111\u00f3ng )?d\u1ea5u(?: \u0111\u1ed9)?|(?:muc )?do|(?:dong )?dau(?: do)?|"
    "\u0111\u1ed9 m\u1eadt l\u00e0|do mat la"
)
_ENDS = r"\s*(?=[.,;:!?)\]\"\u201d\u2019']|$)"

_HIGH = re.compile(rf"\b(?:{_TUYET}|{_TOI})\s+{_MAT}\b|\btuyet mat\b")
# Alone on its line, in brackets or in quotation marks, with or without "độ mật:".
_ALONE = re.compile(
    rf"(?m)(?:^|[(\[{{\"\u201c\u2018'/|])\s*(?:(?:{_STAMP})\s*(?:m\u1eadt|mat)?\s*[:\-]?\s*)?(?:{_DEGREE}|{_DEGREE_BARE})\s*"
    rf"(?:$|[)\]}}\"\u201d\u2019'/|]|[.!]\s*$)"
)
_STAMPED = re.compile(
    rf"\b\u0111\u00f3ng (?:d\u1ea5u )?(?:{_DEGREE})\b(?!\s+m\u00e3)|\bdong dau {_DEGREE_BARE}\b(?! ma)"
    rf"|\b(?:\u0111\u1ed9|do) m(?:\u1ead|a)t\s*[:=]\s*(?:{_DEGREE}|{_DEGREE_BARE}|tuy\u1ec7t|t\u1ed1i)\b"
)
_NUMBERED = re.compile(rf"\b(?:{_PAPER})\s+(?:{_DEGREE}|{_DEGREE_BARE})\b(?:\s*[:(]|\s+s\u1ed1\b|\s+so\b|\s*\d)")
_SIGNED = re.compile(rf"\d\s*[/-]\s*(?:[\w\u0110]+\s*[/-]\s*)?{_MAT}\b|\d\s*[/-]\s*mat\b")

# "MẬT" in capitals inside a sentence is a mark unless it is half of an everyday word.
_CAPITALS = re.compile("\\bM(?:\u1eac|A)T\\b")
_BEFORE = frozenset(
    "b\u00ed|b\u1ea3o|th\u00e2n|c\u1ea9n|c\u01a1|k\u00edn|t\u00fai|s\u1ecfi|gan|\u1ed1ng|\u0111\u01b0\u1eddng|r\u1ec9|tr\u0103ng|n\u01b0\u1edbc|"
    "\u0111\u1eb7c|\u0111\u1ed9|bi|bao|than|can|co|kin|tui|soi|ong|duong|trang|nuoc|dac|do|tinh|m\u1ea9u".split("|")
)
_AFTER = frozenset(
    "\u0111\u1ed9|ong|kh\u1ea9u|m\u00e3|thi\u1ebft|v\u1ee5|l\u1ec7nh|danh|b\u00e1o|th\u01b0|do|khau|ma|thiet|vu|lenh|danh|bao|thu".split(
        "|"
    )
)


def _is_marked_secret(said: str) -> bool:
    for pattern, meant in (*_KEYED, *_SPACED):
        said = pattern.sub(meant, said)
    lower = said.lower()
    if any(pattern.search(lower) for pattern in (_STAMPED, _NUMBERED, _SIGNED)) or _HIGH.search(lower):
        return True
    if any(_is_mark_alone(said[found.start() : found.end()]) for found in _ALONE.finditer(lower)):
        return True
    return _in_capitals(said)


def _is_mark_alone(part: str) -> bool:
    """ "Mật" by itself; without accents "mat" may be "mặt", so it must look like a stamp: capitals, or "do mat"."""
    return _MAT in part.lower() or "MAT" in part or re.search(r"(?i)\b(?:do|dau)\b", part) is not None


def _in_capitals(said: str) -> bool:
    accented = any(
        letter in "\u0103\u00e2\u0111\u00ea\u00f4\u01a1\u01b0" or unicodedata.decomposition(letter) for letter in said.lower()
    )
    for found in _CAPITALS.finditer(said):
        if found[0] == "MAT" and accented:
            continue  # somebody who types accents would have typed this one: it is an abbreviation
        before = re.findall(r"\w+", said[: found.start()].lower())[-1:]
        after = re.findall(r"\w+", said[found.end() :].lower())[:1]
        # In a line all in capitals they say nothing: there a mark stands after the name of a paper, or alone.
        line = said[said.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
        shouted = sum(letter.isupper() for letter in line) > 2 * sum(letter.islower() for letter in line) and len(line) > 12
        if not _BEFORE.intersection(before) and not _AFTER.intersection(after) and not shouted:
            return True
    return False


# -- people's numbers ---------------------------------------------------------------------------------------------------

_SEPARATED = r"[ .\-]?"
_TWELVE = re.compile(rf"(?<![\d/.,-])0(?:\d{_SEPARATED}){{10}}\d(?![\d/]|[.,]\d)")
_CONTEXT = re.compile(
    "(?i)\\b(?:cccd|cmnd|cmtnd|cmt|c\u0103n c\u01b0\u1edbc(?: c\u00f4ng d\u00e2n)?|can cuoc(?: cong dan)?|ch\u1ee9ng minh(?: nh\u00e2n d\u00e2n| th\u01b0)?|"
    "chung minh(?: nhan dan| thu)?|s\u1ed1 \u0111\u1ecbnh danh|so dinh danh|\u0111\u1ecbnh danh c\u00e1 nh\u00e2n|dinh danh ca nhan)\\b"
)
_NINE_OR_TWELVE = re.compile(rf"(?<!\d)(?:\d{_SEPARATED}){{8}}(?:(?:\d{_SEPARATED}){{3}})?\d(?!\d)")

_PHONE = re.compile(rf"(?<![\d/])(?:\+?84|0){_SEPARATED}[35789](?:{_SEPARATED}\d){{8}}(?!\d)")

_CARD_NUMBER = re.compile(r"(?<![\d.,/-])(?:\d[ -]?){12,18}\d(?![\d/]|[.,]\d)")
_ACCOUNT = re.compile(
    "(?i)\\b(?:stk|tk|s\u1ed1 t\u00e0i kho\u1ea3n|so tai khoan|t\u00e0i kho\u1ea3n s\u1ed1|tai khoan so)\\b\\D{0,20}\\d(?:[ .\\-]?\\d){5,18}(?!\\d)"
)
# The first digits say who issued a card: Napas 9704, Visa 4, Mastercard 51-55 and 2221-2720, JCB 35, UnionPay 62.
_ISSUERS = re.compile(r"9704|4|5[1-5]|2[2-7]|35|62")

_EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_OFFICIAL = re.compile(r"(?i)\.gov\.vn$|^chinhphu\.vn$")


def _has_identity_number(said: str) -> bool:
    for found in _TWELVE.finditer(said):
        digits = re.sub(r"\D", "", found[0])
        if 1 <= int(digits[:3]) <= 96:  # the province's code: Thông tư 59/2021/TT-BCA, Điều 4 and its annex
            return True
    return any(_NINE_OR_TWELVE.search(said[at.end() : at.end() + 40]) for at in _CONTEXT.finditer(said))


def _has_card(said: str) -> bool:
    numbers = (re.sub(r"\D", "", found[0]) for found in _CARD_NUMBER.finditer(said))
    return _ACCOUNT.search(said) is not None or any(_ISSUERS.match(number) and _luhn(number) for number in numbers)


def _has_private_email(said: str) -> bool:
    return any(not _OFFICIAL.search(found[1]) for found in _EMAIL.finditer(said))


def _luhn(number: str) -> bool:
    """The check digit every issuer uses (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


# -- denunciations ------------------------------------------------------------------------------------------------------

_WHO = "(?:c\u1ee7a |\u0111\u1ed1i v\u1edbi |l\u00e0 )?(?:\u00f4ng|b\u00e0|anh|ch\u1ecb|\u0111\u1ed3ng ch\u00ed|\u0111/c|c\u00e1n b\u1ed9|cua ong|cua ba|ong|ba|chi|dong chi|d/c)"
_NAME = r"(?-i:[A-Z\u00c0-\u1ef8\u0110][\w\u0111\u0110]*)"
_DENOUNCING = re.compile(
    f"(?i)\\b(?:ng\u01b0\u1eddi (?:b\u1ecb )?|b\u1ecb |\u0111\u01a1n |th\u01b0 |nguoi (?:bi )?|bi |don |thu )?(?:t\u1ed1 c\u00e1o|to cao)\\s*[:,]?\\s+{_WHO}\\s+{_NAME}"
)
_DENOUNCER = re.compile(
    f"(?i)\\b(?:ng\u01b0\u1eddi (?:b\u1ecb )?t\u1ed1 c\u00e1o|nguoi (?:bi )?to cao)\\s*(?:l\u00e0|la|:)?\\s*{_NAME}"
)
_BY = re.compile(
    f"(?i)\\b{_WHO}\\s+{_NAME}(?:\\s+{_NAME}){{0,4}}\\s+(?:b\u1ecb |l\u00e0m \u0111\u01a1n |bi |lam don )?(?:t\u1ed1 c\u00e1o|to cao)\\b"
)


def _denounces(said: str) -> bool:
    return any(pattern.search(said) for pattern in (_DENOUNCING, _DENOUNCER, _BY))


def _readable(text: str) -> str:
    """Composed, full-width letters narrow, invisible characters gone, "_" a space: as a reader sees it."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    plain = re.sub(r"[^\S\n]+", " ", plain.replace("_", " "))
    return re.sub(r" ?\n[ \n]*", "\n", plain)
