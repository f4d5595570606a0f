"""Part 7, the mutation gate: deliberate bugs, one at a time. A part that lets one live proves nothing.

Each bug is switched on around a run by patching the program from here; the program itself knows nothing of it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from telegram import error

from bot.chat.messages import ChatRef
from bot.chat.platform import NotSent, Outcome, Uncertain
from bot.domain import ladder
from bot.domain.calendar import WorkCalendar
from bot.platforms import failures
from scheduler import delivery, last_look, reminders
from scheduler.pace import Pace
from storage import outbox
from storage.inbox import Inbox, Received
from storage.offers import Offers
from storage.outbox import Candidate, Claimed, Outbox
from storage.reminders import Reminded, Reminders
from storage.store import Store
from storage.tables import InboxRow, MessageRow
from tests.reliability import looks, nursery, pause, sim, swarm, turns
from tests.reliability.figures import Figure, least, most
from tests.reliability.line import Weather
from tests.reliability.town import Size

Bug = Callable[[], contextlib.AbstractContextManager[Any]]
SEEDS = 20
FIRST = 501
CONTROLS = 4

# Every other seed: a line that is down for days and otherwise fast, while people come and go and grow impatient. Then reminders
# wait overnight as certainly not sent, replies leave in a rush, and what is badly made is not hidden behind other faults.
OUTAGES = replace(
    Weather.fair(), outages=6, longest_outage=48, handovers=1.0, paper=2.0, latency=0.1, wrong=0.02, impatient=0.5
)


def mark_first() -> contextlib.AbstractContextManager[Any]:
    """Called sent when claimed, before anything left."""
    take = Outbox._take

    def early(self: Outbox, row: MessageRow, now: datetime) -> Claimed:
        claimed = take(self, row, now)
        row.state, row.ended_at, row.platform_message_id = "sent", now, "0"
        self._session.flush()
        return claimed

    return _all(mock.patch.object(Outbox, "_take", early), mock.patch.object(Outbox, "may_leave", return_value=True))


def naive_retry() -> contextlib.AbstractContextManager[Any]:
    """Whatever was not confirmed is sent again, as often as it takes."""
    return _settled(lambda outcome: NotSent(reason=outcome.reason) if isinstance(outcome, Uncertain) else outcome)


def repeat_without_end() -> contextlib.AbstractContextManager[Any]:
    """The one repeat is not counted."""

    def doubt(self: Outbox, row: MessageRow, reason: str, now: datetime, again_at: datetime) -> None:
        row.reason, row.lease_until, row.state, row.not_before = reason, None, "uncertain", again_at
        self._session.flush()

    return mock.patch.object(Outbox, "_doubt", doubt)


def no_last_look() -> contextlib.AbstractContextManager[Any]:
    """What was true when it was queued is said."""
    return mock.patch.object(last_look, "still_true", return_value=True)


def answered_not_looked_at() -> contextlib.AbstractContextManager[Any]:
    """The last look does not ask whether the report came in."""
    return mock.patch.object(last_look, "_overtaken", return_value=False)


def stale_person() -> contextlib.AbstractContextManager[Any]:
    """The last look does not ask who sits there now."""
    real = last_look.still_true

    def blind(store: Store, candidate: Candidate, today: date, queued_on: date) -> bool:
        with mock.patch.object(type(store.people), "holders", _everybody(candidate.person_id)):
            return real(store, candidate, today, queued_on)

    return mock.patch.object(last_look, "still_true", blind)


def stale_words() -> contextlib.AbstractContextManager[Any]:
    """Yesterday's words are said today."""
    real = last_look.still_true
    return mock.patch.object(last_look, "still_true", lambda store, candidate, today, _: real(store, candidate, today, today))


def no_pacing() -> contextlib.AbstractContextManager[Any]:
    """As fast as the machine can."""
    return _all(mock.patch.object(Pace, "take", return_value=0.0), mock.patch.object(Pace, "busy", return_value=frozenset()))


def no_spacing() -> contextlib.AbstractContextManager[Any]:
    """After an outage all that piled up comes at once."""
    return _all(
        mock.patch.object(outbox, "BETWEEN_PUSHES", timedelta()),
        mock.patch.object(Outbox, "awaiting", return_value=frozenset()),
    )


def updates_twice() -> contextlib.AbstractContextManager[Any]:
    """The inbox does not know what it has."""

    def add(self: Inbox, platform: Any, updates: Any, now: datetime) -> int:
        updates = list(updates)
        for key, lane, raw in updates:
            number = len(list(self._session.scalars(select(InboxRow))))
            row = InboxRow(platform=platform, key=f"{key}@{number}", lane=lane, raw=_json(raw), not_before=now, received_at=now)
            self._session.add(row)
            self._session.flush()
        from storage.tables import MetaRow

        self._session.merge(MetaRow(key=f"last_update:{platform}", value=updates[-1][0]))
        return len(updates)

    def attempt(self: Inbox, inbox_id: int) -> Received | None:
        received = original(self, inbox_id)
        return replace(received, key=received.key.partition("@")[0]) if received else None

    original = Inbox.attempt
    return _all(mock.patch.object(Inbox, "add", add), mock.patch.object(Inbox, "attempt", attempt))


