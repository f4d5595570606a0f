"""Two rounds side by side: only units in both sums, whatever the answers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import comparison
from bot.domain.answers import Percent, Ratio, Status
from bot.domain.questions import Kind
from bot.domain.sheets import Sheet
from bot.domain.summary import Summary, summarise
from bot.domain.totals import NUMERIC
from tests.sheets import NOW, OFFICE, PLAN, UNITS, random_sheet, round_of, sent, without
from tests.sheets import given as answered

QUESTIONS = {question.code: question for question in PLAN.question_set("ward").questions}
P5, P6, P7 = (next(unit for unit in UNITS if unit.code == code) for code in ("P5", "P6", "P7"))


def summary(year: int, *rows) -> Summary:
    return summarise(Sheet(round=replace(round_of("6T", year), id=year), plan=PLAN, units=rows), now=NOW, office=OFFICE)


def ward(unit, **values):
    return sent(unit, {code: answered(QUESTIONS[code], value) for code, value in values.items()}, NOW)


def test_a_unit_that_is_in_only_one_round_is_left_out_and_named() -> None:
    now = summary(2023, ward(P5, TCD_LUOT=40), ward(P6, TCD_LUOT=60))
    before = summary(2022, ward(P5, TCD_LUOT=50), ward(P7, TCD_LUOT=7))
    change = comparison.compare(now, before).change("TCD_LUOT", "ward")
    assert change is not None
    assert (change.now, change.before, change.difference, change.growth) == (40, 50, Decimal(-10), Decimal(-20))
    assert (change.units, change.only_now, change.only_before) == ((P5,), (P6,), (P7,))


def test_what_does_not_arise_adds_nothing_but_is_an_answer() -> None:
    nothing = sent(P5, {"DON_GQ": without(QUESTIONS["DON_GQ"], Status.NONE)}, NOW)
    change = comparison.compare(summary(2023, nothing), summary(2022, ward(P5, DON_GQ=Ratio(x=3, y=4)))).change(
        "DON_GQ", "ward"
    )
    assert change is not None
    assert (change.units, change.now, change.before) == ((P5,), None, Ratio(x=3, y=4))
    assert change.difference is None
    assert change.only_before == ()


def test_ratios_are_compared_in_percentage_points_and_bare_percentages_left_out() -> None:
    now = summary(2023, ward(P5, DVC_TT=Ratio(x=3, y=4)), ward(P6, DVC_TT=Percent(value=Decimal(85))))
    before = summary(2022, ward(P5, DVC_TT=Ratio(x=1, y=2)), ward(P6, DVC_TT=Ratio(x=1, y=1)))
    change = comparison.compare(now, before).change("DVC_TT", "ward")
    assert change is not None
    assert (change.difference, change.growth) == (Decimal(25), None)
    assert (change.units, change.only_before) == ((P5,), (P6,))


def test_nothing_grows_from_nothing() -> None:
    change = comparison.compare(summary(2023, ward(P5, HNND=4)), summary(2022, ward(P5, HNND=0))).change("HNND")
    assert change is not None
    assert (change.difference, change.growth) == (Decimal(4), None)


def test_the_same_round_a_year_before_comes_first_then_the_one_before() -> None:
    known = [replace(round_of(code, year), id=year * 10 + len(code)) for year in (2022, 2023) for code in ("6T", "N")]
    six_months = known[2]
    assert [(r.code, r.year) for r in comparison.partners(six_months, known)] == [("6T", 2022), ("N", 2022)]
    assert [(r.code, r.year) for r in comparison.partners(known[3], known)] == [("N", 2022), ("6T", 2023)]
    assert comparison.partners(known[0], known) == ()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_sums_of_both_rounds_are_made_of_the_same_units(one: int, other: int) -> None:
    now, before = (summarise(random_sheet(seed), now=NOW, office=OFFICE) for seed in (one, other))
    compared = comparison.compare(now, before)
    for change in compared.changes:
        ids = {unit.id for unit in change.units}
        assert not ids & {unit.id for unit in (*change.only_now, *change.only_before)}
        for value, total in (
            (change.now, now.total(change.question.code, change.column)),
            (change.before, before.total(change.question.code, change.column)),
        ):
            assert total is not None
            figures = [figure.answer.value for figure in total.figures if figure.unit.id in ids]
            if change.question.kind in NUMERIC:
                assert (value or 0) == sum(figures)
            elif isinstance(value, Ratio):
                assert (value.x, value.y) == (sum(f.x for f in figures), sum(f.y for f in figures))
        assert change.question.kind in (*NUMERIC, Kind.RATIO)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_a_round_beside_itself_has_not_changed(seed: int) -> None:
    summary = summarise(random_sheet(seed), now=NOW, office=OFFICE)
    for change in comparison.compare(summary, summary).changes:
        assert change.difference in (None, 0)
        assert change.only_now == change.only_before == ()
