"""What a handler is given: who said what, when, in which dialogue. Authorisation is already done, from this turn's database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.chat.messages import ChatRef, Origin, Outgoing
from bot.domain.calendar import WorkCalendar
from bot.domain.links import Links
from bot.domain.office import Office
from bot.domain.people import Actor, Person
from storage.dialogs import Datum, Dialog
from storage.files import StoredFile
from storage.store import Store

# What was typed before a question arrived cannot mean it; platforms stamp whole seconds.
CROSSED = timedelta(seconds=3)


@dataclass(frozen=True, kw_only=True)
class Request:
    """One turn of one person.

    Attributes:
        now: UTC.
        text: what was said (a tapped choice: ""; a file: its caption).
        doubtful: whether `text` may mean something else than what was shown last. Then no handler sends, ends or erases
            anything because of it; it shows the question again.
        args: arguments of the action or command. By convention args[0] of a unit's action is the unit's id.
        office: as it is now, `configured`: as it was set outside the chat.
        dialog: the open dialogue of this chat.
        file: a file that came with this turn, already ours.
        calendar: working days around now.
        bot_links: platform → deep-link base ("https://t.me/Bot?start="), where there is one.
        links: makes signed links to our own web server, where it can be reached from outside.
    """

    now: datetime
    origin: Origin
    actor: Actor
    office: Office
    configured: Office
    calendar: WorkCalendar
    dialog: Dialog | None = None
    text: str = ""
    doubtful: bool = False
    args: tuple[str, ...] = ()
    file: StoredFile | None = None
    bot_links: dict[str, str]
    links: Links | None = None

    @property
    def chat(self) -> ChatRef:
        """Where this happens."""
        return self.origin.chat

    @property
    def crossed(self) -> bool:
        """Whether it was said before the open dialogue asked what it asks now."""
        since = self.dialog.since if self.dialog is not None else None
        return since is not None and self.said_before(since)

    def said_before(self, asked_at: datetime) -> bool:
        """Whether it was said before something was asked, and so cannot mean that."""
        return self.origin.at < asked_at - CROSSED

    @property
    def today(self) -> date:
        """The office's calendar day."""
        return self.office.day(self.now)

    @property
    def person(self) -> Person:
        """The known person; only in handlers that need one."""
        assert self.actor.person is not None
        return self.actor.person

    def talk(self, store: Store, name: str, **data: Datum) -> None:
        """Open (or replace) this chat's dialogue."""
        store.dialogs.put(self.chat, Dialog(name=name, data=data), self.now)

    def hang_up(self, store: Store) -> None:
        """End this chat's dialogue."""
        store.dialogs.put(self.chat, None, self.now)


# A handler reads, decides, writes to the store and returns what to say in the same chat. To say something to somebody
# else it calls `tell` of handlers/telling.py. It never waits, never sends.
Handler = Callable[[Request, Store], Sequence[Outgoing]]
