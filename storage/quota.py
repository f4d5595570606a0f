"""What Zalo was sent this month and who uses it, derived from the outbox and the addresses: nothing is counted on the side."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import col, select

from bot.domain.office import Office
from bot.domain.quota import Held, Quota
from storage.store import Store
from storage.tables import AddressRow, MessageRow, SaidRow

_HELD = "zalo quota: "
_WHAT: dict[str, Held] = {"excerpt": "excerpt", "digest": "digest"}


def reason(what: Held) -> str:
    """What the outbox notes on a message held for want of room."""
    return _HELD + what


def read(store: Store, now: datetime, office: Office) -> Quota:
    """The month `now` lies in, on the office's calendar."""
    month = office.day(now).replace(day=1)
    start = office.midnight(month)
    zalo, session = col(MessageRow.platform) == "zalo", store.session
    # An uncertain outcome may have cost a message, and its repeat a second one; what was held untried cost nothing.
    copies = select(func.coalesce(func.sum(1 + col(MessageRow.repeats)), 0)).where(
        zalo,
        col(MessageRow.state).in_(("sent", "sending", "uncertain", "held")),
        or_(col(MessageRow.state) != "held", col(MessageRow.attempts) > 0),
        or_(col(MessageRow.ended_at).is_(None), col(MessageRow.ended_at) >= start),
    )
    said = select(func.count(col(SaidRow.key))).where(SaidRow.platform == "zalo", SaidRow.at >= start)
    waiting = select(func.count(col(MessageRow.id))).where(zalo, MessageRow.state == "pending")
    people = select(func.count(func.distinct(AddressRow.person_id))).where(AddressRow.platform == "zalo")
    held = select(MessageRow).where(zalo, col(MessageRow.reason).startswith(_HELD), col(MessageRow.queued_at) >= start)
    heads = [row for row in session.scalars(held) if row.first_id == row.id]
    elsewhere = select(AddressRow.person_id).where(AddressRow.platform != "zalo", AddressRow.unreachable == "")
    reached = set(session.scalars(elsewhere))
    spoken = {unit_id for unit_id, (person, chat) in store.people.speakers().items() if person.id not in reached}
    return Quota(
        allowance=office.zalo,
        month=month,
        sent=int(session.execute(copies).scalar_one()) + int(session.execute(said).scalar_one()),
        waiting=int(session.execute(waiting).scalar_one()),
        people=int(session.execute(people).scalar_one()),
        held=dict(Counter(_WHAT[row.reason.removeprefix(_HELD)] for row in heads)),
        only_zalo=tuple(unit.short for unit in store.units.all() if unit.id in spoken),
    )
