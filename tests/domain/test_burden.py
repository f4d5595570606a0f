"""What a report costs: work is what lies between two answers of one sitting, and nothing is counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import burden
from bot.domain.burden import PAUSE
from bot.domain.reports import Via
from bot.domain.sheets import Sheet, UnitSheet
from tests.sheets import NOW, PLAN, UNITS, random_sheet, round_of, sent
from tests.sheets import given as answered

QUESTIONS = {question.code: question for question in PLAN.question_set("ward").questions}
P5 = next(unit for unit in UNITS if unit.code == "P5")
CODES = ("TCD_LUOT", "DT_CUOC", "HNND")


def answers(*seconds: float, codes=CODES, **change):
    return [
        replace(answered(QUESTIONS[code], at + 1), id=at + 1, at=NOW + timedelta(seconds=second), **change)
        for at, (code, second) in enumerate(zip(codes, seconds, strict=True))
    ]


def of(rows: list[UnitSheet], given_) -> burden.Burden:
    return burden.burden(Sheet(round=round_of("6T"), plan=PLAN, units=tuple(rows)), given_)


def test_work_is_counted_from_the_first_answer_to_the_confirmation() -> None:
    known = answers(0, 30, 70)
    row = sent(P5, {a.question: a for a in known}, NOW + timedelta(seconds=90))
    [effort] = of([row], {P5.id: known}).efforts
    assert (effort.worked, effort.pauses, effort.sent, effort.left_at) == (timedelta(seconds=90), 0, True, None)


def test_a_long_pause_is_cut_out_and_said() -> None:
    known = answers(0, 30, 30 + 3600)
    row = sent(P5, {a.question: a for a in known}, NOW + timedelta(seconds=30 + 3600 + 20))
    shown = of([row], {P5.id: known})
    [effort] = shown.efforts
    assert (effort.worked, effort.pauses, effort.paused) == (timedelta(seconds=50), 1, timedelta(seconds=3600))
    costs = {cost.question.code: cost for cost in shown.costs}
    assert costs["DT_CUOC"].typical == timedelta(seconds=30)
    assert costs["HNND"].typical is None, "the gap across a pause says nothing"
    assert costs["TCD_LUOT"].typical is None, "nothing came before the first answer"


def test_a_draft_that_stopped_names_the_question_it_stopped_at() -> None:
    known = answers(0, 20, codes=("KH_DV", "TCD_LUOT"))
    draft = {"KH_DV": answered(QUESTIONS["KH_DV"], "not_started"), "TCD_LUOT": known[1]}
    shown = of([UnitSheet(unit=P5, report=None, draft=draft)], {P5.id: known})
    [effort] = shown.efforts
    assert effort.left_at is not None and effort.left_at.question.code == "DON_GQ"
    assert [cost.question.code for cost in shown.costs if cost.left] == ["DON_GQ"]
    assert shown.typical is None


def test_what_a_coordinator_typed_from_paper_is_nobodys_work() -> None:
    known = answers(0, 20, 40, on_behalf=True)
    row = sent(P5, {a.question: a for a in known}, NOW, via=Via.PAPER)
    assert of([row], {P5.id: known}).efforts == ()


def test_corrections_after_sending_are_no_part_of_filling_it_in() -> None:
    known = [*answers(0, 30, 60), *answers(5000, codes=("HNND",))]
    row = sent(P5, {a.question: a for a in known}, NOW + timedelta(seconds=80))
    [effort] = of([row], {P5.id: known}).efforts
    assert (effort.answers, effort.worked) == (3, timedelta(seconds=80))


def test_surprising_and_repeated_answers_are_counted_by_unit() -> None:
    known = [*answers(0, 30, 60), replace(answers(70, codes=("HNND",))[0], id=9, explanation="x" * 5)]
    row = sent(P5, {a.question: a for a in known}, NOW + timedelta(seconds=80))
    costs = {cost.question.code: cost for cost in of([row], {P5.id: known}).costs}
    assert costs["HNND"].asked_back == costs["HNND"].again == (P5,)
    assert costs["DT_CUOC"].again == ()


@given(st.lists(st.floats(0, 10**7), max_size=40))
def test_work_and_pauses_are_the_whole_time(seconds: list[float]) -> None:
    moments = [NOW + timedelta(seconds=second) for second in sorted(seconds)]
    work, pauses, paused = burden.worked(moments)
    whole = moments[-1] - moments[0] if moments else timedelta()
    assert work + paused == whole
    assert paused >= pauses * PAUSE
    assert work <= max(0, len(moments) - 1) * PAUSE


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_every_unit_and_question_is_counted_once_whatever_was_answered(seed: int, random) -> None:
    sheet = random_sheet(seed)
    known = {
        row.unit.id: [
            replace(answer, id=at, at=answer.at + timedelta(seconds=random.uniform(0, 5000)))
            for at, answer in enumerate(row.draft.values())
        ]
        for row in sheet.units
    }
    shown = burden.burden(sheet, known)
    assert len({effort.unit.id for effort in shown.efforts}) == len(shown.efforts)
    assert len({(cost.question.code, cost.column) for cost in shown.costs}) == len(shown.costs)
    for effort in shown.efforts:
        assert effort.worked >= timedelta() and effort.whole == effort.worked + effort.paused
        assert sum(effort.unit in cost.left for cost in shown.costs) == (effort.left_at is not None)
    for cost in shown.costs:
        assert all(timedelta() <= gap <= PAUSE for gap in cost.gaps)
