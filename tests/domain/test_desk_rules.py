"""The rules behind correcting and chasing: stages, extensions, escalation, checks of whole reports, the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import absences, chasing, checks, escalation, extensions, ladder, ledger, outlook, verdicts
from bot.domain import summary as summaries
from bot.domain.answers import Answer, Ratio, Status
from bot.domain.checks import Check
from bot.domain.extensions import Extension, Refusal
from bot.domain.ledger import Entry, Fate, Occasion
from bot.domain.people import Role
from bot.domain.progress import Progress, progress
from bot.domain.reports import Report, Via
from bot.domain.sheets import Sheet, UnitSheet
from bot.domain.standings import State
from bot.domain.verdicts import Judgement, Stage, Verdict
from tests.sheets import CALENDAR, HANOI, OFFICE, PLAN, UNITS, round_of

AT = datetime(2023, 4, 20, 2, 0, tzinfo=UTC)
WARD = next(unit for unit in UNITS if unit.code == "P5")
QUESTIONS = PLAN.question_set(WARD.questions)


def answered(at: datetime = AT, **values: object) -> dict[str, Answer]:
    """Answers by question code: a value, or a Status."""
    return answers_of(values, at)


def answers_of(values: Mapping[str, object], at: datetime = AT) -> dict[str, Answer]:
    """The same from a mapping."""
    return {
        code: Answer(
            id=number,
            question=code,
            raw="",
            status=value if isinstance(value, Status) else Status.GIVEN,
            value=None if isinstance(value, Status) else value,  # type: ignore[arg-type]
            estimate=False,
            at=at,
            person_id=1,
        )
        for number, (code, value) in enumerate(values.items(), start=1)
    }


def report(revision: int, answers: dict[str, Answer] | None = None) -> Report:
    return Report(
        round_id=1, unit_id=WARD.id, revision=revision, via=Via.CHAT, first_at=AT, at=AT, person_id=1, answers=answers or {}
    )


def verdict(revision: int, kind: Judgement, *questions: str) -> Verdict:
    return Verdict(revision=revision, kind=kind, questions=questions, reason="?", person_id=9, at=AT)


def laid_out(answers: dict[str, Answer]) -> Progress:
    return progress(QUESTIONS, "6T", answers)


@pytest.mark.parametrize(
    ("revision", "said", "stage"),
    [
        (1, [], Stage.SENT),
        (1, [verdict(1, Judgement.RETURNED)], Stage.RETURNED),
        (2, [verdict(1, Judgement.RETURNED)], Stage.RESENT),
        (2, [verdict(1, Judgement.RETURNED), verdict(2, Judgement.ACCEPTED)], Stage.ACCEPTED),
        (3, [verdict(2, Judgement.ACCEPTED)], Stage.RESENT),
        (1, [verdict(1, Judgement.RETURNED), verdict(1, Judgement.ACCEPTED)], Stage.ACCEPTED),
    ],
)
def test_the_stage_follows_from_the_newest_verdict_and_revision(revision: int, said: list[Verdict], stage: Stage) -> None:
    assert verdicts.stage(report(revision), said) is stage


def test_nothing_sent_has_no_stage() -> None:
    assert verdicts.stage(None, [verdict(1, Judgement.RETURNED)]) is None


def test_a_return_opens_what_was_chosen_what_hangs_on_it_and_what_was_never_answered() -> None:
    shown = laid_out(answered(KH_DV="done", KH_SO="12", TCD_LUOT=40, HD_M2=35, HD_HO=3))
    opened = [step.question.code for step in verdicts.opened(shown, verdict(1, Judgement.RETURNED, "HD_M2"))]
    assert "HD_M2" in opened
    assert "HD_HO" in opened
    assert "DON_GQ" in opened
    assert "TCD_LUOT" not in opened
    assert "KH_DV" not in opened
    assert verdicts.opened(shown, verdict(1, Judgement.RETURNED)) == shown.steps
    assert verdicts.opened(shown, None) == shown.steps


def test_the_chosen_questions_are_asked_in_turn_until_answered_again() -> None:
    returned = verdict(1, Judgement.RETURNED, "TCD_LUOT", "HD_M2")
    shown = laid_out(answered(TCD_LUOT=40, HD_M2=35))
    first = verdicts.wanted(shown, returned)
    assert first is not None
    assert first.question.code == "TCD_LUOT"
    again = laid_out(answered(HD_M2=35) | answered(AT + timedelta(hours=1), TCD_LUOT=20))
    second = verdicts.wanted(again, returned)
    assert second is not None
    assert second.question.code == "HD_M2"
    assert verdicts.wanted(again, returned, "HD_M2") is None


EXTENSION = Extension(unit_id=WARD.id, until=date(2023, 5, 11), reason="?", person_id=9, at=datetime(2023, 5, 3, tzinfo=UTC))


def test_an_extension_moves_the_ladder_but_not_the_opening_and_says_nothing_twice() -> None:
    round_ = round_of()
    own = extensions.applied(round_, EXTENSION, date(2023, 5, 3))
    assert (own.last_day, own.planned_last_day, round_.last_day) == (date(2023, 5, 11), date(2023, 5, 4), date(2023, 5, 4))
    assert outlook.opens_on(own, CALENDAR) == outlook.opens_on(round_, CALENDAR)
    days = [rung.day for rung in ladder.rungs(own.last_day, own.armed_on, own.ladder, CALENDAR)]
    assert days
    assert min(days) > date(2023, 5, 3)
    assert date(2023, 5, 11) in days
    again = extensions.applied(own, replace(EXTENSION, until=date(2023, 5, 18)))
    assert again.planned_last_day == date(2023, 5, 4)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2023, 5, 3), Refusal.PAST),
        (date(2023, 5, 4), Refusal.NOT_LATER),
        (date(2023, 5, 6), Refusal.DAY_OFF),
        (date(2023, 12, 6), Refusal.TOO_FAR),
        (date(2023, 5, 11), None),
    ],
)
def test_only_a_later_working_day_within_a_quarter_will_do(day: date, why: Refusal | None) -> None:
    assert extensions.refuse(day, date(2023, 5, 4), date(2023, 5, 4), date(2023, 5, 3), CALENDAR) is why


@given(st.dates(date(2023, 4, 1), date(2023, 9, 30)))
def test_every_day_that_is_offered_is_one_that_will_do(today: date) -> None:
    last = date(2023, 5, 4)
    for day in extensions.days_offered(last, today, CALENDAR):
        assert extensions.refuse(day, last, last, today, CALENDAR) is None


@pytest.mark.parametrize(
    ("sent", "until", "expected"),
    [
        (date(2023, 5, 4), None, (State.ON_TIME, True, True)),
        (date(2023, 5, 10), None, (State.LATE, False, False)),
        (date(2023, 5, 10), date(2023, 5, 11), (State.ON_TIME, False, True)),
        (date(2023, 5, 12), date(2023, 5, 11), (State.LATE, False, False)),
    ],
)
def test_lateness_is_measured_by_the_plan_and_by_the_extension(
    sent: date, until: date | None, expected: tuple[State, bool, bool]
) -> None:
    at = datetime(sent.year, sent.month, sent.day, 16, tzinfo=HANOI)
    row = UnitSheet(
        unit=WARD,
        report=replace(report(1), first_at=at, at=at),
        draft={},
        extension=replace(EXTENSION, until=until) if until else None,
    )
    summary = summaries.summarise(Sheet(round=round_of(), plan=PLAN, units=(row,)), now=at, office=OFFICE)
    (found,) = summary.standings
    assert (found.state, found.in_time, found.in_own_time) == expected
    assert summary.on_time_rate == (100 if expected[1] else 0)
    assert summary.extended_on_time_rate == (100 if expected[2] else 0)


def test_escalation_goes_up_one_step_a_day_and_never_back() -> None:
    today, yesterday = date(2023, 5, 10), date(2023, 5, 9)
    everybody = {Role.FOCAL, Role.DEPUTY, Role.LEADER}
    assert escalation.next_step({}, everybody, today) is Role.FOCAL
    assert escalation.next_step({Role.FOCAL: yesterday}, everybody, today) is Role.DEPUTY
    assert escalation.next_step({Role.FOCAL: yesterday}, {Role.FOCAL, Role.LEADER}, today) is Role.LEADER
    assert escalation.next_step({Role.FOCAL: today}, everybody, today) is None
    assert escalation.next_step({Role.DEPUTY: yesterday}, everybody, today) is Role.LEADER
    assert escalation.next_step({Role.LEADER: yesterday}, everybody, today) is None
    assert escalation.next_step({}, set(), today) is None


def test_working_days_late_count_today() -> None:
    last = date(2023, 5, 4)
    days = [date(2023, 5, 4), date(2023, 5, 5), date(2023, 5, 8), date(2023, 5, 9)]
    assert [escalation.late_by(last, day, CALENDAR) for day in days] == [0, 1, 2, 3]


FIGURES = {"TCD_LUOT": 40, "DON_GQ": Ratio(x=12, y=14), "DT_CUOC": 8, "HNND": 14, "HD_M2": 0, "DVK_MH": 5}
OTHERS = {"KH_DV": "done", "DVC_TT": Ratio(x=850, y=1000), "CK_ND": "enough", "SK_131": "done", "KK": Status.NONE}


def whole(**changed: object) -> dict[str, Answer]:
    """A complete ward report."""
    answers = answered(**(dict.fromkeys(asked(), Status.NONE) | OTHERS | FIGURES | changed))
    assert not laid_out(answers).missing
    return answers


def asked() -> list[str]:
    return [q.code for q in QUESTIONS.questions if (not q.rounds or "6T" in q.rounds) and q.follows is None]


def test_a_report_equal_to_the_last_one_in_every_figure_is_asked_about() -> None:
    assert checks.of_report(laid_out(whole()), whole()) == (Check.COPIED,)
    assert checks.of_report(laid_out(whole(TCD_LUOT=41)), whole()) == ()
    assert checks.of_report(laid_out(whole()), {}) == ()
    assert checks.of_report(laid_out(whole(KH_DV="in_progress")), whole()) == (Check.COPIED,)


def test_a_complete_report_without_one_figure_above_zero_is_asked_about() -> None:
    nothing = dict.fromkeys(FIGURES, Status.UNAVAILABLE) | {"DVC_TT": Status.NONE, "HNND": 0}
    assert checks.of_report(laid_out(whole(**nothing)), whole()) == (Check.EMPTY,)
    assert checks.of_report(laid_out(answered(TCD_LUOT=0)), {}) == (), "an incomplete one is not"


def test_figures_given_before_and_after_their_period_was_over_are_asked_about() -> None:
    until = date(2026, 4, 30)
    before, after = datetime(2026, 4, 15, 3, tzinfo=UTC), datetime(2026, 5, 4, 3, tzinfo=UTC)

    def early(**at: datetime) -> list[str]:
        answers = {code: replace(answer, at=at.get(code, after)) for code, answer in whole().items()}
        found = checks.early(laid_out(answers), until, OFFICE)
        assert (Check.MIXED in checks.of_report(laid_out(answers), {}, found)) == bool(found)
        return [step.question.code for step in found]

    assert early(TCD_LUOT=before, KH_DV=before) == ["TCD_LUOT"], "only figures have a day they are as of"
    assert early() == []
    assert early(**dict.fromkeys(asked(), before)) == [], "all as of one time before"
    assert early(TCD_LUOT=datetime(2026, 4, 29, 17, 30, tzinfo=UTC)) == [], "on the last day, by the office's clock"


def test_a_half_day_is_a_name_so_nothing_is_asked_twice_in_it() -> None:
    morning = datetime(2023, 5, 9, 11, 59, tzinfo=HANOI)
    afternoon = datetime(2023, 5, 9, 12, 0, tzinfo=HANOI)
    assert chasing.asked_now({chasing.rung(morning)}, morning)
    assert not chasing.asked_now({chasing.rung(morning)}, afternoon)
    assert not chasing.asked_now({"before:7w", "last"}, morning)
    assert [chasing.asks(name) for name in (chasing.rung(morning), "escalate:leader", "return:1", "extend", "last")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("from_", "until", "why"),
    [
        (date(2023, 5, 9), date(2023, 5, 8), absences.Refusal.BACKWARDS),
        (date(2023, 5, 1), date(2023, 5, 3), absences.Refusal.OVER),
        (date(2023, 5, 1), date(2023, 12, 31), absences.Refusal.TOO_LONG),
        (date(2023, 5, 1), date(2023, 5, 4), None),
    ],
)
def test_days_nobody_can_be_away_on(from_: date, until: date, why: absences.Refusal | None) -> None:
    assert absences.refuse(from_, until, date(2023, 5, 4)) is why


def entry(hour: int, fate: Fate = Fate.SENT) -> Entry:
    at = AT.replace(hour=hour)
    return Entry(
        unit=WARD, at=at, occasion=Occasion.LADDER, detail="last", fate=fate, sent_at=at if fate is Fate.SENT else None
    )


@given(st.lists(st.integers(0, 23), unique=True, max_size=6), st.lists(st.integers(0, 23), max_size=6))
def test_an_answer_is_credited_to_the_last_message_before_it_and_only_to_that(said: list[int], given: list[int]) -> None:
    moments = [AT.replace(hour=hour, minute=30) for hour in given]
    found = ledger.with_answers([entry(hour) for hour in said], moments)
    assert [one.at for one in found] == sorted(one.at for one in found)
    credited = [one for one in found if one.answered_at is not None]
    for one in credited:
        assert one.answered_at in moments
        assert one.sent_at is not None
        assert max(other.at for other in found if other.at <= one.answered_at) == one.at
    before_all = [at for at in moments if all(at < one.at for one in found)]
    assert len({one.answered_at for one in credited}) == len(credited)
    assert not any(one.answered_at in before_all for one in credited)


def test_absence_counts_neither_as_said_nor_as_missed() -> None:
    counted = ledger.tally(WARD, [entry(1), entry(2, Fate.ABSENT), entry(3, Fate.NOBODY), entry(4, Fate.COMING)])
    assert (counted.sent, counted.missed, counted.coming) == (1, 1, 1)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Forbidden: bot was blocked by the user", ledger.Why.BLOCKED),
        ("Forbidden: user is deactivated", ledger.Why.GONE),
        ("BadRequest: Chat not found", ledger.Why.NOT_STARTED),
        ("zalo quota: reminder", ledger.Why.QUOTA),
        ("no longer true", ledger.Why.OVERTAKEN),
        ("ReadTimeout", ledger.Why.OTHER),
    ],
)
def test_why_a_message_did_not_arrive_is_told_in_our_words(said: str, why: ledger.Why) -> None:
    assert ledger.why(said) is why
