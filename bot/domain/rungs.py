"""Changing a reminder ladder: what fits together, in which order, and a rung as people type it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.domain.plan import RungSpec
from bot.domain.words import fold

MOST_ANNOUNCED = 90
MOST_DAYS = 60
"""Days a rung may lie from the last valid day; the announcement may lie further ahead."""
_KINDS = ("announce", "before", "last", "after")


class Unsound(StrEnum):
    """Why a ladder cannot be."""

    TWICE = "twice"
    TOO_MANY_DAYS = "too_many_days"
    ANNOUNCED_TOO_LATE = "announced_too_late"  # not before every reminder
    EMPTY = "empty"  # nothing reminds before the round is over


def unsound(ladder: Sequence[RungSpec]) -> Unsound | None:
    """The first thing wrong with a ladder."""
    if len({(rung.kind, rung.days) for rung in ladder}) < len(ladder):
        return Unsound.TWICE
    if any(not _within(rung) for rung in ladder):
        return Unsound.TOO_MANY_DAYS
    before = [rung.days for rung in ladder if rung.kind == "before"]
    if any(rung.kind == "announce" and rung.days <= max(before, default=0) for rung in ladder):
        return Unsound.ANNOUNCED_TOO_LATE
    return None if before or any(rung.kind == "last" for rung in ladder) else Unsound.EMPTY


def in_order(ladder: Iterable[RungSpec]) -> tuple[RungSpec, ...]:
    """Earliest first."""
    return tuple(sorted(ladder, key=lambda rung: (_KINDS.index(rung.kind), rung.days * (1 if rung.kind == "after" else -1))))


def with_rung(ladder: Sequence[RungSpec], rung: RungSpec) -> tuple[RungSpec, ...]:
    """One more rung; a round is announced once, so a new announcement takes the old one's place."""
    kept = [each for each in ladder if rung.kind != "announce" or each.kind != "announce"]
    return in_order((*kept, rung))


def read_rung(text: str, *, working: bool) -> RungSpec | None:
    """A rung as typed: "trước 5 ngày", "sau hạn 2 ngày", "ngày cuối", "thông báo trước 25 ngày". `working`: how days count."""
    said = " ".join(re.sub(r"[^a-z0-9 ]", " ", fold(text)).split())
    if re.fullmatch(r"(?:nhac )?(?:vao )?ngay (?:cuoi|cuoi cung|han)", said):
        return RungSpec(kind="last", days=0, working=working)
    found = _RUNG.fullmatch(said)
    if found is None:
        return None
    what = found["what"]
    kind = "announce" if what.startswith(("thong bao", "mo ky")) else "after" if what.endswith("sau") else "before"
    return RungSpec(kind=kind, days=int(found["days"]), working=working)


def _within(rung: RungSpec) -> bool:
    if rung.kind == "last":
        return rung.days == 0
    return 1 <= rung.days <= (MOST_ANNOUNCED if rung.kind == "announce" else MOST_DAYS)


_RUNG = re.compile(
    r"(?P<what>(?:thong bao|mo ky)(?: ky)?(?: truoc)?|(?:nhac )?(?:truoc|sau))(?: han)? "
    r"(?P<days>\d{1,3})(?: ngay)?(?: lam viec)?"
)
