"""What people tell the bot to do in words or with a slash. Only whole messages count: an answer is never eaten."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.words import fold, number_words, untype, vocabulary


class Verb(StrEnum):
    """Everything that can be said in words.

    YES and NO are answers too ("không" is the figure 0): when a question is open, read the text as its answer first.
    """

    LATER = "later"
    EDIT = "edit"
    BACK = "back"
    DIFFICULTY = "difficulty"
    CHANGE_PERSON = "change_person"
    SUBMIT = "submit"
    ALREADY_SENT = "already_sent"
    HELP = "help"
    ASK_DEADLINE = "ask_deadline"
    SUMMARY = "summary"
    PROGRESS = "progress"
    PLAN = "plan"
    BEGIN = "begin"
    RESUME = "resume"
    SKIP = "skip"
    CANCEL = "cancel"
    THANKS = "thanks"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Command:
    """A verb; EDIT may name the question's number (1–99)."""

    verb: Verb
    number: int | None = None

    @property
    def is_courtesy(self) -> bool:
        """Whether it asks for nothing where nothing is open: "cảm ơn", "ok"."""
        return self.verb in (Verb.THANKS, Verb.YES)

    def __str__(self) -> str:
        return self.verb if self.number is None else f"{self.verb}:{self.number}"


def understand(text: str) -> Command | None:
    """The command a whole message is, with or without accents or input method; None for everything else."""
    if len(text) > 80:
        return None
    if fold(text) in ("?", "??"):
        return Command(verb=Verb.HELP)
    if text.strip() in _NODS:
        return Command(verb=Verb.THANKS)
    written = _YES_SIR.sub("", unicodedata.normalize("NFC", text).lower().strip())
    if any(word not in _SPELT.get(fold(word), (word,)) for word in re.findall(r"\w+", written) if not word.isascii()):
        return None
    for said in dict.fromkeys((fold(written), untype(written))):
        found = _command(_tidy(said))
        if found is not None:
            return _unless_a_name(found, written)
    return None


def slash(text: str) -> tuple[str, str] | None:
    """ "/start@botname CODE" → ("start", "CODE"); None when the text is no slash command. Names are folded to [a-z0-9_]."""
    found = re.fullmatch(r"\s*[/\uff0f]([^\W\d_]\w{0,31})(?:@\w+)?(?:\s+(.*))?", text, re.DOTALL)
    if found is None:
        return None
    name = fold(found[1])
    return (name, (found[2] or "").strip()) if re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) else None


def _command(said: str) -> Command | None:
    whole = _whole(said) or _whole(_POLITE_END.sub("", said))
    if whole is not None:
        return None if whole.verb is Verb.SUBMIT and _TO_SOMEBODY.search(said) else whole
    asked = _ASKING.sub("", _POLITE_END.sub("", said))
    found = _whole(asked) or _whole(_PRONOUN.sub("", asked))
    # "em gửi" is mostly said of a file; only "cho em gửi" or a plain "gửi" sends the report.
    consequential = found is not None and found.verb in (Verb.SUBMIT, Verb.YES, Verb.NO)
    return None if consequential and _PRONOUN.match(said) else found


def _whole(said: str) -> Command | None:
    edit = _EDIT.fullmatch(said)
    if edit is not None:
        number = int(edit[1]) if re.fullmatch(r"0?\d{1,2}", edit[1]) else _number_told(said, edit[1])
        if number is not None and 1 <= number <= 99:
            return Command(verb=Verb.EDIT, number=number)
    for verb, phrases in _PHRASES.items():
        if said in phrases:
            return Command(verb=verb)
    return None


def _number_told(said: str, words: str) -> int | None:
    """ "sửa câu hai". Only after "cau", and never "sau", which is also "next"."""
    return number_words(words) if re.search(r"\bcau\b", said) and words != "sau" else None


def _unless_a_name(found: Command, written: str) -> Command | None:
    """Huy is a common name, "hủy" is not; "dừng" stops, "đúng" agrees."""
    if written.strip(" .!") == "huy":
        return None
    if found.verb is Verb.YES and _STOP in written:
        return Command(verb=Verb.LATER)
    return found


def _tidy(folded: str) -> str:
    """Without closing punctuation and pictures; a message with a slash inside stays as it is and matches nothing."""
    return " ".join(folded.split() if "/" in folded else re.sub(r"[^a-z0-9 ]+", " ", folded).split())


