"""The last look before an unasked message leaves: is all it says still so?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain import chasing, extensions
from storage import entitled
from storage.outbox import Candidate
from storage.reminders import Reminded
from storage.store import Store


def still_true(store: Store, candidate: Candidate, today: date, queued_on: date) -> bool:
    """The last look before a message leaves: is all it says still so? If not it is taken back, and what is still worth
    saying falls due again at once: to whoever sits there now, in today's words, together with whatever else is due.

    Args:
        today: the office's day.
        queued_on: the office's day the message was made; the days it counts were counted then.
    """
    if candidate.file and not entitled.may_open(store, candidate.file):
        return False  # its reader lost the right to it while it waited
    if candidate.id != candidate.first_id:
        return True  # the rest of a long message whose beginning was said
    reminded, excerpted = store.reminders.said_in(candidate.id), store.reminders.excerpts_in(candidate.id)
    if not reminded and not excerpted:
        return _still_asked(store, candidate)
    overtaken = {one.id for one in reminded if _overtaken(store, one)}
    if any(one.by_id is not None for one in reminded):
        return _as_asked(store, candidate, reminded, today)
    units = {one.unit_id for one in reminded} | {one.unit_id for one in excerpted}
    seated = {seat.unit_id for seat, person in store.people.holders(units) if person.id == candidate.person_id}
    if not overtaken and units <= seated and queued_on == today:
        return True
    store.reminders.take_back(candidate.id, today, overtaken)
    return False


def _still_asked(store: Store, candidate: Candidate) -> bool:
    """What concerns a unit's report is dropped when the unit has sent it, or the person no longer sits there."""
    if candidate.round_id is None or candidate.unit_id is None:
        return True
    if candidate.unit_id in store.answers.sent_units(candidate.round_id):
        return False
    return any(person.id == candidate.person_id for _, person in store.people.holders([candidate.unit_id]))


def _as_asked(store: Store, candidate: Candidate, reminded: Sequence[Reminded], today: date) -> bool:
    """What a coordinator asked to be said goes as it is or not at all: the ladder does not say it again. News of a report
    (returned, extended) stays true; asking for one does not once it came."""
    units = {one.unit_id for one in reminded}
    seated = any(person.id == candidate.person_id for _, person in store.people.holders(units))
    if seated and not any(chasing.asks(one.rung) and _came(store, one) for one in reminded):
        return True
    store.reminders.take_back(candidate.id, today, {one.id for one in reminded})
    return False


def _came(store: Store, reminded: Reminded) -> bool:
    """Whether nothing is expected any more: it was sent and not returned, or the round is closed."""
    sent = reminded.unit_id in store.answers.sent_units(reminded.round_id)
    awaited = sent and reminded.unit_id in store.verdicts.awaited(reminded.round_id)
    return store.rounds.get(reminded.round_id).closed_at is not None or (sent and not awaited)


def _overtaken(store: Store, reminded: Reminded) -> bool:
    round_ = store.rounds.get(reminded.round_id)
    own = extensions.applied(round_, store.extensions.of_unit(round_.id, reminded.unit_id))
    return (
        round_.closed_at is not None
        or own.last_day != reminded.due_on
        or reminded.unit_id in store.answers.sent_units(reminded.round_id)
    )
