"""What an office changes in a plan for one of its rounds: the plan file stays as it was written, the next year begins with it.

Questions are named by their place: the code of their set and their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.plan import Plan, RungSpec
from bot.domain.questions import Question, QuestionSet

Place = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Amendments:
    """Changes to one round.

    Attributes:
        wording: place → the sentence asked instead.
        left_out: places of questions not asked; their follow-ups go with them.
        order: code of a set → codes of its numbered questions, those left out too, in the order they are asked.
        ladder: the rungs instead of the plan's, or None.
    """

    wording: Mapping[Place, str] = field(default_factory=dict)
    left_out: frozenset[Place] = frozenset()
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ladder: tuple[RungSpec, ...] | None = None


def amended(plan: Plan, changes: Amendments) -> Plan:
    """The plan as this round has it."""
    sets = tuple(_set(each, changes) for each in plan.question_sets)
    return replace(plan, question_sets=sets, ladder=plan.ladder if changes.ladder is None else changes.ladder)


def reworded(changes: Amendments, plan: Plan, place: Place, text: str) -> Amendments:
    """Ask it in these words; in the plan's own words it is no change. `plan`: the plan as written."""
    wording = {other: said for other, said in changes.wording.items() if other != place}
    if text != question(plan, place).text:
        wording[place] = text
    return replace(changes, wording=wording)


def left_out(changes: Amendments, place: Place) -> Amendments:
    """Do not ask it."""
    return replace(changes, left_out=changes.left_out | {place})


def put_back(changes: Amendments, place: Place) -> Amendments:
    """Ask it after all."""
    return replace(changes, left_out=changes.left_out - {place})


def moved(changes: Amendments, plan: Plan, round_code: str, place: Place, number: int) -> Amendments:
    """Ask this numbered question as number so and so, counted from 1; beyond the last it becomes the last."""
    of, code = place
    others = [each.code for each in numbered(amended(plan, changes), of, round_code) if each.code != code]
    order = [known for known in _order(plan.question_set(of), changes) if known != code]
    at = order.index(others[number - 1]) if number <= len(others) else len(order)
    order.insert(at, code)
    kept = {other: codes for other, codes in changes.order.items() if other != of}
    if order != _order(plan.question_set(of), Amendments()):
        kept[of] = tuple(order)
    return replace(changes, order=kept)


def question(plan: Plan, place: Place) -> Question:
    """The question at a place. Raises KeyError."""
    for found in plan.question_set(place[0]).questions:
        if found.code == place[1]:
            return found
    raise KeyError(place)


def numbered(plan: Plan, of: str, round_code: str) -> tuple[Question, ...]:
    """The numbered questions a set asks in a round, in order."""
    return tuple(each for each in asked(plan, of, round_code) if each.follows is None)


def asked(plan: Plan, of: str, round_code: str) -> tuple[Question, ...]:
    """Everything a set may ask in a round, follow-ups too."""
    return tuple(each for each in plan.question_set(of).questions if not each.rounds or round_code in each.rounds)


def marks(plan: Plan, of: str, round_code: str) -> dict[str, str]:
    """Code → "3", or "3b" for a follow-up of question 3, of everything a set may ask in a round, in order.

    A unit's own letters may differ: they count only the follow-ups its answers called for (progress.`Step`).
    """
    found: dict[str, str] = {}
    hanging: dict[int, int] = {}
    number = 0
    numbers: dict[str, int] = {}
    for each in asked(plan, of, round_code):
        if each.follows is None:
            number += 1
            numbers[each.code], found[each.code] = number, str(number)
        elif (on := numbers.get(each.follows.question)) is not None:
            numbers[each.code] = on
            hanging[on] = hanging.get(on, 0) + 1
            found[each.code] = f"{on}{chr(ord('a') + hanging[on])}"
    return found


def may_leave_out(plan: Plan, round_code: str, place: Place) -> bool:
    """Whether something is still asked without it. `plan`: as amended so far."""
    return any(each.code != place[1] for each in numbered(plan, place[0], round_code))


def _set(questions: QuestionSet, changes: Amendments) -> QuestionSet:
    of = questions.code
    roots = _roots(questions.questions)
    rank = {code: at for at, code in enumerate(_order(questions, changes))}
    kept: list[Question] = []
    gone: set[str] = set()
    for each in questions.questions:
        if (of, each.code) in changes.left_out or (each.follows is not None and each.follows.question in gone):
            gone.add(each.code)
        else:
            kept.append(replace(each, text=changes.wording.get((of, each.code), each.text)))
    return replace(questions, questions=tuple(sorted(kept, key=lambda each: rank[roots[each.code]])))


def _order(questions: QuestionSet, changes: Amendments) -> list[str]:
    """Codes of all numbered questions of a set, those left out too."""
    written = [each.code for each in questions.questions if each.follows is None]
    wanted = [code for code in changes.order.get(questions.code, ()) if code in written]
    return [*wanted, *(code for code in written if code not in wanted)]


def _roots(questions: Sequence[Question]) -> dict[str, str]:
    """Question → the numbered question it is, or hangs on."""
    roots: dict[str, str] = {}
    for each in questions:
        roots[each.code] = each.code if each.follows is None else roots.get(each.follows.question, each.follows.question)
    return roots
