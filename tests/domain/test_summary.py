from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.answers import Answer, Percent, Ratio, Status
from bot.domain.questions import Kind, Question
from bot.domain.reports import Via
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.standings import State
from bot.domain.summary import Summary, current, summarise
from bot.domain.units import Unit
from tests.sheets import CALENDAR, HANOI, NOW, OFFICE, PLAN, UNITS, given, random_sheet, round_of, sent, without

SEEDS = st.integers(0, 2**32)


def summary_of(sheet: Sheet) -> Summary:
    return summarise(sheet, now=NOW, office=OFFICE)


def said(sheet: Sheet) -> list[tuple[Unit, Question, Answer]]:
    """Everything that was sent and is still asked, worked out the slow and obvious way."""
    found = []
    for row in sheet.units:
        if row.report is None:
            continue
        questions = {q.code: q for q in PLAN.question_set(row.unit.questions).questions}
        for code, answer in row.report.answers.items():
            question = questions[code]
            if question.rounds and sheet.round.code not in question.rounds:
                continue
            if question.follows is not None:
                parent = row.report.answers.get(question.follows.question)
                if parent is None:
                    continue
                if not question.follows.always:
                    if parent.status is not Status.GIVEN:
                        continue
                    if question.follows.codes:
                        if parent.value not in question.follows.codes:
                            continue
                    elif not parent.value > 0:  # type: ignore[operator]
                        continue
            found.append((row.unit, question, answer))
    return found


@settings(max_examples=150, deadline=None)
@for_all(SEEDS)
def test_every_total_is_what_adding_the_sent_answers_by_hand_gives(seed: int) -> None:
    sheet = random_sheet(seed)
    summary = summary_of(sheet)
    answers = said(sheet)
    keys = {(q.code, q.column) for _, q, _ in answers}
    assert keys <= {(t.question.code, t.column) for t in summary.totals}
    for total in summary.totals:
        mine = [(u, q, a) for u, q, a in answers if (q.code, q.column) == (total.question.code, total.column)]
        values = [a.value for _, _, a in mine if a.status is Status.GIVEN]
        assert [f.answer.value for f in total.figures] == values
        assert {u.id for u in total.none} == {u.id for u, _, a in mine if a.status is Status.NONE}
        assert {u.id for u in total.unavailable} == {u.id for u, _, a in mine if a.status is Status.UNAVAILABLE}
        match total.question.kind:
            case Kind.COUNT | Kind.MONEY | Kind.DECIMAL:
                assert total.value == (sum(values) if values else None)  # type: ignore[arg-type]
                guessed = [a.value for _, _, a in mine if a.status is Status.GIVEN and a.estimate]
                assert total.estimated == (sum(guessed) if guessed else None)  # type: ignore[arg-type]
            case Kind.RATIO:
                pairs = [v for v in values if isinstance(v, Ratio)]
                x, y = sum(v.x for v in pairs), sum(v.y for v in pairs)
                assert total.value == (Ratio(x=x, y=y) if pairs else None)
                assert [f.answer.value for f in total.percent_only] == [v for v in values if isinstance(v, Percent)]
            case _:
                assert total.value is None


@settings(max_examples=150, deadline=None)
@for_all(SEEDS)
def test_every_unit_stands_in_exactly_one_state_and_is_counted_once(seed: int) -> None:
    sheet = random_sheet(seed)
    summary = summary_of(sheet)
    assert [s.unit for s in summary.standings] == [row.unit for row in sheet.units]
    assert sum(len(summary.those(state)) for state in State) == len(sheet.units)
    assert sum(share.expected for share in summary.shares) == len(sheet.units)
    assert sum(share.received for share in summary.shares) == len(summary.received)
    for total in summary.totals:
        by_answer = [f.unit.id for f in total.figures] + [u.id for u in (*total.none, *total.unavailable)]
        assert len(by_answer) == len(set(by_answer)), "a unit stands twice behind one total"
        assert set(by_answer) <= {u.id for u in total.asked}
        assert len(total.asked) == len({u.id for u in total.asked})
        assert sum(len(units) for units in total.choices.values()) in (0, len(total.figures))
        assert set(total.summed) | set(total.percent_only) <= set(total.figures)
        assert not set(total.summed) & set(total.percent_only)


