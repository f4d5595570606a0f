"""What one turn may ask of the database, by subject. A Store lives as long as its transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from bot.chat.platform import Limits
from storage.answers import Answers
from storage.dialogs import Dialogs
from storage.difficulties import Difficulties
from storage.files import Files
from storage.inbox import Inbox
from storage.invites import Invites
from storage.meta import Meta
from storage.outbox import Outbox
from storage.people import People
from storage.plans import Plans
from storage.reminders import Reminders
from storage.rounds import Rounds
from storage.special_days import SpecialDays
from storage.units import Units


class Store:
    """The repositories, all on one session."""

    def __init__(self, session: Session, limits: Mapping[str, Limits]) -> None:
        self.session = session
        self.meta = Meta(session)
        self.plans = Plans(session)
        self.units = Units(session)
        self.people = People(session)
        self.invites = Invites(session)
        self.rounds = Rounds(session, self.plans)
        self.answers = Answers(session)
        self.reminders = Reminders(session)
        self.difficulties = Difficulties(session)
        self.files = Files(session)
        self.inbox = Inbox(session)
        self.outbox = Outbox(session, limits)
        self.dialogs = Dialogs(session)
        self.special_days = SpecialDays(session)