def done_before_handled() -> contextlib.AbstractContextManager[Any]:
    """Marked done when begun; whoever dies in between has lost it."""
    original = Inbox.attempt

    def attempt(self: Inbox, inbox_id: int) -> Received | None:
        received = original(self, inbox_id)
        if received is not None:
            self.done(inbox_id)
        return received

    return mock.patch.object(Inbox, "attempt", attempt)


def today_only() -> contextlib.AbstractContextManager[Any]:
    """What is due is what is due today."""
    real = ladder.due_now

    def due(rungs: Any, now: datetime, already: Collection[str]) -> Any:
        today = [rung for rung in rungs if rung.moment.date() == now.date()]
        return real(today, now, already)

    return mock.patch.object(reminders.ladder, "due_now", due)


def date_not_in_the_key() -> contextlib.AbstractContextManager[Any]:
    """A moved date finds its rungs said already."""
    real = Reminders.of_round

    def of_round(self: Reminders, round_id: int) -> tuple[Reminded, ...]:
        from storage.tables import RoundRow

        found = real(self, round_id)
        row = self._session.get(RoundRow, round_id)
        assert row is not None
        last = row.due if row.due.day % 2 else row.due - timedelta(days=1)
        return tuple(replace(one, due_on=day) for one in found for day in {last, row.due, row.due - timedelta(days=1)})

    return mock.patch.object(Reminders, "of_round", of_round)


def bad_request_again() -> contextlib.AbstractContextManager[Any]:
    """`except NetworkError: retry` also catches BadRequest."""
    real = failures.of_telegram

    def of_telegram(exc: BaseException) -> Outcome:
        return NotSent(reason="network") if isinstance(exc, error.BadRequest) else real(exc)

    return mock.patch.object(failures, "of_telegram", of_telegram)


def ignores_429() -> contextlib.AbstractContextManager[Any]:
    """Tries again soon, whatever the platform asked for."""
    return _settled(lambda outcome: replace(outcome, after=None, everyone=False) if isinstance(outcome, NotSent) else outcome)


def gives_up_early() -> contextlib.AbstractContextManager[Any]:
    """Twelve attempts are thought to be enough."""
    return mock.patch.object(delivery, "GIVE_UP_AFTER", timedelta(minutes=20))


def at_any_hour() -> contextlib.AbstractContextManager[Any]:
    """Reminders also at night and on Sundays."""
    return mock.patch.object(WorkCalendar, "is_office_time", return_value=True)


def no_rescue() -> contextlib.AbstractContextManager[Any]:
    """What was being sent when the process died stays so."""
    return mock.patch.object(Outbox, "rescue", return_value=0)


def sent_without_proof() -> contextlib.AbstractContextManager[Any]:
    """An answer that never came is taken for a yes."""

    def settle(store: Store, claimed: Claimed, outcome: Outcome, now: datetime, today: date | None = None) -> None:
        if isinstance(outcome, Uncertain):
            store.outbox.sent(claimed, "unknown", now)
        else:
            real(store, claimed, outcome, now, today)

    real = delivery.settle
    return mock.patch.object(delivery, "settle", settle)


def key_of_any_chat() -> contextlib.AbstractContextManager[Any]:
    """A button's key opens in every chat."""
    real = Offers.pressed

    def pressed(self: Offers, chat: ChatRef, key: str) -> Any:
        from storage.tables import ButtonRow

        button = self._session.get(ButtonRow, key)
        row = self._session.get(MessageRow, button.message_id) if button else None
        return real(self, ChatRef(platform=row.platform, chat_id=row.chat_id), key) if row else None  # type: ignore[arg-type]

    return mock.patch.object(Offers, "pressed", pressed)


def out_of_order() -> contextlib.AbstractContextManager[Any]:
    """The newest of a chat goes first."""
    real = Outbox._claimable

    def claimable(self: Outbox, now: datetime, **how: Any) -> list[int]:
        found = real(self, now, **how)
        query = "SELECT max(id) FROM message WHERE state = 'pending' AND kind <> 'push' GROUP BY platform, chat_id"
        last = [id_ for (id_,) in self._session.connection().exec_driver_sql(query)] if found else []
        allowed = {self._session.get(MessageRow, id_).chat_id for id_ in found}  # type: ignore[union-attr]
        return [id_ for id_ in last if self._session.get(MessageRow, id_).chat_id in allowed] or found  # type: ignore[union-attr]

    return mock.patch.object(Outbox, "_claimable", claimable)


def no_fence() -> contextlib.AbstractContextManager[Any]:
    """Whoever comes back late still writes down what he thinks. The workers are processes of their own, so they are told."""
    return mock.patch.dict(os.environ, {"RELIABILITY_MUTANT": "no_fence"})


