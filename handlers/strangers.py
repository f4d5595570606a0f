"""Strangers: one neutral answer a few times a day, then silence, so that flooding costs nothing; and guessers of codes."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from bot.chat.messages import Outgoing, PlatformName
from bot.texts import general, trouble
from handlers.request import Request
from handlers.telling import tell_coordinators
from storage.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")

ANSWERS_A_DAY = 3

# Wrong codes a sender may try a day; after that codes are not even looked up.
WRONG_A_DAY = 5

# Wrong codes from everybody together in an hour: then somebody is guessing, and who has tried a wrong one today waits for
# tomorrow. A code that is the first its sender tries is looked up all the same: an attack must not lock the invited out.
WRONG_AN_HOUR = 50
ALARM_AT = 25

# Messages of one unknown chat that are kept in an hour; registering takes about ten. The rest leaves no row and no work.
KEPT_AN_HOUR = 30


class Flood:
    """How much each unknown chat said within the hour. In memory: who floods over a restart is kept thirty messages more."""

    def __init__(self) -> None:
        self._hour: datetime | None = None
        self._heard: Counter[str] = Counter()

    def sift(
        self, store: Store, platform: PlatformName, rows: Sequence[tuple[str, str, T]], now: datetime
    ) -> tuple[list[tuple[str, str, T]], Counter[str]]:
        """Of updates (key, chat, content) those to keep, everything from chats of people we know and little from others; and
        what to `note` once they are kept."""
        self._turn_hour(now)
        known = store.people.chats(platform, {chat for _, chat, _ in rows})
        heard: Counter[str] = Counter()
        kept = []
        for row in rows:
            chat = f"{platform}:{row[1]}"
            heard[chat] += row[1] not in known
            if self._heard[chat] + heard[chat] <= KEPT_AN_HOUR:
                kept.append(row)
        return kept, heard

    def note(self, heard: Counter[str]) -> None:
        """They were kept, or let go for good."""
        for chat, many in heard.items():
            if self._heard[chat] <= KEPT_AN_HOUR < self._heard[chat] + many:
                log.warning("an unknown chat floods: not kept until the hour is over platform=%s", chat.partition(":")[0])
        self._heard.update(heard)

    def _turn_hour(self, now: datetime) -> None:
        hour = now.replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._heard = hour, Counter()


def may_try(request: Request, store: Store) -> bool:
    """Whether a code of this sender is looked up at all."""
    tried = store.invites.wrong_today(request.chat.platform, request.origin.user_id, request.today)
    if store.invites.wrong_this_hour(request.now) >= WRONG_AN_HOUR:
        return tried == 0
    return tried < WRONG_A_DAY


def guessed_wrong(request: Request, store: Store) -> None:
    """Count a wrong code; when too many come in one hour, the log and the coordinators hear of it, once an hour."""
    store.invites.note_wrong(request.chat.platform, request.origin.user_id, request.today)
    if store.invites.note_wrong_hour(request.now) == ALARM_AT:
        log.error("somebody is guessing codes: wrong ones within an hour=%s", ALARM_AT)
        tell_coordinators(request, store, Outgoing(text=trouble.guessing(ALARM_AT)))


def answer(request: Request, store: Store) -> Sequence[Outgoing]:
    """Who we are and how to get in, or nothing when this sender heard it often enough today."""
    words = Outgoing(text=general.stranger(request.office.coordinator, request.office.contact))
    return few_a_day(request, store, f"{request.origin.user_id}/greeted", words)


def few_a_day(request: Request, store: Store, key: str, words: Outgoing) -> Sequence[Outgoing]:
    """`words`, or nothing when whoever `key` names heard them often enough today."""
    platform = request.chat.platform
    if store.invites.wrong_today(platform, key, request.today) >= ANSWERS_A_DAY:
        return []
    store.invites.note_wrong(platform, key, request.today)
    return [words]
