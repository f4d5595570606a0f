"""Strangers: one neutral answer a few times a day, then silence, so that flooding costs nothing; and guessers of codes."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot.chat.messages import Outgoing
from bot.texts import general, trouble
from handlers.request import Request
from handlers.telling import tell_coordinators
from storage.store import Store

log = logging.getLogger(__name__)

ANSWERS_A_DAY = 3

# Wrong codes a sender may try a day; after that codes are not even looked up.
WRONG_A_DAY = 5

# Wrong codes from everybody together in an hour: then somebody is guessing, and who has tried a wrong one today waits for
# tomorrow. A code that is the first its sender tries is looked up all the same: an attack must not lock the invited out.
WRONG_AN_HOUR = 50
ALARM_AT = 25


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