def no_shield() -> contextlib.AbstractContextManager[Any]:
    """A cancelled turn does not wait to learn whether it was committed."""
    from storage.database import Database

    return mock.patch.object(Database, "turn", Database._turn)


def synchronous_normal() -> contextlib.AbstractContextManager[Any]:
    """Commits are acknowledged before they are on the disk."""
    from storage import database

    real = database._listen

    def listen(engine: Engine) -> None:
        real(engine)
        event.listen(engine, "connect", lambda connection, _: connection.cursor().execute("PRAGMA synchronous=NORMAL"))

    return mock.patch.object(database, "_listen", listen)


BUGS: tuple[Bug, ...] = (
    mark_first,
    naive_retry,
    repeat_without_end,
    no_pacing,
    no_spacing,
    updates_twice,
    done_before_handled,
    today_only,
    date_not_in_the_key,
    bad_request_again,
    ignores_429,
    gives_up_early,
    at_any_hour,
    no_rescue,
    sent_without_proof,
    key_of_any_chat,
    out_of_order,
)
"""Caught by the simulator."""

ELSEWHERE: tuple[tuple[Bug, Callable[[], list[Figure]]], ...] = (
    # Bad weather rarely brings them about: a reminder in doubt is held, and the last look never sees it.
    (no_last_look, looks.run),
    (answered_not_looked_at, looks.run),
    (stale_person, looks.run),
    (stale_words, looks.run),
    (no_fence, pause.quick),
    (no_shield, turns.run),
    (synchronous_normal, turns.run),
)
"""Caught by other parts."""


def catch(number: int, size: Size, seeds: int) -> tuple[int, str]:
    """How many seeds it took to catch one bug (0: not caught) and by what."""
    for tried, seed in enumerate(range(FIRST, FIRST + seeds), start=1):
        with BUGS[number]():
            try:
                result = sim.run(seed, size, None if tried % 2 else OUTAGES)
            except IntegrityError as refused:  # the database's own rules are caught by nobody else
                return tried, f"the database: {refused.orig}"[:60]
        if result.violations:
            return tried, result.violations[0].split(" ", 2)[2][:60]
    return 0, "nothing"


def elsewhere(number: int) -> tuple[int, str]:
    """The same for the bugs another part must catch."""
    bug, part = ELSEWHERE[number]
    with bug():
        missed = [figure for figure in part() if not figure.ok]
    return (1, f"{missed[0].part}: {missed[0].what}") if missed else (0, "nothing")


def run(
    long: bool, say: Callable[[str], None], size: Size = swarm.SMALL, seeds: int | None = None, workers: int = nursery.WORKERS
) -> list[Figure]:
    """Every bug; stop at the first catch."""
    seeds = seeds if seeds is not None else (50 if long else SEEDS)
    part = f"mutation gate, {size.text}, seeds {FIRST}–{FIRST + seeds - 1}"
    figures = []
    with nursery.pool(workers) as pool:
        jobs = [(bug, pool.submit(catch, number, size, seeds)) for number, bug in enumerate(BUGS)]
        jobs += [(bug, pool.submit(elsewhere, number)) for number, (bug, _) in enumerate(ELSEWHERE)]
        controls = [pool.submit(sim.run, seed, size, OUTAGES) for seed in range(FIRST + 1, FIRST + 1 + 2 * CONTROLS, 2)]
        for bug, job in jobs:
            tried, by = job.result()
            say(f"{bug.__name__}: {f'caught after {tried} by {by}' if tried else 'ALIVE'}")
            reached = f"seed {tried}: {by}" if tried else "ALIVE"
            required = f"caught in {seeds}"
            figures.append(
                Figure(part=part, what=bug.__name__.replace("_", " "), reached=reached, required=required, ok=tried > 0)
            )
        # The drawn weather has the whole swarm for its control.
        false = [violation for control in controls for violation in control.result().violations]
    for violation in false:
        say(f"without a bug: {violation}")
    return [
        least(part, "deliberate bugs caught", sum(figure.ok for figure in figures), max(len(jobs), 15)),
        most(part, f"found in {CONTROLS} seeds without a bug", len(false), 0),
        *figures,
    ]


def _settled(change: Callable[[Any], Outcome]) -> contextlib.AbstractContextManager[Any]:
    real = delivery.settle

    def settle(store: Store, claimed: Claimed, outcome: Outcome, now: datetime, today: date | None = None) -> None:
        real(store, claimed, change(outcome), now, today)

    return mock.patch.object(delivery, "settle", settle)


def _everybody(person_id: int | None) -> Callable[..., Any]:
    from storage.people import People

    real = People.holders

    def holders(self: People, unit_ids: Any = None) -> Any:
        return tuple((seat, replace(person, id=person_id or person.id)) for seat, person in real(self, unit_ids))

    return holders


@contextlib.contextmanager
def _all(*patches: contextlib.AbstractContextManager[Any]) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for patch in patches:
            stack.enter_context(patch)
        yield


def _json(raw: dict[str, Any]) -> str:
    import json

    return json.dumps(raw)
