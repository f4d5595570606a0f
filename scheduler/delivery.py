"""The outbox worker: claim, look once more whether it is still true, deliver, write down what happened."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import assert_never

from bot.chat.messages import ChatRef, PlatformName
from bot.chat.platform import Delivered, NotSent, Outcome, Piece, Platform, Refused, Uncertain, Unreachable
from bot.domain.calendar import WorkCalendar
from bot.texts import general
from bot.waking import Wake
from scheduler import backoff, last_look
from scheduler.pace import Pace
from storage.database import CannotStore, Database
from storage.journal import Entry, Journal
from storage.outbox import Claimed
from storage.store import Store

log = logging.getLogger(__name__)

# After an uncertain outcome the repeat waits, so that a slow first copy can still be seen by the person first.
REPEAT_AFTER = timedelta(seconds=75)

# A message that was certainly never sent waits as long as the line is down; after this it is given up for all to see.
GIVE_UP_AFTER = timedelta(days=7)
PARALLEL = 8

# After the disk refused, in real seconds.
REST = 5.0


class Delivery:
    """Sends what waits in the outbox, several chats at a time, each chat in order."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[PlatformName, Platform],
        now: Callable[[], datetime],
        calendar: Callable[[], WorkCalendar],
        pace: Pace,
        journal: Journal,
        hold: Callable[[], bool] = lambda: False,
    ) -> None:
        """Nothing runs yet. `hold`: whether unasked messages must wait because the clock is not to be trusted."""
        self._database = database
        self._platforms = platforms
        self._now = now
        self._calendar = calendar
        self._pace = pace
        self._journal = journal
        self._hold = hold
        # Delivered, but not yet written down in the database: the disk refused. Without this they would be repeated.
        self._proven: dict[str, Entry] = {}
        self._under_way: dict[ChatRef, asyncio.Task[None]] = {}
        self.wake = Wake()

    async def run(self) -> None:
        """Work until cancelled. On cancellation the requests under way are finished first: their outcome must be known."""
        rescued = False
        try:
            while True:
                self.wake.clear()
                try:
                    if not rescued:
                        await self._database.turn(lambda store: store.outbox.rescue(self._now(), REPEAT_AFTER, all_=True))
                        rescued = True
                    if await self._start_one():
                        continue
                except CannotStore as error:
                    log.error("cannot store: nothing is sent until the disk accepts it fault=%s", error)
                    await asyncio.sleep(REST)
                except Exception as error:  # one message that cannot be looked at must not end the bot
                    log.exception("claiming failed error=%s", type(error).__name__)
                    await asyncio.sleep(REST)
                await self.wake.sleep(0.5)
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way.values(), timeout=20)

    @property
    def asleep(self) -> bool:
        """Whether nothing is being sent."""
        return self.wake.asleep and not self._under_way

    def done(self, store: Store) -> bool:
        """Whether there is nothing to send now."""
        now = self._now()
        pushes = self._calendar().is_office_time(now) and not self._hold()
        return store.outbox.idle(now, pushes=pushes)

    async def _start_one(self) -> bool:
        """Claim one message and start sending it; False when there is none to start now."""
        if len(self._under_way) >= PARALLEL:
            await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
        now, calendar = self._now(), self._calendar()
        pushes = calendar.is_office_time(now) and not self._hold()
        busy = self._pace.busy() | frozenset(self._under_way)
        proven = dict(self._proven)

        def turn(store: Store) -> Claimed | None:
            for entry in proven.values():
                store.outbox.prove(entry.key, entry.id, entry.at)
            return claim(store, now, calendar, pushes=pushes, busy=busy, platforms=frozenset(self._platforms))

        claimed = await self._database.turn(turn)
        for key in proven:
            del self._proven[key]
        if claimed is None:
            return False
        chat = claimed.piece.chat
        task = asyncio.create_task(self._send(claimed))
        self._under_way[chat] = task

        def ended(_: object) -> None:
            self._under_way.pop(chat, None)
            self.wake.set()

        task.add_done_callback(ended)
        return True

    async def _send(self, claimed: Claimed) -> None:
        try:
            await self._sent(claimed)
        except CannotStore as error:  # its lease runs out, or what was proven is written down with the next claim
            log.error("cannot store what became of message=%s fault=%s", claimed.id, error)
        except Exception as error:
            log.exception("sending failed message=%s error=%s", claimed.id, type(error).__name__)

    async def _sent(self, claimed: Claimed) -> None:
        chat = claimed.piece.chat
        if wait := self._pace.take(chat):
            await asyncio.sleep(wait)
        if not await self._database.turn(lambda store: store.outbox.may_leave(claimed, self._now())):
            return
        piece = worded(claimed)
        platform = self._platforms[chat.platform]
        outcome = await platform.deliver(piece)
        proof = await self._prove(claimed, outcome) if isinstance(outcome, Delivered) else None
        if isinstance(outcome, Delivered) and piece.message.menu is not None:
            await platform.show_menu(chat, piece.message.menu)
        now = self._now()
        today = self._calendar().today(now)
        try:
            await self._database.turn(lambda store: settle(store, claimed, outcome, now, today))
        except CannotStore:
            if proof is not None:
                self._proven[proof.key] = proof
            raise
        level = logging.ERROR if isinstance(outcome, Refused) else logging.INFO  # a refusal is our own defect
        log.log(level, "delivered message=%s outcome=%s attempt=%s", claimed.id, type(outcome).__name__, claimed.attempts)

    async def _prove(self, claimed: Claimed, outcome: Delivered) -> Entry:
        """Into the journal first: of what stands there no restore and no crash makes a second copy."""
        entry = Entry(key=claimed.key, on=claimed.piece.chat.platform, id=outcome.message_id, at=self._now())
        try:
            await asyncio.to_thread(self._journal.append, entry)
        except OSError as error:  # it is kept and goes with the next line
            log.error("send journal refused message=%s error=%s", claimed.id, type(error).__name__)
        return entry