_YES_SIR = re.compile("^(?:d\u1ea1|v\u00e2ng|th\u01b0a)[ ,]+(?=\\w)")
# Thumbs up, all right, folded hands, a heart, a rose, a bunch of flowers, a smile.
_NODS = frozenset(
    {"\U0001f44d", "\U0001f44c", "\U0001f64f", "\u2764", "\u2764\ufe0f", "\U0001f339", "\U0001f490", "\U0001f60a"}
)
_POLITE_END = re.compile(r"(?:\s+(?:a|ah|nhe|nha|nhen|em|ban|bot|voi|giup|cai|di|anh|chi))+$")
_ASKING = re.compile(r"^(?:(?:cho|xin phep|xin)(?: em| toi| minh)?|(?:em|toi|minh) (?:muon|can|xin)(?: duoc)?|nho bot|bot oi) ")
_TO_SOMEBODY = re.compile(r"\b(?:gui|nop|bao cao) (?:anh|chi|em|ban)\b")  # "gửi chị ạ": mostly said of a file or a picture
_PRONOUN = re.compile(r"^(?:em|toi|minh|anh|chi) ")
_EDIT = re.compile(
    r"(?:sua|chinh|chinh sua|sua lai|doi|sua doi) (?:lai )?(?:cau hoi so|cau hoi|cau so|cau|c|so)? ?([a-z0-9 ]+)"
)
_STOP = "d\u1eebng"
# How command words are written with accents, where other words fold to the same letters (to wait, hungry, a team, to use).
_SPELT: dict[str, frozenset[str]] = {
    "doi": frozenset({"\u0111\u1ed5i"}),
    "dung": frozenset({"\u0111\u00fang", _STOP}),
    "huy": frozenset({"h\u1ee7y", "hu\u1ef7"}),
    "han": frozenset({"h\u1ea1n"}),
    "thoi": frozenset({"th\u00f4i"}),
    "sua": frozenset({"s\u1eeda"}),
    "gui": frozenset({"g\u1eedi"}),
    "co": frozenset({"c\u00f3"}),
    "sau": frozenset(),
    "u": frozenset({"\u1eeb"}),
}
_PHRASES: dict[Verb, frozenset[str]] = {
    Verb.LATER: vocabulary(
        "de sau|de lam sau|lam sau|lat nua|de lat nua|hoan lai|tam dung|dung lai|de mai|nhac sau|nhac lai sau|"
        "de toi|chua ranh|ban roi|dang ban|later"
    ),
    Verb.EDIT: frozenset({"sua", "sua lai", "chinh sua", "sua cau", "sua bao cao", "sua so lieu", "edit"}),
    Verb.BACK: frozenset({"lui", "lui lai", "quay lai", "cau truoc", "tro lai", "ve cau truoc", "back"}),
    Verb.DIFFICULTY: vocabulary(
        "kho khan|gap kho khan|co kho khan|vuong mac|gap vuong mac|co vuong mac|bao kho khan|phan anh kho khan"
    ),
    Verb.CHANGE_PERSON: vocabulary(
        "doi|doi dau moi|thay dau moi|doi nguoi|thay nguoi|doi nguoi phu trach|chuyen dau moi|ban giao dau moi"
    ),
    Verb.SUBMIT: vocabulary(
        "gui|gui lai|gui bao cao|gui lai bao cao|gui luon|gui ngay|nop|nop bao cao|nop luon|hoan tat|gui so lieu|chot gui"
    ),
    Verb.ALREADY_SENT: vocabulary(
        "da gui|da gui roi|gui roi|da nop|da nop roi|nop roi|da gui bao cao|da gui bao cao roi|da gui van ban|da bao cao|"
        "da bao cao roi|bao cao roi|da gui cong van"
    ),
    Verb.HELP: vocabulary("giup|giup do|tro giup|huong dan|huong dan su dung|help|menu|cach dung|lam sao|cach lam"),
    Verb.ASK_DEADLINE: vocabulary(
        "han|han chot|han nop|han cuoi|han bao cao|khi nao het han|bao gio het han|han chot khi nao|han chot la khi nao|"
        "han nop khi nao|han nop la khi nao|han khi nao|bao gio nop|khi nao nop|khi nao phai nop|bao gio phai nop|"
        "han chot bao gio|"
        "con may ngay|con bao nhieu ngay|con bao lau|han nop bao gio|han cuoi khi nao|han la khi nao|han la ngay nao|"
        "han ngay nao|ngay nao het han|deadline|het han khi nao|het han bao gio|khi nao den han|han chot ngay nao"
    ),
    Verb.SUMMARY: vocabulary("tom tat|xem lai|ban tom tat|xem tom tat|xem bao cao|xem so lieu|xem cau tra loi|kiem tra lai"),
    Verb.PROGRESS: vocabulary("tien do|xem tien do|tinh hinh nop|ai chua nop|ai da nop|don vi nao chua nop"),
    Verb.PLAN: vocabulary("ke hoach|xem ke hoach|noi dung ke hoach|viec cua toi|viec cua don vi|viec cua don vi toi|nhiem vu"),
    Verb.BEGIN: vocabulary("bat dau|bat dau lam|bat dau bao cao|lam bao cao|start|begin|lam luon|lam ngay"),
    Verb.RESUME: vocabulary("lam tiep|tiep|tiep tuc|tiep di|lam tiep bao cao|resume|continue"),
    Verb.SKIP: vocabulary("bo qua|bo qua cau nay|skip|qua cau khac|cau tiep|cau tiep theo|cau sau"),
    Verb.CANCEL: vocabulary("huy|huy bo|thoat|cancel|thoi|khong lam nua|dung nhan tin"),
    Verb.THANKS: vocabulary(
        "cam on|cam on nhieu|xin cam on|chan thanh cam on|cam on anh|cam on chi|cam on anh chi|cam on phong|"
        "cam on phong noi vu|cam on he thong|cam on ban|thanks|thank you|thank|tks|ty"
    ),
    Verb.YES: vocabulary(
        "co|dung|dung roi|dung vay|dung the|chinh xac|vang|da|da dung|da vang|u|uh|ok|oke|okie|dong y|phai|yes|xac nhan|chuan"
    ),
    Verb.NO: vocabulary("khong|ko|khg|khong phai|khong dung|sai|sai roi|chua dung|no|khong dong y"),
}
