"""What an office changes in a plan for one round: always a sound plan, and always undone again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot import plans
from bot.domain import amendments
from bot.domain.amendments import Amendments, Place, amended
from bot.domain.plan import Plan, RungSpec
from bot.plans import loader
from storage import changes as rows


def _plan() -> Plan:
    found = loader.check(plans.SEED.read_text(encoding="utf-8"))
    assert isinstance(found, Plan)
    return found


PLAN = _plan()
PLACES = [(each.code, question.code) for each in PLAN.question_sets for question in each.questions]
NUMBERED = [(of, code) for of, code in PLACES if amendments.question(PLAN, (of, code)).follows is None]
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("out"), st.sampled_from(PLACES)),
        st.tuples(st.just("back"), st.sampled_from(PLACES)),
        st.tuples(st.just("words"), st.sampled_from(PLACES), st.text(min_size=1, max_size=30)),
        st.tuples(st.just("move"), st.sampled_from(NUMBERED), st.integers(1, 15)),
    ),
    max_size=12,
)


def applied(steps: list[tuple[str, ...]]) -> Amendments:
    found = Amendments()
    for op, place, *more in steps:
        asked = [q.code for q in amendments.asked(amended(PLAN, found), place[0], "N")]
        match op:
            case "out" if place[1] in asked and amendments.may_leave_out(amended(PLAN, found), "N", place):
                found = amendments.left_out(found, place)
            case "back":
                found = amendments.put_back(found, place)
            case "words":
                found = amendments.reworded(found, PLAN, place, more[0])
            case "move" if place[1] in asked:
                found = amendments.moved(found, PLAN, "N", place, more[0])
    return found


@given(CHANGES)
def test_whatever_is_changed_follow_ups_stay_behind_their_question_and_every_set_asks_something(steps) -> None:
    plan = amended(PLAN, applied(steps))
    for each in plan.question_sets:
        codes = [question.code for question in each.questions]
        assert len(set(codes)) == len(codes) and amendments.numbered(plan, each.code, "N")
        for at, question in enumerate(each.questions):
            if question.follows is not None:
                assert question.follows.question in codes[:at]


@given(CHANGES)
def test_changes_are_kept_as_they_were_made(steps) -> None:
    found = applied(steps)
    assert rows.read(rows.written(found)) == found


def test_no_change_is_no_row_of_its_own() -> None:
    assert rows.written(Amendments()) == ""
    place: Place = ("ward", "TCD_LUOT")
    there = amendments.left_out(amendments.reworded(Amendments(), PLAN, place, "Bao nhiêu lượt tiếp dân?"), place)
    back = amendments.put_back(amendments.reworded(there, PLAN, place, amendments.question(PLAN, place).text), place)
    assert back == Amendments() and amended(PLAN, back) == PLAN


def test_a_question_goes_to_the_place_named() -> None:
    for number in range(1, 14):
        found = amendments.moved(Amendments(), PLAN, "N", ("ward", "DON_GQ"), number)
        codes = [question.code for question in amendments.numbered(amended(PLAN, found), "ward", "N")]
        assert codes.index("DON_GQ") == min(number, len(codes)) - 1
        assert sorted(codes) == sorted(q.code for q in amendments.numbered(PLAN, "ward", "N"))


def test_a_ladder_of_its_own_replaces_the_plans() -> None:
    ladder = (RungSpec(kind="before", days=5), RungSpec(kind="last", days=0))
    assert amended(PLAN, Amendments(ladder=ladder)).ladder == ladder
    assert rows.read(rows.written(Amendments(ladder=ladder))).ladder == ladder
