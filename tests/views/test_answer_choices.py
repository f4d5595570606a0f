"""What can be chosen below a question of the seed plan is also understood when it is typed."""

from __future__ import annotations

import pytest

from bot.chat import choices
from bot.chat.messages import Outgoing
from bot.domain.progress import progress
from bot.views import reporting as views
from tests.sheets import PLAN, round_of


def asked(questions: str, code: str) -> Outgoing:
    laid = progress(PLAN.question_set(questions), "6T", {})
    step = next(step for step in laid.steps if step.question.code == code)
    return views.question(("1", "1"), step, laid, round_of())


@pytest.mark.parametrize("typed", ["không thuộc", "khong thuoc don vi", "Không thuộc đơn vị tôi ạ", "không liên quan"])
def test_that_a_question_does_not_concern_the_unit_may_be_said_in_other_words(typed: str) -> None:
    shown = asked("other", "DT_TD")
    choice = choices.pick(typed, shown.offered, shown.marks)
    assert choice is not None
    assert choice.label == "Không thuộc đơn vị"


def test_where_nothing_arose_the_ward_is_not_offered_that_it_does_not_concern_it() -> None:
    assert choices.pick("không thuộc", asked("ward", "DON_GQ").offered, "letters") is None
