"""Reports that were answered without playing every question again: the same answers in the same database."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.messages import PlatformName
from bot.domain.answers import Doubtful
from bot.domain.people import Role
from bot.domain.reading import read
from storage.store import Store
from tests.people import Actor, Town, shown

WHOLE = {
    "KH_DV": "đã có",
    "TCD_LUOT": "40",
    "DON_GQ": "12/14",
    "DT_CUOC": "8",
    "HNND": "14",
    "HD_M2": "35",
    "HD_HO": "3",
    "DVK_MH": "5",
    "DVC_TT": "850/1000",
    "CK_ND": "đủ",
    "SK_131": "xong",
    "KK": "không",
}
"""Answers to every question of a ward, and a few that only some rounds ask."""


async def hoa_of(town: Town, platform: PlatformName) -> Actor:
    """Chị Hoa of Phòng Nội vụ, who coordinates."""
    return await town.settler("chị Nguyễn Thị Hoa", "NV", platform, Role.COORDINATOR)


async def reported(town: Town, unit: str, typed: Mapping[str, str], *, send: bool = True, round_: str = "6T") -> None:
    """A unit's answers as they would be typed, by question; by its focal person."""

    def work(store: Store) -> None:
        of = store.units.by_code(unit)
        assert of is not None
        at = next(r for r in store.rounds.all() if r.code == round_)
        asked = store.plans.get(at.plan_id).question_set(of.questions).questions
        questions = {q.code: q for q in asked if not q.rounds or round_ in q.rounds}
        focal = next((p.id for s, p in store.people.holders([of.id]) if s.role is Role.FOCAL), None)
        for code, text in typed.items():
            if code not in questions:
                continue
            reading = read(questions[code], text, today=town.clock.now().date())
            assert not isinstance(reading, Doubtful), (code, text, reading)
            store.answers.add(
                round_id=at.id,
                unit_id=of.id,
                question=code,
                raw=text,
                reading=reading,
                person_id=focal,
                now=town.clock.now(),
            )
        if send:
            store.answers.send(round_id=at.id, unit_id=of.id, person_id=focal, now=town.clock.now())

    await town.ask(work)


async def opens_unit(who: Actor, unit: str) -> str:
    """From the summary down to one unit's answers."""
    await who.says("/tonghop")
    await who.chooses("Theo đơn vị")
    while f"{unit}:" not in who.heard[-1].text:
        await who.chooses("Trang sau")
    return await who.chooses(unit)


def shows(who: Actor, *texts: str) -> None:
    """Every text stands in the newest message, which may have been changed in place, or in what came since."""
    facing = "\n---\n".join([who.screen, shown(who.heard[-1])])
    for text in texts:
        assert text in facing, f"{who.name} does not see {text!r} in:\n{facing}"


def look_away(*people: Actor) -> None:
    """What they were told so far is read."""
    for who in people:
        who.forget()


def choices_of(who: Actor) -> list[str]:
    """What the newest message with choices offers."""
    for message in reversed(who.heard):
        if message.buttons:
            return [button["text"] for row in message.buttons for button in row]
        listed = [line.split(") ", 1)[1] for line in message.text.splitlines() if line[1:3] == ") "]
        if listed:
            return listed
    return []


def short_enough(town: Town) -> None:
    """Nothing anybody ever read is longer than the shortest platform carries, nor offers more than ten things a page."""
    for actor in town.people.values():
        for message in actor.heard:
            assert len(message.text) < 2000, message.text
            assert sum(len(row) for row in message.buttons) <= 10, message.text
