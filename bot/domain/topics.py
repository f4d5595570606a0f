"""What a plan's indicators and points are called, so that typed words find them: labels, and a small table of other names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.plan import Plan, Point
from bot.domain.words import fold, vocabulary

# Other names people use, folded; the longest one found in a question wins. Codes of the seed plan: a name for an indicator
# another plan does not have is never looked at.
OTHER_NAMES: dict[str, frozenset[str]] = {
    "KH_DV": vocabulary("ke hoach dan van|ban hanh ke hoach|kh dan van"),
    "TCD_LUOT": vocabulary("tiep cong dan|tiep dan|luot tiep cong dan|luot tiep dan|luot tiep|tcd|tiep cd"),
    "TCD_NGUOI": vocabulary("nguoi duoc tiep|so nguoi tiep|nguoi dan duoc tiep"),
    "TCD_DOAN": vocabulary("doan dong nguoi|dong nguoi"),
    "TCD_BTCD": vocabulary("ban tiep cong dan|btcd|tai ban tiep dan|ban tiep dan"),
    "TCD_LD": vocabulary("lanh dao quan tiep|lanh dao tiep dan|lanh dao tiep|lanh dao tiep cong dan"),
    "DON_GQ": vocabulary("don thu|giai quyet don|giai quyet don thu|don da giai quyet|don thu da giai quyet"),
    "DON_TON": vocabulary("vu ton dong|ton dong keo dai|vu keo dai|vu phuc tap"),
    "DT_CUOC": vocabulary("doi thoai|cuoc doi thoai|tiep xuc nhan dan|tiep xuc voi nhan dan|doi thoai tiep xuc"),
    "DT_TD": vocabulary("doi thoai tiep dan|luot doi thoai"),
    "HNND": vocabulary("hoi nghi nhan dan|hop khu pho|hoi nghi khu pho|hnnd|hop dan"),
    "HD_M2": vocabulary("hien dat|m2 hien dat|dien tich hien dat|mo rong hem|hien dat mo hem|dat hien"),
    "HD_HO": vocabulary("ho hien dat|may ho hien dat|bao nhieu ho hien dat|so ho hien dat"),
    "HD_HEM": vocabulary("tuyen hem|hem mo rong xong"),
    "DVK_MH": vocabulary("dan van kheo|mo hinh|mo hinh dan van kheo|dvk"),
    "DVC_TT": vocabulary("truc tuyen|dich vu cong|dich vu cong truc tuyen|dvc|dvctt|ho so truc tuyen|nop truc tuyen"),
    "HS_DH": vocabulary("dung han|ho so dung han|giai quyet dung han|tra dung han"),
    "CK_ND": vocabulary("cong khai|niem yet|cong khai niem yet"),
    "PAKN": vocabulary("pakn|phan anh kien nghi|phan anh kien nghi tthc|kien nghi thu tuc"),
    "DA06_BUOI": vocabulary("de an 06|da06|da 06|de an 6|tuyen truyen de an 06"),
    "SK_131": vocabulary("nghi quyet 131|so ket 131|nq 131|nq131"),
    "KH246": vocabulary("ke hoach 246|kh 246|kh246"),
    "KTCV": vocabulary("kiem tra cong vu|ktcv"),
    "TH_LOP": vocabulary("lop tap huan"),
    "TT_BUOI": vocabulary("tap huan|quan triet|buoi tap huan"),
    "RAC_DIEM": vocabulary("diem rac|diem o nhiem|o nhiem rac|diem den ve rac"),
    "RAC_HO": vocabulary("cam ket khong xa rac|ho ky cam ket|ky cam ket"),
    "RAC_PA": vocabulary("phan anh ve rac|phan anh rac"),
    "RAC_XP": vocabulary("xu phat xa rac|phat xa rac|xu phat rac"),
    "RAC_TIEN": vocabulary("tien phat|tien phat rac|tien phat xa rac"),
    "XD_KT": vocabulary("cong trinh kiem tra|kiem tra cong trinh|kiem tra xay dung"),
    "XD_VP": vocabulary("cong trinh vi pham|vi pham xay dung|vi pham trat tu xay dung"),
    "XD_SP": vocabulary("sai phep"),
    "XD_KP": vocabulary("khong phep"),
}

_LITTLE = vocabulary("so|da|cua|ve|va|tu|den|cac|cho|o|tai|trong|theo|tong|voi|nhung|duoc|la|xong|con")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator as people may call it.

    Attributes:
        sets: the question sets that ask it.
        names: folded, the label first.
        points: ids and references of the plan's points it reports on.
    """

    code: str
    label: str
    sets: frozenset[str]
    names: tuple[str, ...]
    points: frozenset[str] = frozenset()


