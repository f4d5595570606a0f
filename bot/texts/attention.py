"""What Nội vụ should know about units besides how many sent: returned, extended, away, reports worth a look."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.checks import Check
from bot.domain.office import Office
from bot.domain.standings import Standing
from bot.domain.summary import Summary
from bot.domain.verdicts import Judgement, Stage
from bot.texts import absence, correcting, extending, figures, wording

MOST = 2
"""Units told one by one before the rest are only counted."""
NAMES = 6

_CHECKS = {
    Check.COPIED: "mọi con số giống hệt kỳ trước",
    Check.EMPTY: "đủ câu trả lời nhưng không có con số nào lớn hơn 0",
    Check.MIXED: "số liệu nhập ở hai thời điểm, trước và sau ngày cuối kỳ số liệu",
}
_STAGES = {
    Stage.RETURNED: "Đã trả lại, chờ gửi lại",
    Stage.RESENT: "Đã gửi lại, chờ xem",
    Stage.ACCEPTED: "Đã chấp nhận",
}


def lines(summary: Summary) -> list[str]:
    """Everything worth knowing about single units, a line each kind."""
    found: list[str] = []
    for stage, words in _STAGES.items():
        if units := [standing for standing in summary.standings if standing.stage is stage]:
            found.append(f"{words} ({len(units)}): {_names(units)}.")
    if extended := [s for s in summary.standings if s.extension is not None]:
        told = [extending.listed(s.unit, s.extension) for s in extended[:MOST] if s.extension is not None]
        found.append(f"Gia hạn ({len(extended)}): {_rest(told, len(extended))}.")
    found += away(summary.standings)
    if questioned := summary.questioned:
        told = [f"{figures.cut(s.unit.short, 30)}, {check(s.checks[0])}" for s in questioned[:MOST]]
        found.append(f"Cần xem lại cả báo cáo ({len(questioned)}): {_rest(told, len(questioned))}.")
    return found


def away(standings: Sequence[Standing]) -> list[str]:
    """Whose focal person is away: absence is said as what it is, never as silence."""
    found = [s for s in standings if s.away is not None]
    told = [absence.listed(s.unit, *s.away, s.away[1].stand_in_id is not None) for s in found[:MOST] if s.away is not None]
    return [f"Vắng mặt ({len(found)}): {_rest(told, len(found))}."] if found else []


def short(standing: Standing) -> str:
    """One unit's, behind its state: "; đã trả lại, chờ gửi lại; gia hạn đến hết thứ Hai 11/5"."""
    notes = [correcting.stage(standing.stage)]
    if standing.extension is not None:
        notes.append(f"gia hạn đến hết {wording.dated(standing.extension.until)}")
    if standing.away is not None:
        notes.append(f"đầu mối vắng mặt đến hết {wording.dated(standing.away[1].until)}")
    return "".join(f"; {note}" for note in notes if note)


def unit(standing: Standing, office: Office) -> list[str]:
    """One unit's, in full, above its answers."""
    found: list[str] = []
    verdict = standing.verdict
    if verdict is not None and verdict.kind is Judgement.RETURNED:
        many = f" ({len(verdict.questions)} câu)" if verdict.questions else ""
        back = "; đơn vị đã gửi lại" if standing.stage is Stage.RESENT else "; chờ gửi lại"
        found.append(f"Trả lại{many} lúc {wording.said_at(office.local(verdict.at))}{back}. Lý do: “{verdict.reason}”")
    elif standing.stage is Stage.ACCEPTED and verdict is not None:
        found.append(f"Đã chấp nhận lúc {wording.said_at(office.local(verdict.at))}.")
    elif standing.stage is Stage.RESENT:
        found.append("Đơn vị đã sửa và gửi lại sau khi được chấp nhận.")
    if standing.extension is not None:
        found.append(f"Gia hạn: {extending.both_ways(standing.extension.until)}. Lý do: “{standing.extension.reason}”")
    if standing.away is not None:
        person, away = standing.away
        found.append(f"Vắng mặt: {absence.listed(standing.unit, person, away, away.stand_in_id is not None)}.")
    for one in standing.checks:
        said = f" Đơn vị giải thích: “{figures.cut(standing.remarks[one], 200)}”" if one in standing.remarks else ""
        found.append(f"Cần xem lại: {check(one)}.{said}")
    return found


def check(known: Check) -> str:
    """What is worth a look about a whole report."""
    return _CHECKS[known]


def _names(standings: Sequence[Standing]) -> str:
    names = [figures.cut(standing.unit.short, 30) for standing in standings]
    told = wording.compacted(names[:NAMES])
    return told if len(names) <= NAMES else f"{told} và {len(names) - NAMES} đơn vị khác"


def _rest(told: Sequence[str], many: int) -> str:
    return "; ".join([*told, *([f"và {many - len(told)} đơn vị khác"] if many > len(told) else [])])
