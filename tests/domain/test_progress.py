"""Which questions are asked, in which order, and what is still missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import Answer, Percent, Ratio, Reading, Status, Value
from bot.domain.calendar import WorkCalendar
from bot.domain.ladder import DEFAULT_LADDER
from bot.domain.oddity import Oddity, contains, oddity
from bot.domain.progress import Count, changed, count, open_for_answers, progress, same
from bot.domain.questions import FollowUp, Kind, Option, Question, QuestionSet
from bot.domain.rounds import Round

AT = datetime(2026, 4, 20, 2, 0, tzinfo=UTC)
CALENDAR = WorkCalendar(off_days={}, zone=ZoneInfo("Asia/Ho_Chi_Minh"))


def ask(code: str, kind: Kind = Kind.COUNT, **more: object) -> Question:
    return Question(code=code, kind=kind, label=code.lower(), text=f"{code}?", **more)  # type: ignore[arg-type]


PLAN = ask("PLAN", Kind.CHOICE, options=(Option(code="done", label="Done"), Option(code="none", label="None")))
NUMBER = ask("NUMBER", Kind.SENTENCE, follows=FollowUp(question="PLAN", codes=("done",)), optional=True)
LAND = ask("LAND", Kind.DECIMAL, unit="m²")
HOUSES = ask("HOUSES", follows=FollowUp(question="LAND"))
LANES = ask("LANES", follows=FollowUp(question="HOUSES"))
YEARLY = ask("YEARLY", rounds=("N",))
LAST = ask("LAST", Kind.SENTENCE)
SET = QuestionSet(code="ward", title="Ward", questions=(PLAN, NUMBER, LAND, HOUSES, LANES, YEARLY, LAST))


def answer(code: str, value: Value | None, status: Status = Status.GIVEN, **more: object) -> Answer:
    return Answer(
        id=1,
        question=code,
        raw="",
        status=status,
        value=value,
        estimate=False,
        at=AT,
        person_id=1,
        **more,  # type: ignore[arg-type]
    )


def answers(**values: Value | None) -> dict[str, Answer]:
    return {code: answer(code, value) for code, value in values.items()}


def marks(**values: Value | None) -> list[str]:
    return [step.mark for step in progress(SET, "6T", answers(**values)).steps]


def test_follow_ups_are_asked_only_when_their_condition_is_met_and_have_no_number_of_their_own() -> None:
    assert marks() == ["1", "2", "3"]
    assert marks(PLAN="none") == ["1", "2", "3"]
    assert marks(PLAN="done") == ["1", "1b", "2", "3"]
    assert marks(LAND=Decimal("0")) == ["1", "2", "3"]
    assert marks(LAND=Decimal("0.5")) == ["1", "2", "2b", "3"]
    assert marks(LAND=Decimal("0.5"), HOUSES=2) == ["1", "2", "2b", "2c", "3"]


def test_a_follow_up_of_a_follow_up_falls_away_with_it() -> None:
    found = progress(SET, "6T", answers(LAND=Decimal(0), HOUSES=2, LANES=1))
    assert [step.mark for step in found.steps] == ["1", "2", "3"]
    assert found.answers.keys() == {"LAND"}


@pytest.mark.parametrize("status", [Status.NONE, Status.UNAVAILABLE])
def test_no_figure_and_nothing_to_report_meet_no_condition(status: Status) -> None:
    found = progress(SET, "6T", {"LAND": answer("LAND", None, status)})
    assert [step.mark for step in found.steps] == ["1", "2", "3"]


@pytest.mark.parametrize("status", Status)
def test_the_second_of_two_figures_is_asked_right_after_the_first_whatever_that_is(status: Status) -> None:
    first = answer("LAND", 0 if status is Status.GIVEN else None, status)
    second = ask("SECOND", follows=FollowUp(question="LAND", always=True))
    questions = replace(SET, questions=(ask("PLAN"), ask("LAND"), second, ask("LAST")))
    assert [step.mark for step in progress(questions, "6T", {}).steps] == ["1", "2", "3"]
    found = progress(questions, "6T", {"LAND": first})
    assert [step.mark for step in found.steps] == ["1", "2", "2b", "3"]
    assert (step := found.following("LAND")) is not None
    assert step.mark == "2b"


def test_ratios_and_percentages_meet_the_condition_by_what_was_done() -> None:
    base = ask("BASE", Kind.RATIO)
    questions = replace(SET, questions=(base, ask("MORE", follows=FollowUp(question="BASE"))))
    for value, asked in (
        (Ratio(x=0, y=9), 1),
        (Ratio(x=1, y=9), 2),
        (Percent(value=Decimal(0)), 1),
        (Percent(value=Decimal(1)), 2),
    ):
        assert len(progress(questions, "6T", {"BASE": answer("BASE", value)}).steps) == asked


def test_a_round_asks_only_its_own_questions() -> None:
    assert [step.question.code for step in progress(SET, "N", {}).steps] == ["PLAN", "LAND", "YEARLY", "LAST"]
    assert progress(SET, "6T", {}).total == 3
    assert progress(SET, "N", {}).total == 4


def test_the_first_unanswered_question_is_next_and_nothing_once_all_are_answered() -> None:
    assert progress(SET, "6T", {}).next.question is PLAN  # type: ignore[union-attr]
    found = progress(SET, "6T", answers(PLAN="none", LAST="x"))
    assert found.next is not None
    assert found.next.mark == "2"
    assert count(SET, "6T", answers(PLAN="done", NUMBER="12/KH", LAST="x")) == found.count == Count(answered=2, total=3)
    assert progress(SET, "6T", answers(PLAN="none", LAND=Decimal(0), LAST="x")).next is None


def test_an_optional_question_is_offered_in_its_turn_and_counts_as_skipped_once_a_later_one_is_answered() -> None:
    asked = progress(SET, "6T", answers(PLAN="done"))
    assert asked.next is not None
    assert asked.next.mark == "1b"
    assert asked.after("NUMBER").mark == "2"  # type: ignore[union-attr]
    skipped = progress(SET, "6T", answers(PLAN="done", LAND=Decimal(0)))
    assert skipped.next is not None
    assert skipped.next.mark == "3"
    assert [step.mark for step in skipped.missing] == ["3"]


def test_passing_over_the_last_step_leads_to_what_is_missing_before_it_and_then_to_the_end() -> None:
    questions = replace(SET, questions=(PLAN, LAND, ask("EXTRA", optional=True)))
    assert progress(questions, "6T", answers(PLAN="none")).after("EXTRA").mark == "2"  # type: ignore[union-attr]
    assert progress(questions, "6T", answers(PLAN="none", LAND=Decimal(0))).after("EXTRA") is None


def test_one_can_go_back_to_the_first_question_and_no_further() -> None:
    found = progress(SET, "6T", answers(PLAN="done"))
    assert found.before("LAND").mark == "1b"  # type: ignore[union-attr]
    assert found.before("NUMBER").mark == "1"  # type: ignore[union-attr]
    assert found.before("PLAN") is None


def test_steps_are_found_by_the_number_people_say() -> None:
    found = progress(SET, "6T", answers(PLAN="done"))
    assert found.marked("1B").question is NUMBER  # type: ignore[union-attr]
    assert found.marked("3").question is LAST  # type: ignore[union-attr]
    assert found.marked("4") is None
    assert found.marked("2b") is None


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "PLAN": st.sampled_from(["done", "none"]),
            "NUMBER": st.just("12/KH"),
            "LAND": st.decimals(min_value=0, max_value=9, places=1),
            "HOUSES": st.integers(0, 3),
            "LANES": st.integers(0, 3),
            "YEARLY": st.integers(0, 3),
            "LAST": st.just("x"),
        },
    )
)
def test_answering_whatever_comes_next_always_ends_with_nothing_missing(given_so_far: dict[str, Value]) -> None:
    known = answers(**given_so_far)
    for _ in range(len(SET.questions) + 1):
        found = progress(SET, "N", known)
        assert 0 <= found.answered <= found.total == 4
        assert len({step.mark for step in found.steps}) == len(found.steps)
        if found.next is None:
            break
        code = found.next.question.code
        assert code not in known
        known[code] = answer(code, "done" if code == "PLAN" else 1)
    else:
        pytest.fail("there was always another question")
    assert found.missing == ()


def test_what_changed_since_the_sending_is_told_step_by_step() -> None:
    sent = progress(SET, "6T", answers(PLAN="none", LAND=Decimal(0), LAST="x"))
    current = progress(SET, "6T", answers(PLAN="done", LAND=Decimal(0), LAST="y"))
    assert [step.mark for step in changed(current, sent)] == ["1", "3"]
    assert changed(sent, sent) == ()


def test_an_explanation_added_later_is_a_change_and_the_person_is_not() -> None:
    sent = progress(SET, "6T", answers(LAND=Decimal(9)))
    explained = progress(SET, "6T", {"LAND": answer("LAND", Decimal(9), explanation="two lanes")})
    by_another = progress(SET, "6T", {"LAND": replace(answer("LAND", Decimal(9)), person_id=7, raw="9,0")})
    assert [step.mark for step in changed(explained, sent)] == ["2"]
    assert changed(by_another, sent) == ()


def test_zero_nothing_to_report_and_no_figure_are_three_different_answers() -> None:
    zero, nothing, none_yet = (
        answer("A", 0),
        answer("A", None, Status.NONE),
        answer("A", None, Status.UNAVAILABLE),
    )
    assert not same(zero, nothing)
    assert not same(nothing, none_yet)
    assert not same(zero, none_yet)
    assert same(zero, Reading(status=Status.GIVEN, value=0))
    assert not same(zero, Reading(status=Status.GIVEN, value=0, estimate=True))


ROUND = Round(
    id=1,
    plan_id=1,
    code="6T",
    year=2026,
    title="report",
    wording="",
    due=date(2026, 5, 5),
    inclusive=False,
    since=date(2026, 1, 1),
    until=date(2026, 4, 30),
    armed_on=date(2026, 1, 1),
    closed_at=None,
    ladder=DEFAULT_LADDER,
)


def test_a_round_takes_answers_from_its_announcement_until_it_is_closed() -> None:
    opening = CALENDAR.shift(ROUND.last_day, -21)
    assert not open_for_answers(ROUND, date.fromordinal(opening.toordinal() - 1), CALENDAR)
    assert open_for_answers(ROUND, opening, CALENDAR)
    assert open_for_answers(ROUND, date(2026, 12, 1), CALENDAR)
    assert not open_for_answers(replace(ROUND, closed_at=AT), opening, CALENDAR)


def test_a_round_that_is_never_announced_takes_answers_from_45_days_before() -> None:
    silent = replace(ROUND, ladder=())
    assert not open_for_answers(silent, date(2026, 3, 19), CALENDAR)
    assert open_for_answers(silent, date(2026, 3, 20), CALENDAR)


RANGED = ask("RANGED", low=Decimal(5), high=Decimal(300))


@pytest.mark.parametrize(
    ("value", "odd"),
    [(4, Oddity.OUT_OF_RANGE), (5, None), (300, None), (301, Oddity.OUT_OF_RANGE), (Decimal("4.9"), Oddity.OUT_OF_RANGE)],
)
def test_figures_outside_the_range_are_odd(value: Value, odd: Oddity | None) -> None:
    assert oddity(RANGED, Reading(status=Status.GIVEN, value=value)) is odd


def test_the_range_of_a_ratio_is_about_its_y_or_about_the_percentage_where_that_is_accepted() -> None:
    plain = ask("R", Kind.RATIO, low=Decimal(0), high=Decimal(200))
    shares = ask("S", Kind.RATIO, low=Decimal(30), high=Decimal(100), percent_ok=True)
    assert oddity(plain, Reading(status=Status.GIVEN, value=Ratio(x=1, y=201))) is Oddity.OUT_OF_RANGE
    assert oddity(plain, Reading(status=Status.GIVEN, value=Ratio(x=3, y=2))) is Oddity.X_ABOVE_Y
    assert oddity(shares, Reading(status=Status.GIVEN, value=Ratio(x=850, y=1000))) is None
    assert oddity(shares, Reading(status=Status.GIVEN, value=Ratio(x=1, y=10))) is Oddity.OUT_OF_RANGE
    assert oddity(shares, Reading(status=Status.GIVEN, value=Percent(value=Decimal(29)))) is Oddity.OUT_OF_RANGE
    assert oddity(shares, Reading(status=Status.GIVEN, value=Ratio(x=0, y=0))) is None


def test_a_yearly_figure_below_the_six_month_figure_is_odd_only_where_figures_add_up() -> None:
    question, half = ask("SUM"), answer("SUM", 12)
    assert oddity(question, Reading(status=Status.GIVEN, value=11), half) is Oddity.BELOW_EARLIER
    assert oddity(question, Reading(status=Status.GIVEN, value=12), half) is None
    assert oddity(replace(question, summed=False), Reading(status=Status.GIVEN, value=11), half) is None
    assert oddity(question, Reading(status=Status.GIVEN, value=11), answer("SUM", None, Status.UNAVAILABLE)) is None
    assert oddity(question, Reading(status=Status.UNAVAILABLE), half) is None


def test_a_round_contains_another_one_when_it_began_the_same_day_and_ends_later() -> None:
    year = replace(ROUND, code="N", until=date(2026, 10, 31))
    assert contains(year, ROUND)
    assert not contains(ROUND, year)
    assert not contains(replace(year, since=date(2026, 5, 1)), ROUND)
