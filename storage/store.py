"""What one turn may ask of the database, by subject. A Store lives as long as its transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import event
from sqlmodel import Session

from bot.chat.platform import Limits
from storage.absences import Absences
from storage.answers import Answers
from storage.audit import Audit
from storage.behalf import Behalves
from storage.broadcasts import Broadcasts
from storage.dialogs import Dialogs
from storage.difficulties import Difficulties
from storage.extensions import Extensions
from storage.files import Files
from storage.inbox import Inbox
from storage.invites import Invites
from storage.jobs import Jobs
from storage.meta import Meta
from storage.offers import Offers
from storage.outbox import Outbox
from storage.people import People
from storage.plans import Plans
from storage.reminders import Reminders
from storage.requests import Requests
from storage.rounds import Rounds
from storage.special_days import SpecialDays
from storage.units import Units
from storage.verdicts import Verdicts


class Store:
    """The repositories, all on one session."""

    def __init__(self, session: Session, limits: Mapping[str, Limits], actor: str = "program") -> None:
        self.session = session
        self.audit = Audit(session, actor)
        self.meta = Meta(session)
        self.plans = Plans(session, self.audit)
        self.units = Units(session)
        self.people = People(session, self.audit)
        self.invites = Invites(session, self.audit)
        self.rounds = Rounds(session, self.plans, self.audit)
        self.answers = Answers(session, self.audit)
        self.verdicts = Verdicts(session, self.audit)
        self.extensions = Extensions(session, self.audit)
        self.absences = Absences(session, self.audit)
        self.behalves = Behalves(session, self.audit)
        self.broadcasts = Broadcasts(session, self.audit)
        self.reminders = Reminders(session)
        self.difficulties = Difficulties(session, self.audit)
        self.files = Files(session)
        self.inbox = Inbox(session)
        self.outbox = Outbox(session, limits)
        self.offers = Offers(session)
        self.dialogs = Dialogs(session)
        self.jobs = Jobs(session, self.audit)
        self.requests = Requests(session, self.audit)
        self.special_days = SpecialDays(session, self.audit)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold every row read or made meanwhile: SQLAlchemy forgets a row nobody holds, and reads it again when asked for it.

        For a long transaction with many turns in it; a usual turn is over before that pays.
        """
        rows: list[object] = []

        def hold(_: object, row: object) -> None:
            rows.append(row)

        for name in ("loaded_as_persistent", "pending_to_persistent"):
            event.listen(self.session, name, hold)
        try:
            yield
        finally:
            for name in ("loaded_as_persistent", "pending_to_persistent"):
                event.remove(self.session, name, hold)
