"""What officers say around and instead of a figure: politeness, "about", "nothing", "not ours", "no figure yet"."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.words import fold, vocabulary


def plain(text: str) -> str:
    """Folded, without pictures and closing punctuation, chat abbreviations written out (ko → khong, dc → duoc)."""
    text = unicodedata.normalize("NFC", text)
    text = _ABOUT_ACCENTED.sub("khoang", text)  # folded, they would read as "có" and "tám"
    folded = fold("".join(" " if unicodedata.category(letter) in _PICTURES else letter for letter in text))
    folded = folded.strip(" \"'()[]*_`").lstrip(":;!=").rstrip(" .,;:!)\"'")
    words = [_SHORT.get(word, word) for word in folded.split()]
    for at, word in enumerate(words[:-1]):
        if word in ("k", "kg", "0") and words[at + 1] in _AFTER_NO:
            words[at] = "khong"  # alone "k" may be "thousand" and "kg" a weight: those are asked back
    return " ".join(words)


def unpolished(text: str, *, keep: str = "") -> str:
    """A plain text without "dạ", "ạ", "nhé", "rồi", "em" … at its ends, but for the word to keep. May become empty."""
    words = text.split()
    while words and words[0].rstrip(",.:") in _POLITE_BEFORE:
        words.pop(0)
    while words and words[-1].strip(",.!~") in _POLITE_AFTER - {keep}:
        words.pop()
    return re.sub(r"^[,.](?!\d)\s*", "", " ".join(words).lstrip(" ;:!").rstrip(" ,.;:!"))  # ".5" keeps its point


def says_unavailable(text: str) -> bool:
    """ "chưa có số liệu", "chưa thống kê", "bổ sung sau": the figure will come later."""
    return _UNAVAILABLE.fullmatch(text) is not None


def says_none(text: str) -> bool:
    """ "không phát sinh", "không thuộc đơn vị": there is nothing to report here, which is not the figure 0."""
    return _NONE.fullmatch(text) is not None


def says_nothing(text: str, *nouns: str) -> bool:
    """ "không", "không có", "không có lượt nào": the figure 0 of something that is followed. `nouns` are folded."""
    found = _NOTHING.fullmatch(text)
    if found is None:
        return False
    thing = found["thing"] or found["yet"]
    return thing is None or thing in _NOTHING_OF or thing in nouns


def says_no_remark(text: str) -> bool:
    """ "không có khó khăn, vướng mắc gì": an answer to an open question that means there is nothing to say."""
    return _NO_REMARK.fullmatch(text.replace(",", " ").replace("  ", " ")) is not None


# Said before (or after) a figure: the figure is an estimate.
ABOUT_BEFORE = vocabulary("khoang|gan|hon|tren|uoc|chung|tam|xap|xi|tinh|do|~|>|>=|\u2248|\u223c|\u00b1")
ABOUT_AFTER = frozenset({"+", "hon", "may", "uoc"})
# Estimates that must be looked at twice: a limit or a guess. Written as one word by `joined`.
UNSURE = vocabulary("duoi|chac|co_le|hinh_nhu|it_nhat|toi_da|toi_thieu|<|<=")
# Words that turn a figure into something else: no figure is ever picked out of a message that holds one.
TURNING = vocabulary("khong|chua|ngoai|tru|tang|giam|them|bot|thieu|am|+|-")
# Words that may stand before a figure and change nothing.
BEFORE = vocabulary(
    "da|vang|thua|ok|oke|em|anh|chi|toi|minh|ben|co|duoc|la|tong|so|tat_ca|hien|nay|bao_cao|bc|day|nhu|dat|voi|xin|gui|cua|"
    "trong|trong_ky|phuong|ubnd|dau_nam|den_nay|don_vi|a|thi|:|=|,|.|!|(|)|;"
)
# Words that may follow a figure and its unit.
AFTER = vocabulary("a|ah|nhe|nha|nhen|thoi|roi|r|day|do|luon|em|anh|chi|tat_ca|dau_nam|den_nay|trong_ky|cam_on|:|=|,|.|!|(|)|;")


def joined(text: str) -> str:
    """Word pairs that mean one thing written as one word, so that neither half is read alone."""
    for pattern, word in _PAIRS:
        text = pattern.sub(word, text)
    return text


_PAIRS = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\b(co|hinh|it|toi) (le|nhu|nhat|thieu)\b", r"\1_\2"),
        (r"\btoi da(?= \d)", "toi_da"),  # "tối đa 12", but "tôi đã tiếp 12"
        (r"\btong cong\b", "tong"),
        (r"\b(?:tu |ke tu )?dau nam(?= |$|:)", "dau_nam"),
        (r"\b(?:tinh )?den (?:nay|hien nay|thoi diem nay)\b", "den_nay"),
        (r"\b(don|tat|bao|trong|cam) (vi|ca|cao|ky|on)\b", r"\1_\2"),
    )
)

_ABOUT_ACCENTED = re.compile("\\b(?:c\u1ee1|t\u1ea7m)\\b", re.IGNORECASE)
_PICTURES = frozenset({"So", "Sk", "Cn", "Co"})
_SHORT = dict.fromkeys(("ko", "khg", "hok", "hong", "khum", "k0", "hk", "khog"), "khong") | {
    "r": "roi",
    "rui": "roi",
    "chx": "chua",
    "dc": "duoc",
    "dg": "dang",
    "xg": "xong",
    "sl": "so lieu",
    "tk": "thong ke",
    "dv": "don vi",
}
_AFTER_NO = vocabulary("co|phat|thuoc|biet|ro|thong|lien|ap")
_POLITE_BEFORE = vocabulary("da|vang|thua|ok|oke|okie|okla|u|uh|uhm|em|anh|chi|toi|minh|ben|a")
_POLITE_AFTER = vocabulary("a|nhe|nha|nhen|nghen|ah|em|anh|chi|ban|oi|thoi|thui|day|do|luon|roi|ad|admin|sep|bot|ok")

_UNAVAILABLE = re.compile(
    r"(?:hien |hien tai |hien nay )?(?:"
    r"(?:chua|khong) (?:kip )?(?:co|thong ke|tong hop|nam|ro|biet|xac dinh|cap nhat|cung cap)(?: duoc| xong)?"
    r" (?:so|so lieu|con so|so cu the|so lieu cu the|ket qua|so chinh thuc|so lieu chinh thuc|so thong ke)"
    r"|(?:chua|khong) (?:kip )?(?:thong ke|tong hop|xac dinh|cap nhat)(?: duoc| xong)?"
    r"|(?:chua|khong) (?:nam|ro|biet)(?: duoc| ro)?"
    r"|so lieu (?:chua co|chua thong ke|chua tong hop)(?: xong)?"
    r"|(?:cho|doi) so lieu"
    r"|(?:se )?(?:bo sung|cap nhat|bao|bao cao|gui) (?:so lieu )?sau"
    r")"
)
_NONE = re.compile(
    r"n/a|kps"
    r"|(?:khong|chua) phat sinh(?: gi| truong hop nao| vu nao| don nao)?"
    r"|khong (?:thuoc|phai)(?: cua| la)? (?:don vi|tham quyen|chuc nang|nhiem vu|trach nhiem|linh vuc|pham vi)"
    r"(?: cua)?(?: don vi| phuong| phong)?(?: toi| em| minh| chung toi| nay)?"
    r"|khong (?:lien quan|ap dung|phu trach|quan ly)"
)
_NOTHING = re.compile(
    r"khong(?: co| ghi nhan)?(?: gi| ai)?(?: ca| het)?"
    r"|khong(?: co| ghi nhan)?(?: bat ky| mot)? (?P<thing>[a-z0-9 ]+?)(?: nao)?(?: ca| het)?"
    r"|chua(?: co| ghi nhan)?(?: bat ky| mot)? (?P<yet>[a-z0-9 ]+?) nao(?: ca| het)?"
)
_NOTHING_OF = vocabulary(
    "luot|nguoi|don|vu|vu viec|doan|cuoc|y kien|buoi|lop|ho|hem|mo hinh|van ban|suat|truong hop|cong trinh|ho so|"
    "phan anh|kien nghi|khieu nai|to cao|don thu"
)
_NO_REMARK = re.compile(
    r"(?:khong|chua)(?: co| gap| phat sinh)?"
    r"(?: (?:gi|nao|kho khan|vuong mac|kien nghi|de xuat|y kien|van de|va|hay|hoac|them|ca|het|khac|phat sinh|trong ky)){0,12}"
)
