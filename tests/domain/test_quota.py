"""Zalo's month: what is left out first when it runs short, and when somebody is warned."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.quota import Allowance, Quota, Room, Unasked, warned

ALL: tuple[Unasked, ...] = ("excerpt", "digest", "reminder")


def month(sent: int, waiting: int = 0, people: int = 0, most: int = 3000) -> Quota:
    return Quota(
        allowance=Allowance(messages=most, people=50), month=date(2026, 4, 1), sent=sent, waiting=waiting, people=people
    )


@pytest.mark.parametrize(
    ("sent", "room", "still_said"),
    [
        (0, Room.AMPLE, ALL),
        (2399, Room.AMPLE, ALL),
        (2400, Room.MERGED, ALL),
        (2699, Room.MERGED, ALL),
        (2700, Room.NO_EXCERPTS, ("digest", "reminder")),
        (2850, Room.NO_DIGESTS, ("reminder",)),
        (2940, Room.NO_REMINDERS, ()),
        (5000, Room.NO_REMINDERS, ()),
    ],
)
def test_excerpts_are_left_out_first_then_digests_and_reminders_last(
    sent: int, room: Room, still_said: tuple[Unasked, ...]
) -> None:
    quota = month(sent)
    assert quota.room is room
    assert tuple(what for what in ALL if quota.carries(what)) == still_said


def test_what_is_queued_counts_as_used() -> None:
    assert month(2390, waiting=10).room is Room.MERGED


def test_a_plan_without_a_limit_never_runs_short() -> None:
    assert month(10**6, most=0).room is Room.AMPLE


@pytest.mark.parametrize(("percent", "level"), [(0, 0), (79, 0), (80, 80), (94, 80), (95, 95), (300, 95)])
def test_warnings_come_at_eighty_and_ninety_five_per_cent(percent: int, level: int) -> None:
    assert warned(percent) == level


def test_people_are_counted_by_themselves() -> None:
    assert (month(0, people=40).people_percent, month(0, people=40).room) == (80, Room.AMPLE)
