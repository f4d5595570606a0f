"""A clock that jumped is not believed until somebody confirms it; answers to people do not wait for that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scheduler.clockwatch import STEADY, ClockWatch

NOW = datetime(2026, 4, 20, 2, 0, tzinfo=UTC)
TICK = timedelta(seconds=20)


class Seconds:
    """The clock nobody sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_clock_that_runs_on_is_believed() -> None:
    real = Seconds()
    watch = ClockWatch(real)
    for number in range(500):
        real.now += 20
        watch.look(NOW + number * TICK, [])
        assert not watch.hold


def test_a_machine_that_slept_is_believed_since_its_other_clock_slept_with_it() -> None:
    real = Seconds()
    watch = ClockWatch(real)
    watch.look(NOW, [])
    real.now += 30 * 86400
    watch.look(NOW + timedelta(days=30), [])
    assert not watch.hold


def test_a_clock_set_ahead_is_held_until_the_platform_agrees() -> None:
    real = Seconds()
    watch = ClockWatch(real)
    watch.look(NOW, [(NOW, real.now)])
    month = timedelta(days=30)
    for number in range(1, 100):
        real.now += 20
        truth = NOW + number * TICK
        watch.look(truth + month, [(truth, real.now), None])
        assert watch.hold
    real.now += 20
    truth = NOW + 100 * TICK
    watch.look(truth, [(truth, real.now)])
    assert not watch.hold


def test_a_clock_put_right_by_hand_is_believed_as_soon_as_the_platform_agrees() -> None:
    real = Seconds()
    watch = ClockWatch(real)
    wrong = NOW - timedelta(days=400)
    watch.look(wrong, [])
    assert not watch.hold
    real.now += 20
    watch.look(NOW, [(NOW - timedelta(seconds=3), real.now)])
    assert not watch.hold


def test_without_any_platform_a_jump_is_believed_after_running_on_steadily() -> None:
    real = Seconds()
    watch = ClockWatch(real)
    watch.look(NOW, [])
    real.now += 20
    later = NOW + timedelta(days=3)
    watch.look(later, [])
    assert watch.hold
    real.now += STEADY - 1
    watch.look(later + timedelta(seconds=STEADY - 1), [])
    assert watch.hold
    real.now += 2
    watch.look(later + timedelta(seconds=STEADY + 1), [])
    assert not watch.hold


def test_a_clock_that_was_wrong_from_the_start_is_held() -> None:
    real = Seconds()
    watch = ClockWatch(real)
    watch.look(NOW + timedelta(days=2), [(NOW, real.now)])
    assert watch.hold