def claim(
    store: Store,
    now: datetime,
    calendar: WorkCalendar,
    *,
    pushes: bool,
    busy: frozenset[ChatRef],
    platforms: frozenset[PlatformName],
) -> Claimed | None:
    """The next message to send, after a last look whether it is still true. See Outbox.claim."""
    store.outbox.rescue(now, REPEAT_AFTER)
    today = calendar.today(now)
    return store.outbox.claim(
        now,
        pushes=pushes,
        busy=busy,
        still_true=lambda candidate: last_look.still_true(store, candidate, today, calendar.today(candidate.queued_at)),
        platforms=platforms,
    )


def worded(claimed: Claimed) -> Piece:
    """What leaves: the piece as it is, or, when it may have arrived before, with a word that says so."""
    piece = claimed.piece
    if not claimed.repeat:
        return piece
    return replace(piece, message=replace(piece.message, text=general.repeated(piece.message.text)))


def settle(store: Store, claimed: Claimed, outcome: Outcome, now: datetime, today: date | None = None) -> None:
    """Write down what became of a claimed message. The one table from outcome to state.

    `today` is the office's day, UTC's if not given.
    """
    chat = claimed.piece.chat
    match outcome:
        case Delivered():
            store.outbox.sent(claimed, outcome.message_id, now)
        case NotSent() if now - claimed.queued_at > GIVE_UP_AFTER:
            store.outbox.dead(claimed, outcome.reason, now)
        case NotSent():
            at = now + backoff.delay(claimed.attempts, outcome.after)
            store.outbox.retry(claimed, outcome.reason, at, outcome.moved_to)
            if outcome.everyone:
                store.outbox.pause(chat.platform, at)
        case Uncertain():
            store.outbox.uncertain(claimed, outcome.reason, now, now + REPEAT_AFTER)
        case Unreachable() if claimed.repeat:
            # The first copy may have arrived here: on the other channel it would be a double, so nobody is told there.
            store.outbox.held(claimed, outcome.reason, now)
            store.people.set_unreachable(chat, outcome.reason)
        case Unreachable():
            if store.outbox.unreachable(claimed, outcome.reason, now):
                person_id = store.people.set_unreachable(chat, outcome.reason)
                other = store.people.reach(person_id) if person_id is not None else None
                said_there = store.outbox.redirect(claimed.id, other, now) if other is not None else None
                if said_there is not None:
                    store.reminders.say_instead(claimed.first_id, said_there)
                elif store.outbox.free(claimed.first_id):
                    # Somebody else of the unit may be told; if there is nobody, the next tick writes that down.
                    store.reminders.take_back(claimed.first_id, today or now.date())
        case Refused():
            store.outbox.dead(claimed, outcome.reason, now)
        case _:
            assert_never(outcome)
