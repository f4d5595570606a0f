"""What must not, or not lightly, be typed into a chat: secrecy marks, identity numbers, cards, phones, e-mails, denouncers.

Marks only: nobody can recognise a secret without its mark. Input vocabulary is written with escapes where accents decide:
"m\u1eadt" (secret) folded is also "lost", "face", "eye".
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from bot.domain.words import fold, vocabulary


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
    bare = _bare(plain)
    found = {
        Mark.SECRECY: _is_marked_secret(plain),
        Mark.IDENTITY: _has_identity_number(bare),
        Mark.CARD: _has_card(bare),
        Mark.PHONE: _PHONE.search(bare) is not None,
        Mark.EMAIL: _has_private_email(bare),
        Mark.DENUNCIATION: _denounces(bare),
    }
    return frozenset(mark for mark, there in found.items() if there)


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
_BEFORE = vocabulary(
    "bi|bao|than|can|co|kin|tui|soi|gan|ong|duong|ri|trang|nuoc|dac|do|tinh|mau"  # bí mật, bảo mật, thân mật … folded
)
_AFTER = vocabulary("do|ong|khau|ma|thiet|vu|lenh|danh|bao|thu")  # mật độ, mật ong, mật khẩu, mật mã …


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
    accented = _bare(said) != said
    return any(_marks_line(line, accented=accented) for line in said.split("\n") if _CAPITALS.search(line))


def _marks_line(line: str, *, accented: bool) -> bool:
    # In a line all in capitals they say nothing: there a mark stands after the name of a paper, or alone.
    if len(line) > 12 and sum(map(str.isupper, line)) > 2 * sum(map(str.islower, line)):
        return False
    for found in _CAPITALS.finditer(line):
        if found[0] == "MAT" and accented:
            continue  # somebody who types accents would have typed this one: it is an abbreviation
        before = fold(line[max(found.start() - 20, 0) : found.start()]).split()[-1:]
        after = fold(line[found.end() : found.end() + 20]).split()[:1]
        if not _BEFORE.intersection(before) and not _AFTER.intersection(after):
            return True
    return False


# -- people's numbers ---------------------------------------------------------------------------------------------------

_SEPARATED = r"[ .\-]?"
_TWELVE = re.compile(rf"(?<![\d/.,-])0(?:\d{_SEPARATED}){{10}}\d(?![\d/]|[.,]\d)")
_NAMED = re.compile(
    r"(?i)\b(?:cccd|cmnd|cmtnd|cmt|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|so dinh danh|dinh danh ca nhan)\b"
)
_NINE_OR_TWELVE = re.compile(rf"(?<!\d)(?:\d{_SEPARATED}){{8}}(?:(?:\d{_SEPARATED}){{3}})?\d(?!\d)")

_PHONE = re.compile(rf"(?<![\d/])(?:\+?84|0){_SEPARATED}[35789](?:{_SEPARATED}\d){{8}}(?!\d)")

_CARD_NUMBER = re.compile(r"(?<![\d.,/-])(?:\d[ -]?){12,18}\d(?![\d/]|[.,]\d)")
_ACCOUNT = re.compile(r"(?i)\b(?:stk|tk|so tai khoan|tai khoan so|tai khoan)\b\D{0,20}\d(?:[ .\-]?\d){5,18}(?!\d)")
# The first digits say who issued a card: Napas 9704, Visa 4, Mastercard 51-55 and 2221-2720, JCB 35, UnionPay 62.
_ISSUERS = re.compile(r"9704|4|5[1-5]|2[2-7]|35|62")

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63})+)")
_OFFICIAL = re.compile(r"(?i)\.gov\.vn$|^chinhphu\.vn$")


def _has_identity_number(said: str) -> bool:
    for found in _TWELVE.finditer(said):
        digits = re.sub(r"\D", "", found[0])
        if 1 <= int(digits[:3]) <= 96:  # the province's code: Thông tư 59/2021/TT-BCA, Điều 4 and its annex
            return True
    return any(_NINE_OR_TWELVE.search(said[at.end() : at.end() + 40]) for at in _NAMED.finditer(said))


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

_WHO = "(?:cua |doi voi |la )?(?:ong|ba|anh|chi|dong chi|d/c|can bo)"
_NAME = r"(?-i:[A-Z]\w*)"
_DENOUNCING = re.compile(rf"(?i)\bto cao\s*[:,]?\s+{_WHO}\s+{_NAME}")
_DENOUNCER = re.compile(rf"(?i)\bnguoi (?:bi )?to cao\s*(?:la|:)?\s*{_NAME}")
_BY = re.compile(rf"(?i)\b{_WHO}\s+{_NAME}(?:\s+{_NAME}){{0,4}}\s+(?:bi |lam don |gui don )?to cao\b")


def _denounces(said: str) -> bool:
    return any(pattern.search(said) for pattern in (_DENOUNCING, _DENOUNCER, _BY))


def _bare(said: str) -> str:
    """Accents off, capitals kept."""
    letters = (letter for letter in unicodedata.normalize("NFD", said) if unicodedata.category(letter) != "Mn")
    return "".join(letters).replace("\u0111", "d").replace("\u0110", "D")


def _readable(text: str) -> str:
    """Composed, full-width letters narrow, invisible characters gone, "_" a space: as a reader sees it."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    plain = re.sub(r"[^\S\n]+", " ", plain.replace("_", " "))
    return re.sub(r" ?\n[ \n]*", "\n", plain)
