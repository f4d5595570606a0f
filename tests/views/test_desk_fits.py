"""However much there is to say about however many units, every page stays one message, with ten choices at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest

from bot.channels import LIMITS
from bot.chat import choices
from bot.chat.messages import ChatRef, Outgoing
from bot.domain import summary as summaries
from bot.domain.absences import Absence
from bot.domain.checks import Check
from bot.domain.extensions import Extension
from bot.domain.ledger import Entry, Fate, Occasion, Tally, Why
from bot.domain.people import Person
from bot.domain.progress import progress
from bot.domain.standings import RECEIVED, State
from bot.domain.verdicts import Judgement, Stage, Verdict
from bot.views import chasing, ledger, rounds
from bot.views import correcting as correcting_views
from bot.views import summary as views
from bot.views import unit_answers as unit_views
from tests.sheets import CALENDAR, NOW, OFFICE, PLAN, UNITS, full_sheet, random_value, round_of

LONG = "x" * 500
ANH = Person(id=1, name="Nguyễn Hoàng Thị Phương Thảo Nguyên", honorific="chị")


def crowded() -> summaries.Summary:
    """Everything at once about every unit."""
    sheet = full_sheet(random_value)
    until = date(2023, 5, 11)
    rows = tuple(
        replace(
            row,
            verdicts=(Verdict(revision=1, kind=Judgement.RETURNED, questions=("A",) * 9, reason=LONG, person_id=1, at=NOW),),
            extension=Extension(unit_id=row.unit.id, until=until, reason=LONG[:300], person_id=1, at=NOW),
            away=(ANH, Absence(id=1, person_id=1, from_=until, until=until, stand_in_id=None, by_id=1)),
            before=row.report.answers if row.report else {},
            remarks={Check.COPIED: LONG, Check.EMPTY: LONG},
        )
        for row in sheet.units
    )
    return summaries.summarise(replace(sheet, units=rows), now=NOW, office=OFFICE)


def one_message(shown: Outgoing, most: int = 10) -> None:
    for platform in ("telegram", "zalo"):
        chat = ChatRef(platform=platform, chat_id="1")
        pieces = choices.pieces(shown, chat, LIMITS[platform], None)
        assert len(pieces) == 1, shown.text
        assert len(pieces[0].message.text) < 2000
    assert len(shown.offered) <= most, [choice.label for choice in shown.offered]
    labels = [choice.label for choice in shown.offered]
    assert len(labels) == len(set(labels))


def test_the_round_at_a_glance_with_everything_to_say() -> None:
    summary = crowded()
    assert summary.questioned
    one_message(views.glance(summary, [], OFFICE, CALENDAR, others=True, edits=False))
    one_message(views.digest(summary, [], [], OFFICE, CALENDAR))
    for page in range(4):
        one_message(unit_views.units(summary, OFFICE, page), most=11)
    one_message(rounds.preview(summary))
    one_message(rounds.sure(summary))


def test_a_unit_has_at_most_ten_things_to_do() -> None:
    summary = crowded()
    for standing in summary.standings:
        for state in State:
            for stage in tuple(Stage) if state in RECEIVED else (None,):
                acts = correcting_views.acts(replace(standing, state=state, stage=stage), summary.sheet.round)
                assert len(acts) + 5 <= 10, [choice.label for choice in acts]


@pytest.mark.parametrize("seed", range(5))
def test_every_page_of_the_ledger(seed: int) -> None:
    random = Random(seed)
    entries = [
        Entry(
            unit=UNITS[0],
            at=datetime(2023, 4, 1 + number % 28, 2, tzinfo=UTC),
            occasion=occasion,
            detail=LONG if occasion is Occasion.BROADCAST else "leader" if occasion is Occasion.ESCALATION else "before:14w",
            fate=random.choice(list(Fate)),
            person=ANH,
            platform="zalo",
            by=ANH,
            sent_at=NOW,
            read_at=NOW,
            answered_at=NOW,
            why=random.choice(list(Why)),
        )
        for number, occasion in enumerate(random.choices(list(Occasion), k=40))
    ]
    for page in (*range(12), None):
        one_message(ledger.unit(UNITS[0], round_of(), entries, OFFICE, page, edits=False))
    tallies = [Tally(unit=unit, sent=123, coming=45, missed=67) for unit in UNITS]
    for page in range(4):
        one_message(ledger.units(PLAN, round_of(), tallies, page, edits=False))


def test_choosing_among_all_units_and_all_questions() -> None:
    summary = crowded()
    ids = [unit.id for unit in UNITS]
    for page in range(5):
        one_message(chasing.pick(round_of(), UNITS, ids, "Nhắc đơn vị nào?", page))

    for row in summary.sheet.units:
        shown = progress(PLAN.question_set(row.unit.questions), "N", row.draft)
        for page in range(4):
            one_message(correcting_views.pick(("1", "1"), "?", shown, list(shown.answers), page))
