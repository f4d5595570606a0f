"""What Zalo was sent this month and who uses it, derived from the outbox and the addresses: nothing is counted on the side."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Executable, bindparam, func, or_
from sqlmodel import col, select

from bot.domain.office import Office
from bot.domain.quota import Held, Quota, Room
from storage.store import Store
from storage.tables import AddressRow, MessageRow, SaidRow, UtcDateTime

_HELD = "zalo quota: "
_WHAT: dict[str, Held] = {"excerpt": "excerpt", "digest": "digest"}


def reason(what: Held) -> str:
    """What the outbox notes on a message held for want of room."""
    return _HELD + what


def read(store: Store, now: datetime, office: Office) -> Quota:
    """The month `now` lies in, on the office's calendar. Asked several times a tick."""
    month = office.day(now).replace(day=1)
    known = {"start": office.midnight(month)}
    sent, said, waiting, people = store.session.execute(_counts(), known).one()
    quota = Quota(
        allowance=office.zalo,
        month=month,
        sent=sent + said,
        waiting=waiting,
        people=people,
        held={_WHAT[reason.removeprefix(_HELD)]: many for reason, many in store.session.execute(_held(), known)},
    )
    return replace(quota, only_zalo=_only_zalo(store)) if quota.room is Room.NO_REMINDERS else quota


def _only_zalo(store: Store) -> tuple[str, ...]:
    elsewhere = select(AddressRow.person_id).where(AddressRow.platform != "zalo", AddressRow.unreachable == "")
    reached = set(store.session.scalars(elsewhere))
    spoken = {unit_id for unit_id, (person, chat) in store.people.speakers().items() if person.id not in reached}
    return tuple(unit.short for unit in store.units.all() if unit.id in spoken)


@lru_cache
def _counts() -> Executable:
    """Sent, said before a restore, waiting, people. Built once, as is the next."""
    zalo, start = col(MessageRow.platform) == "zalo", bindparam("start", type_=UtcDateTime)
    # An uncertain outcome may have cost a message, and its repeat a second one; what was held untried cost nothing.
    copies = select(func.coalesce(func.sum(1 + col(MessageRow.repeats)), 0)).where(
        zalo,
        col(MessageRow.state).in_(("sent", "sending", "uncertain", "held")),
        or_(col(MessageRow.state) != "held", col(MessageRow.attempts) > 0),
        or_(col(MessageRow.ended_at).is_(None), col(MessageRow.ended_at) >= start),
    )
    said = select(func.count(col(SaidRow.key))).where(col(SaidRow.platform) == "zalo", col(SaidRow.at) >= start)
    waiting = select(func.count(col(MessageRow.id))).where(zalo, col(MessageRow.state) == "pending")
    people = select(func.count(func.distinct(AddressRow.person_id))).where(col(AddressRow.platform) == "zalo")
    return select(*(count.scalar_subquery() for count in (copies, said, waiting, people)))


@lru_cache
def _held() -> Executable:
    return (
        select(col(MessageRow.reason), func.count(col(MessageRow.id)))
        .where(col(MessageRow.platform) == "zalo", col(MessageRow.reason).startswith(_HELD))
        .where(col(MessageRow.queued_at) >= bindparam("start", type_=UtcDateTime), MessageRow.first_id == MessageRow.id)
        .group_by(col(MessageRow.reason))
    )