def indicators(plan: Plan) -> tuple[Indicator, ...]:
    """Everything a plan asks for, once each, but for the difficulties: those are found by their own words."""
    found: dict[str, Indicator] = {}
    for questions in plan.question_sets:
        for question in questions.questions:
            if question.difficulty:
                continue
            known = found.get(question.code)
            own = (letters(question.label), *sorted(OTHER_NAMES.get(question.code, ())))
            found[question.code] = Indicator(
                code=question.code,
                label=known.label if known else question.label,
                sets=frozenset({questions.code}) | (known.sets if known else frozenset()),
                names=tuple(dict.fromkeys((*(known.names if known else ()), *own))),
                points=frozenset(question.points) | (known.points if known else frozenset()),
            )
    return tuple(found.values())


def meant(said: str, known: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The indicators a folded text names, as well as it can be told: one when it is clear, several when it is not.

    A name found whole beats words found apart, a longer name a shorter one.
    """
    whole = [(max(_found(said, each)), each) for each in known]
    best = max((length for length, _ in whole), default=0)
    if best:
        return tuple(each for length, each in whole if length == best)
    return _by_words(said, known)


def points(said: str, known: Iterable[Point]) -> tuple[Point, ...]:
    """The points whose label or words hold what a folded text asks about, the best first; at most six."""
    topic = [word for word in said.split() if word not in _LITTLE]
    if not topic:
        return ()
    scored = []
    for at, point in enumerate(known):
        label, text = _of_point(point.label), _of_point(point.text)
        phrase = " ".join(topic)
        if f" {phrase} " in f" {label} ":
            scored.append((3, at, point))
        elif f" {phrase} " in f" {text} ":
            scored.append((2, at, point))
        elif len(topic) > 1 and all(f" {word} " in f" {label} {text} " for word in topic):
            scored.append((1, at, point))
    best = max((score for score, _, _ in scored), default=0)
    return tuple(point for score, _, point in sorted(scored, key=lambda each: each[:2]) if score == best)[:6]


def letters(text: str) -> str:
    """Folded, with nothing but letters and digits in it."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(text)).split())


def words(known: Iterable[Indicator]) -> frozenset[str]:
    """Every word of every name."""
    return frozenset(word for each in known for name in each.names for word in name.split())


def _found(said: str, each: Indicator) -> list[int]:
    """Letters of each of its names that stands in the text; [0] for none."""
    return [len(name) for name in each.names if f" {name} " in f" {said} "] or [0]


def _by_words(said: str, known: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """By the words of the labels: at least two, and most of a label, must be there."""
    spoken = set(said.split())
    scored = []
    for each in known:
        label = [word for word in dict.fromkeys(each.names[0].split()) if word not in _LITTLE]
        held = [word for word in label if word in spoken]
        if len(held) >= 2 and len(held) * 2 > len(label):
            scored.append((len(held) / len(label), len(held), each))
    best = max(((share, many) for share, many, _ in scored), default=None)
    return tuple(each for share, many, each in scored if (share, many) == best)


@lru_cache(maxsize=512)
def _of_point(text: str) -> str:
    return letters(text)
