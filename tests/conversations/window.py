"""A counter where messages change in place on Telegram, as they do for people, and units can be made to have answered."""

from __future__ import annotations

from pathlib import Path

from bot.channels import LIMITS
from bot.chat.messages import PlatformName
from bot.chat.split import units
from bot.domain.answers import Doubtful
from bot.domain.people import Role
from bot.domain.reading import read
from storage.store import Store
from tests.conversations.counter import Counter, Officer, Seen, local


class Window(Counter):
    """Chị Hoa of Phòng Nội vụ, anh Minh and (deputy) chị Lan of Phường 5, on one platform; a Thursday in April 2026."""

    def __init__(self, folder: Path, platform: PlatformName) -> None:
        super().__init__(folder, local(2026, 4, 16, 9, 12), wire="/zalo")
        self.platform = platform
        self.hoa = self.officer("Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR, "chị")
        self.minh = self.officer("Trần Văn Minh", "P5", platform)

    def answered(self, unit: str, *, send: bool = True, round_: str = "6T", **typed: str) -> None:
        """A unit's answers as they would be typed, one keyword a question; sent at once."""

        def work(store: Store) -> None:
            of = store.units.by_code(unit)
            assert of is not None
            at = next(r for r in store.rounds.all() if r.code == round_)
            questions = {q.code: q for q in store.plans.get(at.plan_id).question_set(of.questions).questions}
            for code, text in typed.items():
                reading = read(questions[code], text, today=self.now.date())
                assert not isinstance(reading, Doubtful), (code, text, reading)
                store.answers.add(
                    round_id=at.id,
                    unit_id=of.id,
                    question=code,
                    raw=text,
                    reading=reading,
                    person_id=self.minh.id,
                    now=self.now,
                )
            if send:
                store.answers.send(round_id=at.id, unit_id=of.id, person_id=self.minh.id, now=self.now)

        self.ask(work)

    def _deliver(self, store: Store) -> None:
        while claimed := store.outbox.claim(
            self.now, pushes=True, busy=frozenset(), still_true=lambda _: True, platforms=frozenset(LIMITS)
        ):
            chat, message = claimed.piece.chat, claimed.piece.message
            assert 0 < units(message.text) < 2000, f"{units(message.text)} units:\n{message.text}"
            who = next(one for one in self.people if one.chat == chat)
            seen = Seen(text=message.text, buttons=message.offered)
            message_id, replaced = self.carried(claimed), claimed.piece.edit_of
            if replaced is None:
                who.heard.append((message_id, seen))
            else:
                at = next(at for at, (id, _) in enumerate(who.heard) if id == replaced)
                who.heard[at] = (replaced, seen)
                if seen.buttons:  # a new page; one that only lost its buttons was read before
                    who.read = min(who.read, at)
            store.outbox.sent(claimed, message_id, self.now)


def marks_of(who: Officer) -> list[str]:
    """What the newest message with choices offers."""
    if who.platform == "telegram":
        return [button.label for button in next(seen for _, seen in reversed(who.heard) if seen.buttons).buttons]
    text = next(seen.text for _, seen in reversed(who.heard) if ") " in seen.text)
    return [line.split(") ", 1)[1] for line in text.splitlines() if line[1:3] == ") "]
