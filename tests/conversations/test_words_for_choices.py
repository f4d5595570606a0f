"""What officers type for a choice of the real plan is understood, not only the button's own words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.answers import Reading
from bot.domain.reading import read
from bot.plans import SEED, loader


@pytest.mark.parametrize(
    ("typed", "code"),
    [("đang soạn", "in_progress"), ("dang trinh ky", "in_progress"), ("chuwa", "not_started"), ("xong rồi ạ", "done")],
)
def test_general_words_reach_the_seed_plan_s_options(typed: str, code: str) -> None:
    question = next(q for q in loader.load(SEED).question_set("ward").questions if q.code == "KH_DV")
    reading = read(question, typed, today=date(2026, 4, 20))
    assert isinstance(reading, Reading)
    assert reading.value == code
