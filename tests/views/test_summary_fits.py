"""Every page of the summary is one message on every channel, and can be answered by typing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from bot.chat.choices import listed, pick
from bot.chat.messages import Outgoing
from bot.chat.split import units as length
from bot.domain import progress
from bot.domain.answers import Ratio
from bot.domain.difficulties import Difficulty
from bot.domain.people import Person
from bot.domain.sheets import Sheet
from bot.domain.summary import Summary, summarise
from bot.views import summary as views
from bot.views import totals as total_views
from bot.views import unit_answers as unit_views
from bot.views.summary_json import as_json
from tests.sheets import CALENDAR, NOW, OFFICE, PLAN, UNITS, full_sheet, longest_value, random_sheet

LAN = Person(id=1, name="Nguyễn Thị Lan", honorific="chị", phone="0903123456")


def difficulties(many: int) -> list[Difficulty]:
    return [
        Difficulty(
            id=number,
            unit_id=UNITS[number % 28].id,
            person_id=1,
            round_id=1,
            question="KK",
            point="",
            text="Thiếu kinh phí. " * 60,
            at=NOW - timedelta(days=number),
            events=(),
        )
        for number in range(1, many + 1)
    ]


def leaf(turn: Outgoing, action: tuple[str, ...]) -> int | None:
    """The next page a message leads to."""
    for choice in turn.offered:
        if choice.label == "Trang sau":
            assert choice.action[:-1] == action
            return int(choice.action[-1])
    return None


def every_message(summary: Summary) -> Iterator[Outgoing]:
    """All pages of everything the summary can show, found by turning pages as a person would."""
    waiting = difficulties(30)
    yield views.glance(summary, waiting, OFFICE, CALENDAR, others=True, edits=True)
    yield views.digest(summary, waiting[:12], waiting, OFFICE, CALENDAR)
    page: int | None = 0
    while page is not None:
        yield (shown := total_views.figures(summary, page))
        page = leaf(shown, ("summary-figures", "1"))
    for total in summary.totals:
        page = 0
        while page is not None:
            yield (shown := total_views.total(summary, total, page))
            page = leaf(shown, ("summary-total", "1", total.question.code, total.column))
    page = 0
    while page is not None:
        yield (shown := unit_views.units(summary, OFFICE, page))
        page = leaf(shown, ("summary-units", "1"))
    for row in summary.sheet.units:
        standing = summary.standing(row.unit.id)
        assert standing is not None
        questions = PLAN.question_set(row.unit.questions)
        sent = progress.progress(questions, summary.sheet.round.code, row.report.answers if row.report else {})
        told = unit_views.UnitAnswers(
            standing=standing,
            round=summary.sheet.round,
            progress=sent,
            report=row.report,
            by=LAN,
            changed=frozenset(sent.answers),
            unsent=3,
            drafts=False,
        )
        page = 0
        while page is not None:
            yield (shown := unit_views.unit(told, OFFICE, page, coordinator=True, edits=True))
            page = leaf(shown, ("summary-unit", str(row.unit.id), "1"))
        revisions = {
            step.question: [(sent.answers[step.question.code], LAN)] * 4
            for step in sent.steps
            if step.question.code in sent.answers
        }
        page = 0
        while page is not None:
            yield (shown := unit_views.history(told, revisions, OFFICE, page))
            page = leaf(shown, ("summary-history", str(row.unit.id), "1"))


def check(message: Outgoing) -> None:
    assert length(listed(message)) < 2000, f"{length(listed(message))} units:\n{listed(message)}"
    assert message.text.strip()
    labels = [choice.label for choice in message.offered]
    assert len(labels) <= 12
    assert all(len(label) <= 44 for label in labels), labels
    for choice in message.offered:
        assert not choice.label.strip().isdecimal()
        assert pick(choice.label, message.offered, message.marks) == choice, f"typing {choice.label!r} is not clear"


@settings(max_examples=12, deadline=None)
@for_all(st.integers(0, 2**32))
def test_every_page_of_a_random_round_fits_and_can_be_answered_by_typing_its_labels(seed: int) -> None:
    for message in every_message(summarise(random_sheet(seed), now=NOW, office=OFFICE)):
        check(message)


@pytest.mark.parametrize("code", ["6T", "N"])
def test_every_page_fits_when_all_28_units_answer_at_the_greatest_length(code: str) -> None:
    messages = list(every_message(summarise(full_sheet(longest_value, code), now=NOW, office=OFFICE)))
    assert len(messages) > 100
    for message in messages:
        check(message)


def test_an_empty_round_is_said_plainly() -> None:
    sheet = Sheet(round=random_sheet(1).round, plan=PLAN, units=())
    for message in every_message(summarise(sheet, now=NOW, office=OFFICE)):
        check(message)


@settings(max_examples=40, deadline=None)
@for_all(st.integers(0, 2**32))
def test_the_exported_figures_are_the_summary_to_the_last_digit(seed: int) -> None:
    import json
    from decimal import Decimal

    summary = summarise(random_sheet(seed), now=NOW, office=OFFICE)
    plain = json.loads(json.dumps(as_json(summary, difficulties(3)), ensure_ascii=False))
    assert plain["expected"] == 28
    assert plain["received"] == sum(unit["state"] in ("on_time", "late", "paper") for unit in plain["units"])
    for told in plain["totals"]:
        total = summary.total(told["code"], told["column"])
        assert total is not None
        match total.value:
            case None:
                assert told["value"] is None
            case Ratio(x=x, y=y):
                assert told["value"] == {"x": x, "y": y}
            case Decimal() as exact:
                assert Decimal(told["value"]) == exact
            case whole:
                assert told["value"] == whole
        assert len(told["figures"]) == len(total.figures)
        assert set(told["asked"]) == set(told["answered"]) | set(told["unavailable"]) | set(told["missing"])
