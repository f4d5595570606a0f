"""From the platforms into the inbox, and from the inbox through the router: committed first, handled exactly once."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.chat import door
from bot.chat.messages import Attached, ChatRef, Incoming, Outgoing, PlatformName, Reachability, RemoteFile
from bot.chat.platform import Piece, Platform
from bot.domain.filetypes import Unfit
from bot.texts import keeping as texts
from bot.waking import Wake
from handlers import router, uploads
from handlers.router import Surroundings
from handlers.strangers import Flood
from storage import files, screening
from storage.database import CannotStore, Database
from storage.files import StoredFile
from storage.inbox import Received
from storage.store import Store

log = logging.getLogger(__name__)

# When the disk refuses: how long one update waits, how often a chat is told so, and how long we rest (real seconds).
DISK_WAIT = timedelta(seconds=30)
TOLD_EVERY = timedelta(minutes=10)
REST = 1.0


class Deadly(Exception):
    """Handling this update ended the process, again and again."""


class Intake:
    """Listens to every platform and works through what they said, each chat in order."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[PlatformName, Platform],
        surroundings: Callable[[Store], Surroundings],
        now: Callable[[], datetime],
        data: Path,
        wake_delivery: Callable[[], None],
    ) -> None:
        self._database = database
        self._platforms = platforms
        self._surroundings = surroundings
        self._now = now
        self._data = data
        self._wake_delivery = wake_delivery
        self._wake = Wake()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._background: set[asyncio.Task[None]] = set()
        self._told: dict[ChatRef, datetime] = {}
        self._flood = Flood()

    async def listen(self, platform: Platform) -> None:
        """Read one platform's updates for ever. Asking for the next ones confirms these, so they are committed first.

        Raises SecondPoller when another process reads the same bot.
        """
        after = await self._database.turn(lambda store: store.inbox.last_key(platform.name))
        async for batch in platform.updates(after):
            await self._keep(platform, _rows(platform, batch))
            self._wake.set()

    async def take(self, name: PlatformName, batch: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Commit what a platform brought us by webhook. Raises what the database raises: then nothing is kept."""
        rows = _rows(self._platforms[name], batch)
        await self._add(name, rows)
        self._wake.set()

    async def accept(self, given: uploads.Pass, file: StoredFile) -> uploads.Verdict:
        """A file came in through our own page. Raises what the database raises: then the link is still good."""
        verdict = await self._database.turn(lambda store: uploads.accept(store, given, file, self._now()))
        self._wake.set()
        return verdict

    async def _keep(self, platform: Platform, rows: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
        """Commit updates. While the disk refuses their senders are told, and none is confirmed to the platform."""
        for wait in itertools.repeat(REST):
            try:
                await self._add(platform.name, rows)
                return
            except CannotStore as error:
                log.error("cannot store: updates wait platform=%s fault=%s", platform.name, error)
            for _, _, raw in rows:
                with contextlib.suppress(Exception):
                    await self._tell_not_saved(platform, platform.translate(raw))
            await asyncio.sleep(wait)

    async def _add(self, name: PlatformName, rows: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
        now = self._now()

        def turn(store: Store) -> Counter[str]:
            kept, heard = self._flood.sift(store, name, rows, now)
            store.inbox.add(name, kept, now)
            if rows:
                store.inbox.go_on_after(name, rows[-1][0])
            return heard

        self._flood.note(await self._database.turn(turn))

    async def work(self) -> None:
        """Handle what waits, until cancelled."""
        while True:
            self._wake.clear()
            try:
                if await self._handle_next():
                    continue
            except CannotStore as error:
                log.error("cannot store: nothing is handled until the disk accepts it fault=%s", error)
                await asyncio.sleep(REST)
            except Exception as error:
                log.exception("taking an update failed error=%s", type(error).__name__)
                await asyncio.sleep(REST)
            await self._wake.sleep(0.5)

    @property
    def asleep(self) -> bool:
        """Whether nothing is being handled."""
        return self._wake.asleep and not self._busy

    def done(self, store: Store) -> bool:
        """Whether nothing waits to be handled now."""
        return store.inbox.waiting(self._now()) is None

    async def _handle_next(self) -> bool:
        """Start on the next update; False when there is none."""
        received = await self._database.turn(lambda store: take(store, self._now(), self._busy))
        if received is None:
            return False
        platform = self._platforms[received.platform]
        try:
            ours = uploads.received(received)
            incoming = ours[0] if ours is not None else platform.translate(received.raw)
        except Exception as error:  # nobody promised anything about what a platform sends
            await self._failed(received, error, None, hopeless=True)
            return True
        if received.deadly:
            await self._failed(received, Deadly(), incoming, hopeless=True)
            return True
        if incoming is None:
            await self._database.turn(lambda store: store.inbox.done(received.id))
            return True
        if ours is None:
            self._spawn(platform.acknowledge(received.raw))
        if isinstance(incoming, Attached) and incoming.file is not None:
            # A download may take long; the rest of this chat waits for it, the others do not.
            task = self._spawn(self._handle(received, incoming))
            self._busy[received.lane] = task
            task.add_done_callback(lambda _: self._freed(received.lane))
        else:
            await self._handle(received, incoming)
        return True

    def _freed(self, lane: str) -> None:
        self._busy.pop(lane, None)
        self._wake.set()

    async def _handle(self, received: Received, incoming: Incoming) -> None:
        try:
            ours = uploads.received(received)
            file: StoredFile | Unfit | None = ours[1] if ours is not None else await self._download(incoming)
            await self._database.turn(
                lambda store: handle(store, received, incoming, self._surroundings(store), self._now(), file)
            )
        except CannotStore as error:
            await self._postponed(received, error, incoming)
        except Exception as error:  # whatever it is, it must not stop the bot for the others
            await self._failed(received, error, incoming)
        self._wake_delivery()

    async def _download(self, incoming: Incoming) -> StoredFile | Unfit | None:
        """Fetch the file of a known person, and keep it if it is one we take; nothing is fetched for strangers."""
        if not isinstance(incoming, Attached) or incoming.file is None:
            return None
        origin, remote = incoming.origin, incoming.file
        actor = await self._database.turn(lambda store: store.people.actor(origin.chat.platform, origin.user_id))
        platform = self._platforms[origin.chat.platform]
        if not actor.seats or not origin.private:
            return None
        if (remote.size or 0) > platform.limits.download:
            return Unfit.TOO_LARGE
        content = await self._fetched(platform, remote)
        if content is None:
            return None
        kind = await screening.screen(content, remote.name)
        if isinstance(kind, Unfit):
            return kind
        try:
            return await asyncio.to_thread(
                files.keep, self._data, content, name=door.file_name(remote.name), mime=kind.mime, marks=kind.marks
            )
        except OSError as error:
            raise CannotStore(type(error).__name__) from error

    async def _fetched(self, platform: Platform, remote: RemoteFile) -> bytes | None:
        try:
            return await platform.fetch(remote)
        except ValueError:
            return None

    async def _failed(self, received: Received, error: Exception, incoming: Incoming | None, *, hopeless: bool = False) -> None:
        """Roll back was done; try again later, or set it aside and say so. The log has frames, never anybody's words."""
        incident = f"{received.id:X}"
        frames = "".join(traceback.format_tb(error.__traceback__)[-4:])
        log.error(
            "update failed incident=%s error=%s attempt=%s\n%s", incident, type(error).__name__, received.attempts, frames
        )

        with contextlib.suppress(Exception):
            await self._database.turn(lambda store: failed(store, received, error, incoming, self._now(), hopeless=hopeless))

    async def _postponed(self, received: Received, error: CannotStore, incoming: Incoming) -> None:
        """The disk refused and nothing of the turn was kept: the update stays where it is, and its sender is told."""
        log.error("cannot store: update waits incident=%X fault=%s", received.id, error)
        await self._tell_not_saved(self._platforms[received.platform], incoming)
        try:
            await self._database.turn(lambda store: store.inbox.postpone(received.id, self._now(), DISK_WAIT))
        except CannotStore:  # not even that: then the rest below is all that keeps us from trying without pause
            await asyncio.sleep(REST)

    async def _tell_not_saved(self, platform: Platform, incoming: Incoming | None) -> None:
        """Straight to the platform, since the outbox is on the disk that refused; best effort, and not for every message."""
        if incoming is None or not incoming.origin.private or isinstance(incoming, Reachability):
            return
        chat, now = incoming.origin.chat, self._now()
        if (last := self._told.get(chat)) is not None and now - last < TOLD_EVERY:
            return
        self._told = {told: at for told, at in self._told.items() if now - at < TOLD_EVERY} | {chat: now}
        await platform.deliver(Piece(chat=chat, message=Outgoing(text=texts.not_saved(15))))

    def _spawn(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task


def take(store: Store, now: datetime, busy: Collection[str] = ()) -> Received | None:
    """The next update to handle, its attempt counted."""
    inbox_id = store.inbox.waiting(now, busy)
    return store.inbox.attempt(inbox_id) if inbox_id is not None else None


def handle(
    store: Store,
    received: Received,
    incoming: Incoming,
    around: Surroundings,
    now: datetime,
    file: StoredFile | Unfit | None = None,
) -> None:
    """One update's turn: all it brings about and the note that it is done are one transaction."""
    if isinstance(file, StoredFile):
        person = store.people.actor(incoming.origin.chat.platform, incoming.origin.user_id).person
        store.files.add(file, person_id=person.id if person else None, now=now)
    router.handle(incoming, store, around, now, file)
    store.inbox.done(received.id)
    if store.people.actor(incoming.origin.chat.platform, incoming.origin.user_id).person is None:
        store.inbox.wipe(received.platform, received.key)  # of who is nobody here nothing is kept, not even their name


def failed(
    store: Store, received: Received, error: Exception, incoming: Incoming | None, now: datetime, *, hopeless: bool = False
) -> bool:
    """An update that could not be handled: later again, or set aside and said so to its sender. Whether it was set aside."""
    dead = store.inbox.failed(received.id, type(error).__name__, now, hopeless=hopeless)
    if dead and incoming is not None and incoming.origin.private:
        router.apologise(incoming.origin, store, now, f"{received.id:X}")
    return dead


def _rows(platform: Platform, batch: Sequence[tuple[str, dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    """As the inbox keeps them. What looks like an update of our own making was never made by us."""
    return [(key, lane(platform, raw), raw) for key, raw in batch if uploads.OURS not in raw]


def lane(platform: Platform, raw: dict[str, Any]) -> str:
    """The chat an update belongs to; updates nobody can read share a lane of their own."""
    try:
        incoming = platform.translate(raw)
    except Exception:
        return ""
    return incoming.origin.chat.chat_id if incoming is not None else ""
