"""Units: who must report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A ward or department.

    Attributes:
        id: ours, stable for ever (official codes are reused after mergers).
        code: short key in files and commands ("P5", "VP", "TNMT").
        name: as it signs ("UBND Phường 5", "Phòng Quản lý Đô thị").
        short: as it is called in lists ("Phường 5", "Phòng QLĐT").
        group: "ward", "named" (duties of its own in the plan) or "other".
        questions: code of its question set.
        source: "plan" when the plan text names it, "office" when the office put it on its own list.
        aliases: other names people type.
        from_, until: dates of existence (inclusive); None = open.
        successors: codes of the units that took over what a closed one did.
    """

    id: int
    code: str
    name: str
    short: str
    group: str
    questions: str
    source: str
    aliases: tuple[str, ...] = ()
    from_: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