@settings(max_examples=100, deadline=None)
@for_all(SEEDS)
def test_a_ward_is_never_in_a_district_total_nor_an_office_in_the_wards(seed: int) -> None:
    summary = summary_of(random_sheet(seed))
    columns = {total.column for total in summary.totals}
    assert columns == {"", "ward", "district"}
    for total in summary.totals:
        groups = {unit.group for unit in total.asked}
        if total.column == "ward":
            assert groups <= {"ward"}
        if total.column == "district":
            assert "ward" not in groups
    for block in summary.blocks:
        assert len({total.column for total in block.totals} & {"ward", "district"}) <= 1, "both columns in one block"
    shown = [(total.question.code, total.column) for block in summary.blocks for total in block.totals]
    assert sorted(shown) == sorted((total.question.code, total.column) for total in summary.totals)


@settings(max_examples=150, deadline=None)
@for_all(SEEDS)
def test_highest_and_lowest_are_the_largest_and_smallest_figures_with_all_their_equals(seed: int) -> None:
    for total in summary_of(random_sheet(seed)).totals:
        sizes: dict[int, float] = {}
        for figure in total.figures:
            match figure.answer.value:
                case Ratio(x=x, y=y) if y:
                    sizes[figure.unit.id] = x / y
                case Percent(value=share):
                    sizes[figure.unit.id] = float(share) / 100
                case int() | Decimal() as number:
                    sizes[figure.unit.id] = float(number)
        if len(set(sizes.values())) < 2:
            assert total.highest == total.lowest == ()
            continue
        top, bottom = max(sizes.values()), min(sizes.values())
        assert {f.unit.id for f in total.highest} == {unit for unit, size in sizes.items() if size == top}
        assert {f.unit.id for f in total.lowest} == {unit for unit, size in sizes.items() if size == bottom}


@settings(max_examples=60, deadline=None)
@for_all(SEEDS, st.randoms(use_true_random=False))
def test_the_order_in_which_units_are_read_changes_no_figure(seed: int, shuffler: object) -> None:
    sheet = random_sheet(seed)
    mixed = list(sheet.units)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    straight, shuffled = summary_of(sheet), summary_of(replace(sheet, units=tuple(mixed)))
    assert {s.unit.id: (s.state, s.progress) for s in straight.standings} == {
        s.unit.id: (s.state, s.progress) for s in shuffled.standings
    }
    assert (straight.reporting_rate, straight.on_time_rate) == (shuffled.reporting_rate, shuffled.on_time_rate)
    for total in straight.totals:
        other = shuffled.total(total.question.code, total.column)
        assert other is not None
        assert (other.value, other.estimated) == (total.value, total.estimated)
        assert {f.unit.id for f in other.highest} == {f.unit.id for f in total.highest}
        assert {f.unit.id for f in other.lowest} == {f.unit.id for f in total.lowest}
        assert {code: {u.id for u in units} for code, units in other.choices.items()} == {
            code: {u.id for u in units} for code, units in total.choices.items()
        }


def the(code: str, questions: str = "ward") -> Question:
    return next(q for q in PLAN.question_set(questions).questions if q.code == code)


def ward(number: int) -> Unit:
    return next(unit for unit in UNITS if unit.code == f"P{number}")


def sheet_of(*rows: UnitSheet, code: str = "6T") -> Sheet:
    known = {row.unit.id: row for row in rows}
    units = tuple(known.get(unit.id, UnitSheet(unit=unit, report=None, draft={})) for unit in UNITS)
    return Sheet(round=round_of(code), plan=PLAN, units=units)


IN_TIME = datetime(2023, 5, 4, 23, 59, tzinfo=HANOI)
TOO_LATE = datetime(2023, 5, 5, 0, 1, tzinfo=HANOI)


def test_before_the_5th_of_may_means_the_4th_at_midnight_by_the_office_clock() -> None:
    summary = summary_of(sheet_of(sent(ward(1), {}, IN_TIME), sent(ward(3), {}, TOO_LATE)))
    assert [s.unit.code for s in summary.those(State.ON_TIME)] == ["P1"]
    assert [s.unit.code for s in summary.those(State.LATE)] == ["P3"]
    assert summary.reporting_rate == Decimal(200) / 28
    assert summary.on_time_rate == Decimal(100) / 28


def test_a_document_counts_by_its_own_date_and_else_by_the_day_we_were_told() -> None:
    summary = summary_of(
        sheet_of(
            sent(ward(1), {}, TOO_LATE, via=Via.PAPER, paper_on=date(2023, 5, 3)),
            sent(ward(3), {}, TOO_LATE, via=Via.PAPER),
            sent(ward(4), {}, IN_TIME, via=Via.PAPER),
        )
    )
    assert {s.unit.code: s.in_time for s in summary.those(State.PAPER)} == {"P1": True, "P3": False, "P4": True}
    assert summary.in_time == 2


