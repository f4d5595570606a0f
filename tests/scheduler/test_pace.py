"""How fast we speak: never beyond what a platform bears, and no slower than that."""

from __future__ import annotations

from collections import deque

import pytest

from bot.chat.messages import ChatRef
from scheduler.pace import Pace, unhurried

PERSON = ChatRef(platform="telegram", chat_id="1001")
GROUP = ChatRef(platform="telegram", chat_id="-1001")


class Speaker:
    """Says as much as it may in as many chats as there are, on a clock of its own."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.now = 0.0
        self.pace = pace or Pace(clock=lambda: self.now)
        self.pace.clock = lambda: self.now

    def speaks(self, chats: list[ChatRef], seconds: float) -> list[tuple[float, ChatRef]]:
        """When which chat was written to."""
        said: list[tuple[float, ChatRef]] = []
        end = self.now + seconds
        while self.now < end:
            for chat in chats:
                if chat not in self.pace.busy():
                    self.now += self.pace.take(chat)
                    said.append((self.now, chat))
            self.now += 0.05
        return said


def most_within(moments: list[float], span: float) -> int:
    """The most that ever fell into one span of so many seconds."""
    window: deque[float] = deque()
    most = 0
    for at in moments:
        window.append(at)
        while at - window[0] >= span:
            window.popleft()
        most = max(most, len(window))
    return most


@pytest.mark.parametrize(("chat", "span", "bears", "least"), [(PERSON, 60, 64, 55), (GROUP, 60, 20, 15)])
def test_one_chat_bears_so_much_and_gets_nearly_that(chat: ChatRef, span: float, bears: int, least: int) -> None:
    """A person: one a second after a short burst. A group: 20 a minute."""
    moments = [at for at, _ in Speaker().speaks([chat], 300)]
    assert most_within(moments, span) <= bears
    assert len(moments) / 300 * span >= least


def test_many_chats_share_what_the_platform_bears() -> None:
    chats = [ChatRef(platform="telegram", chat_id=str(number)) for number in range(500)]
    assert 24 <= most_within([at for at, _ in Speaker().speaks(chats, 20)], 1.0) <= 26


def test_each_platform_has_its_own_share() -> None:
    pace = Pace(clock=lambda: 0.0)
    assert [pace.take(PERSON), pace.take(PERSON)] == [0.0, pytest.approx(0.04)]
    assert pace.take(ChatRef(platform="zalo", chat_id="z")) == 0.0


def test_a_chat_that_was_silent_has_its_burst_again() -> None:
    speaker = Speaker()
    speaker.speaks([PERSON], 10)
    speaker.now += 10
    for _ in range(4):
        assert PERSON not in speaker.pace.busy()
        speaker.now += speaker.pace.take(PERSON)
    assert PERSON in speaker.pace.busy()


def test_the_sandbox_waits_for_nothing() -> None:
    speaker = Speaker(unhurried())
    for _ in range(1000):
        assert speaker.pace.busy() == frozenset()
        assert speaker.pace.take(GROUP) == 0.0