def test_zero_does_not_arise_no_figure_yet_and_silence_are_four_things() -> None:
    meetings = the("TCD_LUOT")
    rows = [
        sent(ward(1), {"TCD_LUOT": given(meetings, 0)}, IN_TIME),
        sent(ward(3), {"TCD_LUOT": without(meetings, Status.NONE)}, IN_TIME),
        sent(ward(4), {"TCD_LUOT": without(meetings, Status.UNAVAILABLE)}, IN_TIME),
        sent(ward(5), {}, IN_TIME),
        sent(ward(6), {"TCD_LUOT": given(meetings, 30)}, IN_TIME),
    ]
    total = summary_of(sheet_of(*rows)).total("TCD_LUOT", "ward")
    assert total is not None
    assert total.value == 30
    assert [u.code for u in total.answered] == ["P1", "P3", "P6"]
    assert [u.code for u in total.none] == ["P3"]
    assert [u.code for u in total.unavailable] == ["P4"]
    assert len(total.asked) == 16


def test_percentages_are_never_averaged_into_a_ratio() -> None:
    online = the("DVC_TT")
    rows = [
        sent(ward(1), {"DVC_TT": given(online, Ratio(x=850, y=1000))}, IN_TIME),
        sent(ward(3), {"DVC_TT": given(online, Ratio(x=10, y=20))}, IN_TIME),
        sent(ward(4), {"DVC_TT": given(online, Percent(value=Decimal("99.9")))}, IN_TIME),
    ]
    total = summary_of(sheet_of(*rows)).total("DVC_TT", "ward")
    assert total is not None
    assert total.value == Ratio(x=860, y=1020)
    assert [f.unit.code for f in total.percent_only] == ["P4"]
    assert [f.unit.code for f in total.highest] == ["P4"]


def test_a_figure_behind_a_question_that_is_no_longer_asked_does_not_count() -> None:
    area, households = the("HD_M2"), the("HD_HO")
    rows = [
        sent(ward(1), {"HD_M2": given(area, Decimal(0)), "HD_HO": given(households, 9)}, IN_TIME),
        sent(ward(3), {"HD_M2": given(area, Decimal("12.5")), "HD_HO": given(households, 2)}, IN_TIME),
    ]
    total = summary_of(sheet_of(*rows)).total("HD_HO")
    assert total is not None
    assert total.value == 2
    assert [u.code for u in total.asked] == ["P3"], "only whom the answers led there"


def test_what_was_typed_and_not_sent_is_in_no_total() -> None:
    meetings = the("TCD_LUOT")
    row = UnitSheet(unit=ward(1), report=None, draft={"TCD_LUOT": given(meetings, 40)})
    summary = summary_of(sheet_of(row))
    total = summary.total("TCD_LUOT", "ward")
    assert total is not None
    assert (total.value, total.answered) == (None, ())
    assert [(s.unit.code, s.progress.answered) for s in summary.those(State.FILLING)] == [("P1", 1)]


def test_a_figure_far_out_of_range_is_worth_a_look() -> None:
    area = the("HD_M2")
    rows = [
        sent(ward(8), {"HD_M2": given(area, Decimal(25_000))}, IN_TIME),
        sent(ward(9), {"HD_M2": given(area, Decimal(25))}, IN_TIME),
    ]
    assert [f.unit.code for f in summary_of(sheet_of(*rows)).odd] == ["P8"]


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2023, 2, 1), "6T"),  # nothing is open yet: the nearest
        (date(2023, 4, 20), "6T"),
        (date(2023, 6, 1), "6T"),  # past and not closed
        (date(2023, 10, 20), "N"),  # both are open: the nearest
        (date(2023, 12, 1), "N"),
    ],
)
def test_the_round_meant_without_a_name_is_the_open_one_due_nearest(today: date, code: str) -> None:
    rounds = [round_of("6T"), replace(round_of("N"), id=2)]
    found = current(rounds, today, CALENDAR)
    assert found is not None
    assert found.code == code


def test_a_closed_round_gives_way_to_an_open_one() -> None:
    closed = replace(round_of("6T"), closed_at=datetime(2023, 5, 20, tzinfo=HANOI))
    found = current([closed, replace(round_of("N"), id=2)], date(2023, 10, 6), CALENDAR)
    assert found is not None
    assert found.code == "N"
    assert current([], date(2023, 1, 1), CALENDAR) is None
